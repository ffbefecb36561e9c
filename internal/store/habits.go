package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"slices"

	"parley/internal/news"
)

func encodeHabits(h news.Habits) (string, error) {
	if h == (news.Habits{}) {
		return "", nil
	}
	b, err := json.Marshal(h)
	return string(b), err
}

// decodeHabits forgets what cannot be read: habits are learned anew.
func decodeHabits(s string) news.Habits {
	var h news.Habits
	if s == "" || json.Unmarshal([]byte(s), &h) != nil {
		return news.Habits{}
	}
	h.MovedSince = h.MovedSince.UTC()
	return h
}

// Repeated counts those of items whose link and title the feed has brought before,
// under whatever id.
func (s *Store) Repeated(ctx context.Context, feed string, items []news.Item) (int, error) {
	type article struct{ link, title string }
	known := map[article]bool{}
	for part := range slices.Chunk(items, listLimit) {
		list, args := placeholders(part, func(it news.Item) any { return it.Link }, feed)
		found, err := scanAll(ctx, s.reader, func(row scanner) (a article, err error) {
			return a, row.Scan(&a.link, &a.title)
		}, `SELECT link, title FROM items WHERE feed = $1 AND link <> '' AND link IN (`+list+`)`, args...)
		if err != nil {
			return 0, s.fault(err)
		}
		for _, a := range found {
			known[a] = true
		}
	}
	n := 0
	for _, it := range items {
		if known[article{it.Link, it.Title}] {
			n++
		}
	}
	return n, nil
}

// Tell writes down of which ailment each feed's owner was told; empty: that it
// is over.
func (s *Store) Tell(ctx context.Context, told map[string]news.Ailment) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		for name, a := range told {
			if _, err := tx.ExecContext(ctx, `UPDATE feeds SET told = $2 WHERE name = $1`, name, a); err != nil {
				return err
			}
		}
		return nil
	})
}
