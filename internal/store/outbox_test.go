package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
	"parley/internal/store"
)

func testKeyOnce(t *testing.T, s *store.Store) {
	d := talks(news.TalksStarted)
	both := func(id string, j news.Judged) news.CheckedItem {
		ci := checked(item(id, noon), j)
		ci = notify(ci, 0, news.Notification{Channel: "C1", Key: "mine"})
		ci = notify(ci, 0, news.Notification{Channel: "C1"})
		ci = notify(ci, 0, news.Notification{Channel: "C2"})
		return notify(ci, -1, news.Notification{Channel: "C1"})
	}
	if got := save(t, s, noon, both("a", news.Judged{Development: d, Is: news.New, ID: -1})).Notifications; got != 3 {
		t.Errorf("%d queued at first, want 3: two of one development to C1 are one", got)
	}
	for range 4 {
		_, batches := claimDue(t, s, noon)
		for _, b := range batches {
			sent(t, s, b, noon)
		}
	}
	if got := counts(t, s); got != [3]int{0, 0, 3} {
		t.Fatalf("outbox %v, want three sent", got)
	}
	// Long after they were sent, another item reports the development.
	if got := save(t, s, noon.Add(time.Hour), both("b", news.Judged{Development: d, Is: news.Repeat, ID: 1})).Notifications; got != 1 {
		t.Errorf("%d queued by a repeat, want 1: that of the item", got)
	}
}

func testLanes(t *testing.T, s *store.Store) {
	for i, channel := range []string{"C1", "C1", "C2", "C1"} {
		n := news.Notification{Channel: channel}
		if i == 0 {
			n.NotBefore = noon.Add(time.Hour) // quiet hours: what is due now does not wait for it
		}
		queue(t, s, noon, fmt.Sprint(i), n)
	}
	got, batches := claimDue(t, s, noon)
	if diff := cmp.Diff([][]string{{"1"}, {"2"}}, got); diff != "" {
		t.Fatal(diff)
	}
	if got, _ := claimDue(t, s, noon); got != nil {
		t.Errorf("%v handed out while its channel is busy", got)
	}
	sent(t, s, batches[0], noon)
	if got, _ := claimDue(t, s, noon); !cmp.Equal(got, [][]string{{"3"}}) {
		t.Errorf("%v, want 3: the next of C1", got)
	}
	if one := must[[][]news.Notification](t)(s.ClaimDue(t.Context(), noon.Add(2*time.Hour), lease, 1)); len(one) != 1 || one[0][0].Alert.Item.ID != "2" {
		t.Errorf("limit 1 handed out %d", len(one))
	}
}

func testDigest(t *testing.T, s *store.Store) {
	at := noon.Add(time.Hour)
	queue(t, s, noon, "first", news.Notification{Channel: "C1", Digest: true, NotBefore: at})
	queue(t, s, noon, "now", news.Notification{Channel: "C1", NotBefore: at})
	for i := range 39 {
		queue(t, s, noon, fmt.Sprint(i), news.Notification{Channel: "C1", Digest: true, NotBefore: at})
	}
	queue(t, s, noon, "tomorrow", news.Notification{Channel: "C1", Digest: true, NotBefore: at.Add(24 * time.Hour)})
	queue(t, s, noon, "elsewhere", news.Notification{Channel: "C2", Digest: true, NotBefore: at})

	if got, _ := claimDue(t, s, noon); got != nil {
		t.Errorf("%v handed out before its time", got)
	}
	if next, ok, err := s.NextDelivery(t.Context()); err != nil || !ok || !next.Equal(at) {
		t.Errorf("next delivery %v %v %v, want %v", next, ok, err, at)
	}
	got, batches := claimDue(t, s, at)
	if len(got) != 2 || len(got[0]) != 35 || got[0][0] != "first" || got[0][34] != "33" || got[1][0] != "elsewhere" {
		t.Fatalf("handed out %v, want first and 0 to 33 together, and elsewhere", got)
	}
	// What was tried together is tried again together, without what came since.
	queue(t, s, at, "since", news.Notification{Channel: "C1", Digest: true})
	if err := s.Retry(t.Context(), batches[0], at.Add(time.Second), "busy"); err != nil {
		t.Fatal(err)
	}
	again, batches := claimDue(t, s, at.Add(time.Second))
	if diff := cmp.Diff(got[:1], again); diff != "" {
		t.Fatal(diff)
	}
	sent(t, s, batches[0], at)
	for _, want := range [][]string{{"now"}, {"34", "35", "36", "37", "38", "since"}} {
		got, batches := claimDue(t, s, at.Add(2*time.Second))
		if diff := cmp.Diff([][]string{want}, got); diff != "" {
			t.Fatal(diff)
		}
		sent(t, s, batches[0], at)
	}
}

func testHolds(t *testing.T, s *store.Store) {
	ctx := t.Context()
	if _, ok, err := s.NextDelivery(ctx); ok || err != nil {
		t.Errorf("something to deliver in an empty outbox: %v", err)
	}
	queue(t, s, noon, "1", news.Notification{Channel: "C1"})
	queue(t, s, noon, "2", news.Notification{Channel: "C2"})
	for _, until := range []time.Duration{30 * time.Second, 10 * time.Second} { // the second does not shorten it
		if err := s.HoldChannel(ctx, "C1", noon.Add(until)); err != nil {
			t.Fatal(err)
		}
	}
	got, batches := claimDue(t, s, noon)
	if !cmp.Equal(got, [][]string{{"2"}}) {
		t.Fatalf("handed out %v, want 2 alone", got)
	}
	sent(t, s, batches[0], noon)
	if next, ok, err := s.NextDelivery(ctx); err != nil || !ok || !next.Equal(noon.Add(30*time.Second)) {
		t.Errorf("next delivery %v %v %v", next, ok, err)
	}
	if got, _ := claimDue(t, s, noon.Add(30*time.Second)); !cmp.Equal(got, [][]string{{"1"}}) {
		t.Errorf("after the hold %v", got)
	}
}

func testRetry(t *testing.T, s *store.Store) {
	ctx := t.Context()
	queue(t, s, noon, "1", news.Notification{Channel: "C1"})
	queue(t, s, noon, "2", news.Notification{Channel: "C1"})
	_, batches := claimDue(t, s, noon)
	first := batches[0]
	first[0].Plain = true
	if err := s.Retry(ctx, first, noon.Add(10*time.Second), "busy"); err != nil {
		t.Fatal(err)
	}
	// An attempt that was put back is over, though no other has begun.
	if err := s.Sent(ctx, first, news.Receipt{}, noon); !errors.Is(err, news.ErrStale) {
		t.Errorf("sending what was put back: %v, want ErrStale", err)
	}
	// The second does not overtake the first.
	if got, _ := claimDue(t, s, noon.Add(9*time.Second)); got != nil {
		t.Errorf("%v handed out while 1 waits", got)
	}
	if next, ok, err := s.NextDelivery(ctx); err != nil || !ok || !next.Equal(noon.Add(10*time.Second)) {
		t.Errorf("next delivery %v %v %v", next, ok, err)
	}
	got, batches := claimDue(t, s, noon.Add(10*time.Second))
	if !cmp.Equal(got, [][]string{{"1"}}) {
		t.Fatalf("handed out %v, want 1", got)
	}
	n := batches[0][0]
	if n.Attempt != 2 || !n.Plain || n.Unsure {
		t.Errorf("attempt %d, plain %v, unsure %v; want 2, true, false", n.Attempt, n.Plain, n.Unsure)
	}
	// The first attempt may not complete what the second has.
	for name, err := range map[string]error{
		"Sent":  s.Sent(ctx, first, news.Receipt{}, noon),
		"Retry": s.Retry(ctx, first, noon, ""),
		"Park":  s.Park(ctx, first, "", noon),
	} {
		if !errors.Is(err, news.ErrStale) {
			t.Errorf("%s of the first attempt: %v, want ErrStale", name, err)
		}
	}
	if err := s.Park(ctx, batches[0], "channel_not_found", noon); err != nil {
		t.Fatal(err)
	}
	if err := s.Sent(ctx, batches[0], news.Receipt{}, noon); !errors.Is(err, news.ErrStale) {
		t.Errorf("sending what is parked: %v, want ErrStale", err)
	}
	if got, _ := claimDue(t, s, noon.Add(10*time.Second)); !cmp.Equal(got, [][]string{{"2"}}) {
		t.Errorf("then %v, want 2", got)
	}
	if got := counts(t, s); got != [3]int{1, 1, 0} {
		t.Errorf("outbox %v", got)
	}
}

// The process dies after Slack took the message and before that is recorded.
func testKilled(t *testing.T, s *store.Store) {
	ctx := t.Context()
	queue(t, s, noon, "1", news.Notification{Channel: "C1"})
	queue(t, s, noon, "2", news.Notification{Channel: "C1"})
	_, batches := claimDue(t, s, noon)
	dead := batches[0]
	if next, ok, err := s.NextDelivery(ctx); err != nil || !ok || !next.Equal(noon.Add(lease)) {
		t.Errorf("next delivery %v %v %v, want the end of the lease", next, ok, err)
	}
	if got, _ := claimDue(t, s, noon.Add(lease-time.Millisecond)); got != nil {
		t.Errorf("%v handed out during the lease", got)
	}
	got, batches := claimDue(t, s, noon.Add(lease))
	if !cmp.Equal(got, [][]string{{"1"}}) {
		t.Fatalf("after the lease %v, want 1", got)
	}
	if n := batches[0][0]; n.Attempt != 2 || !n.Unsure || n.Key != dead[0].Key {
		t.Errorf("attempt %d, unsure %v; want 2, true", n.Attempt, n.Unsure)
	}
	// It was not dead but slow.
	if err := s.Sent(ctx, dead, news.Receipt{TS: "old"}, noon); !errors.Is(err, news.ErrStale) {
		t.Errorf("the old attempt: %v, want ErrStale", err)
	}
	if got := counts(t, s); got != [3]int{2, 0, 0} {
		t.Errorf("outbox %v, want nothing settled by the old attempt", got)
	}
	sent(t, s, batches[0], noon.Add(lease))
	if got := counts(t, s); got != [3]int{1, 0, 1} {
		t.Errorf("outbox %v", got)
	}
	// A slow one that nobody has replaced may still complete.
	_, batches = claimDue(t, s, noon.Add(lease))
	if batches[0][0].Unsure {
		t.Error("a first attempt is unsure")
	}
	sent(t, s, batches[0], noon.Add(9*lease))
}

func testClock(t *testing.T, s *store.Store) {
	queue(t, s, noon, "1", news.Notification{Channel: "C1"})
	tomorrow := noon.Add(24 * time.Hour)
	claimDue(t, s, tomorrow)
	claimed(t, s, "dawn", tomorrow)
	// The clock is put right.
	if got, _ := claimDue(t, s, noon.Add(time.Second)); !cmp.Equal(got, [][]string{{"1"}}) {
		t.Errorf("handed out %v, want 1", got)
	}
	if _, ok, err := s.ClaimNamed(t.Context(), "dawn", noon, lease); !ok || err != nil {
		t.Errorf("the feed is blocked: %v", err)
	}
}

// A clock that ran a day ahead put everything down for later. When it has been
// put right nothing waits until then, only what has a time of its own.
func testClockSetBack(t *testing.T, s *store.Store) {
	wrong, digest := noon.Add(24*time.Hour), noon.Add(48*time.Hour)
	queue(t, s, noon, "digest", news.Notification{Channel: "C1", Digest: true, NotBefore: digest})
	queue(t, s, noon, "tried", news.Notification{Channel: "C2", NotBefore: noon})
	_, batches := claimDue(t, s, wrong)
	if err := s.Retry(t.Context(), batches[0], wrong.Add(time.Minute), "limited"); err != nil {
		t.Fatal(err)
	}
	queue(t, s, wrong, "new", news.Notification{Channel: "C3", NotBefore: wrong})
	queue(t, s, noon, "held", news.Notification{Channel: "C4", NotBefore: noon})
	if err := s.HoldChannel(t.Context(), "C4", wrong.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	save(t, s, wrong, notify(checked(item("card", noon), news.Judged{Development: talks(news.TalksStarted), Is: news.New, ID: -1}), 0, news.Notification{Channel: "C5"}))
	_, batches = claimDue(t, s, wrong)
	for _, b := range batches {
		if b[0].Channel == "C5" {
			sent(t, s, b, wrong)
		} else if err := s.Retry(t.Context(), b, wrong.Add(time.Minute), "limited"); err != nil {
			t.Fatal(err)
		}
	}

	// The clock is put right, and nobody has noticed.
	right := noon.Add(2 * time.Minute)
	if got, _ := claimDue(t, s, right); len(got) != 0 {
		t.Fatalf("handed out %v", got)
	}
	if _, ok, err := s.ClaimFeed(t.Context(), noon, lease); ok || err != nil {
		t.Fatalf("a feed is due: %v, %v", ok, err)
	}
	// Whoever asks for a feed does. A card of that day can be edited today.
	save(t, s, noon, checked(item("more", noon), news.Judged{Development: talks(news.TalksStarted), Is: news.Repeat, ID: 1}))
	got, _ := claimDue(t, s, right)
	if want := [][]string{{"tried"}, {"new"}, {"held"}, {"card"}}; !cmp.Equal(got, want) {
		t.Errorf("handed out %v, want %v", got, want)
	}
	feed, ok, err := s.ClaimFeed(t.Context(), right.Add(5*time.Minute), lease)
	if !ok || err != nil || feed.LastCheck.After(right) || feed.LastSuccess.After(right) {
		t.Errorf("the feed waits: %v, %v, checked %s", ok, err, feed.LastCheck)
	}
	if got, _ := claimDue(t, s, digest.Add(-time.Second)); slices.ContainsFunc(got, func(ids []string) bool { return ids[0] == "digest" }) {
		t.Error("the digest goes out early")
	}
}

func testOutboxRace(t *testing.T, s *store.Store) {
	const n = 60
	for i := range n {
		queue(t, s, noon, fmt.Sprint(i), news.Notification{Channel: fmt.Sprint("C", i%5)})
	}
	var mu sync.Mutex
	times, order := map[string]int{}, map[string]int64{}
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for {
				batches, err := s.ClaimDue(t.Context(), noon, lease, 2)
				if err != nil {
					t.Error(err)
					return
				}
				if len(batches) == 0 {
					if pending, _, _, err := s.Counts(t.Context()); err != nil || pending == 0 {
						return
					}
					continue
				}
				for _, b := range batches {
					mu.Lock()
					times[b[0].Alert.Item.ID]++
					if b[0].ID < order[b[0].Channel] {
						t.Errorf("%d of %s came after %d", b[0].ID, b[0].Channel, order[b[0].Channel])
					}
					order[b[0].Channel] = b[0].ID
					mu.Unlock()
					if err := s.Sent(t.Context(), b, news.Receipt{}, noon); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
	if len(times) != n {
		t.Errorf("%d were handed out, want %d", len(times), n)
	}
	for id, k := range times {
		if k != 1 {
			t.Errorf("%s was handed out %d times", id, k)
		}
	}
}

func testDeliveries(t *testing.T, s *store.Store) {
	ctx := t.Context()
	d := talks(news.TalksStarted)
	raised := notify(checked(item("a", noon), news.Judged{Development: d, Is: news.New, ID: -1}), 0, news.Notification{Channel: "C1"})
	raised = notify(raised, 0, news.Notification{Channel: "C2"})
	repeated := notify(checked(item("b", noon), news.Judged{Development: d, Is: news.Repeat, ID: -1}), -1, news.Notification{Channel: "C3"})
	save(t, s, noon, raised, repeated, checked(item("c", noon)))
	_, batches := claimDue(t, s, noon)
	later := noon.Add(time.Second)
	sent(t, s, batches[0], later)
	if err := s.Park(ctx, batches[1], "channel_not_found", later); err != nil {
		t.Fatal(err)
	}
	a := []news.Delivery{
		{Key: "D-1 to C1", Channel: "C1", State: "sent", Attempts: 1, Created: noon, Settled: later, Receipt: news.Receipt{Channel: "C1", TS: "1.2"}},
		{Key: "D-1 to C2", Channel: "C2", State: "parked", Attempts: 1, Created: noon, Settled: later, Reason: "channel_not_found"},
	}
	b := append(a[:2:2], news.Delivery{Key: "I-2 to C3", Channel: "C3", State: "pending", Attempts: 1, Created: noon})
	for i := range b { // with the way of the item that raised it
		b[i].Published, b[i].Fetched, b[i].NotBefore = noon, noon, time.UnixMilli(0).UTC()
	}
	copy(a, b)
	for id, want := range map[string][]news.Delivery{"a": a, "b": b, "c": nil, "nothing": nil} {
		if diff := cmp.Diff(want, must[[]news.Delivery](t)(s.Deliveries(ctx, id))); diff != "" {
			t.Errorf("of item %s: %s", id, diff)
		}
	}
}
