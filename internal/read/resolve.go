package read

import (
	"slices"
	"strings"

	"parley/internal/actors"
	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// resolve decides which kind the frame stands for, given its mood.
func (r *reader) resolve(s *sentence, i int, q *cue, f *frame, arg int, v *verdict) news.Kind {
	p := s.p
	if r.english && r.concedes(s, i, q, f) && v.mood != unreal && v.mood != backstory {
		if v.mood == planned {
			v.mood = happened
		}
		return news.ProposalMade
	}
	if v.mood == present {
		v.mood = happened
		from, to := p.clause(i, s.from, s.to)
		if p.title && r.english && f.class == cEnd {
			for k := i + 1; k < to; k++ { // "third round ends, fourth set for 17 September"
				if p.t.Tokens[k].Gap&text.Comma != 0 {
					to = k
				}
			}
		}
		if r.ahead(p, i, from, to) && (f.class == cStart || f.class == cHold || f.class == cEnd || f.class == cSign && p.is(i, aForce)) {
			v.mood = planned
		} else if q.forms[f.class] == base && !p.title && r.english && !r.ahead(p, i, s.from, s.to) {
			*v = verdict{mood: backstory, reason: "named, not reported"} // "the two sit in a committee"
		} else if form := q.forms[f.class]; form == gerund || form == nominal {
			if !p.title && !(f.class == cViolate && p.predicated(i, s.from)) && p.left(i, s.from, 8, of(cSaid)) < 0 {
				*v = verdict{mood: backstory, reason: "named, not reported"}
			}
		}
	}
	if v.mood == happened && f.class == cStart && q.forms[f.class] == stative && r.english && p.title && r.ahead(p, i, i, s.to) {
		v.mood = planned // "delegations back at table next week"
	}
	if v.mood == happened && f.class == cHold && q.forms[f.class] == past && !r.english && p.title && r.ahead(p, i, i, s.to) {
		v.mood = planned // "le comité convoqué le 12 mai"
	}
	if v.mood == unreal || v.mood == backstory {
		if f.happened != "" {
			return f.happened
		}
		return f.planned
	}
	if v.mood == planned && p.hopes(i, s.from) {
		if !r.ahead(p, i, s.from, s.to) {
			*v = verdict{mood: unreal, reason: "wished for, not announced"}
			return f.happened
		}
		v.hedged = true // who hopes for a day does not set it
	}
	if v.mood == planned {
		switch f.class {
		case cHold, cStart:
			if r.english && f.class == cHold && attends(p.t.Tokens[i].Norm) && arg > i && p.onlyProposed(arg+1, s.to) {
				v.mood = happened
				return news.ProposalAccepted // "will take part in the round that Turkey has proposed"
			}
			if q.forms[f.class] == moved && p.t.Tokens[i+1].Norm != "forward" && p.t.Tokens[i+1].Norm != "up" && !p.placeAt(i+int(q.length)) { // moved to a day: put off; to a place: the same meeting elsewhere
				for _, d := range p.datesIn(i, min(s.to, i+int(q.length)+4)) {
					if d.Role != dates.Speech {
						return news.TalksPostponed
					}
				}
			}
			return news.TalksScheduled
		case cOffer, cPostpone, cCancel:
			return f.planned
		case cSuspend:
			if v.hedged || v.may {
				return ""
			}
			return f.planned
		case cSign:
			if !v.may && r.ahead(p, i, s.from, s.to) {
				return news.AgreementReached
			}
		case cImpose, cEase, cViolate: // "will stop implementing the deal"
			if !v.may && !v.hedged {
				return f.happened
			}
		case cAccept: // "said it would take up the offer"
			if r.english && !v.may && !v.hedged && p.left(i, s.from, 4, of(cWill, cWould)) >= 0 {
				return f.happened
			}
		}
		return ""
	}
	if r.english && (f.class == cEase || f.class == cImpose) && i-2 >= s.from && p.t.Tokens[i-1].Norm == "to" && strings.HasPrefix(p.t.Tokens[i-2].Norm, "agree") && r.sides(p, s.from, i) >= 2 {
		return "" // "agree to cut tariffs": an agreement
	}
	if r.english && arg == i && (f.class == cReach || f.class == cAccept) && i+2 < s.to && p.t.Tokens[i+1].Norm == "to" && p.cues[i+2] != nil && p.cues[i+2].classes.any(of(cHold, cStart)) && p.aloneAt(i+2+int(p.cues[i+2].length), s.to) {
		return "" // "agree to reconvene": a meeting, and no agreement
	}
	switch f.class {
	case cCancel:
		if end := i + int(q.length); r.english && q.length > 2 && (p.t.Tokens[i].Norm == "will" || p.t.Tokens[i].Norm == "won") {
			if list := p.datesIn(end, min(s.to, end+2)); len(list) > 0 && list[0].First-end <= 1 {
				return news.TalksPostponed // "will not be held on Tuesday"
			}
		}
	case cPostpone:
		if p.movesTalks(i, s.to) {
			v.mood = planned // "has moved Monday's session to Lusail"
			return news.TalksScheduled
		}
	case cEase:
		if r.english && p.lapses(max(s.from, i-6), min(s.to, i+10)) {
			return news.SanctionsImposed // "let the waiver lapse"
		}
	case cEnd:
		if r.english && p.openEnded(i, s.to) {
			return news.TalksSuspended // "adjourn talks until further notice"
		}
		if r.english && r.breaksOff(s, i, arg) {
			return news.TalksSuspended // "Trump ends trade talks with Canada over ad"
		}
	case cImpose:
		if p.is(i, aRestore) && p.is(arg, aLicence) {
			return news.SanctionsEased // who restores licences eases
		}
	case cHold:
		if r.english && q.forms[cHold] == past && p.asBegun(i, s.to) {
			return news.TalksStarted // "met in Istanbul as Türkiye began another attempt"
		}
		if fm := q.forms[cHold]; fm == third || fm == base || fm == gerund {
			return news.TalksStarted
		}
	case cReach:
		if r.english && arg > i && p.proposedBy(arg+1, s.to) && r.sides(p, s.from, i) < 2 {
			return news.ProposalAccepted // "agreed to the truce proposed by the United States"
		}
		if p.has(arg, cProposal) && !p.has(arg, cDeal) && !(r.english && r.sides(p, s.from, i) >= 2) {
			return ""
		}
	case cPropose:
		if r.verbLast && p.title && p.announces(i, q) && (p.has(arg, cTalks) || p.has(arg, cMeeting)) && r.ahead(p, i, s.from, s.to) {
			v.mood = planned
			return news.TalksScheduled // "عمان کا اعلان: … بات چیت 24 جون کو"
		}
		if r.english && p.has(arg, cTalks) && !p.has(arg, cProposal) && strings.HasPrefix(p.t.Tokens[i].Norm, "sen") {
			return "" // "strike sends talks to Switzerland"
		}
		if r.english && (p.has(arg, cTalks) || p.has(arg, cMeeting)) && r.thirdParty(s, i) {
			return news.MediationOffered // "floats meeting of India and Pakistan"
		}
		if w := p.t.Tokens[i].Norm; r.english && p.has(arg, cMediating) && (strings.HasPrefix(w, "offer") || strings.HasPrefix(w, "pitch")) {
			return news.MediationOffered // "offered its mediation", "pitches mediation"
		}
		if r.english && p.is(i, anOfferVerb) && p.helps(i+1, arg) && r.thirdParty(s, i) {
			return news.MediationOffered // "offers Azerbaijan help in reaching a deal with Armenia"
		}
		if next := i + 1; r.english && q.length == 1 && q.forms[cPropose] == past && next < s.to && p.t.Tokens[next].Norm == "for" && p.venueBefore(i) {
			return news.MediationOffered // "Geneva proposed for Aegean talks"
		}
		if r.english && p.placeOffered(i, s.to) && r.thirdParty(s, i) {
			return news.MediationOffered // "suggests Nairobi as a venue for Ethiopians and Eritreans"
		}
		if p.is(i, anOfferVerb) && p.marked(i, s.to, aRoom) > 0 {
			return news.MediationOffered // "offers Astana as venue"
		}
	case cConvey:
		if r.offered(s, i, arg) {
			return news.ProposalMade
		}
	case cAccept:
		if r.english && arg > i && r.oneParty(s, i) && (p.proposedBy(arg+1, s.to) || arg+2 < s.to && p.has(arg+1, cProposal) && p.proposedBy(arg+2, s.to)) {
			return f.happened // "Qatar confirmed that Hamas had agreed to the truce plan put to the two"
		}
		if strings.HasPrefix(p.t.Tokens[i].Norm, "agree") && (r.sides(p, s.from, i) >= 2 || r.alone(p, s.from, i)) {
			return news.AgreementReached
		}
		if p.has(arg, cDeal) && (!r.english || !p.has(arg, cProposal)) && r.sides(p, s.from, i) >= 2 && (r.english || p.left(arg, s.from, 4, of(cProposal)) < 0) {
			return news.AgreementReached
		}
	}
	return f.happened
}

// oneParty reports that of those named before token i one alone negotiates with somebody
// else of the item.
func (r *reader) oneParty(s *sentence, i int) bool {
	list := s.p.whoIn(s.from, i)
	return len(list) > 0 && !r.opponents(list, true)
}

// proposedBy reports that what stands before token k is somebody's proposal:
// "… drawn up by", "… that Egypt put forward".
func (p *part) proposedBy(k, to int) bool {
	for j := k; j < min(to, k+3); j++ {
		if p.t.Tokens[j].Gap&parts != 0 {
			return false
		}
		switch p.t.Tokens[j].Norm {
		case "proposed", "drafted", "drawn", "offered", "suggested", "presented", "tabled", "floated", "put":
			return true
		}
	}
	return false
}

// aloneAt reports that the verb which ends before token i has no object but talks: a day, a
// place or nothing stands there.
func (p *part) aloneAt(i, to int) bool {
	return i >= to || p.is(i, aPreposition) || p.is(i, anAdverb) || p.dated(i) || p.count(i, min(to, i+4), cTalks)+p.count(i, min(to, i+4), cMeeting) > 0
}

// expectsOther reports "expected oil to follow": what is expected to do something is
// neither talks nor a side of them.
func (p *part) expectsOther(i, to int) bool {
	for k := i + 1; k < min(to, i+4); k++ {
		if p.has(k, cTo) {
			return k > i+1 && len(p.whoIn(i+1, k)) == 0
		}
		if p.cues[k] != nil && p.cues[k].classes.any(of(cTalks, cMeeting, cDelegation)) {
			return false
		}
	}
	return false
}

// asBegun reports "as … began" behind token i.
func (p *part) asBegun(i, to int) bool {
	for k := i + 1; k < min(to, i+14); k++ {
		if p.t.Tokens[k].Norm != "as" {
			continue
		}
		for j := k + 1; j < min(to, k+6); j++ {
			if p.has(j, cStart) && p.cues[j].forms[cStart] == past {
				return true
			}
		}
	}
	return false
}

// lapses reports that what was eased runs out: "let the waiver lapse".
func (p *part) lapses(from, to int) bool {
	for k := from; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "lapse", "lapses", "lapsed", "expire", "expires", "expired":
			return p.left(k, from, 4, of(cNot)) < 0
		}
	}
	return false
}

// predicated reports "are a blatant breach", "calling it a violation": a noun that is
// said of something.
func (p *part) predicated(i, from int) bool {
	if !p.english {
		return false
	}
	for k := i - 1; k >= from && k >= i-5; k-- {
		if p.has(k, cBe) {
			return p.left(i, k, 5, of(cNot)) <= k
		}
		switch p.t.Tokens[k].Norm {
		case "as":
			for j := k - 1; j >= from && j >= k-14; j-- {
				switch p.t.Tokens[j].Norm {
				case "protested", "protests", "protest", "condemned", "denounced", "described", "decried", "slammed", "branded", "condemns", "denounces":
					return true // "protested the capture of its consultant as a breach of the accord"
				}
			}
		case "called", "calling", "calls", "constitutes", "constituted", "constitute", "amounts", "amounted", "described", "describing", "condemned", "denounced":
			return true
		}
	}
	return false
}

// thirdParty reports that who stands before the verb at token i is none of the two
// or more sides behind it.
func (r *reader) thirdParty(s *sentence, i int) bool {
	list := s.p.whoIn(s.from, i)
	for k := len(list) - 1; k >= 0; k-- {
		w := list[k]
		if w.id == "" || w.place || w.dateline {
			continue
		}
		behind := s.p.whoIn(i+1, s.to)
		others := map[string]bool{}
		for _, o := range behind {
			if o.id != "" && o.id != w.id && !o.dateline && (!o.place || s.p.amid(o.from)) {
				others[o.id] = true
			}
		}
		return len(others) >= 2
	}
	return false
}

// announces reports a cue that only says that something is announced.
func (p *part) announces(i int, q *cue) bool {
	return p.t.Tokens[i+int(q.length)-1].Norm == "اعلان"
}

// attends reports verbs of who comes to a meeting.
func attends(w string) bool {
	switch w {
	case "attend", "attends", "take", "takes", "join", "joins", "participate", "participates":
		return true
	}
	return false
}

// onlyProposed reports that the meeting named before token k is somebody's proposal, until
// the other side says yes too.
func (p *part) onlyProposed(k, to int) bool {
	for j := k; j < min(to, k+9) && p.t.Tokens[j].Gap&parts == 0; j++ {
		if p.t.Tokens[j].Norm == "proposed" {
			return true
		}
	}
	return false
}

// helps reports help of which tokens [from,to) speak.
func (p *part) helps(from, to int) bool {
	for k := from; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "help", "assistance", "services":
			return true
		}
	}
	return false
}

// hopes reports that what the verb at token i tells is hoped for: "hopes to resume talks".
func (p *part) hopes(i, from int) bool {
	for k := i; k >= from && k >= i-12; k-- {
		if k < i && p.boundary(k+1) {
			return false
		}
		if p.is(k, aHope) {
			return true
		}
	}
	return false
}

// alone reports that an organisation of states acts by itself: "OPEC+ agrees to
// raise output".
func (r *reader) alone(p *part, from, to int) bool {
	list := p.whoIn(from, to)
	if len(list) != 1 || r.titleSides() > 1 {
		return false
	}
	_, kind, ok := r.actors.Title(list[0].id)
	return ok && (kind == actors.Organisation || slices.ContainsFunc(r.negotiations, func(n news.Negotiation) bool { return n.ID == list[0].id }))
}

// ahead reports a date to come in the sentence of token i.
func (r *reader) ahead(p *part, i, from, to int) bool {
	for _, d := range p.datesIn(from, to) {
		told := d.To
		if r.nextYear(&d); d.To != told && !(r.english && p.heldIn(&d, from)) {
			return true
		}
		if !r.day.IsZero() && d.To > r.today && d.Role != dates.Speech && d.Role != dates.Past && d.Granularity != "" {
			return true
		}
		if d.To == r.today && d.From == d.To && d.Clock.Set && d.Clock.Hour > r.day.Hour() && (d.Clock.Zone == "" || d.Clock.Zone == "local time") && !r.day.IsZero() {
			return true // "meet in Istanbul today at 21:00", written at seven
		}
	}
	return false
}

// concedes reports that a side offers to do something itself, rather than to bring others
// together: "offers to cut tariffs", "has offered to exempt European devices".
func (r *reader) concedes(s *sentence, i int, q *cue, f *frame) bool {
	p, to := s.p, i-1
	if f.class == cOffer {
		to = i + int(q.length)
	}
	if f.class != cOffer && f.class != cEase && f.class != cReach || to <= s.from || to+1 >= s.to || p.t.Tokens[to].Norm != "to" || !strings.HasPrefix(p.t.Tokens[to-1].Norm, "offer") {
		return false
	}
	does := p.cues[to+1]
	return (does == nil || !does.classes.any(of(cHold, cMediating, cOffer, cTalks, cStart))) && !r.thirdParty(s, to-1)
}
