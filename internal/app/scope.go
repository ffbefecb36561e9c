package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"parley/internal/news"
	"parley/internal/store"
)

// A scoped store is what the people of one workspace may see and change of the
// store: what they made themselves, by channels as Slack calls them there. The news
// is common. This is the one place where a channel and its address are turned into
// each other for them, and where an id of another workspace is refused.
type scoped struct {
	*store.Store
	team string // empty: the home workspace
}

// isOf says whether an address is of a team.
func isOf(address, team string) bool {
	of, _ := news.SplitAddress(address)
	return of == team
}

// In the home workspace a channel is its own address.

func (s scoped) address(channel string) string { return news.Address(s.team, channel) }

func local(address string) string {
	_, channel := news.SplitAddress(address)
	return channel
}

// own keeps of a list what is the workspace's, with its channels as they are called
// there.
func own[T any](s scoped, list []T, channel func(*T) *string) []T {
	var out []T
	for _, v := range list {
		if c := channel(&v); isOf(*c, s.team) {
			*c = local(*c)
			out = append(out, v)
		}
	}
	return out
}

// Subscriptions returns those that people of the workspace made.
func (s scoped) Subscriptions(ctx context.Context) ([]news.Subscription, error) {
	list, err := s.Store.Subscriptions(ctx)
	return own(s, list, func(v *news.Subscription) *string { return &v.Channel }), err
}

// Subscribe stores a subscription of the workspace.
func (s scoped) Subscribe(ctx context.Context, sub news.Subscription) (news.Subscription, bool, error) {
	sub.Channel = s.address(sub.Channel)
	stored, created, err := s.Store.Subscribe(ctx, sub)
	stored.Channel = local(stored.Channel)
	return stored, created, err
}

// Unsubscribe ends a subscription of the workspace.
func (s scoped) Unsubscribe(ctx context.Context, id int64, author string, at time.Time) error {
	if err := has(ctx, id, s.Subscriptions, func(v news.Subscription) int64 { return v.ID }); err != nil {
		return err
	}
	return s.Store.Unsubscribe(ctx, id, author, at)
}

// has fails with news.ErrNotFound unless the id is among those of the workspace.
func has[T any](ctx context.Context, id int64, list func(context.Context) ([]T, error), idOf func(T) int64) error {
	all, err := list(ctx)
	if err == nil && !slices.ContainsFunc(all, func(v T) bool { return idOf(v) == id }) {
		err = fmt.Errorf("number %d: %w", id, news.ErrNotFound)
	}
	return err
}

// Deliveries returns what of an item went to the workspace.
func (s scoped) Deliveries(ctx context.Context, item string) ([]news.Delivery, error) {
	list, err := s.Store.Deliveries(ctx, item)
	return own(s, list, func(v *news.Delivery) *string { return &v.Channel }), err
}

// Parked tells what was set aside for the workspace.
func (s scoped) Parked(ctx context.Context) ([]news.Parked, error) {
	list, err := s.Store.Parked(ctx)
	return own(s, list, func(v *news.Parked) *string { return &v.Channel }), err
}

// Unpark sends what was set aside for the workspace again.
func (s scoped) Unpark(ctx context.Context, at time.Time) (n int, err error) {
	list, err := s.Parked(ctx)
	if err != nil {
		return 0, err
	}
	seen := map[string]bool{"": true} // an empty channel would mean all
	for _, p := range list {
		if seen[p.Channel] {
			continue
		}
		seen[p.Channel] = true
		back, err := s.Store.Unpark(ctx, s.address(p.Channel), at)
		if n += back; err != nil {
			return n, err
		}
	}
	return n, nil
}

// MadeRules returns those that people of the workspace made.
func (s scoped) MadeRules(ctx context.Context) ([]news.MadeRule, error) {
	list, err := s.Store.MadeRules(ctx)
	return own(s, list, func(v *news.MadeRule) *string { return &v.Channel }), err
}

// MakeRule stores a rule of the workspace.
func (s scoped) MakeRule(ctx context.Context, rule news.MadeRule, first news.Subscription) (news.MadeRule, bool, error) {
	rule.Channel, first.Channel = s.address(rule.Channel), s.address(first.Channel)
	stored, created, err := s.Store.MakeRule(ctx, rule, first)
	stored.Channel = local(stored.Channel)
	return stored, created, err
}

func (s scoped) hasRule(ctx context.Context, id int64) error {
	return has(ctx, id, s.MadeRules, func(v news.MadeRule) int64 { return v.ID })
}

// ChangeRule gives a rule of the workspace another query.
func (s scoped) ChangeRule(ctx context.Context, id int64, query, author string, at time.Time) (news.MadeRule, error) {
	if err := s.hasRule(ctx, id); err != nil {
		return news.MadeRule{}, err
	}
	changed, err := s.Store.ChangeRule(ctx, id, query, author, at)
	changed.Channel = local(changed.Channel)
	return changed, err
}

// DeleteRule ends a rule of the workspace, with subscriptions of the workspace.
func (s scoped) DeleteRule(ctx context.Context, id int64, with []int64, author string, at time.Time) error {
	if err := s.hasRule(ctx, id); err != nil {
		return err
	}
	subs, err := s.Subscriptions(ctx)
	if err != nil {
		return err
	}
	with = slices.DeleteFunc(slices.Clone(with), func(id int64) bool {
		return !slices.ContainsFunc(subs, func(v news.Subscription) bool { return v.ID == id })
	})
	return s.Store.DeleteRule(ctx, id, with, author, at)
}

// Mutes returns those of the workspace.
func (s scoped) Mutes(ctx context.Context) ([]news.Mute, error) {
	list, err := s.Store.Mutes(ctx)
	return own(s, list, func(v *news.Mute) *string { return &v.Channel }), err
}

// Mute stores a mute of the workspace.
func (s scoped) Mute(ctx context.Context, m news.Mute) (news.Mute, bool, error) {
	m.Channel = s.address(m.Channel)
	stored, created, err := s.Store.Mute(ctx, m)
	stored.Channel = local(stored.Channel)
	return stored, created, err
}

// Unmute ends a mute of the workspace.
func (s scoped) Unmute(ctx context.Context, id int64, author string, at time.Time) (news.Mute, error) {
	if err := has(ctx, id, s.Mutes, func(v news.Mute) int64 { return v.ID }); err != nil {
		return news.Mute{}, err
	}
	ended, err := s.Store.Unmute(ctx, id, author, at)
	ended.Channel = local(ended.Channel)
	return ended, err
}

// StatusCards returns those that are kept in the workspace.
func (s scoped) StatusCards(ctx context.Context) ([]news.StatusCard, error) {
	list, err := s.Store.StatusCards(ctx)
	return own(s, list, func(v *news.StatusCard) *string { return &v.Channel }), err
}

// ShowStatus sees to it that a status card of the workspace is there to be read.
func (s scoped) ShowStatus(ctx context.Context, channel, negotiation string, now time.Time) (bool, error) {
	return s.Store.ShowStatus(ctx, s.address(channel), negotiation, now)
}

// Deeds returns what people of the workspace changed.
func (s scoped) Deeds(ctx context.Context, channels []string, limit int) ([]news.Deed, error) {
	var addresses []string
	for _, c := range channels {
		addresses = append(addresses, s.address(c))
	}
	list, err := s.Store.Deeds(ctx, s.team, addresses, limit)
	return own(s, list, func(v *news.Deed) *string { return &v.Channel }), err
}

// Label keeps what somebody of the workspace says is wrong.
func (s scoped) Label(ctx context.Context, f news.Feedback) (bool, error) {
	f.Channel, f.Author = s.address(f.Channel), s.address(f.Author)
	return s.Store.Label(ctx, f)
}
