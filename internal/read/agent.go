package read

import (
	"slices"

	"parley/internal/news"
	"parley/internal/text"
)

// agent finds whose act it is that an event tells of, whoever tells it: "RSF agrees
// to truce, US says" is the RSF's answer. It is empty where the clause does not
// name a side of the negotiation as its subject.
func (r *reader) agent(e *event, n *news.Negotiation) string {
	switch e.kind {
	case news.ProposalMade, news.ProposalAccepted, news.ProposalRejected, news.SanctionsImposed, news.SanctionsEased:
	default:
		return ""
	}
	p := e.s.p
	q := p.cues[e.trigger]
	if n == nil || r.verbFirst || q == nil {
		return ""
	}
	u := r.subject(e)
	for _, c := range [...]class{cPropose, cAccept, cReject, cImpose, cEase} {
		if q.classes.has(c) && q.forms[c] == nominal {
			return "" // "rejection of Iran's offer"
		}
		if q.classes.has(c) && q.forms[c] == past && p.count(max(e.s.from, e.trigger-2), e.trigger, cBe) > 0 {
			u = r.by(e) // "Iran's offer was turned down"
		}
	}
	for i := 0; i < len(r.found) && !u.found && e.s.order == 0 && r.english; i++ {
		if o := &r.found[i]; o.kind == e.kind && o.s.order == 1 && o.because == "" {
			u = r.subject(o) // "Army accepts UN plan": the lead says whose army
		}
	}
	if r.english && e.kind == news.SanctionsImposed && u.found && len(n.Parties) == 2 && p.reactsBefore(e.trigger, e.s.from) {
		for k, id := range n.Parties {
			if id == u.who.id {
				return n.Parties[1-k] // "Tehran condemns new US sanctions": not its own
			}
		}
	}
	answers := e.kind == news.ProposalAccepted || e.kind == news.ProposalRejected
	if !u.found || u.who.inferred || !slices.Contains(n.Parties, u.who.id) && (answers || !slices.Contains(n.Mediators, u.who.id)) {
		return ""
	}
	return u.who.id
}

// reactsBefore reports that the clause up to token i says what somebody makes of what another
// has done: "condemned the sanctions".
func (p *part) reactsBefore(i, from int) bool {
	for k := i - 1; k >= from && k >= i-6; k-- {
		if reacts(p.t.Tokens[k].Norm) {
			return true
		}
	}
	return false
}

// answersOther finds who answers a proposal of which its phrase tells whose it is: of two
// sides the other one. "Kim's sister dismisses Seoul's offer of talks".
func (r *reader) answersOther(e *event) string {
	p, n := e.s.p, r.negotiation(e)
	if !r.english || e.kind != news.ProposalRejected && e.kind != news.ProposalAccepted || n == nil || len(n.Parties) != 2 || e.arg <= e.trigger {
		return ""
	}
	list := p.whoIn(e.trigger, e.arg)
	if len(list) != 1 || !list[0].demonym && p.t.Tokens[list[0].to-1].Flags&text.Possessive == 0 {
		return ""
	}
	if k := slices.Index(n.Parties, list[0].id); k >= 0 {
		return n.Parties[1-k]
	}
	return ""
}

// applauds reports that a proposal is welcomed by who mediates between those to whom it was
// made, and so cannot accept it. "Turkey backs US proposal for Russia-Ukraine truce".
func (r *reader) applauds(e *event) bool {
	n := r.negotiation(e)
	if !r.english || e.kind != news.ProposalAccepted || n == nil || len(n.Parties) != 2 {
		return false
	}
	by := r.subject(e)
	return by.found && by.who.id != "" && !by.who.inferred && !by.who.body && slices.Contains(n.Mediators, by.who.id) && !r.ofParty(e)
}
