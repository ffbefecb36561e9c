package bot_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// What is typed behind read is understood, an article that is stored too; other
// links are never opened.
func TestReading(t *testing.T) {
	plain := func(t *testing.T, blocks []slack.Block) string { return plainJSON(json.RawMessage(marshal(t, blocks))) }
	long := newDesk()
	worst := *hostile().Development
	worst.Evidence.Quote = strings.Repeat("<!channel> مفاوضات ", 400)
	worst.Negotiation = ptr(strings.Repeat("x", 3000))
	stored := roads()["https://example.net/w"]
	stored.Item.Title = strings.Repeat("محادثات <!here> ", 200)
	stored.Reading.Silence = nil
	for range 40 {
		stored.Reading.Developments = append(stored.Reading.Developments, worst.Development, longest().Development.Development)
		stored.Reading.Dates = append(stored.Reading.Dates, news.Mention{Span: strings.Repeat("<!here>", 90), From: "2026-11-20", To: "2026-11-20"})
	}
	long.roads["https://example.net/long"] = stored
	quiet := stored
	quiet.Reading.Developments = nil
	long.roads["https://example.net/quiet"] = quiet
	for name, c := range map[string]struct {
		text      string
		want, not []string
	}{
		"reading": {
			"Pakistan says talks will resume around Tuesday",
			[]string{"Who says it", "Tahir Andrabi, Pakistan (mediator)", "around Tue 24 Nov 2026", "Expected", "we expect both delegations", "Watch this negotiation", "Nothing of it is stored"},
			[]string{"<b>"},
		},
		"reading-silent":  {"Oman says no date has been set", []string{"No development:* a bare", "“Friday” is Fri 20 Nov 2026 (when somebody spoke)"}, []string{"<!channel>", "Watch this"}},
		"reading-stored":  {"https://example.com/a?x=1&amp;y=2", []string{"The article", "dawn", "Why, and why not"}, []string{"Nothing of it is stored"}},
		"reading-link":    {"https://elsewhere.example/x and talks will resume", []string{"elsewhere.example", "I open no other links", "Who says it"}, nil},
		"reading-longest": {"https://example.net/long", []string{"and 76 more developments"}, []string{"<!channel>", "<!here>", "<@U"}},
		"reading-quiet":   {"https://example.net/quiet", []string{"and 34 more"}, []string{"<!here>"}},
	} {
		t.Run(name, func(t *testing.T) {
			ask := &bot.Commands{Answers: long, Names: names}
			out := ask.Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: "read " + c.text, At: now})
			withinLimits(t, out.Blocks, out.Text)
			golden(t, name, out.Blocks, out.Text)
			shown := plain(t, out.Blocks)
			for _, want := range c.want {
				if !strings.Contains(shown, want) {
					t.Errorf("%q is missing", want)
				}
			}
			for _, bad := range c.not {
				if strings.Contains(shown, bad) || strings.Contains(out.Text, bad) {
					t.Errorf("%q stands there", bad)
				}
			}
		})
	}
}

// The shortcut of a message opens a modal with the same; where none can be opened
// any more it is told in a message.
func TestReadWithParleyByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		read := func(text string) standin.Response {
			t.Helper()
			said, err := w.Say("mina", "us-iran", "", text)
			if err != nil {
				t.Fatal(err)
			}
			pressed, err := w.MessageShortcut(w.ctx, "mina", said, "parley.read")
			if err != nil {
				t.Fatal(err)
			}
			return pressed
		}
		modal := func(want string) {
			t.Helper()
			m, err := w.WaitView(w.ctx, "mina")
			if err != nil || !strings.Contains(plainJSON(m.Blocks), want) || m.Title != "parley" || m.Submit != "" {
				t.Errorf("%s, %v, want %q", m.Blocks, err, want)
			}
			if err := w.CloseModal(w.ctx, "mina"); err != nil {
				t.Error(err)
			}
		}
		read("*Talks* to resume on Tuesday, <https://elsewhere.example/a|says> <@U1>")
		modal("Who says it")
		read("see <https://example.com/a?x=1&amp;y=2>")
		modal("The article")
		read("no date has been set")
		modal("No development")
		read(":wave:")
		modal("no words in it")
		if _, _, err := w.room.API.PostMessageContext(w.ctx, "C1", slack.MsgOptionAttachments(slack.Attachment{Title: "Talks resume", TitleLink: "https://elsewhere.example/b", Text: "in Muscat"})); err != nil {
			t.Fatal(err)
		}
		list := w.public("us-iran")
		if _, err := w.MessageShortcut(w.ctx, "mina", list[len(list)-1], "parley.read"); err != nil {
			t.Fatal(err)
		}
		modal("Who says it")

		w.Fail(standin.Fault{Kind: standin.Refused, Method: "views.open", Error: "expired_trigger_id"})
		answers, err := w.WaitAnswers(w.ctx, read("talks resume today"), 1)
		if err != nil || !strings.Contains(plainJSON(answers[0].Blocks), "Who says it") || answers[0].OnlyFor != "U1" {
			t.Errorf("%+v, %v", answers, err)
		}
		old, err := w.MessageShortcut(w.ctx, "mina", list[0], "parley.of.last.year")
		if err != nil {
			t.Fatal(err)
		}
		if answers, err = w.WaitAnswers(w.ctx, old, 1); err != nil || !strings.Contains(answers[0].Text, "older version") {
			t.Errorf("%+v, %v", answers, err)
		}
	})
}

// A store that hangs is answered in words within the time of a look-up.
func TestAReadingIsBounded(t *testing.T) {
	d := newDesk()
	c := &bot.Commands{Answers: d, Names: names}
	began := time.Now()
	out := c.Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: "read " + strings.Repeat("https://x.example/y ", 150) + strings.Repeat("word ", 500), At: now})
	withinLimits(t, out.Blocks, out.Text)
	if time.Since(began) > 5*time.Second {
		t.Error("a long text takes long")
	}
}
