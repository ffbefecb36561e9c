package bot_test

import (
	"context"
	"strings"

	"parley/internal/news"
)

// Read understands what the desk's only alert says, and nothing else.
func (d *desk) Read(ctx context.Context, item news.Item) (news.Reading, error) {
	out := news.Reading{Language: "en", Developments: []news.Development{}, Dates: []news.Mention{{Span: "Friday", From: "2026-11-20", To: "2026-11-20", Granularity: "day", Role: "speech"}}}
	if strings.Contains(item.Title+item.Text, "resume") {
		d := d.known[len(d.known)-1].Development
		out.Developments = []news.Development{d}
		return out, nil
	}
	if strings.Contains(item.Title+item.Text, "no date") {
		out.Silence = ptr("a bare “no date has been set” is no development <!channel>")
	}
	return out, d.ask(ctx)
}

func (d *desk) PreferencesOf(ctx context.Context, user string) (news.Preferences, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	p := d.prefer[user]
	p.User = user
	return p, d.ask(ctx)
}

func (d *desk) Prefer(ctx context.Context, p news.Preferences) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.prefer == nil {
		d.prefer = map[string]news.Preferences{}
	}
	d.prefer[p.User] = p
	return d.ask(ctx)
}
