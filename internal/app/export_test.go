package app

import (
	"context"
	"time"

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
