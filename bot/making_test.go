package bot_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/bot"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// TestMaking plays testdata/making.txt, in which rules are made: as in
// TestTranscript a line that starts with "> " is typed. "! Watch here" presses the
// button of that name in the last answer that had buttons, "@ U2" makes another
// person go on, and "+ 25h" lets time pass.
func TestMaking(t *testing.T) {
	file := filepath.Join("testdata", "making.txt")
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk()
	d.own = madeRules()
	c := &bot.Commands{Answers: d, Names: names, Gone: func(_ context.Context, user string) (bool, error) {
		if user == "U8" {
			return false, errors.New("Slack did not answer")
		}
		return user == "U7", nil
	}}
	user, at, buttons := "U1", now, map[string]bot.Request{}
	var b strings.Builder
	for line := range strings.Lines(string(script)) {
		line = strings.TrimSuffix(line, "\n")
		if len(line) < 2 || line[1] != ' ' || line[0] == ' ' {
			continue
		}
		fmt.Fprintln(&b, line)
		r := bot.Request{Channel: "C1", ChannelName: "us-iran", User: user, At: at}
		switch what := line[2:]; line[0] {
		case '@':
			user = what
			continue
		case '+':
			d, err := time.ParseDuration(what)
			if err != nil {
				t.Fatal(err)
			}
			at = at.Add(d)
			continue
		case '!':
			pressed, ok := buttons[what]
			if !ok {
				t.Fatalf("nothing has a button %q", what)
			}
			r.Action, r.Value = pressed.Action, pressed.Value
		case '>':
			text, ok := strings.CutPrefix(what, "/parley ")
			if !ok {
				t.Fatalf("no command: %s", line)
			}
			r.Text = text
		default:
			continue
		}
		out := c.Do(t.Context(), r)
		withinLimits(t, out.Blocks, out.Text)
		each(t, out.Blocks, func(o map[string]any) {
			if o["type"] == "button" {
				buttons[o["text"].(map[string]any)["text"].(string)] = bot.Request{Action: o["action_id"].(string), Value: o["value"].(string)}
			}
		})
		b.WriteString(shown(t, "", out.Blocks))
		fmt.Fprintf(&b, "  read aloud: %s\n", strings.ReplaceAll(out.Text, "\n", "\n  "))
		if out.Replaces {
			b.WriteString("  takes the place of the buttons\n")
		}
		if a := out.Announce; a != nil {
			withinLimits(t, a.Blocks, a.Text)
			fmt.Fprintf(&b, "  in %s, for all:\n%s", a.Channel, shown(t, "  ", a.Blocks))
			fmt.Fprintf(&b, "  if that fails:\n%s", shown(t, "  ", a.Otherwise("parley is not a member of the channel").Blocks))
		}
		b.WriteByte('\n')
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(script), b.String()); diff != "" {
		t.Errorf("(-want +got; -update writes it anew)\n%s", diff)
	}
}

// What is shown before a rule is made is golden as JSON, too.
func TestProposalAsJSON(t *testing.T) {
	d := newDesk()
	c := &bot.Commands{Answers: d, Names: names}
	out := c.Do(t.Context(), bot.Request{Channel: "C1", ChannelName: "us-iran", User: "U1", Text: `watch "truce or war" or kind:setback &lt;!channel&gt; as gulf-watch`, At: now})
	golden(t, "proposal", out.Blocks, out.Text)
	if len(d.own)+len(d.subscribed()) > 0 {
		t.Error("something was stored before a button was pressed")
	}
}

// Making, changing and ending a rule by both doors. Two presses at once do one
// thing; the button is gone after it has been used.
func TestMakingByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		type answered struct {
			r   standin.Response
			err error
		}
		watch, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", "watch kind:setback date:&lt;14d as gulf")
		if err != nil || len(watch.Answers) != 1 || watch.Answers[0].OnlyFor != "U1" {
			t.Fatalf("%+v %v", watch, err)
		}
		if len(w.desk.subscribed()) != 0 || len(w.public("us-iran")) != 0 {
			t.Error("something happened before a button was pressed")
		}
		both := make(chan answered, 2)
		hold := make(chan struct{})
		w.desk.mu.Lock()
		w.desk.before = func(context.Context) { <-hold }
		w.desk.mu.Unlock()
		for range 2 {
			r, err := w.Click(w.ctx, "mina", watch.Answers[0], "Watch here")
			both <- answered{r, err}
		}
		close(hold)
		for range 2 {
			pressed := <-both
			if pressed.err != nil {
				t.Fatal(pressed.err)
			}
		}
		preview := func() standin.Message {
			for _, m := range w.Messages("us-iran") {
				if m.TS == watch.Answers[0].TS {
					return m
				}
			}
			return standin.Message{}
		}
		if err := w.WaitFor(w.ctx, func() bool { return strings.Contains(preview().Text, "Done") }); err != nil {
			t.Fatalf("the preview still says %q", preview().Text)
		}
		if strings.Contains(string(preview().Blocks), "button") {
			t.Error("the buttons are still there")
		}
		told := func() (said string) {
			for _, m := range w.Messages("us-iran") {
				said += m.Text + "\n"
			}
			return said
		}
		if err := w.WaitFor(w.ctx, func() bool {
			return len(w.public("us-iran")) > 0 && strings.Contains(told(), "You pressed that a moment ago")
		}); err != nil {
			t.Fatalf("not all is said: %v\n%s", err, told())
		}
		subs := w.desk.subscribed()
		if len(subs) != 1 || subs[0].To != "rule:gulf" || subs[0].Channel != "#us-iran" || subs[0].Author != "U1" {
			t.Errorf("subscribed: %+v", subs)
		}
		if own, _ := w.desk.MadeRules(w.ctx); len(own) != 1 || own[0].When != "kind:setback date:<14d" || own[0].Owner != "U1" || own[0].Created.IsZero() {
			t.Errorf("made: %+v", own)
		}
		if public := w.public("us-iran"); len(public) != 1 || !strings.Contains(public[0].Text, "<@U1> made the rule `gulf`") {
			t.Errorf("told to all: %+v", public)
		}
		if strings.Count(told(), "You pressed that a moment ago") != 1 {
			t.Errorf("the second press is explained more than once:\n%s", told())
		}
		for text, want := range map[string]string{"rule gulf": "by <@U1>", "watch x as gulf": "is taken", "watch edit gulf (": "closed"} {
			got, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", text)
			if err != nil || !strings.Contains(got.Answers[0].Text, want) {
				t.Errorf("%s: %+v %v, want %q", text, got.Answers, err, want)
			}
		}
		edit, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", "watch edit gulf kind:any")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Click(w.ctx, "mina", edit.Answers[0], "Change it"); err != nil {
			t.Fatal(err)
		}
		if err := w.WaitFor(w.ctx, func() bool { return len(w.public("us-iran")) == 2 }); err != nil {
			t.Fatal(err)
		}
		if end, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", "watch delete gulf"); err != nil || !strings.Contains(end.Answers[0].Text, "is gone") {
			t.Errorf("%+v %v", end.Answers, err)
		}
		if own, _ := w.desk.MadeRules(w.ctx); len(own) != 0 || len(w.desk.subscribed()) != 0 {
			t.Errorf("left: %+v %+v", own, w.desk.subscribed())
		}
		if public := w.public("us-iran"); len(public) != 3 {
			t.Errorf("told to all: %+v", public)
		}
	})
}

// Whatever is typed or pressed, nobody is called and Slack's limits hold.
func TestAnythingMadeIsHarmless(t *testing.T) {
	injected := `&lt;!channel&gt; &lt;@U999&gt; <https://evil.example|click> *b* ` + "```"
	long := strings.Repeat("wörd ", 330)
	for _, text := range []string{
		"watch " + injected, "watch " + injected + " as x", "watch x as " + injected, "watch x as &lt;!channel&gt;", "watch " + long, "watch " + strings.Repeat(long, 4), "watch " + strings.Repeat("停战 ", 400),
		"watch x as " + strings.Repeat("n", 300), "watch edit " + injected, "watch edit gulf " + injected, "watch edit mine " + long, "watch delete " + injected, "watch as x", "watch as", "watch",
		"watch edit", "watch delete", "watch edit mine", "rules export", "rules " + injected, "watch \u202eabc as x", "watch x as x\u202e", "watch (", "watch deal", "watch \"", "watch -x",
		"watch x as export", "watch x as deal", "watch x as us-iran", "watch x as A-Deal", "watch edit deal x", "watch edit mediator-names-date x", "watch delete deal", "watch delete mine", "watch edit mine rule:mine",
	} {
		d := newDesk()
		d.own = madeRules()
		for i := range 40 {
			m := d.own[1]
			m.ID, m.Name, m.When = int64(i+10), fmt.Sprintf("r%d", i), strings.Repeat("wörd ", 20*i)+injected
			d.own = append(d.own, m)
		}
		c := &bot.Commands{Answers: d, Names: names}
		said := func(out bot.Response) {
			t.Helper()
			withinLimits(t, out.Blocks, out.Text)
			all := out.Text + marshal(t, out.Blocks)
			if a := out.Announce; a != nil {
				withinLimits(t, a.Blocks, a.Text)
				all += a.Text + marshal(t, a.Blocks) + a.Otherwise(long).Text
			}
			each(t, out.Blocks, func(o map[string]any) {
				if s, ok := o["text"].(string); ok {
					all += s
				}
			})
			for _, bad := range []string{"<!channel", "<@U999", "<https://evil", "\u202e"} {
				if strings.Contains(all, bad) {
					t.Errorf("%.40q: the answer holds %q", text, bad)
				}
			}
		}
		out := c.Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: text, At: now})
		said(out)
		each(t, out.Blocks, func(o map[string]any) {
			if o["type"] == "button" && strings.HasPrefix(o["action_id"].(string), "parley.make") {
				said(c.Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Action: o["action_id"].(string), Value: o["value"].(string), At: now}))
			}
		})
	}
	c := &bot.Commands{Answers: newDesk(), Names: names}
	for _, value := range []string{"", "{", "null", `{"n":"x"}`, `[]`, `{"n":"x","q":"(","t":1795230000}`, `{"n":"x","q":"y","t":-1}`, `{"n":"<!channel>","q":"y","t":1795230000}`} {
		out := c.Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Action: "parley.make", Value: value, At: now})
		withinLimits(t, out.Blocks, out.Text)
		if out.Text == "" || out.Announce != nil || strings.Contains(out.Text, "<!") {
			t.Errorf("%q: %q", value, out.Text)
		}
	}
}

// A store that fails stores nothing and says so; the button stays.
func TestMakingWithAFailingStore(t *testing.T) {
	d := newDesk()
	c := &bot.Commands{Answers: d, Names: names}
	value, err := json.Marshal(map[string]any{"n": "x", "q": "y", "t": now.Unix()})
	if err != nil {
		t.Fatal(err)
	}
	d.err = errors.New("pq: password for postgres://secret@host")
	for _, r := range []bot.Request{{Action: "parley.make", Value: string(value)}, {Text: "watch x"}, {Text: "watch edit x y"}, {Text: "watch delete x"}, {Text: "rules export"}} {
		r.Channel, r.User, r.At = "C1", "U1", now
		out := c.Do(t.Context(), r)
		if !strings.Contains(out.Text, "cannot answer at the moment") || strings.Contains(out.Text, "secret") || out.Announce != nil || out.Replaces {
			t.Errorf("%+v: %s", r, out.Text)
		}
	}
}

// A button explains itself when the world has changed since it was shown.
func TestStaleButtons(t *testing.T) {
	for name, c := range map[string]struct {
		typed  string
		before func(*desk)
		want   string
	}{
		"the rule was changed": {"watch edit mine war", func(d *desk) { _ = d.ChangeRule(t.Context(), 2, "peace", "U9", now) }, "Meanwhile <@U9> changed `mine` to `peace`. Nothing was stored"},
		"the rule was deleted": {"watch edit mine war", func(d *desk) { _ = d.DeleteRule(t.Context(), 2, nil, "U1", now) }, "was deleted meanwhile"},
		"the name was taken": {"watch war as new", func(d *desk) {
			d.own = append(d.own, bot.MadeRule{MadeRule: news.MadeRule{ID: 9, Rule: news.Rule{Name: "new", When: "war", Owner: "U9"}}})
		}, "Meanwhile <@U9> made a rule `new`. Nothing was stored; take another name: `/parley watch war as new-2`"},
		"the owner is another": {"watch edit mine war", func(d *desk) { d.own[1].Owner = "U9" }, "who alone can change"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk()
			d.own = madeRules()
			co := &bot.Commands{Answers: d, Names: names}
			r := bot.Request{Channel: "C1", User: "U1", Text: c.typed, At: now}
			each(t, co.Do(t.Context(), r).Blocks, func(o map[string]any) {
				if o["type"] == "button" && o["action_id"] == "parley.make" {
					r.Action, r.Value = "parley.make", o["value"].(string)
				}
			})
			c.before(d)
			had := len(d.own)
			out := co.Do(t.Context(), r)
			if !strings.Contains(out.Text, c.want) || out.Announce != nil || len(d.own) != had || len(d.subscribed()) > 0 {
				t.Errorf("%q, want %q", out.Text, c.want)
			}
			if own, _ := d.MadeRules(t.Context()); had > 1 && own[1].When == "war" {
				t.Error("it was stored")
			}
		})
	}
}
