package text

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"unicode/utf8"
	"unsafe"
)

// Most words of most feeds are ASCII, and short. What comes next in a text
// cannot be foreseen, and each wrong guess of the processor costs as much as
// the rest of reading a word. So ASCII is read almost without branches: it is
// found eight bytes at a time where the words of a window are, and then each is
// cut out by the same steps, however long it is, however it is written and
// whatever stands behind it. Up to sixteen bytes are two numbers, which are
// folded, judged and hashed as such.

const (
	ones = 0x0101010101010101
	tops = 0x80 * ones

	window      = 64           // bytes that are looked at at once: as many as a number has bits
	windowWords = window/2 + 1 // that can be in one: there is a byte between two
	inPair      = 16           // bytes that two numbers hold

	letterBits = 0x40 * ones // what letters of ASCII have, and digits have not
	smallBits  = 0x20 * ones // what small letters have, and capitals have not

	sideBySide = 0x0102040810204080 // a factor that brings eight lowest bits into the highest byte
)

// A view is a window of a text, with what a word at its end may read beyond.
type view [window + inPair]byte

// view returns the window that begins at i, and how much of it is text: behind
// the end of that there are zeros.
func (k *tokeniser) view(i int) (v *view, limit uint) {
	if i+len(v) <= len(k.bytes) {
		return (*view)(k.bytes[i:]), window
	}
	n := copy(k.tail[:], k.bytes[i:])
	clear(k.tail[n:])
	return &k.tail, uint(min(n, window))
}

// words marks the letters and digits of a window.
func (v *view) words() (w uint64) {
	for i := 0; i < window; i += 8 {
		x := binary.LittleEndian.Uint64(v[i : i+8])
		y := x &^ tops
		m := (inRange(y|smallBits, 'a', 'z') | inRange(y, '0', '9')) &^ x
		w |= m >> 7 * sideBySide >> 56 << i
	}
	return w
}

// inRange marks, by their top bits, the bytes of w from lo to hi. All bytes of
// w are below 0x80.
func inRange(w uint64, lo, hi byte) uint64 {
	return (w + uint64(0x80-lo)*ones) &^ (w + uint64(0x7F-hi)*ones) & tops
}

// A pair is a word of up to sixteen bytes, padded with zeros.
type pair struct{ a, b uint64 }

// pair returns the n bytes of a window from at on.
func (v *view) pair(at, n uint) pair {
	p := (*[inPair]byte)(v[at:])
	m := &masks[n%uint(len(masks))].bytes
	return pair{binary.LittleEndian.Uint64(p[:]) & m.a, binary.LittleEndian.Uint64(p[8:]) & m.b}
}

// masks leave of a pair as many bytes as a word has, and tell that size as it goes
// into the key.
var masks = func() (m [2 * inPair]struct{ bytes, size pair }) {
	for n := range uint(inPair + 1) {
		m[n].bytes = pair{1<<(8*n) - 1, ^uint64(0) >> (8 * (inPair - n))}
		m[n].size.b = uint64(n) << 56
	}
	return m
}()

// letters marks the letters of p, those of b right below those of a.
func (p pair) letters() uint64 { return p.a&letterBits | p.b&letterBits>>1 }

// small marks, in the same way, what is no capital.
func (p pair) small() uint64 { return p.a&smallBits<<1 | p.b&smallBits }

// lower returns p folded.
func (p pair) lower() pair { return pair{p.a | p.a&letterBits>>1, p.b | p.b&letterBits>>1} }

// lower returns the n bytes of a window from at on, which are letters and digits, in
// small letters: digits are none of capitals.
func (v *view) lower(at, n uint) pair {
	p, m := v.pair(at, n), &masks[n%uint(len(masks))].bytes
	return pair{p.a | smallBits&m.a, p.b | smallBits&m.b}
}

// bit returns 1 for true, without a branch.
func bit(b bool) uint {
	if b {
		return 1
	}
	return 0
}

// words adds the words and numbers from i on, where one begins, and notes the
// marks between them. It returns how far it came.
func (k *tokeniser) words(i int) int {
	for i < len(k.s) && byteClasses[k.s[i]]&wordByte != 0 {
		v, limit := k.view(i)
		words := v.words()
		edges := words ^ words<<1 // where words begin and end
		start := unsafe.Pointer(unsafe.StringData(k.s[i:]))
		if room := cap(k.tokens) - len(k.tokens); room < windowWords && room < bits.OnesCount64(edges)/2+1 {
			k.tokens = slices.Grow(k.tokens, len(k.tokens)/4+windowWords)
		}
		at, tokens, gap := uint(0), k.tokens, k.gap
		for {
			at = uint(bits.TrailingZeros64(edges))
			edges &= edges - 1
			end := uint(bits.TrailingZeros64(edges))
			if edges == 0 && at > 0 {
				break // it may go on in the next window
			}
			edges &= edges - 1
			n := end - at
			p := v.pair(at, n)
			letters, c := p.letters(), v[end]
			if f := follows[c]; f == goesOn || n > inPair || letters != 0 && p.a>>6&1 == 0 || f == fullStop && letters == 1<<6 {
				// don't, U.S., 24th, what goes on with what is not ASCII, and what is long
				k.tokens, k.gap = tokens, gap
				if v[at] > '9' {
					end = uint(k.ascii(i+int(at)) - i)
				} else {
					end = uint(k.number(i+int(at)) - i)
				}
			} else {
				tokens = tokens[:len(tokens)+1]
				tok := &tokens[len(tokens)-1]
				tok.Start, tok.End, tok.Gap = int32(i)+int32(at), int32(i)+int32(end), gap
				if capitals := letters &^ p.small(); capitals == 0 {
					tok.Norm = unsafe.String((*byte)(unsafe.Add(start, at)), int(n))
					tok.Flags = Number * Flags(bit(letters == 0))
				} else {
					p = p.lower()
					tok.Norm = k.cutPair(p, n)
					tok.Flags = Capital*Flags(capitals>>6&1) | AllCaps*Flags(bit(letters == capitals)&bit(letters&(letters-1) != 0))
				}
				tok.Key, tok.Hash = p.sums(n)
				// The marks behind it are mostly one, or one and a space.
				wide := uint(bits.TrailingZeros64(edges)) - end
				g := marks[uint(c)|bit(wide == 2)<<7&0x80]
				gap = Gap(g)
				if edges != 0 && g&oddGap == 0 && (wide == 1 || wide == 2 && v[end+1] == ' ') {
					continue
				}
				k.tokens, k.gap = tokens, 0
			}
			for at = end; at < limit && words>>at&1 == 0; {
				at = uint(k.step(i+int(at)) - i)
			}
			tokens, gap = k.tokens, k.gap
			if at >= limit {
				break
			}
			edges = (words^words<<1)&(^uint64(0)<<at) | 1<<at
			if cap(tokens)-len(tokens) < bits.OnesCount64(edges)/2+1 {
				break
			}
		}
		k.tokens, k.gap = tokens, gap
		i += int(at)
	}
	return i
}

// follows tells what may stand behind a word that is more than that.
var follows = func() (table [256]byte) {
	for c := range table {
		if c >= utf8.RuneSelf || c == '\'' {
			table[c] = goesOn
		}
	}
	table['.'] = fullStop
	return table
}()

const (
	goesOn   = 1 // what a word may go on with
	fullStop = 2 // of U.S.
)

// cutPair returns a word of n bytes, which two numbers are.
func (k *tokeniser) cutPair(p pair, n uint) string {
	from, t := k.fold(), k.t
	into := (*[inPair]byte)(t.folded[from : from+inPair])
	binary.LittleEndian.PutUint64(into[:], p.a)
	binary.LittleEndian.PutUint64(into[8:], p.b)
	t.folded = t.folded[:from+int(n)]
	return unsafe.String(&into[0], int(n))
}

const oddGap = 1 << 16

// marks has the gap of a mark that stands alone between two words of ASCII, and
// behind those of one that a space follows.
var marks = func() (table [256]uint32) {
	for c := range utf8.RuneSelf {
		g := glyphOf(rune(c))
		alone, spaced := uint32(g.gap), uint32(g.gap|Space)
		if g.class&oddMark != 0 {
			alone, spaced = oddGap, oddGap
		}
		switch c {
		case '.':
			alone, spaced = uint32(Dot), uint32(Dot|Space)
		case '-':
			alone, spaced = uint32(Hyphen), uint32(Dash|Space)
		}
		table[c], table[utf8.RuneSelf+c] = alone, spaced
	}
	return table
}()
