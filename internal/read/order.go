package read

import (
	"cmp"
	"slices"

	"parley/internal/news"
)

// reorder takes back what another event of the item tells better: "the meeting
// takes place at the level of ministers" of one to come, the acceptance of an
// invitation to it.
func (r *reader) reorder(live []event) {
	dated := func(k news.Kind) bool {
		for i := range live {
			if live[i].kind == k && len(r.datesOf(&live[i], live)) > 0 {
				return true
			}
		}
		return false
	}
	changed, over, mood, off, later := false, false, false, false, false
	for i := range live {
		mood = mood || salience(live[i].kind) < .6 && live[i].s.p.title
		off = off || live[i].kind == news.TalksSuspended && live[i].s.order <= 2
		later = later || live[i].kind == news.TalksPostponed && live[i].s.order <= 2
		over = over || live[i].kind == news.TalksEnded && live[i].s.order <= 1 && live[i].verdict.mood == happened
	}
	for i := range live {
		e := &live[i]
		q := e.s.p.cues[e.trigger]
		if r.english && e.kind == news.TalksCancelled && e.s.order <= 2 && e.s.p.notThen(e.trigger) && r.newDate() {
			e.kind = news.TalksPostponed // "will not take place, a new date is to be found"
		}
		if e.kind == news.MediationOffered && e.s.order <= 1 && r.bothCome(e) && (len(r.datesOf(e, nil)) > 0 || r.english && r.ahead(&r.title, 0, 0, len(r.title.t.Tokens))) {
			e.kind, e.verdict.mood, changed = news.TalksScheduled, planned, true // "calls both to Lomé for December 5", and the lead: "both have accepted"
		}
		if r.english && e.kind == news.TalksStarted && e.s.p.title && e.s.p.t.Tokens[e.trigger].Norm == "meet" {
			if s := r.leadAhead(); s != nil { // "meet ahead of leaders", and the lead: "sees her counterpart the day after tomorrow"
				e.kind, e.verdict.mood = news.TalksScheduled, planned
				at := s.from
				for at+1 < s.to && len(s.p.datesIn(at+1, at+2)) == 0 {
					at++
				}
				e.s, e.trigger, e.end, e.arg = s, at, at+1, at
			}
		}
		switch {
		case r.english && e.kind == news.TalksEnded && off && q != nil && e.s.p.breaksUp(e.trigger), // "breaks up", and the lead: "broke off when one side left"
			r.english && e.kind == news.TalksCancelled && later && q != nil && e.s.p.notThen(e.trigger): // "will not be held on Saturday, a later date will be announced"
			e.rank, changed = e.rank*.5, true
		case e.kind == news.TalksScheduled && later && r.english && e.s.order <= 1 && slices.ContainsFunc(live, func(o event) bool { return o.kind == news.TalksPostponed && o.s.order == 1 }): // "Saturday's round now on Tuesday", and the lead: that it was to be on Saturday
			e.rank, changed = e.rank*.3, true
		case e.kind == news.TalksStarted && q != nil && (q.classes.has(cHold) || e.s.p.title && naming(q.forms[cStart])) && dated(news.TalksScheduled):
			e.rank, changed = e.rank*.4, true
		case e.kind == news.TalksStarted && r.english && e.s.p.title && q != nil && q.classes.has(cHold) && r.metAlready(live): // "hold talks", and the lead: "met for three hours"
			e.rank, changed = e.rank*.4, true
		case e.kind == news.AgreementReached && r.laterStage(live, news.AgreementSigned), // "seal deal", and the lead: "signed"
			e.kind == news.MessageConveyed && (r.laterStage(live, news.ProposalAccepted) || r.laterStage(live, news.ProposalRejected)),                              // "gives answer", and which
			e.kind == news.TalksSuspended && q != nil && q.classes.has(cSuspend) && homeward(e.s.p.t.Tokens[e.trigger].Norm) && r.laterStage(live, news.TalksEnded): // "team flies home", and the lead: "after three days of talks"
			e.rank, changed = e.rank*.5, true
		case (e.kind == news.TalksEnded || e.kind == news.TalksStarted) && mood && e.s.order >= 3:
			e.rank, changed = e.rank*.5, true
		case e.kind == news.TalksCancelled && r.english && e.s.p.title && leadTells(live, news.TalksPostponed): // "takes round off the calendar", and the lead: to when it has been moved
			e.rank, changed = e.rank*.5, true
		case e.kind == news.TalksScheduled && r.english && e.s.p.title && (q == nil || !q.classes.any(of(cHold, cStart))) && e.s.p.count(e.s.from, e.s.to, cOffer)+e.s.p.count(e.s.from, e.s.to, cWant) > 0 && leadTells(live, news.MediationOffered): // "invites both to Jeddah on June 10", "seeks talks in March"
			e.rank, changed = e.rank*.4, true
		case e.kind == news.TalksStarted && r.english && e.s.p.title && q != nil && q.forms[cStart] != past && r.yetToMeet(live): // "convenes both", and the lead: "will meet on Monday"
			e.rank, changed = e.rank*.4, true
		case e.kind == news.TalksScheduled && mood && (e.s.order >= 2 || e.s.order == 1 && r.english && !titled(live, news.TalksScheduled)): // the headline is about what divides them
			e.rank, changed = e.rank*.5, true
		case !r.english && e.kind == news.TalksEnded && e.s.order > 0 && q != nil && q.classes.has(cHold) && (q.forms[cHold] == nominal || e.trigger > e.s.from && definite(e.s.p.t.Tokens[e.trigger-1].Norm)) && titled(live, news.TalksScheduled): // "a confirmé la tenue des discussions"
			e.rank, changed = e.rank*.5, true
		case e.kind == news.TalksScheduled && over && e.s.p.title: // "review wraps up; sides to meet again"
			e.rank, changed = e.rank*.88, true
		case e.kind == news.MediationOffered && e.s.p.title && r.accepted(live): // "invites both", and the lead: "both will come"
			e.rank, changed = e.rank*.5, true
		case e.kind == news.MediationOffered && e.s.order > 0 && dated(news.TalksScheduled): // "… stands ready to go on mediating"
			e.rank, changed = e.rank*.5, true
		case e.kind == news.ProposalAccepted && r.english && e.s.order > 0 && e.arg >= 0 && !e.s.p.has(e.arg, cDeal) && !e.s.p.has(e.arg, cMediating) && !titled(live, e.kind) && dated(news.TalksScheduled): // "and they have agreed to come"
			e.rank, changed = e.rank*.6, true
		case e.kind == news.ProposalAccepted && e.arg >= 0 && (e.s.p.is(e.arg, anInvitation) || e.s.p.has(e.arg, cMediating)) && dated(news.TalksScheduled) && !r.oneSideOnly(e):
			e.rank, changed = e.rank*.5, true
		}
	}
	if changed {
		slices.SortStableFunc(live, func(a, b event) int { return cmp.Compare(b.rank, a.rank) })
	}
}

// bothCome reports a sentence beside an invitation that says that those invited have said yes:
// "Both consent in writing", "the two delegations have confirmed".
func (r *reader) bothCome(e *event) bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > e.s.order+2 {
			break
		}
		p := s.p
		if s.classes.any(of(cNot, cWant, cIf, cMay)) {
			continue
		}
		if !r.english {
			if s != e.s && s.classes.has(cJoint) && s.classes.any(of(cAccept, cReach)) {
				return true
			}
			continue
		}
		for k := s.from; k+1 < s.to; k++ {
			switch p.t.Tokens[k].Norm {
			case "both", "sides", "parties", "delegations", "teams", "leaders", "two", "three", "all", "invitees":
			default:
				continue
			}
			for j := k + 1; j < min(s.to, k+4) && p.t.Tokens[j].Gap&parts == 0; j++ {
				switch p.t.Tokens[j].Norm {
				case "accept", "accepted", "consent", "consented":
					return true
				case "confirmed", "indicated", "said":
					return p.willCome(j+1, s.to)
				}
			}
		}
	}
	return false
}

// willCome reports what those who have confirmed it confirm: nothing else, or that they come.
func (p *part) willCome(k, to int) bool {
	if k >= to || p.t.Tokens[k].Norm != "that" && p.t.Tokens[k].Norm != "they" {
		return p.t.Tokens[k-1].Norm == "confirmed"
	}
	for j := k + 1; j < min(to, k+5); j++ {
		switch p.t.Tokens[j].Norm {
		case "attend", "come", "participate", "join":
			return true
		}
	}
	return false
}

// oneSideOnly reports that one side accepts, in the headline, and nobody speaks of both.
func (r *reader) oneSideOnly(e *event) bool {
	n := r.negotiation(e)
	if !r.english || n == nil || !e.s.p.title || r.partiesIn(e.s, n) != 1 {
		return false
	}
	for i := range r.sentences {
		if s := &r.sentences[i]; s.order <= 3 && (s.classes.has(cJoint) || r.partiesIn(s, n) > 1 && !s.classes.has(cOffer)) { // "to which both were invited"
			return false
		}
	}
	return true
}

// breaksUp reports a verb at token i that says of a meeting that it is over, and not
// whether it has come to its end.
func (p *part) breaksUp(i int) bool {
	switch p.t.Tokens[i].Norm {
	case "breaks", "broke", "break", "broken", "adjourned", "adjourns", "adjourn", "ended", "ends":
		return true
	}
	return false
}

// notThen reports "will not be held", "won't go ahead": it may be later.
func (p *part) notThen(i int) bool {
	w := p.t.Tokens[i].Norm
	return w == "will" || w == "won't" || w == "not" || w == "off" || w == "dropped" || w == "drops"
}

// laterStage reports that headline or lead tell of kind k as well, and nobody but
// they: what goes further is the news.
func (r *reader) laterStage(live []event, k news.Kind) bool {
	return slices.ContainsFunc(live, func(e event) bool { return e.kind == k && e.s.order <= 2 && e.verdict.mood == happened })
}

// homeward reports a verb of going home.
func homeward(w string) bool {
	switch w {
	case "flies", "flew", "flown", "fly", "flying":
		return true
	}
	return false
}

// accepted reports that the lead tells of talks as settled, with their day.
func (r *reader) accepted(live []event) bool {
	return slices.ContainsFunc(live, func(e event) bool {
		return e.kind == news.TalksScheduled && e.s.order > 0 && e.s.order <= 2 && !e.verdict.hedged && !e.verdict.may && r.sides(e.s.p, e.s.from, e.s.to) >= 2 && len(r.datesOf(&e, live)) > 0
	})
}

// metAlready reports that the lead tells in the past tense of a meeting that the
// headline tells in the present.
func (r *reader) metAlready(live []event) bool {
	return slices.ContainsFunc(live, func(e event) bool {
		q := e.s.p.cues[e.trigger]
		return e.kind == news.TalksEnded && e.s.order >= 1 && e.s.order <= 2 && q != nil && q.classes.has(cHold) && q.forms[cHold] == past && e.verdict.mood == happened && e.s.p.lasted(e.s)
	})
}

// yetToMeet reports that the lead dates talks to come, and nothing in the text says
// that any have begun.
func (r *reader) yetToMeet(live []event) bool {
	ahead := false
	for i := range live {
		e := &live[i]
		switch {
		case e.s.p.title:
		case e.kind == news.TalksStarted || e.kind == news.TalksEnded:
			return false
		case e.kind == news.TalksScheduled && e.s.order <= 2 && e.verdict.mood == planned && r.ahead(e.s.p, e.trigger, e.s.from, e.s.to):
			ahead = true
		}
	}
	return ahead
}

// leadAhead returns the lead if it names a day to come and rules read nothing in it.
func (r *reader) leadAhead() *sentence {
	for i := range r.sentences {
		if s := &r.sentences[i]; s.order == 1 {
			if !r.ahead(s.p, s.from, s.from, s.to) {
				return nil
			}
			if slices.ContainsFunc(r.found, func(e event) bool { return e.s == s && e.because == "" }) {
				return nil
			}
			return s
		}
	}
	return nil
}

// lasted reports a sentence that says how long something took, or what it was like:
// then it is over.
func (p *part) lasted(s *sentence) bool {
	for k := s.from; k < s.to; k++ {
		switch p.t.Tokens[k].Norm {
		case "hour", "hours", "minutes", "lasted", "lasting", "discussed", "agreed", "concluded":
			return true
		}
	}
	return false
}

// titled reports that the headline tells of kind k.
func titled(live []event, k news.Kind) bool {
	return slices.ContainsFunc(live, func(e event) bool { return e.kind == k && e.s.p.title })
}

// leadTells reports that the first sentence of the text tells of kind k.
func leadTells(live []event, k news.Kind) bool {
	return slices.ContainsFunc(live, func(e event) bool { return e.kind == k && e.s.order == 1 })
}

// naming reports forms that name a thing and do not say that it happened.
func naming(f form) bool { return f == base || f == nominal || f == gerund }
