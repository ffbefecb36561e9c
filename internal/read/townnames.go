package read

import (
	"strings"

	"parley/internal/actors"
	"parley/internal/text"
)

// bearers looks the name at token k up, in the case in which it stands.
func (x townSeeker) bearers(k int) ([]actors.Town, int) {
	index := x.r.actors
	if list, to := index.Towns(x.p.t, k); list != nil {
		return list, to
	}
	norm := x.p.t.Tokens[k].Norm
	switch script(norm) {
	case cyrillicScript:
		for _, n := range nominatives(norm) {
			if list := index.TownNamed(n); list != nil {
				return list, k + 1
			}
		}
	case arabicScript:
		forms := []string{norm}
		if bare, ok := strings.CutPrefix(norm, "ب"); ok && x.r.language == "ar" {
			forms = append(forms, bare)
		}
		for _, n := range forms {
			if stem, ok := strings.CutSuffix(n, "ا"); ok {
				forms = append(forms, stem+"ي")
			}
		}
		for _, n := range forms[1:] {
			if list := index.TownNamed(n); list != nil && len(n) >= 6 {
				return list, k + 1
			}
		}
	}
	return nil, k
}

// nominatives returns what a Russian name in an oblique case may be called.
func nominatives(w string) []string {
	for _, e := range [...]struct {
		ending string
		become []string
	}{{"ах", []string{"ы", "и"}}, {"ом", []string{""}}, {"е", []string{"", "а", "я", "о", "ь"}}, {"и", []string{"ь", "я", "а"}}, {"у", []string{"а", ""}}, {"ю", []string{"я", "ь"}}, {"а", []string{""}}, {"ы", []string{"а"}}} {
		if stem, ok := strings.CutSuffix(w, e.ending); ok && len(stem) >= 6 {
			out := make([]string, len(e.become))
			for i, b := range e.become {
				out[i] = stem + b
			}
			return out
		}
	}
	return nil
}

// ends reports that the name in tokens [k,to) is written like one, and is no
// part of a longer one: "in Nelson Mandela Hall".
func (x townSeeker) ends(k, to int) bool {
	tokens := x.p.t.Tokens
	for j := k + 1; j < to; j++ {
		if tok := &tokens[j]; tok.Flags&text.Capital == 0 && tok.End-tok.Start > 4 && script(tok.Norm) != arabicScript {
			return false
		}
	}
	if to+1 < x.s.to && tokens[to].Gap == text.Space && tokens[to+1].Flags&text.Capital != 0 {
		switch tokens[to].Norm {
		case "de", "del", "da", "do", "di":
			return false // San José de Buenavista is no part of San José
		}
	}
	if to >= x.s.to || tokens[to].Flags&text.Capital == 0 || tokens[to].Gap != text.Space && tokens[to].Gap != text.Hyphen || tokens[to].Flags&text.AllCaps != 0 {
		return true
	}
	return x.p.cues[to] != nil || x.known(to, to+1) || x.loud() && x.word(to) != 0
}

// unlisted reads the name of a place that no list has, where the text says
// which state it is in: "in the Kenyan coastal town of Diani", "in Diani, Kenya".
func (x townSeeker) unlisted(k int, l lead) (townSite, int) {
	tokens := x.p.t.Tokens
	to := k + 1
	for to < x.s.to && to < k+4 && (tokens[to].Gap == text.Space || tokens[to].Gap == text.Hyphen) && tokens[to].Flags&text.Capital != 0 && x.p.cues[to] == nil && !x.known(to, to+1) {
		to++
	}
	if x.loud() || tokens[to-1].Flags&text.Possessive != 0 || x.word(k)&placeEveryday != 0 {
		return townSite{}, k
	}
	state := x.stateOf(k, to)
	if state == "" {
		return townSite{}, k
	}
	if l != leadTown { // "in Yeraskh, Armenia, on Thursday", but not "in Yeraskh, Armenia said"
		w := x.p.whoIn(to, min(to+1, x.s.to))
		if len(w) == 0 || w[0].id != state {
			return townSite{}, k
		}
		if end := w[0].to; end < x.s.to && tokens[end].Gap&(text.Comma|text.SentenceEnd) == 0 && x.word(end)&placeIn == 0 && !x.known(end, end+1) && !x.known(end+1, end+2) {
			return townSite{}, k
		}
	}
	name := x.p.t.Quote(k, to)
	venue, ok := x.r.actors.TownIn(name, state)
	if !ok {
		return townSite{}, k
	}
	return townSite{venue, true}, to
}

type writing uint8

const (
	otherScript writing = iota
	arabicScript
	cyrillicScript
)

// script tells the script of a folded word by its first byte.
func script(norm string) writing {
	if norm == "" {
		return otherScript
	}
	switch c := norm[0]; {
	case c >= 0xD8 && c <= 0xDB:
		return arabicScript
	case c == 0xD0 || c == 0xD1:
		return cyrillicScript
	}
	return otherScript
}
