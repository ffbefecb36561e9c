package story

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"parley/internal/news"
)

// open lays n developments on a desk: of many negotiations, or all of one. more
// returns reports that come after them.
func open(n, negotiations int) (d *Desk, more func() []Report) {
	rnd := rand.New(rand.NewPCG(1, 2))
	kinds := news.Kinds()
	sides := []string{"united-states", "iran", "oman", "qatar", "pakistan"}
	report := func(i int) Report {
		d := dev(kinds[rnd.IntN(len(kinds))], by(sides[rnd.IntN(len(sides))]), in([]string{"Muscat, Oman", "Doha, Qatar", "Geneva, Switzerland"}[rnd.IntN(3)]))
		d.Negotiation = ptr(fmt.Sprint("talks-", rnd.IntN(negotiations)))
		d.Headline = "Oman says that US–Iran talks are scheduled for Tuesday 24 November in Muscat"
		if d.Kind == news.Denial && rnd.IntN(10) > 0 { // of a few nobody can say what exactly they deny
			d.Denies = &kinds[rnd.IntN(len(kinds))]
		}
		if rnd.IntN(2) == 0 {
			on(at.AddDate(0, 0, rnd.IntN(20)).Format(time.DateOnly))(&d)
		}
		var text strings.Builder
		for range 70 {
			fmt.Fprintf(&text, "word%d ", int(rnd.ExpFloat64()*400))
		}
		words := strings.Fields(text.String())
		return Report{
			Item:     news.Item{ID: fmt.Sprint(i), Link: fmt.Sprint("https://example.org/", i), Published: at.Add(time.Duration(i) * 20 * time.Second)},
			Language: "en", Title: words[:9], Text: words, Developments: []news.Development{d},
			Echoes: news.Echoes{Kinds: []news.Kind{d.Kind, news.TalksScheduled}, Actors: []string{"iran", "united-states"}, Places: []string{*d.Venue}},
		}
	}
	d = NewDesk()
	for i := 0; d.Len() < n; i++ {
		r := report(i)
		now := r.Item.Published
		for _, j := range d.Judge(r) {
			d.Settle()
			if j.Is != news.Repeat {
				d.Take([]news.Tracked{{ID: news.DevelopmentID(i + 1), Updates: j.Updates, Change: j.Change, Development: j.Development, First: now, Last: now, Marks: j.Marks}})
			}
		}
	}
	return d, func() []Report {
		list := make([]Report, 1000)
		for i := range list {
			list[i] = report(n + i)
		}
		return list
	}
}

// BenchmarkJudge tells one item apart among 10,000 open developments, and says
// how much memory each of these takes.
func BenchmarkJudge(b *testing.B) {
	for _, negotiations := range []int{200, 20, 1} {
		b.Run(fmt.Sprintf("%d negotiations", negotiations), func(b *testing.B) {
			const n = 10_000
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			d, reports := open(n, negotiations)
			runtime.GC()
			runtime.ReadMemStats(&after)
			kept := float64(after.HeapAlloc-before.HeapAlloc) / n
			more := reports()
			i := 0
			for b.Loop() {
				d.Judge(more[i%len(more)])
				d.Settle()
				i++
			}
			b.ReportMetric(kept, "B/development")
		})
		b.Run(fmt.Sprintf("%d negotiations, a silent item", negotiations), func(b *testing.B) {
			d, reports := open(10_000, negotiations)
			more := reports()
			i := 0
			for b.Loop() {
				r := more[i%len(more)]
				r.Developments = nil
				d.Judge(r)
				i++
			}
		})
	}
}
