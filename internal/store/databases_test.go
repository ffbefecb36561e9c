package store

import (
	"context"
	"database/sql"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"parley/internal/store/pgtest"
)

// Postgres is the server of this package's tests. Its databases have the schema.
var Postgres = pgtest.Server{Prepare: func(ctx context.Context, dsn string) error {
	s, err := Open(ctx, dsn, quiet)
	if err != nil {
		return err
	}
	return s.Close()
}}

func TestMain(m *testing.M) {
	code := m.Run()
	Postgres.Stop()
	os.Exit(code)
}

// Databases are what a store may be opened on; each call makes a new one.
var Databases = map[string]func(testing.TB) string{
	"sqlite file":   func(t testing.TB) string { return filepath.Join(t.TempDir(), "parley.db") },
	"sqlite memory": func(testing.TB) string { return ":memory:" },
	"postgres":      Postgres.Database,
}

// Empty are databases without a schema.
var Empty = map[string]func(testing.TB) string{
	"sqlite file": Databases["sqlite file"],
	"postgres":    Postgres.Empty,
}

// OnEach runs a test on each kind of database that outlives its store.
func OnEach(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	for name := range Empty {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, Databases[name](t))
		})
	}
}

// OnEmpty does so on one without a schema.
func OnEmpty(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	for name, database := range Empty {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, database(t))
		})
	}
}

// plain opens a database past the store, and tells how its schema is moved.
func plain(t *testing.T, dsn string) (*sql.DB, goose.Dialect, fs.FS) {
	t.Helper()
	driver, address, dialect, folder := "sqlite", sqliteDSN(dsn, time.Second, url.Values{"_journal_mode": {"WAL"}}), goose.DialectSQLite3, "migrations/sqlite"
	if IsPostgres(dsn) {
		driver, address, dialect, folder = "pgx", dsn, goose.DialectPostgres, "migrations/postgres"
	}
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	steps, err := fs.Sub(migrations, folder)
	if err != nil {
		t.Fatal(err)
	}
	return db, dialect, steps
}

// begin opens a store for a test.
func begin(t *testing.T, dsn string, options ...Option) *Store {
	t.Helper()
	s, err := Open(t.Context(), dsn, quiet, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// KnowsPlaces tells whether the index of words knows where they stand.
func KnowsPlaces(s *Store) bool {
	_, ok := s.dialect.(sqliteFile)
	return ok
}
