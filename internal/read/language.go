package read

import (
	"math/bits"
	"strings"
	"unicode/utf8"

	"parley/internal/text"
)

// language tells the language of an item: by its script, then by its small
// words; what the feed declares decides only where the words do not.
func language(declared string, title, body *part) string {
	declared, _, _ = strings.Cut(strings.ToLower(strings.ReplaceAll(declared, "_", "-")), "-")
	var n votes
	n.add(title)
	n.add(body)
	switch {
	case n.words == 0:
		return declared
	case n.cyrillic*2 > n.words:
		if n.small[ukrainian] > n.small[russian] {
			return "uk"
		}
		return "ru"
	case n.arabicScript*2 > n.words:
		return n.inArabicScript(declared)
	case n.latin*2 < n.words:
		if declared != "" && declared != "en" {
			return declared
		}
		return "und"
	}
	best, count := "", 0
	for i, l := range tongues {
		if i >= firstLatin && n.small[i] > count {
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
		for i, l := range tongues { // a tie goes to what the feed says, and of a few words a little less: "la délégation y participera"
			if l == declared && i >= firstLatin && (n.small[i]*5 >= count*4 || count <= 8 && n.small[i]*5 >= count*3) {
				return declared
			}
		}
	}
	return best
}

// tongues are the languages that are told apart, the latin ones behind the
// others, a tie going to the one that stands first.
var tongues = [...]string{"ar", "fa", "ur", "ru", "uk", "en", "fr", "es", "de", "pt", "it", "tr", "nl", "id"}

const (
	arabic = iota
	persian
	urdu
	russian
	ukrainian
	english
	firstLatin = english
)

// votes count the words of a text by script and by language.
type votes struct {
	words, latin, cyrillic, arabicScript int
	small                                [len(tongues)]int
}

// add counts at most the first 400 words: more would tell no more.
func (n *votes) add(p *part) {
	for i := range min(len(p.words), 400) {
		tok := &p.t.Tokens[i]
		if tok.Flags&text.Number != 0 {
			continue
		}
		n.words++
		small := p.words[i].small
		if small != 0 && p.properName(i) {
			small &= 1 << english
		}
		for ; small != 0; small &= small - 1 {
			n.small[bits.TrailingZeros32(small)]++
		}
		if tok.Flags&text.NonLatin == 0 {
			n.latin++
			continue
		}
		r, _ := utf8.DecodeRuneInString(tok.Norm)
		switch {
		case r >= 0x0400 && r <= 0x052F:
			n.cyrillic++
		case r >= 0x0600 && r <= 0x06FF || r >= 0xFB50 && r <= 0xFEFC:
			n.arabicScript++
			inUrdu, inPersian := foreignLetters(tok.Norm)
			if inUrdu {
				n.small[urdu]++
			}
			if inPersian {
				n.small[persian]++
				n.small[urdu]++
			}
			if strings.HasPrefix(tok.Norm, "ال") {
				n.small[arabic]++
			}
		}
	}
}

// properName reports what looks like a small word of a latin tongue and is a name:
// "rejects UN plan" is no French, "truce for El Obeid" no Spanish. English headlines
// may capitalise every word, small ones too.
func (p *part) properName(i int) bool {
	tokens := p.t.Tokens
	capitals := func(k int) bool { return k >= 0 && k < len(tokens) && tokens[k].Flags&text.AllCaps != 0 }
	if capitals(i) {
		return !capitals(i-1) && !capitals(i+1)
	}
	if i+1 < len(tokens) && tokens[i+1].Gap == text.Hyphen && tokens[i].Flags&text.NonLatin == 0 {
		return true // "in Sharm el-Sheikh", "de-escalation"
	}
	return tokens[i].Flags&(text.Capital|text.NonLatin) == text.Capital && i > 0 && tokens[i].Sentence == tokens[i-1].Sentence && tokens[i].Gap == text.Space
}

// foreignLetters reports letters that Arabic has not: those of Urdu, and those
// of Persian, which Urdu has too. All have two bytes.
func foreignLetters(w string) (urdu, persian bool) {
	for i := 0; i+1 < len(w); i++ {
		switch w[i : i+2] {
		case "ٹ", "ڈ", "ڑ", "ں":
			urdu = true
		case "پ", "چ", "ژ", "گ":
			persian = true
		}
	}
	return urdu, persian
}

// inArabicScript tells the three languages of the Arabic script apart.
func (n *votes) inArabicScript(declared string) string {
	ar, fa, ur := n.small[arabic], n.small[persian], n.small[urdu]
	switch {
	case ur > fa && ur > ar:
		return "ur"
	case fa > ar:
		return "fa"
	case ar > 0:
		return "ar"
	case declared != "":
		return declared
	}
	return "ar"
}
