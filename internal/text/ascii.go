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

// words adds the words from i on, and notes the marks between them, as long as
// all is ASCII, no long word has capitals, and nothing depends on what stands around it.
// It returns where that ends.
func (k *tokeniser) words(i int) int {
	s, gap, tokens := k.s, k.gap, k.tokens
	for i+16 <= len(s) {
		w := eight(s[i:])
		letters := between(w&^tops|cases, 'a', 'z') &^ w
		ends := letters ^ tops
		n := bits.TrailingZeros64(ends) >> 3 // how many letters there are, up to eight
		mask := (ends&-ends)>>7 - 1          // the bytes of the word
		capitals := letters &^ (w << 2) & mask
		j := i + n
		if n == 8 && capitals == 0 {
			for j < len(s)-1 && byteClasses[s[j]] == lowerByte {
				j++
			}
		}
		c := s[j]
		if n == 0 || byteClasses[c] != 0 || c == '.' && n == 1 {
			break // not a word, or one that goes on
		}
		if len(tokens) == cap(tokens) {
			tokens = slices.Grow(tokens, len(tokens)/2+1)
		}
		tokens = tokens[:len(tokens)+1]
		tok := &tokens[len(tokens)-1]
		tok.Start, tok.End, tok.Flags, tok.Gap = int32(i), int32(j), 0, gap
		switch {
		case capitals != 0:
			tok.Hash = hash8((w|capitals>>2)&mask, n)
			tok.Flags = capitalFlags(letters&mask, capitals)
			k.lower(len(tokens)-1, w|capitals>>2, n)
		case n < 8:
			tok.Norm, tok.Hash = s[i:j], hash8(w&mask, n)
		default:
			tok.Norm, tok.Hash = s[i:j], Hash(s[i:j])
		}
		i, gap = j, 0
		for byteClasses[c] == 0 && glyphs[c].class&oddMark == 0 {
			gap |= glyphs[c].gap
			if i++; i == len(s) {
				break
			}
			c = s[i]
		}
	}
	k.gap, k.tokens = gap, tokens
	return i
}

// capitalFlags returns the flags of a word that has capitals.
func capitalFlags(letters, capitals uint64) Flags {
	f := Flags(0)
	if capitals&0x80 != 0 {
		f = Capital
	}
	if letters == capitals && letters&(letters-1) != 0 {
		f |= AllCaps
	}
	return f
}

// lower has the first n bytes of w, which are folded, become the Norm of a
// token.
func (k *tokeniser) lower(token int, w uint64, n int) {
	t := k.t
	from := len(t.folded)
	t.folded = binary.LittleEndian.AppendUint64(t.folded, w)[:from+n]
	t.norms = append(t.norms, pending{int32(token), int32(from), int32(from + n)})
}
