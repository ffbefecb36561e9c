package read

import (
	"slices"

	"parley/internal/actors"
	"parley/internal/news"
	"parley/internal/text"
)

// sided gives a person whose phrase names no side the side that acts in the
// event, or else the one that the sentence puts first.
func (r *reader) sided(e *event, u utterance) utterance {
	if id := r.accuser(e, u); id != "" {
		u.who.id, u.who.inferred = id, false
		return u
	}
	if w := r.spokesOf(u); w.id != "" {
		u.who.id, u.who.inferred, u.who.mediates = w.id, false, u.who.mediates || w.mediates
		return u
	}
	if id := r.spokenFor(u); id != "" {
		u.who.id, u.who.inferred = id, false
		return u
	}
	if n := r.negotiation(e); u.found && u.who.mediates && u.who.office == "mediator" && n != nil && len(n.Parties) == 2 && slices.Contains(n.Parties, u.who.id) {
		u.who.id = r.mediatorNear(e, u) // "Iran and US negotiators to return to Muscat, mediator says"
		return u
	}
	if u.found && u.p.cleric(u.who.from) && (u.who.id == "" || u.who.inferred) {
		u.who.id, u.who.inferred, u.who.mediates = "", false, true // "Bishop Lokuru announced that the government and the rebels": of neither side
		if slices.Contains(r.order, holySee) {
			u.who.id = holySee
		}
		return u
	}
	if side := r.knownSide(u); side.id != "" && u.found && (u.who.id == "" || u.who.inferred) {
		u.who.id, u.who.inferred, u.who.mediates = side.id, false, u.who.mediates || side.mediates
		return u
	}
	if id := r.groupOf(e, u); id != "" {
		u.who.id, u.who.inferred = id, false
		return u
	}
	if r.english && u.found && u.who.body && u.who.inferred && !u.p.title {
		from := u.p.t.Sentences[u.p.t.Tokens[u.who.from].Sentence].From
		if list := u.p.whoIn(from, u.who.from); len(list) > 1 && list[0].id == u.who.id && list[0].from <= from+2 && !list[0].place && !list[0].dateline {
			return u // "The Sultanate of Oman has delivered a message, the foreign ministry said"
		}
	}
	if !u.found || u.who.id != "" && !u.who.inferred && !u.p.is(u.who.from, aPossessive) {
		return u
	}
	if id := r.commission(u); id != "" && (u.who.id == "" || u.who.inferred) {
		u.who.id, u.who.inferred = id, false
		return u
	}
	if _, kind, ok := r.actors.Title(u.who.id); u.who.inferred || ok && kind == actors.Organisation || !r.english {
		if id := r.possessor(u); id != "" { // "its UN representative", not "its American chair"
			u.who.id = id
			return u
		}
	}
	if u.who.id != "" && !u.who.inferred {
		return u
	}
	if id := r.inCapital(u); id != "" {
		u.who.id = id
		return u
	}
	if id := r.answersOther(e); id != "" {
		u.who.id = id
		return u
	}
	if id := r.home(); id != "" {
		u.who.id = id
		return u
	}
	if u.who.mediates {
		u.who.id = r.mediatorNear(e, u)
		return u
	}
	if id := r.written(); id != "" && u.p.ownerless(u.who.from, u.who.to) && r.hasPart(e, id) && !r.heardOtherwise(u, id) {
		u.who.id = id // "Tehran, IRNA – …, Foreign Ministry spokesman Baqeri said"
		return u
	}
	if performs(e.kind) && !r.english && e.kind != news.MessageConveyed && e.kind != news.ViolationAlleged {
		if by := r.subject(e); by.found && by.who.id != "" && !by.who.inferred {
			u.who.id = by.who.id
			return u
		}
	}
	if n := r.negotiation(e); n != nil && u.p.ownerless(u.who.from, u.who.to) {
		if id := r.homeSide(e, n); id != "" {
			u.who.id = id // "the negotiations with the United States …, foreign ministry spokesman Daneshvar said", in Tehran
			return u
		}
		if id := r.outletState(); r.english && slices.Contains(n.Mediators, id) && !u.p.namesOther(u.who.from, id) && !r.heardOtherwise(u, id) {
			u.who.id = id // "the foreign ministry announced", in Muscat
			return u
		}
	}
	if id := r.homeland(); id != "" && (u.who.office != "" || u.who.body) && !u.p.namesOther(u.who.from, id) {
		u.who.id = id
		return u
	}
	if id := r.sameBody(u); id != "" {
		u.who.id = id // "to Iran's foreign ministry on Saturday, ministry spokesman Ahadi confirmed"
		return u
	}
	if performs(e.kind) {
		if by := r.subject(e); by.found && by.who.id != "" && !by.who.inferred {
			u.who.id = by.who.id
			return u
		}
	}
	if id := r.bySideOfTitle(e, u); id != "" {
		u.who.id = id // "…, Delhi says", and the lead: "Foreign Secretary Raghavan told parliament"
		return u
	}
	if id := r.written(); id != "" && u.who.id == "" && u.who.office != "" && r.otherSide(e, u, id) {
		u.who.id = id // "BOGOTÁ — … peace commissioner Quintero announced"
		return u
	}
	if id := r.written(); id != "" && u.who.name != "" && u.who.office != "" && r.betweenThem(e, id) {
		u.who.id = id // "KUALA LUMPUR: … Home Minister Rosli Hamdan said", of the country that mediates
		return u
	}
	if id := r.echo(u); id != "" {
		u.who.id = id
		return u
	}
	if o := r.introduced(u); o.id != "" { // "a deputy minister said. … , Dr Mazrouei told"
		u.who.id, u.who.mediates = o.id, u.who.mediates || o.mediates
		return u
	}
	s := u.p.t.Sentences[u.p.t.Tokens[u.who.from].Sentence]
	// "the Malaysian foreign ministry's secretary for Asean affairs, Z. Daud"
	for list, k := u.p.whoIn(s.From, u.who.from), 0; k < len(list); k++ {
		w := list[len(list)-1-k]
		if u.who.from-w.to > 9 {
			break
		}
		if w.id != "" && (w.body || w.demonym) && !w.place && !w.dateline && !w.inferred && !u.p.verbs(w.to, u.who.from) && u.p.next(w.to, u.who.from, of(cHave, cAccept, cReject)) >= u.who.from {
			u.who.id = w.id
			return u
		}
	}
	if id := r.evenHanded(e, u); id != "" {
		u.who.id = id
		return u
	}
	if n := r.negotiation(e); r.english && n != nil && u.who.office == "envoy" && u.who.id == "" && u.who.name != "" && slices.Contains(n.Mediators, "united-nations") && slices.Contains(r.order, "united-nations") {
		u.who.id = "united-nations" // "Deputy Special Representative Keita said", and below: "according to the UN official"
		return u
	}
	if id := r.realm(e, u); id != "" {
		u.who.id = id
		return u
	}
	if id := r.soleMediator(e); id != "" && u.who.person && u.who.name != "" && e.kind == news.TalksScheduled && (u.who.id == "" || u.who.inferred) {
		u.who.id = id // "… will sit down on Sunday, Nasra Al Ghafri said. Oman has mediated between them"
		return u
	}
	if id := r.written(); r.english && id != "" && performs(e.kind) && (u.who.id == "" || u.who.inferred) && u.who.name != "" && r.party(e, id) && !r.heardOtherwise(u, id) {
		u.who.id = id // "PRISTINA — … Deputy Prime Minister Arta Gashi said", of a paper on Serbian documents
		return u
	}
	if id := r.across(e, u); id != "" {
		u.who.id = id // "the mood in the talks with Ukraine is heavy, ombudsman Tyurina said"
		return u
	}
	if n := r.negotiation(e); r.english && n != nil && r.bothNamedAs(u.p, s.From, s.To, n, u.p.sideBySide) {
		if id := r.onlyMediator(n); id != "" && e.kind == news.TalksScheduled && (u.who.id == "" || u.who.inferred && u.who.office != "") {
			u.who.id = id
			return u // "talks between Iran and the US begin on Tuesday, spokesperson Malik said", and the hotel is in Islamabad
		}
		if u.who.id == "" {
			return u // "Hochstein says Israel, Lebanon to start talks": of neither
		}
	}
	if u.who.id != "" {
		return u // as concluded from the dateline or from who was named before
	}
	met := 0 // to whom somebody is said to have spoken
	for _, w := range u.p.whoIn(s.From, s.To) {
		if w.id != "" && !w.place && !w.dateline && !w.anon && !w.inferred && w.from != u.who.from {
			if r.english && w.from > u.who.to && u.p.with(u.who.to, w.from) {
				met++
				continue
			}
			u.who.id = w.id
			return u
		}
	}
	if met > 1 { // "spoke with the foreign ministers of the Congo and of Rwanda": who stands between them
		if e.kind == news.TalksScheduled {
			u.who.id, u.who.mediates = r.mediatorNear(e, u), true
		}
		return u
	}
	if u.who.id == "" {
		for _, w := range e.s.p.whoIn(e.s.from, e.s.to) {
			if w.id != "" && !w.place && !w.dateline && !w.anon {
				u.who.id = w.id
				return u
			}
		}
	}
	return u
}

// bySideOfTitle finds whose the office is that speaks first in the lead and is nobody's: that of
// the side which says in the headline what is told.
func (r *reader) bySideOfTitle(e *event, u utterance) string {
	n := r.negotiation(e)
	if !r.english || n == nil || u.p.title || u.who.name == "" || u.who.office == "" || int(u.p.t.Tokens[u.who.from].Sentence) > 0 {
		return ""
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 0 {
			break
		}
		if v := r.voice(s); v.found && !v.weak && v.who.id != "" && !v.who.inferred && v.who.name == "" && takesPart(n, v.who.id) {
			return v.who.id
		}
	}
	return ""
}

// knownSide finds whose a person is by another sentence that says so: "… , Barnabas
// Kiprop said. Kiprop, Kenya's chief mediator, …".
func (r *reader) knownSide(u utterance) who {
	if !u.found || u.who.name == "" {
		return who{}
	}
	name := r.surname(u)
	for i := range r.heard {
		if o := &r.heard[i]; o.found && o.who.name != "" && o.who.id != "" && !o.who.inferred && !o.who.former && r.surname(*o) == name {
			return o.who
		}
	}
	return who{}
}

// accuser finds whose "the ministry" is that speaks of a breach: not that of the
// side which acts in the sentence.
func (r *reader) accuser(e *event, u utterance) string {
	n := r.negotiation(e)
	if !r.english || e.kind != news.ViolationAlleged || n == nil || len(n.Parties) != 2 || u.who.name != "" || !u.p.onlyOffice(u.who.from, u.who.to) {
		return ""
	}
	for _, w := range u.p.whoIn(e.s.from, e.s.to) {
		if w.id == "" || w.dateline || w.from == u.who.from {
			continue
		}
		for k, id := range n.Parties {
			if w.id == id {
				return n.Parties[1-k]
			}
		}
		return ""
	}
	return ""
}

// others reports a person who elsewhere speaks for somebody else than actor id.
func (r *reader) others(u utterance, id string) bool {
	side := r.knownSide(u)
	return side.id != "" && side.id != id
}

// onlyTopic reports a state that has no part in the event's negotiation: before a
// colon it says what the headline is about.
func (r *reader) onlyTopic(e *event, id string) bool {
	n := r.negotiation(e)
	return n != nil && len(n.Parties) > 0 && !takesPart(n, id)
}

// written is the state of the text's dateline.
func (r *reader) written() string {
	for _, w := range r.text.who {
		if w.dateline {
			if w.id == "" && w.venue != "" { // Jeddah is no capital
				return r.statesByTitle[landOf(w.venue)]
			}
			return w.id
		}
		if r.text.t.Tokens[w.from].Sentence > 0 {
			break
		}
	}
	return ""
}

// with reports "spoke today with the foreign ministers of": what stands behind tokens
// [from,to) is whom somebody meets.
func (p *part) with(from, to int) bool {
	for k := from; k < to; k++ {
		if w := p.t.Tokens[k].Norm; w == "with" || w == "to" && k > from && (p.t.Tokens[k-1].Norm == "spoke" || p.t.Tokens[k-1].Norm == "talked") {
			return true
		}
		if p.t.Tokens[k].Gap&(parts&^text.Comma) != 0 {
			return false
		}
	}
	return false
}

// otherSide reports that a speaker's sentence names nobody but the other party of
// actor id's negotiation: then "the commissioner" is that of id.
func (r *reader) otherSide(e *event, u utterance, id string) bool {
	n := r.negotiation(e)
	if n == nil || !slices.Contains(n.Parties, id) {
		return false
	}
	s, other := u.p.t.Sentences[u.p.t.Tokens[u.who.from].Sentence], false
	for _, w := range u.p.whoIn(s.From, s.To) {
		if w.id == "" || w.place || w.dateline {
			continue
		}
		if w.id == id || !slices.Contains(n.Parties, w.id) {
			return false
		}
		other = true
	}
	return other
}

// party reports that actor id is a party to the event's negotiation.
func (r *reader) party(e *event, id string) bool {
	n := r.negotiation(e)
	return n != nil && slices.Contains(n.Parties, id)
}

// hasPart reports that the event's negotiation has a part for actor id.
func (r *reader) hasPart(e *event, id string) bool {
	n := r.negotiation(e)
	return n != nil && takesPart(n, id)
}

// heardOtherwise reports that a body or office of the same kind as u has spoken before
// for somebody else than actor id.
func (r *reader) heardOtherwise(u utterance, id string) bool {
	for i := range r.heard {
		o := &r.heard[i]
		if o.found && o.who.id != "" && !o.who.inferred && o.who.id != id && (o.who.body || o.who.person) && o.p == u.p && o.who.from < u.who.from {
			return true
		}
	}
	return false
}

// across finds whose somebody is who speaks of "talks with X" and of nobody else: the
// other party's.
func (r *reader) across(e *event, u utterance) string {
	n := r.negotiation(e)
	if !r.english || n == nil || len(n.Parties) != 2 || u.who.id != "" && !u.who.inferred {
		return ""
	}
	p, with := u.p, ""
	s := p.t.Sentences[p.t.Tokens[u.who.from].Sentence]
	for _, w := range p.whoIn(s.From, s.To) {
		if w.id == "" || w.place || w.dateline || w.from == u.who.from || !slices.Contains(n.Parties, w.id) {
			continue
		}
		k := p.beforeArticle(w.from, s.From)
		if with != "" && with != w.id || k <= s.From || p.t.Tokens[k].Norm != "with" || p.left(k, s.From, 3, of(cTalks, cMeeting)) < 0 {
			return ""
		}
		with = w.id
	}
	switch with {
	case n.Parties[0]:
		return n.Parties[1]
	case n.Parties[1]:
		return n.Parties[0]
	}
	return ""
}

// realm finds the state of "the kingdom's ambassador": the one mediator that is ruled so.
func (r *reader) realm(e *event, u utterance) string {
	n := r.negotiation(e)
	if !r.english || n == nil || u.who.from == 0 {
		return ""
	}
	var states []string
	switch u.p.t.Tokens[u.who.from-1].Norm {
	case "kingdom":
		states = []string{"saudi-arabia", "jordan", "morocco", "bahrain"}
	case "sultanate":
		states = []string{"oman"}
	case "emirate":
		states = []string{"qatar", "kuwait", "united-arab-emirates"}
	}
	only := ""
	for _, id := range states {
		if slices.Contains(r.order, id) && !slices.Contains(n.Parties, id) {
			if only != "" {
				return ""
			}
			only = id
		}
	}
	return only
}
