package rules

import (
	"math/bits"
	"strings"
	"sync/atomic"

	"parley/internal/text"
)

// In scripts without spaces each letter is a token, and most texts have most
// letters. What tells texts apart there is which letters stand side by side: so
// rules are filed under grams, runs of two letters where there are thousands of
// letters, and of four where there are few.

const (
	shortGram = 2
	longGram  = 4
	gramMark  = "\x00" // parts the letters in the norm of a gram
)

func (w Word) letter() bool {
	return !w.Prefix && !w.Upper && text.Spaceless(w.Norm)
}

// han reports a letter of Chinese, of which there are thousands.
func han(norm string) bool { return norm >= "\u3400" && text.Spaceless(norm) }

// emitGrams appends grams that stand wherever the phrase does.
func (b *builder) emitGrams(ws []Word) {
	for from := 0; from < len(ws); from++ {
		to, size := from, longGram
		for to < len(ws) && ws[to].letter() {
			if han(ws[to].Norm) {
				size = shortGram
			}
			to++
		}
		if to-from < longGram {
			size = shortGram
		}
		if to-from >= size {
			for i := from; i < to; i += size { // side by side, the last one perhaps over the one before
				i = min(i, to-size)
				b.code = append(b.code, b.gram(ws[i:i+size]))
			}
		}
		from = max(from, to-1)
	}
}

func (b *builder) gram(ws []Word) uint32 {
	letters := make([]string, len(ws))
	for i, w := range ws {
		letters[i] = w.Norm
	}
	return b.term(termGram, strings.Join(letters, gramMark), "")
}

// hashGram is the hash of a gram with one more letter.
func hashGram(gram, letter uint32) uint32 {
	hi, lo := bits.Mul64(uint64(gram)<<32|uint64(letter), 0x9E3779B97F4A7C15)
	return uint32(hi) ^ uint32(lo>>32)
}

// hashTerm is the hash by which a term is found in the table.
func hashTerm(k termKind, norm string) uint32 {
	if k != termGram {
		return text.Hash(norm)
	}
	first, rest, _ := strings.Cut(norm, gramMark)
	h := text.HashOf(text.Key(first))
	for rest != "" {
		first, rest, _ = strings.Cut(rest, gramMark)
		h = hashGram(h, text.HashOf(text.Key(first)))
	}
	return h
}

// letters are those that stand right before a token, side by side.
type letters struct {
	last            int // the token
	run             int
	one, two, three uint32 // hashes of the grams that end here
}

// next finds the grams that end with the letter at i, which is counted as at.
func (l *letters) next(m *Matcher, keys []uint64, i int, at int32) {
	if i != l.last+1 {
		*l = letters{}
	}
	l.last = i
	h := text.HashOf(keys[i])
	two, three, four := hashGram(l.one, h), hashGram(l.two, h), hashGram(l.three, h)
	l.one, l.two, l.three = h, two, three
	l.run++
	if l.run >= shortGram && m.p.grams.has(two) {
		m.gram(two, keys[i+1-shortGram:i+1], at+1-shortGram)
	}
	if l.run >= longGram && m.p.grams.has(four) {
		m.gram(four, keys[i+1-longGram:i+1], at+1-longGram)
	}
}

// A sieve lets through the hashes that were added to it, and few others. It is
// so small that looking into it costs nearly nothing.
type sieve []uint64

func newSieve(n int) sieve {
	size := 4
	for size*64 < 16*n && size < 1<<14 {
		size *= 2
	}
	return make(sieve, size)
}

func (s sieve) place(hash uint32) (*uint64, uint64) {
	return &s[hash>>6&uint32(len(s)-1)], 1 << (hash & 63)
}

func (s sieve) add(hash uint32) {
	x, bit := s.place(hash)
	atomic.StoreUint64(x, *x|bit)
}

func (s sieve) has(hash uint32) bool {
	x, bit := s.place(hash)
	return atomic.LoadUint64(x)&bit != 0
}

// gram makes the term of these letters true, if there is one, and notes where
// they stand first.
func (m *Matcher) gram(hash uint32, letters []uint64, at int32) {
	t, terms := m.p.table, m.p.terms
	mask := uint32(len(t) - 1)
	hash = hashOf(termGram, hash)
	for i := hash & mask; ; i = (i + 1) & mask {
		slot := atomic.LoadUint64(&t[i])
		if slot == 0 {
			return
		}
		id := uint32(slot)
		if uint32(slot>>32) != hash || id >= uint32(len(terms)) || m.isOn(id) {
			continue
		}
		if x := &terms[id]; x.kind == termGram && spells(x.norm, letters) {
			m.set1(id)
			m.present = append(m.present, id)
			m.of[id] = uint32(at)
			return
		}
	}
}

// spells reports whether a gram is that of these letters.
func spells(norm string, letters []uint64) bool {
	for _, key := range letters {
		var first string
		if first, norm, _ = strings.Cut(norm, gramMark); text.Key(first) != key {
			return false
		}
	}
	return norm == ""
}
