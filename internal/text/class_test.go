package text

import (
	"fmt"
	"html"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// What the tables say of a character is what its definition says.
func TestTablesAgreeWithDefinitions(t *testing.T) {
	for r := rune(1); r < 0x10000; r++ {
		s := string(r)
		if !utf8.ValidRune(r) {
			continue
		}
		if want := string(foldRune(nil, r)); Fold(s) != want {
			t.Errorf("%U folds to %q, want %q", r, Fold(s), want)
		}
		if r < utf8.RuneSelf {
			continue
		}
		g, n := look(s, 0)
		const own = starts | digit | letter | upper | nonLatin | unseen | apostr
		if n != len(s) || g.class&own != classOf(r) {
			t.Errorf("%U: class %b in %d bytes, want %b in %d", r, g.class&own, n, classOf(r), len(s))
		}
		if gap, odd := gapOf(r); g.class&oddMark == 0 && (odd || g.gap != gap) {
			t.Errorf("%U: gap %b, want %b", r, g.gap, gap)
		}
		if g.class&same != 0 && Fold(s) != s {
			t.Errorf("%U is said to stay, but folds to %q", r, Fold(s))
		}
	}
}

func TestValid(t *testing.T) {
	for _, s := range []string{
		"", "a", "seven b", "eight by", "eight byé", "é", "مذاکرات می‌شود", "停战", "😀", "\x80", "é\x80", "\xc0\x80", "\xc3", "\xc1\xbf", "eight by\xff",
		"\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x80", "аб\xd0", strings.Repeat("a", 20) + "\xc2a",
	} {
		if valid(s) != utf8.ValidString(s) {
			t.Errorf("valid(%q) = %v", s, valid(s))
		}
	}
}

// The references that are decoded here mean what they mean in HTML.
func TestReferences(t *testing.T) {
	var refs []string
	for n := range 0x3000 {
		refs = append(refs, fmt.Sprintf("#%d", n), fmt.Sprintf("#x%x", n), fmt.Sprintf("#X%X", n))
	}
	for _, ref := range append(refs, "lt", "gt", "quot", "apos", "nbsp", "rsquo", "lsquo", "rdquo", "ldquo", "ndash", "mdash", "hellip", "eacute", "Eacute", "notit", "nothing",
		"#", "#x", "#xg", "#12a", "#55296", "#1114111", "#1114112", "#x10FFFF", "#x110000", "#99999999999", "#000000000065", "NotEqualTilde") {
		in := "&" + ref + ";"
		s := stripper{}
		n := s.entity(in)
		want := html.UnescapeString(in)
		if want == in {
			if n != 0 {
				t.Errorf("%s is %q, want none", in, s.decoded)
			}
			continue
		}
		if n != len(in) || string(s.decoded) != want {
			t.Errorf("%s is %q of %d bytes, want %q", in, s.decoded, n, want)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	s := strings.Repeat("Pakistan has confirmed that technical-level discussions it is mediating between the United States and Iran are expected to resume next week. ", 20)
	b.SetBytes(int64(len(s)))
	b.ReportAllocs()
	for b.Loop() {
		New(s)
	}
}

// What aloneAt knows by its bytes must be what the tables of Unicode say.
func TestLettersThatStandAlone(t *testing.T) {
	for r := rune(0x80); r < 0x20000; r++ {
		s := string(r)
		if len(s) == 3 && aloneAt(s, 0) && !(unicode.IsLetter(r) && spaceless(r)) {
			t.Errorf("%U %s is no such letter", r, s)
		}
		thai := r >= 0x0E00 && r <= 0x0E7F
		if thai && aloneAt(s, 0) != (unicode.IsLetter(r) && spaceless(r)) {
			t.Errorf("%U: alone %v", r, aloneAt(s, 0))
		}
		if thaiMarkAt(s, 0) != (thai && thaiMark(r)) {
			t.Errorf("%U: marked %v", r, thaiMarkAt(s, 0))
		}
		if thai && thaiMark(r) != unicode.Is(unicode.M, r) {
			t.Errorf("%U: mark %v", r, thaiMark(r))
		}
	}
}

// The hash and the key of a token are those of its norm, however it was read.
func TestTokensHaveTheHashOfTheirNorm(t *testing.T) {
	for _, s := range []string{
		"The quick BROWN fox's U.S. don't technical-level Internationalisation a I 24th M23 covid19 x",
		"Élysée ايران ایران ۱۴۰۵ Москва ЙОД переговоры צה״ל 停战 เจรจา น้ำ ﬃ İstanbul l'Iran antidisestablishmentarianism",
	} {
		for _, tok := range New(s + " and some more words behind").Tokens {
			if tok.Hash != Hash(tok.Norm) || tok.Key != Key(tok.Norm) {
				t.Errorf("%q: %x and %x, want %x and %x", tok.Norm, tok.Hash, tok.Key, Hash(tok.Norm), Key(tok.Norm))
			}
		}
	}
}

// What is taken for UTF-8 is what the standard library takes for it, wherever
// the bytes begin that are looked at together, and whatever processor looks.
func TestValidAnywhere(t *testing.T) {
	pieces := []string{
		"a", "b ", "the talks ", strings.Repeat("x", 40), "é", "и", "م", "ذاكرات", "\u0080", "\u07FF", "\u0800", "停", "เจรจา", "\uD7FF", "\uE000", "\U00010000", "\U0010FFFF", strings.Repeat("停", 15), strings.Repeat("é", 20), "\u200c", "😀", "\uFFFD",
		"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC2", "\xDF", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE2\x80", "\xF0\x9F\x98",
	}
	good := slices.Index(pieces, "\x80")
	r := rand.New(rand.NewPCG(3, 5))
	for range 100_000 {
		var b strings.Builder
		wrong := 1 + r.IntN(40) // one piece in so many may be
		for range r.IntN(40) {
			n := len(pieces)
			if r.IntN(wrong) > 0 {
				n = good
			}
			b.WriteString(pieces[r.IntN(n)])
		}
		s := b.String()
		s = s[:len(s)-min(len(s), r.IntN(4))]
		if want := utf8.ValidString(s); valid(s) != want || validPlainly(s) != want {
			t.Fatalf("%q: valid is %t, plainly %t", s, valid(s), validPlainly(s))
		}
	}
}
