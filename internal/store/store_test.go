package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"parley/internal/news"
)

// What a commit has returned for is there, though nobody closes it.
func TestReopen(t *testing.T) { OnEach(t, testReopen) }

func testReopen(t *testing.T, dsn string) {
	fill(t, dsn, 3)
	left := begin(t, dsn)
	if _, err := left.SeenOnce(t.Context(), "a", time.Now(), time.Hour); err != nil {
		t.Fatal(err)
	}
	s := begin(t, dsn)
	if first, err := s.SeenOnce(t.Context(), "a", time.Now(), time.Hour); err != nil || first {
		t.Errorf("seen %v %v", first, err)
	}
	feeds, err := s.Feeds(t.Context())
	if err != nil || len(feeds) != 1 || feeds[0].Items != 3 {
		t.Errorf("%+v %v", feeds, err)
	}
}

func TestCancelled(t *testing.T) { OnEach(t, testCancelled) }

func testCancelled(t *testing.T, dsn string) {
	s := begin(t, dsn)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.SeenOnce(ctx, "a", time.Now(), time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want context.Canceled", err)
	}
	if first, err := s.SeenOnce(t.Context(), "a", time.Now(), time.Hour); !first || err != nil {
		t.Errorf("after a cancelled call: %v %v", first, err)
	}
}

// What cannot be read is parked, and what queues behind it goes on.
func TestUnreadableAlert(t *testing.T) { OnEach(t, testUnreadableAlert) }

func testUnreadableAlert(t *testing.T, dsn string) {
	s := begin(t, dsn)
	now := time.Now()
	if err := s.SyncFeeds(t.Context(), []news.FeedPlan{{Name: "f", URL: "u"}}); err != nil {
		t.Fatal(err)
	}
	feed, _, _ := s.ClaimNamed(t.Context(), "f", now, time.Minute)
	ci := news.CheckedItem{Item: news.Item{ID: "a", Fetched: now}, Notifications: []news.Notification{{Channel: "C"}}, Of: []int{-1}}
	other := ci
	other.Item.ID = "b"
	if _, err := s.SaveCheck(t.Context(), news.Check{Feed: "f", Claim: feed.Claim, At: now, Items: []news.CheckedItem{ci, other}}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.writer.ExecContext(t.Context(), `UPDATE outbox SET alert = '{' WHERE id = 1`); err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{0, 1} {
		if got, err := s.ClaimDue(t.Context(), now, time.Minute, 9); err != nil || len(got) != want {
			t.Errorf("%d batches (%v), want %d", len(got), err, want)
		}
	}
	if pending, parked, _, err := s.Counts(t.Context()); err != nil || pending != 1 || parked != 1 {
		t.Errorf("%d pending, %d parked (%v)", pending, parked, err)
	}
}
