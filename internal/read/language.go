package read

import (
	"strings"
	"unicode/utf8"

	"parley/internal/text"
)

// language tells the language of an item: by its script, then by its small
// words; what the feed declares decides only where the words do not.
func language(declared string, title, body *text.Text) string {
	declared, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(declared, "_", "-")), "-")
	var n votes
	n.add(title)
	n.add(body)
	switch {
	case n.words == 0:
		return declared
	case n.cyrillic*2 > n.words:
		if n.ukrainian > n.russian {
			return "uk"
		}
		return "ru"
	case n.arabicScript*2 > n.words:
		return n.arabic(declared)
	case n.latin*2 < n.words:
		if declared != "" && declared != "en" {
			return declared
		}
		return "und"
	}
	best, count := "", 0
	for i, l := range latinLanguages {
		if n.small[i] > count {
			best, count = l, n.small[i]
		}
	}
	switch {
	case count == 0:
		if declared == "" {
			return "en"
		}
		return declared
	case declared != "" && declared != best:
		for i, l := range latinLanguages { // a tie goes to what the feed says
			if l == declared && n.small[i]*5 >= count*4 {
				return declared
			}
		}
	}
	return best
}

var latinLanguages = [...]string{"en", "fr", "es", "de", "pt", "it", "tr", "nl", "id"}

type votes struct {
	words, latin, cyrillic, arabicScript int
	russian, ukrainian                   int
	ar, fa, ur                           int
	small                                [len(latinLanguages)]int
}

// add counts at most the first 400 words: more would tell no more.
func (n *votes) add(t *text.Text) {
	for i := range min(len(t.Tokens), 400) {
		tok := &t.Tokens[i]
		if tok.Flags&text.Number != 0 {
			continue
		}
		n.words++
		if tok.Flags&text.NonLatin == 0 {
			n.latin++
			n.latinWord(tok.Norm)
			continue
		}
		r, _ := utf8.DecodeRuneInString(tok.Norm)
		switch {
		case r >= 0x0400 && r <= 0x052F:
			n.cyrillic++
			switch tok.Norm {
			case "і", "що", "та", "її", "від", "який", "це", "з":
				n.ukrainian++
			case "и", "что", "в", "на", "не", "по", "из", "для", "это", "с":
				n.russian++
			}
		case r >= 0x0600 && r <= 0x06FF || r >= 0xFB50 && r <= 0xFEFC:
			n.arabicScript++
			switch tok.Norm {
			case "في", "من", "على", "الي", "ان", "التي", "الذي", "عن", "مع", "قال", "هذا", "بعد", "بين":
				n.ar++
			case "در", "به", "از", "كه", "را", "اين", "است", "با", "براي", "شد", "خود", "گفت", "ميشود", "شود", "كرد", "و", "خواهد", "يافت":
				n.fa++
			case "كي", "كا", "ميں", "هي", "ني", "سي", "كو", "پر", "اور", "گا", "كيا", "هوں", "هيں", "گي":
				n.ur++
			}
			if strings.ContainsAny(tok.Norm, "ٹڈڑں") {
				n.ur++
			}
			if strings.ContainsAny(tok.Norm, "پچژگ") {
				n.fa++
				n.ur++
			}
			if strings.HasPrefix(tok.Norm, "ال") {
				n.ar++
			}
		}
	}
}

// arabic tells the three languages of the Arabic script apart.
func (n *votes) arabic(declared string) string {
	switch {
	case n.ur > n.fa && n.ur > n.ar:
		return "ur"
	case n.fa > n.ar:
		return "fa"
	case n.ar > 0:
		return "ar"
	case declared != "":
		return declared
	}
	return "ar"
}

func (n *votes) latinWord(w string) {
	switch w {
	case "the", "of", "and", "to", "will", "with", "said", "has", "for", "from", "by", "after", "over", "is", "was", "that", "says", "talks":
		n.small[0]++
	case "le", "les", "des", "et", "du", "une", "dans", "pour", "par", "sur", "est", "au", "aux", "avec", "ont", "été", "ete", "selon", "pourparlers":
		n.small[1]++
	case "el", "los", "las", "y", "del", "una", "por", "con", "para", "que", "en", "al", "su", "segun", "fue", "dialogo":
		n.small[2]++
	case "der", "die", "und", "das", "den", "mit", "von", "ist", "auf", "im", "für", "fur", "ein", "eine", "nicht":
		n.small[3]++
	case "o", "os", "da", "do", "dos", "em", "uma", "nao", "na", "com", "ao":
		n.small[4]++
	case "il", "di", "che", "per", "gli", "della", "sono", "nel", "è":
		n.small[5]++
	case "ve", "bir", "bu", "ile", "icin", "olarak", "dedi":
		n.small[6]++
	case "het", "een", "van", "zijn", "niet", "voor", "aan":
		n.small[7]++
	case "yang", "dan", "dengan", "untuk", "akan", "pada", "dari":
		n.small[8]++
	}
	switch w { // shared small words
	case "la", "se", "un", "le":
		n.small[1]++
		n.small[2]++
	case "de", "des":
		n.small[1]++
		n.small[2]++
		n.small[4]++
	}
}
