package app

import (
	"context"
	"log/slog"
	"time"

	"parley/bot"
	"parley/internal/lookup"
	"parley/internal/news"
	"parley/internal/store"
)

// Questions that the command line asks of a database, without running a parley.

// A Road is what became of one stored item.
type Road struct {
	news.StoredItem
	Rules      []string        // that it raises as the configuration stands now
	Deliveries []news.Delivery // what came of it, and how far that is
}

// Why finds an item by its link or id and tells its road; false if none is
// stored.
func (k *Knowledge) Why(ctx context.Context, link string, log *slog.Logger) (Road, bool, error) {
	s, err := store.Open(ctx, k.Config.Database, log)
	if err != nil {
		return Road{}, false, err
	}
	defer func() { _ = s.Close() }() // it was only read
	it, ok, err := s.ItemByLink(ctx, link)
	if err == nil && !ok {
		it, ok, err = s.ItemByID(ctx, link)
	}
	if err != nil || !ok {
		return Road{}, false, err
	}
	deliveries, err := s.Deliveries(ctx, it.Item.ID)
	if err != nil {
		return Road{}, false, err
	}
	book, err := k.Rulebook(nil)
	if err != nil {
		return Road{}, false, err
	}
	at := it.Item.Published
	if at.IsZero() {
		at = it.Item.Fetched
	}
	return Road{StoredItem: it, Rules: book.Rules(k.Engine.Read(it.Item), at), Deliveries: deliveries}, true, nil
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
