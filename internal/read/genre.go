package read

import (
	"math/bits"
	"strings"

	"parley/internal/text"
)

// What an item is, besides news: the sections of data/page/genres.txt.
var genreSections = []string{"art", "sport", "lesson", "relic", "life", "market", "paper", "local"}

// A genre is a place among genreSections.
type genre uint8

const (
	gArt genre = iota
	gSport
	gLesson
	gRelic
	gLife
	gMarket
	gPaper
	gLocal
	genres
)

// genresFrom is the bit of word.page at which genres begin, behind those of
// furniture.
const genresFrom = 8

// A leaning tells how much an item is of each genre: the different words of it
// that stand in the headline, and in its first sentences.
type leaning struct{ title, text [genres]uint8 }

// leans counts the words of genres in the headline and the first sentences.
func (r *reader) leans() *leaning {
	if r.leant {
		return &r.leaning
	}
	r.leant, r.leaning = true, leaning{}
	var seen [48]*word
	n := 0
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 8 {
			break
		}
		into := &r.leaning.text
		if s.p.title {
			into = &r.leaning.title
		}
	words:
		for k := s.from; k < s.to; k++ {
			w := s.p.words[k]
			of := uint32(w.page >> genresFrom & (1<<genres - 1))
			if w.page&beginsPair != 0 && k+1 < s.to && r.words.pairs.has(&s.p.t.Tokens[k], &s.p.t.Tokens[k+1]) {
				of |= r.genreWords[w.norm+" "+s.p.t.Tokens[k+1].Norm]
			}
			if of == 0 {
				continue
			}
			for _, o := range seen[:n] {
				if o == w {
					continue words
				}
			}
			if n < len(seen) {
				seen[n] = w
				n++
			}
			for ; of != 0; of &= of - 1 {
				into[bits.TrailingZeros32(of)]++
			}
		}
	}
	return &r.leaning
}

// ofGenre reports an item that is no news of a negotiation, whatever one sentence of
// it says: a review, a lecture, a portrait. Who has a say may still tell news in it.
func (r *reader) ofGenre(e *event) string {
	if r.digest {
		return ""
	}
	l := r.leans()
	best, score := r.mostOf(e)
	need, vouched := 4, r.vouched(e)
	if best == gPaper && l.title[gPaper] > 0 && vouched {
		u := r.voice(e.s)
		vouched = u.found && (u.who.person || u.who.body)
	}
	switch {
	case r.labelled(best):
		need = 2
		if vouched {
			need = 5
		}
	case vouched:
		need = 8
	case e.s.p.title && r.titleSides() >= 2 && !r.opens(best):
		need = 5 // what they negotiate about may be students or films
	}
	if score < need {
		return ""
	}
	switch best {
	case gSport:
		if r.besideSport(e) {
			return ""
		}
		return "sport"
	case gArt, gLesson, gRelic:
		return "culture or history, not news of a negotiation"
	case gLife:
		return "a portrait, not news of a negotiation"
	case gMarket:
		return "a report of markets, in which talks are only mentioned"
	case gPaper:
		return "said by somebody who has no part in it"
	}
	return "local affairs, in which talks are only mentioned"
}

// mostOf returns the genre that an item is most of, and how much: a word of the
// headline counts twice.
func (r *reader) mostOf(e *event) (best genre, score int) {
	l := r.leans()
	for g := range genres {
		if g == gMarket && e.s.order <= 1 && l.title[g] == 0 {
			continue // trade is negotiated as well
		}
		if n := int(l.text[g]) + 2*int(l.title[g]); n > score {
			best, score = g, n
		}
	}
	return best, score
}

// labelled reports a headline that begins by naming the genre: "Game review: …",
// "Evening lecture: …".
func (r *reader) labelled(g genre) bool {
	t := &r.title
	for k := 1; k < min(len(t.t.Tokens), 6); k++ {
		if t.t.Tokens[k].Gap&(text.Colon|text.Dash) == 0 {
			continue
		}
		for j := range k {
			if t.words[j].page>>genresFrom>>g&1 != 0 && !t.has(0, cGap) {
				return true
			}
		}
		return false
	}
	return false
}

// opens reports a headline whose first words are of the genre: "Pupils from …",
// "Student mediators …".
func (r *reader) opens(g genre) bool {
	for k := range min(len(r.title.t.Tokens), 2) {
		if r.title.words[k].page>>genresFrom>>g&1 != 0 {
			return true
		}
	}
	return false
}

// vouched reports that somebody who has a say stands by the event in its own
// sentence: a state, a body, an office, or those who tell it together.
func (r *reader) vouched(e *event) bool {
	u := r.voice(e.s)
	if e.s.p.title && u.weak && u.who.from > e.s.from {
		u = utterance{} // "TEDx Islamabad: talks to begin at noon"
	}
	if u.joint && e.s.order <= 1 || u.found && (u.who.id != "" && !u.who.inferred || u.who.mediates || u.who.person && u.who.name != "" && u.who.office == "envoy") {
		return true
	}
	if r.english && u.found && u.who.person && u.who.name != "" && u.who.office == "spokesperson" && r.negotiation(e) != nil {
		return true // "are to resume their talks there on Wednesday, said spokesman Andrea Torelli"
	}
	for k := e.s.from + 1; k < e.trigger && !e.s.p.title; k++ { // "the spokesperson used the weekly briefing to announce that"
		if strings.HasPrefix(e.s.p.t.Tokens[k].Norm, "announc") {
			for _, w := range e.s.p.whoIn(e.s.from, k) {
				if (w.person || w.body) && !w.dateline {
					return true
				}
			}
		}
	}
	if performs(e.kind) || e.acts {
		if u := r.subject(e); u.joint || u.found && !u.who.private {
			return true
		}
	}
	return false
}
