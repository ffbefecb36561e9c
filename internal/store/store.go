// Package store remembers what parley has seen, decided and promised to say:
// feeds with their claims, items with their readings, developments with their
// sources, subscriptions with their authors, and the outbox. What belongs
// together is written in one transaction; whatever is handed out to be worked
// on carries a fencing token, so that a worker which was thought dead cannot
// spoil the work of the one that took over. All times are kept as integer UTC
// milliseconds. SQL and Go here are written for SQLite and PostgreSQL alike;
// only opening and the migrations differ.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// A Store is safe for use by many goroutines, and by several processes at once.
type Store struct {
	writer *sql.DB // one connection: writers queue here instead of colliding in the file
	reader *sql.DB
	log    *slog.Logger
	zones  *zones
	path   string            // of the file
	fault  func(error) error // puts a failure of the database into a sentence
	words  *Words            // by which items are indexed; nil: they are not
}

// An Option is something that Open is told besides.
type Option func(*Store)

// Open opens the database that dsn names, creating and migrating it as
// needed. A dsn is the path of an SQLite file, or ":memory:" for one that is
// gone after Close. An error is one sentence that says what to do about it.
func Open(ctx context.Context, dsn string, log *slog.Logger, options ...Option) (*Store, error) {
	scheme, _, isURL := strings.Cut(dsn, "://")
	switch {
	case dsn == "":
		return nil, errors.New("no database is named: give the path of a file, such as parley.db")
	case isURL && (scheme == "postgres" || scheme == "postgresql"):
		// The dsn is left out: it may hold a password.
		return nil, errors.New("PostgreSQL is not supported yet: give the path of an SQLite file, such as parley.db")
	case isURL:
		return nil, fmt.Errorf("a database of the kind %q is not supported: give the path of an SQLite file, such as parley.db", scheme)
	}
	s, err := openSQLite(ctx, dsn, 5*time.Second, log)
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

// write runs f in a transaction that holds the write lock from its start. What
// f read is therefore still true when it commits.
func (s *Store) write(ctx context.Context, f func(*sql.Tx) error) error {
	tx, err := s.writer.BeginTx(ctx, nil)
	if err != nil {
		return s.fault(err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := f(tx); err != nil {
		return s.fault(err)
	}
	return s.fault(tx.Commit())
}

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
