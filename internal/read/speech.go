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
	weak  bool // only a state before a colon: it may be the subject
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

// speaker finds who says or does what an event tells.
func (r *reader) speaker(e *event) utterance { return r.spokenTo(e, r.attributed(e)) }

// attributed finds to whom an event is attributed: by its own sentence, else by
// the lead that tells it at length, else by who does it. Where only a side is
// said to speak, it is whoever speaks for that side by name.
func (r *reader) attributed(e *event) utterance {
	own := r.voice(e.s)
	if own.found && own.weak && !r.english && !performs(e.kind) && r.onlyTopic(e, own.who.id) && !r.betweenThem(e, own.who.id) {
		own = utterance{} // "السودان: الجيش والدعم السريع يتفقان": what it is about
	}
	if own.found && own.weak && r.english && performs(e.kind) && r.onlyTopic(e, own.who.id) {
		if u := r.subject(e); u.found && u.who.id != own.who.id {
			own = u // "Sudan: US floats three-month truce"
		}
	}
	if own.found && own.weak && r.english {
		if u := r.topicThenActs(e, own); u.found {
			return r.personOf(e, u) // "DR Congo: Qatar reconvenes parties"
		}
	}
	if own.found && own.weak && r.english && e.kind == news.TalksScheduled && r.onlyTopic(e, own.who.id) && !r.betweenThem(e, own.who.id) {
		if lead := r.lead(e, utterance{}); lead.found && lead.who.person && lead.who.name != "" && lead.who.id != "" && !lead.who.inferred {
			return r.sided(e, lead) // "Western Sahara: envoy convenes round table", and who he is stands in the lead
		}
	}
	if own.found && own.weak && e.kind == news.TalksScheduled && e.s.p.title {
		n, lead := r.negotiation(e), r.lead(e, utterance{})
		if n != nil && lead.joint && r.english && slices.Contains(n.Parties, own.who.id) {
			return lead // "Georgia: next round on June 9", and the lead: said the co-chairs of the OSCE, EU and UN
		}
		if told := r.told(e); n != nil && told.found && told.who.id != own.who.id && r.betweenThem(e, told.who.id) && slices.Contains(n.Parties, own.who.id) {
			return r.personOf(e, r.sided(e, told)) // "Mali : reprise du dialogue le 29 mars", and the lead: says the ministry in Algiers
		}
		if n != nil && lead.found && !lead.who.inferred && r.betweenThem(e, lead.who.id) && !slices.Contains(n.Mediators, own.who.id) {
			return r.personOf(e, r.sided(e, lead)) // "Yemen: prisoner committee to meet in Muscat", and the lead: says the UN envoy
		}
	}
	if own.found && own.weak {
		if other := r.another(e, own); other.found {
			return r.sided(e, other)
		}
	}
	if own.found && own.who.person && own.who.name != "" || own.joint {
		return r.sided(e, own)
	}
	if own.anon && !own.found {
		// "a US official says" in the headline, and the lead names the official
		if lead := r.lead(e, own); own.who.id != "" && lead.found && lead.who.person && lead.who.name != "" && (lead.who.id == own.who.id || lead.who.id == "" || lead.who.inferred) {
			lead.who.id, lead.who.mediates = own.who.id, lead.who.mediates || own.who.mediates
			return lead
		}
		if told := r.told(e); r.english && told.found && told.who.id != "" && (own.who.id == "" || own.who.id == told.who.id) {
			return r.personOf(e, r.sided(e, told)) // "— diplomat", and the lead says which
		}
		return r.sided(e, r.unveiled(e, own))
	}
	if own.found {
		if own.who.id == "" || own.who.inferred { // the lead may say whose
			if told := r.told(e); told.found && told.who.id != "" {
				return r.personOf(e, r.sided(e, told))
			}
			if lead := r.lead(e, utterance{}); lead.found && lead.who.id != "" && (!lead.who.inferred || e.s.p.title && r.english && lead.who.name != "") && lead.who.person {
				lead.who.mediates = lead.who.mediates || own.who.mediates && own.who.name == "" // "a mediator said", and then who
				return r.personOf(e, lead)
			}
		}
		return r.personOf(e, r.sided(e, own))
	}
	if told := r.told(e); told.found || told.joint || told.anon { // "North Korea accepted it, the ministry in Seoul said"
		return r.personOf(e, r.sided(e, r.unveiled(e, told)))
	}
	if (performs(e.kind) || e.acts) && !(e.kind == news.MediationOffered && e.s.p.isInvited(e.trigger)) {
		if u := r.subject(e); u.found {
			if n := r.negotiation(e); n != nil && e.kind == news.ViolationAlleged {
				if id := r.homeSide(e, n); id != "" { // "The defence ministry said Armenian forces had opened fire", in Baku
					u.who = who{id: id, from: u.who.from, to: u.who.to}
					return r.personOf(e, u)
				}
			}
			if lead := r.lead(e, u); lead.found && lead.who.id == u.who.id {
				return r.personOf(e, lead)
			}
			return r.personOf(e, r.sided(e, u))
		} else if u.joint {
			return u
		}
	}
	if u := r.denier(e); u.found {
		return r.sided(e, u)
	}
	if u := r.dayGivenBy(e); u.found {
		return r.personOf(e, u)
	}
	if lead := r.lead(e, own); lead.found || lead.anon || lead.joint {
		return r.personOf(e, r.sided(e, r.unveiled(e, lead)))
	}
	if u := r.givenBy(e); u.found {
		return r.personOf(e, u)
	}
	if u := r.nearby(e); u.found || u.anon || u.joint {
		return r.personOf(e, r.sided(e, u))
	}
	if u := r.headlined(e); u.found {
		return r.personOf(e, r.sided(e, u))
	}
	if u := r.caller(e); u.found {
		return r.personOf(e, u)
	}
	if u := r.byPaper(e); u.found {
		return r.personOf(e, u)
	}
	if u := r.conductor(e); u.found {
		return u
	}
	return r.insider(e)
}

// unveiled finds the name of "a senior Turkish diplomat" where a sentence shortly
// behind gives it: whoever speaks next for the same side.
func (r *reader) unveiled(e *event, u utterance) utterance {
	if !u.anon || u.found || u.who.id == "" || u.p == nil || u.p.title {
		return u
	}
	at := int(u.p.t.Tokens[u.who.from].Sentence)
	for i := range r.sentences {
		s := &r.sentences[i]
		if d := int(s.p.t.Tokens[s.from].Sentence) - at; s.p != u.p || d < 1 || d > 2 {
			continue
		}
		if v := r.voice(s); v.found && v.who.body && v.who.id == u.who.id && r.english {
			return v // "officials in Yerevan said. … The office of Armenia's deputy premier said"
		} else if v.found && v.who.person && v.who.name != "" && !r.others(v, u.who.id) && (v.who.id == u.who.id || v.who.id == "" || v.who.inferred) {
			v.who.id, v.who.inferred, v.who.mediates = u.who.id, false, v.who.mediates || u.who.mediates
			return v
		}
	}
	return u
}

// insider finds somebody who has a part in the negotiation and speaks for a
// side by name, wherever in the item.
func (r *reader) insider(e *event) utterance {
	n := r.negotiation(e)
	if n == nil || r.digest {
		return utterance{}
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order == 0 || s.order > max(e.s.order+4, 8) {
			continue
		}
		if v := r.voice(s); v.found && v.who.person && v.who.name != "" && (slices.Contains(n.Parties, v.who.id) || slices.Contains(n.Mediators, v.who.id)) {
			return v
		}
	}
	return utterance{}
}

// told looks for the attribution of the sentence that tells a headline at
// length: one with the same event in it.
func (r *reader) told(e *event) utterance {
	if e.s.order != 0 {
		return utterance{}
	}
	for i := range r.found {
		o := &r.found[i]
		if o.kind != e.kind || o.s == e.s || o.s.order == 0 || o.because != "" || o.s.order > 3 && !r.sameDay(e, o) {
			continue
		}
		if v := r.voice(o.s); v.found && (v.who.id != "" || v.who.mediates) || v.joint || v.anon && o.s.p.count(o.s.from, o.s.to, cSaid)+o.s.p.count(o.s.from, o.s.to, cAccordingTo)+o.s.p.count(o.s.from, o.s.to, cAnonymous) > 0 {
			return v
		}
	}
	return utterance{}
}

// sameDay reports two events that have a day in common.
func (r *reader) sameDay(a, b *event) bool {
	if !r.english || a.kind != news.TalksScheduled || b.s.order > 8 {
		return false
	}
	days := r.datesOf(a, nil)
	return slices.ContainsFunc(r.datesOf(b, nil), func(d news.Date) bool {
		return slices.ContainsFunc(days, func(o news.Date) bool { return o.Start == d.Start && o.End == d.End })
	})
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
		v := r.voice(s)
		if own.found && v.found && v.who.person && v.who.inferred && !v.who.mediates {
			v.who.id, v.who.inferred = own.who.id, false // nobody says whose side: that of the report
		}
		if own.found && !own.who.inferred && v.found && v.who.id != own.who.id && v.who.id != "" {
			continue // another voice
		}
		if v.found && v.who.person && v.who.name != "" {
			return v
		}
		if !best.found && !best.anon && !best.joint {
			best = v
		}
	}
	return best
}

// subject takes who acts in the trigger's clause as the speaker.
func (r *reader) subject(e *event) utterance {
	p := e.s.p
	if r.verbLast {
		if u := r.subjectLast(e); u.found || u.joint {
			return u
		}
		return utterance{}
	}
	list := p.whoIn(e.s.from, e.trigger)
	if e.kind == news.ViolationAlleged { // who accuses stands before who is accused
		for _, w := range list {
			if !w.dateline && !w.place && w.id != "" {
				for k := e.s.from; k < w.from; k++ {
					if accuses(p.t.Tokens[k].Norm) {
						return utterance{} // "Army accuses Israel": the army of nobody knows whom yet
					}
				}
				return utterance{who: w, p: p, found: true}
			}
		}
	}
	if first := e.trigger - 1; r.english && first > e.s.from && (p.is(first, anAnd) || p.has(first, cHave) && p.is(first-1, anAnd) || p.is(e.trigger, anAnd)) || r.english && e.kind == news.Ultimatum { // who threatens stands before who is threatened, and who does two things before both
		for k, w := range list {
			if w.dateline || w.place || w.id == "" {
				continue
			}
			if k+1 < len(list) && list[k+1].id != w.id && p.listed(w.to, list[k+1].from) {
				return utterance{joint: true}
			}
			return utterance{who: w, p: p, found: true}
		}
	}
	for k := len(list) - 1; k >= 0; k-- {
		w := list[k]
		if w.dateline || w.place || w.id == "" {
			continue
		}
		// "X's offer of talks was rejected by Y"
		if u := r.by(e); u.found {
			return u
		}
		if k > 0 && !list[k-1].place && list[k-1].id != "" && list[k-1].id != w.id && p.listed(list[k-1].to, w.from) {
			return utterance{joint: true} // "London, Paris and Berlin freeze assets"
		}
		return utterance{who: w, p: p, found: true}
	}
	return r.by(e)
}

// listed reports that nothing but a comma or an "and" stands between two names.
func (p *part) listed(from, to int) bool {
	switch to - from {
	case 0:
		return p.t.Tokens[to].Gap&text.Comma != 0
	case 1:
		return p.is(from, anAnd)
	case 2:
		return p.is(from, anAnd) && (p.is(from+1, anArticle) || p.t.Tokens[from+1].Norm == "el") // "Rwanda and the Democratic Republic of Congo"
	}
	return false
}

// by reads "… by Y" behind a passive trigger.
func (r *reader) by(e *event) utterance {
	p := e.s.p
	if e.kind == news.Atmosphere {
		return utterance{} // "Oman encouraged by Iran-US talks"
	}
	for k := e.trigger + 1; k < min(e.s.to, e.end+3); k++ {
		if r.english && p.is(k, anArticle) {
			break // "dismissed a report by an Israeli daily"
		}
		switch p.t.Tokens[k].Norm {
		case "by", "par", "por":
			return r.behind(e.s, k+1, false)
		}
	}
	return utterance{}
}

// nearby looks in the sentence before the event for who says it.
func (r *reader) nearby(e *event) utterance {
	for i := range r.sentences {
		if s := &r.sentences[i]; s.order > 0 && s.order == e.s.order-1 {
			return r.voice(s)
		}
	}
	return utterance{}
}

// headlined finds who says in the headline what the lead tells without saying who.
func (r *reader) headlined(e *event) utterance {
	if !r.english || e.s.order == 0 || e.s.order > 2 {
		return utterance{}
	}
	for i := range r.found {
		if o := &r.found[i]; o.s.order == 0 && o.kind == e.kind && o.because == "" {
			v := r.voice(o.s)
			if v.found && v.weak && r.betweenThem(e, v.who.id) { // "EU: the two meet on Thursday", and the lead: "Representative Verstraete will chair it"
				if list := e.s.p.whoIn(e.s.from, e.trigger); len(list) == 1 && list[0].person && list[0].name != "" && (list[0].id == "" || list[0].inferred) {
					w := list[0]
					w.id, w.inferred = v.who.id, false
					return utterance{who: w, p: e.s.p, found: true}
				}
				return v
			}
			if v.found && v.who.id != "" && !v.weak {
				return v
			}
		}
	}
	return utterance{}
}

// givenBy reads who gave out what a sentence before it told: "The date was given to
// reporters by Norway's envoy", "The announcement came from the palace".
func (r *reader) givenBy(e *event) utterance {
	if !r.english || r.digest {
		return utterance{}
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order <= e.s.order || s.order > e.s.order+3 || s.to-s.from < 5 || !announced(s.p.t.Tokens[s.from+1].Norm) {
			continue
		}
		for k := s.from + 2; k < min(s.to, s.from+14); k++ {
			if w := s.p.t.Tokens[k].Norm; w == "by" || w == "from" {
				if u := r.behind(s, k+1, false); u.found {
					return u
				}
			}
		}
	}
	return utterance{}
}

// dayGivenBy reads, however far down, who gave out the day that headline and lead tell as if
// everybody knew it: "The date was announced in Paris by the French foreign ministry".
func (r *reader) dayGivenBy(e *event) utterance {
	if !r.english || r.digest || e.kind != news.TalksScheduled || e.s.order > 1 {
		return utterance{}
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		p := s.p
		if s.order == 0 || s.to-s.from < 5 {
			continue
		}
		k := s.from + 1
		if w := p.t.Tokens[k].Norm; w != "date" && w != "dates" && w != "day" && w != "meeting" && w != "round" && w != "talks" {
			continue
		}
		if k++; p.t.Tokens[k].Norm != "was" && p.t.Tokens[k].Norm != "were" {
			continue
		}
		switch k++; p.t.Tokens[k].Norm {
		case "announced", "confirmed", "made", "given", "disclosed", "set":
		default:
			continue
		}
		for k++; k < min(s.to, s.from+14); k++ {
			if p.t.Tokens[k].Norm == "by" {
				return r.behind(s, k+1, false)
			}
		}
	}
	return utterance{}
}

// announced reports what is given out: "the date", "the announcement".
func announced(w string) bool {
	switch w {
	case "date", "dates", "day", "days", "announcement", "news", "calendar", "timetable", "schedule", "disclosure", "confirmation", "answer", "answers", "remark", "remarks":
		return true
	}
	return false
}

// personOf replaces a state or body that acts by the person who speaks for it
// elsewhere in the item.
func (r *reader) personOf(e *event, u utterance) utterance {
	if !u.found || u.who.person && u.who.name != "" || u.who.id == "" {
		return u
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > max(e.s.order+4, 12) {
			break
		}
		if v := r.voice(s); v.found && v.who.person && v.who.name != "" && (v.who.id == u.who.id || (v.who.id == "" || v.who.inferred && !u.who.inferred) && abs(s.order-e.s.order) <= 3) {
			v.who.id, v.who.mediates = u.who.id, v.who.mediates || u.who.mediates
			return v
		}
	}
	return u
}

// jointly lists the mediators who tell an event together: "In a joint statement,
// Egypt and Qatar said". It is empty where anybody else speaks with them.
func (r *reader) jointly(e *event, parties, mediators []string) []news.Speaker {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 2 && s != e.s || !r.voice(s).joint {
			continue
		}
		list := s.p.whoIn(s.from, s.to)
		if k := len(list) - 1; k > 0 && list[k].to < s.to && s.p.has(list[k].to, cSaid) { // "…, Egypt and Qatar say"
			for k > 0 && s.p.listed(list[k-1].to, list[k].from) {
				k--
			}
			list = list[k:]
		}
		var out []news.Speaker
		for _, w := range list {
			id := w.id
			if slices.Contains(parties, id) {
				break // what is said begins
			}
			switch {
			case w.place || w.dateline || id == "":
			case !slices.Contains(mediators, id):
				return nil
			case !slices.ContainsFunc(out, func(o news.Speaker) bool { return *o.Affiliation == id }):
				out = append(out, news.Speaker{Affiliation: &id, Role: news.Mediator})
			}
		}
		if len(out) >= 2 {
			return out
		}
	}
	return nil
}
