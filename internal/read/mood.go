package read

import "parley/internal/text"

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
			if p.is(k, aWhat) { // "what the envoy brought to Kigali"
				return verdict{mood: backstory, reason: "comment or background, by its headline"}
			}
		}
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
	if (v.mood == happened || v.mood == present) && p.recalled(i, from, to) {
		return verdict{mood: backstory, reason: "background"}
	}
	if v.mood == planned && p.unless(i+int(q.length), to) {
		return verdict{mood: unreal, reason: "conditional"}
	}
	if v.mood == happened && !p.title && p.inRelative(i, from) {
		return verdict{mood: backstory, reason: "background"}
	}
	if (v.mood == happened || v.mood == present) && p.inPast(i, from, to) {
		v.mood, v.reason = backstory, "background"
	}
	return v
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
		k := p.left(i, from, 8, of(cMay, cLikely))
		return verdict{mood: planned, hedged: k >= 0, may: k >= 0 && p.has(k, cMay) && !p.has(k, cLikely)}
	case nominal:
		return p.noun(i, from)
	case gerund:
		if k := p.left(i, from, 3, of(cBe)); k >= 0 {
			return verdict{mood: present}
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
	for k := i - 1; k >= from && k >= i-7; k-- {
		q := p.cues[k]
		if p.boundary(k + 1) {
			break
		}
		if q == nil {
			continue
		}
		switch s := q.classes; {
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

// would: "said talks would resume on Tuesday" looks ahead; "that would resume"
// without a report is a hypothesis.
func (p *part) would(k, from int) verdict {
	for j, to := k+1, min(k+30, p.t.Sentences[p.t.Tokens[k].Sentence].To); j < to; j++ {
		if p.is(j, anIf) && !p.boundary(j) { // "would sit down tomorrow if sanctions were lifted"
			return verdict{mood: unreal, reason: "conditional"}
		}
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
	for j := k - 1; j >= from && j >= k-9; j-- {
		if p.boundary(j + 1) {
			break
		}
		q := p.cues[j]
		if q == nil || j < k-5 && !q.classes.has(cLikely) && !(q.classes.has(cWant) && p.calls(j)) {
			continue
		}
		switch s := q.classes; {
		case s.has(cFail):
			return verdict{mood: unreal, negated: true, reason: "negated"}
		case s.has(cLikely):
			if s.has(cNot) || p.left(j, from, 3, of(cNot)) >= 0 {
				return verdict{mood: unreal, negated: true, reason: "negated"}
			}
			told := p.left(j, from, 30, of(cSaid, cAccordingTo)) >= 0 // "said talks were likely to resume" looks ahead
			if p.left(j, from, 4, of(cHad)) >= 0 || p.wasOnly(j, from) && !told {
				return verdict{mood: backstory, reason: "it had been planned"}
			}
			return verdict{mood: planned, hedged: hedging(p.t.Tokens[j].Norm)}
		case s.has(cWant):
			return verdict{mood: unreal, reason: "wished for, not announced"}
		case s.has(cReach), s.has(cAccept): // agreed to meet
			return verdict{mood: planned}
		case s.has(cBe):
			return verdict{mood: planned}
		case s.has(cOffer):
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

// calls reports verbs that ask somebody else to do it, who may be named at
// length: "calls on London and Port Louis to reopen".
func (p *part) calls(j int) bool {
	if p.cues[j].length > 1 {
		return true
	}
	switch p.t.Tokens[j].Norm {
	case "urge", "urges", "urged", "urging", "asks", "asked", "wants", "wanted", "presses", "pressed", "encourages", "encouraged":
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
		case s.has(cTo) && k >= i-3:
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
	if p.left(i, from, 3, of(cHad)) >= 0 || p.wasOnly(i, from) || p.left(i, from, 2, of(cPast)) >= 0 {
		return verdict{mood: backstory, reason: "it had been planned"}
	}
	if p.left(i, from, 4, of(cMay)) >= 0 {
		return verdict{mood: planned, may: true, hedged: true}
	}
	return verdict{mood: planned, hedged: hedging(p.t.Tokens[i].Norm) && p.has(i, cLikely)}
}

// noun reads a verbal noun: "the resumption of talks", "after walking out".
func (p *part) noun(i, from int) verdict {
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

// negation reports a negator that binds the trigger: within three tokens, or
// on a noun group right before it.
func (p *part) negation(i, from int) bool {
	for k := i - 1; k >= from && k >= i-3; k-- {
		if p.boundary(k + 1) {
			return false
		}
		if p.has(k, cNot) && !p.has(k, cNoDate) {
			// "no longer"/"not only" and a "no" that is a label of its own
			if k+1 < len(p.t.Tokens) && p.t.Tokens[k+1].Norm == "only" {
				return false
			}
			return true
		}
	}
	return false
}

// noneBehind reports "will hold no ceremony", not "says no to".
func (p *part) noneBehind(end, to int) bool {
	return end+1 < to && p.t.Tokens[end].Norm == "no" && p.t.Tokens[end+1].Norm != "to"
}

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
func (p *part) inPast(i, from, to int) bool {
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
	for k := max(from, i-9); k < min(to, i+10); k++ {
		if p.has(k, cPast) && !p.has(k, cSaid) && (p.together(k, i) || k < from+4) {
			return true
		}
		if tok := &p.t.Tokens[k]; tok.Flags&text.Number != 0 && len(tok.Norm) == 4 && p.year > 0 {
			if y := atoi(tok.Norm); y >= 1900 && y < p.year && !(k+1 < to && p.t.Tokens[k+1].Gap&text.Space == 0) {
				return true
			}
		}
	}
	return false
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
func (p *part) recalled(i, from, to int) bool {
	if p.marked(from, to, anAnniversary) > 0 {
		return true
	}
	for k := i - 1; k >= from && k >= i-20; k-- {
		if p.is(k, anAsking) && k-from <= 3 {
			return true
		}
	}
	for k := max(from+1, i-8); k < min(to, i+9); k++ { // the meeting, before the verb or behind it
		if q := p.cues[k]; q != nil && q.classes.any(of(cMeeting, cTalks)) && (p.is(k-1, aLast) || k-2 >= from && p.is(k-2, aLast) && p.t.Tokens[k].Gap&text.Comma == 0) && p.together(i, k) {
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
		if p.t.Tokens[k].Norm == "unless" {
			return true
		}
	}
	return false
}

// inRelative reports a clause that only tells which place or time is meant: "the
// post in which officers held their first round".
func (p *part) inRelative(i, from int) bool {
	for k := i - 1; k > from && k >= i-12; k-- {
		if p.boundary(k+1) || p.t.Tokens[k+1].Gap&text.Comma != 0 {
			return false
		}
		if w := p.t.Tokens[k].Norm; w == "where" || w == "which" && p.is(k-1, aPreposition) {
			return true
		}
	}
	return false
}

// together reports that no comma or clause mark parts two tokens.
func (p *part) together(a, b int) bool {
	if a > b {
		a, b = b, a
	}
	for k := a + 1; k <= b; k++ {
		if p.boundary(k) || p.t.Tokens[k].Gap&text.Comma != 0 {
			return false
		}
	}
	return true
}

// left returns the nearest token before i, within n tokens and the clause,
// whose cue has one of the classes; −1 if none has.
func (p *part) left(i, from, n int, s set) int {
	for k := i - 1; k >= from && k >= i-n; k-- {
		if n <= 8 && p.boundary(k+1) {
			return -1
		}
		if q := p.cues[k]; q != nil && q.classes.any(s) {
			return k
		}
	}
	return -1
}

// boundary reports whether a clause begins at token k.
func (p *part) boundary(k int) bool {
	if k <= 0 || k >= len(p.t.Tokens) {
		return true
	}
	tok := &p.t.Tokens[k]
	if tok.Gap&(text.SentenceEnd|text.Semicolon|text.Colon|text.Dash) != 0 {
		return true
	}
	switch tok.Norm {
	case "but", "while", "although", "though", "whereas",
		"mais", "tandis", "alors", "pero", "mientras", "aunque", "но", "однако", "хотя", "لكن", "بينما", "اما", "ولي", "ليكن", "مگر":
		return true
	}
	return false
}

func (p *part) has(k int, c class) bool {
	return p.cues[k] != nil && p.cues[k].classes.has(c)
}

func atoi(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
