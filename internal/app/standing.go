package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"parley/bot"
	"parley/internal/lookup"
	"parley/internal/news"
	"parley/internal/story"
)

// statesFrom is how many of the latest developments that can move a negotiation
// its state is computed from. Older ones are over, whatever they were.
const statesFrom = 100

// Standing tells how a negotiation stands at now.
func (a answers) Standing(ctx context.Context, negotiation string, now time.Time) (bot.Standing, error) {
	return standing(ctx, a.Answers, negotiation, now, a.current().Config.Zone)
}

// Standings tells how the negotiations stand at now of which anything was heard.
func (a answers) Standings(ctx context.Context, now time.Time) (map[string]bot.Standing, error) {
	all, err := a.Negotiations(ctx)
	if err != nil {
		return nil, err
	}
	zone, out := a.current().Config.Zone, map[string]bot.Standing{}
	for _, n := range all {
		s, heard, err := state(ctx, a.Answers, n.ID, now, zone)
		if err != nil {
			return nil, err
		}
		if heard {
			out[n.ID] = bot.Standing{State: string(s.State), Since: s.Since, Round: s.Round}
		}
	}
	return out, nil
}

// state computes the state of a negotiation, with days counted in a zone; heard is
// false if nothing is known of it.
func state(ctx context.Context, a *lookup.Answers, negotiation string, now time.Time, zone *time.Location) (s story.Standing, heard bool, err error) {
	list, err := a.Developments(ctx, news.Filter{Negotiation: negotiation, Kinds: story.Moving(), Limit: statesFrom, Bare: true})
	if heard = len(list) > 0; !heard && err == nil {
		other, e := a.Developments(ctx, news.Filter{Negotiation: negotiation, Limit: 1, Bare: true})
		heard, err = len(other) > 0, e
	}
	return story.Stand(list, now, now.In(zone).Format(time.DateOnly)), heard, err
}

// standing computes how a negotiation stands, with days counted in a zone.
func standing(ctx context.Context, a *lookup.Answers, negotiation string, now time.Time, zone *time.Location) (news.Standing, error) {
	last, err := a.Developments(ctx, news.Filter{Negotiation: negotiation, Limit: 1})
	if err != nil || len(last) == 0 {
		return news.Standing{State: string(story.Quiet)}, err
	}
	s, _, err := state(ctx, a, negotiation, now, zone)
	if err != nil {
		return news.Standing{}, err
	}
	out := news.Standing{State: string(s.State), Since: s.Since, Round: s.Round, Last: &last[0]}
	switch {
	case s.By == last[0].ID:
		out.By = out.Last
	case s.By != 0:
		by, ok, err := a.Development(ctx, s.By)
		if err != nil {
			return out, err
		}
		if ok {
			out.By = &by
		}
	}
	return out, nil
}

// Speakers returns the actors that bear a name or have this id; if there is none,
// the ids of all.
func (a answers) Speakers(_ context.Context, name string) (found []news.Actor, ids []string, err error) {
	index := a.current().Actors
	all := index.IDs()
	if i := slices.IndexFunc(all, func(id string) bool { return strings.EqualFold(id, strings.ReplaceAll(name, " ", "-")) }); i >= 0 {
		all = all[i : i+1]
	} else if several := index.Ambiguous(name); several != nil {
		all = several
	} else {
		bears := func(id string) bool {
			return slices.ContainsFunc(index.Names(id), func(n string) bool { return strings.EqualFold(n, name) })
		}
		if bearing := slices.DeleteFunc(slices.Clone(all), func(id string) bool { return !bears(id) }); len(bearing) > 0 {
			all = bearing
		} else {
			return nil, all, nil
		}
	}
	for _, id := range all {
		if n, ok := index.Actor(id); ok {
			found = append(found, news.Actor{ID: n.ID, Kind: news.ActorKind(n.Kind), Title: n.Title, Names: n.Names, SpeaksFor: n.SpeaksFor, Office: n.Office})
		}
	}
	return found, nil, nil
}
