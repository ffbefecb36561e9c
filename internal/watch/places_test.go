package watch_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/watch"
)

// Feeds that hang take nothing from those that are well, be they as many as may
// be asked at once, or many times that. Only claiming them takes its turn.
func TestHangingFeedsHoldNobody(t *testing.T) {
	k := know(t, "")
	for _, tt := range []struct {
		hanging int
		behind  time.Duration
	}{{64, time.Second}, {1000, 5 * time.Second}} {
		t.Run(fmt.Sprint(tt.hanging), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				o := newOutlets(ticking(), func(ctx context.Context, feed string, _ int) (watch.Fetched, error) {
					if feed[0] == 'h' {
						time.Sleep(15 * time.Second)
						return watch.Fetched{}, errBroken
					}
					time.Sleep(50 * time.Millisecond)
					return watch.Fetched{}, nil
				})
				m := newMemory(start, "h")
				feeds := map[string]string{"h": "10m"}
				for i := range tt.hanging {
					name := fmt.Sprintf("h%d", i)
					m.feeds[name] = newMemory(start.Add(-time.Minute), name).feeds[name] // these are first
					feeds[name] = "10m"
				}
				var good []string
				for i := range 200 {
					name := fmt.Sprintf("good%d", i)
					m.feeds[name] = newMemory(start, name).feeds[name]
					feeds[name], good = "10m", append(good, name)
				}
				run(t, newWatch(m, o, setup(t, k, feeds)), 20*time.Second)
				var worst time.Duration
				for _, name := range good {
					saved := m.saved(name)
					if len(saved) == 0 {
						t.Fatalf("%s was not checked", name)
					}
					worst = max(worst, saved[0].At.Sub(start))
				}
				t.Logf("behind %d feeds that hang, the last good one is %s late", tt.hanging, worst)
				if worst > tt.behind {
					t.Errorf("more than %s", tt.behind)
				}
			})
		})
	}
}
