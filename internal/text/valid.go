package text

import (
	"encoding/binary"
	"unicode/utf8"
	"unsafe"
)

// validPlainly is utf8.ValidString, made for texts whose letters are mostly of
// two or three bytes.
func validPlainly(s string) bool {
	for i := ascii(s); i < len(s); {
		i = validPairs(s, i)
		for end := min(i+8, len(s)); i < end; {
			switch c := s[i]; {
			case c < utf8.RuneSelf:
				i++
			case c >= 0xC2 && c <= 0xDF && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
				i += 2
			case (c > 0xE0 && c < 0xED || c == 0xE0 && i+1 < len(s) && s[i+1] >= 0xA0) && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
				i += 3
				end = min(i+8, len(s)) // more of them will follow
			default:
				r, n := utf8.DecodeRuneInString(s[i:])
				if r == utf8.RuneError && n == 1 {
					return false
				}
				i += n
			}
		}
	}
	return true
}

// ascii returns how far s is certainly ASCII.
func ascii(s string) (n int) {
	b := unsafe.Slice(unsafe.StringData(s), len(s))
	for ; n+window <= len(b); n += window {
		v, all := (*[window]byte)(b[n:]), uint64(0)
		for i := 0; i < window; i += 8 {
			all |= binary.LittleEndian.Uint64(v[i : i+8])
		}
		if all&tops != 0 {
			break
		}
	}
	return n
}

// validPairs returns how far s, from a whole character on, is characters of one
// and two bytes, looking at eight bytes at a time.
func validPairs(s string, i int) int {
	first := uint64(0) // whether what was last is the first byte of two
	for i+8 <= len(s) {
		x := eight(s[i:])
		if x&tops == 0 && first == 0 {
			i += 8
			for i+32 <= len(s) && (eight(s[i:])|eight(s[i+8:])|eight(s[i+16:])|eight(s[i+24:]))&tops == 0 {
				i += 32
			}
			continue
		}
		more := x & (x << 1) & tops        // 11xxxxxx
		firsts := more &^ (x << 2)         // 110xxxxx
		seconds := x & tops &^ more        // 10xxxxxx
		fit := (x&(0x1E*ones) + 0x7E*ones) // from 0xC2 on
		if more != firsts || firsts&^fit != 0 || seconds != firsts<<8|first {
			break
		}
		first = firsts >> 56
		i += 8
	}
	if first != 0 {
		i--
	}
	return i
}

// eight returns eight bytes as one number.
func eight(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}
