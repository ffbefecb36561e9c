package watch

import (
	"context"
	"net/url"
	"sync"
	"time"

	"parley/internal/news"
)

// Wishes are what a feed itself says of when to be asked.
type Wishes struct {
	TTL       time.Duration
	SkipHours []int          // UTC
	SkipDays  []time.Weekday // UTC
}

func (v Wishes) into(h *news.Habits) {
	h.TTL, h.SkipHours, h.SkipDays = v.TTL, 0, 0
	for _, n := range v.SkipHours {
		h.SkipHours |= 1 << (n % 24)
	}
	for _, d := range v.SkipDays {
		h.SkipDays |= 1 << (d % 7)
	}
}

// A redirect for good is followed once it was seen so often over so long: a
// portal that asks for a sign-in, or an outlet's slip of an afternoon, must not
// turn a feed into something else.
const (
	movedOften = 3
	movedLong  = 24 * time.Hour
)

// met takes over what a check that went well shows of where the feed is.
func met(h news.Habits, got Fetched, now time.Time) news.Habits {
	h.Gone = false
	switch {
	case got.Moved == "" && !h.Followed:
		h.Moved, h.MovedSeen, h.MovedSince = "", 0, time.Time{}
	case got.Moved == "": // it answers where it has moved to
	case got.Moved != h.Moved || h.Followed: // it moves on: from the configured address again
		h.Moved, h.MovedSeen, h.MovedSince, h.Followed = got.Moved, 1, now.UTC(), false
	default:
		h.MovedSeen++
		h.Followed = h.MovedSeen >= movedOften && now.Sub(h.MovedSince) >= movedLong
	}
	return h
}

// missed takes over what a check that failed shows. What fails where a feed had
// moved to is asked at its configured address again.
func missed(h news.Habits, got Fetched) news.Habits {
	if h.Followed {
		h.Moved, h.MovedSeen, h.MovedSince, h.Followed = "", 0, time.Time{}, false
		return h
	}
	h.Gone = got.Gone
	return h
}

// enough is how many new items make a pattern.
const enough = 5

// brought takes over what new items show: how often there are any, and whether
// they are new at all.
func (w *Watch) brought(ctx context.Context, h news.Habits, state news.FeedState, unseen []news.Item, now time.Time) (news.Habits, error) {
	if len(unseen) == 0 {
		return h, nil
	}
	switch gap := observedGap(state, unseen, now); {
	case gap <= 0:
	case h.Gap == 0:
		h.Gap = gap
	default:
		h.Gap = (3*h.Gap + gap) / 4
	}
	if state.Baseline || len(unseen) < enough {
		return h, nil
	}
	again, err := w.store.Repeated(ctx, state.Name, unseen)
	if err != nil {
		return h, err
	}
	if 2*again > len(unseen) {
		h.Repeats++
	} else {
		h.Repeats = 0
	}
	return h, nil
}

// observedGap is the time between items that a check shows: since the last new
// one, or on a feed's first check between the dates in the document.
func observedGap(state news.FeedState, unseen []news.Item, now time.Time) time.Duration {
	if !state.LastNew.IsZero() {
		return now.Sub(state.LastNew) / time.Duration(len(unseen))
	}
	var first, last time.Time
	n := 0
	for _, it := range unseen {
		if it.Published.IsZero() {
			continue
		}
		if n++; n == 1 || it.Published.Before(first) {
			first = it.Published
		}
		if it.Published.After(last) {
			last = it.Published
		}
	}
	if n < 2 {
		return 0
	}
	return last.Sub(first) / time.Duration(n-1)
}

// A network notices when nothing can be reached any more: then it is this
// machine that is cut off, and no feed is to blame.
type network struct {
	mu   sync.Mutex
	lost map[string]bool // hosts that were not reached since one was
}

// severalHosts that fail one after the other, and none that answers between
// them, are no accident.
const severalHosts = 3

// note takes over how a feed at an address fared, and returns whether nothing
// can be reached.
func (n *network) note(address string, unreached bool) (offline bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !unreached {
		n.lost = nil
		return false
	}
	if n.lost == nil {
		n.lost = map[string]bool{}
	}
	host := address
	if u, err := url.Parse(address); err == nil {
		host = u.Hostname()
	}
	n.lost[host] = true
	return len(n.lost) >= severalHosts
}

// offline says whether nothing can be reached.
func (n *network) offline() bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.lost) >= severalHosts
}
