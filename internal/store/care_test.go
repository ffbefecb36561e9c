package store

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"parley/internal/news"
)

// TestMigratesFromEverySchema makes a database as each earlier parley left it,
// with a feed, an item, a development and a message that waits, and opens it:
// all is there, and the road goes on.
func TestMigratesFromEverySchema(t *testing.T) {
	for name, database := range Empty {
		t.Run(name, func(t *testing.T) { testMigratesFromEverySchema(t, database) })
	}
}

func testMigratesFromEverySchema(t *testing.T, database func(testing.TB) string) {
	_, _, folder := plain(t, database(t))
	steps, err := fs.Glob(folder, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range steps {
		number, _, _ := strings.Cut(step, "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(step, func(t *testing.T) {
			ctx := t.Context()
			dsn := database(t)
			older(t, dsn, version)
			s := begin(t, dsn)
			if err := s.CheckIntegrity(ctx); err != nil {
				t.Error(err)
			}
			feeds, err := s.Feeds(ctx)
			if err != nil || len(feeds) != 1 || feeds[0].Items != 1 || feeds[0].ETag != `"a"` {
				t.Errorf("feeds: %+v, %v", feeds, err)
			}
			it, ok, err := s.ItemByLink(ctx, "https://dawn.example/1")
			if err != nil || !ok || it.Item.Title != "Talks begin" || it.Item.Text != "In Muscat." {
				t.Errorf("item: %+v, %v, %v", it, ok, err)
			}
			d, ok, err := s.Development(ctx, 1)
			if err != nil || !ok || d.Kind != news.TalksStarted || len(d.Sources) != 1 {
				t.Errorf("development: %+v, %v, %v", d, ok, err)
			}
			now := time.UnixMilli(2000)
			batches, err := s.ClaimDue(ctx, now, time.Minute, 9)
			if err != nil || len(batches) != 1 || batches[0][0].Action != news.Post || batches[0][0].Alert.Development == nil {
				t.Fatalf("outbox: %+v, %v", batches, err)
			}
			if err := s.Sent(ctx, batches[0], news.Receipt{Channel: "C1", TS: "1.1"}, now); err != nil {
				t.Error(err)
			}
			claimed, ok, err := s.ClaimFeed(ctx, now, time.Minute)
			if err != nil || !ok {
				t.Fatal(ok, err)
			}
			if _, err := s.SaveCheck(ctx, news.Check{
				Feed: "dawn", Claim: claimed.Claim, At: now, Next: now, Succeeded: true,
				Items: []news.CheckedItem{{Item: news.Item{ID: "2", Feed: "dawn", Title: "Talks end", Fetched: now}}},
			}); err != nil {
				t.Error(err)
			}
		})
	}
}

// older makes a database of an earlier schema. It writes what the first schema
// has, which later ones only add to.
func older(t *testing.T, dsn string, version int64) {
	t.Helper()
	db, dialect, folder := plain(t, dsn)
	p, err := goose.NewProvider(dialect, db, folder)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.UpTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
	development, err := encodeDevelopment(news.Development{Kind: news.TalksStarted, Headline: "Talks began"})
	if err != nil {
		t.Fatal(err)
	}
	reading, err := encodeReading(news.Reading{})
	if err != nil {
		t.Fatal(err)
	}
	alert, err := encodeAlert(news.Alert{Item: news.Item{ID: "1", Title: "Talks begin"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		statement string
		args      []any
	}{
		{`INSERT INTO feeds (name, url, next_check, last_success, etag, items) VALUES ('dawn', 'https://dawn.example/feed', 1000, 900, '"a"', 1)`, nil},
		{`INSERT INTO items (feed, id, tier, title, body, link, language, published, zone, offset_s, fetched, at, reading, why)
			VALUES ('dawn', '1', 'press', 'Talks begin', 'In Muscat.', 'https://dawn.example/1', 'en', 800, 'UTC', 0, 900, 800, $1, '')`, []any{reading}},
		{`INSERT INTO developments (negotiation, kind, body, first_at, last_at) VALUES ('', 'talks-started', $1, 800, 800)`, []any{development}},
		{`INSERT INTO reports (item, place, reading, development, verdict, reason, body) VALUES (1, 0, -1, 1, 'new', 'nothing like it is known', $1)`, []any{development}},
		{`INSERT INTO outbox (key, channel, item, development, alert, digest, not_before, created) VALUES ('D-1 to C1', 'C1', 1, 1, $1, 0, 900, 900)`, []any{alert}},
	} {
		if _, err := db.ExecContext(t.Context(), row.statement, row.args...); err != nil {
			t.Fatalf("%s: %v", row.statement, err)
		}
	}
}

// A backup is whole and compact, it is taken while others write, and replaces
// nothing.
func TestBackup(t *testing.T) {
	ctx := t.Context()
	folder := t.TempDir()
	path, copied := filepath.Join(folder, "parley.db"), filepath.Join(folder, "copy.db")
	fill(t, path, 300)
	s, err := Open(ctx, path, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	tx, err := s.writer.BeginTx(ctx, nil) // somebody is in the middle of something
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.ExecContext(ctx, `DELETE FROM items`); err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(ctx, copied); err != nil {
		t.Fatal(err)
	}
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(copied); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the backup is not its owner's alone: %v, %v", info.Mode(), err)
	}
	b, err := Open(ctx, copied, quiet)
	if err != nil {
		t.Fatal(err)
	}
	var items int
	if err := b.reader.QueryRowContext(ctx, `SELECT COUNT(*) FROM items`).Scan(&items); err != nil || items != 300 {
		t.Errorf("the backup has %d items, %v", items, err)
	}
	_ = b.Close()
	for _, to := range []string{copied, filepath.Join(folder, "nowhere", "copy.db")} {
		if err := s.Backup(ctx, to); err == nil {
			t.Errorf("%s was written", to)
		} else {
			t.Log(err)
		}
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if err := s.Backup(stopped, filepath.Join(folder, "cut.db")); err == nil {
		t.Error("a backup that was stopped counts as made")
	}
	left, err := filepath.Glob(filepath.Join(folder, "*.part"))
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A backup of a damaged database fails, and so does the daily look at one that is
// damaged while it is in use.
func TestDamageIsFound(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "parley.db")
	fill(t, path, 400)
	s, err := Open(ctx, path, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.CheckIntegrity(ctx); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt([]byte(strings.Repeat("garbage!", 25_000)), 300_000); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.CheckIntegrity(ctx); err == nil || !strings.Contains(err.Error(), "is damaged") || !strings.Contains(err.Error(), "restore it from a backup") {
		t.Errorf("200 KB of garbage: %v", err)
	}
}

// Old texts go; what is needed to know an item again stays.
func TestPrune(t *testing.T) { OnEach(t, testPrune) }

func testPrune(t *testing.T, dsn string) {
	ctx := t.Context()
	s := begin(t, dsn)
	noon := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	if err := s.SyncFeeds(ctx, []news.FeedPlan{{Name: "dawn", URL: "u", First: noon}}); err != nil {
		t.Fatal(err)
	}
	claimed, _, err := s.ClaimNamed(ctx, "dawn", noon, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	c := news.Check{Feed: "dawn", Claim: claimed.Claim, At: noon, Next: noon, Succeeded: true}
	const old = pruneLimit + 10
	for i := range old + 5 {
		at := noon.Add(-400 * 24 * time.Hour)
		if i >= old {
			at = noon.Add(-time.Hour)
		}
		c.Items = append(c.Items, news.CheckedItem{Item: news.Item{ID: strconv.Itoa(i), Feed: "dawn", Title: "Talks", Text: "Überall", Published: at, Fetched: noon}})
	}
	if _, err := s.SaveCheck(ctx, c); err != nil {
		t.Fatal(err)
	}
	before := noon.Add(-365 * 24 * time.Hour)
	want := Pruning{Items: old, Bytes: old * int64(len("Überall"))}
	for _, dry := range []bool{true, true, false} { // to look changes nothing
		if got, err := s.Prune(ctx, before, dry); err != nil || got != want {
			t.Errorf("dry %v: %+v, %v; want %+v", dry, got, err, want)
		}
	}
	if got, err := s.Prune(ctx, before, false); err != nil || got != (Pruning{}) {
		t.Errorf("again: %+v, %v", got, err)
	}
	for id, text := range map[string]string{"0": "", strconv.Itoa(old): "Überall"} {
		if it, ok, err := s.ItemByID(ctx, id); err != nil || !ok || it.Item.Title != "Talks" || it.Item.Text != text {
			t.Errorf("item %s: %+v, %v, %v", id, it.Item, ok, err)
		}
	}
	var items []news.Item
	for _, ci := range c.Items {
		items = append(items, ci.Item)
	}
	if unseen, err := s.Unseen(ctx, "dawn", items); err != nil || len(unseen) > 0 {
		t.Errorf("%d items would count as new again, %v", len(unseen), err)
	}
}

// When the disk is full nothing half is stored, the sentence says so, and all
// goes on when there is room again.
func TestDiskFull(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "parley.db")
	s, err := Open(ctx, path, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.SyncFeeds(ctx, []news.FeedPlan{{Name: "f", URL: "u"}}); err != nil {
		t.Fatal(err)
	}
	room := func(pages string) {
		t.Helper()
		if _, err := s.writer.ExecContext(ctx, `PRAGMA max_page_count = `+pages); err != nil {
			t.Fatal(err)
		}
	}
	var pages int
	if err := s.writer.QueryRowContext(ctx, `PRAGMA page_count`).Scan(&pages); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	claimed, _, err := s.ClaimNamed(ctx, "f", now, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	c := news.Check{Feed: "f", Claim: claimed.Claim, At: now, Next: now, Succeeded: true}
	for i := range 100 {
		c.Items = append(c.Items, news.CheckedItem{Item: news.Item{ID: strconv.Itoa(i), Text: strings.Repeat("many words ", 400), Fetched: now}})
	}
	room(strconv.Itoa(pages + 4))
	_, err = s.SaveCheck(ctx, c)
	if err == nil || !strings.Contains(err.Error(), "the disk that holds the database "+path+" is full: free some space; what was stored is kept") {
		t.Errorf("a full disk: %v", err)
	}
	var items int
	if err := s.reader.QueryRowContext(ctx, `SELECT COUNT(*) FROM items`).Scan(&items); err != nil || items != 0 {
		t.Errorf("%d items of a check that could not be stored are there, %v", items, err)
	}
	room("1000000")
	if sum, err := s.SaveCheck(ctx, c); err != nil || sum.Items != 100 {
		t.Errorf("with room again: %+v, %v", sum, err)
	}
}
