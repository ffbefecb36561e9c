package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
	"parley/internal/store"
)

func ids(found []news.Tracked) []news.DevelopmentID {
	var list []news.DevelopmentID
	for _, d := range found {
		list = append(list, d.ID)
	}
	return list
}

func testDevelopments(t *testing.T, s *store.Store) {
	ctx := t.Context()
	for i, kind := range []news.Kind{news.TalksStarted, news.TalksEnded, news.Denial, news.TalksStarted} {
		d := talks(kind)
		if kind == news.Denial {
			d.Negotiation = nil
		}
		at := noon.Add(time.Duration(i) * time.Hour)
		if i == 3 {
			at = noon.Add(time.Hour) // the same instant as the second
		}
		save(t, s, noon.Add(time.Duration(i)*time.Hour), checked(item(fmt.Sprint(i), at), news.Judged{Development: d, Is: news.New, ID: -1}))
	}
	for _, c := range []struct {
		name   string
		filter news.Filter
		want   []news.DevelopmentID
	}{
		{"all", news.Filter{}, []news.DevelopmentID{3, 4, 2, 1}},
		{"a limit", news.Filter{Limit: 2}, []news.DevelopmentID{3, 4}},
		{"the next page begins within one instant", news.Filter{Limit: 2, Before: 4}, []news.DevelopmentID{2, 1}},
		{"since", news.Filter{Since: noon.Add(time.Hour)}, []news.DevelopmentID{3, 4, 2}},
		{"kinds", news.Filter{Kinds: []news.Kind{news.TalksEnded, news.Denial}}, []news.DevelopmentID{3, 2}},
		{"a negotiation", news.Filter{Negotiation: "us-iran"}, []news.DevelopmentID{4, 2, 1}},
		{"everything at once", news.Filter{Negotiation: "us-iran", Kinds: []news.Kind{news.TalksStarted}, Since: noon, Before: 2, Limit: 5}, []news.DevelopmentID{1}},
		{"none", news.Filter{Negotiation: "dr-congo-m23"}, nil},
	} {
		if diff := cmp.Diff(c.want, ids(must[[]news.Tracked](t)(s.Developments(ctx, c.filter)))); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func testUpcoming(t *testing.T, s *store.Store) {
	ctx := t.Context()
	week := talks(news.TalksScheduled)
	week.Dates = []news.Date{{Start: "2026-11-23", End: "2026-11-29", Granularity: "week"}}
	save(t, s, noon,
		checked(item("a", noon), news.Judged{Development: talks(news.TalksScheduled, "2026-12-01"), Is: news.New, ID: -1}),
		checked(item("b", noon), news.Judged{Development: talks(news.TalksScheduled, "2026-11-24"), Is: news.New, ID: -2}),
		checked(item("c", noon), news.Judged{Development: talks(news.TalksPostponed, "2026-11-26"), Is: news.Update, ID: -3, Updates: -2}),
		checked(item("d", noon), news.Judged{Development: talks(news.TalksEnded, "2026-11-19"), Is: news.New, ID: -4}),
		checked(item("e", noon), news.Judged{Development: week, Is: news.New, ID: -5}),
		checked(item("f", noon), news.Judged{Development: talks(news.TalksEnded, "2026-11-19", "2026-11-27"), Is: news.New, ID: -6}),
		checked(item("g", noon), news.Judged{Development: talks(news.Atmosphere), Is: news.New, ID: -7}))
	for _, c := range []struct {
		from  string
		limit int
		want  []news.DevelopmentID
	}{
		{"2026-11-20", 0, []news.DevelopmentID{5, 3, 6, 1}}, // 2 is updated by 3, 4 is past
		{"2026-11-20", 2, []news.DevelopmentID{5, 3}},
		{"2026-11-27", 0, []news.DevelopmentID{5, 6, 1}}, // the week is not over
		{"2026-12-02", 0, nil},
	} {
		if diff := cmp.Diff(c.want, ids(must[[]news.Tracked](t)(s.Upcoming(ctx, c.from, c.limit)))); diff != "" {
			t.Errorf("from %s, limit %d: %s", c.from, c.limit, diff)
		}
	}
}

func testItems(t *testing.T, s *store.Store) {
	ctx := t.Context()
	karachi, err := time.LoadLocation("Asia/Karachi")
	if err != nil {
		t.Fatal(err)
	}
	a := checked(item("a", time.Date(2026, 11, 20, 14, 0, 0, 0, karachi)), news.Judged{Development: talks(news.TalksScheduled, "2026-11-24"), Is: news.New, ID: -1})
	a.Item.Title, a.Item.Text = "گفتگو & <b>talks</b>", "<p>It’s “on”\u2028</p>"
	a.Reading.Silence = ptr("why not")
	a.Reading.Dates = []news.Mention{{Field: news.Text, Begin: 3, End: 9, Span: "Tuesday", Group: ptr(1)}}
	a.Why = "no rule matched"
	b := checked(item("b", time.Date(2026, 11, 20, 14, 0, 0, 0, time.FixedZone("", 5*3600+1800))))
	c := checked(item("c", time.Time{}))
	c.Item.Link = ""
	d := checked(item("d", time.Date(2026, 11, 20, 14, 0, 0, 0, time.FixedZone("MST", 4*3600)))) // named like a zone, but another
	save(t, s, noon, a, b, c, d)

	want := news.StoredItem{Item: a.Item, Reading: a.Reading, Why: a.Why, Developments: []news.DevelopmentID{1}, Judged: a.Judged}
	want.Judged[0].ID = 1
	got, ok, err := s.ItemByLink(ctx, a.Item.Link)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if zone := got.Item.Published.Location().String(); zone != "Asia/Karachi" {
		t.Errorf("published in zone %q, want Asia/Karachi", zone)
	}
	for _, it := range []news.Item{b.Item, c.Item, d.Item} {
		got, ok, err := s.ItemByID(ctx, it.ID)
		if err != nil || !ok || !got.Item.Published.Equal(it.Published) || got.Item.Published.Format(time.RFC3339) != it.Published.Format(time.RFC3339) {
			t.Errorf("item %s: published %v, want %v (%v)", it.ID, got.Item.Published, it.Published, err)
		}
	}
	for _, link := range []string{"", "https://dawn.example/nothing"} {
		if _, ok, err := s.ItemByLink(ctx, link); ok || err != nil {
			t.Errorf("an item of link %q: %v %v", link, ok, err)
		}
	}
}

func testEachItem(t *testing.T, s *store.Store) {
	ctx := t.Context()
	const n = 450 // more than two pages
	var items []news.CheckedItem
	for i := range n {
		at := noon.Add(-time.Duration(i/3) * time.Minute) // three share a minute
		items = append(items, checked(item(fmt.Sprint(i), at)))
	}
	undated := item("undated", time.Time{})
	undated.Fetched = noon.Add(time.Hour)
	save(t, s, noon, append(items, checked(undated))...)

	var seen []string
	last := noon.Add(24 * time.Hour)
	err := s.EachItem(ctx, time.Time{}, func(it news.StoredItem) bool {
		seen = append(seen, it.Item.ID)
		at := it.Item.Published
		if at.IsZero() {
			at = it.Item.Fetched
		}
		if at.After(last) {
			t.Fatalf("%s comes after an older one", it.Item.ID)
		}
		last = at
		// The store may be used meanwhile.
		if len(seen)%100 == 0 {
			if _, ok, err := s.ItemByID(ctx, it.Item.ID); err != nil || !ok {
				t.Fatal(ok, err)
			}
		}
		return true
	})
	if err != nil {
		t.Fatal(err)
	}
	distinct := map[string]bool{}
	for _, id := range seen {
		distinct[id] = true
	}
	if len(seen) != n+1 || len(distinct) != n+1 || seen[0] != "undated" {
		t.Errorf("%d visited, %d of them distinct, %q first; want %d", len(seen), len(distinct), seen[0], n+1)
	}
	count := func(since time.Time, stop int) (visited int) {
		if err := s.EachItem(ctx, since, func(news.StoredItem) bool { visited++; return visited != stop }); err != nil {
			t.Fatal(err)
		}
		return visited
	}
	if got := count(noon.Add(-time.Minute), 0); got != 7 {
		t.Errorf("%d items since a minute ago, want 7", got)
	}
	if got := count(time.Time{}, 5); got != 5 {
		t.Errorf("%d visited, want to stop after 5", got)
	}
}
