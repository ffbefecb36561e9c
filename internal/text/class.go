package text

import (
	"unicode"
	"unicode/utf8"
)

// A class says what a character may be part of. The tables below hold the
// classes, marks and folded forms of everything that most texts consist of, so
// that a character costs one look-up; the rest is worked out when it occurs.
type class uint16

const (
	starts   class = 1 << iota // a word begins with it
	digit                      // a number consists of it
	letter                     // a letter or mark inside a word
	same                       // folded, it stays what it is
	upper                      // a capital
	nonLatin                   // no Latin letter
	unseen                     // stands inside words and is no part of them
	apostr                     // an apostrophe
	special                    // its folded form depends on what stands before it, or is long
	oddMark                    // as a mark it is judged by what stands around it
	twoBytes                   // its folded form has two bytes
)

// A glyph is what there is to know of one character.
type glyph struct {
	class class
	gap   Gap     // as a mark
	fold  [2]byte // folded: no, one or two bytes
}

var (
	// glyphs has all characters of one and two bytes.
	glyphs = func() (table [0x800]glyph) {
		for r := range table {
			table[r] = glyphOf(rune(r))
		}
		return table
	}()
	// punctuation has U+2000 to U+207F: quotation marks, dashes, what joins and
	// parts Persian letters.
	punctuation = func() (table [0x80]glyph) {
		for r := range table {
			table[r] = glyphOf(rune(0x2000 + r))
		}
		return table
	}()
	// wideMarks has U+3000 to U+303F and U+FF00 to U+FF3F: the marks of Chinese and
	// Japanese.
	wideMarks = func() (table [0x80]glyph) {
		for r := range 0x40 {
			table[r], table[0x40|r] = glyphOf(rune(0x3000+r)), glyphOf(rune(0xFF00+r))
		}
		return table
	}()
	// byteClasses tells the words of plain ASCII from everything else.
	byteClasses = func() (table [256]byteClass) {
		for c := range table {
			switch {
			case c >= 'a' && c <= 'z':
				table[c] = lowerByte
			case c >= 'A' && c <= 'Z':
				table[c] = upperByte
			case c >= '0' && c <= '9':
				table[c] = digitByte
			case c == '\'' || c >= utf8.RuneSelf:
				table[c] = joinByte
			}
		}
		return table
	}()
)

type byteClass uint8

const (
	lowerByte byteClass = 1 << iota
	upperByte
	digitByte
	joinByte // a word may go on with it

	letterByte = lowerByte | upperByte
	wordByte   = letterByte | digitByte
)

func glyphOf(r rune) glyph {
	g := glyph{class: classOf(r)}
	odd := false
	if g.gap, odd = gapOf(r); odd {
		g.class |= oddMark
	}
	fold := foldRune(nil, r)
	if len(fold) > len(g.fold) || r == 0 || r == 0x0306 {
		g.class |= special
	}
	copy(g.fold[:], fold)
	if len(fold) == 2 {
		g.class |= twoBytes
	}
	if g.class&(letter|upper|special) == letter && string(fold) == string(r) {
		g.class |= same
	}
	return g
}

// classOf returns the class of any character, but for what tables add to it.
func classOf(r rune) class {
	var c class
	alphabetic, mark := unicode.IsLetter(r), unicode.Is(unicode.M, r)
	switch {
	case unicode.IsDigit(r):
		c |= digit
	case alphabetic || mark && !invisible(r):
		c |= starts
	}
	switch {
	case invisible(r), r == '״', r == '׳':
		c |= unseen
	case apostrophe(r):
		c |= apostr
	case spaceless(r):
	case alphabetic || mark:
		c |= letter
		if unicode.IsUpper(r) {
			c |= upper
		}
		if !(r < 0x0250 || r >= 0x0300 && r <= 0x036F || r >= 0x1E00 && r <= 0x1EFF || r >= 0xFB00 && r <= 0xFB06) {
			c |= nonLatin
		}
	}
	return c
}

// look returns the glyph and the length of the character at s[i], which is not
// ASCII. One that is in no table has its class only.
func look(s string, i int) (g glyph, n int) {
	if c := s[i]; c&0xE0 == 0xC0 && i+1 < len(s) {
		return glyphs[int(c&0x1F)<<6|int(s[i+1]&0x3F)], 2
	} else if c == 0xE2 && i+2 < len(s) && s[i+1]&^1 == 0x80 {
		return punctuation[int(s[i+1]&1)<<6|int(s[i+2]&0x3F)], 3
	}
	if i+2 < len(s) && (s[i] == 0xE3 && s[i+1] == 0x80 || s[i] == 0xEF && s[i+1] == 0xBC) {
		return wideMarks[s[i]&4<<4|s[i+2]&0x3F], 3
	}
	r, n := utf8.DecodeRuneInString(s[i:])
	return glyph{class: classOf(r) | special | oddMark}, n
}
