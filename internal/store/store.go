// Package store remembers what parley has seen, decided and promised to say:
// feeds with their claims, items with their readings, developments with their
// sources, subscriptions with their authors, and the outbox. What belongs
// together is written in one transaction; whatever is handed out to be worked
// on carries a fencing token, so that a worker which was thought dead cannot
// spoil the work of the one that took over. All times are kept as integer UTC
// milliseconds. SQL and Go here are written for SQLite and PostgreSQL alike;
// what differs is the dialect, in the files sqlite*.go and postgres*.go, and the
// migrations.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"
)

// A Store is safe for use by many goroutines, and by several processes at once.
type Store struct {
	writer     *sql.DB // one connection: writers of one process queue here
	reader     *sql.DB
	dialect    dialect
	log        *slog.Logger
	zones      *zones
	words      *Words       // by which items are indexed; nil: they are not
	lookedBack atomic.Int64 // when setBack looked last
}

// A dialect is all that one kind of database does in another way than the
// others. The SQL of all else is the same for each.
type dialect interface {
	// begin starts a transaction that is the only one to write until it ends.
	// What it reads is therefore still true when it commits.
	begin(ctx context.Context, db *sql.DB) (*sql.Tx, error)
	// glance starts a transaction that only reads, and sees one moment.
	glance(ctx context.Context, db *sql.DB) (*sql.Tx, error)
	// explain puts a failure that its user can do something about into a
	// sentence; other errors pass as they are.
	explain(err error) error
	// sound looks for damage.
	sound(ctx context.Context, db *sql.DB) error
	// backup writes a copy to a file.
	backup(ctx context.Context, to string) error
	// name calls the database as people know it; it holds no password.
	name() string
	// condition tells, of one that was opened, how it is, in words behind its name.
	condition() string

	// The index of items by their words, see words.go.
	addWords(ctx context.Context, tx *sql.Tx, no, at int64, title, body []string) error
	clearWords(ctx context.Context, tx *sql.Tx) error
	findWords(ctx context.Context, tx *sql.Tx, q wordQuery) (found led, ok bool, err error)
	// order tells the numbers of the next items no older than from and behind a
	// spot, the newest first, with spaces between; at most n, and when the last was.
	order(ctx context.Context, q querier, from int64, behind spot, n int) (list string, oldest int64, err error)
}

// An Option is something that Open is told besides.
type Option func(*Store)

// Open opens the database that dsn names, creating the tables and migrating them
// as needed. A dsn is the path of an SQLite file, ":memory:" for one that is gone
// after Close, or the address of a PostgreSQL database, postgres://user@host/name,
// where what it leaves out comes from PGPASSWORD and its like. An error is one
// sentence that says what to do about it.
func Open(ctx context.Context, dsn string, log *slog.Logger, options ...Option) (*Store, error) {
	var s *Store
	var err error
	scheme, _, isURL := strings.Cut(dsn, "://")
	switch {
	case dsn == "":
		return nil, errors.New("no database is named: give the path of a file, such as parley.db")
	case IsPostgres(dsn):
		s, err = openPostgres(ctx, dsn, log)
	case isURL:
		return nil, fmt.Errorf("a database of the kind %q is not supported: give the path of an SQLite file, such as parley.db, or postgres://…", scheme)
	default:
		s, err = openSQLite(ctx, dsn, 5*time.Second, log)
	}
	if err != nil {
		return nil, err
	}
	for _, o := range options {
		o(s)
	}
	return s, nil
}

// Close waits for queries that are running and closes the database.
func (s *Store) Close() error {
	if s.reader == s.writer {
		return s.writer.Close()
	}
	return errors.Join(s.reader.Close(), s.writer.Close())
}

// Name calls the database as people know it, with no password.
func (s *Store) Name() string { return s.dialect.name() }

// Condition tells in a clause, that begins with its name, how the database is that
// Open has looked at.
func (s *Store) Condition() string { return s.dialect.name() + " " + s.dialect.condition() }

// fault puts a failure of the database into a sentence.
func (s *Store) fault(err error) error {
	if err == nil {
		return nil
	}
	return s.dialect.explain(err)
}

// write runs f in a transaction that holds the write lock from its start. What
// f read is therefore still true when it commits.
func (s *Store) write(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.dialect.begin(ctx, s.writer)
	if err != nil {
		return s.fault(err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := f(tx); err != nil {
		return s.fault(err)
	}
	return s.fault(tx.Commit())
}

// probe writes nothing, where a database that cannot be written fails. Better to
// hear of it now than with the first check.
func (s *Store) probe(ctx context.Context) error {
	return s.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM holds WHERE until < 0`)
		return err
	})
}

// ErrDamaged says that what is stored cannot be read any more.
var ErrDamaged = errors.New("damaged")

// A sentence says what to do about the failure that it wraps.
type sentence struct {
	text    string
	err     error
	damaged bool
}

func (s *sentence) Error() string {
	return s.text + " (" + strings.Join(strings.Fields(s.err.Error()), " ") + ")" // in one line
}
func (s *sentence) Unwrap() error { return s.err }

func (s *sentence) Is(target error) bool { return s.damaged && target == ErrDamaged }

// A querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// scanAll runs query and makes a value of each row. It has read and closed
// them all when it returns, so that f's caller may query again on the same
// connection.
func scanAll[T any](ctx context.Context, q querier, scan func(scanner) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// A scanner is a row.
type scanner interface{ Scan(dest ...any) error }
