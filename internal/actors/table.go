package actors

import (
	"math/bits"
	"strings"

	"parley/internal/text"
)

// A wordTable maps folded words to their numbers. Every token of a text is
// looked up, and most are in no lexicon, so that a miss must be cheap: open
// addressing over four bytes a slot by the hash that the token carries, a part
// of which is compared before the word is fetched.
type wordTable struct {
	slots   []uint32 // high bits: those of the hash; low bits: 1 + index into entries
	entries []wordEntry
	mask    uint32
}

type wordEntry struct {
	word string
	id   int32
}

const (
	entryBits = 20
	entryMask = 1<<entryBits - 1
)

func newWordTable(words map[string]int32) wordTable {
	size := 1 << bits.Len(uint(len(words)*2))
	t := wordTable{slots: make([]uint32, size), entries: make([]wordEntry, 0, len(words)), mask: uint32(size - 1)}
	var all strings.Builder // one piece for all words: a garbage collector looks at every string that lives
	for w, id := range words {
		all.WriteString(w)
		t.entries = append(t.entries, wordEntry{w, id})
	}
	rest := all.String()
	for k := range t.entries {
		e := &t.entries[k]
		e.word, rest = rest[:len(e.word)], rest[len(e.word):]
		h := text.Hash(e.word)
		i := h & t.mask
		for t.slots[i] != 0 {
			i = (i + 1) & t.mask
		}
		t.slots[i] = h&^entryMask | uint32(k+1)
	}
	return t
}

// find returns the number of a word with its hash, 0 if it has none.
func (t *wordTable) find(w string, hash uint32) int32 {
	for i := hash & t.mask; ; i = (i + 1) & t.mask {
		s := t.slots[i]
		if s == 0 {
			return 0
		}
		if (s^hash)&^entryMask == 0 {
			if e := &t.entries[s&entryMask-1]; e.word == w {
				return e.id
			}
		}
	}
}

// An edgeTable maps a node and the next word to the next node.
type edgeTable struct {
	slots []edgeSlot
	shift uint8
}

type edgeSlot struct {
	key  uint64
	next int32
}

func (e edge) key() uint64 {
	k := uint64(e.node)<<33 | uint64(e.word)<<1
	if e.comma {
		k |= 1
	}
	return k
}

func newEdgeTable(edges map[edge]int32) edgeTable {
	size := bits.Len(uint(len(edges)*2 + 1))
	t := edgeTable{slots: make([]edgeSlot, 1<<size), shift: uint8(64 - size)}
	for e, next := range edges {
		i := t.slot(e.key())
		for t.slots[i].next != 0 {
			i = (i + 1) & uint64(len(t.slots)-1)
		}
		t.slots[i] = edgeSlot{e.key(), next}
	}
	return t
}

func (t *edgeTable) slot(k uint64) uint64 { return k * 0x9E3779B97F4A7C15 >> t.shift }

// find returns the node that e leads to, 0 for none.
func (t *edgeTable) find(e edge) int32 {
	k := e.key()
	for i := t.slot(k); ; i = (i + 1) & uint64(len(t.slots)-1) {
		s := &t.slots[i]
		if s.next == 0 || s.key == k {
			return s.next
		}
	}
}
