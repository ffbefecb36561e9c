package watch_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/news"
	"parley/internal/watch"
)

const oneRule = `
slack: {channel: "#negotiations"}
rules: [{name: mediator-names-date, when: "by:mediator kind:talks-scheduled date:upcoming", level: urgent}]
`

// What is posted of an item, and what is said to have stopped it, by when it
// was published and on which check of its feed it came.
func TestWhatIsPosted(t *testing.T) {
	k := know(t, oneRule)
	hour := func(h int) time.Time { return start.Add(time.Duration(h) * time.Hour) }
	for name, c := range map[string]struct {
		title        string
		published    time.Time
		baseline     bool
		postBaseline bool
		posted       int
		why          string
	}{
		"fresh":                                 {title: named, published: hour(-1), posted: 1},
		"no negotiation":                        {title: cricket, published: hour(-1), why: "no "},
		"nothing any rule asks for":             {title: moved, published: hour(-1), why: "no rule matched"},
		"first check":                           {title: named, published: hour(-1), baseline: true, why: "baseline"},
		"first check that posts":                {title: named, published: hour(-1), baseline: true, postBaseline: true, posted: 1},
		"first check that posts, old":           {title: named, published: hour(-49), baseline: true, postBaseline: true, why: "48h"},
		"first check that posts, undated":       {title: named, baseline: true, postBaseline: true, why: "no date"},
		"first check, undated":                  {title: named, baseline: true, why: "baseline"},
		"just not too old":                      {title: named, published: hour(-47), posted: 1},
		"too old":                               {title: named, published: hour(-49), why: "more than 48h"},
		"dated ahead by a clock that runs fast": {title: named, published: hour(1), posted: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOutlets(ticking(), func(context.Context, string, int) (watch.Fetched, error) {
					return watch.Fetched{Items: []news.Item{item("1", c.title, c.published)}}, nil
				})
				m := newMemory(start, "observer")
				m.feeds["observer"].Baseline = c.baseline
				s := setup(t, k, map[string]string{"observer": "10m"})
				s.PostBaseline = c.postBaseline
				reports := newWatch(m, o, s).Once(t.Context())
				if reports[0].Error != nil || reports[0].Baseline != c.baseline || reports[0].Summary.Items != 1 {
					t.Fatalf("%+v", reports[0])
				}
				stored := m.saved("observer")[0].Items
				if len(stored) != 1 {
					t.Fatalf("%d items were stored: every one is", len(stored))
				}
				if len(stored[0].Notifications) != c.posted {
					t.Errorf("%d notifications, not %d", len(stored[0].Notifications), c.posted)
				}
				if c.why == "" && stored[0].Why != "" || !strings.Contains(stored[0].Why, c.why) {
					t.Errorf("it is said to have been stopped by %q, not by %q", stored[0].Why, c.why)
				}
			})
		})
	}
}

// An undated item that comes after the first check is new, whatever its date:
// it was not there before.
func TestUndatedItemsOfLaterChecks(t *testing.T) {
	k := know(t, "slack: {channel: \"#negotiations\"}\nrules: [{name: date, when: \"kind:talks-scheduled\"}]")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(_ context.Context, _ string, n int) (watch.Fetched, error) {
			if n == 0 {
				return watch.Fetched{}, nil
			}
			return watch.Fetched{Items: []news.Item{item("1", named, time.Time{})}}, nil
		})
		m := newMemory(start, "observer")
		run(t, newWatch(m, o, setup(t, k, map[string]string{"observer": "10m"})), 15*time.Minute)
		checks := m.saved("observer")
		if len(checks) != 2 || len(checks[1].Items) != 1 || len(checks[1].Items[0].Notifications) != 1 {
			t.Errorf("%+v", checks)
		}
	})
}

func TestOneDevelopmentIsPostedOnce(t *testing.T) {
	k := know(t, oneRule)
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(_ context.Context, feed string, n int) (watch.Fetched, error) {
			if feed == "observer" {
				// the same development twice in one feed, told again by another later on
				return watch.Fetched{Items: []news.Item{
					item("2", "Next round of Iran-US talks will be held in Muscat on Tuesday, Oman says", start.Add(time.Minute)), item("1", named, start),
				}}, nil
			}
			return watch.Fetched{Items: []news.Item{item("9", named, start.Add(time.Hour))}}, nil
		})
		m := newMemory(start, "observer", "dawn")
		m.feeds["observer"].Baseline = false
		m.feeds["dawn"].Baseline = false
		m.feeds["dawn"].NextCheck = start.Add(2 * time.Hour)
		run(t, newWatch(m, o, setup(t, k, map[string]string{"observer": "10m", "dawn": "10m"})), 3*time.Hour)
		posted := []string{}
		for _, c := range m.checks {
			for _, it := range c.Items {
				for range it.Notifications {
					posted = append(posted, c.Feed+" "+it.Item.ID)
				}
			}
		}
		if len(posted) != 1 || posted[0] != "observer 1" {
			t.Errorf("posted were %v, not the first report alone", posted)
		}
		if why := m.saved("dawn")[0].Items[0].Why; !strings.Contains(why, "repeat") {
			t.Errorf("the copy was stopped by %q", why)
		}
		if n := len(m.saved("observer")); n < 10 || len(m.saved("observer")[1].Items) != 0 {
			t.Errorf("items that were stored came again in one of %d checks", n)
		}
	})
}

func TestOutdatedClaimChangesNothing(t *testing.T) {
	k := know(t, oneRule)
	synctest.Test(t, func(t *testing.T) {
		var m *memory
		o := newOutlets(ticking(), func(context.Context, string, int) (watch.Fetched, error) {
			m.mu.Lock()
			m.feeds["observer"].Claim++ // another parley took over
			m.mu.Unlock()
			return watch.Fetched{Items: []news.Item{item("1", named, start)}}, nil
		})
		m = newMemory(start, "observer")
		reports := newWatch(m, o, setup(t, k, map[string]string{"observer": "10m"})).Once(t.Context())
		if reports[0].Error != nil || reports[0].Summary.Items != 0 || len(m.checks) != 0 {
			t.Errorf("%+v, %d checks stored", reports[0], len(m.checks))
		}
	})
}

// Another parley may store developments while a check is judged. Then it is judged
// anew, as often as that happens, and tells only what the other has not told.
func TestOvertaken(t *testing.T) {
	k := know(t, oneRule)
	tracked := func(m *memory) []news.Tracked {
		var out []news.Tracked
		for i, c := range m.saved("observer") {
			for _, ci := range c.Items {
				for _, j := range ci.Judged {
					out = append(out, news.Tracked{ID: news.DevelopmentID(i + 1), Development: j.Development, First: c.At, Last: c.At, Marks: j.Marks})
				}
			}
		}
		return out
	}
	check := func(t *testing.T, titles []string, faster []news.Tracked) *memory {
		var items []news.Item
		for i, title := range titles {
			items = append(items, item(string(rune('a'+i)), title, start.Add(-time.Hour)))
		}
		m := newMemory(start, "observer")
		m.feeds["observer"].Baseline = false
		m.faster = faster
		o := newOutlets(ticking(), func(context.Context, string, int) (watch.Fetched, error) { return watch.Fetched{Items: items}, nil })
		if r := newWatch(m, o, setup(t, k, map[string]string{"observer": "10m"})).Once(t.Context()); r[0].Error != nil {
			t.Fatal(r[0].Error)
		}
		return m
	}
	synctest.Test(t, func(t *testing.T) {
		known := tracked(check(t, []string{named}, nil)) // what the other has stored
		if len(known) != 1 {
			t.Fatalf("%d developments", len(known))
		}
		other := known[0]
		other.ID, other.Kind = 2, news.MessageConveyed
		m := check(t, []string{named, named + " again"}, []news.Tracked{known[0], other})
		saved := m.saved("observer")
		if len(saved) != 1 || len(saved[0].Items) != 2 {
			t.Fatalf("%d checks were stored: %+v", len(saved), saved)
		}
		for _, ci := range saved[0].Items {
			if len(ci.Notifications) != 0 || len(ci.Judged) != 1 || ci.Judged[0].Is != news.Repeat || ci.Judged[0].ID != 1 {
				t.Errorf("%s: %d notifications, judged %+v", ci.Item.ID, len(ci.Notifications), ci.Judged)
			}
		}
		if saved[0].Known != 2 {
			t.Errorf("it was told apart from revision %d, not 2", saved[0].Known)
		}
	})
}
