package bot_test

import (
	"strings"
	"testing"

	"parley/bot"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// A subscription whose updates stand in threads alone: the reply is there, and the
// channel is not shown it. Others are shown it.
func TestThreadedUpdates(t *testing.T) {
	s, p := poster(t, standin.Options{})
	card, err := p.Post(t.Context(), []news.Notification{notification("C1", "k", mediatorDate())})
	if err != nil {
		t.Fatal(err)
	}
	for _, threaded := range []bool{true, false} {
		n := notification("C1", "update", mediatorDate())
		n.Target, n.Alert.Threaded = card, threaded
		if _, err := p.Post(t.Context(), []news.Notification{n}); err != nil {
			t.Fatal(err)
		}
		all := s.Messages("us-iran")
		if last := all[len(all)-1]; last.ThreadTS != card.TS || last.Broadcast == threaded {
			t.Errorf("threaded %v: in the thread of %q, broadcast %v", threaded, last.ThreadTS, last.Broadcast)
		}
	}
}

// What looks like a wish inside of a phrase or group is part of the query; all
// wishes can be given in any order, by both doors, and are stored.
func TestWishes(t *testing.T) {
	for typed, want := range map[string]news.Subscription{
		`"water level rising"`:                                   {To: `"water level rising"`},
		`(flood OR quiet)`:                                       {To: `flood OR quiet`},
		`"a b" threaded`:                                         {To: `"a b"`, Threaded: true},
		"sudan as digest 7 level low":                            {To: "negotiation:sudan", Digest: "0 7 * * *", Level: news.Low},
		"sudan level urgent as digest 07.45 weekend in #desk":    {To: "negotiation:sudan", Digest: "45 7 * * SAT,SUN", Level: news.Urgent, Channel: "#desk"},
		"sudan in <#C2|desk> as digest 8:05 monday-thursday,Sat": {To: "negotiation:sudan", Digest: "5 8 * * MON-THU,SAT", Channel: "#desk"},
		"sudan quiet 0-6 threaded":                               {To: "negotiation:sudan", Quiet: "00:00-06:00", Threaded: true},
	} {
		d := newDesk()
		out := (&bot.Commands{Answers: d}).Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: "subscribe " + typed, At: now})
		if subs := d.subscribed(); len(subs) != 1 {
			t.Errorf("%s: %s", typed, out.Text)
		} else if s := subs[0]; s.To != want.To || s.Digest != want.Digest || s.Quiet != want.Quiet || s.Level != want.Level || s.Threaded != want.Threaded || want.Channel != "" && s.Channel != want.Channel {
			t.Errorf("%s: %+v", typed, s)
		}
	}
	doors(t, func(t *testing.T, w *workspace) {
		for _, c := range [][2]string{
			{"subscribe sudan as digest 08:00 weekdays quiet 22:00-07:00", "as a digest at 08:00 on weekdays"},
			{"subscribe sudan level urgent", "only from level urgent on"},
		} {
			got, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", c[0])
			if err != nil || len(got.Answers) != 1 || !strings.Contains(got.Answers[0].Text, c[1]) {
				t.Errorf("%s: %+v %v", c[0], got.Answers, err)
			}
		}
		said := w.public("us-iran")
		if len(said) != 2 || !strings.Contains(said[1].Text, "<@U1> changed this channel's subscription to *Sudan truce talks*  ·  only from level urgent on") {
			t.Errorf("told: %+v", said)
		}
		if subs := w.desk.subscribed(); len(subs) != 1 || subs[0].Digest != "" || subs[0].Level != news.Urgent {
			t.Errorf("stored: %+v", subs)
		}
	})
}
