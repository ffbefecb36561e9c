package standin

import (
	"context"
	"errors"
	"io"
	"log"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// desk is a workspace with two channels, of which the bot is in the first, and
// one person.
type desk struct {
	*Server
	url   string
	api   *slack.Client
	mina  User
	talks Channel
	other Channel
}

func newDesk(t *testing.T, o Options, options ...slack.Option) *desk {
	t.Helper()
	s := New(o)
	web := httptest.NewServer(s.Handler())
	t.Cleanup(web.Close)
	t.Cleanup(func() { _ = s.Close() })
	s.SetURL(web.URL)
	d := &desk{Server: s, url: web.URL}
	d.mina = s.AddUser(User{Name: "mina", RealName: "Mina Okafor", Zone: "Europe/London"})
	d.talks = s.AddChannel(Channel{Name: "us-iran", Topic: "The talks in Islamabad"})
	d.other = s.AddChannel(Channel{Name: "desk"})
	if err := s.Invite("us-iran", ""); err != nil {
		t.Fatal(err)
	}
	options = append([]slack.Option{slack.OptionAPIURL(web.URL + "/api/"), slack.OptionAppLevelToken(s.AppToken())}, options...)
	d.api = slack.New(s.BotToken(), options...)
	return d
}

// soon is a context that ends the test's patience.
func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// connect runs a Socket Mode bot that hands each event to handle.
func (d *desk) connect(t *testing.T, handle func(*socketmode.Client, socketmode.Event)) *socketmode.Client {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	c := socketmode.New(d.api, socketmode.OptionLog(log.New(io.Discard, "", 0)))
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = c.RunContext(ctx)
	}()
	go func() {
		for {
			select {
			case e := <-c.Events:
				handle(c, e)
			case <-ctx.Done():
				return
			}
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
	if err := d.WaitConnected(soon(t)); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAMessageIsPostedUpdatedReadBackAndDeleted(t *testing.T) {
	d := newDesk(t, Options{})
	ctx := soon(t)
	who, err := d.api.AuthTestContext(ctx)
	if err != nil || who.UserID != d.BotUser() || who.BotID != d.BotID() {
		t.Fatalf("auth.test: %+v, %v", who, err)
	}
	meta := slack.SlackMetadata{EventType: "parley_alert", EventPayload: map[string]any{"alert_id": "A-1", "rev": float64(1)}}
	head := slack.NewHeaderBlock(slack.NewTextBlockObject(slack.PlainTextType, "Talks resume", false, false))
	channel, ts, err := d.api.PostMessageContext(ctx, "#us-iran", slack.MsgOptionText("Talks resume &amp; go on", false),
		slack.MsgOptionBlocks(head), slack.MsgOptionMetadata(meta), slack.MsgOptionDisableLinkUnfurl())
	if err != nil || channel != d.talks.ID {
		t.Fatalf("posted to %s: %v", channel, err)
	}
	_, second, err := d.api.PostMessageContext(ctx, d.talks.ID, slack.MsgOptionText("a reply", false), slack.MsgOptionTS(ts))
	if err != nil || second <= ts {
		t.Fatalf("the reply has stamp %s after %s: %v", second, ts, err)
	}
	if _, _, _, err := d.api.UpdateMessageContext(ctx, d.talks.ID, ts, slack.MsgOptionText("Talks moved", false)); err != nil {
		t.Fatal(err)
	}
	history, err := d.api.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: d.talks.ID, IncludeAllMetadata: true})
	if err != nil || len(history.Messages) != 1 {
		t.Fatalf("history: %+v, %v", history, err)
	}
	m := history.Messages[0]
	if m.Text != "Talks moved" || len(m.Blocks.BlockSet) != 0 || m.Edited == nil || m.ReplyCount != 1 || m.Metadata.EventPayload["alert_id"] != "A-1" {
		t.Errorf("the updated message is %+v", m.Msg)
	}
	replies, _, _, err := d.api.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{ChannelID: d.talks.ID, Timestamp: ts})
	if err != nil || len(replies) != 2 || replies[1].Text != "a reply" {
		t.Errorf("replies: %+v, %v", replies, err)
	}
	if got, _ := d.Message("us-iran", ts); got.UnfurlLinks == nil || *got.UnfurlLinks || got.UnfurlMedia != nil {
		t.Errorf("unfurl flags were not kept: %+v", got)
	}
	link, err := d.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: d.talks.ID, Ts: ts})
	if err != nil || !strings.HasPrefix(link, d.url) {
		t.Errorf("permalink %q, %v", link, err)
	}
	if _, _, err := d.api.DeleteMessageContext(ctx, d.talks.ID, second); err != nil {
		t.Fatal(err)
	}
	if left := d.Messages("us-iran"); len(left) != 1 || len(d.Posts()) != 2 {
		t.Errorf("%d messages are left of %d posts", len(left), len(d.Posts()))
	}
}

func TestErrorCodesAreSlacks(t *testing.T) {
	d := newDesk(t, Options{Scopes: []string{"chat:write"}})
	d.AddChannel(Channel{ID: "COLD", Name: "old"})
	for _, err := range []error{d.Invite("old", ""), d.Archive("old")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	secret := d.AddChannel(Channel{Name: "secret", Private: true})
	closed := d.AddChannel(Channel{Name: "announcements"})
	for _, err := range []error{d.Invite("announcements", ""), d.Restrict("announcements")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	text := slack.MsgOptionText("x", false)
	post := func(channel string, o ...slack.MsgOption) func(context.Context, *slack.Client) error {
		return func(ctx context.Context, c *slack.Client) error {
			_, _, err := c.PostMessageContext(ctx, channel, o...)
			return err
		}
	}
	foreign := slack.New("xoxb-other", slack.OptionAPIURL(d.url+"/api/"))
	nobody := slack.New("", slack.OptionAPIURL(d.url+"/api/"))
	app := slack.New(d.AppToken(), slack.OptionAPIURL(d.url+"/api/"))
	for _, c := range []struct {
		want   string
		client *slack.Client
		do     func(context.Context, *slack.Client) error
	}{
		{"invalid_auth", foreign, post(d.talks.ID, text)},
		{"not_authed", nobody, post(d.talks.ID, text)},
		{"not_allowed_token_type", app, post(d.talks.ID, text)},
		{"channel_not_found", d.api, post("C404", text)},
		{"channel_not_found", d.api, post(secret.ID, text)},
		{"not_in_channel", d.api, post(d.other.ID, text)},
		{"is_archived", d.api, post("COLD", text)},
		{"restricted_action", d.api, post(closed.ID, text)},
		{"no_text", d.api, post(d.talks.ID)},
		{"msg_too_long", d.api, post(d.talks.ID, slack.MsgOptionText(strings.Repeat("é", 40_001), false))},
		{"thread_not_found", d.api, post(d.talks.ID, text, slack.MsgOptionTS("1.000001"))},
		{"message_not_found", d.api, func(ctx context.Context, c *slack.Client) error {
			_, _, _, err := c.UpdateMessageContext(ctx, d.talks.ID, "1.000001", text)
			return err
		}},
		{"missing_scope", d.api, func(ctx context.Context, c *slack.Client) error {
			_, err := c.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: d.talks.ID})
			return err
		}},
		{"user_not_in_channel", d.api, func(ctx context.Context, c *slack.Client) error {
			late := d.AddUser(User{Name: "late"})
			if err := d.Remove("us-iran", "late"); err != nil {
				return err
			}
			_, err := c.PostEphemeralContext(ctx, d.talks.ID, late.ID, text)
			return err
		}},
	} {
		err := c.do(soon(t), c.client)
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("want %s, got %v", c.want, err)
		}
	}
	calls := d.Calls("conversations.history")
	if len(calls) != 1 || calls[0].Outcome != "missing_scope" || calls[0].Applied {
		t.Errorf("the call was noted as %+v", calls)
	}
}

func TestASlashCommandGoesRoundBySocketMode(t *testing.T) {
	d := newDesk(t, Options{})
	d.connect(t, func(c *socketmode.Client, e socketmode.Event) {
		cmd, ok := e.Data.(slack.SlashCommand)
		if !ok {
			return
		}
		ctx := context.Background()
		switch cmd.Text {
		case "ack":
			_ = c.AckCtx(ctx, e.Request.EnvelopeID, map[string]any{"text": "in the acknowledgement, " + cmd.UserName})
		case "url":
			_ = c.AckCtx(ctx, e.Request.EnvelopeID, nil)
			_, _, _ = d.api.PostMessageContext(ctx, "", slack.MsgOptionResponseURL(cmd.ResponseURL, slack.ResponseTypeInChannel), slack.MsgOptionText("by the response URL", false))
		case "ephemeral":
			_ = c.AckCtx(ctx, e.Request.EnvelopeID, nil)
			_, _ = d.api.PostEphemeralContext(ctx, cmd.ChannelID, cmd.UserID, slack.MsgOptionText("for you alone", false))
		case "modal":
			_ = c.AckCtx(ctx, e.Request.EnvelopeID, nil)
			_, _ = d.api.OpenViewContext(ctx, cmd.TriggerID, subscribeModal())
		}
	})
	for text, want := range map[string]string{"ack": "in the acknowledgement, mina", "url": "by the response URL", "ephemeral": "for you alone"} {
		r, err := d.Slash(soon(t), "mina", "us-iran", "/parley", text)
		if err != nil || len(r.Answers) != 1 || r.Answers[0].Text != want {
			t.Errorf("%s: %+v, %v", text, r, err)
			continue
		}
		if forOne := r.Answers[0].OnlyFor == d.mina.ID; forOne == (text == "url") {
			t.Errorf("%s is shown to %q", text, r.Answers[0].OnlyFor)
		}
	}
	r, err := d.Slash(soon(t), "mina", "us-iran", "/parley", "modal")
	if err != nil || r.Modal == nil || r.Modal.Title != "Subscribe" {
		t.Errorf("modal: %+v, %v", r, err)
	}
}

func subscribeModal() slack.ModalViewRequest {
	plain := func(s string) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
	}
	return slack.ModalViewRequest{
		Type: slack.VTModal, Title: plain("Subscribe"), Submit: plain("Save"), CallbackID: "subscribe",
		Blocks: slack.Blocks{BlockSet: []slack.Block{
			slack.NewInputBlock("query", plain("Query"), nil, slack.NewPlainTextInputBlockElement(plain("negotiation:us-iran"), "query")),
		}},
	}
}

func TestASlashCommandThatIsNotAcknowledgedIsShownToFail(t *testing.T) {
	d := newDesk(t, Options{AckWithin: 50 * time.Millisecond})
	if _, err := d.Slash(soon(t), "mina", "us-iran", "/parley", "latest"); !errors.Is(err, errNoConnection) {
		t.Errorf("without a connection: %v", err)
	}
	d.connect(t, func(*socketmode.Client, socketmode.Event) {})
	if _, err := d.Slash(soon(t), "mina", "us-iran", "/parley", "latest"); !errors.Is(err, ErrNotAcknowledged) {
		t.Errorf("with a silent bot: %v", err)
	}
	said := d.Messages("us-iran")
	if len(said) != 2 || !strings.Contains(said[0].Text, "dispatch_failed") || !strings.Contains(said[1].Text, "operation_timeout") {
		t.Errorf("the person was told %+v", said)
	}
}

func TestAButtonIsClickedAndTheMessageReplaced(t *testing.T) {
	d := newDesk(t, Options{})
	d.connect(t, func(c *socketmode.Client, e socketmode.Event) {
		click, ok := e.Data.(slack.InteractionCallback)
		if !ok || click.Type != slack.InteractionTypeBlockActions {
			return
		}
		ctx := context.Background()
		_ = c.AckCtx(ctx, e.Request.EnvelopeID, nil)
		a := click.ActionCallback.BlockActions[0]
		text := a.ActionID + "=" + a.Value + a.SelectedOption.Value + " by " + click.User.Name + " on " + click.Message.Text
		_, _, _ = d.api.PostMessageContext(ctx, "", slack.MsgOptionReplaceOriginal(click.ResponseURL), slack.MsgOptionText(text, false))
	})
	plain := func(s string) *slack.TextBlockObject {
		return slack.NewTextBlockObject(slack.PlainTextType, s, false, false)
	}
	row := slack.NewActionBlock("row",
		slack.NewButtonBlockElement("useful", "D-12", plain("Useful")),
		slack.NewOverflowBlockElement("more", slack.NewOptionBlockObject("mute-1d", plain("Mute for a day"), nil)))
	for what, want := range map[string]string{
		"useful": "useful=D-12 by mina on A card", "Useful": "useful=D-12 by mina on A card",
		"D-12": "useful=D-12 by mina on A card", "mute-1d": "more=mute-1d by mina on A card", "Mute for a day": "more=mute-1d by mina on A card",
	} {
		_, ts, err := d.api.PostMessageContext(soon(t), d.talks.ID, slack.MsgOptionText("A card", false), slack.MsgOptionBlocks(row))
		if err != nil {
			t.Fatal(err)
		}
		m, _ := d.Message("us-iran", ts)
		if _, err := d.Click(soon(t), "mina", m, what); err != nil {
			t.Fatal(err)
		}
		if _, err := d.WaitMessage(soon(t), "us-iran", func(m Message) bool { return m.TS == ts && m.Text == want && m.Edits == 1 }); err != nil {
			now, _ := d.Message("us-iran", ts)
			t.Errorf("%s: %v; the message says %q", what, err, now.Text)
		}
	}
	m, _ := d.Message("us-iran", d.Posts()[0].TS)
	if _, err := d.Click(soon(t), "mina", m, "useful"); err == nil {
		t.Error("a button that was replaced could be clicked")
	}
}

// A Home may be put up anew between the look at it and the click, and then what is
// clicked on stands in another block.
func TestAClickMeetsWhatStandsThereAtThatMoment(t *testing.T) {
	d := newDesk(t, Options{})
	d.connect(t, func(c *socketmode.Client, e socketmode.Event) {
		if e.Request != nil {
			_ = c.AckCtx(context.Background(), e.Request.EnvelopeID, nil)
		}
	})
	all, err := d.api.GetUsersContext(soon(t))
	if err != nil {
		t.Fatal(err)
	}
	user := all[slices.IndexFunc(all, func(u slack.User) bool { return u.Name == "mina" })].ID
	label := slack.NewTextBlockObject(slack.PlainTextType, "Edit…", false, false)
	rows := 0
	put := func() error {
		row := slack.NewActionBlock("", slack.NewButtonBlockElement("edit", "edit S-1", label))
		blocks := []slack.Block{slack.NewDividerBlock(), row}[rows%2:]
		rows++
		home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: blocks}}
		_, err := d.api.PublishViewContext(t.Context(), slack.PublishViewContextRequest{UserID: user, View: home})
		return err
	}
	if err := put(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var again sync.WaitGroup
	again.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
				_ = put()
			}
		}
	})
	for range 100 {
		v, ok := d.Home("mina")
		if !ok {
			t.Fatal("she has no Home")
		}
		if _, err := d.ClickView(soon(t), "mina", v.ID, "edit S-1"); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	again.Wait()
}

func TestAModalIsSubmittedSentBackAndClosed(t *testing.T) {
	d := newDesk(t, Options{})
	d.connect(t, func(c *socketmode.Client, e socketmode.Event) {
		ctx := context.Background()
		switch data := e.Data.(type) {
		case slack.SlashCommand:
			_ = c.AckCtx(ctx, e.Request.EnvelopeID, nil)
			_, _ = d.api.OpenViewContext(ctx, data.TriggerID, subscribeModal())
		case slack.InteractionCallback:
			v := data.View.State.Values["query"]["query"].Value
			var answer any
			if strings.Contains(v, "negotation") {
				answer = slack.NewErrorsViewSubmissionResponse(map[string]string{"query": "did you mean negotiation?"})
			}
			_ = c.AckCtx(ctx, e.Request.EnvelopeID, answer)
		}
	})
	r, err := d.Slash(soon(t), "mina", "us-iran", "/parley", "subscribe")
	if err != nil {
		t.Fatal(err)
	}
	var sentBack InputErrors
	_, err = d.Submit(soon(t), "mina", r.Modal.ID, nil)
	if !errors.As(err, &sentBack) || !strings.Contains(err.Error(), "complete this required field") {
		t.Errorf("an empty field was submitted: %v", err)
	}
	_, err = d.Submit(soon(t), "mina", r.Modal.ID, map[string][]string{"query": {"negotation:us-iran"}})
	if !errors.As(err, &sentBack) || sentBack["query"] != "did you mean negotiation?" {
		t.Errorf("a misspelt query: %v", err)
	}
	if _, err := d.Submit(soon(t), "mina", r.Modal.ID, map[string][]string{"query": {"negotiation:us-iran"}}); err != nil {
		t.Error(err)
	}
	if v, open := d.Modal("mina"); open {
		t.Errorf("the modal %s is still open", v.ID)
	}
}
