package lookup_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"parley/internal/lookup"
	"parley/internal/news"
)

func TestWhy(t *testing.T) {
	m := stored()
	m.items[0].Item.Link = "https://dawn.example/both/"
	m.items[2].Item.Link = "http://wire.example/third?id=3"
	m.tracked[0].Sources = []news.Source{{Item: "c"}}
	m.deliveries = map[string][]news.Delivery{"a": {{Channel: "#desk", State: "sent"}}}
	m.subs = []news.Subscription{
		{ID: 1, Channel: "#golf", To: "golf"}, {ID: 2, Channel: "#desk", To: "kind:talks-ended"}, {ID: 3, Channel: "#desk", To: "rule:dated"},
	}
	a := lookup.New(m, translate{}, lookup.Catalogue{Vocabulary: vocabulary(), Rules: []news.Rule{
		{Name: "far", When: "hockey"},
		{Name: "faulty", When: "rule:none"},
		{Name: "near", When: "round kind:talks-scheduled by:party"},
		{Name: "ended", When: "kind:talks-ended"},
		{Name: "dated", When: "kind:talks-scheduled date:upcoming"},
	}}, func() time.Time { return now })
	road, ok, err := a.Why(t.Context(), "https://dawn.example/both")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	var got []string
	for _, r := range road.Rules {
		said := r.Doubt
		switch {
		case r.Matched:
			said = "matches " + string(road.Reading.Developments[r.Of].Kind)
		case said == "":
			said = r.Failed().Why
		}
		got = append(got, r.Rule.Name+": "+said)
	}
	want := `ended: matches talks-ended
dated: matches talks-scheduled
near: asked for a party: said by a mediator
far: neither title nor text has hockey
faulty: unknown rule "none": type the name of a rule that exists`
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("rules:\n%s\nwant\n%s", s, want)
	}
	if s := road.Subscriptions; len(s) != 2 || s[0].Channel != "#desk" || !s[0].Matched || s[1].Matched {
		t.Errorf("subscriptions: %+v", s)
	}
	if len(road.Deliveries) != 1 || road.Item.ID != "a" {
		t.Errorf("the road of %s: %+v", road.Item.ID, road.Deliveries)
	}
	for key, id := range map[string]string{
		"https://dawn.example/both/": "a", "dawn.example/both": "a", "http://dawn.example/both#top": "a", " b ": "b",
		"http://wire.example/third?id=3": "c", "https://wire.example/third?id=3": "c", "d-1": "c", "D-1": "c",
		"D-7": "", "D-x": "", "https://nowhere.example/": "", "": "", "D-2": "",
	} {
		road, ok, err := a.Why(t.Context(), key)
		if err != nil || ok != (id != "") || road.Item.ID != id {
			t.Errorf("%q: found %q, %v, want %q", key, road.Item.ID, err, id)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := a.Why(ended, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended: %v", err)
	}
	m.err = errors.New("disk")
	if _, _, err := a.Why(t.Context(), "a"); err == nil {
		t.Error("an error of the store was lost")
	}
}
