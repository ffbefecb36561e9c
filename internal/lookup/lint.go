package lookup

import (
	"context"
	"fmt"
	"slices"

	"parley/rules"
)

// Check looks at a query that somebody wants to use. An error of the query is a
// *rules.Problem; a query that can be used may have warnings.
func (a *Answers) Check(_ context.Context, query string) (warnings []string, err error) {
	c := a.catalogue.Load()
	list, err := c.lint(query, c.Vocabulary)
	for _, p := range list {
		warnings = append(warnings, p.Error())
	}
	return warnings, err
}

// Lint looks at a query that the rule of that name shall have, and returns what
// is doubtful about it, with the places. An error is a *rules.Problem: of the
// query itself, also when it leads back to the rule, or because another rule that
// names this one could not be read any more.
func (a *Answers) Lint(_ context.Context, name, query string) ([]rules.Problem, error) {
	c := a.catalogue.Load()
	if c.Vocabulary == nil {
		return c.lint(query, nil)
	}
	list := slices.DeleteFunc(slices.Clone(c.Vocabulary.Rules), func(r rules.Source) bool { return r.Name == name })
	v := c.Vocabulary.With(append(list, rules.Source{Name: name, When: query}))
	found, err := c.lint(query, v)
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		if p := fault(r.When, v); p != nil && fault(r.When, c.Vocabulary) == nil {
			return nil, &rules.Problem{
				Src: query, End: len(query), Msg: fmt.Sprintf("the rule %q, which names this one, could not be read any more", r.Name), Hint: p.Error(),
			}
		}
	}
	return found, nil
}

func (c *Catalogue) lint(query string, v *rules.Vocabulary) ([]rules.Problem, error) {
	if p := fault(query, v); p != nil {
		return nil, p
	}
	q, err := rules.Parse(query)
	if err != nil {
		return nil, err
	}
	return append(rules.Lint(q, v), rules.LintRule(q, v, c.Bearers)...), nil
}

// fault is the first error of a query, nil if it has none.
func fault(query string, v *rules.Vocabulary) *rules.Problem {
	q, err := rules.Parse(query)
	if err != nil {
		return err.(*rules.Problem) // as Parse promises
	}
	if problems := rules.Check(q, v); len(problems) > 0 {
		return &problems[0]
	}
	return nil
}
