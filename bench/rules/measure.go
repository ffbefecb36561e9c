package main

import (
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"sync/atomic"
	"time"

	"parley/rules"
)

// A row is what one contender needs for one set of rules.
type row struct {
	Name     string  `json:"name"`
	Does     string  `json:"does"`
	Micros   float64 `json:"microseconds_an_article"` // median of the runs
	Fastest  float64 `json:"fastest"`
	Slowest  float64 `json:"slowest"`
	Found    float64 `json:"found_an_article"`
	Articles int     `json:"articles_a_run"`
	Runs     int     `json:"runs"`
	Note     string  `json:"note,omitempty"` // why there is no figure, or only a rough one
}

// A table is all contenders over one set.
type table struct {
	Set      string `json:"set"`
	Rules    int    `json:"rules"`
	Literals int    `json:"literals"`
	Rows     []row  `json:"rows"`
}

func (t *table) row(name string) *row {
	for i := range t.Rows {
		if t.Rows[i].Name == name && t.Rows[i].Runs > 0 {
			return &t.Rows[i]
		}
	}
	return nil
}

// A course is how long runs may be.
type course struct {
	runs   int
	budget time.Duration // of one run; a slow contender gets fewer articles
	log    *slog.Logger
}

// fewest is how many articles a run has at least; who cannot do so many in ten
// budgets is timed over a single one.
const fewest = 3

// race lets all contenders run in turn, so that what else the machine does
// falls on all of them alike. Time is scaled by bytes to the mean of the whole
// sample where a contender has only the first articles of it.
func (c course) race(name string, set []rule, sample []*prepared, cs []contender) table {
	t := table{Set: name, Rules: len(set), Literals: len(literals(set))}
	type runner struct {
		row   *row
		find  func(*prepared) int
		n     int
		times []float64
	}
	mean := float64(totalBytes(sample)) / float64(len(sample))
	t.Rows = make([]row, len(cs))
	var runners []*runner
	for i, x := range cs {
		r := &t.Rows[i]
		r.Name, r.Does = x.name, x.does
		c.log.Info("preparing", "set", name, "contender", x.name)
		find, done, err := x.build(set)
		if err != nil {
			r.Note = err.Error()
			continue
		}
		if done != nil {
			defer done()
		}
		start := time.Now()
		found := find(sample[0])
		first := time.Since(start) // slow, since all is cold
		if first > c.budget*10/fewest {
			r.Micros = micros(first) / float64(sample[0].size()) * mean
			r.Fastest, r.Slowest, r.Found, r.Articles, r.Runs = r.Micros, r.Micros, float64(found), 1, 1
			r.Note = "one article, once: more would take too long"
			continue
		}
		n := 1
		for start = time.Now(); n < len(sample) && (n < fewest || time.Since(start) < c.budget); n++ {
			found += find(sample[n])
		}
		r.Found, r.Articles = float64(found)/float64(n), n
		runners = append(runners, &runner{row: r, find: find, n: n})
	}
	for i := range c.runs {
		c.log.Info("running", "set", name, "run", i+1, "of", c.runs)
		for _, x := range runners {
			runtime.GC() // what the one before left behind is not charged to this one
			start := time.Now()
			for _, a := range sample[:x.n] {
				x.find(a)
			}
			x.times = append(x.times, micros(time.Since(start))/float64(totalBytes(sample[:x.n]))*mean)
		}
	}
	for _, x := range runners {
		slices.Sort(x.times)
		x.row.Micros, x.row.Fastest, x.row.Slowest, x.row.Runs = median(x.times), x.times[0], x.times[len(x.times)-1], len(x.times)
	}
	return t
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }

func totalBytes(as []*prepared) int {
	n := 0
	for _, a := range as {
		n += a.size()
	}
	return n
}

// median returns the median of sorted values.
func median(sorted []float64) float64 {
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// A footprint is what a set of parley's costs besides time in matching.
type footprint struct {
	Rules         int     `json:"rules"`
	CompileMicros float64 `json:"compile_microseconds_a_rule"`
	Bytes         float64 `json:"bytes_a_rule"`         // of the set that all goroutines share
	MatcherBytes  float64 `json:"matcher_bytes_a_rule"` // of what each goroutine has besides, once it has run
	MatchAllocs   float64 `json:"allocations_an_item_matching"`
	SplitAllocs   float64 `json:"allocations_an_item_splitting"`
	Evidence      float64 `json:"conditions_told_an_article"`
}

func (c course) footprint(set []rule, v *rules.Vocabulary, sample []*prepared) (footprint, error) {
	c.log.Info("weighing", "rules", len(set))
	f := footprint{Rules: len(set)}
	src := sources(set)
	var times []float64
	var s *rules.Set
	for range 3 {
		s = nil
		before := heap()
		start := time.Now()
		made, err := rules.Compile(src, v)
		if err != nil {
			return f, err
		}
		times = append(times, micros(time.Since(start))/float64(len(set)))
		f.Bytes = float64(heap()-before) / float64(len(set))
		s = made
	}
	slices.Sort(times)
	f.CompileMicros = median(times)

	before := heap()
	o := &ours{set: s, m: s.Matcher()}
	evidence := 0
	for _, a := range sample {
		o.fromSource(a)
		for _, m := range o.into {
			evidence += len(m.Because)
		}
	}
	f.Evidence = float64(evidence) / float64(len(sample))
	f.MatcherBytes = float64(heap()-before) / float64(len(set))
	for _, a := range sample {
		o.fromWords(a)
	}
	f.MatchAllocs = allocations(sample, func(a *prepared) { o.fromWords(a) })
	f.SplitAllocs = allocations(sample, o.split)
	runtime.KeepAlive(src)
	return f, nil
}

// heap returns the bytes that are in use.
func heap() int64 {
	runtime.GC()
	runtime.GC() // pools are emptied by the second one
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// allocations returns how many f makes an article, when it has seen them before.
func allocations(sample []*prepared, f func(*prepared)) float64 {
	var a, b runtime.MemStats
	runtime.ReadMemStats(&a)
	for _, x := range sample {
		f(x)
	}
	runtime.ReadMemStats(&b)
	return float64(b.Mallocs-a.Mallocs) / float64(len(sample))
}

// A spread is how times are distributed over articles.
type spread struct {
	P50 float64 `json:"p50_microseconds"`
	P99 float64 `json:"p99_microseconds"`
	Max float64 `json:"max_microseconds"`
}

// spread times each article by itself, the best of five: what is left is the
// article's own.
func (c course) spread(sample []*prepared, find func(*prepared) int) spread {
	best := make([]float64, len(sample))
	for pass := range 5 {
		runtime.GC()
		for i, a := range sample {
			start := time.Now()
			find(a)
			if d := micros(time.Since(start)); pass == 0 || d < best[i] {
				best[i] = d
			}
		}
	}
	slices.Sort(best)
	return spread{median(best), best[len(best)*99/100], best[len(best)-1]}
}

// An addition is what it costs to add one rule to a set while others read it.
type addition struct {
	P50  float64 `json:"p50_microseconds"`
	P99  float64 `json:"p99_microseconds"`
	Read int64   `json:"articles_read_meanwhile"`
}

// add adds rules to a set, one by one, while another goroutine matches.
func (c course) add(set, more []rule, v *rules.Vocabulary, sample []*prepared) (addition, error) {
	o, err := newOurs(set, v)
	if err != nil {
		return addition{}, err
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	var stop atomic.Bool
	var read atomic.Int64
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := 0; !stop.Load(); i++ {
			o.fromWords(sample[i%len(sample)])
			read.Add(1)
		}
	}()
	times := make([]float64, 0, len(more))
	for _, r := range more {
		start := time.Now()
		err = o.add(r.Source)
		times = append(times, micros(time.Since(start)))
		if err != nil {
			break
		}
	}
	stop.Store(true)
	<-done
	if err != nil {
		return addition{}, err
	}
	if o.set.Len() != len(set)+len(more) {
		return addition{}, fmt.Errorf("%d rules were added to %d, and %d are there", len(more), len(set), o.set.Len())
	}
	slices.Sort(times)
	return addition{median(times), times[len(times)*99/100], read.Load()}, nil
}

// A tongue is what an article in one language costs.
type tongue struct {
	Language string  `json:"language"`
	Split    float64 `json:"splitting_nanoseconds_a_byte"`
	Match    float64 `json:"matching_nanoseconds_a_byte"`
	Whole    float64 `json:"whole_nanoseconds_a_byte"`
	Found    float64 `json:"found_an_article"`
}

// tongues times articles of one content in several languages, in turn.
func (c course) tongues(set []rule, v *rules.Vocabulary, names []string, articles [][]*prepared) ([]tongue, error) {
	o, err := newOurs(set, v)
	if err != nil {
		return nil, err
	}
	split := func(a *prepared) int { o.split(a); return 0 }
	out := make([]tongue, len(names))
	times := make([][3][]float64, len(names))
	for range c.runs + 1 { // the first warms up
		for i, as := range articles {
			found := 0
			for j, find := range []func(*prepared) int{split, o.fromWords, o.fromSource} {
				runtime.GC()
				found = 0
				start := time.Now()
				for _, a := range as {
					found += find(a)
				}
				times[i][j] = append(times[i][j], float64(time.Since(start).Nanoseconds())/float64(totalBytes(as)))
			}
			out[i].Found = float64(found) / float64(len(as))
		}
	}
	for i := range out {
		for j, to := range []*float64{&out[i].Split, &out[i].Match, &out[i].Whole} {
			ts := times[i][j][1:]
			slices.Sort(ts)
			*to = median(ts)
		}
		out[i].Language = names[i]
	}
	return out, nil
}
