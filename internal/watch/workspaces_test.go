package watch_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/read"
	"parley/internal/story"
	"parley/internal/watch"
	"parley/rules"
)

// Each workspace gets what it would get if there were no other, whatever the others
// make, be it of the same names and in channels of the same ids.
func TestWorkspacesAreRoutedApart(t *testing.T) {
	k := know(t, "")
	queries := []string{"iran", "talks", "wickets", "sources:>=1 oman", "kind:talks-scheduled", "kind:setback", "rule:shared", "rule:r0", "rule:r1 OR postponed"}
	var pages []*read.Page
	var judged [][]news.Judged
	for i, title := range []string{named, moved, cricket} {
		p := k.Engine.Read(item(fmt.Sprint(i), title, start))
		pages = append(pages, p)
		judged = append(judged, story.NewDesk().Judge(story.Report{Item: p.Item, Developments: p.Reading.Developments}))
	}
	shared := []news.Rule{{Name: "shared", When: "oman"}, {Name: "low", When: "iran", Level: news.Low}}
	vocabulary := func(own []news.Rule) *rules.Vocabulary {
		var out []rules.Source
		for _, r := range slices.Concat(shared, own) {
			out = append(out, rules.Source{Name: r.Name, When: r.When})
		}
		return k.Vocabulary.With(out)
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	make := func(team string) ([]news.Rule, []news.Subscription) {
		var own []news.Rule
		for i := range 4 {
			if i < 2 || rnd.IntN(3) > 0 {
				query := queries[rnd.IntN(map[bool]int{true: 6, false: len(queries)}[i < 2])]
				own = append(own, news.Rule{Name: fmt.Sprint("r", i), When: query, Owner: "U1", Level: []news.Level{news.Normal, news.Urgent}[rnd.IntN(2)]})
			}
		}
		var subs []news.Subscription
		for range rnd.IntN(5) {
			subs = append(subs, news.Subscription{
				Channel: news.Address(team, fmt.Sprint("C", rnd.IntN(3))), To: queries[rnd.IntN(len(queries))], Author: "U1",
				Digest: []string{"", "0 8 * * *"}[rnd.IntN(2)], Quiet: []string{"", "00:00-23:59"}[rnd.IntN(2)],
			})
		}
		return own, subs
	}
	to := func(b *watch.Rulebook, p *read.Page, judged []news.Judged, team string) (out []string) {
		list, _ := b.Alerts(p, judged, start)
		for _, n := range list {
			if of, _ := news.SplitAddress(n.Channel); of != team {
				continue
			}
			var names []string
			for _, r := range n.Alert.Rules {
				names = append(names, r.Name+"="+r.When)
			}
			slices.Sort(names)
			because := slices.Clone(n.Alert.Because)
			slices.Sort(because)
			out = append(out, fmt.Sprint(n.Channel, names, because, n.Digest, n.NotBefore))
		}
		slices.Sort(out)
		return out
	}
	compared := map[string]int{}
	for round := range 25 {
		book, err := watch.NewRulebook(shared, nil, vocabulary(nil), "#negotiations", time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		for step := range 8 {
			alone := map[string]*watch.Rulebook{}
			var home []news.Rule
			var homeSubs []news.Subscription
			var others []watch.Workspace
			for _, team := range []string{"", "T1", "T12"} {
				own, subs := make(team)
				v, channel := vocabulary(own), ""
				if team == "" {
					home, homeSubs, channel = own, subs, "#negotiations"
				} else if rnd.IntN(4) > 0 { // it may be gone
					others = append(others, watch.Workspace{Team: team, Rules: own, Subscriptions: subs, Vocabulary: v})
				} else {
					own, subs = nil, nil
				}
				if alone[team], err = watch.NewRulebook(slices.Concat(shared, own), subs, v, channel, time.UTC); err != nil {
					t.Fatal(err)
				}
			}
			if err := book.Update(slices.Concat(shared, home), homeSubs, vocabulary(home), others...); err != nil {
				t.Fatal(err)
			}
			for i, p := range pages {
				for team, only := range alone {
					got, want := to(book, p, judged[i], team), to(only, p, judged[i], team)
					if !slices.Equal(got, want) {
						t.Fatalf("round %d, step %d, %q, team %q\nhome %+v\nothers %+v\namong others %q\nalone        %q", round, step, p.Item.Title, team, home, others, got, want)
					}
					compared[team] += len(got)
				}
			}
		}
	}
	for _, team := range []string{"", "T1", "T12"} {
		if compared[team] < 100 {
			t.Errorf("only %d notifications of team %q were compared", compared[team], team)
		}
	}
}
