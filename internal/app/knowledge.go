package app

import (
	"cmp"
	"errors"
	"slices"
	"time"
	"unicode/utf8"

	"parley/internal/actors"
	"parley/internal/config"
	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/read"
	"parley/internal/watch"
	"parley/rules"
)

// Knowledge is what a configuration makes parley know: actors, negotiations,
// the engine that reads, and the words that queries may use.
type Knowledge struct {
	Config     *config.Config
	Actors     *actors.Index
	Engine     *read.Engine
	Vocabulary *rules.Vocabulary
}

// Configure reads and understands a configuration. The problems are all faults
// and doubts of the file, in its order; with faults among them the Knowledge is
// nil.
func Configure(file string, src []byte) (*Knowledge, config.Problems) {
	c, ps := config.Parse(file, src)
	k, more := Understand(c)
	ps = append(ps, more...)
	ps.Sort()
	if len(ps.Errors()) > 0 {
		return nil, ps
	}
	return k, ps
}

// Understand checks what only actors and the query language can tell of a
// configuration, and returns what follows from it. It takes one that has faults
// already, and goes on past each that it finds. With errors among its own
// problems the Knowledge is nil.
func Understand(c *config.Config) (*Knowledge, config.Problems) {
	index, ps := indexActors(c)
	if index == nil {
		return nil, ps
	}
	known := index.IDs()
	negotiations := make([]news.Negotiation, len(c.Negotiations))
	for i, n := range c.Negotiations {
		negotiations[i] = n.Negotiation
		for _, r := range n.Refs {
			if _, ok := index.Actor(r.ID); !ok {
				ps = append(ps, unknownActor(c, r.ID, r.At, known))
			}
		}
	}
	tagger, err := dates.New()
	if err != nil {
		return nil, append(ps, c.Problem(config.Position{Line: 1, Column: 1}, 1, "%v", err))
	}
	engine, err := read.New(index, tagger, negotiations)
	if err != nil {
		return nil, append(ps, c.Problem(config.Position{Line: 1, Column: 1}, 1, "%v", err))
	}
	k := &Knowledge{Config: c, Actors: index, Engine: engine, Vocabulary: vocabulary(c, index)}
	for _, r := range c.Rules {
		ps = append(ps, k.query(r.When, r.WhenAt)...)
	}
	for _, s := range c.Subscriptions {
		ps = append(ps, k.query(s.To, s.ToAt)...)
	}
	if len(ps.Errors()) > 0 {
		return nil, ps
	}
	return k, append(ps, k.shadows()...)
}

// shadows warns of rules that an earlier one makes needless: all they match, it
// matches too, they are no more urgent, and nobody asks for them by name.
func (k *Knowledge) shadows() config.Problems {
	list := k.Config.Rules
	var ps config.Problems
	for _, s := range rules.Shadows(k.Vocabulary.Rules, k.Vocabulary) {
		r, by := list[s.Rule], list[s.By]
		if urgency(r.Level) > urgency(by.Level) || k.named(r.Name) {
			continue
		}
		at := k.Config.Within(r.WhenAt, r.When, 0)
		width := 1
		if end := k.Config.Within(r.WhenAt, r.When, len(r.When)); end.Line == at.Line {
			width = end.Column - at.Column
		}
		what := "all that the rule %q matches, the rule %q on line %d matches too"
		if s.Same {
			what = "the rule %q matches just what the rule %q on line %d does"
		}
		p := k.Config.Problem(at, width, what+": remove it, make it more urgent, or let a subscription ask for rule:%s", r.Name, by.Name, by.WhenAt.Line, r.Name)
		p.Warning = true
		ps = append(ps, p)
	}
	return ps
}

// urgency orders levels, the most urgent last.
func urgency(l news.Level) int {
	return slices.Index([]news.Level{news.Low, news.Normal, news.Urgent}, cmp.Or(l, news.Normal))
}

// named reports whether a subscription or another rule asks for a rule by name.
func (k *Knowledge) named(rule string) bool {
	asks := func(query string) bool {
		q, err := rules.Parse(query)
		return err == nil && slices.Contains(q.Refers(), rule)
	}
	return slices.ContainsFunc(k.Config.Rules, func(r config.Rule) bool { return asks(r.When) }) ||
		slices.ContainsFunc(k.Config.Subscriptions, func(s config.Subscription) bool { return asks(s.To) })
}

func unknownActor(c *config.Config, id string, at config.Position, known []string) config.Problem {
	return c.Problem(at, utf8.RuneCountInString(id), "unknown actor %q%s", id, config.Suggestion(id, known))
}

// vocabulary lists what the values in queries may be.
func vocabulary(c *config.Config, index *actors.Index) *rules.Vocabulary {
	v := read.Vocabulary()
	for _, id := range index.IDs() {
		a, _ := index.Actor(id)
		// a name that several bear, such as Foreign Office, stands for none of
		// them in a query: which one is meant is for the reading to say
		names := slices.DeleteFunc(index.Names(id), func(n string) bool { return len(index.Ambiguous(n)) > 1 })
		v.Actors = append(v.Actors, rules.Actor{ID: id, Names: names, SpeaksFor: a.SpeaksFor})
	}
	for _, n := range c.Negotiations {
		v.Negotiations = append(v.Negotiations, n.ID)
	}
	for _, f := range c.Feeds {
		v.Feeds = append(v.Feeds, f.Name)
	}
	for _, r := range c.Rules {
		v.Rules = append(v.Rules, rules.Source{Name: r.Name, When: r.When})
	}
	return v
}

// query checks one query of the file, and shows its problems where they stand.
func (k *Knowledge) query(src string, at config.Position) config.Problems {
	if src == "" {
		return nil // the file's own fault, told already
	}
	var list []rules.Problem
	q, err := rules.Parse(src)
	if err != nil {
		p, ok := errors.AsType[*rules.Problem](err)
		if !ok {
			return config.Problems{k.Config.Problem(at, 1, "%v", err)}
		}
		list = append(list, *p)
	} else if list = rules.Check(q, k.Vocabulary); len(list) == 0 {
		list = append(rules.Lint(q, k.Vocabulary), rules.LintRule(q, k.Vocabulary, k.Actors.Ambiguous)...)
	}
	var out config.Problems
	for _, p := range list {
		from, to := k.Config.Within(at, src, p.Pos), k.Config.Within(at, src, p.End)
		width := 1
		if to.Line == from.Line {
			width = to.Column - from.Column
		}
		prob := k.Config.Problem(from, width, "%s", p.Error())
		prob.Warning = p.Warning
		out = append(out, prob)
	}
	return out
}

// Rules returns the rules of the configuration.
func (k *Knowledge) Rules() []news.Rule {
	out := make([]news.Rule, len(k.Config.Rules))
	for i, r := range k.Config.Rules {
		out[i] = r.Rule
	}
	return out
}

// Rulebook compiles the configuration's rules with the given subscriptions.
func (k *Knowledge) Rulebook(subs []news.Subscription) (*watch.Rulebook, error) {
	return watch.NewRulebook(k.Rules(), subs, k.Vocabulary, k.Config.Channel, k.Config.Zone)
}

// Subscriptions returns those of the configuration.
func (k *Knowledge) Subscriptions() []news.Subscription {
	out := make([]news.Subscription, len(k.Config.Subscriptions))
	for i, s := range k.Config.Subscriptions {
		out[i] = s.Subscription
	}
	return out
}

// CheckExamples runs the examples of every rule like unit tests. An example
// that is only a headline counts as published now.
func (k *Knowledge) CheckExamples(now time.Time) config.Problems {
	book, err := k.Rulebook(nil)
	if err != nil {
		return config.Problems{k.Config.Problem(config.Position{Line: 1, Column: 1}, 1, "%v", err)}
	}
	var ps config.Problems
	for _, r := range k.Config.Rules {
		for _, set := range []struct {
			examples []config.Example
			want     bool
		}{{r.Match, true}, {r.Silent, false}} {
			for _, e := range set.examples {
				if p, ok := k.example(book, r, e, set.want, now); !ok {
					ps = append(ps, p)
				}
			}
		}
	}
	return ps
}

func (k *Knowledge) example(book *watch.Rulebook, r config.Rule, e config.Example, want bool, now time.Time) (config.Problem, bool) {
	it := news.Item{ID: "example", Feed: e.Feed, Title: e.Title, Text: e.Text, Published: e.Published}
	if it.Published.IsZero() {
		it.Published = now.In(k.Config.Zone)
	}
	for _, f := range k.Config.Feeds {
		if f.Name == e.Feed {
			it.Tier = f.Tier
			it.Published = it.Published.In(f.Zone)
			it.Language = f.Language
		}
	}
	page := k.Engine.Read(it)
	got := false
	for _, name := range book.Rules(page, it.Published) {
		got = got || name == r.Name
	}
	if got == want {
		return config.Problem{}, true
	}
	verb := "does not match"
	if got {
		verb = "matches, though it is to be silent on it"
	}
	what, steps := k.reason(r.When, page, it.Published)
	p := k.Config.Problem(e.At, utf8.RuneCountInString(e.Title), "the rule %q %s: %s", r.Name, verb, what)
	p.Detail = steps
	return p, false
}

// reason tells what a query found or missed on a page, condition by condition.
func (k *Knowledge) reason(when string, page *read.Page, now time.Time) (what string, steps []string) {
	q, err := rules.Parse(when)
	if err != nil {
		return err.Error(), nil
	}
	what = "no development was read"
	if page.Reading.Silence != nil {
		what += " (" + *page.Reading.Silence + ")"
	}
	var facts []*rules.Facts
	for i := range page.Reading.Developments {
		facts = append(facts, read.Facts(&page.Reading.Developments[i], 1))
	}
	why, err := rules.Why(q, k.Vocabulary, page.Doc(now), facts)
	if err != nil {
		return what, nil
	}
	if why.Of >= 0 {
		what = "read as " + page.Reading.Developments[why.Of].Headline
	}
	if failed := why.Failed(); failed != nil {
		what += "; " + failed.Why
	}
	return what, why.Lines()
}
