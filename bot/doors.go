package bot

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// interaction sorts what people do with the mouse: buttons of messages, of
// modals and of the App Home, modals that they send, and the shortcut of a
// message. Everything but a sent modal is acknowledged at once and empty.
func (r *Room) interaction(ctx context.Context, t *turn, i slack.InteractionCallback) {
	ctx = context.WithoutCancel(ctx)
	if i.Type == slack.InteractionTypeViewSubmission {
		refused := &turn{ack: func([]byte) error {
			r.reply(t, answerModal(onlyText("parley does not serve this workspace any more, so nothing was changed.")))
			return nil
		}}
		r.inside(ctx, i.Team.ID, refused, func(room *Room) { room.sent(ctx, t, i) })
		return
	}
	if _, err := t.take(nil); err != nil {
		r.Log.Warn("an interaction was not acknowledged", "type", string(i.Type), "err", err)
	}
	r.inside(ctx, i.Team.ID, &turn{url: i.ResponseURL, acked: true}, func(room *Room) { room.used(ctx, i) })
}

// used does what somebody asked with the mouse, once it is known in which
// workspace that was.
func (r *Room) used(ctx context.Context, i slack.InteractionCallback) {
	r.ready()
	switch {
	case i.Type == slack.InteractionTypeBlockActions && i.View.ID != "" && len(i.ActionCallback.BlockActions) > 0:
		r.pressedInView(ctx, i)
	case i.Type == slack.InteractionTypeBlockActions:
		r.pressed(ctx, i)
	case i.Type == slack.InteractionTypeMessageAction:
		r.shortcut(ctx, i)
	default:
		r.Log.Info("an interaction that nothing here makes", "type", string(i.Type))
	}
}

// bring delivers an answer to somebody who pressed something on a message: as a
// modal if the answer is one, and as a message otherwise, or when Slack's three
// seconds for opening a modal are over.
func (r *Room) bring(ctx context.Context, t *turn, trigger string, out Response) {
	if out.Opens == nil {
		r.deliver(ctx, t, out)
		return
	}
	_, err := r.API.OpenViewContext(ctx, trigger, *out.Opens)
	if err == nil {
		return
	}
	r.Log.Info("a modal could not be opened; the answer is told in words", "modal", out.Opens.CallbackID, "err", faultOf(err))
	r.deliver(ctx, t, out.instead())
}

// instead is an answer in words where a modal could not be opened.
func (out Response) instead() Response {
	said := onlyText("Slack gives three seconds to open a window, and this time they were over. Press again, or go on in words: " + out.Text)
	if len(out.Blocks) > 1 { // more than the sentence itself
		out.Blocks = append([]slack.Block{contextLine("Slack gives three seconds to open a window, and this time they were over, so here it is as a message.")}, out.Blocks...)
		said.Blocks = out.Blocks[:min(len(out.Blocks), maxBlocks)]
	}
	return said
}

// shortcut answers the shortcut in the menu of a message.
func (r *Room) shortcut(ctx context.Context, i slack.InteractionCallback) {
	t := &turn{url: i.ResponseURL, acked: true}
	if i.CallbackID != ShortcutRead {
		r.deliver(ctx, t, onlyText("That shortcut is from an older version of me and does nothing now. `/parley help` lists what there is."))
		return
	}
	request := Request{Channel: i.Channel.ID, ChannelName: channelName(i.Channel.Name), User: i.User.ID, Text: "read", At: r.Now()}
	message := messageOf(i)
	run := func() {
		out := r.guard(func() Response {
			return r.limited(ctx, func(ctx context.Context) Response { return r.Commands.readMessage(ctx, request, message) })
		})
		r.bring(ctx, t, i.TriggerID, out)
		r.Log.Info("command", "verb", "shortcut read", "channel", request.Channel, "user", request.User, "took", r.Now().Sub(request.At))
	}
	if !r.lanes.do("user "+i.User.ID, run) {
		r.deliver(ctx, t, onlyText("Too much is being asked at the moment. Try again in a few seconds."))
	}
}

// limited gives f the time of a look-up.
func (r *Room) limited(ctx context.Context, f func(context.Context) Response) Response {
	ctx, cancel := context.WithTimeout(ctx, lookWithin)
	defer cancel()
	return f(ctx)
}

// pressedInView answers what somebody used on the App Home or in a modal.
func (r *Room) pressedInView(ctx context.Context, i slack.InteractionCallback) {
	action := i.ActionCallback.BlockActions[0]
	run := func() {
		if r.again(ctx, i, action) {
			return // the first press shows what comes of it
		}
		if i.View.Type == slack.VTHomeTab {
			r.pressedAtHome(ctx, i, action)
			return
		}
		r.pressedInModal(ctx, i, action)
	}
	if !r.lanes.do("user "+i.User.ID, run) {
		r.Log.Warn("a press was passed over: too much is waiting", "user", i.User.ID)
	}
}

// pressedAtHome answers a press on the App Home. What only looks opens a modal;
// what changes something is told at the head of the Home, which is drawn anew.
func (r *Room) pressedAtHome(ctx context.Context, i slack.InteractionCallback, action *slack.BlockAction) {
	request := Request{Channel: i.User.ID, User: i.User.ID, At: r.Now()}
	out, known := Response{}, true
	switch {
	case strings.HasPrefix(action.ActionID, actionForm):
		request.Action, request.Value = action.ActionID, action.Value
		out = r.answer(ctx, request)
	case action.ActionID == actionHome:
		request.Action, request.Value = action.ActionID, action.Value
		if action.Value == "" {
			request.Value = action.SelectedOption.Value
		}
		out = r.answer(ctx, request)
	case strings.HasPrefix(action.ActionID, actionRun) && looksOnly(action.Value):
		request.Text = action.Value
		out = asModal(r.answer(ctx, request))
		out.Text, out.Blocks = "`/parley "+mrkdwn(action.Value)+"` in any channel.", nil // if it cannot be shown in a window
	default:
		known = false
	}
	if !known {
		out = oldButton()
	}
	if out.Opens != nil {
		_, err := r.API.OpenViewContext(ctx, i.TriggerID, *out.Opens)
		if err == nil {
			return
		}
		r.Log.Info("a modal could not be opened; the Home says what to type", "modal", out.Opens.CallbackID, "err", faultOf(err))
		out = out.instead()
	}
	r.home(ctx, i.User.ID, out.Text)
}

// home draws the App Home of a person, with what is to be told at its head.
func (r *Room) home(ctx context.Context, user, notice string) {
	request := Request{Channel: user, User: user, At: r.Now()}
	within, cancel := context.WithTimeout(ctx, homeWithin)
	defer cancel()
	view := r.homeView(within, request, notice)
	_, err := r.API.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: view})
	if err != nil {
		r.Log.Warn("the App Home could not be shown", "user", user, "err", faultOf(err))
	}
}

// homeView is the Home, or a sentence in its place when a defect breaks it.
func (r *Room) homeView(ctx context.Context, request Request, notice string) slack.HomeTabViewRequest {
	var view slack.HomeTabViewRequest
	broken := r.guard(func() Response {
		view = r.Commands.Home(ctx, request, notice)
		return Response{}
	})
	if broken.Text != "" {
		view = homeOf(broken.Blocks)
	}
	return view
}

// homeWithin bounds how long a Home may take: nobody waits for an
// acknowledgement, but somebody looks at an empty page.
const homeWithin = 5 * time.Second

// opened draws the App Home of whoever opens it.
func (r *Room) opened(ctx context.Context, e Event) {
	var of struct {
		Tab string `json:"tab"`
	}
	if json.Unmarshal(e.Inner, &of) != nil || of.Tab != "home" || e.User == "" {
		return // the messages tab
	}
	if !r.lanes.do("user "+e.User, func() { r.home(context.WithoutCancel(ctx), e.User, "") }) {
		r.Log.Warn("an App Home was not drawn: too much is waiting", "user", e.User)
	}
}
