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
