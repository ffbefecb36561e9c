package read

import (
	"slices"

	"parley/internal/news"
	"parley/internal/text"
)

// What of a negotiation is named is often one side alone. It is about that negotiation if nothing
// else the side has to negotiate fits.

// group reports that the party which stands by an event is an armed group: who fights for
// one thing talks of nothing else.
func (r *reader) group(parties []string, casts []actorNumber, row []float32) bool {
	for k, a := range casts {
		if r.stands(row, a) >= 1 && r.isGroup(parties[k]) {
			return true
		}
	}
	return false
}

// bareMeeting reports somebody who meets somebody, of which nobody says that it is
// for talks: with a mediator a side also has its own affairs.
func (r *reader) bareMeeting(e *event, n *news.Negotiation) bool {
	if !r.english || e.arg != e.trigger || e.kind != news.TalksStarted && e.kind != news.TalksEnded && e.kind != news.TalksScheduled {
		return false
	}
	_, to := e.s.p.clause(e.trigger, e.s.from, e.s.to)
	for _, w := range e.s.p.whoIn(e.end, to) {
		if !w.place && r.state(w.id) && slices.Contains(n.Mediators, w.id) && !w.mediates {
			return r.sides(e.s.p, e.s.from, e.trigger) == 1
		}
	}
	return false
}

// uniquely reports that the only party of negotiation i that is named, together
// with a mediator of it, fits no other negotiation; or that host, at whose place the talks are,
// mediates in it.
func (r *reader) uniquely(e *event, i int, host string) bool {
	n, who, row := &r.negotiations[i], &r.casts[i], r.standing(e.s)
	party, id := actorNumber(-1), ""
	for k, a := range who.parties {
		if r.stands(row, a) >= 2 {
			party, id = a, n.Parties[k]
		}
	}
	if party < 0 {
		return false
	}
	if r.english && e.kind == news.TalksScheduled && e.s.p.forOther(e.trigger, e.s.to) {
		return false
	}
	if slices.Contains(n.Mediators, host) {
		return true
	}
	others := len(r.partyTo[party]) - 1
	if r.english && (e.kind == news.ProposalRejected || e.kind == news.ProposalAccepted) && r.mediatorsStanding(who, row) >= 2 {
		return true // "Israel rejects Egyptian-Qatari proposal"
	}
	if others > 2 {
		return false
	}
	if others == 0 && r.isGroup(id) {
		return true // who fights for one thing talks of nothing else
	}
	for _, w := range e.s.p.whoIn(e.s.from, e.s.to) { // it deals with somebody else
		if sanctions(e.kind) && others == 0 && r.tied(e) {
			break // who lays sanctions on a party has no part in its talks
		}
		if w.id != "" && !w.place && !w.dateline && !takesPart(n, w.id) {
			return false
		}
	}
	if others == 0 {
		return !r.english || r.conflict(e) || r.backed(e, n)
	}
	mediator := false
	for k, a := range who.mediators {
		mediator = mediator || r.stands(row, a) >= 2 && !(r.english && r.onlyCapital(n.Mediators[k]))
	}
	if !mediator {
		return false
	}
	for _, o := range r.partyTo[party] { // a mediator of the party's other talks is named as well
		if o == i {
			continue
		}
		for _, a := range r.casts[o].mediators {
			if !slices.Contains(who.mediators, a) && r.stands(row, a) >= 2 {
				return false
			}
		}
	}
	return true
}

// mediatorsStanding counts the mediators of a negotiation who stand by an event.
func (r *reader) mediatorsStanding(who *cast, row []float32) (n int) {
	for _, a := range who.mediators {
		if r.stands(row, a) >= 2 {
			n++
		}
	}
	return n
}

// forOther reports that somebody comes for another matter than what the sides negotiate: "due in
// Ankara for gas talks", "in Doha for a water conference".
func (p *part) forOther(i, to int) bool {
	for k := i + 1; k+1 < to; k++ {
		if p.t.Tokens[k].Norm != "for" {
			continue
		}
		for j := k + 1; j < min(to, k+5); j++ {
			switch p.t.Tokens[j].Norm {
			case "conference", "fair", "exhibition", "festival", "forum", "expo", "tournament":
				return true
			}
			if !p.has(j, cTalks) && !p.has(j, cMeeting) {
				continue
			}
			b := &p.t.Tokens[j-1]
			return j > k+1 && p.cues[j-1] == nil && !p.is(j-1, anArticle) && b.Flags&(text.Capital|text.Number) == 0 && len(p.whoIn(j-1, j)) == 0 && !ofTheSides(b.Norm)
		}
		return false
	}
	return false
}

// ofTheSides reports what talks of two sides are called that negotiate: "truce talks".
func ofTheSides(w string) bool {
	switch w {
	case "new", "fresh", "further", "more", "another", "next", "peace", "truce", "ceasefire", "indirect", "direct", "proximity", "prisoner", "prisoners", "hostage", "hostages", "nuclear", "technical",
		"border", "security", "swap", "second", "third", "fourth", "fifth", "final", "last-ditch", "closed-door", "face-to-face", "follow-up", "resumed", "renewed", "crucial", "urgent", "crisis", "mediated", "brokered", "sanctions", "dam", "exchange", "withdrawal":
		return true
	}
	return false
}

// factions reports that those who negotiate in n are named by their land, with somebody who
// mediates between them: "CARICOM: Haitian stakeholders to reconvene", "Algeria fixes day for
// Malian talks". Two who are named side by side talk with each other.
func (r *reader) factions(e *event, n *news.Negotiation) bool {
	if !r.english || e.kind != news.TalksScheduled || len(n.Parties) == 0 {
		return false
	}
	p := e.s.p
	list := p.whoIn(e.s.from, e.s.to)
	land, mediator := -1, false
	for k, w := range list {
		mediator = mediator || !w.place && !w.dateline && slices.Contains(n.Mediators, w.id)
		if w.id != n.Parties[0] || w.place || w.dateline || w.to >= e.s.to || p.t.Tokens[w.to].Gap != text.Space || w.from > e.s.from && p.t.Tokens[w.from-1].Norm == "with" {
			continue
		}
		if beside := k > 0 && (p.listed(list[k-1].to, w.from) || list[k-1].to == w.from && p.t.Tokens[w.from].Gap&parts == 0); beside && !list[k-1].place {
			return false
		}
		if severalSides(p.t.Tokens[w.to].Norm) || w.to == e.arg && p.has(e.arg, cTalks) && w.demonym {
			land = k
		}
	}
	return land >= 0 && mediator
}

// host finds at whose place the talks are that one side alone breaks off, stays away from, or
// speaks of in the headline: "Kinshasa walks out of Doha talks". "" if it does not say.
func (r *reader) host(e *event) string {
	p := e.s.p
	if !r.english || !p.title {
		return ""
	}
	from, talks := e.trigger, e.arg
	switch e.kind {
	case news.TalksSuspended, news.TalksCancelled, news.ProposalRejected:
	case news.Atmosphere:
		from, talks = e.s.from, p.next(e.s.from, e.trigger, of(cTalks))
	default:
		return ""
	}
	if talks <= from || talks >= e.s.to || !p.has(talks, cTalks) && !p.has(talks, cRoundWord) {
		return ""
	}
	list := p.whoIn(from, talks)
	if len(list) == 0 {
		return ""
	}
	w := list[len(list)-1]
	if !w.place || w.to != talks || p.t.Tokens[talks].Gap != text.Space || w.from > e.s.from && p.t.Tokens[w.from-1].Norm == "with" {
		return ""
	}
	if w.id == "" {
		return r.statesByTitle[landOf(w.venue)]
	}
	return w.id
}

// onlyCapital reports that actor id is named for its capital alone: "in the French
// capital".
func (r *reader) onlyCapital(id string) bool {
	for _, p := range [...]*part{&r.title, &r.text} {
		for _, w := range p.who {
			if w.id == id && !w.place && !(w.demonym && w.to < len(p.t.Tokens) && p.is(w.to, aCapital)) {
				return false
			}
		}
	}
	return true
}
