package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"time"
)

// CheckIntegrity looks at every page of the database, and returns an error that
// says what to do if one is damaged. Reading and writing go on meanwhile.
func (s *Store) CheckIntegrity(ctx context.Context) error {
	if s.reader == s.writer { // in memory
		return s.fault(s.checkSQLite(ctx, s.reader, s.path))
	}
	// On a connection of its own: what the others have read they need not read
	// again, and would not see.
	db, err := sql.Open("sqlite", sqliteDSN(s.path, 5*time.Second, url.Values{"_query_only": {"1"}, "_txlock": {"deferred"}}))
	if err != nil {
		return s.fault(err)
	}
	defer func() { _ = db.Close() }()
	db.SetMaxOpenConns(1)
	return s.fault(s.checkSQLite(ctx, db, s.path))
}

// Backup writes a copy of the database to a file that must not exist yet, as it
// stands at one moment, and checks the copy. Reading and writing go on meanwhile.
// The copy is compact: it has none of the room that the original keeps for later.
func (s *Store) Backup(ctx context.Context, to string) error {
	if _, err := os.Stat(to); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s exists already: name a file that does not, since a backup replaces nothing", to)
	}
	if err := checkFolder(to); err != nil {
		return err
	}
	// Under another name until it is whole: half a backup must not look like one.
	part := to + ".part"
	_ = os.Remove(part)
	if err := s.copyTo(ctx, part); err != nil {
		_ = os.Remove(part)
		return fmt.Errorf("the backup cannot be written: %w", explainSQLite(part, err))
	}
	return os.Rename(part, to)
}

func (s *Store) copyTo(ctx context.Context, part string) error {
	// On a connection of its own, that may write: the readers may not.
	db, err := sql.Open("sqlite", sqliteDSN(s.path, 5*time.Second, nil))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(ctx, `VACUUM INTO $1`, part); err != nil {
		return err
	}
	if err := os.Chmod(part, 0o600); err != nil {
		return err
	}
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	copied, err := sql.Open("sqlite", sqliteDSN(part, 5*time.Second, nil))
	if err != nil {
		return err
	}
	defer func() { _ = copied.Close() }()
	return s.checkSQLite(ctx, copied, part)
}

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
		err := s.reader.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(SUM(LENGTH(CAST(body AS BLOB))), 0) FROM items WHERE at < $1 AND body <> ''`,
			toMillis(before)).Scan(&p.Items, &p.Bytes)
		return p, s.fault(err)
	}
	for {
		done, bytes := 0, int64(0)
		err := s.write(ctx, func(tx *sql.Tx) error {
			type old struct{ no, bytes int64 }
			list, err := scanAll(ctx, tx, func(row scanner) (o old, err error) { return o, row.Scan(&o.no, &o.bytes) },
				`SELECT no, LENGTH(CAST(body AS BLOB)) FROM items WHERE at < $1 AND body <> '' ORDER BY at, no LIMIT $2`, toMillis(before), pruneLimit)
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
