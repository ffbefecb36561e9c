package store

import (
	"context"
	"database/sql"
	"time"
)

// CheckIntegrity looks at all that is stored, and returns an error that says what
// to do if a part is damaged. Reading and writing go on meanwhile. Of PostgreSQL,
// which has checksums and tools of its own, it looks only whether it answers.
func (s *Store) CheckIntegrity(ctx context.Context) error {
	return s.fault(s.dialect.sound(ctx, s.reader))
}

// Backup writes a copy of the database to a file that must not exist yet, as it
// stands at one moment, and checks the copy. Reading and writing go on meanwhile.
// The copy is compact: it has none of the room that the original keeps for later.
// For PostgreSQL the error tells the command that does so.
func (s *Store) Backup(ctx context.Context, to string) error { return s.dialect.backup(ctx, to) }

// A Pruning is what Prune has dropped, or would drop.
type Pruning struct {
	Items int
	Bytes int64 // of text
}

// pruneLimit is how many items lose their text in one transaction: checks and
// deliveries go on in between.
const pruneLimit = 500

// Prune drops the text of items published before a time; dry only counts them.
// What tells an item again (id, link, title), what was read in it with its
// proof, developments and the outbox stay, so that nothing is ever taken for
// new a second time. The room in the file is used again, and not given back.
func (s *Store) Prune(ctx context.Context, before time.Time, dry bool) (p Pruning, err error) {
	if dry {
		err := s.reader.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(SUM(OCTET_LENGTH(body)), 0) FROM items WHERE at < $1 AND body <> ''`,
			toMillis(before)).Scan(&p.Items, &p.Bytes)
		return p, s.fault(err)
	}
	for {
		done, bytes := 0, int64(0)
		err := s.write(ctx, func(tx *sql.Tx) error {
			type old struct{ no, bytes int64 }
			list, err := scanAll(ctx, tx, func(row scanner) (o old, err error) { return o, row.Scan(&o.no, &o.bytes) },
				`SELECT no, OCTET_LENGTH(body) FROM items WHERE at < $1 AND body <> '' ORDER BY at, no LIMIT $2`, toMillis(before), pruneLimit)
			for _, o := range list {
				if _, err := tx.ExecContext(ctx, `UPDATE items SET body = '' WHERE no = $1`, o.no); err != nil {
					return err
				}
				bytes += o.bytes
			}
			done = len(list)
			return err
		})
		if err != nil {
			return p, err
		}
		p.Bytes += bytes
		if p.Items += done; done < pruneLimit {
			return p, nil
		}
	}
}
