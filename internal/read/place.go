package read

import (
	"slices"

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
	}
	return e.s.negotiation
}

// place chooses the negotiation most of whose parties stand nearest to an event.
func (r *reader) place(e *event) *news.Negotiation {
	var best *news.Negotiation
	bestScore := float32(0)
	list, row := r.candidates(), r.standing(e.s)
	for _, i := range list {
		n, who := &r.negotiations[i], &r.casts[i]
		called := r.called[i]
		sum, near := float32(0), 0
		for _, a := range who.parties {
			v := r.stands(row, a)
			if v >= 1 {
				near++
			}
			sum += v
		}
		if near < 2 && !called && !(near == 1 && !r.bareMeeting(e, n) && r.uniquely(e, i)) || near < 2 && r.paired(e, n) {
			continue
		}
		score := sum / float32(max(2, len(n.Parties)))
		for _, a := range who.mediators {
			if r.stands(row, a) >= 1 {
				score += .25
				break
			}
		}
		if called && near >= 1 {
			score += 2.5
		} else if called {
			score += 1
		}
		if r.goesBetween(e, n) {
			score--
		}
		if r.leading(e, n) {
			score += .6
		}
		if len(n.Parties) > 2 && near < len(n.Parties) {
			// of several parties the one whose file it is must be there
			if r.stands(row, who.parties[0]) < .8 && !called {
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
		for k := range r.negotiations {
			n := &r.negotiations[k]
			if n == found || countIn(list, n.Parties) < 2 || !r.betweenStates(n) && r.countries(e) {
				continue
			}
			if found != nil {
				return nil
			}
			found = n
		}
	}
	if found == nil {
		return nil
	}
	for _, list := range [...][]who{e.s.p.whoIn(e.s.from, e.s.to), r.title.who} {
		for _, w := range list {
			if w.id != "" && !w.place && !w.dateline && !slices.Contains(found.Parties, w.id) && !slices.Contains(found.Mediators, w.id) && !slices.Contains(found.Hosts, w.id) && !slices.Contains(found.Guarantors, w.id) {
				return nil
			}
		}
	}
	return found
}

// calledByName reports that the item calls a negotiation by its own name.
func (r *reader) calledByName(n *news.Negotiation) bool {
	if n == nil {
		return false
	}
	for i := range r.negotiations {
		if n == &r.negotiations[i] {
			return r.called[i]
		}
	}
	return false
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
			if in, out := slices.Contains(n.Parties, a.id), slices.Contains(n.Parties, b.id); in != out && r.state(a.id) && r.state(b.id) {
				return true
			}
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

// uniquely reports that the only party of negotiation i that is named, together
// with a mediator of it, fits no other negotiation.
func (r *reader) uniquely(e *event, i int) bool {
	n, who, row := &r.negotiations[i], &r.casts[i], r.standing(e.s)
	party, id, others := actorNumber(-1), "", 0
	for k, a := range who.parties {
		if r.stands(row, a) >= 2 {
			party, id = a, n.Parties[k]
		}
	}
	if party < 0 {
		return false
	}
	for _, o := range r.partyTo[party] {
		if o != i {
			others++
		}
	}
	if _, kind, ok := r.actors.Title(id); ok && kind == actors.Group && others == 0 {
		return true // who fights for one thing talks of nothing else
	}
	for _, w := range e.s.p.whoIn(e.s.from, e.s.to) { // it deals with somebody else
		if sanctions(e.kind) && others == 0 && r.tied(e) {
			break // who lays sanctions on a party has no part in its talks
		}
		if w.id != "" && !w.place && !w.dateline && !slices.Contains(n.Parties, w.id) && !slices.Contains(n.Mediators, w.id) && !slices.Contains(n.Hosts, w.id) && !slices.Contains(n.Guarantors, w.id) {
			return false
		}
	}
	if others == 0 {
		return !r.english || r.conflict(e)
	}
	if others > 2 {
		return false
	}
	mediator := false
	for _, a := range who.mediators {
		mediator = mediator || r.stands(row, a) >= 2
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

// conflict reports that the event's sentence, the headline or the lead speaks of a
// dispute or of diplomacy: not all talks of Colombia's are those with its guerrillas.
func (r *reader) conflict(e *event) bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 2 && s != e.s {
			continue
		}
		if s.p.marked(s.from, s.to, aDispute)+s.p.marked(s.from, s.to, aDiplomatic) > 0 || s.p.count(s.from, s.to, cMediating) > 0 {
			return true
		}
	}
	return false
}

// disputed reports that the event's sentence, the headline or the lead speaks of a
// dispute or of a mediator: diplomats also meet as friends.
func (r *reader) disputed(e *event) bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 2 && s != e.s {
			continue
		}
		if s.p.marked(s.from, s.to, aDispute)+s.p.count(s.from, s.to, cMediating)+s.p.count(s.from, s.to, cSanction) > 0 {
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
	e.actorNumbers = map[string]actorNumber{}
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
		for _, a := range c.parties {
			if !slices.Contains(e.partyTo[a], i) {
				e.partyTo[a] = append(e.partyTo[a], i)
			}
		}
	}
}

// A processName is a name of a negotiation itself: "Doha process".
type processName struct {
	negotiation int
	rest        []text.Token // behind its first word
}

// processNames files the names of negotiations by their first words.
func processNames(list []news.Negotiation) map[string][]processName {
	out := map[string][]processName{}
	for i := range list {
		for _, name := range list[i].Names {
			tokens := text.New(name).Tokens
			if len(tokens) == 0 {
				continue
			}
			out[tokens[0].Norm] = append(out[tokens[0].Norm], processName{i, tokens[1:]})
		}
	}
	return out
}

// A calling is where an item calls the sides of a negotiation by its name: "the 5+5
// commission", "the Cypriot leaders"; not "Gibraltar".
type calling struct {
	p  *part
	at int
}

// callsSides reports that sentence s calls the sides of a negotiation by its name.
func (r *reader) callsSides(s *sentence) bool {
	return slices.ContainsFunc(r.calls, func(c calling) bool { return c.p == s.p && s.from <= c.at && c.at < s.to })
}

// call notes which negotiations the item calls by their own names.
func (r *reader) call() {
	r.called = append(r.called[:0], make([]bool, len(r.negotiations))...)
	r.calls = r.calls[:0]
	for _, p := range []*part{&r.title, &r.text} {
		tokens := p.t.Tokens
		for i := range tokens {
			if p.words[i].page&beginsName == 0 {
				continue
			}
		names:
			for _, n := range r.names[tokens[i].Norm] {
				if i+len(n.rest) >= len(tokens) {
					continue
				}
				for k := range n.rest {
					w, t := &n.rest[k], &tokens[i+1+k]
					if t.Norm != w.Norm || w.Gap&text.Space == 0 && t.Gap != w.Gap {
						continue names // "5.5" is not "5+5"
					}
				}
				if before := p.whoIn(max(0, i-2), i+1); len(before) > 0 {
					if w := before[len(before)-1]; w.from < i && w.to > i && !slices.Contains(r.negotiations[n.negotiation].Parties, w.id) {
						continue // "South Sudan talks" are not Sudan's
					}
				}
				r.called[n.negotiation] = true
				if last := i + len(n.rest); len(r.negotiations[n.negotiation].Parties) == 1 || p.has(last, cDelegation) && len(n.rest) > 0 {
					r.calls = append(r.calls, calling{p, i})
				}
			}
		}
	}
}
