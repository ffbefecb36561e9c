package lookup

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/internal/news"
	"parley/rules"
)

// A graded hit is one that a person may want to look at: because nothing is
// doubtful about it, or because much is.
type graded struct {
	item    news.StoredItem
	of      int // the development that satisfied the query, -1: none
	because []rules.Because
	doubt   int // 0: none
	doubts  []string
	added   bool
	worth   int // of those without doubts, how good an example it is
}

// What makes a hit doubtful, and how much. The sums order the examples, and
// mean nothing else.
const (
	onlyWords   = 50
	unnamed     = 40
	deniedIt    = 30
	farDown     = 25
	hedged      = 20
	approximate = 5

	farWords = 150  // a word this far into the text may be about something else
	farBytes = 1000 // the same for a proof
)

// doubtOf tells what is doubtful about the i-th development of an item having
// satisfied a query; -1: no development, the words alone did.
func doubtOf(it *news.StoredItem, i int, doc *rules.Doc, because []rules.Because) (sum int, doubts []string) {
	add := func(weight int, format string, args ...any) {
		sum += weight
		doubts = append(doubts, fmt.Sprintf(format, args...))
	}
	if i < 0 {
		add(onlyWords, "only words match: no development was read")
	}
	if i >= 0 {
		d := &it.Reading.Developments[i]
		switch d.Certainty {
		case news.Reported:
			add(unnamed, "unnamed sources or media only")
		case news.Denied:
			add(deniedIt, "denied")
		case news.Expected:
			add(hedged, "hedged: expected, not confirmed")
		}
		if d.Evidence.Field == news.Text && d.Evidence.Start >= farBytes {
			add(farDown, "the proof stands far down, at %d %% of the text", 100*d.Evidence.Start/max(1, len(it.Item.Text)))
		}
		if slices.ContainsFunc(d.Dates, func(x news.Date) bool { return x.Preferred && x.Approx }) {
			add(approximate, "the date is approximate")
		}
	}
	for _, b := range because {
		if b.Field == "text" && b.From >= farWords && doc.Text != nil {
			doc.Text.Complete()
			add(farDown, "%s stands far down, at word %d of %d", b.Condition, b.From+1, len(doc.Text.Tokens))
			break
		}
	}
	return sum, doubts
}

// grade says how good an example a hit is beside others that are as doubtful.
func (g *graded) grade(alert bool) {
	if alert {
		g.worth += 2
	}
	if g.of >= 0 && g.item.Reading.Developments[g.of].Evidence.Field == news.Title {
		g.worth++
	}
}

// better orders hits for the best examples, worse for the doubtful ones; among
// equals the newest come first.
func (g graded) better(o graded) int {
	return cmp.Or(cmp.Compare(g.doubt, o.doubt), cmp.Compare(o.worth, g.worth), g.newer(o))
}

func (g graded) worse(o graded) int {
	return cmp.Or(cmp.Compare(o.doubt, g.doubt), g.newer(o))
}

func (g graded) newer(o graded) int {
	return cmp.Or(appeared(o.item.Item).Compare(appeared(g.item.Item)), strings.Compare(g.item.Item.Feed, o.item.Item.Feed), strings.Compare(g.item.Item.ID, o.item.Item.ID))
}

// same reports whether two hits tell of one development, or are one item.
func (g graded) same(o graded) bool {
	if a, b := g.development(), o.development(); a != 0 && b != 0 {
		return a == b
	}
	return g.item.Item.Feed == o.item.Item.Feed && g.item.Item.ID == o.item.Item.ID
}

func (g graded) development() news.DevelopmentID {
	if g.of < 0 || g.of >= len(g.item.Developments) {
		return 0
	}
	return g.item.Developments[g.of]
}

// keep puts a hit into a list of the first few in an order, each development
// once.
func keep(list []graded, g graded, most int, order func(graded, graded) int) []graded {
	if len(list) == most && order(list[most-1], g) <= 0 {
		return list
	}
	if i := slices.IndexFunc(list, g.same); i >= 0 {
		if order(list[i], g) <= 0 {
			return list
		}
		list = slices.Delete(list, i, i+1)
	}
	i, _ := slices.BinarySearchFunc(list, g, order)
	list = slices.Insert(list, i, g)
	return list[:min(len(list), most)]
}
