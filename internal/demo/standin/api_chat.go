package standin

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Lengths of text in characters.
const (
	maxPostText   = 40_000 // chat.postMessage
	maxUpdateText = 4_000  // chat.update
)

func chatMethods() map[string]method {
	return map[string]method{
		"chat.postMessage":   {"chat:write", (*Server).postMessage},
		"chat.postEphemeral": {"chat:write", (*Server).postEphemeral},
		"chat.update":        {"chat:write", (*Server).updateMessage},
		"chat.delete":        {"chat:write", (*Server).deleteMessage},
		"chat.getPermalink":  {"", (*Server).permalink},
		"reactions.add":      {"reactions:write", (*Server).addReaction},
		"reactions.remove":   {"reactions:write", (*Server).removeReaction},
	}
}

// content is what a message says, however it was sent.
type content struct {
	text                string
	blocks, attachments json.RawMessage
	metadata            *Metadata
}

// content reads and checks the parts of a message that methods share.
func (q *request) content(maxText int) (content, error) {
	c := content{text: q.args["text"]}
	if utf8.RuneCountInString(c.text) > maxText {
		return c, refuse("msg_too_long")
	}
	var err error
	if raw := q.args["blocks"]; raw != "" {
		if c.blocks, err = checkBlocks(json.RawMessage(raw), onMessage); err != nil {
			return c, err
		}
	}
	if raw := q.args["attachments"]; raw != "" {
		var list []json.RawMessage
		switch err := json.Unmarshal([]byte(raw), &list); {
		case err != nil:
			return c, refuse("invalid_attachments")
		case len(list) > 100:
			return c, refuse("too_many_attachments")
		case len(list) > 0:
			c.attachments = json.RawMessage(raw)
		}
	}
	if raw := q.args["metadata"]; raw != "" {
		var m Metadata
		if json.Unmarshal([]byte(raw), &m) != nil || m.EventType == "" {
			return c, refuse("invalid_metadata_format")
		}
		c.metadata = &m
	}
	return c, nil
}

func (c content) empty() bool {
	return strings.TrimSpace(c.text) == "" && c.blocks == nil && c.attachments == nil
}

func (s *Server) postMessage(q *request) (answer, error) {
	c, err := s.writable(q.args["channel"])
	if err != nil {
		return nil, err
	}
	body, err := q.content(maxPostText)
	if err != nil {
		return nil, err
	}
	if body.empty() {
		return nil, refuse("no_text")
	}
	m := &Message{
		User: s.botUser, BotID: s.botID, Username: q.args["username"], IconEmoji: q.args["icon_emoji"],
		Text: body.text, Blocks: body.blocks, Attachments: body.attachments, Metadata: body.metadata,
		UnfurlLinks: q.optional("unfurl_links"), UnfurlMedia: q.optional("unfurl_media"),
	}
	if ts := q.args["thread_ts"]; ts != "" {
		parent := c.message(ts)
		if parent == nil || parent.OnlyFor != "" {
			return nil, refuse("thread_not_found")
		}
		m.ThreadTS = ts
		if parent.ThreadTS != "" {
			m.ThreadTS = parent.ThreadTS // a reply to a reply joins the one thread
		}
		m.Broadcast = q.flag("reply_broadcast")
	}
	now := s.now()
	if last, ok := s.lastPost[c.ID]; ok && s.opt.PostEvery > 0 && now.Sub(last) < s.opt.PostEvery {
		return nil, tooSoon{wait: s.opt.PostEvery - now.Sub(last)}
	}
	s.lastPost[c.ID] = now
	s.put(c, m)
	s.posts = append(s.posts, Post{Message: m.copy(), At: now})
	return answer{"channel": c.ID, "ts": m.TS, "message": s.wire(c, m, true)}, nil
}

// optional is a flag that the caller may leave unsaid.
func (q *request) optional(name string) *bool {
	if _, said := q.args[name]; !said {
		return nil
	}
	v := q.flag(name)
	return &v
}

// writable is the channel if the bot may post there. Call with mu held.
func (s *Server) writable(ref string) (*channel, error) {
	c := s.find(ref)
	if c == nil && ref != "" {
		if u := s.user(ref); u != nil && u.ID == ref { // a user's id stands for the direct conversation
			c = s.direct(u.ID)
		}
	}
	switch {
	case c == nil, c.Private && !c.has(s.botUser):
		return nil, refuse("channel_not_found")
	case c.Archived:
		return nil, refuse("is_archived")
	case !c.has(s.botUser) && !s.granted("chat:write.public"):
		return nil, refuse("not_in_channel")
	case c.restricted:
		return nil, refuse("restricted_action")
	}
	return c, nil
}

func (s *Server) postEphemeral(q *request) (answer, error) {
	c, err := s.writable(q.args["channel"])
	if err != nil {
		return nil, err
	}
	body, err := q.content(maxPostText)
	if err != nil {
		return nil, err
	}
	u := s.user(q.args["user"])
	switch {
	case body.empty():
		return nil, refuse("no_text")
	case u == nil:
		return nil, refuse("user_not_found")
	case !c.has(u.ID):
		return nil, refuse("user_not_in_channel")
	}
	m := s.putEphemeral(c, u.ID, q.args["thread_ts"], body)
	return answer{"message_ts": m.TS}, nil
}

// putEphemeral shows content to one person. Call with mu held.
func (s *Server) putEphemeral(c *channel, userID, threadTS string, body content) *Message {
	m := &Message{
		User: s.botUser, BotID: s.botID, OnlyFor: userID, ThreadTS: threadTS,
		Text: body.text, Blocks: body.blocks, Attachments: body.attachments,
	}
	s.put(c, m)
	return m
}

func (s *Server) updateMessage(q *request) (answer, error) {
	c := s.find(q.args["channel"])
	if c == nil || c.Private && !c.has(s.botUser) {
		return nil, refuse("channel_not_found")
	}
	if c.Archived {
		return nil, refuse("is_archived")
	}
	m := c.message(q.args["ts"])
	switch {
	case m == nil || m.OnlyFor != "": // Slack cannot update ephemeral messages by their stamp
		return nil, refuse("message_not_found")
	case m.User != s.botUser:
		return nil, refuse("cant_update_message")
	}
	body, err := q.content(maxUpdateText)
	if err != nil {
		return nil, err
	}
	_, text := q.args["text"]
	_, blocks := q.args["blocks"]
	_, attachments := q.args["attachments"]
	if !text && !blocks && !attachments || body.empty() && (text || m.Text == "") {
		return nil, refuse("no_text")
	}
	// What is not mentioned stays, except that text alone replaces the blocks.
	if text {
		m.Text, m.Blocks = body.text, nil
	}
	if blocks {
		m.Blocks = body.blocks
	}
	if text || attachments {
		m.Attachments = body.attachments
	}
	if body.metadata != nil {
		m.Metadata = body.metadata
	}
	s.edited(m)
	return answer{"channel": c.ID, "ts": m.TS, "text": m.Text, "message": s.wire(c, m, true)}, nil
}

func (s *Server) deleteMessage(q *request) (answer, error) {
	c := s.find(q.args["channel"])
	if c == nil {
		return nil, refuse("channel_not_found")
	}
	m := c.message(q.args["ts"])
	switch {
	case m == nil || m.OnlyFor != "":
		return nil, refuse("message_not_found")
	case m.User != s.botUser:
		return nil, refuse("cant_delete_message")
	}
	s.drop(c, m.TS)
	return answer{"channel": c.ID, "ts": m.TS}, nil
}

func (s *Server) permalink(q *request) (answer, error) {
	c := s.find(q.args["channel"])
	if c == nil {
		return nil, refuse("channel_not_found")
	}
	m := c.message(q.args["message_ts"])
	if m == nil {
		return nil, refuse("message_not_found")
	}
	return answer{"channel": c.ID, "permalink": s.linkTo(m)}, nil
}

// linkTo leads to a message on the page. Call with mu held.
func (s *Server) linkTo(m *Message) string {
	link := fmt.Sprintf("%s/archives/%s/p%s", s.url, m.Channel, strings.Replace(m.TS, ".", "", 1))
	if m.InThread() {
		link += "?thread_ts=" + m.ThreadTS + "&cid=" + m.Channel
	}
	return link
}

func (s *Server) reacted(q *request) (*Message, string, error) {
	c := s.find(q.args["channel"])
	if c == nil {
		return nil, "", refuse("channel_not_found")
	}
	m, name := c.message(q.args["timestamp"]), strings.Trim(q.args["name"], ":")
	switch {
	case m == nil || m.OnlyFor != "":
		return nil, "", refuse("message_not_found")
	case !c.has(s.botUser):
		return nil, "", refuse("not_in_channel")
	case name == "":
		return nil, "", refuse("invalid_name")
	}
	return m, name, nil
}

func (s *Server) addReaction(q *request) (answer, error) {
	m, name, err := s.reacted(q)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Name == name })
	if i < 0 {
		m.Reactions = append(m.Reactions, Reaction{Name: name})
		i = len(m.Reactions) - 1
	}
	r := &m.Reactions[i]
	if slices.Contains(r.Users, s.botUser) {
		return nil, refuse("already_reacted")
	}
	r.Users = append(r.Users, s.botUser)
	r.Count = len(r.Users)
	s.tell(Change{Kind: ChangeUpdate, Channel: m.Channel, TS: m.TS, ThreadTS: m.ThreadTS})
	return answer{}, nil
}

func (s *Server) removeReaction(q *request) (answer, error) {
	m, name, err := s.reacted(q)
	if err != nil {
		return nil, err
	}
	for i := range m.Reactions {
		r := &m.Reactions[i]
		if r.Name != name || !slices.Contains(r.Users, s.botUser) {
			continue
		}
		r.Users = slices.DeleteFunc(r.Users, func(u string) bool { return u == s.botUser })
		if r.Count = len(r.Users); r.Count == 0 {
			m.Reactions = slices.Delete(m.Reactions, i, i+1)
		}
		s.tell(Change{Kind: ChangeUpdate, Channel: m.Channel, TS: m.TS, ThreadTS: m.ThreadTS})
		return answer{}, nil
	}
	return nil, refuse("no_reaction")
}

// Post is a message as chat.postMessage created it; it stays listed when the
// message is edited or deleted later.
type Post struct {
	Message
	At time.Time `json:"-"` // when it was applied
}

// Posts lists every message that chat.postMessage created, in order: a post made
// twice is listed twice.
func (s *Server) Posts() []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.posts)
}

// Duplicates lists the posts that say again what an earlier post to the same
// channel and thread said: the same metadata if there is any, else the same text
// and blocks.
func (s *Server) Duplicates() []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := map[string]bool{}
	var out []Post
	for _, p := range s.posts {
		key := p.Text + "\x00" + string(p.Blocks)
		if p.Metadata != nil {
			b, _ := json.Marshal(p.Metadata) // it came from JSON
			key = string(b)
		}
		key = p.Channel + "\x00" + p.ThreadTS + "\x00" + key
		if seen[key] {
			out = append(out, p)
		}
		seen[key] = true
	}
	return out
}
