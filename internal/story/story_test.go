package story

import (
	"testing"
	"time"

	"parley/internal/news"
)

func ptr[T any](v T) *T { return &v }

// dev makes a development of us-iran.
func dev(kind news.Kind, change ...func(*news.Development)) news.Development {
	d := news.Development{Negotiation: ptr("us-iran"), Kind: kind, Parties: []string{"united-states", "iran"}, Certainty: news.Confirmed}
	for _, f := range change {
		f(&d)
	}
	return d
}

func on(day string) func(*news.Development) {
	return func(d *news.Development) { d.Dates = append(d.Dates, news.Date{Start: day, End: day, Preferred: true}) }
}

func round(n int) func(*news.Development) { return func(d *news.Development) { d.Round = &n } }

func in(city string) func(*news.Development) { return func(d *news.Development) { d.Venue = &city } }

func by(id string) func(*news.Development) {
	return func(d *news.Development) { d.Speaker = &news.Speaker{Affiliation: &id, Role: news.Party} }
}

func sure(c news.Certainty) func(*news.Development) {
	return func(d *news.Development) { d.Certainty = c }
}

func TestJudge(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name          string
		first, second news.Development
		later         time.Duration
		want          news.Verdict
	}{
		{"a rewrite", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksScheduled, on("2026-11-24")), 3 * time.Hour, news.Repeat},
		{"a rewrite without the date", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksScheduled), 14 * time.Hour, news.Repeat},
		{"the date moves", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksScheduled, on("2026-11-27")), time.Hour, news.Update},
		{"a day of the alternatives", dev(news.TalksScheduled, on("2026-11-24"), on("2026-11-25")), dev(news.TalksScheduled, on("2026-11-25")), time.Hour, news.Repeat},
		{"the venue moves", dev(news.TalksScheduled, in("Muscat, Oman")), dev(news.TalksScheduled, in("Doha, Qatar")), time.Hour, news.Update},
		{"expected is confirmed", dev(news.TalksScheduled, on("2026-11-24"), sure(news.Expected)), dev(news.TalksScheduled, on("2026-11-24")), time.Hour, news.Update},
		{"another round", dev(news.TalksScheduled, round(2)), dev(news.TalksScheduled, round(3)), time.Hour, news.New},
		{"postponed after scheduled", dev(news.TalksScheduled, on("2026-11-24")), dev(news.TalksPostponed), time.Hour, news.Update},
		{"started after scheduled", dev(news.TalksScheduled, on("2026-11-20")), dev(news.TalksStarted), time.Hour, news.Update},
		{"ended after started", dev(news.TalksStarted), dev(news.TalksEnded), 5 * time.Hour, news.Update},
		{"denied", dev(news.TalksScheduled), dev(news.Denial, func(d *news.Development) { d.Denies = ptr(news.TalksScheduled) }), time.Hour, news.Update},
		{"another kind", dev(news.TalksEnded), dev(news.GapsNamed), time.Hour, news.New},
		{"two speakers' tone", dev(news.Atmosphere, by("iran")), dev(news.Atmosphere, by("united-states")), time.Hour, news.New},
		{"out of the window", dev(news.TalksEnded), dev(news.TalksEnded), 80 * time.Hour, news.New},
		{"out of order", dev(news.TalksEnded), dev(news.TalksEnded), -3 * time.Hour, news.Repeat},
		{"another negotiation", dev(news.TalksEnded), dev(news.TalksEnded, func(d *news.Development) { d.Negotiation = ptr("drc-m23") }), time.Hour, news.New},
		{"no negotiation, the same parties", dev(news.TalksEnded, func(d *news.Development) { d.Negotiation = nil }), dev(news.TalksEnded, func(d *news.Development) { d.Negotiation, d.Parties = nil, []string{"iran", "united-states"} }), time.Hour, news.Repeat},
		{"neither negotiation nor parties", dev(news.TalksEnded, func(d *news.Development) { d.Negotiation, d.Parties = nil, nil }), dev(news.TalksEnded, func(d *news.Development) { d.Negotiation, d.Parties = nil, nil }), time.Hour, news.New},
	} {
		t.Run(c.name, func(t *testing.T) {
			desk := NewDesk(nil)
			first := desk.Judge(news.Item{ID: "1", Published: at}, []news.Development{c.first})[0]
			if first.Is != news.New || first.ID != -1 {
				t.Fatalf("the first is %s %d", first.Is, first.ID)
			}
			got := desk.Judge(news.Item{ID: "2", Published: at.Add(c.later)}, []news.Development{c.second})[0]
			if got.Is != c.want {
				t.Fatalf("is %s (%s), want %s", got.Is, got.Reason, c.want)
			}
			switch got.Is {
			case news.Repeat:
				if got.ID != first.ID {
					t.Errorf("repeats %d", got.ID)
				}
			case news.Update:
				if got.Updates != first.ID || got.ID == first.ID {
					t.Errorf("updates %d as %d", got.Updates, got.ID)
				}
			}
			if got.Reason == "" {
				t.Error("no reason")
			}
		})
	}
}

func TestWindowGrowsWithReports(t *testing.T) {
	at := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	desk := NewDesk(nil)
	desk.Judge(news.Item{Published: at}, []news.Development{dev(news.TalksEnded)})
	for i, want := range []news.Verdict{news.Repeat, news.Repeat, news.Repeat} {
		got := desk.Judge(news.Item{Published: at.Add(time.Duration(i+1) * 60 * time.Hour)}, []news.Development{dev(news.TalksEnded)})[0]
		if got.Is != want {
			t.Fatalf("after %d h: %s (%s)", 60*(i+1), got.Is, got.Reason)
		}
	}
}
