package rules

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/text"
)

// A press makes articles and rules out of made-up words whose frequencies fall
// off as those of a language do, and whose lengths grow as they become rare.
type press struct {
	*rand.Rand
	words []string
	space string
}

// The scripts that articles can be in: their letters, how many of them make a
// common word, and what parts words.
var scripts = map[string]struct {
	letters string
	short   float64
	space   string
}{
	"english": {"etaoinshrdlucmfwypvbgkjqxz", 2.2, " "},
	"persian": {"اینرودهمتبسشکلزفگخعقجحپصطچغضثذژظآ", 2.2, " "},
	"chinese": {hanLetters(3000), 1, ""},
	"thai":    {"กขคงจฉชซญดตถทธนบปผฝพฟภมยรลวสหอะาเแโใไ", 2, ""},
}

func hanLetters(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteRune(rune(0x4E00 + i*5))
	}
	return b.String()
}

const vocabularySize = 40_000

func newPress(script string) *press {
	s := scripts[script]
	letters := []rune(s.letters)
	p := &press{Rand: rand.New(rand.NewPCG(7, 11)), space: s.space}
	z := rand.NewZipf(p.Rand, 1.2, 6, uint64(len(letters)-1))
	seen := make(map[string]bool)
	for len(p.words) < vocabularySize {
		n := s.short + math.Log2(float64(len(p.words)+4))/3 + p.NormFloat64()
		if script == "chinese" {
			n = 1 + float64(p.IntN(2))
		}
		var w strings.Builder
		for range max(1, int(n)) {
			w.WriteRune(letters[z.Uint64()])
		}
		if !seen[w.String()] {
			seen[w.String()] = true
			p.words = append(p.words, w.String())
		}
	}
	return p
}

// word returns a word as texts have them: the 6,000 commonest, by the law of
// Zipf and Mandelbrot, are 93 of 100, as they are in news; the rest is rare.
func (p *press) word() string {
	const common = 6000
	if p.IntN(100) < 93 {
		return p.words[int(2.7*math.Exp(p.Float64()*math.Log(common/2.7+1))-2.7)]
	}
	rare := common / (1 - p.Float64()*(1-float64(common)/vocabularySize))
	return p.words[min(vocabularySize-1, int(rare))]
}

// asked returns a word as rules have them: seldom a common one.
func (p *press) asked() string { return p.words[100+p.IntN(vocabularySize/2-100)] }

func (p *press) article(bytes int) string {
	var b strings.Builder
	for n := 0; b.Len() < bytes; n++ {
		w := p.word()
		switch {
		case n%21 == 0 || p.IntN(9) == 0:
			w = strings.ToUpper(w[:1]) + w[1:]
			if w[0] >= 0x80 {
				w = strings.ToLower(w)
			}
		}
		b.WriteString(w)
		switch {
		case n%21 == 20 && p.space == "":
			b.WriteString("。")
		case n%21 == 20:
			b.WriteString(". ")
		case n%9 == 8:
			b.WriteString(", ")
		default:
			b.WriteString(p.space)
		}
	}
	return b.String()
}

// rules makes rules of two to five terms, each with a phrase, a NEAR or a prefix.
func (p *press) rules(n int) []Source {
	var out []Source
	for i := range n {
		var q []string
		for range p.IntN(4) {
			q = append(q, p.asked())
		}
		switch p.IntN(3) {
		case 0:
			q = append(q, `"`+p.word()+" "+p.asked()+`"`)
		case 1:
			q = append(q, p.word()+" NEAR/8 "+p.asked())
		case 2:
			w := []rune(p.asked())
			q = append(q, string(w[:max(1, len(w)-1)])+"*", p.asked())
		}
		switch p.IntN(8) {
		case 0:
			q = append(q, "-"+p.word())
		case 1:
			q = append(q, "kind:talks")
		case 2:
			q = append(q, "("+p.word()+" OR "+p.asked()+")")
		}
		out = append(out, Source{fmt.Sprintf("r%d", i), strings.Join(q, " ")})
	}
	return out
}

// near makes rules that are nothing but a NEAR of two of the 1,000 commonest
// words.
func (p *press) near(n int) []Source {
	var out []Source
	for i := range n {
		out = append(out, Source{fmt.Sprintf("n%d", i), p.words[p.IntN(1000)] + " NEAR/8 " + p.words[p.IntN(1000)]})
	}
	return out
}

func (p *press) articles(n int) []string {
	var out []string
	for range n {
		out = append(out, p.article(2200))
	}
	return out
}

const manyArticles = 2000

// measured is a Set and what is asked of it.
type measured struct {
	m     *Matcher
	facts *Facts
	doc   Doc
	title text.Text
	body  text.Text
	into  []Match
}

func (x *measured) read(article string) {
	x.title.Reset("iran talks")
	x.body.Reset(article)
	x.doc = Doc{Title: &x.title, Text: &x.body, Today: "2026-11-20"}
}

func (x *measured) match() int {
	x.m.Item(&x.doc)
	x.into = x.m.Match(x.facts, x.into[:0])
	return len(x.into)
}

// warm lets a set see what it will be asked about, and lay itself out by that.
func warm(b *testing.B, s *Set, articles []string) *measured {
	x := &measured{m: s.Matcher(), facts: scheduled()}
	for range 3 {
		for _, a := range articles {
			x.read(a)
			x.match()
		}
		time.Sleep(300 * time.Millisecond) // a layout may be under way
	}
	return x
}

// run measures tokenising and matching, and says how slow the slowest hundredth is.
func run(b *testing.B, x *measured, articles []string) {
	i, matches, asked := 0, 0, 0
	b.SetBytes(int64(len(articles[0])))
	b.ReportAllocs()
	for b.Loop() {
		x.read(articles[i%len(articles)])
		matches += x.match()
		asked += x.m.asked
		i++
	}
	b.ReportMetric(float64(matches)/float64(i), "matches/op")
	b.ReportMetric(float64(asked)/float64(i), "asked/op")
	var took []time.Duration
	for _, a := range articles {
		start := time.Now()
		x.read(a)
		x.match()
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100])/float64(took[len(took)/2]), "p99/p50")
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkItem measures an article of 2.2 KB from its bytes to matches with
// evidence. "tokens" is the share of package text, "words" that of looking
// each word up, with no rule to ask.
func BenchmarkItem(b *testing.B) {
	p := newPress("english")
	articles := p.articles(manyArticles)
	b.Run("tokens", func(b *testing.B) {
		var x measured
		i := 0
		for b.Loop() {
			x.read(articles[i%len(articles)])
			i++
		}
	})
	for _, n := range []int{1, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("mixed/%d", n), func(b *testing.B) { benchRules(b, p.rules(n), articles) })
	}
	b.Run("near/100000", func(b *testing.B) { benchRules(b, p.near(100_000), articles) })
}

func benchRules(b *testing.B, rules []Source, articles []string) {
	before := heap()
	start := time.Now()
	s, err := Compile(rules, vocabulary())
	if err != nil {
		b.Fatal(err)
	}
	took := time.Since(start)
	size := heap() - before
	run(b, warm(b, s, articles), articles)
	b.ReportMetric(float64(took.Nanoseconds())/float64(len(rules)), "ns-compile/rule")
	b.ReportMetric(float64(size)/float64(len(rules)), "B/rule")
}

// BenchmarkScript compares scripts by bytes, at 10,000 rules.
func BenchmarkScript(b *testing.B) {
	for _, script := range []string{"english", "persian", "chinese", "thai"} {
		b.Run(script, func(b *testing.B) {
			p := newPress(script)
			articles := p.articles(manyArticles)
			benchRules(b, p.rules(10_000), articles)
		})
	}
}

// BenchmarkAdd adds rules to 10,000 while somebody matches all the time.
func BenchmarkAdd(b *testing.B) {
	p := newPress("english")
	articles := p.articles(100)
	s, err := Compile(p.rules(10_000), vocabulary())
	if err != nil {
		b.Fatal(err)
	}
	more := p.rules(100_000)
	var stop sync.WaitGroup
	done := make(chan struct{})
	items := 0
	stop.Go(func() {
		x := &measured{m: s.Matcher(), facts: scheduled()}
		for ; ; items++ {
			select {
			case <-done:
				return
			default:
			}
			x.read(articles[items%len(articles)])
			x.match()
		}
	})
	i := 0
	for b.Loop() {
		if i > 0 && i%20_000 == 0 { // so that the set does not grow for ever
			b.StopTimer()
			if err := s.Replace(p.rules(10_000), vocabulary()); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
		if _, err := s.Add(more[i%len(more)]); err != nil {
			b.Fatal(err)
		}
		i++
	}
	close(done)
	stop.Wait()
	b.ReportMetric(float64(items)/float64(i), "items/op")
}
