package read

import (
	"slices"

	"parley/internal/news"
	"parley/internal/text"
)

// An utterance is who says what an event's sentence tells.
type utterance struct {
	who   who
	p     *part
	found bool
	anon  bool
	joint bool
}

// performs names the kinds whose actor is its own speaker: who rejects, says so.
func performs(k news.Kind) bool {
	switch k {
	case news.ProposalRejected, news.ProposalAccepted, news.ProposalMade, news.MediationOffered, news.SanctionsImposed, news.SanctionsEased,
		news.TalksCancelled, news.TalksSuspended, news.Denial, news.Ultimatum, news.ViolationAlleged, news.MessageConveyed:
		return true
	}
	return false
}

// speaker finds to whom an event is attributed: by its own sentence, else by
// the lead that tells it at length, else by who does it.
func (r *reader) speaker(e *event) utterance {
	own := r.inSentence(e.s)
	if own.found && own.who.person || own.joint {
		return r.sided(e, own)
	}
	lead := r.lead(e, own)
	if own.anon && !own.found {
		// "a US official says" in the headline, and the lead names the official
		if own.who.id != "" && lead.found && lead.who.person && lead.who.id == own.who.id {
			return lead
		}
		return r.sided(e, own)
	}
	switch {
	case lead.found && lead.who.person, !own.found && (lead.found || lead.anon || lead.joint):
		return r.sided(e, lead)
	case own.found:
		return r.sided(e, r.personOf(e, own))
	}
	if performs(e.kind) || e.acts {
		if u := r.subject(e); u.found {
			return r.sided(e, r.personOf(e, u))
		} else if u.joint {
			return u
		}
	}
	return r.sided(e, r.nearby(e))
}

// lead looks for an attribution in the sentences that tell a headline at
// length, or that stand right behind an event in the text.
func (r *reader) lead(e *event, own utterance) utterance {
	var best utterance
	for i := range r.sentences {
		s := &r.sentences[i]
		if s == e.s || s.order == 0 {
			continue
		}
		near := s.order <= 3 && e.s.order == 0 || s.order > e.s.order && s.order <= e.s.order+2 && e.s.order > 0
		if !near {
			continue
		}
		v := r.inSentence(s)
		if own.found && v.found && v.who.person && v.who.inferred && !v.who.mediates {
			v.who.id, v.who.inferred = own.who.id, false // nobody says whose side: that of the report
		}
		if own.found && !own.who.inferred && v.found && v.who.id != own.who.id && v.who.id != "" {
			continue // another voice
		}
		if v.found && v.who.person {
			return v
		}
		if !best.found && !best.anon && !best.joint {
			best = v
		}
	}
	return best
}

// sided gives a person whose phrase names no side the side that acts in the
// event, or else the one that the sentence puts first.
func (r *reader) sided(e *event, u utterance) utterance {
	if !u.found || u.who.id != "" && !u.who.inferred {
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
	if performs(e.kind) {
		if by := r.subject(e); by.found && by.who.id != "" && !by.who.inferred {
			u.who.id = by.who.id
			return u
		}
	}
	s := u.p.t.Sentences[u.p.t.Tokens[u.who.from].Sentence]
	// "the Malaysian foreign ministry's secretary for Asean affairs, Z. Daud"
	for list, k := u.p.whoIn(s.From, u.who.from), 0; k < len(list); k++ {
		w := list[len(list)-1-k]
		if u.who.from-w.to > 9 {
			break
		}
		if w.id != "" && (w.body || w.demonym) && !w.place && !w.dateline && !w.inferred && !u.p.verbs(w.to, u.who.from) {
			u.who.id = w.id
			return u
		}
	}
	for _, w := range u.p.whoIn(s.From, s.To) {
		if w.id != "" && !w.place && !w.dateline && !w.anon && !w.inferred && w.from != u.who.from {
			u.who.id = w.id
			return u
		}
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

// verbs reports a verb between tokens from and to, by its cue or its auxiliary.
func (p *part) verbs(from, to int) bool {
	for k := from; k < to; k++ {
		if q := p.cues[k]; q != nil && q.classes.any(of(cSaid, cBe, cHave, cHad, cWill, cWould, cMay, cTo, cReach, cReject, cAccept, cStart, cHold, cEnd)) {
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

// subject takes who acts in the trigger's clause as the speaker.
func (r *reader) subject(e *event) utterance {
	p := e.s.p
	list := p.whoIn(e.s.from, e.trigger)
	for k := len(list) - 1; k >= 0; k-- {
		w := list[k]
		if w.dateline || w.place || w.id == "" {
			continue
		}
		// "X's offer of talks was rejected by Y"
		if u := r.by(e); u.found {
			return u
		}
		if k > 0 && !list[k-1].place && list[k-1].id != "" && list[k-1].id != w.id && w.from-list[k-1].to <= 1 && p.t.Tokens[w.from].Gap&text.Hyphen == 0 {
			return utterance{joint: true} // "London, Paris and Berlin freeze assets"
		}
		return utterance{who: w, p: p, found: true}
	}
	return r.by(e)
}

// by reads "… by Y" behind a passive trigger.
func (r *reader) by(e *event) utterance {
	p := e.s.p
	for k := e.end; k < min(e.s.to, e.end+4); k++ {
		switch p.t.Tokens[k].Norm {
		case "by", "par", "por":
			return r.after(p, k+1, e.s.to, 5)
		}
	}
	return utterance{}
}

// nearby looks in the sentence before the event for who says it.
func (r *reader) nearby(e *event) utterance {
	for i := range r.sentences {
		if s := &r.sentences[i]; s.order > 0 && s.order == e.s.order-1 {
			return r.inSentence(s)
		}
	}
	return utterance{}
}

// personOf replaces a state or body that acts by the person who speaks for it
// elsewhere in the item.
func (r *reader) personOf(e *event, u utterance) utterance {
	if u.who.person {
		return u
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > max(e.s.order+4, 12) {
			break
		}
		if v := r.inSentence(s); v.found && v.who.person && v.who.id == u.who.id && v.who.name != "" {
			return v
		}
	}
	return u
}
