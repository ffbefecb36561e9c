package read

import (
	"slices"

	"parley/internal/news"
	"parley/internal/text"
)

// spokenTo corrects who speaks where that is the very side that is spoken to or accused, only
// because no other is named: "Whitlock gives Japan until November 1", "Army: Cambodian mine
// breaches ceasefire", "dairy is what holds up the talks with the US, minister says".
func (r *reader) spokenTo(e *event, u utterance) utterance {
	n := r.negotiation(e)
	if n == nil || !u.found || u.p == nil || !r.english && e.kind != news.Denial {
		return u
	}
	if id := r.byStateMedia(e, u); r.english && id != "" {
		u.who = who{id: id, from: u.who.from, to: u.who.to}
		return u
	}
	if id := r.protester(e, n); r.english && id != "" && id != u.who.id {
		return r.personOf(e, utterance{who: who{id: id}, p: &r.title, found: true})
	}
	if r.english && r.proposer(e, u) {
		if list := e.s.p.whoIn(e.s.from, e.trigger); len(list) > 0 && slices.Contains(n.Parties, list[0].id) && !list[0].place {
			return r.personOf(e, utterance{who: list[0], p: e.s.p, found: true})
		}
		if len(n.Parties) == 1 {
			u.who = who{id: n.Parties[0], from: u.who.from, to: u.who.from}
			return u
		}
		return utterance{joint: true, p: u.p}
	}
	if r.english && e.kind == news.MediationOffered && u.who.name != "" && slices.Contains(n.Parties, u.who.id) && !r.owns(u) {
		if by := r.subject(e); by.found && by.who.id != "" && !by.who.inferred && !slices.Contains(n.Parties, by.who.id) {
			u.who.id, u.who.inferred, u.who.mediates = by.who.id, false, true // "Prince Turki told a news conference in the Ethiopian capital"
			return u
		}
	}
	k := slices.Index(n.Parties, u.who.id)
	if k < 0 && e.kind == news.Denial && u.who.id != "" && r.english {
		if by := r.subject(e); (r.faced(e, n) == u.who.id || e.s.p.title && !u.p.title) && by.found && slices.Contains(n.Parties, by.who.id) {
			u.who.id, u.who.inferred, u.who.mediates = by.who.id, false, false // "denied that it had agreed to return, as Turkey said"
		}
		return u
	}
	if k < 0 || len(n.Parties) != 2 || r.faced(e, n) != u.who.id || r.owns(u) {
		return u
	}
	if e.kind == news.ProposalMade || sanctions(e.kind) {
		return utterance{joint: true, p: u.p} // it may be anybody else's
	}
	other := n.Parties[1-k]
	if u.who.name == "" && slices.ContainsFunc(u.p.whoIn(u.who.from, u.who.to), func(w who) bool { return w.id == u.who.id }) {
		u.who = who{id: other, from: u.who.from, to: u.who.to}
		return r.personOf(e, u)
	}
	u.who.id, u.who.inferred = other, false
	return u
}

// protester finds who protests against a breach in the headline: "Phnom Penh protests over
// razor wire".
func (r *reader) protester(e *event, n *news.Negotiation) string {
	if e.kind != news.ViolationAlleged || len(r.title.who) == 0 {
		return ""
	}
	p, w := &r.title, r.title.who[0]
	if w.from != 0 || w.to >= len(p.t.Tokens) || !slices.Contains(n.Parties, w.id) {
		return ""
	}
	switch p.t.Tokens[w.to].Norm {
	case "protests", "protest", "protested", "accuses", "complains", "alleges":
		return w.id
	}
	return ""
}

// proposer reports that who is said to answer is the one whose proposal it is: "turned down the
// committee proposed by the UN envoy".
func (r *reader) proposer(e *event, u utterance) bool {
	if e.kind != news.ProposalRejected && e.kind != news.ProposalAccepted || u.who.to <= u.who.from {
		return false
	}
	k := u.who.from - 1
	return k > 0 && u.p.t.Tokens[k].Norm == "by" && proposes(u.p.t.Tokens[k-1].Norm) ||
		u.who.demonym && u.who.to < len(u.p.t.Tokens) && u.p.has(u.who.to, cProposal) // "will not take up Turkish offer"
}

// proposes reports a participle behind which stands whose proposal something is.
func proposes(w string) bool {
	switch w {
	case "proposed", "drafted", "tabled", "suggested", "presented", "offered", "submitted", "mediated", "drawn":
		return true
	}
	return false
}

// byStateMedia finds whose news agency it is that tells what its state does: "Muscat to host
// Saudi-Houthi round on Saturday, state news agency says".
func (r *reader) byStateMedia(e *event, u utterance) string {
	p, s := e.s.p, e.s
	last := s.to - 1
	if !p.title || !p.has(last, cSaid) || u.who.name != "" {
		return ""
	}
	list := p.whoIn(s.from, s.to)
	if len(list) == 0 || list[0].from != s.from || list[0].place || !r.state(list[0].id) || list[0].id == u.who.id {
		return ""
	}
	for k := max(s.from, last-3); k < last; k++ {
		if p.t.Tokens[k].Norm == "state" && p.t.Tokens[k].Gap&text.Comma != 0 {
			return list[0].id
		}
	}
	return ""
}

// owns reports that the words of who speaks say for which side: "the Iranian minister".
func (r *reader) owns(u utterance) bool {
	if u.who.name == "" && u.who.office == "" && !u.who.body {
		return false // a side and no more, which may be the one that is spoken to
	}
	from := max(u.p.t.Sentences[u.p.t.Tokens[u.who.from].Sentence].From, u.who.from-3)
	return slices.ContainsFunc(u.p.whoIn(from, u.who.to), func(w who) bool {
		return w.id == u.who.id && !w.inferred && !w.person && !w.place && (w.demonym || w.from >= u.who.from || u.p.t.Tokens[w.to-1].Flags&text.Possessive != 0)
	})
}

// faced finds the one party to which an ultimatum is put, that is accused of a breach, or with
// which somebody has the talks that are told of, in the headline, the lead or the event's own sentence.
func (r *reader) faced(e *event, n *news.Negotiation) string {
	one := ""
	if id := r.claimed(e); id != "" {
		return id
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 1 && s != e.s {
			continue
		}
		for _, w := range s.p.whoIn(s.from, s.to) {
			if w.dateline || !slices.Contains(n.Parties, w.id) {
				continue
			}
			if !s.p.confronts(&w, s, e) {
				if e.kind != news.Ultimatum && e.kind != news.ViolationAlleged && e.kind != news.ProposalMade && !sanctions(e.kind) && r.english && w.id != one && !w.place && !s.p.toldTo(&w, s.from) {
					return "" // both are named
				}
				continue
			}
			if one != "" && one != w.id {
				return ""
			}
			one = w.id
		}
		if one != "" && e.kind == news.Denial {
			return one
		}
	}
	return one
}

// claimed finds who said in public what is denied.
func (r *reader) claimed(e *event) string {
	for i := 0; i < len(r.sentences) && e.kind == news.Denial && r.english; i++ {
		s := &r.sentences[i]
		if s.order > 1 && s != e.s || !s.classes.has(cDeny) {
			continue
		}
		list := s.p.whoIn(s.from, s.to)
		for k := range list {
			if !list[k].dateline && s.p.claims(&list[k], s) {
				return list[k].id
			}
		}
	}
	return ""
}

// claims reports whose statement is denied: "denies Thai claim", "denied a statement by
// Thailand's defence minister".
func (p *part) claims(w *who, s *sentence) bool {
	claim := func(k int) bool {
		switch p.t.Tokens[k].Norm {
		case "claim", "claims", "statement", "allegation", "allegations", "accusation", "accusations", "assertion", "charge", "charges":
			return true
		}
		return false
	}
	if w.to < s.to && (w.demonym || p.t.Tokens[w.to-1].Flags&text.Possessive != 0) && claim(w.to) {
		return true
	}
	k := p.beforeArticle(w.from, s.from)
	return k > s.from && p.t.Tokens[k].Norm == "by" && claim(k-1) || k >= s.from && p.t.Tokens[k].Norm == "as" && p.next(w.to, min(s.to, w.to+4), of(cSaid)) < min(s.to, w.to+4) // "as Turkey said"
}

// toldTo reports whom somebody tells something: "told the Rajya Sabha".
func (p *part) toldTo(w *who, from int) bool {
	k := p.beforeArticle(w.from, from)
	return k >= from && p.t.Tokens[k].Norm == "told"
}

// confronts reports that an event is put to, or said against, whom w names.
func (p *part) confronts(w *who, s *sentence, e *event) bool {
	before := w.from - 1
	for before > s.from && (p.is(before, anArticle) || p.is(before, anAdverb) || rise(p.t.Tokens[before].Norm)) {
		before--
	}
	switch e.kind {
	case news.Ultimatum:
		if before >= s.from {
			switch p.t.Tokens[before].Norm {
			case "gives", "gave", "given", "give", "giving", "warns", "warned", "threatens", "threatened", "orders", "ordered":
				return true
			case "to", "for":
				if before > s.from && (p.t.Tokens[before-1].Norm == "ultimatum" || p.t.Tokens[before-1].Norm == "deadline") {
					return true
				}
			}
		}
		if w.demonym || w.to+1 >= s.to {
			return false
		}
		switch p.t.Tokens[w.to].Norm {
		case "must":
			return true
		case "has", "have", "had":
			return p.t.Tokens[w.to+1].Norm == "until" || p.t.Tokens[w.to+1].Norm == "to" || p.t.Tokens[w.to+1].Flags&text.Number != 0
		}
	case news.ViolationAlleged:
		if s != e.s || !p.has(e.trigger, cViolate) || w.to > e.trigger || p.next(w.to, e.trigger, of(cSaid)) < e.trigger || p.nextWord(w.to, e.trigger, "accuses", "accused", "accusing", "alleges", "blames", "blamed", "charged", "protests", "protested") < e.trigger {
			return false
		}
		return w.from > s.from // who stands first may well be who says so
	case news.SanctionsEased, news.SanctionsImposed: // "penalties on Pristina removed"
		return before > s.from && (p.t.Tokens[before].Norm == "on" || p.t.Tokens[before].Norm == "against") && p.left(before, s.from, 2, of(cSanction)) >= 0
	case news.ProposalMade: // "Sudan's generals have been offered a pause"
		for k := w.to; k+2 < min(s.to, w.to+4); k++ {
			if t := p.t.Tokens[k].Norm; (t == "has" || t == "have") && p.t.Tokens[k+1].Norm == "been" && (p.has(k+2, cOffer) || p.has(k+2, cPropose) || p.has(k+2, cConvey)) {
				return true
			}
		}
	case news.Denial:
		if !p.english {
			return before >= s.from && withWord(p.t.Tokens[before].Norm) || w.to < s.to && p.t.Tokens[w.to].Norm == "سي" // Urdu puts it behind
		}
		fallthrough
	default:
		return before > s.from && p.t.Tokens[before].Norm == "with" && p.left(before, s.from, 3, of(cTalks, cMeeting)) >= 0
	}
	return false
}

// denier finds the person right before a verb of denying, here or in the lead, who is of no
// side by name: "Information Minister Faisal Wattoo on Sunday denied a report".
func (r *reader) denier(e *event) utterance {
	for i := range r.found {
		o := &r.found[i]
		if !r.english || e.kind != news.Denial || o.kind != e.kind || o.s != e.s && o.s.order > 1 {
			continue
		}
		p := o.s.p
		list := p.whoIn(o.s.from, o.trigger)
		if len(list) == 0 {
			continue
		}
		w, k := list[len(list)-1], o.trigger
		for k > w.to && (p.dated(k-1) || p.is(k-1, anAdverb) || p.is(k-1, aPreposition)) {
			k--
		}
		if w.person && k == w.to {
			return utterance{who: w, p: p, found: true}
		}
	}
	return utterance{}
}

// conductor reads "to start AU-mediated talks on Tuesday, commissioner says": of those whose talks
// they are.
func (r *reader) conductor(e *event) utterance {
	p, s := e.s.p, e.s
	if !r.english || e.kind != news.TalksScheduled || !p.title || !p.has(s.to-1, cSaid) {
		return utterance{}
	}
	list := p.whoIn(s.from, s.to)
	for k := range list {
		if list[k].id != "" && p.conducts(&list[k], s.to) {
			w := list[k]
			w.mediates = true
			return utterance{who: w, p: p, found: true}
		}
	}
	return utterance{}
}
