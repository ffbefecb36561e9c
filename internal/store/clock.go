package store

import (
	"context"
	"database/sql"
	"time"
)

// apart is how far the clocks of several parleys may differ. A clock that is
// set back by less makes things wait by no more than that.
const apart = 5 * time.Minute

// lookAgain is after how long it is worth looking again whether the clock was
// set back; as soon as it was, for this store.
const lookAgain = 10 * time.Second

// setBack looks whether the clock has been set back, which shows by feeds that
// were checked in the future, and then moves what was put down for later by the
// clock that ran ahead: feeds and messages would wait until it is that late
// again, for a day if it ran a day ahead.
//
// What is moved comes somewhat early rather than late: a feed is asked once
// more, Slack is asked before the time that it wanted to be left alone.
func (s *Store) setBack(ctx context.Context, now time.Time) error {
	if since := toMillis(now) - s.lookedBack.Load(); since >= 0 && since < lookAgain.Milliseconds() {
		return nil
	}
	s.lookedBack.Store(toMillis(now))
	var latest sql.NullInt64
	if err := s.reader.QueryRowContext(ctx, `SELECT MAX(last_check) FROM feeds WHERE enabled = 1`).Scan(&latest); err != nil {
		return s.fault(err)
	}
	by := latest.Int64 - toMillis(now)
	if !latest.Valid || by <= apart.Milliseconds() {
		return nil
	}
	s.log.WarnContext(ctx, "the clock was set back; what was due by the old one is due now", "by", time.Duration(by)*time.Millisecond)
	return s.write(ctx, func(tx *sql.Tx) error {
		for _, move := range []string{
			`UPDATE feeds SET next_check = next_check - $1, last_check = last_check - $1,
				last_success = CASE WHEN last_success > $2 THEN last_success - $1 ELSE last_success END,
				last_new = CASE WHEN last_new > $2 THEN last_new - $1 ELSE last_new END
				WHERE last_check > $2`,
			// What has not been tried and was queued before waits for a time that a
			// person has chosen, such as that of a digest.
			`UPDATE outbox SET not_before = not_before - $1
				WHERE state = 'pending' AND (created > $2 OR batch <> 0 OR action = 'edit') AND not_before > $2`,
			`UPDATE outbox SET created = created - $1 WHERE created > $2`,
			`UPDATE outbox SET settled = settled - $1 WHERE settled > $2`,
			`UPDATE holds SET until = until - $1 WHERE until > $2`,
		} {
			if _, err := tx.ExecContext(ctx, move, by, toMillis(now)); err != nil {
				return err
			}
		}
		return nil
	})
}
