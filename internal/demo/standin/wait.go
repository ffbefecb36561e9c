package standin

import (
	"context"
	"fmt"
)

// WaitMessage blocks until a channel (by id or name) holds a message that
// matches, and returns the first such; a nil match takes any.
func (s *Server) WaitMessage(ctx context.Context, channelRef string, match func(Message) bool) (Message, error) {
	var found Message
	var seen int
	err := s.wait(ctx, func() bool {
		c := s.find(channelRef)
		if c == nil {
			return false
		}
		seen = len(c.messages)
		for _, m := range c.messages {
			if found = m.copy(); match == nil || match(found) {
				return true
			}
		}
		return false
	})
	if err != nil {
		return Message{}, fmt.Errorf("waiting for a message in %s, which holds %d: %w", channelRef, seen, err)
	}
	return found, nil
}

// WaitMessages blocks until a channel holds at least n messages, ephemeral ones
// and replies included, and returns them all.
func (s *Server) WaitMessages(ctx context.Context, channelRef string, n int) ([]Message, error) {
	var out []Message
	err := s.wait(ctx, func() bool {
		out = s.messagesOf(channelRef, nil)
		return len(out) >= n
	})
	if err != nil {
		return out, fmt.Errorf("waiting for %d messages in %s, which holds %d: %w", n, channelRef, len(out), err)
	}
	return out, nil
}

// WaitConnected blocks until the bot has at least one Socket Mode connection.
func (s *Server) WaitConnected(ctx context.Context) error {
	if err := s.wait(ctx, func() bool { return len(s.sockets) > 0 }); err != nil {
		return fmt.Errorf("waiting for the bot to connect: %w", err)
	}
	return nil
}

// WaitView blocks until a modal is open before the user (by id or name) and
// returns the one on top.
func (s *Server) WaitView(ctx context.Context, userRef string) (View, error) {
	var top View
	err := s.wait(ctx, func() bool {
		v := s.top(userRef)
		if v != nil {
			top = *v
		}
		return v != nil
	})
	if err != nil {
		return View{}, fmt.Errorf("waiting for a modal before %s: %w", userRef, err)
	}
	return top, nil
}

// WaitHome blocks until the bot has published an App Home for the user.
func (s *Server) WaitHome(ctx context.Context, userRef string) (View, error) {
	var home View
	err := s.wait(ctx, func() bool {
		u := s.user(userRef)
		if u == nil || s.homes[u.ID] == nil {
			return false
		}
		home = *s.homes[u.ID]
		return true
	})
	if err != nil {
		return View{}, fmt.Errorf("waiting for the App Home of %s: %w", userRef, err)
	}
	return home, nil
}

// WaitFor blocks until ready is true, which is asked again after every change.
// It may call the other methods.
func (s *Server) WaitFor(ctx context.Context, ready func() bool) error {
	for {
		s.mu.Lock()
		next := s.changed
		s.mu.Unlock()
		if ready() {
			return nil
		}
		select {
		case <-next:
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-s.closed:
			return errClosed
		}
	}
}
