package store

import (
	"time"

	"parley/internal/news"
)

// A status is what a status card shows, as it is kept. When it was found is left
// out, so that two that tell the same are the same.
type status struct {
	Negotiation string `json:"negotiation"`
	State       string `json:"state"`
	Since       moment `json:"since"`
	Round       int    `json:"round,omitempty"`
	By          *told  `json:"by,omitempty"`
	Last        *told  `json:"last,omitempty"`
	Ahead       []date `json:"ahead,omitempty"`
	More        int    `json:"more,omitempty"`
	Zone        string `json:"zone,omitempty"`
	Ended       bool   `json:"ended,omitempty"`
	CardChannel string `json:"card_channel,omitempty"`
	CardTS      string `json:"card_ts,omitempty"`
}

type date struct {
	Date      news.Date   `json:"date"`
	By        []told      `json:"by"`
	Conflicts []news.Date `json:"conflicts,omitempty"`
}

// A told development, with the report to name.
type told struct {
	ID      news.DevelopmentID `json:"id"`
	Updates news.DevelopmentID `json:"updates,omitempty"`
	Change  news.Change        `json:"change,omitempty"`
	First   moment             `json:"first"`
	Facts   development        `json:"facts"`
	Source  *source            `json:"source,omitempty"`
}

type source struct {
	Item      string    `json:"item"`
	Feed      string    `json:"feed"`
	Tier      news.Tier `json:"tier,omitempty"`
	Title     string    `json:"title"`
	Link      string    `json:"link"`
	Published moment    `json:"published"`
	Wire      string    `json:"wire,omitempty"`
}

func statusOf(s news.Status) *status {
	row := &status{
		Negotiation: s.Negotiation, State: s.State, Since: momentOf(s.Since), Round: s.Round, More: s.More, Zone: s.Zone, Ended: s.Ended,
		CardChannel: s.Card.Channel, CardTS: s.Card.TS,
	}
	if s.By != nil {
		row.By = new(toldOf(*s.By))
	}
	if s.Last != nil {
		row.Last = new(toldOf(*s.Last))
	}
	for _, u := range s.Ahead {
		d := date{Date: u.Date, Conflicts: u.Conflicts}
		for _, t := range u.By {
			d.By = append(d.By, toldOf(t))
		}
		row.Ahead = append(row.Ahead, d)
	}
	return row
}

func (row *status) plain(z *zones) *news.Status {
	s := &news.Status{
		Negotiation: row.Negotiation, More: row.More, Zone: row.Zone, Ended: row.Ended, Card: news.Receipt{Channel: row.CardChannel, TS: row.CardTS},
		Standing: news.Standing{State: row.State, Since: row.Since.time(z), Round: row.Round},
	}
	if row.By != nil {
		s.By = new(row.By.plain(z))
	}
	if row.Last != nil {
		s.Last = new(row.Last.plain(z))
	}
	for _, d := range row.Ahead {
		u := news.Upcoming{Negotiation: row.Negotiation, Date: d.Date, Conflicts: d.Conflicts}
		for _, t := range d.By {
			u.By = append(u.By, t.plain(z))
		}
		s.Ahead = append(s.Ahead, u)
	}
	return s
}

func toldOf(t news.Tracked) told {
	row := told{ID: t.ID, Updates: t.Updates, Change: t.Change, First: momentOf(t.First.Truncate(time.Millisecond)), Facts: kept(t.Development)}
	if len(t.Sources) > 0 {
		src := t.Sources[0]
		row.Source = &source{Item: src.Item, Feed: src.Feed, Tier: src.Tier, Title: src.Title, Link: src.Link, Published: momentOf(src.Published), Wire: src.Wire}
	}
	return row
}

func (row told) plain(z *zones) news.Tracked {
	t := news.Tracked{ID: row.ID, Updates: row.Updates, Change: row.Change, First: row.First.time(z), Development: row.Facts.plain()}
	if src := row.Source; src != nil {
		t.Sources = []news.Source{{Item: src.Item, Feed: src.Feed, Tier: src.Tier, Title: src.Title, Link: src.Link, Published: src.Published.time(z), Wire: src.Wire}}
	}
	return t
}
