package standin

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Click uses an interactive element of a message for a user: what names it, by
// its action id, its value, its label, or the value or label of one of its
// options. It returns once the bot has acknowledged; what the bot then does is
// for the Wait methods.
func (s *Server) Click(ctx context.Context, userRef string, m Message, what string) (Response, error) {
	return s.act(ctx, userRef, place{channel: m.Channel, ts: m.TS}, named(what), nil)
}

// ClickView uses an interactive element of a modal or an App Home, named as in
// Click.
func (s *Server) ClickView(ctx context.Context, userRef, viewID, what string) (Response, error) {
	return s.act(ctx, userRef, place{view: viewID}, named(what), nil)
}

// Fill uses one element of a modal while its inputs hold what was typed and
// chosen, keyed by action id as in Submit: a text field that tells the bot of
// each change, a menu, or a button beside fields.
func (s *Server) Fill(ctx context.Context, userRef, viewID, actionID string, inputs map[string][]string) (Response, error) {
	return s.act(ctx, userRef, place{view: viewID}, exactly(use{action: actionID, values: inputs[actionID]}), inputs)
}

func decode(raw json.RawMessage) []any {
	var list []any
	_ = json.Unmarshal(raw, &list) // checked when it came
	return list
}

// A use is that of one element, with the values chosen or typed. Without a block
// it may be of any.
type use struct {
	block, action string
	values        []string
}

// A picker finds what is used among the blocks that stand there at that moment: in what
// the bot puts in their place meanwhile, it may stand in another block.
type picker func(blocks []any) (use, error)

func exactly(x use) picker { return func([]any) (use, error) { return x, nil } }

// named finds the one element that what names.
func named(what string) picker {
	return func(blocks []any) (use, error) {
		var hits []use
		var known []string
		for _, l := range elementsOf(blocks) {
			id, _ := l.element["action_id"].(string)
			known = append(known, id)
			option := matchingOption(l.element, what)
			switch {
			case option != "":
				hits = append(hits, use{l.blockID, id, []string{option}})
			case id == what, l.element["value"] == what, plain(l.element["text"]) == what:
				hits = append(hits, use{l.blockID, id, nil})
			}
		}
		switch len(hits) {
		case 1:
			return hits[0], nil
		case 0:
			return use{}, fmt.Errorf("nothing here is called %q; there is %s", what, strings.Join(known, ", "))
		}
		return use{}, fmt.Errorf("%d elements are called %q: name one by its action id or value", len(hits), what)
	}
}

func matchingOption(e object, what string) string {
	options, _ := e["options"].([]any)
	for _, v := range options {
		o, _ := v.(object)
		if value, _ := o["value"].(string); value == what || plain(o["text"]) == what {
			return value
		}
	}
	if o := findOption(e, what); o != nil {
		return what
	}
	return ""
}

// place is where an element stands: on a message or on a view.
type place struct{ channel, ts, view string }

// act uses the element that is picked; of a view inputs are those of the other
// elements.
func (s *Server) act(ctx context.Context, userRef string, at place, pick picker, inputs map[string][]string) (Response, error) {
	return s.interact(ctx, userRef, at.channel, func(c *channel, u *User, t *trigger) (object, error) {
		var raw json.RawMessage
		out := object{"type": "block_actions"}
		if at.view != "" {
			v := s.views[at.view]
			if v == nil || v.User != u.ID {
				return nil, fmt.Errorf("no view %q is open before %s", at.view, u.Name)
			}
			raw = v.Blocks
			state, err := stateOf(decode(raw), inputs, false)
			if err != nil {
				return nil, err
			}
			out["view"] = wireView(v, state)
			out["container"] = object{"type": "view", "view_id": v.ID}
		} else {
			m := c.message(at.ts)
			if m == nil || m.OnlyFor != "" && m.OnlyFor != u.ID {
				return nil, fmt.Errorf("%s sees no message %s in %s", u.Name, at.ts, at.channel)
			}
			raw = m.Blocks
			container := object{"type": "message", "message_ts": m.TS, "channel_id": c.ID, "is_ephemeral": m.OnlyFor != ""}
			if m.ThreadTS != "" {
				container["thread_ts"] = m.ThreadTS
			}
			out["container"] = container
			out["channel"] = object{"id": c.ID, "name": c.Name}
			if m.OnlyFor == "" {
				out["message"] = s.wire(c, m, true)
			}
			out["response_url"] = s.hook(t, m.TS, m.ThreadTS)
		}
		blocks := decode(raw)
		x, err := pick(blocks)
		if err != nil {
			return nil, err
		}
		for _, l := range elementsOf(blocks) {
			if l.element["action_id"] != x.action || x.block != "" && l.blockID != x.block {
				continue
			}
			action, err := chosen(l.element, x.values)
			if err != nil {
				return nil, err
			}
			state := object{}
			if l.element["type"] != "button" && l.element["type"] != "overflow" {
				state = object{l.blockID: object{x.action: action}}
			}
			action["block_id"], action["action_ts"] = l.blockID, s.stamp()
			out["actions"] = []any{action}
			out["state"] = object{"values": state}
			return out, nil
		}
		return nil, fmt.Errorf("there is no element %q", x.action)
	})
}

// InputErrors are the bot's complaints about a submitted modal, by block id.
type InputErrors map[string]string

func (e InputErrors) Error() string {
	var all []string
	for block, what := range e {
		all = append(all, block+": "+what)
	}
	slices.Sort(all)
	return "the modal was sent back: " + strings.Join(all, "; ")
}

// Submit sends a modal's inputs, keyed by action id, each with the values chosen
// or typed. Inputs left out keep their initial value. The error is InputErrors
// when the bot sent the modal back.
func (s *Server) Submit(ctx context.Context, userRef, viewID string, inputs map[string][]string) (Response, error) {
	var user string
	r, err := s.interact(ctx, userRef, "", func(_ *channel, u *User, _ *trigger) (object, error) {
		v := s.views[viewID]
		if v == nil || v.User != u.ID || v.Type != "modal" {
			return nil, fmt.Errorf("no modal %q is open before %s", viewID, u.Name)
		}
		user = u.ID
		state, err := stateOf(decode(v.Blocks), inputs, true)
		if err != nil {
			return nil, err
		}
		return object{"type": "view_submission", "view": wireView(v, state), "response_urls": []any{}}, nil
	})
	if err != nil {
		return r, err
	}
	var action struct {
		Do     string          `json:"response_action"`
		View   json.RawMessage `json:"view"`
		Errors InputErrors     `json:"errors"`
	}
	if r.Ack != nil {
		if err := json.Unmarshal(r.Ack, &action); err != nil {
			return r, fmt.Errorf("the acknowledgement of the modal: %w", err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch action.Do {
	case "":
		s.pop(user, 1)
	case "clear":
		s.pop(user, -1)
	case "errors":
		if len(action.Errors) == 0 {
			return r, errors.New("the bot sent the modal back without saying what is wrong")
		}
		return r, action.Errors
	case "update", "push":
		v, err := readView(string(action.View), "modal")
		if err != nil {
			return r, fmt.Errorf("the bot's new view: %w", err)
		}
		if old := s.views[viewID]; action.Do == "update" && old != nil {
			s.replace(old, v)
		} else {
			s.lay(v, user)
		}
	default:
		return r, fmt.Errorf("the bot answered with response_action %q, which Slack does not know", action.Do)
	}
	return r, nil
}

// stateOf is the state of a modal's inputs. When it is sent, an empty input that
// is not optional is refused before the bot hears of it, as Slack does.
func stateOf(blocks []any, inputs map[string][]string, sent bool) (object, error) {
	state := object{}
	for _, l := range elementsOf(blocks) {
		id, _ := l.element["action_id"].(string)
		if l.element["type"] == "button" || l.element["type"] == "overflow" {
			continue
		}
		values, given := inputs[id]
		if !given {
			values = initial(l.element)
		}
		empty := len(values) == 0 || values[0] == ""
		if sent && l.block["type"] == "input" && l.block["optional"] != true && empty {
			return nil, InputErrors{l.blockID: "Please complete this required field."}
		}
		v, err := chosen(l.element, values)
		if err != nil {
			return nil, err
		}
		delete(v, "action_id")
		in, _ := state[l.blockID].(object)
		if in == nil {
			in = object{}
		}
		in[id] = v
		state[l.blockID] = in
	}
	return state, nil
}

// initial is the value an element starts with.
func initial(e object) []string {
	var out []string
	add := func(v any) {
		switch v := v.(type) {
		case string:
			out = append(out, v)
		case object:
			if value, ok := v["value"].(string); ok {
				out = append(out, value)
			}
		}
	}
	for k, v := range e {
		if !strings.HasPrefix(k, "initial_") {
			continue
		}
		if list, ok := v.([]any); ok {
			for _, one := range list {
				add(one)
			}
			continue
		}
		add(v)
	}
	return out
}

// CloseModal closes the topmost modal before a user, as its cross does.
func (s *Server) CloseModal(ctx context.Context, userRef string) error {
	s.mu.Lock()
	v := s.top(userRef)
	if v == nil {
		s.mu.Unlock()
		return fmt.Errorf("no modal is open before %s", userRef)
	}
	s.pop(v.User, 1)
	s.mu.Unlock()
	if !v.notifyOnClose {
		return nil
	}
	_, err := s.interact(ctx, v.User, "", func(*channel, *User, *trigger) (object, error) {
		return object{"type": "view_closed", "view": wireView(v, nil), "is_cleared": false}, nil
	})
	return err
}
