package standin

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// slackbot is who tells a person that a command failed.
const slackbot = "USLACKBOT"

// Slash types a slash command for a user (id or name) into a channel (id or
// name). It returns once the bot has acknowledged and shown something: in the
// acknowledgement, by its response URL, as an ephemeral message, or as a modal.
// A bot that shows nothing before the context ends is an error, since a person
// would be left wondering.
func (s *Server) Slash(ctx context.Context, userRef, channelRef, command, text string) (Response, error) {
	r, err := s.slash(ctx, userRef, channelRef, command, text)
	if err != nil {
		return r, err
	}
	if err := s.wait(ctx, func() bool { s.gather(&r); return len(r.Answers) > 0 || r.Modal != nil }); err != nil {
		return r, fmt.Errorf("%s %s was acknowledged and never answered: %w", command, text, err)
	}
	return r, nil
}

// slash returns as soon as the bot has acknowledged.
func (s *Server) slash(ctx context.Context, userRef, channelRef, command, text string) (Response, error) {
	s.mu.Lock()
	c, u, err := s.place(channelRef, cmp.Or(userRef, "?"))
	if err != nil {
		s.mu.Unlock()
		return Response{}, err
	}
	t := s.trigger(u.ID, c.ID)
	name := c.Name
	if c.direct() {
		name = "directmessage"
	}
	payload := map[string]any{
		"token": "standin", "team_id": s.teamID, "team_domain": "standin", "channel_id": c.ID, "channel_name": name,
		"user_id": u.ID, "user_name": u.Name, "command": command, "text": text, "api_app_id": s.appID,
		"is_enterprise_install": "false", "response_url": s.hook(t, "", ""), "trigger_id": t.id,
	}
	s.mu.Unlock()

	r, err := s.send(ctx, t, envelope{Type: "slash_commands", Payload: payload, Accepts: true})
	if err == nil && r.Ack != nil {
		err = s.show(t, r.Ack)
	}
	if err != nil {
		code := "dispatch_failed"
		if errors.Is(err, ErrNotAcknowledged) {
			code = "operation_timeout"
		}
		s.mu.Lock()
		s.put(c, &Message{User: slackbot, OnlyFor: u.ID, Text: fmt.Sprintf("`%s` failed with the error `%s`", command, code)})
		s.mu.Unlock()
		return r, fmt.Errorf("%s %s: %w", command, text, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gather(&r)
	return r, nil
}

// send delivers a request that came of a trigger.
func (s *Server) send(ctx context.Context, t *trigger, e envelope) (Response, error) {
	started := s.now()
	ack, err := s.deliver(ctx, e, t.channel)
	return Response{ID: t.id, Ack: ack, Took: s.now().Sub(started)}, err
}

// trigger makes the right to open a modal, and the record of what is shown
// because of one act. Call with mu held.
func (s *Server) trigger(user, channel string) *trigger {
	t := &trigger{id: s.id("Tr") + "." + secret(), user: user, channel: channel, start: s.stamp()}
	s.triggers[t.id] = t
	time.AfterFunc(triggerLife, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		t.expired = true
	})
	return t
}

// show posts what an acknowledgement says, as Slack does with a body that has
// text or blocks.
func (s *Server) show(t *trigger, ack json.RawMessage) error {
	var said hookBody
	if err := json.Unmarshal(ack, &said); err != nil {
		return fmt.Errorf("the acknowledgement is no message: %w", err)
	}
	if said.empty() {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.say(t, said)
}

// gather collects what a person was shown since their act. Call with mu held.
func (s *Server) gather(r *Response) {
	t := s.triggers[r.ID]
	if t == nil {
		return
	}
	c := s.find(t.channel)
	if c == nil {
		return
	}
	r.Answers = nil
	for _, m := range c.messages {
		own := slices.Contains(t.answers, m.TS)
		if own || m.OnlyFor == t.user && m.User == s.botUser && compareStamps(m.TS, t.start) > 0 && !s.answersAnother(t, m.TS) {
			r.Answers = append(r.Answers, m.copy())
		}
	}
	if v := s.top(t.user); t.opened && v != nil {
		shown := *v
		r.Modal = &shown
	}
}

// answersAnother says whether a message is known to answer a different act.
func (s *Server) answersAnother(t *trigger, ts string) bool {
	for _, o := range s.triggers {
		if o != t && slices.Contains(o.answers, ts) {
			return true
		}
	}
	return false
}

// WaitAnswers blocks until at least n messages were shown because of an act.
func (s *Server) WaitAnswers(ctx context.Context, r Response, n int) ([]Message, error) {
	err := s.wait(ctx, func() bool { s.gather(&r); return len(r.Answers) >= n })
	if err != nil {
		err = fmt.Errorf("waiting for %d answers, %d came: %w", n, len(r.Answers), err)
	}
	return r.Answers, err
}

// Say posts a person's own message, in a thread when threadTS is given. The bot
// hears of it if it subscribed to message events or is mentioned.
func (s *Server) Say(userRef, channelRef, threadTS, text string) (Message, error) {
	s.mu.Lock()
	c, u, err := s.place(channelRef, cmp.Or(userRef, "?"))
	if err != nil {
		s.mu.Unlock()
		return Message{}, err
	}
	m := &Message{User: u.ID, ThreadTS: threadTS, Text: text}
	s.put(c, m)
	said := m.copy()
	heard := c.has(s.botUser)
	s.mu.Unlock()
	if heard {
		event := map[string]any{"type": "message", "channel": c.ID, "channel_type": c.kind(), "user": u.ID, "text": text, "ts": said.TS, "event_ts": said.TS, "team": s.teamID}
		if threadTS != "" {
			event["thread_ts"] = threadTS
		}
		s.announce(event)
		if strings.Contains(text, "<@"+s.botUser+">") {
			mention := map[string]any{"type": "app_mention", "channel": c.ID, "user": u.ID, "text": text, "ts": said.TS, "event_ts": said.TS}
			s.announce(mention)
		}
	}
	return said, nil
}

// OpenHome opens the App Home tab for a user, which tells the bot to publish it.
func (s *Server) OpenHome(ctx context.Context, userRef string) error {
	s.mu.Lock()
	u := s.user(userRef)
	if u == nil {
		s.mu.Unlock()
		return fmt.Errorf("there is no user %q", userRef)
	}
	event := map[string]any{"type": "app_home_opened", "user": u.ID, "channel": s.direct(u.ID).ID, "tab": "home"}
	if v := s.homes[u.ID]; v != nil {
		event["view"] = wireView(v, nil)
	}
	s.mu.Unlock()
	return s.Event(ctx, event)
}

// Shortcut runs a global shortcut of the bot for a user.
func (s *Server) Shortcut(ctx context.Context, userRef, callbackID string) (Response, error) {
	return s.interact(ctx, userRef, "", func(_ *channel, u *User, t *trigger) (object, error) {
		return object{"type": "shortcut", "callback_id": callbackID, "action_ts": s.stamp()}, nil
	})
}

// MessageShortcut runs a message shortcut of the bot on a message.
func (s *Server) MessageShortcut(ctx context.Context, userRef string, m Message, callbackID string) (Response, error) {
	return s.interact(ctx, userRef, m.Channel, func(c *channel, u *User, t *trigger) (object, error) {
		on := c.message(m.TS)
		if on == nil {
			return nil, fmt.Errorf("there is no message %s in %s", m.TS, m.Channel)
		}
		return object{
			"type": "message_action", "callback_id": callbackID, "action_ts": s.stamp(), "message_ts": m.TS,
			"message": s.wire(c, on, false), "channel": object{"id": c.ID, "name": c.Name}, "response_url": s.hook(t, "", ""),
		}, nil
	})
}

// interact delivers an interaction that build describes; the parts that all
// interactions share are added.
func (s *Server) interact(ctx context.Context, userRef, channelRef string, build func(*channel, *User, *trigger) (object, error)) (Response, error) {
	s.mu.Lock()
	u, c := s.user(userRef), s.find(channelRef)
	if u == nil || channelRef != "" && c == nil {
		s.mu.Unlock()
		return Response{}, fmt.Errorf("there is no user %q or no channel %q", userRef, channelRef)
	}
	in := ""
	if c != nil {
		in = c.ID
	}
	t := s.trigger(u.ID, in)
	payload, err := build(c, u, t)
	if err != nil {
		s.mu.Unlock()
		return Response{}, err
	}
	for k, v := range (object{
		"token": "standin", "api_app_id": s.appID, "trigger_id": t.id, "enterprise": nil, "is_enterprise_install": false,
		"team": object{"id": s.teamID, "domain": "standin"},
		"user": object{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": s.teamID},
	}) {
		payload[k] = v
	}
	// Encoded here, since parts of it may change once mu is released.
	body, err := json.Marshal(payload)
	s.mu.Unlock()
	if err != nil {
		return Response{}, err
	}
	r, err := s.send(ctx, t, envelope{Type: "interactive", Payload: json.RawMessage(body), Accepts: payload["type"] == "view_submission"})
	s.mu.Lock()
	defer s.mu.Unlock()
	s.gather(&r)
	return r, err
}
