package actors

import (
	"math/bits"

	"parley/internal/text"
)

// A wordTable maps folded words to their numbers. Every token of a text is
// looked up, and most are in no lexicon, so that a miss must be cheap: open
// addressing over four bytes a slot by the hash that the token carries, a part
// of which is compared before the entry is fetched. The key of a word stands for
// its letters.
type wordTable struct {
	slots   []uint32    // high bits: those of the hash; low bits: index into entries
	entries []wordEntry // [0] is no word
	mask    uint32
}

type wordEntry struct {
	key  uint64
	id   int32
	root bool  // phrases begin with it
	mark uint8 // 1 + the bit it sets as evidence, 0 none
}

const (
	entryBits = 20
	entryMask = 1<<entryBits - 1
)

func newWordTable(words map[string]int32) wordTable {
	size := 1 << bits.Len(uint(len(words)*2))
	t := wordTable{slots: make([]uint32, size), entries: make([]wordEntry, 1, len(words)+1), mask: uint32(size - 1)}
	for w, id := range words {
		t.entries = append(t.entries, wordEntry{key: text.Key(w), id: id})
		h := text.Hash(w)
		i := h & t.mask
		for t.slots[i] != 0 {
			i = (i + 1) & t.mask
		}
		t.slots[i] = h&^entryMask | uint32(len(t.entries)-1)
	}
	return t
}

// find returns what is known of a word by its sums: the entry of no word if
// nothing is.
func (t *wordTable) find(key uint64, hash uint32) *wordEntry {
	for i := hash & t.mask; ; i = (i + 1) & t.mask {
		s := t.slots[i]
		if s == 0 {
			return &t.entries[0]
		}
		if (s^hash)&^entryMask == 0 {
			if e := &t.entries[s&entryMask]; e.key == key {
				return e
			}
		}
	}
}

// taken reports that the slot where a word is to be found first, which leads to entry
// at, is that of another word. Whether a word is known no processor foresees. So that
// it need not guess, one branch is taken for the word itself and for an empty slot:
// the product is 0 for both.
func taken(key, there uint64, at int32) bool {
	x := key ^ there
	return uint64(uint32(x)|uint32(x>>32))*uint64(at) != 0
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
