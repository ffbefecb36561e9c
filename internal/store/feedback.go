package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"parley/internal/news"
)

// Label keeps what somebody says is wrong of a development. If he or she said the
// same before, new is false, and what would be right is kept as it is told now, if
// it is. It returns news.ErrNotFound if there is no such development.
func (s *Store) Label(ctx context.Context, f news.Feedback) (first bool, err error) {
	if f.Author == "" || f.What == "" || f.At.IsZero() {
		return false, errors.New("feedback needs an author, its time, and what is wrong")
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		if err := installed(ctx, tx, f.Channel); err != nil {
			return err
		}
		var known int
		if err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM developments WHERE id = $1`, f.Development).Scan(&known); err != nil {
			return err
		}
		if known == 0 {
			return fmt.Errorf("development %v: %w", f.Development, news.ErrNotFound)
		}
		done, err := tx.ExecContext(ctx, `UPDATE feedback SET correct = CASE WHEN $4 <> '' THEN $4 ELSE correct END, at = $5
			WHERE development = $1 AND what = $2 AND author = $3`, f.Development, f.What, f.Author, f.Right, toMillis(f.At))
		if err != nil {
			return err
		}
		again, err := done.RowsAffected()
		if err != nil || again > 0 {
			return err
		}
		first = true
		_, err = tx.ExecContext(ctx, `INSERT INTO feedback (development, what, correct, channel, author, at) VALUES ($1, $2, $3, $4, $5, $6)`,
			f.Development, f.What, f.Right, f.Channel, f.Author, toMillis(f.At))
		return err
	})
	return first, err
}

// Feedback returns what people said was wrong, by development, oldest first.
func (s *Store) Feedback(ctx context.Context) ([]news.Feedback, error) {
	list, err := scanAll(ctx, s.reader, func(row scanner) (f news.Feedback, err error) {
		var at int64
		err = row.Scan(&f.Development, &f.What, &f.Right, &f.Channel, &f.Author, &at)
		f.At = fromMillis(at)
		return f, err
	}, `SELECT development, what, correct, channel, author, at FROM feedback ORDER BY development, id`)
	return list, s.fault(err)
}
