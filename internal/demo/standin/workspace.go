package standin

import (
	"fmt"
	"slices"
	"strings"
)

// User is a person or bot of the workspace. An ID left empty in AddUser is made
// up.
type User struct {
	ID       string `json:"id"`
	Name     string `json:"name"`     // the handle, without @
	RealName string `json:"realName"` // Name when empty
	Zone     string `json:"zone"`     // IANA; empty is UTC to the bot and the reader's own on the page
	Bot      bool   `json:"bot,omitempty"`
	Deleted  bool   `json:"deleted,omitempty"` // has left; see Leave
	Admin    bool   `json:"admin,omitempty"`   // of the workspace
}

// Channel describes a channel, or a direct conversation with the bot. An ID left
// empty in AddChannel is made up.
type Channel struct {
	ID       string `json:"id"`
	Name     string `json:"name"` // without #
	Topic    string `json:"topic,omitempty"`
	Private  bool   `json:"private,omitempty"`
	Archived bool   `json:"archived,omitempty"`
	With     string `json:"with,omitempty"` // of a direct conversation: the person's user id
}

type channel struct {
	Channel
	members    []string
	messages   []*Message // in order of their stamps, ephemeral ones among them
	restricted bool       // only some may post: restricted_action
}

// AddUser adds a person, as a member of every public channel so far, and returns
// them with their id.
func (s *Server) AddUser(u User) User {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.ID == "" {
		u.ID = s.id("U")
	}
	setDefault(&u.RealName, u.Name)
	s.users = append(s.users, &u)
	for _, c := range s.channels {
		if !c.Private && !u.Bot {
			c.members = append(c.members, u.ID)
		}
	}
	s.tell(Change{Kind: ChangePeople})
	return u
}

// Leave deactivates a person, as when somebody leaves the company: what he or she
// wrote stays, and users.info says so.
func (s *Server) Leave(userRef string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range s.users {
		if u.ID == userRef || u.Name == userRef {
			u.Deleted = true
		}
	}
	s.tell(Change{Kind: ChangePeople})
}

// AddChannel adds a channel, with every person so far as a member but not the
// bot: see Invite.
func (s *Server) AddChannel(c Channel) Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c.ID == "" {
		c.ID = s.id("C")
	}
	c.Name = strings.TrimPrefix(c.Name, "#")
	ch := &channel{Channel: c}
	for _, u := range s.users {
		if !u.Bot {
			ch.members = append(ch.members, u.ID)
		}
	}
	s.channels = append(s.channels, ch)
	s.tell(Change{Kind: ChangeChannel, Channel: c.ID})
	return c
}

// Invite makes a user (an id or a name, the bot when empty) a member of a
// channel, given by id or name.
func (s *Server) Invite(channelRef, userRef string) error {
	s.mu.Lock()
	ch, u, err := s.place(channelRef, userRef)
	if err != nil {
		s.mu.Unlock()
		return err
	}
	joined := s.join(ch, u.ID)
	s.mu.Unlock()
	if joined {
		s.announce(map[string]any{"type": "member_joined_channel", "user": u.ID, "channel": ch.ID, "channel_type": ch.kind(), "team": s.teamID})
	}
	return nil
}

// Remove takes a user (the bot when empty) out of a channel.
func (s *Server) Remove(channelRef, userRef string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, u, err := s.place(channelRef, userRef)
	if err != nil {
		return err
	}
	ch.members = slices.DeleteFunc(ch.members, func(m string) bool { return m == u.ID })
	s.tell(Change{Kind: ChangeChannel, Channel: ch.ID})
	return nil
}

// Archive closes a channel for good: posts to it are refused with is_archived.
func (s *Server) Archive(channelRef string) error {
	s.mu.Lock()
	ch := s.find(channelRef)
	if ch == nil {
		s.mu.Unlock()
		return fmt.Errorf("there is no channel %q", channelRef)
	}
	ch.Archived = true
	s.tell(Change{Kind: ChangeChannel, Channel: ch.ID})
	s.mu.Unlock()
	s.announce(map[string]any{"type": "channel_archive", "channel": ch.ID, "user": s.botUser})
	return nil
}

// Restrict lets only some post to a channel: the bot is refused with
// restricted_action.
func (s *Server) Restrict(channelRef string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.find(channelRef)
	if ch == nil {
		return fmt.Errorf("there is no channel %q", channelRef)
	}
	ch.restricted = true
	return nil
}

// Channels lists the workspace's channels and direct conversations in the order
// they were made.
func (s *Server) Channels() []Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Channel, 0, len(s.channels))
	for _, c := range s.channels {
		out = append(out, c.Channel)
	}
	return out
}

// Direct is the direct conversation of a person with the bot, opened if need be.
func (s *Server) Direct(userRef string) (Channel, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u := s.user(userRef)
	if u == nil {
		return Channel{}, fmt.Errorf("there is no user %q", userRef)
	}
	return s.direct(u.ID).Channel, nil
}

// place resolves a channel and a user. Call with mu held.
func (s *Server) place(channelRef, userRef string) (*channel, *User, error) {
	if userRef == "" {
		userRef = s.botUser
	}
	ch, u := s.find(channelRef), s.user(userRef)
	switch {
	case ch == nil:
		return nil, nil, fmt.Errorf("there is no channel %q", channelRef)
	case u == nil:
		return nil, nil, fmt.Errorf("there is no user %q", userRef)
	}
	return ch, u, nil
}

// find is the channel with that id or name, or nil. Call with mu held.
func (s *Server) find(ref string) *channel {
	name := strings.TrimPrefix(ref, "#")
	for _, c := range s.channels {
		if c.ID == ref || c.Name != "" && c.Name == name {
			return c
		}
	}
	return nil
}

// user is the user with that id or name, or nil. Call with mu held.
func (s *Server) user(ref string) *User {
	name := strings.TrimPrefix(ref, "@")
	for _, u := range s.users {
		if u.ID == ref || u.Name == name {
			return u
		}
	}
	return nil
}

// direct is the conversation of one person with the bot. Call with mu held.
func (s *Server) direct(userID string) *channel {
	for _, c := range s.channels {
		if c.With == userID {
			return c
		}
	}
	c := &channel{Channel: Channel{ID: s.id("D"), With: userID, Private: true}, members: []string{userID, s.botUser}}
	s.channels = append(s.channels, c)
	s.tell(Change{Kind: ChangeChannel, Channel: c.ID})
	return c
}

// join makes the user a member; false if they were one. Call with mu held.
func (s *Server) join(c *channel, userID string) bool {
	if slices.Contains(c.members, userID) {
		return false
	}
	c.members = append(c.members, userID)
	s.tell(Change{Kind: ChangeChannel, Channel: c.ID})
	return true
}

func (c *channel) has(userID string) bool { return slices.Contains(c.members, userID) }

func (c *channel) direct() bool { return c.With != "" }

// kind is Slack's channel_type.
func (c *channel) kind() string {
	switch {
	case c.direct():
		return "im"
	case c.Private:
		return "group"
	}
	return "channel"
}

// message is the one with that stamp, or nil.
func (c *channel) message(ts string) *Message {
	for i := len(c.messages) - 1; i >= 0; i-- {
		if c.messages[i].TS == ts {
			return c.messages[i]
		}
	}
	return nil
}
