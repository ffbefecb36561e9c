package watch

import (
	"testing"
	"time"

	"parley/internal/news"
)

func TestCovering(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	talks, other := "us-iran", "sudan"
	mute := func(id int64, to string, hours int) news.Mute {
		return news.Mute{ID: id, Channel: "C1", To: to, Until: now.Add(time.Duration(hours) * time.Hour)}
	}
	elsewhere := mute(9, "", 8)
	elsewhere.Channel = "C2"
	round := mute(5, "negotiation:us-iran", 8)
	round.Round = talks
	about := &news.Development{Negotiation: &talks, Kind: news.TalksEnded}
	began := &news.Development{Negotiation: &talks, Kind: news.TalksStarted, Certainty: news.Confirmed}
	rumour := &news.Development{Negotiation: &talks, Kind: news.TalksStarted, Certainty: news.Reported}
	for name, c := range map[string]struct {
		mutes []news.Mute
		to    string
		rules []string
		about *news.Development
		want  int64
	}{
		"everything":                    {[]news.Mute{mute(1, "", 1)}, "x", nil, nil, 1},
		"another channel":               {[]news.Mute{elsewhere}, "x", nil, nil, 0},
		"over":                          {[]news.Mute{mute(1, "", 0)}, "x", nil, nil, 0},
		"its negotiation":               {[]news.Mute{mute(1, "negotiation:us-iran", 1)}, "x", []string{"deal"}, about, 1},
		"another negotiation":           {[]news.Mute{mute(1, "negotiation:sudan", 1)}, "x", nil, about, 0},
		"words only":                    {[]news.Mute{mute(1, "negotiation:us-iran", 1)}, "truce", nil, nil, 0},
		"the query of its subscription": {[]news.Mute{mute(1, "truce", 1)}, "truce", nil, nil, 1},
		"its rule":                      {[]news.Mute{mute(1, "rule:deal", 1)}, "x", []string{"deal"}, about, 1},
		"one of its rules":              {[]news.Mute{mute(1, "rule:deal", 1)}, "x", []string{"deal", "tone"}, about, 0},
		"all of its rules":              {[]news.Mute{mute(1, "rule:deal", 1), mute(2, "rule:tone", 3)}, "x", []string{"deal", "tone"}, about, 2},
		"the longest":                   {[]news.Mute{mute(1, "", 5), mute(2, "negotiation:us-iran", 3)}, "x", nil, about, 1},
		"until the round":               {[]news.Mute{round}, "x", nil, about, 5},
		"the round":                     {[]news.Mute{round}, "x", nil, began, 0},
		"a rumour of the round":         {[]news.Mute{round}, "x", nil, rumour, 5},
		"the round, but all is muted":   {[]news.Mute{round, mute(1, "", 1)}, "x", nil, began, 1},
		"the round of other talks":      {[]news.Mute{round}, "x", nil, &news.Development{Negotiation: &other, Kind: news.TalksStarted}, 0},
	} {
		n := &news.Notification{Channel: "C1", Alert: news.Alert{To: c.to}}
		for _, r := range c.rules {
			n.Alert.Rules = append(n.Alert.Rules, news.Rule{Name: r})
		}
		got := int64(0)
		if m := covering(c.mutes, n, c.about, now); m != nil {
			got = m.ID
		}
		if got != c.want {
			t.Errorf("%s: held by %d, want %d", name, got, c.want)
		}
	}
}
