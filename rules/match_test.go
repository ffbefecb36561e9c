package rules

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parley/internal/text"
)

// vocabulary is what the tests' rules may name.
func vocabulary() *Vocabulary {
	return &Vocabulary{
		Kinds:       []string{"talks-scheduled", "talks-started", "talks-ended", "talks-postponed", "atmosphere", "agreement-signed"},
		Groups:      map[string][]string{"any": {"talks-scheduled", "talks-started", "talks-ended", "talks-postponed", "atmosphere", "agreement-signed"}, "talks": {"talks-scheduled", "talks-started", "talks-ended", "talks-postponed"}, "setback": {"talks-postponed"}},
		Roles:       []string{"party", "mediator", "host", "guarantor", "other"},
		Certainties: []string{"confirmed", "expected", "reported", "denied"},
		Tiers:       []string{"official", "wire", "press", "aggregator"},
		Actors: []Actor{
			{ID: "united-states", Names: []string{"United States", "US", "U.S.", "America", "Washington", "آمریکا", "美国"}},
			{ID: "iran", Names: []string{"Iran", "Iranian", "Tehran", "ایران", "伊朗"}},
			{ID: "iran-foreign-ministry", Names: []string{"Iranian foreign ministry"}, SpeaksFor: "iran"},
			{ID: "pakistan", Names: []string{"Pakistan", "Islamabad"}},
			{ID: "sudan", Names: []string{"Sudan", "Sudanese"}},
			{ID: "south-sudan", Names: []string{"South Sudan"}},
			{ID: "congo-kinshasa", Names: []string{"DRC", "Congo"}},
			{ID: "congo-brazzaville", Names: []string{"Republic of the Congo", "Congo"}},
		},
		Negotiations: []string{"us-iran", "sudan"},
		Feeds:        []string{"dawn", "BBC World"},
		Rules: []Source{
			{"deal", `kind:agreement-signed OR "peace deal"`},
			{"big-deal", "rule:deal actor:united-states"},
			{"a", "rule:b x"},
			{"b", "rule:a OR y"},
			{"broken", "kind:talks )"},
		},
	}
}

func doc(title, body string) *Doc {
	return &Doc{Title: text.New(title), Text: text.New(body), Today: "2026-11-20"}
}

func ref[T any](v T) *T { return &v }

func scheduled() *Facts {
	return &Facts{
		Negotiation: "us-iran", Kind: "talks-scheduled", Groups: []string{"any", "talks"},
		By: []string{"mediator", "tahir-andrabi", "pakistan"}, Parties: []string{"united-states", "iran"}, Mediators: []string{"pakistan"},
		Dates: []DateRange{{"2026-11-24", "2026-11-25"}}, Certainty: "expected", Tone: ref(-1), Round: ref(2),
		Venue: "Islamabad, Pakistan", Sources: 2,
	}
}

// matchCases say, for one query and item, whether the one matches the other.
var matchCases = []struct {
	query, title, text string
	facts              bool // those of scheduled
	want               bool
}{
	// words
	{"talks", "Talks end", "", false, true},
	{"talks", "", "Their talks ended", false, true},
	{"talk", "Talks end", "", false, false},
	{"talks end", "Talks", "the end", false, true},
	{"talks AND end", "Talks", "began", false, false},
	{"ELYSEE", "At the Élysée", "", false, true},
	{"Élysée", "At the Elysee", "", false, true},
	{"pakistan", "Pakistan's envoy", "", false, true},
	{"iran", "L'Iran accepte", "", false, true},
	{"ایران", "تهران و ايران", "", false, true},
	{"می\u200cشود", "مي\u200cشود", "", false, true},
	{"停战", "签署停战协定", "", false, true},
	{"战停", "签署停战协定", "", false, false},
	{"US-Iran", "US-Iran talks", "", false, true},
	{"US-Iran", "Iran and the US", "", false, false},
	{"3.5", "3.5 percent", "", false, true},
	{"3.5", "5.3 percent", "", false, false},
	{"M23", "M23 rebels", "", false, true},
	{"us", "Tell us more", "", false, true},
	{"U.S.", "Tell us more", "", false, false},
	{"U.S.", "The US said", "", false, true},
	{"U.S.", "The U.S. said", "", false, true},
	{"us", "The U.S. said", "", false, true},
	{"US", "The U.S.-Iran talks", "", false, true},
	{"U.S.", "US-Iran talks", "", false, true},
	{"U.S.-Iran", "US-Iran talks", "", false, true},
	{"U.S.-Iran", "tell us, Iran", "", false, false},
	{"U.S.'s", "The U.S.'s envoy", "", false, true},
	{`"pakistan envoy"`, "Pakistan’s envoy", "", false, true},
	{"Pakistan's", "Pakistan", "", false, true},
	{"al-Sisi", "Abdel Fattah al-Sisi", "", false, true},
	{"al-Sisi", "Al Sisi", "", false, true},
	{"al-Sisi", "Sisi", "", false, false},
	{"sisi", "al-Sisi", "", false, true},
	{"don't", "they don’t", "", false, true},
	{"O'Brien", "O’BRIEN", "", false, true},
	{"صلح", "صُلْح", "", false, true},
	{"مذاکر*", "مذاكرات صلح", "", false, true},
	{`"مذاکرات صلح"`, "مذاكراتِ صلح", "", false, true},
	{"صه״ל OR צהל", "דובר צה״ל", "", false, true},
	{"שלום", "שָׁלוֹם", "", false, true},
	{"переговор*", "Раунд ПЕРЕГОВОРОВ", "", false, true},
	{"йод", "ИОД", "", false, false},
	{"ещё", "еще", "", false, true},
	{"停战协定", "双方签署停战协定。", "", false, true},
	{"停戦", "停戦に合意", "", false, true},
	{"合意", "停戦に合意", "", false, true},
	{"停战 NEAR/3 协定", "停战的协定", "", false, true},
	{"停战 NEAR/1 协定", "停战的协定", "", false, false},
	{"เจรจา", "การเจรจาสันติภาพ", "", false, true},
	{"สันติภาพ", "การเจรจาสันติภาพ", "", false, true},
	{"เจรจา", "เจรา", "", false, false},
	{"title:停战", "x", "停战", false, false},
	// phrases never cross from the title into the text
	{`"peace talks"`, "Peace talks resume", "", false, true},
	{`"peace talks"`, "Talks on peace", "", false, false},
	{`"peace talks"`, "About peace", "talks resume", false, false},
	{`“peace talks”`, "Peace talks resume", "", false, true},
	{`"peace talk*"`, "Peace talking", "", false, true},
	// prefixes
	{"negotiat*", "Negotiators meet", "", false, true},
	{"negotiat*", "The renegotiation", "", false, false},
	{"iran*", "Iran", "", false, true},
	// title
	{"title:talks", "Talks", "", false, true},
	{"title:talks", "", "Talks", false, false},
	{`title:("peace talks" OR truce)`, "A truce", "", false, true},
	{"title:(a NEAR/2 c)", "a b c", "", false, true},
	{"title:(a NEAR/2 c)", "x", "a b c", false, false},
	// distance
	{"iran NEAR/2 enrichment", "Iran halts enrichment", "", false, true},
	{"iran NEAR/1 enrichment", "Iran halts enrichment", "", false, false},
	{"enrichment NEAR/2 iran", "Iran halts enrichment", "", false, true},
	{"enrichment ONEAR/2 iran", "Iran halts enrichment", "", false, false},
	{"iran ONEAR/2 enrichment", "Iran halts enrichment", "", false, true},
	{"iran NEAR/50 enrichment", "Iran", "enrichment", false, false},
	{"talks NEAR/5 talks", "the talks", "", false, false},
	{"talks NEAR/5 talks", "talks about talks", "", false, true},
	{`"peace talks" NEAR/2 iran`, "Peace talks with Iran", "", false, true},
	{`"peace talks" NEAR/1 iran`, "Peace talks with Iran", "", false, false},
	{`iran NEAR/2 "peace talks"`, "Peace talks with Iran", "", false, true},
	{`iran NEAR/1 "peace talks"`, "Peace talks with Iran", "", false, false},
	{`(a OR "x y z") NEAR/1 (c OR "b c")`, "x y z c a", "", false, true},
	{`c NEAR/1 "x y z"`, "x y z c", "", false, true},
	{`peace NEAR/5 "peace talks"`, "Peace talks", "", false, false},
	{"a NEAR/2 b NEAR/2 c", "a x b x c", "", false, true},
	{"a NEAR/2 b NEAR/1 c", "a b x b c", "", false, false},
	{"a NEAR/3 b NEAR/1 c", "a b x b c", "", false, true},
	{"(a OR d) NEAR/1 (b OR c)", "d c", "", false, true},
	{"ended NEAR/s friday", "", "Talks ended. On Friday they met.", false, false},
	{"ended NEAR/p friday", "", "Talks ended. On Friday they met.", false, true},
	{"ended NEAR/p friday", "", "<p>Talks ended.</p><p>On Friday they met.</p>", false, false},
	{"talks NEAR/s ended", "", "Talks ended. On Friday they met.", false, true},
	// actors
	{"actor:united-states", "Washington says", "", false, true},
	{"actor:united-states", "The United States says", "", false, true},
	{"actor:united-states", "The united front of states", "", false, false},
	{"actor:united-states", "They told us", "", false, false},
	{"actor:united-states", "The U.S. says", "", false, true},
	{"actor:united-states", "US-Iran talks", "", false, true},
	{"actor:united-states", "美国说", "", false, true},
	{"actor:iran NEAR/3 actor:united-states", "Tehran and the United States", "", false, true},
	{"actor:iran NEAR/1 actor:united-states", "Tehran and the United States", "", false, false},
	{"actor:sudan", "South Sudan signs", "", false, false},
	{"actor:sudan", "South Sudan and Sudan sign", "", false, true},
	{"actor:south-sudan", "South Sudan signs", "", false, true},
	{"actor:iran", "The Iranian foreign ministry says", "", false, true},
	{"actor:(sudan OR iran)", "Iran", "", false, true},
	{"title:(actor:iran)", "x", "Iran", false, false},
	{"title:(actor:iran)", "Iran", "", false, true},
	// logic
	{"a OR b c", "a", "", false, true},
	{"(a OR b) c", "a", "", false, false},
	{"NOT a", "b", "", false, true},
	{"-a b", "b", "", false, true},
	{"-a b", "a b", "", false, false},
	{"NOT a OR b", "a b", "", false, true},
	{"NOT (a NEAR/1 b)", "a x b", "", false, true},
	{"b and c", "b c", "", false, false}, // "and" is a word
	// the item
	{"feed:dawn", "", "", false, true},
	{`feed:"BBC World"`, "", "", false, false},
	{"tier:press", "", "", false, true},
	{"lang:en", "", "", false, true},
	{"lang:en-gb", "", "", false, true},
	{"lang:fa", "", "", false, false},
	{"site:dawn.com", "", "", false, true},
	{"site:www.dawn.com", "", "", false, true},
	{"site:awn.com", "", "", false, false},
	// a development
	{"negotiation:us-iran", "", "", true, true},
	{"negotiation:us-iran", "", "", false, false},
	{"NOT kind:any", "", "", false, true},
	{"NOT kind:any", "", "", true, false},
	{"kind:talks", "", "", true, true},
	{"kind:setback", "", "", true, false},
	{"kind:(setback OR talks-scheduled)", "", "", true, true},
	{"by:mediator", "", "", true, true},
	{"by:(mediator pakistan)", "", "", true, true},
	{"by:(mediator -pakistan)", "", "", true, false},
	{"party:iran mediator:pakistan", "", "", true, true},
	{"party:pakistan", "", "", true, false},
	{"date:upcoming", "", "", true, true},
	{"date:past", "", "", true, false},
	{"date:any", "", "", true, true},
	{"date:today", "", "", true, false},
	{"date:<4d", "", "", true, false},
	{"date:<=4d", "", "", true, true},
	{"date:<5d", "", "", true, true},
	{"date:2026-11-25", "", "", true, true},
	{"date:2026-11-23", "", "", true, false},
	{"date:2026-11-25..2026-12-01", "", "", true, true},
	{"date:2026-11-26..2026-12-01", "", "", true, false},
	{"certainty:expected", "", "", true, true},
	{"tone:negative", "", "", true, true},
	{"tone:<0", "", "", true, true},
	{"tone:(-2 OR -1)", "", "", true, true},
	{"tone:positive", "", "", true, false},
	{"tone:0", "", "", false, false},
	{"round:2", "", "", true, true},
	{"round:>2", "", "", true, false},
	{"round:>=2", "", "", true, true},
	{"venue:islamabad", "", "", true, true},
	{`venue:"islamabad, pakistan"`, "", "", true, true},
	{"venue:islam", "", "", true, false},
	{"sources:>=2", "", "", true, true},
	{"sources:>2", "", "", true, false},
	{"by:mediator kind:talks-scheduled date:upcoming", "", "", true, true},
	{"rule:deal", "The peace deal", "", false, true},
	{"rule:big-deal", "The peace deal of Washington", "", false, true},
	{"rule:big-deal", "The peace deal", "", false, false},
}

func TestMatch(t *testing.T) {
	v := vocabulary()
	for _, c := range matchCases {
		d := doc(c.title, c.text)
		d.Feed, d.Tier, d.Language, d.Site = "dawn", "press", "en-GB", "www.dawn.com"
		var f *Facts
		if c.facts {
			f = scheduled()
		}
		s, err := Compile([]Source{{"r", c.query}}, v)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		if got := len(s.Match(d, f, nil)) == 1; got != c.want {
			t.Errorf("%s on %q %q: got %v", c.query, c.title, c.text, got)
		}
		compare(t, s, v, []Source{{"r", c.query}}, d, f)
	}
}

// compare holds a set against the plain reading of each of its rules.
func compare(t *testing.T, s *Set, v *Vocabulary, rules []Source, d *Doc, f *Facts) {
	t.Helper()
	var want []Match
	for i, r := range rules {
		want = append(want, plainly(t, v, r, i, d, f)...)
	}
	got := s.Match(d, f, nil)
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%+v\non %s | %s\n-plain reading +matcher\n%s", rules, plain(d.Title), plain(d.Text), diff)
	}
}

// several holds one Matcher, asked about all developments of an item, against
// the set asked about each.
func several(t *testing.T, s *Set, d *Doc, facts []*Facts) {
	t.Helper()
	m := s.Matcher()
	m.Item(doc("Iran talks", "south sudan")) // what is left of another item must not show
	m.Match(facts[0], nil)
	m.Item(d)
	var got, want []Match
	for _, f := range facts {
		got = m.Match(f, got)
		want = s.Match(d, f, want)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("one by one, all at once: -want +got\n%s", diff)
	}
}

func plain(t *text.Text) string {
	if t == nil {
		return ""
	}
	return t.Plain
}

// A name of one word said twice wants both, at the ends of a field too.
func TestNameSaidTwice(t *testing.T) {
	v := &Vocabulary{Actors: []Actor{{ID: "town", Names: []string{"Walla Walla", "Baden am Baden"}}}}
	s, err := Compile([]Source{{"town", "actor:town"}}, v)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		title, text string
		want        int
	}{
		{"Walla", "Walla", 0},
		{"Walla", "", 0},
		{"", "of Walla", 0},
		{"am Baden", "Baden am", 0},
		{"Walla Walla", "", 1},
		{"", "in Walla Walla", 1},
		{"", "Baden am Baden", 1},
	} {
		if got := s.Match(doc(c.title, c.text), nil, nil); len(got) != c.want {
			t.Errorf("%q, %q: %d matches, want %d", c.title, c.text, len(got), c.want)
		}
	}
}
