package app_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// shown is what a view shows, with < and > as they are.
func shown(raw json.RawMessage) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(raw))
}

// Somebody opens the Home of a real parley, subscribes there, gets the alert as a
// direct message, mutes it, sets quiet hours, and has a message read: all of it
// through the store, by signed requests.
func TestHomeOfARealParley(t *testing.T) {
	w := newSignedWorld(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	w.once(a)
	ctx := soon(t)
	home := func(want string) standin.View {
		t.Helper()
		var v standin.View
		if err := w.WaitFor(ctx, func() bool {
			var ok bool
			v, ok = w.Home("maya")
			return ok && strings.Contains(shown(v.Blocks), want)
		}); err != nil {
			t.Fatalf("no %q: %v\n%s", want, err, shown(v.Blocks))
		}
		return v
	}
	modal := func(want string) standin.View {
		t.Helper()
		var v standin.View
		if err := w.WaitFor(ctx, func() bool {
			var ok bool
			v, ok = w.Modal("maya")
			return ok && strings.Contains(shown(v.Blocks), want)
		}); err != nil {
			t.Fatalf("no %q: %v\n%s", want, err, shown(v.Blocks))
		}
		return v
	}
	press := func(v standin.View, what string) {
		t.Helper()
		if _, err := w.ClickView(ctx, "maya", v.ID, what); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.OpenHome(ctx, "maya"); err != nil {
		t.Fatal(err)
	}
	press(home("Welcome to parley"), "Subscribe…")
	form := modal("US–Iran talks")
	if _, err := w.Submit(ctx, "maya", form.ID, map[string][]string{"target": {"negotiation:us-iran"}}); err != nil {
		t.Fatal(err)
	}
	modal("Done: alerts for *US–Iran talks* go to your conversation with me")
	if err := w.CloseModal(ctx, "maya"); err != nil {
		t.Fatal(err)
	}
	home("to you, as direct messages")

	w.later(10 * time.Minute)
	w.print("observer", named)
	w.once(a)
	direct, err := w.Direct("maya")
	if err != nil {
		t.Fatal(err)
	}
	if got := w.cards(direct.ID); len(got) != 1 {
		t.Errorf("%d alerts came to her: %+v", len(got), got)
	}
	if err := w.OpenHome(ctx, "maya"); err != nil {
		t.Fatal(err)
	}
	v := home("Tue 24 Nov")
	press(v, "Mute for 8 hours")
	v = home("🔕 held until")
	w.later(10 * time.Minute)
	w.print("observer", ended)
	w.once(a)
	if got := w.cards(direct.ID); len(got) != 1 {
		t.Errorf("an alert came through a mute: %+v", got)
	}
	press(v, "parley.form.settings")
	form = modal("Quiet hours")
	if _, err := w.Submit(ctx, "maya", form.ID, map[string][]string{"zone": {"Asia/Muscat"}, "quiet": {"01:00-05:00"}}); err != nil {
		t.Fatal(err)
	}
	modal("Done: times in Asia/Muscat, quiet 01:00-05:00, for what comes to you as direct messages from now on. What you follow already comes by it too: 1 subscription.")
	if err := w.CloseModal(ctx, "maya"); err != nil {
		t.Fatal(err)
	}
	home("quiet 01:00-05:00")
	// The mute holds one alert, which comes when it ends.
	v = home("Unmute")
	for _, line := range strings.Split(shown(v.Blocks), `"value":"unmute `)[1:] {
		id, _, _ := strings.Cut(line, `"`)
		press(v, "unmute "+id)
	}
	home("The alert that was held comes now")
	w.once(a)
	if got := w.cards(direct.ID); len(got) != 2 {
		t.Errorf("%d alerts came to her: %+v", len(got), got)
	}
	if got := w.slash("desk", "audit all"); !strings.Contains(got, "subscribed") || !strings.Contains(got, "ended the mute") {
		t.Errorf("the audit says %s", got)
	}

	// What somebody has read is read by the engine itself.
	said, err := w.Say("maya", "desk", "", "Oman says technical US-Iran talks will be held in Muscat on Tuesday")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.MessageShortcut(ctx, "maya", said, "parley.read"); err != nil {
		t.Fatal(err)
	}
	v = modal("Who says it")
	for _, want := range []string{"Oman (mediator)", "Tue 24 Nov 2026", "proof, in the headline", "Watch this negotiation"} {
		if !strings.Contains(shown(v.Blocks), want) {
			t.Errorf("%q is missing in %s", want, shown(v.Blocks))
		}
	}
}
