package watch

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/internal/news"
	"parley/internal/read"
	"parley/internal/story"
)

// A bench holds the desk between checks, so that no check needs to fetch more
// of the open developments than what others have written since.
type bench struct {
	desk     *story.Desk // nil: to be laid out anew
	revision int64       // of the store's developments, up to which the desk knows them
	cleared  time.Time
}

// laid returns the desk with everything on it that is open.
func (b *bench) laid(ctx context.Context, store Store, now time.Time, since time.Time) (*story.Desk, error) {
	if b.desk == nil {
		b.desk, b.revision, b.cleared = story.NewDesk(), -1, now
	}
	list, revision, err := store.OpenDevelopments(ctx, b.revision, since)
	if err != nil {
		b.desk = nil
		return nil, err
	}
	b.desk.Take(list)
	b.revision = revision
	if now.Sub(b.cleared) > time.Hour {
		b.desk.Clear(now)
		b.cleared = now
	}
	return b.desk, nil
}

// undo takes off the desk what a check has laid there, and what it has added to
// other developments, since it was not stored.
func (b *bench) undo(ctx context.Context, store Store, c *news.Check) {
	b.desk.Settle()
	for _, ci := range c.Items {
		for _, j := range ci.Judged {
			if j.Is != news.Repeat || j.ID < 0 {
				continue
			}
			t, ok, err := store.Development(ctx, j.ID)
			if err != nil || !ok {
				b.desk = nil
				return
			}
			b.desk.Take([]news.Tracked{t})
		}
	}
}

// attempts is how often a check is judged anew because others were faster. Each
// time somebody has stored something; it does not happen long.
const attempts = 100

// conclude tells developments apart, routes alerts and stores it all. Where
// another parley that shares the work has stored developments meanwhile, it does so
// anew: of one development there is to be one number and one alert.
func (w *Watch) conclude(ctx context.Context, s *Setup, state news.FeedState, c *news.Check, pages []*read.Page) (news.CheckSummary, error) {
	w.deciding.Lock()
	defer w.deciding.Unlock()
	if len(pages) == 0 {
		return w.store.SaveCheck(ctx, *c)
	}
	if s.Refresh != nil {
		if err := s.Refresh(ctx); err != nil {
			return news.CheckSummary{}, err
		}
	}
	var summary news.CheckSummary
	var err error
	for range attempts {
		summary, err = w.decide(ctx, s, state, c, pages)
		if !errors.Is(err, news.ErrOvertaken) {
			break
		}
	}
	return summary, err
}

// decide is one attempt to conclude a check.
func (w *Watch) decide(ctx context.Context, s *Setup, state news.FeedState, c *news.Check, pages []*read.Page) (news.CheckSummary, error) {
	c.Items = nil
	desk, err := w.bench.laid(ctx, w.store, c.At, c.At.Add(-story.Thread-s.MaxAge))
	if err != nil {
		return news.CheckSummary{}, err
	}
	c.Known = w.bench.revision
	for _, p := range pages {
		ci, err := w.conclusion(ctx, s, state, desk, p, c)
		if err != nil {
			w.bench.desk = nil
			return news.CheckSummary{}, err
		}
		s.Rulebook.hold(&ci, c.At)
		c.Items = append(c.Items, ci)
	}
	read := w.now()
	for i := range c.Items {
		for j := range c.Items[i].Notifications {
			c.Items[i].Notifications[j].Created = read
		}
	}
	summary, err := w.store.SaveCheck(ctx, *c)
	switch {
	case errors.Is(err, news.ErrOvertaken):
		w.bench.undo(ctx, w.store, c)
		return summary, err
	case err != nil:
		w.bench.desk = nil // what it has learned was not stored
		return summary, err
	}
	desk.Settle()
	return summary, nil
}

// withheld says why nothing may be posted of an item, whatever it tells: it is
// part of a baseline, or too old. It is empty for the others.
func withheld(s *Setup, state news.FeedState, it news.Item, now time.Time) string {
	undated := it.Published.IsZero()
	switch {
	case state.Baseline && !s.PostBaseline:
		return "stored, not posted: the first check of a feed is its baseline"
	case state.Baseline && undated:
		return "stored, not posted: no date, on the first check of its feed"
	case !undated && now.Sub(it.Published) > s.MaxAge:
		return fmt.Sprintf("stored, not posted: published more than %s ago", s.MaxAge)
	}
	return ""
}

// conclusion is what follows from one item, with everything that is to be posted
// of it.
func (w *Watch) conclusion(ctx context.Context, s *Setup, state news.FeedState, desk *story.Desk, p *read.Page, c *news.Check) (news.CheckedItem, error) {
	ci := news.CheckedItem{Item: p.Item, Reading: p.Reading}
	ci.Judged = desk.Judge(report(p))
	if ci.Why = withheld(s, state, p.Item, c.At); ci.Why != "" {
		return ci, nil
	}
	ci.Notifications, ci.Of = s.Rulebook.Alerts(p, ci.Judged, c.At)
	if len(ci.Notifications) == 0 {
		ci.Why = stopped(p, ci.Judged)
	}
	err := errors.Join(w.correct(ctx, &ci, c.Items, s, c.At), w.count(ctx, &ci, c.Items, s, p, c.At))
	return ci, err
}

// stopped names the first thing that kept an item from raising an alert.
func stopped(p *read.Page, judged []news.Judged) string {
	if p.Reading.Silence != nil && len(judged) == 0 {
		return "silent: " + *p.Reading.Silence
	}
	if len(judged) == 0 {
		return "no development, and no rule matched its words"
	}
	for _, j := range judged {
		if j.Is != news.Repeat {
			return "no rule matched"
		}
	}
	return "repeat: " + judged[0].Reason
}

// report is what the desk is told of a page. Of a long text the beginning will
// do: that is where one report differs from another.
func report(p *read.Page) story.Report {
	const enough = 80
	r := story.Report{Item: p.Item, Language: p.Reading.Language, Developments: p.Reading.Developments, Echoes: p.Reading.Echoes, Dates: p.Reading.Dates}
	for i := range p.Title.Tokens {
		r.Title = append(r.Title, p.Title.Tokens[i].Norm)
	}
	for i := range p.Text.Tokens[:min(len(p.Text.Tokens), enough)] {
		r.Text = append(r.Text, p.Text.Tokens[i].Norm)
	}
	return r
}
