package store_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"parley/internal/news"
	"parley/internal/store"
)

func testMadeRules(t *testing.T, s *store.Store) {
	ctx := t.Context()
	list := func(want ...news.MadeRule) {
		t.Helper()
		got := must[[]news.MadeRule](t)(s.MadeRules(ctx))
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	}
	subscribed := func(want ...string) {
		t.Helper()
		var got []string
		for _, sub := range must[[]news.Subscription](t)(s.Subscriptions(ctx)) {
			got = append(got, sub.Channel+" "+sub.To+" "+sub.Author)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	}
	list()
	rule := news.MadeRule{Rule: news.Rule{Name: "gulf", When: "kind:any", Owner: "U1", Level: news.Normal}, Channel: "C1", Created: noon}
	first := news.Subscription{Channel: "C1", To: "rule:gulf"}
	got, created, err := s.MakeRule(ctx, rule, first)
	if err != nil || !created || got.ID != 1 {
		t.Fatal(got, created, err)
	}
	want := rule
	want.ID = 1
	list(want)
	subscribed("C1 rule:gulf U1")

	// The name is taken now, whoever asks.
	other := rule
	other.When, other.Owner, other.Created = "truce", "U2", noon.Add(time.Hour)
	if got, created, err := s.MakeRule(ctx, other, news.Subscription{Channel: "C2", To: "rule:gulf"}); err != nil || created || got.Owner != "U1" || got.When != "kind:any" {
		t.Errorf("the name again: %+v %v %v", got, created, err)
	}
	list(want)
	subscribed("C1 rule:gulf U1")

	want.When, want.ChangedBy, want.Changed = "kind:talks", "U3", noon.Add(time.Hour)
	if got := must[news.MadeRule](t)(s.ChangeRule(ctx, 1, "kind:talks", "U3", noon.Add(time.Hour))); got.When != "kind:talks" {
		t.Errorf("changed to %+v", got)
	}
	list(want)
	// The same query again is no change.
	must[news.MadeRule](t)(s.ChangeRule(ctx, 1, "kind:talks", "U4", noon.Add(2*time.Hour)))
	list(want)

	second := other
	second.Name = "truce"
	if got, created, err := s.MakeRule(ctx, second, news.Subscription{Channel: "C2", To: "rule:truce"}); err != nil || !created || got.ID != 2 {
		t.Fatal(got, created, err)
	}
	second.ID = 2
	if err := s.DeleteRule(ctx, 1, []int64{1, 99}, "U1", noon.Add(3*time.Hour)); err != nil {
		t.Fatal(err)
	}
	list(second)
	subscribed("C2 rule:truce U2")
	for _, id := range []int64{1, 99} {
		if err := s.DeleteRule(ctx, id, []int64{2}, "U1", noon); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("deleting rule %d: %v, want ErrNotFound", id, err)
		}
		if _, err := s.ChangeRule(ctx, id, "x", "U1", noon); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("changing rule %d: %v, want ErrNotFound", id, err)
		}
	}
	subscribed("C2 rule:truce U2")

	// After its end the name is free.
	if got, created, err := s.MakeRule(ctx, rule, first); err != nil || !created || got.ID != 3 {
		t.Errorf("made anew: %+v %v %v", got, created, err)
	}
}

func testMadeRuleWhole(t *testing.T, s *store.Store) {
	ctx := t.Context()
	rule := news.MadeRule{Rule: news.Rule{Name: "gulf", When: "kind:any", Owner: "U1"}, Channel: "C1", Created: noon}
	sub := news.Subscription{Channel: "C1", To: "rule:gulf"}
	for name, spoil := range map[string]func(*news.MadeRule, *news.Subscription){
		"no name":                   func(r *news.MadeRule, _ *news.Subscription) { r.Name = "" },
		"no query":                  func(r *news.MadeRule, _ *news.Subscription) { r.When = "" },
		"no owner":                  func(r *news.MadeRule, _ *news.Subscription) { r.Owner = "" },
		"no time":                   func(r *news.MadeRule, _ *news.Subscription) { r.Created = time.Time{} },
		"no channel":                func(_ *news.MadeRule, s *news.Subscription) { s.Channel = "" },
		"a zone that nobody knows":  func(_ *news.MadeRule, s *news.Subscription) { s.Zone = time.FixedZone("Mars/Olympus", 0) },
		"a subscription to nothing": func(_ *news.MadeRule, s *news.Subscription) { s.To = "" },
	} {
		r, first := rule, sub
		spoil(&r, &first)
		if _, _, err := s.MakeRule(ctx, r, first); err == nil {
			t.Errorf("%s: it was stored", name)
		}
		if left := must[[]news.MadeRule](t)(s.MadeRules(ctx)); len(left) != 0 {
			t.Errorf("%s: half of it was stored: %+v", name, left)
		}
	}
	if _, err := s.ChangeRule(ctx, 1, "x", "", noon); err == nil {
		t.Error("a change without an author")
	}
	if err := s.DeleteRule(ctx, 1, nil, "", noon); err == nil {
		t.Error("deleted without an author")
	}

	// Of many who make one name at once, one does.
	var wg sync.WaitGroup
	var mu sync.Mutex
	made := 0
	for range 8 {
		wg.Go(func() {
			_, created, err := s.MakeRule(ctx, rule, sub)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
			}
			if created {
				made++
			}
		})
	}
	wg.Wait()
	if made != 1 || len(must[[]news.Subscription](t)(s.Subscriptions(ctx))) != 1 {
		t.Errorf("made %d times", made)
	}
}
