package store_test

import (
	"strings"
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

// kept is the status card of one channel in a state.
func kept(state string) []news.StatusCard {
	return []news.StatusCard{{Channel: "#c", Status: news.Status{Negotiation: "us-iran", Standing: news.Standing{State: state}, Zone: "Europe/London"}}}
}

// A status card is posted once and then edited, at most once a minute and only
// when it tells something else; in its channel it goes behind what is alerted.
func testStatus(t *testing.T, s *store.Store) {
	at := func(d time.Duration) time.Time { return noon.Add(d) }
	keep := func(now time.Time, want int, cards ...news.StatusCard) {
		t.Helper()
		if got, err := s.KeepStatus(t.Context(), cards, now); err != nil || got != want {
			t.Fatalf("%d queued, want %d: %v", got, want, err)
		}
	}
	keep(noon, 0)
	keep(noon, 1, kept("quiet")...)
	keep(noon, 0, kept("quiet")...)
	if n := arrived(t, s, noon, "1"); n.Action != news.Post || n.Target.TS != "" || n.Alert.Status == nil || n.Alert.Status.State != "quiet" || !n.Alert.Status.At.Equal(noon) {
		t.Fatalf("%+v", n)
	}
	keep(at(time.Second), 0, kept("quiet")...)
	nothingDue(t, s, at(time.Hour))

	// Several changes within a minute are one, behind the alert that came later.
	keep(at(10*time.Second), 1, kept("scheduled")...)
	keep(at(20*time.Second), 1, kept("under way")...)
	nothingDue(t, s, at(59*time.Second))
	save(t, s, at(time.Minute), notify(checked(item("a", noon), news.Judged{Development: talks(news.TalksStarted), Is: news.New, ID: -1}), 0, news.Notification{Channel: "#c"}))
	if n := arrived(t, s, at(time.Minute), "2"); n.Alert.Status != nil {
		t.Fatalf("the status card goes before the alert")
	}
	// What changes while an edit is on its way is told by another.
	onItsWay := claimOne(t, s, at(time.Minute))
	if onItsWay.Action != news.Edit || onItsWay.Target != (news.Receipt{Channel: "C1", TS: "1"}) || onItsWay.Alert.Status.State != "under way" {
		t.Fatalf("%+v", onItsWay)
	}
	keep(at(time.Minute), 1, kept("agreed")...)
	if err := s.Sent(t.Context(), []news.Notification{onItsWay}, onItsWay.Target, at(time.Minute)); err != nil {
		t.Fatal(err)
	}
	nothingDue(t, s, at(2*time.Minute-time.Second))
	// A process that died over it leaves it to the next.
	claimOne(t, s, at(2*time.Minute))
	if n := arrived(t, s, at(2*time.Minute).Add(lease), "1"); n.Action != news.Edit || n.Alert.Status.State != "agreed" {
		t.Fatalf("after a crash: %+v", n)
	}
	nothingDue(t, s, at(9*time.Hour))

	// It leads to the card of the last development once that is there, and says so
	// only once.
	withLast := kept("agreed")
	withLast[0].Last = &news.Tracked{ID: 1, Development: talks(news.TalksStarted), Sources: []news.Source{{Item: "a", Feed: "f"}}}
	keep(at(10*time.Hour), 1, withLast...)
	if n := arrived(t, s, at(10*time.Hour), "1"); n.Alert.Status.Card.TS != "2" || n.Alert.Status.Last.ID != 1 || n.Alert.Status.Last.Sources[0].Item != "a" {
		t.Fatalf("%+v", n.Alert.Status)
	}
	keep(at(10*time.Hour), 0, withLast...)

	// Not wanted any more, it says so; wanted again, it is another message.
	keep(at(11*time.Hour), 1)
	keep(at(11*time.Hour), 0)
	if n := arrived(t, s, at(11*time.Hour), "1"); !n.Alert.Status.Ended || n.Action != news.Edit {
		t.Fatalf("%+v", n)
	}
	if cards, err := s.StatusCards(t.Context()); err != nil || len(cards) != 0 {
		t.Errorf("%+v %v", cards, err)
	}
	keep(at(12*time.Hour), 1, kept("quiet")...)
	if n := arrived(t, s, at(12*time.Hour), "3"); n.Action != news.Post || n.Target.TS != "" {
		t.Fatalf("%+v", n)
	}
	if cards, err := s.StatusCards(t.Context()); err != nil || len(cards) != 1 || cards[0].Receipt.TS != "3" || cards[0].State != "quiet" {
		t.Errorf("%+v %v", cards, err)
	}
}

// A status card that is gone is posted anew once; set aside, it knows what to tell
// when somebody asks for it again.
func testStatusDeleted(t *testing.T, s *store.Store) {
	keep := func(state string, want int) {
		t.Helper()
		if got, err := s.KeepStatus(t.Context(), kept(state), noon); err != nil || got != want {
			t.Fatalf("%d queued, want %d: %v", got, want, err)
		}
	}
	keep("quiet", 1)
	arrived(t, s, noon, "1")
	keep("scheduled", 1)
	n := claimOne(t, s, noon.Add(time.Hour))
	if n.Anew {
		t.Fatal("posted anew already")
	}
	n.Action, n.Target = news.Post, news.Receipt{}
	if err := s.Retry(t.Context(), []news.Notification{n}, noon.Add(time.Hour), "deleted"); err != nil {
		t.Fatal(err)
	}
	if n := arrived(t, s, noon.Add(time.Hour), "2"); n.Action != news.Post || !n.Anew || !n.Created.Equal(noon.Add(time.Hour)) {
		t.Fatalf("%+v", n)
	}
	keep("under way", 1)
	n = claimOne(t, s, noon.Add(2*time.Hour))
	if n.Action != news.Edit || n.Target.TS != "2" || !n.Anew {
		t.Fatalf("%+v", n)
	}
	if err := s.Park(t.Context(), []news.Notification{n}, "deleted twice", noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	keep("agreed", 0)
	nothingDue(t, s, noon.Add(9*time.Hour))
	if cards, err := s.StatusCards(t.Context()); err != nil || len(cards) != 1 || !strings.Contains(cards[0].Parked, "twice") {
		t.Errorf("%+v %v", cards, err)
	}
	if ok, err := s.ShowStatus(t.Context(), "#c", "us-iran", noon.Add(9*time.Hour)); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if n := arrived(t, s, noon.Add(9*time.Hour), "3"); n.Action != news.Post || n.Alert.Status.State != "agreed" || n.Anew {
		t.Fatalf("%+v", n)
	}
	// Asked for while it stands, it is edited to what it says, which notices that it is gone.
	if ok, err := s.ShowStatus(t.Context(), "#c", "us-iran", noon.Add(10*time.Hour)); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if n := arrived(t, s, noon.Add(10*time.Hour), "3"); n.Action != news.Edit || n.Target.TS != "3" {
		t.Fatalf("%+v", n)
	}
	if ok, err := s.ShowStatus(t.Context(), "#d", "us-iran", noon); err != nil || ok {
		t.Fatal(ok, err)
	}
	// One that nobody has seen is forgotten rather than ended.
	if _, err := s.KeepStatus(t.Context(), []news.StatusCard{{Channel: "#d", Status: news.Status{Negotiation: "sudan"}}}, noon); err != nil {
		t.Fatal(err)
	}
	if _, err := s.KeepStatus(t.Context(), nil, noon); err != nil {
		t.Fatal(err)
	}
	if got := counts(t, s); got != [3]int{1, 0, 0} {
		t.Errorf("outbox %v, want the end of one card", got)
	}
}
