package store_test

import (
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

// arrived claims the one batch that is due and settles it as arrived under ts.
func arrived(t *testing.T, s *store.Store, at time.Time, ts string) news.Notification {
	t.Helper()
	n := claimOne(t, s, at)
	if err := s.Sent(t.Context(), []news.Notification{n}, news.Receipt{Channel: "C1", TS: ts}, at); err != nil {
		t.Fatal(err)
	}
	return n
}

func claimOne(t *testing.T, s *store.Store, at time.Time) news.Notification {
	t.Helper()
	batches, err := s.ClaimDue(t.Context(), at, lease, 10)
	if err != nil || len(batches) != 1 || len(batches[0]) != 1 {
		t.Fatalf("%d batches are due at %s, want one: %v", len(batches), at.Format(time.TimeOnly), err)
	}
	return batches[0][0]
}

func nothingDue(t *testing.T, s *store.Store, at time.Time) {
	t.Helper()
	if batches, err := s.ClaimDue(t.Context(), at, lease, 10); err != nil || len(batches) != 0 {
		t.Fatalf("%d batches are due at %s, want none: %v", len(batches), at.Format(time.TimeOnly), err)
	}
}

// What more is known of a posted development is told by editing its card, at most
// once a minute, however many reports come; a card that still waits needs none.
func testEdits(t *testing.T, s *store.Store) {
	at := func(d time.Duration) time.Time { return noon.Add(d) }
	repeat := func(id string, now time.Time) {
		save(t, s, now, checked(item(id, now), news.Judged{Development: talks(news.TalksStarted), Is: news.Repeat, ID: 1}))
	}
	save(t, s, noon, notify(checked(item("a", noon), news.Judged{Development: talks(news.TalksStarted), Is: news.New, ID: -1}), 0, news.Notification{Channel: "#c"}))
	repeat("b", at(time.Second))
	if n := arrived(t, s, at(2*time.Second), "1"); n.Action != news.Post || n.Target.TS != "" || len(n.Alert.Development.Sources) != 2 {
		t.Fatalf("the card: %s at %q with %d sources", n.Action, n.Target.TS, len(n.Alert.Development.Sources))
	}
	nothingDue(t, s, at(time.Hour))
	repeat("c", at(10*time.Second))
	repeat("d", at(20*time.Second))
	nothingDue(t, s, at(61*time.Second))
	n := arrived(t, s, at(62*time.Second), "1")
	if n.Action != news.Edit || n.Target.TS != "1" || n.Target.Channel != "C1" || n.Cause.ID != "c" || len(n.Alert.Development.Sources) != 4 {
		t.Fatalf("the edit: %s of %q because of %q with %d sources", n.Action, n.Target.TS, n.Cause.ID, len(n.Alert.Development.Sources))
	}
	nothingDue(t, s, at(time.Hour))
	// One that comes while an edit is on its way is told by another.
	repeat("e", at(2*time.Hour))
	onItsWay := claimOne(t, s, at(2*time.Hour))
	repeat("f", at(2*time.Hour))
	if err := s.Sent(t.Context(), []news.Notification{onItsWay}, onItsWay.Target, at(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	nothingDue(t, s, at(2*time.Hour+59*time.Second))
	if n := arrived(t, s, at(2*time.Hour+time.Minute), "1"); len(n.Alert.Development.Sources) != 6 {
		t.Errorf("the last edit tells %d sources", len(n.Alert.Development.Sources))
	}
	nothingDue(t, s, at(9*time.Hour))
	// A process that died over an edit leaves it to the next.
	repeat("g", at(10*time.Hour))
	claimOne(t, s, at(10*time.Hour))
	if n := arrived(t, s, at(10*time.Hour).Add(lease), "1"); n.Action != news.Edit || len(n.Alert.Development.Sources) != 7 {
		t.Errorf("after a crash: %s, %d sources", n.Action, len(n.Alert.Development.Sources))
	}
	if got := counts(t, s); got != [3]int{0, 0, 2} {
		t.Errorf("outbox %v, want the card and its edits", got)
	}
}

// An update stands in the thread of what it updates, however long the chain, and
// each older card is edited once there is a newer one to point to.
func testThreads(t *testing.T, s *store.Store) {
	at := func(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }
	tell := func(id string, h int, updates news.DevelopmentID, change news.Change) {
		j := news.Judged{Development: talks(news.TalksScheduled), Is: news.New, ID: -1, Updates: updates, Change: change}
		if updates != 0 {
			j.Is = news.Update
		}
		save(t, s, at(h), notify(checked(item(id, at(h)), j), 0, news.Notification{Channel: "#c"}))
	}
	tell("a", 0, 0, "")
	arrived(t, s, at(0), "1")
	tell("b", 1, 1, news.DateMoved)
	reply := arrived(t, s, at(1), "2")
	if reply.Target.TS != "1" || reply.Alert.Before == nil || reply.Alert.Before.ID != 1 {
		t.Fatalf("the update stands under %q, after %v", reply.Target.TS, reply.Alert.Before)
	}
	edit := arrived(t, s, at(1), "1")
	if edit.Action != news.Edit || edit.Target.TS != "1" || edit.Cause.ID != "b" || len(edit.Alert.Since) != 1 ||
		edit.Alert.Since[0].Card.TS != "2" || edit.Alert.Since[0].Change != news.DateMoved {
		t.Fatalf("the old card: %+v", edit.Alert.Since)
	}
	tell("c", 2, 2, news.PutOff)
	if n := arrived(t, s, at(2), "3"); n.Target.TS != "1" {
		t.Errorf("the second update stands under %q, not in the one thread", n.Target.TS)
	}
	if n := arrived(t, s, at(2), "2"); n.Action != news.Edit || n.Target.TS != "2" {
		t.Errorf("the second card: %s of %q", n.Action, n.Target.TS)
	}
	nothingDue(t, s, at(3))
	told, err := s.Told(t.Context(), 1)
	if err != nil || len(told) != 1 || told[0].Channel != "#c" {
		t.Errorf("told of the first were %+v, %v", told, err)
	}
}

// A card that may have arrived told what was known when it was tried: what comes
// while it is in doubt is told by an edit. One that was posted as a possible
// repetition stays marked as such when it is edited.
func testEditsInDoubt(t *testing.T, s *store.Store) {
	at := func(d time.Duration) time.Time { return noon.Add(d) }
	save(t, s, noon, notify(checked(item("a", noon), news.Judged{Development: talks(news.TalksStarted), Is: news.New, ID: -1}), 0, news.Notification{Channel: "#c"}))
	n := claimOne(t, s, noon)
	n.Unsure = true // Slack's answer was lost
	if err := s.Retry(t.Context(), []news.Notification{n}, at(lease), "lost"); err != nil {
		t.Fatal(err)
	}
	save(t, s, at(time.Second), checked(item("b", noon), news.Judged{Development: talks(news.TalksStarted), Is: news.Repeat, ID: 1}))
	nothingDue(t, s, at(2*time.Second)) // the edit does not overtake its card
	n = claimOne(t, s, at(lease))
	if n.Action != news.Post || !n.Unsure {
		t.Fatalf("%s, unsure: %v", n.Action, n.Unsure)
	}
	n.Unsure = false // it was found
	if err := s.Sent(t.Context(), []news.Notification{n}, news.Receipt{Channel: "C1", TS: "1"}, at(lease)); err != nil {
		t.Fatal(err)
	}
	if n := arrived(t, s, at(2*lease), "1"); n.Action != news.Edit || len(n.Alert.Development.Sources) != 2 || n.Unsure {
		t.Errorf("%s with %d sources, unsure: %v", n.Action, len(n.Alert.Development.Sources), n.Unsure)
	}

	save(t, s, at(time.Hour), notify(checked(item("c", noon), news.Judged{Development: talks(news.TalksEnded), Is: news.New, ID: -1}), 0, news.Notification{Channel: "#c"}))
	claimOne(t, s, at(time.Hour)) // and dies
	if n := arrived(t, s, at(time.Hour+lease), "2"); !n.Unsure {
		t.Error("what was claimed before is not in doubt")
	}
	save(t, s, at(2*time.Hour), checked(item("d", noon), news.Judged{Development: talks(news.TalksEnded), Is: news.Repeat, ID: 2}))
	if n := arrived(t, s, at(2*time.Hour), "2"); n.Action != news.Edit || !n.Unsure {
		t.Errorf("%s of a marked card, marked: %v", n.Action, n.Unsure)
	}
}
