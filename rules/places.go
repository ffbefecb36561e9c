package rules

import (
	"cmp"
	"slices"

	"parley/internal/text"
)

// truth reports whether an atom holds, working it out at most once an item,
// or once a development if it is about one.
func (m *Matcher) truth(a int32) bool {
	if m.isOn(a) {
		return true
	}
	x := &m.p.atoms[a]
	if x.eager { // it would be on if it were true
		return false
	}
	now := m.itemTick
	if x.kind == atomFact {
		now = m.atFact
	}
	if m.known[a]>>1 == now {
		return m.known[a]&1 != 0
	}
	ok := false
	switch x.kind {
	case atomFact:
		ok = m.fact(&m.p.conds[x.arg])
	case atomNear:
		_, _, ok = m.near(x)
	default:
		_, _, ok = m.place(x)
	}
	m.known[a] = now << 1
	if ok {
		m.known[a] |= 1
	}
	return ok
}

// evidence appends what makes an atom true.
func (m *Matcher) evidence(a int32) {
	x := &m.p.atoms[a]
	switch x.kind {
	case atomItem:
		_, value := m.p.conds[x.arg].item(m.doc)
		m.because = append(m.because, Because{Condition: x.text, Field: x.field, Value: value})
	case atomFact:
		m.because = append(m.because, Because{Condition: x.text, Field: x.field, Value: m.value(&m.p.conds[x.arg])})
	case atomNear:
		chosen, f, _ := m.near(x)
		for _, p := range chosen {
			m.because = append(m.because, Because{Condition: x.text, Field: fieldNames[f], From: p.from, To: p.to})
		}
	default:
		p, f, _ := m.place(x)
		m.because = append(m.because, Because{Condition: x.text, Field: fieldNames[f], From: p.from, To: p.to})
	}
}

// fact reports whether a condition on the development holds, as cond.fact
// does, but keeps what it had to make for it.
func (m *Matcher) fact(c *cond) bool {
	switch {
	case m.facts == nil:
		return false
	case c.field == "venue":
		if m.venue.Source != m.facts.Venue {
			m.venue.Reset(m.facts.Venue)
		}
		return c.inVenue(&m.venue)
	case c.field == "date":
		return c.whichDate(m.facts.Dates, m.doc.Today) >= 0
	}
	ok, _ := c.fact(m.facts, m.doc.Today)
	return ok
}

// maxSpans bounds the dates whose spelling a Matcher keeps.
const maxSpans = 256

// value returns the value of the development that a condition holds of.
func (m *Matcher) value(c *cond) string {
	switch c.field {
	case "venue":
		return m.facts.Venue
	case "date":
		d := m.facts.Dates[c.whichDate(m.facts.Dates, m.doc.Today)]
		if d.To == "" || d.To == d.From {
			return d.From
		}
		s, ok := m.spans[d]
		if !ok {
			if m.spans == nil || len(m.spans) >= maxSpans {
				m.spans = make(map[DateRange]string)
			}
			s = d.String()
			m.spans[d] = s
		}
		return s
	}
	_, value := c.fact(m.facts, m.doc.Today)
	return value
}

// The fields that words stand in.
const (
	inTitle = iota
	inText
)

var fieldNames = [...]string{inTitle: "title", inText: "text"}

func (m *Matcher) text(f int) *text.Text {
	if f == inTitle {
		return m.doc.Title
	}
	return m.doc.Text
}

// lastField is the field behind which an atom is not looked for.
func (x *atom) lastField() int {
	if x.title {
		return inTitle
	}
	return inText
}

// place returns the first place of a term, phrase or actor.
func (m *Matcher) place(x *atom) (place, int, bool) {
	for f := inTitle; f <= x.lastField(); f++ {
		list := m.list(0)
		*list = m.places(source{x.kind, x.arg}, f, (*list)[:0], true)
		if len(*list) > 0 {
			return slices.MinFunc(*list, comparePlaces), f, true
		}
	}
	return place{}, 0, false
}

// list returns the i-th scratch list.
func (m *Matcher) list(i int) *[]place {
	for len(m.lists) <= i {
		m.lists = append(m.lists, nil)
	}
	return &m.lists[i]
}

// places appends the places of s in field f; only the first of a term or
// phrase if one is enough.
func (m *Matcher) places(s source, f int, into []place, one bool) []place {
	if s.kind == atomActor {
		for _, p := range m.actors[f] {
			if p.actor == int(s.arg) {
				into = append(into, p.place)
			}
		}
		return into
	}
	t, ph := s.arg, (*phrase)(nil)
	if s.kind == atomPhrase {
		ph = &m.p.phrases[s.arg]
		t = ph.term
	}
	for h := m.first[t]; h >= 0; h = m.hits[h].next {
		at := m.hits[h].at
		if f == inTitle && at >= m.titleLen {
			break
		}
		if f == inText {
			if at -= m.titleLen; at < 0 {
				continue
			}
		}
		if ph == nil {
			into = append(into, place{int(at), int(at) + 1})
		} else if from := int(at - ph.rare); from >= 0 && standsAt(ph.words, m.text(f), from) {
			into = append(into, place{from, from + len(ph.words)})
		} else {
			continue
		}
		if one {
			break
		}
	}
	return into
}

// near finds the first places of the operands that fit together.
func (m *Matcher) near(x *atom) ([]place, int, bool) {
	n := &m.p.nears[x.arg]
	m.list(len(n.operands)) // one more, for the places that are chosen
	for f := inTitle; f <= x.lastField(); f++ {
		if !m.operands(n, f) {
			continue
		}
		if m.prune(n, m.text(f)) {
			return m.choose(n, m.text(f)), f, true
		}
	}
	return nil, 0, false
}

// operands fills a list of places for each operand, sorted; false if one has none.
func (m *Matcher) operands(n *near, f int) bool {
	for i, sources := range n.operands {
		list := m.lists[i][:0]
		for _, s := range sources {
			list = m.places(s, f, list, false)
		}
		if len(sources) > 1 || sources[0].kind == atomActor {
			slices.SortFunc(list, comparePlaces)
			list = slices.Compact(list)
		}
		m.lists[i] = list
		if len(list) == 0 {
			return false
		}
	}
	return true
}

// prune drops, from the last operand back to the first, the places that no
// place of the next operand fits; false if an operand has none left. Since
// only fitting places stay, each search ends at the first that it meets, and
// the whole takes time in proportion to the lists.
func (m *Matcher) prune(n *near, t *text.Text) bool {
	for i := len(n.links) - 1; i >= 0; i-- {
		list, next := m.lists[i], m.lists[i+1]
		kept := list[:0]
		w := window{list: next, longest: longest(next)}
		for _, p := range list {
			if _, ok := w.fits(p, n.links[i], t); ok {
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
func (m *Matcher) choose(n *near, t *text.Text) []place {
	chosen := append(m.lists[len(n.operands)][:0], m.lists[0][0])
	for i, l := range n.links {
		w := window{list: m.lists[i+1], longest: longest(m.lists[i+1])}
		p, _ := w.fits(chosen[i], l, t)
		chosen = append(chosen, p)
	}
	m.lists[len(n.operands)] = chosen
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

// findActors finds all names of actors, drops those inside longer names of
// others, and makes the atoms of the rest true.
func (m *Matcher) findActors() {
	if len(m.p.names) == 0 {
		return
	}
	for _, t := range m.present {
		for _, id := range m.p.terms[t].names {
			m.findName(id, t)
		}
	}
	for f := range m.actors {
		m.actors[f] = m.hide(m.actors[f])
		for _, p := range m.actors[f] {
			if a, ok := m.p.actorAtoms[int32(p.actor)]; ok && !m.isOn(a) {
				m.itemHas(a)
			}
		}
	}
}

func (m *Matcher) findName(id, t int32) {
	n := &m.p.names[id]
	for h := m.first[t]; h >= 0; h = m.hits[h].next {
		f, at := inTitle, m.hits[h].at
		if at >= m.titleLen {
			f, at = inText, at-m.titleLen
		}
		if from := int(at - n.rare); from >= 0 && standsAt(n.words, m.text(f), from) {
			m.actors[f] = append(m.actors[f], actorPlace{place{from, from + len(n.words)}, int(m.p.nameOf[id])})
		}
	}
}

// hide drops the places that lie inside a longer one of an unrelated actor.
// Both must be known before any is dropped, so the kept ones are moved down
// only after all were judged.
func (m *Matcher) hide(ps []actorPlace) []actorPlace {
	slices.SortFunc(ps, func(a, b actorPlace) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to), cmp.Compare(a.actor, b.actor))
	})
	hidden := 0
	for i := range ps {
		for j := i - 1; j >= 0 && ps[j].from > ps[i].from-MaxWords; j-- {
			q := &ps[j]
			to := q.to
			if to < 0 {
				to = -to
			}
			if to >= ps[i].to && (q.from != ps[i].from || to != ps[i].to) && !m.p.v.related(q.actor, ps[i].actor) {
				ps[i].to = -ps[i].to // a mark, taken away below
				hidden++
				break
			}
		}
	}
	if hidden == 0 {
		return ps
	}
	return slices.DeleteFunc(ps, func(p actorPlace) bool { return p.to < 0 })
}

// tokens are folded by package text; a Doc without a field has none.
func tokensOf(t *text.Text) []text.Token {
	if t == nil {
		return nil
	}
	return t.Tokens
}
