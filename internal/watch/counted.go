package watch

import (
	"context"
	"slices"
	"time"

	"parley/internal/news"
	"parley/internal/read"
	"parley/rules"
)

// counts reports whether a query asks how many outlets have reported. What cannot
// be read is told where it is compiled.
func counts(query string) bool {
	q, err := rules.Parse(query)
	return err == nil && q.Counts()
}

// counts reports whether any rule or subscription asks how many outlets have
// reported.
func (b *Rulebook) counts() bool {
	for _, e := range *b.entries.Load() {
		if e.counts {
			return true
		}
	}
	return false
}

// count raises what waits for a further outlet: when an item is the first of one
// more to report what is known, the rules are asked of the development as all
// reports tell it, and those alerts are routed that hold now and did not before.
// earlier are the items of the same check, which are not stored yet.
func (w *Watch) count(ctx context.Context, ci *news.CheckedItem, earlier []news.CheckedItem, s *Setup, p *read.Page, now time.Time) error {
	if !s.Rulebook.counts() {
		return nil
	}
	for i, j := range ci.Judged {
		if j.Is != news.Repeat {
			continue
		}
		d, err := w.known(ctx, j.ID, earlier)
		if err != nil {
			return err
		}
		if j.Adds != nil {
			d.Grow(*j.Adds)
		}
		before := len(news.Outlets(d.Sources))
		after := len(news.Outlets(append(d.Sources, sourceOf(ci.Item, j))))
		if after == before {
			continue
		}
		for _, n := range s.Rulebook.further(p, &d.Development, before, after, now) {
			k := slices.IndexFunc(ci.Notifications, func(o news.Notification) bool { return o.Channel == n.Channel })
			if k >= 0 {
				join(&ci.Notifications[k], n, j.Headline)
				continue
			}
			ci.Notifications, ci.Of, ci.Why = append(ci.Notifications, n), append(ci.Of, i), ""
		}
	}
	return nil
}

// further routes what is raised of a development once after outlets have reported
// it, and was not when before had. It goes to the subscriptions that wait for it
// and, where none does, wherever the rule's alert would have gone at first. It
// tells of the rules that waited, or else of all that hold.
func (b *Rulebook) further(page *read.Page, d *news.Development, before, after int, now time.Time) []news.Notification {
	m := b.matchers.Get().(*rules.Matcher)
	defer b.matchers.Put(m)
	m.Item(page.Doc(now))
	known := map[int]bool{}
	for _, h := range m.Match(read.Facts(d, before), nil) {
		known[h.Index] = true
	}
	matches, names := b.teams(m.Match(read.Facts(d, after), nil))
	var out []news.Notification
	for i, hits := range matches {
		out = append(out, b.furtherIn(names[i], page, hits, known, after, now)...)
	}
	return out
}

// furtherIn is further for one workspace.
func (b *Rulebook) furtherIn(team string, page *read.Page, hits []rules.Match, known map[int]bool, after int, now time.Time) []news.Notification {
	of := *b.entries.Load()
	fresh := func(rule bool) bool {
		return slices.ContainsFunc(hits, func(h rules.Match) bool { return !known[h.Index] && (of[h.Index].rule != nil) == rule })
	}
	newRule, newRoute := fresh(true), fresh(false)
	if !newRule && !newRoute {
		return nil
	}
	hits = slices.DeleteFunc(hits, func(h rules.Match) bool {
		if of[h.Index].rule != nil {
			return known[h.Index] && newRule
		}
		return known[h.Index] && newRoute
	})
	list := b.routeIn(team, page, hits, now)
	for i := range list {
		list[i].Outlets = after
	}
	return list
}

// known returns a development with its sources, as it stood before an item.
func (w *Watch) known(ctx context.Context, id news.DevelopmentID, earlier []news.CheckedItem) (news.Tracked, error) {
	var d news.Tracked
	if id > 0 {
		var err error
		if d, _, err = w.store.Development(ctx, id); err != nil {
			return d, err
		}
	}
	for _, ci := range earlier {
		for _, j := range ci.Judged {
			switch {
			case j.ID != id:
				continue
			case j.Is != news.Repeat:
				d.Development = j.Development
			case j.Adds != nil:
				d.Grow(*j.Adds)
			}
			d.Sources = append(d.Sources, sourceOf(ci.Item, j))
		}
	}
	return d, nil
}

func sourceOf(it news.Item, j news.Judged) news.Source {
	return news.Source{Item: it.ID, Feed: it.Feed, Tier: it.Tier, Title: it.Title, Link: it.Link, Published: it.Published, Wire: j.Wire, Copy: j.Copy}
}
