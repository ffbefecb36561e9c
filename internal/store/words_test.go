package store_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

// byFields takes items apart at spaces.
func byFields(version int) store.Option {
	return store.WithWords(store.Words{Version: version, Terms: func(title, text string) (inTitle, inText []string) {
		return strings.Fields(title), strings.Fields(text)
	}})
}

func term(s string) news.Need          { return news.Need{Term: s} }
func allOf(of ...news.Need) *news.Need { return &news.Need{All: of} }
func anyOf(of ...news.Need) *news.Need { return &news.Need{Any: of} }

// found lists the items that a need leads to, by Find and by Scan, which must agree.
func found(t *testing.T, s *store.Store, need *news.Need) []string {
	t.Helper()
	var ids []string
	passed, err := s.Find(t.Context(), need, func(it news.StoredItem) bool {
		ids = append(ids, it.Item.ID)
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	var scanned []string
	var all, done int
	looked, whole, err := s.Scan(t.Context(), time.Time{}, false, need, func(time.Time) func(news.StoredItem) bool {
		return func(it news.StoredItem) bool { scanned = append(scanned, it.Item.ID); return true }
	}, func(n, total int) { done, all = n, total })
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(ids, scanned) || done != all || passed != all || looked != all || !whole {
		t.Errorf("found %v and scanned %v; passed %d, %d and %d of %d, all: %v", ids, scanned, passed, done, looked, all, whole)
	}
	return ids
}

func testFind(t *testing.T, s *store.Store) {
	var items []news.CheckedItem
	put := func(id, title, text string, age int, judged ...news.Judged) {
		c := checked(item(id, noon.Add(-time.Duration(age)*time.Minute)), judged...)
		c.Item.Title, c.Item.Text = title, text
		items = append(items, c)
	}
	put("a", "truce", "in sudan don't wait", 3)
	put("b", "war", "a truce", 1)
	put("c", "peace", "talks 停 停\x00战", 2)
	put("d", "hints", "trucelike", 4, news.Judged{Development: talks(news.TalksScheduled, "2026-11-24"), Is: news.New, ID: -1, Reason: "new"})
	put("e", "ایران", "می‌گوید a-b", 5)
	for i := range 8 {
		put(fmt.Sprint("x", i), "other", "news", 10+i)
	}
	save(t, s, noon, items...)
	for _, c := range []struct {
		need *news.Need
		want string
	}{
		{&news.Need{Term: "truce"}, "b a"},
		{&news.Need{Term: "truce", Title: true}, "a"},
		{&news.Need{Term: "truce", Prefix: true}, "b a d"},
		{&news.Need{Term: "truce", Prefix: true, Title: true}, "a"},
		{&news.Need{Development: true}, "d"},
		{&news.Need{Development: true, Kind: "talks-scheduled"}, "d"},
		{&news.Need{Development: true, Kind: "talks"}, "d"},
		{&news.Need{Development: true, Kind: "any"}, "d"},
		{&news.Need{Development: true, Kind: "setback"}, ""},
		{allOf(term("truce"), term("sudan")), "a"},
		{allOf(term("truce"), news.Need{Title: true, Term: "war"}), "b"},
		{anyOf(term("talks"), news.Need{Development: true}), "c d"},
		{allOf(*anyOf(term("truce"), term("talks")), *anyOf(term("a"), term("停"))), "b c"},
		{&news.Need{All: []news.Need{term("truce")}, None: []news.Need{term("sudan"), term("war")}}, ""},
		{&news.Need{All: []news.Need{term("truce")}, None: []news.Need{term("sudan"), {Title: true, Term: "truce"}}}, "b"},
		{&news.Need{All: []news.Need{*anyOf(term("truce"), term("talks"))}, None: []news.Need{term("don't")}}, "b c"},
		{&news.Need{Term: "don't"}, "a"},
		{&news.Need{Term: "don"}, ""},
		{&news.Need{Term: "don", Prefix: true}, "a"},
		{&news.Need{Term: "停\x00战"}, "c"},
		{&news.Need{Term: "战"}, ""},
		{&news.Need{Term: "ایران"}, "e"},
		{&news.Need{Term: "می‌گوید"}, "e"},
		{&news.Need{Term: "a-b"}, "e"},
		{&news.Need{Term: `"quoted" OR *`}, ""},
		{&news.Need{Term: "title"}, ""},
		{&news.Need{Term: "nothing"}, ""},
	} {
		if got := strings.Join(found(t, s, c.need), " "); got != c.want {
			t.Errorf("%+v leads to %q, want %q", *c.need, got, c.want)
		}
	}
	if got := found(t, s, nil); len(got) != 13 {
		t.Errorf("with no need there are %v", got)
	}
	if got := found(t, s, &news.Need{Term: "news"}); len(got) < 8 {
		t.Errorf("a word that most have leads to %v", got)
	}
	// It ends where it is told to, and says how far it came.
	n := 0
	passed, err := s.Find(t.Context(), &news.Need{Term: "truce", Prefix: true}, func(news.StoredItem) bool { n++; return n < 3 })
	if err != nil || n != 3 || passed != 3 {
		t.Errorf("%d items, %d passed, %v", n, passed, err)
	}
	// What is refused with the rest of a check is in no index.
	bad := checked(item("y", noon))
	bad.Item.Text, bad.Of = "refused", []int{0}
	feed := claimed(t, s, "dawn", noon.Add(time.Hour))
	if _, err := s.SaveCheck(t.Context(), news.Check{Feed: "dawn", Claim: feed.Claim, At: noon, Items: []news.CheckedItem{bad}}); err == nil {
		t.Fatal("a faulty check was stored")
	}
	if got := found(t, s, &news.Need{Term: "refused"}); len(got) != 0 {
		t.Errorf("found %v", got)
	}
}

// In SQLite the index knows where words stand: it leads to phrases, and to words near
// each other in one field. Elsewhere it leads to all that have the words.
func testFindPlaces(t *testing.T, s *store.Store) {
	knows := store.KnowsPlaces(s)
	var items []news.CheckedItem
	put := func(id, title, text string) {
		c := checked(item(id, noon.Add(-time.Duration(len(items))*time.Minute)))
		c.Item.Title, c.Item.Text = title, text
		items = append(items, c)
	}
	put("a", "oil price", "a b c oil d e price")
	put("b", "oil", "price of oil-rich oil fields")
	put("c", "price", "oil x x x x x x price")
	put("d", "news", "oil pricey")
	for i := range 12 {
		put(fmt.Sprint("x", i), "other", "news")
	}
	save(t, s, noon, items...)
	phrase := func(of ...news.Need) news.Need { return news.Need{All: of, Phrase: true} }
	near := func(n int, a, b news.Need) *news.Need { return &news.Need{All: []news.Need{a, b}, Within: n} }
	title := news.Need{Term: "oil", Title: true}
	for _, c := range []struct {
		need      *news.Need
		want, all string
	}{
		{new(phrase(term("oil"), term("price"))), "a", "a b c"},
		{new(phrase(term("oil"), news.Need{Term: "pric", Prefix: true})), "a d", "a b c d"},
		{new(phrase(title, news.Need{Term: "price", Title: true})), "a", "a"},
		{near(2, term("oil"), term("price")), "a b", "a b c"},
		{near(6, term("price"), term("oil")), "a b c", "a b c"},
		{near(2, news.Need{Term: "price", Prefix: true}, term("oil")), "a b d", "a b c d"},
		{near(1, title, term("price")), "a", "a b"},
		{near(1, phrase(term("b"), term("c")), phrase(term("oil"), term("d"))), "a", "a"},
		{near(1, phrase(term("e"), term("price")), term("c")), "", "a"},
		{anyOf(*near(2, term("oil"), term("fields")), *near(9, term("pricey"), term("oil"))), "b d", "b d"},
	} {
		want := c.want
		if !knows {
			want = c.all
		}
		if got := strings.Join(found(t, s, c.need), " "); got != want {
			t.Errorf("%+v leads to %q, want %q", *c.need, got, want)
		}
	}
}

// An older database is indexed in batches while it is used, in bits if need be;
// until then, and for what a store without words adds, items are looked at one by
// one. Another way of taking words apart makes the index anew.
func TestIndexOfAnOlderDatabase(t *testing.T) { store.OnEach(t, testIndexOfAnOlderDatabase) }

func testIndexOfAnOlderDatabase(t *testing.T, dsn string) {
	open := func(options ...store.Option) *store.Store {
		s, err := store.Open(t.Context(), dsn, slog.New(slog.DiscardHandler), options...)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	closed := func(s *store.Store) {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	add := func(s *store.Store, from, n int) {
		var items []news.CheckedItem
		for i := from; i < from+n; i++ {
			c := checked(item(fmt.Sprint("i", i), noon.Add(-time.Duration(i)*time.Minute)))
			c.Item.Title, c.Item.Text = fmt.Sprint("w", i%50), "text"
			items = append(items, c)
		}
		save(t, s, noon.Add(time.Duration(from)*time.Second), items...)
	}
	// count finds the items of a word, of which there must be so many, and tells
	// how many were looked at for that.
	count := func(s *store.Store, word string, want int) (looked int) {
		t.Helper()
		n := 0
		if _, err := s.Find(t.Context(), &news.Need{Term: word}, func(it news.StoredItem) bool {
			looked++
			if it.Item.Title == word {
				n++
			}
			return true
		}); err != nil {
			t.Fatal(err)
		}
		if n != want {
			t.Errorf("%s: %d items, want %d", word, n, want)
		}
		return looked
	}

	s := open() // as before there were words
	add(s, 0, 1000)
	if looked := count(s, "w7", 20); looked != 1000 {
		t.Errorf("without words %d items were looked at", looked)
	}
	if n, err := s.Index(t.Context()); n != 0 || err != nil {
		t.Errorf("indexed %d, %v", n, err)
	}
	closed(s)

	s = open(byFields(1))
	if looked := count(s, "w7", 20); looked != 1000 {
		t.Errorf("with nothing indexed %d items were looked at", looked)
	}
	add(s, 1000, 10) // left to Index, which goes in order
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if n, err := s.Index(ctx); n != 0 || err == nil {
		t.Errorf("stopped at once: indexed %d, %v", n, err)
	}
	if n, err := s.Index(t.Context()); n != 1010 || err != nil {
		t.Errorf("indexed %d, %v", n, err)
	}
	if looked := count(s, "w7", 21); looked != 21 {
		t.Errorf("indexed: %d items were looked at", looked)
	}
	add(s, 1010, 50)
	if looked := count(s, "w7", 22); looked != 22 {
		t.Errorf("with new items: %d items were looked at", looked)
	}
	closed(s)

	s = open()
	add(s, 1060, 100) // which the index knows nothing of
	closed(s)
	s = open(byFields(1))
	if looked := count(s, "w7", 24); looked != 22+100 {
		t.Errorf("behind: %d items were looked at", looked)
	}
	if n, err := s.Index(t.Context()); n != 100 || err != nil {
		t.Errorf("indexed %d, %v", n, err)
	}
	if looked := count(s, "w7", 24); looked != 24 {
		t.Errorf("brought up: %d items were looked at", looked)
	}
	closed(s)

	s = open(byFields(2))
	if looked := count(s, "w7", 24); looked != 1160 {
		t.Errorf("another version: %d items were looked at", looked)
	}
	add(s, 1160, 1)
	if n, err := s.Index(t.Context()); n != 1161 || err != nil {
		t.Errorf("indexed %d, %v", n, err)
	}
	if looked := count(s, "w7", 24); looked != 24 {
		t.Errorf("made anew: %d items were looked at", looked)
	}
	if n, err := s.Index(t.Context()); n != 0 || err != nil {
		t.Errorf("indexed again: %d, %v", n, err)
	}
	closed(s)
}

// The index is asked for a few at first, and for more as they are needed: what is
// found is in one order, each once, also where many came in one moment.
func testFindMany(t *testing.T, s *store.Store) {
	var items []news.CheckedItem
	for i := range 5000 {
		c := checked(item(fmt.Sprint(i), noon.Add(-time.Duration(i%40)*time.Second)))
		c.Item.Title, c.Item.Text = "other", "news"
		if i%4 == 0 {
			c.Item.Text = "a truce"
		}
		items = append(items, c)
	}
	save(t, s, noon, items...)
	var want, got []string
	for second := 0; second < 40; second += 4 { // the newest first, and of one moment what was stored last
		for i := 4960 + second; i >= 0; i -= 40 {
			want = append(want, fmt.Sprint(i))
		}
	}
	passed, err := s.Find(t.Context(), &news.Need{Term: "truce"}, func(it news.StoredItem) bool { got = append(got, it.Item.ID); return true })
	if err != nil || passed != 5000 || !slices.Equal(got, want) {
		t.Errorf("%d found in another order, %d passed, %v", len(got), passed, err)
	}
	n := 0
	passed, err = s.Find(t.Context(), &news.Need{Term: "truce"}, func(news.StoredItem) bool { n++; return n <= 300 })
	if err != nil || n != 301 || passed != 8*125+50 {
		t.Errorf("ended after %d: %d passed, %v", n, passed, err)
	}
}
