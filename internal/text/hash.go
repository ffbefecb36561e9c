package text

import (
	"math/bits"
	"math/rand/v2"
)

// Hash returns a number that equal words share and different ones hardly ever
// do: whoever finds words by it must still compare them. It is salted anew in
// each process, so that nobody can write words that all fall together.
func Hash(word string) uint32 {
	n := len(word)
	var a, b uint64
	switch {
	case n > 16:
		h := salt[2]
		rest := word
		for ; len(rest) > 16; rest = rest[16:] {
			h = mix(eight(rest)^salt[0]^h, eight(rest[8:])^salt[1])
		}
		a, b = eight(word[n-16:])^h, eight(word[n-8:])
	case n >= 8:
		a, b = eight(word), eight(word[n-8:])
	case n >= 4:
		a, b = uint64(four(word)), uint64(four(word[n-4:]))
	case n > 0:
		a = uint64(word[0]) | uint64(word[n>>1])<<8 | uint64(word[n-1])<<16
	}
	h := mix(a^salt[0]^uint64(n), b^salt[1])
	return uint32(h ^ h>>32)
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
