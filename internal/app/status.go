package app

import (
	"context"
	"slices"
	"time"

	"parley/internal/lookup"
	"parley/internal/news"
	"parley/internal/store"
)

// Status cards say how a negotiation stands, each in one message that is edited
// when that changes. They tell what `/parley status` would answer.

// maxDatesKept is how many dates ahead a status card shows.
const maxDatesKept = 4

// A keeper keeps the status cards of a store.
type keeper struct {
	store  *store.Store
	lookup *lookup.Answers
	zone   *time.Location // in which days are counted and plain dates written

	// What is known of each negotiation, good while nothing is written to
	// developments and for an hour: states end by themselves, and days pass.
	revision int64
	hour     time.Time
	known    map[string]news.Status
}

// keep brings the cards that subscriptions ask for up to date, and returns how many
// are to be sent.
func (k *keeper) keep(ctx context.Context, subs []news.Subscription, now time.Time) (queued int, err error) {
	revision, err := k.store.Revision(ctx)
	if err != nil {
		return 0, err
	}
	if hour := now.Truncate(time.Hour); k.known == nil || revision != k.revision || !hour.Equal(k.hour) {
		k.revision, k.hour, k.known = revision, hour, map[string]news.Status{}
	}
	negotiations, err := k.lookup.Negotiations(ctx)
	if err != nil {
		return 0, err
	}
	var wanted []news.StatusCard
	for _, s := range subs {
		id := s.KeepsStatusOf()
		followed := slices.ContainsFunc(negotiations, func(n news.Negotiation) bool { return n.ID == id })
		twice := slices.ContainsFunc(wanted, func(c news.StatusCard) bool { return c.Channel == s.Channel && c.Negotiation == id })
		if id == "" || !followed || twice {
			continue
		}
		status, ok := k.known[id]
		if !ok {
			if status, err = k.status(ctx, id, now); err != nil {
				return 0, err
			}
			k.known[id] = status
		}
		wanted = append(wanted, news.StatusCard{Channel: s.Channel, Status: status})
	}
	return k.store.KeepStatus(ctx, wanted, now)
}

// status is how a negotiation stands, with the dates ahead.
func (k *keeper) status(ctx context.Context, negotiation string, now time.Time) (news.Status, error) {
	stands, err := standing(ctx, k.lookup, negotiation, now, k.zone)
	if err != nil {
		return news.Status{}, err
	}
	ahead, err := k.lookup.Next(ctx, negotiation, now, 0)
	if err != nil {
		return news.Status{}, err
	}
	s := news.Status{Negotiation: negotiation, Standing: stands, Zone: k.zone.String()}
	for _, t := range []**news.Tracked{&s.By, &s.Last} {
		if *t != nil {
			*t = new(brief(**t))
		}
	}
	s.More = max(0, len(ahead)-maxDatesKept)
	for _, u := range ahead[:len(ahead)-s.More] {
		for i := range u.By {
			u.By[i] = brief(u.By[i])
		}
		s.Ahead = append(s.Ahead, u)
	}
	return s, nil
}

// brief is a development with the one source to name: a card of how things stand
// is not changed by one more report.
func brief(t news.Tracked) news.Tracked {
	t.Marks, t.Last = nil, time.Time{}
	if of := news.Outlets(t.Sources); len(of) > 0 {
		t.Sources = of[:1:1]
	}
	return t
}

// statusEvery is how soon what happens by itself is seen: a day that passes, a card
// of an alert that was sent late.
const statusEvery = time.Minute

// keepStatuses keeps the status cards until ctx ends.
func (a *App) keepStatuses(ctx context.Context) error {
	tick := time.NewTicker(statusEvery)
	defer tick.Stop()
	for {
		a.keepStatusesNow(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		case <-a.stale:
		}
	}
}

// wakeStatuses tells that there may be something new for status cards. It never
// blocks.
func (a *App) wakeStatuses() {
	select {
	case a.stale <- struct{}{}:
	default:
	}
}

// keepStatusesNow brings the status cards up to date. What fails is tried again
// with the next tick.
func (a *App) keepStatusesNow(ctx context.Context) {
	a.keeping.Lock()
	defer a.keeping.Unlock()
	k := a.current()
	subs, err := a.store.Subscriptions(ctx)
	queued := 0
	if err == nil {
		a.keeper.zone = k.Config.Zone
		queued, err = a.keeper.keep(ctx, append(k.Subscriptions(), subs...), a.options.Now())
	}
	if err != nil && ctx.Err() == nil {
		a.log.Error("status cards could not be brought up to date; it is tried again", "error", err)
	}
	if queued > 0 {
		a.worker.Wake()
	}
}
