package app

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

// A labelled item is what people say of an item, in the form of the labelled
// corpus: the item as `parley read` takes it, and beside it gold, what it reports.
type labelled struct {
	ID        string         `json:"id"`
	Feed      string         `json:"feed"`
	Title     string         `json:"title"`
	Text      string         `json:"text"`
	Published string         `json:"published,omitempty"`
	Zone      string         `json:"zone,omitempty"`
	Language  string         `json:"language,omitempty"`
	Link      string         `json:"link,omitempty"`
	Hard      bool           `json:"hard"`
	Gold      map[string]any `json:"gold"`
	Feedback  []label        `json:"feedback"`
}

// A label is one word of one person. What of gold no label speaks of is as parley
// read it, and nobody has checked it.
type label struct {
	Development string     `json:"development"`
	Wrong       news.Wrong `json:"wrong"`
	Right       string     `json:"right,omitempty"`
	Author      string     `json:"author"`
	At          time.Time  `json:"at"`
}

// ExportFeedback writes what people said is wrong of developments, a JSON object
// for each.
func (k *Knowledge) ExportFeedback(ctx context.Context, log *slog.Logger) ([][]byte, error) {
	s, err := store.Open(ctx, k.Config.Database, log, store.WithWords(words()))
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close() }() // it was only read
	all, err := s.Feedback(ctx)
	if err != nil {
		return nil, err
	}
	var out [][]byte
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].Development == all[0].Development {
			n++
		}
		line, ok, err := k.labelled(ctx, s, all[:n])
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, line)
		}
		all = all[n:]
	}
	return out, nil
}

// labelled makes a line of the labels of one development; false if its item is not
// stored any more.
func (k *Knowledge) labelled(ctx context.Context, s *store.Store, labels []news.Feedback) ([]byte, bool, error) {
	d, ok, err := s.Development(ctx, labels[0].Development)
	if err != nil || !ok || len(d.Sources) == 0 {
		return nil, false, err
	}
	stored, ok, err := s.ItemByID(ctx, d.Sources[0].Item)
	if err != nil || !ok {
		return nil, false, err
	}
	it := stored.Item
	row := labelled{ID: it.ID, Feed: it.Feed, Title: it.Title, Text: it.Text, Language: it.Language, Link: it.Link, Hard: true}
	if !it.Published.IsZero() {
		row.Published = it.Published.Format(time.RFC3339)
		if zone := it.Published.Location().String(); strings.Contains(zone, "/") {
			row.Zone = zone
		}
	}
	row.Gold = map[string]any{
		"development": true, "negotiation": d.Negotiation, "kinds": []news.Kind{d.Kind}, "speaker": d.Speaker, "parties": d.Parties, "mediators": d.Mediators,
		"dates": d.Dates, "certainty": d.Certainty, "tone": d.Tone, "round": d.Round, "venue": d.Venue, "denies": d.Denies,
	}
	for _, f := range labels {
		k.correct(row.Gold, f)
		row.Feedback = append(row.Feedback, label{f.Development.String(), f.What, f.Right, f.Author, f.At})
	}
	for _, f := range labels {
		if f.What == news.Nothing { // then there is nothing else to say
			row.Gold = map[string]any{"development": false, "why": f.Right}
		}
	}
	line, err := json.Marshal(row)
	return line, true, err
}

// correct puts what somebody says is right into gold; of what is only known to be
// wrong it says nothing.
func (k *Knowledge) correct(gold map[string]any, f news.Feedback) {
	field := map[news.Wrong]string{news.WrongKind: "kinds", news.WrongDate: "dates", news.WrongSpeaker: "speaker", news.Duplicate: "duplicate"}[f.What]
	switch {
	case f.Right == "":
		delete(gold, field)
	case f.What == news.WrongKind:
		gold[field] = []string{f.Right}
	case f.What == news.WrongDate:
		gold[field] = []news.Date{{Start: f.Right, End: f.Right, Granularity: "day", Preferred: true, EDTF: f.Right}}
	case f.What == news.WrongSpeaker:
		speaker := news.Speaker{Name: &f.Right}
		if a, ok := k.Actors.Actor(f.Right); ok {
			speaker = news.Speaker{Affiliation: &a.ID}
			if a.SpeaksFor != "" {
				speaker = news.Speaker{Name: &a.Title, Affiliation: &a.SpeaksFor}
			}
		}
		gold[field] = speaker
	case f.What == news.Duplicate:
		gold[field] = f.Right
	}
}
