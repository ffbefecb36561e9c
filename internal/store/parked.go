package store

import (
	"context"
	"database/sql"
	"time"

	"parley/internal/news"
)

// Parked tells what was taken out of the queue, by channel and reason, the
// longest waiting first.
func (s *Store) Parked(ctx context.Context) ([]news.Parked, error) {
	list, err := scanAll(ctx, s.reader, func(row scanner) (p news.Parked, err error) {
		var oldest, latest int64
		err = row.Scan(&p.Channel, &p.Reason, &p.Count, &oldest, &latest)
		p.Oldest, p.Latest = fromMillis(oldest), fromMillis(latest)
		return p, err
	}, `SELECT channel, reason, COUNT(*), MIN(created), MAX(COALESCE(settled, created)) FROM outbox
		WHERE state = 'parked' GROUP BY channel, reason ORDER BY MIN(created), channel, reason`)
	return list, s.fault(err)
}

// Unpark puts what was parked for a channel back into its queue, in its old
// order, due at once, and says how many that were; channel "" means all. What
// was marked as perhaps arrived stays marked, so that it is looked for first.
func (s *Store) Unpark(ctx context.Context, channel string, now time.Time) (n int, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		// Not as the batch that it was: of several, tried at different times, only
		// one could be the next of its channel.
		done, err := tx.ExecContext(ctx, `UPDATE outbox SET state = 'pending', not_before = $1, settled = NULL, batch = 0, plain = 0, claimed_until = 0, anew = 0
			WHERE state = 'parked' AND ($2 = '' OR channel = $2)`, toMillis(now), channel)
		if err != nil {
			return err
		}
		back, err := done.RowsAffected()
		n = int(back)
		return err
	})
	return n, err
}
