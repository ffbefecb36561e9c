package rules

import "testing"

func TestDevelopmentPart(t *testing.T) {
	for _, c := range []struct {
		query, part string
		needed      bool
	}{
		{"talks", "", false},
		{"by:mediator kind:talks date:upcoming", "by:mediator kind:talks date:upcoming", true},
		{"talks kind:talks tier:press actor:iran", "kind:talks", true},
		{"kind:talks OR truce", "", false},
		{"(kind:talks OR tone:<0) truce", "kind:talks OR tone:<0", true},
		{"(kind:talks OR tone:<0) round:2 truce", "(kind:talks OR tone:<0) round:2", true},
		{"truce -kind:talks", "NOT kind:talks", false},
		{"truce -by:iran kind:talks", "NOT by:iran kind:talks", true},
		{"rule:deal", "", false},
		{"rule:big-deal kind:talks", "kind:talks", true},
		{"NOT (truce kind:talks)", "", false},
		{"rule:a", "", false},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		if part, needed := DevelopmentPart(q, vocabulary()); part != c.part || needed != c.needed {
			t.Errorf("%s: %q, needed %v; want %q, %v", c.query, part, needed, c.part, c.needed)
		}
	}
}

// Whatever satisfies a query satisfies its part, and has a development if that
// is needed.
func TestDevelopmentPartIsNecessary(t *testing.T) {
	for _, c := range matchCases {
		q, _ := Parse(c.query)
		part, needed := DevelopmentPart(q, vocabulary())
		if !c.want {
			continue
		}
		if needed && !c.facts {
			t.Errorf("%s matches without a development", c.query)
		}
		if part == "" {
			continue
		}
		var facts []*Facts
		if c.facts {
			facts = append(facts, scheduled())
		}
		if !why(t, part, doc("", ""), facts...).Matched {
			t.Errorf("%s holds, its part %s does not", c.query, part)
		}
	}
}
