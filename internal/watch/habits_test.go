package watch_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/news"
	"parley/internal/watch"
)

// A feed is asked as often as it was configured to be or, if that is left to
// parley, as it brings something; its own wishes lengthen that within bounds.
func TestIntervals(t *testing.T) {
	k := know(t, "")
	day := news.Habits{SkipDays: 1 << time.Friday} // start is a Friday
	tests := []struct {
		name   string
		every  string // "": adaptive
		habits news.Habits
		since  time.Duration // the last new item
		maxAge time.Duration
		want   time.Duration
	}{
		{"as configured", "10m", news.Habits{}, 0, 0, 10 * time.Minute},
		{"rare items do not matter then", "10m", news.Habits{Gap: 48 * time.Hour}, time.Hour, 0, 10 * time.Minute},
		{"a wish counts", "10m", news.Habits{TTL: 15 * time.Minute}, 0, 0, 15 * time.Minute},
		{"the longest counts", "10m", news.Habits{TTL: 15 * time.Minute}, 0, 20 * time.Minute, 20 * time.Minute},
		{"up to three times as long", "10m", news.Habits{}, 0, 24 * time.Hour, 30 * time.Minute},
		{"no wish shortens", "10m", news.Habits{TTL: time.Minute}, 0, 0, 10 * time.Minute},
		{"a day to skip is not skipped whole", "10m", day, 0, 0, 30 * time.Minute},
		{"long intervals stay", "12h", news.Habits{}, 0, 0, 12 * time.Hour},
		{"unknown", "", news.Habits{}, 0, 0, 10 * time.Minute},
		{"busy", "", news.Habits{Gap: time.Minute}, time.Minute, 0, 5 * time.Minute},
		{"in between", "", news.Habits{Gap: 40 * time.Minute}, time.Minute, 0, 20 * time.Minute},
		{"slowing down", "", news.Habits{Gap: 40 * time.Minute}, 2 * time.Hour, 0, 30 * time.Minute},
		{"quiet", "", news.Habits{Gap: 24 * time.Hour}, time.Hour, 0, time.Hour},
		{"busy, and it wishes so", "", news.Habits{Gap: time.Minute, TTL: 30 * time.Minute}, time.Minute, 0, 30 * time.Minute},
		{"no wish silences", "", news.Habits{Gap: time.Minute, TTL: 24 * time.Hour}, time.Minute, 0, time.Hour},
		{"a day to skip", "", day, 0, 0, time.Hour},
		{"an hour to skip", "", news.Habits{SkipHours: 1 << 10}, 0, 0, time.Hour}, // start is at 10:00
		{"another hour to skip", "", news.Habits{SkipHours: 1 << 11}, 0, 0, 10 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOutlets(ticking(), func(context.Context, string, int) (watch.Fetched, error) {
					return watch.Fetched{NotModified: true, MaxAge: tt.maxAge}, nil
				})
				m := newMemory(start, "dawn")
				m.feeds["dawn"].Habits = tt.habits
				if tt.since > 0 {
					m.feeds["dawn"].LastNew = start.Add(-tt.since)
				}
				s := setup(t, k, map[string]string{"dawn": "10m"})
				if tt.every != "" {
					s = setup(t, k, map[string]string{"dawn": tt.every})
				} else {
					f := s.Feeds["dawn"]
					f.Adaptive = true
					s.Feeds["dawn"] = f
				}
				newWatch(m, o, s).Once(t.Context())
				got := m.saved("dawn")[0].Next.Sub(start)
				if got < tt.want || got > tt.want*11/10+time.Second {
					t.Errorf("asked again after %s, want %s and a little", got, tt.want)
				}
			})
		})
	}
}

// What a document wishes holds while it does not change.
func TestWishesOutliveNotModified(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(_ context.Context, _ string, n int) (watch.Fetched, error) {
			switch n {
			case 0:
				return watch.Fetched{Wishes: watch.Wishes{TTL: 20 * time.Minute, SkipHours: []int{3}, SkipDays: []time.Weekday{time.Sunday}}}, nil
			case 3:
				return watch.Fetched{}, nil // wishes nothing any more
			}
			return watch.Fetched{NotModified: true}, nil
		})
		m := newMemory(start, "dawn")
		run(t, newWatch(m, o, setup(t, k, map[string]string{"dawn": "10m"})), 90*time.Minute)
		var got []time.Duration
		for _, g := range o.gaps("dawn") {
			got = append(got, g.Truncate(10*time.Minute))
		}
		if want := []time.Duration{20 * time.Minute, 20 * time.Minute, 20 * time.Minute, 10 * time.Minute}; !slices.Equal(got[:4], want) {
			t.Errorf("asked after %v, want %v", got, want)
		}
		if h := m.saved("dawn")[1].Habits; h.SkipHours != 1<<3 || h.SkipDays != 1 {
			t.Errorf("skips %b and %b", h.SkipHours, h.SkipDays)
		}
	})
}

// How often a feed brings something is learned: at first from its dates, then
// from what comes.
func TestGapsAreLearned(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(_ context.Context, _ string, n int) (watch.Fetched, error) {
			switch n {
			case 0:
				return watch.Fetched{Items: []news.Item{item("1", cricket, start.Add(-8*time.Hour)), item("2", cricket, start.Add(-4*time.Hour)), item("3", cricket, start)}}, nil
			case 1:
				return watch.Fetched{Items: []news.Item{item("4", cricket, start), item("5", cricket, start)}}, nil
			}
			return watch.Fetched{NotModified: true}, nil
		})
		m := newMemory(start, "observer")
		run(t, newWatch(m, o, setup(t, k, map[string]string{"observer": "2h"})), 7*time.Hour)
		list := m.saved("observer")
		if got := list[0].Habits.Gap; got != 4*time.Hour {
			t.Errorf("from the dates: %s", got)
		}
		// two items in the two hours since: one an hour
		if got := list[1].Habits.Gap; got < 3*time.Hour+15*time.Minute || got > 3*time.Hour+20*time.Minute {
			t.Errorf("after the second check: %s", got)
		}
		if list[2].Habits.Gap != list[1].Habits.Gap {
			t.Error("a check without news changed it")
		}
	})
}

// A feed that has moved for good is asked there once that was seen often enough
// for long enough; if it fails there, at its old address again.
func TestMovedFeeds(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		const moved = "https://new.example/feed"
		var asked []string
		slip := true
		o := &addressed{newOutlets(ticking(), nil), func(f news.Feed, n int) (watch.Fetched, error) {
			asked = append(asked, f.URL)
			switch {
			case f.URL == moved && n > 50:
				return watch.Fetched{}, errBroken
			case f.URL == moved:
				return watch.Fetched{}, nil
			case slip && n >= 3: // once it did not redirect
				slip = false
				return watch.Fetched{}, nil
			case n > 50:
				return watch.Fetched{}, nil
			}
			return watch.Fetched{Moved: moved}, nil
		}}
		m := newMemory(start, "dawn")
		w := watch.New(m, o, setup(t, k, map[string]string{"dawn": "1h"}), quiet(), o.clock, 64, func(news.CheckSummary) {})
		run(t, w, 72*time.Hour)
		first := slices.Index(asked, moved)
		if first < 4+24*10/11 || first > 4+26 {
			t.Errorf("followed at check %d, and it was seen without a break from the fifth on", first)
		}
		last := len(asked) - 1 - slices.Index(slices.Collect(func(yield func(string) bool) {
			for _, a := range slices.Backward(asked) {
				if !yield(a) {
					return
				}
			}
		}), moved)
		if last != 51 || slices.Contains(asked[52:], moved) {
			t.Errorf("it failed at the new address at check 51, and was last asked there at %d", last)
		}
		if h := m.state("dawn").Habits; h.Followed || h.Moved != "" {
			t.Errorf("%+v", h)
		}
	})
}

// addressed answers by address.
type addressed struct {
	*outlets
	reply func(f news.Feed, n int) (watch.Fetched, error)
}

func (a *addressed) Fetch(_ context.Context, f news.Feed, _, _ string) (watch.Fetched, error) {
	a.mu.Lock()
	n := len(a.asked[f.Name])
	a.asked[f.Name] = append(a.asked[f.Name], a.clock())
	a.mu.Unlock()
	return a.reply(f, n)
}

// What was removed for good is asked seldom, and is not forgotten.
func TestRemovedFeeds(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(_ context.Context, _ string, n int) (watch.Fetched, error) {
			if n == 0 || n >= 4 {
				return watch.Fetched{}, nil
			}
			return watch.Fetched{Gone: true}, errBroken
		})
		m := newMemory(start, "dawn")
		run(t, newWatch(m, o, setup(t, k, map[string]string{"dawn": "10m"})), 20*24*time.Hour)
		gaps := o.gaps("dawn")
		for i, want := range []time.Duration{10 * time.Minute, 24 * time.Hour, 7 * 24 * time.Hour, 7 * 24 * time.Hour, 10 * time.Minute} {
			if gaps[i] < want || gaps[i] > want*11/10+time.Second {
				t.Errorf("gap %d is %s, want %s and a little", i, gaps[i], want)
			}
		}
		st := news.FeedState{Failures: 1, LastSuccess: start, Habits: m.saved("dawn")[1].Habits}
		if a, _ := st.Ailment(start.Add(time.Minute)); a != news.Removed {
			t.Errorf("it is %q, and not told at once that it is gone", a)
		}
		if m.state("dawn").Habits.Gone {
			t.Error("it is back, and counts as gone")
		}
	})
}

// A feed whose new items were all there before, check after check, repeats itself.
func TestRepeatingFeeds(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(_ context.Context, _ string, n int) (watch.Fetched, error) {
			var items []news.Item
			for i := range 6 {
				items = append(items, item(fmt.Sprintf("%d-%d", n, i), cricket, start))
			}
			return watch.Fetched{Items: items}, nil
		})
		m := newMemory(start, "dawn")
		m.repeated = 4
		w := newWatch(m, o, setup(t, k, map[string]string{"dawn": "10m"}))
		run(t, w, 35*time.Minute)
		if st := m.state("dawn"); st.Habits.Repeats != 3 { // the first is the baseline
			t.Errorf("%d times", st.Habits.Repeats)
		} else if a, _ := st.Ailment(o.clock()); a != news.Repeating {
			t.Errorf("it is %q", a)
		}
		m.repeated = 3
		run(t, w, 15*time.Minute)
		if st := m.state("dawn"); st.Habits.Repeats != 0 {
			t.Error("half of it is new, and it counts as repeating")
		}
	})
}

// When nothing can be reached no feed is to blame: all are asked again at their
// own interval, so that they are back as soon as the network is. One that alone
// cannot be reached is asked less and less.
func TestNetworkIsToBlame(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		down := func(time.Duration) bool { return true }
		o := newOutlets(ticking(), nil)
		m := newMemory(start, "a", "b", "c", "dead")
		o.answer = func(_ context.Context, feed string, _ int) (watch.Fetched, error) {
			if n := m.state(feed).Failures; n > 2 && feed != "dead" {
				t.Errorf("%s has %d failures, though it was the network that failed", feed, n)
			}
			if down(o.clock().Sub(start)) || feed == "dead" {
				return watch.Fetched{Unreached: true}, errBroken
			}
			return watch.Fetched{}, nil
		}
		feeds := map[string]string{"a": "10m", "b": "10m", "c": "10m", "dead": "10m"}
		down = func(after time.Duration) bool { return after > time.Hour && after < 11*time.Hour }
		run(t, newWatch(m, o, setup(t, k, feeds)), 48*time.Hour)
		for _, name := range []string{"a", "b", "c"} {
			back := time.Duration(0)
			for _, c := range m.saved(name) {
				if at := c.At.Sub(start); c.Succeeded && at > 11*time.Hour {
					back = at - 11*time.Hour
					break
				}
			}
			if back == 0 || back > 45*time.Minute {
				t.Errorf("%s was asked again %s after the network was back", name, back)
			}
		}
		if gaps := o.gaps("dead"); gaps[len(gaps)-1] < 5*time.Hour {
			t.Errorf("a feed that alone cannot be reached is asked after %v", gaps)
		}
	})
}
