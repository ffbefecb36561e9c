package store_test

import (
	"errors"
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

func testMutes(t *testing.T, s *store.Store) {
	ctx := t.Context()
	mute := func(to, round string, at, until time.Time) news.Mute {
		t.Helper()
		m, created, err := s.Mute(ctx, news.Mute{Channel: "C1", To: to, Round: round, Until: until, Author: "U1", Created: at})
		if err != nil || !created {
			t.Fatal(m, created, err)
		}
		return m
	}
	held := func(id string, at time.Time, m news.Mute, d news.Development) {
		t.Helper()
		ci := checked(item(id, at), news.Judged{Development: d, Is: news.New, ID: -1})
		ci.Notifications = []news.Notification{{Channel: "C1", Digest: true, NotBefore: m.Until, Mute: m.ID}}
		ci.Of = []int{0}
		save(t, s, at, ci)
	}
	due := func(at time.Time, want int) {
		t.Helper()
		batches := must[[][]news.Notification](t)(s.ClaimDue(ctx, at, time.Minute, 10))
		got := 0
		for _, b := range batches {
			got += len(b)
			if err := s.Sent(ctx, b, news.Receipt{Channel: "C1", TS: "1.2"}, at); err != nil {
				t.Fatal(err)
			}
		}
		if got != want {
			t.Fatalf("%d are due at %v, want %d", got, at, want)
		}
	}
	later := func(h float64) time.Time { return noon.Add(time.Duration(h * float64(time.Hour))) }

	// Until a time: held, counted, sent together at its end, and told once.
	m := mute("negotiation:us-iran", "", noon, later(8))
	held("a", noon, m, talks(news.TalksEnded))
	held("b", later(1), m, talks(news.Atmosphere))
	if list := must[[]news.Mute](t)(s.Mutes(ctx)); len(list) != 1 || list[0].Held != 2 || list[0].Author != "U1" {
		t.Errorf("%+v", list)
	}
	due(later(7), 0)
	// The same again lasts as long as it says.
	if again, created, err := s.Mute(ctx, news.Mute{Channel: "C1", To: m.To, Until: later(2), Author: "U2", Created: later(1)}); err != nil || created || again.ID != m.ID || !again.Until.Equal(later(2)) {
		t.Errorf("the same again: %+v %v %v", again, created, err)
	}
	if err := s.EndMutes(ctx, later(1.5)); err != nil {
		t.Fatal(err)
	}
	due(later(1.5), 0)
	if err := s.EndMutes(ctx, later(2)); err != nil {
		t.Fatal(err)
	}
	due(later(2), 2)
	if list := must[[]news.Mute](t)(s.MutesToTell(ctx)); len(list) != 1 || list[0].Held != 2 {
		t.Errorf("to tell: %+v", list)
	}
	if list := must[[]news.Mute](t)(s.MutesToTell(ctx)); len(list) != 0 {
		t.Errorf("told twice: %+v", list)
	}
	if err := s.TellMute(ctx, m.ID); err != nil {
		t.Fatal(err)
	}
	if list := must[[]news.Mute](t)(s.MutesToTell(ctx)); len(list) != 1 {
		t.Errorf("not told again: %+v", list)
	}

	// By a person, at once.
	m = mute("", "", later(3), later(30))
	held("c", later(3), m, talks(news.GapsNamed))
	if ended, err := s.Unmute(ctx, m.ID, "U2", later(4)); err != nil || ended.Held != 1 {
		t.Errorf("%+v %v", ended, err)
	}
	if _, err := s.Unmute(ctx, m.ID, "U2", later(4)); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("ended twice: %v", err)
	}
	due(later(4), 1)
	held("d", later(4), m, talks(news.Ultimatum)) // decided a moment before it ended
	if err := s.EndMutes(ctx, later(5)); err != nil {
		t.Fatal(err)
	}
	due(later(5), 1)
	if list := must[[]news.Mute](t)(s.MutesToTell(ctx)); len(list) != 0 {
		t.Errorf("what a person ended is told by the answer: %+v", list)
	}

	// By the round: a rumour that talks have started does not end it.
	m = mute("negotiation:us-iran", "us-iran", later(6), later(600))
	rumour := talks(news.TalksStarted)
	rumour.Certainty = news.Reported
	held("e", later(7), m, rumour)
	if err := s.EndMutes(ctx, later(7)); err != nil {
		t.Fatal(err)
	}
	due(later(8), 0)
	began := talks(news.TalksStarted)
	began.Certainty = news.Confirmed
	save(t, s, later(9), checked(item("f", later(9)), news.Judged{Development: began, Is: news.New, ID: -1}))
	if err := s.EndMutes(ctx, later(9)); err != nil {
		t.Fatal(err)
	}
	due(later(9), 1)
	if list := must[[]news.Mute](t)(s.Mutes(ctx)); len(list) != 0 {
		t.Errorf("left: %+v", list)
	}

	for _, bad := range []news.Mute{
		{Author: "U1", Created: noon, Until: later(1)},
		{Channel: "C1", Created: noon, Until: later(1)},
		{Channel: "C1", Author: "U1", Until: later(1)},
		{Channel: "C1", Author: "U1", Created: noon, Until: noon},
	} {
		if _, _, err := s.Mute(ctx, bad); err == nil {
			t.Errorf("%+v was accepted", bad)
		}
	}
}
