package rules

import (
	"slices"

	"parley/internal/text"
)

// nears finds the first places of the operands of a NEAR that fit together.
func (m *Matcher) nears(code []uint32) ([]place, int, bool) {
	n := int(code[4])
	for len(m.lists) <= n { // one more, for the places that are chosen
		m.lists = append(m.lists, nil)
	}
	links, operands := code[5:5+n-1], code[4+n:size(code[0])]
	field := m.text
	for _, l := range links {
		if unpack(l).Unit != Words {
			field = m.whole
		}
	}
	last := inText
	if code[2] == titleOnly {
		last = inTitle
	}
	for f := inTitle; f <= last; f++ {
		if m.operands(operands, f) && m.prune(links, field(f)) {
			return m.choose(links, field(f)), f, true
		}
	}
	return nil, 0, false
}

// operands fills a list of places for each operand, sorted; false if one has none.
func (m *Matcher) operands(nodes []uint32, f int) bool {
	i := 0
	for c := nodes; len(c) > 0; c = c[size(c[0]):] {
		list := m.lists[i][:0]
		m.places(c, f, &list)
		m.lists[i] = list
		if len(list) == 0 {
			return false
		}
		if o := op(c[0]); o == opOr || o == opActor { // names of one actor may begin with each other
			slices.SortFunc(list, comparePlaces)
			m.lists[i] = slices.Compact(list)
		}
		i++
	}
	return true
}

// prune drops, from the last operand back to the first, the places that no
// place of the next operand fits; false if an operand has none left. Since
// only fitting places stay, each search ends at the first that it meets, and
// the whole takes time in proportion to the lists.
func (m *Matcher) prune(links []uint32, t *text.Text) bool {
	for i := len(links) - 1; i >= 0; i-- {
		list, next := m.lists[i], m.lists[i+1]
		kept := list[:0]
		w := window{list: next, longest: longest(next)}
		l := unpack(links[i])
		for _, p := range list {
			if _, ok := w.fits(p, l, t); ok {
				kept = append(kept, p)
			}
		}
		m.lists[i] = kept
		if len(kept) == 0 {
			return false
		}
	}
	return true
}

// choose takes the first place of the first operand, the first of the second
// that fits it, and so on.
func (m *Matcher) choose(links []uint32, t *text.Text) []place {
	n := len(links) + 1
	chosen := append(m.lists[n][:0], m.lists[0][0])
	for i, l := range links {
		w := window{list: m.lists[i+1], longest: longest(m.lists[i+1])}
		p, _ := w.fits(chosen[i], unpack(l), t)
		chosen = append(chosen, p)
	}
	m.lists[n] = chosen
	return chosen
}

func longest(list []place) int {
	n := 0
	for _, p := range list {
		n = max(n, p.to-p.from)
	}
	return n
}

// A window moves along a sorted list as the places that are asked about do.
type window struct {
	list    []place
	start   int // places before it are too early for all that will be asked
	longest int
}

// fits returns the first place of the list that l joins to p.
func (w *window) fits(p place, l Link, t *text.Text) (place, bool) {
	early, late := reach(p, l, t)
	for w.start < len(w.list) && w.list[w.start].from < early-w.longest {
		w.start++
	}
	for _, q := range w.list[w.start:] {
		if q.from > late {
			break
		}
		if l.joins(p, q, t) {
			return q, true
		}
	}
	return place{}, false
}

// reach returns between which tokens a place must begin, or end, to be joined to p.
func reach(p place, l Link, t *text.Text) (early, late int) {
	switch {
	case l.Unit == Sentence:
		r := t.Sentences[t.Tokens[p.from].Sentence]
		return r.From, r.To
	case l.Unit == Paragraph:
		r := t.Paragraphs[t.Tokens[p.from].Paragraph]
		return r.From, r.To
	case l.Then:
		return p.from, p.to + l.N
	}
	return p.from - l.N, p.to + l.N
}
