package store_test

import (
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

// A reminder is queued once for each day, stands under the card, and is dropped
// when its day is answered, be it before it is queued or while it waits.
func testReminders(t *testing.T, s *store.Store) {
	at := func(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }
	day := func(d string) news.Development {
		x := talks(news.TalksScheduled)
		x.Dates = []news.Date{{Start: d, End: d, Granularity: "day", Preferred: true}}
		return x
	}
	remind := func(of news.NamedDay, now time.Time) int {
		t.Helper()
		told, err := s.Told(t.Context(), 1)
		if err != nil || len(told) != 1 {
			t.Fatalf("told were %d: %v", len(told), err)
		}
		n := told[0]
		n.Alert.Development, n.Alert.Named = &news.Tracked{ID: 1}, &of
		n.Action, n.NotBefore, n.Created, n.Digest = news.Reminder, now, now, false
		queued, err := s.SaveReminders(t.Context(), []news.Notification{n, n})
		if err != nil {
			t.Fatal(err)
		}
		return queued
	}
	save(t, s, noon, notify(checked(item("a", noon), news.Judged{Development: day("2026-11-24"), Is: news.New, ID: -1}), 0, news.Notification{Channel: "#c"}))
	arrived(t, s, noon, "1")
	for from, want := range map[string]int{"2026-11-24": 1, "2026-11-25": 0} {
		if list, err := s.DaysNamed(t.Context(), from); err != nil || len(list) != want {
			t.Errorf("from %s on %d are named, want %d: %v", from, len(list), want, err)
		}
	}
	come := news.NamedDay{Day: "2026-11-24"}
	if n := remind(come, at(1)); n != 1 {
		t.Fatalf("%d were queued, want one", n)
	}
	if n := remind(come, at(2)); n != 0 {
		t.Errorf("%d were queued a second time", n)
	}
	n := arrived(t, s, at(2), "2")
	if n.Action != news.Reminder || n.Target.TS != "1" || n.Alert.Named == nil || *n.Alert.Named != come {
		t.Errorf("it is a %s under %q, of %+v", n.Action, n.Target.TS, n.Alert.Named)
	}
	if n := remind(come, at(3)); n != 0 {
		t.Errorf("%d were queued after it was sent", n)
	}
	// The word that the day has passed waits; meanwhile talks are put off.
	if n := remind(news.NamedDay{Day: "2026-11-24", Passed: true}, at(4)); n != 1 {
		t.Fatalf("%d were queued, want one", n)
	}
	save(t, s, at(4), checked(item("b", at(4)), news.Judged{Development: talks(news.TalksPostponed), Is: news.Update, ID: -1, Updates: 1, Change: news.PutOff}))
	nothingDue(t, s, at(5))
	if got := counts(t, s); got != [3]int{0, 1, 2} {
		t.Errorf("outbox %v, want the answered one parked", got)
	}
	if n := remind(news.NamedDay{Day: "2026-11-25"}, at(6)); n != 0 {
		t.Errorf("%d were queued of what is answered", n)
	}
	if list, err := s.DaysNamed(t.Context(), "2026-11-24"); err != nil || len(list) != 2 {
		t.Errorf("%d are named or answer it: %v", len(list), err)
	}
}
