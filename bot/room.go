package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// A Room hears what people type and press, has Commands answer it, and brings
// the answer back. Socket and Web are its two doors; both may be open at once.
type Room struct {
	Commands *Commands
	API      *slack.Client // for announcements
	Once     SeenOnce      // tells what came twice; nil: remembered in memory only
	Log      *slog.Logger
	Now      func() time.Time
	HTTP     *http.Client // brings late answers; nil: one with a time limit
	// Heard is told of every event of the Events API, once; nil: nobody is.
	Heard func(context.Context, Event)
	// Of returns the room of a team, where several workspaces come in by the doors of
	// this one; its error is a sentence to whoever asks. Nil: all are asked here.
	Of func(ctx context.Context, team string) (*Room, error)

	setup  sync.Once
	lanes  lanes
	recent recent
	self   self
	latest latest
	seen   SeenOnce
	http   *http.Client
}

// inside does f in the room of a team, or tells whoever asked by t that there is
// none. Nothing that comes in by a door is done but by it: what one workspace asks
// must not be answered out of another.
func (r *Room) inside(ctx context.Context, team string, t *turn, f func(*Room)) {
	if r.Of == nil {
		f(r)
		return
	}
	room, err := r.Of(ctx, team)
	if err == nil {
		f(room)
		return
	}
	r.Log.Warn("something was asked in a workspace that is not served", "team", team, "err", err)
	r.lanes.do("refused "+team, func() {
		r.deliver(context.WithoutCancel(ctx), t, onlyText(mrk(plain(err.Error()), maxField)+"."))
	})
}

// SeenOnce remembers keys. The store has it, so that a request is not taken
// twice by replicas either.
type SeenOnce interface {
	// SeenOnce reports whether key is met for the first time, and remembers it
	// for keep from at on.
	SeenOnce(ctx context.Context, key string, at time.Time, keep time.Duration) (first bool, err error)
}

// Slack waits three seconds for an answer. A look-up gets two; what is not
// answered a little before the end is acknowledged empty and answered later. A
// test of a query may take as long as a late answer.
const (
	lookWithin  = 2 * time.Second
	ackWithin   = 2500 * time.Millisecond
	lateWithin  = 30 * time.Second
	keepSeen    = 15 * time.Minute // longer than Slack retries or a signature is valid
	maxAckBytes = 19000            // Slack drops an acknowledgement of 20 KB without a word
)

func (r *Room) ready() {
	r.setup.Do(func() {
		if r.seen = r.Once; r.seen == nil {
			r.seen = &memory{until: map[string]time.Time{}}
		}
		if r.http = r.HTTP; r.http == nil {
			r.http = &http.Client{Timeout: 5 * time.Second}
		}
	})
}

// Wait blocks until all that was asked so far has been answered, or until the
// context ends. What is asked meanwhile may be waited for as well, so the doors are
// best closed before.
func (r *Room) Wait(ctx context.Context) error { return r.lanes.wait(ctx) }

// command queues a slash command behind those that the channel asked before. It
// returns at once; the answer comes through the turn.
func (r *Room) command(ctx context.Context, t *turn, c slack.SlashCommand) {
	request := Request{Channel: c.ChannelID, ChannelName: channelName(c.ChannelName), User: c.UserID, Text: c.Text, At: r.Now()}
	r.queue(ctx, t, request)
}

func channelName(name string) string {
	switch name {
	case "directmessage", "privategroup":
		return ""
	}
	return name
}

func (r *Room) queue(ctx context.Context, t *turn, request Request) {
	r.ready()
	// What has been accepted is answered even if the door closes meanwhile.
	ctx = context.WithoutCancel(ctx)
	patience := time.AfterFunc(ackWithin, func() {
		if _, err := t.take(nil); err != nil {
			r.Log.Warn("a command was not acknowledged", "err", err)
		}
	})
	accepted := r.lanes.do(laneOf(request), func() {
		defer patience.Stop()
		r.deliver(ctx, t, r.answer(ctx, request))
	})
	if !accepted {
		patience.Stop()
		r.deliver(ctx, t, onlyText("Too much is being asked in this channel at the moment. Ask again in a few seconds."))
	}
}

// laneOf names the lane of a request: that of its channel. What takes long waits
// in one of its own, one at a time, so that neither the channel nor the machine
// is held up by it.
func laneOf(request Request) string {
	if takesLong(request.Text) {
		return "slow"
	}
	return request.Channel
}

// answer runs a command and posts what it announces.
func (r *Room) answer(ctx context.Context, request Request) (out Response) {
	began := r.Now()
	out = r.told(ctx, r.do(ctx, request))
	verb, _, _ := strings.Cut(typed(request.Text), " ")
	r.Log.Info("command", "verb", clip(verb+request.Action, 40), "channel", request.Channel, "user", request.User, "took", r.Now().Sub(began))
	return out
}

// told posts what an answer announces; the answer says so if that fails.
func (r *Room) told(ctx context.Context, out Response) Response {
	if a := out.Announce; a != nil {
		if err := r.announce(ctx, a); err != nil {
			r.Log.Warn("a change could not be announced", "channel", a.Channel, "err", err)
			return a.Otherwise(err.Error())
		}
	}
	if u := out.Upload; u != nil {
		if reason, forbidden := r.upload(ctx, u); reason != "" {
			r.Log.Warn("a picture could not be uploaded", "channel", u.Channel, "why", reason)
			out = u.Otherwise(reason, forbidden)
		}
	}
	return out
}

// do runs a command. A defect in one command is a sentence to the asker, not the
// end of the program.
func (r *Room) do(ctx context.Context, request Request) (out Response) {
	within := lookWithin
	if takesLong(request.Text) {
		within = lateWithin
	}
	ctx, cancel := context.WithTimeout(ctx, within)
	defer cancel()
	return r.guard(func() Response { return r.Commands.Do(ctx, request) })
}

// guard makes a defect in f an answer.
func (r *Room) guard(f func() Response) (out Response) {
	defer func() {
		if p := recover(); p != nil {
			r.Log.Error("a command failed", "panic", p, "stack", string(debug.Stack()))
			out = onlyText("Something in me broke while I answered that; it is in my log. Other commands still work.")
		}
	}()
	return f()
}

// announce posts what all may read. Limits are waited for, briefly.
func (r *Room) announce(ctx context.Context, a *Announcement) error {
	ctx, cancel := context.WithTimeout(ctx, lateWithin)
	defer cancel()
	for {
		_, _, err := r.API.PostMessageContext(ctx, a.Channel, slack.MsgOptionText(a.Text, false), slack.MsgOptionBlocks(a.Blocks...),
			slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl())
		err = faultOf(err)
		fault, ok := errors.AsType[*news.Fault](err)
		if !ok || fault.Kind != news.Limited {
			return err
		}
		wait := time.NewTimer(fault.RetryAfter)
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return err
		}
	}
}

// deliver answers in the acknowledgement if there is still time and it fits, and
// by the response URL otherwise.
func (r *Room) deliver(ctx context.Context, t *turn, out Response) {
	payload, err := json.Marshal(onlyYou(out))
	if err != nil {
		r.Log.Error("an answer cannot be written", "err", err)
		payload, _ = json.Marshal(onlyYou(onlyText("I have an answer but cannot write it down; it is in my log.")))
	}
	if len(payload) < maxAckBytes {
		taken, err := t.take(payload)
		if taken && err == nil {
			return
		}
		if err != nil {
			r.Log.Warn("an answer did not go through the acknowledgement", "err", err)
		}
	} else if _, err := t.take(nil); err != nil {
		r.Log.Warn("a command was not acknowledged", "err", err)
	}
	if err := r.late(ctx, t.url, payload); err != nil {
		r.Log.Warn("an answer was lost", "err", err)
	}
}

// A whisper is a message to one person, as acknowledgements and response URLs
// take it.
type whisper struct {
	ResponseType    string        `json:"response_type"`
	ReplaceOriginal bool          `json:"replace_original"` // of the message with the button; false: it stays
	Text            string        `json:"text"`
	Blocks          []slack.Block `json:"blocks,omitempty"`
	UnfurlLinks     bool          `json:"unfurl_links"`
	UnfurlMedia     bool          `json:"unfurl_media"`
}

func onlyYou(out Response) whisper {
	return whisper{ResponseType: "ephemeral", ReplaceOriginal: out.Replaces, Text: out.Text, Blocks: out.Blocks}
}

// late posts an answer to a response URL. Its errors do not tell the URL, which
// is a secret while it lives.
func (r *Room) late(ctx context.Context, url string, payload []byte) error {
	if url == "" {
		return errors.New("Slack gave no address to answer to")
	}
	ctx, cancel := context.WithTimeout(ctx, lateWithin)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(payload))
	if err != nil {
		return errors.New("Slack gave an address that cannot be read")
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	answer, err := r.http.Do(request)
	if err != nil {
		return networkFault(err)
	}
	defer func() { _ = answer.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 1<<16))
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("Slack answered with status %d", answer.StatusCode)
	}
	return nil
}

// pressed answers a button: the one who pressed it sees what the command behind
// it says. What cannot be understood, such as a button of an older version, is
// explained.
func (r *Room) pressed(ctx context.Context, i slack.InteractionCallback) {
	if len(i.ActionCallback.BlockActions) == 0 {
		r.Log.Info("a press of nothing")
		return
	}
	action := i.ActionCallback.BlockActions[0]
	request := Request{Channel: i.Channel.ID, ChannelName: channelName(i.Channel.Name), User: i.User.ID, At: r.Now()}
	known := true
	switch {
	case action.ActionID == actionMake || action.ActionID == actionCancel || action.ActionID == actionShare:
		request.Action, request.Value = action.ActionID, action.Value
	case strings.HasPrefix(action.ActionID, actionForm):
		request.Action, request.Value = action.ActionID, action.Value
	case action.ActionID == actionMute && strings.HasPrefix(action.SelectedOption.Value, "mute "):
		request.Text = action.SelectedOption.Value
	case action.ActionID == actionPicture && strings.HasPrefix(action.Value, "timeline "):
		request.Text = action.Value
	case action.ActionID == actionStatus && strings.HasPrefix(action.Value, "status "):
		request.Text = action.Value
	case action.ActionID == actionWrong && strings.HasPrefix(action.SelectedOption.Value, "wrong "):
		request.Text = action.SelectedOption.Value
	case strings.HasPrefix(action.ActionID, actionRun) && looksOnly(action.Value):
		request.Text = action.Value
	default:
		known = false
	}
	t := &turn{url: i.ResponseURL, acked: true}
	run := func() {
		if r.again(ctx, i, action) {
			r.deliver(ctx, t, onlyText("You pressed that a moment ago: the answer is above, or on its way."))
			return
		}
		out := oldButton()
		if known {
			out = r.answer(ctx, request)
		}
		r.bring(ctx, t, i.TriggerID, out)
	}
	if !r.lanes.do(laneOf(request), run) {
		r.deliver(ctx, t, onlyText("Too much is being asked in this channel at the moment. Press again in a few seconds."))
	}
}

// doubleClick is how soon a second press of one button is taken for the first.
const doubleClick = 5 * time.Second

// again reports whether somebody pressed the same button a moment ago. Whoever
// waits longer wants to see it anew.
func (r *Room) again(ctx context.Context, i slack.InteractionCallback, action *slack.BlockAction) bool {
	message := i.Container.MessageTs
	if message == "" {
		message = i.Message.Timestamp
	}
	if i.View.ID != "" { // drawn anew, it is another
		message = i.View.ID + " " + i.View.Hash
	}
	key := strings.Join([]string{i.Team.ID, "slack press", i.User.ID, i.Channel.ID, message, action.ActionID, action.Value, action.SelectedOption.Value}, " ")
	first, err := r.seen.SeenOnce(ctx, key, r.Now(), doubleClick)
	return err == nil && !first
}
