package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
	"parley/internal/store"
)

func testSpeakers(t *testing.T, s *store.Store) {
	said := func(actor, name *string) news.Development {
		d := talks(news.Atmosphere)
		d.Speaker = &news.Speaker{Name: name, Affiliation: actor, Role: news.Party}
		return d
	}
	joint := talks(news.Atmosphere)
	joint.Speaker, joint.Joint = nil, []news.Speaker{{Affiliation: ptr("egypt"), Role: news.Mediator}, {Affiliation: ptr("qatar"), Role: news.Mediator}}
	nobody := talks(news.TalksEnded)
	nobody.Speaker = nil
	for i, d := range []news.Development{
		said(ptr("iran"), ptr("Abbas Araghchi")), said(ptr("iran"), nil), said(nil, ptr("100% Ali_Khan")), said(ptr("qatar"), ptr("Aliyev")), joint, nobody,
	} {
		id := string(rune('a' + i))
		save(t, s, noon, checked(item(id, noon.Add(time.Duration(i)*time.Minute)), news.Judged{Development: d, Is: news.New, ID: -1}))
	}
	for name, c := range map[string]struct {
		filter news.Filter
		want   []news.DevelopmentID
	}{
		"an actor":               {news.Filter{Speaker: "iran"}, []news.DevelopmentID{2, 1}},
		"one of several":         {news.Filter{Speaker: "qatar"}, []news.DevelopmentID{5, 4}},
		"a surname":              {news.Filter{Names: []string{"ARAGHCHI"}}, []news.DevelopmentID{1}},
		"a person of a side":     {news.Filter{Speaker: "iran", Names: []string{"Zarif", "araghchi"}}, []news.DevelopmentID{1}},
		"of another side":        {news.Filter{Speaker: "qatar", Names: []string{"araghchi"}}, nil},
		"no part of a word":      {news.Filter{Names: []string{"ali"}}, nil},
		"nothing stands for any": {news.Filter{Names: []string{"%"}}, nil},
		"signs count":            {news.Filter{Names: []string{"100%", "ali_khan"}}, []news.DevelopmentID{3}},
		"with all the rest":      {news.Filter{Speaker: "iran", Negotiation: "us-iran", Since: noon, Before: 2, Limit: 1}, []news.DevelopmentID{1}},
	} {
		if diff := cmp.Diff(c.want, ids(must[[]news.Tracked](t)(s.Developments(t.Context(), c.filter)))); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
