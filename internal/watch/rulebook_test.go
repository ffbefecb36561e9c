package watch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/internal/app"
	"parley/internal/config"
	"parley/internal/news"
	"parley/internal/story"
)

// Where the alerts of one item go, and when. London keeps winter time: it is
// UTC. The rules are: date (urgent), off (normal), quote (low), oman (a word).
func TestRouting(t *testing.T) {
	const rules = `
rules:
  - {name: date, when: "kind:talks-scheduled", level: urgent}
  - {name: off, when: "kind:talks-postponed"}
  - {name: quiet-word, when: "Iran-US", level: low}
`
	const fallback = "slack: {channel: \"#negotiations\"}\n"
	day, night := start, time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC) // Friday
	for name, c := range map[string]struct {
		title string
		at    time.Time
		more  string
		want  []string // "channel time", with "digest" behind it if it waits for others
	}{
		"nothing claims it": {named, day, fallback, []string{"#negotiations now"}},
		"no channel at all": {named, day, "", nil},
		"a subscription claims it": {named, day, fallback + `
subscriptions: [{channel: "#us-iran", to: "negotiation:us-iran"}]`, []string{"#us-iran now"}},
		"a subscription claims another": {named, day, fallback + `
subscriptions: [{channel: "#off", to: "rule:off"}]`, []string{"#negotiations now"}},
		"two channels claim it": {named, day, fallback + `
subscriptions: [{channel: "#us-iran", to: "negotiation:us-iran"}, {channel: "#dates", to: "rule:date"}]`, []string{"#us-iran now", "#dates now"}},
		"one channel claims it twice": {named, day, fallback + `
subscriptions: [{channel: "#us-iran", to: "negotiation:us-iran"}, {channel: "#us-iran", to: "rule:date"}]`, []string{"#us-iran now"}},
		"at once beats a digest": {named, day, fallback + `
subscriptions: [{channel: "#us-iran", to: "rule:date", digest: "0 8 * * *"}, {channel: "#us-iran", to: "negotiation:us-iran"}]`, []string{"#us-iran now"}},
		"two rules, one alert": {named, day, fallback, []string{"#negotiations now"}},

		"digest on weekdays": {moved, day, `
subscriptions: [{channel: "#desk", to: "rule:off", digest: "0 8 * * MON-FRI"}]`, []string{"#desk Mon 08:00 digest"}},
		"digest in a zone of its own": {moved, day, `
subscriptions: [{channel: "#desk", to: "rule:off", digest: "0 8 * * *", zone: Asia/Tokyo}]`, []string{"#desk Fri 23:00 digest"}},
		"an urgent alert waits for its digest": {named, day, `
subscriptions: [{channel: "#desk", to: "rule:date", digest: "0 8 * * *"}]`, []string{"#desk Sat 08:00 digest"}},
		"a digest that lets urgent through": {named, day, `
subscriptions: [{channel: "#desk", to: "rule:date", digest: "0 8 * * *", level: urgent}]`, []string{"#desk now"}},
		"a digest that lets only urgent through": {moved, day, `
subscriptions: [{channel: "#desk", to: "rule:off", digest: "0 8 * * *", level: urgent}]`, []string{"#desk Sat 08:00 digest"}},
		"only what is urgent": {moved, day, fallback + `
subscriptions: [{channel: "#desk", to: "rule:off", level: urgent}]`, nil},
		"only what is urgent, and it is": {named, day, fallback + `
subscriptions: [{channel: "#desk", to: "rule:date", level: urgent}]`, []string{"#desk now"}},

		"quiet hours at night": {moved, night, `
subscriptions: [{channel: "#desk", to: "rule:off", quiet: "22:00-07:00"}]`, []string{"#desk Sat 07:00 digest"}},
		"quiet hours by day": {moved, night, `
subscriptions: [{channel: "#desk", to: "rule:off", quiet: "07:00-22:00"}]`, []string{"#desk now"}},
		"quiet hours after midnight": {moved, night.Add(time.Hour), `
subscriptions: [{channel: "#desk", to: "rule:off", quiet: "22:00-07:00"}]`, []string{"#desk Sat 07:00 digest"}},
		"quiet hours begin": {moved, time.Date(2026, 11, 20, 22, 0, 0, 0, time.UTC), `
subscriptions: [{channel: "#desk", to: "rule:off", quiet: "22:00-07:00"}]`, []string{"#desk Sat 07:00 digest"}},
		"quiet hours are over": {moved, time.Date(2026, 11, 21, 7, 0, 0, 0, time.UTC), `
subscriptions: [{channel: "#desk", to: "rule:off", quiet: "22:00-07:00"}]`, []string{"#desk now"}},
		"quiet hours in another zone": {moved, night, `
subscriptions: [{channel: "#desk", to: "rule:off", quiet: "22:00-07:00", zone: Asia/Tokyo}]`, []string{"#desk now"}},
		"urgent breaks quiet hours": {named, night, `
subscriptions: [{channel: "#desk", to: "rule:date", quiet: "22:00-07:00"}]`, []string{"#desk now"}},
		"a digest inside quiet hours": {moved, day, `
subscriptions: [{channel: "#desk", to: "rule:off", digest: "0 6 * * *", quiet: "22:00-07:00"}]`, []string{"#desk Sat 07:00 digest"}},

		"low is not for the common channel": {"Traders await Iran-US news", day, fallback, nil},
		"low is not for at once": {"Traders await Iran-US news", day, fallback + `
subscriptions: [{channel: "#desk", to: "rule:quiet-word"}]`, nil},
		"low goes to digests": {"Traders await Iran-US news", day, fallback + `
subscriptions: [{channel: "#desk", to: "rule:quiet-word", digest: "0 8 * * *"}]`, []string{"#desk Sat 08:00 digest"}},
		"low that somebody asks for": {"Traders await Iran-US news", day, fallback + `
subscriptions: [{channel: "#desk", to: "rule:quiet-word", level: low}]`, []string{"#desk now"}},
		"a query of one's own is never low": {"Traders await Iran-US news", day, fallback + `
subscriptions: [{channel: "#desk", to: "traders"}]`, []string{"#desk now"}},
		"no rule, no alert": {cricket, day, fallback, nil},
	} {
		t.Run(name, func(t *testing.T) {
			k := know(t, rules) // which takes longer than all that follows
			conf, problems := config.Parse("test.yaml", []byte(talks+rules+c.more))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			with := app.Knowledge{Config: conf, Vocabulary: k.Vocabulary}
			book, err := with.Rulebook(with.Subscriptions())
			if err != nil {
				t.Fatal(err)
			}
			page := k.Engine.Read(item("1", c.title, c.at.Add(-time.Minute)))
			judged := story.NewDesk().Judge(story.Report{Item: page.Item, Developments: page.Reading.Developments})
			notifications, of := book.Alerts(page, judged, c.at)
			var got []string
			for i, n := range notifications {
				when := "now"
				if !n.NotBefore.Equal(c.at) {
					when = n.NotBefore.UTC().Format("Mon 15:04")
				}
				if n.Digest {
					when += " digest"
				}
				got = append(got, n.Channel+" "+when)
				if want := min(len(judged), 1) - 1; of[i] != want {
					t.Errorf("the alert is about development %d of the item, not %d", of[i], want)
				}
				if len(n.Alert.Because) == 0 || n.Alert.Item.Title != c.title || !n.Created.Equal(c.at) {
					t.Errorf("the alert does not carry its item and what satisfied its query: %+v", n)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("alerts go to %q, not to %q", got, c.want)
			}
		})
	}
}

func TestAlertsCarryTheirRules(t *testing.T) {
	k := know(t, `
slack: {channel: "#negotiations"}
rules:
  - {name: date, when: "kind:talks-scheduled"}
  - {name: mediator, when: "by:mediator", level: urgent}
  - {name: off, when: "kind:talks-postponed"}
`)
	book, err := k.Rulebook(nil)
	if err != nil {
		t.Fatal(err)
	}
	page := k.Engine.Read(item("1", named, start))
	if got := book.Rules(page, start); !slices.Equal(got, []string{"date", "mediator"}) {
		t.Errorf("the item raises %v", got)
	}
	if got := book.Rules(k.Engine.Read(item("2", cricket, start)), start); got == nil || len(got) != 0 {
		t.Errorf("an item of no rule raises %#v, which must be an empty list", got)
	}
	judged := story.NewDesk().Judge(story.Report{Item: page.Item, Developments: page.Reading.Developments})
	alerts, _ := book.Alerts(page, judged, start)
	if len(alerts) != 1 {
		t.Fatalf("%d alerts", len(alerts))
	}
	a := alerts[0].Alert
	if len(a.Rules) != 2 || a.Level() != news.Urgent || a.Zone != "Europe/London" {
		t.Errorf("%+v", a)
	}
	for _, want := range []string{"kind:talks-scheduled", "by:mediator"} {
		if !slices.Contains(a.Because, want) {
			t.Errorf("%s is not among what satisfied the rules: %q", want, a.Because)
		}
	}
}

// A word is no news of a development: an item in which it stands raises one
// alert a channel, however many developments it has.
func TestWordsAlertOnceAnItem(t *testing.T) {
	k := know(t, "slack: {channel: \"#negotiations\"}\nrules: [{name: muscat, when: Muscat}]")
	book, err := k.Rulebook(nil)
	if err != nil {
		t.Fatal(err)
	}
	it := item("1", named, start)
	page := k.Engine.Read(it)
	if len(page.Reading.Developments) == 0 {
		t.Fatal("nothing was read")
	}
	second := page.Reading.Developments[0]
	second.Kind = news.TalksPostponed
	page.Reading.Developments = append(page.Reading.Developments, second)
	judged := story.NewDesk().Judge(story.Report{Item: it, Developments: page.Reading.Developments})
	if alerts, _ := book.Alerts(page, judged, start); len(alerts) != 1 {
		t.Errorf("one word of an item of two developments raised %d alerts", len(alerts))
	}
}

func TestLongTextsAreCutBetweenLetters(t *testing.T) {
	k := know(t, "slack: {channel: \"#negotiations\"}\nrules: [{name: date, when: \"kind:talks-scheduled\"}]")
	book, err := k.Rulebook(nil)
	if err != nil {
		t.Fatal(err)
	}
	for shift := range 4 {
		it := item("1", named, start)
		it.Text = strings.Repeat("x", shift) + strings.Repeat("–", 2000)
		page := k.Engine.Read(it)
		alerts, _ := book.Alerts(page, story.NewDesk().Judge(story.Report{Item: it, Developments: page.Reading.Developments}), start)
		if len(alerts) != 1 {
			t.Fatalf("%d alerts", len(alerts))
		}
		if s := alerts[0].Alert.Item.Text; len(s) > 600 || len(s) < 590 || fmt.Sprintf("%q", s) != fmt.Sprintf("%q", strings.ToValidUTF8(s, "?")) {
			t.Errorf("cut to %d bytes, …%q", len(s), s[len(s)-4:])
		}
	}
}
