package rules

import "testing"

func TestExplain(t *testing.T) {
	const title = "Iran says peace talks to resume in South Sudan"
	const body = "Negotiations on uranium began at dawn. The two delegations spoke of an enrichment halt for Tehran."
	v := vocabulary()
	for _, c := range []struct{ query, want, nearest string }{
		{"talks", "match: talks (title, word 4)", ""},
		{`"peace talks" by:mediator`, `match: "peace talks" (title, words 3 to 4), by:mediator (mediator)`, ""},
		{"actor:iran NEAR/3 enrichment", "match: actor:iran NEAR/3 enrichment (text, word 16), actor:iran NEAR/3 enrichment (text, word 13)", ""},
		{"-war", "match: nothing that must not be there was found", ""},
		{"talks truce kind:setback", "no match: neither title nor text has truce", ""},
		{"negotiators", "no match: neither title nor text has negotiators; what comes nearest is “Negotiations” (text, word 1)", "Negotiations"},
		{"urnaium", "no match: neither title nor text has urnaium; what comes nearest is “uranium” (text, word 3)", "uranium"},
		{`"peace treaty talks"`, `no match: neither title nor text has "peace treaty talks"; what comes nearest is “peace” (title, word 3)`, "peace"},
		{"title:uranium", "no match: the title does not have uranium, only the text has it (word 3)", "uranium"},
		{"title:(actor:iran NEAR/3 resume)", "no match: actor:iran and resume both occur, but not as NEAR/3 asks: “Iran says peace talks to resume” (title, words 1 to 6), a distance of 5", "Iran says peace talks to resume"},
		{"uranium NEAR/s enrichment", "no match: uranium and enrichment both occur, but not as NEAR/s asks: “uranium began at dawn. The two delegations spoke of an enrichment” (text, words 3 to 13), a distance of 10", "uranium began at dawn. The two delegations spoke of an enrichment"},
		{"resume NEAR/9 uranium", "no match: resume and uranium both occur, but one in the title and one in the text, or in the same words", ""},
		{"truce NEAR/3 iran", "no match: neither title nor text has truce", ""},
		{"actor:sudan", "no match: neither title nor text has a name of sudan; “Sudan” (title, word 9) belongs to a longer name", "Sudan"},
		{"NOT talks", "no match: talks must not hold, but does: “talks” (title, word 4)", "talks"},
		{"kind:setback", "no match: asked for a kind of setback: it is talks-scheduled", "talks-scheduled"},
		{"by:party", "no match: asked for a party: said by tahir-andrabi, pakistan, a mediator", "mediator, tahir-andrabi, pakistan"},
		{"date:past", "no match: asked for a past date: date is still ahead: 2026-11-24..2026-11-25 (today is 2026-11-20)", "2026-11-24..2026-11-25"},
		{"feed:dawn", "no match: asked for feed dawn: the item has no feed", ""},
		{"truce OR uranum OR war", "no match: none of 3 alternatives holds; the nearest: neither title nor text has uranum; what comes nearest is “uranium” (text, word 3)", "uranium"},
		{"talks rule:deal", `no match: none of 2 alternatives holds; the nearest: neither title nor text has "peace deal"; what comes nearest is “peace” (title, word 3)`, "peace"},
	} {
		q, err := Parse(c.query)
		if err != nil {
			t.Fatal(err)
		}
		d := doc(title, body)
		e, err := Explain(q, v, d, scheduled())
		if err != nil {
			t.Fatal(err)
		}
		if got := e.String(); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.query, got, c.want)
		}
		nearest := ""
		if e.Failed != nil && e.Failed.Nearest != nil {
			nearest = e.Failed.Nearest.Quote(d)
		}
		if nearest != c.nearest {
			t.Errorf("%s: nearest %q, want %q", c.query, nearest, c.nearest)
		}
	}
}

func TestExplainWithoutDevelopment(t *testing.T) {
	q, _ := Parse("talks kind:talks")
	e, err := Explain(q, nil, doc("Talks", ""), nil)
	if want := "no match: kind:talks asks about a development, and the item has none"; err != nil || e.String() != want {
		t.Errorf("got %q, %v", e, err)
	}
}

func TestExplainSaysWhichPartFailed(t *testing.T) {
	v := vocabulary()
	for query, want := range map[string]string{
		"talks truce":                   "truce",
		"talks (war OR ended truce)":    "truce",
		"talks kind:(setback OR talks)": "setback",
		"talks rule:big-deal":           "rule:big-deal",
		"talks -ended":                  "-ended",
		"talks NEAR/3 truce":            "truce",
		"ended NEAR/1 talks":            "",
		"ended ONEAR/3 talks":           "ended ONEAR/3 talks",
		"title:truce":                   "title:truce",
	} {
		q, err := Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		e, err := Explain(q, v, doc("Talks ended", ""), nil)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if e.Failed != nil {
			got = e.Failed.Src[e.Failed.Pos:e.Failed.End]
		}
		if got != want {
			t.Errorf("%s: %q failed, want %q", query, got, want)
		}
	}
}
