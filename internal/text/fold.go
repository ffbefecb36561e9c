package text

import (
	"unicode"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/unicode/norm"
)

// largeRoom bounds what is kept for folding, but for a word that is longer.
const largeRoom = 1 << 16

// fold returns where the next word that is folded begins, and sees that there
// is room for one of usual length, so that what has been folded is not moved.
// A long word makes room for itself, which may be large and is then given up.
func (k *tokeniser) fold() int {
	const usual = 64
	t := k.t
	if cap(t.folded)-len(t.folded) < usual || cap(t.folded) > largeRoom {
		t.folded = make([]byte, 0, min(k.room, largeRoom/2)+usual)
		k.room = min(2*k.room, largeRoom) // that all words change is not foreseen
	}
	return len(t.folded)
}

// cut returns what has been folded from a place on. It is not copied, for
// nothing is ever written over it: what is folded next comes behind it.
func (t *Text) cut(from int) string {
	if from == len(t.folded) {
		return ""
	}
	return unsafe.String(&t.folded[from], len(t.folded)-from)
}

// Fold returns s as tokens of it would be folded, without splitting it.
func Fold(s string) string {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		out = appendFolded(out, r)
		i += n
	}
	return string(out)
}

// appendFolded appends the folded form of r, which may be nothing.
func appendFolded(dst []byte, r rune) []byte {
	if r >= 0 && int(r) < len(glyphs) && glyphs[r].class&special == 0 {
		return glyphs[r].append(dst)
	}
	return foldRune(dst, r)
}

// append appends the folded form of a glyph whose class is not special.
func (g glyph) append(dst []byte) []byte {
	switch {
	case g.fold[1] != 0:
		return append(dst, g.fold[0], g.fold[1])
	case g.fold[0] != 0:
		return append(dst, g.fold[0])
	}
	return dst
}

// foldRune is appendFolded without the tables, which it fills.
func foldRune(dst []byte, r rune) []byte {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(dst, byte(r))
	case r >= 0x0600 && r <= 0x06FF:
		return appendArabic(dst, r)
	case r >= 0x0400 && r <= 0x052F:
		r = unicode.ToLower(r)
		if r == 'ё' {
			r = 'е'
		}
		return utf8.AppendRune(dst, r)
	case r >= 0x0591 && r <= 0x05F4:
		if r >= 0x05D0 && r <= 0x05EA {
			return utf8.AppendRune(dst, r)
		}
		return dst // points, geresh and gershayim
	case r == 0x0306 && endsWith(dst, "и"): // a decomposed й
		return append(dst[:len(dst)-len("и")], "й"...)
	case r >= 0x0300 && r <= 0x036F, invisible(r):
		return dst
	}
	return appendLatin(dst, r)
}

// appendLatin folds everything that has no rule of its own: compatibility
// decomposition, marks of Latin and Greek letters dropped, lower case.
func appendLatin(dst []byte, r rune) []byte {
	switch r {
	case 'ß', 'ẞ':
		return append(dst, "ss"...)
	case 'æ', 'Æ':
		return append(dst, "ae"...)
	case 'œ', 'Œ':
		return append(dst, "oe"...)
	case 'ø', 'Ø':
		return append(dst, 'o')
	case 'đ', 'Đ', 'ð', 'Ð':
		return append(dst, 'd')
	case 'ł', 'Ł':
		return append(dst, 'l')
	case 'ı', 'İ':
		return append(dst, 'i')
	case 'þ', 'Þ':
		return append(dst, "th"...)
	case 'ə', 'Ə':
		return append(dst, 'e')
	case 'ς':
		return append(dst, "σ"...)
	}
	if r > 0x024F && !(r >= 0x0370 && r <= 0x03FF) && !(r >= 0x1E00 && r <= 0x1FFF) && !(r >= 0xFB00 && r <= 0xFFEF) {
		return utf8.AppendRune(dst, unicode.ToLower(r))
	}
	var in [utf8.UTFMax]byte
	n := utf8.EncodeRune(in[:], r)
	var buf [64]byte
	for d := norm.NFKD.Append(buf[:0], in[:n]...); len(d) > 0; {
		c, m := utf8.DecodeRune(d)
		d = d[m:]
		switch {
		case c >= 0x0300 && c <= 0x036F:
		case c == r:
			dst = utf8.AppendRune(dst, unicode.ToLower(c))
		case c < utf8.RuneSelf || !(c >= 0xFB00 && c <= 0xFFEF):
			dst = foldRune(dst, c)
		default:
			dst = utf8.AppendRune(dst, unicode.ToLower(c))
		}
	}
	return dst
}

// appendArabic unifies the letter forms that Arabic, Persian and Urdu
// keyboards disagree on, and drops vowel marks and tatweel.
func appendArabic(dst []byte, r rune) []byte {
	switch {
	case r >= 0x064B && r <= 0x065F, r == 0x0670, r == 0x0640, r >= 0x0610 && r <= 0x061A, r >= 0x06D6 && r <= 0x06ED && r != 0x06DD && r != 0x06E5 && r != 0x06E6 && r != 0x06E9:
		return dst
	case r >= 0x0660 && r <= 0x0669:
		return append(dst, byte('0'+r-0x0660))
	case r >= 0x06F0 && r <= 0x06F9:
		return append(dst, byte('0'+r-0x06F0))
	}
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		r = 'ا'
	case 'ى', 'ی', 'ے', 'ۓ', 'ې', 'ئ':
		r = 'ي'
	case 'ک', 'ڪ':
		r = 'ك'
	case 'ة', 'ۃ', 'ہ', 'ھ', 'ۂ', 'ۀ', 'ە':
		r = 'ه'
	case 'ؤ':
		r = 'و'
	}
	return utf8.AppendRune(dst, r)
}

func endsWith(b []byte, s string) bool {
	return len(b) >= len(s) && string(b[len(b)-len(s):]) == s
}

// invisible reports the marks that stand inside words without being seen:
// zero-width characters, soft hyphens, direction marks, variation selectors.
func invisible(r rune) bool {
	switch {
	case r == 0x00AD, r == 0xFEFF, r == 0x061C, r == 0x034F, r == 0x180E,
		r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x2069, r >= 0xFE00 && r <= 0xFE0F:
		return true
	}
	return false
}

// Spaceless reports whether a folded word begins with a letter of a script
// that is written without spaces; most often it is that letter.
func Spaceless(norm string) bool {
	if norm == "" || norm[0] < 0xE0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(norm)
	return spaceless(r)
}

// spaceless reports letters of the scripts that are written without spaces.
func spaceless(r rune) bool {
	switch {
	case r < 0x0E00:
		return false
	case r <= 0x0EFF, // Thai, Lao
		r >= 0x1000 && r <= 0x109F,                                                         // Burmese
		r >= 0x1780 && r <= 0x17FF,                                                         // Khmer
		r >= 0x3040 && r <= 0x30FF,                                                         // kana
		r >= 0x3400 && r <= 0x4DBF, r >= 0x4E00 && r <= 0x9FFF, r >= 0xF900 && r <= 0xFAFF, // Han
		r >= 0x20000 && r <= 0x3FFFF:
		return true
	}
	return false
}
