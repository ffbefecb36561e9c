package rules_test

import (
	"errors"
	"fmt"

	"parley/internal/text"
	"parley/rules"
)

func Example() {
	v := &rules.Vocabulary{
		Kinds:  []string{"talks-scheduled", "talks-ended"},
		Groups: map[string][]string{"talks": {"talks-scheduled", "talks-ended"}},
		Roles:  []string{"party", "mediator"},
		Actors: []rules.Actor{{ID: "iran", Names: []string{"Iran", "Tehran"}}},
	}
	set, err := rules.Compile([]rules.Source{
		{Name: "mediator-names-date", When: "by:mediator kind:talks-scheduled date:upcoming"},
		{Name: "enrichment", When: "actor:iran NEAR/8 enrichment"},
	}, v)
	if err != nil {
		fmt.Println(err)
		return
	}
	item := &rules.Doc{
		Title: text.New("Tehran halts enrichment before talks"),
		Text:  text.New("Pakistan says they resume on Tuesday."),
		Today: "2026-11-20",
	}
	m := set.Matcher()
	m.Item(item) // its words are looked up once, however many developments it has
	development := &rules.Facts{
		Kind: "talks-scheduled", Groups: []string{"talks"}, By: []string{"mediator", "pakistan"},
		Dates: []rules.DateRange{{From: "2026-11-24"}},
	}
	for _, match := range m.Match(development, nil) {
		fmt.Println(match.Rule)
		for _, b := range match.Because {
			fmt.Printf("  %s: %s\n", b.Condition, b.Quote(item))
		}
	}
	// Output:
	// mediator-names-date
	//   by:mediator: mediator
	//   kind:talks-scheduled: talks-scheduled
	//   date:upcoming: 2026-11-24
	// enrichment
	//   actor:iran NEAR/8 enrichment: Tehran
	//   actor:iran NEAR/8 enrichment: enrichment
}

func ExampleParse() {
	_, err := rules.Parse("kind:talks actr:iran")
	fmt.Println(err)
	var problem *rules.Error
	if errors.As(err, &problem) {
		fmt.Println(problem.Caret())
	}
	// Output:
	// unknown field "actr": did you mean actor:?
	// kind:talks actr:iran
	//            ^^^^^ unknown field "actr": did you mean actor:?
}

func ExampleExplain() {
	q, err := rules.Parse("ceasefire kind:talks")
	if err != nil {
		fmt.Println(err)
		return
	}
	item := &rules.Doc{Title: text.New("Cease-fire talks end")}
	e, err := rules.Explain(q, nil, item, nil)
	fmt.Println(e, err)
	// Output:
	// no match: neither title nor text has ceasefire <nil>
}
