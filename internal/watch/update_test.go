package watch_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/news"
	"parley/internal/read"
	"parley/internal/story"
	"parley/internal/watch"
	"parley/rules"
)

// A rulebook that was changed step by step routes as one that was made so.
func TestUpdateIsAsMadeAnew(t *testing.T) {
	k := know(t, "")
	queries := []string{
		"iran", "talks", "kind:talks-scheduled", "kind:setback", "rule:r0", "rule:r1 OR postponed", "by:mediator -rule:r0", "wickets", "nothing",
	}
	var pages []*read.Page
	var judged [][]news.Judged
	for i, title := range []string{named, moved, cricket, "Traders await Iran-US news"} {
		p := k.Engine.Read(item(fmt.Sprint(i), title, start))
		pages = append(pages, p)
		judged = append(judged, story.NewDesk().Judge(story.Report{Item: p.Item, Developments: p.Reading.Developments}))
	}
	sources := func(list []news.Rule) (out []rules.Source) {
		for _, r := range list {
			out = append(out, rules.Source{Name: r.Name, When: r.When})
		}
		return out
	}
	rnd := rand.New(rand.NewPCG(7, 8))
	raised := 0
	for round := range 40 {
		book, err := watch.NewRulebook(nil, nil, k.Vocabulary, "#negotiations", time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		for step := range 12 {
			var list []news.Rule
			for i := range 6 {
				// The first two name no others, so that nothing leads back to itself.
				if i < 2 || rnd.IntN(3) > 0 {
					list = append(list, news.Rule{Name: fmt.Sprint("r", i), When: queries[rnd.IntN(map[bool]int{true: 4, false: len(queries)}[i < 2])]})
				}
			}
			rnd.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
			var subs []news.Subscription
			for range rnd.IntN(6) {
				subs = append(subs, news.Subscription{
					Channel: fmt.Sprint("#c", rnd.IntN(3)), To: queries[rnd.IntN(len(queries))], Digest: []string{"", "0 8 * * *"}[rnd.IntN(2)],
				})
			}
			v := k.Vocabulary.With(sources(list))
			if err := book.Update(list, subs, v); err != nil {
				t.Fatal(err)
			}
			anew, err := watch.NewRulebook(list, subs, v, "#negotiations", time.UTC)
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range pages {
				got, want := routed(book, p, judged[i]), routed(anew, p, judged[i])
				if !slices.Equal(got, want) {
					t.Fatalf("round %d, step %d, %q\nrules %+v\nsubscriptions %+v\nchanged to %v\nmade anew  %v", round, step, p.Item.Title, list, subs, got, want)
				}
				raised += len(got)
			}
		}
	}
	if raised < 1000 {
		t.Errorf("only %d notifications were compared", raised)
	}
}

// routed writes what a rulebook raises, whatever the order.
func routed(b *watch.Rulebook, p *read.Page, judged []news.Judged) []string {
	var out []string
	notifications, _ := b.Alerts(p, judged, start)
	for _, n := range notifications {
		var names []string
		for _, r := range n.Alert.Rules {
			names = append(names, r.Name)
		}
		slices.Sort(names)
		out = append(out, fmt.Sprint(n.Channel, names, n.Digest, n.NotBefore))
	}
	names := b.Rules(p, start)
	slices.Sort(names)
	out = append(out, strings.Join(names, " "))
	slices.Sort(out)
	return out
}

// What cannot be compiled stays as it was, and all else is in force.
func TestUpdateWithAFault(t *testing.T) {
	k := know(t, "")
	book, err := watch.NewRulebook([]news.Rule{{Name: "a", When: "postponed"}}, nil, k.Vocabulary, "#negotiations", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	list := []news.Rule{{Name: "a", When: "kind:nonsense"}, {Name: "b", When: "Oman"}, {Name: "c", When: "(("}}
	if err := book.Update(list, nil, k.Vocabulary.With(nil)); err == nil || !strings.Contains(err.Error(), "nonsense") {
		t.Errorf("the fault is not told: %v", err)
	}
	if got := book.Rules(k.Engine.Read(item("1", moved, start)), start); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("in force are %v", got)
	}
	if err := book.Update(nil, []news.Subscription{{Channel: "C1", To: "x", Quiet: "late"}}, k.Vocabulary.With(nil)); err == nil {
		t.Error("quiet hours that cannot be read were taken")
	}
	if err := book.Update(nil, nil, &rules.Vocabulary{}); err == nil {
		t.Error("another vocabulary was taken")
	}
	if got := book.Rules(k.Engine.Read(item("1", moved, start)), start); len(got) != 2 {
		t.Errorf("after faults that concern all, %v are in force", got)
	}
}

// Rules come and go while items are matched; what stays is never missed.
func TestUpdateWhileMatching(t *testing.T) {
	k := know(t, "")
	stays := news.Rule{Name: "stays", When: "kind:talks-postponed"}
	book, err := watch.NewRulebook([]news.Rule{stays}, nil, k.Vocabulary, "#negotiations", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	page := k.Engine.Read(item("1", moved, start))
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
					if got := book.Rules(page, start); !slices.Contains(got, "stays") {
						t.Errorf("missed: %v", got)
						return
					}
				}
			}
		})
	}
	for i := range 300 {
		list := []news.Rule{stays}
		if i%2 == 0 {
			list = append(list, news.Rule{Name: "comes", When: "Oman"})
		}
		if err := book.Update(list, []news.Subscription{{Channel: "C1", To: fmt.Sprint("w", i)}}, k.Vocabulary.With(nil)); err != nil {
			t.Error(err)
		}
	}
	close(done)
	readers.Wait()
}
