package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store/pgtest"
)

// changed returns the address of a database with something else in it.
func changed(t *testing.T, dsn string, change func(*url.URL)) string {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	change(u)
	return u.String()
}

// on runs a statement in a database, past the store.
func on(t *testing.T, dsn, statement string) {
	t.Helper()
	db, _, _ := plain(t, dsn)
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// Every failure that somebody can do something about is one sentence that says
// what, and none holds a password.
func TestPostgresRefuses(t *testing.T) {
	server := pgtest.Start(t)
	user := func(name, password string) func(*url.URL) {
		return func(u *url.URL) { u.User = url.UserPassword(name, password) }
	}
	setting := func(name, value string) func(*url.URL) {
		return func(u *url.URL) {
			q := u.Query()
			q.Set(name, value)
			u.RawQuery = q.Encode()
		}
	}
	server.Admin(t, `CREATE ROLE stranger LOGIN PASSWORD 'hunter2'`)
	server.Admin(t, `CREATE ROLE crowded LOGIN PASSWORD 'hunter2' CONNECTION LIMIT 0`)
	server.Admin(t, `CREATE DATABASE ascii TEMPLATE template0 ENCODING 'SQL_ASCII'`)
	for _, c := range []struct {
		name string
		dsn  func(dsn string) string
		want []string
	}{
		{
			"nobody listens", func(dsn string) string { return changed(t, dsn, func(u *url.URL) { u.Host = "127.0.0.1:1" }) },
			[]string{"cannot be reached at 127.0.0.1:1", "look whether it runs"},
		},
		{
			"no such host", func(dsn string) string { return changed(t, dsn, func(u *url.URL) { u.Host = "db.invalid" }) },
			[]string{"cannot be reached at db.invalid:5432", "host and port"},
		},
		{
			"wrong password", func(dsn string) string { return changed(t, dsn, user("parley", "hunter2")) },
			[]string{"does not let in the user parley", "PGPASSWORD", "pg_hba.conf"},
		},
		{
			"wrong password, whether encrypted or not", func(dsn string) string {
				return changed(t, changed(t, dsn, user("parley", "hunter2")), setting("sslmode", "prefer"))
			},
			[]string{"does not let in the user parley"},
		},
		{
			"nobody listens, whether encrypted or not", func(dsn string) string {
				return changed(t, changed(t, dsn, func(u *url.URL) { u.Host = "127.0.0.1:1" }), setting("sslmode", "prefer"))
			},
			[]string{"cannot be reached at 127.0.0.1:1"},
		},
		{
			"no such user", func(dsn string) string { return changed(t, dsn, user("nobody", "hunter2")) },
			[]string{"does not let in the user nobody"},
		},
		{
			"no such database", func(dsn string) string { return changed(t, dsn, func(u *url.URL) { u.Path = "/desk" }) },
			[]string{"there is no database desk", "createdb --owner=parley desk"},
		},
		{
			"no rights", func(dsn string) string {
				on(t, dsn, `REVOKE CREATE ON SCHEMA public FROM PUBLIC`) // as it is from 15 on
				return changed(t, dsn, user("stranger", "hunter2"))
			},
			[]string{"the user stranger may not", "OWNER TO stranger"},
		},
		{
			"no more connections", func(dsn string) string { return changed(t, dsn, user("crowded", "hunter2")) },
			[]string{"takes no more connections", "max_connections"},
		},
		{
			"no encryption", func(dsn string) string { return changed(t, dsn, setting("sslmode", "require")) },
			[]string{"do not agree on encryption", "sslmode"},
		},
		{
			"another encoding", func(dsn string) string { return changed(t, dsn, func(u *url.URL) { u.Path = "/ascii" }) },
			[]string{"keeps text as SQL_ASCII", "--encoding=UTF8"},
		},
		{
			"no schema", func(dsn string) string { return changed(t, dsn, setting("search_path", "nowhere")) },
			[]string{"has no schema for the tables", "search_path"},
		},
		{
			"read only", func(dsn string) string {
				create(t, dsn)
				return changed(t, dsn, setting("default_transaction_read_only", "on"))
			},
			[]string{"cannot be written", "standby"},
		},
		{
			"a newer schema", func(dsn string) string {
				create(t, dsn)
				on(t, dsn, `INSERT INTO goose_db_version (version_id, is_applied) VALUES (999, true)`)
				return dsn
			},
			[]string{"newer parley", "999"},
		},
		{
			"a full disk", func(dsn string) string { return failing(t, dsn, codeDiskFull) },
			[]string{"disk of PostgreSQL", "is full: free some space"},
		},
		{
			"damage", func(dsn string) string { return failing(t, dsn, codeDamagedData) },
			[]string{"is damaged", "backup", "pg_amcheck"},
		},
		{
			"no address", func(string) string { return "postgres://parley:hun ter2@db:5432/parley?sslmode=require" },
			[]string{"cannot be understood", "PGPASSWORD", "%40"},
		},
		{
			"no setting", func(string) string { return "postgres://parley:hunter2@db/parley?sslmode=perhaps" },
			[]string{"cannot be understood", "sslmode is invalid"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dsn := c.dsn(server.Empty(t))
			s, err := Open(t.Context(), dsn, quiet)
			if err == nil {
				_ = s.Close()
				t.Fatal("it was opened")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v\nsays nothing of %q", err, want)
				}
			}
			for _, bad := range []string{"hunter2", "hunt", "sesame", "\n"} {
				if strings.Contains(err.Error(), bad) {
					t.Errorf("%v\nholds %q", err, bad)
				}
			}
			if c.name == "damage" != errors.Is(err, ErrDamaged) {
				t.Errorf("%v counts as damage: %v", err, errors.Is(err, ErrDamaged))
			}
		})
	}
}

// failing makes a database on which every write to one table fails.
func failing(t *testing.T, dsn, code string) string {
	t.Helper()
	create(t, dsn)
	on(t, dsn, fmt.Sprintf(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '%s'; END $$;
		CREATE TRIGGER fail BEFORE DELETE ON holds FOR EACH STATEMENT EXECUTE FUNCTION fail()`, code))
	return dsn
}

func TestPostgresThatDoesNotFit(t *testing.T) {
	p := &postgres{server: "db:5432", address: "postgres://parley@db/parley", version: "9.6.24"}
	if err := p.fits(90624, "UTF8", true, true); err == nil || err.Error() != fmt.Sprintf("PostgreSQL at db:5432 is version 9.6.24, and parley needs %d or newer: upgrade it, or use another server", leastPostgres) {
		t.Error(err)
	}
	if err := p.fits(leastPostgres*10000, "UTF8", true, true); err != nil {
		t.Error(err)
	}
}

// The address is shown without what is secret in it, and a backup is told with the
// command that makes one.
func TestPostgresIsShownWithoutPassword(t *testing.T) {
	const dsn = "postgres://desk:hunter2@db.example:5433/parley?sslmode=verify-full&sslpassword=hunter3&password=hunter4"
	if got := WithoutPassword(dsn); got != "postgres://desk@db.example:5433/parley" {
		t.Error(got)
	}
	p := &postgres{}
	p.address, p.settings = withoutSecrets(dsn)
	err := p.backup(t.Context(), "a copy")
	want := "`pg_dump --format=custom --file='a copy' 'postgres://desk@db.example:5433/parley?sslmode=verify-full'`"
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v\ndoes not hold %s", err, want)
	}
	if got := WithoutPassword("postgres://desk:hunter2@[::bad/parley"); strings.Contains(got, "hunter2") {
		t.Error(got)
	}
	if got := WithoutPassword("data/parley.db"); got != "data/parley.db" {
		t.Error(got)
	}
}

// While the server is away every call fails with a sentence; when it is back, all
// goes on with what was committed. A call that comes while it is being restarted
// waits for it.
func TestPostgresRestarts(t *testing.T) {
	server := pgtest.Start(t)
	s := begin(t, server.Empty(t))
	s.dialect.(*postgres).patience = 0
	ctx := t.Context()
	seen := func(key string) (bool, error) { return s.SeenOnce(ctx, key, time.Now(), time.Hour) }
	if first, err := seen("before"); !first || err != nil {
		t.Fatal(first, err)
	}
	server.Crash(t)
	for range 3 {
		if _, err := seen("meanwhile"); err == nil || strings.Contains(err.Error(), "sesame") ||
			!strings.Contains(err.Error(), "cannot be reached") && !strings.Contains(err.Error(), "was lost") && !strings.Contains(err.Error(), "being stopped") {
			t.Errorf("writing: %v", err)
		}
		if _, err := s.Feeds(ctx); err == nil {
			t.Error("feeds are known while the server is away")
		}
	}
	if err := s.CheckIntegrity(ctx); err == nil || errors.Is(err, ErrDamaged) {
		t.Errorf("away is not damaged: %v", err)
	}
	s.dialect.(*postgres).patience = time.Minute
	waited := make(chan error, 1)
	go func() {
		_, err := seen("meanwhile")
		waited <- err
	}()
	server.Restart(t)
	if err := <-waited; err != nil {
		t.Errorf("a call that waited for the restart: %v", err)
	}
	for key, want := range map[string]bool{"before": false, "meanwhile": false, "after": true} {
		if first, err := seen(key); first != want || err != nil {
			t.Errorf("%s: %v %v", key, first, err)
		}
	}
}

// A process that is stopped in the midst of a transaction holds up the others only
// for a while; what it had begun is undone.
func TestPostgresStoppedInTheMidst(t *testing.T) {
	dsn := Postgres.Database(t)
	stopped, other := begin(t, dsn), begin(t, dsn)
	stopped.dialect.(*postgres).idleTime = 200 * time.Millisecond
	ctx := t.Context()
	err := stopped.write(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `INSERT INTO holds (channel, until) VALUES ('C', 1)`); err != nil {
			return err
		}
		if err := other.HoldChannel(ctx, "D", time.UnixMilli(2)); err != nil { // waits until the server has had enough
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO holds (channel, until) VALUES ('E', 1)`)
		return err
	})
	if err == nil || !strings.Contains(err.Error(), "it is tried again") {
		t.Errorf("the stopped one: %v", err)
	}
	held, err := scanAll(ctx, other.reader, func(row scanner) (c string, err error) { return c, row.Scan(&c) }, `SELECT channel FROM holds`)
	if err != nil || len(held) != 1 || held[0] != "D" {
		t.Errorf("%v %v", held, err)
	}
	if err := stopped.HoldChannel(ctx, "F", time.UnixMilli(2)); err != nil {
		t.Errorf("when it goes on: %v", err)
	}
}

// Somebody keeps the lock for too long.
func TestPostgresLocked(t *testing.T) {
	dsn := Postgres.Database(t)
	s, other := begin(t, dsn), begin(t, dsn)
	s.dialect.(*postgres).lockTime = 50 * time.Millisecond
	ctx := t.Context()
	err := other.write(ctx, func(*sql.Tx) error {
		_, err := s.SeenOnce(ctx, "a", time.Now(), time.Hour)
		if err == nil || !strings.Contains(err.Error(), "keeps the database") || strings.Count(err.Error(), "locked") != 1 {
			t.Errorf("writing to a locked database: %v", err)
		}
		if _, err := s.Feeds(ctx); err != nil {
			t.Errorf("reading while another writes: %v", err)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if first, err := s.SeenOnce(ctx, "a", time.Now(), time.Hour); err != nil || !first {
		t.Errorf("once it is let go of: %v %v", first, err)
	}
}

// Two parleys in two schemas of one database have nothing in common.
func TestPostgresSchemas(t *testing.T) {
	dsn := Postgres.Empty(t)
	on(t, dsn, `CREATE SCHEMA one; CREATE SCHEMA two`)
	in := func(schema string) *Store {
		return begin(t, changed(t, dsn, func(u *url.URL) {
			q := u.Query()
			q.Set("search_path", schema)
			u.RawQuery = q.Encode()
		}))
	}
	one, two := in("one"), in("two")
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	if err := one.write(ctx, func(*sql.Tx) error { return two.SyncFeeds(ctx, []news.FeedPlan{{Name: "f", URL: "u"}}) }); err != nil {
		t.Errorf("one waits for the other: %v", err)
	}
	for want, s := range []*Store{one, two} {
		if feeds, err := s.Feeds(ctx); err != nil || len(feeds) != want {
			t.Errorf("%d feeds, %v; want %d", len(feeds), err, want)
		}
	}
}

// Bytes that PostgreSQL does not take as text are replaced, and never keep a check
// from being stored.
func TestPostgresTakesAnyBytes(t *testing.T) {
	s := begin(t, Postgres.Database(t))
	ctx := t.Context()
	if err := s.SyncFeeds(ctx, []news.FeedPlan{{Name: "f", URL: "u"}}); err != nil {
		t.Fatal(err)
	}
	now := time.UnixMilli(1000)
	f, _, err := s.ClaimNamed(ctx, "f", now, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	bad := "a\x00b\xffc"
	if _, err := s.SaveCheck(ctx, news.Check{
		Feed: "f", Claim: f.Claim, At: now, Next: now, ETag: bad, Error: bad,
		Items: []news.CheckedItem{{Item: news.Item{ID: bad, Title: bad, Text: bad, Link: bad, Fetched: now}}},
	}); err != nil {
		t.Fatal(err)
	}
	it, ok, err := s.ItemByID(ctx, bad)
	if err != nil || !ok || it.Item.Title != "a\uFFFDb\uFFFDc" {
		t.Errorf("%+v %v %v", it.Item, ok, err)
	}
}
