package app_test

import (
	"strings"
	"testing"
	"time"
)

// told are the messages of a channel that are for all, are no alerts, and begin
// so.
func (w *world) told(channel, begin string) (out []string) {
	for _, m := range w.Messages(channel) {
		if m.OnlyFor == "" && strings.HasPrefix(m.Text, begin) {
			out = append(out, m.Text)
		}
	}
	return out
}

// What is muted is held, over a restart too, and comes as one digest when the
// mute is over, which the channel is told. Other channels hear it at once.
func TestMute(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	k := w.conf("subscriptions:\n  - {channel: \"#us-iran\", to: \"negotiation:us-iran\"}\n  - {channel: \"#desk\", to: \"negotiation:us-iran\"}\n")
	a := w.open(k)
	w.once(a)
	w.has(w.slash("us-iran", "mute us-iran for 8h"), "Done", "held until")
	w.print("observer", ended, named) // the second is urgent
	w.once(a)
	w.holds("us-iran", 0)
	w.holds("desk", 2)
	w.has(w.slash("us-iran", "mutes"), "2 alerts held")
	w.close(a)
	a = w.open(k)
	w.later(7 * time.Hour)
	w.print("observer", "Third round of Iran-US talks ends in Geneva, Oman says")
	w.once(a)
	w.holds("us-iran", 0)
	w.later(time.Hour)
	w.once(a)
	if cards := w.cards("us-iran"); len(cards) != 1 || !strings.Contains(cards[0].Text, "Digest: 3 alerts") {
		t.Errorf("%+v", cards)
	}
	w.once(a)
	if over := w.told("us-iran", "🔔"); len(over) != 1 || !strings.Contains(over[0], "is over. The 3 alerts that were held come as a digest") {
		t.Errorf("told: %q", over)
	}
	if muted := w.told("us-iran", "🔕"); len(muted) != 1 || !strings.Contains(muted[0], "muted alerts for *US–Iran talks*") {
		t.Errorf("told: %q", muted)
	}
	w.later(time.Hour)
	w.print("observer", "Fourth round of Iran-US talks ends in Vienna, Oman says")
	w.once(a)
	w.holds("us-iran", 2)
	w.close(a)
}

// Until the next round: what tells that it has begun comes through at once, and
// what was held with it.
func TestMuteUntilNextRound(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	a := w.open(w.conf("subscriptions:\n  - {channel: \"#us-iran\", to: \"negotiation:us-iran\"}\n"))
	defer w.close(a)
	w.once(a)
	w.has(w.slash("us-iran", "mute US–Iran talks until next round"), "until the next round begins")
	w.print("observer", ended)
	w.once(a)
	w.later(9 * time.Hour)
	w.once(a)
	w.holds("us-iran", 0)
	w.print("observer", "Third round of Iran-US talks begins in Muscat, Oman says")
	w.once(a)
	w.holds("us-iran", 2)
	if over := w.told("us-iran", "🔔"); len(over) != 1 {
		t.Errorf("told: %q", over)
	}
	w.has(w.slash("us-iran", "mutes"), "Nothing is muted")
}

// A person ends a mute; one of a rule holds that rule's alerts alone.
func TestUnmute(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	a := w.open(w.conf("rules:\n  - {name: rounds, when: \"kind:talks-ended\"}\n  - {name: date, when: \"kind:talks-scheduled\"}\n"))
	defer w.close(a)
	w.once(a)
	w.has(w.slash("negotiations", "mute rule:rounds for 2d"), "Done")
	w.print("observer", ended, named)
	w.once(a)
	w.holds("negotiations", 1)
	w.has(w.slash("negotiations", "unmute"), "The alert that was held comes now")
	w.once(a)
	w.holds("negotiations", 2)
}
