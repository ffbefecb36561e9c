package bot_test

import (
	"context"
	"slices"
	"time"

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
