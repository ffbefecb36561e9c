package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"parley/internal/news"
)

// OpenDevelopments returns, by number and without their sources, those that a
// new report may repeat or update: reported since, or naming a day since. Of
// these it returns only what was written after a revision of the table (−1: all),
// and it returns the present revision (−1: there are none), to be asked after the
// next time.
func (s *Store) OpenDevelopments(ctx context.Context, after int64, since time.Time) ([]news.Tracked, int64, error) {
	// Before the developments: what is written in between is returned, or will be
	// the next time.
	present, err := presentRevision(ctx, s.reader)
	if err != nil {
		return nil, after, s.fault(err)
	}
	found, err := scanAll(ctx, s.reader, scanRevised, developmentColumns+`, revision FROM developments
		WHERE revision > $1 AND (last_at >= $2 OR id IN (SELECT development FROM development_dates WHERE last_day >= $3))
		ORDER BY id`, after, toMillis(since), since.UTC().Format(time.DateOnly))
	if err != nil {
		return nil, after, s.fault(err)
	}
	after = max(after, present)
	list := make([]news.Tracked, len(found))
	for i, f := range found {
		list[i] = f.Tracked
		after = max(after, f.revision)
	}
	return list, after, nil
}

// Development returns one by its number; false if there is none.
func (s *Store) Development(ctx context.Context, id news.DevelopmentID) (news.Tracked, bool, error) {
	found, err := s.tracked(ctx, s.reader, `WHERE id = $1`, id)
	if err != nil || len(found) == 0 {
		return news.Tracked{}, false, err
	}
	return found[0], true, nil
}

// Developments returns those that pass f, the latest to be first reported first.
func (s *Store) Developments(ctx context.Context, f news.Filter) ([]news.Tracked, error) {
	conditions := []string{`first_at >= $1`}
	args := []any{toMillis(f.Since)}
	if f.Since.IsZero() {
		conditions[0] = `$1 = 0`
	}
	if f.Negotiation != "" {
		args = append(args, f.Negotiation)
		conditions = append(conditions, `negotiation = $`+number(args))
	}
	if len(f.Kinds) > 0 {
		var list string
		list, args = placeholders(f.Kinds, func(k news.Kind) any { return string(k) }, args...)
		conditions = append(conditions, `kind IN (`+list+`)`)
	}
	if f.Speaker != "" || len(f.Names) > 0 {
		var said string
		said, args = saidBy(f, args)
		conditions = append(conditions, said)
	}
	if f.Before != 0 {
		args = append(args, f.Before)
		conditions = append(conditions, `(first_at, id) < (SELECT first_at, id FROM developments WHERE id = $`+number(args)+`)`)
	}
	tail := `WHERE ` + strings.Join(conditions, ` AND `) + ` ORDER BY first_at DESC, id DESC`
	if f.Limit > 0 {
		args = append(args, f.Limit)
		tail += ` LIMIT $` + number(args)
	}
	if f.Bare {
		list, err := scanAll(ctx, s.reader, scanBare, `SELECT id, updates, change, body, first_at, last_at FROM developments `+tail, args...)
		return list, s.fault(err)
	}
	return s.tracked(ctx, s.reader, tail, args...)
}

// Upcoming returns at most limit developments (0: all) that name a day which
// is fromDay (2006-01-02) or later, the soonest first. One that another has
// updated is left out: its date is no longer the one to go by.
func (s *Store) Upcoming(ctx context.Context, fromDay string, limit int) ([]news.Tracked, error) {
	tail := `WHERE id IN (SELECT development FROM development_dates WHERE last_day >= $1)
		AND NOT EXISTS (SELECT 1 FROM developments later WHERE later.updates = developments.id)
		ORDER BY (SELECT MIN(first_day) FROM development_dates WHERE development = developments.id AND last_day >= $1), id`
	args := []any{fromDay}
	if limit > 0 {
		args = append(args, limit)
		tail += ` LIMIT $2`
	}
	return s.tracked(ctx, s.reader, tail, args...)
}

// tracked reads the developments that tail chooses, with their sources.
func (s *Store) tracked(ctx context.Context, q querier, tail string, args ...any) ([]news.Tracked, error) {
	found, err := scanAll(ctx, q, scanTracked, developmentColumns+` FROM developments `+tail, args...)
	if err != nil {
		return nil, s.fault(err)
	}
	at := make(map[news.DevelopmentID]int, len(found))
	for i, t := range found {
		at[t.ID] = i
	}
	for part := range slices.Chunk(found, listLimit) {
		list, args := placeholders(part, func(t news.Tracked) any { return int64(t.ID) })
		// DISTINCT: one item may report one development in two of its sentences.
		sources, err := scanAll(ctx, q, s.scanSource, `SELECT DISTINCT r.development, i.at, i.no, i.id, i.feed, i.tier, i.title, i.link, i.published, i.zone, i.offset_s, r.wire, r.copy
			FROM reports r JOIN items i ON i.no = r.item WHERE r.development IN (`+list+`)
			ORDER BY r.development, i.at, i.no`, args...)
		if err != nil {
			return nil, s.fault(err)
		}
		for _, src := range sources {
			t := &found[at[src.of]]
			t.Sources = append(t.Sources, src.Source)
		}
	}
	return found, nil
}

const developmentColumns = `SELECT id, updates, change, body, first_at, last_at, marks`

func scanTracked(row scanner) (news.Tracked, error) {
	return scanDevelopment(row)
}

// scanBare reads what a bare development tells.
func scanBare(row scanner) (news.Tracked, error) {
	var t news.Tracked
	var updates sql.NullInt64
	var body []byte
	var first, last int64
	if err := row.Scan(&t.ID, &updates, &t.Change, &body, &first, &last); err != nil {
		return t, err
	}
	t.Updates = news.DevelopmentID(updates.Int64)
	t.First, t.Last = fromMillis(first), fromMillis(last)
	var bare struct {
		Kind      news.Kind      `json:"kind"`
		Certainty news.Certainty `json:"certainty"`
		Round     *int           `json:"round"`
		Dates     []news.Date    `json:"dates"`
	}
	err := json.Unmarshal(body, &bare)
	t.Kind, t.Certainty, t.Round, t.Dates = bare.Kind, bare.Certainty, bare.Round, bare.Dates
	return t, err
}

type revised struct {
	news.Tracked
	revision int64
}

func scanRevised(row scanner) (r revised, err error) {
	r.Tracked, err = scanDevelopment(row, &r.revision)
	return r, err
}

// scanDevelopment reads developmentColumns, and more behind them.
func scanDevelopment(row scanner, more ...any) (news.Tracked, error) {
	var t news.Tracked
	var updates sql.NullInt64
	var body, marks string
	var first, last int64
	if err := row.Scan(append([]any{&t.ID, &updates, &t.Change, &body, &first, &last, &marks}, more...)...); err != nil {
		return t, err
	}
	if marks != "" {
		t.Marks, _ = base64.StdEncoding.DecodeString(marks) // damaged, they help less; facts decide
	}
	t.Updates = news.DevelopmentID(updates.Int64)
	t.First, t.Last = fromMillis(first), fromMillis(last)
	var err error
	t.Development, err = decodeDevelopment(body)
	return t, err
}

type sourceOf struct {
	of news.DevelopmentID
	news.Source
}

func (s *Store) scanSource(row scanner) (sourceOf, error) {
	var src sourceOf
	var at, no int64 // only to order by
	var m moment
	err := row.Scan(&src.of, &at, &no, &src.Item, &src.Feed, &src.Tier, &src.Title, &src.Link, &m.Millis, &m.Zone, &m.Offset, &src.Wire, &src.Copy)
	src.Published = m.time(s.zones)
	return src, err
}
