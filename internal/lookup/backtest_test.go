package lookup_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/lookup"
	"parley/internal/news"
	"parley/rules"
)

// trialStore holds 30 items of ten days, three a day, newest first: one that
// confirms something new, one that repeats an older one, one of mere words.
func trialStore() *memory {
	m := &memory{}
	for day := range 10 {
		at := now.AddDate(0, 0, -day).Add(-time.Minute)
		ended := development(news.DevelopmentID(100+day), news.TalksEnded, news.Confirmed)
		ended.Evidence = news.Evidence{Field: news.Title, Quote: "Talks ended"}
		hedged := development(news.DevelopmentID(200+day/5), news.TalksScheduled, news.Expected, date(at.Format(time.DateOnly), true))
		hedged.Evidence = news.Evidence{Field: news.Text, Start: 2000, Quote: "may resume"}
		add := func(id, title, text string, is news.Verdict, ds ...news.Tracked) {
			it := news.StoredItem{Item: news.Item{ID: fmt.Sprint(id, day), Feed: "wire", Title: title, Text: text, Published: at}}
			for _, d := range ds {
				it.Reading.Developments = append(it.Reading.Developments, d.Development)
				it.Developments = append(it.Developments, d.ID)
				it.Judged = append(it.Judged, news.Judged{Development: d.Development, ID: d.ID, Is: is})
			}
			m.items = append(m.items, it)
			m.tracked = append(m.tracked, ds...)
		}
		add("new", "Talks ended", "The talks ended.", news.New, ended)
		add("again", "Envoys travel", strings.Repeat("word ", 400)+"talks may resume", news.Repeat, hedged)
		add("words", "Talks about the weather", "Rain.", news.Silent)
	}
	return m
}

func trialAnswers(m *memory) *lookup.Answers {
	return lookup.New(m, translate{}, lookup.Catalogue{Vocabulary: vocabulary(), Rules: []news.Rule{
		{Name: "ended", When: "kind:talks-ended"}, {Name: "dated", When: "kind:talks-scheduled date:any"}, {Name: "rain", When: "rain kind:any"},
	}}, func() time.Time { return now })
}

func TestBacktest(t *testing.T) {
	told := ""
	got, err := trialAnswers(trialStore()).Backtest(t.Context(), "talks", now.AddDate(0, 0, -30), 0, func(done, total int) { told = fmt.Sprint(done, " of ", total) })
	if err != nil {
		t.Fatal(err)
	}
	if got.Items != 30 || got.Hits != 30 || got.Alerts != 20 || got.Added != 10 || got.Stopped || told != "30 of 30" {
		t.Errorf("%d items, %d hits, %d alerts, %d added, stopped %v, told %s", got.Items, got.Hits, got.Alerts, got.Added, got.Stopped, told)
	}
	if s := fmt.Sprint(got.Overlap); s != "[{dated 10} {ended 10}]" {
		t.Errorf("overlap %s", s)
	}
	// The span is that of what is stored, not the thirty days asked for.
	if len(got.Days) != 10 || got.Days[9] != (lookup.Day{Day: "2026-11-21", Hits: 3, Alerts: 2}) || got.Days[0].Day != "2026-11-12" {
		t.Errorf("days %v", got.Days)
	}
	if hits, alerts := got.PerDay(); hits < 3.2 || hits > 3.4 || alerts < 2.1 || alerts > 2.3 {
		t.Errorf("%.2f hits and %.2f alerts a day", hits, alerts)
	}
	var best, doubtful []string
	for _, e := range got.Best {
		best = append(best, e.Item.ID)
		if len(e.Doubts) > 0 || e.Added || e.Developments[0].ID < 100 {
			t.Errorf("a best example: %+v", e)
		}
	}
	for _, e := range got.Doubtful {
		doubtful = append(doubtful, e.Item.ID+": "+strings.Join(e.Doubts, ", "))
	}
	if s := strings.Join(best, " "); s != "new0 new1 new2 new3 new4" {
		t.Errorf("best %s", s)
	}
	want := "words0: only words match: no development was read\nwords1: only words match: no development was read\nwords2: only words match: no development was read\nwords3: only words match: no development was read\nwords4: only words match: no development was read"
	// Each of the two hedged developments has more against it, and counts once.
	hedged := "hedged: expected, not confirmed, the proof stands far down, at 99 % of the text, talks stands far down, at word 401 of 403"
	want = "again0: " + hedged + "\nagain5: " + hedged + "\n" + strings.Join(strings.Split(want, "\n")[:3], "\n")
	if s := strings.Join(doubtful, "\n"); s != want {
		t.Errorf("doubtful\n%s\nwant\n%s", s, want)
	}
}

// What asks about facts alone is answered without looking at words, and the
// same comes of it.
func TestBacktestOfFacts(t *testing.T) {
	for query, want := range map[string]string{
		"kind:talks-ended":             "10 hits, 10 alerts, 0 added",
		"kind:talks-scheduled":         "10 hits, 0 alerts, 0 added",
		"kind:talks-scheduled envoys":  "10 hits, 0 alerts, 0 added",
		"kind:any rain":                "0 hits, 0 alerts, 0 added",
		"date:today":                   "10 hits, 0 alerts, 0 added", // as it was when each came in
		"NOT kind:any":                 "10 hits, 10 alerts, 10 added",
		"weather -kind:any":            "10 hits, 10 alerts, 10 added",
		"rule:ended OR rule:dated":     "",
		"kind:talks-ended by:mediator": "10 hits, 10 alerts, 0 added",
		"golf":                         "0 hits, 0 alerts, 0 added",
	} {
		got, err := trialAnswers(trialStore()).Backtest(t.Context(), query, time.Time{}, 0, nil)
		if want == "" {
			if _, ok := errors.AsType[*rules.Problem](err); !ok {
				t.Errorf("%s: %v, want a problem with a place", query, err)
			}
			continue
		}
		if s := fmt.Sprintf("%d hits, %d alerts, %d added", got.Hits, got.Alerts, got.Added); err != nil || s != want || got.Items != 30 {
			t.Errorf("%s: %s of %d, %v; want %s", query, s, got.Items, err, want)
		}
	}
}

// A backtest that runs out of time tells what it found so far, and of how much.
func TestBacktestStops(t *testing.T) {
	m := trialStore()
	m.deadline = 9
	got, err := trialAnswers(m).Backtest(t.Context(), "talks", time.Time{}, 0, nil)
	if err != nil || !got.Stopped || got.Items != 9 || got.Hits != 9 || len(got.Days) != 3 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := trialAnswers(trialStore()).Backtest(t.Context(), "talks (", time.Time{}, 0, nil); err == nil {
		t.Error("a faulty query was run")
	}
	got, err = trialAnswers(&memory{}).Backtest(t.Context(), "talks", time.Time{}, 0, nil)
	if err != nil || got.Items != 0 || len(got.Days) != 1 {
		t.Errorf("an empty store: %+v, %v", got, err)
	}
}

// One that is told how many hits are enough looks no further, and says so; what it
// found there is what looking at all finds there.
func TestBacktestHasEnough(t *testing.T) {
	got, err := trialAnswers(trialStore()).Backtest(t.Context(), "talks", time.Time{}, 9, nil)
	if err != nil || !got.Enough || got.Stopped || got.Items != 9 || got.Hits != 9 || len(got.Days) != 3 {
		t.Errorf("%+v, %v", got, err)
	}
	if hits, _ := got.PerDay(); hits < 3.2 || hits > 5 {
		t.Errorf("%.2f hits a day", hits)
	}
	for _, enough := range []int{30, 31} { // these are all there are
		if got, err = trialAnswers(trialStore()).Backtest(t.Context(), "talks", time.Time{}, enough, nil); err != nil || got.Enough || got.Hits != 30 || len(got.Days) != 10 {
			t.Errorf("enough are %d: %+v, %v", enough, got, err)
		}
	}
}
