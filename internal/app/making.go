package app

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"time"

	"parley/bot"
	"parley/internal/news"
	"parley/internal/watch"
)

// rulemaking stores the rules that people of a workspace make and puts them in
// force at once.
type rulemaking struct {
	*App
	own scoped
}

// MadeRules returns them all, oldest first, with those that are not in force.
func (r rulemaking) MadeRules(ctx context.Context) ([]bot.MadeRule, error) {
	made, err := r.own.MadeRules(ctx)
	if err != nil {
		return nil, err
	}
	return r.current().with(made).made, nil
}

// MakeRule stores a rule with its first subscription.
func (r rulemaking) MakeRule(ctx context.Context, rule news.MadeRule, first news.Subscription) (news.MadeRule, bool, error) {
	stored, created, err := r.own.MakeRule(ctx, rule, first)
	if err == nil && created {
		err = r.refresh(ctx)
	}
	return stored, created, err
}

// ChangeRule gives a rule another query.
func (r rulemaking) ChangeRule(ctx context.Context, id int64, query, author string, at time.Time) error {
	if _, err := r.own.ChangeRule(ctx, id, query, author, at); err != nil {
		return err
	}
	return r.refresh(ctx)
}

// DeleteRule ends a rule, and these subscriptions with it.
func (r rulemaking) DeleteRule(ctx context.Context, id int64, with []int64, author string, at time.Time) error {
	if err := r.own.DeleteRule(ctx, id, with, author, at); err != nil {
		return err
	}
	return r.refresh(ctx)
}

// ExportRules writes those in force as entries of the configuration.
func (r rulemaking) ExportRules(ctx context.Context) ([]string, error) {
	made, err := r.own.MadeRules(ctx)
	if err != nil {
		return nil, err
	}
	return r.current().with(made).export(), nil
}

// Configured tells where in the configuration a rule stands.
func (r rulemaking) Configured(name string) (string, bool) { return r.current().configured(name) }

// refresh takes changed rules and subscriptions into the matcher and the look-ups
// while everything goes on.
func (a *App) refresh(ctx context.Context) error {
	a.setting.Lock()
	defer a.setting.Unlock()
	f, err := a.inForce(ctx, a.current())
	if err != nil {
		return err
	}
	a.know(f)
	if err := a.book.Update(f.home.rules, f.subs, f.home.vocabulary, f.others...); err != nil {
		a.log.Error("a rule or subscription cannot be used and keeps its old form; all others are in force", "error", err)
	}
	a.wakeStatuses()
	return nil
}

// A force is what is in force: for the home workspace, and for each of the others
// what its people made.
type force struct {
	home   *view
	subs   []news.Subscription
	others []watch.Workspace
	views  map[string]*view // by team, of the others
}

// inForce returns the rules that a configuration and people made, and the
// subscriptions that are understood with them.
func (a *App) inForce(ctx context.Context, k *Knowledge) (force, error) {
	var f force
	made, err := a.store.MadeRules(ctx)
	if err != nil {
		return f, err
	}
	subscribed, err := a.store.Subscriptions(ctx)
	if err != nil {
		return f, err
	}
	served, err := a.served(ctx)
	if err != nil {
		return f, err
	}
	f.home = k.with(madeIn(made, ""))
	f.subs = append(k.Subscriptions(), a.understood(f.home, subscribed, "")...)
	f.views = map[string]*view{}
	for _, w := range served {
		v := k.with(madeIn(made, w.Team))
		f.views[w.Team] = v
		own := watch.Workspace{Team: w.Team, Subscriptions: a.understood(v, subscribed, w.Team), Vocabulary: v.vocabulary}
		for _, r := range v.rules {
			if r.Owner != "" { // those of the configuration are asked for all
				own.Rules = append(own.Rules, r)
			}
		}
		f.others = append(f.others, own)
	}
	return f, nil
}

// madeIn picks the rules that people of a team made.
func madeIn(made []news.MadeRule, team string) []news.MadeRule {
	return slices.DeleteFunc(slices.Clone(made), func(m news.MadeRule) bool { return !isOf(m.Channel, team) })
}

// understood picks the subscriptions of a team. One that the configuration no
// longer understands is left out and said so, rather than stopping all others.
func (a *App) understood(v *view, subscribed []news.Subscription, team string) (subs []news.Subscription) {
	for _, s := range subscribed {
		if !isOf(s.Channel, team) {
			continue
		}
		if p := v.fault(s.To); p != nil {
			a.log.Error("a subscription is not understood any more and is not served", "channel", s.Channel, "to", s.To, "error", p)
			continue
		}
		subs = append(subs, s)
	}
	return subs
}

// know lets look-ups know what is in force.
func (a *App) know(f force) {
	a.lookup.Use(f.home.catalogue())
	a.tenants.know(f.views)
}

// tellAside tells the log which rules that people made are not in force.
func (a *App) tellAside(f force) {
	a.tellAsideOf(f.home)
	for _, team := range slices.Sorted(maps.Keys(f.views)) {
		a.tellAsideOf(f.views[team])
	}
}

func (a *App) tellAsideOf(v *view) {
	for _, m := range v.made {
		if m.Aside != "" {
			a.log.Error("a rule that was made in Slack is not in force; it is kept, and `/parley rule "+m.Name+"` shows it", "rule", m.Name, "owner", m.Owner, "why", m.Aside)
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
