package bot_test

import (
	"context"
	"errors"
	"slices"
	"time"

	"parley/internal/news"
)

// What is muted the desk keeps as the store does.

func (d *desk) Mutes(ctx context.Context) ([]news.Mute, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.quiet), d.ask(ctx)
}

func (d *desk) Mute(ctx context.Context, m news.Mute) (news.Mute, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if m.Author == "" || m.Channel == "" || !m.Until.After(m.Created) {
		return m, false, errors.New("a mute without author, channel or time")
	}
	for i, o := range d.quiet {
		if o.Channel == m.Channel && o.To == m.To {
			m.ID, m.Held, m.Created = o.ID, o.Held, o.Created
			d.quiet[i] = m
			return m, false, d.ask(ctx)
		}
	}
	d.nextID++
	m.ID, m.Held = d.nextID, len(d.quiet)*2
	d.quiet = append(d.quiet, m)
	return m, true, d.ask(ctx)
}

func (d *desk) Unmute(ctx context.Context, id int64, author string, _ time.Time) (news.Mute, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, m := range d.quiet {
		if m.ID == id && author != "" {
			d.quiet = slices.Delete(d.quiet, i, i+1)
			return m, d.ask(ctx)
		}
	}
	return news.Mute{}, news.ErrNotFound
}

func (d *desk) Deeds(ctx context.Context, channels []string, limit int) ([]news.Deed, error) {
	all := []news.Deed{
		{At: now, Subject: news.OfMute, Action: "end", Channel: "#us-iran", To: ""},
		{At: now.Add(-time.Hour), Author: "U1", Subject: news.OfMute, Action: "mute", Channel: "#us-iran", To: "negotiation:us-iran", Until: now, Round: "us-iran"},
		{At: now.Add(-2 * time.Hour), Author: "U2", Subject: news.OfMute, Action: "change", Channel: "#us-iran", To: "rule:deal", Until: now},
		{At: now.Add(-3 * time.Hour), Author: "U2", Subject: news.OfMute, Action: "unmute", Channel: "#us-iran", To: "rule:deal", Until: now},
		{At: now.Add(-4 * time.Hour), Author: "U1", Subject: news.OfSubscription, Action: "subscribe", Channel: "C1", To: "negotiation:us-iran", How: news.Subscription{Digest: "0 8 * * *"}},
		{At: now.Add(-5 * time.Hour), Author: "U1", Subject: news.OfSubscription, Action: "change", Channel: "C1", To: "kind:setback <!channel>"},
		{At: now.Add(-6 * time.Hour), Author: "U1", Subject: news.OfSubscription, Action: "unsubscribe", Channel: "C1", To: "rule:gone"},
		{At: now.Add(-7 * time.Hour), Author: "U7", Subject: news.OfRule, Action: "make", Channel: "#desk", To: "gulf", Query: "<!channel> `*`"},
		{At: now.Add(-8 * time.Hour), Author: "U7", Subject: news.OfRule, Action: "change", Channel: "#desk", To: "gulf", Query: "truce"},
		{At: now.Add(-9 * time.Hour), Author: "U7", Subject: news.OfRule, Action: "delete", Channel: "#desk", To: "gulf", Query: "truce"},
	}
	for i := range 30 {
		all = append(all, news.Deed{At: now.AddDate(0, 0, -i-1), Author: "U1", Subject: news.OfSubscription, Action: "subscribe", Channel: "#desk", To: "kind:any"})
	}
	if len(channels) > 0 {
		all = slices.DeleteFunc(all, func(x news.Deed) bool { return !slices.Contains(channels, x.Channel) })
	}
	return all[:min(limit, len(all))], d.ask(ctx)
}

func (d *desk) Label(ctx context.Context, f news.Feedback) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if f.Development != 12 && f.Development != 19 {
		return false, news.ErrNotFound
	}
	for _, o := range d.labels {
		if o.Development == f.Development && o.What == f.What && o.Author == f.Author {
			return false, d.ask(ctx)
		}
	}
	d.labels = append(d.labels, f)
	return true, d.ask(ctx)
}
