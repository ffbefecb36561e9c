package read

import (
	"slices"
	"strings"

	"parley/internal/actors"
	"parley/internal/news"
	"parley/internal/text"
)

// present says how strongly actor id stands by an event: in its sentence, in
// the title, in the lead, or somewhere.
func (r *reader) present(e *event, id string) float32 {
	k, ok := r.counts[id]
	if !ok {
		return 0
	}
	return r.standing(e.s)[k]
}

// standing tells of every actor of the item how strongly it stands by what
// sentence s tells. It is worked out once a sentence: each event asks for the
// parties and mediators of many negotiations.
func (r *reader) standing(s *sentence) []float32 {
	n := len(r.order)
	row := r.standings[s.at*n : s.at*n+n]
	if s.stood {
		return row
	}
	s.stood = true
	clear(row)
	stand := func(list []who, v, asPlace float32) {
		for i := range list {
			if x := &list[i]; x.actor > 0 && !x.dateline {
				if x.place {
					row[x.actor-1] = max(row[x.actor-1], asPlace)
				} else {
					row[x.actor-1] = max(row[x.actor-1], v)
				}
			}
		}
	}
	stand(s.p.whoIn(s.from, s.to), 4, 1)
	stand(r.title.who, 3, 0)
	for i := range r.sentences {
		o := &r.sentences[i]
		if o.order == 0 || o.order > 3 && abs(o.order-s.order) > 2 || !r.english && o != s && o.asks() {
			continue
		}
		stand(o.p.whoIn(o.from, o.to), 2, 0)
	}
	for k := range row {
		if row[k] == 0 && r.weights[k] >= 1 {
			row[k] = .8
		}
	}
	return row
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// negotiation finds the configured negotiation that an event belongs to, which
// is one for all that a sentence tells of.
func (r *reader) negotiation(e *event) *news.Negotiation {
	if s := e.s; !s.placed {
		s.negotiation, s.placed = r.place(e), true
		if r.english && s.negotiation != nil && r.otherMatter(e, s.negotiation) {
			s.negotiation = nil
		}
	}
	return e.s.negotiation
}

// place chooses the negotiation most of whose parties stand nearest to an event.
func (r *reader) place(e *event) *news.Negotiation {
	var best *news.Negotiation
	bestScore := float32(0)
	list, row, host := r.candidates(), r.standing(e.s), r.host(e)
	for _, i := range list {
		n, who := &r.negotiations[i], &r.casts[i]
		called := r.called[i]
		sum, near, firm, named := float32(0), 0, 0, 0
		for k, a := range who.parties {
			v := r.stands(row, a)
			if v >= 1 && r.goesBetweenOthers(a, n.Parties[k]) {
				v = 0 // "Washington, go-between in the ceasefire, says India and Pakistan …"
			}
			if v >= 1 {
				near++
			}
			if v >= 2 {
				firm++
			}
			sum += v
			if v >= 3 {
				named++
			}
		}
		if near == 1 && firm == 1 && len(n.Parties) == 2 && r.homeSide(e, n) != "" {
			near, firm, sum = 2, 2, sum+2
		}
		if near == 1 && r.factions(e, n) {
			near, firm, named, sum = 2, 2, 2, sum+2
		}
		if r.english && near >= 2 && named < 2 && !called && r.paired(e, n) {
			continue // "Oman, Iran discuss ferry line", and far below: Oman mediates between Iran and others
		}
		if near < 2 && !called && !(near == 1 && !r.bareMeeting(e, n) && r.uniquely(e, i, host)) || near < 2 && r.paired(e, n) {
			continue
		}
		if firm < 2 && near >= 2 && !called && r.english && slices.Contains(r.called, true) {
			continue // "Sudan talks to start in Addis": where they are held is no side of others
		}
		if near < 2 && !called && !r.group(n.Parties, who.parties, row) && r.bothNamed(list, row) {
			continue // what two of a mediator's neighbours propose is for those who are named as sides
		}
		score := sum / float32(max(2, len(n.Parties)))
		for _, a := range who.mediators {
			if r.stands(row, a) >= 1 {
				score += .25
				break
			}
		}
		if called && (near >= 1 || len(n.Parties) == 0) {
			score += 2.5
		} else if called {
			score += 1
		}
		if near == 1 {
			if k := slices.Index(n.Mediators, host); k >= 0 { // the first of several mediators is the one whose file it is
				score += 1 - float32(k)/8
			}
		}
		if r.goesBetween(e, n) {
			score--
		}
		if r.leading(e, n) {
			score += .6
		}
		if r.english && (r.between(e, n) || r.actTogether(e, n)) {
			score += 1.5
		}
		if len(n.Parties) > 2 && near < len(n.Parties) {
			// of several parties the one whose file it is must be there
			if r.stands(row, who.parties[0]) < .8 && !called && !(r.english && r.besideGovernment(e.s.p, e.s.from, e.s.to)) {
				continue
			}
		}
		if score <= bestScore || r.countries(e) && !r.betweenStates(n) {
			continue
		}
		best, bestScore = n, score
	}
	if best == nil {
		return r.byBackground(e)
	}
	return best
}

// otherMatter reports talks that are called by another matter than that of n: "US, Japan
// hold annual defence talks" are no trade talks.
func (r *reader) otherMatter(e *event, n *news.Negotiation) bool {
	p := e.s.p
	if e.arg <= e.s.from || !strings.HasSuffix(n.ID, "-trade") || !p.has(e.arg, cTalks) && !p.has(e.arg, cMeeting) {
		return false
	}
	for _, tok := range p.t.Tokens[e.arg-1 : e.arg+1] { // "defence talks" may be one cue
		switch tok.Norm {
		case "defence", "defense", "military", "security", "climate", "nuclear", "border", "space", "cyber", "naval", "immigration", "migration", "consular":
			return true
		}
	}
	return false
}

// bothNamed reports that of one of the negotiations two parties stand by an event.
func (r *reader) bothNamed(list []int, row []float32) bool {
	return slices.ContainsFunc(list, func(i int) bool {
		near := 0
		for k, a := range r.casts[i].parties {
			if r.stands(row, a) >= 2 && !r.goesBetweenOthers(a, r.negotiations[i].Parties[k]) {
				near++
			}
		}
		return near >= 2
	})
}

// between reports that the event's sentence or the headline names the parties of n, and
// nobody else, right before its talks: "Islamabad-TTP talks to resume, says Kabul".
func (r *reader) between(e *event, n *news.Negotiation) bool {
	for _, p := range []*part{e.s.p, &r.title} {
		list := p.who
		if p == e.s.p {
			list = p.whoIn(e.s.from, e.s.to)
		}
		for k := 1; k < len(list); k++ {
			a, b := &list[k-1], &list[k]
			if a.id == b.id || !slices.Contains(n.Parties, a.id) || !slices.Contains(n.Parties, b.id) || b.from != a.to || p.t.Tokens[b.from].Gap&(text.Hyphen|text.Dash) == 0 {
				continue
			}
			if p.next(b.to, min(len(p.t.Tokens), b.to+4), of(cTalks, cMeeting)) < min(len(p.t.Tokens), b.to+4) {
				return true
			}
		}
	}
	return false
}

// actTogether reports that two parties of n, and nobody else, are those who act in the event,
// whoever tells of it: "US says Russia and Ukraine to hold talks on Friday".
func (r *reader) actTogether(e *event, n *news.Negotiation) bool {
	p := e.s.p
	list := p.whoIn(e.s.from, e.trigger)
	k := len(list) - 1
	if k < 1 || k > 1 && p.sideBySide(&list[k-2], &list[k-1]) || !p.sideBySide(&list[k-1], &list[k]) {
		return false
	}
	for _, w := range list[k-1:] {
		if w.place || w.dateline || !slices.Contains(n.Parties, w.id) {
			return false
		}
	}
	const auxiliary = 3 // words between who acts and the verb: "are due to", "presidents will"
	return list[k-1].id != list[k].id && e.trigger-list[k].to <= auxiliary && !p.partedBetween(list[k].to-1, e.trigger)
}

// paired reports that the one party of n that is named stands together with a
// state that is none: "Pakistan, Turkey hold consultations".
func (r *reader) paired(e *event, n *news.Negotiation) bool {
	for _, p := range []*part{e.s.p, &r.title} {
		list := p.who
		if p == e.s.p {
			list = p.whoIn(e.s.from, e.s.to)
		}
		for k := 1; k < len(list); k++ {
			a, b := list[k-1], list[k]
			if a.place || b.place || a.id == "" || b.id == "" || a.id == b.id || !p.listed(a.to, b.from) && p.t.Tokens[b.from].Gap&text.Hyphen == 0 {
				continue
			}
			if in, out := r.sideOf(n, a.id), r.sideOf(n, b.id); in != out && r.state(a.id) && r.state(b.id) {
				return true
			}
		}
	}
	return false
}

// sideOf reports a party of n, or the state for which one speaks: Kabul for the Taliban.
func (r *reader) sideOf(n *news.Negotiation, id string) bool {
	for _, party := range n.Parties {
		if party == id || r.governs[party] == id && id != "" {
			return true
		}
	}
	return false
}

// takesPart reports that a negotiation has a part for an actor, whichever.
func takesPart(n *news.Negotiation, id string) bool {
	return slices.Contains(n.Parties, id) || slices.Contains(n.Mediators, id) || slices.Contains(n.Hosts, id) || slices.Contains(n.Guarantors, id)
}

// state reports that an actor is a state.
func (r *reader) state(id string) bool {
	_, kind, ok := r.actors.Title(id)
	return ok && kind == actors.State
}

// candidates lists the negotiations that an item may be about: one of their
// parties is named, or their name.
func (r *reader) candidates() []int {
	if !r.shortlisted {
		r.shortlist, r.shortlisted = r.shortlist[:0], true
		r.spokenOf = append(r.spokenOf[:0], r.called...)
		r.places = grow(r.places, len(r.partyTo))
		r.goes = grow(r.goes, len(r.order))
		for k, id := range r.order {
			if a, ok := r.actorNumbers[id]; ok {
				r.places[a] = k + 1
				for _, i := range r.partyTo[a] {
					r.spokenOf[i] = true
				}
			}
		}
		for i, ok := range r.spokenOf {
			if ok {
				r.shortlist = append(r.shortlist, i)
			}
		}
	}
	return r.shortlist
}

// stands is present for an actor by its number, from the row of standings of a
// sentence: many negotiations are tried, and their ids need not be looked up
// each time.
func (r *reader) stands(row []float32, a actorNumber) float32 {
	if k := r.places[a]; k > 0 {
		return row[k-1]
	}
	return 0
}

// leading reports that the first two actors of an event's sentence are the
// parties of n: "Islamabad tells Kabul: hand over the TTP's men".
func (r *reader) leading(e *event, n *news.Negotiation) bool {
	list := e.s.p.whoIn(e.s.from, e.s.to)
	if k := len(list) - 1; k > 0 && slices.Contains(n.Parties, list[k].id) && slices.Contains(n.Parties, list[k-1].id) && list[k].id != list[k-1].id &&
		list[k].from-list[k-1].to <= 2 && e.s.p.count(list[k-1].to, list[k].from, cSaid) > 0 {
		return true // "…, Islamabad tells Kabul"
	}
	first := ""
	for _, w := range e.s.p.whoIn(e.s.from, e.s.to) {
		if e.s.p.title && w.to < e.s.to && e.s.p.t.Tokens[w.to].Gap&text.Colon != 0 && w.person {
			continue // "Trump: Putin and Zelensky will meet"
		}
		switch {
		case w.id == "" || w.place || w.dateline || w.id == first:
		case !slices.Contains(n.Parties, w.id):
			return false
		case first != "":
			return true
		default:
			first = w.id
		}
	}
	return false
}

// conflict reports that the event's sentence, the headline or the lead speaks of a
// dispute or of diplomacy: not all talks of Colombia's are those with its guerrillas.
func (r *reader) conflict(e *event) bool {
	return r.atTop(e, func(s *sentence) bool {
		return s.marks&(aDispute|aDiplomatic) != 0 || s.classes.has(cMediating)
	}) || r.english && slices.ContainsFunc(e.s.p.whoIn(e.s.from, e.s.to), func(w who) bool {
		return r.isGroup(w.id) // who fights does not come to visit
	})
}

// brokered reports that somebody else than those who meet says so: an organisation of talks
// in one country, a state of talks between two others.
func (r *reader) brokered(e *event) bool {
	p := e.s.p
	u := r.speaker(e)
	if list := p.whoIn(e.s.from, e.s.to); !u.found && p.title && len(list) > 0 && list[0].from == e.s.from && !list[0].place && p.has(e.trigger, cHosting) {
		u = utterance{who: list[0], p: p, found: true} // "Iraq to host Iran-Saudi round"
	}
	if e.kind != news.TalksScheduled || !u.found || u.who.id == "" || len(r.datesOf(e, nil)) == 0 {
		return false
	}
	talks := e.arg >= 0 && (p.has(e.arg, cTalks) || p.has(e.arg, cRoundWord) || p.t.Tokens[e.arg].Norm == "meeting")
	if !talks || p.ofBody(e.arg, e.s.from) {
		return false
	}
	for k := e.s.from; k < e.s.to; k++ {
		if p.t.Tokens[k].Norm == "with" {
			return false // its own talks with them
		}
	}
	first, others := "", 0
	for _, w := range p.whoIn(e.s.from, e.s.to) {
		if w.id != "" && w.id != u.who.id && w.id != first && !w.place && !w.dateline {
			first = w.id
			others++
		}
	}
	_, kind, _ := r.actors.Title(u.who.id)
	return others >= 2 || others == 1 && kind == actors.Organisation && p.has(e.arg, cTalks)
}

// ofBody reports the meeting at token i of a body of which nothing but its letters is known:
// who comes there are its members, and no sides. "Pakistan to host SCO meeting".
func (p *part) ofBody(i, from int) bool {
	return i > from && p.has(i, cMeeting) && p.t.Tokens[i].Gap == text.Space && p.t.Tokens[i-1].Flags&text.AllCaps != 0 && len(p.t.Tokens[i-1].Norm) > 2
}

// overTrade reports talks on a trade deal between two who are named: diplomats meet as
// friends, their trade ministers to haggle.
func (r *reader) overTrade(e *event) bool {
	if !r.english || r.sides(e.s.p, e.s.from, e.s.to) < 2 && r.titleSides() < 2 {
		return false
	}
	return r.atTop(e, func(s *sentence) bool {
		for k := s.from; k+1 < s.to; k++ {
			if s.p.t.Tokens[k].Norm == "trade" && (s.p.has(k, cDeal) || s.p.has(k, cTalks) || s.p.has(k+1, cDeal) || s.p.has(k+1, cTalks)) {
				return true
			}
		}
		return false
	})
}

// disputed reports that the event's sentence, the headline or the lead speaks of a
// dispute or of a mediator: diplomats also meet as friends.
func (r *reader) disputed(e *event) bool {
	return r.atTop(e, func(s *sentence) bool {
		return s.marks&aDispute != 0 || s.classes.any(of(cMediating, cSanction))
	})
}

// atTop reports whether something holds of the event's sentence, the headline or the
// lead.
func (r *reader) atTop(e *event, holds func(*sentence) bool) bool {
	for i := range r.sentences {
		if s := &r.sentences[i]; (s.order <= 2 || s == e.s) && holds(s) {
			return true
		}
	}
	return false
}

// An actorNumber stands for the id of an actor who has a part in a configured
// negotiation.
type actorNumber int32

// A cast is who has a part in a negotiation.
type cast struct{ parties, mediators []actorNumber }

// cast numbers the actors of all negotiations, and files these by their parties.
func (e *Engine) cast() {
	e.actorNumbers, e.statesByTitle = map[string]actorNumber{}, map[string]string{}
	number := func(ids []string) (out []actorNumber) {
		for _, id := range ids {
			a, ok := e.actorNumbers[id]
			if !ok {
				a = actorNumber(len(e.actorNumbers))
				e.actorNumbers[id] = a
				e.partyTo = append(e.partyTo, nil)
			}
			out = append(out, a)
		}
		return out
	}
	for i := range e.negotiations {
		c := cast{number(e.negotiations[i].Parties), number(e.negotiations[i].Mediators)}
		e.casts = append(e.casts, c)
		for _, id := range slices.Concat(e.negotiations[i].Parties, e.negotiations[i].Mediators) {
			if title, kind, ok := e.actors.Title(id); ok && kind == actors.State {
				e.statesByTitle[title] = id
			}
		}
		for _, a := range c.parties {
			if !slices.Contains(e.partyTo[a], i) {
				e.partyTo[a] = append(e.partyTo[a], i)
			}
		}
	}
}
