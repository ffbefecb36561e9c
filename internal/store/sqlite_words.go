package store

import (
	"context"
	"database/sql"
	"strings"

	"parley/internal/news"
)

// The index is one table of SQLite's FTS5, whose tokenizer parts text at ASCII
// signs.

func (sqliteFile) addWords(ctx context.Context, tx *sql.Tx, no, _ int64, title, body []string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO item_words (rowid, title, body) VALUES ($1, $2, $3)`, no, joined(title), joined(body))
	return err
}

func (sqliteFile) clearWords(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO item_words (item_words) VALUES ('delete-all')`)
	return err
}

func (sqliteFile) findWords(ctx context.Context, tx *sql.Tx, q wordQuery) (spots []spot, ok bool, err error) {
	asked, most := match(q.need), q.newest/2
	var n int64
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT rowid FROM item_words WHERE item_words MATCH $1 LIMIT $2)`, asked, most+1).Scan(&n)
	if err != nil || n > most {
		return nil, false, err
	}
	// The time of an item lies behind its text: of many it is found sooner in the
	// index of times, which is read from its end on until there are enough.
	by := `NOT INDEXED`
	if n+q.newest-q.upTo > q.newest/200 {
		by = `INDEXED BY items_at`
	}
	spots, err = scanAll(ctx, tx, scanSpot, `SELECT at, no FROM items `+by+`
		WHERE at >= $1 AND (at, no) < ($4, $5) AND (no > $2 OR no IN (SELECT rowid FROM item_words WHERE item_words MATCH $3))
		ORDER BY at DESC, no DESC LIMIT $6`, q.from, q.upTo, asked, q.behind.at, q.behind.no, q.limit)
	return spots, true, err
}

// joined writes terms as the index takes them.
func joined(terms []string) string {
	var b strings.Builder
	for i, t := range terms {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(spelt(t))
	}
	return b.String()
}

// match writes a need as FTS5 reads it.
func match(n *news.Need) string {
	list := func(of []news.Need, between string) string {
		parts := make([]string, len(of))
		for i := range of {
			parts[i] = match(&of[i])
		}
		return "(" + strings.Join(parts, between) + ")"
	}
	switch {
	case n.All != nil:
		return list(n.All, " AND ")
	case n.Any != nil:
		return list(n.Any, " OR ")
	case n.Development && n.Kind != "":
		return `"` + spelt(kindTerm(n.Kind)) + `"`
	case n.Development:
		return `"` + developmentTerm + `"`
	}
	out := `"` + spelt(n.Term) + `"`
	if n.Prefix {
		out += " *"
	}
	if n.Title {
		out = "title : " + out
	}
	return out
}
