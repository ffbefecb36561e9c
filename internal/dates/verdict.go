package dates

import "parley/internal/text"

// A verdict is what the words around a date say about it.
type verdict struct {
	dir    direction
	role   Role
	status Status
	linked bool
	// newDate tells that "until" leads to the new date of what is put off, and
	// sets no deadline.
	newDate bool
	untold  bool // no verb said anything
	nearest bool // no word looks ahead: a day and month without a year may lie a little behind
	// replaced tells that the date no longer holds, so it may lie on either side.
	replaced bool
	// scheduled tells that the date is one that was planned, not one that will be.
	scheduled, was bool
}

// govern finds the words that govern an item and concludes from them.
func (p *parser) govern(it *item) verdict {
	for _, x := range p.glued { // "Fridayreported"
		if x.token == it.last-1 && x.cues&cueSpeech != 0 {
			return verdict{dir: backward, role: Speech, status: Held}
		}
	}
	if p.possessive(it.last) || p.attributive(it) {
		if v, ok := p.ofNoun(it); ok {
			return v
		}
	}
	if p.picked(it) {
		return verdict{dir: forward, role: Talks, status: Planned, scheduled: true}
	}
	if p.acted(it) && !it.plainlyAhead() {
		return verdict{dir: backward, role: Speech, status: Held}
	}
	back := p.lookBack(it.first)
	if back.speech && it.plainlyAhead() {
		back = finding{}
	}
	var fore finding
	if p.lex.verbLast || !back.speech && (back.tense == tenseUntold || back.tense == tenseScheduled || back.tense == tensePossible) { // else what stands before has said it
		fore = p.lookAhead(it.next, it.first-p.sent.From < 3 || !p.lex.verbLast && p.tokens[it.first].Gap&text.Comma != 0 && !back.any)
	}
	// "Iran on Friday said": the verb stands right behind.
	if k := it.next; k < p.sent.To && p.tokens[k].Gap&^text.Space == 0 && !p.lex.verbLast {
		j := k
		if p.senses[j].class == classNone && p.senses[j].cues == 0 && j+1 < p.sent.To && p.tokens[j+1].Gap&^text.Space == 0 && p.tokens[j].Flags&text.Capital == 0 {
			j++ // an adverb
		}
		if (p.senses[j].cues&cueSpeech != 0 || it.first > p.sent.From+1 && p.actedOn(j) && !it.plainlyAhead()) && back.tense == tenseUntold && !back.speech && !(back.event && p.actedOn(j)) { // "Egypt on Wednesday proposed a truce"
			return verdict{dir: backward, role: Speech, status: Held}
		}
	}
	f := back
	if p.lex.verbLast {
		f = merge(fore, back)
		if fore.tense == tenseUntold && !fore.speech {
			f.tense, f.speech = back.tense, back.speech
		}
	} else if back.tense == tenseUntold && !back.speech {
		f = merge(fore, back)
	} else if (back.event || fore.event) && !back.speech && (back.tense == tenseScheduled || back.tense == tensePossible) {
		// "talks planned for Tuesday were postponed"
		f.postpone = f.postpone || fore.postpone && !fore.speech
		f.cancel = f.cancel || fore.cancel && !fore.speech
	}
	if (back.tense == tenseScheduled || back.tense == tensePossible) && !f.postpone && !f.cancel && p.enclosed(it) { // talks, due on Tuesday, were put off
		k := it.next
		for k < p.sent.To && p.tokens[k].Gap&text.Comma == 0 {
			k++
		}
		past := p.lookAhead(k, true)
		f.postpone, f.cancel = past.postpone && !past.speech, past.cancel && !past.speech
	}
	if f.act {
		return verdict{dir: backward, role: Past, status: Held}
	}
	if k := it.next; (f.tense == tenseScheduled || f.tense == tenseAhead) && k < p.sent.To && p.tokens[k].Norm == "but" { // "due on Monday but were delayed"
		but := p.lookAhead(k+1, false)
		f.postpone, f.cancel = f.postpone || but.postpone, f.cancel || but.cancel
	}
	if f.speech && p.intended(it) {
		f.speech, f.tense = false, tenseScheduled // "confirmed for Wednesday"
	}
	if (f.speech || f.tense == tenseFinished) && p.isAlternate(it) {
		f.speech, f.tense = false, tensePossible // "Monday or Wednesday are also possible, he said", "were also being considered"
	}
	if f.speech && !it.plainlyAhead() {
		return verdict{dir: backward, role: Speech, status: Held}
	}
	if p.intended(it) && f.tense == tenseFinished {
		f.tense = tenseScheduled
	}
	return p.conclude(it, f)
}

// picked reports a date that is itself what somebody names: "confirms Saturday for the talks",
// "has named 4 December as the opening day".
func (p *parser) picked(it *item) bool {
	if p.lex.language != "en" || it.first == p.sent.From || it.next >= p.sent.To || p.tokens[it.first].Gap != text.Space || p.tokens[it.next].Gap != text.Space {
		return false
	}
	if w := p.tokens[it.next].Norm; w != "for" && w != "as" {
		return false
	}
	switch p.tokens[it.first-1].Norm {
	case "confirm", "confirms", "confirmed", "names", "named", "name", "sets", "set", "fixes", "fixed", "picks", "picked", "chooses", "chose", "chosen", "earmarks", "earmarked", "reserves", "reserved", "frees", "freed", "clears", "cleared":
		return true
	}
	return false
}

// enclosed reports a date in a clause between commas, behind the event that it
// is the date of.
func (p *parser) enclosed(it *item) bool {
	end := it.next
	for n := 0; n < 4 && end < p.sent.To && p.tokens[end].Gap == text.Space && (p.senses[end].cues&cuePlace != 0 || p.capital(end)) && p.senses[end].cues&^(cuePlace|cueEvent) == 0; n++ {
		end++ // due on 21 November in Gabala,
	}
	if end >= p.sent.To || p.tokens[end].Gap&text.Comma == 0 {
		return false
	}
	for k := it.first - 1; k > p.sent.From && k >= it.first-8 && !parts(p.tokens[k].Gap); k-- {
		if p.tokens[k].Gap&text.Comma != 0 {
			return p.senses[k].cues&(cuePlan|cueThat|cueBoundary) != 0 && p.senses[k-1].cues&(cueEvent|cuePlace) != 0 || p.senses[k].cues&(cuePlan|cueBoundary) != 0
		}
	}
	return false
}

// plainlyAhead reports an expression that can only lie in the future, so that
// nobody can have spoken then.
func (it *item) plainlyAhead() bool {
	v := it.a
	switch v.kind {
	case kindUnit, kindWeekday:
		s := v.shift
		if v.week != shiftNone {
			s = v.week
		}
		return s == shiftNext || s == shiftComing
	case kindSpan, kindAway, kindDays:
		return v.n > 0 && !v.either || v.kind == kindSpan && v.n == 0
	}
	return it.deadline
}

// intended reports a date that "for" leads up to: agreed for Easter.
func (p *parser) intended(it *item) bool {
	return it.first > p.sent.From && p.class(it.first-1) == classOn && p.val(it.first-1) == 1
}

// merge takes the verb from the first finding and the circumstances from both.
func merge(a, b finding) finding {
	if b.event && a.speech { // "talks on Sunday, he said"
		a.speech = false
	}
	a.event = a.event || b.event
	a.other = a.other || b.other && !b.event
	a.background = a.background || b.background
	a.original = a.original || b.original
	a.postpone = a.postpone || b.postpone
	a.cancel = a.cancel || b.cancel
	a.perfect = a.perfect || b.perfect
	a.negated = a.negated || b.negated
	return a
}

// attributive reports a date that stands before its noun: "the 24 November
// talks", "the Tuesday meeting".
func (p *parser) attributive(it *item) bool {
	k := it.last
	if it.next != it.last || k >= p.sent.To || p.tokens[k].Gap&^text.Space != 0 || it.first == p.sent.From {
		return false
	}
	if p.lex.language == "en" && p.tokens[k].Norm == "date" && k+1 < p.sent.To && p.tokens[k+1].Norm == "for" { // "confirms Tuesday date for talks"
		return true
	}
	if p.class(it.first-1) != classThe && p.class(it.first) != classThe && p.senses[it.first-1].cues&(cuePostpone|cueCancel) == 0 {
		return false // without an article a headline's "shifts Sunday meeting" all the same
	}
	return p.senses[k].cues&(cueEvent|cueSpeechNoun|cueOther) != 0
}

// ofNoun concludes from the noun behind "Tuesday's".
func (p *parser) ofNoun(it *item) (verdict, bool) {
	var c cue
	at := it.last
	for k := it.last; k < p.sent.To && k < it.last+6; k++ {
		if k > it.last && p.tokens[k].Gap&(hard|text.Comma) != 0 {
			break
		}
		if s := p.senses[k]; s.cues&(cueEvent|cueSpeechNoun|cueOther|cueBackground) != 0 {
			c, at = s.cues, k
			if c&cueEvent != 0 {
				break
			}
		}
		if p.senses[k].cues&(cuePast|cueFuture|cueSpeech|cueBoundary) != 0 && p.senses[k].cues&cueEvent == 0 {
			break
		}
	}
	if c == 0 {
		if h := p.head(it.first); h >= p.sent.From && (p.class(h) == classAfter || p.tokens[h].Norm == "following") { // after Thursday's incident
			return verdict{dir: backward, role: Past, status: Held}, true
		}
		return verdict{}, false
	}
	if c&cueSpeechNoun != 0 && c&cueEvent == 0 {
		return verdict{dir: backward, role: Speech, status: Held}, true
	}
	f := finding{event: c&cueEvent != 0, other: c&cueOther != 0}
	if it.first > p.sent.From {
		switch b := p.senses[it.first-1]; {
		case b.class == classAfter, p.tokens[it.first-1].Norm == "following":
			f.tense = tenseFinished
		case b.class == classBy:
			f.tense = tenseAhead
		}
	}
	if f.tense == tenseUntold {
		f = merge(p.lookAhead(at+1, false), f)
		f.speech = false
	}
	if f.tense == tenseUntold {
		if back := p.lookBack(it.first); !back.act {
			f.tense = back.tense
		}
	}
	f.event = c&cueEvent != 0
	return p.conclude(it, f), true
}

// conclude turns a finding into direction, role and status.
func (p *parser) conclude(it *item, f finding) verdict {
	v := verdict{status: Planned, untold: f.tense == tenseUntold}
	// Without a word that looks ahead, a day of the year is the nearest one.
	v.replaced = f.cancel || f.postpone || f.original
	v.nearest = v.replaced || f.tense == tenseUntold || f.tense == tensePresent
	switch f.tense {
	case tenseFinished:
		v.dir, v.status = backward, Held
		if f.original || f.postpone && !it.deadline {
			v.dir = unclear
		}
	case tenseAhead, tenseScheduled, tensePresent:
		v.dir = forward
	case tensePossible:
		v.dir, v.status = forward, Considered
	default:
		v.dir = p.unsaid(it, f)
		if v.dir == backward {
			v.status = Held
		}
	}
	if it.since {
		v.dir = backward
	}
	if it.deadline {
		v.dir = forward
		if v.status == Held {
			v.status = Planned
		}
	}
	toDate := it.deadline || f.postpone && p.onto(it) || it.first > p.sent.From && (p.class(it.first-1) == classTo || p.class(it.first-1) == classBy || p.class(it.first-1) == classThrough)
	switch {
	case it.moved:
		v.status, v.dir = Superseded, forward
	case f.postpone && toDate:
		v.status, v.dir = Planned, forward
		v.newDate = it.deadline && !it.before
	case f.postpone:
		v.status, v.dir = Postponed, forward
	case f.cancel, f.negated, p.rather(it):
		v.status = Negated
		if f.cancel {
			v.dir = forward
		}
	case f.original && (f.tense == tenseScheduled || f.tense == tenseFinished || f.tense == tenseAhead) && (f.event || p.speaksOfTalks(it)):
		v.status = Superseded
	}
	v.scheduled, v.was = f.tense == tenseScheduled, f.was
	v.role = Other
	talks := f.event || p.speaksOfTalks(it) && f.tense != tenseFinished && f.tense != tenseUntold && !f.other
	switch {
	case talks:
		v.role = Talks
		if v.dir == backward && (f.perfect || f.background) {
			v.role = Past
		}
	case it.deadline && !f.background && (!f.other || f.tense != tenseUntold || p.cueAt(it.next)&cueToVerb != 0):
		v.role = Talks
	case v.dir == backward:
		v.role = Past
	}
	if it.since && v.role == Talks {
		v.role = Past
	}
	return v
}

// onto reports a date to which something is put off: "for" or "to" leads to it
// and the verb of putting off stands before, with no plan in between.
func (p *parser) onto(it *item) bool {
	h := p.head(it.first)
	for h > p.sent.From && (p.class(h) == classThe || p.class(h) == classUnit) { // إلى يوم الخميس
		h = p.head(h)
	}
	if p.class(h) != classTo && !(p.class(h) == classOn && p.val(h) == 1) {
		return false
	}
	for k := h - 1; k >= p.sent.From && k >= h-7 && !parts(p.tokens[k+1].Gap); k-- {
		c := p.senses[k].cues
		if c&cuePostpone != 0 {
			return true
		}
		if c&(cuePlan|cueConsider|cueFuture|cueThat) != 0 {
			return false
		}
	}
	return false
}

// unsaid decides where no verb tells: headlines and fragments about talks
// look ahead, other prose looks back.
func (p *parser) unsaid(it *item, f finding) direction {
	if it.a.kind == kindDays || it.a.kind == kindNight || it.a.kind == kindAway || it.a.kind == kindSpan {
		return unclear
	}
	if f.event {
		return forward
	}
	if p.willDo(it.first) {
		return forward
	}
	for k := max(p.sent.From, it.first-reach); k < min(p.sent.To, it.first+reach); k++ {
		if k >= it.next && p.tokens[k].Gap&text.Semicolon != 0 { // "to Doha on Friday; both have accepted"
			break
		}
		if p.senses[k].cues&(cuePast|cueSpeech) != 0 {
			return backward
		}
	}
	return unclear
}

// willDo reports that a sentence begins with what somebody is to do, before i, by a verb that
// tells nothing of time: "Qatari minister to receive M23 envoys on Friday, spokesman says".
func (p *parser) willDo(i int) bool {
	const subject = 5 // words that it has at most
	for k := p.sent.From + 1; k < min(i-1, p.sent.From+1+subject); k++ {
		if p.senses[k-1].cues&(cuePast|cueSpeech|cueFuture|cueEventVerb|cueBoundary) != 0 || p.tokens[k].Gap != text.Space {
			return false
		}
		if p.tokens[k].Norm == "to" {
			next := &p.tokens[k+1]
			return next.Flags&text.Capital == 0 && next.Gap == text.Space && p.senses[k+1].class == classNone && p.senses[k+1].cues&^cueEventVerb == 0
		}
	}
	return false
}

// speaksOfTalks reports whether the sentence, or else the one before it, has
// talks in it: "It is expected on Tuesday."
func (p *parser) speaksOfTalks(it *item) bool {
	if p.eventHere(it) {
		return true
	}
	n := int(p.tokens[p.sent.From].Sentence)
	if n == 0 || p.tokens[p.sent.From].Gap&text.ParagraphEnd != 0 && n != 1 {
		return false
	}
	s := p.t.Sentences[n-1]
	if p.last != n-1 {
		p.scan(s)
		p.last = n - 1
	}
	for k := max(s.From, s.To-reach); k < s.To; k++ {
		if p.senses[k].cues&cueEvent != 0 {
			return true
		}
	}
	return false
}

// eventHere reports whether the sentence has talks in it.
func (p *parser) eventHere(it *item) bool {
	for k := max(p.sent.From, it.first-reach); k < min(p.sent.To, it.first+reach); k++ {
		if p.senses[k].cues&cueEvent != 0 {
			return true
		}
	}
	return false
}

// rather reports a date that another is told instead of: "on Sunday, not Saturday".
func (p *parser) rather(it *item) bool {
	k := it.first - 1
	if p.lex.language != "en" || k <= p.sent.From {
		return false
	}
	w := p.tokens[k].Norm
	if k > p.sent.From && (w == "of" && p.tokens[k-1].Norm == "instead" || w == "than" && p.tokens[k-1].Norm == "rather") {
		return true
	}
	if w == "on" || w == "in" {
		k--
	}
	return p.tokens[k].Norm == "not" && p.tokens[k].Gap&text.Comma != 0
}
