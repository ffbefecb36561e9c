package lookup

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"parley/internal/news"
	"parley/rules"
)

// A Backtest is what a query would have raised, had it been a rule while the
// stored items came in.
type Backtest struct {
	Query    string
	Warnings []string // what is doubtful about the query itself
	// From and To bound the items that were looked at: from the oldest that is
	// stored in the time asked for.
	From, To time.Time
	Items    int  // looked at
	Stopped  bool // time ran out: only the newest Items were looked at
	Enough   bool // there were as many hits as were asked for: only the newest Items were looked at

	Hits   int // items that satisfy the query
	Alerts int // those that report something new, not what others had reported before
	Days   []Day
	// Best are the hits without doubts, Doubtful those with the gravest, each
	// development once.
	Best, Doubtful []Example

	Added   int     // hits that none of the rules that exist matches
	Overlap []Share // the rules that match hits too, the one with the most first
}

// PerDay returns how many hits and alerts there are a day.
func (b Backtest) PerDay() (hits, alerts float64) {
	days := max(1, b.To.Sub(b.From).Hours()/24)
	return float64(b.Hits) / days, float64(b.Alerts) / days
}

// A Day is a civil day, with how often the query would have held.
type Day struct {
	Day          string // 2006-01-02
	Hits, Alerts int
}

// A Share is how many of the hits a rule matches.
type Share struct {
	Rule string
	Hits int
}

// An Example is a hit with what is doubtful about it.
type Example struct {
	Finding
	Doubts []string
	Added  bool // no rule that exists matches it
}

// examples is how many hits are shown of either sort.
const examples = 5

// Backtest runs a query over the items published since, as if it were a rule.
// Days are counted from each item's publication, as they were when it came in.
// An error of the query is a *rules.Problem. When the context's time runs out it
// returns what it found so far, and the same once it has found enough hits (0: never
// enough), or some more. Progress, if it is not nil, is told now and then
// how many items of how many have been looked at.
func (a *Answers) Backtest(ctx context.Context, query string, since time.Time, enough int, progress func(done, total int)) (Backtest, error) {
	c := a.catalogue.Load()
	warnings, err := a.Check(ctx, query)
	if err != nil {
		return Backtest{}, err
	}
	q, err := rules.Parse(query)
	if err != nil {
		return Backtest{}, err
	}
	for _, p := range rules.LintAlone(q) {
		warnings = append(warnings, p.Error())
	}
	t := &trial{answers: a, catalogue: c, enough: int64(enough), counts: map[string]*Day{}, shares: map[string]int{}}
	if t.set, err = compiled(query, c.Vocabulary); err != nil {
		return Backtest{}, err
	}
	part, needed := rules.DevelopmentPart(q, c.Vocabulary)
	if part != "" {
		if t.part, err = compiled(part, c.Vocabulary); err != nil {
			return Backtest{}, err
		}
	}
	sources := make([]rules.Source, len(c.Rules))
	for i, r := range c.Rules {
		sources[i] = rules.Source{Name: r.Name, When: r.When}
	}
	if t.others, err = rules.Compile(sources, c.Vocabulary); err != nil {
		return Backtest{}, err
	}
	to := a.now()
	t.oldest = to
	looked, whole, err := a.store.Scan(ctx, since, needed, need(q, c.Vocabulary), t.worker, progress)
	out := t.sum(query, warnings, to, looked, whole)
	out.Enough = enough > 0 && out.Hits >= enough && !whole
	if errors.Is(err, context.DeadlineExceeded) {
		out.Stopped, err = true, nil
	}
	if err == nil {
		err = a.follow(context.WithoutCancel(ctx), &out)
	}
	return out, err
}

func compiled(query string, v *rules.Vocabulary) (*rules.Set, error) {
	set, err := rules.Compile([]rules.Source{{Name: "query", When: query}}, v)
	if err == nil {
		return set, nil
	}
	if p, ok := errors.AsType[*rules.Problem](err); ok {
		return nil, p
	}
	return nil, err
}

// trial is one backtest. Its workers share nothing but what they add up in the
// end.
type trial struct {
	answers   *Answers
	catalogue *Catalogue
	set       *rules.Set   // the query
	part      *rules.Set   // what it asks about the development alone; nil: nothing
	others    *rules.Set   // the rules that exist
	enough    int64        // hits; 0: never
	found     atomic.Int64 // hits, of all workers

	mu      sync.Mutex
	oldest  time.Time
	workers []*trialWorker
	counts  map[string]*Day
	shares  map[string]int
}

func (t *trial) worker(oldest time.Time) func(news.StoredItem) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !oldest.IsZero() {
		t.oldest = oldest
	}
	w := &trialWorker{trial: t, query: t.set.Matcher(), others: t.others.Matcher(), days: map[string]Day{}, shares: map[string]int{}}
	if t.part != nil {
		w.part = t.part.Matcher()
	}
	t.workers = append(t.workers, w)
	return w.item
}

type trialWorker struct {
	*trial
	query, part, others *rules.Matcher
	days                map[string]Day
	shares              map[string]int
	hits, alerts, added int
	reached             time.Time // of the item looked at last
	matches             []rules.Match
	doc, bare           *rules.Doc // their room is used for one item after the other; bare has no words
	best, doubtful      []graded
}

// item looks at one item. It ends the scan when there are hits enough.
func (w *trialWorker) item(it news.StoredItem) bool {
	at := appeared(it.Item)
	w.reached = at
	if w.part != nil && !w.mayHold(it, at) {
		return true
	}
	if w.doc == nil {
		w.doc = w.answers.translate.Doc(it, at)
	} else {
		w.doc = w.answers.translate.Again(w.doc, it, at)
	}
	doc := w.doc
	w.query.Item(doc)
	g := graded{item: it, doubt: -1}
	alert := false
	each := func(i int, f *rules.Facts) {
		w.matches = w.query.Match(f, w.matches[:0])
		if len(w.matches) == 0 {
			return
		}
		alert = alert || i < 0 || fresh(&it, i)
		doubt, doubts := doubtOf(&it, i, doc, w.matches[0].Because)
		if g.doubt < 0 || doubt < g.doubt {
			g.doubt, g.doubts, g.of = doubt, doubts, i
			g.because = slices.Clone(w.matches[0].Because)
		}
	}
	developments := it.Reading.Developments
	for i := range developments {
		each(i, w.answers.translate.Facts(&developments[i], 1))
	}
	if len(developments) == 0 {
		each(-1, nil)
	}
	if g.doubt < 0 {
		return true
	}
	w.hits++
	day := at.In(w.catalogue.Zone).Format(time.DateOnly)
	d := w.days[day]
	d.Hits++
	if alert {
		w.alerts++
		d.Alerts++
	}
	w.days[day] = d
	if g.added = !w.covered(it, doc); g.added {
		w.added++
	}
	g.grade(alert)
	w.best = keep(w.best, g, 2*examples, graded.better)
	if g.doubt > 0 {
		w.doubtful = keep(w.doubtful, g, examples, graded.worse)
	}
	return w.enough == 0 || w.found.Add(1) < w.enough
}

// mayHold asks of an item only what can be told without its words.
func (w *trialWorker) mayHold(it news.StoredItem, at time.Time) bool {
	bare := it
	bare.Item.Title, bare.Item.Text = "", ""
	if w.bare == nil {
		w.bare = w.answers.translate.Doc(bare, at)
	} else {
		w.bare = w.answers.translate.Again(w.bare, bare, at)
	}
	w.part.Item(w.bare)
	for i := range it.Reading.Developments {
		w.matches = w.part.Match(w.answers.translate.Facts(&it.Reading.Developments[i], 1), w.matches[:0])
		if len(w.matches) > 0 {
			return true
		}
	}
	if len(it.Reading.Developments) > 0 {
		return false
	}
	w.matches = w.part.Match(nil, w.matches[:0])
	return len(w.matches) > 0
}

// covered counts the rules that match a hit, and tells whether any does.
func (w *trialWorker) covered(it news.StoredItem, doc *rules.Doc) bool {
	w.others.Item(doc)
	seen := map[string]bool{}
	count := func(f *rules.Facts) {
		w.matches = w.others.Match(f, w.matches[:0])
		for _, m := range w.matches {
			if !seen[m.Rule] {
				seen[m.Rule] = true
				w.shares[m.Rule]++
			}
		}
	}
	for i := range it.Reading.Developments {
		count(w.answers.translate.Facts(&it.Reading.Developments[i], 1))
	}
	if len(it.Reading.Developments) == 0 {
		count(nil)
	}
	return len(seen) > 0
}

// fresh reports whether an item's development was new, or changed what was
// known, when the item came in.
func fresh(it *news.StoredItem, i int) bool {
	id := news.DevelopmentID(0)
	if i < len(it.Developments) {
		id = it.Developments[i]
	}
	for _, j := range it.Judged {
		if id != 0 && j.ID == id {
			return j.Is != news.Repeat
		}
	}
	return true // nothing was decided about it
}

// sum adds up what the workers found.
func (t *trial) sum(query string, warnings []string, to time.Time, looked int, whole bool) Backtest {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := Backtest{Query: query, Warnings: warnings, From: t.oldest, To: to, Items: looked}
	if !whole { // the newest were looked at first
		out.From = to
		for _, w := range t.workers {
			if !w.reached.IsZero() && w.reached.Before(out.From) {
				out.From = w.reached
			}
		}
	}
	days, shares := map[string]Day{}, map[string]int{}
	var best, doubtful []graded
	for _, w := range t.workers {
		out.Hits, out.Alerts, out.Added = out.Hits+w.hits, out.Alerts+w.alerts, out.Added+w.added
		for day, n := range w.days {
			d := days[day]
			days[day] = Day{day, d.Hits + n.Hits, d.Alerts + n.Alerts}
		}
		for rule, n := range w.shares {
			shares[rule] += n
		}
		for _, g := range w.best {
			best = keep(best, g, 2*examples, graded.better)
		}
		for _, g := range w.doubtful {
			doubtful = keep(doubtful, g, examples, graded.worse)
		}
	}
	zone := t.catalogue.Zone
	last := to.In(zone).Format(time.DateOnly)
	for day := out.From.In(zone); ; day = day.AddDate(0, 0, 1) {
		name := day.Format(time.DateOnly)
		if name > last {
			break
		}
		d := days[name]
		out.Days = append(out.Days, Day{name, d.Hits, d.Alerts})
	}
	for rule, n := range shares {
		out.Overlap = append(out.Overlap, Share{rule, n})
	}
	slices.SortFunc(out.Overlap, func(a, b Share) int {
		return cmp.Or(cmp.Compare(b.Hits, a.Hits), strings.Compare(a.Rule, b.Rule))
	})
	out.Doubtful = t.show(doubtful)
	for _, g := range best {
		if len(out.Best) < examples && !slices.ContainsFunc(doubtful, g.same) {
			out.Best = append(out.Best, t.show([]graded{g})...)
		}
	}
	return out
}

// show makes examples of hits.
func (t *trial) show(hits []graded) []Example {
	var out []Example
	for _, g := range hits {
		doc := t.answers.translate.Doc(g.item, appeared(g.item.Item))
		e := Example{Finding: Finding{Item: g.item.Item}, Doubts: g.doubts, Added: g.added}
		for _, b := range g.because {
			e.Because = appendNew(e.Because, b.Condition)
			if e.Excerpt == "" {
				e.Excerpt = sentence(doc, b)
			}
		}
		if g.of >= 0 {
			d := g.item.Reading.Developments[g.of]
			e.Developments = []news.Tracked{alone(g.item, g.of)}
			if e.Excerpt == "" {
				e.Excerpt = d.Evidence.Quote
			}
		}
		out = append(out, e)
	}
	return out
}

// follow puts what is known of the developments now into the examples.
func (a *Answers) follow(ctx context.Context, b *Backtest) error {
	for _, list := range [][]Example{b.Best, b.Doubtful} {
		for i := range list {
			for j, d := range list[i].Developments {
				if d.ID == 0 {
					continue
				}
				now, ok, err := a.store.Development(ctx, d.ID)
				if err != nil {
					return err
				}
				if ok {
					list[i].Developments[j] = now
				}
			}
		}
	}
	return nil
}
