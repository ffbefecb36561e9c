package text

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// slowly is New without windows: each word is read by itself.
func slowly(source string) *Text {
	t := &Text{Source: source}
	t.strip()
	k := tokeniser{t: t, s: t.Plain, tokens: []Token{}, gap: ParagraphEnd | SentenceEnd}
	for i := 0; i < len(k.s); {
		i = k.one(i)
	}
	t.Tokens = k.tokens
	k.sentences()
	return t
}

// Where windows end, and how many words are in one, makes no difference.
func TestWindowsMakeNoDifference(t *testing.T) {
	r := rand.New(rand.NewPCG(17, 23))
	for range 5000 {
		var b strings.Builder
		for range r.IntN(60) {
			b.WriteString(pieces[r.IntN(len(pieces))])
		}
		s := b.String()
		if want, got := slowly(s).Tokens, New(s).Tokens; !slices.Equal(want, got) {
			t.Fatalf("%q: -word by word +as it is read\n%s", s, cmp.Diff(want, got))
		}
	}
}

// A Text that is used again does not write over what was taken from it.
func TestStringsStayValid(t *testing.T) {
	var x Text
	var got, want []string
	for _, s := range []string{"Iran TALKS Élysée", "Oman Resumes ایران", "<p>Qatar &amp; Egypt</p> OPEN " + strings.Repeat("The Word ", 300), "Geneva"} {
		x.Reset(s)
		for _, tok := range x.Tokens {
			got, want = append(got, tok.Norm), append(want, strings.Clone(tok.Norm))
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("-then +now\n%s", d)
	}
}

// Words are told apart by their keys alone.
func TestKeys(t *testing.T) {
	seen := make(map[uint64]string)
	r := rand.New(rand.NewPCG(5, 7))
	for range 200_000 {
		w := make([]byte, 1+r.IntN(40))
		for i := range w {
			w[i] = "ab"[r.IntN(2)]
		}
		key := Key(string(w))
		if old, ok := seen[key]; ok && old != string(w) {
			t.Fatalf("%s and %s have one key", w, old)
		}
		if seen[key] = string(w); key == 0 {
			t.Fatalf("%s has the key of nothing", w)
		}
	}
}

// A Text that is used for ever keeps no more than one text needs.
func TestRoomForFoldedWordsIsBounded(t *testing.T) {
	var x Text
	for _, s := range []string{"کشور می‌شود دیگر یک ", "Élysée ", "Iran TALKS ", strings.Repeat("É", 100) + " ", strings.Repeat("Word", 30) + " "} {
		s = strings.Repeat(s, 2000/len(s)+1)
		for range 400 {
			x.Reset(s)
		}
		if n := cap(x.folded); n > 2*largeRoom {
			t.Errorf("%.20s: room for %d bytes", s, n)
		}
	}
	if got := len(New(strings.Repeat("کشور ", 1<<20)).Tokens); got != 1<<20 {
		t.Errorf("a very long text has %d words", got)
	}
	n := testing.AllocsPerRun(3, func() { x.Reset(strings.Repeat("کشور ", 1<<16)) })
	if n > 100 {
		t.Errorf("%v allocations for a long text", n)
	}
}
