package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"parley/internal/news"
)

// goneAgain is how long a channel may stay as it is before its owners are told once
// more that nothing can be posted there.
const goneAgain = 30 * 24 * time.Hour

// gone is told of channels that cannot be posted to: archived ones, ones that parley
// was removed from, persons who have left. What was meant for them is kept aside.
// Those who subscribed them are told, once; where that is nobody who can be told, who
// looks after parley is.
func (a *App) gone(ctx context.Context, channel, reason string) {
	a.log.Warn("a channel cannot be posted to; what was meant for it is kept aside. Invite parley there, or end its subscriptions", "channel", channel, "reason", reason)
	first, err := a.store.SeenOnce(ctx, "told of "+channel, a.options.Now(), goneAgain)
	if err != nil || !first {
		return
	}
	if err := a.tellGone(ctx, channel, reason); err != nil {
		a.log.Warn("nobody could be told that a channel cannot be posted to", "channel", channel, "error", err)
	}
}

func (a *App) tellGone(ctx context.Context, channel, reason string) error {
	team, here := news.SplitAddress(channel)
	poster := a.slack
	if team != "" {
		t, err := a.tenant(ctx, team)
		if err != nil || t == nil {
			return err
		}
		poster = t.slack
	}
	if poster == nil {
		return nil
	}
	subs, err := a.store.Subscriptions(ctx)
	if err != nil {
		return err
	}
	var owners []string
	for _, s := range subs {
		if s.Channel == channel && s.Author != "" && s.Author != here && !slices.Contains(owners, s.Author) {
			owners = append(owners, s.Author)
		}
	}
	told := false
	for _, o := range owners {
		if e := poster.SayAside(ctx, o, here, reason); e != nil {
			err = e
			continue
		}
		told = true
	}
	c := a.current().Config
	if care := cmp.Or(c.Notices, c.Channel); !told && team == "" && care != "" && care != here {
		return poster.SayAside(ctx, care, here, reason)
	}
	if told {
		return nil
	}
	return err
}
