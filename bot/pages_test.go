package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/internal/news"
)

// many makes so many developments of one negotiation, newest first, with the
// longest plausible content, round by round.
func many(n int) []news.Tracked {
	var out []news.Tracked
	for i := n; i > 0; i-- {
		d := *longest().Development
		d.ID, d.Negotiation, d.First = news.DevelopmentID(i), ptr("us-iran"), now.Add(-time.Duration(n-i)*time.Hour)
		d.Round = nil
		if i%5 == 0 {
			d.Round = ptr(i / 5)
		}
		d.Sources = d.Sources[:1]
		out = append(out, d)
	}
	return out
}

// Whoever presses the last button again and again sees everything once, in
// order, and at last an answer that has no such button.
func TestMoreReachesTheEnd(t *testing.T) {
	for _, c := range []struct{ command, button string }{
		{"latest us-iran since 30d", "More"}, {"timeline us-iran", "Earlier"}, {"said iran about us-iran", "More"},
	} {
		d := newDesk()
		d.known = many(60)
		for i := range d.known {
			d.known[i].Speaker = &news.Speaker{Name: ptr("Abbas Araghchi"), Affiliation: ptr("iran"), Role: news.Party}
		}
		commands := &bot.Commands{Answers: d, Names: names}
		seen := map[string]int{}
		text := c.command
		for pages := 0; text != ""; pages++ {
			if pages > 60 {
				t.Fatalf("%s: it never ends", c.command)
			}
			out := commands.Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: text, At: now})
			withinLimits(t, out.Blocks, out.Text)
			next := ""
			each(t, out.Blocks, func(o map[string]any) {
				if o["type"] == "button" && o["text"].(map[string]any)["text"] == c.button {
					next = o["value"].(string)
				}
			})
			shown := shown(t, "", out.Blocks)
			for i := range d.known {
				if strings.Contains(shown, fmt.Sprintf("  %s", "·  "+d.known[i].ID.String()+"\n")) {
					seen[d.known[i].ID.String()]++
				}
			}
			text = next
		}
		if len(seen) != 60 {
			t.Errorf("%s: %d of 60 were shown", c.command, len(seen))
		}
		for id, n := range seen {
			if n != 1 {
				t.Errorf("%s: %s was shown %d times", c.command, id, n)
			}
		}
	}
}

func TestTimelineAsJSON(t *testing.T) {
	d := newDesk()
	d.known = many(12)
	out := (&bot.Commands{Answers: d, Names: names}).Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: "timeline us-iran since 30d", At: now})
	golden(t, "timeline", out.Blocks, out.Text)
}

func TestStatusAsJSON(t *testing.T) {
	out := (&bot.Commands{Answers: newDesk(), Names: names}).Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: "status us-iran", At: now})
	golden(t, "status", out.Blocks, out.Text)
}

// What is shared is posted once, with who wanted it, and the button goes. Where
// nobody else reads there is none.
func TestSharingByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		asked, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", "said Pakistan about us-iran")
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if _, err := w.Click(w.ctx, "mina", asked.Answers[0], "Share in channel"); err != nil && len(w.public("us-iran")) == 0 {
				t.Fatal(err)
			}
		}
		var public []string
		err = w.WaitFor(w.ctx, func() bool {
			for _, m := range w.Messages("us-iran") {
				if m.TS == asked.Answers[0].TS && strings.Contains(m.Text, "Shared in this channel") {
					return true
				}
			}
			return false
		})
		for _, m := range w.public("us-iran") {
			public = append(public, m.Text)
		}
		if err != nil || len(public) != 1 || !strings.Contains(public[0], "Tahir Andrabi") || !strings.Contains(public[0], "<@U1> shared `/parley said Pakistan about us-iran`") {
			t.Errorf("shown to all: %q (%v)", public, err)
		}
		asked, err = w.Slash(w.ctx, "mina", "closed", "/parley", "latest")
		if err != nil {
			t.Fatal(err)
		}
		pressed, err := w.Click(w.ctx, "mina", asked.Answers[0], "Share in channel")
		if err != nil {
			t.Fatal(err)
		}
		answers, err := w.WaitAnswers(w.ctx, pressed, 1)
		if err != nil || !strings.Contains(answers[0].Text, "/invite @parley") {
			t.Errorf("%+v %v", answers, err)
		}
	})
	out := (&bot.Commands{Answers: newDesk()}).Do(t.Context(), bot.Request{Channel: "D1", User: "U1", Text: "latest", At: now})
	if strings.Contains(marshal(t, out.Blocks), "Share") {
		t.Error("an answer to one alone can be shared with one alone")
	}
}

// Only look-ups can be shared or asked by a button, whatever its value says.
func TestForgedShare(t *testing.T) {
	for _, value := range []string{"subscribe us-iran", "unsubscribe all", "watch x", "", "feeds", strings.Repeat("x", 2000)} {
		d := newDesk()
		out := (&bot.Commands{Answers: d}).Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Action: "parley.share", Value: value, At: now})
		if out.Announce != nil || len(d.subscribed()) != 0 || !strings.Contains(out.Text, "older version") {
			t.Errorf("%.30q: %+v", value, out)
		}
	}
}
