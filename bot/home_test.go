package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// places says that U1 is in two channels.
func places(context.Context, string) ([]bot.Place, error) {
	return []bot.Place{{ID: "C1", Name: "us-iran"}, {ID: "C2", Name: "desk"}}, nil
}

// following is a desk at which U1 follows things in every way.
func following() *desk {
	d := newDesk()
	d.nextID = 40
	d.subs = append(d.subs,
		news.Subscription{ID: 5, Channel: "U1", To: "negotiation:us-iran", Quiet: "22:00-07:00", Author: "U1", Created: now.AddDate(0, 0, -3)},
		news.Subscription{ID: 6, Channel: "#desk", To: "negotiation:sudan", Digest: "0 8 * * MON-FRI", Author: "U2", Created: now.AddDate(0, 0, -9)},
		news.Subscription{ID: 7, Channel: "D9", To: `"safe passage" <!channel>`, Author: "U1", Created: now.AddDate(0, 0, -1)},
		news.Subscription{ID: 8, Channel: "#secret", To: "kind:agreement", Author: "U2", Created: now},
		news.Subscription{ID: 9, Channel: "U2", To: "kind:atmosphere", Author: "U2", Created: now},
	)
	d.quiet = []news.Mute{
		{ID: 21, Channel: "#us-iran", To: "rule:deal", Until: now.Add(5 * time.Hour), Author: "U2", Created: now.Add(-time.Hour), Held: 3},
		{ID: 22, Channel: "U1", To: "", Until: now.Add(time.Hour), Author: "U1", Created: now, Held: 1},
		{ID: 23, Channel: "#secret", To: "", Until: now.Add(time.Hour), Author: "U2", Created: now},
	}
	return d
}

// The App Home as it is at 3 a.m.; empty; without scopes; and with the longest
// and worst that can stand there.
func TestHome(t *testing.T) {
	long := following()
	for i := range 60 {
		long.subs = append(long.subs, news.Subscription{
			ID: int64(100 + i), Channel: "#desk", To: strings.Repeat(fmt.Sprintf("(rule%d OR \"<!channel> مفاوضات\") ", i), 60), Author: "U2", Quiet: "22:00-07:00", Digest: "0 8 * * *", Threaded: true, Level: news.Urgent,
		})
		long.quiet = append(long.quiet, news.Mute{ID: int64(300 + i), Channel: "#desk", To: strings.Repeat("\"<!here>\" ", 150), Until: now, Author: "U2"})
		d := *longest().Development
		d.ID, d.Negotiation, d.First = news.DevelopmentID(1000+i), ptr("us-iran"), now
		long.known = append(long.known, d)
		long.ahead = append(long.ahead, bot.Upcoming{Negotiation: "us-iran", Date: day("x", "2026-12-01", true), By: []news.Tracked{d, d, d, d, d}, Conflicts: d.Dates})
		long.feeds = append(long.feeds, bot.FeedHealth{Feed: news.Feed{Name: strings.Repeat("<!channel> ", 40)}, State: news.FeedState{LastCheck: now, Failures: 2}})
	}
	rtl := *rightToLeft().Development
	rtl.Negotiation = ptr("us-iran")
	long.known = slices.Insert(long.known, 0, rtl)
	empty := newDesk()
	empty.subs, empty.known, empty.ahead, empty.feeds = nil, nil, nil, nil
	for name, c := range map[string]struct {
		desk   *desk
		places func(context.Context, string) ([]bot.Place, error)
		notice string
		want   []string
		not    []string
	}{
		"home": {
			desk: following(), places: places,
			want: []string{"1 of 3 feeds in trouble: *radio-nile*", "Around Tue 24 Nov", "Others name", "Unmute", "to you, as direct messages", "quiet 22:00-07:00", "by the configuration", "in <#C2>", "3 alerts held"},
			not:  []string{"#secret", "U2*", "kind:atmosphere", "<!channel>"},
		},
		"home-empty": {
			desk: empty, places: places, want: []string{"Welcome to parley", "You follow nothing yet", "Nothing yet.", "No date ahead has been named.", "No feed is configured."}, not: []string{"You follow\"", "Muted"},
		},
		"home-without-scopes": {
			desk: following(), notice: "Done: something was done.",
			places: func(context.Context, string) ([]bot.Place, error) {
				return nil, &news.Fault{Kind: news.Shut, Reason: "the Slack app lacks a scope: add channels:read and install it again (missing_scope)"}
			},
			want: []string{"Done: something was done.", "channels:read", "to you, as direct messages"}, not: []string{"#secret", "by the configuration", "<#C2>"},
		},
		"home-longest": {desk: long, places: places, notice: strings.Repeat("A long notice.\n", 400), want: []string{"more: `/parley subscriptions`", "All dates", "more: `/parley mutes all`"}, not: []string{"<!channel>", "<!here>"}},
	} {
		t.Run(name, func(t *testing.T) {
			home := &bot.Commands{Answers: c.desk, Names: names, Places: c.places}
			view := home.Home(t.Context(), bot.Request{Channel: "U1", User: "U1", At: now}, c.notice)
			viewWithin(t, view, view.Blocks.BlockSet)
			if err := standin.CheckView("home", view); err != nil {
				t.Error(err)
			}
			goldenSurface(t, name, view)
			shown := plainJSON(json.RawMessage(marshal(t, view)))
			for _, want := range c.want {
				if !strings.Contains(shown, want) {
					t.Errorf("%q is missing", want)
				}
			}
			for _, bad := range c.not {
				if strings.Contains(shown, bad) {
					t.Errorf("%q stands there", bad)
				}
			}
		})
	}
}

// homeHas waits until the Home of mina shows something.
func (w *workspace) homeHas(t *testing.T, want string) standin.View {
	t.Helper()
	var home standin.View
	err := w.WaitFor(w.ctx, func() bool {
		var ok bool
		home, ok = w.Home("mina")
		return ok && strings.Contains(plainJSON(home.Blocks), want)
	})
	if err != nil {
		t.Fatalf("the Home never showed %q: %v\n%s", want, err, home.Blocks)
	}
	return home
}

// plainJSON undoes what encoding does to < and >.
func plainJSON(raw json.RawMessage) string {
	return strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(raw))
}

// The Home is drawn when it is opened, and anew after something was pressed on
// it; what was done is told to the channel with who did it.
func TestHomeByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		w.room.Commands.Answers, w.room.Commands.Places = following(), bot.NewSlack(w.room.API, names).Places
		desk := w.room.Commands.Answers.(*desk)
		if err := w.Event(w.ctx, map[string]any{"type": "app_home_opened", "user": "U1", "tab": "messages"}); err != nil {
			t.Fatal(err)
		}
		if err := w.OpenHome(w.ctx, "mina"); err != nil {
			t.Fatal(err)
		}
		home := w.homeHas(t, "You follow")
		press := func(what string) {
			t.Helper()
			if _, err := w.ClickView(w.ctx, "mina", home.ID, what); err != nil {
				t.Fatal(err)
			}
		}
		press("unmute 21")
		home = w.homeHas(t, "Done: alerts for the rule *A deal* come to #us-iran again")
		if strings.Contains(plainJSON(home.Blocks), "unmute 21") {
			t.Error("the mute is still shown")
		}
		if told := w.public("us-iran"); len(told) != 1 || !strings.Contains(told[0].Text, "<@U1> ended the mute") {
			t.Errorf("told: %+v", told)
		}
		press("mute 6")
		home = w.homeHas(t, "alerts for *Sudan truce talks* in #desk are held until")
		press("end 6")
		home = w.homeHas(t, "no more alerts for *Sudan truce talks*")
		if slices.ContainsFunc(desk.subscribed(), func(s news.Subscription) bool { return s.ID == 6 }) {
			t.Error("the subscription has not ended")
		}
		if told := w.public("desk"); len(told) != 2 {
			t.Errorf("told: %+v", told)
		}
		// What only looks opens a modal.
		press("Where talks stand")
		modal, err := w.WaitView(w.ctx, "mina")
		if err != nil || !strings.Contains(string(modal.Blocks), "How negotiations stand") {
			t.Errorf("%s, %v", modal.Blocks, err)
		}
	})
}

// What a button of a Home means is looked up anew, among what its reader may see.
func TestHomeLooksAgain(t *testing.T) {
	d := following()
	c := &bot.Commands{Answers: d, Names: names, Places: places}
	for value, want := range map[string]string{
		"unmute 23": "no longer in its channel", "unmute 99": "over already", "end 8": "no longer in its channel", "end 9": "no longer in its channel", "mute 8": "no longer in its channel",
		"": "older version", "what 5": "older version", "end": "ended meanwhile",
	} {
		out := c.Do(t.Context(), bot.Request{Channel: "U1", User: "U1", Action: "parley.home", Value: value, At: now})
		if !strings.Contains(out.Text, want) || out.Announce != nil {
			t.Errorf("%q: %s, want %q", value, out.Text, want)
		}
	}
	if len(d.subscribed()) != 5 || len(d.quiet) != 3 {
		t.Error("something was changed")
	}
}

// Where no modal can be opened any more the Home says what to type.
func TestHomeWithAnExpiredTrigger(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		if err := w.OpenHome(w.ctx, "mina"); err != nil {
			t.Fatal(err)
		}
		home := w.homeHas(t, "Welcome")
		w.Fail(standin.Fault{Kind: standin.Refused, Method: "views.open", Error: "expired_trigger_id"})
		if _, err := w.ClickView(w.ctx, "mina", home.ID, "Help"); err != nil {
			t.Fatal(err)
		}
		w.homeHas(t, "go on in words: `/parley help` in any channel")
	})
}

// A Home whose store does not answer says so.
func TestHomeInTrouble(t *testing.T) {
	d := newDesk()
	d.err = fmt.Errorf("the disk is gone")
	c := &bot.Commands{Answers: d, Names: names}
	view := c.Home(t.Context(), bot.Request{Channel: "U1", User: "U1", At: now}, "")
	section, ok := view.Blocks.BlockSet[0].(*slack.SectionBlock)
	if !ok || !strings.Contains(section.Text.Text, "cannot be read") {
		t.Errorf("%s", marshal(t, view))
	}
}

// In a conversation with the app alerts go to the person, who is not told of what
// other people get.
func TestDirectMessages(t *testing.T) {
	d := following()
	c := &bot.Commands{Answers: d, Names: names}
	ask := func(text string) bot.Response {
		t.Helper()
		return c.Do(t.Context(), bot.Request{Channel: "D9", User: "U1", Text: text, At: now})
	}
	if out := ask("subscriptions"); !strings.Contains(out.Text, "US–Iran") || !strings.Contains(out.Text, "safe passage") {
		t.Errorf("%s", out.Text)
	}
	if out := ask("subscriptions all"); strings.Contains(out.Text, "atmosphere") || !strings.Contains(out.Text, "safe passage") {
		t.Errorf("other people's direct messages are listed: %s", out.Text)
	}
	if out := ask("subscribe sudan"); !strings.Contains(out.Text, "go to your conversation with me") {
		t.Errorf("%s", out.Text)
	}
	d.subs = nil
	if out := ask(""); !strings.Contains(out.Text, "You are subscribed to nothing yet") {
		t.Errorf("%s", out.Text)
	}
	if out := ask("subscribe sudan"); out.Announce == nil || out.Announce.Channel != "U1" || d.subs[0].Channel != "U1" {
		t.Errorf("%+v: %+v", out, d.subs)
	}
}
