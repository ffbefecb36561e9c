package bot_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"parley/bot"
	"parley/internal/news"
)

var update = flag.Bool("update", false, "write the golden files anew")

func ptr[T any](v T) *T { return &v }

var names = bot.Names{
	Actor: func(id string) string {
		return map[string]string{"foreign-ministry-of-oman": "Oman's foreign ministry"}[id]
	},
	Negotiation: func(id string) string {
		return map[string]string{"us-iran": "US–Iran talks", "sudan": "Sudan truce talks"}[id]
	},
}

var karachi = time.FixedZone("PKT", 5*3600)

var published = time.Date(2026, 11, 20, 14, 0, 0, 0, karachi)

func day(span, start string, preferred bool) news.Date {
	return news.Date{Span: span, Start: start, End: start, Granularity: "day", Preferred: preferred}
}

// mediatorDate is an alert as an editor meets it most: a mediator names a day.
func mediatorDate() news.Alert {
	around := day("around Tuesday", "2026-11-24", true)
	around.Approx = true
	return news.Alert{
		Rules: []news.Rule{{Name: "mediator-names-date", Title: "Mediator names a date", Level: news.Urgent}},
		To:    "rule:mediator-names-date",
		Item:  news.Item{ID: "i1", Feed: "dawn", Tier: news.Press, Title: "Pakistan expects next US-Iran round on Tuesday", Link: "https://example.com/a?x=1&y=2", Published: published},
		Development: &news.Tracked{
			ID: 12, First: published, Last: published,
			Development: news.Development{
				Negotiation: ptr("us-iran"), Kind: news.TalksScheduled,
				Headline:  "Pakistan expects technical talks to resume around Tuesday 24 November",
				Speaker:   &news.Speaker{Name: ptr("Tahir Andrabi"), Affiliation: ptr("pakistan"), Role: news.Mediator},
				Parties:   []string{"united-states", "iran"},
				Mediators: []string{"pakistan"},
				Dates:     []news.Date{around, day("Monday", "2026-11-23", false), day("Wednesday", "2026-11-25", false)},
				Certainty: news.Expected, Round: ptr(3), Venue: ptr("Islamabad, Pakistan"), Level: "technical",
				Evidence: news.Evidence{Field: news.Text, Quote: "we expect both delegations back at the table around <b>Tuesday</b>, &amp; Monday or Wednesday are possible"},
			},
			Sources: []news.Source{
				{Item: "i1", Feed: "dawn", Tier: news.Press, Title: "Pakistan expects next US-Iran round on Tuesday", Link: "https://example.com/a?x=1&y=2", Published: published},
				{Item: "i2", Feed: "wire-one", Tier: news.Wire, Title: "Islamabad names day for US-Iran talks", Link: "https://example.org/b", Published: published.Add(time.Hour)},
			},
		},
		Because: []string{"by:mediator", "kind:talks-scheduled", "date:upcoming"},
		Zone:    "Europe/London",
	}
}

func sudanUpdate() news.Alert {
	return news.Alert{
		Rules: []news.Rule{{Name: "talks-off", Title: "Talks put off or called off"}},
		Item:  news.Item{Feed: "radio-nile", Tier: news.Press, Title: "Truce talks moved to December", Link: "https://example.com/nile", Published: published},
		Development: &news.Tracked{
			ID: 19, Updates: 7, First: published,
			Development: news.Development{
				Negotiation: ptr("sudan"), Kind: news.TalksPostponed, Headline: "Sudan truce talks are put off to December",
				Speaker:   &news.Speaker{Affiliation: ptr("african-union"), Role: news.Mediator},
				Dates:     []news.Date{{Span: "December", Start: "2026-12-01", End: "2026-12-31", Granularity: "month", Preferred: true}},
				Certainty: news.Confirmed,
				Evidence:  news.Evidence{Quote: "“the parties need more time”"},
			},
		},
		Because: []string{"kind:talks-postponed"}, Zone: "Africa/Khartoum",
	}
}

func wordsOnly() news.Alert {
	return news.Alert{
		To:      `title:"safe passage" -weather`,
		Item:    news.Item{ID: "w", Feed: "un-press", Tier: news.Official, Title: "Safe passage for aid convoys discussed", Text: "<p>Envoys discussed <i>safe passage</i> on Thursday.</p><script>alert(1)</script>", Link: "https://example.net/w"},
		Because: []string{`title:"safe passage"`},
	}
}

// hostile is what a feed can do at its worst.
func hostile() news.Alert {
	a := mediatorDate()
	a.Zone = "Nowhere/Atlantis"
	a.Item.Feed = "<!here> *feed*"
	a.Because = []string{"`<!channel>`", "date:<14d"}
	a.Rules[0].Title = "_rule_ <@U123>"
	d := a.Development
	d.Headline = "&lt;!channel&gt; *boom* _x_ ~y~ `z` :fire: @channel \u202Egnp.exe"
	d.Speaker.Name = ptr("<@U0BOSS> *Boss*\x1b[31m")
	d.Venue = ptr("Geneva\n&gt; <https://evil.example|click>")
	d.Evidence.Quote = "first\r\nsecond &lt;!everyone&gt; <!channel> ```code``` *bold*"
	d.Sources = []news.Source{
		{Feed: "x", Title: "<https://evil.example|good> &lt;!subteam^S1&gt;", Link: "javascript:alert(1)"},
		{Feed: "y|z>", Title: "a|b>c", Link: "https://example.com/p?q=a|b>c<d&e=`f`"},
		{Feed: "z", Title: "login", Link: "https://user:secret@example.com/"},
	}
	return a
}

func rightToLeft() news.Alert {
	a := mediatorDate()
	a.Item.Feed = "irna-fa"
	d := a.Development
	d.Headline = "Iran: دور سوم مذاکرات سه\u200cشنبه برگزار می\u200cشود"
	d.Speaker = &news.Speaker{Name: ptr("اسماعیل بقایی"), Affiliation: ptr("iran"), Role: news.Party}
	d.Evidence.Quote = "دور سوم مذاکرات (technical) سه\u200cشنبه ۳ آذر برگزار می\u200cشود"
	d.Venue = ptr("مسقط، عمان")
	d.Sources = []news.Source{{Feed: "irna-fa", Tier: news.Official, Title: "دور سوم مذاکرات ایران و آمریکا", Link: "https://example.ir/۱"}}
	return a
}

func longest() news.Alert {
	a := mediatorDate()
	long := strings.Repeat("A very long & winding <i>description</i> of what was said there 🕊️ ", 60)
	a.Because = nil
	for i := range 40 {
		a.Because = append(a.Because, fmt.Sprintf("actor:pakistan NEAR/8 %s%d", strings.Repeat("enrichment&", 20), i))
		a.Rules = append(a.Rules, news.Rule{Name: "r", Title: long})
	}
	d := a.Development
	d.Headline, d.Evidence.Quote = long, long+long
	d.Speaker.Name, d.Venue = ptr(long), ptr(long)
	d.Level = long
	d.Updates = 7
	d.Denies = ptr(news.TalksScheduled)
	for i := range 40 {
		d.Dates = append(d.Dates, day("x", fmt.Sprintf("2027-01-%02d", 1+i%28), i%2 == 0))
	}
	for range 20 {
		l := later(news.TalksScheduled, news.DateDisputed, "iran", d.Dates...)
		l.Headline, l.Speaker.Affiliation = long, ptr(long)
		a.Since = append(a.Since, l)
	}
	d.Sources = nil
	for i := range 40 {
		d.Sources = append(d.Sources, news.Source{
			Feed: fmt.Sprintf("feed-%d-%s", i, strings.Repeat("&", 200)), Tier: news.Wire, Title: long,
			Link: "https://example.com/" + strings.Repeat("p&", 400),
		})
	}
	return a
}

func TestCards(t *testing.T) {
	cases := map[string]news.Alert{
		"card-mediator-date": mediatorDate(), "card-update": sudanUpdate(), "card-words-only": wordsOnly(),
		"card-hostile": hostile(), "card-right-to-left": rightToLeft(), "card-longest": longest(),
		"card-replaced": replacedCard(), "card-disputed": disputedCard(),
		"card-empty": {}, "card-empty-development": {Development: &news.Tracked{}},
	}
	for name, alert := range cases {
		t.Run(name, func(t *testing.T) {
			blocks, text := bot.Card(alert, names)
			withinLimits(t, blocks, text)
			golden(t, name, blocks, text)
		})
	}
}

func TestDigests(t *testing.T) {
	var many []news.Alert
	for range 30 {
		many = append(many, longest(), sudanUpdate(), wordsOnly())
	}
	cases := map[string][]news.Alert{
		"digest": {mediatorDate(), sudanUpdate(), wordsOnly(), mediatorDate()}, "digest-many": many, "digest-hostile": {hostile(), rightToLeft()},
	}
	for name, alerts := range cases {
		t.Run(name, func(t *testing.T) {
			blocks, text := bot.Digest(alerts, names)
			withinLimits(t, blocks, text)
			golden(t, name, blocks, text)
		})
	}
	_, text := bot.Digest([]news.Alert{wordsOnly(), mediatorDate(), sudanUpdate()}, names)
	if changed, rest := strings.Index(text, "Sudan"), strings.Index(text, "US–Iran"); changed < 0 || rest < changed {
		t.Errorf("what changed does not come first: %s", text)
	}
	_, text = bot.Digest(many, names)
	if !strings.Contains(text, "Digest: 90 alerts.") || !strings.Contains(text, " more.") {
		t.Errorf("the digest does not count what it leaves out: %s", text)
	}
}

// What feeds wrote must neither call anybody nor pose as something else.
func TestNothingOfAFeedIsObeyed(t *testing.T) {
	blocks, text := bot.Card(hostile(), names)
	whole := text + marshal(t, blocks)
	digest, digestText := bot.Digest([]news.Alert{hostile()}, names)
	whole += digestText + marshal(t, digest)
	for _, bad := range []string{
		"<!channel>", "<!here>", "<!everyone>", "<!subteam", "<@U", "\u202e", "\x1b", "javascript:", "user:secret", "<https://evil", "@channel", ":fire:", "*boom*", "_x_", "~y~", "<b>",
	} {
		if mrkdwnHas(t, append(blocks, digest...), bad) || strings.Contains(text, bad) || strings.Contains(digestText, bad) {
			t.Errorf("%q came through", bad)
		}
	}
	if strings.Contains(whole, "evil.example") && !strings.Contains(whole, "click") {
		t.Error("a label was parted from its link")
	}
}

// mrkdwnHas says whether any text that Slack interprets holds s.
func mrkdwnHas(t *testing.T, blocks []slack.Block, s string) bool {
	t.Helper()
	found := false
	each(t, blocks, func(o map[string]any) {
		if o["type"] == "mrkdwn" && strings.Contains(o["text"].(string), s) {
			found = true
		}
		if u, ok := o["url"].(string); ok && strings.Contains(u, s) {
			found = true
		}
	})
	return found
}

// The text is all that a screen reader and a notification have.
func TestTheTextIsComplete(t *testing.T) {
	_, text := bot.Card(mediatorDate(), names)
	for _, want := range []string{
		"URGENT", "Pakistan expects technical talks", "US–Iran talks", "round 3", "around Tue 24 Nov 2026 (Mon 23 or Wed 25 Nov 2026 also possible)", "Islamabad",
		"expected, not certain", "dawn (press)", "<https://example.com/a?x=1&amp;y=2>", "and 1 more", "Mediator names a date", "Tahir Andrabi, Pakistan (mediator)",
		"“we expect both delegations back at the table around Tuesday, &amp; Monday or Wednesday are possible”",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in %s", want, text)
		}
	}
	if _, text := bot.Card(sudanUpdate(), names); !strings.Contains(text, "Update of D-7") {
		t.Errorf("not said to be an update: %s", text)
	}
	if _, text := bot.Card(longest(), names); !strings.Contains(text, "<https://example.com/p&amp;p") && !strings.Contains(text, "Source: ") {
		t.Errorf("the source was cut off: %s", text)
	}
}

func golden(t *testing.T, name string, blocks []slack.Block, text string) {
	t.Helper()
	goldenSurface(t, name, map[string]any{"text": text, "blocks": blocks})
}

// goldenSurface compares a message or a view, as it is sent, with its file. What
// stands there is compared with Slack's own types, too: see schema_test.go.
func goldenSurface(t *testing.T, name string, surface any) {
	t.Helper()
	got := marshal(t, surface)
	file := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v: run the tests with -update and look at what they wrote", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update writes it anew):\n%s", file, diff)
	}
}

func marshal(t *testing.T, v any) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return angles.Replace(b.String()) // which views escape whatever the encoder is told
}

var angles = strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&")

// Mediators who speak together are named together.
func TestJointVoices(t *testing.T) {
	alert := mediatorDate()
	alert.Development.Speaker = nil
	alert.Development.Joint = []news.Speaker{{Affiliation: ptr("pakistan"), Role: news.Mediator}, {Affiliation: ptr("oman"), Role: news.Mediator}}
	blocks, text := bot.Card(alert, names)
	withinLimits(t, blocks, text)
	for _, in := range []string{text, marshal(t, blocks)} {
		if !strings.Contains(in, "(mediators)") || !strings.Contains(in, "Pakistan") {
			t.Errorf("the mediators are not named: %s", in)
		}
	}
}
