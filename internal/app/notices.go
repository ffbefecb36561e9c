package app

import (
	"context"
	"strings"

	"parley/bot"
	"parley/internal/watch"
)

// herald tells of feeds that need somebody: in Slack, or in the log without it.
func (a *App) herald() *watch.Herald {
	return &watch.Herald{Store: a.store, Say: a.say, Offline: a.watch.Offline, Log: a.log, Now: a.options.Now}
}

func (a *App) say(ctx context.Context, t watch.Tidings) error {
	for _, f := range t.Ill {
		a.log.Warn("a feed needs somebody", "feed", f.Feed, "why", f.Says)
	}
	if len(t.Well) > 0 {
		a.log.Info("feeds are well again", "feeds", strings.Join(t.Well, ", "))
	}
	c := a.current().Config
	channel := c.Notices
	if channel == "" {
		channel = c.Channel
	}
	if a.slack == nil || channel == "" {
		return nil
	}
	n := bot.Notice{Well: t.Well}
	for _, f := range t.Ill {
		n.Ill = append(n.Ill, bot.Ailing(f))
	}
	return a.slack.Say(ctx, channel, n)
}
