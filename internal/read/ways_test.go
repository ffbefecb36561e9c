package read

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/news"
)

// What is said, by whom and of which talks are independent of each other: these tests put every
// clause into every way of attributing it, for negotiations of several kinds. They find what single
// sentences miss: a way that fails with one verb only, a mediator that only the text makes one.

// A cast is who negotiates, and who mediates between them where.
type wayCast struct{ parties, mediator, adjective, id, venue string }

var wayCasts = []wayCast{
	{"Congo's government and the M23", "Qatar", "Qatari", "qatar", "Doha"},
	{"Russia and Ukraine", "Turkey", "Turkish", "turkey", "Istanbul"},
	{"Armenia and Azerbaijan", "Switzerland", "Swiss", "switzerland", "Geneva"},
}

// at fills a pattern in.
func (c wayCast) at(pattern string) string {
	return strings.NewReplacer("{parties}", c.parties, "{mediator}", c.mediator, "{adjective}", c.adjective, "{venue}", c.venue).Replace(pattern)
}

func capitalised(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// readOn reads an item that was published on Thursday 19 November 2026.
func readOn(e *Engine, title, text string) news.Reading {
	return e.Read(news.Item{ID: "w", Title: title, Text: text, Language: "en", Published: time.Date(2026, 11, 19, 14, 0, 0, 0, time.UTC)}).Reading
}

func TestWaysToNameADate(t *testing.T) {
	clauses := []string{
		"{parties} will hold talks in {venue} on December 5",
		"talks between {parties} resume in {venue} on December 5",
		"delegations of {parties} are to sit down in {venue} on December 5",
		"{parties} have agreed to meet in {venue} on December 5",
		"a new round of talks between {parties} opens in {venue} on December 5",
		"{parties} would return to the table in {venue} on December 5",
		"the next meeting between {parties} is scheduled for December 5 in {venue}",
		"negotiators of {parties} are due in {venue} on December 5 for talks",
		"{venue} will host negotiators of {parties} on December 5",
		"{parties} will face each other in {venue} on December 5",
		"it has invited {parties} to {venue} and both will come on December 5",
		"{parties} will start negotiations in {venue} in the first week of December",
	}
	ways := []string{ // %s is the clause, capitalised where it begins the sentence
		"%s, {adjective} foreign ministry spokesman Karim Sadiq said. {mediator} mediates between them.",
		"%s, said Karim Sadiq, an adviser to the {adjective} foreign minister. {mediator} mediates.",
		"{mediator}, which mediates between the two, said %s.",
		"The {adjective} mediator, Karim Sadiq, said %s.",
		"The {adjective} foreign ministry announced that %s. It mediates between them.",
		"“We can confirm that %s,” the {adjective} envoy Karim Sadiq, who mediates, told reporters.",
		"According to the office of the {adjective} mediator, %s.",
		"%s, the {adjective} mediation team announced in a statement.",
		"Karim Sadiq, {mediator}'s deputy foreign minister and chief mediator, said %s.",
		"%s, {mediator}'s foreign ministry said on X. {mediator} is the mediator.",
	}
	e := engine(t)
	for _, c := range wayCasts {
		for _, clause := range clauses {
			for _, way := range ways {
				said := c.at(clause)
				if strings.HasPrefix(way, "%s") {
					said = capitalised(said)
				}
				text := fmt.Sprintf(c.at(way), said)
				if got := mediatorsDate(readOn(e, "Date set for next round", text), c.id); !strings.HasPrefix(got, "2026-1") {
					t.Errorf("%s\n\t%s", text, got)
				}
			}
		}
	}
}

// mediatorsDate returns the first day of talks that a mediator names, or what is wrong.
func mediatorsDate(r news.Reading, mediator string) string {
	for _, d := range r.Developments {
		if d.Kind != news.TalksScheduled {
			continue
		}
		switch {
		case d.Speaker == nil:
			return "nobody speaks"
		case d.Speaker.Affiliation == nil || *d.Speaker.Affiliation != mediator || d.Speaker.Role != news.Mediator:
			return fmt.Sprintf("%v speaks as %s", deref(d.Speaker.Affiliation), d.Speaker.Role)
		case len(d.Dates) == 0:
			return "no date"
		}
		return d.Dates[0].Start
	}
	if r.Silence != nil {
		return "silent: " + *r.Silence
	}
	return "no talks are scheduled"
}

func TestWaysToGoOn(t *testing.T) {
	leads := [][2]string{
		{"Iran, US end round in Muscat", "MUSCAT - Iran and the United States ended a round of indirect talks in Muscat on Thursday, Oman's foreign minister, Badr Al-Sinani, said."},
		{"Sudan army, RSF agree on aid corridor", "JEDDAH - Sudan's army and the Rapid Support Forces agreed on Thursday to open a corridor for aid to El Fasher, Saudi foreign ministry spokesman Faisal Al-Otaibi said. Saudi Arabia mediates."},
		{"Qatar calls Gaza talks 'constructive'", "DOHA - Qatar described indirect talks between Israel and Hamas as constructive on Thursday. Its foreign ministry spokesman Majed Al-Sulaiti said gaps had narrowed."},
	}
	e := engine(t)
	for _, c := range []struct {
		follows bool
		text    string
	}{
		{true, "The next round is on December 5, he said."},
		{true, "He said the parties would return on December 5."},
		{true, "Both would be back on December 5, he added."},
		{true, "A date has been set: December 5."},
		{true, "The mediators have fixed December 5 for the next session."},
		{true, "Talks will pick up again on December 5, according to him."},
		{true, "He announced that delegations would reassemble on December 5."},
		{true, "They meet again on December 5."},
		{true, "December 5 is the day for the next round, he told reporters."},
		{true, "A new round follows on December 5."},
		{true, "“We will see them again on December 5,” he said."},
		{true, "Technical teams are to stay, and principals come back on December 5."},
		{true, "Invitations for a further round on December 5 have gone out."},
		{true, "The work resumes on December 5 at the level of experts."},
		{true, "Another meeting has been pencilled in for December 5."},
		{true, "The sixth round, he said, will take place in Rome on December 5."},
		{true, "He said that the two sides had agreed to a next round in Rome on December 5."},
		{true, "Experts will meet on December 5 to draft annexes."},
		{true, "The delegations leave on Friday and come back on December 5."},
		{false, "The minister will return from holiday on December 5."},
		{false, "Parliament's next session is on December 5."},
		{false, "Banks will be back on December 5 after the holiday."},
		{false, "Both ministers travel to Berlin on December 5 for a NATO meeting."},
		{false, "The Security Council meets again on December 5."},
		{false, "Schools reopen on December 5."},
		{false, "The trial of the former minister resumes on December 5."},
		{false, "A new season of the league begins on December 5."},
		{false, "Another conference on water will be held in Dushanbe on December 5."},
		{false, "OPEC meets again on December 5."},
		{false, "The next report of the secretary-general is due on December 5."},
		{false, "Congress returns on December 5."},
	} {
		for _, lead := range leads {
			r := readOn(e, lead[0], lead[1]+" "+c.text)
			got := slices.ContainsFunc(r.Developments, func(d news.Development) bool {
				return d.Kind == news.TalksScheduled && len(d.Dates) == 1 && d.Dates[0].Start == "2026-12-05"
			})
			if got != c.follows {
				t.Errorf("%s … %s\n\tscheduled for December 5: %v", lead[0], c.text, got)
			}
		}
	}
}

func TestWaysOfHeadlines(t *testing.T) {
	e := engine(t)
	for _, c := range []struct{ both, pair, mediator, adjective, id, venue string }{
		{"US, Iran", "US-Iran", "Oman", "Omani", "oman", "Muscat"},
		{"Israel, Hamas", "Israel-Hamas", "Qatar", "Qatari", "qatar", "Doha"},
		{"Congo, M23", "Congo-M23", "Angola", "Angolan", "angola", "Luanda"},
		{"Sudan army, RSF", "Sudan army-RSF", "Saudi Arabia", "Saudi", "saudi-arabia", "Jeddah"},
	} {
		for _, h := range []string{
			"{mediator}: {both} to meet Tuesday",
			"{both} to meet in {venue} on Tuesday: {adjective} FM",
			"{mediator} says {pair} talks to resume Tuesday",
			"{pair} talks set for Tuesday, {adjective} mediator says",
			"{mediator} sets Tuesday for {pair} talks",
			"{both} to hold talks in {venue} Tuesday, says {mediator}",
			"{adjective} mediator: {pair} round on Tuesday",
			"{mediator} announces {pair} talks on Tuesday",
			"{both} agree to meet Tuesday, mediator {mediator} says",
			"Next {pair} round Tuesday - {adjective} foreign ministry",
			"{pair} talks back on Tuesday, {mediator} confirms",
			"{mediator} confirms Tuesday date for {pair} talks",
			"{adjective} spokesman says {both} to meet Tuesday",
			"Mediator {mediator} names Tuesday for next {pair} round",
			"{mediator} expects {both} in {venue} on Tuesday",
			"Talks between {both} resume Tuesday, {mediator}'s foreign ministry says",
			"'Tuesday': {mediator} gives date for {pair} talks",
			"{mediator} brings {both} back to table on Tuesday",
		} {
			h = strings.NewReplacer("{mediator}", c.mediator, "{both}", c.both, "{pair}", c.pair, "{adjective}", c.adjective, "{venue}", c.venue).Replace(h)
			if got := mediatorsDate(readOn(e, h, ""), c.id); got != "2026-11-24" {
				t.Errorf("%s\n\t%s", h, got)
			}
		}
	}
}
