package watch

import (
	"context"
	"slices"
	"time"

	"parley/internal/news"
	"parley/internal/story"
)

// Reminders says when channels are reminded of the days that they were told of.
type Reminders struct {
	At     time.Duration // after midnight, in the channel's zone
	Before int           // how many days before; 0: on the day
}

const (
	// lateReminder is how long after a day it is still worth saying that it passed
	// and nothing was reported: parley may not have run.
	lateReminder = 3 * 24 * time.Hour
	// remindAgain bounds the sleep between two looks.
	remindAgain = 24 * time.Hour
)

// Remind queues the reminders that are due: of a day that has come, and of one
// that has passed while nothing was reported of what was to happen. They go where
// its development was told. It returns when to look again, unless developments
// come in before.
func (w *Watch) Remind(ctx context.Context) (next time.Time, err error) {
	s, now := w.setup.Load(), w.now()
	next = now.Add(remindAgain)
	if s.Reminders == nil {
		return next, nil
	}
	list, err := w.store.DaysNamed(ctx, now.Add(-lateReminder-48*time.Hour).UTC().Format(time.DateOnly))
	if err != nil {
		return now.Add(time.Minute), err
	}
	r := reminding{w: w, setup: s, now: now, next: next, list: list, said: map[about]bool{}}
	for i := range slices.Backward(list) { // what was told last is what is reminded of
		if err := r.of(ctx, &list[i]); err != nil {
			return now.Add(time.Minute), err
		}
	}
	queued := 0
	if len(r.due) > 0 {
		if queued, err = w.store.SaveReminders(ctx, r.due); err != nil {
			return now.Add(time.Minute), err
		}
	}
	if queued > 0 {
		w.saved(news.CheckSummary{Notifications: queued})
	}
	return r.next, nil
}

// A reminding is one look at the days that are named.
type reminding struct {
	w     *Watch
	setup *Setup
	now   time.Time
	next  time.Time
	list  []news.Tracked // that name days, and what updates them
	due   []news.Notification
	said  map[about]bool
}

// about is what a channel is reminded of once, though two developments name it.
type about struct {
	channel, negotiation, day string
	kind                      news.Kind
	passed                    bool
}

// of looks after the days that one development names.
func (r *reminding) of(ctx context.Context, d *news.Tracked) error {
	first, last, ok := story.Days(d)
	if !ok || r.answered(d) {
		return nil
	}
	come := first.AddDate(0, 0, -r.setup.Reminders.Before)
	if soon := come.Add(-48 * time.Hour); soon.After(r.now) { // whatever the zone
		r.look(soon)
		return nil
	}
	told, err := r.w.store.Told(ctx, d.ID)
	if err != nil {
		return err
	}
	silent, asked := false, false
	channels := map[string]bool{}
	for _, n := range told {
		if channels[n.Channel] || !r.setup.Rulebook.serves(n.Channel) {
			continue
		}
		channels[n.Channel] = true
		if r.setup.Rulebook.muted(&n, d, r.now) { // with the mute's digest it would come too late
			continue
		}
		n.Alert.Development = d
		n.Digest = r.setup.Rulebook.digests(n)
		n.Alert.Gathered = false
		at, zone := r.setup.Rulebook.morning(n, come, r.setup.Reminders.At)
		end := midnight(first.AddDate(0, 0, 1), zone)
		if n.NotBefore.Before(at) && r.now.Before(end) {
			left := int(first.Sub(civilDay(r.now.In(zone))).Hours() / 24)
			r.take(n, at, news.NamedDay{Day: first.Format(time.DateOnly), Ahead: left})
		}
		at, _ = r.setup.Rulebook.morning(n, last.AddDate(0, 0, 1), r.setup.Reminders.At)
		if r.now.Before(at) || r.now.After(at.Add(lateReminder)) {
			r.take(n, at, news.NamedDay{Day: last.Format(time.DateOnly), Passed: true})
			continue
		}
		if !asked {
			if silent, err = r.silence(ctx, d, first); err != nil {
				return err
			}
			asked = true
		}
		if silent && !r.stillAhead(d) {
			r.take(n, at, news.NamedDay{Day: last.Format(time.DateOnly), Passed: true})
		}
	}
	return nil
}

// take queues a reminder that is due at an instant, or sees to it that somebody
// looks again then. One that comes too late is none.
func (r *reminding) take(n news.Notification, at time.Time, of news.NamedDay) {
	switch {
	case at.After(r.now):
		r.look(at)
		return
	case of.Passed && r.now.After(at.Add(lateReminder)):
		return
	}
	d := n.Alert.Development
	once := about{channel: n.Channel, day: of.Day, kind: d.Kind, passed: of.Passed}
	if d.Negotiation != nil {
		once.negotiation = *d.Negotiation
		if r.said[once] {
			return
		}
		r.said[once] = true
	}
	n.Alert.Named = &of
	n.Action, n.NotBefore, n.Created = news.Reminder, r.now, r.now
	r.due = append(r.due, n)
}

func (r *reminding) look(at time.Time) {
	if at.Before(r.next) {
		r.next = at
	}
}

// answered reports whether a development has given way to another.
func (r *reminding) answered(d *news.Tracked) bool {
	return slices.ContainsFunc(r.list, func(o news.Tracked) bool { return o.Updates == d.ID && story.Answers(o.Change) })
}

// stillAhead reports whether another side names a later day for the same talks,
// which is not past.
func (r *reminding) stillAhead(d *news.Tracked) bool {
	today := civilDay(r.now)
	return slices.ContainsFunc(r.list, func(o news.Tracked) bool {
		beside := o.Updates == d.ID && o.Change.Disputes() || d.Updates == o.ID && d.Change.Disputes()
		_, last, ok := story.Days(&o)
		return beside && ok && !last.Before(today) && !r.answered(&o)
	})
}

// silence reports whether nothing was reported since a day began, anywhere in the
// negotiation, of what was to happen on it. Of what belongs to no negotiation
// that is not known.
func (r *reminding) silence(ctx context.Context, d *news.Tracked, first time.Time) (bool, error) {
	if d.Negotiation == nil {
		return false, nil
	}
	const clocks = 14 * time.Hour // the day begins that much earlier somewhere
	since, err := r.w.store.Developments(ctx, news.Filter{Negotiation: *d.Negotiation, Kinds: story.Outcomes(d.Kind), Since: first.Add(-clocks)})
	return !slices.ContainsFunc(since, func(o news.Tracked) bool { return o.ID != d.ID && o.First.After(d.First) }), err
}

// morning is when a channel is reminded on a day: at the given time after midnight
// there, after its quiet hours, or with the first digest from then on if that is
// how it was told. It returns the channel's zone besides.
func (b *Rulebook) morning(n news.Notification, day time.Time, after time.Duration) (time.Time, *time.Location) {
	of := b.routeOf(n)
	if of == nil {
		return clock(day, after, b.zone), b.zone
	}
	at := clock(day, after, of.Zone)
	if n.Digest && of.digest != nil { // see digests
		at = of.digest.Next(at.Add(-time.Second))
	}
	if until, quiet := of.quiet(at); quiet && n.Alert.Level() != news.Urgent {
		at = until
	}
	return at, of.Zone
}

// routeOf returns the subscription by which a channel was told, or another of the
// channel; nil if it has none.
func (b *Rulebook) routeOf(n news.Notification) *route {
	var of *route
	for _, r := range b.routes() {
		if r.Channel == n.Channel && (of == nil || r.To == n.Alert.To) {
			of = r
		}
	}
	return of
}

// digests reports whether a channel was told by the digest of its subscription:
// not because it was quiet there just then, or too much came at once.
func (b *Rulebook) digests(n news.Notification) bool {
	of := b.routeOf(n)
	return n.Digest && !n.Alert.Gathered && of != nil && of.digest != nil
}

// muted reports whether an alert would be held by a mute now.
func (b *Rulebook) muted(n *news.Notification, d *news.Tracked, now time.Time) bool {
	mutes := b.mutes.Load()
	return mutes != nil && covering(*mutes, n, &d.Development, now) != nil
}

// clock is the instant at which clocks in a zone show a time of a day.
func clock(day time.Time, after time.Duration, zone *time.Location) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), int(after/time.Hour), int(after/time.Minute)%60, 0, 0, zone)
}

func midnight(day time.Time, zone *time.Location) time.Time { return clock(day, 0, zone) }

// civilDay is the day that t falls on where it is, as midnight UTC.
func civilDay(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// reminders queues reminders as they fall due until ctx ends.
func (w *Watch) reminders(ctx context.Context) {
	for {
		next, err := w.Remind(ctx)
		if err != nil && ctx.Err() == nil {
			w.log.Error("reminders cannot be queued; trying again in a minute", "error", err)
		}
		// A new setup or development may name a day that is sooner.
		t := time.NewTimer(min(max(next.Sub(w.now()), time.Second), time.Minute))
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}
