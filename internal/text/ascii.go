package text

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
	"unsafe"
)

// Most words of most feeds are ASCII, and short. What comes next in a text
// cannot be foreseen, and each wrong guess of the processor costs as much as
// the rest of reading a word. So ASCII is read almost without branches: first
// it is found where the words of a stretch are, and then each is cut out by the
// same steps, however long it is, however it is written and whatever stands
// behind it. Up to sixteen bytes are two numbers, which are folded, judged and
// hashed as such.

const (
	ones = 0x0101010101010101
	tops = 0x80 * ones

	inPair = 16 // bytes that two numbers hold

	letterBits = 0x40 * ones // what letters of ASCII have, and digits have not
	smallBits  = 0x20 * ones // what small letters have, and capitals have not
)

// A pair is a word of up to sixteen bytes, padded with zeros.
type pair struct{ a, b uint64 }

// pairAt returns the n bytes at src, where sixteen may be read.
func pairAt(src unsafe.Pointer, n uint) pair {
	p := (*[inPair]byte)(src)
	m := &masks[n%uint(len(masks))]
	return pair{binary.LittleEndian.Uint64(p[:]) & m.a, binary.LittleEndian.Uint64(p[8:]) & m.b}
}

// masks leave of a pair as many bytes as a word has.
var masks = func() (m [2 * inPair]pair) {
	for n := range uint(inPair + 1) {
		m[n] = pair{1<<(8*n) - 1, ^uint64(0) >> (8 * (inPair - n))}
	}
	return m
}()

// letters marks the letters of p, those of b right below those of a.
func (p pair) letters() uint64 { return p.a&letterBits | p.b&letterBits>>1 }

// small marks, in the same way, what is no capital.
func (p pair) small() uint64 { return p.a&smallBits<<1 | p.b&smallBits }

// lower returns p folded.
func (p pair) lower() pair { return pair{p.a | p.a&letterBits>>1, p.b | p.b&letterBits>>1} }

// bit returns 1 for true, without a branch.
func bit(b bool) uint {
	if b {
		return 1
	}
	return 0
}

// read adds the tokens of the stretch that begins at i, and notes the marks
// between them. It returns how far it came, which may be nowhere.
func (k *tokeniser) read(i int) int {
	src, n := k.find(k.bytes, i)
	edges := k.edges[:n+1]
	for at, e := i, 0; ; {
		for e < n && at >= i+int(edges[e+1]) {
			e += 2
		}
		switch start := i + int(edges[e]); {
		case at < start || at > start && e < n: // marks, what is not ASCII, the rest of 24th
			at = k.step(at)
		case e == n:
			return at
		default:
			if e = k.plain(src, i, edges, e); e < 0 { // an odd word
				e = ^e
				at = k.single(i + int(edges[e]))
			} else {
				at = i + int(edges[e-1])
			}
		}
	}
}

// plain adds the word that begins at edges[e], and those behind it as long as
// neither they nor the marks between them are odd. It returns which edge comes
// next; if the word there is odd, the complement of that.
func (k *tokeniser) plain(src unsafe.Pointer, i int, edges []uint16, e int) int {
	k.fold()
	from := len(k.t.folded)
	if need := (len(edges) - e) / 2; cap(k.tokens)-len(k.tokens) < need {
		k.tokens = slices.Grow(k.tokens, max(len(k.tokens)/2, need))
	}
	str, fold, f := unsafe.Pointer(unsafe.StringData(k.s[i:])), k.t.folded[from:cap(k.t.folded)], uint(0)
	tokens, gap := k.tokens, k.gap
	for {
		start, end := uint(edges[e]), uint(edges[e+1])
		n := end - start
		p, c := pairAt(unsafe.Add(src, start), n), *(*byte)(unsafe.Add(src, end))
		letters := p.letters()
		if g := follows[c]; g == goesOn || n > inPair || letters != 0 && p.a>>6&1 == 0 || g == fullStop && letters == 1<<6 || f+inPair > uint(len(fold)) {
			e = ^e // don't, U.S., 24th, what goes on with what is not ASCII, and what is long
			break
		}
		capitals := letters &^ p.small()
		p = p.lower()
		// What has capitals is cut from what is folded, the rest from the text.
		into := (*[inPair]byte)(fold[f:])
		binary.LittleEndian.PutUint64(into[:], p.a)
		binary.LittleEndian.PutUint64(into[8:], p.b)
		norm, kept := (*byte)(unsafe.Add(str, start)), uint(0)
		if capitals != 0 {
			norm = &into[0]
		}
		if capitals != 0 {
			kept = n
		}
		f += kept
		tokens = tokens[:len(tokens)+1]
		tok := &tokens[len(tokens)-1]
		tok.Start, tok.End, tok.Gap = int32(i)+int32(start), int32(i)+int32(end), gap
		tok.Norm = unsafe.String(norm, int(n))
		tok.Flags = Number*Flags(bit(letters == 0)) | Capital*Flags(capitals>>6&1) |
			AllCaps*Flags(bit(letters == capitals)&bit(letters&(letters-1) != 0))
		tok.Key, tok.Hash = p.sums(n)
		gap = 0
		// The marks behind it are mostly one, or one and a space.
		e += 2
		wide := uint(edges[e]) - end
		g := marks[uint(c)|bit(wide == 2)<<7&0x80]
		if e+1 >= len(edges) || g&oddGap != 0 || wide != 1 && (wide != 2 || *(*byte)(unsafe.Add(src, end+1)) != ' ') {
			break
		}
		gap = Gap(g)
	}
	k.tokens, k.gap, k.t.folded = tokens, gap, k.t.folded[:from+int(f)]
	return e
}

// single adds the word or number at i, however odd.
func (k *tokeniser) single(i int) int {
	if byteClasses[k.s[i]] == digitByte {
		return k.number(i)
	}
	return k.ascii(i)
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
