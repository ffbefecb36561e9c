package store_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
	"parley/internal/store"
)

func testSaveCheck(t *testing.T, s *store.Store) {
	ctx := t.Context()
	j := news.Judged{Development: talks(news.TalksScheduled, "2026-11-24"), Is: news.New, ID: -1, Reason: "no candidate"}
	ci := notify(checked(item("a", noon.Add(-time.Hour)), j), 0, news.Notification{Channel: "#us-iran", Alert: news.Alert{
		Rules: []news.Rule{{Name: "r", Title: "R", When: "kind:any", Level: news.Urgent, Owner: "U1"}},
		To:    "rule:r", Because: []string{"kind:any"}, Zone: "Europe/London",
	}})
	feed := claimed(t, s, "dawn", noon)
	got := must[news.CheckSummary](t)(s.SaveCheck(ctx, news.Check{
		Feed: "dawn", Claim: feed.Claim, At: noon, Next: noon.Add(5 * time.Minute), Succeeded: true,
		ETag: `W/"1"`, LastModified: "Fri, 20 Nov 2026 12:00:00 GMT", Items: []news.CheckedItem{ci, checked(item("b", noon))},
	}))
	want := news.CheckSummary{Items: 2, Developments: []news.DevelopmentID{1}, Notifications: 1}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	wantFeed := []news.FeedState{{
		Name: "dawn", URL: feed.URL, NextCheck: noon.Add(5 * time.Minute), LastCheck: noon, LastSuccess: noon, LastNew: noon,
		ETag: `W/"1"`, LastModified: "Fri, 20 Nov 2026 12:00:00 GMT", Checks: 1, Items: 2, Claim: feed.Claim,
	}}
	if diff := cmp.Diff(wantFeed, must[[]news.FeedState](t)(s.Feeds(ctx))); diff != "" {
		t.Error(diff)
	}

	_, batches := claimDue(t, s, noon)
	if len(batches) != 1 || len(batches[0]) != 1 {
		t.Fatalf("%d batches, want one", len(batches))
	}
	wantAlert := ci.Notifications[0].Alert
	wantAlert.Development = &news.Tracked{
		ID: 1, Development: j.Development, First: noon.Add(-time.Hour), Last: noon.Add(-time.Hour),
		Sources: []news.Source{{
			Item: "a", Feed: "dawn", Tier: news.Press, Title: "Title of a",
			Link: "https://dawn.example/a", Published: noon.Add(-time.Hour),
		}},
	}
	wantNote := news.Notification{
		ID: 1, Key: "D-1 to #us-iran", Channel: "#us-iran", Alert: wantAlert, Action: news.Post,
		NotBefore: time.UnixMilli(0).UTC(), Attempt: 1, Created: noon,
	}
	if diff := cmp.Diff(wantNote, batches[0][0]); diff != "" {
		t.Error(diff)
	}

	// The claim is used up.
	if _, err := s.SaveCheck(ctx, news.Check{Feed: "dawn", Claim: feed.Claim, At: noon}); !errors.Is(err, news.ErrStale) {
		t.Errorf("saving twice: %v, want ErrStale", err)
	}
}

func testFailedCheck(t *testing.T, s *store.Store) {
	ctx := t.Context()
	check := func(at time.Time, ok bool, etag, fault string) news.FeedState {
		t.Helper()
		feed := claimed(t, s, "dawn", at)
		if _, err := s.SaveCheck(ctx, news.Check{
			Feed: "dawn", Claim: feed.Claim, At: at, Next: at.Add(time.Hour), Succeeded: ok, ETag: etag, Error: fault,
		}); err != nil {
			t.Fatal(err)
		}
		return must[[]news.FeedState](t)(s.Feeds(ctx))[0]
	}
	if f := check(noon, false, "", "404"); f.Failures != 1 || f.LastError != "404" || !f.Baseline {
		t.Errorf("a first check that failed: %+v", f)
	}
	if f := check(noon.Add(1*time.Hour), true, "x", ""); f.Failures != 0 || f.LastError != "" || f.Baseline || f.ETag != "x" {
		t.Errorf("then one that succeeded: %+v", f)
	}
	check(noon.Add(2*time.Hour), false, "", "503")
	f := check(noon.Add(3*time.Hour), false, "", "504")
	if f.Failures != 2 || f.LastError != "504" || f.ETag != "x" || f.Baseline || f.Checks != 4 ||
		!f.LastSuccess.Equal(noon.Add(time.Hour)) || !f.LastCheck.Equal(noon.Add(3*time.Hour)) || !f.LastNew.IsZero() {
		t.Errorf("then two that failed: %+v", f)
	}
	feed := claimed(t, s, "dawn", noon.Add(4*time.Hour))
	if _, err := s.SaveCheck(ctx, news.Check{Feed: "dawn", Claim: feed.Claim, At: noon.Add(4 * time.Hour), Error: "no connection", Blameless: true}); err != nil {
		t.Fatal(err)
	}
	if f := must[[]news.FeedState](t)(s.Feeds(ctx))[0]; f.Failures != 2 || f.LastError != "no connection" || f.Checks != 5 {
		t.Errorf("then one while nothing could be reached: %+v", f)
	}
}

func testStaleCheck(t *testing.T, s *store.Store) {
	ctx := t.Context()
	slow := claimed(t, s, "dawn", noon)
	// Its lease runs out, another takes the feed over and saves.
	quick := claimed(t, s, "dawn", noon.Add(lease))
	ci := func(id string) news.CheckedItem {
		return notify(checked(item(id, noon), news.Judged{Development: talks(news.TalksStarted), Is: news.New, ID: -1}), 0, news.Notification{Channel: "C"})
	}
	for _, claim := range []int64{quick.Claim, slow.Claim} {
		_, err := s.SaveCheck(ctx, news.Check{
			Feed: "dawn", Claim: claim, At: noon.Add(lease), Next: noon.Add(time.Hour), Succeeded: true,
			Items: []news.CheckedItem{ci(fmt.Sprint("from claim ", claim))},
		})
		if (claim == slow.Claim) != errors.Is(err, news.ErrStale) || claim == quick.Claim && err != nil {
			t.Fatalf("claim %d: %v", claim, err)
		}
	}
	if all := opened(t, s, time.Time{}); len(all) != 1 {
		t.Errorf("%d developments, want 1", len(all))
	}
	if got := counts(t, s); got != [3]int{1, 0, 0} {
		t.Errorf("outbox %v, want one pending", got)
	}
	if f := must[[]news.FeedState](t)(s.Feeds(ctx))[0]; f.Checks != 1 || f.Items != 1 {
		t.Errorf("%+v", f)
	}
}

// opened are the developments that are open since then.
func opened(t *testing.T, s *store.Store, since time.Time) []news.Tracked {
	t.Helper()
	list, _, err := s.OpenDevelopments(t.Context(), -1, since)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func testFaultyCheck(t *testing.T, s *store.Store) {
	ctx := t.Context()
	good := notify(checked(item("good", noon), news.Judged{Development: talks(news.TalksStarted), Is: news.New, ID: -1}), 0, news.Notification{Channel: "C"})
	cases := []struct {
		name, want string
		bad        news.CheckedItem
	}{
		{"a repeat of nothing", "provisional id -7", checked(item("x", noon), news.Judged{Is: news.Repeat, ID: -7})},
		{"a repeat of an unknown one", "D-99", checked(item("x", noon), news.Judged{Is: news.Repeat, ID: 99})},
		{"a new one with another's id", "another development", checked(item("x", noon), news.Judged{Is: news.New, ID: -1})},
		{"an update of nothing", "provisional id -9", checked(item("x", noon), news.Judged{Is: news.Update, ID: -2, Updates: -9})},
		{"a verdict that does not exist", "unknown verdict", checked(item("x", noon), news.Judged{Is: "odd"})},
		{"a notification about nothing", "not tracked", notify(checked(item("x", noon)), 0, news.Notification{Channel: "C"})},
		{"lists of unequal length", "places", news.CheckedItem{Item: item("x", noon), Of: []int{-1}}},
	}
	for _, c := range cases {
		feed := claimed(t, s, "dawn", noon)
		check := news.Check{Feed: "dawn", Claim: feed.Claim, At: noon, Next: noon, Succeeded: true, Items: []news.CheckedItem{good, c.bad}}
		_, err := s.SaveCheck(ctx, check)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want something of %q", c.name, err, c.want)
		}
		if all := opened(t, s, time.Time{}); len(all) != 0 {
			t.Errorf("%s: developments were stored", c.name)
		}
		if unseen := must[[]news.Item](t)(s.Unseen(ctx, "dawn", []news.Item{good.Item})); len(unseen) != 1 || counts(t, s) != [3]int{} {
			t.Errorf("%s: items or notifications were stored", c.name)
		}
		// The claim is still held, so that the caller may save without the fault.
		check.Items = nil
		if _, err := s.SaveCheck(ctx, check); err != nil {
			t.Errorf("%s: then saving without items: %v", c.name, err)
		}
	}
}

func testUnseen(t *testing.T, s *store.Store) {
	ctx := t.Context()
	save(t, s, noon, checked(item("b", noon)), checked(item("b", noon)), checked(item("d", noon)))
	ids := func(feed string, list ...string) []string {
		var items []news.Item
		for _, id := range list {
			items = append(items, item(id, noon))
		}
		var unseen []string
		for _, it := range must[[]news.Item](t)(s.Unseen(ctx, feed, items)) {
			unseen = append(unseen, it.ID)
		}
		return unseen
	}
	for _, c := range []struct{ ask, want string }{
		{"a b c d e", "a c e"},
		{"e a e a", "e a"},
		{"b d", ""},
		{"", ""},
	} {
		if got := ids("dawn", strings.Fields(c.ask)...); !slices.Equal(got, strings.Fields(c.want)) {
			t.Errorf("of %s unseen are %v, want %s", c.ask, got, c.want)
		}
	}
	if got := ids("geo", "b"); !slices.Equal(got, []string{"b"}) {
		t.Errorf("an id that another feed has used: %v", got)
	}
	var many []string
	for i := range 1200 {
		many = append(many, fmt.Sprint(i))
	}
	if got := ids("dawn", append(many, "d", "z")...); len(got) != 1201 || got[1200] != "z" {
		t.Errorf("of many, %d are unseen, want 1201", len(got))
	}
	if f := must[[]news.FeedState](t)(s.Feeds(ctx))[0]; f.Items != 2 {
		t.Errorf("%d items are counted, want 2: one came twice", f.Items)
	}
}

func testProvisional(t *testing.T, s *store.Store) {
	ctx := t.Context()
	// A development takes number 1, so that numbers and places differ.
	save(t, s, noon, checked(item("zero", noon), news.Judged{Development: talks(news.Atmosphere), Is: news.New, ID: -5}))
	got := save(t, s, noon.Add(time.Minute),
		checked(item("a", noon),
			news.Judged{Development: talks(news.TalksScheduled, "2026-11-24"), Is: news.New, ID: -1},
			news.Judged{Development: talks(news.Denial), Is: news.New, ID: -2}),
		checked(item("b", noon),
			news.Judged{Development: talks(news.TalksScheduled, "2026-11-24"), Is: news.Repeat, ID: -1, Reason: "same date"},
			news.Judged{Development: talks(news.TalksPostponed, "2026-11-26"), Is: news.Update, ID: -3, Updates: -1},
			news.Judged{Development: talks(news.AgreementSigned), Is: news.Update, ID: -4, Updates: 1},
			news.Judged{Is: news.Silent}))
	if diff := cmp.Diff([]news.DevelopmentID{2, 3, 4, 5}, got.Developments); diff != "" {
		t.Error(diff)
	}
	updates := map[news.DevelopmentID]news.DevelopmentID{}
	for _, d := range opened(t, s, time.Time{}) {
		updates[d.ID] = d.Updates
	}
	if diff := cmp.Diff(map[news.DevelopmentID]news.DevelopmentID{1: 0, 2: 0, 3: 0, 4: 2, 5: 1}, updates); diff != "" {
		t.Error(diff)
	}
	b, ok, err := s.ItemByID(ctx, "b")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	if diff := cmp.Diff([]news.DevelopmentID{2, 4, 5, 0}, b.Developments); diff != "" {
		t.Error(diff)
	}
	if j := b.Judged; len(j) != 4 || j[0].Is != news.Repeat || j[0].Reason != "same date" || j[0].Updates != 0 || j[1].Updates != 2 || j[3].Is != news.Silent {
		t.Errorf("judged: %+v", j)
	}
}

func testSources(t *testing.T, s *store.Store) {
	ctx := t.Context()
	at := func(h int) time.Time { return noon.Add(time.Duration(h) * time.Hour) }
	undated := item("undated", time.Time{})
	undated.Fetched = at(2)
	save(t, s, at(3), checked(item("a", at(1)), news.Judged{Development: talks(news.TalksStarted), Is: news.New, ID: -1}))
	save(t, s, at(4),
		// The same development in two sentences is one report of it.
		checked(item("late", at(3)), news.Judged{Development: talks(news.TalksStarted), Is: news.Repeat, ID: 1},
			news.Judged{Development: talks(news.TalksStarted), Is: news.Repeat, ID: 1}),
		checked(undated, news.Judged{Development: talks(news.TalksStarted), Is: news.Repeat, ID: 1}),
		checked(item("early", at(0)), news.Judged{Development: talks(news.TalksStarted), Is: news.Repeat, ID: 1}))
	d, ok, err := s.Development(ctx, 1)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	var order []string
	for _, src := range d.Sources {
		order = append(order, src.Item)
	}
	if diff := cmp.Diff([]string{"early", "a", "undated", "late"}, order); diff != "" {
		t.Error(diff)
	}
	if !d.First.Equal(at(0)) || !d.Last.Equal(at(3)) || !d.Sources[2].Published.IsZero() {
		t.Errorf("first %v, last %v, undated source %v", d.First, d.Last, d.Sources[2].Published)
	}
	for since, want := range map[time.Time]int{at(3): 1, at(3).Add(time.Millisecond): 0} {
		if got := opened(t, s, since); len(got) != want {
			t.Errorf("%d are open since %v, want %d", len(got), since, want)
		}
	}
	if _, ok, err := s.Development(ctx, 2); ok || err != nil {
		t.Errorf("a development that does not exist: %v %v", ok, err)
	}
}

// A check that was told apart from less than is stored by now is refused, and its
// claim stays: it can be judged anew and saved.
func testOvertaken(t *testing.T, s *store.Store) {
	ctx := t.Context()
	revision := func() int64 {
		t.Helper()
		_, r, err := s.OpenDevelopments(ctx, -1, noon.Add(time.Hour)) // of which none is so young
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if err := s.SyncFeeds(ctx, []news.FeedPlan{{Name: "geo", URL: "u", First: noon}, {Name: "dawn", URL: "u", First: noon}}); err != nil {
		t.Fatal(err)
	}
	feed := claimed(t, s, "geo", noon)
	c := news.Check{Feed: "geo", Claim: feed.Claim, At: noon, Next: noon, Succeeded: true, Known: revision(), Items: []news.CheckedItem{
		checked(item("late", noon), news.Judged{Development: talks(news.TalksStarted), Is: news.New, ID: -1}),
	}}
	save(t, s, noon, checked(item("early", noon), news.Judged{Development: talks(news.TalksStarted), Is: news.New, ID: -1}))
	for range 2 {
		if _, err := s.SaveCheck(ctx, c); !errors.Is(err, news.ErrOvertaken) {
			t.Errorf("overtaken by a new one: %v", err)
		}
		c.Known = revision()
		save(t, s, noon, checked(item("repeat"+strconv.FormatInt(c.Known, 10), noon), news.Judged{Development: talks(news.TalksStarted), Is: news.Repeat, ID: 1}))
	}
	if _, ok, err := s.ItemByID(ctx, "late"); ok || err != nil {
		t.Errorf("it is stored: %v %v", ok, err)
	}
	c.Known = revision()
	if sum, err := s.SaveCheck(ctx, c); err != nil || len(sum.Developments) != 1 {
		t.Errorf("judged anew: %+v %v", sum, err)
	}
}

func testChanges(t *testing.T, s *store.Store) {
	ctx := t.Context()
	last := int64(-1)
	changed := func(what string, want bool) {
		t.Helper()
		n, err := s.Changes(ctx)
		if err != nil || want != (n > last) || !want && n != last {
			t.Errorf("%s: %d after %d, %v", what, n, last, err)
		}
		last = n
	}
	changed("at first", true)
	sub, _, err := s.Subscribe(ctx, news.Subscription{Channel: "#c", To: "kind:any", Author: "U1", Created: noon})
	if err != nil {
		t.Fatal(err)
	}
	changed("a subscription", true)
	changed("nothing", false)
	rule, _, err := s.MakeRule(ctx, news.MadeRule{Rule: news.Rule{Name: "r", When: "truce", Owner: "U1"}, Channel: "#c", Created: noon}, news.Subscription{Channel: "#c", To: "rule:r"})
	if err != nil {
		t.Fatal(err)
	}
	changed("a rule", true)
	if _, err := s.ChangeRule(ctx, rule.ID, "peace", "U2", noon); err != nil {
		t.Fatal(err)
	}
	changed("a change", true)
	mute, _, err := s.Mute(ctx, news.Mute{Channel: "#c", Author: "U1", Created: noon, Until: noon.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	changed("a mute", true)
	if err := s.EndMutes(ctx, noon); err != nil {
		t.Fatal(err)
	}
	changed("a mute that goes on", false)
	if err := s.EndMutes(ctx, noon.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	changed("the end of mute "+strconv.FormatInt(mute.ID, 10), true)
	if err := s.Unsubscribe(ctx, sub.ID, "U1", noon); err != nil {
		t.Fatal(err)
	}
	changed("the end of a subscription", true)
	if err := s.DeleteRule(ctx, rule.ID, nil, "U1", noon); err != nil {
		t.Fatal(err)
	}
	changed("the end of a rule", true)
}
