package read

import (
	"parley/internal/news"
	"parley/internal/text"
)

// departure reads talks that end without the word: both sides leave, and it is
// said with how much. "Thai and Cambodian ministers part without a deal", "the two
// delegations left Geneva after nine hours".
func (r *reader) departure(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsLeaving == 0 || !s.classes.has(cDelegation) && len(p.whoIn(s.from, s.to)) < 2 {
		return
	}
	for i := s.from + 1; i < s.to; i++ {
		if p.words[i].page&beginsLeaving == 0 {
			continue
		}
		f := p.leaving(i, s.to)
		if f == formNone {
			continue
		}
		both := r.sides(p, s.from, i) >= 2 || p.count(s.from, i, cDelegation) > 0 && (p.count(s.from, i, cJoint) > 0 || r.titleSides() >= 2 && r.talksBefore(s))
		one := !both && r.sides(p, s.from, i) == 1 && r.sides(p, i, s.to) >= 1 && p.count(i, s.to, cTalks)+p.count(i, s.to, cMeeting) > 0 && !p.is(i-1, aRelative)
		if one && (p.hollow(i+1, min(s.to, i+12)) || p.talksOver(i+1, s.to)) {
			both = true // "left Oslo after three days of talks with the rebels"
		}
		team := !both && r.sides(p, s.from, i) == 1 && p.count(s.from, i, cDelegation) > 0 && p.outcome(i+1, min(s.to, i+8)) // "Hamas delegation leaves Cairo without agreement"
		both = both || team
		both = both || one && r.opponents(p.whoIn(s.from, s.to), false) && p.afterTalks(i+1, s.to)
		opening := i > s.from+2 && p.t.Tokens[s.from].Norm == "after" && p.outcome(s.from, min(i, s.from+6)) // "After nine hours both …"
		if !both || !opening && !p.outcome(i+1, min(s.to, i+12)) && !p.talksOver(i+1, s.to) && !(p.title && p.afterTalks(i+1, s.to)) || p.negation(i, s.from) || p.conditional(i, s.from) || p.unsaid(i, s.from) {
			continue
		}
		v := p.aspect(i, f, s.from)
		if opening && f == past {
			v = verdict{mood: happened}
		}
		if (v.mood == happened || v.mood == present) && !p.inPast(i, cEnd, s.from, s.to) {
			r.add(event{s: s, kind: news.TalksEnded, trigger: i, end: i + 1, arg: i, verdict: v, score: 1, acts: team})
			return
		}
	}
}

// breaksOff reports a side that ends its talks with another, and says what for: those did not
// come to their end by themselves.
func (r *reader) breaksOff(s *sentence, i, arg int) bool {
	p := s.p
	if arg < i || arg > i+4 || !p.has(arg, cTalks) || r.sides(p, s.from, i) != 1 {
		return false
	}
	with := p.nextWord(arg+1, min(s.to, arg+3), "with")
	if with == min(s.to, arg+3) || len(p.whoIn(with, min(s.to, with+4))) == 0 {
		return false
	}
	return p.nextWord(with+1, min(s.to, with+9), "over", "citing", "because", "accusing", "protest", "immediately") < min(s.to, with+9)
}

// over reads a headline that leaves out the verb: "talks with Kabul over, no plan for a fourth round".
func (r *reader) over(s *sentence) {
	p := s.p
	if !r.english || !p.title || !s.classes.any(of(cTalks, cMeeting)) || r.sides(p, s.from, s.to) < 2 {
		return
	}
	for i := p.nextWord(s.from+1, s.to, "over"); i < s.to; i = p.nextWord(i+1, s.to, "over") {
		if i+1 < s.to && p.t.Tokens[i+1].Gap&(parts|text.Comma) == 0 || p.cues[i] != nil && p.cues[i].length > 1 {
			continue
		}
		at := p.next(max(s.from, i-7), i, of(cTalks, cMeeting))
		if at == i || p.negation(i, s.from) || p.conditional(i, s.from) || p.nextWord(at, i, "far", "nearly", "almost", "takes", "took", "hangs", "win", "won") < i {
			continue
		}
		r.add(event{s: s, kind: news.TalksEnded, trigger: i, end: i + 1, arg: at, verdict: verdict{mood: happened}, score: 1})
		return
	}
}

// calledHome reads "has called the government's negotiators with the rebels home": a
// side that fetches its people breaks talks off.
func (r *reader) calledHome(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsCalling == 0 || !s.classes.has(cDelegation) {
		return
	}
	for i := s.from + 1; i < s.to; i++ {
		if p.words[i].page&beginsCalling == 0 {
			continue
		}
		if r.recalls(s, i) {
			r.add(event{s: s, kind: news.TalksSuspended, trigger: i, end: i + 1, arg: i, verdict: verdict{mood: happened}, score: 1})
			return
		}
		for k := i + 2; k < min(s.to, i+11) && p.t.Tokens[k].Gap&(text.Comma|text.Semicolon|text.Colon) == 0; k++ {
			if p.t.Tokens[k].Norm != "home" || p.count(i, k, cDelegation) == 0 || p.negation(i, s.from) || p.conditional(i, s.from) {
				continue
			}
			if v := p.aspect(i, past, s.from); v.mood == happened && r.sides(p, s.from, s.to)+r.titleSides() >= 1 {
				r.add(event{s: s, kind: news.TalksSuspended, trigger: i, end: i + 1, arg: k, verdict: v, score: 1})
			}
			return
		}
	}
}

// recalls reports "recalls negotiators from Vienna": it needs no "home".
func (r *reader) recalls(s *sentence, i int) bool {
	p := s.p
	f := formNone
	switch p.t.Tokens[i].Norm {
	case "recalls":
		f = third
	case "recalled":
		f = past
	default:
		return false
	}
	v := p.aspect(i, f, s.from)
	return (v.mood == happened || v.mood == present) && p.count(i+1, min(s.to, i+4), cDelegation) > 0 && !p.negation(i, s.from) && !p.conditional(i, s.from) && r.sides(p, s.from, s.to)+r.titleSides() >= 1
}

// What rules of this file begin with, so that most sentences are asked nothing.
var (
	leavingWords = [...]string{
		"leave", "depart", "part", "emerge", "leaves", "departs", "parts", "emerges", "left", "departed", "parted", "emerged",
		"fly", "go", "head", "return", "flies", "goes", "heads", "returns", "flew", "went", "headed", "returned",
	}
	callingWords = [...]string{"called", "calls", "ordered", "orders", "summoned", "summons", "brought", "brings", "pulled", "pulls", "recalls", "recalled"}
)

// leaving tells the form of a verb of going away at token i, none where there is
// none.
func (p *part) leaving(i, to int) form {
	home := i+1 < to && p.t.Tokens[i+1].Norm == "home"
	f := formNone
	switch p.t.Tokens[i].Norm {
	case "leave", "depart", "part", "emerge":
		return base
	case "leaves", "departs", "parts", "emerges":
		return third
	case "left", "departed", "parted", "emerged":
		return past
	case "fly", "go", "head", "return":
		if i+1 < to && p.t.Tokens[i+1].Norm == "out" {
			return base
		}
		f = base
	case "flies", "goes", "heads", "returns":
		f = third
	case "flew", "went", "headed", "returned":
		if i+1 < to && p.t.Tokens[i+1].Norm == "out" && p.t.Tokens[i].Norm == "flew" {
			return past
		}
		f = past
	}
	if !home {
		return formNone
	}
	return f
}

// afterTalks reports "after talks", "after a three-hour meeting with" in tokens [from,to).
func (p *part) afterTalks(from, to int) bool {
	for k := from; k < min(to, from+5); k++ {
		if p.t.Tokens[k].Norm == "after" {
			end := min(to, k+6)
			return p.next(k+1, end, of(cTalks, cMeeting)) < end
		}
	}
	return false
}

// talksOver reports "its talks with the ministry over", "once the sitting with the other
// side was over" in tokens [from,to).
func (p *part) talksOver(from, to int) bool {
	for k := from + 1; k < to; k++ {
		if p.t.Tokens[k].Norm != "over" || k+1 < to && p.t.Tokens[k+1].Gap&parts == 0 {
			continue
		}
		for j := k - 1; j >= from && j >= k-10; j-- {
			if p.has(j, cTalks) || p.has(j, cMeeting) {
				return true
			}
			if p.t.Tokens[j+1].Gap&parts != 0 {
				break
			}
		}
	}
	return false
}

// hollow reports that tokens [from,to) say how long it took, or that it was for
// nothing: a side that walks out is not said to leave so.
func (p *part) hollow(from, to int) bool {
	for k := from; k+2 < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "empty":
			return p.t.Tokens[k+1].Norm == "handed"
		case "nothing":
			return p.t.Tokens[k+1].Norm == "to" && p.t.Tokens[k+2].Norm == "show"
		case "after":
			for j := k + 1; j < min(to, k+4); j++ {
				switch p.t.Tokens[j].Norm {
				case "hours", "day", "days", "round":
					return true
				}
			}
		}
	}
	return false
}

// outcome reports that tokens [from,to) say what those who leave take home, or for
// how long they sat: "empty-handed", "without a deal", "after nine hours".
func (p *part) outcome(from, to int) bool {
	for k := from; k+1 < to; k++ {
		switch next := p.t.Tokens[k+1].Norm; p.t.Tokens[k].Norm {
		case "empty":
			return next == "handed"
		case "with":
			return next == "nothing" || next == "no" || next == "little"
		case "without":
			return true
		case "after":
			for j := k + 1; j < min(to, k+5); j++ {
				switch p.t.Tokens[j].Norm {
				case "hour", "hours", "day", "days":
					return true
				}
			}
		}
	}
	return false
}
