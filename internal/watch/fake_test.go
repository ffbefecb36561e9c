package watch_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"parley/internal/app"
	"parley/internal/config"
	"parley/internal/news"
	"parley/internal/watch"
)

// start is when the clocks of these tests begin: a Friday, in Muscat the
// afternoon.
var start = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)

// memory keeps what a watch stores. Like the real store it hands a feed to one
// claim at a time.
type memory struct {
	mu     sync.Mutex
	feeds  map[string]*row
	seen   map[string]bool
	open   []news.Tracked
	checks []news.Check
	fail   error          // of SaveCheck
	faster []news.Tracked // which another stores, one before each SaveCheck

	repeated int // how many items Repeated finds
}

type row struct {
	news.FeedState
	claimed time.Time // until
}

func newMemory(due time.Time, names ...string) *memory {
	m := &memory{feeds: map[string]*row{}, seen: map[string]bool{}}
	for _, n := range names {
		m.feeds[n] = &row{FeedState: news.FeedState{Name: n, NextCheck: due, Baseline: true}}
	}
	return m
}

func (m *memory) ClaimFeed(_ context.Context, now time.Time, lease time.Duration) (news.FeedState, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var best *row
	for _, r := range m.feeds {
		if !r.NextCheck.After(now) && !r.claimed.After(now) && (best == nil || r.NextCheck.Before(best.NextCheck)) {
			best = r
		}
	}
	return m.claim(best, now, lease)
}

func (m *memory) ClaimNamed(_ context.Context, name string, now time.Time, lease time.Duration) (news.FeedState, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.feeds[name]
	if r != nil && r.claimed.After(now) {
		r = nil
	}
	return m.claim(r, now, lease)
}

func (m *memory) claim(r *row, now time.Time, lease time.Duration) (news.FeedState, bool, error) {
	if r == nil {
		return news.FeedState{}, false, nil
	}
	r.Claim++
	r.claimed = now.Add(lease)
	return r.FeedState, true, nil
}

func (m *memory) NextDue(context.Context) (time.Time, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var next time.Time
	for _, r := range m.feeds {
		at := r.NextCheck
		if r.claimed.After(at) {
			at = r.claimed
		}
		if next.IsZero() || at.Before(next) {
			next = at
		}
	}
	return next, len(m.feeds) > 0, nil
}

func (m *memory) Unseen(_ context.Context, feed string, items []news.Item) ([]news.Item, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(items), func(it news.Item) bool { return m.seen[feed+" "+it.ID] }), nil
}

func (m *memory) Repeated(context.Context, string, []news.Item) (int, error) { return m.repeated, nil }

func (m *memory) OpenDevelopments(_ context.Context, after int64, _ time.Time) ([]news.Tracked, int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.open[max(after, 0):]), int64(len(m.open)), nil
}

func (m *memory) Development(_ context.Context, id news.DevelopmentID) (news.Tracked, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if id < 1 || int(id) > len(m.open) {
		return news.Tracked{}, false, nil
	}
	return m.open[id-1], true, nil
}

func (m *memory) Developments(context.Context, news.Filter) ([]news.Tracked, error) { return nil, nil }

func (m *memory) DaysNamed(context.Context, string) ([]news.Tracked, error) { return nil, nil }

func (m *memory) SaveReminders(context.Context, []news.Notification) (int, error) { return 0, nil }

func (m *memory) Told(_ context.Context, about news.DevelopmentID) (told []news.Notification, _ error) {
	return nil, nil
}

func (m *memory) SaveCheck(ctx context.Context, c news.Check) (news.CheckSummary, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	r := m.feeds[c.Feed]
	switch {
	case ctx.Err() != nil:
		return news.CheckSummary{}, ctx.Err()
	case m.fail != nil:
		return news.CheckSummary{}, m.fail
	case len(m.faster) > 0:
		m.open, m.faster = append(m.open, m.faster[0]), m.faster[1:]
		return news.CheckSummary{}, news.ErrOvertaken
	case r == nil || r.Claim != c.Claim || r.claimed.IsZero():
		return news.CheckSummary{}, news.ErrStale
	}
	r.claimed, r.NextCheck, r.LastCheck, r.LastError, r.Habits = time.Time{}, c.Next, c.At, c.Error, c.Habits
	if r.Checks++; c.Succeeded {
		r.Failures, r.Baseline, r.ETag, r.LastModified = 0, false, c.ETag, c.LastModified
		r.LastSuccess = c.At
		if len(c.Items) > 0 {
			r.LastNew = c.At
		}
	} else if !c.Blameless {
		r.Failures++
	}
	m.checks = append(m.checks, c)
	sum := news.CheckSummary{Items: len(c.Items)}
	for _, it := range c.Items {
		m.seen[c.Feed+" "+it.Item.ID] = true
		sum.Notifications += len(it.Notifications)
		for _, j := range it.Judged {
			if j.Is != news.Repeat {
				id := news.DevelopmentID(len(m.open) + 1)
				sum.Developments = append(sum.Developments, id)
				m.open = append(m.open, news.Tracked{ID: id, Development: j.Development, First: c.At, Last: c.At})
			}
		}
	}
	return sum, nil
}

// saved are the checks of a feed that were stored, in order.
func (m *memory) saved(feed string) []news.Check {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(m.checks), func(c news.Check) bool { return c.Feed != feed })
}

func (m *memory) state(feed string) news.FeedState {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.feeds[feed].FeedState
}

// outlets answers for all feeds, and counts how they are asked.
type outlets struct {
	clock  func() time.Time
	answer func(ctx context.Context, feed string, n int) (watch.Fetched, error) // n: how often it was asked before

	mu     sync.Mutex
	asked  map[string][]time.Time
	etags  map[string][]string
	within map[string]int
	twice  []string // feeds that were asked while they were being asked
}

func newOutlets(clock func() time.Time, answer func(ctx context.Context, feed string, n int) (watch.Fetched, error)) *outlets {
	return &outlets{clock: clock, answer: answer, asked: map[string][]time.Time{}, etags: map[string][]string{}, within: map[string]int{}}
}

func (o *outlets) Fetch(ctx context.Context, f news.Feed, etag, _ string) (watch.Fetched, error) {
	o.mu.Lock()
	n := len(o.asked[f.Name])
	o.asked[f.Name] = append(o.asked[f.Name], o.clock())
	o.etags[f.Name] = append(o.etags[f.Name], etag)
	if o.within[f.Name]++; o.within[f.Name] > 1 {
		o.twice = append(o.twice, f.Name)
	}
	o.mu.Unlock()
	defer func() {
		o.mu.Lock()
		o.within[f.Name]--
		o.mu.Unlock()
	}()
	return o.answer(ctx, f.Name, n)
}

func (o *outlets) times(feed string) []time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.asked[feed])
}

// gaps are the times between one request and the next.
func (o *outlets) gaps(feed string) []time.Duration {
	var out []time.Duration
	at := o.times(feed)
	for i := 1; i < len(at); i++ {
		out = append(out, at[i].Sub(at[i-1]))
	}
	return out
}

var errBroken = errors.New("feed broken: 500 Internal Server Error; it is tried again")

// ticking returns a clock that runs from start at the pace of the bubble.
func ticking() func() time.Time {
	begun := time.Now()
	return func() time.Time { return start.Add(time.Since(begun)) }
}

// know understands a configuration of the talks between the United States and
// Iran, with what is given besides. What is known is never changed, so that one
// test may use what another has learned.
func know(t *testing.T, more string) *app.Knowledge {
	t.Helper()
	known, _ := learned.LoadOrStore(more, sync.OnceValues(func() (*app.Knowledge, config.Problems) {
		return app.Configure("test.yaml", []byte(talks+more))
	}))
	k, problems := known.(func() (*app.Knowledge, config.Problems))()
	if k == nil {
		t.Fatal(problems)
	}
	return k
}

const talks = `
time_zone: Europe/London
negotiations:
  - {id: us-iran, title: US–Iran talks, parties: [united-states, iran], mediators: [oman]}
`

var learned sync.Map

// setup is that of a configuration with the given feeds: name → every.
func setup(t *testing.T, k *app.Knowledge, feeds map[string]string) *watch.Setup {
	t.Helper()
	book, err := k.Rulebook(k.Subscriptions())
	if err != nil {
		t.Fatal(err)
	}
	s := &watch.Setup{Feeds: map[string]watch.Feed{}, Engine: k.Engine, Rulebook: book, MaxAge: 48 * time.Hour}
	karachi, err := time.LoadLocation("Asia/Karachi")
	if err != nil {
		t.Fatal(err)
	}
	for name, every := range feeds {
		sch, err := config.ParseSchedule(every, karachi)
		if err != nil {
			t.Fatal(err)
		}
		s.Feeds[name] = watch.Feed{Feed: news.Feed{Name: name, URL: "https://" + name + ".example/feed", Every: every, Zone: karachi}, Schedule: sch}
	}
	return s
}

// run runs a watch for a while of the bubble's time, and sees it stop.
func run(t *testing.T, w *watch.Watch, d time.Duration) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), d)
	defer stop()
	if err := w.Run(ctx); err != nil {
		t.Errorf("Run ends with %v", err)
	}
}

func newWatch(m *memory, o *outlets, s *watch.Setup) *watch.Watch {
	return watch.New(m, o, s, slog.New(slog.DiscardHandler), o.clock, 64, func(news.CheckSummary) {})
}

// item is an item of an Omani outlet.
func item(id, title string, published time.Time) news.Item {
	if !published.IsZero() {
		published = published.In(time.FixedZone("Asia/Muscat", 4*3600))
	}
	return news.Item{ID: id, Feed: "observer", Title: title, Link: fmt.Sprintf("https://observer.example/%s", id), Published: published, Fetched: start}
}

// What a mediator says of a date, an outcome, and a match.
const (
	named   = "Oman says next round of Iran-US talks will be held in Muscat on Tuesday"
	moved   = "Iran-US talks postponed, Oman says"
	cricket = "Oman beat Pakistan by six wickets; series resumes on Tuesday"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }
