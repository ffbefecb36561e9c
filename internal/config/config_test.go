package config

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"parley"
	"parley/internal/news"
)

var update = flag.Bool("update", false, "write what is said now into testdata")

// Every kind of fault, with the sentence and the caret that people get to see.
func TestFaults(t *testing.T) {
	const file = "testdata/faults.txtar"
	archive, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		in, want := archive.Files[i], &archive.Files[i+1]
		name, _ := strings.CutSuffix(in.Name, ".yaml")
		t.Run(name, func(t *testing.T) {
			if want.Name != name+".problems" {
				t.Fatalf("%s is followed by %s", in.Name, want.Name)
			}
			_, problems := Parse(in.Name, in.Data)
			if len(problems.Errors()) == 0 {
				t.Error("no fault was found")
			}
			got := problems.Error() + "\n"
			if strings.Contains(got, "sesame") {
				t.Errorf("a secret is repeated:\n%s", got)
			}
			if *update {
				want.Data = []byte(got)
			} else if diff := cmp.Diff(string(want.Data), got); diff != "" {
				t.Errorf("what is said (- wanted, + got):\n%s", diff)
			}
		})
	}
	if *update {
		if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestExampleHasNoProblems(t *testing.T) {
	c, problems := Parse("config.example.yaml", parley.ExampleConfig)
	if len(problems) > 0 {
		t.Errorf("the example configuration:\n%v", problems)
	}
	if len(c.Feeds) < 40 || len(c.Negotiations) < 30 || len(c.Rules) < 8 {
		t.Errorf("the example has only %d feeds, %d negotiations and %d rules", len(c.Feeds), len(c.Negotiations), len(c.Rules))
	}
}

func TestValues(t *testing.T) {
	c, problems := Parse("parley.yaml", []byte(`
time_zone: Europe/London
database: /var/lib/parley/parley.db
listen: 127.0.0.1:8067
max_age: 36h
allow_private: [10.1.0.0/16]
proxy: http://proxy.example:3128
slack:
  channel: "#negotiations"
  notices: "#care"
  changes: creators
  public_url: https://parley.example/base/
feeds:
  - {name: dawn, url: "https://dawn.example/feed", every: "*/15 6-22 * * *", zone: Asia/Karachi, tier: wire, language: en, full_text: true}
  - name: plain
    url: https://plain.example/feed
actors:
  - {id: tahir-andrabi, names: [Andrabi], speaks_for: pakistan, office: spokesperson}
  - id: m23
    names:
      - M23
negotiations:
  - {id: us-iran, title: US–Iran talks, parties: [united-states, iran], mediators: [oman], hosts: [switzerland], guarantors: [russia]}
rules:
  - name: deal
    when: >-
      kind:agreement
      certainty:confirmed
    level: urgent
    examples:
      match:
        - They agree
        - {title: They agree, text: At last., feed: dawn, published: "2026-11-20T14:00:00+05:00"}
      silent: [They do not]
subscriptions:
  - {channel: "#desk", to: "rule:deal", digest: "0 8 * * MON-FRI", quiet: 22:00 - 7:00, level: urgent}
  - {channel: "#asia", to: "negotiation:us-iran", zone: Asia/Tokyo}
reminders: {at: "07:45", days_before: 2}
`))
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	zone := func(name string) *time.Location {
		z, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return z
	}
	equal := func(what string, got, want any) {
		t.Helper()
		byName := cmp.Comparer(func(a, b *time.Location) bool { return a.String() == b.String() })
		if diff := cmp.Diff(want, got, byName); diff != "" {
			t.Errorf("%s (- wanted, + got):\n%s", what, diff)
		}
	}
	equal("time_zone", c.Zone, zone("Europe/London"))
	equal("database", c.Database, "/var/lib/parley/parley.db")
	equal("listen", c.Listen, "127.0.0.1:8067")
	equal("max_age", c.MaxAge, 36*time.Hour)
	equal("reminders.at", c.RemindAt, 7*time.Hour+45*time.Minute)
	equal("reminders.days_before", c.RemindBefore, 2)
	equal("slack.channel", c.Channel, "#negotiations")
	equal("notices", c.Notices, "#care")
	equal("changes", c.Creators, true)
	equal("public_url", c.PublicURL, "https://parley.example/base")
	equal("proxy", c.Proxy.String(), "http://proxy.example:3128")
	equal("allow_private", c.AllowPrivate[0].String(), "10.1.0.0/16")
	equal("feed", c.Feeds[0].Feed, news.Feed{Name: "dawn", URL: "https://dawn.example/feed", Every: "*/15 6-22 * * *", Zone: zone("Asia/Karachi"), Tier: news.Wire, Language: "en", FullText: true})
	equal("plain feed", c.Feeds[1].Feed, news.Feed{Name: "plain", URL: "https://plain.example/feed", Every: Auto, Zone: time.UTC, Tier: news.Press})
	equal("person", c.Actors[0].Actor, news.Actor{ID: "tahir-andrabi", Kind: news.Person, Title: "tahir-andrabi", Names: []string{"Andrabi"}, SpeaksFor: "pakistan", Office: "spokesperson"})
	equal("group", c.Actors[1].Actor, news.Actor{ID: "m23", Kind: news.Group, Title: "m23", Names: []string{"M23"}})
	equal("negotiation", c.Negotiations[0].Negotiation, news.Negotiation{
		ID: "us-iran", Title: "US–Iran talks", Parties: []string{"united-states", "iran"}, Mediators: []string{"oman"}, Hosts: []string{"switzerland"}, Guarantors: []string{"russia"},
	})
	equal("references", len(c.Negotiations[0].Refs), 5)
	equal("place of a reference", c.Negotiations[0].Refs[1], Ref{"iran", Position{23, 66}})
	equal("rule", c.Rules[0].Rule, news.Rule{Name: "deal", Title: "deal", When: "kind:agreement certainty:confirmed", Level: news.Urgent})
	equal("examples", []int{len(c.Rules[0].Match), len(c.Rules[0].Silent)}, []int{2, 1})
	equal("example", c.Rules[0].Match[1].Published.Format(time.RFC3339), "2026-11-20T14:00:00+05:00")
	equal("subscription", c.Subscriptions[0].Subscription, news.Subscription{
		Channel: "#desk", To: "rule:deal", Digest: "0 8 * * MON-FRI", Quiet: "22:00-07:00", Zone: zone("Europe/London"), Level: news.Urgent,
	})
	equal("zone of a subscription", c.Subscriptions[1].Zone, zone("Asia/Tokyo"))
}

func TestDefaults(t *testing.T) {
	for _, src := range []string{"", "# nothing\n", "feeds:\nrules:\nslack:\n  channel:\n"} {
		c, problems := Parse("parley.yaml", []byte(src))
		if len(problems) > 0 {
			t.Errorf("%q: %v", src, problems)
		}
		if c.Database != "parley.db" || c.MaxAge != 48*time.Hour || c.Zone != time.UTC || c.Listen != "" || c.Channel != "" {
			t.Errorf("%q: %+v", src, c)
		}
	}
}

// A value is found in the file however it is written there.
func TestWithin(t *testing.T) {
	for name, src := range map[string]string{
		"plain":           "rules:\n  - name: deal\n    when: kind:talks HERE now\n",
		"in a flow":       "rules: [{name: \"dé_al\", when: kind:talks HERE now}]\n",
		"double quotes":   "rules:\n  - {name: deal, when: \"kind:talks HERE now\"}\n",
		"single quotes":   "rules:\n  - {name: deal, when: 'kind:talks HERE now'}\n",
		"escapes":         "rules:\n  - name: deal\n    when: \"\\\"a\\tb\\u00e9\\x41\\U0001F600\\\" HERE now\"\n",
		"doubled quotes":  "rules:\n  - name: deal\n    when: 'it''s ''so'' HERE now'\n",
		"other scripts":   "rules:\n  - name: deal\n    when: مذاکرات ё HERE now\n",
		"on two lines":    "rules:\n  - name: deal\n    when: kind:talks\n      HERE now\n",
		"quoted on three": "rules:\n  - name: deal\n    when: \"kind:talks\n\n      by:iran HERE\n      now\"\n",
		"next line":       "rules:\n  - name: deal\n    when:   # why not\n      kind:talks HERE now\n",
		"literal block":   "rules:\n  - name: deal\n    when: |\n      kind:talks\n      by:iran HERE now\n",
		"folded block":    "rules:\n  - name: deal\n    when: >-\n      kind:talks\n\n      by:iran\n        HERE now\n",
		"windows lines":   "rules:\r\n  - name: deal\r\n    when: >-\r\n      kind:talks\r\n      by:iran HERE now\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			c, problems := Parse("parley.yaml", []byte(src))
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			r := c.Rules[0]
			at := strings.Index(r.When, "HERE")
			if at < 0 {
				t.Fatalf("the value is %q", r.When)
			}
			before := src[:strings.Index(src, "HERE")]
			start := strings.LastIndexByte(before, '\n') + 1
			want := Position{1 + strings.Count(before, "\n"), 1 + len([]rune(before[start:]))}
			if got := c.Within(r.WhenAt, r.When, at); got != want {
				t.Errorf("HERE of %q is at %v, not at %v", r.When, got, want)
			}
			end := c.Within(r.WhenAt, r.When, at+len("HERE"))
			if want.Column += len("HERE"); end != want {
				t.Errorf("it ends at %v, not at %v", end, want)
			}
		})
	}
}

func TestSchedules(t *testing.T) {
	karachi := time.FixedZone("Asia/Karachi", 5*3600)
	if z, err := time.LoadLocation("Asia/Karachi"); err == nil {
		karachi = z
	}
	at := time.Date(2026, 11, 20, 14, 2, 0, 0, karachi)
	for every, want := range map[string]string{
		"5m":              "14:07",
		"1h30m":           "15:32",
		"*/15 6-22 * * *": "14:15",
		"0 8 * * MON-FRI": "08:00", // in the feed's zone, on Monday
		"@hourly":         "15:00",
	} {
		s, err := ParseSchedule(every, karachi)
		if err != nil {
			t.Errorf("%s: %v", every, err)
			continue
		}
		if got := s.Next(at).In(karachi).Format("15:04"); got != want {
			t.Errorf("%s comes next at %s, not at %s", every, got, want)
		}
	}
}

func TestSecrets(t *testing.T) {
	env := map[string]string{
		"SLACK_BOT_TOKEN": "xoxb-open-sesame\n", "SLACK_APP_TOKEN": " xapp-open-sesame", "SLACK_SIGNING_SECRET": "open-sesame", "SLACK_API_URL": "http://127.0.0.1:1/api",
		"SLACK_CLIENT_ID": "1.2 ", "SLACK_CLIENT_SECRET": "open-sesame-client", "PARLEY_TOKEN_KEY": "sesame-key,\nolder-sesame-key\n",
	}
	s := SecretsFrom(func(k string) string { return env[k] })
	if s.BotToken != "xoxb-open-sesame" || s.AppToken != "xapp-open-sesame" || s.SigningSecret != "open-sesame" || s.APIURL != "http://127.0.0.1:1/api/" ||
		s.ClientID != "1.2" || s.ClientSecret != "open-sesame-client" || s.TokenKey != "sesame-key,\nolder-sesame-key" {
		t.Error("the environment was not taken over")
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		if got := sprint(format, s); strings.Contains(got, "sesame") || strings.Contains(got, "736573616d65") {
			t.Errorf("%s prints %s", format, got)
		}
		if got, err := json.Marshal(s); err != nil || strings.Contains(string(got), "sesame") {
			t.Errorf("JSON is %s, %v", got, err)
		}
		if got := sprint(format, &struct{ S Secrets }{s}); strings.Contains(got, "sesame") {
			t.Errorf("%s of a struct around it prints %s", format, got)
		}
	}
}

func TestSuggestion(t *testing.T) {
	known := []string{"iran", "iraq", "id", "united-states"}
	for word, want := range map[string]string{
		"irann": `: did you mean "iran"?`, "untied-states": `: did you mean "united-states"?`,
		"france": "", "x": "", "": "",
	} {
		if got := Suggestion(word, known); got != want {
			t.Errorf("Suggestion(%q) = %q, want %q", word, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/faults.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		if strings.HasSuffix(file.Name, ".yaml") {
			f.Add(file.Data)
		}
	}
	f.Add(parley.ExampleConfig[:3000])
	f.Fuzz(func(t *testing.T, src []byte) {
		if len(src) > 1<<14 {
			return
		}
		c, problems := Parse("fuzz.yaml", src)
		_ = problems.Error()
		for _, p := range problems {
			if p.At.Line < 1 || p.At.Column < 1 || p.Message == "" {
				t.Errorf("a problem without place or sentence: %+v", p)
			}
		}
		for _, r := range c.Rules {
			for i := range len(r.When) + 2 {
				if at := c.Within(r.WhenAt, r.When, i); at.Line < 1 || at.Column < 1 {
					t.Errorf("byte %d of %q is at %v", i, r.When, at)
				}
			}
		}
	})
}

func sprint(format string, v any) string { return fmt.Sprintf(format, v) }
