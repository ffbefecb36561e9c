package rules

import (
	"strings"
	"testing"
)

func why(t *testing.T, query string, d *Doc, facts ...*Facts) Reason {
	t.Helper()
	q, err := Parse(query)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Why(q, vocabulary(), d, facts)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWhy(t *testing.T) {
	past := *scheduled()
	past.Dates = []DateRange{{From: "2026-11-17"}}
	ended := &Facts{Kind: "talks-ended", Groups: []string{"any", "talks"}, By: []string{"party", "iran"}, Certainty: "confirmed", Sources: 1}
	unsaid := &Facts{Kind: "talks-ended", Certainty: "reported", Sources: 1}
	for _, c := range []struct {
		name, query string
		facts       []*Facts
		of          int
		want        string
	}{
		{"who says it", "by:mediator kind:talks-scheduled", []*Facts{ended}, 0, `
✗ by:mediator          asked for a mediator: said by iran, a party
✗ kind:talks-scheduled  asked for talks-scheduled: it is talks-ended`},
		{"which day", "by:mediator date:upcoming", []*Facts{&past}, 0, `
✓ by:mediator    said by tahir-andrabi, pakistan, a mediator
✗ date:upcoming  asked for a date ahead: date is past: 2026-11-17 (today is 2026-11-20)`},
		{"a match with words and facts", `"peace talks" by:mediator -truce tier:press`, []*Facts{scheduled()}, 0, `
✓ "peace talks"  “peace talks” (title, words 3 to 4)
✓ by:mediator    said by tahir-andrabi, pakistan, a mediator
✓ NOT truce      is not there, as asked
✓ tier:press     tier is press`},
		{"the development that matches", "kind:talks-ended", []*Facts{scheduled(), ended}, 1, `
✓ kind:talks-ended  talks-ended`},
		{"the development that comes nearest", "by:party kind:talks-ended round:2", []*Facts{scheduled(), ended}, 1, `
✓ by:party          said by iran, a party
✓ kind:talks-ended  talks-ended
✗ round:2           asked for round 2: the development has no round`},
		{"nobody and nothing", "by:iran negotiation:sudan venue:doha mediator:pakistan date:any", []*Facts{unsaid}, 0, `
✗ by:iran            asked for iran: nobody is named who says it
✗ negotiation:sudan  asked for sudan: it belongs to no negotiation that is known
✗ venue:doha         asked for venue doha: the development has no venue
✗ mediator:pakistan  asked for pakistan as a mediator: no mediator is named
✗ date:any           asked for a date: no date is named`},
		{"somebody else", "party:pakistan mediator:iran certainty:confirmed negotiation:sudan tone:>0 date:<3d", []*Facts{scheduled()}, 0, `
✗ party:pakistan       asked for pakistan as a party: parties are united-states, iran
✗ mediator:iran        asked for iran as a mediator: mediator is pakistan
✗ certainty:confirmed  asked for confirmed: it is expected
✗ negotiation:sudan    asked for sudan: it belongs to us-iran
✗ tone:>0              asked for tone >0: tone is -1
✗ date:<3d             asked for a date within 3 days: date is still ahead: 2026-11-24..2026-11-25 (today is 2026-11-20)`},
		{"no development", "iran kind:talks", nil, -1, `
✓ iran        “Iran” (title, word 1)
✗ kind:talks  kind:talks asks about a development, and the item has none`},
		{"one of several", "(war OR enrichment) iran NEAR/5 uranium", nil, -1, `
✓ war OR enrichment    enrichment: “enrichment” (text, word 13)
✗ iran NEAR/5 uranium  iran and uranium both occur, but one in the title and one in the text, or in the same words`},
		{"another rule", "rule:deal", []*Facts{scheduled()}, 0, `
✗ kind:agreement-signed OR "peace deal"  none of 2 alternatives holds; the nearest: neither title nor text has "peace deal"; what comes nearest is “peace” (title, word 3)`},
	} {
		d := doc("Iran says peace talks to resume in South Sudan", "Negotiations on uranium began at dawn. The two delegations spoke of an enrichment halt for Tehran.")
		d.Tier = "press"
		r := why(t, c.query, d, c.facts...)
		got := strings.Join(r.Lines(), "\n")
		if want := strings.TrimSpace(c.want); squeezed(got) != squeezed(want) || r.Of != c.of || r.Matched == strings.Contains(want, "✗") {
			t.Errorf("%s: of %d, matched %v\n%s\nwant of %d\n%s", c.name, r.Of, r.Matched, got, c.of, want)
		}
	}
}

// squeezed makes the widths of columns irrelevant.
func squeezed(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	return strings.Join(lines, "\n")
}

func TestWhyLinesStandInColumns(t *testing.T) {
	r := why(t, "by:mediator date:upcoming", doc("", ""), scheduled())
	lines := r.Lines()
	if a, b := strings.Index(lines[0], "said"), strings.Index(lines[1], "2026"); a < 0 || a != b {
		t.Errorf("the columns are crooked:\n%s", strings.Join(lines, "\n"))
	}
}

// Why and Explain answer as the matcher does, whatever is asked.
func TestWhyAgreesWithTheMatcher(t *testing.T) {
	for _, c := range matchCases {
		var facts []*Facts
		if c.facts {
			facts = append(facts, scheduled())
		}
		d := doc(c.title, c.text)
		d.Feed, d.Tier, d.Language, d.Site = "dawn", "press", "fa-IR", "www.dawn.com"
		set, err := Compile([]Source{{"q", c.query}}, vocabulary())
		if err != nil {
			t.Fatal(err)
		}
		m := set.Matcher()
		m.Item(d)
		var f *Facts
		if c.facts {
			f = facts[0]
		}
		want := len(m.Match(f, nil)) > 0
		r := why(t, c.query, d, facts...)
		if r.Matched != want || (r.Failed() == nil) != want {
			t.Errorf("%s: why says %v, the matcher %v: %q", c.query, r.Matched, want, r.Lines())
		}
		for _, s := range r.Steps {
			if s.Says == "" || s.Holds == (s.Failed != nil) {
				t.Errorf("%s: the step %+v", c.query, s)
			}
		}
	}
}

func TestWhyFollowsNoCircles(t *testing.T) {
	q, _ := Parse("rule:a")
	if _, err := Why(q, vocabulary(), doc("", ""), nil); err == nil || !strings.Contains(err.Error(), "leads back to itself") {
		t.Errorf("got %v", err)
	}
}

func TestNearestReasonsComeFirst(t *testing.T) {
	d := doc("Peace talks resume", "")
	match, near, far := why(t, "talks", d), why(t, "talks truce", d), why(t, "war", d)
	similar := why(t, "tlaks", d)
	for i, pair := range [][2]Reason{{match, near}, {near, far}, {similar, far}, {near, similar}} {
		if pair[0].Compare(pair[1]) >= 0 || pair[1].Compare(pair[0]) <= 0 {
			t.Errorf("pair %d is in the wrong order", i)
		}
	}
}
