package bot_test

import (
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/internal/news"
)

// The menu of a card mutes for those who read the channel: what is chosen is
// stored with who chose it, told to all, and choosing it twice does one thing.
func TestMuteMenuByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		n := news.Notification{Key: "k", Channel: "#us-iran", Alert: mediatorDate(), Created: time.Now()}
		if _, err := bot.NewSlack(w.room.API, names).Post(w.ctx, []news.Notification{n}); err != nil {
			t.Fatal(err)
		}
		card := w.public("us-iran")[0]
		choose := func(option, want string) {
			t.Helper()
			pressed, err := w.Click(w.ctx, "mina", card, option)
			if err != nil {
				t.Fatal(err)
			}
			answers, err := w.WaitAnswers(w.ctx, pressed, 1)
			if err != nil || !strings.Contains(answers[0].Text, want) || answers[0].OnlyFor != "U1" {
				t.Errorf("%s: %+v, %v, want %q", option, answers, err, want)
			}
		}
		choose("for 8 hours", "Done: alerts for *US–Iran talks* in this channel are held until")
		choose("for 8 hours", "You pressed that a moment ago")
		choose("until the next round", "until the next round begins")
		choose("this rule for a week: Mediator Names Date", "the rule *Mediator names a date*")
		choose("the kind", "Noted with your name: of D-12 the kind is wrong. If you know what is right")
		choose("the kind", "You pressed that a moment ago")
		if len(w.desk.labels) != 1 || w.desk.labels[0].Author != "U1" || w.desk.labels[0].What != news.WrongKind {
			t.Errorf("labels: %+v", w.desk.labels)
		}
		mutes, err := w.desk.Mutes(w.ctx)
		if err != nil || len(mutes) != 2 || mutes[0].To != "negotiation:us-iran" || mutes[0].Round != "us-iran" || mutes[0].Author != "U1" || mutes[0].Channel != "#us-iran" || mutes[1].To != "rule:mediator-names-date" {
			t.Errorf("%+v %v", mutes, err)
		}
		said := w.public("us-iran")
		if len(said) != 4 || !strings.Contains(said[1].Text, "<@U1> muted alerts for *US–Iran talks* in this channel until") {
			t.Errorf("told: %+v", said)
		}
	})
}

// What a forged choice says is done only if it mutes.
func TestForgedMute(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		if _, _, err := w.room.API.PostMessageContext(w.ctx, "C1", forged("parley.mute", "unsubscribe all")...); err != nil {
			t.Fatal(err)
		}
		pressed, err := w.Click(w.ctx, "mina", w.public("us-iran")[0], "x")
		if err != nil {
			t.Fatal(err)
		}
		answers, err := w.WaitAnswers(w.ctx, pressed, 1)
		if err != nil || !strings.Contains(answers[0].Text, "older version") {
			t.Errorf("%+v, %v", answers, err)
		}
	})
}

// forged is a message with a menu whose one option, called x, has a value of
// somebody else's making.
func forged(action, value string) []slack.MsgOption {
	option := slack.NewOptionBlockObject(value, slack.NewTextBlockObject("plain_text", "x", false, false), nil)
	menu := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, slack.NewTextBlockObject("plain_text", "m", false, false), action, option)
	return []slack.MsgOption{slack.MsgOptionText("forged", false), slack.MsgOptionBlocks(slack.NewActionBlock("", menu))}
}
