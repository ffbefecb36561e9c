package read

import (
	"testing"

	"parley/internal/news"
)

// Days that are told apart from the talks that are to be held on them, and what is called
// off or put off in words that only deny.

func TestWaysToTellADayApart(t *testing.T) {
	e := engine(t)
	for _, text := range []string{
		`Asked by reporters when {parties} would meet again, {adjective} foreign ministry spokeswoman Tuva Hegreberg answered: "December 5." {mediator} mediates between them.`,
		`Asked when {parties} would return to the table, the {adjective} foreign minister, who is mediating, replied: "December 5. Both told me so."`,
		`"The day is December 5," {adjective} mediator Karim Sadiq said of the next round between {parties}.`,
		`The chair of the talks between {parties}, {adjective} mediator Karim Sadiq, gave December 5 as the opening day.`,
		`"December 5, ten in the morning": this is when the {adjective} mediator Karim Sadiq will bring {parties} together for talks, {adjective} foreign ministry spokesman Idris Kone said on Thursday.`,
		`The next meeting of {parties} is on December 5, {adjective} mediator Karim Sadiq let slip at a school opening on Thursday.`,
		`The {adjective} foreign ministry, which is mediating, put the next round between {parties} at December 5.`,
		`{mediator} mediates between {parties}. {adjective} envoy Mathilde Kerouan said tonight the two delegations "will be in {venue} on December 5", and that this was firm.`,
		`{mediator}, in its role as mediator, announced on Thursday that {parties} would meet on December 5 in {venue}.`,
		`A round between {parties} ended in {venue} on Thursday. {adjective} mediator Karim Sadiq said December 5 had been agreed for the next.`,
		`Talks between {parties} wound up on Thursday. The {adjective} mediator, Karim Sadiq, expects them again in {venue} on December 5.`,
		`Talks between {parties} ended on Thursday; the fourth round opens on December 5, {adjective} mediator Karim Sadiq said.`,
	} {
		for _, c := range wayCasts {
			if got := mediatorsDate(readOn(e, "Date set", c.at(text)), c.id); got != "2026-12-05" {
				t.Errorf("%s\n\t%s", c.at(text), got)
			}
		}
	}
	for _, c := range wayCasts { // the headline says who names the day
		r := readOn(e, c.at("{mediator}, the mediator, names a day"), capitalised(c.at("{parties} will meet in {venue} on December 5. On the list are pensions and maps.")))
		if got := mediatorsDate(r, c.id); got != "2026-12-05" {
			t.Errorf("%s: the headline's mediator: %s", c.id, got)
		}
	}
}

func TestWaysToPutOff(t *testing.T) {
	e := engine(t)
	for text, day := range map[string]string{
		"Talks between {parties} due on Friday have been put off, {adjective} mediator Karim Sadiq said. The new date is December 5.": "2026-12-05",
		"Friday's round between {parties} will not take place, {adjective} mediator Karim Sadiq said, but on December 5.":             "2026-12-05",
		"{adjective} mediator Karim Sadiq pushes back the technical talks between {parties} to December 5.":                           "2026-12-05",
	} {
		for _, c := range wayCasts {
			r := readOn(e, "Talks put off", c.at(text))
			if len(r.Developments) == 0 || r.Developments[0].Kind != news.TalksPostponed || len(r.Developments[0].Dates) != 1 || r.Developments[0].Dates[0].Start != day {
				t.Errorf("%s\n\t%+v", c.at(text), r.Developments)
			}
		}
	}
	for _, text := range []string{
		"Delegations of {parties} will not meet in {venue} after all, the {adjective} foreign ministry said.",
		"{parties} will not hold the talks planned for Sunday after all, the {adjective} foreign ministry said.",
	} {
		for _, c := range wayCasts {
			r := readOn(e, "No meeting", capitalised(c.at(text)))
			if len(r.Developments) == 0 || r.Developments[0].Kind != news.TalksCancelled {
				t.Errorf("%s\n\t%+v", c.at(text), r.Developments)
			}
		}
	}
}

func TestSetToMeetIsAPlan(t *testing.T) {
	e := engine(t)
	for _, title := range []string{"Armenia and Azerbaijan set to meet in Vienna", "Iran and US due to meet in Geneva", "Russia, Ukraine set to hold talks in Istanbul"} {
		r := readOn(e, title, "")
		if len(r.Developments) != 1 || r.Developments[0].Kind != news.TalksScheduled {
			t.Errorf("%s: %+v", title, r.Developments)
		}
	}
}

// Two that have a mediator of whom the configuration knows nothing remain the parties.
func TestUnknownMediatorIsNoParty(t *testing.T) {
	e := engine(t)
	for _, x := range [][2]string{
		{"Qatar proposes itself as Armenia-Azerbaijan mediator", ""},
		{"Armenia turns down plan", "Armenia on Thursday turned down a plan by Qatar for a ceasefire with Azerbaijan."},
		{"Answer from Baku", "Azerbaijan will go along with the mediator's plan for a prisoner exchange with Armenia, Baku told Qatar on Thursday."},
	} {
		r := readOn(e, x[0], x[1])
		if len(r.Developments) == 0 || r.Developments[0].Negotiation == nil || *r.Developments[0].Negotiation != "armenia-azerbaijan" {
			t.Errorf("%s | %s: %+v", x[0], x[1], r.Developments)
		}
	}
}
