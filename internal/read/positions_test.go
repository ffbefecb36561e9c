package read

import (
	"math/rand/v2"
	"sort"
	"strings"
	"testing"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// A row answers like a walk over its tokens.
func TestRow(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		n := 1 + rnd.IntN(200)
		in := make([]bool, n)
		x := make(row, (n+63)/64)
		for i := range in {
			if in[i] = rnd.IntN(40) == 0; in[i] {
				x.add(i)
			}
		}
		for from := range n + 1 {
			for _, to := range []int{from, min(n, from+1), min(n, from+70), n} {
				want := from
				for want < to && !in[want] {
					want++
				}
				if got := x.next(from, to); got != want {
					t.Fatalf("next(%d,%d) of %d tokens = %d, want %d", from, to, n, got, want)
				}
			}
		}
	}
}

// Mentions and dates are found by table as they are by search.
func TestTables(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		n := 1 + rnd.IntN(150)
		p := &part{cues: make([]*cue, n), marks: make([]mark, n), known: make(row, (n+63)/64)}
		p.t = &text.Text{Tokens: make([]text.Token, n), Sentences: []text.Range{{To: n}}}
		for i := range n {
			if rnd.IntN(6) == 0 {
				p.who = append(p.who, who{from: i, to: i + 1})
			}
			if rnd.IntN(9) == 0 {
				p.dates = append(p.dates, dates.Mention{First: i, Last: i + 1})
			}
		}
		p.index(0)
		p.indexDates()
		for from := range n + 1 {
			for to := from; to <= n; to++ {
				a := sort.Search(len(p.who), func(i int) bool { return p.who[i].from >= from })
				b := sort.Search(len(p.who), func(i int) bool { return p.who[i].from >= to })
				if got := p.whoIn(from, to); len(got) != b-a || b > a && &got[0] != &p.who[a] {
					t.Fatalf("whoIn(%d,%d) has %d, want %d", from, to, len(got), b-a)
				}
				a = sort.Search(len(p.dates), func(i int) bool { return p.dates[i].First >= from })
				b = sort.Search(len(p.dates), func(i int) bool { return p.dates[i].First >= to })
				if got := p.datesIn(from, to); len(got) != b-a || b > a && &got[0] != &p.dates[a] {
					t.Fatalf("datesIn(%d,%d) has %d, want %d", from, to, len(got), b-a)
				}
			}
		}
	}
}

// What is noted of a sentence is what its words are, also of one that is read in pieces.
func TestSentencesHold(t *testing.T) {
	e := engine(t)
	var items []news.Item
	for _, x := range corpus(t) {
		items = append(items, x.item(t))
	}
	long := article()
	long.Text = strings.Repeat("Iran said talks with the United States would resume on Tuesday and ", 60)
	r := &reader{}
	for _, it := range append(items[:min(len(items), 400)], long) {
		r.reset(e, &Page{Item: it, Title: text.New(it.Title), Text: text.New(it.Text)})
		r.read()
		for i := range r.sentences {
			s := &r.sentences[i]
			var want holding
			begins := uint64(0)
			for k := s.from; k < s.to; k++ {
				if q := s.p.cues[k]; q != nil {
					want.classes |= q.classes
				}
				want.marks |= s.p.marks[k]
				begins |= s.p.words[k].page
			}
			if s.holding != want || begins&^s.begins != 0 {
				t.Fatalf("%s: sentence %d holds %x, want %x; it begins %b, want at least %b", it.ID, i, s.holding, want, s.begins, begins)
			}
		}
	}
}

// A set of constants is what a loop over them makes of it, however many they are.
func TestOf(t *testing.T) {
	all := []class{cTalks, cMeeting, cDeal, cProposal, cHold, cSaid, cAnalyst}
	for n := 1; n <= len(all); n++ {
		var want set
		for _, c := range all[:n] {
			want |= 1 << c
		}
		if got := of(all[:n]...); got != want {
			t.Errorf("of %d classes is %b, want %b", n, got, want)
		}
	}
}
