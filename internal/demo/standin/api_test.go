package standin

import (
	"context"
	"fmt"
	"testing"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"
)

func TestListsComeInPages(t *testing.T) {
	d := newDesk(t, Options{})
	for i := range 7 {
		d.AddChannel(Channel{Name: fmt.Sprintf("room-%d", i), Private: i == 3})
	}
	if err := d.Archive("room-5"); err != nil {
		t.Fatal(err)
	}
	var names []string
	for cursor := ""; ; {
		page, next, err := d.api.GetConversationsContext(soon(t), &slack.GetConversationsParameters{Cursor: cursor, Limit: 3, ExcludeArchived: true})
		if err != nil || len(page) > 3 {
			t.Fatalf("%d channels, %v", len(page), err)
		}
		for _, c := range page {
			names = append(names, c.Name)
		}
		if cursor = next; next == "" {
			break
		}
	}
	if got := fmt.Sprint(names); got != "[us-iran desk room-0 room-1 room-2 room-4 room-6]" {
		t.Error(got)
	}
	if _, _, err := d.api.GetConversationsContext(soon(t), &slack.GetConversationsParameters{Cursor: "x"}); err == nil || err.Error() != "invalid_cursor" {
		t.Errorf("a made-up cursor: %v", err)
	}
}

func TestHistoryLiesBetweenOldestAndLatest(t *testing.T) {
	d := newDesk(t, Options{})
	var ts [5]string
	for i := range ts {
		var err error
		if _, ts[i], err = d.api.PostMessageContext(soon(t), d.talks.ID, slack.MsgOptionText(fmt.Sprint(i), false)); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		p    slack.GetConversationHistoryParameters
		want string
	}{
		{slack.GetConversationHistoryParameters{}, "43210"},
		{slack.GetConversationHistoryParameters{Oldest: ts[1], Latest: ts[3]}, "2"},
		{slack.GetConversationHistoryParameters{Oldest: ts[1], Latest: ts[3], Inclusive: true}, "321"},
		{slack.GetConversationHistoryParameters{Oldest: "0", Limit: 2}, "43"},
	} {
		c.p.ChannelID = d.talks.ID
		h, err := d.api.GetConversationHistoryContext(soon(t), &c.p)
		got := ""
		for _, m := range h.Messages {
			got += m.Text
		}
		if err != nil || got != c.want || h.HasMore != (c.p.Limit == 2) {
			t.Errorf("%+v: %q, more %v, %v; want %q", c.p, got, h.HasMore, err, c.want)
		}
	}
}

func TestPeopleDirectMessagesAndReactions(t *testing.T) {
	d := newDesk(t, Options{})
	ctx := soon(t)
	u, err := d.api.GetUserInfoContext(ctx, d.mina.ID)
	if err != nil || u.TZ != "Europe/London" || u.RealName != "Mina Okafor" {
		t.Errorf("%+v, %v", u, err)
	}
	everyone, err := d.api.GetUsersContext(ctx)
	if err != nil || len(everyone) != 2 {
		t.Errorf("%d users, %v", len(everyone), err)
	}
	dm, _, already, err := d.api.OpenConversationContext(ctx, &slack.OpenConversationParameters{Users: []string{d.mina.ID}})
	if err != nil || already || !dm.IsIM {
		t.Fatalf("%+v, %v", dm, err)
	}
	channel, ts, err := d.api.PostMessageContext(ctx, d.mina.ID, slack.MsgOptionText("for you", false))
	if err != nil || channel != dm.ID {
		t.Errorf("a message to a person went to %s: %v", channel, err)
	}
	if err := d.api.AddReactionContext(ctx, "eyes", slack.NewRefToMessage(dm.ID, ts)); err != nil {
		t.Error(err)
	}
	if err := d.api.AddReactionContext(ctx, "eyes", slack.NewRefToMessage(dm.ID, ts)); err == nil || err.Error() != "already_reacted" {
		t.Errorf("twice: %v", err)
	}
	if m, _ := d.Message(dm.ID, ts); len(m.Reactions) != 1 || m.Reactions[0].Count != 1 {
		t.Errorf("%+v", m.Reactions)
	}
	if _, _, _, err := d.api.JoinConversationContext(ctx, d.other.ID); err != nil {
		t.Error(err)
	}
	if _, _, err := d.api.PostMessageContext(ctx, d.other.ID, slack.MsgOptionText("joined", false)); err != nil {
		t.Errorf("after joining: %v", err)
	}
	if team, err := d.api.GetTeamInfoContext(ctx); err != nil || team.Name != "Parley" {
		t.Errorf("%+v, %v", team, err)
	}
}

func TestSubscribedEventsAreSent(t *testing.T) {
	d := newDesk(t, Options{Subscribed: []string{"member_joined_channel", "channel_archive", "app_home_opened"}})
	got := make(chan string, 8)
	d.connect(t, func(c *socketmode.Client, e socketmode.Event) {
		outer, ok := e.Data.(slackevents.EventsAPIEvent)
		if !ok {
			return
		}
		_ = c.AckCtx(context.Background(), e.Request.EnvelopeID, nil)
		switch in := outer.InnerEvent.Data.(type) {
		case *slackevents.MemberJoinedChannelEvent:
			got <- "joined " + in.Channel + " " + in.User
		case *slackevents.ChannelArchiveEvent:
			got <- "archived " + in.Channel
		case *slackevents.AppHomeOpenedEvent:
			got <- "home " + in.User
		case *slackevents.MessageEvent:
			got <- "message"
		}
	})
	if _, err := d.Say("mina", "us-iran", "", "not subscribed to"); err != nil {
		t.Fatal(err)
	}
	if err := d.Invite("desk", ""); err != nil {
		t.Fatal(err)
	}
	if e := <-got; e != "joined "+d.other.ID+" "+d.BotUser() {
		t.Error(e)
	}
	if err := d.Archive("desk"); err != nil {
		t.Fatal(err)
	}
	if e := <-got; e != "archived "+d.other.ID {
		t.Error(e)
	}
	if err := d.OpenHome(soon(t), "mina"); err != nil {
		t.Error(err)
	}
	if e := <-got; e != "home "+d.mina.ID {
		t.Error(e)
	}
}
