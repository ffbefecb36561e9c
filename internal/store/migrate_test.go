package store

import (
	"io/fs"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/pressly/goose/v3"

	"parley/internal/news"
)

// stepper moves the schema of a database to and fro.
func stepper(t *testing.T, dsn string) *goose.Provider {
	t.Helper()
	db, dialect, steps := plain(t, dsn)
	p, err := goose.NewProvider(dialect, db, steps)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestMigrationsGoBack(t *testing.T) {
	OnEmpty(t, func(t *testing.T, dsn string) {
		create(t, dsn)
		p := stepper(t, dsn)
		if _, err := p.DownTo(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		if left := columns(t, dsn); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
		if _, err := p.Up(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

// The daemon and a run of `parley once` may meet at a file that is new, replicas
// at a database that is.
func TestOpenedAtOnce(t *testing.T) {
	OnEmpty(t, func(t *testing.T, dsn string) {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				s, err := Open(t.Context(), dsn, quiet)
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
	})
}

// Here the other process always wins: it migrates when we have decided what
// to do and read the first step.
func TestOvertakenWhileMigrating(t *testing.T) {
	OnEmpty(t, func(t *testing.T, dsn string) {
		db, dialect, folder := plain(t, dsn)
		overtaken := &overtaken{FS: folder, by: func() { create(t, dsn) }}
		if err := migrate(t.Context(), dialect, db, overtaken, quiet); err != nil {
			t.Error(err)
		}
		overtaken.once.Do(func() { t.Error("nothing overtook us: the test is wrong") })
	})
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
	s := begin(t, path)
	p := stepper(t, path)
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
