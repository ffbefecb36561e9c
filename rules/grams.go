package rules

import (
	"slices"
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

// hashTerm is the hash by which a term is found in the table.
func hashTerm(k termKind, norm string) uint32 {
	if k != termGram {
		return text.Hash(norm)
	}
	var keys [longGram]uint64
	n := 0
	for letter := range strings.SplitSeq(norm, gramMark) {
		keys[n] = text.Key(letter)
		n++
	}
	key := text.KeyOfTwo(keys[0], keys[1])
	if n == longGram {
		key = text.KeyOfTwo(key, text.KeyOfTwo(keys[2], keys[3]))
	}
	return hashGram(key)
}

func hashGram(key uint64) uint32 { return uint32(key ^ key>>32) }

// A runOf is a gram that the sieve lets through, and the last token of it.
type runOf struct {
	key  uint64
	last uint32 // in its field, and below it whether the gram is a long one
}

// A gramPlace is a gram that was looked for in the table, and the term that it
// is, 0 for none.
type gramPlace struct {
	key  uint64
	term uint32
}

// gramBits tells how many grams are remembered, each in the only place where it
// may be.
const gramBits = 13

// findGrams makes the grams true that are among the letters of a field, whose
// first token is counted as base. Like look it goes in passes: which grams may be
// terms, then which they are.
func (m *Matcher) findGrams(keys []uint64, at []int32, base int32) {
	if len(at) > len(m.runs)/2 {
		m.runs = make([]runOf, 2*len(at)+len(at)/2)
	}
	runs, n := m.runs, uint(0)
	sieve, mask := m.p.grams, uint32(len(m.p.grams)-1)
	var begin int32 // of the letters that stand side by side
	var letter, pair, before uint64
	last := int32(-1 << 30)
	for _, i := range at {
		if i != last+1 {
			begin = i
		}
		last = i
		key := keys[i]
		two := text.KeyOfTwo(letter, key)
		four := text.KeyOfTwo(before, two)
		letter, pair, before = key, two, pair
		h := hashGram(two)
		runs[n] = runOf{two, uint32(i) << 1}
		through := atomic.LoadUint64(&sieve[h>>6&mask]) >> (h & 63) & 1
		if i-begin < shortGram-1 {
			through = 0
		}
		n += uint(through)
		h = hashGram(four)
		runs[n] = runOf{four, uint32(i)<<1 | 1}
		through = atomic.LoadUint64(&sieve[h>>6&mask]) >> (h & 63) & 1
		if i-begin < longGram-1 {
			through = 0
		}
		n += uint(through)
	}
	if n == 0 {
		return
	}
	m.present = slices.Grow(m.present, int(n))
	on, of, known := m.on, m.of, m.knownGrams
	present, added := m.present[len(m.present):cap(m.present)], uint(0)
	on[0] |= 1 << always // which all have that are no term
	for _, r := range runs[:n] {
		first := int32(r.last>>1) + 1 - shortGram
		if r.last&1 != 0 {
			first += shortGram - longGram
		}
		g := &known[r.key>>(64-gramBits)]
		if g.key != r.key {
			*g = gramPlace{r.key, m.gram(hashGram(r.key), keys[first:r.last>>1+1])}
		}
		t, bits := g.term, on[g.term>>6]
		isNew, place := uint(0), of[t]
		if bits>>(t&63)&1 == 0 {
			isNew = 1
		}
		if bits>>(t&63)&1 == 0 {
			place = uint32(base + first)
		}
		on[t>>6], of[t] = bits|1<<(t&63), place
		present[added] = t
		added += isNew
	}
	m.present = m.present[:len(m.present)+int(added)]
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

// gram returns the term of these letters, 0 if there is none.
func (m *Matcher) gram(hash uint32, letters []uint64) uint32 {
	t, terms := m.p.table, m.p.terms
	mask := uint32(len(t) - 1)
	hash = hashOf(termGram, hash)
	for i := hash & mask; ; i = (i + 1) & mask {
		slot := atomic.LoadUint64(&t[i])
		if slot == 0 {
			return 0
		}
		if id := uint32(slot); uint32(slot>>32) == hash && id < uint32(len(terms)) {
			if x := &terms[id]; x.kind == termGram && spells(x.norm, letters) {
				return id
			}
		}
	}
}

// spells reports whether a gram is that of these letters. A letter has two to four
// bytes: to look at each is quicker than to call for the end of it.
func spells(norm string, letters []uint64) bool {
	for _, key := range letters {
		end := 0
		for end < len(norm) && norm[end] != gramMark[0] {
			end++
		}
		if text.Key(norm[:end]) != key {
			return false
		}
		norm = norm[min(end+len(gramMark), len(norm)):]
	}
	return norm == ""
}
