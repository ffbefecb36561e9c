package watch

import (
	"slices"
	"time"

	"parley/internal/news"
)

// Mute has these mutes honoured from now on, in place of those before.
func (b *Rulebook) Mute(list []news.Mute) {
	list = slices.Clone(list)
	b.mutes.Store(&list)
}

// hold keeps back what is muted in its channel: it is not lost, but comes with a
// digest when the mute ends, and not in quiet hours then. The report that the
// round has begun for which a mute waits is not held: it ends the mute.
func (b *Rulebook) hold(ci *news.CheckedItem, now time.Time) {
	mutes := b.mutes.Load()
	if mutes == nil || len(*mutes) == 0 {
		return
	}
	for i := range ci.Notifications {
		n := &ci.Notifications[i]
		var about *news.Development
		if of := ci.Of[i]; of >= 0 {
			about = &ci.Judged[of].Development
		}
		m := covering(*mutes, n, about, now)
		if m == nil {
			continue
		}
		n.Mute, n.Digest = m.ID, true
		if m.Until.After(n.NotBefore) {
			n.NotBefore = m.Until
		}
		for _, r := range b.routes() {
			if until, quiet := r.quiet(n.NotBefore); r.Channel == n.Channel && quiet {
				n.NotBefore = until
				break
			}
		}
	}
}

// covering finds the mute that holds an alert longest, nil if none does. An alert
// of several rules is held by mutes of rules only when each is muted.
func covering(mutes []news.Mute, n *news.Notification, about *news.Development, now time.Time) *news.Mute {
	var longest *news.Mute
	audible := len(n.Alert.Rules)
	for i := range mutes {
		m := &mutes[i]
		if m.Channel != n.Channel || !m.Until.After(now) || begins(m, about) {
			continue
		}
		switch {
		case m.To == "", m.To == n.Alert.To,
			about != nil && about.Negotiation != nil && m.To == "negotiation:"+*about.Negotiation:
		case slices.ContainsFunc(n.Alert.Rules, func(r news.Rule) bool { return m.To == "rule:"+r.Name }):
			if audible--; audible > 0 {
				continue
			}
		default:
			continue
		}
		if longest == nil || m.Until.After(longest.Until) {
			longest = m
		}
	}
	return longest
}

// begins reports whether a development is the round for which a mute waits.
func begins(m *news.Mute, d *news.Development) bool {
	return m.Round != "" && d != nil && d.Kind == news.TalksStarted && d.Negotiation != nil && *d.Negotiation == m.Round &&
		(d.Certainty == news.Confirmed || d.Certainty == "")
}
