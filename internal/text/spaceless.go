package text

import (
	"unicode"
	"unicode/utf8"
)

// letters adds the letters from i on that aloneAt knows, where one stands, and
// returns where they end. Most have no mark; the letter before one that may be a
// mark is left to letter.
func (k *tokeniser) letters(i int) int {
	const n = len("停")
	s := k.s
	for i+n <= len(s) && aloneAt(s, i) {
		if next := i + n; next < len(s) && s[next] >= utf8.RuneSelf && !aloneAt(s, next) {
			return k.letter(i)
		}
		tok := k.token()
		tok.Start, tok.End, tok.Norm, tok.Flags = int32(i), int32(i+n), s[i:i+n], NonLatin|Ideograph
		tok.Key, tok.Hash = pair{uint64(s[i]) | uint64(s[i+1])<<8 | uint64(s[i+2])<<16, 0}.sums(uint(n))
		i += n
	}
	return i
}

// letter adds one letter of a script without spaces, with its marks.
func (k *tokeniser) letter(i int) int {
	s := k.s
	_, n := utf8.DecodeRuneInString(s[i:])
	j, hidden := i+n, false
	for {
		n, unseen := markAt(s, j)
		if n == 0 {
			break
		}
		j += n
		hidden = hidden || unseen
	}
	if !hidden {
		k.addAs(i, j, s[i:j], NonLatin|Ideograph)
		return j
	}
	fold := k.fold()
	for _, r := range s[i:j] {
		if !invisible(r) {
			k.t.folded = utf8.AppendRune(k.t.folded, r)
		}
	}
	k.add(i, j, fold, NonLatin|Ideograph)
	return j
}

// markAt returns the length of the mark at j that belongs to the letter before,
// 0 if there is none, and whether it is one that is not seen.
func markAt(s string, j int) (n int, unseen bool) {
	if j >= len(s) || s[j] < utf8.RuneSelf || aloneAt(s, j) {
		return 0, false
	}
	r, n := utf8.DecodeRuneInString(s[j:])
	switch {
	case r >= 0x0E00 && r <= 0x0E7F && !thaiMark(r):
		return 0, false
	case invisible(r):
		return n, true
	case unicode.Is(unicode.M, r):
		return n, false
	}
	return 0, false
}

// thaiMarkAt reports whether a mark of Thai stands at i.
func thaiMarkAt(s string, i int) bool {
	return i+2 < len(s) && s[i] == 0xE0 && s[i+1]&^1 == 0xB8 && thaiMarks[s[i+1]&1]>>(s[i+2]&0x3F)&1 != 0
}

// The letters and marks from U+0E00 to U+0E3F, and from U+0E40 to U+0E7F.
const (
	thaiLetters0 = 1<<0x34 - 1<<0x01 - 1<<0x31
	thaiLetters1 = 1<<0x07 - 1<<0x00
	thaiMarks0   = 1<<0x31 | 1<<0x3B - 1<<0x34
	thaiMarks1   = 1<<0x0F - 1<<0x07
)

var thaiLetters, thaiMarks = [2]uint64{thaiLetters0, thaiLetters1}, [2]uint64{thaiMarks0, thaiMarks1}

func thaiMark(r rune) bool {
	return r == 0x0E31 || r >= 0x0E34 && r <= 0x0E3A || r >= 0x0E47 && r <= 0x0E4E
}

// aloneAt tells by its bytes that what stands at i is a letter of Chinese,
// Japanese or Thai. It knows nearly all; those that it does not know are
// judged as all other characters are.
func aloneAt(s string, i int) bool {
	if i+2 >= len(s) {
		return false
	}
	switch a, b, c := s[i], s[i+1], s[i+2]; {
	case a >= 0xE5 && a <= 0xE9 || a == 0xE4 && b >= 0xB8: // U+4E00 to U+9FFF
		return true
	case a == 0xE0 && b&^1 == 0xB8:
		return thaiLetters[b&1]>>(c&0x3F)&1 != 0
	case a == 0xE3 && b >= 0x81 && b <= 0x83:
		r := 0x3000 | rune(b&0x3F)<<6 | rune(c&0x3F)
		return r >= 0x3041 && r <= 0x3096 || r >= 0x30A1 && r <= 0x30FA
	}
	return false
}
