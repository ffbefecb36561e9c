package app

import (
	"context"
	"errors"
	"strings"
	"time"

	"parley/bot"
	"parley/internal/store"
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
	n := bot.Notice{Well: t.Well}
	for _, f := range t.Ill {
		n.Ill = append(n.Ill, bot.Ailing(f))
	}
	return a.notify(ctx, n)
}

// notify posts a notice to who looks after parley, if there is a place for it.
func (a *App) notify(ctx context.Context, n bot.Notice) error {
	c := a.current().Config
	channel := c.Notices
	if channel == "" {
		channel = c.Channel
	}
	if a.slack == nil || channel == "" {
		return nil
	}
	return a.slack.Say(ctx, channel, n)
}

// inspectEvery is how often the database is looked at whole. At the start it was.
const inspectEvery = 24 * time.Hour

// inspect looks at the whole database each day until ctx ends. Damage is told at
// once, and each day again: parley goes on as far as it can, and what it writes
// may be lost.
func (a *App) inspect(ctx context.Context) {
	tick := time.NewTicker(inspectEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			a.Inspect(ctx)
		}
	}
}

// Inspect looks at the whole database once, and tells of damage.
func (a *App) Inspect(ctx context.Context) {
	err := a.store.CheckIntegrity(ctx)
	if ctx.Err() != nil {
		return
	}
	damaged := errors.Is(err, store.ErrDamaged)
	a.damaged.Store(damaged)
	switch {
	case err == nil:
		a.log.Info("the daily look at the database is done", "database", a.store.Condition())
		return
	case !damaged:
		a.log.Error("the database could not be looked at", "error", err)
		return
	}
	a.log.Error("the daily look at the database found damage", "error", err)
	// The sentence names the file, which is nobody's business in a channel.
	n := bot.Notice{Trouble: "The database of parley is damaged. Restore it from a backup; `parley doctor` says more."}
	if err := a.notify(ctx, n); err != nil {
		a.log.Warn("it could not be said in Slack", "error", err)
	}
}
