package story

import (
	"testing"
	"time"

	"parley/internal/news"
)

// What an item without news takes for known is one more report where one
// development of these hours is all that it can mean, and nothing otherwise.
func TestEcho(t *testing.T) {
	const h = time.Hour
	walkout := dev(news.TalksSuspended, by("iran"), in("Muscat, Oman"))
	for name, c := range map[string]struct {
		known []news.Development
		echo  news.Development
		later time.Duration
		want  bool
	}{
		"a reaction":                     {[]news.Development{walkout}, dev(news.TalksSuspended, by("united-states")), 3 * h, true},
		"a day later":                    {[]news.Development{walkout}, dev(news.TalksSuspended, by("united-states")), 20 * h, false},
		"before it was known":            {[]news.Development{walkout}, dev(news.TalksSuspended, by("united-states")), -h, false},
		"of talks elsewhere":             {[]news.Development{walkout}, dev(news.TalksSuspended, in("Geneva, Switzerland")), h, false},
		"of another kind":                {[]news.Development{walkout}, dev(news.TalksEnded), h, false},
		"of other talks":                 {[]news.Development{walkout}, dev(news.TalksSuspended, of("iran-e3", "iran", "france")), h, false},
		"with one side named":            {[]news.Development{walkout}, dev(news.TalksSuspended, of("", "iran")), h, true},
		"with somebody else named":       {[]news.Development{walkout}, dev(news.TalksSuspended, of("", "iran", "hungary")), h, false},
		"with nobody named":              {[]news.Development{walkout}, dev(news.TalksSuspended, of("")), h, false},
		"one side of two negotiations":   {[]news.Development{walkout, dev(news.TalksSuspended, of("iran-e3", "iran", "france"))}, dev(news.TalksSuspended, of("", "iran")), h, false},
		"the only answer":                {[]news.Development{dev(news.ProposalRejected, by("iran"))}, dev(news.ProposalRejected, by("united-states")), h, true},
		"one of two answers":             {[]news.Development{dev(news.ProposalRejected, by("iran")), dev(news.ProposalRejected, by("united-states"))}, dev(news.ProposalRejected, by("oman")), h, false},
		"the answer of one of two":       {[]news.Development{dev(news.ProposalRejected, by("iran")), dev(news.ProposalRejected, by("united-states"))}, dev(news.ProposalRejected, by("oman"), agent("iran")), h, true},
		"a meeting of the known day":     {[]news.Development{dev(news.TalksScheduled, on("2026-11-24"))}, dev(news.TalksScheduled, on("2026-11-24")), h, true},
		"a meeting of an unheard-of one": {[]news.Development{dev(news.TalksScheduled, on("2026-11-24"))}, dev(news.TalksScheduled, on("2026-11-27")), h, false},
	} {
		t.Run(name, func(t *testing.T) {
			desk := NewDesk()
			for i, d := range c.known {
				if j := desk.Judge(Report{Item: news.Item{ID: "k", Published: at.Add(time.Duration(i) * time.Minute)}, Developments: []news.Development{d}})[0]; j.Is != news.New {
					t.Fatalf("known %d is %s", i, j.Is)
				}
			}
			got := desk.Judge(Report{Item: news.Item{ID: "e", Published: at.Add(c.later)}, Echoes: news.Echoes{Known: []news.Development{c.echo}}})
			if c.want != (len(got) == 1) || c.want && (got[0].Is != news.Repeat || got[0].ID != -1) {
				t.Errorf("is %+v", got)
			}
			if desk.Len() != len(c.known) {
				t.Errorf("%d developments lie on the desk, %d did", desk.Len(), len(c.known))
			}
		})
	}
}

// An item that reports something is judged by that alone.
func TestEchoBesideNews(t *testing.T) {
	desk := NewDesk()
	desk.Judge(Report{Item: news.Item{ID: "1", Published: at}, Developments: []news.Development{dev(news.TalksSuspended, by("iran"))}})
	got := desk.Judge(Report{
		Item:         news.Item{ID: "2", Published: at.Add(time.Hour)},
		Developments: []news.Development{dev(news.TalksScheduled, by("oman"), on("2026-11-24"))}, Echoes: news.Echoes{Known: []news.Development{dev(news.TalksSuspended)}},
	})
	if len(got) != 1 || got[0].Kind != news.TalksScheduled || got[0].Is == news.Repeat {
		t.Errorf("is %+v", got)
	}
}
