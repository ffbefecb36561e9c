package read

import (
	"slices"

	"parley/internal/news"
)

// Who speaks of both sides alike, and is nobody's, mediates.

// betweenThem reports that actor id mediates in the event's negotiation.
func (r *reader) betweenThem(e *event, id string) bool {
	n := r.negotiation(e)
	return n != nil && !slices.Contains(n.Parties, id) && (slices.Contains(n.Mediators, id) || r.cued(e, id, cMediating))
}

// evenHanded finds whose somebody is that nobody says, and who speaks of both
// parties alike: the only mediator's.
func (r *reader) evenHanded(e *event, u utterance) string {
	n := r.negotiation(e)
	if n == nil || len(n.Parties) < 2 || u.who.id != "" && !slices.Contains(n.Parties, u.who.id) || e.kind != news.TalksScheduled {
		return ""
	}
	said := &u.p.t.Sentences[u.p.t.Tokens[u.who.from].Sentence]
	if m := r.mediatorsOf(e, n); len(m) == 1 && (r.bothListed(e.s.p, e.s.from, e.s.to, n) || r.bothListed(u.p, said.From, said.To, n)) {
		return m[0]
	}
	return ""
}

// bothListed reports that tokens [from,to) name two parties of n in one breath:
// "Serbia and Kosovo".
func (r *reader) bothListed(p *part, from, to int, n *news.Negotiation) bool {
	return r.bothNamedAs(p, from, to, n, func(a, b *who) bool { return p.listed(a.to, b.from) })
}

// bothNamedAs reports that tokens [from,to) name two parties of n, one after the other and so.
func (r *reader) bothNamedAs(p *part, from, to int, n *news.Negotiation, so func(a, b *who) bool) bool {
	list := p.whoIn(from, to)
	for k := 1; k < len(list); k++ {
		a, b := &list[k-1], &list[k]
		if a.id != b.id && slices.Contains(n.Parties, a.id) && slices.Contains(n.Parties, b.id) && so(a, b) {
			return true
		}
	}
	return false
}

// mediatorNear finds whose mediator somebody is who is called only that: a
// configured mediator that the item names, first of all in the same sentence.
func (r *reader) mediatorNear(e *event, u utterance) string {
	n := r.negotiation(e)
	s := u.p.t.Sentences[u.p.t.Tokens[u.who.from].Sentence]
	best := ""
	for _, list := range [][]who{u.p.whoIn(s.From, s.To), r.title.who, r.text.who} {
		for _, w := range list {
			if w.id == "" || w.inferred || n != nil && slices.Contains(n.Parties, w.id) {
				continue
			}
			if n == nil || slices.Contains(n.Mediators, w.id) {
				return w.id
			}
			if best == "" && !w.place {
				best = w.id
			}
		}
	}
	return best
}

// onlyMediator returns the one mediator of n that the item names, be it as a place; "" if there
// are none or several.
func (r *reader) onlyMediator(n *news.Negotiation) string {
	only := ""
	for _, list := range [...][]who{r.title.who, r.text.who} {
		for i := range list {
			if id := list[i].id; id != "" && id != only && slices.Contains(n.Mediators, id) {
				if only != "" {
					return ""
				}
				only = id
			}
		}
	}
	return only
}

// soleMediator returns the one actor of whom the item says that it mediates.
func (r *reader) soleMediator(e *event) string {
	n := r.negotiation(e)
	if n == nil || countIn(r.title.who, n.Parties) == 1 { // "Hamas to send negotiators": its own spokesman
		return ""
	}
	if !r.bothListed(e.s.p, e.s.from, e.s.to, n) {
		return ""
	}
	sole := ""
	for _, id := range r.order {
		if slices.Contains(n.Parties, id) || !r.cued(e, id, cMediating) {
			continue
		}
		if sole != "" {
			return ""
		}
		sole = id
	}
	return sole
}
