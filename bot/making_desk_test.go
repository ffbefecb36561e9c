package bot_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/bot"
	"parley/internal/news"
	"parley/rules"
)

// What the desk knows of rules that people made: it keeps them as the store does.

func (d *desk) Lint(ctx context.Context, name, query string) ([]rules.Problem, error) {
	q, err := rules.Parse(query)
	if err != nil {
		return nil, err
	}
	if slices.Contains(q.Refers(), name) {
		return nil, &rules.Problem{Src: query, End: len(query), Msg: "rule " + name + " leads back to itself", Hint: "write out what is meant"}
	}
	return rules.Lint(q, nil), d.ask(ctx)
}

func (d *desk) MadeRules(ctx context.Context) ([]bot.MadeRule, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.own), d.ask(ctx)
}

func (d *desk) MakeRule(ctx context.Context, rule news.MadeRule, first news.Subscription) (news.MadeRule, bool, error) {
	if rule.Owner == "" || rule.Created.IsZero() || rule.Channel == "" || first.To != "rule:"+rule.Name {
		return rule, false, errors.New("a rule without owner, time, channel or subscription")
	}
	if err := d.ask(ctx); err != nil {
		return rule, false, err
	}
	d.mu.Lock()
	for _, m := range d.own {
		if m.Name == rule.Name {
			d.mu.Unlock()
			return m.MadeRule, false, nil
		}
	}
	d.made++
	rule.ID = int64(100 + d.made)
	d.own = append(d.own, bot.MadeRule{MadeRule: rule})
	d.mu.Unlock()
	first.Author, first.Created = rule.Owner, rule.Created
	_, _, err := d.Subscribe(ctx, first)
	return rule, true, err
}

func (d *desk) ChangeRule(ctx context.Context, id int64, query, author string, at time.Time) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, m := range d.own {
		if m.ID == id && author != "" {
			d.own[i].When, d.own[i].ChangedBy, d.own[i].Changed = query, author, at
			return d.ask(ctx)
		}
	}
	return news.ErrNotFound
}

func (d *desk) DeleteRule(ctx context.Context, id int64, with []int64, author string, at time.Time) error {
	d.mu.Lock()
	for i, m := range d.own {
		if m.ID != id {
			continue
		}
		d.own = slices.Delete(d.own, i, i+1)
		d.mu.Unlock()
		for _, sub := range with {
			if err := d.Unsubscribe(ctx, sub, author, at); err != nil {
				return err
			}
		}
		return d.ask(ctx)
	}
	d.mu.Unlock()
	return news.ErrNotFound
}

func (d *desk) ExportRules(ctx context.Context) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []string
	for _, m := range d.own {
		if m.Aside == "" {
			out = append(out, fmt.Sprintf("  - name: %s\n    when: %q\n", m.Name, m.When))
		}
	}
	return out, d.ask(ctx)
}

func (d *desk) Configured(name string) (string, bool) {
	return "line 12 of parley.yaml", name == "deal" || name == "mediator-names-date"
}

// made rules of the transcript: one in force, and one that the configuration has
// taken the place of.
func madeRules() []bot.MadeRule {
	return []bot.MadeRule{
		{MadeRule: news.MadeRule{
			Rule: news.Rule{Name: "gulf", When: `negotiation:us-iran kind:setback "<!channel>"`, Owner: "U7"}, ID: 1, Channel: "C7", Created: now.AddDate(0, 0, -3),
			ChangedBy: "U8", Changed: now.AddDate(0, 0, -1),
		}},
		{MadeRule: news.MadeRule{Rule: news.Rule{Name: "mine", When: "truce", Owner: "U1"}, ID: 2, Channel: "C1", Created: now.AddDate(0, 0, -2)}},
		{
			MadeRule: news.MadeRule{Rule: news.Rule{Name: "deal", When: "accord", Owner: "U7"}, ID: 3, Channel: "C1", Created: now.AddDate(0, 0, -9)},
			Aside:    "the configuration has a rule of this name",
		},
	}
}
