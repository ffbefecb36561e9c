package text

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
	"unsafe"
)

// Who only wants to know which words a text has, and in which order, need not
// wait for tokens, sentences and paragraphs. Skim finds the words alone, in one
// pass: no token is written, no folded word, and no mark is looked at. Words
// that are not plain ASCII are folded once and then known by their bytes, so
// that one of Persian costs no more than one of English.

// Skim makes t the Text of source as Reset does, but for its Tokens, Sentences
// and Paragraphs, which are there only after Complete. Until then Skimmed and
// Word tell of its words, only one goroutine may ask, and Plain lasts no longer
// than t has this source.
func (t *Text) Skim(source string) {
	t.Source = source
	t.strip()
	t.Tokens, t.Sentences, t.Paragraphs = t.Tokens[:0], t.Sentences[:0], t.Paragraphs[:0]
	k := skimmer{tokeniser: tokeniser{t: t, s: t.Plain, tokens: t.one[:0]}, keys: t.keys[:0], starts: t.starts[:0]}
	k.bytes = unsafe.Slice(unsafe.StringData(k.s), len(k.s))
	k.skim()
	t.keys, t.starts, t.one, t.skimmed = k.keys, k.starts, k.tokens, true
}

// Complete fills in what Skim has left out, if t was skimmed. t may be nil.
func (t *Text) Complete() {
	if t != nil && t.skimmed {
		t.skimmed = false
		t.own()
		t.tokenise()
	}
}

// Skimmed returns the Keys of the tokens, if t was skimmed and not completed.
func (t *Text) Skimmed() (keys []uint64, ok bool) { return t.keys, t.skimmed }

// Word returns the i-th token without what those around it tell: its Gap,
// Sentence and Paragraph. The Norm of one of a skimmed Text lasts until Word is
// called again.
func (t *Text) Word(i int) Token {
	if !t.skimmed {
		return t.Tokens[i]
	}
	k := tokeniser{t: t, s: t.Plain, tokens: t.one[:0]}
	k.alone(int(t.starts[i]))
	t.one = k.tokens
	return t.one[0]
}

// Capitals reports whether the i-th token is all in capitals, or an acronym.
func (t *Text) Capitals(i int) bool {
	if t.skimmed {
		s := t.Plain[t.starts[i]:]
		if byteClasses[s[0]]&(lowerByte|digitByte) != 0 || len(s) > 1 && byteClasses[s[1]]&lowerByte != 0 {
			return false
		}
		n := 0
		for n < len(s) && byteClasses[s[n]] == upperByte {
			n++
		}
		if n > 1 && (n == len(s) || byteClasses[s[n]] == 0) {
			return true // as most are that end here: US, NATO
		}
	}
	return t.Word(i).Flags&(AllCaps|Acronym) != 0
}

// alone adds the word that begins at i, or passes over the mark there, and
// returns what comes next. What is folded for it is written over by the next.
func (k *tokeniser) alone(i int) int {
	from := k.fold()
	i = k.one(i)
	k.t.folded = k.t.folded[:min(from, len(k.t.folded))]
	return i
}

// one reads the word or the mark that begins at i, by itself, and returns what comes next.
func (k *tokeniser) one(i int) int {
	switch b := byteClasses[k.s[i]]; {
	case b&letterByte != 0:
		return k.ascii(i)
	case b&digitByte != 0:
		return k.number(i)
	case aloneAt(k.s, i):
		return k.letter(i)
	}
	return k.step(i)
}

// A skimmer finds words; what it does not know it asks the tokeniser.
type skimmer struct {
	tokeniser
	keys   []uint64
	starts []int32
}

// skim finds the words of the whole text.
func (k *skimmer) skim() {
	for i := 0; i < len(k.s); {
		v, limit := k.view(i)
		words, odd := v.marks()
		runs := words | odd
		edges := runs ^ runs<<1 // where runs begin and end
		for edges != 0 {
			if cap(k.keys)-len(k.keys) < windowWords || cap(k.starts)-len(k.starts) < windowWords {
				k.keys = slices.Grow(k.keys, len(k.keys)/2+windowWords)
				k.starts = slices.Grow(k.starts, len(k.starts)/2+windowWords)
			}
			if edges&-edges&odd == 0 {
				n := len(k.keys)
				keys, starts := (*[windowWords]uint64)(k.keys[n:n+windowWords]), (*[windowWords]int32)(k.starts[n:n+windowWords])
				n, edges = v.plain(edges, odd, keys, starts, int32(i))
				k.keys, k.starts = k.keys[:len(k.keys)+n], k.starts[:len(k.starts)+n]
				if edges == 0 {
					break
				}
			}
			at, end := uint(bits.TrailingZeros64(edges)), uint(bits.TrailingZeros64(edges&(edges-1)))
			if end == window { // it may go on in the next window
				limit = at
				break
			}
			// don't, U.S., 24th, what is long or not ASCII
			if rest := k.known(v, edges, odd, i); rest != edges {
				edges = rest
				continue
			}
			end = uint(k.run(i+int(at), i+int(end)) - i)
			if end >= limit {
				limit = end
				break
			}
			runs = runs >> end << end
			edges = runs ^ runs<<1
		}
		if limit == 0 { // a run that no window holds
			end := i + window
			for end < len(k.s) && byteClasses[k.s[end]] != 0 {
				end++
			}
			limit = uint(k.each(i, end) - i)
		}
		i += int(limit)
	}
}

// marksPlainly marks the letters and digits of a window, and what is not simply
// a word: apostrophes and all that is not ASCII, letters right behind digits,
// and a single letter before a full stop.
func (v *view) marksPlainly() (words, odd uint64) {
	letters, digits, others := uint64(0), uint64(0), uint64(0)
	for i := 0; i < window; i += 8 {
		x := binary.LittleEndian.Uint64(v[i : i+8])
		y := x &^ tops
		letters |= inRange(y|smallBits, 'a', 'z') &^ x >> 7 * sideBySide >> 56 << i
		digits |= inRange(y, '0', '9') &^ x >> 7 * sideBySide >> 56 << i
		others |= x | apostrophes(y)
	}
	odd = letters & (digits << 1)
	if others&tops != 0 {
		for i := 0; i < window; i += 8 {
			x := binary.LittleEndian.Uint64(v[i : i+8])
			odd |= (x | apostrophes(x&^tops)) & tops >> 7 * sideBySide >> 56 << i
		}
	}
	words = letters | digits
	for single := letters &^ (words << 1) &^ (words >> 1) << 1 >> 1; single != 0; single &= single - 1 {
		if at := bits.TrailingZeros64(single); v[at+1] == '.' {
			odd |= 1 << at
		}
	}
	return words, odd
}

// apostrophes marks those of w, by their top bits, and more in the others. All
// bytes of w are below 0x80.
func apostrophes(w uint64) uint64 { return ^(w ^ '\''*ones + 0x7F*ones) }

// plainly finds the words between edges up to the first run that is odd, longer
// than two numbers hold, or not known to end in this window. It returns how many
// there are, and the edges from that run on. Places are counted from base.
func (v *view) plainly(edges, odd uint64, keys *[windowWords]uint64, starts *[windowWords]int32, base int32) (n int, rest uint64) {
	for ; edges != 0 && n < windowWords; n++ {
		first, next := edges&-edges, edges&(edges-1)
		last := next & -next
		at, end := uint(bits.TrailingZeros64(first)), uint(bits.TrailingZeros64(next))
		size := end - at
		if odd&(last-first) != 0 || last == 0 || size > inPair {
			break
		}
		keys[n], _ = v.lower(at, size).sums(size)
		starts[n] = base + int32(at)
		edges = next ^ last
	}
	return n, edges
}

// A run is what stands between spaces and marks of ASCII. Where the same bytes
// stand, there are the same words.
type run struct {
	raw   uint64 // Key of its bytes
	key   uint64 // of its only word, 0 if it has none
	start int32  // of that, in the run
}

// A Text remembers runs in so many places, two in each: of which the first came
// later. A word that shares its place with another one is mostly found all the same.
const runBits = 11

// known adds the words of the odd runs of a window that begins at i, up to the
// first that is not known, or not odd, and returns the edges from that on.
func (k *skimmer) known(v *view, edges, odd uint64, i int) uint64 {
	n := len(k.keys)
	keys, starts := k.keys[:cap(k.keys)], k.starts[:cap(k.starts)] // with room for all words of a window
	for edges != 0 {
		first, next := edges&-edges, edges&(edges-1)
		last := next & -next
		at, end := uint(bits.TrailingZeros64(first)), uint(bits.TrailingZeros64(next))
		if odd&(last-first) == 0 || end-at > inPair || end >= window || i+int(end) == len(k.s) || v[end] == '.' && v[end-1] < utf8.RuneSelf {
			break
		}
		raw, hash := v.pair(at, end-at).sums(end - at)
		both := k.remembered(hash)
		r := &both[bit(both[1].raw == raw)]
		if r.raw != raw {
			break
		}
		keys[n], starts[n] = r.key, int32(i)+int32(at)+r.start
		n += int(bit(r.key != 0))
		edges = next ^ last
	}
	k.keys, k.starts = keys[:n], starts[:n]
	return edges
}

// remembered returns the two runs of which one is that with this Hash, if it is
// remembered.
func (k *skimmer) remembered(hash uint32) *[2]run {
	if k.t.runs == nil {
		k.t.runs = new([1 << runBits][2]run)
	}
	return &k.t.runs[hash>>(32-runBits)]
}

// run adds the words of a run, and returns where they end.
func (k *skimmer) run(i, end int) int {
	if end == len(k.s) || k.s[end] == '.' && k.s[end-1] < utf8.RuneSelf {
		return k.each(i, end) // "U.S.", or cut off
	}
	raw, hash := sums(k.s[i:end])
	both := k.remembered(hash)
	if r := &both[bit(both[1].raw == raw)]; r.raw == raw {
		if r.key != 0 {
			k.found(r.key, i+int(r.start))
		}
		return end
	}
	n := len(k.keys)
	next := k.each(i, end)
	switch len(k.keys) - n {
	case 0:
		both[0], both[1] = run{raw: raw}, both[0]
	case 1:
		both[0], both[1] = run{raw, k.keys[n], k.starts[n] - int32(i)}, both[0]
	}
	return next
}

// each adds the words of a run one by one.
func (k *skimmer) each(i, end int) int {
	for i < end {
		if i = k.spaceless(i); i >= end {
			break
		}
		k.tokens = k.tokens[:0]
		i = k.alone(i)
		for j := range k.tokens {
			k.found(k.tokens[j].Key, int(k.tokens[j].Start))
		}
	}
	return i
}

// spaceless adds letters from i on, each with its marks, as long as all is of
// Chinese, Japanese or Thai as most texts have it, and returns where that ends.
func (k *skimmer) spaceless(i int) int {
	const n = len("停")
	s := k.s
	for here := aloneAt(s, i); here; {
		next := i + n
		for thaiMarkAt(s, next) {
			next += n
		}
		if here = aloneAt(s, next); !here && next < len(s) && s[next] >= utf8.RuneSelf {
			break // which may be a mark too
		}
		key := uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16
		if next > i+n {
			key = Key(s[i:next])
		}
		k.found(key, i)
		i = next
	}
	return i
}

func (k *skimmer) found(key uint64, start int) {
	k.keys, k.starts = append(k.keys, key), append(k.starts, int32(start))
}
