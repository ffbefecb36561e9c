package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
	"parley/internal/store"
)

// testParked parks what cannot be delivered, tells of it, and puts it back.
func testParked(t *testing.T, s *store.Store) {
	ctx := t.Context()
	park := func(item, channel, reason string, at time.Time) {
		t.Helper()
		queue(t, s, at, item, news.Notification{Channel: channel})
		_, batches := claimDue(t, s, at)
		if len(batches) != 1 {
			t.Fatalf("%d batches", len(batches))
		}
		if err := s.Park(ctx, batches[0], reason, at.Add(time.Second)); err != nil {
			t.Fatal(err)
		}
	}
	park("1", "C1", "the channel is archived", noon)
	park("2", "C1", "the channel is archived", noon.Add(time.Hour))
	park("3", "C2", "too long", noon.Add(time.Minute))

	want := []news.Parked{
		{Channel: "C1", Reason: "the channel is archived", Count: 2, Oldest: noon, Latest: noon.Add(time.Hour + time.Second)},
		{Channel: "C2", Reason: "too long", Count: 1, Oldest: noon.Add(time.Minute), Latest: noon.Add(time.Minute + time.Second)},
	}
	if diff := cmp.Diff(want, must[[]news.Parked](t)(s.Parked(ctx))); diff != "" {
		t.Error(diff)
	}
	later := noon.Add(24 * time.Hour)
	if got, _ := claimDue(t, s, later); got != nil {
		t.Fatalf("%v handed out although it is parked", got)
	}
	if n := must[int](t)(s.Unpark(ctx, "C1", later)); n != 2 {
		t.Errorf("%d put back, want 2", n)
	}
	for _, item := range []string{"1", "2"} { // one at a time, in their order
		got, batches := claimDue(t, s, later)
		if diff := cmp.Diff([][]string{{item}}, got); diff != "" {
			t.Fatal(diff)
		}
		if n := batches[0][0]; n.Attempt != 2 || n.Unsure {
			t.Errorf("%s: attempt %d, unsure %v", item, n.Attempt, n.Unsure)
		}
		sent(t, s, batches[0], later)
	}
	if n := must[int](t)(s.Unpark(ctx, "", later)); n != 1 {
		t.Errorf("%d put back, want the one that was left", n)
	}
	if left := must[[]news.Parked](t)(s.Parked(ctx)); len(left) != 0 {
		t.Errorf("still parked: %v", left)
	}
}
