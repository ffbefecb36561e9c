package app

import (
	"strings"

	"parley/bot"
	"parley/internal/config"
	"parley/internal/lookup"
	"parley/internal/news"
	"parley/rules"
)

// A view is a configuration together with the rules that people made: what is in
// force.
type view struct {
	*Knowledge
	made       []bot.MadeRule // all of them, with why one is not in force
	rules      []news.Rule    // in force: those of the configuration, then those that people made
	vocabulary *rules.Vocabulary
}

// with adds the rules that people made. One whose name the configuration has is
// put aside, and so is one that the configuration no longer understands; it is
// kept, and comes back when that changes.
func (k *Knowledge) with(made []news.MadeRule) *view {
	v := &view{Knowledge: k}
	for _, m := range made {
		r := bot.MadeRule{MadeRule: m}
		if where, ok := k.configured(m.Name); ok {
			r.Aside = "the configuration has a rule of this name (" + where + ")"
		}
		v.made = append(v.made, r)
	}
	// What names a rule that is not understood is not understood itself.
	for again := true; again; {
		again = false
		v.vocabulary = k.Vocabulary
		if sources := v.sources(); len(sources) > len(k.Vocabulary.Rules) {
			v.vocabulary = k.Vocabulary.With(sources)
		}
		for i := range v.made {
			if m := &v.made[i]; m.Aside == "" {
				if p := v.fault(m.When); p != nil {
					m.Aside, again = p.Error(), true
				}
			}
		}
	}
	v.rules = k.Rules()
	for _, m := range v.made {
		if m.Aside == "" {
			v.rules = append(v.rules, m.Rule)
		}
	}
	return v
}

// sources are what rule:NAME may name.
func (v *view) sources() []rules.Source {
	out := append([]rules.Source(nil), v.Vocabulary.Rules...)
	for _, m := range v.made {
		if m.Aside == "" {
			out = append(out, rules.Source{Name: m.Name, When: m.When})
		}
	}
	return out
}

// fault is the first error of a query, nil if it has none.
func (v *view) fault(query string) *rules.Problem {
	q, err := rules.Parse(query)
	if err != nil {
		return err.(*rules.Problem) // as Parse promises
	}
	if ps := rules.Check(q, v.vocabulary); len(ps) > 0 {
		return &ps[0]
	}
	return nil
}

// catalogue is what look-ups know of it.
func (v *view) catalogue() lookup.Catalogue {
	c := lookup.Catalogue{
		Rules: v.rules, Subscriptions: v.Subscriptions(), Vocabulary: v.vocabulary, Bearers: v.Actors.Ambiguous, Zone: v.Config.Zone,
	}
	for _, f := range v.Config.Feeds {
		c.Feeds = append(c.Feeds, f.Feed)
	}
	for _, n := range v.Config.Negotiations {
		c.Negotiations = append(c.Negotiations, n.Negotiation)
	}
	return c
}

// export writes the rules that people made, and that are in force, as entries of
// the configuration.
func (v *view) export() []string {
	var out []string
	for _, m := range v.made {
		if m.Aside == "" {
			out = append(out, config.RuleEntry(m.MadeRule))
		}
	}
	return out
}

// configured tells where in the configuration a rule stands.
func (k *Knowledge) configured(name string) (where string, ok bool) {
	for _, r := range k.Config.Rules {
		if strings.EqualFold(r.Name, name) {
			return "line " + itoa(r.At.Line) + " of " + k.Config.File, true
		}
	}
	return "", false
}
