package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"parley/internal/news"
)

const subscriptionColumns = `id, channel, query, digest, quiet, zone, level, threaded, status, author, created`

func (s *Store) scanSubscription(row scanner) (news.Subscription, error) {
	var sub news.Subscription
	var zone string
	var created int64
	err := row.Scan(&sub.ID, &sub.Channel, &sub.To, &sub.Digest, &sub.Quiet, &zone, &sub.Level, &sub.Threaded, &sub.Status, &sub.Author, &created)
	sub.Created = fromMillis(created)
	if zone != "" {
		if sub.Zone = s.zones.named(zone); sub.Zone == nil {
			sub.Zone = time.UTC // quiet hours an hour off are better than no alerts; the log says which zone
		}
	}
	return sub, err
}

// settings is what a subscription asked for at one time, as the log keeps it.
type settings struct {
	Channel string     `json:"channel"`
	Query   string     `json:"query"`
	Digest  string     `json:"digest,omitempty"`
	Quiet   string     `json:"quiet,omitempty"`
	Zone    string     `json:"zone,omitempty"`
	Level   news.Level `json:"level,omitempty"`

	Threaded bool            `json:"threaded,omitempty"`
	Status   news.StatusWish `json:"status,omitempty"`
}

func settingsOf(sub news.Subscription) settings {
	set := settings{Channel: sub.Channel, Query: sub.To, Digest: sub.Digest, Quiet: sub.Quiet, Level: sub.Level, Threaded: sub.Threaded, Status: sub.Status}
	if sub.Zone != nil {
		set.Zone = sub.Zone.String()
	}
	return set
}

// Subscribe stores sub and returns it with its ID. If the channel has that
// query already, false is returned with the older subscription, which takes
// over the digest, quiet hours, zone, level, threading and status card of sub where they differ. The
// log keeps that sub.Author did so at sub.Created.
func (s *Store) Subscribe(ctx context.Context, sub news.Subscription) (stored news.Subscription, created bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		var err error
		stored, created, err = s.subscribe(ctx, tx, sub)
		return err
	})
	if err != nil {
		return sub, false, err
	}
	return stored, created, nil
}

// subscribe is Subscribe inside of a transaction.
func (s *Store) subscribe(ctx context.Context, tx *sql.Tx, sub news.Subscription) (stored news.Subscription, created bool, err error) {
	set := settingsOf(sub)
	switch {
	case sub.Channel == "" || sub.To == "":
		return sub, false, errors.New("a subscription needs a channel and a query")
	case sub.Created.IsZero():
		return sub, false, errors.New("a subscription needs the time at which it was asked for")
	case set.Zone != "" && (set.Zone == "Local" || s.zones.named(set.Zone) == nil):
		return sub, false, fmt.Errorf("unknown time zone %q: name one like Europe/London", set.Zone)
	}
	if err := installed(ctx, tx, sub.Channel); err != nil {
		return sub, false, err
	}
	old, err := s.scanSubscription(tx.QueryRowContext(ctx, `SELECT `+subscriptionColumns+` FROM subscriptions
		WHERE channel = $1 AND query = $2 AND ended IS NULL`, sub.Channel, sub.To))
	action := "change"
	switch {
	case errors.Is(err, sql.ErrNoRows):
		created, action = true, "subscribe"
		stored, err = s.scanSubscription(tx.QueryRowContext(ctx, `INSERT INTO subscriptions
			(channel, query, digest, quiet, zone, level, threaded, status, author, created)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING `+subscriptionColumns,
			sub.Channel, sub.To, sub.Digest, sub.Quiet, set.Zone, sub.Level, flag(sub.Threaded), sub.Status, sub.Author, toMillis(sub.Created)))
	case err != nil:
	case settingsOf(old) == set:
		return old, false, nil
	default:
		stored, err = s.scanSubscription(tx.QueryRowContext(ctx, `UPDATE subscriptions
			SET digest = $2, quiet = $3, zone = $4, level = $5, threaded = $6, status = $7 WHERE id = $1 RETURNING `+subscriptionColumns,
			old.ID, sub.Digest, sub.Quiet, set.Zone, sub.Level, flag(sub.Threaded), sub.Status))
	}
	if err != nil {
		return sub, false, err
	}
	return stored, created, logSubscription(ctx, tx, stored, action, sub.Author, sub.Created)
}

// Unsubscribe ends a subscription and keeps who did so. It returns
// news.ErrNotFound if there is none of that id, or if it has ended already.
func (s *Store) Unsubscribe(ctx context.Context, id int64, author string, at time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error { return s.unsubscribe(ctx, tx, id, author, at) })
}

// unsubscribe is Unsubscribe inside of a transaction.
func (s *Store) unsubscribe(ctx context.Context, tx *sql.Tx, id int64, author string, at time.Time) error {
	sub, err := s.scanSubscription(tx.QueryRowContext(ctx, `UPDATE subscriptions SET ended = $2
		WHERE id = $1 AND ended IS NULL RETURNING `+subscriptionColumns, id, toMillis(at)))
	if errors.Is(err, sql.ErrNoRows) {
		return fmt.Errorf("subscription %d: %w", id, news.ErrNotFound)
	}
	if err != nil {
		return err
	}
	return logSubscription(ctx, tx, sub, "unsubscribe", author, at)
}

func logSubscription(ctx context.Context, tx *sql.Tx, sub news.Subscription, action, author string, at time.Time) error {
	body, err := encode(settingsOf(sub))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO subscription_log (subscription, action, author, at, settings)
		VALUES ($1, $2, $3, $4, $5)`, sub.ID, action, author, toMillis(at), body)
	return err
}

// Subscriptions returns those that have not ended, oldest first.
func (s *Store) Subscriptions(ctx context.Context) ([]news.Subscription, error) {
	subs, err := scanAll(ctx, s.reader, s.scanSubscription, `SELECT `+subscriptionColumns+` FROM subscriptions
		WHERE ended IS NULL ORDER BY id`)
	return subs, s.fault(err)
}
