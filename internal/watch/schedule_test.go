package watch_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/news"
	"parley/internal/watch"
)

func well(context.Context, string, int) (watch.Fetched, error) { return watch.Fetched{}, nil }

func TestDurationsKeepTheirDistance(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), well)
		m := newMemory(start, "dawn")
		run(t, newWatch(m, o, setup(t, k, map[string]string{"dawn": "10m"})), 24*time.Hour)
		gaps := o.gaps("dawn")
		if n := len(gaps); n < 130 || n > 144 {
			t.Errorf("asked %d times in a day", n)
		}
		if least, most := slices.Min(gaps), slices.Max(gaps); least < 10*time.Minute || most > 11*time.Minute+time.Second {
			t.Errorf("the feed was asked after %s, and after %s", least, most)
		} else if most-least < 10*time.Second {
			t.Errorf("feeds of one interval march in step: all gaps are between %s and %s", least, most)
		}
	})
}

func TestCronLinesCountInTheZoneOfTheFeed(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), well)
		m := newMemory(start, "dawn")
		s := setup(t, k, map[string]string{"dawn": "0 8,20 * * *"})
		run(t, newWatch(m, o, s), 49*time.Hour)
		var got []string
		for _, at := range o.times("dawn") {
			got = append(got, at.In(s.Feeds["dawn"].Zone).Format("Mon 15:04"))
		}
		want := []string{"Fri 15:00", "Fri 20:00", "Sat 08:00", "Sat 20:00", "Sun 08:00"} // the first at once
		if !slices.Equal(got, want) {
			t.Errorf("asked at %v, not at %v", got, want)
		}
	})
}

func TestMissedChecksCatchUpOnce(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), well)
		m := newMemory(start.Add(-24*time.Hour), "dawn") // parley did not run for a day
		run(t, newWatch(m, o, setup(t, k, map[string]string{"dawn": "10m"})), 9*time.Minute)
		if n := len(o.times("dawn")); n != 1 {
			t.Errorf("after a day without parley the feed was asked %d times at once", n)
		}
	})
}

func TestNoFeedIsAskedTwiceAtOnce(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(ctx context.Context, feed string, _ int) (watch.Fetched, error) {
			if feed == "hangs" {
				<-ctx.Done()
				return watch.Fetched{}, ctx.Err()
			}
			return watch.Fetched{}, nil
		})
		m := newMemory(start, "hangs", "well")
		w := newWatch(m, o, setup(t, k, map[string]string{"hangs": "30s", "well": "1m"}))
		run(t, w, 2*time.Hour)
		if len(o.twice) > 0 {
			t.Errorf("asked while they were being asked: %v", o.twice)
		}
		if n := len(o.times("well")); n < 100 {
			t.Errorf("beside a feed that hangs, another was asked only %d times in two hours", n)
		}
		if st := m.state("hangs"); st.Failures < 3 || st.LastError == "" {
			t.Errorf("a feed that hangs has %d failures, %q", st.Failures, st.LastError)
		}
	})
}

func TestOnceAndRunShareTheirClaims(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(context.Context, string, int) (watch.Fetched, error) {
			time.Sleep(time.Minute)
			return watch.Fetched{}, nil
		})
		m := newMemory(start, "dawn")
		w := newWatch(m, o, setup(t, k, map[string]string{"dawn": "10m"}))
		go run(t, w, 30*time.Second)
		synctest.Wait()
		reports := w.Once(t.Context())
		if len(reports) != 1 || reports[0].Error == nil || len(o.twice) > 0 {
			t.Errorf("while one check was under way another was made: %+v", reports)
		}
		time.Sleep(2 * time.Minute)
	})
}

func TestRetryAfterIsKept(t *testing.T) {
	k := know(t, "")
	for name, fault := range map[string]error{"refused": errBroken, "well": nil} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOutlets(ticking(), func(_ context.Context, _ string, n int) (watch.Fetched, error) {
					if n == 0 {
						return watch.Fetched{After: 3 * time.Hour}, fault
					}
					return watch.Fetched{}, nil
				})
				m := newMemory(start, "dawn")
				run(t, newWatch(m, o, setup(t, k, map[string]string{"dawn": "5m"})), 6*time.Hour)
				if gaps := o.gaps("dawn"); len(gaps) < 2 || gaps[0] < 3*time.Hour || gaps[0] > 3*time.Hour+time.Minute || gaps[1] > 6*time.Minute {
					t.Errorf("asked again after %v", gaps)
				}
			})
		})
	}
}

func TestFailuresAreAskedLessOftenAndNeverGivenUp(t *testing.T) {
	k := know(t, "")
	for _, every := range []string{"30s", "10m", "5h", "*/5 * * * *", "2400h"} {
		t.Run(every, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				broken := true
				o := newOutlets(ticking(), func(context.Context, string, int) (watch.Fetched, error) {
					if broken {
						return watch.Fetched{}, errBroken
					}
					return watch.Fetched{}, nil
				})
				m := newMemory(start, "dawn")
				w := newWatch(m, o, setup(t, k, map[string]string{"dawn": every}))
				run(t, w, 10*24*time.Hour)
				gaps := o.gaps("dawn")
				if len(gaps) < 10*3 {
					t.Fatalf("asked only %d times in ten days: it was given up", len(gaps))
				}
				for i, g := range gaps {
					if g > 6*time.Hour*11/10+time.Minute {
						t.Errorf("gap %d is %s", i, g)
					}
				}
				if last := gaps[len(gaps)-1]; last < 6*time.Hour {
					t.Errorf("after %d failures it is asked again after %s", len(gaps), last)
				}
				if st := m.state("dawn"); st.Failures != len(gaps)+1 || st.LastError != errBroken.Error() {
					t.Errorf("%d failures counted of %d, the last is %q", st.Failures, len(gaps)+1, st.LastError)
				}
				broken = false
				run(t, w, 7*time.Hour)
				if st := m.state("dawn"); st.Failures != 0 || st.LastError != "" {
					t.Errorf("it is well again and counted as failing: %+v", st)
				}
			})
		})
	}
}

// However many failures there were, and however long the interval is, the next
// check lies ahead.
func TestBackoffDoesNotOverflow(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(context.Context, string, int) (watch.Fetched, error) { return watch.Fetched{}, errBroken })
		for _, failures := range []int{0, 1, 9, 63, 64, 100_000, math.MaxInt32} {
			m := newMemory(start, "dawn")
			m.feeds["dawn"].Failures = failures
			w := newWatch(m, o, setup(t, k, map[string]string{"dawn": "87600h"})) // ten years
			w.Once(t.Context())
			if next := m.saved("dawn")[0].Next; !next.After(o.clock()) || next.After(o.clock().Add(7*time.Hour)) {
				t.Errorf("after %d failures the next check is at %s", failures, next)
			}
		}
	})
}

func TestManyFeedsAreAskedAtOnceUpToTheLimit(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		now, most := 0, 0
		var o *outlets
		o = newOutlets(ticking(), func(context.Context, string, int) (watch.Fetched, error) {
			o.mu.Lock()
			now++
			most = max(most, now)
			o.mu.Unlock()
			time.Sleep(200 * time.Millisecond)
			o.mu.Lock()
			now--
			o.mu.Unlock()
			return watch.Fetched{}, nil
		})
		names, feeds := []string{}, map[string]string{}
		for i := range 200 {
			name := fmt.Sprintf("feed-%d", i)
			names, feeds[name] = append(names, name), "1h"
		}
		m := newMemory(start, names...)
		run(t, newWatch(m, o, setup(t, k, feeds)), time.Minute)
		if most != 64 {
			t.Errorf("%d feeds were asked at once, not 64", most)
		}
		if len(m.checks) != 200 {
			t.Errorf("%d of 200 feeds were checked in a minute", len(m.checks))
		}
	})
}

func TestNewSetupIsTakenUpAtOnce(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), well)
		m := newMemory(start, "dawn")
		w := newWatch(m, o, setup(t, k, map[string]string{"dawn": "1h"}))
		go run(t, w, time.Hour)
		time.Sleep(10 * time.Second)
		w.Use(setup(t, k, map[string]string{"observer": "1h"}))
		m.mu.Lock()
		delete(m.feeds, "dawn")
		m.feeds["observer"] = &row{FeedState: news.FeedState{Name: "observer", NextCheck: o.clock()}}
		m.mu.Unlock()
		w.Wake()
		synctest.Wait()
		if len(o.times("observer")) != 1 {
			t.Error("a feed that was added was not asked at once")
		}
		time.Sleep(2 * time.Hour)
		if n := len(o.times("dawn")); n != 1 {
			t.Errorf("a feed that was removed was asked %d times", n)
		}
	})
}

func TestStopKeepsWhatWasBroughtHome(t *testing.T) {
	k := know(t, "rules: [{name: date, when: \"kind:talks-scheduled\"}]\nslack: {channel: \"#negotiations\"}")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(ctx context.Context, feed string, n int) (watch.Fetched, error) {
			if feed == "hangs" {
				<-ctx.Done()
				return watch.Fetched{}, ctx.Err()
			}
			time.Sleep(20 * time.Second) // answers after parley was asked to stop
			return watch.Fetched{Items: []news.Item{item("1", named, start)}}, nil
		})
		m := newMemory(start, "observer", "hangs")
		m.feeds["observer"].Baseline = false
		run(t, newWatch(m, o, setup(t, k, map[string]string{"observer": "10m", "hangs": "10m"})), 10*time.Second)
		if c := m.saved("observer"); len(c) != 1 || len(c[0].Items) != 1 || len(c[0].Items[0].Notifications) != 1 {
			t.Errorf("what was brought home while parley stopped is lost: %+v", c)
		}
		if c := m.saved("hangs"); len(c) != 0 {
			t.Errorf("a check that was cut short counts as a failure: %+v", c)
		}
	})
}

func TestValidatorsAreKeptOverNotModified(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), func(_ context.Context, _ string, n int) (watch.Fetched, error) {
			switch n {
			case 0:
				return watch.Fetched{ETag: `"a"`, LastModified: "then"}, nil
			case 3:
				return watch.Fetched{ETag: `"b"`}, nil
			case 4:
				return watch.Fetched{}, errBroken
			}
			return watch.Fetched{NotModified: true}, nil
		})
		m := newMemory(start, "dawn")
		run(t, newWatch(m, o, setup(t, k, map[string]string{"dawn": "10m"})), 2*time.Hour)
		if want := []string{"", `"a"`, `"a"`, `"a"`, `"b"`, `"b"`}; !slices.Equal(o.etags["dawn"][:6], want) {
			t.Errorf("asked with %v, not with %v", o.etags["dawn"], want)
		}
	})
}

func TestTroubleOfTheStoreDoesNotEndTheWatch(t *testing.T) {
	k := know(t, "")
	synctest.Test(t, func(t *testing.T) {
		o := newOutlets(ticking(), well)
		m := newMemory(start, "dawn")
		m.fail = errors.New("the disk is full")
		w := newWatch(m, o, setup(t, k, map[string]string{"dawn": "10m"}))
		go run(t, w, 12*time.Hour)
		time.Sleep(time.Hour)
		m.mu.Lock()
		m.fail = nil
		m.mu.Unlock()
		time.Sleep(20 * time.Minute)
		if len(m.saved("dawn")) == 0 {
			t.Error("after the disk was freed nothing was stored")
		}
		if n := len(o.times("dawn")); n > 20 {
			t.Errorf("while nothing could be stored the feed was asked %d times in 80 minutes", n)
		}
		time.Sleep(12 * time.Hour)
	})
}
