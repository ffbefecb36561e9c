package rules

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/text"
)

func TestReplaceWhileOthersMatch(t *testing.T) {
	v := vocabulary()
	one := []Source{{"one", "talks"}}
	two := []Source{{"two", "talks"}, {"three", "actor:iran NEAR/3 talks"}, {"four", "ta*"}}
	s, err := Compile(one, v)
	if err != nil {
		t.Fatal(err)
	}
	d := doc("Iran talks", "")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 500 {
				if n := len(s.Match(d, nil, nil)); n != 1 && n != 3 {
					t.Errorf("%d rules matched", n)
				}
			}
		})
	}
	for i := range 200 {
		if err := s.Replace([][]Source{one, two}[i%2], v); err != nil {
			t.Error(err)
		}
	}
	wg.Wait()
	if err := s.Replace([]Source{{"bad", "("}}, v); err == nil || s.Len() != 3 {
		t.Errorf("an error changed the set: %v, %d rules", err, s.Len())
	}
}

// While rules come, change and go, and all is laid out anew, whoever matches
// finds each rule that stays exactly once, and of one that changes either form.
func TestChangeWhileOthersMatch(t *testing.T) {
	s, err := Compile([]Source{{"stays", "talks"}, {"old", "actor:iran"}, {"prefix", "ta*"}}, vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	d := doc("Iran talks, seed 7", "停战")
	var readers, writer sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		readers.Go(func() {
			m := s.Matcher()
			for {
				select {
				case <-done:
					return
				default:
				}
				m.Item(d)
				count := make(map[string]int)
				last := -1
				for _, x := range m.Match(nil, nil) {
					count[x.Rule]++
					if x.Index <= last {
						t.Errorf("index %d stands behind %d", x.Index, last)
					}
					last = x.Index
				}
				if count["stays"] != 1 || count["prefix"] != 1 || count["old"]+count["new"] != 1 {
					t.Errorf("found %v", count)
					return
				}
			}
		})
	}
	writer.Go(func() {
		defer close(done)
		var added []int
		for i := range 3000 {
			name := []string{"new", "old"}[i%2]
			if err := s.Change(1, Source{name, []string{"talks NEAR/3 iran", "actor:iran", "停战", "see*"}[i%4]}); err != nil {
				t.Error(err)
			}
			x, err := s.Add(Source{"more", fmt.Sprintf("seed %d* \"iran talks\"", i%9)})
			if err != nil {
				t.Error(err)
			}
			if added = append(added, x); len(added) > 50 {
				if err := s.Remove(added[i%50]); err == nil {
					added[i%50] = added[50]
				}
				added = added[:50]
			}
			if i%500 == 499 {
				s.settle(s.program.Load().epoch)
			}
		}
	})
	writer.Wait()
	readers.Wait()
	if s.Len() != 3+50 {
		t.Errorf("%d rules are left", s.Len())
	}
	if err := s.Remove(1 << 20); err == nil {
		t.Error("a rule that never was could be removed")
	}
	if _, err := s.Add(Source{"bad", "("}); err == nil || s.Len() != 53 {
		t.Errorf("an error changed the set: %v, %d rules", err, s.Len())
	}
}

func TestMatchesStayAfterTheNextItem(t *testing.T) {
	s, err := Compile([]Source{{"r", "talks"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Match(doc("the talks", ""), nil, nil)
	s.Match(doc("talks", ""), nil, nil)
	if b := got[0].Because[0]; b.From != 1 {
		t.Errorf("because has become %+v", b)
	}
}

// With candidates filed under what is rare, a tenfold set must not ask ten
// times as many rules.
func TestFewRulesAreAsked(t *testing.T) {
	asked := func(n int) int {
		rules, docs := corpus(n, 20)
		s, err := Compile(rules, vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		m := s.Matcher()
		total := 0
		for _, d := range docs {
			m.Item(d)
			m.Match(scheduled(), nil)
			total += m.asked
		}
		return total / len(docs)
	}
	const n = 10_000
	if few := asked(n); few > n/50 {
		t.Errorf("%d of %d rules were asked about an item", few, n)
	}
}

func TestMatcherDoesNotAllocate(t *testing.T) {
	rules, docs := corpus(1000, 10)
	s, err := Compile(rules, vocabulary())
	if err != nil {
		t.Fatal(err)
	}
	m, f := s.Matcher(), scheduled()
	var into []Match
	pass := func() {
		for _, d := range docs {
			m.Item(d)
			into = m.Match(f, into[:0])
		}
	}
	pass()
	if len(into) == 0 {
		t.Error("nothing matched, so nothing was measured")
	}
	if n := testing.AllocsPerRun(5, pass); n > 0 {
		t.Errorf("%v allocations for %d items", n, len(docs))
	}
}

// corpus makes n rules of two to five conditions, and items of some 350 words
// whose frequencies fall off as those of a language do.
func corpus(n, items int) ([]Source, []*Doc) {
	r := rand.New(rand.NewPCG(7, 11))
	common, even := rand.NewZipf(r, 1.1, 4, 60_000), func() uint64 { return r.Uint64N(60_000) }
	word := func(i uint64) string { // common words are short
		const letters = "etaoinshrdlucmfwypvbgkjqxz"
		s := ""
		for i += 30; i > 0; i /= 26 {
			s += string(letters[i%26])
		}
		return s + []string{"", "al", "ent", "ing"}[i%4]
	}
	var rules []Source
	for i := range n {
		var q []string
		for range 1 + r.IntN(3) {
			q = append(q, word(even()))
		}
		switch r.IntN(6) {
		case 0:
			q = append(q, `"`+word(common.Uint64())+" "+word(even())+`"`)
		case 1:
			q = append(q, word(common.Uint64())+" NEAR/8 "+word(common.Uint64()))
		case 2:
			q = append(q, word(even())+"x*")
		case 3:
			q = []string{"(" + word(even()) + " OR " + word(common.Uint64()) + ")", "kind:talks", word(even())}
		case 4:
			q = append(q[:1], "by:mediator", "date:upcoming")
		case 5:
			q = append(q[:1], "-"+word(common.Uint64()))
		}
		rules = append(rules, Source{fmt.Sprintf("r%d", i), strings.Join(q, " ")})
	}
	var docs []*Doc
	for range items {
		var b strings.Builder
		for i := range 350 {
			b.WriteString(word(common.Uint64()))
			if i%20 == 19 {
				b.WriteString(". ")
			}
			b.WriteByte(' ')
		}
		docs = append(docs, &Doc{Title: text.New("iran talks"), Text: text.New(b.String()), Today: "2026-11-20"})
	}
	return rules, docs
}

// BenchmarkMatch shows that the cost follows the text and not the number of
// rules. Items are tokenised before.
func BenchmarkMatch(b *testing.B) {
	for _, n := range []int{1, 10, 100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			rules, docs := corpus(n, 50)
			start := time.Now()
			s, err := Compile(rules, vocabulary())
			if err != nil {
				b.Fatal(err)
			}
			compiling := time.Since(start)
			m, f := s.Matcher(), scheduled()
			var into []Match
			i, matches := 0, 0
			b.ReportAllocs()
			for b.Loop() {
				m.Item(docs[i%len(docs)])
				into = m.Match(f, into[:0])
				matches += len(into)
				i++
			}
			b.ReportMetric(float64(matches)/float64(i), "matches/op")
			b.ReportMetric(float64(compiling.Microseconds())/float64(n), "µs-compile/rule")
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse(`by:mediator kind:(talks-scheduled OR talks-started) "peace talks" iran NEAR/8 enrichment`); err != nil {
			b.Fatal(err)
		}
	}
}
