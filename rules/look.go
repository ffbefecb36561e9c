package rules

import "parley/internal/text"

// Most of the time that an item takes goes into its words, so they are looked
// up in two passes, each with little to wait for: the first finds which of them
// are anything to anybody, the second notes where those stand.

// look finds the words of tokens, of which the first is counted as base. It is
// false if the lexicon had no room for them.
func (m *Matcher) look(tokens []text.Token, base int32) bool {
	telling, ok := m.find(tokens, base)
	if !ok {
		return false
	}
	// Whether the item had the word before cannot be foreseen, and a wrong guess
	// of the processor costs more than all that is done here. So there is no
	// branch: a new word is chained to a place behind all others.
	notes, next, fresh, item := m.notes, m.next, m.fresh[:len(telling)], m.item
	nowhere, n := int32(len(next)-1), uint(0)
	var run letters
	for _, at := range telling {
		word := m.word[at]
		k := &notes[word]
		before, first, blocks, isNew := k.last, k.first, k.blocks, uint(0)
		if k.item != item {
			before = nowhere
		}
		if k.item != item {
			first = at
		}
		if k.item != item {
			blocks = 0
		}
		if k.item != item {
			isNew = 1
		}
		next[before] = at
		next[at] = -1
		k.item, k.first, k.last, k.blocks = item, first, at, blocks|block(at)
		fresh[n] = word
		n += isNew
		if k.marks&(hasMore|spaceless) == 0 {
			continue
		}
		if k.marks&hasMore != 0 {
			m.special(&m.extras[word], word, at, &tokens[at-base])
		}
		if k.marks&spaceless != 0 {
			run.next(m, tokens, int(at-base), at)
		}
	}
	m.enterAll(fresh[:n])
	return true
}

// find notes which of the words of tokens are something, and returns their
// tokens: nothing more, and without asking what, so that the processor need
// not wait for one word before it looks for the next. It is false if the
// lexicon had no room for them.
func (m *Matcher) find(tokens []text.Token, base int32) (telling []int32, ok bool) {
	words, into, telling := m.words, m.word[base:int(base)+len(tokens)], m.telling[:len(tokens)]
	mask, current, n := uint64(len(words)-1), m.current, uint(0)
	for i := range into {
		t := &tokens[i]
		j := home(t.Key, mask)
		e := &words[j&uint64(len(words)-1)]
		for e.key != t.Key {
			if e.key == 0 {
				if m.crowded() {
					return nil, false
				}
				e.key = t.Key
				m.count++
				m.added++
				break
			}
			j = (j + 1) & mask
			e = &words[j]
		}
		if e.state>>noteBits != current {
			m.learn(m.p, e, t)
		}
		word := uint32(e.state & inNotes)
		into[i] = word
		telling[n] = base + int32(i)
		if word != 0 {
			n++
		}
	}
	return telling[:n], true
}

// enterAll makes the terms of words true that the item has not had so far.
func (m *Matcher) enterAll(words []uint32) {
	on, of, present := m.on, m.of, m.present
	for _, word := range words {
		k := &m.notes[word]
		if t := k.terms; k.marks&oneTerm != 0 && t&prefixed == 0 { // most: as enter does
			on[t>>6] |= 1 << (t & 63)
			of[t] = word
			present = append(present, t)
			continue
		}
		m.present = present
		for _, t := range m.termsOf(k) {
			m.enter(word, t)
		}
		present = m.present
	}
	m.present = present
}

// enter makes a term of a word true. Only a prefix may be so already.
func (m *Matcher) enter(word, t uint32) {
	if t&prefixed == 0 {
		m.set1(t)
		m.present = append(m.present, t)
		m.of[t] = word
		return
	}
	t &^= prefixed
	next := int32(-1)
	if m.isOn(t) {
		next = int32(m.of[t])
	} else {
		m.set1(t)
		m.present = append(m.present, t)
	}
	m.of[t] = uint32(len(m.links))
	m.links = append(m.links, link{word, next})
}

// special looks at what only some words are: capitals, and names.
func (m *Matcher) special(k *extra, word uint32, at int32, t *text.Token) {
	if k.upper != 0 && t.Flags&(text.AllCaps|text.Acronym) != 0 && !m.isOn(k.upper) {
		m.set1(k.upper)
		m.present = append(m.present, k.upper)
		m.of[k.upper] = word
	}
	if k.names != 0 {
		m.named = append(m.named, at)
	}
}
