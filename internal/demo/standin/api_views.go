package standin

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// View is a modal or an App Home as the bot gave it.
type View struct {
	ID         string          `json:"id"`
	Type       string          `json:"type"` // modal or home
	User       string          `json:"user"` // before whom it is shown
	CallbackID string          `json:"callback_id"`
	ExternalID string          `json:"external_id"`
	Hash       string          `json:"hash"`
	Private    string          `json:"private_metadata"`
	Title      string          `json:"title"`
	Submit     string          `json:"submit"` // the label of its button; empty when it has none
	Close      string          `json:"close"`
	Blocks     json.RawMessage `json:"blocks"`
	RootID     string          `json:"root_view_id"`
	PreviousID string          `json:"previous_view_id"`

	raw           object // as the Web API gives it
	notifyOnClose bool
}

// triggerLife is how long Slack lets a trigger open a modal.
const triggerLife = 3 * time.Second

// maxModals is how many modals may lie on each other.
const maxModals = 3

func viewMethods() map[string]method {
	return map[string]method{
		"views.open":    {"", (*Server).openView},
		"views.push":    {"", (*Server).pushView},
		"views.update":  {"", (*Server).updateView},
		"views.publish": {"", (*Server).publishView},
	}
}

// readView checks a view that the bot sent.
func readView(raw, kind string) (*View, error) {
	if len(raw) > 250_000 {
		return nil, refuse("view_too_large")
	}
	var o object
	if json.Unmarshal([]byte(raw), &o) != nil {
		return nil, refuse("invalid_arguments")
	}
	on := onModal
	if kind == "home" {
		on = onHome
	}
	c := &checker{on: on, root: "/view/blocks", ids: map[string]bool{}}
	if o["type"] != kind {
		c.bad("/view/type", "must be one of %s", kind)
	}
	v := &View{Type: kind}
	if kind == "modal" {
		c.text("/view/title", o["title"], 24, "plain_text")
		for _, field := range []string{"submit", "close"} {
			if o[field] != nil {
				c.text("/view/"+field, o[field], 24, "plain_text")
			}
		}
	}
	v.Title, v.Submit, v.Close = plain(o["title"]), plain(o["submit"]), plain(o["close"])
	v.CallbackID, _ = c.optional("/view", o, "callback_id", maxID)
	v.ExternalID, _ = c.optional("/view", o, "external_id", maxID)
	v.Private, _ = c.optional("/view", o, "private_metadata", 3000)
	v.notifyOnClose = o["notify_on_close"] == true
	blocks := c.list("/view/blocks", o["blocks"], 0, maxBlocksView)
	c.blocks(blocks)
	inputs := slices.ContainsFunc(blocks, func(b any) bool { o, ok := b.(object); return ok && o["type"] == "input" })
	if kind == "modal" && inputs && v.Submit == "" {
		c.bad("/view/submit", "`submit` is required when an `input` block is within blocks array")
	}
	if len(c.problems) > 0 {
		return nil, c.refusal("invalid_arguments")
	}
	var err error
	if v.Blocks, err = json.Marshal(blocks); err != nil {
		return nil, refuse("invalid_arguments")
	}
	v.raw = o
	return v, nil
}

// CheckView says what Slack would dislike of a view of a kind, modal or home, given
// as the value that a bot would send.
func CheckView(kind string, view any) error {
	raw, err := json.Marshal(view)
	if err != nil {
		return err
	}
	_, err = readView(string(raw), kind)
	if no, ok := err.(refusal); ok {
		return fmt.Errorf("%s: %v", no.code, no.extra)
	}
	return err
}

func plain(v any) string {
	o, _ := v.(object)
	s, _ := o["text"].(string)
	return s
}

// settle gives a view its identity and tells of it. Call with mu held.
func (s *Server) settle(v *View, user string) {
	v.User = user
	if v.ID == "" {
		v.ID = s.id("V")
	}
	setDefault(&v.RootID, v.ID)
	v.Hash = s.stamp() + "." + secret()[:8]
	for k, x := range map[string]any{
		"id": v.ID, "team_id": s.teamID, "app_id": s.appID, "bot_id": s.botID, "hash": v.Hash, "root_view_id": v.RootID,
		"previous_view_id": nil, "app_installed_team_id": s.teamID, "blocks": v.Blocks,
		"callback_id": v.CallbackID, "external_id": v.ExternalID, "private_metadata": v.Private,
		"state": object{"values": object{}},
	} {
		v.raw[k] = x
	}
	if v.PreviousID != "" {
		v.raw["previous_view_id"] = v.PreviousID
	}
	s.views[v.ID] = v
	kind := ChangeView
	if v.Type == "home" {
		kind = ChangeHome
	}
	s.tell(Change{Kind: kind, User: user})
}

// wireView is a view as the Web API gives it, with the state of its inputs.
func wireView(v *View, state object) object {
	out := object{}
	for k, x := range v.raw {
		out[k] = x
	}
	if state != nil {
		out["state"] = object{"values": state}
	}
	return out
}

// trigger lets a bot open one modal before the person who acted.
type trigger struct {
	id, user, channel string
	start             string   // stamp; later ephemeral messages to the user count as answers
	answers           []string // stamps of messages shown because of it
	used, expired     bool
	opened            bool
}

// spend checks and uses up a trigger. Call with mu held.
func (s *Server) spend(id string) (*trigger, error) {
	t := s.triggers[id]
	switch {
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.expired:
		return nil, refuse("expired_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	}
	t.used = true
	return t, nil
}

func (s *Server) openView(q *request) (answer, error) { return s.layView(q, false) }

func (s *Server) pushView(q *request) (answer, error) { return s.layView(q, true) }

func (s *Server) layView(q *request, push bool) (answer, error) {
	v, err := readView(q.args["view"], "modal")
	if err != nil {
		return nil, err
	}
	if v.ExternalID != "" && s.viewBy("", v.ExternalID) != nil {
		return nil, refuse("duplicate_external_id")
	}
	t, err := s.spend(q.args["trigger_id"])
	if err != nil {
		return nil, err
	}
	stack := s.stacks[t.user]
	switch {
	case push && len(stack) == 0:
		return nil, refuse("not_found")
	case len(stack) >= maxModals:
		return nil, refuse("push_limit_reached")
	}
	t.opened = true
	s.lay(v, t.user)
	return answer{"view": wireView(v, nil)}, nil
}

// lay puts a modal on top of a person's stack. Call with mu held.
func (s *Server) lay(v *View, user string) {
	stack := s.stacks[user]
	if len(stack) > 0 {
		v.PreviousID, v.RootID = stack[len(stack)-1], stack[0]
	}
	v.ID = s.id("V")
	s.stacks[user] = append(stack, v.ID)
	s.settle(v, user)
}

// viewBy finds an open view by either of its ids. Call with mu held.
func (s *Server) viewBy(id, external string) *View {
	for _, v := range s.views {
		if id != "" && v.ID == id || external != "" && v.ExternalID == external {
			return v
		}
	}
	return nil
}

func (s *Server) updateView(q *request) (answer, error) {
	old := s.viewBy(q.args["view_id"], q.args["external_id"])
	if old == nil {
		return nil, refuse("not_found")
	}
	if h := q.args["hash"]; h != "" && h != old.Hash {
		return nil, refuse("hash_conflict")
	}
	v, err := readView(q.args["view"], old.Type)
	if err != nil {
		return nil, err
	}
	s.replace(old, v)
	return answer{"view": wireView(v, nil)}, nil
}

// replace puts a new view in an open one's place. Call with mu held.
func (s *Server) replace(old, v *View) {
	v.ID, v.RootID, v.PreviousID = old.ID, old.RootID, old.PreviousID
	setDefault(&v.ExternalID, old.ExternalID)
	if s.homes[old.User] == old {
		s.homes[old.User] = v
	}
	s.settle(v, old.User)
}

func (s *Server) publishView(q *request) (answer, error) {
	v, err := readView(q.args["view"], "home")
	if err != nil {
		return nil, err
	}
	u := s.user(q.args["user_id"])
	if u == nil || u.ID != q.args["user_id"] || u.Bot {
		return nil, refuse("invalid_user_id")
	}
	if old := s.homes[u.ID]; old != nil {
		if h := q.args["hash"]; h != "" && h != old.Hash {
			return nil, refuse("hash_conflict")
		}
		v.ID = old.ID
	}
	s.homes[u.ID] = v
	s.settle(v, u.ID)
	return answer{"view": wireView(v, nil)}, nil
}

// top is the modal that a person sees, or nil. Call with mu held.
func (s *Server) top(userRef string) *View {
	u := s.user(userRef)
	if u == nil {
		return nil
	}
	stack := s.stacks[u.ID]
	if len(stack) == 0 {
		return nil
	}
	return s.views[stack[len(stack)-1]]
}

// pop takes n modals off a person's stack; all when n is negative. Call with mu held.
func (s *Server) pop(user string, n int) {
	stack := s.stacks[user]
	keep := max(0, len(stack)-n)
	if n < 0 {
		keep = 0
	}
	for _, id := range stack[keep:] {
		delete(s.views, id)
	}
	s.stacks[user] = stack[:keep]
	s.tell(Change{Kind: ChangeView, User: user})
}

// Home is the App Home that the bot published for a user.
func (s *Server) Home(userRef string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u := s.user(userRef); u != nil && s.homes[u.ID] != nil {
		return *s.homes[u.ID], true
	}
	return View{}, false
}

// Modal is the topmost modal open before a user.
func (s *Server) Modal(userRef string) (View, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.top(userRef); v != nil {
		return *v, true
	}
	return View{}, false
}
