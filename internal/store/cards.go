package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"parley/internal/news"
)

// editPause is the least time between two changes of one card.
const editPause = time.Minute

// editOf is what is added to the key of a card for the row that edits it. There
// is one such row a card: it is sent again and again, so that what comes quickly
// is told together.
const editOf = " edit"

// editCards queues a change of each card about a development, in one channel or
// (”) in all. A card that is still waiting tells what is known when it is sent.
// The item cause is why.
func editCards(ctx context.Context, tx *sql.Tx, about news.DevelopmentID, channel string, cause int64, now time.Time) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO outbox (key, channel, item, development, alert, digest, not_before, created, action, cause)
		SELECT key || $1, channel, item, development, alert, 0, CASE WHEN settled IS NULL OR settled + $3 < $2 THEN $2 ELSE settled + $3 END, $2, 'edit', $6 FROM outbox
		WHERE development = $4 AND ($5 = '' OR channel = $5) AND action = 'post' AND digest = 0 AND (state = 'sent' OR state = 'pending' AND (claimed_until <> 0 OR unsure = 1))
		ON CONFLICT (key) DO UPDATE SET
			again = CASE WHEN outbox.state = 'pending' AND outbox.claimed_until <> 0 THEN 1 ELSE 0 END,
			not_before = CASE WHEN outbox.state = 'pending' THEN outbox.not_before
				WHEN outbox.settled + $3 > $2 THEN outbox.settled + $3 ELSE $2 END,
			batch = CASE WHEN outbox.state = 'pending' THEN outbox.batch ELSE 0 END,
			cause = CASE WHEN outbox.state = 'pending' AND outbox.claimed_until = 0 THEN outbox.cause ELSE excluded.cause END,
			state = 'pending', plain = 0
		WHERE outbox.state <> 'parked'`,
		editOf, toMillis(now), editPause.Milliseconds(), about, channel, cause)
	return err
}

// A card is where in a channel a development stands.
type card struct {
	news.Receipt
	root   string // the message under which it stands: its own, unless it is a reply
	unsure bool   // it says that it may be a repetition
}

const cardColumns = `SELECT sent_channel, sent_ts, root_ts, unsure FROM outbox WHERE state = 'sent' AND action = 'post' AND channel = $1 AND `

func scanCard(row scanner) (card, error) {
	var c card
	err := row.Scan(&c.Channel, &c.TS, &c.root, &c.unsure)
	if c.root == "" {
		c.root = c.TS
	}
	return c, err
}

// cardOf finds the card in a channel that tells of a development: its own, or
// that of the item that was the first to report it, among other things.
func cardOf(ctx context.Context, q querier, channel string, about news.DevelopmentID) (card, bool, error) {
	c, err := scanCard(q.QueryRowContext(ctx, cardColumns+`(development = $2
			OR item IN (SELECT item FROM reports WHERE development = $2 AND verdict IN ('new', 'update')))
		ORDER BY CASE WHEN development = $2 THEN 0 ELSE 1 END, id LIMIT 1`, channel, about))
	if errors.Is(err, sql.ErrNoRows) {
		return card{}, false, nil
	}
	return c, err == nil, err
}

// longestChain bounds how far back an update looks for the thread it belongs to.
const longestChain = 32

// place completes a notification that is handed out with what its card is to
// stand beside: the message that it edits, or the thread in which it replies; the
// development that it updates, and those that have updated it.
func (s *Store) place(ctx context.Context, tx *sql.Tx, n *news.Notification, now time.Time) error {
	if n.Alert.Status != nil {
		return s.placeStatus(ctx, tx, n, now)
	}
	d := n.Alert.Development
	if n.Action == news.Edit {
		c, err := scanCard(tx.QueryRowContext(ctx, cardColumns+`key = $2`, n.Channel, strings.TrimSuffix(n.Key, editOf)))
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		n.Target, n.Unsure = c.Receipt, c.unsure // empty if the card was never sent
		if err := tx.QueryRowContext(ctx, `SELECT i.feed, i.id FROM outbox o JOIN items i ON i.no = o.cause WHERE o.id = $1`, n.ID).Scan(&n.Cause.Feed, &n.Cause.ID); err != nil {
			return err
		}
	}
	if d == nil {
		return nil
	}
	if n.Action == news.Reminder && !n.Digest {
		c, _, err := cardOf(ctx, tx, n.Channel, d.ID)
		if err != nil {
			return err
		}
		n.Target = news.Receipt{Channel: c.Channel, TS: c.root}
	}
	if d.Updates != 0 {
		before, err := s.tracked(ctx, tx, `WHERE id = $1`, d.Updates)
		if err != nil {
			return err
		}
		if len(before) == 1 {
			n.Alert.Before = &before[0]
		}
	}
	under := d.Updates
	if strings.Contains(n.Key, fromOutlets) {
		under = d.ID // under the card that told of it first
	}
	for id, i := under, 0; id != 0 && i < longestChain && n.Action == news.Post && n.Target.TS == ""; i++ {
		c, ok, err := cardOf(ctx, tx, n.Channel, id)
		if err != nil {
			return err
		}
		if ok {
			n.Target = news.Receipt{Channel: c.Channel, TS: c.root}
		}
		var next sql.NullInt64
		if err := tx.QueryRowContext(ctx, `SELECT updates FROM developments WHERE id = $1`, id).Scan(&next); err != nil {
			return err
		}
		id = news.DevelopmentID(next.Int64)
	}
	later, err := s.tracked(ctx, tx, `WHERE updates = $1 ORDER BY first_at, id`, d.ID)
	if err != nil {
		return err
	}
	for _, t := range later {
		c, _, err := cardOf(ctx, tx, n.Channel, t.ID)
		if err != nil {
			return err
		}
		n.Alert.Since = append(n.Alert.Since, news.Later{Tracked: t, Card: c.Receipt})
	}
	return nil
}

// Told returns the channels that were told, or are about to be told, of a
// development, with the alert that each got.
func (s *Store) Told(ctx context.Context, about news.DevelopmentID) ([]news.Notification, error) {
	rows, err := scanAll(ctx, s.reader, scanOutbox, outboxColumns+`WHERE state <> 'parked' AND action = 'post' AND development = $1 ORDER BY id`, about)
	if err != nil {
		return nil, s.fault(err)
	}
	var out []news.Notification
	for _, row := range rows {
		n := row.Notification
		if n.Alert, err = s.decodeAlert(row.alert); err == nil {
			out = append(out, n)
		}
	}
	return out, nil
}
