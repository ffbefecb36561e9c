package rules

import "slices"

// bounds returns the tokens of a field, title and text counted through.
func (m *Matcher) bounds(f int) (from, to int32) {
	if f == inTitle {
		return 0, m.titleLen
	}
	return m.titleLen, int32(m.tokensIn())
}

// fieldOf returns where the token stands that has this number, which counts
// title and text through, and its number there.
func (m *Matcher) fieldOf(at int32) (f, i int) {
	if at < m.titleLen {
		return inTitle, int(at)
	}
	return inText, int(at - m.titleLen)
}

func (m *Matcher) capitals(at int32) bool {
	f, i := m.fieldOf(at)
	return m.text(f).Capitals(i)
}

// head returns the first token of a plain word that the item has.
func (m *Matcher) head(t uint32) int32 {
	return m.notes[m.of[t]].first
}

// first returns the first token of the word that a node asks for.
func (m *Matcher) first(code []uint32) int {
	t := code[2]
	switch m.p.terms[t].kind {
	case termUpper:
		at := m.chain(m.of[t]).first
		for !m.capitals(at) {
			at = m.next[at]
		}
		return int(at)
	case termPrefix:
		least := int32(1<<31 - 1)
		for l := m.of[t]; l != 0; l = m.links[l-1].next {
			least = min(least, m.notes[m.links[l-1].word].first)
		}
		return int(least)
	}
	return int(m.head(t))
}

// tokens returns the tokens of a term in one field, in order. They last until
// it is called again.
func (m *Matcher) tokens(t uint32, f int) []int32 {
	from, to := m.bounds(f)
	list := m.scratch32[:0]
	switch m.p.terms[t].kind {
	case termPrefix:
		for l := m.of[t]; l != 0; l = m.links[l-1].next {
			for at := m.chain(m.links[l-1].word).first; at >= 0 && at < to; at = m.next[at] {
				if at >= from {
					list = append(list, at)
				}
			}
		}
		slices.Sort(list)
	case termUpper:
		for at := m.chain(m.of[t]).first; at >= 0 && at < to; at = m.next[at] {
			if at >= from && m.capitals(at) {
				list = append(list, at)
			}
		}
	default:
		for at := m.chain(m.of[t]).first; at >= 0 && at < to; at = m.next[at] {
			if at >= from {
				list = append(list, at)
			}
		}
	}
	m.scratch32 = list
	return list
}

// is reports whether the token at is the term t, which the item has.
func (m *Matcher) is(at int32, t uint32) bool {
	k := &m.notes[m.word[at]]
	if k.term == t {
		return true
	}
	if k.more&hasMore != 0 && m.extras[m.word[at]].upper == t {
		return m.capitals(at)
	}
	return k.more&longer != 0 && slices.Contains(m.prefixes(k), t)
}

// phrase returns the first place of a phrase in one field; with all, it
// appends all places to that list.
func (m *Matcher) phrase(code []uint32, f int, all *[]place) (from, to int, ok bool) {
	for _, t := range code[5:size(code[0])] {
		if !m.isOn(t) {
			return 0, 0, false
		}
	}
	terms, rare := code[5:5+code[3]], int32(code[4]>>rareBits)
	lo, hi := m.bounds(f)
	if grams := code[5+code[3] : size(code[0])]; len(grams) > 0 {
		// A phrase stands nowhere before its gram, and mostly where that is first.
		at := int32(m.of[grams[0]])
		if at >= hi {
			return 0, 0, false
		}
		if all == nil && at >= lo && code[4]&gramFirst != 0 && m.stands(at, hi, terms) {
			return int(at - lo), int(at-lo) + len(terms), true
		}
	}
	for _, at := range m.tokens(terms[rare], f) {
		begin := at - rare
		if begin < lo || !m.stands(begin, hi, terms) {
			continue
		}
		p := place{int(begin - lo), int(begin-lo) + len(terms)}
		if all == nil {
			return p.from, p.to, true
		}
		*all = append(*all, p)
		ok = true
	}
	return 0, 0, ok
}

// firstPhrase returns the first place of a phrase, and the field that it is in.
func (m *Matcher) firstPhrase(code []uint32) (f, from, to int, ok bool) {
	if code[4]&plainRare == 0 {
		from, to, ok = m.phrase(code, inTitle, nil)
		if !ok && code[2] == anywhere {
			f = inText
			from, to, ok = m.phrase(code, f, nil)
		}
		return f, from, to, ok
	}
	// Most phrases have a plain word that is rare, so one walk along where that
	// stands will do for both fields.
	terms, rare := code[5:size(code[0])], int32(code[4]>>rareBits)
	for _, t := range terms {
		if !m.isOn(t) {
			return 0, 0, 0, false
		}
	}
	for at := m.chain(m.of[terms[rare]]).first; at >= 0; at = m.next[at] {
		if at >= m.titleLen {
			if f = inText; code[2] == titleOnly {
				break
			}
		}
		lo, hi := m.bounds(f)
		if begin := at - rare; begin >= lo && m.stands(begin, hi, terms) {
			return f, int(begin - lo), int(begin-lo) + len(terms), true
		}
	}
	return 0, 0, 0, false
}

// stands reports whether words stand side by side from a token on, before hi.
func (m *Matcher) stands(at, hi int32, terms []uint32) bool {
	if at+int32(len(terms)) > hi {
		return false
	}
	for i, t := range terms {
		if !m.is(at+int32(i), t) {
			return false
		}
	}
	return true
}

// two returns the first tokens of two plain words that are as near to each
// other as a rule asks: a place for the first one as early as can be, then one
// for the second. Both lists are walked once.
func (m *Matcher) two(code []uint32) (a, b int, ok bool) {
	if !m.isOn(code[4]) || !m.isOn(code[5]) {
		return 0, 0, false
	}
	last := m.titleLen
	if code[2] == anywhere {
		last = 1<<31 - 1
	}
	x, y := m.chain(m.of[code[4]]).first, m.chain(m.of[code[5]]).first
	if u := code[3] >> 1 & 0x7F; u != uint32(Words) {
		return m.together(x, y, last, Unit(u))
	}
	n, then := int32(code[3]>>8), code[3]&1 != 0
	for ; x >= 0 && x < last; x = m.next[x] {
		early := x - n
		if then {
			early = x + 1
		}
		for y >= 0 && y < early {
			y = m.next[y]
		}
		if y < 0 {
			break
		}
		for z := y; z >= 0 && z <= x+n; z = m.next[z] {
			if z != x && (x < m.titleLen) == (z < m.titleLen) {
				return int(x), int(z), true
			}
		}
	}
	return 0, 0, false
}

// together is two for words in one sentence or paragraph.
func (m *Matcher) together(x, y, last int32, u Unit) (a, b int, ok bool) {
	for ; x >= 0 && x < last; x = m.next[x] {
		in := m.unit(x, u)
		for y >= 0 && m.unit(y, u) < in {
			y = m.next[y]
		}
		for z := y; z >= 0 && m.unit(z, u) == in; z = m.next[z] {
			if z != x {
				return int(x), int(z), true
			}
		}
	}
	return 0, 0, false
}

// unit numbers the sentences or paragraphs of title and text.
func (m *Matcher) unit(at int32, u Unit) int32 {
	f, i := m.fieldOf(at)
	t, n := &m.whole(f).Tokens[i], int32(0)
	if f == inText {
		n = 1 << 30
	}
	if u == Sentence {
		return n + t.Sentence
	}
	return n + t.Paragraph
}

// actorAt returns the first place in one field of the actor that a node asks for.
func (m *Matcher) actorAt(code []uint32, f int) *actorPlace {
	for i := range m.actors[f] {
		if p := &m.actors[f][i]; p.actor == int(code[4]) {
			return p
		}
	}
	return nil
}

// places appends the places of an operand of NEAR in one field.
func (m *Matcher) places(code []uint32, f int, into *[]place) {
	switch x := code[0]; op(x) {
	case opOr:
		for c := code[1:size(x)]; len(c) > 0; c = c[size(c[0]):] {
			m.places(c, f, into)
		}
	case opWord, opTitle:
		if m.isOn(code[2]) {
			lo, _ := m.bounds(f)
			for _, at := range m.tokens(code[2], f) {
				*into = append(*into, place{int(at - lo), int(at-lo) + 1})
			}
		}
	case opActor:
		for _, p := range m.actors[f] {
			if p.actor == int(code[4]) {
				*into = append(*into, p.place)
			}
		}
	case opPhrase:
		m.phrase(code, f, into)
	}
}
