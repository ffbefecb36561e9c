package dates

import (
	"math/bits"

	"parley/internal/text"
)

// A table finds a word's entry by the hash that each token carries. A small
// filter turns most words of a text away before the table is touched. Two
// words with one hash stay two words: the key decides.
type table struct {
	slots []slot
	mask  uint32
	cells []cell
	any   hashes // of all words
	dated hashes // of those that a date cannot do without
}

type slot struct {
	hash uint32
	at   uint32 // index into cells, plus one
}

type cell struct {
	key   uint64
	entry entry
}

// freeze makes the table of words.
func freeze(words map[string]entry) table {
	size := 1 << bits.Len(uint(len(words)*3))
	t := table{slots: make([]slot, size), mask: uint32(size - 1)}
	for w, e := range words {
		e.plain = e.sense
		e.plain.n = 1
		e.dated = e.dates()
		t.cells = append(t.cells, cell{text.Key(w), e})
		h := text.Hash(w)
		t.any.add(h)
		if e.dated {
			t.dated.add(h)
		}
		i := h & t.mask
		for t.slots[i].at != 0 {
			i = (i + 1) & t.mask
		}
		t.slots[i] = slot{h, uint32(len(t.cells))}
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
func (t *table) lookup(w string) *entry { return t.find(text.Key(w), text.Hash(w)) }

// find is lookup for a word whose sums are known.
func (t *table) find(key uint64, hash uint32) *entry {
	if !t.any.has(hash) {
		return nil
	}
	for i := hash & t.mask; ; i = (i + 1) & t.mask {
		s := &t.slots[i]
		if s.at == 0 {
			return nil
		}
		if s.hash == hash {
			if c := &t.cells[s.at-1]; c.key == key {
				return &c.entry
			}
		}
	}
}

// Hashes know by their hashes which words are not among those added, and take
// up no more than a corner of the nearest cache.
type hashes [256]uint64

func (h *hashes) add(hash uint32) { h[hash>>6&255] |= 1 << (hash & 63) }

func (h *hashes) has(hash uint32) bool { return h[hash>>6&255]>>(hash&63)&1 != 0 }
