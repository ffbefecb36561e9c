package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestLintRule(t *testing.T) {
	bearers := func(name string) []string {
		if strings.EqualFold(name, "foreign office") || name == "Jordan" {
			return []string{"united-kingdom", "germany"}
		}
		return nil
	}
	for _, c := range []struct{ query, want string }{
		{"talks kind:talks", ""},
		{"sources:1 talks", ""},
		{"sources:<3 talks", ""},
		{"talks sources:>=2", ""},
		{`kind:talks "Foreign Office"`, `12 "Foreign Office" is a name of 2 actors: united-kingdom, germany: add a word that only one of them has, or type actor:united-kingdom for the names that are its own`},
		{"Jordan*", ""},
		{"title:Jordan", `1 "Jordan" is a name of 2 actors: united-kingdom, germany: add a word that only one of them has, or type actor:united-kingdom for the names that are its own`},
		{"foreign office", ""},
		{"Congo", ""}, // Lint says so itself
		{"kind:nonsense sources:2", ""},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, p := range LintRule(q, vocabulary(), bearers) {
			_, column := p.Line()
			got += fmt.Sprint(column, " ", p.Error())
			if !p.Warning {
				t.Errorf("%s: not a warning: %s", c.query, p.Error())
			}
		}
		if got != c.want && !(strings.HasPrefix(c.query, "title:") && strings.HasSuffix(got, c.want[2:])) {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
	}
	q, _ := Parse("Jordan")
	if got := LintRule(q, nil, nil); len(got) != 0 {
		t.Errorf("without anybody to ask: %v", got)
	}
}

func TestLintAlone(t *testing.T) {
	for query, want := range map[string]string{
		"talks kind:talks":             "",
		"sources:1 talks":              "",
		"sources:<3 talks":             "",
		"talks (iran OR sources:>=2)":  "16 sources:>=2 never holds here, where each report is asked alone and counts 1: leave it out of the test; as a rule it holds once that many outlets have reported",
		"sources:>=1 -sources:3 talks": "14 sources:3 never holds here, where each report is asked alone and counts 1: leave it out of the test; as a rule it holds once that many outlets have reported",
	} {
		q, err := Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, p := range LintAlone(q) {
			_, column := p.Line()
			got += fmt.Sprint(column, " ", p.Error())
		}
		if got != want {
			t.Errorf("%s\n got %s\nwant %s", query, got, want)
		}
		if q.Counts() != strings.Contains(query, "sources:") {
			t.Errorf("%s is said to count: %t", query, q.Counts())
		}
	}
}

func TestShadows(t *testing.T) {
	for _, c := range []struct {
		name string
		list []string
		want string
	}{
		{"a kind of a group", []string{"kind:talks", "kind:talks-scheduled by:mediator"}, "1 by 0"},
		{"the broader comes later", []string{"kind:talks-scheduled by:mediator", "kind:talks"}, ""},
		{"just the same", []string{"truce OR ceasefire", "ceasefire OR truce"}, "1 by 0, the same"},
		{"one word more", []string{"truce", "talks", "truce talks"}, "2 by 0"},
		{"a phrase and its word", []string{"peace", `"peace talks" kind:any`}, "1 by 0"},
		{"a prefix", []string{"negotiat*", "negotiator iran"}, "1 by 0"},
		{"only in the title", []string{"truce", "title:truce"}, "1 by 0"},
		{"not only in the title", []string{"title:truce", "truce"}, ""},
		{"each alternative", []string{"truce OR kind:setback", "(truce iran) OR kind:talks-postponed"}, "1 by 0"},
		{"one alternative only", []string{"truce OR kind:setback", "truce OR war"}, ""},
		{"a number", []string{"tone:<0", "tone:-2"}, "1 by 0"},
		{"an exception of the first", []string{"truce -football", "truce football"}, ""},
		{"an exception of both", []string{"truce -football", "truce talks -football"}, "1 by 0"},
		{"near", []string{"iran", "iran NEAR/5 talks"}, "1 by 0"},
		{"through a rule", []string{"kind:agreement-signed OR \"peace deal\"", "rule:big-deal"}, "1 by 0"},
		{"what never matches casts and takes no shadow", []string{"truce -truce", "truce", "talks -talks"}, ""},
		{"what cannot be read", []string{"truce (", "truce", "rule:none", "rule:a"}, ""},
		{"two after one", []string{"iran", "iran talks", "iran truce"}, "1 by 0, 2 by 0"},
	} {
		var list []Source
		for i, when := range c.list {
			list = append(list, Source{fmt.Sprint("r", i), when})
		}
		var got []string
		for _, s := range Shadows(list, vocabulary()) {
			said := fmt.Sprintf("%d by %d", s.Rule, s.By)
			if s.Same {
				said += ", the same"
			}
			got = append(got, said)
		}
		if s := strings.Join(got, ", "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

// A shadow is a promise: whatever the one matches, the other does. It is held
// against the matcher over all pairs of queries that there are tests of.
func TestShadowsAreTrue(t *testing.T) {
	v := vocabulary()
	found := 0
	for _, a := range matchCases {
		for _, b := range matchCases {
			if len(Shadows([]Source{{"a", a.query}, {"b", b.query}}, v)) == 0 {
				continue
			}
			found++
			d := doc(b.title, b.text)
			d.Feed, d.Tier, d.Language, d.Site = "dawn", "press", "fa-IR", "www.dawn.com"
			var facts []*Facts
			if b.facts {
				facts = append(facts, scheduled())
			}
			if b.want && why(t, b.query, d, facts...).Matched && !why(t, a.query, d, facts...).Matched {
				t.Errorf("%q is said to match all that %q does, but does not match %q %q", a.query, b.query, b.title, b.text)
			}
		}
	}
	if found < len(matchCases)/2 {
		t.Errorf("only %d shadows: the test shows nothing", found)
	}
}

// Very many rules are compared in bounded time.
func TestShadowsOfManyRules(t *testing.T) {
	var list []Source
	for i := range 3000 {
		list = append(list, Source{fmt.Sprint("r", i), fmt.Sprintf("(word%d OR other%d) kind:talks -not%d by:mediator", i, i, i)})
	}
	began := time.Now()
	if got := Shadows(list, vocabulary()); len(got) != 0 {
		t.Errorf("%d shadows", len(got))
	}
	if took := time.Since(began); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestRefers(t *testing.T) {
	q, _ := Parse("rule:deal OR (truce rule:big-deal) OR rule:deal")
	if got := q.Refers(); !slices.Equal(got, []string{"deal", "big-deal"}) {
		t.Errorf("%v", got)
	}
}
