package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parley/internal/news"
	"parley/internal/store"
)

func testSubscriptions(t *testing.T, s *store.Store) {
	ctx := t.Context()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	zones := cmp.Comparer(func(a, b *time.Location) bool { return fmt.Sprint(a) == fmt.Sprint(b) })
	list := func(want ...news.Subscription) {
		t.Helper()
		got := must[[]news.Subscription](t)(s.Subscriptions(ctx))
		if diff := cmp.Diff(want, got, zones, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	}
	list()
	sub := news.Subscription{
		Channel: "C1", To: "kind:any", Digest: "0 8 * * *", Quiet: "22:00-07:00", Zone: london,
		Level: news.Urgent, Threaded: true, Author: "U1", Created: noon,
	}
	want := sub
	want.ID = 1
	got, created, err := s.Subscribe(ctx, sub)
	if err != nil || !created {
		t.Fatal(created, err)
	}
	if diff := cmp.Diff(want, got, zones); diff != "" {
		t.Error(diff)
	}

	// The same again changes nothing, not even who asked for it first.
	same := sub
	same.Author, same.Created = "U2", noon.Add(time.Hour)
	if got, created, err := s.Subscribe(ctx, same); err != nil || created || got.ID != 1 || got.Author != "U1" {
		t.Errorf("the same again: %+v %v %v", got, created, err)
	}
	list(want)

	// Other settings for the same query replace the old ones.
	same.Digest, same.Zone, same.Threaded = "", nil, false
	want.Digest, want.Zone, want.Threaded = "", nil, false
	if _, created, err := s.Subscribe(ctx, same); err != nil || created {
		t.Errorf("other settings: %v %v", created, err)
	}
	list(want)

	other := news.Subscription{Channel: "C2", To: "kind:any", Author: "U1", Created: noon}
	if got, created, err := s.Subscribe(ctx, other); err != nil || !created || got.ID != 2 {
		t.Errorf("another channel: %+v %v %v", got, created, err)
	}
	if err := s.Unsubscribe(ctx, 1, "U3", noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	for _, id := range []int64{1, 99} {
		if err := s.Unsubscribe(ctx, id, "U3", noon); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("ending subscription %d: %v, want ErrNotFound", id, err)
		}
	}
	// After its end the same query is a new subscription.
	if got, created, err := s.Subscribe(ctx, sub); err != nil || !created || got.ID != 3 {
		t.Errorf("subscribed anew: %+v %v %v", got, created, err)
	}

	for _, bad := range []news.Subscription{
		{To: "kind:any", Created: noon},
		{Channel: "C1", Created: noon},
		{Channel: "C1", To: "kind:any"},
		{Channel: "C1", To: "kind:any", Created: noon, Zone: time.FixedZone("Mars/Olympus", 0)},
	} {
		if _, _, err := s.Subscribe(ctx, bad); err == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
}

func testSeenOnce(t *testing.T, s *store.Store) {
	for _, c := range []struct {
		key   string
		after time.Duration
		want  bool
	}{
		{"a", 0, true},
		{"a", 0, false},
		{"b", time.Minute, true},
		{"a", 5*time.Minute - time.Millisecond, false},
		{"a", 5 * time.Minute, true}, // forgotten
		{"b", 5 * time.Minute, false},
	} {
		first, err := s.SeenOnce(t.Context(), c.key, noon.Add(c.after), 5*time.Minute)
		if err != nil || first != c.want {
			t.Errorf("%s after %v: first %v, want %v (%v)", c.key, c.after, first, c.want, err)
		}
	}
}
