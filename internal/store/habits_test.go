package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
	"parley/internal/store"
)

func testHabits(t *testing.T, s *store.Store) {
	ctx := t.Context()
	plan := news.FeedPlan{Name: "dawn", URL: "http://dawn.example/rss", First: noon}
	sync := func() {
		t.Helper()
		if err := s.SyncFeeds(ctx, []news.FeedPlan{plan}); err != nil {
			t.Fatal(err)
		}
	}
	state := func() news.FeedState {
		t.Helper()
		return must[[]news.FeedState](t)(s.Feeds(ctx))[0]
	}
	sync()
	want := news.Habits{
		Gap: 90 * time.Minute, TTL: time.Hour, SkipHours: 1<<23 | 1, SkipDays: 1 << 6,
		Moved: "https://new.example/rss?key=1", MovedSeen: 2, MovedSince: noon, Followed: true, Gone: true, Repeats: 3,
	}
	for _, succeeded := range []bool{true, false} {
		claimed, _, err := s.ClaimNamed(ctx, "dawn", noon, lease)
		if err != nil {
			t.Fatal(err)
		}
		want.Repeats++
		if _, err := s.SaveCheck(ctx, news.Check{Feed: "dawn", Claim: claimed.Claim, At: noon, Next: noon, Succeeded: succeeded, Habits: want}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, state().Habits); diff != "" {
			t.Errorf("succeeded %v: %s", succeeded, diff)
		}
	}
	if err := s.Tell(ctx, map[string]news.Ailment{"dawn": news.Failing, "unknown": news.Stale}); err != nil {
		t.Fatal(err)
	}
	sync()
	if st := state(); st.Told != news.Failing || st.Habits != want {
		t.Errorf("a start forgets: %+v", st)
	}
	plan.URL = "http://dawn.example/atom"
	sync() // another feed: what was learned of the old one is not true of it, but its owner is to hear how it goes on
	if st := state(); st.Told != news.Failing || st.Habits != (news.Habits{}) {
		t.Errorf("with another address it has %+v", st)
	}
}

func testRepeated(t *testing.T, s *store.Store) {
	one, two := item("1", noon), item("2", noon)
	one.Title, one.Link = "Talks end", "https://dawn.example/1"
	two.Title, two.Link = "Talks begin", ""
	save(t, s, noon, checked(one))
	save(t, s, noon, checked(two))
	again := func(title, link string) news.Item { return news.Item{ID: "new", Title: title, Link: link} }
	for _, tt := range []struct {
		name string
		feed string
		item news.Item
		want int
	}{
		{"the same under another id", one.Feed, again("Talks end", one.Link), 1},
		{"another title", one.Feed, again("Talks end in Muscat", one.Link), 0},
		{"another link", one.Feed, again("Talks end", "https://dawn.example/3"), 0},
		{"without a link nothing is sure", two.Feed, again("Talks begin", ""), 0},
		{"another feed", "geo", again("Talks end", one.Link), 0},
	} {
		if got := must[int](t)(s.Repeated(t.Context(), tt.feed, []news.Item{tt.item})); got != tt.want {
			t.Errorf("%s: %d", tt.name, got)
		}
	}
}
