package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// statuses are the status cards in a channel.
func (w *world) statuses(channel string) (out []standin.Message) {
	for _, m := range w.cards(channel) {
		if strings.Contains(string(m.Blocks), "This card changes by itself") || strings.Contains(m.Text, "this status card has ended") {
			out = append(out, m)
		}
	}
	return out
}

const keepsStatus = `
subscriptions:
  - {channel: "#us-iran", to: "negotiation:us-iran", status: true}
`

// A negotiation's life in one message: parley is stopped and started again after
// every step, and dies once over an edit. The card is edited only where it says
// something new, and links to the card of the last development.
func TestStatusCardLife(t *testing.T) {
	w := newWorld(t, standin.Options{})
	k := w.conf(keepsStatus, "observer", "irna")
	run := func() {
		a := w.open(k)
		w.once(a)
		w.close(a)
		w.later(61 * time.Second) // edits wait for a minute
		a = w.open(k)
		w.once(a)
		w.close(a)
	}
	run() // the baseline
	if got := w.statuses("us-iran"); len(got) != 1 || !strings.Contains(got[0].Text, "quiet") || !strings.Contains(got[0].Text, "No date ahead") {
		t.Fatalf("at first: %+v", got)
	}
	card := w.statuses("us-iran")[0]
	steps := []struct {
		after time.Duration
		feed  string
		title string
		edits int      // of the status card, in all
		says  []string // in its text
	}{
		{time.Hour, "observer", "Oman says next round of Iran-US talks will be held in Muscat on Tuesday", 1, []string{"US–Iran talks: scheduled", "Tue 24 Nov"}},
		{time.Hour, "irna", "Iran-US talks to be held in Muscat on Tuesday, Oman says", 1, []string{"scheduled"}}, // a repeat: nothing new
		{20 * time.Hour, "observer", "Iran-US talks postponed, Oman says", 2, []string{"between rounds", "No date ahead"}},
		{20 * time.Hour, "irna", "Iran-US talks will now be held in Muscat on Thursday, Oman says", 3, []string{"scheduled", "Thu 26 Nov"}},
		{97 * time.Hour, "observer", "Iran-US talks begin in Muscat", 4, []string{"under way", "talks under way, muscat"}},
		{9 * time.Hour, "observer", "Iran-US talks end in Muscat, Oman says", 5, []string{"between rounds", "talks ended"}},
		{2 * time.Hour, "irna", "US and Iran reach agreement in Muscat", 6, []string{"agreed"}},
		{48 * time.Hour, "observer", "Iran and US sign agreement in Muscat", 7, []string{"agreed", "sign"}},
	}
	for i, s := range steps {
		w.later(s.after)
		w.print(s.feed, s.title)
		if i == 3 {
			w.dieOverPost()
		}
		run()
		got := w.statuses("us-iran")
		if len(got) != 1 || got[0].TS != card.TS {
			t.Fatalf("after %q there are %d status cards", s.title, len(got))
		}
		w.has(strings.ToLower(got[0].Text), lower(s.says)...)
		if got[0].Edits != s.edits {
			t.Errorf("after %q it was edited %d times, not %d: %s", s.title, got[0].Edits, s.edits, got[0].Text)
		}
		cards := w.cards("us-iran")
		last := cards[len(cards)-1]
		w.has(string(got[0].Blocks), "/p"+strings.ReplaceAll(last.TS, ".", "")+"|its card here")
		if t.Failed() {
			t.FailNow()
		}
	}
	// A day later nothing is new; a month later, with an agreement, neither.
	w.later(40 * 24 * time.Hour)
	run()
	if got := w.statuses("us-iran"); len(got) != 1 || got[0].Edits != 7 {
		t.Errorf("nothing happened and it was edited: %+v", got)
	}
}

func lower(list []string) (out []string) {
	for _, s := range list {
		out = append(out, strings.ToLower(s))
	}
	return out
}

// A day that passes changes the card though nothing is reported.
func TestStatusCardOfADayThatPasses(t *testing.T) {
	w := newWorld(t, standin.Options{})
	k := w.conf(keepsStatus)
	run := func() {
		a := w.open(k)
		w.once(a)
		w.close(a)
	}
	run()
	w.print("observer", named)
	w.later(time.Hour)
	run()
	w.has(w.statuses("us-iran")[0].Text, "scheduled", "Tue 24 Nov")
	w.later(5 * 24 * time.Hour)
	run()
	w.has(w.statuses("us-iran")[0].Text, "between rounds", "No date ahead")
}

// What people do to the card: it is deleted and comes anew, once; its channel is
// archived and it waits; the configuration gives it up and it says so.
func TestStatusCardAndPeople(t *testing.T) {
	w := newWorld(t, standin.Options{})
	k := w.conf(keepsStatus)
	run := func() {
		w.later(2 * time.Minute)
		a := w.open(k)
		w.once(a)
		w.close(a)
	}
	run()
	remove := func() {
		t.Helper()
		m := w.statuses("us-iran")[0]
		form := url.Values{"token": {w.BotToken()}, "channel": {m.Channel}, "ts": {m.TS}}
		r, err := http.PostForm(w.slack.URL+"/api/chat.delete", form)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		if got := w.statuses("us-iran"); len(got) != 0 {
			t.Fatalf("it was not deleted: %+v", got)
		}
	}
	remove()
	run() // nothing to tell: parley does not even notice
	if got := w.statuses("us-iran"); len(got) != 0 {
		t.Fatalf("posted without need: %+v", got)
	}
	w.print("observer", named)
	run()
	if got := w.statuses("us-iran"); len(got) != 1 || !strings.Contains(got[0].Text, "scheduled") {
		t.Fatalf("not posted anew: %+v", got)
	}
	remove()
	w.print("observer", "Iran-US talks postponed, Oman says")
	run()
	if got := w.statuses("us-iran"); len(got) != 0 {
		t.Fatalf("posted anew twice: %+v", got)
	}
	a := w.open(k)
	if parked, err := a.Store().Parked(t.Context()); err != nil || len(parked) != 1 || !strings.Contains(parked[0].Reason, "deleted") {
		t.Errorf("set aside: %+v %v", parked, err)
	}
	w.close(a)

	k = w.conf("", "observer") // without the subscription
	run()
	a = w.open(k)
	if _, parked, _, err := a.Store().Counts(t.Context()); err != nil || parked != 0 {
		t.Errorf("what was set aside is not forgotten with its subscription: %d %v", parked, err)
	}
	w.close(a)

	k = w.conf(keepsStatus, "observer")
	run()
	if got := w.statuses("us-iran"); len(got) != 1 {
		t.Fatalf("not posted with its subscription: %+v", got)
	}
	if err := w.Archive("us-iran"); err != nil {
		t.Fatal(err)
	}
	w.print("observer", "Iran-US talks will now be held in Muscat on Thursday, Oman says")
	run()
	run()
	a = w.open(k)
	if _, parked, _, err := a.Store().Counts(t.Context()); err != nil || parked != 2 { // the alert and the status card
		t.Errorf("%d set aside for an archived channel, %v", parked, err)
	}
	w.close(a)
}

// By hand: kept with a button, listed, ended with the button of the card; each is
// announced, and the message says that it has ended.
func TestStatusCardByHand(t *testing.T) {
	w := newSignedWorld(t)
	k := w.conf("", "observer")
	a := w.open(k)
	defer w.close(a)
	stop := w.start(a)
	kept, err := w.Slash(soon(t), "maya", "desk", "/parley", "status us-iran")
	if err != nil {
		t.Fatal(err)
	}
	press := func(m standin.Message) string {
		t.Helper()
		pressed, err := w.Click(soon(t), "maya", m, "parley.status")
		if err != nil {
			t.Fatal(err)
		}
		answers, err := w.WaitAnswers(soon(t), pressed, 1)
		if err != nil {
			t.Fatal(err)
		}
		return answers[0].Text
	}
	w.has(press(kept.Answers[0]), "Done: this channel keeps a status card of *US–Iran talks*")
	card, err := w.WaitMessage(soon(t), "desk", func(m standin.Message) bool { return strings.Contains(m.Text, "US–Iran talks: quiet") })
	if err != nil {
		t.Fatal(err)
	}
	w.has(w.slash("desk", "status us-iran"), "Quiet")
	w.has(w.slash("desk", "subscriptions"), "a status card alone, no alerts")
	link, said := "/p"+strings.ReplaceAll(card.TS, ".", ""), ""
	for within := soon(t); !strings.Contains(said, link) && within.Err() == nil; { // Slack has it a moment before parley knows that
		said = w.slash("desk", "status us-iran keep")
	}
	w.has(said, "keeps a status card of it", link)
	w.has(w.slash("desk", "audit"), "subscribed it to *US–Iran talks*", "a status card alone")
	w.has(press(card), "is no longer kept")
	if _, err := w.WaitMessage(soon(t), "desk", func(m standin.Message) bool { return strings.Contains(m.Text, "ended the status card of") }); err != nil {
		t.Fatal(err)
	}
	if err := stop(); err != nil {
		t.Error(err)
	}
	w.later(2 * time.Minute) // an edit waits for a minute
	w.once(a)
	if got := w.statuses("desk"); len(got) != 1 || got[0].TS != card.TS || !strings.Contains(got[0].Text, "this status card has ended") {
		t.Errorf("the card does not say that it has ended: %+v", got)
	}
	w.has(w.slash("desk", "status us-iran end"), "keeps no status card")
	w.has(w.slash("desk", "subscribe us-iran with status"), "with a status card")
	w.once(a)
	if got := w.statuses("desk"); len(got) != 2 || got[1].TS == card.TS {
		t.Errorf("one that is kept again is another message: %+v", got)
	}
	w.has(w.slash("desk", "unsubscribe us-iran"), "its status card ends, too")
	w.has(w.slash("desk", "subscribe drones with status"), "A status card is of one negotiation")
}
