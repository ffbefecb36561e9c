package watch_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/news"
	"parley/internal/watch"
)

// care is a store of feeds as a herald sees it, and who hears the tidings.
type care struct {
	mu      sync.Mutex
	feeds   map[string]news.FeedState
	order   []string
	deaf    bool // nobody takes what is said
	tried   int
	heard   []string
	offline bool
	turns   map[string]time.Time // until when somebody tells it
}

func (c *care) Feeds(context.Context) (out []news.FeedState, _ error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, name := range c.order {
		out = append(out, c.feeds[name])
	}
	return out, nil
}

func (c *care) Tell(_ context.Context, told map[string]news.Ailment) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for name, a := range told {
		f := c.feeds[name]
		f.Told = a
		c.feeds[name] = f
	}
	return nil
}

func (c *care) SeenOnce(_ context.Context, key string, at time.Time, keep time.Duration) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at.Before(c.turns[key]) {
		return false, nil
	}
	c.turns[key] = at.Add(keep)
	return true, nil
}

func (c *care) say(_ context.Context, t watch.Tidings) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.tried++
	if c.deaf {
		return errors.New("not now")
	}
	var parts []string
	for _, f := range t.Ill {
		parts = append(parts, f.Feed+" "+f.Says)
	}
	if len(t.Well) > 0 {
		parts = append(parts, "well: "+strings.Join(t.Well, " "))
	}
	c.heard = append(c.heard, strings.Join(parts, " | "))
	return nil
}

func (c *care) set(f func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f()
}

func (c *care) isOffline() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.offline
}

func (c *care) put(f news.FeedState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	f.Told = c.feeds[f.Name].Told
	if _, ok := c.feeds[f.Name]; !ok {
		c.order = append(c.order, f.Name)
	}
	c.feeds[f.Name] = f
}

func TestHerald(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &care{feeds: map[string]news.FeedState{}, turns: map[string]time.Time{}}
		clock := ticking()
		h := &watch.Herald{Store: c, Say: c.say, Offline: c.isOffline, Log: quiet(), Now: clock}
		ctx, stop := context.WithCancel(t.Context())
		go h.Run(ctx)
		time.Sleep(30 * time.Second) // what is put is put between two looks, not while one is under way
		expect := func(what string, want ...string) {
			t.Helper()
			time.Sleep(10 * time.Minute)
			c.mu.Lock()
			defer c.mu.Unlock()
			if got := strings.Join(c.heard, "\n"); got != strings.Join(want, "\n") {
				t.Errorf("%s:\n%s\nwant\n%s", what, got, strings.Join(want, "\n"))
			}
			c.heard = nil
		}
		failing := func(name string, failures int) news.FeedState {
			return news.FeedState{Name: name, Failures: failures, LastSuccess: start.Add(-time.Hour), LastNew: start, LastError: "feed " + name + ": 404 Not Found"}
		}
		well := func(name string) news.FeedState {
			return news.FeedState{Name: name, LastSuccess: clock(), LastNew: clock()}
		}
		c.put(well("dawn"))
		c.put(failing("geo", 3))
		expect("a few failures are nobody's business")

		c.put(failing("geo", 4))
		c.put(failing("irna", 9))
		expect("what breaks is told once, together",
			"geo cannot be read since 20 Nov 09:00 UTC (4 failures): 404 Not Found | irna cannot be read since 20 Nov 09:00 UTC (9 failures): 404 Not Found")

		c.put(failing("geo", 5))
		expect("and not again")

		c.put(well("geo"))
		expect("what is well again is told", "well: geo")

		gone := failing("irna", 10)
		gone.Habits.Gone = true
		c.put(gone)
		expect("another ailment is told", "irna was removed for good, its outlet says (410). It is asked once a week from now on: give it a new url, or take it out of the configuration")

		stale := well("dawn")
		stale.Habits.Gap, stale.LastNew = time.Hour, start.Add(-71*time.Hour)
		c.put(stale)
		expect("silence over days is not told at once")
		stale.LastNew = start.Add(-73 * time.Hour)
		c.put(stale)
		expect("but then", "dawn has brought nothing new since 17 Nov 09:00 UTC, though it answers: look whether its outlet has another feed by now")
		idle := stale // parley did not run for days, or nothing could be reached
		idle.Name, idle.LastSuccess = "idle", idle.LastNew.Add(time.Minute)
		c.put(idle)
		expect("who was not asked is not stale")
		stale.Habits.Gap = 24 * time.Hour // such is its way
		c.put(stale)
		expect("a rare feed is not stale", "well: dawn")

		c.set(func() { c.offline = true })
		c.put(failing("dawn", 40))
		expect("while nothing can be reached no feed is to blame")
		c.set(func() { c.offline = false })
		c.put(well("dawn"))
		expect("and when it is back there is nothing to tell")

		c.set(func() { c.deaf, c.tried = true, 0 })
		c.put(failing("dawn", 40))
		time.Sleep(24 * time.Hour)
		c.mu.Lock()
		if c.tried < 20 || c.tried > 40 {
			t.Errorf("it was tried %d times in a day to say what nobody takes", c.tried)
		}
		c.deaf = false
		c.mu.Unlock()
		time.Sleep(time.Hour)
		c.mu.Lock()
		defer c.mu.Unlock()
		if len(c.heard) != 1 || !strings.Contains(fmt.Sprint(c.heard), "dawn cannot be read") {
			t.Errorf("when it can be said again it is: %q", c.heard)
		}
		stop()
	})
}

// Of two parleys on one store one tells what there is.
func TestHeraldsShareTheWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &care{feeds: map[string]news.FeedState{}, turns: map[string]time.Time{}}
		clock := ticking()
		ctx, stop := context.WithCancel(t.Context())
		for range 2 {
			h := &watch.Herald{Store: c, Say: func(ctx context.Context, t watch.Tidings) error {
				time.Sleep(time.Second) // Slack takes its time, and the other looks meanwhile
				return c.say(ctx, t)
			}, Offline: c.isOffline, Log: quiet(), Now: clock}
			go h.Run(ctx)
		}
		c.put(news.FeedState{Name: "dawn", Failures: 9, LastSuccess: start.Add(-time.Hour), LastNew: start, LastError: "404 Not Found"})
		time.Sleep(10 * time.Minute)
		c.mu.Lock()
		defer c.mu.Unlock()
		if len(c.heard) != 1 {
			t.Errorf("%q", c.heard)
		}
		stop()
	})
}
