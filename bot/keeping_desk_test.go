package bot_test

import (
	"context"
	"slices"
	"time"

	"parley/bot"
	"parley/internal/news"
)

// Which status cards there are the desk makes of its subscriptions, as the store
// does; each stands at one place.

func (d *desk) StatusCards(ctx context.Context) ([]news.StatusCard, error) {
	var out []news.StatusCard
	for _, s := range d.subscribed() {
		if id := s.KeepsStatusOf(); id != "" {
			out = append(out, news.StatusCard{Channel: s.Channel, Status: news.Status{Negotiation: id}, Receipt: news.Receipt{Channel: "C1", TS: "1.000002"}})
		}
	}
	return out, d.ask(ctx)
}

func (d *desk) ShowStatus(ctx context.Context, channel, negotiation string, _ time.Time) (bool, error) {
	all, err := d.StatusCards(ctx)
	return slices.ContainsFunc(all, func(c news.StatusCard) bool { return c.Channel == channel && c.Negotiation == negotiation }), err
}

func (d *desk) Picture(ctx context.Context, f news.Filter, _ time.Time) (bot.Picture, error) {
	list, err := d.Developments(ctx, f)
	if err != nil || len(list) == 0 {
		return bot.Picture{}, err
	}
	return bot.Picture{PNG: []byte("\x89PNG\r\n\x1a\n of " + f.Negotiation), Alt: "Timeline of " + f.Negotiation}, nil
}
