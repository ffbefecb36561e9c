package story

import (
	"parley/internal/classify"
	"parley/internal/news"
)

// NewDeskOf returns a desk whose links are learned so; nil: facts alone decide.
func NewDeskOf(m *classify.Model) *Desk {
	if m == nil {
		return newDesk(nil)
	}
	return newDesk(newLinks(m))
}

// Pair is a report beside a development, as links are learned from it.
type Pair struct {
	ID     news.DevelopmentID
	Traits []string
}

// Pairs lists what a report that is about to be judged is held against, as it is or, silent,
// as if nothing had been read in it.
func (d *Desk) Pairs(r Report, silent bool) (out []Pair) {
	at := r.Item.Published
	w := d.words.weigh(newMark(r.Language, r.Item.Link, r.Title, r.Text))
	x := newRecalled(&r, w, at)
	var first *draft
	var judged *news.Judged
	if len(r.Developments) > 0 && !silent {
		dr := d.draft(&r, 0, at, w, givenUp(r.Dates))
		m := newMark(r.Language, r.Item.Link, r.Title, r.Text)
		j := d.judge(&dr, d.index.copies(&m))
		first, judged = &dr, &j
	}
	for _, c := range d.candidates(x, first, judged) {
		p := Pair{ID: c.e.id}
		for _, t := range c.traits {
			p.Traits = append(p.Traits, t.String())
		}
		out = append(out, p)
	}
	return out
}

// Names under which links are learned.
const OneStory, TwoStory = oneStory, twoStory
