package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"parley/internal/news"
)

const feedColumns = `name, url, next_check, last_check, last_success, last_new, etag, last_modified,
	checks, failures, items, last_error, claim, habits, told`

func scanFeed(row scanner) (news.FeedState, error) {
	var f news.FeedState
	var next int64
	var check, success, fresh sql.NullInt64
	var habits string
	err := row.Scan(&f.Name, &f.URL, &next, &check, &success, &fresh, &f.ETag, &f.LastModified,
		&f.Checks, &f.Failures, &f.Items, &f.LastError, &f.Claim, &habits, &f.Told)
	f.NextCheck = fromMillis(next)
	f.LastCheck, f.LastSuccess, f.LastNew = fromNullable(check), fromNullable(success), fromNullable(fresh)
	f.Baseline = f.LastSuccess.IsZero()
	f.Habits = decodeHabits(habits)
	return f, err
}

// SyncFeeds makes the stored feeds those of the configuration. A new feed gets
// its first check; one that has vanished is set aside with its items and
// resumes if it comes back; one with another URL loses its validators and
// keeps its items. A check under way of a feed that vanished or moved cannot
// be saved any more.
func (s *Store) SyncFeeds(ctx context.Context, plans []news.FeedPlan) error {
	planned := make(map[string]bool, len(plans))
	return s.write(ctx, func(tx *sql.Tx) error {
		for _, p := range plans {
			if planned[p.Name] {
				return fmt.Errorf("two feeds are named %q: rename one", p.Name)
			}
			planned[p.Name] = true
			if err := syncFeed(ctx, tx, p); err != nil {
				return fmt.Errorf("feed %s: %w", p.Name, err)
			}
		}
		enabled, err := scanAll(ctx, tx, func(row scanner) (name string, err error) {
			return name, row.Scan(&name)
		}, `SELECT name FROM feeds WHERE enabled = 1`)
		if err != nil {
			return err
		}
		for _, name := range enabled {
			if planned[name] {
				continue
			}
			if _, err := tx.ExecContext(ctx, `UPDATE feeds SET enabled = 0, claim = claim + 1, claimed_until = 0
				WHERE name = $1`, name); err != nil {
				return err
			}
		}
		return nil
	})
}

func syncFeed(ctx context.Context, tx *sql.Tx, p news.FeedPlan) error {
	var url string
	var enabled bool
	err := tx.QueryRowContext(ctx, `SELECT url, enabled FROM feeds WHERE name = $1`, p.Name).Scan(&url, &enabled)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		_, err = tx.ExecContext(ctx, `INSERT INTO feeds (name, url, next_check) VALUES ($1, $2, $3)`,
			p.Name, p.URL, toMillis(p.First))
	case err != nil:
	case url != p.URL:
		_, err = tx.ExecContext(ctx, `UPDATE feeds SET url = $2, next_check = $3, enabled = 1, etag = '', last_modified = '',
			failures = 0, last_error = '', habits = '', claim = claim + 1, claimed_until = 0 WHERE name = $1`,
			p.Name, p.URL, toMillis(p.First))
	case !enabled:
		_, err = tx.ExecContext(ctx, `UPDATE feeds SET enabled = 1, next_check = $2 WHERE name = $1`,
			p.Name, toMillis(p.First))
	}
	return err
}

// ClaimFeed hands out the most overdue feed that nobody else is checking, or
// false if none is due. The claim ends with SaveCheck, or when the lease has
// run out; then the feed is handed out again.
func (s *Store) ClaimFeed(ctx context.Context, now time.Time, lease time.Duration) (news.FeedState, bool, error) {
	feed, ok, err := s.claimFeed(ctx, now, lease, `next_check <= $1 ORDER BY next_check, name LIMIT 1`)
	if !ok && err == nil {
		err = s.setBack(ctx, now) // a moment in which there is time to look
	}
	return feed, ok, err
}

// ClaimNamed hands out one feed whether or not it is due, unless somebody is
// checking it; then, or if there is no such feed, it returns false.
func (s *Store) ClaimNamed(ctx context.Context, name string, now time.Time, lease time.Duration) (news.FeedState, bool, error) {
	return s.claimFeed(ctx, now, lease, `name = $4`, name)
}

func (s *Store) claimFeed(ctx context.Context, now time.Time, lease time.Duration, which string, args ...any) (feed news.FeedState, ok bool, err error) {
	args = append([]any{toMillis(now), toMillis(now.Add(lease)), toMillis(now.Add(2 * lease))}, args...)
	err = s.write(ctx, func(tx *sql.Tx) error {
		// A claim that reaches further ahead than any made now could was made by
		// a clock that ran ahead; it must not block the feed until then.
		row := tx.QueryRowContext(ctx, `UPDATE feeds SET claim = claim + 1, claimed_until = $2
			WHERE name = (SELECT name FROM feeds
				WHERE enabled = 1 AND (claimed_until <= $1 OR claimed_until > $3) AND `+which+`)
			RETURNING `+feedColumns, args...)
		feed, err = scanFeed(row)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		ok = err == nil
		return err
	})
	return feed, ok && err == nil, err
}

// NextDue says when ClaimFeed will have something to hand out if nothing else
// happens; false when there is no feed.
func (s *Store) NextDue(ctx context.Context) (time.Time, bool, error) {
	var next sql.NullInt64
	err := s.reader.QueryRowContext(ctx, `SELECT MIN(CASE WHEN claimed_until > next_check THEN claimed_until ELSE next_check END)
		FROM feeds WHERE enabled = 1`).Scan(&next)
	return fromNullable(next), next.Valid, s.fault(err)
}

// Feeds returns the configured feeds by name.
func (s *Store) Feeds(ctx context.Context) ([]news.FeedState, error) {
	feeds, err := scanAll(ctx, s.reader, scanFeed, `SELECT `+feedColumns+` FROM feeds WHERE enabled = 1 ORDER BY name`)
	return feeds, s.fault(err)
}

// endClaim gives a claim back, or returns news.ErrStale if it is not held.
func endClaim(ctx context.Context, tx *sql.Tx, feed string, claim int64) error {
	done, err := tx.ExecContext(ctx, `UPDATE feeds SET claimed_until = 0
		WHERE name = $1 AND claim = $2 AND claimed_until <> 0`, feed, claim)
	if err != nil {
		return err
	}
	return fenced(done)
}

// finishCheck writes down how a check went.
func finishCheck(ctx context.Context, tx *sql.Tx, c news.Check, stored int) error {
	at := toMillis(c.At)
	var success, fresh any // NULL leaves what is there
	if c.Succeeded {
		success = at
	}
	if stored > 0 {
		fresh = at
	}
	habits, err := encodeHabits(c.Habits)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `UPDATE feeds SET
			next_check = $2, last_check = $3, checks = checks + 1, items = items + $4, last_error = $5,
			last_success = COALESCE($6, last_success), last_new = COALESCE($7, last_new),
			failures = CASE WHEN $8 = 1 THEN 0 ELSE failures + $12 END,
			etag = CASE WHEN $8 = 1 THEN $9 ELSE etag END,
			last_modified = CASE WHEN $8 = 1 THEN $10 ELSE last_modified END,
			habits = $11
		WHERE name = $1`,
		c.Feed, toMillis(c.Next), at, stored, c.Error, success, fresh, flag(c.Succeeded), c.ETag, c.LastModified, habits, flag(!c.Blameless))
	return err
}

// fenced returns news.ErrStale unless the one row changed that was claimed.
func fenced(done sql.Result) error {
	n, err := done.RowsAffected()
	if err != nil {
		return err
	}
	if n != 1 {
		return news.ErrStale
	}
	return nil
}
