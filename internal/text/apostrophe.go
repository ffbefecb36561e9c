package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func (k *tokeniser) acronym(i, end int) int {
	fold := k.fold()
	for x := i; x < end; x += 2 {
		k.t.folded = append(k.t.folded, k.s[x]|0x20)
	}
	k.add(i, end, fold, Capital|AllCaps|Acronym)
	return k.possessive(end)
}

// possessive swallows a 's behind an acronym.
func (k *tokeniser) possessive(at int) int {
	for _, p := range [...]string{"'s", "’s"} {
		if strings.HasPrefix(k.s[at:], p) && !letterAt(k.s, at+len(p)) {
			k.tokens[len(k.tokens)-1].Flags |= Possessive
			return at + len(p)
		}
	}
	return at
}

// apostrophe decides about the apostrophe of n bytes at j in the word that
// began at i. keep and n > 0: it belongs to the word. keep and 0: the word
// ends before it by elision. Not keep: n is the length of a possessive ending,
// 0 if the word simply ends.
func (k *tokeniser) apostrophe(i, j, n int) (int, bool) {
	s := k.s
	next := j + n
	if !letterAt(s, next) {
		return 0, false
	}
	if (s[next] == 's' || s[next] == 'S') && !letterAt(s, next+1) && !(next+1 < len(s) && s[next+1] >= '0' && s[next+1] <= '9') {
		return n + 1, false
	}
	if elided(s[i:j]) && !(j == i+1 && s[i]|0x20 == 'n' && next+1 == len(s) && s[next]|0x20 == 't') {
		return 0, true
	}
	return n, true
}

// elided names the French words that lose their vowel before an apostrophe.
func elided(word string) bool {
	var lower [len("quelqu")]byte
	if len(word) > len(lower) {
		return false
	}
	for i := range len(word) {
		if lower[i] = word[i]; byteClasses[word[i]] == upperByte {
			lower[i] |= 0x20
		}
	}
	switch string(lower[:len(word)]) {
	case "l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quelqu":
		return true
	}
	return false
}

func apostrophe(r rune) bool { return r == '’' || r == 'ʼ' || r == 'ʿ' || r == '‘' || r == 'ʻ' }

func letterAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	if s[i] < utf8.RuneSelf {
		return isLetter(s[i])
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

// acronym returns the end of "U.S.", "U.N." or "U.A.E" that begins at i.
func acronym(s string, i int) (int, bool) {
	j, n := i, 0
	for j+1 < len(s) && s[j] >= 'A' && s[j] <= 'Z' && s[j+1] == '.' {
		j += 2
		n++
	}
	if n >= 1 && j < len(s) && s[j] >= 'A' && s[j] <= 'Z' && !letterAt(s, j+1) && (j+1 >= len(s) || s[j+1] != '.') {
		return j + 1, true // U.A.E without the last stop
	}
	return j, n >= 2
}
