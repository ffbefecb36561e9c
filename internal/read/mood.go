package read

import (
	"parley/internal/text"
)

// A mood places an event in reality.
type mood uint8

const (
	happened  mood = iota
	planned        // announced or expected to come
	present        // "talks resume": the date decides
	unreal         // negated, wished for, hypothetical, asked
	backstory      // it happened, but is not what the item reports
)

// A verdict is a mood with what bears on its certainty.
type verdict struct {
	mood    mood
	hedged  bool // likely, expected, may
	may     bool // only possible
	negated bool
	reason  string // why unreal or background, for the silence that may follow
}

// judge places the trigger at token i of p in reality. from and to bound its
// sentence.
func (p *part) judge(i int, q *cue, c class, from, to int) verdict {
	f := q.forms[c]
	v := p.aspect(i, f, from)
	if v.mood == unreal {
		return v
	}
	if p.negation(i, from) || p.noneBehind(i+int(q.length), to) {
		return verdict{mood: unreal, negated: true, reason: "negated"}
	}
	if c != cReject && p.disputed(i, from) {
		return verdict{mood: unreal, negated: true, reason: "only denied"}
	}
	if p.title {
		for k := i - 1; k > from && k >= i-7; k-- {
			over := p.english && k > from && (p.t.Tokens[k].Norm == "when" || p.t.Tokens[k].Norm == "whether") && (p.t.Tokens[k-1].Norm == "over" || p.t.Tokens[k-1].Norm == "about" || p.t.Tokens[k-1].Norm == "on")
			if over || p.is(k, aWhat) { // "what the envoy brought to Kigali", "at odds over when the meeting opens"
				return verdict{mood: backstory, reason: "comment or background, by its headline"}
			}
		}
	}
	if end := i + int(q.length); c == cSuspend && end < to && p.is(end, aSince) && (!p.title || p.t.Tokens[i].Gap&text.Comma != 0) {
		return verdict{mood: backstory, reason: "background"} // "talks that have been stalled since the winter"
	}
	if p.unsaid(i, from) {
		return verdict{mood: unreal, negated: true, reason: "neither confirmed nor denied"}
	}
	if p.conditional(i, from) {
		return verdict{mood: unreal, reason: "conditional"}
	}
	if (v.mood == happened || v.mood == present) && f != past && p.behindAfter(i, from) {
		return verdict{mood: backstory, reason: "background"}
	}
	if (v.mood == happened || v.mood == present) && p.recalled(i, c, from, to) {
		return verdict{mood: backstory, reason: "background"}
	}
	if v.mood == planned && (p.unless(i+int(q.length), to) || c == cSuspend && p.provided(i+int(q.length), to)) {
		return verdict{mood: unreal, reason: "conditional"}
	}
	if v.mood == planned && p.english && p.askedWhen(i, from) {
		return verdict{mood: unreal, reason: "asked, not told"}
	}
	if c == cEnd && p.english && p.untilThen(i, from) {
		return verdict{mood: unreal, reason: "conditional"} // "prolong the truce until the meetings are over"
	}
	if p.english && (v.mood == happened || v.mood == present) && p.onlyTried(i, from) {
		return verdict{mood: unreal, reason: "wished for, not announced"}
	}
	if v.mood == happened && p.inRelative(i, from) {
		return verdict{mood: backstory, reason: "background"}
	}
	if (v.mood == happened || v.mood == present) && p.inPast(i, c, from, to) {
		v.mood, v.reason = backstory, "background"
	}
	return v
}

// charged reports "charged its neighbour with" before token i.
func (p *part) charged(i, from int) bool {
	for k := i - 2; k >= from && k >= i-8; k-- {
		switch p.t.Tokens[k].Norm {
		case "charged", "charges", "charging", "taxed":
			return true
		}
	}
	return false
}

// askedWhen reports "asked by reporters when the two would be invited, …".
func (p *part) askedWhen(i, from int) bool {
	for k := i - 1; k >= from && k >= i-16 && p.t.Tokens[k+1].Gap&parts == 0; k-- {
		if p.is(k, anAsking) && k-from <= 3 {
			return true
		}
		if w := p.t.Tokens[k].Norm; (w == "when" || w == "whether") && k > from && unsettled(p.t.Tokens[k-1].Norm) {
			return true // "no agreement yet on when talks will restart"
		}
	}
	return false
}

// unsettled reports words behind which "when" is what nobody knows yet.
func unsettled(w string) bool {
	switch w {
	case "on", "over", "about", "discuss", "discusses", "discussing", "discussed", "decide", "decides", "deciding", "decided", "say", "saying", "clear", "know", "knows", "known", "determine", "unclear", "uncertain":
		return true
	}
	return false
}

// untilThen reports that the clause of token i says only how long something lasts.
func (p *part) untilThen(i, from int) bool {
	for k := i - 1; k >= from && k >= i-8 && p.t.Tokens[k+1].Gap&parts == 0; k-- {
		switch p.t.Tokens[k].Norm {
		case "until", "till", "once":
			return true
		}
	}
	return false
}

// aspect reads the verb group to the left of the trigger.
func (p *part) aspect(i int, f form, from int) verdict {
	switch f {
	case participle:
		return p.slated(i, from)
	case stative:
		if k := p.left(i, from, 4, of(cWill, cMay, cWould)); k >= 0 {
			return verdict{mood: planned, may: p.has(k, cMay)}
		}
		return verdict{mood: happened}
	case moved:
		return verdict{mood: planned}
	case future:
		if !p.english && p.left(i, from, 3, of(cWant)) >= 0 {
			return verdict{mood: unreal, reason: "wished for, not announced"} // "pidió que se levantaran las licencias", written as a future without its accent
		}
		k := p.left(i, from, 8, of(cMay, cLikely))
		return verdict{mood: planned, hedged: k >= 0, may: k >= 0 && p.has(k, cMay) && !p.has(k, cLikely)}
	case nominal:
		return p.noun(i, from)
	case gerund:
		if k := p.left(i, from, 3, of(cBe)); k >= 0 {
			return verdict{mood: present}
		}
		if p.english && i > from && p.t.Tokens[i-1].Norm == "with" && p.charged(i, from) {
			return verdict{mood: happened} // "charged its neighbour with breaking the truce"
		}
		if k := p.left(i, from, 9, of(cSaid)); k >= 0 && accuses(p.t.Tokens[k].Norm) {
			return verdict{mood: happened}
		}
		if v := p.noun(i, from); v.mood != present {
			return v
		}
		return verdict{mood: backstory, reason: "named, not reported"}
	case third:
		if k := p.left(i, from, 2, of(cMay)); k >= 0 {
			return verdict{mood: planned, may: true, hedged: true}
		}
		return verdict{mood: present}
	case base:
		if p.title && p.english && i == from {
			if i+1 < len(p.t.Tokens) && p.t.Tokens[i+1].Norm == "of" {
				return verdict{mood: happened} // "Launch of new round", a noun
			}
			return verdict{mood: unreal, reason: "demanded, not done"} // "Sign or lose the licences"
		}
		if p.english && p.t.Tokens[i].Norm == "to" {
			return p.governor(i, from) // a cue that holds its own "to": "Egypt to host"
		}
		if i > from && determiner(p.t.Tokens[i-1].Norm) { // "ending a freeze"
			return verdict{mood: backstory, reason: "named, not reported"}
		}
		return p.infinitive(i, from)
	}
	return p.participle(i, from)
}

func determiner(w string) bool {
	switch w {
	case "the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "any", "another":
		return true
	}
	return false
}

// accuses reports verbs whose "of violating" states the violation.
func accuses(w string) bool {
	switch w {
	case "accuse", "accuses", "accused", "accusing", "alleges", "alleged", "claims", "claimed", "denounces", "denounced", "blames", "blamed":
		return true
	}
	return false
}

// infinitive reads what governs a base form: "will resume", "are expected to
// resume", "refused to resume", "to resume".
func (p *part) infinitive(i, from int) verdict {
	if p.english && i-2 > from && p.t.Tokens[i-1].Norm == "to" && p.t.Tokens[i-3].Norm == "no" {
		switch p.t.Tokens[i-2].Norm { // "no plan to meet"
		case "plan", "plans", "intention", "need", "reason", "wish", "desire", "rush", "hurry":
			return verdict{mood: unreal, negated: true, reason: "negated"}
		}
	}
	for k := i - 1; k >= from && k >= i-7; k-- {
		q := p.cues[k]
		if p.boundary(k + 1) {
			break
		}
		if q == nil {
			continue
		}
		switch s := q.classes; {
		case p.english && q.length == 2 && k+2 == i && p.t.Tokens[k].Norm == "due" && (p.left(k, from, 3, of(cHad)) >= 0 || p.wasOnly(k, from)):
			return verdict{mood: backstory, reason: "it had been planned"}
		case p.english && q.length == 2 && k+2 == i && p.t.Tokens[k+1].Norm == "to" && q.forms[cHold] == participle:
			return p.slated(k, from) // "set to meet"
		case p.english && q.length == 2 && k+2 == i && p.t.Tokens[k+1].Norm == "to" && s.any(of(cReach, cAccept)):
			if s.has(cNot) || p.left(k, from, 3, of(cNot, cFail)) >= 0 {
				return verdict{mood: unreal, negated: true, reason: "negated"}
			}
			return verdict{mood: planned} // "agree to meet"
		case p.english && k == i-1 && p.t.Tokens[k].Norm == "must":
			return verdict{mood: unreal, reason: "demanded, not done"}
		case s.has(cTo) && k >= i-3:
			return p.governor(k, from)
		case s.has(cMay):
			if s.has(cNot) {
				return verdict{mood: unreal, negated: true, reason: "negated"}
			}
			return verdict{mood: planned, hedged: true, may: true}
		case s.has(cWill):
			if s.has(cNot) {
				return verdict{mood: unreal, negated: true, reason: "negated"}
			}
			return verdict{mood: planned, hedged: p.left(i, k, 6, of(cLikely)) > k}
		case s.has(cWould):
			return p.would(k, from)
		case s.has(cDo) && k >= i-3:
			if s.has(cNot) || p.left(i, k, 3, of(cNot)) >= 0 {
				return verdict{mood: unreal, negated: true, reason: "negated"}
			}
			return verdict{mood: happened}
		}
	}
	if !p.title { // a base form by itself tells of habits: "the two sit in a committee"
		if k := p.left(i, from, 18, of(cWill, cMay)); k >= 0 && p.has(k, cWill) {
			return verdict{mood: planned}
		}
	}
	return verdict{mood: present}
}

// participle reads a past form: simple past, perfect, passive.
func (p *part) participle(i, from int) verdict {
	for k := i - 1; k >= from && k >= i-6; k-- {
		if p.boundary(k + 1) {
			break
		}
		q := p.cues[k]
		if q == nil || p.verbLast && !q.classes.any(of(cNot, cFail)) {
			continue // the auxiliaries of a verb that ends the sentence stand behind it
		}
		switch s := q.classes; {
		case s.has(cHad):
			if p.english && p.thatBefore(k, from) {
				return verdict{mood: backstory, reason: "background"} // "a proposal that Hamas had accepted"
			}
			if p.left(k, from, 30, of(cSaid)) >= 0 || p.reported(k) {
				return verdict{mood: happened}
			}
			return verdict{mood: backstory, reason: "background"}
		case s.has(cNot) && k >= i-3:
			return verdict{mood: unreal, negated: true, reason: "negated"}
		case s.has(cMay):
			return verdict{mood: planned, may: true, hedged: true}
		case s.has(cWill):
			return verdict{mood: planned}
		case s.has(cWould):
			return p.would(k, from)
		case s.has(cTo) && k >= i-3 && !(p.english && p.has(k, cTo) && k+1 < i && (determiner(p.t.Tokens[k+1].Norm) || len(p.whoIn(k+1, i)) > 0)): // not "access to the sea ended"
			return p.governor(k, from)
		case s.has(cFail) && k >= i-3:
			return verdict{mood: unreal, negated: true, reason: "negated"}
		case s.has(cHave):
			return verdict{mood: happened}
		}
	}
	if k := p.subordinate(i, from); k >= 0 && !p.title && p.left(i, k, 7, of(cSaid)) < 0 {
		return verdict{mood: backstory, reason: "background"} // "five days after the sides wound up their round"
	}
	return verdict{mood: happened}
}

// subordinate finds the "after" or "since" of the clause that the trigger stands
// in, −1 if it stands in none.
func (p *part) subordinate(i, from int) int {
	for k := i - 1; k >= from && k >= i-14; k-- {
		if p.boundary(k+1) || p.t.Tokens[k+1].Gap&text.Comma != 0 {
			return -1
		}
		if p.has(k, cBefore) {
			if p.boundary(k) {
				return -1 // "After a gap of eight months the commission opened"
			}
			return k
		}
	}
	return -1
}

// slated reads "scheduled", "due", "set for": plans, unless they are of the past.
func (p *part) slated(i, from int) verdict {
	if p.left(i, from, 4, of(cNot, cFail)) >= 0 {
		return verdict{mood: unreal, negated: true, reason: "negated"}
	}
	for k, to := i+1, p.t.Sentences[p.t.Tokens[i].Sentence].To; p.english && k+1 < to && k < i+9; k++ {
		if p.has(k, cBe) && p.has(k+1, cNot) && !p.boundary(k) {
			return verdict{mood: unreal, negated: true, reason: "negated"} // "a meeting planned for the spring was never convened"
		}
	}
	if p.left(i, from, 3, of(cHad)) >= 0 || p.wasOnly(i, from) && !p.saidAhead(i, from) || p.left(i, from, 2, of(cPast)) >= 0 {
		return verdict{mood: backstory, reason: "it had been planned"}
	}
	if p.left(i, from, 4, of(cMay)) >= 0 {
		return verdict{mood: planned, may: true, hedged: true}
	}
	return verdict{mood: planned, hedged: hedging(p.t.Tokens[i].Norm) && p.has(i, cLikely)}
}

// saidAhead reports what somebody said was due on a day to come: "said delegations were
// due in Algiers on Saturday".
func (p *part) saidAhead(i, from int) bool {
	return p.english && p.left(i, from, 20, of(cSaid)) >= 0 && p.dayToCome(i, min(p.sentenceEnd(i), i+7))
}

// noun reads a verbal noun: "the resumption of talks", "after walking out".
func (p *part) noun(i, from int) verdict {
	if p.english && i-2 >= from && p.t.Tokens[i-1].Norm == "to" && p.left(i-1, from, 2, of(cGap)) >= 0 {
		return verdict{mood: unreal, reason: "a purpose, not an event"} // "remains stumbling block to signing"
	}
	for k := i - 1; k >= from && k >= i-5; k-- {
		if p.boundary(k + 1) {
			break
		}
		q := p.cues[k]
		if q == nil {
			continue
		}
		switch s := q.classes; {
		case s.has(cNot), s.has(cFail):
			return verdict{mood: unreal, negated: true, reason: "negated"}
		case s.has(cWant):
			return verdict{mood: unreal, reason: "wished for, not announced"}
		case s.has(cMay):
			return verdict{mood: planned, may: true, hedged: true}
		case s.has(cIf):
			return verdict{mood: unreal, reason: "hypothetical"}
		case s.has(cBefore):
			return verdict{mood: backstory, reason: "background"}
		case s.has(cWill), s.has(cLikely):
			return verdict{mood: planned, hedged: s.has(cLikely)}
		case s.has(cSaid):
			return verdict{mood: present}
		}
	}
	return verdict{mood: present}
}
