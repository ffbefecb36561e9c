package read

import (
	"parley/internal/text"
)

// Words that look like what happened and only say which.

// butNot reports that "not" takes back what stands behind it, between a verb at i and token arg.
func (p *part) butNot(i, arg int) bool {
	for k := i + 2; k < arg; k++ {
		if p.t.Tokens[k].Norm == "not" && arg-k <= 3 {
			return true
		}
	}
	return false
}

// attributive reports a participle that only says which: "the postponed round",
// "the licences granted in the talks", "an accord signed in Doha".
func (r *reader) attributive(s *sentence, i int, q *cue, f *frame, arg int) bool {
	p := s.p
	if r.english && (f.class == cPostpone || f.class == cCancel) && p.butNot(i, arg) {
		return true // "storm delays envoy, not Cyprus talks"
	}
	if r.english && i > s.from && (p.t.Tokens[i].Gap == text.Hyphen || q.forms[f.class] == base && q.length == 1 && p.is(i-1, aPreposition)) {
		return true // "code-of-conduct talks"
	}
	if q.forms[f.class] != past || !r.english {
		return false
	}
	if i > s.from && p.t.Tokens[i].Gap == text.Hyphen || arg > i && p.is(i, aStuck) {
		return true // "the Ankara-brokered text", "citing stalled talks"
	}
	if i > s.from && arg > i && (arg-i <= 3 || arg-i <= 6 && f.class == cPostpone && determiner(p.t.Tokens[i-1].Norm) && p.nextMarked(i, arg, aPreposition) == arg) {
		switch w := p.t.Tokens[i-1].Norm; w {
		case "newly", "recently":
			return true
		case "last", "first", "next", "only": // "the last planned session"
			if i-1 > s.from && determiner(p.t.Tokens[i-2].Norm) {
				return true
			}
		default:
			if determiner(w) || p.is(i-1, aPreposition) && (f.class == cPostpone || f.class == cCancel) {
				return true
			}
		}
	}
	if (i == s.from || p.t.Tokens[i].Gap&text.Colon != 0) && arg > i && arg-i <= 5 && q.length == 1 && p.title && f.class != cHold && f.class != cStart {
		if k := p.next(arg+1, s.to, of(cHold, cStart)); k < s.to && (p.left(k, arg, 4, of(cTo, cWill)) >= 0 || p.cues[k].forms[cHold] == participle) {
			return true // "Postponed round to be held on November 3"
		}
	}
	if i == s.from && arg > i && q.length == 1 {
		for k := i + 1; k < min(s.to, i+5); k++ { // "Frozen since October, the talks …"
			if p.t.Tokens[k].Gap&text.Comma != 0 {
				return true
			}
		}
	}
	if (f.class == cPostpone || f.class == cCancel || f.class == cSuspend) && arg < i && p.thatWas(i, s.from) && p.nowToBe(i+int(q.length), s.to) {
		return true // "the meeting that was put off will now be held on Tuesday"
	}
	switch f.class {
	case cHold, cSign, cReach, cReject, cAccept, cPropose, cConvey, cImpose, cEase:
	default:
		return false // "talks resumed" is a whole sentence
	}
	if r.english && arg == i-2 && (p.t.Tokens[i-1].Norm == "it" || p.t.Tokens[i-1].Norm == "they") && p.t.Tokens[i-1].Gap == text.Space {
		return true // "the ceasefire it signed"
	}
	if p.title || arg >= i || p.is(i, aForce) {
		return false
	}
	for k := i - 1; k > arg && k >= i-4; k-- {
		if p.cues[k] != nil && p.cues[k].classes.any(of(cBe, cHave, cHad, cWill, cMay, cWould, cTo)) {
			return false
		}
	}
	return i-arg <= 3 && !((f.class == cReach || f.class == cSign) && r.recent(s, i))
}
