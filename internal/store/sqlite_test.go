package store

import (
	"bytes"
	"database/sql"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/news"
)

var quiet = slog.New(slog.DiscardHandler)

func create(t *testing.T, path string) {
	t.Helper()
	s, err := Open(t.Context(), path, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// fill stores enough to spread the file over many pages.
func fill(t *testing.T, path string, items int) {
	t.Helper()
	s, err := Open(t.Context(), path, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.SyncFeeds(t.Context(), []news.FeedPlan{{Name: "f", URL: "u"}}); err != nil {
		t.Fatal(err)
	}
	feed, _, err := s.ClaimNamed(t.Context(), "f", time.Now(), time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	c := news.Check{Feed: "f", Claim: feed.Claim, At: time.Now(), Succeeded: true}
	for i := range items {
		c.Items = append(c.Items, news.CheckedItem{Item: news.Item{
			ID: strings.Repeat("x", i%40) + string(rune(i)), Text: strings.Repeat("many words ", 400), Fetched: time.Now(),
		}})
	}
	if _, err := s.SaveCheck(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

// query runs one statement on a file, past the store.
func query(t *testing.T, path, statement string) *sql.Conn {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := conn.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	return conn
}

func TestOpenRefuses(t *testing.T) {
	cases := []struct {
		name string
		dsn  func(t *testing.T, folder string) string
		want []string
	}{
		{"nothing", func(*testing.T, string) string { return "" }, []string{"no database is named", "parley.db"}},
		{
			"postgres, whose password is kept out", func(*testing.T, string) string { return "postgres://parley:hunter2@db:x/parley" },
			[]string{"cannot be understood", "PGPASSWORD"},
		},
		{"another kind", func(*testing.T, string) string { return "mysql://root:hunter2@db" }, []string{`"mysql"`, "SQLite file"}},
		{"a folder that does not exist", func(_ *testing.T, f string) string { return filepath.Join(f, "no", "parley.db") }, []string{"does not exist", "create it"}},
		{"a folder", func(_ *testing.T, f string) string { return f }, []string{"is a folder"}},
		{"a text", func(t *testing.T, f string) string {
			return write(t, filepath.Join(f, "x.db"), bytes.Repeat([]byte("feeds:\n - dawn\n"), 1000))
		}, []string{"is not a database", "another path"}},
		{"a damaged file", func(t *testing.T, f string) string {
			path := filepath.Join(f, "x.db")
			fill(t, path, 400)
			file, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(file) < 600_000 {
				t.Fatalf("the file has only %d bytes", len(file))
			}
			copy(file[300_000:], bytes.Repeat([]byte{0xA5, 7, 0, 0x3C}, 50_000))
			return write(t, path, file)
		}, []string{"is damaged", "backup", ".recover"}},
		{"a newer schema", func(t *testing.T, f string) string {
			path := filepath.Join(f, "x.db")
			create(t, path)
			query(t, path, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, 1)`)
			return path
		}, []string{"newer parley", "999"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s, err := Open(t.Context(), c.dsn(t, t.TempDir()), quiet)
			if err == nil {
				_ = s.Close()
				t.Fatal("it was opened")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v\nsays nothing of %q", err, want)
				}
			}
			if strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v", err)
			}
		})
	}
}

func write(t *testing.T, path string, content []byte) string {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestLocked(t *testing.T) {
	const busy = 50 * time.Millisecond
	path := filepath.Join(t.TempDir(), "parley.db")
	create(t, path)
	s, err := openSQLite(t.Context(), path, busy, quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	other := query(t, path, `BEGIN IMMEDIATE`)

	if again, err := openSQLite(t.Context(), path, busy, quiet); err == nil {
		_ = again.Close()
		t.Error("a locked file was opened")
	} else if !strings.Contains(err.Error(), "is locked by another program: end that program") {
		t.Error(err)
	}
	_, err = s.SeenOnce(t.Context(), "a", time.Now(), time.Hour)
	if err == nil || strings.Count(err.Error(), "is locked by another program") != 1 {
		t.Errorf("writing to a locked file: %v", err)
	}
	if _, err := s.Feeds(t.Context()); err != nil {
		t.Errorf("reading while another writes: %v", err)
	}
	if _, err := other.ExecContext(t.Context(), `ROLLBACK`); err != nil {
		t.Fatal(err)
	}
	if first, err := s.SeenOnce(t.Context(), "a", time.Now(), time.Hour); err != nil || !first {
		t.Errorf("once it is let go of: %v %v", first, err)
	}
}

func TestReadOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parley.db")
	create(t, path)
	t.Run("the sentence", func(t *testing.T) {
		db, err := sql.Open("sqlite", sqliteDSN(path, time.Second, url.Values{"mode": {"ro"}}))
		if err != nil {
			t.Fatal(err)
		}
		s := &Store{writer: db, reader: db, dialect: sqliteFile{path}}
		t.Cleanup(func() { _ = s.Close() })
		if err := s.prepareSQLite(t.Context(), path); err == nil || !strings.Contains(err.Error(), "cannot be written: let this user write the file") {
			t.Error(err)
		}
	})
	t.Run("the file", func(t *testing.T) {
		if os.Geteuid() == 0 {
			t.Skip("root may write to any file")
		}
		for _, p := range []string{path, filepath.Dir(path)} {
			if err := os.Chmod(p, 0o500); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = os.Chmod(p, 0o700) })
		}
		s, err := Open(t.Context(), path, quiet)
		if err == nil {
			_ = s.Close()
			t.Fatal("it was opened")
		}
		if !strings.Contains(err.Error(), "let this user") {
			t.Error(err)
		}
	})
}

// A path may hold what means something in a URI.
func TestOddPath(t *testing.T) {
	for _, name := range []string{"a?b.db", "100%41.db", "a b#c.db", "größe.db"} {
		path := filepath.Join(t.TempDir(), name)
		create(t, path)
		if _, err := os.Stat(path); err != nil {
			t.Error(err)
		}
	}
}

func TestRelativePath(t *testing.T) {
	t.Chdir(t.TempDir())
	create(t, "parley.db")
	if _, err := os.Stat("parley.db"); err != nil {
		t.Error(err)
	}
}

func TestSettings(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), quiet)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for _, c := range []struct {
		db           *sql.DB
		pragma, want string
	}{
		{s.writer, "journal_mode", "wal"},
		{s.writer, "synchronous", "2"}, // FULL
		{s.writer, "foreign_keys", "1"},
		{s.writer, "busy_timeout", "5000"},
		{s.reader, "query_only", "1"},
		{s.reader, "busy_timeout", "5000"},
	} {
		var got string
		if err := c.db.QueryRowContext(t.Context(), "PRAGMA "+c.pragma).Scan(&got); err != nil || got != c.want {
			t.Errorf("%s = %s, want %s (%v)", c.pragma, got, c.want, err)
		}
	}
}

// Text would sort and compare as the zone that it is written in.
func TestTimesAreIntegers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "parley.db")
	create(t, path)
	db := query(t, path, `SELECT 1`)
	rows, err := scanAll(t.Context(), db, func(row scanner) (c [3]string, err error) {
		return c, row.Scan(&c[0], &c[1], &c[2])
	}, `SELECT m.name, c.name, c.type FROM sqlite_schema m, pragma_table_info(m.name) c
		WHERE m.type = 'table' AND m.name NOT LIKE 'goose%' AND m.name NOT LIKE 'sqlite%' AND (m.name NOT LIKE 'item_words%' OR m.name = 'item_words_state')`)
	if err != nil || len(rows) < 50 {
		t.Fatalf("%d columns, %v", len(rows), err)
	}
	texts := 0
	for _, c := range rows {
		switch c[2] {
		case "INTEGER":
		case "TEXT":
			texts++
			for _, sign := range []string{"_at", "_check", "until", "created", "published", "fetched", "not_before", "settled"} {
				if strings.HasSuffix(c[1], sign) {
					t.Errorf("%s.%s is text", c[0], c[1])
				}
			}
		default:
			t.Errorf("%s.%s is %s, which SQLite's drivers and PostgreSQL understand differently", c[0], c[1], c[2])
		}
	}
	if texts == 0 {
		t.Error("no column is text: the query is wrong")
	}
}
