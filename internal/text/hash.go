package text

import (
	"math/bits"
	"math/rand/v2"
)

// Hash returns a number that equal words share and different ones hardly ever
// do: whoever finds words by it must still compare them. It is salted anew in
// each process, so that nobody can write words that all fall together.
func Hash(word string) uint32 {
	_, h := sums(word)
	return h
}

// Key returns a number by which words may be told apart without comparing them.
// A word of up to eight bytes is its own key, padded with zeros. For longer ones
// it is 64 bits of the salted hash; two of them that share one are not to be
// found in a lifetime.
func Key(word string) uint64 {
	k, _ := sums(word)
	return k
}

// KeyOfTwo returns a number that is to two words side by side what Key is to one,
// given the Keys of both; so does one of two such numbers for four words.
func KeyOfTwo(a, b uint64) uint64 { return mix(a^salt[0], b^salt[1]) }

// sums returns the Key and the Hash of a word.
func sums(word string) (key uint64, hash uint32) {
	n := len(word)
	switch {
	case n <= 8:
		return pair{padded(word), 0}.sums(uint(n))
	case n <= inPair:
		return pair{eight(word), eight(word[n-8:]) >> (8 * (inPair - n))}.sums(uint(n))
	}
	h := salt[2] ^ uint64(n) // "aaa…ab" and "aaaa…ac" end alike: the length counts from the start
	for rest := word; len(rest) > 16; rest = rest[16:] {
		h = mix(eight(rest)^salt[0]^h, eight(rest[8:])^salt[1])
	}
	return pair{eight(word[n-16:]) ^ h, eight(word[n-8:])}.sums(uint(n))
}

// padded returns a word of up to eight bytes as one number.
func padded(s string) uint64 {
	switch n := len(s); {
	case n >= 4:
		return uint64(four(s)) | uint64(four(s[n-4:]))<<(8*(n-4))
	case n > 0:
		return uint64(s[0]) | uint64(s[n>>1])<<(8*(n>>1)) | uint64(s[n-1])<<(8*(n-1))
	}
	return 0
}

// sums returns the Key and the Hash of a word of n bytes. The key of a long one
// begins with a byte that no text does.
func (p pair) sums(n uint) (key uint64, hash uint32) {
	h := mix(p.a^salt[0], p.b^salt[1]^uint64(n)<<56)
	key = p.a
	if n > 8 {
		key = h | 0xF8
	}
	return key, uint32(h ^ h>>32)
}

var salt = [3]uint64{rand.Uint64(), rand.Uint64(), rand.Uint64()}

func mix(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return hi ^ lo
}

func four(s string) uint32 {
	_ = s[3]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}
