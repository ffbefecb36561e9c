package bot

import (
	"context"
	"strings"

	"github.com/slack-go/slack"
)

// A Notice tells whoever looks after parley what needs them.
type Notice struct {
	Trouble string   // of parley itself: a sentence in mrkdwn
	Ill     []Ailing // feeds
	Well    []string // names of feeds that are well again
}

// Ailing is a feed that needs somebody, with a sentence that goes on after its name.
type Ailing struct{ Feed, Says string }

// maxTold is how many feeds one notice tells of; `parley feeds` has them all.
const maxTold = 10

// Say posts a notice. An error is always a *news.Fault.
func (s *Slack) Say(ctx context.Context, channel string, n Notice) error {
	_, _, err := s.api.PostMessageContext(ctx, channel, slack.MsgOptionText(n.text(), false),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	return faultOf(err)
}

// SayAside tells somebody, or a channel, that nothing can be posted in a channel any
// more, and what to do. An error is always a *news.Fault.
func (s *Slack) SayAside(ctx context.Context, to, channel, reason string) error {
	text := "I can post no more in " + showChannel(channel) + ": " + mrk(clip(tidy(reason), 280), maxField) + ".\n" +
		"Nothing is lost: what is meant for it is kept. When it is put right, `/parley retry` sends that; `/parley unsubscribe all in #its-name` ends what it is subscribed to."
	_, _, err := s.api.PostMessageContext(ctx, to, slack.MsgOptionText(text, false),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
	return faultOf(err)
}

// text writes the notice in mrkdwn. What outlets wrote cannot mention or link
// anything in it.
func (n Notice) text() string {
	var lines []string
	if n.Trouble != "" {
		lines = append(lines, "🛑 "+n.Trouble)
	}
	for i, f := range n.Ill {
		if i == maxTold {
			lines = append(lines, "and "+plural(len(n.Ill)-i, "other feed")+"; `/parley feeds` lists them")
			break
		}
		lines = append(lines, "⚠️ The feed *"+mrk(plain(f.Feed), maxName)+"* "+mrk(clip(tidy(f.Says), 280), maxField))
	}
	if len(n.Well) > 0 {
		names := make([]string, 0, maxTold)
		for i, name := range n.Well {
			if i == maxTold {
				names = append(names, "and "+itoa(len(n.Well)-i)+" more")
				break
			}
			names = append(names, "*"+mrk(plain(name), maxName)+"*")
		}
		lines = append(lines, "✅ Well again: "+strings.Join(names, ", "))
	}
	return strings.Join(lines, "\n")
}
