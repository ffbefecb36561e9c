package read

import (
	"strings"

	"parley/internal/text"
)

// Who speaks may stand far from the verb: behind an aside, before a verb that the feed has cut,
// or at the end of a sentence that begins with what others have said.

// relativeBefore reads "the ministry, which is mediating, said": the comma closes
// a relative clause and opens nothing.
func (r *reader) relativeBefore(s *sentence, i int) utterance {
	p := s.p
	for k := i - 1; k > s.from && k >= i-14; k-- {
		if p.t.Tokens[k].Gap&parts == 0 {
			continue
		}
		if p.t.Tokens[k].Gap&text.Comma == 0 || !p.is(k, aRelative) && !p.asMediator(k, i) && !(p.english && !p.title && doing(p.t.Tokens[k].Norm)) {
			return utterance{}
		}
		u := r.head(s, stretch{s.from, k})
		for from := k - 1; from > s.from && !u.found; from-- {
			if p.t.Tokens[from].Gap&parts != 0 {
				return r.head(s, stretch{from, k})
			}
		}
		u.who.mediates = u.who.mediates || u.found && p.count(k, i, cMediating) > 0
		return u
	}
	return utterance{}
}

// doing reports a participle with which an aside may begin: "ending a tour of the
// region".
func doing(w string) bool {
	return len(w) > 4 && strings.HasSuffix(w, "ing") && w != "during" && w != "according" && w != "including" && w != "following" && w != "regarding" && w != "concerning"
}

// asMediator reports an aside that tells as what somebody speaks: "Oman, as
// mediator, says", "Bern, the mediator, gives".
func (p *part) asMediator(from, to int) bool {
	guarantees := p.t.Tokens[from].Norm == "guarantor"
	if !p.english || p.count(from, to, cMediating)+p.count(from, to, cHosting) == 0 && !guarantees {
		return false
	}
	switch p.t.Tokens[from].Norm {
	case "as", "acting", "the", "a", "one", "among", "mediating", "facilitating", "brokering", "hosting":
		return true
	case "in": // "in its role as mediator"
		return from+1 < to && p.is(from+1, aPossessive)
	}
	return p.has(from, cMediating) && to-from <= 6 && p.count(from, to, cSaid) == 0 || guarantees // "Cuba, guarantor of the talks, says"
}

// apposedBefore reads "Karim Sadiq, Qatar's deputy foreign minister and chief mediator, said
// talks would resume": behind the verb stands a clause of its own, so that who speaks
// stands before it.
func (r *reader) apposedBefore(s *sentence, i, end int) utterance {
	p := s.p
	clause := false
	for k := end; k < min(s.to, end+14) && !clause; k++ {
		if k > end && p.t.Tokens[k].Gap&(parts|text.QuoteOpen) != 0 {
			break
		}
		q := p.cues[k]
		clause = k > end && (p.has(k, cWill) || p.has(k, cWould) || p.has(k, cHave) || p.has(k, cHad) || p.has(k, cBe) || q != nil && q.classes.any(of(cHold, cStart)) && q.forms[cHold] != nominal && !q.classes.has(cMeeting))
	}
	if !clause {
		return utterance{}
	}
	for k := i - 1; k > s.from && k >= i-16; k-- {
		if p.t.Tokens[k].Gap&parts == 0 {
			continue
		}
		if p.t.Tokens[k].Gap&text.Comma == 0 {
			return utterance{}
		}
		aside := p.whoIn(k, i)
		head := p.whoIn(s.from, k)
		for j := len(head) - 1; j >= 0; j-- {
			if w := head[j]; w.person && w.name != "" && !w.place && w.to >= k-1 {
				if (w.id == "" || w.inferred) && len(aside) > 0 && aside[0].id != "" && !aside[0].place {
					w.id, w.inferred = aside[0].id, false
				}
				w.mediates = w.mediates || p.count(k, i, cMediating) > 0
				return utterance{who: w, p: p, found: true}
			}
		}
		return utterance{}
	}
	return utterance{}
}

// cutShort reads who speaks where a feed has cut the verb: "… was cancelled on Sunday,
// Pakistan's foreign ministry sa".
func (r *reader) cutShort(s *sentence) utterance {
	p, last := s.p, s.to-1
	if last != len(p.t.Tokens)-1 || last < s.from+4 {
		return utterance{}
	}
	w := p.t.Tokens[last].Norm
	if n := len(w); n == 0 || n > 3 || !strings.HasPrefix("said", w) && !strings.HasPrefix("says", w) && !strings.HasPrefix("told", w) {
		return utterance{}
	}
	if list := p.whoIn(s.from, last); len(list) > 0 {
		if at := list[len(list)-1]; at.to == last && !at.place && !at.dateline && (at.person || at.body) && p.t.Tokens[last].Gap == text.Space {
			return utterance{who: at, p: p, found: !at.anon, anon: at.anon}
		}
	}
	return utterance{}
}

// closesWithSaid reports that somebody else is said to say all of a sentence at its end.
func (p *part) closesWithSaid(i int, s *sentence) bool {
	last := s.to - 1
	if last <= i+2 || !p.has(last, cSaid) {
		return false
	}
	for _, w := range p.whoIn(i+1, last) {
		if w.to == last && !w.place && p.t.Tokens[w.from].Gap&text.Comma != 0 {
			return true
		}
	}
	return false
}
