package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
	"golang.org/x/sync/errgroup"
)

// connections is how many Socket Mode connections are held. Slack ends each of
// them every few hours, with little notice; with two, the other one hears what
// is said meanwhile.
const connections = 2

// Socket hears the workspace over Socket Mode until ctx ends, when it returns
// nil, or until Slack refuses in a way that waiting does not mend, which is told
// in a sentence. It reconnects by itself.
func (r *Room) Socket(ctx context.Context) error {
	r.ready()
	g, inner := errgroup.WithContext(ctx)
	for range connections {
		g.Go(func() error { return r.connection(inner) })
	}
	err := g.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// connection runs one Socket Mode client. Its consumer does nothing but sort, as
// the library drops what is not taken in time.
func (r *Room) connection(ctx context.Context) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	client := socketmode.New(r.API, socketmode.OptionLog(log.New(io.Discard, "", 0)))
	ended := make(chan error, 1)
	go func() { ended <- client.RunContext(ctx) }()
	for {
		select {
		case e := <-client.Events:
			if err := r.socketEvent(ctx, client, e); err != nil {
				stop(err)
				<-ended
				return err
			}
		case err := <-ended:
			if ctx.Err() != nil {
				return nil
			}
			return refusedSocket(err)
		}
	}
}

func (r *Room) socketEvent(ctx context.Context, client *socketmode.Client, e socketmode.Event) error {
	switch e.Type {
	case socketmode.EventTypeConnected:
		r.Log.Info("connected to Slack")
	case socketmode.EventTypeConnectionError:
		failed, ok := e.Data.(*slack.ConnectionErrorEvent)
		if !ok {
			return nil
		}
		if fatalSocket(failed.ErrorObj) {
			return refusedSocket(failed.ErrorObj)
		}
		r.Log.Warn("Slack cannot be reached; trying again", "in", failed.Backoff, "err", faultOf(failed.ErrorObj))
	case socketmode.EventTypeErrorBadMessage:
		r.Log.Warn("Slack sent a frame that cannot be read; it was passed over")
	case socketmode.EventTypeErrorWriteFailed:
		r.unwritten(ctx, e)
	case socketmode.EventTypeSlashCommand, socketmode.EventTypeInteractive, socketmode.EventTypeEventsAPI:
		if e.Request != nil {
			r.envelope(ctx, client, e)
		}
	}
	return nil
}

// unwritten brings an answer by the other way whose acknowledgement met a
// connection that had ended.
func (r *Room) unwritten(ctx context.Context, e socketmode.Event) {
	r.Log.Warn("an acknowledgement did not reach Slack")
	failed, ok := e.Data.(*socketmode.ErrorWriteFailed)
	if !ok || failed.Response == nil {
		return
	}
	t := r.recent.get(failed.Response.EnvelopeID)
	if t == nil {
		return
	}
	if payload := t.answered(); payload != nil {
		r.lanes.do("late "+failed.Response.EnvelopeID, func() {
			if err := r.late(context.WithoutCancel(ctx), t.url, payload); err != nil {
				r.Log.Warn("an answer was lost", "err", err)
			}
		})
	}
}

// envelope takes one message of the workspace, unless it came before: Slack may
// bring it over another connection again when it misses our acknowledgement.
func (r *Room) envelope(ctx context.Context, client *socketmode.Client, e socketmode.Event) {
	id := e.Request.EnvelopeID
	ack := func(payload []byte) error {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ackWithin)
		defer cancel()
		if payload == nil {
			return client.AckCtx(ctx, id, nil)
		}
		return client.AckCtx(ctx, id, json.RawMessage(payload))
	}
	first, err := r.seen.SeenOnce(ctx, "slack envelope "+id, r.Now(), keepSeen)
	if err != nil {
		r.Log.Warn("whether an envelope came before cannot be told; it is taken", "err", err)
	} else if !first {
		if t := r.recent.get(id); t != nil {
			err = t.again(ack)
		} else {
			err = ack(nil) // another process has answered it
		}
		if err != nil {
			r.Log.Warn("an envelope that came twice was not acknowledged again", "err", err)
		}
		return
	}
	switch data := e.Data.(type) {
	case slack.SlashCommand:
		t := &turn{url: data.ResponseURL, ack: ack}
		r.recent.add(id, t)
		r.inside(ctx, data.TeamID, t, func(room *Room) { room.command(ctx, t, data) })
	case slack.InteractionCallback:
		t := &turn{ack: ack}
		r.recent.add(id, t)
		r.interaction(ctx, t, data)
	default:
		if err := ack(nil); err != nil {
			r.Log.Warn("an event was not acknowledged", "err", err)
		}
		var o outer
		if json.Unmarshal(e.Request.Payload, &o) == nil {
			r.heard(ctx, o)
		}
	}
}

// fatalSocket tells the refusals that the library would retry for ever.
func fatalSocket(err error) bool {
	refused, ok := errors.AsType[slack.SlackErrorResponse](err)
	if !ok {
		return false
	}
	switch refused.Err {
	case "missing_scope", "link_disabled", "not_allowed_token_type", "invalid_auth", "not_authed", "token_revoked", "token_expired",
		"account_inactive", "no_permission", "team_access_not_granted", "access_denied", "socket_mode_not_enabled":
		return true
	}
	return false
}

// refusedSocket says why Socket Mode is over and what to do.
func refusedSocket(err error) error {
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok && status.Code == http.StatusNotFound {
		return errors.New("Slack does not know this way to connect (404): set SLACK_APP_TOKEN to an app-level token that starts with xapp-")
	}
	refused, ok := errors.AsType[slack.SlackErrorResponse](err)
	if !ok {
		return faultOf(err)
	}
	switch refused.Err {
	case "missing_scope":
		return errors.New("the app-level token lacks a scope: make one with connections:write and set SLACK_APP_TOKEN (missing_scope)")
	case "link_disabled", "socket_mode_not_enabled":
		return fmt.Errorf("Socket Mode is switched off for the app: switch it on under Socket Mode in its settings (%s)", refused.Err)
	case "not_allowed_token_type":
		return errors.New("SLACK_APP_TOKEN is no app-level token: it must start with xapp- (not_allowed_token_type)")
	}
	return fmt.Errorf("Slack does not accept the app-level token: set a valid SLACK_APP_TOKEN (%s)", refused.Err)
}
