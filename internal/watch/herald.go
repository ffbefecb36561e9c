package watch

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"parley/internal/news"
)

// A Herald tells whoever looks after the feeds when one needs them, and when it is
// well again. It compares what is with what was told: an ailment that comes and
// goes between two looks is not told, many at once are told together, and what
// could not be said is said at the next look.
type Herald struct {
	Store HeraldStore
	// Say passes tidings on. After an error they count as not told.
	Say func(ctx context.Context, t Tidings) error
	// Offline says whether nothing can be reached: then no feed is to blame.
	Offline func() bool
	Log     *slog.Logger
	Now     func() time.Time
}

// A HeraldStore knows the feeds and of what their owner was told.
type HeraldStore interface {
	Feeds(ctx context.Context) ([]news.FeedState, error)
	Tell(ctx context.Context, told map[string]news.Ailment) error
	SeenOnce(ctx context.Context, key string, at time.Time, keep time.Duration) (first bool, err error)
}

// Tidings are what changed since the last ones.
type Tidings struct {
	Ill  []Ill
	Well []string // names of feeds that are well again
}

// An Ill feed, with a sentence that goes on after its name.
type Ill struct{ Feed, Says string }

// Offline says whether nothing can be reached just now.
func (w *Watch) Offline() bool { return w.network.offline() }

const (
	lookEvery  = time.Minute
	longestSay = time.Hour // between two attempts to say what nobody takes
	turn       = lookEvery - 10*time.Second
)

// Run looks every minute until ctx ends.
func (h *Herald) Run(ctx context.Context) {
	wait := lookEvery
	for {
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
		if err := h.Look(ctx); err != nil && ctx.Err() == nil {
			wait = min(2*wait, longestSay)
			h.Log.Warn("what there is to say of feeds could not be said", "error", err, "again in", wait)
			continue
		}
		wait = lookEvery
	}
}

// Look tells what has changed.
func (h *Herald) Look(ctx context.Context) error {
	if h.Offline() {
		return nil
	}
	feeds, err := h.Store.Feeds(ctx)
	if err != nil {
		return err
	}
	var t Tidings
	told := map[string]news.Ailment{}
	for _, f := range feeds {
		ailment, says := f.Ailment(h.Now())
		if ailment == f.Told || ailment == "" && f.Failures > 0 {
			continue // it is known; or it fails again, or still, and not for long enough to be told anew
		}
		// Of several parleys that share the work one tells it, and the next to look
		// finds it told. If it cannot, its turn is over before it tries again.
		if mine, err := h.Store.SeenOnce(ctx, "tidings of "+f.Name+": "+string(ailment), h.Now(), turn); err != nil {
			return err
		} else if !mine {
			continue
		}
		if ailment != "" {
			t.Ill = append(t.Ill, Ill{f.Name, strings.ReplaceAll(says, "feed "+f.Name+": ", "")})
		} else {
			t.Well = append(t.Well, f.Name)
		}
		told[f.Name] = ailment
	}
	if len(told) == 0 {
		return nil
	}
	if err := h.Say(ctx, t); err != nil {
		return err
	}
	// What is said and not noted is said once more after a crash: better twice
	// than never.
	return h.Store.Tell(context.WithoutCancel(ctx), told)
}
