package read

import (
	"parley/internal/dates"
	"parley/internal/text"
)

// negation reports a negator that binds the trigger: within three tokens, or
// on a noun group right before it.
func (p *part) negation(i, from int) bool {
	for k := i - 1; k >= from && k >= i-3; k-- {
		if p.boundary(k + 1) {
			return false
		}
		if p.has(k, cNot) && !p.has(k, cNoDate) {
			// "no longer"/"not only" and a "no" that is a label of its own
			if k+1 < len(p.t.Tokens) && (p.t.Tokens[k+1].Norm == "only" || k+2 < len(p.t.Tokens) && p.t.Tokens[k+2].Norm == "than") {
				return false // "not only", "no later than"
			}
			return true
		}
	}
	return false
}

// noneBehind reports "will hold no ceremony", not "says no to" or "no later than".
func (p *part) noneBehind(end, to int) bool {
	return end+1 < to && p.t.Tokens[end].Norm == "no" && p.t.Tokens[end].Gap&(text.Comma|text.Dash|text.Semicolon) == 0 && p.t.Tokens[end+1].Norm != "to" && !(end+2 < to && p.t.Tokens[end+2].Norm == "than")
}

// notBehind reports a negator right behind a word in languages whose verb ends
// the sentence: "قیاس آرائی نہیں کرنا".
func (p *part) notBehind(end, to int) bool { return end < to && p.has(end, cNot) }

// disputed reports that the trigger is what somebody denies: "denied a report
// that the sides had agreed on a truce".
func (p *part) disputed(i, from int) bool {
	for k := i - 1; k >= from && k >= i-18; k-- {
		if p.t.Tokens[k+1].Gap&(text.Semicolon|text.Dash|text.SentenceEnd|text.QuoteClose) != 0 || p.boundary(k+1) && p.t.Tokens[k+1].Gap&text.Colon == 0 {
			return false
		}
		if p.has(k, cDeny) {
			return true
		}
	}
	return false
}

// unsaid reports that the trigger is what somebody did not say: "will neither
// confirm nor deny that", "would not say whether", "declined to confirm".
func (p *part) unsaid(i, from int) bool {
	for k := i - 1; k >= from && k >= i-16; k-- {
		if p.t.Tokens[k+1].Gap&(text.Semicolon|text.Colon|text.Dash|text.SentenceEnd) != 0 {
			return false
		}
		if !p.is(k, aConfirm) {
			continue
		}
		for j := k - 1; j >= from && j >= k-4; j-- {
			if p.is(j, aNever) || p.has(j, cNot) || p.has(j, cFail) {
				return true
			}
		}
		return false
	}
	return false
}

// conditional reports an "if" that governs the trigger's clause.
func (p *part) conditional(i, from int) bool {
	for k := i - 1; k >= from && k >= i-14; k-- {
		if p.t.Tokens[k+1].Gap&(text.Semicolon|text.Colon|text.Dash) != 0 {
			return false
		}
		if p.has(k, cIf) {
			w := p.t.Tokens[k].Norm
			if w == "once" && k+1 < i && p.t.Tokens[k].Gap&text.Comma != 0 {
				switch p.t.Tokens[k+1].Norm {
				case "due", "planned", "set", "scheduled", "meant":
					continue // "the talks, once due on 9 February"
				}
			}
			if w == "until" || w == "once" || w == "depends" || w == "depend" || w == "contingent" {
				return k >= i-4
			}
			return true
		}
	}
	// "talks will resume only if": the condition behind the verb
	for k := i + 1; k < len(p.t.Tokens) && k <= i+4; k++ {
		if p.boundary(k) {
			break
		}
		if p.has(k, cIf) && k > i+1 && p.t.Tokens[k-1].Norm == "only" {
			return true
		}
	}
	return false
}

// inPast reports signs that the event is history: "last year", "in 2015", an
// anniversary.
func (p *part) inPast(i int, c class, from, to int) bool {
	for k := from; k < min(to, from+6) && k < i; k++ {
		if p.has(k, cPast) && p.t.Tokens[k].Norm != "previous" && (p.together(k, i) || k < from+3) {
			return true // "One year ago today the ministers signed"
		}
	}
	for k := from + 1; k < to; k++ { // "in 2013", wherever it stands
		if tok := &p.t.Tokens[k]; tok.Flags&text.Number != 0 && len(tok.Norm) == 4 && p.year > 0 && p.t.Tokens[k-1].Norm == "in" {
			if y := atoi(tok.Norm); y >= 1900 && y < p.year-1 && abs(k-i) < 25 {
				return true
			}
		}
	}
	undoes := of(cViolate, cSuspend, cReject, cCancel).has(c)
	for k := max(from, i-9); k < min(to, i+10); k++ {
		if p.has(k, cPast) && !p.has(k, cSaid) && (p.together(k, i) || k < from+4) {
			return true
		}
		if tok := &p.t.Tokens[k]; tok.Flags&text.Number != 0 && len(tok.Norm) == 4 && p.year > 0 {
			if y := atoi(tok.Norm); y >= 1900 && y < p.year && !(k+1 < to && p.t.Tokens[k+1].Gap&text.Space == 0) && !(undoes && p.yearOfDeal(k, i, to)) {
				return true
			}
		}
	}
	return false
}

// yearOfDeal reports a year at token k, behind a verb at i, that only says which accord is
// meant: "no longer applies the 2022 roadmap".
func (p *part) yearOfDeal(k, i, to int) bool {
	if !p.english || k < i || !determiner(p.t.Tokens[k-1].Norm) && p.t.Tokens[k-1].Flags&text.Possessive == 0 && k > i+2 {
		return false
	}
	return p.next(k+1, min(to, k+4), of(cDeal)) < min(to, k+4)
}

// behindAfter reports a clause that only tells upon what something happened:
// "blacklists banks after Pyongyang stays away from talks".
func (p *part) behindAfter(i, from int) bool {
	if !p.english {
		return false
	}
	for k := i - 1; k > from+1 && k >= i-6; k-- {
		if p.boundary(k+1) || p.t.Tokens[k+1].Gap&text.Comma != 0 {
			return false
		}
		if w := p.t.Tokens[k].Norm; w == "after" || w == "since" {
			return true
		}
	}
	return false
}

// recalled reports signs that a sentence looks back: an anniversary anywhere in
// it, "the last meeting", "asked about claims that".
func (p *part) recalled(i int, c class, from, to int) bool {
	answers := of(cReject, cAccept, cPropose, cImpose, cEase, cViolate).has(c)
	if k := p.nextMarked(from, to, anAnniversary); k < to && !(answers && p.english && k < i && !p.together(k, i)) {
		return true
	}
	for k := i - 1; k > from && k >= i-12 && p.english; k-- {
		if w := p.t.Tokens[k].Norm; w == "after" || w == "since" { // "72 years after the armistice was signed"
			switch p.t.Tokens[k-1].Norm {
			case "year", "years", "decade", "decades", "century":
				return true
			}
			break
		}
	}
	for k := i - 1; k >= from && k >= i-20; k-- {
		if p.is(k, anAsking) && k-from <= 3 {
			return true
		}
	}
	for k := max(from+1, i-8); k < min(to, i+9) && !answers; k++ { // the meeting, before the verb or behind it; not "rejected what was proposed at last week's talks"
		if q := p.cues[k]; q != nil && q.classes.any(of(cMeeting, cTalks)) && (p.is(k-1, aLast) || k-2 >= from && p.is(k-2, aLast) && p.t.Tokens[k].Gap&text.Comma == 0) && p.together(i, k) {
			return true
		}
	}
	for k := i + 1; p.english && k+2 < to && k < i+9; k++ { // "has carried messages between them for three years"
		if p.t.Tokens[k].Norm == "for" {
			for j := k + 1; j < min(to, k+4); j++ {
				switch p.t.Tokens[j].Norm {
				case "years", "decades":
					return true
				}
			}
		}
	}
	for k := from + 1; p.english && k+1 < i && k < from+6; k++ { // "The last round, in mid-June, took place without …"
		if q := p.cues[k]; q != nil && q.classes.any(of(cMeeting, cTalks)) && p.is(k-1, aLast) && p.t.Tokens[k+1].Gap&text.Comma != 0 {
			return true
		}
	}
	return false
}

// unless reports a condition behind the trigger: "will stay away unless".
func (p *part) unless(end, to int) bool {
	for k := end; k < min(to, end+14); k++ {
		if p.t.Tokens[k].Gap&(text.Semicolon|text.Colon|text.QuoteClose) != 0 {
			return false
		}
		if p.t.Tokens[k].Norm == "unless" || p.english && p.has(k, cIf) && p.cues[k].length >= 3 { // "when conditions allow"
			return true
		}
	}
	return false
}

// provided reports an "if" close behind a verb in the same breath: "will walk out of
// the talks if".
func (p *part) provided(end, to int) bool {
	for k := end; k < min(to, end+6) && p.t.Tokens[k].Gap&(parts|text.Comma) == 0; k++ {
		if p.english && p.t.Tokens[k].Norm == "if" {
			return true
		}
	}
	return false
}

// inRelative reports a clause that only tells which place or time is meant: "the
// post in which officers held their first round".
func (p *part) inRelative(i, from int) bool {
	if !p.english && i > from {
		switch p.t.Tokens[i-1].Norm {
		case "التي", "الذي", "اللذين": // "the truce that entered into force"
			return true
		}
	}
	for k := i - 1; k > from && k >= i-12; k-- {
		if p.boundary(k+1) || p.t.Tokens[k+1].Gap&text.Comma != 0 {
			return false
		}
		if p.t.Tokens[k].Norm == "who" && p.t.Tokens[k].Gap&text.Comma != 0 && p.english {
			for j := i + 1; j < min(len(p.t.Tokens), i+9); j++ {
				if p.t.Tokens[j].Gap&text.Comma != 0 {
					return p.has(j, cSaid) // "bishop Lizcano, who has carried letters between them, said"
				}
			}
		}
		if w := p.t.Tokens[k].Norm; w == "where" && !p.title || w == "which" && p.is(k-1, aPreposition) {
			return true
		}
	}
	return false
}

// ifBefore reports a clause of condition that ends before the "would" at token k.
func (p *part) ifBefore(k, from int) bool {
	comma := false
	for j := k - 1; p.english && j >= from; j-- {
		comma = comma || p.t.Tokens[j+1].Gap&text.Comma != 0
		if p.t.Tokens[j].Norm == "if" {
			return comma
		}
		if p.has(j, cSaid) {
			return false
		}
	}
	return false
}

// thatBefore reports "the plan that X had …": a relative clause behind a noun that
// can be proposed or agreed.
func (p *part) thatBefore(k, from int) bool {
	for j := k - 1; j > from && j >= k-4; j-- {
		if w := p.t.Tokens[j].Norm; (w == "that" || w == "which") && p.cues[j-1] != nil && p.cues[j-1].classes.any(of(cProposal, cDeal, cMeeting, cTalks, cSanction)) {
			return true
		}
	}
	return false
}

// sentenceEnd is where the sentence of token k ends.
func (p *part) sentenceEnd(k int) int { return p.t.Sentences[p.t.Tokens[k].Sentence].To }

// dayToCome reports that tokens [from,to) name a day that is planned.
func (p *part) dayToCome(from, to int) bool {
	for _, d := range p.datesIn(from, to) {
		if d.Status == dates.Planned && d.Role != dates.Speech && d.Role != dates.Past {
			return true
		}
	}
	return false
}
