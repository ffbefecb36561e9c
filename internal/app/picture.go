package app

import (
	"context"
	"time"

	"parley/bot"
	"parley/internal/chart"
	"parley/internal/news"
)

// Picture draws developments of a negotiation, and the dates ahead in it.
func (a answers) Picture(ctx context.Context, f news.Filter, now time.Time) (bot.Picture, error) {
	limit := f.Limit
	f.Limit++
	list, err := a.Developments(ctx, f)
	if err != nil || len(list) == 0 {
		return bot.Picture{}, err
	}
	ahead, err := a.Next(ctx, f.Negotiation, now, 0)
	if err != nil {
		return bot.Picture{}, err
	}
	k := a.current()
	names := k.names()
	t := chart.Timeline{
		Title: names.Negotiation(f.Negotiation), Developments: list[:min(limit, len(list))], Ahead: ahead, Now: now, Zone: k.Config.Zone,
		Actor: names.Actor, Earlier: len(list) > limit,
	}
	l, err := chart.Lay(t)
	if err != nil {
		return bot.Picture{}, err
	}
	png, err := l.PNG()
	return bot.Picture{PNG: png, Alt: l.Alt}, err
}
