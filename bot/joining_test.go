package bot_test

import (
	"strings"
	"testing"

	"parley/internal/demo/standin"
)

// A channel that parley is invited to is greeted, once, in three lines with two
// buttons that lead on; others who join are left in peace.
func TestInvitedByBothDoors(t *testing.T) {
	for name, socket := range map[string]bool{"socket": true, "http": false} {
		t.Run(name, func(t *testing.T) {
			w := open(t, socket, standin.Options{Subscribed: []string{"member_joined_channel"}})
			for _, who := range []string{"mina", ""} {
				if err := w.Invite("closed", who); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.WaitFor(w.ctx, func() bool { return len(w.public("closed")) > 0 }); err != nil {
				t.Fatal("nobody was greeted")
			}
			if err := w.room.Wait(w.ctx); err != nil {
				t.Fatal(err)
			}
			greeted := w.public("closed")
			if len(greeted) != 1 || strings.Count(greeted[0].Text, "\n") != 2 || strings.Count(string(greeted[0].Blocks), `"type":"button"`) != 2 {
				t.Fatalf("%d messages: %+v", len(greeted), greeted)
			}
			if _, err := w.Click(w.ctx, "mina", greeted[0], "Subscribe…"); err != nil {
				t.Error(err)
			}
			pressed, err := w.Click(w.ctx, "mina", greeted[0], "All commands")
			if err != nil {
				t.Fatal(err)
			}
			if answers, err := w.WaitAnswers(w.ctx, pressed, 1); err != nil || !strings.Contains(answers[0].Text, "/parley latest") {
				t.Errorf("%+v, %v", answers, err)
			}
		})
	}
}
