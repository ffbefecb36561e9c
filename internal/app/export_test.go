package app

import (
	"context"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/lookup"
	"parley/internal/store"
)

// WithWords lets tests open a store as an App does.
func WithWords() store.Option { return store.WithWords(words()) }

// WordsVersion is that of the index, and its words.
func WordsVersion() store.Words { return words() }

// Ask lets tests ask a store as an App does.
func (k *Knowledge) Ask(s *store.Store, now func() time.Time) *lookup.Answers {
	return lookup.New(s, translator{}, k.with(nil).catalogue(), now)
}

// Hear lets tests answer by Socket Mode without checking feeds.
func (a *App) Hear(ctx context.Context) error { return a.room.Socket(ctx) }

// TokenOf lets tests ask for a workspace's token as a request does.
func (a *App) TokenOf(ctx context.Context, team string) (string, error) {
	return a.workspaces.Token(ctx, team)
}

// ClientOf lets tests speak as parley does in a workspace.
func (a *App) ClientOf(team string) *slack.Client { return a.tenants.get(team).room.API }

// ServerOf is the server that the App listens with.
var ServerOf = server
