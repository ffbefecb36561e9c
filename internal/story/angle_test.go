package story

import (
	"testing"
	"time"

	"parley/internal/news"
)

// What one outlet tells as something else is one report more where all in it points
// to what is known, and news where the next thing to happen would be told so.
func TestAngle(t *testing.T) {
	const h = time.Hour
	both := []string{"united-states", "iran"}
	top := func(kinds ...news.Kind) news.Echoes {
		return news.Echoes{Actors: both, Kinds: kinds, Places: []string{"Muscat, Oman"}}
	}
	ahead := []news.Mention{{From: "2026-11-24", To: "2026-11-24", Role: "talks"}}
	scheduled := dev(news.TalksScheduled, on("2026-11-24"), in("Muscat, Oman"))
	for name, c := range map[string]struct {
		known, then news.Development
		echoes      news.Echoes
		dates       []news.Mention
		later       time.Duration
		want        bool
	}{
		"a paper sent":                       {dev(news.ProposalMade, by("oman")), dev(news.MessageConveyed, by("oman")), news.Echoes{Actors: append([]string{"oman"}, both...), Kinds: []news.Kind{news.ProposalMade}}, nil, h, true},
		"a paper sent the next day":          {dev(news.ProposalMade, by("oman")), dev(news.MessageConveyed, by("oman")), news.Echoes{Actors: append([]string{"oman"}, both...), Kinds: []news.Kind{news.ProposalMade}}, nil, 20 * h, false},
		"a paper after a message":            {dev(news.MessageConveyed, by("oman")), dev(news.ProposalMade, by("oman")), news.Echoes{Actors: append([]string{"oman"}, both...)}, nil, h, false},
		"begun on a day to come":             {scheduled, dev(news.TalksStarted, in("Muscat, Oman")), top(news.TalksScheduled), ahead, h, true},
		"begun":                              {scheduled, dev(news.TalksStarted, in("Muscat, Oman")), top(news.TalksScheduled), nil, h, false},
		"an end after a start":               {dev(news.TalksStarted), dev(news.TalksEnded), top(news.TalksStarted), nil, 3 * h, false},
		"agreed after it was signed":         {dev(news.AgreementSigned), dev(news.AgreementReached), top(news.AgreementReached), nil, h, true},
		"signed after it was agreed":         {dev(news.AgreementReached), dev(news.AgreementSigned), top(news.AgreementReached), nil, h, false},
		"the breach of who is named first":   {dev(news.ViolationAlleged, by("united-states")), dev(news.ViolationAlleged, by("iran")), top(), nil, h, false},
		"the other side's breach":            {dev(news.ViolationAlleged, by("iran")), dev(news.ViolationAlleged, by("united-states")), top(), nil, h, false},
		"put off, and nobody knows by whom":  {dev(news.TalksPostponed, in("Muscat, Oman")), dev(news.TalksPostponed, in("Geneva, Switzerland")), news.Echoes{Actors: both}, nil, h, true},
		"in no negotiation":                  {dev(news.TalksPostponed), dev(news.TalksPostponed, of("", "iran", "hungary")), news.Echoes{Actors: both}, nil, h, true},
		"in another, whose parties it names": {dev(news.TalksPostponed), dev(news.TalksPostponed, of("iran-hungary", "iran", "hungary")), news.Echoes{Actors: append([]string{"hungary"}, both...)}, nil, h, false},
		"another round":                      {dev(news.AgreementSigned, round(2)), dev(news.AgreementReached, round(3)), top(news.AgreementReached), nil, h, false},
	} {
		t.Run(name, func(t *testing.T) {
			desk := NewDesk()
			desk.Judge(Report{Item: news.Item{ID: "k", Link: "https://a.example/1", Published: at}, Developments: []news.Development{c.known}})
			got := desk.Judge(Report{Item: news.Item{ID: "t", Link: "https://b.example/2", Published: at.Add(c.later)}, Echoes: c.echoes, Dates: c.dates, Developments: []news.Development{c.then}})
			if merged := got[0].Is == news.Repeat && got[0].ID == -1; merged != c.want {
				t.Errorf("is %s: %s", got[0].Is, got[0].Reason)
			}
		})
	}
}
