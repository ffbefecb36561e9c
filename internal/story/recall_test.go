package story

import (
	"testing"
	"time"

	"parley/internal/news"
)

// spoken is an item that reports nothing by itself, with what its top speaks of.
func spoken(later time.Duration, e news.Echoes, dates ...news.Mention) Report {
	return Report{Item: news.Item{ID: "s", Published: at.Add(later)}, Echoes: e, Dates: dates}
}

// A silent item is one more report of what all in it points to, and stays silent
// where it could as well be the next thing to happen, or about something else.
func TestRecall(t *testing.T) {
	const h = time.Hour
	both := []string{"united-states", "iran"}
	scheduled := dev(news.TalksScheduled, by("oman"), on("2026-11-24"), in("Muscat, Oman"))
	started := dev(news.TalksStarted, in("Muscat, Oman"))
	proposal := dev(news.ProposalMade, by("oman"))
	talksOn := func(day string) news.Mention { return news.Mention{From: day, To: day, Role: "talks"} }
	for name, c := range map[string]struct {
		known news.Development
		item  Report
		want  bool
	}{
		"both sides and its kind":         {scheduled, spoken(2*h, news.Echoes{Actors: both, Kinds: []news.Kind{news.TalksScheduled}}), true},
		"one side, its kind, day, place":  {scheduled, spoken(2*h, news.Echoes{Actors: both[1:], Kinds: []news.Kind{news.TalksScheduled}, Places: []string{"Muscat, Oman"}}, talksOn("2026-11-24")), true},
		"one side and its kind":           {scheduled, spoken(2*h, news.Echoes{Actors: both[1:], Kinds: []news.Kind{news.TalksScheduled}}), false},
		"both sides and no more":          {started, spoken(2*h, news.Echoes{Actors: both}), false},
		"nobody":                          {started, spoken(2*h, news.Echoes{Kinds: []news.Kind{news.TalksStarted}}), false},
		"a day later":                     {scheduled, spoken(20*h, news.Echoes{Actors: both, Kinds: []news.Kind{news.TalksScheduled}}), false},
		"before it was known":             {scheduled, spoken(-h, news.Echoes{Actors: both, Kinds: []news.Kind{news.TalksScheduled}}), false},
		"of another day":                  {scheduled, spoken(2*h, news.Echoes{Actors: both, Kinds: []news.Kind{news.TalksScheduled}}, talksOn("2026-11-28")), false},
		"at another place":                {scheduled, spoken(2*h, news.Echoes{Actors: both, Kinds: []news.Kind{news.TalksScheduled}, Places: []string{"Geneva, Switzerland"}}), false},
		"moved to another place":          {scheduled, spoken(2*h, news.Echoes{Actors: both, Kinds: []news.Kind{news.TalksScheduled}, Places: []string{"Muscat, Oman", "Geneva, Switzerland"}}, talksOn("2026-11-24")), false},
		"words of a delay":                {scheduled, spoken(2*h, news.Echoes{Actors: both, Kinds: []news.Kind{news.TalksPostponed, news.TalksScheduled}}), false},
		"words of a denial":               {scheduled, spoken(2*h, news.Echoes{Actors: both, Kinds: []news.Kind{news.TalksScheduled, news.Denial}}), false},
		"words of their end":              {started, spoken(2*h, news.Echoes{Actors: both, Kinds: []news.Kind{news.TalksStarted, news.TalksEnded}}), false},
		"a paper that is carried":         {proposal, spoken(h, news.Echoes{Actors: append([]string{"oman"}, both...), Kinds: []news.Kind{news.MessageConveyed, news.ProposalMade}}), true},
		"what is signed":                  {dev(news.AgreementReached), spoken(h, news.Echoes{Actors: both, Kinds: []news.Kind{news.AgreementSigned, news.AgreementReached}, Places: []string{"Muscat, Oman"}}), false},
		"a paper by somebody else":        {proposal, spoken(h, news.Echoes{Actors: append([]string{"hungary"}, both...), Kinds: []news.Kind{news.ProposalMade}}), false},
		"the answer to a paper":           {proposal, spoken(h, news.Echoes{Actors: append([]string{"oman"}, both...), Kinds: []news.Kind{news.ProposalMade, news.ProposalRejected}}), false},
		"the delay of what was postponed": {dev(news.TalksPostponed), spoken(h, news.Echoes{Actors: both, Kinds: []news.Kind{news.TalksPostponed, news.TalksScheduled}}), true},
	} {
		t.Run(name, func(t *testing.T) {
			desk := NewDesk()
			desk.Judge(Report{Item: news.Item{ID: "k", Published: at}, Developments: []news.Development{c.known}})
			got := desk.Judge(c.item)
			if c.want != (len(got) == 1) || c.want && (got[0].Is != news.Repeat || got[0].ID != -1) {
				t.Errorf("is %+v", got)
			}
			if desk.Len() != 1 {
				t.Errorf("%d developments lie on the desk", desk.Len())
			}
		})
	}
}

// Where two negotiations would do, an item is of neither.
func TestRecallOfTwo(t *testing.T) {
	desk := NewDesk()
	for i, n := range []news.Development{
		dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksScheduled, on("2026-11-24"), of("us-iran-consular", "united-states", "iran")),
	} {
		desk.Judge(Report{Item: news.Item{ID: "k", Published: at.Add(time.Duration(i) * time.Minute)}, Developments: []news.Development{n}})
	}
	if got := desk.Judge(spoken(time.Hour, news.Echoes{Actors: []string{"united-states", "iran"}, Kinds: []news.Kind{news.TalksScheduled}})); len(got) != 0 {
		t.Errorf("is %+v", got)
	}
}
