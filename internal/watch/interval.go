package watch

import (
	"math/rand/v2"
	"time"

	"github.com/robfig/cron/v3"

	"parley/internal/news"
)

// Bounds of a feed that is asked as often as it seems worth it.
const (
	soonest = 5 * time.Minute
	latest  = time.Hour
)

// interval is how long to wait after a check that went well. It does not apply to
// cron lines: whoever writes one has chosen the times.
//
// A feed with an interval of its own is asked that often, and up to three times
// less often if its outlet wishes so (ttl, max-age, hours and days to skip). An
// adaptive feed is asked twice in the time it usually takes to bring an item,
// within bounds, and as seldom as its outlet wishes within them. No wish lets a
// feed sleep through the night: talks break down on Sundays too.
func (f Feed) interval(every time.Duration, h news.Habits, lastNew time.Time, maxAge time.Duration, now time.Time) time.Duration {
	least, most, base := every, 3*every, every
	if f.Adaptive {
		least, most = soonest, latest
		if h.Gap > 0 {
			base = h.Gap / 2
			if !lastNew.IsZero() { // it has slowed down since
				base = max(base, now.Sub(lastNew)/4)
			}
		}
	}
	wish := max(h.TTL, maxAge)
	if h.Skips(now) {
		wish = most
	}
	return min(max(base, wish, least), most)
}

// next is when a feed is asked again after a success: as scheduled, a little
// later each time so that feeds of one interval do not march in step.
func (w *Watch) next(f Feed, state news.FeedState, h news.Habits, got Fetched) time.Time {
	now := w.now()
	at := f.Schedule.Next(now)
	if d, ok := f.Schedule.(cron.ConstantDelaySchedule); ok {
		wait := f.interval(d.Delay, h, state.LastNew, got.MaxAge, now)
		at = now.Add(wait + time.Duration(rand.Int64N(int64(wait/10)+1)))
	}
	if t := now.Add(got.After); got.After > 0 && t.After(at) {
		at = t
	}
	return at
}

const (
	maxBackoff = 6 * time.Hour // bounds the wait after failures: a feed is never given up
	goneFirst  = 24 * time.Hour
	goneRest   = 7 * 24 * time.Hour // asking what is gone is rude, never asking again is blind
)

// retry is when a feed is asked again after a failure: later each time, unless
// it is the network that fails, which is no fault of the feed.
func (w *Watch) retry(f Feed, state news.FeedState, h news.Habits, got Fetched, offline bool) time.Time {
	now := w.now()
	wait := min(f.Schedule.Next(now).Sub(now), maxBackoff)
	for range state.Failures {
		if offline {
			break
		}
		if wait *= 2; wait >= maxBackoff {
			wait = maxBackoff
			break
		}
	}
	switch {
	case h.Gone && state.Habits.Gone:
		wait = goneRest
	case h.Gone:
		wait = goneFirst
	}
	wait += time.Duration(rand.Int64N(int64(wait/10) + 1))
	return now.Add(max(wait, got.After))
}
