package store_test

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

// A flood becomes twenty messages and one list; what is urgent goes through, other
// channels are not touched, and after an hour all is as before.
func testFlood(t *testing.T, s *store.Store) {
	ctx := t.Context()
	n := 0
	alert := func(channel string, at time.Time, level news.Level) {
		t.Helper()
		n++
		ci := checked(item(fmt.Sprint("flood", n), at), news.Judged{Development: talks(news.Atmosphere), Is: news.New, ID: -1})
		ci.Notifications = []news.Notification{{Channel: channel, NotBefore: at, Created: at, Alert: news.Alert{Rules: []news.Rule{{Name: "r", Level: level}}}}}
		ci.Of = []int{0}
		save(t, s, at, ci)
	}
	claim := func(at time.Time) (alone, listed, gathered int) {
		t.Helper()
		for {
			batches := must[[][]news.Notification](t)(s.ClaimDue(ctx, at, time.Minute, 10))
			if len(batches) == 0 {
				return alone, listed, gathered
			}
			for _, b := range batches {
				if len(b) == 1 {
					alone++
				} else {
					listed += len(b)
					for _, m := range b {
						if m.Alert.Gathered {
							gathered++
						}
					}
				}
				if err := s.Sent(ctx, b, news.Receipt{Channel: b[0].Channel, TS: "1.2"}, at); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for range 50 {
		alert("C1", noon, news.Normal)
	}
	alert("C1", noon.Add(time.Second), news.Urgent)
	alert("C2", noon, news.Normal)
	if alone, listed, _ := claim(noon.Add(time.Minute)); alone != 22 || listed != 0 {
		t.Errorf("at once: %d alone and %d in lists, want 22 and none", alone, listed)
	}
	if alone, listed, gathered := claim(noon.Add(10 * time.Minute)); alone != 0 || listed != 30 || gathered != 30 {
		t.Errorf("ten minutes later: %d alone, %d in lists, of which %d say why; want 30 in a list", alone, listed, gathered)
	}
	alert("C1", noon.Add(61*time.Minute), news.Normal)
	if alone, _, _ := claim(noon.Add(61 * time.Minute)); alone != 1 {
		t.Errorf("after an hour: %d alone, want 1", alone)
	}
}
