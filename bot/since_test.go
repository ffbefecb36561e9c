package bot_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"parley/bot"
	"parley/internal/news"
)

// later is an update of the mediator's date, with a card in the channel.
func later(kind news.Kind, change news.Change, side string, dates ...news.Date) news.Later {
	return news.Later{
		Tracked: news.Tracked{ID: 14, Updates: 12, Change: change, Development: news.Development{
			Kind: kind, Headline: "Iran says otherwise", Dates: dates, Speaker: &news.Speaker{Affiliation: &side, Role: news.Party},
		}},
		Card: news.Receipt{Channel: "C123", TS: "1795168800.000003"},
	}
}

// replacedCard is a card whose talks were put off since.
func replacedCard() news.Alert {
	a := mediatorDate()
	a.Since = []news.Later{later(news.TalksPostponed, news.PutOff, "iran")}
	return a
}

// disputedCard is one whose date another side contradicts, with copies and an
// aggregator among its sources.
func disputedCard() news.Alert {
	a := mediatorDate()
	a.Since = []news.Later{later(news.TalksScheduled, news.DateDisputed, "iran", day("Thursday", "2026-11-26", true))}
	src := func(feed, wire string, tier news.Tier, copied bool) news.Source {
		return news.Source{Feed: feed, Wire: wire, Tier: tier, Copy: copied, Title: "Islamabad names day", Link: "https://example.org/" + feed}
	}
	a.Development.Sources = append(a.Development.Sources,
		src("gulf-relay", "Reuters", news.Press, false), src("hub", "Reuters", news.Aggregator, true), src("reuters", "Reuters", news.Wire, false), // one source
		src("copy", "", news.Press, true), src("geo", "", news.Press, false), src("irna", "IRNA", news.Wire, false), src("efe", "", news.Wire, false))
	return a
}

func TestWhatCameOfIt(t *testing.T) {
	text := bot.Text([]news.Notification{{Alert: replacedCard()}}, names)
	if want := "Since then: postponed (D-14: Iran says otherwise)."; !strings.Contains(text, want) {
		t.Errorf("%q does not say %q", text, want)
	}
	text = bot.Text([]news.Notification{{Alert: disputedCard()}}, names)
	for _, want := range []string{"They differ: Pakistan: around Tue 24 Nov (Mon 23 or Wed 25 Nov also possible) · Iran: Thu 26 Nov.", "and 5 more."} {
		if !strings.Contains(text, want) {
			t.Errorf("%q does not say %q", text, want)
		}
	}
	blocks := cardJSON(t, disputedCard())
	for _, want := range []string{"6 sources", "Reuters, in gulf-relay", "also: efe (6)", "https://slack.com/archives/C123/p1795168800000003"} {
		if !strings.Contains(blocks, want) {
			t.Errorf("the card does not show %q", want)
		}
	}
	blocks = cardJSON(t, replacedCard())
	for _, want := range []string{"~*", "~around Tue 24 Nov", "~Islamabad, Pakistan~", "*Postponed*"} {
		if !strings.Contains(blocks, want) {
			t.Errorf("the replaced card does not show %q", want)
		}
	}
	moved := mediatorDate()
	moved.Development.Updates, moved.Development.Change = 7, news.DateMoved
	moved.Before = &news.Tracked{ID: 7, Development: news.Development{Dates: []news.Date{day("Sunday", "2026-11-22", true)}}}
	if blocks := cardJSON(t, moved); !strings.Contains(blocks, "(was ~Sun 22 Nov~)") {
		t.Errorf("a date that was moved does not show the old one: %s", blocks)
	}
}

func cardJSON(t *testing.T, a news.Alert) string {
	t.Helper()
	blocks, _ := bot.Card(a, names)
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(blocks); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
