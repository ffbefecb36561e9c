package app

import (
	"context"
	"time"

	"parley/internal/store"
)

// Several parleys may share the work on one database. What one of them learns the
// others find there: before new items are matched, and every few moments besides.

// followEvery is how soon one parley knows what another has stored.
const followEvery = 2 * time.Second

// follow keeps up with what others store, until ctx ends.
func (a *App) follow(ctx context.Context) {
	tick := time.NewTicker(followEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := a.catchUp(ctx); err != nil {
			continue // the watch and the worker say so, and go on trying
		}
		// What is due may be left by one that ended before it could deliver it.
		if next, ok, err := a.store.NextDelivery(ctx); err == nil && ok && !next.After(a.options.Now()) {
			a.worker.Wake()
		}
	}
}

// catchUp brings the rules, subscriptions and mutes in force up to those stored.
func (a *App) catchUp(ctx context.Context) error {
	changes, err := a.store.Changes(ctx)
	if err != nil || changes == a.changes.Load() {
		return err
	}
	if err := a.refresh(ctx); err != nil {
		return err
	}
	if err := a.honour(ctx); err != nil {
		return err
	}
	a.changes.Store(changes) // as it was before they were read
	return nil
}

// Database calls the database as people may see it: with no password.
func (k *Knowledge) Database() string { return store.WithoutPassword(k.Config.Database) }

// isFile reports that the database is a file.
func (k *Knowledge) isFile() bool { return !store.IsPostgres(k.Config.Database) }
