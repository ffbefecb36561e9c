package read

// What a verb hangs on decides whether it has happened: "agreed to meet", "would meet", "refused to meet".

// would: "said talks would resume on Tuesday" looks ahead; "that would resume"
// without a report is a hypothesis.
func (p *part) would(k, from int) verdict {
	for j, to := k+1, min(k+30, p.t.Sentences[p.t.Tokens[k].Sentence].To); j < to; j++ {
		if p.is(j, anIf) && !p.boundary(j) { // "would sit down tomorrow if sanctions were lifted"
			return verdict{mood: unreal, reason: "conditional"}
		}
	}
	for j, to := k+1, p.t.Sentences[p.t.Tokens[k].Sentence].To; p.english && j < min(to, k+12); j++ {
		switch w := p.t.Tokens[j].Norm; {
		case w == "anytime", w == "any" && j+1 < to && p.t.Tokens[j+1].Norm == "time":
			return verdict{mood: unreal, reason: "ready to, not agreed"} // "said he would meet Kim any time"
		}
	}
	if p.ifBefore(k, from) {
		return verdict{mood: unreal, reason: "conditional"} // "If he were tried, Washington would suspend the talks"
	}
	if p.left(k, from, 30, of(cSaid, cAccordingTo)) >= 0 || p.left(k, from, 30, of(cReach)) >= 0 {
		return verdict{mood: planned}
	}
	if p.reported(k) {
		return verdict{mood: planned}
	}
	return verdict{mood: unreal, reason: "hypothetical"}
}

// governor reads the word that a "to" at token k hangs on.
func (p *part) governor(k, from int) verdict {
	for j := k - 1; p.english && j >= from && j >= k-9 && !p.boundary(j+1); j-- {
		if w := p.t.Tokens[j].Norm; w == "nobody" || w == "none" {
			return verdict{mood: unreal, negated: true, reason: "negated"} // "nobody from Baku was travelling to meet"
		}
	}
	for j := k - 1; j >= from && j >= k-9; j-- {
		if p.boundary(j + 1) {
			break
		}
		if w := p.t.Tokens[j].Norm; p.english && (w == "threatens" || w == "threatened" || w == "threatening") {
			return verdict{mood: unreal, reason: "only threatened"}
		}
		q := p.cues[j]
		if q == nil || j < k-5 && !q.classes.has(cLikely) && !(q.classes.has(cWant) && p.calls(j)) {
			continue
		}
		switch s := q.classes; {
		case s.has(cFail), p.english && s.has(cReject) && j == k-1:
			return verdict{mood: unreal, negated: true, reason: "negated"} // "fails to", "refuses to"
		case s.has(cLikely):
			if s.has(cNot) || p.left(j, from, 3, of(cNot)) >= 0 {
				return verdict{mood: unreal, negated: true, reason: "negated"}
			}
			if w := p.t.Tokens[j].Norm; p.english && (w == "ready" || w == "prepared" || w == "willing") && !p.dayToCome(from, p.sentenceEnd(k)) {
				return verdict{mood: unreal, reason: "ready to, not agreed"}
			}
			told := p.left(j, from, 30, of(cSaid, cAccordingTo)) >= 0 // "said talks were likely to resume" looks ahead
			if p.left(j, from, 4, of(cHad)) >= 0 || p.wasOnly(j, from) && !told {
				return verdict{mood: backstory, reason: "it had been planned"}
			}
			return verdict{mood: planned, hedged: hedging(p.t.Tokens[j].Norm)}
		case s.has(cWant):
			return verdict{mood: unreal, reason: "wished for, not announced"}
		case p.english && j == k-1 && goesOn(p.t.Tokens[j].Norm):
			return verdict{mood: happened} // "continues to violate the truce"
		case s.has(cReach), s.has(cAccept): // agreed to meet
			return verdict{mood: planned}
		case s.has(cBe):
			return verdict{mood: planned}
		case s.has(cOffer), p.english && j == k-1 && offering(p.t.Tokens[j].Norm):
			return verdict{mood: unreal, reason: "offered, not agreed"}
		case s.has(cSaid):
			return verdict{mood: planned}
		}
	}
	if p.title {
		return verdict{mood: planned}
	}
	return verdict{mood: unreal, reason: "a purpose, not an event"}
}

// goesOn reports verbs of what is being done still.
func goesOn(w string) bool {
	switch w {
	case "continue", "continues", "continued", "keeps":
		return true
	}
	return false
}

// offering reports nouns of which the "to" behind them says what is offered: "Trump's
// invitation to meet".
func offering(w string) bool {
	switch w {
	case "invitation", "offer", "proposal", "request", "call", "calls", "bid", "demand", "suggestion":
		return true
	}
	return false
}

// calls reports verbs that ask somebody else to do it, who may be named at
// length: "calls on London and Port Louis to reopen".
func (p *part) calls(j int) bool {
	if p.cues[j].length > 1 {
		return true
	}
	switch p.t.Tokens[j].Norm {
	case "appeal", "appeals", "appealed", "urge", "urges", "urged", "urging", "asks", "asked", "wants", "wanted", "presses", "pressed", "encourages", "encouraged":
		return true
	}
	return false
}

// wasOnly reports "was due to", without a later "will".
func (p *part) wasOnly(j, from int) bool {
	for k := j - 1; k >= from && k >= j-4; k-- {
		if n := p.t.Tokens[k].Norm; (n == "was" || n == "were") && p.has(k, cBe) {
			return true
		} else if p.has(k, cBe) {
			return false
		}
	}
	return false
}

// hedging tells "expected to" from "scheduled to": the second is a fact about
// the calendar.
func hedging(w string) bool {
	switch w {
	case "scheduled", "set", "due", "slated", "confirmed":
		return false
	}
	return true
}
