package text

import (
	"html"
	"strings"
	"unicode/utf8"
)

// entity decodes the character reference that begins at, however often its
// ampersand was escaped, and returns its length, 0 if there is none. What it
// means is then in s.decoded.
func (s *stripper) entity(at string) int {
	i := 1
	for strings.HasPrefix(at[i:], "amp;") {
		i += len("amp;")
	}
	j := i
	for j < len(at) && j-i < 32 && (at[j] == '#' && j == i || byteClasses[at[j]]&wordByte != 0) {
		j++
	}
	if j > i && j < len(at) && at[j] == ';' && s.reference(at[i:j]) {
		return j + 1
	}
	if i > 1 {
		s.decoded = append(s.decoded[:0], '&')
		return i
	}
	return 0
}

// reference decodes the name or number that stands between "&" and ";". The
// common ones are known here; of the rest the rules of HTML decide.
func (s *stripper) reference(name string) bool {
	r := rune(0)
	switch name {
	case "lt":
		r = '<'
	case "gt":
		r = '>'
	case "quot":
		r = '"'
	case "apos":
		r = '\''
	case "nbsp":
		r = '\u00a0'
	case "rsquo":
		r = '’'
	case "lsquo":
		r = '‘'
	case "rdquo":
		r = '”'
	case "ldquo":
		r = '“'
	case "ndash":
		r = '–'
	case "mdash":
		r = '—'
	case "hellip":
		r = '…'
	default:
		if name[0] == '#' {
			r = numbered(name[1:])
		}
	}
	if r > 0 {
		s.decoded = utf8.AppendRune(s.decoded[:0], r)
		return true
	}
	ref := "&" + name + ";"
	d := html.UnescapeString(ref)
	if d == ref {
		return false
	}
	s.decoded = append(s.decoded[:0], d...)
	return true
}

// numbered returns the character that a reference gives by its number, 0 if
// the number is none, or one that HTML has a rule for.
func numbered(digits string) rune {
	base, n := rune(10), rune(0)
	if digits != "" && digits[0]|0x20 == 'x' {
		base, digits = 16, digits[1:]
	}
	if digits == "" || len(digits) > 6 {
		return 0
	}
	for i := range len(digits) {
		c := digits[i]
		switch {
		case c >= '0' && c <= '9':
			n = n*base + rune(c-'0')
		case base == 16 && c|0x20 >= 'a' && c|0x20 <= 'f':
			n = n*base + rune(c|0x20-'a') + 10
		default:
			return 0
		}
	}
	if n >= 0x80 && n < 0xA0 || !utf8.ValidRune(n) {
		return 0
	}
	return n
}
