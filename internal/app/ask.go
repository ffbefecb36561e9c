package app

import (
	"context"
	"log/slog"
	"time"

	"parley/bot"
	"parley/internal/lookup"
	"parley/internal/store"
)

// Questions that the command line asks of a database, without running a parley.

// Why finds an item by its link, its id or the number of a development, and
// tells its road; false if none is stored.
func (k *Knowledge) Why(ctx context.Context, key string, log *slog.Logger) (lookup.Road, bool, error) {
	s, err := store.Open(ctx, k.Config.Database, log)
	if err != nil {
		return lookup.Road{}, false, err
	}
	defer func() { _ = s.Close() }() // it was only read
	return lookup.New(s, translator{}, catalogue(k), time.Now).Why(ctx, key)
}

// Backtest tells what a query would have raised over the items published in the
// time before now. Progress is told how many items have been looked at.
func (k *Knowledge) Backtest(ctx context.Context, query string, back time.Duration, log *slog.Logger, progress func(done, total int)) (lookup.Backtest, error) {
	s, err := store.Open(ctx, k.Config.Database, log)
	if err != nil {
		return lookup.Backtest{}, err
	}
	defer func() { _ = s.Close() }() // it was only read
	return lookup.New(s, translator{}, catalogue(k), time.Now).Backtest(ctx, query, time.Now().Add(-back), progress)
}

// Feeds tells the health of each configured feed, in their order.
func (k *Knowledge) Feeds(ctx context.Context, log *slog.Logger) ([]lookup.FeedHealth, error) {
	s, err := store.Open(ctx, k.Config.Database, log)
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close() }() // it was only read
	return lookup.New(s, translator{}, catalogue(k), time.Now).Feeds(ctx)
}

// Manifest writes the Slack app manifest, and lists the scopes that it asks for;
// url is the public address of parley for signed HTTP, empty for Socket Mode.
func Manifest(url string, optional, yaml bool) ([]byte, []bot.Scope, error) {
	out, err := bot.Manifest(bot.ManifestOptions{URL: url, Optional: optional, YAML: yaml})
	if err != nil {
		return nil, nil, err
	}
	var scopes []bot.Scope
	for _, s := range bot.Scopes() {
		if !s.Optional || optional {
			scopes = append(scopes, s)
		}
	}
	return out, scopes, nil
}
