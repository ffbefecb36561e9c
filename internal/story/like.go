package story

import (
	"math"
)

// frequencies counts in how many remembered texts a word stands.
type frequencies struct {
	texts int
	of    map[uint32]int32
}

func (f *frequencies) add(m *mark, n int32) {
	f.texts += int(n)
	for _, t := range m.terms {
		if c := f.of[t] + n; c > 0 {
			f.of[t] = c
		} else {
			delete(f.of, t)
		}
	}
}

// weight of a word: the rarer, the more it tells. A young desk has seen few
// texts, so it counts as if there had been some more.
func (f *frequencies) weight(t uint32) float64 {
	const before = 20
	return math.Log(float64(f.texts+before) / float64(1+f.of[t]))
}

// A weighed text is one that is being judged, ready to be likened to many.
type weighed struct {
	mark
	weights []float64 // of terms, squared
	weight  float64   // their sum
	bodies  uint16
	slots   [256]uint8 // where each term stands in terms, from 1 on, by its low bits or soon after
}

// weigh prepares a text to be likened to others.
func (f *frequencies) weigh(m mark) *weighed {
	w := &weighed{mark: m, weights: make([]float64, len(m.terms))}
	for i, t := range m.terms {
		slot := uint8(t)
		for w.slots[slot] != 0 {
			slot++
		}
		w.slots[slot] = uint8(i + 1)
		x := f.weight(t)
		w.weights[i] = x * x
		w.weight += x * x
	}
	return w
}

// fewTerms is fewer words than tell one text from another.
const fewTerms = 4

// likeness is the cosine of two texts' words by weight, −1 where it tells
// nothing: between two languages, or with next to no words. The words of o,
// which only w has to be weighed for, are taken to weigh as much on average.
func (w *weighed) likeness(o *mark) float64 {
	if w.language != o.language || len(w.terms) < fewTerms || len(o.terms) < fewTerms || w.weight == 0 {
		return -1
	}
	common := 0.
	for _, t := range o.terms {
		common += w.of(t)
	}
	return w.share(common, len(o.terms))
}

func (w *weighed) share(common float64, terms int) float64 {
	return min(common/(w.weight*math.Sqrt(float64(terms)/float64(len(w.terms)))), 1)
}

// of returns what a word of w weighs, 0 for one that w has not.
func (w *weighed) of(t uint32) float64 {
	for slot := uint8(t); w.slots[slot] != 0; slot++ {
		if i := w.slots[slot] - 1; w.terms[i] == t {
			return w.weights[i]
		}
	}
	return 0
}

// rare counts the words of another text that are in w as well and that few texts have.
func (w *weighed) rare(o *mark) int {
	const few = 9. // the square of a weight: one in twenty, on a young desk fewer
	n := 0
	for _, t := range o.terms {
		if w.of(t) > few {
			n++
		}
	}
	return n
}

// A sign is what of a mark stands in the entry itself, so that most texts need not
// be fetched from memory to know that they are not alike.
type sign struct {
	own, head uint32
	language  uint16
	terms     uint16
	bodies    uint16
	bits      [2]uint64 // one for each term, shared with others
}

func (m *mark) sign() sign {
	s := sign{own: m.own, head: m.head, language: m.language, terms: uint16(len(m.terms))}
	for _, t := range m.terms {
		s.bits[t>>6&1] |= 1 << (t & 63)
	}
	return s
}

// atMost is a bound of the likeness to the text of a sign, −1 where likeness is.
func (w *weighed) atMost(s *sign) float64 {
	if w.language != s.language || len(w.terms) < fewTerms || s.terms < fewTerms || w.weight == 0 {
		return -1
	}
	common := 0.
	for i, t := range w.terms {
		if s.bits[t>>6&1]>>(t&63)&1 != 0 {
			common += w.weights[i]
		}
	}
	return w.share(common, int(s.terms))
}

// likely reports whether a report is, by its words, one and the same text with
// a report of e, told again.
func (d *Desk) likely(e *entry, r *draft) bool { return d.reaches(e, r, alike) > 0 }

// reaches reports whether the report is like the most like of the texts that told
// of e by at least so much: 1 if it is, −1 if it is not, 0 where likeness tells
// nothing.
func (d *Desk) reaches(e *entry, r *draft, least float64) int {
	tells := 0
	for i := range e.marks {
		switch most := r.mark.atMost(&e.signs[i]); {
		case most < 0:
		case most >= least && r.mark.likeness(&e.marks[i]) >= least:
			return 1
		default:
			tells = -1
		}
	}
	return tells
}

// likeness is that of the report to the most like of the texts that told of e,
// 0 where it tells nothing; or any number that is less than least, if it is.
func (d *Desk) likeness(e *entry, r *draft, least float64) float64 {
	best := 0.
	for i := range e.marks {
		if most := r.mark.atMost(&e.signs[i]); most > best && most >= least {
			best = max(best, r.mark.likeness(&e.marks[i]))
		}
	}
	return best
}
