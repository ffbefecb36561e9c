package app_test

import (
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// Channels are reminded of a day once, however often parley starts, and told once
// that it passed; both under the card that named it. What answers the day cancels
// them.
func TestReminders(t *testing.T) {
	w := newWorld(t, standin.Options{})
	k := w.conf("rules: [{name: talks, when: \"kind:talks OR kind:denial\"}]", "observer", "irna")
	run := func() {
		t.Helper()
		for range 2 {
			a := w.open(k)
			w.once(a)
			w.close(a)
			w.later(61 * time.Second)
		}
	}
	at := func(day int, clock string) { // of November 2026, which begins on a Sunday
		t.Helper()
		c, err := time.Parse("15:04", clock)
		if err != nil {
			t.Fatal(err)
		}
		w.later(time.Date(2026, 11, day, c.Hour(), c.Minute(), 0, 0, time.UTC).Sub(w.clock()))
		run()
	}
	at(20, "10:00") // a Friday; the baseline
	w.print("observer", "Oman says next round of Iran-US talks will be held in Muscat on Tuesday")
	at(20, "11:00")
	w.holds("negotiations", 1)
	at(23, "09:00")
	at(24, "07:30")
	w.holds("negotiations", 1)
	at(24, "08:00")
	at(24, "09:00")
	at(24, "23:00")
	w.holds("negotiations", 2)
	at(25, "07:30")
	w.holds("negotiations", 2)
	at(25, "08:00")
	at(25, "12:00")
	at(26, "08:00")
	w.holds("negotiations", 3)
	cards := w.cards("negotiations")
	w.has(cards[1].Text, "Today: Oman (mediator): US–Iran talks scheduled for Tue 24 Nov, Muscat")
	w.has(cards[2].Text, "The day has passed, and nothing was reported: Oman (mediator)")
	for _, c := range cards[1:] {
		if c.ThreadTS != cards[0].TS || !c.Broadcast {
			t.Errorf("a reminder is not under the card and in the channel: %q, %v", c.ThreadTS, c.Broadcast)
		}
	}

	w.print("observer", "Oman says next round of Iran-US talks will be held in Geneva on Monday")
	at(26, "10:00")
	w.holds("negotiations", 4)
	w.print("irna", "Iran-US talks in Geneva postponed, Oman says")
	at(27, "10:00")
	w.holds("negotiations", 5)
	at(30, "08:00")
	at(31, "08:00")
	w.holds("negotiations", 5)

	// Parley that did not run that morning reminds as long as it is still that day.
	w.print("observer", "Oman says next round of Iran-US talks will be held in Muscat on Friday")
	at(32, "10:00") // 2 December
	w.holds("negotiations", 6)
	at(34, "20:00")
	w.holds("negotiations", 7)
	at(36, "01:00")
	w.holds("negotiations", 8)
}
