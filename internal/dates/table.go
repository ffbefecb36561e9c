package dates

import (
	"math/bits"

	"parley/internal/text"
)

// A table finds a word's entry with one probe. A small filter over two of
// its letters and its length turns most words of a text away before they are
// hashed. Two words with one hash stay two words: the spelling decides.
type table struct {
	slots []slot
	mask  uint64
	cells []cell
	any   filter // of all words
	dated hashes // of those that a date cannot do without
}

// A slot holds the letters of its word if they are eight or fewer, else a hash.
type slot struct {
	key uint64
	n   uint16 // bytes of the word
	at  uint16 // index into cells, plus one
}

type cell struct {
	word  string
	entry entry
}

// freeze makes the table of words.
func freeze(words map[string]entry) table {
	size := 1 << bits.Len(uint(len(words)*3))
	t := table{slots: make([]slot, size), mask: uint64(size - 1)}
	for w, e := range words {
		e.plain = e.sense
		e.plain.n = 1
		e.dated = e.dates()
		t.cells = append(t.cells, cell{w, e})
		t.any.add(w)
		if e.dated {
			t.dated.add(text.Hash(w))
		}
		key := keyOf(w)
		i := place(key, len(w)) & t.mask
		for t.slots[i].at != 0 {
			i = (i + 1) & t.mask
		}
		t.slots[i] = slot{key, uint16(len(w)), uint16(len(t.cells))}
	}
	return t
}

// dates reports a word, or one that begins a phrase, that a date cannot do
// without.
func (e *entry) dates() bool {
	if e.sense.dates() {
		return true
	}
	for _, p := range e.phrases {
		if p.sense.dates() {
			return true
		}
	}
	return false
}

// lookup returns the entry of w, nil when there is none.
func (t *table) lookup(w string) *entry {
	if w == "" || !t.any.has(w) {
		return nil
	}
	n, key := len(w), keyOf(w)
	for i := place(key, n) & t.mask; ; i = (i + 1) & t.mask {
		s := &t.slots[i]
		if s.at == 0 {
			return nil
		}
		if s.key == key && int(s.n) == n {
			if c := &t.cells[s.at-1]; n <= 8 || c.word == w {
				return &c.entry
			}
		}
	}
}

// A filter knows for sure which words are not among those added: for each pair
// of a second and a last byte it has a bit for every length. The second byte,
// since of most scripts the first says no more than which script it is.
type filter [1024]uint32

func (f *filter) add(w string) {
	n := len(w)
	f[uint(w[min(1, n-1)]&31)<<5|uint(w[n-1]&31)] |= 1 << (uint(n) & 31)
}

// has wants a word that is not empty.
func (f *filter) has(w string) bool {
	n := len(w)
	return f[uint(w[min(1, n-1)]&31)<<5|uint(w[n-1]&31)]>>(uint(n)&31)&1 != 0
}

// Hashes know by the hash that a token carries which words are not among those
// added, and take up no more than a corner of the nearest cache.
type hashes [128]uint64

func (h *hashes) add(hash uint32) { h[hash>>6&127] |= 1 << (hash & 63) }

func (h *hashes) has(hash uint32) bool { return h[hash>>6&127]>>(hash&63)&1 != 0 }

// keyOf returns a number that, together with its length, stands for no other
// word of eight bytes or fewer, and for few others of more.
func keyOf(w string) uint64 {
	n := len(w)
	switch {
	case n > 16:
		return eight(w) ^ bits.RotateLeft64(eight(w[n-8:]), 23) ^ eight(w[n/2-4:])*0x9FB21C651E98DF25
	case n > 8:
		return eight(w) ^ bits.RotateLeft64(eight(w[n-8:]), 23)
	case n >= 4:
		return uint64(four(w)) | uint64(four(w[n-4:]))<<32
	}
	return uint64(w[0]) | uint64(w[n/2])<<8 | uint64(w[n-1])<<16
}

// place spreads keys over the slots.
func place(key uint64, n int) uint64 {
	h := (key ^ uint64(n)) * 0x9E3779B97F4A7C15
	return h>>40 ^ h>>52
}

func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func four(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}
