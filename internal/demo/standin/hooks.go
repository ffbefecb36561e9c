package standin

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
)

// A response URL may be used so often and so long.
const (
	hookUses = 5
	hookLife = 30 * time.Minute
)

// responseHook is a response URL: the right to answer one act of one person.
type responseHook struct {
	trigger  *trigger
	original string // stamp of the message that was clicked, if any
	thread   string
	uses     int
	expired  bool
}

// hookBody is what may be posted to a response URL, or be the body of an
// acknowledgement.
type hookBody struct {
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks"`
	Attachments json.RawMessage `json:"attachments"`
	Type        string          `json:"response_type"`
	Replace     bool            `json:"replace_original"`
	Delete      bool            `json:"delete_original"`
	ThreadTS    string          `json:"thread_ts"`
}

func (b hookBody) empty() bool {
	none := func(raw json.RawMessage) bool {
		t := strings.TrimSpace(string(raw))
		return t == "" || t == "null" || t == "[]" || t == "{}"
	}
	return strings.TrimSpace(b.Text) == "" && none(b.Blocks) && none(b.Attachments)
}

// hook makes a response URL. Call with mu held.
func (s *Server) hook(t *trigger, original, thread string) string {
	h := &responseHook{trigger: t, original: original, thread: thread}
	id := secret()
	s.hooks[id] = h
	time.AfterFunc(hookLife, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		h.expired = true
	})
	return s.url + "/response/" + id
}

func (s *Server) serveHook(w http.ResponseWriter, r *http.Request) {
	var body hookBody
	b, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err == nil {
		err = json.Unmarshal(b, &body)
	}
	refused := func(status int, code string) {
		writeJSON(w, status, answer{"ok": false, "error": code})
	}
	if err != nil {
		refused(http.StatusBadRequest, "invalid_payload")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.hooks[r.PathValue("hook")]
	switch {
	case h == nil:
		refused(http.StatusNotFound, "no_active_hooks")
		return
	case h.expired:
		refused(http.StatusNotFound, "expired_url")
		return
	case h.uses >= hookUses:
		refused(http.StatusNotFound, "used_url")
		return
	case body.empty() && !body.Delete:
		refused(http.StatusBadRequest, "no_text")
		return
	}
	h.uses++
	if err := s.respond(h, body); err != nil {
		refused(http.StatusBadRequest, err.Error())
		return
	}
	_, _ = io.WriteString(w, "ok")
}

// respond does what was posted to a response URL. Call with mu held.
func (s *Server) respond(h *responseHook, b hookBody) error {
	c := s.find(h.trigger.channel)
	if c == nil {
		return refuse("channel_not_found")
	}
	m := c.message(h.original)
	switch {
	case b.Delete && m != nil:
		s.drop(c, m.TS)
		return nil
	case b.Delete:
		return refuse("message_not_found")
	case b.Replace && m != nil:
		said, err := b.content()
		if err != nil {
			return err
		}
		m.Text, m.Blocks, m.Attachments = said.text, said.blocks, said.attachments
		s.edited(m)
		return nil
	}
	setDefault(&b.ThreadTS, h.thread)
	return s.say(h.trigger, b)
}

func (b hookBody) content() (content, error) {
	q := &request{args: map[string]string{"text": b.Text, "blocks": notNull(b.Blocks), "attachments": notNull(b.Attachments)}}
	return q.content(maxPostText)
}

func notNull(raw json.RawMessage) string {
	if t := strings.TrimSpace(string(raw)); t != "null" && t != "{}" {
		return t
	}
	return ""
}

// say posts an answer to an act: to its person alone unless it is said to be for
// the channel. Call with mu held.
func (s *Server) say(t *trigger, b hookBody) error {
	said, err := b.content()
	if err != nil {
		return err
	}
	c := s.find(t.channel)
	if c == nil {
		return refuse("channel_not_found")
	}
	var m *Message
	if b.Type == "in_channel" {
		m = &Message{User: s.botUser, BotID: s.botID, Text: said.text, Blocks: said.blocks, Attachments: said.attachments, ThreadTS: b.ThreadTS}
		s.put(c, m)
	} else {
		m = s.putEphemeral(c, t.user, b.ThreadTS, said)
	}
	t.answers = append(t.answers, m.TS)
	s.tell(Change{Kind: ChangeUpdate, Channel: c.ID, TS: m.TS, ThreadTS: m.ThreadTS, User: m.OnlyFor})
	return nil
}
