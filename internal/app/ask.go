package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"parley/bot"
	"parley/internal/lookup"
	"parley/internal/store"
	"parley/internal/workspaces"
)

// Questions that the command line asks of a database, without running a parley.

// ask opens the database, and lets f ask about what is in force in a workspace: that
// of the configuration, or another by the id of its team.
func (k *Knowledge) ask(ctx context.Context, team string, log *slog.Logger, f func(*view, *lookup.Answers) error) error {
	s, err := store.Open(ctx, k.Config.Database, log, store.WithWords(words()))
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // it was only read
	made, err := s.MadeRules(ctx)
	if err != nil {
		return err
	}
	if err := installed(ctx, s, team); err != nil {
		return err
	}
	v := k.with(madeIn(made, team))
	return f(v, lookup.New(s, translator{}, v.catalogue(), time.Now))
}

// installed fails unless a team has installed parley; of no team it does not.
func installed(ctx context.Context, s *store.Store, team string) error {
	if team == "" {
		return nil
	}
	list, err := s.Workspaces(ctx)
	if err != nil {
		return err
	}
	var names []string
	for _, w := range list {
		if w.Team == team {
			return nil
		}
		names = append(names, w.Team+" ("+w.Name+")")
	}
	if len(names) == 0 {
		return fmt.Errorf("there is no workspace %s: none has installed parley in this database; leave --workspace out for that of the configuration", team)
	}
	return fmt.Errorf("there is no workspace %s: those that have installed parley are %s; leave --workspace out for that of the configuration", team, strings.Join(names, ", "))
}

// Why finds an item by its link, its id or the number of a development, and
// tells its road; false if none is stored.
func (k *Knowledge) Why(ctx context.Context, key string, log *slog.Logger) (road lookup.Road, ok bool, err error) {
	err = k.ask(ctx, "", log, func(_ *view, a *lookup.Answers) (err error) {
		road, ok, err = a.Why(ctx, key)
		return err
	})
	return road, ok, err
}

// Backtest tells what a query would have raised over the items published in the
// time before now, beside the rules of a workspace: that of the configuration, or
// another by the id of its team. Progress is told how many items have been looked at.
func (k *Knowledge) Backtest(ctx context.Context, team, query string, back time.Duration, log *slog.Logger, progress func(done, total int)) (b lookup.Backtest, err error) {
	err = k.ask(ctx, team, log, func(_ *view, a *lookup.Answers) (err error) {
		b, err = a.Backtest(ctx, query, time.Now().Add(-back), 0, progress)
		return err
	})
	return b, err
}

// Feeds tells the health of each configured feed, in their order.
func (k *Knowledge) Feeds(ctx context.Context, log *slog.Logger) (feeds []lookup.FeedHealth, err error) {
	err = k.ask(ctx, "", log, func(_ *view, a *lookup.Answers) (err error) {
		feeds, err = a.Feeds(ctx)
		return err
	})
	return feeds, err
}

// ExportRules writes the rules that people of a workspace made in Slack, that of the
// configuration or another by the id of its team, as entries of rules: in the
// configuration. Aside are those that are not in force, each with the reason.
func (k *Knowledge) ExportRules(ctx context.Context, team string, log *slog.Logger) (entries, aside []string, err error) {
	err = k.ask(ctx, team, log, func(v *view, _ *lookup.Answers) error {
		entries = v.export()
		for _, m := range v.made {
			if m.Aside != "" {
				aside = append(aside, "the rule "+m.Name+" of "+m.Owner+" is left out: "+m.Aside)
			}
		}
		return nil
	})
	return entries, aside, err
}

// Manifest writes the Slack app manifest, and lists the scopes that it asks for;
// url is the public address of parley for signed HTTP, empty for Socket Mode. With
// slack.public_url in the configuration other workspaces may be sent back there.
func (k *Knowledge) Manifest(url string, optional, yaml bool) ([]byte, []bot.Scope, error) {
	o := bot.ManifestOptions{URL: url, Optional: optional, YAML: yaml}
	if k.Config.PublicURL != "" {
		o.Redirect = k.Config.PublicURL + workspaces.PathCallback
	}
	out, err := bot.Manifest(o)
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

// Backup writes a copy of the database to a file that does not exist yet, also
// while a parley runs on it.
func (k *Knowledge) Backup(ctx context.Context, to string, log *slog.Logger) error {
	return k.open(ctx, log, func(s *store.Store) error { return s.Backup(ctx, to) })
}

// Prune drops the texts of items older than that, or counts them if it is only
// to be tried.
func (k *Knowledge) Prune(ctx context.Context, older time.Duration, dry bool, log *slog.Logger) (p store.Pruning, err error) {
	err = k.open(ctx, log, func(s *store.Store) (err error) {
		p, err = s.Prune(ctx, time.Now().Add(-older), dry)
		return err
	})
	return p, err
}

// open lets f work on a database that exists.
func (k *Knowledge) open(ctx context.Context, log *slog.Logger, f func(*store.Store) error) error {
	if _, err := os.Stat(k.Config.Database); k.isFile() && err != nil {
		return fmt.Errorf("the database %s cannot be found: name the configuration of the parley that uses it with --config", k.Config.Database)
	}
	s, err := store.Open(ctx, k.Config.Database, log, store.WithWords(words()))
	if err != nil {
		return err
	}
	return errors.Join(f(s), s.Close())
}
