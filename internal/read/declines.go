package read

import (
	"slices"

	"parley/internal/news"
)

// declines reads a side that says it will not come: "Hamas says it will not send a
// delegation to the Cairo talks", "Houthis refuse to attend". It turns down an invitation;
// with an "unless" it sets a condition.
func (r *reader) declines(s *sentence) {
	p := s.p
	if !r.english || s.order > 3 || !s.classes.any(of(cNot, cReject)) {
		return
	}
	for i := s.from + 1; i+1 < s.to; i++ {
		verb := p.notComing(i, s.to)
		if verb < 0 || p.t.Tokens[verb].Gap&(parts) != 0 {
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
		default:
			if about == end {
				continue
			}
		}
		e := event{s: s, kind: news.ProposalRejected, trigger: i, end: verb + 1, arg: min(about, s.to-1), verdict: verdict{mood: happened}, score: 1.3, acts: true, declines: true}
		if p.nextWord(verb, s.to, "unless", "until") < s.to {
			e.kind = news.Ultimatum
		}
		r.add(e)
		return
	}
}

// notComing returns the verb of coming that token i denies or refuses, -1 for none.
func (p *part) notComing(i, to int) int {
	k := i + 1
	switch w := p.t.Tokens[i].Norm; {
	case w == "not" && (p.has(i-1, cWill) || p.t.Tokens[i-1].Norm == "would"), w == "won't", w == "wouldn't":
	case w == "refuses" || w == "refuse" || w == "refused" || w == "declines" || w == "decline" || w == "declined":
		if p.t.Tokens[k].Norm != "to" {
			return -1
		}
		k++
	default:
		return -1
	}
	for ; k < min(to, i+4); k++ {
		switch p.t.Tokens[k].Norm {
		case "attend", "come", "go", "travel", "return", "join", "participate", "send", "dispatch", "sit":
			return k
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

// teamIn reports that tokens [from,to) name who is sent.
func (p *part) teamIn(from, to int) bool {
	return p.nextWord(from, to, "team", "teams", "negotiators", "delegates", "envoy", "envoys", "officials", "minister", "anyone", "representatives", "delegation") < to
}

// declined reports that an event is only the meeting to which somebody does not come.
func (r *reader) declined(e *event) bool {
	return !e.declines && e.kind == news.TalksScheduled && slices.ContainsFunc(r.found, func(o event) bool { return o.declines && o.s == e.s })
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
