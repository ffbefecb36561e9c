package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"parley/internal/news"
)

// A status card is one row of the outbox: posted once, and from then on edited.
// Its row knows the message by what was sent last.

// KeepStatus brings the status cards to what is wanted: a card that is not there
// is queued to be posted, one that tells something else to be edited, at most once
// a minute, and one that is not wanted any more says for the last time that it
// has ended. What was set aside stays so, but knows what to tell. It returns how
// many were queued.
func (s *Store) KeepStatus(ctx context.Context, wanted []news.StatusCard, now time.Time) (queued int, err error) {
	if len(wanted) == 0 {
		if rows, err := statusRows(ctx, s.reader, ``); err != nil || len(rows) == 0 {
			return 0, s.fault(err)
		}
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		queued = 0
		rows, err := statusRows(ctx, tx, ``)
		if err != nil {
			return err
		}
		have := map[string]statusRow{}
		for _, r := range rows {
			have[r.key] = r
		}
		for _, w := range wanted {
			key := statusKey(w.Channel, w.Negotiation)
			n, err := s.keepStatus(ctx, tx, have[key], w, now)
			if err != nil {
				return err
			}
			queued += n
			delete(have, key)
		}
		for _, r := range have {
			n, err := s.endStatus(ctx, tx, r, now)
			if err != nil {
				return err
			}
			queued += n
		}
		return nil
	})
	return queued, err
}

func statusKey(channel, negotiation string) string {
	return "status of " + negotiation + " to " + channel
}

type statusRow struct {
	id                        int64 // 0: there is none
	key, channel, negotiation string
	alert, state, reason      string
	action                    news.Action
	attempt, claimedUntil     int64
	unsure                    bool
	sentChannel, sentTS       string
}

func statusRows(ctx context.Context, q querier, which string, args ...any) ([]statusRow, error) {
	return scanAll(ctx, q, func(row scanner) (r statusRow, err error) {
		return r, row.Scan(&r.id, &r.key, &r.channel, &r.negotiation, &r.alert, &r.state, &r.reason, &r.action, &r.attempt, &r.claimedUntil, &r.unsure, &r.sentChannel, &r.sentTS)
	}, `SELECT id, key, channel, status, alert, state, reason, action, attempt, claimed_until, unsure, sent_channel, sent_ts FROM outbox WHERE status <> '' `+which+` ORDER BY id`, args...)
}

// keepStatus brings one card to what is wanted.
func (s *Store) keepStatus(ctx context.Context, tx *sql.Tx, r statusRow, w news.StatusCard, now time.Time) (queued int, err error) {
	if w.Last != nil {
		c, _, err := cardOf(ctx, tx, w.Channel, w.Last.ID)
		if err != nil {
			return 0, err
		}
		w.Card = c.Receipt
	}
	body, err := encodeAlert(news.Alert{Status: &w.Status})
	if err != nil {
		return 0, err
	}
	switch {
	case r.id == 0:
		_, err := tx.ExecContext(ctx, `INSERT INTO outbox (key, channel, alert, digest, not_before, created, status) VALUES ($1, $2, $3, 0, $4, $4, $5)`,
			statusKey(w.Channel, w.Negotiation), w.Channel, body, toMillis(now), w.Negotiation)
		return 1, err
	case r.state == "parked":
		_, err := tx.ExecContext(ctx, `UPDATE outbox SET alert = $2 WHERE id = $1`, r.id, body)
		return 0, err
	case r.alert == body:
		return 0, nil
	case r.state == "sent" && s.ended(r.alert): // it is kept again, as another message
		return 1, postStatusAnew(ctx, tx, r.id, body, now)
	}
	return 1, editStatus(ctx, tx, r.id, body, now)
}

// endStatus lets a card that is not wanted any more say so; one that nobody has
// seen, or that nobody can be told of, is forgotten.
func (s *Store) endStatus(ctx context.Context, tx *sql.Tx, r statusRow, now time.Time) (queued int, err error) {
	unseen := r.state == "pending" && r.action == news.Post && r.claimedUntil == 0 && !r.unsure
	if r.state == "parked" || unseen {
		_, err := tx.ExecContext(ctx, `DELETE FROM outbox WHERE id = $1`, r.id)
		return 0, err
	}
	a, err := s.decodeAlert(r.alert)
	if err != nil || a.Status == nil {
		return 0, fmt.Errorf("the status card %q cannot be read: %w", r.key, err)
	}
	if a.Status.Ended {
		return 0, nil
	}
	a.Status.Ended = true
	body, err := encodeAlert(a)
	if err != nil {
		return 0, err
	}
	return 1, editStatus(ctx, tx, r.id, body, now)
}

func (s *Store) ended(alert string) bool {
	a, err := s.decodeAlert(alert)
	return err == nil && a.Status != nil && a.Status.Ended
}

// editStatus queues what a card tells from now on. One that is on its way is sent
// once more.
func editStatus(ctx context.Context, tx *sql.Tx, id int64, body string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE outbox SET alert = $2,
			again = CASE WHEN state = 'pending' AND claimed_until <> 0 THEN 1 ELSE 0 END,
			not_before = CASE WHEN state = 'pending' THEN not_before WHEN settled + $4 > $3 THEN settled + $4 ELSE $3 END,
			batch = CASE WHEN state = 'pending' THEN batch ELSE 0 END,
			plain = CASE WHEN state = 'pending' THEN plain ELSE 0 END, state = 'pending'
		WHERE id = $1`, id, body, toMillis(now), editPause.Milliseconds())
	return err
}

// postStatusAnew queues a card as a new message.
func postStatusAnew(ctx context.Context, tx *sql.Tx, id int64, body string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE outbox SET alert = $2, action = 'post', state = 'pending', not_before = $3, created = $3, settled = NULL,
			batch = 0, claimed_until = 0, unsure = 0, plain = 0, again = 0, anew = 0, reason = '', sent_channel = '', sent_ts = ''
		WHERE id = $1`, id, body, toMillis(now))
	return err
}

// ShowStatus sees to it that a card is there to be read: one that was set aside is
// posted anew, and one that stands is edited to what it tells already, which
// notices that somebody has deleted it. It reports whether there is such a card.
func (s *Store) ShowStatus(ctx context.Context, channel, negotiation string, now time.Time) (ok bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		rows, err := statusRows(ctx, tx, `AND key = $1`, statusKey(channel, negotiation))
		if err != nil || len(rows) == 0 {
			return err
		}
		r := rows[0]
		ok = true
		switch {
		case r.state == "parked":
			return postStatusAnew(ctx, tx, r.id, r.alert, now)
		case r.state == "sent":
			if _, err := tx.ExecContext(ctx, `UPDATE outbox SET anew = 0 WHERE id = $1`, r.id); err != nil {
				return err
			}
			return editStatus(ctx, tx, r.id, r.alert, now)
		}
		return nil // it is about to be sent
	})
	return ok, err
}

// StatusCards returns those that are kept, oldest first.
func (s *Store) StatusCards(ctx context.Context) ([]news.StatusCard, error) {
	rows, err := statusRows(ctx, s.reader, ``)
	if err != nil {
		return nil, s.fault(err)
	}
	var out []news.StatusCard
	for _, r := range rows {
		a, err := s.decodeAlert(r.alert)
		if err != nil || a.Status == nil || a.Status.Ended {
			continue
		}
		c := news.StatusCard{Channel: r.channel, Status: *a.Status, Receipt: news.Receipt{Channel: r.sentChannel, TS: r.sentTS}}
		if r.state == "parked" {
			c.Parked = r.reason
		}
		out = append(out, c)
	}
	return out, nil
}

// placeStatus completes a card that is handed out: where it stands, where its last
// development does, and as of when it is. What is handed out is what is kept, so
// that it is known whether there is anything new to tell.
func (s *Store) placeStatus(ctx context.Context, tx *sql.Tx, n *news.Notification, now time.Time) error {
	st := n.Alert.Status
	if err := tx.QueryRowContext(ctx, `SELECT sent_channel, sent_ts, anew FROM outbox WHERE id = $1`, n.ID).Scan(&n.Target.Channel, &n.Target.TS, &n.Anew); err != nil {
		return err
	}
	if n.Action == news.Post {
		n.Target = news.Receipt{} // of a message that is gone
	}
	if st.Last != nil {
		c, _, err := cardOf(ctx, tx, n.Channel, st.Last.ID)
		if err != nil {
			return err
		}
		st.Card = c.Receipt
	}
	body, err := encodeAlert(n.Alert)
	if err != nil {
		return err
	}
	st.At = now
	_, err = tx.ExecContext(ctx, `UPDATE outbox SET alert = $2 WHERE id = $1 AND alert <> $2`, n.ID, body)
	return err
}

// Revision numbers what was last written to developments: while it stays, nothing
// new is known of any negotiation.
func (s *Store) Revision(ctx context.Context) (int64, error) {
	var r sql.NullInt64
	err := s.reader.QueryRowContext(ctx, `SELECT MAX(revision) FROM developments`).Scan(&r)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return r.Int64, s.fault(err)
}
