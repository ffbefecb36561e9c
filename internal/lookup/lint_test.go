package lookup_test

import (
	"strings"
	"testing"
	"time"

	"parley/internal/lookup"
	"parley/rules"
)

func TestLint(t *testing.T) {
	v := &rules.Vocabulary{Kinds: []string{"denial"}, Rules: []rules.Source{
		{Name: "a", When: "truce"}, {Name: "b", When: "rule:a war"}, {Name: "broken", When: "kind:nonsense rule:a"},
	}}
	a := lookup.New(nil, nil, lookup.Catalogue{Vocabulary: v}, time.Now)
	for _, c := range []struct{ name, query, doubt, fault string }{
		{"new", "truce kind:denial", "", ""},
		{"new", "rule:b OR x", "", ""},
		{"new", "talks or truce", `"or" is searched as a word`, ""},
		{"new", "kind:denail", "", "did you mean"},
		{"new", "rule:new", "", "leads back to itself: new → new"},
		{"new", "(", "", "never closed"},
		{"a", "peace", "", ""},
		{"a", "rule:b", "", "leads back to itself: b → a → b"},
		{"a", "rule:a", "", "leads back to itself"},
		{"b", "rule:broken", "", ""}, // its own fault, and told with it
	} {
		problems, err := a.Lint(t.Context(), c.name, c.query)
		if c.fault == "" && err != nil || c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)) {
			t.Errorf("%s: %s: %v, want %q", c.name, c.query, err, c.fault)
		}
		said := ""
		for _, p := range problems {
			said += p.Error()
		}
		if (c.doubt == "") != (said == "") || !strings.Contains(said, c.doubt) {
			t.Errorf("%s: %s: doubts %q, want %q", c.name, c.query, said, c.doubt)
		}
	}
	if problems, err := lookup.New(nil, nil, lookup.Catalogue{}, time.Now).Lint(t.Context(), "x", "kind:whatever"); err != nil {
		t.Errorf("without a vocabulary: %v %v", problems, err)
	}
}

// A change that only a rule which names the changed one cannot bear is refused.
func TestLintOfARuleThatOthersName(t *testing.T) {
	long := "(" + strings.Repeat("w OR ", 200) + "w)"
	v := &rules.Vocabulary{Rules: []rules.Source{{Name: "a", When: "truce"}, {Name: "many", When: strings.Repeat("rule:a OR ", 40) + "x"}}}
	a := lookup.New(nil, nil, lookup.Catalogue{Vocabulary: v}, time.Now)
	if _, err := a.Lint(t.Context(), "a", long); err == nil || !strings.Contains(err.Error(), `the rule "many", which names this one, could not be read any more`) {
		t.Errorf("%v", err)
	}
}
