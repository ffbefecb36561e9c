package app

import (
	"context"
	"strconv"
	"time"

	"parley/bot"
	"parley/internal/news"
)

// rulemaking stores the rules that people make and puts them in force at once.
type rulemaking struct{ *App }

// MadeRules returns them all, oldest first, with those that are not in force.
func (r rulemaking) MadeRules(ctx context.Context) ([]bot.MadeRule, error) {
	made, err := r.store.MadeRules(ctx)
	if err != nil {
		return nil, err
	}
	return r.current().with(made).made, nil
}

// MakeRule stores a rule with its first subscription.
func (r rulemaking) MakeRule(ctx context.Context, rule news.MadeRule, first news.Subscription) (news.MadeRule, bool, error) {
	stored, created, err := r.store.MakeRule(ctx, rule, first)
	if err == nil && created {
		err = r.refresh(ctx)
	}
	return stored, created, err
}

// ChangeRule gives a rule another query.
func (r rulemaking) ChangeRule(ctx context.Context, id int64, query, author string, at time.Time) error {
	if _, err := r.store.ChangeRule(ctx, id, query, author, at); err != nil {
		return err
	}
	return r.refresh(ctx)
}

// DeleteRule ends a rule, and these subscriptions with it.
func (r rulemaking) DeleteRule(ctx context.Context, id int64, with []int64, author string, at time.Time) error {
	if err := r.store.DeleteRule(ctx, id, with, author, at); err != nil {
		return err
	}
	return r.refresh(ctx)
}

// ExportRules writes those in force as entries of the configuration.
func (r rulemaking) ExportRules(ctx context.Context) ([]string, error) {
	made, err := r.store.MadeRules(ctx)
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
	v, subs, err := a.inForce(ctx, a.current())
	if err != nil {
		return err
	}
	a.lookup.Use(v.catalogue())
	if err := a.book.Update(v.rules, subs, v.vocabulary); err != nil {
		a.log.Error("a rule or subscription cannot be used and keeps its old form; all others are in force", "error", err)
	}
	a.wakeStatuses()
	return nil
}

// inForce returns the rules that a configuration and people made, and the
// subscriptions that are understood with them.
func (a *App) inForce(ctx context.Context, k *Knowledge) (*view, []news.Subscription, error) {
	made, err := a.store.MadeRules(ctx)
	if err != nil {
		return nil, nil, err
	}
	subscribed, err := a.store.Subscriptions(ctx)
	if err != nil {
		return nil, nil, err
	}
	v := k.with(made)
	subs := k.Subscriptions()
	for _, s := range subscribed {
		// one that the new configuration no longer understands is left out and
		// said so, rather than stopping all others
		if p := v.fault(s.To); p != nil {
			a.log.Error("a subscription is not understood any more and is not served", "channel", s.Channel, "to", s.To, "error", p)
			continue
		}
		subs = append(subs, s)
	}
	return v, subs, nil
}

// tellAside tells the log which rules that people made are not in force.
func (a *App) tellAside(v *view) {
	for _, m := range v.made {
		if m.Aside != "" {
			a.log.Error("a rule that was made in Slack is not in force; it is kept, and `/parley rule "+m.Name+"` shows it", "rule", m.Name, "owner", m.Owner, "why", m.Aside)
		}
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
