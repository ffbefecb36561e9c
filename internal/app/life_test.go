package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// A negotiation's life in one channel: scheduled, told by others, postponed, dated
// anew, started, ended, signed. Parley is stopped and started again after every
// step, and once it dies between the answer of Slack and writing it down; nothing
// is posted twice or forgotten, each update stands in the thread of the first
// card, and the older cards say what came of them.
func TestLife(t *testing.T) {
	for name, database := range databases {
		t.Run(name, func(t *testing.T) { testLife(t, database(t)) })
	}
}

func testLife(t *testing.T, database string) {
	w := newWorld(t, standin.Options{})
	w.database = database
	k := w.conf("rules: [{name: talks, when: \"kind:talks OR kind:agreement\"}]", "observer", "irna", "gulf")
	run := func() {
		a := w.open(k)
		w.once(a)
		w.close(a)
		w.later(61 * time.Second) // edits wait for a minute
		a = w.open(k)
		w.once(a)
		w.outbox(a, 0, 0, len(w.cards("negotiations"))+w.edited())
		w.close(a)
	}
	run() // the baseline
	steps := []struct {
		after time.Duration
		feed  string
		title string
		cards int
	}{
		{time.Hour, "observer", "Oman says next round of Iran-US talks will be held in Muscat on Tuesday", 1},
		{time.Hour, "irna", "Iran-US talks to be held in Muscat on Tuesday, Oman says", 1},
		{time.Hour, "gulf", "Iran and US to meet in Muscat next week, says Oman", 1},
		{20 * time.Hour, "observer", "Iran-US talks postponed, Oman says", 2},
		{time.Hour, "gulf", "US-Iran talks in Muscat postponed", 2},
		{20 * time.Hour, "irna", "Iran-US talks will now be held in Muscat on Thursday, Oman says", 3},
		{97 * time.Hour, "observer", "Iran-US talks begin in Muscat", 4},
		{9 * time.Hour, "observer", "Iran-US talks end in Muscat, Oman says", 5},
		{2 * time.Hour, "irna", "US and Iran reach agreement in Muscat", 6},
		{48 * time.Hour, "observer", "Iran and US sign agreement in Muscat", 7},
	}
	for i, s := range steps {
		w.later(s.after)
		w.print(s.feed, s.title)
		if i == 3 { // the answer to this one is lost with the process
			w.dieOverPost()
		}
		run()
		w.holds("negotiations", s.cards)
		if t.Failed() {
			t.Fatalf("after %q", s.title)
		}
	}
	cards := w.cards("negotiations")
	for i, c := range cards[1:5] {
		if c.ThreadTS != cards[0].TS || !c.Broadcast {
			t.Errorf("card %d is not in the thread of the first and in the channel: %q, %v", i+2, c.ThreadTS, c.Broadcast)
		}
	}
	if c := cards[6]; c.ThreadTS != cards[5].TS {
		t.Errorf("the signature is not in the thread of the agreement")
	}
	w.has(cards[0].Text, "Since then: postponed (D-2", "and 2 more")
	w.has(string(cards[0].Blocks), "~Tue 24 Nov~", cards[1].Channel+"/p"+strings.ReplaceAll(cards[1].TS, ".", ""))
	w.has(cards[1].Text, "Since then: rescheduled (D-3", "and 1 more")
	w.has(cards[2].Text, "Update of D-2", "Since then: started (D-4")
	w.has(cards[3].Text, "Since then: ended (D-5")
	w.has(cards[5].Text, "Since then: signed (D-7")
	for i, edits := range []int{2, 2, 1, 1, 0, 1, 0} {
		if cards[i].Edits < edits || cards[i].Edits > edits+1 {
			t.Errorf("card %d was edited %d times, not %d", i+1, cards[i].Edits, edits)
		}
	}
}

// edited counts the cards that were edited: each has one row in the outbox.
func (w *world) edited() int {
	n := 0
	for _, c := range w.cards("negotiations") {
		if c.Edits > 0 {
			n++
		}
	}
	return n
}

// dieOverPost lets the next message arrive, and its answer get lost: to parley it
// is as if it had been killed while it waited.
func (w *world) dieOverPost() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.post = func(rw http.ResponseWriter, r *http.Request) bool {
		w.mu.Lock()
		w.post = nil
		w.mu.Unlock()
		w.Handler().ServeHTTP(discard{}, r)
		panic(http.ErrAbortHandler)
	}
}

type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) Write(b []byte) (int, error) { return len(b), nil }
func (discard) WriteHeader(int)             {}
