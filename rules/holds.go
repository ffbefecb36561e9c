package rules

import (
	"parley/internal/text"
)

// holds evaluates a node.
func (m *Matcher) holds(code []uint32) bool {
	switch x := code[0]; op(x) {
	case opAnd:
		for c := code[1:size(x)]; len(c) > 0; c = c[size(c[0]):] {
			if !m.holds(c) {
				return false
			}
		}
		return true
	case opOr:
		for c := code[1:size(x)]; len(c) > 0; c = c[size(c[0]):] {
			if m.holds(c) {
				return true
			}
		}
		return false
	case opNot:
		return !m.holds(code[1:])
	case opWord, opValue:
		return m.isOn(code[2])
	case opTitle:
		return m.isOn(code[2]) && m.first(code) < int(m.titleLen)
	case opActor:
		if !m.isOn(code[2]) {
			return false
		}
		return code[3] == anywhere || m.actorAt(code, inTitle) != nil
	case opPhrase:
		_, _, _, ok := m.firstPhrase(code)
		return ok
	case opTwo:
		_, _, ok := m.two(code)
		return ok
	case opNear:
		return m.once(m.near, code[3], m.itemTick, func() bool {
			_, _, ok := m.nears(code)
			return ok
		})
	case opCond:
		return m.once(m.held, code[2], m.atFact, func() bool { return m.fact(&m.p.conds[code[2]]) })
	}
	return false
}

// once works something out at most once in a tick.
func (m *Matcher) once(known []uint64, id uint32, tick uint64, f func() bool) bool {
	if known[id]>>1 == tick {
		return known[id]&1 != 0
	}
	known[id] = tick << 1
	if f() {
		known[id] |= 1
		return true
	}
	return false
}

// explain appends what made a node, which holds, hold.
func (m *Matcher) explain(code []uint32) {
	switch x := code[0]; op(x) {
	case opAnd:
		for c := code[1:size(x)]; len(c) > 0; c = c[size(c[0]):] {
			m.explain(c)
		}
	case opOr:
		for c := code[1:size(x)]; len(c) > 0; c = c[size(c[0]):] {
			if m.holds(c) {
				m.explain(c)
				return
			}
		}
	case opNot:
	case opWord, opTitle:
		at, f := m.first(code), inTitle
		if at >= int(m.titleLen) {
			at, f = at-int(m.titleLen), inText
		}
		m.found(m.condition(code), f, place{at, at + 1})
	case opActor:
		f := inTitle
		p := m.actorAt(code, f)
		if p == nil {
			f = inText
			p = m.actorAt(code, f)
		}
		m.found(m.condition(code), f, p.place)
	case opPhrase:
		f, from, to, _ := m.firstPhrase(code)
		m.found(m.condition(code), f, place{from, to})
	case opTwo:
		a, b, _ := m.two(code)
		f := inTitle
		if a >= int(m.titleLen) {
			a, b, f = a-int(m.titleLen), b-int(m.titleLen), inText
		}
		m.found(m.condition(code), f, place{a, a + 1})
		m.found(m.condition(code), f, place{b, b + 1})
	case opNear:
		chosen, f, _ := m.nears(code)
		for _, p := range chosen {
			m.found(m.condition(code), f, p)
		}
	case opValue:
		c := &m.p.conds[code[3]]
		value := ""
		if aboutItem(c.field) {
			_, value = c.item(m.doc)
		} else {
			value = m.value(c)
		}
		m.because = append(m.because, Because{Condition: m.condition(code), Field: c.field, Value: value})
	case opCond:
		c := &m.p.conds[code[2]]
		m.because = append(m.because, Because{Condition: m.condition(code), Field: c.field, Value: m.value(c)})
	}
}

// condition returns the canonical form of a node.
func (m *Matcher) condition(code []uint32) string {
	if code[1] != 0 {
		return m.p.texts[code[1]]
	}
	return m.p.terms[code[2]].text
}

func (m *Matcher) found(condition string, f int, p place) {
	m.because = append(m.because, Because{Condition: condition, Field: fieldNames[f], From: p.from, To: p.to})
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

// whole returns the text of a field, with tokens, sentences and paragraphs even
// if it was only skimmed.
func (m *Matcher) whole(f int) *text.Text {
	t := m.text(f)
	t.Complete()
	return t
}

// fact reports whether a condition on the development holds, as cond.fact
// does, but keeps what it had to make for it.
func (m *Matcher) fact(c *cond) bool {
	switch {
	case m.facts == nil:
		return false
	case c.field == "venue":
		if m.facts.Venue == "" {
			return false
		}
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

// tokens are folded by package text; a Doc without a field has none.
func tokensOf(t *text.Text) []text.Token {
	if t == nil {
		return nil
	}
	return t.Tokens
}
