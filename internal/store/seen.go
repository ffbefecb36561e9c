package store

import (
	"context"
	"database/sql"
	"time"
)

// SeenOnce reports whether key is met for the first time, and remembers it for
// keep from at on. It tells a request that somebody replays from the request.
func (s *Store) SeenOnce(ctx context.Context, key string, at time.Time, keep time.Duration) (first bool, err error) {
	err = s.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM seen WHERE until <= $1`, toMillis(at)); err != nil {
			return err
		}
		done, err := tx.ExecContext(ctx, `INSERT INTO seen (key, until) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`,
			key, toMillis(at.Add(keep)))
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		first = n == 1
		return err
	})
	return first && err == nil, err
}
