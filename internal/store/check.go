package store

import (
	"context"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/news"
)

// listLimit is how many values an IN list is given at once.
const listLimit = 500

// placeholders returns "$2, $3, …" for values, numbered after first, and all
// arguments in order.
func placeholders[T any](values []T, arg func(T) any, first ...any) (list string, args []any) {
	args = first
	var b []byte
	for i, v := range values {
		if i > 0 {
			b = append(b, ", "...)
		}
		args = append(args, arg(v))
		b = append(b, '$')
		b = strconv.AppendInt(b, int64(len(args)), 10)
	}
	return string(b), args
}

// SaveCheck takes over everything that a check brought, or nothing: items with
// their readings, developments and their sources, notifications, and the state
// of the feed. It returns news.ErrStale if the claim is no longer held, and
// news.ErrOvertaken if somebody has written developments since the revision that
// the check knows: two processes then do not number one development twice.
//
// Provisional ids of developments become numbers wherever they stand. Every
// notification gets its Key from what it is about and its channel; one whose
// key the outbox has held before is left out, so that no channel hears of a
// development twice. The validators of a check that succeeded replace those of
// the one before, so a "not modified" must hand on those it was asked with.
func (s *Store) SaveCheck(ctx context.Context, c news.Check) (news.CheckSummary, error) {
	var saved news.CheckSummary
	err := s.write(ctx, func(tx *sql.Tx) error {
		// First of all: what an outdated check brings may contradict what is
		// stored by now, and must not be looked at.
		if err := endClaim(ctx, tx, c.Feed, c.Claim); err != nil {
			return err
		}
		if err := unovertaken(ctx, tx, c); err != nil {
			return err
		}
		index, err := s.beginIndexing(ctx, tx)
		if err != nil {
			return err
		}
		t := taking{tx: tx, check: c, numbers: map[news.DevelopmentID]news.DevelopmentID{}, index: index}
		for i := range c.Items {
			if err := t.item(ctx, &c.Items[i]); err != nil {
				return fmt.Errorf("feed %s, item %s: %w", c.Feed, c.Items[i].Item.ID, err)
			}
		}
		if err := index.end(ctx, tx); err != nil {
			return err
		}
		saved = t.saved
		return finishCheck(ctx, tx, c, saved.Items)
	})
	if err != nil {
		return news.CheckSummary{}, err
	}
	return saved, nil
}

func unovertaken(ctx context.Context, tx *sql.Tx, c news.Check) error {
	if c.Known == 0 || len(c.Items) == 0 {
		return nil
	}
	revision, err := presentRevision(ctx, tx)
	if err == nil && revision != c.Known {
		err = news.ErrOvertaken
	}
	return err
}

// A taking is a check on its way into the tables.
type taking struct {
	tx      *sql.Tx
	check   news.Check
	numbers map[news.DevelopmentID]news.DevelopmentID // provisional → numbered
	saved   news.CheckSummary
	index   *indexing
}

func (t *taking) item(ctx context.Context, ci *news.CheckedItem) error {
	if len(ci.Of) != len(ci.Notifications) {
		return fmt.Errorf("%d notifications but %d places that say what they are about", len(ci.Notifications), len(ci.Of))
	}
	if ci.Item.Edits != "" {
		if err := t.edited(ctx, ci.Item); err != nil || !tellsMore(ci) {
			return err
		}
	}
	no, err := t.insertItem(ctx, ci)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // stored before, and all that came of it with it
	}
	if err != nil {
		return err
	}
	t.saved.Items++
	if err := t.index.add(ctx, t.tx, no, ci.Item, ci.Reading.Developments); err != nil {
		return err
	}

	places := placesInReading(ci)
	ids := make([]news.DevelopmentID, len(ci.Judged))
	for i, j := range ci.Judged {
		if ids[i], err = t.development(ctx, j, instantOf(ci.Item)); err != nil {
			return err
		}
		body, err := encodeDevelopment(j.Development)
		if err != nil {
			return err
		}
		if _, err := t.tx.ExecContext(ctx, `INSERT INTO reports (item, place, reading, development, verdict, change, reason, body, wire, copy)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`, no, i, places[i], nullableID(ids[i]), j.Is, j.Change, t.numbered(j.Reason), body, j.Wire, flag(j.Copy)); err != nil {
			return err
		}
	}
	for i, n := range ci.Notifications {
		var about news.DevelopmentID
		if of := ci.Of[i]; of >= 0 {
			if of >= len(ids) || ids[of] == 0 {
				return fmt.Errorf("the notification to %s is about development %d of the item, which is not tracked", n.Channel, of)
			}
			about = ids[of]
		}
		if err := t.notification(ctx, no, about, n); err != nil {
			return err
		}
	}
	for i, j := range ci.Judged { // once the report is there to be told of
		if j.Is == news.Repeat {
			if err := editCards(ctx, t.tx, ids[i], "", no, t.check.At); err != nil {
				return err
			}
		}
	}
	return nil
}

// instantOf returns when an item was published, or fetched where the feed did
// not say.
func instantOf(it news.Item) time.Time {
	if it.Published.IsZero() {
		return it.Fetched
	}
	return it.Published
}

func (t *taking) insertItem(ctx context.Context, ci *news.CheckedItem) (no int64, err error) {
	body, err := encodeReading(ci.Reading)
	if err != nil {
		return 0, err
	}
	it := ci.Item
	published := momentOf(it.Published)
	err = t.tx.QueryRowContext(ctx, `INSERT INTO items
		(feed, id, tier, title, body, link, language, published, zone, offset_s, fetched, at, reading, why, content, article)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
		ON CONFLICT (feed, id) DO NOTHING RETURNING no`,
		t.check.Feed, it.ID, it.Tier, it.Title, it.Text, it.Link, it.Language, nullable(it.Published), published.Zone, published.Offset,
		toMillis(it.Fetched), toMillis(instantOf(it)), body, ci.Why, contentOf(it), it.Article).Scan(&no)
	return no, err
}

// placesInReading finds for each judged development its place in the reading,
// −1 where it has none there.
func placesInReading(ci *news.CheckedItem) []int {
	places := make([]int, len(ci.Judged))
	taken := make([]bool, len(ci.Reading.Developments))
	for i, j := range ci.Judged {
		places[i] = slices.IndexFunc(ci.Reading.Developments, func(d news.Development) bool {
			return d.Kind == j.Kind && d.Evidence == j.Evidence
		})
		// Two developments may share kind and clause: "on Tuesday Iran and on
		// Friday Oman …". They are judged in the order of the reading.
		for p := places[i]; p >= 0 && p < len(taken); p++ {
			if d := ci.Reading.Developments[p]; !taken[p] && d.Kind == j.Kind && d.Evidence == j.Evidence {
				places[i], taken[p] = p, true
				break
			}
		}
	}
	return places
}

// development tracks what was judged and returns its number, 0 for what is not
// tracked.
func (t *taking) development(ctx context.Context, j news.Judged, at time.Time) (news.DevelopmentID, error) {
	switch j.Is {
	case news.Silent:
		return 0, nil
	case news.Repeat:
		id, err := t.number(j.ID)
		if err != nil {
			return 0, err
		}
		return id, t.repeat(ctx, id, j, at)
	case news.New, news.Update:
		return t.newDevelopment(ctx, j, at)
	}
	return 0, fmt.Errorf("unknown verdict %q", j.Is)
}

// nextRevision numbers what is written to developments, so that whoever holds
// them in memory can ask for what has changed.
const nextRevision = `(SELECT COALESCE(MAX(revision), 0) + 1 FROM developments)`

// presentRevision is the last number given, −1 where there is none.
func presentRevision(ctx context.Context, q querier) (revision int64, err error) {
	err = q.QueryRowContext(ctx, `SELECT COALESCE(MAX(revision), -1) FROM developments`).Scan(&revision)
	return revision, err
}

// repeat notes one more report of a development, and what it adds.
func (t *taking) repeat(ctx context.Context, id news.DevelopmentID, j news.Judged, at time.Time) error {
	done, err := t.tx.ExecContext(ctx, `UPDATE developments SET
		first_at = CASE WHEN first_at > $2 THEN $2 ELSE first_at END,
		last_at  = CASE WHEN last_at  < $2 THEN $2 ELSE last_at  END,
		marks = CASE WHEN $3 <> '' THEN $3 ELSE marks END, revision = `+nextRevision+`
		WHERE id = $1`, id, toMillis(at), base64.StdEncoding.EncodeToString(j.Marks))
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fmt.Errorf("it repeats %v, which is not tracked", id))
	}
	if j.Adds == nil {
		return nil
	}
	return t.grow(ctx, id, *j.Adds)
}

// grow adds to a development what a repeat tells besides.
func (t *taking) grow(ctx context.Context, id news.DevelopmentID, adds news.Development) error {
	var body string
	if err := t.tx.QueryRowContext(ctx, `SELECT body FROM developments WHERE id = $1`, id).Scan(&body); err != nil {
		return err
	}
	d, err := decodeDevelopment(body)
	if err != nil {
		return err
	}
	d.Grow(adds)
	if body, err = encodeDevelopment(d); err != nil {
		return err
	}
	if _, err := t.tx.ExecContext(ctx, `UPDATE developments SET body = $2 WHERE id = $1`, id, body); err != nil {
		return err
	}
	if len(adds.Dates) == 0 {
		return nil
	}
	if _, err := t.tx.ExecContext(ctx, `DELETE FROM development_dates WHERE development = $1`, id); err != nil {
		return err
	}
	return t.dates(ctx, id, adds.Dates)
}

func (t *taking) dates(ctx context.Context, id news.DevelopmentID, dates []news.Date) error {
	for _, d := range dates {
		if _, err := t.tx.ExecContext(ctx, `INSERT INTO development_dates (development, first_day, last_day)
			VALUES ($1, $2, $3)`, id, d.Start, max(d.Start, d.End)); err != nil {
			return err
		}
	}
	return nil
}

func (t *taking) newDevelopment(ctx context.Context, j news.Judged, at time.Time) (news.DevelopmentID, error) {
	if _, twice := t.numbers[j.ID]; j.ID > 0 || twice {
		return 0, fmt.Errorf("it is judged %s but has the id %d of another development", j.Is, int64(j.ID))
	}
	var updates news.DevelopmentID
	if j.Updates != 0 {
		var err error
		if updates, err = t.number(j.Updates); err != nil {
			return 0, err
		}
	}
	body, err := encodeDevelopment(j.Development)
	if err != nil {
		return 0, err
	}
	negotiation := ""
	if j.Negotiation != nil {
		negotiation = *j.Negotiation
	}
	var id news.DevelopmentID
	if err := t.tx.QueryRowContext(ctx, `INSERT INTO developments (updates, change, negotiation, kind, body, first_at, last_at, marks, revision)
		VALUES ($1, $2, $3, $4, $5, $6, $6, $7, `+nextRevision+`) RETURNING id`,
		nullableID(updates), j.Change, negotiation, j.Kind, body, toMillis(at), base64.StdEncoding.EncodeToString(j.Marks)).Scan(&id); err != nil {
		return 0, err
	}
	if err := t.dates(ctx, id, j.Dates); err != nil {
		return 0, err
	}
	if err := t.speakers(ctx, id, j.Development); err != nil {
		return 0, err
	}
	if j.ID < 0 {
		t.numbers[j.ID] = id
	}
	t.saved.Developments = append(t.saved.Developments, id)
	return id, nil
}

// number returns the number behind an id that may be provisional.
func (t *taking) number(id news.DevelopmentID) (news.DevelopmentID, error) {
	if id > 0 {
		return id, nil
	}
	numbered, ok := t.numbers[id]
	if !ok {
		return 0, fmt.Errorf("nothing before it in this check has the provisional id %d", int64(id))
	}
	return numbered, nil
}

// numbered puts numbers for the provisional ids in a reason.
func (t *taking) numbered(reason string) string {
	if !strings.Contains(reason, provisional) {
		return reason
	}
	for id, n := range t.numbers {
		reason = strings.ReplaceAll(reason, id.String()+":", n.String()+":")
		reason = strings.ReplaceAll(reason, id.String()+" ", n.String()+" ")
	}
	return reason
}

// provisional begins an id that is not numbered yet.
const provisional = "D--"

func nullableID(id news.DevelopmentID) any {
	if id == 0 {
		return nil
	}
	return int64(id)
}

func (t *taking) notification(ctx context.Context, item int64, about news.DevelopmentID, n news.Notification) error {
	// A workspace may have removed parley since the alert was routed.
	if err := installed(ctx, t.tx, n.Channel); errors.Is(err, news.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	subject := about.String()
	if about == 0 {
		subject = "I-" + strconv.FormatInt(item, 10)
	}
	if n.Created.IsZero() {
		n.Created = t.check.At
	}
	if err := t.gather(ctx, &n); err != nil {
		return err
	}
	body, err := encodeAlert(n.Alert)
	if err != nil {
		return err
	}
	keys := []string{subject + " to " + n.Channel}
	if n.Outlets > 0 { // raised by their number, also where the development is known
		keys = append(keys, fmt.Sprintf("%s to %s%s%d", subject, n.Channel, fromOutlets, n.Outlets))
	}
	for _, key := range keys {
		done, err := t.tx.ExecContext(ctx, `INSERT INTO outbox (key, channel, item, development, alert, digest, not_before, created, mute)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (key) DO NOTHING`,
			key, n.Channel, item, nullableID(about), body, flag(n.Digest), toMillis(n.NotBefore), toMillis(n.Created), nullableNumber(n.Mute))
		if err != nil {
			return err
		}
		queued, err := done.RowsAffected()
		t.saved.Notifications += int(queued)
		if err != nil || queued > 0 {
			return err
		}
	}
	return nil
}

// fromOutlets stands in the key of what is raised by the number of outlets.
const fromOutlets = " from outlets: "
