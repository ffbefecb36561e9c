package watch

import (
	"context"
	"maps"
	"slices"
	"time"

	"parley/internal/news"
)

// correct lets everybody know who was told what holds no longer: a correction
// goes where the alert went, whether or not a rule asks for it there, unless
// nothing is wanted there any more. before are the items of the same check, which are not stored yet.
func (w *Watch) correct(ctx context.Context, ci *news.CheckedItem, before []news.CheckedItem, s *Setup, now time.Time) error {
	for i, j := range ci.Judged {
		if j.Is != news.Update || !j.Change.Replaces() {
			continue
		}
		var told []news.Notification
		if j.Updates > 0 {
			var err error
			if told, err = w.store.Told(ctx, j.Updates); err != nil {
				return err
			}
		}
		for _, b := range before {
			for k, n := range b.Notifications {
				if of := b.Of[k]; of >= 0 && b.Judged[of].ID == j.Updates {
					told = append(told, n)
				}
			}
		}
		for _, n := range told {
			if !s.Rulebook.serves(n.Channel) || slices.ContainsFunc(ci.Notifications, func(o news.Notification) bool { return o.Channel == n.Channel }) {
				continue
			}
			n.Alert.Item, n.Alert.Also = excerpt(ci.Item), nil
			ci.Notifications = append(ci.Notifications, news.Notification{Channel: n.Channel, Alert: n.Alert, Digest: n.Digest, NotBefore: s.Rulebook.when(n, now), Created: now})
			ci.Of = append(ci.Of, i)
			ci.Why = ""
		}
	}
	return nil
}

// serves reports whether anything goes to a channel.
func (b *Rulebook) serves(channel string) bool {
	return channel == b.channel || slices.ContainsFunc(b.routes(), func(r *route) bool { return r.Channel == channel })
}

// routes lists the subscriptions in force, in their order.
func (b *Rulebook) routes() []*route {
	of := *b.entries.Load()
	var out []*route
	for _, i := range slices.Sorted(maps.Keys(of)) {
		if r := of[i].route; r != nil {
			out = append(out, r)
		}
	}
	return out
}

// when is when a correction goes where an alert went: with its digest, after its
// quiet hours, or at once.
func (b *Rulebook) when(alert news.Notification, now time.Time) time.Time {
	at := now
	for _, r := range b.routes() {
		if r.Channel != alert.Channel {
			continue
		}
		if alert.Digest && r.digest != nil {
			at = r.digest.Next(now)
		}
		if until, quiet := r.quiet(at); quiet && alert.Alert.Level() != news.Urgent {
			at = until
		}
		break
	}
	return at
}
