package actors

import "math/bits"

// A wordTable maps folded words to their numbers. Every token of a text is
// looked up, and most are in no lexicon, so that a miss must be cheap: open
// addressing over four bytes a slot, a part of the hash compared before the
// word is fetched, and no byte of a word read one by one.
type wordTable struct {
	slots   []uint32 // high bits: tag of the hash; low bits: 1 + index into entries
	entries []wordEntry
	shift   uint8
}

type wordEntry struct {
	head, tail uint64 // of the word, as ends returns them
	word       string
	id         int32
}

const (
	entryBits = 20
	entryMask = 1<<entryBits - 1
	mix       = 0x9E3779B97F4A7C15
)

// whole is the number of bytes that the ends of a word hold: up to it, two
// words of one length with the same ends are the same.
const whole = 16

// ends returns the first and the last bytes of a word.
func ends(w string) (head, tail uint64) {
	n := len(w)
	switch {
	case n >= 8:
		return eight(w), eight(w[n-8:])
	case n >= 4:
		return uint64(four(w)) | uint64(four(w[n-4:]))<<32, 0
	case n > 0:
		return uint64(w[0]) | uint64(w[n/2])<<8 | uint64(w[n-1])<<16, 0
	}
	return 0, 0
}

func four(s string) uint32 {
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

func eight(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func hashWord(w string, head, tail uint64) uint64 {
	h := head ^ bits.RotateLeft64(tail, 29) ^ uint64(len(w))<<56
	if len(w) > whole {
		h ^= middle(w)
	}
	h *= mix
	return h ^ h>>32
}

// middle hashes what the ends of a long word leave out.
func middle(w string) (h uint64) {
	for i := 8; i+8 < len(w); i += 8 {
		h = (h ^ eight(w[i:])) * mix
		h ^= h >> 32
	}
	return h
}

func newWordTable(words map[string]int32) wordTable {
	size := bits.Len(uint(len(words) * 2))
	t := wordTable{slots: make([]uint32, 1<<size), entries: make([]wordEntry, 0, len(words)), shift: uint8(64 - size)}
	for w, id := range words {
		head, tail := ends(w)
		h := hashWord(w, head, tail)
		i := h >> t.shift
		for t.slots[i] != 0 {
			i = (i + 1) & uint64(len(t.slots)-1)
		}
		t.entries = append(t.entries, wordEntry{head, tail, w, id})
		t.slots[i] = uint32(h)&^entryMask | uint32(len(t.entries))
	}
	return t
}

// find returns the number of a word, 0 if it has none.
func (t *wordTable) find(w string) int32 {
	head, tail := ends(w)
	h := hashWord(w, head, tail)
	for i := h >> t.shift; ; i = (i + 1) & uint64(len(t.slots)-1) {
		s := t.slots[i]
		if s == 0 {
			return 0
		}
		if (s^uint32(h))&^entryMask == 0 {
			if e := &t.entries[s&entryMask-1]; e.head == head && e.tail == tail && len(e.word) == len(w) && (len(w) <= whole || e.word == w) {
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
