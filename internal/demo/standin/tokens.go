package standin

import (
	"context"
	"slices"
	"time"
)

// A granted token is one that OAuth gave out for the workspace.
type grantedToken struct {
	until   time.Time // zero: for ever
	revoked bool
}

// issue makes a token good until then; zero is for ever.
func (s *Server) issue(token string, until time.Time) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tokens == nil {
		s.tokens = map[string]*grantedToken{}
	}
	s.tokens[token] = &grantedToken{until: until}
	return token
}

// knows says whether a token is of this workspace, good or not.
func (s *Server) knows(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return token != "" && (token == s.opt.BotToken || token == s.opt.AppToken || s.tokens[token] != nil)
}

// good refuses a token that is not the bot's, is over, or was taken back. Call with
// mu held.
func (s *Server) good(token string) error {
	t := s.tokens[token]
	switch {
	case token == s.opt.BotToken:
		return nil
	case t == nil:
		return refuse("invalid_auth")
	case t.revoked:
		return refuse("account_inactive")
	case !t.until.IsZero() && !s.now().Before(t.until):
		return refuse("token_expired")
	}
	return nil
}

// Tokens lists what OAuth has given out for the workspace, in alphabetical order.
func (s *Server) Tokens() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for t := range s.tokens {
		out = append(out, t)
	}
	slices.Sort(out)
	return out
}

// Expire ends all tokens that OAuth has given out, before their time.
func (s *Server) Expire() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.tokens {
		t.until = s.now()
	}
}

// Revoke takes all tokens back that OAuth has given out, without telling the bot.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.tokens {
		t.revoked = true
	}
}

// Uninstall takes the app out of the workspace: its tokens are void, and the bot is
// told by the two events that Slack sends then.
func (s *Server) Uninstall(ctx context.Context) error {
	s.Revoke()
	if err := s.Event(ctx, map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{}, "bot": []string{s.botUser}}}); err != nil {
		return err
	}
	return s.Event(ctx, map[string]any{"type": "app_uninstalled"})
}
