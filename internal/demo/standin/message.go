package standin

import (
	"encoding/json"
	"slices"
)

// Message is one message of a channel. Text is in Slack's mrkdwn, with &, < and >
// escaped as it was sent.
type Message struct {
	Channel     string          `json:"channel"`
	TS          string          `json:"ts"` // its identity and time: seconds.microseconds, UTC
	ThreadTS    string          `json:"thread_ts,omitempty"`
	Broadcast   bool            `json:"reply_broadcast,omitempty"` // a reply shown in the channel as well
	User        string          `json:"user,omitempty"`
	BotID       string          `json:"bot_id,omitempty"`
	Username    string          `json:"username,omitempty"` // in place of the bot's own name
	IconEmoji   string          `json:"icon_emoji,omitempty"`
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks,omitempty"` // block ids filled in
	Attachments json.RawMessage `json:"attachments,omitempty"`
	Metadata    *Metadata       `json:"metadata,omitempty"`
	UnfurlLinks *bool           `json:"unfurl_links,omitempty"` // as asked; nil when the caller did not say
	UnfurlMedia *bool           `json:"unfurl_media,omitempty"`
	Edits       int             `json:"edits,omitempty"` // how often chat.update or a response URL changed it
	EditedTS    string          `json:"edited_ts,omitempty"`
	OnlyFor     string          `json:"only_for,omitempty"` // an ephemeral message's one reader
	Reactions   []Reaction      `json:"reactions,omitempty"`
	Files       []File          `json:"files,omitempty"`
}

// Metadata is what a caller attached to a message for itself. Slack returns it
// from history when asked to.
type Metadata struct {
	EventType    string         `json:"event_type"`
	EventPayload map[string]any `json:"event_payload"`
}

// Reaction is an emoji with those who set it.
type Reaction struct {
	Name  string   `json:"name"`
	Users []string `json:"users"`
	Count int      `json:"count"`
}

// File is an uploaded file.
type File struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Title string `json:"title"`
	Size  int    `json:"size"`
	Alt   string `json:"alt_txt,omitempty"` // what a picture shows
	Type  string `json:"mimetype,omitempty"`
}

// InThread says whether the message is a reply rather than a parent.
func (m Message) InThread() bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

// Messages are those of a channel (by id or name), oldest first, replies and
// ephemeral ones among them; nil if there is no such channel.
func (s *Server) Messages(channelRef string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.messagesOf(channelRef, nil)
}

// Thread are the replies to a message, oldest first, without the parent.
func (s *Server) Thread(channelRef, ts string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.messagesOf(channelRef, func(m *Message) bool { return m.ThreadTS == ts && m.TS != ts })
}

// Message is the one with that stamp.
func (s *Server) Message(channelRef, ts string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.find(channelRef); c != nil {
		if m := c.message(ts); m != nil {
			return m.copy(), true
		}
	}
	return Message{}, false
}

// messagesOf copies a channel's messages that pass. Call with mu held.
func (s *Server) messagesOf(channelRef string, pass func(*Message) bool) []Message {
	c := s.find(channelRef)
	if c == nil {
		return nil
	}
	out := make([]Message, 0, len(c.messages))
	for _, m := range c.messages {
		if pass == nil || pass(m) {
			out = append(out, m.copy())
		}
	}
	return out
}

// copy is a message that later changes do not reach. Raw JSON, metadata and
// flags are replaced as a whole and never written to, so they may be shared.
func (m *Message) copy() Message {
	c := *m
	c.Files = slices.Clone(m.Files)
	c.Reactions = slices.Clone(m.Reactions)
	for i := range c.Reactions {
		c.Reactions[i].Users = slices.Clone(c.Reactions[i].Users)
	}
	return c
}

// put stamps a message, files it in its channel and tells of it. Call with mu
// held.
func (s *Server) put(c *channel, m *Message) {
	m.Channel, m.TS = c.ID, s.stamp()
	c.messages = append(c.messages, m)
	kind := ChangeMessage
	if m.OnlyFor != "" {
		kind = ChangeEphemeral
	}
	s.tell(Change{Kind: kind, Channel: c.ID, TS: m.TS, ThreadTS: m.ThreadTS, User: m.OnlyFor})
}

// edited marks a message as changed and tells of it. Call with mu held.
func (s *Server) edited(m *Message) {
	m.Edits++
	m.EditedTS = s.stamp()
	s.tell(Change{Kind: ChangeUpdate, Channel: m.Channel, TS: m.TS, ThreadTS: m.ThreadTS, User: m.OnlyFor})
}

// drop takes a message out of its channel. Call with mu held.
func (s *Server) drop(c *channel, ts string) bool {
	for i, m := range c.messages {
		if m.TS == ts {
			c.messages = slices.Delete(c.messages, i, i+1)
			s.tell(Change{Kind: ChangeDelete, Channel: c.ID, TS: ts, ThreadTS: m.ThreadTS})
			return true
		}
	}
	return false
}

// wire is the message as the Web API gives it. Call with mu held.
func (s *Server) wire(c *channel, m *Message, metadata bool) map[string]any {
	out := map[string]any{"type": "message", "ts": m.TS, "text": m.Text, "team": s.teamID}
	set := func(k string, v any, when bool) {
		if when {
			out[k] = v
		}
	}
	set("user", m.User, m.User != "")
	if m.BotID != "" {
		out["bot_id"], out["app_id"] = m.BotID, s.appID
		out["bot_profile"] = map[string]any{"id": m.BotID, "app_id": s.appID, "name": s.opt.BotName, "team_id": s.teamID, "deleted": false}
		set("subtype", "bot_message", m.Username != "")
		set("username", m.Username, m.Username != "")
	}
	set("blocks", m.Blocks, m.Blocks != nil)
	set("attachments", m.Attachments, m.Attachments != nil)
	set("thread_ts", m.ThreadTS, m.ThreadTS != "")
	if m.InThread() {
		if p := c.message(m.ThreadTS); p != nil {
			out["parent_user_id"] = p.User
		}
		set("subtype", "thread_broadcast", m.Broadcast)
	}
	set("edited", map[string]any{"user": m.User, "ts": m.EditedTS}, m.Edits > 0)
	set("metadata", m.Metadata, metadata && m.Metadata != nil)
	set("reactions", m.copy().Reactions, len(m.Reactions) > 0)
	set("files", m.Files, len(m.Files) > 0)
	if m.OnlyFor != "" {
		out["is_ephemeral"] = true
	}
	if n, last, users := c.replies(m.TS); n > 0 {
		out["thread_ts"], out["reply_count"], out["latest_reply"] = m.TS, n, last
		out["reply_users"], out["reply_users_count"] = users, len(users)
	}
	return out
}

// replies counts the public replies to a message.
func (c *channel) replies(ts string) (n int, last string, users []string) {
	for _, r := range c.messages {
		if r.ThreadTS != ts || r.TS == ts || r.OnlyFor != "" {
			continue
		}
		n, last = n+1, r.TS
		if !slices.Contains(users, r.User) {
			users = append(users, r.User)
		}
	}
	return n, last, users
}
