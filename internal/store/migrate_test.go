package store

import (
	"database/sql"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"parley/internal/news"
)

// stepped opens a store, with what moves its schema to and fro.
func stepped(t *testing.T, path string) (*Store, *goose.Provider) {
	t.Helper()
	s, err := Open(t.Context(), path, quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	p, err := goose.NewProvider(goose.DialectSQLite3, s.writer, os.DirFS("migrations/sqlite"))
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

func TestMigrationsGoBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parley.db")
	create(t, path)
	s, p := stepped(t, path)
	if _, err := p.DownTo(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	var left int
	if err := s.writer.QueryRowContext(t.Context(), `SELECT COUNT(*) FROM sqlite_schema WHERE name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite%'`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d tables and indexes are left (%v)", left, err)
	}
	if _, err := p.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// The daemon and a run of `parley once` may meet at a file that is new.
func TestOpenedAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parley.db")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			s, err := Open(t.Context(), path, quiet)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

// Here the other process always wins: it migrates when we have decided what
// to do and read the first step.
func TestOvertakenWhileMigrating(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parley.db")
	db, err := sql.Open("sqlite", sqliteDSN(path, time.Second, nil))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	folder, err := fs.Sub(migrations, "migrations/sqlite")
	if err != nil {
		t.Fatal(err)
	}
	overtaken := &overtaken{FS: folder, by: func() { create(t, path) }}
	if err := migrate(t.Context(), goose.DialectSQLite3, db, overtaken, quiet); err != nil {
		t.Error(err)
	}
	overtaken.once.Do(func() { t.Error("nothing overtook us: the test is wrong") })
}

// An overtaken folder lets something happen when a step is first read.
type overtaken struct {
	fs.FS
	by   func()
	once sync.Once
}

func (o *overtaken) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".sql") {
		o.once.Do(o.by)
	}
	return o.FS.Open(name)
}

// Who said what before the table of speakers was there is found in it.
func TestSpeakersOfOldDevelopments(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parley.db")
	s, p := stepped(t, path)
	if _, err := p.DownTo(t.Context(), 5); err != nil {
		t.Fatal(err)
	}
	iran, name := "iran", "Abbas Araghchi"
	for _, d := range []news.Development{
		{Speaker: &news.Speaker{Affiliation: &iran, Name: &name}},
		{Speaker: &news.Speaker{Name: &name}},
		{},
		{Joint: []news.Speaker{{Affiliation: &iran}, {Name: &name}}},
	} {
		body, err := encodeDevelopment(d)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.writer.ExecContext(t.Context(), `INSERT INTO developments (negotiation, kind, body, first_at, last_at) VALUES ('', '', $1, 0, 0)`, body); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	for want, f := range map[int]news.Filter{2: {Speaker: "iran"}, 3: {Names: []string{"araghchi"}}} {
		if got, err := s.Developments(t.Context(), f); err != nil || len(got) != want {
			t.Errorf("%+v: %d, want %d (%v)", f, len(got), want, err)
		}
	}
}
