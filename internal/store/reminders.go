package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"parley/internal/news"
)

// DaysNamed returns the developments that name a day which is fromDay
// (2006-01-02) or later, and those that update them, by number and without their
// sources.
func (s *Store) DaysNamed(ctx context.Context, fromDay string) ([]news.Tracked, error) {
	const dated = `(SELECT development FROM development_dates WHERE last_day >= $1)`
	list, err := scanAll(ctx, s.reader, scanTracked, developmentColumns+` FROM developments WHERE id IN `+dated+` OR updates IN `+dated+` ORDER BY id`, fromDay)
	return list, s.fault(err)
}

// SaveReminders queues reminders of days that developments name. Each carries the
// ID of the notification that told its channel of the development, and is queued
// once for ever: for one day there is one reminder a channel, and one word that it
// has passed. What has been answered by now is left out. It returns how many were
// queued.
func (s *Store) SaveReminders(ctx context.Context, list []news.Notification) (queued int, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		queued = 0
		for _, n := range list {
			body, err := encodeAlert(n.Alert)
			if err != nil {
				return err
			}
			word := "day"
			if n.Alert.Named.Passed {
				word = "passed"
			}
			done, err := tx.ExecContext(ctx, `INSERT INTO outbox (key, channel, item, development, alert, digest, not_before, created, action)
				SELECT $2, channel, item, development, $3, $4, $5, $6, 'reminder' FROM outbox o WHERE id = $1 AND NOT `+answered+`
				ON CONFLICT (key) DO NOTHING`,
				n.ID, fmt.Sprintf("%s %s %s to %s", n.Alert.Development.ID, word, n.Alert.Named.Day, n.Channel),
				body, flag(n.Digest), toMillis(n.NotBefore), toMillis(n.Created))
			if err != nil {
				return err
			}
			rows, err := done.RowsAffected()
			if err != nil {
				return err
			}
			queued += int(rows)
		}
		return nil
	})
	return queued, err
}

// answered tells of a row o of the outbox whether what it reminds of has happened,
// was moved, called off or denied.
const answered = `EXISTS (SELECT 1 FROM developments d WHERE d.updates = o.development
	AND d.change NOT IN ('', 'date-disputed', 'venue-disputed', 'answered'))`

// dropAnswered takes reminders out of the queue that have been answered since
// they were put there.
func dropAnswered(ctx context.Context, tx *sql.Tx, channel string, now time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE outbox AS o SET state = 'parked', settled = $2, reason = 'answered before it was sent'
		WHERE state = 'pending' AND channel = $1 AND action = 'reminder' AND batch = 0 AND `+answered, channel, toMillis(now))
	return err
}
