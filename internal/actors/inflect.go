package actors

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

type tongue struct {
	name string
	lang lang
}

var (
	officeFiles = [...]tongue{{"en", english}, {"ar", arabic}, {"fa", persian}, {"fr", french}, {"es", spanish}, {"ru", russian}, {"ur", urdu}}
	stateFiles  = officeFiles[1:]
)

// CLDR parts the two Congos by a dash, which no text does.
var dashes = strings.NewReplacer(" - ", "-", "- ", "-", " — ", "-")

// languages adds the names of the states in the languages besides English.
func (b *builder) languages() error {
	for _, t := range stateFiles {
		regions := display.Regions(language.MustParse(t.name))
		for _, code := range b.order {
			name, _, _ := strings.Cut(regions.Name(language.MustParseRegion(code)), " (")
			b.inflected(b.codes[code], dashes.Replace(name), kName, t.lang)
		}
		err := rows("states."+t.name+".tsv", 4, func(f []string) error {
			i, ok := b.codes[f[0]]
			if !ok {
				return fmt.Errorf("no state has the code %q", f[0])
			}
			for _, n := range list(f[1]) {
				b.inflected(i, n, kName, t.lang)
			}
			for _, n := range list(f[2]) {
				b.inflected(i, n, kDemonym, t.lang)
			}
			for _, n := range list(f[3]) {
				b.inflected(i, n, kCapital, t.lang)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// international adds the names of organisations and bodies in the languages
// besides English.
func (b *builder) international() error {
	kind := map[string]kinds{"org": kName, "body": kBody, "adj": kDemonym}
	return rows("intl.tsv", 3, func(f []string) error {
		k, ok := kind[f[0]]
		if !ok {
			return fmt.Errorf("no class %q", f[0])
		}
		i, ok := b.x.byID[f[1]]
		if !ok {
			return fmt.Errorf("no actor %q", f[1])
		}
		for _, n := range list(f[2]) {
			b.inflected(i, n, k, langOf(n))
		}
		return nil
	})
}

// inflected gives an actor a name and the forms it takes in its language.
func (b *builder) inflected(actor int32, name string, kind kinds, lang lang) {
	if bare, ok := strings.CutPrefix(name, "="); ok {
		b.name(actor, bare, kind, lang)
		return
	}
	for _, form := range forms(lang, kind == kDemonym, name) {
		b.name(actor, form, kind, lang)
	}
}

// forms returns a name or an adjective in all its forms, the given one first.
func forms(lang lang, adjective bool, w string) []string {
	switch {
	case lang == russian && adjective:
		return russianAdjective(w)
	case lang == russian:
		return russianPhrase(w)
	case !adjective:
		return []string{w}
	case lang == french:
		return endings(w, [][]string{
			{"ien", "ienne", "iens", "iennes"},
			{"éen", "éenne", "éens", "éennes"},
			{"ain", "aine", "ains", "aines"},
			{"ais", "aise", "aises"},
			{"ois", "oise", "oises"},
			{"e", "es"},
			{"i", "ie", "is", "ies"},
			{"", "e", "s", "es"},
		})
	case lang == spanish:
		return endings(w, [][]string{
			{"o", "a", "os", "as"},
			{"és", "esa", "eses", "esas"},
			{"án", "ana", "anes", "anas"},
			{"ol", "ola", "oles", "olas"},
			{"í", "íes", "ís"},
			{"e", "es"},
			{"a", "as"},
			{"", "es"},
		})
	case lang == arabic:
		return endings(w, [][]string{{"ي", "ية", "يون", "يين", "يان", "يات"}, {""}})
	case lang == persian:
		return endings(w, [][]string{{"ه\u200cای", "ه\u200cای\u200cها"}, {"ی", "ی\u200cها", "ی\u200cهای"}, {"", "\u200cها", "\u200cهای"}})
	case lang == urdu:
		return endings(w, [][]string{{"ی", "یوں"}, {"", "وں"}})
	}
	return []string{w}
}

// endings replaces the first ending that fits by each of its alternatives.
func endings(w string, rules [][]string) []string {
	for _, r := range rules {
		stem, ok := strings.CutSuffix(w, r[0])
		if !ok {
			continue
		}
		out := make([]string, 0, len(r))
		for _, e := range r {
			out = append(out, stem+e)
		}
		return out
	}
	return []string{w}
}

// officeForms returns the forms in which an office word may stand.
func officeForms(lang lang, class, w string) []string {
	if bare, ok := strings.CutPrefix(w, "="); ok {
		return []string{bare}
	}
	if lang != russian || class == "link" {
		return []string{w}
	}
	return russianPhrase(w)
}

// cases of a Russian word: nominative, genitive, dative, accusative,
// instrumental, prepositional.
type cases [6]string

// russianPhrase declines the adjectives a phrase begins with and the noun
// behind them; what follows is a genitive already.
func russianPhrase(w string) []string {
	words := strings.Fields(w)
	if strings.ToUpper(w) == w { // США, ООН
		return []string{w}
	}
	forms := []cases{}
	done := false
	for _, word := range words {
		var c cases
		switch {
		case done:
			c = invariable(word)
		case isRussianAdjective(word) && len(words) > 1:
			c = declineAdjective(word)
		default:
			c = declineNoun(word)
			done = true
		}
		forms = append(forms, c)
	}
	var out []string
	for i := range 6 {
		parts := make([]string, len(forms))
		for j := range forms {
			parts[j] = forms[j][i]
		}
		out = append(out, strings.Join(parts, " "))
	}
	return out
}

func invariable(w string) cases { return cases{w, w, w, w, w, w} }

func isRussianAdjective(w string) bool {
	for _, e := range []string{"ый", "ий", "ая", "ое", "ые", "ие", "ой", "яя", "ее"} {
		if strings.HasSuffix(w, e) && utf8.RuneCountInString(w) > 4 && !strings.HasSuffix(w, "рий") {
			return true
		}
	}
	return false
}

func declineAdjective(w string) cases {
	cut := func(n int) string { return w[:len(w)-2*n] }
	soft := strings.HasSuffix(w, "ий") || strings.HasSuffix(w, "ие")
	switch {
	case strings.HasSuffix(w, "ая"), strings.HasSuffix(w, "яя"):
		s := cut(2)
		return cases{w, s + "ой", s + "ой", s + "ую", s + "ой", s + "ой"}
	case strings.HasSuffix(w, "ые"), strings.HasSuffix(w, "ие"):
		s := cut(2)
		v := "ы"
		if soft {
			v = "и"
		}
		return cases{w, s + v + "х", s + v + "м", s + v + "х", s + v + "ми", s + v + "х"}
	case strings.HasSuffix(w, "ое"), strings.HasSuffix(w, "ее"):
		s := cut(2)
		return cases{w, s + "ого", s + "ому", w, s + "ым", s + "ом"}
	}
	s := cut(2)
	v := "ы"
	if soft {
		v = "и"
	}
	return cases{w, s + "ого", s + "ому", s + "ого", s + v + "м", s + "ом"}
}

// russianNoun is one declension: the ending it applies to and what replaces it.
type russianNoun struct {
	end  string
	with cases
}

var russianNouns = [...]russianNoun{
	{"ия", cases{"ия", "ии", "ии", "ию", "ией", "ии"}},
	{"га", cases{"га", "ги", "ге", "гу", "гой", "ге"}},
	{"ка", cases{"ка", "ки", "ке", "ку", "кой", "ке"}},
	{"ша", cases{"ша", "ши", "ше", "шу", "шей", "ше"}},
	{"а", cases{"а", "ы", "е", "у", "ой", "е"}},
	{"я", cases{"я", "и", "е", "ю", "ей", "е"}},
	{"ий", cases{"ий", "ия", "ию", "ий", "ием", "ии"}},
	{"й", cases{"й", "я", "ю", "й", "ем", "е"}},
	{"ец", cases{"ец", "ца", "цу", "ца", "цем", "це"}},
	{"ль", cases{"ль", "ля", "лю", "ля", "лем", "ле"}},
	{"рь", cases{"рь", "ря", "рю", "ря", "рем", "ре"}},
	{"ь", cases{"ь", "и", "и", "ь", "ью", "и"}},
	{"ство", cases{"ство", "ства", "ству", "ство", "ством", "стве"}},
	{"ы", cases{"ы", "ов", "ам", "ы", "ами", "ах"}},
}

func declineNoun(w string) cases {
	for _, d := range russianNouns {
		stem, ok := strings.CutSuffix(w, d.end)
		if !ok {
			continue
		}
		var c cases
		for i, e := range d.with {
			c[i] = stem + e
		}
		return c
	}
	switch last, _ := utf8.DecodeLastRuneInString(w); last {
	case 'о', 'е', 'и', 'у', 'э', 'ю', 'О', 'И', 'У', 'Е':
		return invariable(w)
	}
	return cases{w, w + "а", w + "у", w + "а", w + "ом", w + "е"}
}

// russianAdjective returns every form of an adjective, or every case of a word
// for an inhabitant in both numbers.
func russianAdjective(w string) []string {
	if stem, ok := strings.CutSuffix(w, "ий"); ok {
		return endings(stem, [][]string{{"", "ий", "ая", "ое", "ие", "ого", "его", "ому", "ему", "ую", "ой", "ей", "им", "ом", "их", "ими"}})[1:]
	}
	if stem, ok := strings.CutSuffix(w, "ец"); ok {
		return endings(stem, [][]string{{"", "ец", "ца", "цу", "цем", "це", "цы", "цев", "цам", "цами", "цах"}})[1:]
	}
	if stem, ok := strings.CutSuffix(w, "нин"); ok {
		return endings(stem, [][]string{{"", "нин", "нина", "нину", "нином", "нине", "не", "н", "нам", "нами", "нах"}})[1:]
	}
	c := declineNoun(w)
	return c[:]
}
