package text

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// compare holds what Skim finds in s against the tokens of it.
func compareSkimmed(t *testing.T, x *Text, s string) {
	t.Helper()
	var keys []uint64
	var words []Token
	whole := New(s)
	for _, tok := range whole.Tokens {
		keys = append(keys, tok.Key)
		tok.Gap, tok.Sentence, tok.Paragraph = 0, 0, 0
		words = append(words, tok)
	}
	x.Skim(s)
	got, ok := x.Skimmed()
	if !ok || !slices.Equal(got, keys) {
		t.Fatalf("%q: -tokens +skimmed\n%s", s, cmp.Diff(keys, got))
	}
	for i, want := range words {
		w := x.Word(i)
		if w.Gap = 0; w != want {
			t.Fatalf("%q: word %d: -token +skimmed\n%s", s, i, cmp.Diff(want, w))
		}
	}
	x.Complete()
	if _, ok := x.Skimmed(); ok || !slices.Equal(x.Tokens, whole.Tokens) || !slices.Equal(x.Sentences, whole.Sentences) || !slices.Equal(x.Paragraphs, whole.Paragraphs) {
		t.Fatalf("%q: -read +completed\n%s", s, cmp.Diff(whole.Tokens, x.Tokens))
	}
}

// pieces are what texts of tests are made of.
var pieces = []string{
	" ", " ", " ", " ", ", ", ". ", ".", "-", " - ", "'", "’", "...", "\"", "(", "/", ":", ";", "?", "\n", "\n\n", "\t", "–", "“", "”", "\u200c", "\u0301", "\x00", "\x80",
	"a", "I", "the", "talks", "Iran", "NATO", "U.S.", "U.N", "G7", "M23", "24th", "3", "2026", "don't", "Iran's", "l'Iran", "n't", "é", "Élysée", "naïve", "café", "مذاکرات", "می‌شود", "١٢", "停战", "เจรจา", "น้ำ", "ก็\u0301", "。", "，", "　", "ＡＢ", "１", "停\u0e48", "ティ",
	"negotiations", "Internationally", "technicalities16", "AbCdEfGhIjKlMnOpQrS", "12345678901234567890", strings.Repeat("long", 20), strings.Repeat("7", 70), strings.Repeat("停", 30),
	"<b>", "</p>", "&amp;", "&lt;", "<IBM.N>",
}

// A text that is skimmed has the words that it has when it is read.
func TestSkim(t *testing.T) {
	r := rand.New(rand.NewPCG(19, 29))
	var x Text
	for range 10_000 {
		var b strings.Builder
		for range r.IntN(60) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		compareSkimmed(t, &x, b.String())
	}
}

func FuzzSkim(f *testing.F) {
	for _, p := range pieces {
		f.Add(p, " ", p)
	}
	var x Text
	f.Fuzz(func(t *testing.T, a, b, c string) {
		for _, s := range []string{a, a + b, a + b + c, a + b + c + a} {
			compareSkimmed(t, &x, s)
		}
	})
}

// One Text skims any number of items in the same room.
func TestSkimDoesNotAllocate(t *testing.T) {
	var x Text
	s := strings.Repeat("Iran's envoy said the U.S. talks in Élysée, می‌شود کشور 停战 เจรจา น้ำ, the 24th. <b>AT&amp;T</b> ", 40)
	if n := testing.AllocsPerRun(100, func() { x.Skim(s); x.Word(3) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// What is taken from a Text that was completed stays what it is.
func TestStringsOfCompletedTextsStayValid(t *testing.T) {
	var x Text
	var got, want []string
	for _, s := range []string{"<p>Iran &amp; Oman TALKS</p>", "<p>Qatar &amp; Egypt hosts</p>", "<p>ایران &amp; عمان</p>", "<p>Élysée &amp; U.S.</p>"} {
		x.Skim(s)
		x.Complete()
		got, want = append(got, x.Plain), append(want, strings.Clone(x.Plain))
		for _, tok := range x.Tokens {
			got, want = append(got, tok.Norm), append(want, strings.Clone(tok.Norm))
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-then +now\n%s", d)
	}
}

// What is written for one processor finds what the plain loops find.
func TestLoopsOfProcessor(t *testing.T) {
	const bytes = "aaabbzzAZMN0195 ,.-'@[`{/:éß’停\n\x00"
	r := rand.New(rand.NewPCG(31, 37))
	for range 100_000 {
		var v view
		for i := range v {
			v[i] = bytes[r.IntN(len(bytes))]
			if r.IntN(8) > 0 {
				v[i] = "etaoinETAOIN.12 "[r.IntN(16-r.IntN(2)*10)]
			}
		}
		words, odd := v.marksPlainly()
		if w, o := v.marks(); w != words || o != odd {
			t.Fatalf("%q: letters and digits %b, odd %b\nplainly %b, %b", v, w, o, words, odd)
		}
		edges := (words | odd) ^ (words|odd)<<1
		edges = edges >> r.IntN(20) << r.IntN(20) // windows are begun again anywhere
		var keys, same [windowWords]uint64
		var starts, at [windowWords]int32
		n, rest := v.plainly(edges, odd, &keys, &starts, 1000)
		if m, left := v.plain(edges, odd, &same, &at, 1000); m != n || left != rest || same != keys || at != starts {
			t.Fatalf("%q: %d words, then %b: %x at %d\nplainly %d, %b: %x at %d", v, m, left, same[:m], at[:m], n, rest, keys[:n], starts[:n])
		}
	}
}
