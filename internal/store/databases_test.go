package store

import (
	"context"
	"os"
	"path/filepath"
	"testing"

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

// OnEach runs a test on each kind of database that outlives its store.
func OnEach(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Helper()
	for _, name := range []string{"sqlite file", "postgres"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, Databases[name](t))
		})
	}
}
