package story

import (
	"slices"
	"time"

	"parley/internal/news"
)

// echo finds what an item that reports nothing by itself speaks of as known: the
// reaction of a side, a round-up, a text that leaves it to its readers who "the
// rebels" are. If a development of these hours is all that it can mean, the item is
// one more report of it. No fact is learned from it, and where there is any doubt
// it stays silent, so that it can neither hide a change nor raise a card.
func (d *Desk) echo(r *Report, at time.Time) []news.Judged {
	w := d.words.weigh(newMark(r.Language, r.Item.Link, r.Title, r.Text))
	for i := range r.Echoes.Known {
		full := &r.Echoes.Known[i]
		dr := draft{facts: factsOf(full), full: full, at: at, day: civil(at), mark: w}
		dr.facts.level, dr.facts.certainty = "", ""
		dr.facts.gone = givenUp(r.Dates)
		if !toCome(full.Kind) {
			dr.facts.dates = nil // on what day it was spoken of, most likely
		}
		if full.Agent == "" && dr.facts.outspoken() {
			dr.facts.sides, dr.facts.name = nil, nil // who reacts is not who did it
		}
		var best choice
		several := false
		for _, e := range d.echoed(&dr) {
			f := d.compare(e, &dr)
			if f.relation != same && f.relation != sharper {
				continue
			}
			several = several || best.of != nil && (best.of.facts.negotiation != e.facts.negotiation || saidBySide(full.Kind) && sameSides(&best.of.facts, &e.facts) < 0)
			better(&best, choice{e, finding{same, "", "told as known"}, d.score(e, &dr, &best)})
		}
		if best.of != nil && !several {
			j := d.verdict(&dr, best)
			if at.After(best.of.last) {
				best.of.last, best.of.lastDay = at, civil(at.UTC()) // it is still told
			}
			j.Wire = credit(r.Item.Text)
			return []news.Judged{j}
		}
	}
	if c, ok := d.link(newRecalled(r, w, at), nil, nil); ok {
		f, title := &c.of.facts, r.Item.Title
		full := news.Development{
			Kind: f.kind, Headline: title, Parties: append([]string{}, f.parties...), Mediators: []string{}, Dates: []news.Date{},
			Evidence: news.Evidence{Field: news.Title, End: len(title), Quote: title},
		}
		if n := f.negotiation; n != "" {
			full.Negotiation = &n
		}
		dr := draft{facts: *f, full: &full, at: at, day: civil(at), mark: w}
		j := d.verdict(&dr, c)
		if at.After(c.of.last) {
			c.of.last, c.of.lastDay = at, civil(at.UTC())
		}
		j.Wire = credit(r.Item.Text)
		return []news.Judged{j}
	}
	return []news.Judged{}
}

// echoed lists the developments of the last hours of which r can speak: of its
// negotiation, or of one in which everybody has a part whom it names.
func (d *Desk) echoed(r *draft) []*entry {
	f := &r.facts
	var list []*entry
	if f.negotiation != "" {
		list = d.index.like(r, f.kind)
	} else {
		for _, p := range f.parties {
			list = merge(list, d.index.places[place{f.kind, byParty, p, everybody}])
		}
	}
	return slices.DeleteFunc(slices.Clone(list), func(e *entry) bool {
		if since := r.at.Sub(e.first); since < 0 || since > sameBriefing {
			return true
		}
		if f.negotiation != "" {
			return e.facts.negotiation != f.negotiation
		}
		return slices.ContainsFunc(f.parties, func(p string) bool { return !e.facts.takesPart(p) })
	})
}

// outspoken reports kinds of which others than who did it speak as well.
func (f *facts) outspoken() bool {
	switch f.kind {
	case news.ProposalMade, news.ProposalAccepted, news.ProposalRejected, news.SanctionsImposed, news.SanctionsEased, news.MediationOffered:
		return true
	}
	return false
}

// takesPart reports that an actor is a party to f's talks, mediates them or has
// spoken of them.
func (f *facts) takesPart(id string) bool {
	return slices.Contains(f.parties, id) || slices.Contains(f.involved, id) || slices.Contains(f.sides, id)
}
