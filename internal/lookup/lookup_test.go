package lookup_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/lookup"
	"parley/internal/news"
	"parley/internal/read"
	"parley/internal/text"
	"parley/rules"
)

var now = time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

// memory is a store for tests.
type memory struct {
	items      []news.StoredItem // newest first
	tracked    []news.Tracked
	feeds      []news.FeedState
	subs       []news.Subscription
	deliveries map[string][]news.Delivery
	deadline   int // a Scan runs out of time after so many
	err        error
	each       func() // runs before every item
}

func (m *memory) Developments(_ context.Context, f news.Filter) ([]news.Tracked, error) {
	var out []news.Tracked
	for _, d := range m.tracked {
		if (f.Negotiation == "" || *d.Negotiation == f.Negotiation) && !d.First.Before(f.Since) && (f.Limit == 0 || len(out) < f.Limit) {
			out = append(out, d)
		}
	}
	return out, m.err
}

func (m *memory) Development(_ context.Context, id news.DevelopmentID) (news.Tracked, bool, error) {
	for _, d := range m.tracked {
		if d.ID == id {
			return d, true, m.err
		}
	}
	return news.Tracked{}, false, m.err
}

func (m *memory) Upcoming(context.Context, string, int) ([]news.Tracked, error) {
	return m.tracked, m.err
}

func (m *memory) Find(ctx context.Context, _ *news.Need, f func(news.StoredItem) bool) (int, error) {
	for i, it := range m.items {
		if m.each != nil {
			m.each()
		}
		if err := ctx.Err(); err != nil {
			return i, err
		}
		if !f(it) {
			return i, m.err
		}
	}
	return len(m.items), m.err
}

func (m *memory) Scan(ctx context.Context, since time.Time, told bool, _ *news.Need, worker func(time.Time) func(news.StoredItem) bool, progress func(int, int)) (looked int, whole bool, err error) {
	var items []news.StoredItem
	oldest := time.Time{}
	for _, it := range m.items {
		if !it.Item.Published.Before(since) {
			items = append(items, it)
			if oldest.IsZero() || it.Item.Published.Before(oldest) {
				oldest = it.Item.Published
			}
		}
	}
	workers := []func(news.StoredItem) bool{worker(oldest), worker(oldest)}
	for i, it := range items {
		if m.each != nil {
			m.each()
		}
		if m.deadline > 0 && i == m.deadline {
			return i, false, context.DeadlineExceeded
		}
		if err := ctx.Err(); err != nil {
			return i, false, err
		}
		more := told && len(it.Reading.Developments) == 0 || workers[i%2](it)
		if looked = i + 1; progress != nil {
			progress(looked, len(items))
		}
		if !more {
			break
		}
	}
	return looked, looked == len(items), m.err
}

func (m *memory) ItemByLink(_ context.Context, link string) (news.StoredItem, bool, error) {
	i := slices.IndexFunc(m.items, func(it news.StoredItem) bool { return it.Item.Link == link })
	if i < 0 {
		return news.StoredItem{}, false, m.err
	}
	return m.items[i], true, m.err
}

func (m *memory) ItemByID(_ context.Context, id string) (news.StoredItem, bool, error) {
	i := slices.IndexFunc(m.items, func(it news.StoredItem) bool { return it.Item.ID == id })
	if i < 0 {
		return news.StoredItem{}, false, m.err
	}
	return m.items[i], true, m.err
}

func (m *memory) Deliveries(_ context.Context, itemID string) ([]news.Delivery, error) {
	return m.deliveries[itemID], m.err
}

func (m *memory) Feeds(context.Context) ([]news.FeedState, error) { return m.feeds, m.err }

func (m *memory) Subscriptions(context.Context) ([]news.Subscription, error) { return m.subs, m.err }

func (m *memory) Subscribe(_ context.Context, s news.Subscription) (news.Subscription, bool, error) {
	s.ID = int64(len(m.subs) + 1)
	m.subs = append(m.subs, s)
	return s, true, m.err
}

func (m *memory) Unsubscribe(_ context.Context, id int64, _ string, _ time.Time) error {
	n := len(m.subs)
	m.subs = slices.DeleteFunc(m.subs, func(s news.Subscription) bool { return s.ID == id })
	if len(m.subs) == n {
		return news.ErrNotFound
	}
	return m.err
}

// translate is the least that makes a Doc and Facts.
type translate struct{}

func (translate) Doc(it news.StoredItem, now time.Time) *rules.Doc {
	return &rules.Doc{Title: text.New(it.Item.Title), Text: text.New(it.Item.Text), Feed: it.Item.Feed, Tier: string(it.Item.Tier), Today: now.Format(time.DateOnly)}
}

func (t translate) Again(_ *rules.Doc, it news.StoredItem, now time.Time) *rules.Doc {
	return t.Doc(it, now)
}

func (translate) Facts(d *news.Development, sources int) *rules.Facts {
	f := &rules.Facts{Kind: string(d.Kind), Groups: d.Kind.Groups(), Certainty: string(d.Certainty), Sources: sources}
	if d.Speaker != nil {
		f.By = []string{string(d.Speaker.Role)}
	}
	for _, x := range d.Dates {
		f.Dates = append(f.Dates, rules.DateRange{From: x.Start, To: x.End})
	}
	return f
}

func vocabulary() *rules.Vocabulary {
	v := read.Vocabulary()
	v.Negotiations, v.Feeds = []string{"us-iran"}, []string{"dawn", "wire"}
	v.Rules = []rules.Source{{Name: "dated", When: "kind:talks-scheduled date:upcoming"}}
	return v
}

func date(day string, preferred bool) news.Date {
	return news.Date{Span: day, Start: day, End: day, Granularity: "day", Preferred: preferred}
}

func development(id news.DevelopmentID, kind news.Kind, certainty news.Certainty, dates ...news.Date) news.Tracked {
	return news.Tracked{
		ID: id, First: now.Add(-time.Duration(id) * time.Hour), Last: now.Add(-time.Duration(id) * time.Hour),
		Development: news.Development{Negotiation: ptr("us-iran"), Kind: kind, Certainty: certainty, Dates: dates, Speaker: &news.Speaker{Role: news.Mediator}},
	}
}

func answers(m *memory) *lookup.Answers {
	return lookup.New(m, translate{}, lookup.Catalogue{Vocabulary: vocabulary()}, func() time.Time { return now })
}

func stored() *memory {
	scheduled := development(1, news.TalksScheduled, news.Expected, date("2026-11-24", true))
	scheduled.Evidence.Quote = "talks resume on Tuesday"
	scheduled.Sources = []news.Source{{Feed: "dawn"}, {Feed: "dawn"}, {Feed: "wire"}, {Feed: "all-news", Tier: news.Aggregator}}
	ended := development(2, news.TalksEnded, news.Confirmed)
	item := func(id, feed, title, body string, ds ...news.Tracked) news.StoredItem {
		it := news.StoredItem{Item: news.Item{ID: id, Feed: feed, Tier: news.Press, Title: title, Text: body, Published: now}}
		for _, d := range ds {
			it.Reading.Developments = append(it.Reading.Developments, d.Development)
			it.Developments = append(it.Developments, d.ID)
		}
		return it
	}
	return &memory{
		tracked: []news.Tracked{scheduled, ended},
		items: []news.StoredItem{
			item("a", "dawn", "Both in one", "The second round is over. A third round begins on Tuesday, envoys say.", ended, scheduled),
			item("b", "wire", "Weather", "Rain is expected. A round of golf was cancelled."),
			item("c", "wire", "Third round", "Talks resume on Tuesday.", scheduled),
		},
	}
}

func TestSearch(t *testing.T) {
	cases := []struct {
		query   string
		ids     string
		devs    int // of the first hit
		because string
		excerpt string
	}{
		{"round", "a b c", 2, "round", "The second round is over"},
		{`"third round"`, "a c", 2, `"third round"`, "A third round begins on Tuesday, envoys say"},
		{"golf", "b", 0, "golf", "A round of golf was cancelled"},
		{"kind:talks-scheduled", "a c", 1, "kind:talks-scheduled", "talks resume on Tuesday"},
		{"kind:talks-ended golf", "", 0, "", ""},
		{"rule:dated feed:wire", "c", 1, "kind:talks-scheduled", "talks resume on Tuesday"},
		{"date:upcoming", "a c", 1, "date:upcoming", "talks resume on Tuesday"},
		{"date:past", "", 0, "", ""},
		{"sources:2", "a c", 1, "sources:2", "talks resume on Tuesday"},
		{"sources:>2", "", 0, "", ""},
		{"NOT kind:any", "b", 0, "", ""},
	}
	for _, c := range cases {
		found, err := answers(stored()).Search(t.Context(), c.query, 10)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		var ids []string
		for _, h := range found.Hits {
			ids = append(ids, h.Item.ID)
		}
		if strings.Join(ids, " ") != c.ids || found.Looked != 3 || found.Stopped {
			t.Errorf("%s: found %v of %d, want %q of 3", c.query, ids, found.Looked, c.ids)
			continue
		}
		if len(ids) == 0 {
			continue
		}
		h := found.Hits[0]
		if len(h.Developments) != c.devs || !strings.Contains(strings.Join(h.Because, " "), c.because) || h.Excerpt != c.excerpt {
			t.Errorf("%s: %d developments because %q: %q", c.query, len(h.Developments), h.Because, h.Excerpt)
		}
		if len(h.Developments) > 0 && h.Developments[0].ID == 0 {
			t.Errorf("%s: the development has no number", c.query)
		}
	}
}

func TestSearchErrorsPointAtTheQuery(t *testing.T) {
	for _, query := range []string{"(", "actr:x", "kind:nonsense", "negotiation:moon", "rule:none", ""} {
		_, err := answers(stored()).Search(t.Context(), query, 10)
		if p, ok := errors.AsType[*rules.Problem](err); !ok || p.Caret() == "" {
			t.Errorf("%q: %v", query, err)
		}
	}
}

// A search ends in time, and says that there may be more.
func TestSearchStops(t *testing.T) {
	m := stored()
	found, err := answers(m).Search(t.Context(), "round", 1)
	if err != nil || len(found.Hits) != 1 || !found.Stopped {
		t.Errorf("at the limit: %+v, %v", found, err)
	}
	for range 1000 {
		m.items = append(m.items, m.items[1])
	}
	clock := now
	m.each = func() { clock = clock.Add(10 * time.Millisecond) }
	slow := lookup.New(m, translate{}, lookup.Catalogue{}, func() time.Time { return clock })
	found, err = slow.Search(t.Context(), "nowhere", 10)
	if err != nil || !found.Stopped || found.Looked < 100 || found.Looked > 300 {
		t.Errorf("out of time: %d looked at, %v, %v", found.Looked, found.Stopped, err)
	}
	ctx, cancel := context.WithDeadline(t.Context(), time.Unix(0, 0))
	defer cancel()
	if found, err = answers(m).Search(ctx, "round", 10); err != nil || !found.Stopped {
		t.Errorf("past the deadline: %+v, %v", found, err)
	}
	m.err = errors.New("disk")
	m.each = nil
	if _, err = answers(m).Search(t.Context(), "round", 0); err == nil {
		t.Error("an error of the store was lost")
	}
}

func TestNext(t *testing.T) {
	range3 := news.Date{Span: "23-25 November", Start: "2026-11-23", End: "2026-11-25", Granularity: "range", Preferred: true}
	by := news.Date{Span: "by 30 November", Start: "2026-11-20", End: "2026-11-30", Granularity: "deadline", Preferred: true}
	byLater := by
	byLater.Start = "2026-11-21"
	third := development(9, news.TalksScheduled, news.Expected, date("2026-12-20", true))
	third.Round = ptr(3)
	thirdToo := development(10, news.TalksScheduled, news.Confirmed, date("2027-01-10", true))
	thirdToo.Round = ptr(3)
	elsewhere := development(11, news.TalksScheduled, news.Confirmed, date("2026-11-25", true))
	elsewhere.Negotiation = nil
	m := &memory{tracked: []news.Tracked{
		development(1, news.TalksScheduled, news.Reported, date("2026-11-24", true), date("2026-11-26", false)),
		development(2, news.TalksScheduled, news.Confirmed, date("2026-11-24", true)),
		development(3, news.TalksScheduled, news.Expected, date("2026-11-27", true)),
		development(4, news.TalksScheduled, news.Expected, range3),                                              // agrees with the 24th
		development(5, news.TalksScheduled, news.Denied, date("2026-11-28", true)),                              // names no date
		development(6, news.TalksScheduled, news.Expected, date("2026-11-20", true), date("2026-11-22", false)), // only the alternate is ahead
		development(7, news.Ultimatum, news.Confirmed, by),
		development(8, news.Ultimatum, news.Reported, byLater),                     // the same deadline, said on another day
		development(12, news.TalksEnded, news.Confirmed, date("2026-11-21", true)), // today, and over
		third, thirdToo, elsewhere,
	}}
	found, err := answers(m).Next(t.Context(), "", now, 0)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, u := range found {
		line := u.Negotiation + " " + u.Date.Start + ".." + u.Date.End
		for _, d := range u.By {
			line += " " + d.ID.String()
		}
		for _, c := range u.Conflicts {
			line += " !" + c.Start
		}
		got = append(got, line)
	}
	want := []string{
		"us-iran 2026-11-22..2026-11-22 D-6 !2026-11-23 !2026-11-24 !2026-11-27",
		"us-iran 2026-11-23..2026-11-25 D-4 !2026-11-22 !2026-11-27",
		"us-iran 2026-11-24..2026-11-24 D-2 D-1 !2026-11-22 !2026-11-27",
		" 2026-11-25..2026-11-25 D-11",
		"us-iran 2026-11-27..2026-11-27 D-3 !2026-11-22 !2026-11-23 !2026-11-24",
		"us-iran 2026-11-20..2026-11-30 D-7 D-8",
		"us-iran 2026-12-20..2026-12-20 D-9 !2027-01-10",
		"us-iran 2027-01-10..2027-01-10 D-10 !2026-12-20",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	some, err := answers(m).Next(t.Context(), "us-iran", now, 2)
	if err != nil || len(some) != 2 {
		t.Errorf("%d, %v", len(some), err)
	}
	if none, err := answers(m).Next(t.Context(), "sudan", now, 0); err != nil || len(none) != 0 {
		t.Errorf("%v, %v", none, err)
	}
}

// Today is a day in the configured zone.
func TestNextCountsFromTheZonesToday(t *testing.T) {
	m := &memory{tracked: []news.Tracked{development(1, news.TalksScheduled, news.Expected, date("2026-11-20", true))}}
	west := lookup.New(m, translate{}, lookup.Catalogue{Zone: time.FixedZone("EST", -5*3600)}, nil)
	if found, err := west.Next(t.Context(), "", now, 0); err != nil || len(found) != 1 { // still the 20th there
		t.Errorf("%v, %v", found, err)
	}
	if found, err := answers(m).Next(t.Context(), "", now, 0); err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
}

func TestCatalogue(t *testing.T) {
	m := &memory{feeds: []news.FeedState{{Name: "wire", Failures: 2}, {Name: "gone"}}, subs: []news.Subscription{{ID: 4, To: "b"}}}
	c := lookup.Catalogue{
		Feeds: []news.Feed{{Name: "dawn"}, {Name: "wire"}}, Rules: []news.Rule{{Name: "r"}},
		Negotiations: []news.Negotiation{{ID: "us-iran"}}, Subscriptions: []news.Subscription{{To: "a"}},
	}
	a := answers(m)
	a.Use(c)
	feeds, err := a.Feeds(t.Context())
	want := []lookup.FeedHealth{{Feed: c.Feeds[0], State: news.FeedState{Name: "dawn"}}, {Feed: c.Feeds[1], State: m.feeds[0]}}
	if diff := cmp.Diff(want, feeds); diff != "" || err != nil {
		t.Error(diff, err)
	}
	subs, err := a.Subscriptions(t.Context())
	if err != nil || len(subs) != 2 || subs[0].To != "a" || subs[1].ID != 4 {
		t.Errorf("%+v, %v", subs, err)
	}
	if rs, _ := a.Rules(t.Context()); len(rs) != 1 {
		t.Error("no rules")
	}
	if ns, _ := a.Negotiations(t.Context()); len(ns) != 1 {
		t.Error("no negotiations")
	}
}

func TestCheck(t *testing.T) {
	a := answers(stored())
	if warnings, err := a.Check(t.Context(), "kind:talks date:upcoming"); err != nil || len(warnings) != 0 {
		t.Errorf("%q, %v", warnings, err)
	}
	if warnings, err := a.Check(t.Context(), "iran and talks"); err != nil || len(warnings) == 0 {
		t.Errorf("%q, %v", warnings, err)
	}
	for _, bad := range []string{"(", "kind:nonsense", "negotiation:moon"} {
		if _, err := a.Check(t.Context(), bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
