package watch

import (
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/read"
	"parley/internal/story"
)

// A channel is reminded in the morning, on its own clock, when it may be spoken to.
func TestMorning(t *testing.T) {
	zone := func(name string) *time.Location {
		l, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	london, muscat := zone("Europe/London"), zone("Asia/Muscat")
	b, err := NewRulebook(nil, []news.Subscription{
		{Channel: "#plain", To: "kind:talks"},
		{Channel: "#there", To: "kind:talks", Zone: muscat},
		{Channel: "#quiet", To: "kind:talks", Quiet: "22:00-09:30"},
		{Channel: "#digest", To: "kind:talks", Digest: "0 18 * * MON-FRI"},
		{Channel: "#both", To: "kind:talks", Digest: "0 8 * * *"},
		{Channel: "#both", To: "kind:denial", Zone: muscat},
	}, read.Vocabulary(), "#elsewhere", london)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, channel, to string
		day               string
		digest            bool
		level             news.Level
		want              string // in UTC
	}{
		{"in the zone of the configuration", "#plain", "kind:talks", "2026-11-24", false, "", "2026-11-24 08:00"},
		{"in summer", "#plain", "kind:talks", "2026-07-24", false, "", "2026-07-24 07:00"},
		{"in the channel's zone", "#there", "kind:talks", "2026-11-24", false, "", "2026-11-24 04:00"},
		{"after quiet hours", "#quiet", "kind:talks", "2026-11-24", false, "", "2026-11-24 09:30"},
		{"urgent ones break them", "#quiet", "kind:talks", "2026-11-24", false, news.Urgent, "2026-11-24 08:00"},
		{"with the digest", "#digest", "kind:talks", "2026-11-24", true, "", "2026-11-24 18:00"},
		{"with the next digest", "#digest", "kind:talks", "2026-11-21", true, "", "2026-11-23 18:00"},
		{"what was told at once in spite of the digest", "#digest", "kind:talks", "2026-11-24", false, "", "2026-11-24 08:00"},
		{"a digest of the very minute", "#both", "kind:talks", "2026-11-24", true, "", "2026-11-24 08:00"},
		{"the subscription that told it", "#both", "kind:denial", "2026-11-24", false, "", "2026-11-24 04:00"},
		{"no subscription", "#elsewhere", "", "2026-11-24", false, "", "2026-11-24 08:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			day, _ := time.Parse(time.DateOnly, c.day)
			n := news.Notification{Channel: c.channel, Digest: c.digest, Alert: news.Alert{To: c.to}}
			if c.level != "" {
				n.Alert.Rules = []news.Rule{{Level: c.level}}
			}
			at, _ := b.morning(n, day, 8*time.Hour)
			if got := at.UTC().Format("2006-01-02 15:04"); got != c.want {
				t.Errorf("it is %s, want %s", got, c.want)
			}
		})
	}
}

// The days of a development are those on which something is still to happen.
func TestDaysNamed(t *testing.T) {
	date := func(start, end, granularity string) news.Date {
		return news.Date{Start: start, End: end, Granularity: granularity}
	}
	told := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name  string
		kind  news.Kind
		dates []news.Date
		want  string
	}{
		{"a day", news.TalksScheduled, []news.Date{date("2026-11-24", "2026-11-24", "day")}, "2026-11-24 2026-11-24"},
		{"one of two", news.TalksScheduled, []news.Date{date("2026-11-25", "2026-11-25", "day"), date("2026-11-23", "2026-11-23", "day")}, "2026-11-23 2026-11-25"},
		{"a week", news.TalksScheduled, []news.Date{date("2026-11-23", "2026-11-29", "week")}, "2026-11-23 2026-11-29"},
		{"a deadline", news.Ultimatum, []news.Date{date("2026-11-20", "2026-11-30", "deadline")}, "2026-11-30 2026-11-30"},
		{"a month", news.TalksScheduled, []news.Date{date("2026-12-01", "2026-12-31", "month")}, ""},
		{"no day", news.TalksScheduled, nil, ""},
		{"an agreement of today", news.AgreementSigned, []news.Date{date("2026-11-20", "2026-11-20", "day")}, ""},
		{"a truce from Monday on", news.AgreementReached, []news.Date{date("2026-11-23", "2026-11-23", "day")}, "2026-11-23 2026-11-23"},
		{"what has happened", news.TalksEnded, []news.Date{date("2026-11-20", "2026-11-20", "day")}, ""},
	} {
		first, last, ok := story.Days(&news.Tracked{First: told, Development: news.Development{Kind: c.kind, Dates: c.dates}})
		got := ""
		if ok {
			got = first.Format(time.DateOnly) + " " + last.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
