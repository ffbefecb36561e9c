package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
	"parley/internal/store"
)

func testSyncFeeds(t *testing.T, s *store.Store) {
	ctx := t.Context()
	plans := func(p ...news.FeedPlan) {
		t.Helper()
		if err := s.SyncFeeds(ctx, p); err != nil {
			t.Fatal(err)
		}
	}
	dawn := news.FeedPlan{Name: "dawn", URL: "http://dawn.example/rss", First: noon}
	geo := news.FeedPlan{Name: "geo", URL: "http://geo.example/rss", First: noon.Add(time.Minute)}

	plans(dawn, geo)
	want := []news.FeedState{
		{Name: "dawn", URL: dawn.URL, NextCheck: noon, Baseline: true},
		{Name: "geo", URL: geo.URL, NextCheck: noon.Add(time.Minute), Baseline: true},
	}
	if diff := cmp.Diff(want, must[[]news.FeedState](t)(s.Feeds(ctx))); diff != "" {
		t.Fatal(diff)
	}

	save := func(name string, at time.Time) {
		t.Helper()
		feed, ok, err := s.ClaimNamed(ctx, name, at, lease)
		if err != nil || !ok {
			t.Fatal(ok, err)
		}
		if _, err := s.SaveCheck(ctx, news.Check{
			Feed: name, Claim: feed.Claim, At: at, Next: at.Add(time.Hour), Succeeded: true, ETag: `"a"`, LastModified: "Fri",
			Items: []news.CheckedItem{checked(news.Item{ID: "1", Feed: name, Fetched: at})},
		}); err != nil {
			t.Fatal(err)
		}
	}
	save("dawn", noon)
	save("geo", noon)

	// What is known already keeps its schedule, whatever its plan says.
	dawn.First, geo.First = noon.Add(9*time.Hour), noon.Add(9*time.Hour)
	plans(dawn, geo)
	if next, ok, err := s.NextDue(ctx); err != nil || !ok || !next.Equal(noon.Add(time.Hour)) {
		t.Fatal(next, ok, err)
	}

	// Another URL: no validators, the items are kept, a check under way is void.
	underWay, _, _ := s.ClaimNamed(ctx, "dawn", noon, lease)
	dawn.URL = "http://dawn.example/atom"
	plans(dawn, geo)
	got := must[[]news.FeedState](t)(s.Feeds(ctx))[0]
	if got.URL != dawn.URL || got.ETag != "" || got.LastModified != "" || got.Items != 1 || got.Baseline || !got.NextCheck.Equal(dawn.First) {
		t.Errorf("after the URL changed: %+v", got)
	}
	if unseen := must[[]news.Item](t)(s.Unseen(ctx, "dawn", []news.Item{{ID: "1"}})); len(unseen) != 0 {
		t.Error("its items are forgotten")
	}
	if _, err := s.SaveCheck(ctx, news.Check{Feed: "dawn", Claim: underWay.Claim, At: noon}); !errors.Is(err, news.ErrStale) {
		t.Errorf("saving a check of the old URL: %v, want ErrStale", err)
	}

	// Gone from the configuration: neither listed nor claimed, its check is void;
	// back again: as it was, with a new first check.
	underWay, _, _ = s.ClaimNamed(ctx, "geo", noon, lease)
	plans(dawn)
	if feeds := must[[]news.FeedState](t)(s.Feeds(ctx)); len(feeds) != 1 {
		t.Errorf("%d feeds are listed, want 1", len(feeds))
	}
	if _, err := s.SaveCheck(ctx, news.Check{Feed: "geo", Claim: underWay.Claim, At: noon}); !errors.Is(err, news.ErrStale) {
		t.Errorf("saving a check of a vanished feed: %v, want ErrStale", err)
	}
	if _, ok, _ := s.ClaimNamed(ctx, "geo", noon, lease); ok {
		t.Error("a vanished feed was claimed")
	}
	plans(dawn, geo)
	got = must[[]news.FeedState](t)(s.Feeds(ctx))[1]
	if got.ETag != `"a"` || got.Items != 1 || !got.NextCheck.Equal(geo.First) {
		t.Errorf("back again: %+v", got)
	}

	if err := s.SyncFeeds(ctx, []news.FeedPlan{geo, geo}); err == nil {
		t.Error("two feeds of one name were accepted")
	}
	plans()
	if _, ok, err := s.NextDue(ctx); ok || err != nil {
		t.Errorf("without feeds something is due: %v", err)
	}
}

func testClaimFeed(t *testing.T, s *store.Store) {
	ctx := t.Context()
	if err := s.SyncFeeds(ctx, []news.FeedPlan{
		{Name: "late", URL: "u", First: noon.Add(-time.Minute)},
		{Name: "latest", URL: "u", First: noon.Add(-time.Hour)},
		{Name: "early", URL: "u", First: noon.Add(time.Minute)},
	}); err != nil {
		t.Fatal(err)
	}
	claim := func(now time.Time, want string) news.FeedState {
		t.Helper()
		feed, ok, err := s.ClaimFeed(ctx, now, lease)
		if err != nil || ok != (want != "") || feed.Name != want {
			t.Fatalf("claimed %q %v %v, want %q", feed.Name, ok, err, want)
		}
		return feed
	}
	due := func(want time.Time) {
		t.Helper()
		if next, ok, err := s.NextDue(ctx); err != nil || !ok || !next.Equal(want) {
			t.Fatalf("next due %v %v %v, want %v", next, ok, err, want)
		}
	}
	due(noon.Add(-time.Hour))
	first := claim(noon, "latest")
	claim(noon, "late")
	claim(noon, "")
	due(noon.Add(time.Minute)) // both the leases and the early feed
	// A lease that has run out is handed out anew, under a higher token.
	again := claim(noon.Add(lease), "latest")
	if again.Claim <= first.Claim {
		t.Errorf("the token went from %d to %d, want a higher one", first.Claim, again.Claim)
	}
}

func testClaimNamed(t *testing.T, s *store.Store) {
	ctx := t.Context()
	if err := s.SyncFeeds(ctx, []news.FeedPlan{{Name: "dawn", URL: "u", First: noon.Add(time.Hour)}}); err != nil {
		t.Fatal(err)
	}
	if feed, ok, err := s.ClaimNamed(ctx, "dawn", noon, lease); err != nil || !ok || feed.Name != "dawn" {
		t.Fatalf("a feed that is not due yet: %v %v %v", feed, ok, err)
	}
	if _, ok, err := s.ClaimNamed(ctx, "dawn", noon, lease); err != nil || ok {
		t.Fatalf("a feed that is held was claimed: %v", err)
	}
	if _, ok, err := s.ClaimNamed(ctx, "nobody", noon, lease); err != nil || ok {
		t.Fatalf("a feed that does not exist was claimed: %v", err)
	}
}

func testClaimRace(t *testing.T, s *store.Store) {
	const feeds = 40
	var plans []news.FeedPlan
	for i := range feeds {
		plans = append(plans, news.FeedPlan{Name: string(rune('A' + i)), URL: "u", First: noon})
	}
	if err := s.SyncFeeds(t.Context(), plans); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	times := map[string]int{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for {
				feed, ok, err := s.ClaimFeed(t.Context(), noon, lease)
				if err != nil || !ok {
					if err != nil {
						t.Error(err)
					}
					return
				}
				mu.Lock()
				times[feed.Name]++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(times) != feeds {
		t.Errorf("%d feeds were claimed, want %d", len(times), feeds)
	}
	for name, n := range times {
		if n != 1 {
			t.Errorf("feed %s was claimed %d times", name, n)
		}
	}
}
