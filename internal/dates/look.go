package dates

import (
	"strings"

	"parley/internal/text"
)

// A tense is how a verb places what it tells in time.
type tense uint8

const (
	tenseUntold tense = iota
	tenseFinished
	tensePresent
	tenseAhead
	tenseScheduled
	tensePossible
)

// A finding is what the words on one side of a date say about it.
type finding struct {
	tense      tense
	speech     bool // a verb of saying, or a statement, is what it dates
	event      bool // talks, a round, a signature
	other      bool
	background bool
	original   bool
	postpone   bool
	cancel     bool
	negated    bool
	perfect    bool
	act        bool // the date is that of putting off or calling off
	any        bool
	was        bool // it was planned, at some time
}

// hard marks part clauses.
const hard = text.Semicolon | text.Colon | text.Dash | text.QuoteOpen | text.QuoteClose | text.Paren | text.Ellipsis | text.Bullet

// parts reports a gap between clauses; the colon of 11:00 is none.
func parts(g text.Gap) bool { return g&hard != 0 && g != text.Colon }

// otherPlace reports that "rather than" or "instead of" at token k gives up a place, and not the
// date at i: "will meet in Doha rather than Riyadh on Sunday".
func (p *parser) otherPlace(k, i int) bool {
	for k < i && p.tokens[k].Norm != "than" && p.tokens[k].Norm != "of" {
		k++
	}
	if k+2 >= i || i-k > 6 || p.tokens[i-1].Norm != "on" {
		return false
	}
	if p.tokens[k+1].Norm == "in" || p.tokens[k+1].Norm == "the" {
		k++
	}
	for j := k + 1; j < i-1; j++ {
		if p.tokens[j].Flags&text.Capital == 0 {
			return false
		}
	}
	return i-1 > k+1
}

// cuesAlone returns the cues of token k, but for those of a noun that "no" or "without" takes
// back: "no postponement", "without delay".
func (p *parser) cuesAlone(k int) cue {
	c := p.senses[k].cues
	if k > p.sent.From && p.tokens[k].Gap == text.Space && (p.tokens[k-1].Norm == "no" || p.tokens[k-1].Norm == "without") {
		c &^= cuePostpone | cueCancel
	}
	if c&cuePostpone != 0 && k-2 >= p.sent.From && p.senses[k-2].cues&cueEventVerb != 0 && p.adjectival(k) {
		c &^= cuePostpone // "hold its postponed fifth session a day later"
	}
	return c
}

// adjectival reports a participle at k that stands between an article, or whose it is, and its noun.
func (p *parser) adjectival(k int) bool {
	switch p.tokens[k-1].Norm {
	case "its", "their", "his", "her", "our", "the", "a":
		return p.tokens[k].Gap == text.Space && strings.HasSuffix(p.tokens[k].Norm, "ed")
	}
	return false
}

// toldThem reports "told a meeting of the cabinet": those who met are whom somebody told.
func (p *parser) toldThem(k int) bool {
	if p.tokens[k].Norm != "told" {
		return false
	}
	switch p.tokens[k+1].Norm {
	case "a", "an", "the":
		return true
	}
	return false
}

// toldWhen reports "announced the date of the dialogue": what was said is when, and a day
// behind it is that of saying so.
func (p *parser) toldWhen(k int) bool {
	if k+2 >= p.sent.To || p.tokens[k+1].Norm != "the" {
		return false
	}
	switch p.tokens[k+2].Norm {
	case "date", "dates", "day", "venue", "timing", "timetable", "schedule":
		return true
	}
	return false
}

// lookBack reads leftwards from the word before the date at i, to the verb
// that governs it or the beginning of its clause.
func (p *parser) lookBack(i int) finding {
	var f finding
	verbless := true
	aside := false   // a comma has been passed
	subject := false // what is left is the subject of the verb found
	for k := i - 1; k >= p.sent.From && k >= i-30; k-- {
		if parts(p.tokens[k+1].Gap) && !(k+1 == i && p.tokens[i].Gap&hard == text.Paren) {
			break
		}
		s := p.senses[k]
		if f.event && f.tense == tenseUntold && (s.class == classAfter || s.cues&cueBoundary != 0) && p.saidAfter(k) {
			f.speech, f.any = true, true // said after a session on Monday
			return f
		}
		if s.class == classAfter && f.tense == tenseUntold && (p.val(k) < 0 || f.other) {
			f.tense, f.any = tenseFinished, true // since the collapse in March, after the attack on Tuesday
			break
		}
		aside = aside || p.tokens[k+1].Gap&text.Comma != 0 && k+1 < i
		if f.tense == tenseUntold && !f.event && p.tokens[k].Norm == "been" && k > p.sent.From && p.plainOn(i) && p.tokens[k-1].Norm == "had" {
			f.tense, f.any = tenseFinished, true // "had been sent to both on Saturday", whatever was done
			break
		}
		if s.cues == 0 || p.compound(k) {
			continue
		}
		c := p.cuesAlone(k)
		if c&cueOriginal != 0 && p.otherPlace(k, i) {
			c &^= cueOriginal | cueNegate
		}
		if aside {
			c &^= cueBackground | cueOther
			if f.tense != tenseUntold {
				c &^= cueOriginal
			}
			if f.tense == tenseAhead && p.tokens[k].Gap&text.Comma != 0 { // the talks, suspended since July, will restart
				c &^= cueCancel | cuePostpone
			}
		}
		if subject { // only what the verb found is said of
			if c&(cueSpeech|cuePast|cueFuture|cuePlan|cueEventVerb|cueBoundary|cueThat) != 0 {
				break
			}
			f.event = f.event || c&cueEvent != 0
			continue
		}
		if c&cueThat != 0 {
			if said, denied := p.saidBefore(k); said || f.any {
				f.negated = f.negated || denied
				if !said && (f.tense == tenseScheduled || f.tense == tensePossible) {
					p.beyond(&f, k)
				}
				break
			}
		}
		if c&cueBoundary != 0 && s.class != classBy && f.any {
			if s.class == classAnd && f.tense == tenseUntold && verbless {
				continue
			}
			if f.tense != tenseUntold && !f.event && (s.class == classAnd || aside && p.tokens[k].Gap&text.Comma != 0) {
				subject = true // "Egypt and Qatar held", "the talks, which opened on Tuesday, ended"
				continue
			}
			if f.tense == tenseScheduled || f.tense == tensePossible {
				p.beyond(&f, k)
			}
			break
		}
		f.note(c)
		if c&cueNegate != 0 && c&cueSpeech == 0 && f.tense != tenseUntold {
			f.negated = true
		}
		switch {
		case c&cueSpeech != 0 && f.event && f.tense == tenseUntold && p.tokens[k+1].Gap == text.Space && (p.tokens[k+1].Norm == "at" || p.toldThem(k)),
			c&cueSpeech != 0 && f.event && p.tokens[i-1].Norm != "as" && p.toldWhen(k): // said at a meeting with traders on Sunday
			f.speech, f.any = true, true
			return f
		case c&(cueSpeech|cueSpeechNoun) != 0 && f.tense == tenseUntold && !f.event && !f.postpone && !f.cancel:
			if c&cueSpeechNoun != 0 && p.reach(k+1, i) || c&cueSpeech != 0 {
				f.speech, f.any = true, true
				f.negated = c&cueNegate != 0
				return f
			}
		case c&cueSpeech != 0 && c&cueNegate != 0 && f.event && f.tense == tenseUntold && !aside: // dismissed reports of a meeting on Tuesday
			f.negated, f.tense, f.any = true, tenseAhead, true
			return f
		case f.tense != tenseUntold:
			// A modal may still turn what was found: "could have been scheduled".
			switch {
			case c&cueConsider != 0 && f.tense != tenseFinished && s.class != classShift:
				f.tense = tensePossible
			case c&cuePerfect != 0:
				f.perfect = true
			case c&cueSpeech != 0:
				if c&cueNegate != 0 {
					f.negated = true
				}
				return f
			}
		case c&cuePlan != 0:
			f.tense, f.any = tenseScheduled, true
			f.was = k > p.sent.From && p.senses[k-1].cues&(cuePast|cuePerfect) != 0 && p.senses[k-1].cues&cueEvent == 0
		case c&cueConsider != 0:
			f.tense, f.any = tensePossible, true
		case c&cueFuture != 0:
			f.tense, f.any = tenseAhead, true
		case c&cuePast != 0 && p.describes(k):
		case c&cuePast != 0:
			if p.lex.verbLast && p.cueAt(k-1)&cuePlan != 0 { // قرار بود
				continue
			}
			if p.passive(k) {
				f.any = true
				verbless = false
				if k-2 >= p.sent.From && p.tokens[k-1].Norm == "be" && p.senses[k-2].cues&cueToVerb != 0 { // a text to be signed on Monday
					f.tense = tenseScheduled
				}
				continue
			}
			f.tense, f.any = tenseFinished, true
			if c&cueAct != 0 && f.event && p.class(i-1) == classFrom { // agreed on a truce from 24 December
				f.tense = tenseScheduled
			}
			if p.tokens[k].Flags&text.NonLatin != 0 && (p.cueAt(k-1)|p.cueAt(k-2))&(cuePlan|cueNegate) != 0 && !p.lex.verbLast { // المقرر عقد: a noun of action
				f.tense = tenseScheduled
				continue
			}
			if k > p.sent.From && p.senses[k-1].cues&cueSpeechNoun != 0 && !f.event { // a statement issued on Thursday
				f.speech = true
				return f
			}
		case c&cueEventVerb != 0:
			f.any, verbless = true, false
			if k > p.sent.From && p.senses[k-1].cues&cueToVerb != 0 {
				f.tense = tenseAhead
			} else {
				f.tense = p.presentOr(k)
			}
		case c&(cuePostpone|cueCancel) != 0:
			if !f.event && p.plainOn(i) { // "called off on Tuesday": the day of the act
				f.tense, f.act, f.any = tenseFinished, true, true
				return f
			}
			f.any = true
		case c&(cueEvent|cueOther) != 0:
			f.any = true
		}
	}
	return f
}

// saidAfter reports whether "after" at k, or "after nine hours with" that ends
// there, stands behind a verb of saying: what comes then is the day of speaking.
func (p *parser) saidAfter(k int) bool {
	switch {
	case p.class(k) == classAfter:
	case p.senses[k].cues&cueBoundary != 0 && p.tokens[k].Norm == "with":
		for j := k; p.class(k) != classAfter; k-- {
			if k == p.sent.From || k < j-4 || p.tokens[k].Gap&^text.Space != 0 {
				return false
			}
		}
	default:
		return false
	}
	return p.val(k) > 0 && (p.cueAt(k-1)&cueSpeech != 0 || p.cueAt(k-1) == 0 && p.cueAt(k-2)&cueSpeech != 0)
}

// plainOn reports that the date at i is not led up to by "to", "from", "for".
func (p *parser) plainOn(i int) bool {
	if c := p.class(i); c == classBy || c == classExactBy || c == classThrough {
		return false
	}
	if i == p.sent.From {
		return true
	}
	switch h := p.head(i); p.class(h) {
	case classOn:
		return p.val(h) == 0
	case classTo, classFrom, classThrough, classBy, classOf, classIn:
		return false
	}
	return true
}

// acted reports a date that is that of agreeing, inviting, offering: right
// behind such a verb, or between it and what was agreed to.
func (p *parser) acted(it *item) bool {
	followed := it.next < p.sent.To && p.tokens[it.next].Gap == text.Space && p.senses[it.next].cues&(cueToVerb|cueThat) != 0
	for k := it.first - 1; k >= p.sent.From && k >= it.first-6; k-- {
		c := p.senses[k].cues
		if p.class(k) == classCont {
			continue
		}
		if c&cueAct != 0 {
			return followed || p.class(p.after(k)) == classBy || p.head(it.first) == k || p.class(p.head(it.first)) == classOn && !p.intended(it) && p.head(p.head(it.first)) == k
		}
		if c&(cueEvent|cueEventVerb|cueFuture|cuePlan|cuePast|cueBoundary) != 0 || parts(p.tokens[k+1].Gap) {
			return false
		}
	}
	return false
}

// beyond notes what stands before a relative clause that dates something:
// "postponed the meeting that was due on Tuesday".
func (p *parser) beyond(f *finding, k int) {
	for j := k - 1; j >= p.sent.From && j >= k-8 && !parts(p.tokens[j+1].Gap); j-- {
		f.note(p.senses[j].cues & (cueEvent | cuePostpone | cueCancel))
	}
}

// presentOr decides about a verb in its plain form: ahead behind a modal,
// otherwise present, which headlines use for what is to come.
func (p *parser) presentOr(k int) tense {
	for j := k - 1; j >= p.sent.From && j >= k-4; j-- {
		c := p.senses[j].cues
		switch {
		case c&cueConsider != 0:
			return tensePossible
		case c&cuePlan != 0:
			return tenseScheduled
		case c&(cueFuture|cueToVerb) != 0:
			return tenseAhead
		case c&(cueSpeech|cueBoundary|cuePast) != 0:
			return tensePresent
		}
	}
	return tensePresent
}

// reach reports whether nothing but prepositions, articles and names stands
// in [from,to), so that a noun before it is what the date behind it dates.
func (p *parser) reach(from, to int) bool {
	if to-from > 8 {
		return false
	}
	for k := from; k < to; k++ {
		if p.tokens[k].Gap&text.Comma != 0 && k == from {
			return false
		}
		if s := p.senses[k]; s.cues&cuePlace == 0 && p.tokens[k].Flags&(text.Capital|text.NonLatin) == 0 && s.class != classOn && s.class != classIn && s.class != classOf && s.cues&(cueEvent|cueSpeechNoun) == 0 {
			return false
		}
	}
	return true
}

// saidBefore reports whether a verb of saying stands before "that" at k, and
// whether it denies.
func (p *parser) saidBefore(k int) (said, denied bool) {
	for j := k - 1; j >= p.sent.From && j >= k-8; j-- {
		if c := p.senses[j].cues; c&cueSpeech != 0 {
			return true, c&cueNegate != 0
		}
	}
	return false, false
}

func (f *finding) note(c cue) {
	f.event = f.event || c&cueEvent != 0
	f.other = f.other || c&cueOther != 0
	f.background = f.background || c&cueBackground != 0
	f.original = f.original || c&cueOriginal != 0
	f.postpone = f.postpone || c&cuePostpone != 0
	f.cancel = f.cancel || c&cueCancel != 0
	f.perfect = f.perfect || c&cuePerfect != 0
}

// lookAhead reads rightwards from the date that ends before i to the first
// verb that tells a time. Past a comma right behind the date only an opening
// one is read on: "On Tuesday, both sides will meet".
func (p *parser) lookAhead(i int, opening bool) finding {
	var f finding
	for k := i; k < p.sent.To && k < i+24; k++ {
		if parts(p.tokens[k].Gap) || k == i && !opening && p.tokens[k].Gap&text.Comma != 0 {
			break
		}
		if k > i && p.tokens[k].Gap&text.Comma != 0 && f.any {
			break
		}
		c := p.cuesAlone(k)
		if c == 0 {
			continue
		}
		if c&(cueBoundary|cueThat) != 0 && (f.any || k == i) && p.senses[k].class != classAnd {
			break
		}
		f.note(c)
		if c&cueNegate != 0 && c&cueSpeech == 0 {
			f.negated = true
		}
		switch {
		case c&cueSpeech != 0:
			f.speech = true
			f.any = true
			return f
		case f.tense != tenseUntold && p.lex.verbLast:
			// only what else is said of it counts now
		case c&cuePlan != 0:
			f.tense, f.any = tenseScheduled, true
			if !p.lex.verbLast {
				return p.rest(f, k+1)
			}
		case c&cueConsider != 0:
			f.tense, f.any = tensePossible, true
			return p.rest(f, k+1)
		case c&cueFuture != 0:
			f.tense, f.any = tenseAhead, true
			return p.rest(f, k+1)
		case c&cuePast != 0 && !p.passive(k):
			f.tense, f.any = tenseFinished, true
			if p.lex.verbLast && (p.cueAt(k+1)|p.cueAt(k+2))&cueFuture != 0 { // پہنچے گا
				f.tense = tenseAhead
			}
			return p.rest(f, k+1)
		case c&cueEventVerb != 0:
			f.any = true
			if p.lex.verbLast {
				continue
			}
			if k > p.sent.From && p.senses[k-1].cues&cueToVerb != 0 {
				f.tense = tenseAhead
			} else {
				f.tense = tensePresent
			}
			return p.rest(f, k+1)
		case c&(cueEvent|cueOther|cuePostpone|cueCancel) != 0:
			f.any = true
		}
	}
	return f
}

func (p *parser) cueAt(k int) cue {
	if k < p.sent.From || k >= p.sent.To {
		return 0
	}
	return p.senses[k].cues
}

// rest notes what the few words behind the verb add: "will not meet", "have
// been postponed", "were called off".
func (p *parser) rest(f finding, k int) finding {
	for n := 0; n < 4 && k < p.sent.To && p.tokens[k].Gap&(hard|text.Comma) == 0; n, k = n+1, k+1 {
		c := p.senses[k].cues
		if c&cueBoundary != 0 {
			break
		}
		if c&cueNegate != 0 {
			f.negated = true
		}
		f.note(c)
		if c&cuePlan != 0 && f.tense == tenseFinished {
			f.tense = tenseScheduled
		}
	}
	return f
}
