package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"time"

	"parley/internal/news"
)

// Sent writes down that a batch has arrived and where. Like Retry and Park it
// does so for the attempt that the notifications carry; if any of them has
// been claimed anew or settled since, nothing changes and news.ErrStale is
// returned. A message that is still Unsure was posted as one that may be a
// repetition; edits of it will say so too.
//
// What updates another development lets the card of that one be edited, since
// only now there is something to point to. An edit that was overtaken while it
// was on its way is queued once more.
func (s *Store) Sent(ctx context.Context, batch []news.Notification, receipt news.Receipt, at time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if err := settle(ctx, tx, batch, `state = CASE WHEN again = 1 THEN 'pending' ELSE 'sent' END,
				not_before = CASE WHEN again = 1 THEN CAST($3 AS BIGINT) + $7 ELSE not_before END, batch = CASE WHEN again = 1 THEN 0 ELSE batch END, again = 0,
				settled = $3, sent_channel = $4, sent_ts = $5, root_ts = $6, unsure = $8, action = CASE WHEN status <> '' THEN 'edit' ELSE action END`,
			func(n news.Notification) []any {
				root := ""
				if n.Action == news.Post {
					root = n.Target.TS
				}
				return []any{toMillis(at), receipt.Channel, receipt.TS, root, editPause.Milliseconds(), flag(n.Unsure)}
			}); err != nil {
			return err
		}
		for _, n := range batch {
			if d := n.Alert.Development; n.Action == news.Post && d != nil && d.Updates != 0 {
				var cause int64
				if err := tx.QueryRowContext(ctx, `SELECT item FROM outbox WHERE id = $1`, n.ID).Scan(&cause); err != nil {
					return err
				}
				if err := editCards(ctx, tx, d.Updates, n.Channel, cause, at); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// Retry puts a batch back, to be tried again as one from notBefore on. Plain
// and Unsure are kept as the notifications have them, and so is Action: a status
// card that was deleted is put back as a Post.
func (s *Store) Retry(ctx context.Context, batch []news.Notification, notBefore time.Time, reason string) error {
	return s.settle(ctx, batch, `not_before = $3, reason = $4, plain = $5, unsure = $6,
			anew = CASE WHEN action <> $7 THEN 1 ELSE anew END, created = CASE WHEN action <> $7 THEN $3 ELSE created END, action = $7`,
		func(n news.Notification) []any {
			return []any{toMillis(notBefore), reason, flag(n.Plain), flag(n.Unsure), cmp.Or(n.Action, news.Post)}
		})
}

// Park takes a batch out of the queue for good, with the reason why it cannot
// be delivered. It stays in the outbox.
func (s *Store) Park(ctx context.Context, batch []news.Notification, reason string, at time.Time) error {
	return s.settle(ctx, batch, `state = 'parked', settled = $3, reason = $4`,
		func(news.Notification) []any { return []any{toMillis(at), reason} })
}

func (s *Store) settle(ctx context.Context, batch []news.Notification, set string, args func(news.Notification) []any) error {
	return s.write(ctx, func(tx *sql.Tx) error { return settle(ctx, tx, batch, set, args) })
}

func settle(ctx context.Context, tx *sql.Tx, batch []news.Notification, set string, args func(news.Notification) []any) error {
	for _, n := range batch {
		done, err := tx.ExecContext(ctx, `UPDATE outbox SET claimed_until = 0, `+set+`
			WHERE id = $1 AND attempt = $2 AND state = 'pending' AND claimed_until <> 0`,
			append([]any{n.ID, n.Attempt}, args(n)...)...)
		if err != nil {
			return err
		}
		if err := fenced(done); err != nil {
			return err
		}
	}
	return nil
}

// HoldChannel keeps everything for a channel back until then. A hold is never
// shortened by a later call.
func (s *Store) HoldChannel(ctx context.Context, channel string, until time.Time) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		if err := installed(ctx, tx, channel); errors.Is(err, news.ErrNotFound) {
			return nil // nothing waits for it
		} else if err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO holds (channel, until) VALUES ($1, $2)
			ON CONFLICT (channel) DO UPDATE SET until = excluded.until WHERE excluded.until > holds.until`,
			channel, toMillis(until))
		return err
	})
}

// Counts says how many notifications wait, are parked, and were sent.
func (s *Store) Counts(ctx context.Context) (pending, parked, sent int, err error) {
	of := map[string]int{}
	_, err = scanAll(ctx, s.reader, func(row scanner) (state string, err error) {
		var n int
		err = row.Scan(&state, &n)
		of[state] = n
		return state, err
	}, `SELECT state, COUNT(*) FROM outbox GROUP BY state`)
	return of["pending"], of["parked"], of["sent"], s.fault(err)
}

// Deliveries says where an item went: its own notifications and those of the
// developments it reports, which another item may have raised, oldest first.
func (s *Store) Deliveries(ctx context.Context, item string) ([]news.Delivery, error) {
	found, err := scanAll(ctx, s.reader, scanDelivery, `SELECT o.key, o.channel, o.state, o.attempt, o.created, o.not_before, o.settled, o.reason, o.sent_channel, o.sent_ts, raised.published, raised.fetched
		FROM outbox o JOIN items raised ON raised.no = o.item
		WHERE o.item IN (SELECT no FROM items WHERE id = $1)
			OR o.development IN (SELECT r.development FROM reports r JOIN items i ON i.no = r.item WHERE i.id = $1)
		ORDER BY o.id`, item)
	return found, s.fault(err)
}

func scanDelivery(row scanner) (news.Delivery, error) {
	var d news.Delivery
	var created, notBefore, fetched int64
	var settled, published sql.NullInt64
	err := row.Scan(&d.Key, &d.Channel, &d.State, &d.Attempts, &created, &notBefore, &settled, &d.Reason, &d.Receipt.Channel, &d.Receipt.TS, &published, &fetched)
	d.Created, d.NotBefore, d.Settled = fromMillis(created), fromMillis(notBefore), fromNullable(settled)
	d.Published, d.Fetched = fromNullable(published), fromMillis(fetched)
	return d, err
}
