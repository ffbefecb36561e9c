// Package watch is the road an item takes; read it first. A feed that is due
// is claimed, asked, and its new items are read, matched against all rules,
// told apart from what is known, and stored together with the notifications
// that follow, in one transaction. What is due is written in the store as a
// next check that a cron schedule computes, so missed checks catch up after a
// stop and replicas share the work.
//
//	schedule → fetch → parse → read → match → tell apart → deliver
package watch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"

	"parley/internal/news"
	"parley/internal/read"
)

// A Store remembers feeds, items and developments. What it promises of each
// method is written down in package store.
type Store interface {
	ClaimFeed(ctx context.Context, now time.Time, lease time.Duration) (news.FeedState, bool, error)
	ClaimNamed(ctx context.Context, name string, now time.Time, lease time.Duration) (news.FeedState, bool, error)
	NextDue(ctx context.Context) (time.Time, bool, error)
	Unseen(ctx context.Context, feed string, items []news.Item) ([]news.Item, error)
	Repeated(ctx context.Context, feed string, items []news.Item) (int, error)
	OpenDevelopments(ctx context.Context, after int64, since time.Time) ([]news.Tracked, int64, error)
	Development(ctx context.Context, id news.DevelopmentID) (news.Tracked, bool, error)
	Developments(ctx context.Context, f news.Filter) ([]news.Tracked, error)
	DaysNamed(ctx context.Context, fromDay string) ([]news.Tracked, error)
	SaveReminders(ctx context.Context, list []news.Notification) (queued int, err error)
	Told(ctx context.Context, about news.DevelopmentID) ([]news.Notification, error)
	SaveCheck(ctx context.Context, c news.Check) (news.CheckSummary, error)
}

// A Fetcher brings the items of a feed home. With an error it may say after
// which time to ask again, and whether the feed is Gone or was not Reached.
type Fetcher interface {
	Fetch(ctx context.Context, f news.Feed, etag, lastModified string) (Fetched, error)
}

// Fetched is what a feed had to say.
type Fetched struct {
	NotModified  bool
	ETag         string
	LastModified string
	Items        []news.Item
	After        time.Duration // ask no earlier than this from now, 0: as scheduled
	MaxAge       time.Duration // how long the answer is fresh, 0: not said
	Wishes       Wishes        // of a feed that was read whole
	Moved        string        // where the feed says that it has moved for good, empty: it has not
	Gone         bool          // with an error: the outlet has removed the feed for good
	Unreached    bool          // with an error: no machine answered at all
}

// A Feed is a feed with its schedule.
type Feed struct {
	news.Feed
	Schedule cron.Schedule
	Adaptive bool // asked as often as it seems worth it; the schedule says only how a failure is tried again
}

// A Setup is what the configuration says; it can be replaced while the watch
// goes on.
type Setup struct {
	Feeds    map[string]Feed
	Engine   *read.Engine
	Rulebook *Rulebook
	MaxAge   time.Duration
	// PostBaseline posts what is fresh on a feed's first check too.
	PostBaseline bool
	// Articles fetches the articles of feeds that carry only headlines; nil: nobody does.
	Articles Articles
	// Reminders says when channels are reminded of the days that they were told of;
	// nil: never.
	Reminders *Reminders
	// Refresh brings the rulebook up to the rules, subscriptions and mutes that are
	// stored, before new items are matched: others may have changed them. nil: it
	// is up to them.
	Refresh func(ctx context.Context) error
}

// Lease is how long a claim of a feed holds before another may check it.
const Lease = 5 * time.Minute

// patience is how long a feed may take to be fetched, the wait for a place at
// its host included. It leaves time to store the check under its claim, so that
// no feed is ever asked twice at once.
const patience = Lease * 3 / 4

// A Watch checks feeds.
type Watch struct {
	store    Store
	fetcher  Fetcher
	setup    atomic.Pointer[Setup]
	log      *slog.Logger
	now      func() time.Time
	places   places
	network  network
	shelf    shelf
	saved    func(news.CheckSummary) // called after each check that was stored
	wake     chan struct{}
	deciding sync.Mutex // telling apart and storing go one check at a time
	bench    bench      // guarded by deciding
}

// New returns a watch. saved is told of every check that was stored; parallel
// is how many feeds are asked at once, not counting those that are slow to answer.
func New(store Store, fetcher Fetcher, setup *Setup, log *slog.Logger, now func() time.Time, parallel int, saved func(news.CheckSummary)) *Watch {
	w := &Watch{store: store, fetcher: fetcher, log: log, now: now, places: newPlaces(parallel), saved: saved, wake: make(chan struct{}, 1)}
	w.setup.Store(setup)
	return w
}

// Use replaces the setup; checks under way end with the one they began with.
func (w *Watch) Use(s *Setup) {
	w.setup.Store(s)
	w.Wake()
}

// Wake tells Run that feeds may be due that were not before. It never blocks.
func (w *Watch) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Run checks what is due until ctx ends, then waits for the checks under way.
func (w *Watch) Run(ctx context.Context) error {
	var running sync.WaitGroup
	defer running.Wait()
	running.Go(func() { w.reminders(ctx) })
	for {
		leave, ok := w.places.enter(ctx)
		if !ok {
			return nil
		}
		state, ok, err := w.store.ClaimFeed(ctx, w.now(), Lease)
		if err != nil && ctx.Err() == nil {
			w.log.Error("cannot claim a feed; trying again in 5s", "error", err)
		}
		if ok && err == nil {
			running.Go(func() {
				defer w.places.begin()()
				w.Check(ctx, state)
			})
			continue
		}
		leave()
		if err := w.sleep(ctx, err != nil); err != nil {
			return nil
		}
	}
}

// sleep waits until a feed is due, the setup changes, or ctx ends.
func (w *Watch) sleep(ctx context.Context, troubled bool) error {
	wait := 5 * time.Second
	if !troubled {
		if next, ok, err := w.store.NextDue(ctx); err == nil {
			wait = time.Minute
			if ok {
				wait = min(wait, max(next.Sub(w.now()), 50*time.Millisecond))
			}
		}
	}
	t := time.NewTimer(wait)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
	case <-w.wake:
	}
	return nil
}

// A Report says what one check came to, for people.
type Report struct {
	Feed     string
	Error    error
	Summary  news.CheckSummary
	Baseline bool
	Unseen   int
}

// Once checks every feed of the setup once, whether due or not, and reports on
// each in the order of their names.
func (w *Watch) Once(ctx context.Context) []Report {
	var (
		mu      sync.Mutex
		reports []Report
		running sync.WaitGroup
	)
	for name := range w.setup.Load().Feeds {
		running.Go(func() {
			r := Report{Feed: name}
			if _, ok := w.places.enter(ctx); ok {
				defer w.places.begin()()
			}
			state, ok, err := w.store.ClaimNamed(ctx, name, w.now(), Lease)
			switch {
			case err != nil:
				r.Error = err
			case !ok:
				r.Error = fmt.Errorf("feed %s: another parley is checking it just now", name)
			default:
				r = w.Check(ctx, state)
			}
			mu.Lock()
			reports = append(reports, r)
			mu.Unlock()
		})
	}
	running.Wait()
	slices.SortFunc(reports, func(a, b Report) int {
		if a.Feed < b.Feed {
			return -1
		}
		return 1
	})
	return reports
}

// Check takes one claimed feed down the whole road.
func (w *Watch) Check(ctx context.Context, state news.FeedState) Report {
	s := w.setup.Load()
	feed, ok := s.Feeds[state.Name]
	report := Report{Feed: state.Name, Baseline: state.Baseline}
	if !ok {
		return report // removed from the configuration since it was claimed; the lease runs out
	}
	log := w.log.With("feed", state.Name)
	asked := feed.Feed
	if state.Habits.Followed {
		asked.URL = state.Habits.Moved
	}
	got, err := w.fetch(ctx, asked, state)
	if err != nil && ctx.Err() != nil {
		report.Error = err // stopped, not failed: the next start asks again
		return report
	}
	// What has been brought home is stored, even if parley is being stopped.
	running := ctx
	ctx = context.WithoutCancel(ctx)
	c := news.Check{Feed: state.Name, Claim: state.Claim, At: w.now(), ETag: state.ETag, LastModified: state.LastModified}
	if err != nil {
		offline := w.network.note(asked.URL, got.Unreached)
		c.Error, c.Blameless = err.Error(), offline
		c.Habits = missed(state.Habits, got)
		c.Next = w.retry(feed, state, c.Habits, got, offline)
		log.Warn("check failed", "error", err, "failures", state.Failures, "offline", offline, "next", c.Next)
		report.Error = err
		if _, err := w.store.SaveCheck(ctx, c); err != nil && !errors.Is(err, news.ErrStale) {
			log.Error("the failed check could not be noted", "error", err)
		}
		return report
	}
	w.network.note(asked.URL, false)
	c.Succeeded = true
	c.Habits = met(state.Habits, got, c.At)
	if !got.NotModified {
		got.Wishes.into(&c.Habits)
		c.ETag, c.LastModified = got.ETag, got.LastModified
	} else if got.ETag != "" {
		c.ETag = got.ETag
	}
	items, err := w.store.Unseen(ctx, state.Name, got.Items)
	if err != nil {
		log.Error("the store cannot say which items are new", "error", err)
		report.Error = err
		return report
	}
	report.Unseen = len(items)
	if c.Habits, err = w.brought(ctx, c.Habits, state, items, c.At); err != nil {
		log.Error("the store cannot say which items came before", "error", err)
		report.Error = err
		return report
	}
	if len(items) > 0 {
		state.LastNew = c.At
	}
	c.Next = w.next(feed, state, c.Habits, got)
	if c.Habits.Followed && !state.Habits.Followed {
		log.Info("the feed has moved for good and is asked there from now on; change its url in the configuration")
	}
	slices.SortStableFunc(items, func(a, b news.Item) int { return a.Published.Compare(b.Published) })
	pages := make([]*read.Page, len(items))
	for i, it := range items {
		pages[i] = s.Engine.Read(it)
	}
	if feed.FullText && s.Articles != nil {
		w.fill(running, s, feed.Feed, state, pages, &c)
	}
	summary, err := w.conclude(ctx, s, state, &c, pages)
	switch {
	case errors.Is(err, news.ErrStale):
		log.Info("another parley has checked this feed meanwhile; nothing was changed")
	case err != nil:
		log.Error("the check could not be stored; it will be made again", "error", err)
		report.Error = err
	default:
		w.shelf.clear(state.Name, items)
		report.Summary = summary
		if summary.Items > 0 {
			log.Info("checked", "new", summary.Items, "developments", len(summary.Developments), "notifications", summary.Notifications, "baseline", state.Baseline)
		}
		w.saved(summary)
	}
	return report
}

// fetch asks a feed, within its patience.
func (w *Watch) fetch(ctx context.Context, f news.Feed, state news.FeedState) (Fetched, error) {
	asking, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	got, err := w.fetcher.Fetch(asking, f, state.ETag, state.LastModified)
	if err != nil && asking.Err() != nil && ctx.Err() == nil {
		err = fmt.Errorf("feed %s: it was not its turn within %s; it is tried again", f.Name, patience)
	}
	return got, err
}
