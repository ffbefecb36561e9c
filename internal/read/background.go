package read

import (
	"slices"

	"parley/internal/news"
)

// byBackground finds the negotiation whose parties an item names only apart from its
// news: "the two delegations", and further down who they are. The only one that
// fits it is, unless the event's own sentence has somebody who is no part of it.
func (r *reader) byBackground(e *event) *news.Negotiation {
	if r.digest || e.s.order > 2 {
		return nil
	}
	var found *news.Negotiation
	for i := range r.sentences {
		s := &r.sentences[i]
		list := s.p.whoIn(s.from, s.to)
		if len(list) < 2 || s.p.next(s.from, s.to, of(cTalks, cMeeting, cDeal, cProposal, cMediating)) == s.to && s.p.marked(s.from, s.to, aDispute) == 0 {
			continue
		}
		for k := range list { // not the candidates: both sides may stand in the dateline alone
			a, ok := r.actorNumbers[list[k].id]
			if !ok {
				continue
			}
			for _, i := range r.partyTo[a] {
				n := &r.negotiations[i]
				if n == found || countIn(list, n.Parties) < 2 || !r.betweenStates(n) && r.countries(e) {
					continue
				}
				if found != nil {
					return nil
				}
				found = n
			}
		}
	}
	if found == nil {
		return nil
	}
	for _, list := range [...][]who{e.s.p.whoIn(e.s.from, e.s.to), r.title.who} {
		for _, w := range list {
			if w.id != "" && !w.place && !w.dateline && !takesPart(found, w.id) {
				return nil
			}
		}
	}
	return found
}

// countIn counts the actors that are among those named.
func countIn(named []who, ids []string) (n int) {
	for _, id := range ids {
		if slices.ContainsFunc(named, func(w who) bool { return w.id == id }) {
			n++
		}
	}
	return n
}

// countries reports "the two countries", "both states": then no party is an armed
// group.
func (r *reader) countries(e *event) bool {
	p := e.s.p
	if !p.english {
		return false
	}
	for k := e.s.from + 1; k < e.s.to; k++ {
		switch p.t.Tokens[k].Norm {
		case "countries", "states", "governments", "neighbours", "neighbors", "capitals":
			if w := p.t.Tokens[k-1].Norm; w == "two" || w == "both" {
				return true
			}
		}
	}
	return false
}

// betweenStates reports a negotiation of which at least two parties are states.
func (r *reader) betweenStates(n *news.Negotiation) bool {
	count := 0
	for _, id := range n.Parties {
		if r.state(id) {
			count++
		}
	}
	return count >= 2 || len(n.Parties) == 0
}
