package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"parley/internal/news"
)

// digestLimit is how many notifications of a digest are handed out together;
// what exceeds it follows as a further message. A digest of so many can show them
// all.
const digestLimit = 35

// A lane is what waits for one channel. Within it one message is sent at a
// time, and one that has been tried is tried again before anything overtakes
// it: that keeps the order and makes a message's fate known before the next.
type lane struct {
	channel string
	due     sql.NullInt64 // the oldest notification that may go now; a status card goes behind all others
	soonest int64         // when the first of all may go
	batch   int64         // what has been tried and is not settled, 0: nothing
	retry   int64         // when that may be tried again
	lease   int64         // until when somebody holds it
	held    int64         // until when the channel takes nothing
}

func (s *Store) lanes(ctx context.Context, q querier, now time.Time) ([]lane, error) {
	return scanAll(ctx, q, func(row scanner) (l lane, err error) {
		return l, row.Scan(&l.channel, &l.due, &l.soonest, &l.batch, &l.retry, &l.lease, &l.held)
	}, `SELECT o.channel, COALESCE(MIN(CASE WHEN o.not_before <= $1 AND o.status = '' THEN o.id END), MIN(CASE WHEN o.not_before <= $1 THEN o.id END)), MIN(o.not_before), MAX(o.batch),
			MAX(CASE WHEN o.batch <> 0 THEN o.not_before ELSE 0 END), MAX(o.claimed_until), MAX(COALESCE(h.until, 0))
		FROM outbox o LEFT JOIN holds h ON h.channel = o.channel
		WHERE o.state = 'pending' GROUP BY o.channel`, toMillis(now))
}

// next says when something of the lane may be handed out.
func (l lane) next() int64 {
	if l.batch != 0 {
		return max(l.retry, l.lease, l.held)
	}
	return max(l.soonest, l.held)
}

// ready says whether something of the lane may be handed out now. A lease that
// reaches further ahead than any given now could was given by a clock that ran
// ahead; it does not count.
func (l lane) ready(now time.Time, lease time.Duration) bool {
	if l.lease > toMillis(now.Add(2*lease)) {
		l.lease = 0
	}
	return l.next() <= toMillis(now)
}

// ClaimDue hands out what is due, at most one batch a channel and limit
// batches in all, the longest waiting first. A batch is one notification, or
// several that a digest sends as one message. A channel is passed over while a
// batch of it is in flight or waits to be tried again, or while it is on hold.
//
// A claim raises Attempt and ends with Sent, Retry or Park. If it runs out
// instead, the batch is handed out again, marked Unsure: it may have arrived.
func (s *Store) ClaimDue(ctx context.Context, now time.Time, lease time.Duration, limit int) ([][]news.Notification, error) {
	var batches [][]news.Notification
	err := s.write(ctx, func(tx *sql.Tx) error {
		lanes, err := s.lanes(ctx, tx, now)
		if err != nil {
			return err
		}
		lanes = slices.DeleteFunc(lanes, func(l lane) bool { return !l.ready(now, lease) })
		slices.SortFunc(lanes, func(a, b lane) int { return cmp.Compare(a.head(), b.head()) })
		for _, l := range lanes {
			if len(batches) == limit {
				break
			}
			if err := dropAnswered(ctx, tx, l.channel, now); err != nil {
				return err
			}
			batch, err := s.claimBatch(ctx, tx, l, now, lease)
			if err != nil {
				return err
			}
			if len(batch) > 0 {
				batches = append(batches, batch)
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return batches, nil
}

// head returns the id by which lanes queue.
func (l lane) head() int64 {
	if l.batch != 0 {
		return l.batch
	}
	return l.due.Int64
}

func (s *Store) claimBatch(ctx context.Context, tx *sql.Tx, l lane, now time.Time, lease time.Duration) ([]news.Notification, error) {
	const columns = outboxColumns + `WHERE state = 'pending' AND channel = $1 `
	head := l.head()
	which := `AND id = $2`
	if l.batch != 0 { // what was tried together is tried again together
		which = `AND batch = $2 ORDER BY id`
	}
	rows, err := scanAll(ctx, tx, scanOutbox, columns+which, l.channel, head)
	if err == nil && l.batch == 0 && len(rows) == 1 && rows[0].Digest {
		rows, err = scanAll(ctx, tx, scanOutbox, columns+`AND digest = 1 AND not_before <= $2 ORDER BY id LIMIT $3`,
			l.channel, toMillis(now), digestLimit)
	}
	if err != nil {
		return nil, err
	}
	var batch []news.Notification
	for _, row := range rows {
		n := row.Notification
		n.Attempt++
		n.Unsure = n.Unsure || row.claimedUntil != 0
		if n.Alert, err = s.decodeAlert(row.alert); err != nil {
			// Sending it again and again would end no better, and hold the channel.
			s.log.ErrorContext(ctx, "unreadable alert parked", "notification", n.ID, "error", err)
			if _, err := tx.ExecContext(ctx, `UPDATE outbox SET state = 'parked', settled = $2, reason = $3, claimed_until = 0
				WHERE id = $1`, n.ID, toMillis(now), fmt.Sprintf("the stored alert cannot be read: %v", err)); err != nil {
				return nil, err
			}
			continue
		}
		if row.development.Valid {
			found, err := s.tracked(ctx, tx, `WHERE id = $1`, row.development.Int64)
			if err != nil {
				return nil, err
			}
			if len(found) == 1 { // the table lets no development go that is referred to
				n.Alert.Development = &found[0]
			}
		}
		if err := s.place(ctx, tx, &n, now); err != nil {
			return nil, err
		}
		if n.Unsure {
			// Stamps are of one length, so that the largest is the latest.
			if err := tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(sent_ts), '') FROM outbox WHERE state = 'sent' AND channel = $1 AND id < $2`,
				n.Channel, n.ID).Scan(&n.After); err != nil {
				return nil, err
			}
		}
		if _, err := tx.ExecContext(ctx, `UPDATE outbox SET attempt = $2, claimed_until = $3, batch = $4, unsure = $5 WHERE id = $1`,
			n.ID, n.Attempt, toMillis(now.Add(lease)), head, flag(n.Unsure)); err != nil {
			return nil, err
		}
		batch = append(batch, n)
	}
	return batch, nil
}

const outboxColumns = `SELECT id, key, channel, development, alert, digest, not_before, attempt, claimed_until, unsure, plain, created, action FROM outbox `

type outboxRow struct {
	news.Notification
	development  sql.NullInt64
	alert        string
	claimedUntil int64
}

func scanOutbox(row scanner) (outboxRow, error) {
	var o outboxRow
	var notBefore, created int64
	err := row.Scan(&o.ID, &o.Key, &o.Channel, &o.development, &o.alert, &o.Digest, &notBefore, &o.Attempt,
		&o.claimedUntil, &o.Unsure, &o.Plain, &created, &o.Action)
	o.NotBefore, o.Created = fromMillis(notBefore), fromMillis(created)
	return o, err
}

// NextDelivery says when ClaimDue will have something to hand out if nothing
// else happens, which is in the past if it has something now; false when
// nothing is pending.
func (s *Store) NextDelivery(ctx context.Context) (time.Time, bool, error) {
	lanes, err := s.lanes(ctx, s.reader, time.Time{})
	if err != nil || len(lanes) == 0 {
		return time.Time{}, false, s.fault(err)
	}
	next := lanes[0].next()
	for _, l := range lanes[1:] {
		next = min(next, l.next())
	}
	return fromMillis(next), true, nil
}
