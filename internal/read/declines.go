package read

import (
	"slices"

	"parley/internal/news"
)

// declines reads a side that says it will not come: "Hamas says it will not send a
// delegation to the Cairo talks", "Houthis refuse to attend", "Moscow refuses to negotiate
// with Kyiv". It turns down an invitation; with an "unless" it sets a condition.
func (r *reader) declines(s *sentence) {
	p := s.p
	if !r.english || s.order > 3 || !s.classes.any(of(cNot, cReject)) {
		return
	}
	for i := s.from + 1; i+1 < s.to; i++ {
		verb := p.notComing(i, s.to)
		if verb < 0 || p.t.Tokens[verb].Gap&parts != 0 {
			continue
		}
		end := min(s.to, verb+9)
		about := p.next(verb+1, end, of(cTalks, cMeeting, cRoundWord))
		switch p.t.Tokens[verb].Norm {
		case "send", "dispatch", "sending":
			if p.next(verb+1, min(s.to, verb+5), of(cDelegation)) == min(s.to, verb+5) && !p.teamIn(verb+1, min(s.to, verb+5)) {
				continue
			}
			if about == end && len(p.whoIn(verb+1, end)) == 0 {
				continue
			}
		case "hold", "negotiate", "talk", "meet", "enter": // of both it is told that they do not meet
			if r.sides(p, s.from, i) != 1 || r.sides(p, s.from, s.to) < 2 || !p.faces(verb, s.to) {
				continue
			}
			about = verb
		case "sit": // "Khartoum will not sit with RSF in Jeddah"
			if about == end && p.nextWord(verb+1, min(s.to, verb+4), "with") == min(s.to, verb+4) {
				continue
			}
		default:
			if about == end {
				continue
			}
		}
		e := event{s: s, kind: news.ProposalRejected, trigger: i, end: verb + 1, arg: min(about, s.to-1), verdict: verdict{mood: happened}, score: 1.3, acts: true, instead: true}
		if about != verb && p.nextWord(verb, s.to, "unless", "until") < s.to {
			e.kind = news.Ultimatum
		}
		r.add(e)
		return
	}
}

// notComing returns the verb of coming that token i denies or refuses, -1 for none.
func (p *part) notComing(i, to int) int {
	k, refuses := i+1, false
	switch w := p.t.Tokens[i].Norm; {
	case w == "not" && (p.has(i-1, cWill) || p.t.Tokens[i-1].Norm == "would"), w == "won't", w == "wouldn't":
	case w == "refuses" || w == "refuse" || w == "refused" || w == "declines" || w == "decline" || w == "declined":
		if p.t.Tokens[k].Norm != "to" {
			return -1
		}
		k++
		refuses = true
	default:
		return -1
	}
	for ; k < min(to, i+4); k++ {
		switch p.t.Tokens[k].Norm {
		case "attend", "come", "go", "travel", "return", "join", "participate", "send", "dispatch", "sit":
			return k
		case "hold", "negotiate", "talk", "enter":
			return k
		case "meet": // who "will not meet" may just have no time
			if refuses {
				return k
			}
			return -1
		case "take":
			if k+1 < to && p.t.Tokens[k+1].Norm == "part" {
				return k
			}
			return -1
		case "be", "even", "now", "again":
			continue
		case "attending", "sending", "joining", "travelling", "returning":
			return k
		default:
			return -1
		}
	}
	return -1
}

// faces reports that the verb at token i leads to the other side: "hold direct talks with
// Kyiv", "negotiate with them", "meet the Armenians".
func (p *part) faces(i, to int) bool {
	end := min(to, i+9)
	if p.t.Tokens[i].Norm == "meet" {
		list := p.whoIn(i+1, min(to, i+3))
		return len(list) > 0 && !list[0].place
	}
	if w := p.t.Tokens[i].Norm; (w == "hold" || w == "enter") && p.nextWord(i+1, min(to, i+6), "talks", "negotiations", "dialogue", "discussions") == min(to, i+6) {
		return false
	}
	with := p.nextWord(i+1, end, "with")
	if with == end && p.t.Tokens[i].Norm == "talk" {
		with = p.nextWord(i+1, min(end, i+2), "to")
	}
	if with >= end {
		return false
	}
	list := p.whoIn(with+1, min(to, with+4))
	return len(list) > 0 && !list[0].place
}

// teamIn reports that tokens [from,to) name who is sent.
func (p *part) teamIn(from, to int) bool {
	return p.nextWord(from, to, "team", "teams", "negotiators", "delegates", "envoy", "envoys", "officials", "minister", "anyone", "representatives", "delegation") < to
}

// declined reports that an event is only the meeting to which somebody is asked, or does not come.
func (r *reader) declined(e *event) bool {
	return !e.instead && e.kind == news.TalksScheduled && slices.ContainsFunc(r.found, func(o event) bool { return o.instead && o.s == e.s })
}

// ofParty reports that who acts in an event is a party of its negotiation.
func (r *reader) ofParty(e *event) bool {
	n := r.negotiation(e)
	if n == nil {
		return false
	}
	for _, w := range e.s.p.whoIn(e.s.from, e.trigger) {
		if slices.Contains(n.Parties, w.id) && !w.place && !w.dateline {
			return true
		}
	}
	return false
}

// offersToMeet reads a side that would sit down with the other: "Kyiv's president offers to meet
// Putin", "Thailand proposes to hold talks with Cambodia". The other has not answered, so nothing
// is set.
func (r *reader) offersToMeet(s *sentence) {
	p := s.p
	if !r.english || s.order > 2 || !s.classes.any(of(cOffer, cPropose)) || r.sides(p, s.from, s.to) < 2 {
		return
	}
	for i := s.from + 1; i+3 < s.to; i++ {
		switch p.t.Tokens[i].Norm {
		case "offers", "offered", "proposes", "proposed":
		default:
			continue
		}
		if p.t.Tokens[i+1].Norm != "to" || p.negation(i, s.from) || p.conditional(i, s.from) || p.left(i, s.from, 8, of(cReject, cHad)) >= 0 {
			continue
		}
		switch p.t.Tokens[i+2].Norm {
		case "meet", "hold", "negotiate", "talk":
		default:
			continue
		}
		e := event{s: s, kind: news.ProposalMade, trigger: i, end: i + 3, arg: i + 2, verdict: verdict{mood: happened}, score: 1.2, acts: true, instead: true}
		if r.sides(p, s.from, i) == 1 && p.faces(i+2, s.to) && r.ofParty(&e) {
			r.add(e)
		}
		return
	}
}

// consents reads one side that agrees to come: "M23 agrees to send delegation to Doha", "Hamas
// agrees to Cairo talks on Sunday". Where both are named they agree with each other.
func (r *reader) consents(s *sentence) {
	p := s.p
	if !r.english || s.order > 2 || !s.classes.has(cReach) || r.sides(p, s.from, s.to) != 1 {
		return
	}
	for i := s.from + 1; i+2 < s.to; i++ {
		switch p.t.Tokens[i].Norm {
		case "agrees", "agreed", "agree", "consents", "consented":
		default:
			continue
		}
		if p.t.Tokens[i+1].Norm != "to" || p.negation(i, s.from) || p.conditional(i, s.from) {
			continue
		}
		end := min(s.to, i+8)
		arg := end
		switch p.t.Tokens[i+2].Norm {
		case "send", "dispatch":
			if arg = p.next(i+3, end, of(cDelegation)); p.teamIn(i+3, end) {
				arg = i + 3 // a word of a mention is no cue
			}
		case "attend", "join", "come", "go", "return", "travel":
			arg = p.next(i+3, end, of(cTalks, cMeeting, cRoundWord))
		default:
			if list := p.whoIn(i+2, min(s.to, i+4)); len(list) > 0 && list[0].place {
				arg = p.next(i+3, min(s.to, i+5), of(cTalks))
			}
		}
		if arg >= min(end, s.to) || arg == min(s.to, i+5) && !p.has(arg, cTalks) {
			continue
		}
		r.add(event{s: s, kind: news.ProposalAccepted, trigger: i, end: i + 1, arg: arg, verdict: verdict{mood: happened}, score: 1.2, acts: true, instead: true})
		return
	}
}
