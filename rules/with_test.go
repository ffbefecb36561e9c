package rules_test

import (
	"slices"
	"testing"

	"parley/internal/text"
	"parley/rules"
)

// A rule that comes later can be named by those that come after it; one that
// named it before says what it said until it is read anew.
func TestARuleIsMadeKnown(t *testing.T) {
	v := &rules.Vocabulary{Actors: []rules.Actor{{ID: "iran", Names: []string{"Iran"}}}, Rules: []rules.Source{{Name: "deal", When: "deal"}}}
	set, err := rules.Compile([]rules.Source{{Name: "deal", When: "deal"}, {Name: "both", When: "rule:deal actor:iran"}}, v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := set.Add(rules.Source{Name: "early", When: "rule:truce"}); err == nil {
		t.Error("a rule that nobody knows could be named")
	}
	matches := func(title string) (names []string) {
		for _, m := range set.Match(&rules.Doc{Title: text.New(title), Text: text.New("")}, nil, nil) {
			names = append(names, m.Rule)
		}
		return names
	}
	next := v.With([]rules.Source{{Name: "deal", When: "agreement"}, {Name: "truce", When: "truce"}})
	if err := set.Know(next); err != nil {
		t.Fatal(err)
	}
	if _, err := set.Add(rules.Source{Name: "late", When: "rule:truce OR rule:deal"}); err != nil {
		t.Fatal(err)
	}
	for title, want := range map[string][]string{
		"Truce": {"late"}, "Iran deal": {"deal", "both"}, "Iran agreement": {"late"},
	} {
		if got := matches(title); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", title, got, want)
		}
	}
	if err := set.Change(1, rules.Source{Name: "both", When: "rule:deal actor:iran"}); err != nil {
		t.Fatal(err)
	}
	if got := matches("Iran agreement"); !slices.Equal(got, []string{"both", "late"}) {
		t.Errorf("read anew: %v", got)
	}
	// A new layout keeps it.
	for i := range 5000 {
		n, err := set.Add(rules.Source{Name: "x", When: "rule:truce x"})
		if err == nil {
			err = set.Remove(n)
		}
		if err != nil {
			t.Fatal(i, err)
		}
	}
	if got := matches("Iran agreement"); !slices.Equal(got, []string{"both", "late"}) {
		t.Errorf("after a new layout: %v", got)
	}
	if ps := rules.Check(must(rules.Parse("actor:irna rule:truce")), next); len(ps) != 1 {
		t.Errorf("what is checked with the new vocabulary: %v", ps)
	}
	for _, bad := range []*rules.Vocabulary{nil, {}, {Actors: slices.Clone(v.Actors)}} {
		if set.Know(bad) == nil {
			t.Errorf("the set took another vocabulary: %v", bad)
		}
	}
}

func must(q *rules.Query, err error) *rules.Query {
	if err != nil {
		panic(err)
	}
	return q
}
