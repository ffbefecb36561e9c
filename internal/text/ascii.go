package text

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// Most words of most feeds are ASCII, and short. They are read here eight bytes
// at a time, almost without branches: what comes next in a text cannot be
// foreseen, and each wrong guess costs as much as reading a word.

const (
	ones  = 0x0101010101010101
	tops  = 0x80 * ones
	cases = 0x20 * ones
)

// between marks, by their top bits, the bytes of w from lo to hi. All bytes of
// w are below 0x80.
func between(w uint64, lo, hi byte) uint64 {
	return (w + uint64(0x80-lo)*ones) &^ (w + uint64(0x7F-hi)*ones) & tops
}

// eightLetters marks the letters and digits among eight bytes, and the letters
// and the capitals among them.
func eightLetters(w uint64) (word, letters, capitals uint64) {
	low := w &^ tops
	letters = between(low|cases, 'a', 'z') &^ w
	return letters | between(low, '0', '9')&^w, letters, letters &^ (w << 2)
}

// words adds the words from i on, and notes the marks between them, as long as
// all is ASCII and nothing depends on what stands around it. It returns where
// that ends.
func (k *tokeniser) words(i int) int {
	s, gap, tokens := k.s, k.gap, k.tokens
	for i+24 <= len(s) {
		w := eight(s[i:])
		word, letters, capitals := eightLetters(w)
		if letters&0x80 == 0 {
			break
		}
		n := bits.TrailingZeros64(^word&tops) >> 3
		var w2, letters2, capitals2 uint64
		if n == 8 {
			w2 = eight(s[i+8:])
			word, letters2, capitals2 = eightLetters(w2)
			n += bits.TrailingZeros64(^word&tops) >> 3
		}
		j := i + n
		if c := s[j]; c >= 0x80 || c == '\'' || c == '.' && n == 1 || n == 16 {
			break
		}
		size := len(tokens)
		if size == cap(tokens) {
			tokens = slices.Grow(tokens, size/2+1)
		}
		tokens = tokens[:size+1]
		tok := &tokens[size]
		tok.Start, tok.End, tok.Flags, tok.Gap = int32(i), int32(j), 0, gap
		// shifting by 64 and more leaves nothing
		mask, mask2 := uint64(1)<<(8*n)-1, uint64(1)<<(8*max(n-8, 0))-1
		capitals, capitals2 = capitals&mask, capitals2&mask2
		switch {
		case capitals|capitals2 != 0:
			tok.Flags = capitalFlags(letters&mask, letters2&mask2, capitals, capitals2)
			tok.Hash = 0
			k.lower(size, w|capitals>>2, w2|capitals2>>2, n)
		case n <= 8:
			tok.Norm, tok.Hash = s[i:j], hash8(w&mask, n)
		default:
			tok.Norm, tok.Hash = s[i:j], Hash(s[i:j])
		}
		i, gap = j, 0
		for {
			c := s[i]
			if byteClasses[c] != 0 || glyphs[c].class&oddMark != 0 {
				break
			}
			gap |= glyphs[c].gap
			i++
			if i == len(s) {
				break
			}
		}
		if i+24 > len(s) {
			break
		}
	}
	k.gap, k.tokens = gap, tokens
	return i
}

// capitalFlags returns the flags of a word that has capitals.
func capitalFlags(letters, letters2, capitals, capitals2 uint64) Flags {
	f := Flags(0)
	if capitals&0x80 != 0 {
		f = Capital
	}
	if letters == capitals && letters2 == capitals2 && letters&(letters-1) != 0 {
		f |= AllCaps
	}
	return f
}

// lower has the first n of these bytes, which are folded, become the Norm of a
// token.
func (k *tokeniser) lower(token int, w, w2 uint64, n int) {
	t := k.t
	from := len(t.folded)
	t.folded = binary.LittleEndian.AppendUint64(t.folded, w)
	if n > 8 {
		t.folded = binary.LittleEndian.AppendUint64(t.folded, w2)
	}
	t.folded = t.folded[:from+n]
	t.norms = append(t.norms, pending{int32(token), int32(from), int32(from + n)})
}
