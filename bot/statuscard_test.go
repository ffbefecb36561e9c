package bot_test

import (
	"errors"
	"strings"
	"testing"

	"parley/bot"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// standsAs makes a status of an alert's development, of which another side names
// another day.
func standsAs(a news.Alert) news.Status {
	last := *a.Development
	other := last
	other.ID, other.Certainty = 13, news.Confirmed
	other.Speaker = &news.Speaker{Affiliation: ptr("iran"), Role: news.Party}
	mine, yours := day("Tuesday", "2026-11-24", true), day("Thursday", "2026-11-26", true)
	return news.Status{
		Negotiation: "us-iran", Zone: "Europe/London", At: now,
		Standing: news.Standing{State: "scheduled", Since: last.First, Round: 2, By: &last, Last: &last},
		Ahead: []news.Upcoming{
			{Negotiation: "us-iran", Date: mine, By: []news.Tracked{last}, Conflicts: []news.Date{yours}},
			{Negotiation: "us-iran", Date: yours, By: []news.Tracked{other}, Conflicts: []news.Date{mine}},
			{Negotiation: "us-iran", Date: day("1 December", "2026-12-01", true), By: []news.Tracked{other, last, other}},
		},
		More: 2, Card: news.Receipt{Channel: "C1", TS: "1763640000.000100"},
	}
}

func TestStatusCards(t *testing.T) {
	quiet := news.Status{Negotiation: "sudan", Zone: "Europe/London", At: now, Standing: news.Standing{State: "quiet"}}
	ended := standsAs(mediatorDate())
	ended.Ended = true
	before := standsAs(mediatorDate())
	before.By = ptr(*sudanUpdate().Development)
	before.Card, before.Ahead, before.More = news.Receipt{}, nil, 0
	for name, s := range map[string]news.Status{
		"status-card": standsAs(mediatorDate()), "status-card-quiet": quiet, "status-card-ended": ended, "status-card-two": before,
		"status-card-hostile": standsAs(hostile()), "status-card-right-to-left": standsAs(rightToLeft()), "status-card-longest": standsAs(longest()),
	} {
		blocks, text := bot.StatusCard(s, names)
		withinLimits(t, blocks, text)
		golden(t, name, blocks, text)
		if strings.Contains(text, "<!date") {
			t.Errorf("%s: what is read aloud has a date that only Slack can read: %s", name, text)
		}
	}
}

// A status card is posted once and edited from then on. When somebody has deleted
// it that is told, since nothing else holds what it says.
func TestStatusCardIsPosted(t *testing.T) {
	s, p := poster(t, standin.Options{})
	n := news.Notification{Channel: "C1", Key: "status", Action: news.Post, Alert: news.Alert{Status: ptr(standsAs(mediatorDate()))}}
	card, err := p.Post(t.Context(), []news.Notification{n})
	if err != nil {
		t.Fatal(err)
	}
	n.Action, n.Target = news.Edit, card
	n.Alert.Status.State = "under way"
	if again, err := p.Post(t.Context(), []news.Notification{n}); err != nil || again != card {
		t.Fatalf("%v %v", again, err)
	}
	all := s.Messages("us-iran")
	if len(all) != 1 || all[0].Edits != 1 || !strings.Contains(all[0].Text, "under way") || all[0].ThreadTS != "" {
		t.Errorf("%+v", all)
	}
	n.Target.TS = "1.000009"
	_, err = p.Post(t.Context(), []news.Notification{n})
	if fault, ok := errors.AsType[*news.Fault](err); !ok || fault.Kind != news.Deleted {
		t.Errorf("an edit of what is gone: %v", err)
	}
	n.Alert = mediatorDate() // other cards are not posted anew
	if _, err := p.Post(t.Context(), []news.Notification{n}); err != nil {
		t.Error(err)
	}
}
