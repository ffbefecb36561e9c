package read

import (
	"slices"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// notAsPlanned reads "the talks won't begin on Monday as planned": what is put off by
// saying that it does not happen then.
func (r *reader) notAsPlanned(s *sentence) {
	p := s.p
	if !r.english {
		return
	}
	for i := p.next(s.from, s.to, of(cNot)); i < s.to; i = p.next(i+1, s.to, of(cNot)) {
		if i+1 < s.to && (p.has(i+1, cPostpone) || p.has(i+1, cCancel)) {
			continue // "no postponement, the meeting is on Thursday as planned"
		}
		for k := i + 1; k < min(s.to, i+10); k++ {
			if p.t.Tokens[k].Norm != "as" && p.t.Tokens[k].Norm != "on" || k+1 >= s.to {
				continue
			}
			switch p.t.Tokens[k+1].Norm {
			case "planned", "scheduled", "expected", "announced", "time":
			default:
				continue
			}
			arg := p.next(max(s.from, i-14), k, of(cTalks, cMeeting))
			if arg == k || p.count(i, k, cStart)+p.count(i, k, cHold) == 0 || p.left(i, s.from, 4, of(cIf)) >= 0 {
				continue
			}
			r.add(event{s: s, kind: news.TalksPostponed, trigger: i, end: i + 1, arg: arg, verdict: verdict{mood: happened}, score: 1.1})
			return
		}
	}
}

// moved reads talks whose old day and new one stand in one sentence: "will open on Friday
// instead of today", "talks due on Tuesday will now be held on Thursday".
func (r *reader) moved(s *sentence) {
	p := s.p
	list := p.datesIn(s.from, s.to)
	if !r.english || len(list) < 2 || s.begins&beginsOtherDay == 0 && !s.classes.has(cWill) || p.count(s.from, s.to, cPostpone)+p.count(s.from, s.to, cCancel) > 0 {
		return
	}
	for i := s.from + 1; i < s.to; i++ {
		if p.words[i].page&beginsOtherDay == 0 && !p.has(i, cWill) {
			continue
		}
		var old, next *dates.Mention
		switch w := p.t.Tokens[i].Norm; {
		case p.isNow(i), p.has(i, cWill):
			for k := range list {
				d := &list[k]
				if d.Last < i && (p.wasToBe(d.First, s.from) || p.isNow(i) && p.wasDue(d, s.from)) {
					old = d
				}
				if d.First > i && next == nil && !p.wasToBe(d.First, i) {
					next = d
				}
			}
		case i+1 < s.to && (w == "instead" && p.t.Tokens[i+1].Norm == "of" || w == "rather" && p.t.Tokens[i+1].Norm == "than"):
			for k := range list {
				d := &list[k]
				if d.Last < i+1 && i-d.Last <= 2 {
					next = d
				}
				if d.First > i+1 && d.First <= i+3 && old == nil {
					old = d
				}
			}
		}
		if old == nil || next == nil || old.From == 0 || next.From <= old.From || old.From < r.today || next.Role == dates.Speech {
			continue
		}
		arg := p.next(s.from, s.to, of(cTalks, cMeeting, cHold))
		if arg == s.to || p.negation(i, s.from) || p.conditional(i, s.from) {
			return
		}
		r.add(event{s: s, kind: news.TalksPostponed, trigger: i, end: i + 1, arg: arg, verdict: verdict{mood: happened}, score: 1.4})
		return
	}
}

// otherDayWords are those that moved looks for, besides "will".
var otherDayWords = [...]string{"now", "instead", "rather"}

// isNow reports "will now be held", "now on Tuesday": the word at token i stands behind "will"
// or before the day.
func (p *part) isNow(i int) bool {
	if i > 0 && i+2 < len(p.t.Tokens) && p.t.Tokens[i].Norm == "now" {
		switch p.t.Tokens[i+1].Norm {
		case "on", "for", "set", "due", "scheduled", "planned":
			return true
		}
	}
	return i > 0 && p.t.Tokens[i].Norm == "now" && (p.has(i-1, cWill) || p.has(i-1, cWould) || i > 1 && p.t.Tokens[i-1].Norm == "be" && p.has(i-2, cWill))
}

// wasDue reports a day for which something was meant: "due on Tuesday", "planned for this
// weekend", "Saturday's round".
func (p *part) wasDue(d *dates.Mention, from int) bool {
	if p.t.Tokens[d.Last-1].Flags&text.Possessive != 0 && d.Last < len(p.t.Tokens) && p.next(d.Last, min(len(p.t.Tokens), d.Last+4), of(cTalks, cMeeting)) < min(len(p.t.Tokens), d.Last+4) {
		return true // "Saturday's round now on Tuesday"
	}
	for k := d.First - 1; k >= from && k >= d.First-4; k-- {
		switch p.t.Tokens[k].Norm {
		case "due", "scheduled", "planned", "set", "slated", "expected", "meant", "booked", "originally", "called", "fixed", "announced":
			return true
		}
	}
	return false
}

// notAfterAll reads "the two will not meet on Sunday after all": what was to be is called off.
func (r *reader) notAfterAll(s *sentence) {
	p := s.p
	if !r.english || s.begins&saysAll == 0 {
		return
	}
	for k := s.from + 3; k < s.to; k++ {
		if p.t.Tokens[k].Norm != "all" || p.t.Tokens[k-1].Norm != "after" {
			continue
		}
		for i := k - 2; i >= s.from && i >= k-16 && p.t.Tokens[i+1].Gap&(text.Semicolon|text.QuoteOpen) == 0; i-- {
			if !p.has(i, cNot) {
				continue
			}
			arg := p.next(i+1, k, of(cTalks, cMeeting, cHold, cStart))
			if arg == k || p.left(i, s.from, 6, of(cIf, cMay)) >= 0 || !p.has(arg, cTalks) && !p.has(arg, cMeeting) && r.sides(p, s.from, s.to) < 2 && p.count(s.from, s.to, cDelegation) == 0 && r.titleSides() < 2 {
				return
			}
			r.add(event{s: s, kind: news.TalksCancelled, trigger: i, end: i + 1, arg: arg, verdict: verdict{mood: happened}, score: 1.2})
			return
		}
	}
}

// anotherRound reads "Moscow and Kyiv agree on a new round": what two sides agree on
// is that they meet.
func (r *reader) anotherRound(s *sentence) {
	p := s.p
	if !r.english {
		return
	}
	for i := p.next(s.from, s.to, of(cReach)); i < s.to; i = p.next(i+1, s.to, of(cReach)) {
		if w := p.t.Tokens[i].Norm; w != "agree" && w != "agreed" && w != "agrees" || r.sides(p, s.from, i) < 2 && !p.dateWith(i, s.to) || p.negation(i, s.from) || p.conditional(i, s.from) {
			continue
		}
		for k := i + 1; k < min(s.to, i+7); k++ {
			switch p.t.Tokens[k].Norm {
			case "new", "next", "another", "further", "fresh", "second", "third", "fourth", "fifth", "date", "dates":
			default:
				continue
			}
			if at := p.next(k, min(s.to, k+5), of(cTalks, cMeeting)); at < min(s.to, k+5) && p.count(i+int(p.cues[i].length), at, cHold)+p.count(i+int(p.cues[i].length), at, cStart)+p.count(i+int(p.cues[i].length), at, cDeal) == 0 {
				if v := p.judge(i, p.cues[i], cReach, s.from, s.to); v.mood == happened || v.mood == present {
					r.scheduled(s, i, at, verdict{mood: planned}, 1.1)
				}
				return
			}
		}
	}
}

// dateWith reports "agrees to a new date for talks with Morocco": the other side stands
// behind.
func (p *part) dateWith(i, to int) bool {
	for k := i + 1; k < min(to, i+6); k++ {
		if w := p.t.Tokens[k].Norm; w == "date" || w == "dates" {
			for j := k + 1; j < min(to, k+6); j++ {
				if p.t.Tokens[j].Norm == "with" && len(p.whoIn(j, min(to, j+4))) > 0 {
					return true
				}
			}
		}
	}
	return false
}

// volunteers reads "offered on Tuesday to mediate between them": a day stands between
// the verb and what is offered.
func (r *reader) volunteers(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsOffering == 0 || len(p.whoIn(s.from, s.to)) == 0 || !s.classes.any(of(cMediating, cHold, cTalks, cMeeting, cRoundWord)) {
		return
	}
	for i := s.from + 1; i+2 < s.to; i++ {
		if p.words[i].page&beginsOffering == 0 {
			continue
		}
		if at := r.placeFor(s, i); at > 0 && !p.negation(i, s.from) && !p.conditional(i, s.from) {
			r.add(event{s: s, kind: news.MediationOffered, trigger: i, end: i + 1, arg: at, verdict: verdict{mood: happened}, score: 1.15, acts: true, instead: true})
			return
		}
		for k := i + 1; k+1 < min(s.to, i+6); k++ {
			if p.t.Tokens[k].Norm != "to" {
				continue
			}
			switch p.t.Tokens[k+1].Norm {
			case "mediate", "facilitate", "broker", "host":
			default:
				continue
			}
			if k == i+1 && p.cues[i] != nil && p.cues[i].classes.has(cOffer) || p.negation(i, s.from) || p.conditional(i, s.from) || p.unsaid(i, s.from) || p.left(i, s.from, 8, of(cReject, cHad)) >= 0 {
				break // the cue says it
			}
			r.add(event{s: s, kind: news.MediationOffered, trigger: i, end: k + 2, arg: k + 1, verdict: verdict{mood: happened}, score: 1.15, acts: true})
			return
		}
	}
}

// placeFor finds the talks for which a place is offered right behind the verb at token i, 0 for
// none: "Ankara offers Istanbul for Kyiv-Moscow round".
func (r *reader) placeFor(s *sentence, i int) int {
	p := s.p
	for k := i + 1; k+1 < min(s.to, i+4); k++ { // "offers rooms for Russia-Ukraine talks"
		if p.is(k, aRoom) && p.t.Tokens[k+1].Norm == "for" && r.sides(p, s.from, s.to) >= 3 {
			if at := p.next(k+1, min(s.to, k+7), of(cTalks, cMeeting, cRoundWord)); at < min(s.to, k+7) {
				return at
			}
		}
	}
	list := p.whoIn(i+1, min(s.to, i+3))
	if len(list) == 0 || list[0].from != i+1 || list[0].venue == "" || list[0].to+1 >= s.to || p.t.Tokens[list[0].to].Norm != "for" || r.sides(p, s.from, s.to) < 3 && !slices.Contains(r.called, true) {
		return 0
	}
	end := min(s.to, list[0].to+6)
	if at := p.next(list[0].to, end, of(cTalks, cMeeting, cRoundWord)); at < end {
		return at
	}
	return 0
}

// offeringWords are what offers to mediate begin with, so that most sentences are asked
// nothing.
var offeringWords = [...]string{"offered", "offers", "volunteered", "volunteers", "proposed", "proposes"}

// newDate reports that headline or lead speak of another day for the talks.
func (r *reader) newDate() bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 2 {
			break
		}
		p := s.p
		for k := s.from; k+1 < s.to; k++ {
			switch p.t.Tokens[k].Norm {
			case "new", "another", "other", "later", "fresh", "alternative":
			default:
				continue
			}
			switch p.t.Tokens[k+1].Norm {
			case "date", "dates", "day", "time", "slot":
				if p.left(k, s.from, 3, of(cNot)) < 0 && (k == s.from || p.t.Tokens[k-1].Norm != "no") {
					return true
				}
			}
		}
	}
	return false
}

// returningWords are those that backInTalks looks for.
var returningWords = [...]string{"back", "returns", "returned"}

// backInTalks reads "US, Canada back in trade talks after pause", "negotiators returned
// to trade talks on Wednesday".
func (r *reader) backInTalks(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsReturning == 0 || !s.classes.has(cTalks) {
		return
	}
	for i := s.from + 1; i+2 < s.to; i++ {
		f := formNone
		switch p.t.Tokens[i].Norm {
		case "back":
			f = stative
		case "returns":
			f = third
		case "returned":
			f = past
		default:
			continue
		}
		if w := p.t.Tokens[i+1].Norm; w != "in" && w != "to" && w != "at" || p.cues[i] != nil && p.cues[i].length > 2 {
			continue
		}
		at := p.next(i+2, min(s.to, i+4), of(cTalks))
		if at == min(s.to, i+4) || len(p.whoIn(i+2, at)) > 0 || p.negation(i, s.from) || p.conditional(i, s.from) || p.onlyTried(i, s.from) || r.sides(p, s.from, i) < 2 {
			continue
		}
		v := p.aspect(i, f, s.from)
		if k := p.nextWord(max(s.from, i-8), i, "bring"); k < i { // "to bring Hamas and Israel back to talks"
			v = p.aspect(k, base, s.from)
		}
		switch {
		case v.mood == planned || r.ahead(p, i, s.from, s.to) && v.mood != unreal && v.mood != backstory:
			r.scheduled(s, i, at, verdict{mood: planned}, 1)
			return
		case v.mood == happened || v.mood == present:
			r.add(event{s: s, kind: news.TalksStarted, trigger: i, end: i + 2, arg: at, verdict: verdict{mood: happened}, score: 1})
			return
		}
	}
}

// bringsTogether reads "will bring government and rebel negotiators together in Juba on
// Monday": the sides stand between the two words.
func (r *reader) bringsTogether(s *sentence) {
	p := s.p
	if !r.english || len(p.datesIn(s.from, s.to)) == 0 || !s.classes.has(cDelegation) && len(p.whoIn(s.from, s.to)) < 2 {
		return
	}
	for i := s.from + 1; i+3 < s.to; i++ {
		if p.t.Tokens[i].Norm != "bring" {
			continue
		}
		for k := i + 2; k < min(s.to, i+14) && p.t.Tokens[k].Gap&parts == 0; k++ {
			if p.t.Tokens[k].Norm != "together" || r.sides(p, i, k) < 2 && p.count(i, k, cDelegation) == 0 {
				continue
			}
			if v := p.aspect(i, base, s.from); v.mood == planned && r.ahead(p, k, k, s.to) && !p.negation(i, s.from) && !p.conditional(i, s.from) {
				r.scheduled(s, i, i, v, 1)
			}
			return
		}
	}
}
