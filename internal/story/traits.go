package story

import (
	"slices"
	"strconv"

	"parley/internal/news"
)

// A trait is one thing that is so, or not, of a report beside a development: "like 4"
// that their words are about that much alike, "kind same" that it was read as the same
// kind. What each weighs is in data/links.tsv.
type trait struct{ what, is string }

func (t trait) String() string { return t.what + " " + t.is }

// steps name a number by how many of the limits it reaches.
func steps(what string, v float64, limits ...float64) trait {
	n := 0
	for _, least := range limits {
		if v >= least {
			n++
		}
	}
	return trait{what, strconv.Itoa(n)}
}

// A glance is what is seen at once of a development beside a report: many are looked at,
// and few are kept.
type glance struct {
	e     *entry
	near  int // by who and what, roughly
	named int // of its parties, how many stand at the top of the report
}

// A candidate is a development that a report may tell once more.
type candidate struct {
	e       *entry
	named   int     // of its parties, how many stand at the top of the report
	like    float64 // how alike the words are
	foreign bool    // it was told in other languages only
	rivals  int     // other developments of the same negotiation in these hours
	behind  int     // of these, how many are more alike
	traits  []trait
	odds    float64 // that it is the same, their logarithm
}

func (c *candidate) has(what, is string) bool { return slices.Contains(c.traits, trait{what, is}) }

// candidates are the developments of these hours that have anybody, a negotiation or
// many words in common with a report, with what a link is judged by. first is the first
// development that it was read as, and j how facts judge that; both are nil for a silent one.
func (d *Desk) candidates(x *recalled, first *draft, j *news.Judged) []candidate {
	const words = .1
	negotiation := ""
	if first != nil {
		negotiation = first.facts.negotiation
	}
	seen := d.glances[:0]
	for e := range d.index.since(x.at.Add(-sameBriefing), x.at) {
		if first != nil && e.by(first) {
			continue
		}
		g := glance{e: e}
		for _, a := range x.actors {
			if slices.Contains(e.facts.parties, a) {
				g.named++
			}
		}
		if g.named > 0 || negotiation != "" && negotiation == e.facts.negotiation || d.reaches(e, &x.draft, words) > 0 {
			g.near = 2 * g.named
			if negotiation == e.facts.negotiation {
				g.near += 2
			}
			if slices.Contains(x.kinds, e.facts.kind) {
				g.near++
			}
			seen = append(seen, g)
		}
	}
	near := nearest(seen)
	list := make([]candidate, len(near))
	for i, g := range near {
		list[i] = candidate{e: g.e, named: g.named, like: -1}
	}
	clear(seen)
	d.glances = seen
	for i := range list {
		c := &list[i]
		c.foreign = len(c.e.marks) > 0
		for j := range c.e.marks {
			c.like = max(c.like, x.mark.likeness(&c.e.marks[j]))
			c.foreign = c.foreign && c.e.marks[j].language != x.mark.language
		}
	}
	for i := range list {
		c := &list[i]
		for j := range list {
			if o := &list[j]; i != j && o.e.facts.negotiation == c.e.facts.negotiation {
				c.rivals++
				if o.like > c.like {
					c.behind++
				}
			}
		}
	}
	const most = 40 // that a candidate has
	d.traits = slices.Grow(d.traits[:0], most*len(list))
	for i := range list {
		c := &list[i]
		c.traits = d.traits[i*most : i*most : (i+1)*most]
		c.top(d, x)
		c.text(x)
		if first != nil {
			c.read(x, &first.facts)
			c.judged(j, first.facts.kind)
		} else {
			c.add("read", "nothing")
		}
	}
	return list
}

// nearest keeps those that have most in common with a report, of these the latest: no desk
// has as many, but on a day such as nobody has seen.
func nearest(list []glance) []glance {
	const most = 24
	if len(list) <= most {
		return list
	}
	top := 0
	for i := range list {
		top = max(top, list[i].near)
	}
	kept := make([]glance, 0, most)
	for near := top; near >= 0 && len(kept) < most; near-- {
		for i := len(list) - 1; i >= 0 && len(kept) < most; i-- {
			if list[i].near == near {
				kept = append(kept, list[i])
			}
		}
	}
	return kept
}

func (c *candidate) add(what, is string) { c.traits = append(c.traits, trait{what, is}) }

// top adds what the top of the report says of who, where, when and what.
func (c *candidate) top(d *Desk, x *recalled) {
	f := &c.e.facts
	c.add("known", string(f.kind))
	switch {
	case c.named >= 2:
		c.add("parties", "named")
	case c.named == 1 && len(f.parties) == 1:
		c.add("parties", "the-one")
	case c.named == 1:
		c.add("parties", "one")
	default:
		c.add("parties", "none")
	}
	others := 0
	for _, a := range x.actors {
		if !f.takesPart(a) {
			others++
		}
	}
	c.traits = append(c.traits, steps("others", float64(others), 1, 2, 3))
	if len(x.actors) > 0 && len(f.sides) > 0 {
		what := "first"
		if saidBySide(f.kind) {
			what = "first-to-say"
		}
		switch first := x.actors[0]; {
		case slices.Contains(f.sides, first):
			c.add(what, "same")
		case f.takesPart(first):
			c.add(what, "takes-part")
		default:
			c.add(what, "stranger")
		}
	}
	word := x.wording(f.kind)
	switch {
	case word.told:
		c.add("words", "told")
	case word.near:
		c.add("words", "near")
	case word.talks:
		c.add("words", "of-talks")
	default:
		c.add("words", "none")
	}
	if d.goesOn(c.e, x, word) {
		c.add("words", "go-on")
	}
	if x.worded != nil {
		c.traits = append(c.traits,
			steps("worded", x.likely(f.kind), -6, -4, -3, -2, -1, 0, 1.5),
			steps("worded-none", x.likely(""), -4, -2, -1, 0, 1, 2.5),
			steps("worded-next", x.likelyNext(f.kind), -5, -3, -2, -1, 0, 1),
			steps("worded-other", x.likeliestBut(f.kind), -2, -1, 0, 1, 2))
	}
	place := "none"
	for _, p := range x.places {
		switch {
		case f.venue == "":
		case sameVenue(f.venue, p):
			place = "same"
		case place == "none":
			place = "other"
		}
	}
	c.add("place", place)
	switch {
	case len(f.dates) == 0 && len(x.dates) == 0:
		c.add("dates", "none")
	case len(x.dates) == 0:
		c.add("dates", "known")
	case len(f.dates) == 0:
		c.add("dates", "more")
		if len(x.ahead) > 0 {
			c.add("dates", "ahead")
		}
	case meet(f.dates, x.dates):
		c.add("dates", "meet")
	default:
		c.add("dates", "other")
		if len(x.ahead) > 0 && gap(f.dates, x.ahead) > 1 {
			c.add("dates", "ahead-other")
		}
	}
	if n := len(f.name); n > 0 && len(f.name[n-1]) > 3 {
		if x.words[f.name[n-1]] {
			c.add("speaker", "named")
		} else {
			c.add("speaker", "not-named")
		}
	}
	if x.doubtful {
		c.add("silent", "doubtful")
	}
}

// text adds what the texts, the time and what else has happened say.
func (c *candidate) text(x *recalled) {
	if c.like >= 0 {
		c.traits = append(c.traits, steps("like", c.like, .03, .06, .1, .15, .2, .3, .45))
		rare := 0
		for i := range c.e.marks {
			rare = max(rare, x.mark.rare(&c.e.marks[i]))
		}
		c.traits = append(c.traits, steps("rare", float64(rare), 1, 2, 3, 4, 6))
	} else {
		c.traits = append(c.traits, trait{"like", "no"})
	}
	if c.e.over != nil {
		c.traits = append(c.traits, trait{"known", "over"})
	}
	c.traits = append(c.traits,
		steps("hours", x.at.Sub(c.e.first).Hours(), 1, 3, 6, 10, 14),
		steps("rivals", float64(c.rivals), 1, 2, 3, 5),
		steps("behind", float64(c.behind), 1, 2, 3))
}

// read adds what the report was read as, beside what is known.
func (c *candidate) read(x *recalled, b *facts) {
	a := &c.e.facts
	c.add("read", string(b.kind))
	switch {
	case a.negotiation == "" || b.negotiation == "":
	case a.negotiation == b.negotiation:
		c.add("negotiation", "same")
	default:
		c.add("negotiation", "other")
	}
	switch {
	case a.kind == b.kind:
		c.add("kind", "same")
		c.add("both", string(a.kind))
	case neighbours(a.kind, b.kind):
		c.add("kind", "near")
	case answersTo(b.kind, a.kind):
		c.add("kind", "after")
	case answersTo(a.kind, b.kind):
		c.add("kind", "before")
	default:
		c.add("kind", "other")
	}
	if a.kind != b.kind && slices.Contains(x.also, a.kind) {
		c.add("kind", "also")
	}
	switch sameSides(a, b) {
	case 1:
		c.add("sides", "same")
	case -1:
		c.add("sides", "other")
		if saidBySide(a.kind) {
			c.add("sides", "other-said")
		}
	}
	switch sameName(a.name, b.name) {
	case 1:
		c.add("name", "same")
	case -1:
		c.add("name", "other")
	}
	if a.venue != "" && b.venue != "" {
		if sameVenue(a.venue, b.venue) {
			c.add("venue", "same")
		} else {
			c.add("venue", "other")
		}
	}
	if a.round != 0 && b.round != 0 {
		if a.round == b.round {
			c.add("round", "same")
		} else {
			c.add("round", "other")
		}
	}
	switch {
	case len(a.dates) > 0 && len(b.dates) > 0 && meet(a.dates, b.dates):
		c.add("days", "meet")
	case len(a.dates) > 0 && len(b.dates) > 0:
		c.add("days", "differ")
	case len(b.dates) > 0:
		c.add("days", "more")
	case len(a.dates) > 0:
		c.add("days", "fewer")
	}
}

// judged adds how facts judge the report: as the very change that the development was, as a
// change of it, or as something else.
func (c *candidate) judged(j *news.Judged, kind news.Kind) {
	switch {
	case j.Is != news.Update:
		c.add("judged", string(j.Is))
	case j.Updates == c.e.id:
		c.add("judged", "its-update")
	case j.Updates == c.e.updates && j.Change == c.e.change && kind == c.e.facts.kind:
		c.add("judged", "the-same-update")
	case j.Updates == c.e.updates:
		c.add("judged", "another-update-of-the-same")
	default:
		c.add("judged", "another-update")
	}
}

// answersTo reports whether a development of kind k changes or answers one of kind of.
func answersTo(k, of news.Kind) bool {
	return slices.ContainsFunc(replies[k], func(to reply) bool { return to.to == of })
}
