package standin

import (
	"context"
	"errors"
	"iter"
	"slices"
)

// Kinds of Change.
const (
	ChangeMessage   = "message"   // a message was posted
	ChangeEphemeral = "ephemeral" // a message for User alone was posted
	ChangeUpdate    = "update"    // a message was edited, or reacted to
	ChangeDelete    = "delete"    // a message is gone
	ChangeChannel   = "channel"   // a channel was made, archived, joined or left
	ChangePeople    = "people"    // a user was added
	ChangeView      = "view"      // User's stack of modals changed
	ChangeHome      = "home"      // User's App Home was published
	ChangeBot       = "bot"       // the bot connected or its connection ended
	ChangeRead      = "read"      // User has seen a channel
	ChangeReset     = "reset"     // changes were missed: look at everything anew
)

// Change says what became different; the reader looks up how it is now.
type Change struct {
	Seq      int64  `json:"seq"`
	Kind     string `json:"kind"`
	Channel  string `json:"channel,omitempty"`
	TS       string `json:"ts,omitempty"`
	ThreadTS string `json:"thread_ts,omitempty"`
	User     string `json:"user,omitempty"`
}

// keptChanges bounds the memory of changes; who lags behind is told to reset.
const keptChanges = 4096

// errClosed ends waits and streams once the workspace is closed.
var errClosed = errors.New("the workspace was closed")

// tell records a change and wakes all who wait. Call with mu held.
func (s *Server) tell(c Change) {
	c.Seq = s.firstSeq + int64(len(s.changes))
	s.changes = append(s.changes, c)
	if extra := len(s.changes) - keptChanges; extra > keptChanges {
		s.changes = slices.Clone(s.changes[extra:])
		s.firstSeq += int64(extra)
	}
	close(s.changed)
	s.changed = make(chan struct{})
}

// Since returns the changes after the one numbered seq, and blocks until there
// is at least one. A reader that fell too far behind gets one ChangeReset.
func (s *Server) Since(ctx context.Context, seq int64) ([]Change, error) {
	var out []Change
	err := s.wait(ctx, func() bool {
		last := s.firstSeq + int64(len(s.changes)) - 1
		switch {
		case seq < s.firstSeq-1 || seq > last:
			out = []Change{{Seq: last, Kind: ChangeReset}}
		case seq < last:
			out = slices.Clone(s.changes[seq+1-s.firstSeq:])
		}
		return len(out) > 0
	})
	return out, err
}

// Seq numbers the latest change, to be given to Since.
func (s *Server) Seq() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.firstSeq + int64(len(s.changes)) - 1
}

// Subscribe yields every change from now on until the context or the workspace
// ends. None is lost to a slow reader.
func (s *Server) Subscribe(ctx context.Context) iter.Seq[Change] {
	seq := s.Seq()
	return func(yield func(Change) bool) {
		for {
			changes, err := s.Since(ctx, seq)
			if err != nil {
				return
			}
			for _, c := range changes {
				if seq = c.Seq; !yield(c) {
					return
				}
			}
		}
	}
}

// wait blocks until ready, which is called with mu held, says so.
func (s *Server) wait(ctx context.Context, ready func() bool) error {
	for {
		s.mu.Lock()
		done, next := ready(), s.changed
		s.mu.Unlock()
		if done {
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
