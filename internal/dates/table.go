package dates

import "math/bits"

// A table finds a word's entry with one probe. Most words of a text are not in
// it, and most of those end at an empty slot without a comparison. Two words
// with one hash stay two words: the spelling decides.
type table struct {
	slots   []slot
	mask    uint64
	words   []string
	entries []entry
}

type slot struct {
	hash uint32
	at   uint32 // index into words and entries, plus one
}

// freeze makes the table of words.
func freeze(words map[string]entry) table {
	size := 1 << bits.Len(uint(len(words)*3))
	t := table{slots: make([]slot, size), mask: uint64(size - 1)}
	for w, e := range words {
		t.words = append(t.words, w)
		t.entries = append(t.entries, e)
		h := wordHash(w)
		i := h & t.mask
		for t.slots[i].at != 0 {
			i = (i + 1) & t.mask
		}
		t.slots[i] = slot{uint32(h >> 32), uint32(len(t.words))}
	}
	return t
}

// lookup returns the entry of w, nil when there is none.
func (t *table) lookup(w string) *entry {
	if w == "" {
		return nil
	}
	h := wordHash(w)
	for i := h & t.mask; ; i = (i + 1) & t.mask {
		s := t.slots[i]
		if s.at == 0 {
			return nil
		}
		if s.hash == uint32(h>>32) && t.words[s.at-1] == w {
			return &t.entries[s.at-1]
		}
	}
}

func wordHash(w string) uint64 {
	var a, b uint64
	n := len(w)
	switch {
	case n >= 8:
		a, b = eight(w), eight(w[n-8:])
		if n > 16 {
			a += eight(w[n/2-4:]) * 0x9FB21C651E98DF25
		}
	case n >= 4:
		a, b = four(w), four(w[n-4:])
	default:
		a, b = uint64(w[0])|uint64(w[n-1])<<8, uint64(w[n/2])
	}
	h := (a^uint64(n))*0x9E3779B97F4A7C15 ^ bits.RotateLeft64(b*0xC2B2AE3D27D4EB4F, 31)
	h ^= h >> 29
	return h * 0xBF58476D1CE4E5B9 >> 7
}

func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func four(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}
