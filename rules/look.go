package rules

import "slices"

// Most of the time that an item takes goes into its words, so they are looked
// up in passes, each with little to wait for: the first finds what is known of
// them, the second which of them the item has, the third makes the terms true
// that they are.

// look finds the words of a field, of whose tokens the first is counted as
// base. It is false if the lexicon had no room for them.
func (m *Matcher) look(field int, base int32) bool {
	keys := m.keysIn[field]
	if !m.find(field, base) {
		return false
	}
	// Whether a word is anything, and whether the item had it before, cannot be
	// foreseen, and a wrong guess of the processor costs more than all that is done
	// here. So there is no branch: a list is written on whether or not what is in it
	// then is kept.
	words, notes, item := m.word[base:int(base)+len(keys)], m.notes, uint64(m.item)<<32
	fresh, special := m.fresh[:len(words)], m.special[:len(words)]
	known := uint(0)
	for i, word := range words {
		special[known] = int32(i)
		isKnown := uint(0)
		if word != 0 {
			isKnown = 1
		}
		known += isKnown
	}
	n, odd := uint(0), uint(0)
	for _, i := range special[:known] {
		word := words[i]
		k := &notes[word]
		met, first, isNew, isOdd := item|uint64(base+i), k.first, uint(0), uint(0)
		if k.met < item {
			first = base + i
		}
		if k.met < item {
			isNew = 1
		}
		if k.more&(hasMore|spaceless) != 0 {
			isOdd = 1
		}
		k.met, k.first = met, first
		fresh[n], special[odd] = word, i
		n, odd = n+isNew, odd+isOdd
	}
	m.enterAll(fresh[:n])
	n = 0
	for _, i := range special[:odd] {
		word := words[i]
		more := notes[word].more
		if more&hasMore != 0 {
			m.odd(&m.extras[word], word, base+i)
		}
		special[n] = i
		n += uint(more / spaceless & 1)
	}
	if n > 0 {
		m.findGrams(keys, special[:n], base)
	}
	return true
}

// find notes what the words of a field are. First those are found that were met
// of late, without asking one by one whether they were, so that the processor
// need not wait for one word before it looks for the next; then the others. It
// is false if the lexicon had no room for them.
func (m *Matcher) find(field int, base int32) bool {
	keys := m.keysIn[field]
	into, others := m.word[base:int(base)+len(keys)], m.special[:len(keys)]
	front, n := m.front, uint(0)
	for i, key := range keys {
		note := front.find(key)
		into[i] = uint32(note)
		isOther := uint(0)
		if note >= inFront {
			isOther = 1
		}
		others[n] = int32(i)
		n += isOther
	}
	// The others lie far off: all are called for before one is looked at.
	words := m.words
	mask := uint64(len(words) - 1)
	for _, i := range others[:n] {
		m.touched ^= words[home(keys[i], mask)&uint64(len(words)-1)].key
	}
	for _, i := range others[:n] {
		key := keys[i]
		j := home(key, mask)
		e := &words[j]
		for e.key != key {
			if e.key == 0 {
				if m.crowded() {
					return false
				}
				e.key = key
				m.count++
				m.added++
				break
			}
			j = (j + 1) & mask
			e = &words[j]
		}
		if e.state>>noteBits != m.current {
			t := m.text(field).Word(int(i))
			m.learn(m.p, e, &t)
		}
		front.keep(key, e.state&inNotes)
		into[i] = uint32(e.state & inNotes)
	}
	return true
}

// enterAll makes the terms of words true that the item has not had so far.
func (m *Matcher) enterAll(words []uint32) {
	on, of, notes := m.on, m.of, m.notes
	begun, nb := m.begun[:len(words)], uint(0)
	m.present = slices.Grow(m.present, len(words)+1)
	present, n := m.present[len(m.present):cap(m.present)], uint(0)
	for _, word := range words {
		k := &notes[word]
		t, isTerm, isLonger := k.term, uint(0), uint(0)
		if t != 0 {
			isTerm = 1
		}
		if k.more&longer != 0 {
			isLonger = 1
		}
		on[t>>6] |= 1 << (t & 63) // the first term is always true
		of[t] = word
		present[n], begun[nb] = t, word
		n, nb = n+isTerm, nb+isLonger
	}
	m.present = m.present[:len(m.present)+int(n)]
	m.enterPrefixes(m.begun[:nb])
}

// enterPrefixes makes the terms true that are a beginning of words. How many each
// word has cannot be foreseen, but few have more than some: so many are always
// copied, and the next word's are written over those that are none.
func (m *Matcher) enterPrefixes(words []uint32) {
	lists, notes, links := m.lexicon.terms, m.notes, m.links
	from := len(links)
	for _, word := range words {
		at := int(notes[word].more >> markBits)
		n := int(lists[at])
		k := len(links)
		if cap(links)-k < n+fewPrefixes {
			links = slices.Grow(links, k+n+fewPrefixes)
		}
		some := (*[fewPrefixes]link)(links[k : k+fewPrefixes])
		for i, t := range (*[fewPrefixes]uint32)(lists[at+1 : at+1+fewPrefixes]) {
			some[i] = link{word, t} // the term, for now
		}
		links = links[:k+n]
		for i := fewPrefixes; i < n; i++ {
			links[k+i] = link{word, lists[at+1+i]}
		}
	}
	m.links = links
	on, of := m.on, m.of
	m.present = slices.Grow(m.present, len(links)-from+1)
	present, n := m.present[len(m.present):cap(m.present)], uint(0)
	for i := from; i < len(links); i++ { // another word may have had it
		t := links[i].next
		next, isNew, bits := of[t], uint(0), on[t>>6]
		if bits>>(t&63)&1 == 0 {
			isNew = 1
		}
		if bits>>(t&63)&1 == 0 {
			next = 0
		}
		on[t>>6] = bits | 1<<(t&63)
		links[i].next = next
		of[t] = uint32(i + 1)
		present[n] = t
		n += isNew
	}
	m.present = m.present[:len(m.present)+int(n)]
}

// chain links the tokens of a word that the item has, and notes in which blocks
// it stands. Few words are asked about, and most stand once, so each is chained
// when it is asked about; where that takes too long, all are, in one pass, and
// letters of scripts without spaces, which stand everywhere, are at once.
func (m *Matcher) chain(word uint32) *note {
	k := &m.notes[word]
	if k.chained>>1 == m.item {
		return k
	}
	if m.walked += k.last() - k.first; int(m.walked) > walks*m.tokensIn() || k.more&spaceless != 0 {
		m.chainAll()
		return k
	}
	at, blocks, next := k.first, block(k.first), m.next
	between := m.word[at : k.last()+1]
	for i := 1; i < len(between); i++ {
		if between[i] == word {
			here := k.first + int32(i)
			next[at] = here
			at, blocks = here, blocks|block(here)
		}
	}
	next[at] = -1
	k.chained, k.blocks = m.item<<1, blocks
	return k
}

// walks tells how many times the tokens of an item are gone through for single
// words before all are chained.
const walks = 1

// chainAll chains all words of the item, from the last token to the first.
func (m *Matcher) chainAll() {
	notes, all := m.notes, m.item<<1|1
	words := m.word[:m.tokensIn()]
	next := m.next[:len(words)]
	for at := len(words) - 1; at >= 0; at-- {
		k := &notes[words[at]]
		head, blocks := k.first, k.blocks
		if k.chained != all {
			head = -1
		}
		if k.chained != all {
			blocks = 0
		}
		next[at] = head
		k.chained, k.first, k.blocks = all, int32(at), blocks|block(int32(at))
	}
}

// odd looks at what only some words are: capitals, and names.
func (m *Matcher) odd(k *extra, word uint32, at int32) {
	if k.upper != 0 && !m.isOn(k.upper) && m.capitals(at) {
		m.set1(k.upper)
		m.present = append(m.present, k.upper)
		m.of[k.upper] = word
	}
	if k.names != 0 {
		m.named = append(m.named, maybe{at, k.names - 1})
	}
}
