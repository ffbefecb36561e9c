package bot

import (
	"context"
	"sync"

	"github.com/slack-go/slack"
)

// self is the bot's own user, which is asked for once.
type self struct {
	mu   sync.Mutex
	user string
}

func (s *self) id(ctx context.Context, api *slack.Client) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.user == "" {
		who, err := api.AuthTestContext(ctx)
		if err != nil {
			return "", faultOf(err)
		}
		s.user = who.UserID
	}
	return s.user, nil
}

// joined greets a channel that parley was invited to. Of others who join it does
// nothing: a channel is told what its people did with parley, and no more.
func (r *Room) joined(ctx context.Context, e Event) {
	if e.Channel == "" || e.User == "" {
		return
	}
	ctx = context.WithoutCancel(ctx)
	r.lanes.do("joined "+e.Channel, func() {
		own, err := r.self.id(ctx, r.API)
		if err != nil {
			r.Log.Warn("parley may have been invited, and cannot tell whether it was", "channel", e.Channel, "err", err)
			return
		}
		if e.User != own {
			return
		}
		if err := r.announce(ctx, greeting(e.Channel)); err != nil {
			r.Log.Warn("a channel that parley was invited to could not be greeted", "channel", e.Channel, "err", err)
		}
	})
}

// greeting is what a channel reads that parley was invited to: three lines and two
// buttons.
func greeting(channel string) *Announcement {
	said := "I tell this channel when a negotiation develops: a date is named, talks end, a deal is made.\n" +
		"Nothing comes until somebody subscribes, for example with `/parley subscribe us-iran`.\n" +
		"Whatever you ask, such as `/parley status`, only you see the answer; who subscribes or mutes something is told here."
	return &Announcement{Channel: channel, Text: said, Blocks: []slack.Block{
		slack.NewSectionBlock(mrkdwnObject(said), nil, nil),
		slack.NewActionBlock("", prime(formButton("Subscribe…", formSubscribe, "")), runButton("All commands", "help")),
	}}
}
