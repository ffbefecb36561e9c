package read

import (
	"slices"
	"strings"

	"parley/internal/news"
	"parley/internal/text"
)

// Who asks others to come has set nothing until they say that they will: an offer to
// mediate; and one of them who says so has accepted it.

// The words that these begin with, so that most sentences are asked nothing.
var (
	askingWords    = [...]string{"call", "calls", "summon", "summons", "convokes", "called", "summoned", "asks", "asked", "requests", "requested"}
	proposingWords = [...]string{"proposes", "proposed", "suggests", "suggested", "floats", "floated", "offers", "offered"}
	calledWords    = [...]string{"called", "convened", "proposed"}
)

// summons reads "has called Haitian parties to a meeting in Kingston on November 27": an
// invitation that is not yet accepted. In a headline the place is enough: "calls Thai, Cambodian
// generals to Kuala Lumpur on Friday".
func (r *reader) summons(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsAsking == 0 || len(p.whoIn(s.from, s.to)) < 2 || !s.classes.any(of(cMeeting, cTalks)) && !p.title || len(p.datesIn(s.from, s.to)) == 0 {
		return
	}
	for i := s.from + 1; i+3 < s.to; i++ {
		f := formNone
		switch p.t.Tokens[i].Norm {
		case "calls", "summons", "convokes":
			f = third
		case "called", "summoned":
			f = past
		case "call", "summon": // "Caricom mediators summon Haitian parties"
			if !p.title || p.t.Tokens[i-1].Norm == "to" || p.t.Tokens[i-1].Flags&text.Capital != 0 && i-1 > s.from && p.cues[i-1] == nil {
				continue
			}
			f = third
		default:
			continue
		}
		for k := i + 2; k+1 < min(s.to, i+8); k++ {
			if p.t.Tokens[k].Norm != "to" || len(p.whoIn(i+1, k)) == 0 && p.count(i+1, k, cDelegation) == 0 {
				continue
			}
			at := p.next(k+1, min(s.to, k+4), of(cMeeting, cTalks))
			if at == min(s.to, k+4) && p.title && p.placeAt(k+1) && (r.sides(p, i+1, k) >= 2 || severalSides(p.t.Tokens[k-1].Norm)) {
				at = k
			}
			if w := p.t.Tokens[k+1].Norm; at == min(s.to, k+4) && p.title && p.t.Tokens[i+1].Norm != "on" && p.t.Tokens[i+1].Norm != "for" && (w == "sit" || w == "meet" || w == "convene") {
				at = k // "calls security committee to sit on 25 January"
			}
			v := p.aspect(i, f, s.from)
			if at < min(s.to, k+4) && (v.mood == happened || v.mood == present) && len(p.whoIn(s.from, i)) > 0 && r.ahead(p, i, s.from, s.to) && !p.negation(i, s.from) && !p.conditional(i, s.from) {
				score := float32(1.15)
				if at == k {
					score = .85 // the text may say that they come
				}
				r.add(event{s: s, kind: news.MediationOffered, trigger: i, end: i + 1, arg: at, verdict: verdict{mood: happened}, score: score, acts: true})
			}
			return
		}
	}
}

// severalSides reports a noun for all who negotiate in a land: "Haitian parties".
func severalSides(w string) bool {
	switch w {
	case "parties", "rivals", "sides", "factions", "stakeholders", "foes", "camps":
		return true
	}
	return false
}

// invitation is what somebody offers with the verb at token i, who asks the sides to come to
// what token at tells.
func invitation(s *sentence, i, at int) event {
	return event{s: s, kind: news.MediationOffered, trigger: i, end: i + 1, arg: at, verdict: verdict{mood: happened}, score: 1.15, acts: true, instead: true}
}

// asksToSend reads "Qatar asks Kinshasa and the M23 to send teams to Doha next week": an
// invitation that is not yet accepted.
func (r *reader) asksToSend(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsAsking == 0 || s.order > 2 || len(p.whoIn(s.from, s.to)) < 2 {
		return
	}
	for i := s.from + 1; i+4 < s.to; i++ {
		switch p.t.Tokens[i].Norm {
		case "asks", "asked", "requests", "requested":
		default:
			continue
		}
		if p.title && p.t.Tokens[i+1].Norm == "to" && p.comes(i+2, s.to) && r.sides(p, s.from, i) >= 2 && !p.negation(i, s.from) {
			// "Lebanon, Israel asked to send teams to Naqoura": by whom, the text tells
			r.add(event{s: s, kind: news.MediationOffered, trigger: i, end: i + 1, arg: i + 2, verdict: verdict{mood: happened}, score: 1.15, instead: true})
			return
		}
		for k := i + 2; k+1 < min(s.to, i+16); k++ {
			if p.t.Tokens[k].Norm != "to" || r.sides(p, i+1, k) < 2 {
				continue
			}
			if !p.comes(k+1, s.to) {
				continue
			}
			if r.thirdParty(s, i) && !p.negation(i, s.from) && !p.conditional(i, s.from) {
				r.add(invitation(s, i, k+1))
			}
			return
		}
	}
}

// isInvited reports that the verb at token i says of whoever stands before it that they
// are invited: "Bamako invited to Algiers talks".
func (p *part) isInvited(i int) bool {
	if !p.english || i+1 >= len(p.t.Tokens) || p.t.Tokens[i+1].Norm != "to" {
		return false
	}
	switch p.t.Tokens[i].Norm {
	case "invited", "asked", "called", "summoned":
		return true
	}
	return false
}

// comes reports a verb at token i of who takes up an invitation: "come to", "send their teams",
// not "return fishermen".
func (p *part) comes(i, to int) bool {
	switch p.t.Tokens[i].Norm {
	case "come", "attend", "meet":
		return true
	case "return":
		return i+1 == to || p.has(i+1, cTo) || p.is(i+1, aPreposition)
	case "send", "dispatch":
		return p.next(i+1, min(to, i+6), of(cDelegation)) < min(to, i+6) || slices.ContainsFunc(p.whoIn(i+1, min(to, i+6)), func(w who) bool { return w.person })
	}
	return false
}

// proposesMeeting reads "Oman floats Muscat meeting of Yemen's government and Houthis",
// "has proposed that the government and the M23 meet in Doha": said by neither of them.
func (r *reader) proposesMeeting(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsProposing == 0 || s.order > 2 || len(p.whoIn(s.from, s.to)) < 3 {
		return
	}
	for i := s.from + 1; i+3 < s.to; i++ {
		if p.words[i].page&beginsProposing == 0 {
			continue
		}
		if p.t.Tokens[i+1].Norm == "by" || !p.actsAt(s.from, i) || p.negation(i, s.from) || p.conditional(i, s.from) || !r.thirdParty(s, i) || p.count(i+1, s.to, cAccept)+p.count(i+1, s.to, cReach) > 0 {
			continue
		}
		if strings.HasPrefix(p.t.Tokens[i].Norm, "sugg") && (!r.ahead(p, i, s.from, s.to) || p.count(i+1, s.to, cMay) > 0) {
			continue // "suggested that a meeting might not be needed" is an opinion
		}
		at := p.next(i+1, min(s.to, i+6), of(cMeeting, cTalks))
		if k := p.nextWord(i+2, min(s.to, i+6), "retreat"); at == min(s.to, i+6) && k < at && p.is(k-1, anArticle) {
			at = k // "a retreat" is one of leaders, "the retreat" one of troops
		}
		if strings.HasPrefix(p.t.Tokens[i].Norm, "offer") && (at == min(s.to, i+6) || len(p.whoIn(i+1, at)) == 0) {
			continue // "offers talks" is an offer of its own; "offers Kabul and Islamabad a meeting in Doha"
		}
		if at == min(s.to, i+6) || p.count(i+1, at, cProposal) > 0 || p.verbs(i+1, at) {
			if p.t.Tokens[i+1].Norm != "that" {
				continue
			}
			if at = p.next(i+2, min(s.to, i+16), of(cHold, cStart)); at == min(s.to, i+16) {
				continue
			}
		}
		r.add(invitation(s, i, at))
		return
	}
}

// proposesAbroad reads in the other languages what proposesMeeting does in English:
// "Noruega propone una reunión entre el Gobierno y el ELN", "предложил провести встречу".
func (r *reader) proposesAbroad(s *sentence) {
	const near = 6
	p := s.p
	if r.english || r.verbLast || s.order > 2 || !s.classes.has(cPropose) || !s.classes.any(of(cMeeting, cTalks)) || len(p.whoIn(s.from, s.to)) < 3 {
		return
	}
	for i := p.next(s.from, s.to, of(cPropose)); i < s.to; i = p.next(i+1, s.to, of(cPropose)) {
		f := p.cues[i].forms[cPropose]
		at := p.next(i+1, min(s.to, i+near), of(cMeeting, cTalks))
		if at == min(s.to, i+near) || f == nominal || f == future || p.count(i+1, at, cProposal) > 0 || p.negation(i, s.from) || p.conditional(i, s.from) || p.count(i+1, s.to, cAccept)+p.count(i+1, s.to, cReach) > 0 || !r.thirdParty(s, i) {
			continue
		}
		r.add(invitation(s, i, at))
		return
	}
}

// callsTo reads in Arabic "مصر تدعو حماس وإسرائيل إلى جولة جديدة": the sides stand between
// the verb and what they are called to.
func (r *reader) callsTo(s *sentence) {
	p := s.p
	if !r.verbFirst || s.order > 2 || len(p.whoIn(s.from, s.to)) < 3 {
		return
	}
	for i := s.from; i+3 < s.to; i++ {
		switch p.t.Tokens[i].Norm {
		case "تدعو", "يدعو", "دعت", "دعا", "وتدعو", "ودعت", "ودعا":
		default:
			continue
		}
		for k := i + 2; k+1 < min(s.to, i+9); k++ {
			if p.t.Tokens[k].Norm != "الي" || r.sides(p, i+1, k) < 2 || !r.ahead(p, i, s.from, s.to) || p.negation(i, s.from) || p.conditional(i, s.from) {
				continue
			}
			at := p.next(k+1, min(s.to, k+4), of(cMeeting, cTalks))
			if at == min(s.to, k+4) {
				if !p.placeAt(k + 1) {
					return
				}
				at = k
			}
			r.add(invitation(s, i, at))
			return
		}
	}
}

// actsAt reports that whoever stands last before the verb at token i is its subject.
func (p *part) actsAt(from, i int) bool {
	list := p.whoIn(from, i)
	if len(list) == 0 {
		return false
	}
	w := list[len(list)-1]
	if w.id == "" || w.place || i-w.to > 2 {
		return false
	}
	for k := w.to; k < i; k++ {
		switch p.t.Tokens[k].Norm {
		case "has", "have", "had":
		default:
			if !p.is(k, anAdverb) {
				return false
			}
		}
	}
	return true
}

// comesToCalled reads one side that will come to talks which somebody else has called: "RSF
// to attend U.S.-called talks", "will send a team to the talks Qatar has convened". The other
// side has not said so.
func (r *reader) comesToCalled(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsCalled == 0 || s.order > 2 || !s.classes.any(of(cTalks, cMeeting)) || !s.classes.any(of(cWill, cWould, cTo)) {
		return
	}
	for k := p.next(s.from, s.to, of(cTalks, cMeeting)); k < s.to; k = p.next(k+1, s.to, of(cTalks, cMeeting)) {
		if !p.calledFor(k, s.to) {
			continue
		}
		for i := k - 1; i > s.from && i >= k-9; i-- {
			switch p.t.Tokens[i].Norm {
			case "attend", "join", "participate", "take", "go", "send":
			default:
				continue
			}
			e := event{s: s, kind: news.ProposalAccepted, trigger: i, end: i + 1, arg: k, verdict: verdict{mood: happened}, score: 1.2, acts: true, instead: true}
			if p.left(i, s.from, 2, of(cWill, cWould, cTo)) < 0 || p.negation(i, s.from) || p.conditional(i, s.from) {
				return
			}
			if n := r.negotiation(&e); n != nil && r.partiesIn(s, n) == 1 {
				r.add(e)
			}
			return
		}
	}
}

// calledFor reports that the talks at token k are those which somebody has called: "talks
// that Washington has convened", "talks called by Qatar", "U.S.-called talks".
func (p *part) calledFor(k, to int) bool {
	called := func(j int) bool { return p.words[j].page&beginsCalled != 0 }
	if k > 1 && called(k-1) && p.t.Tokens[k-1].Gap&text.Hyphen != 0 {
		return true
	}
	for j := k + 1; j < min(to, k+7) && p.t.Tokens[j].Gap&parts == 0; j++ {
		if called(j) {
			return p.has(j-1, cHave) || p.has(j-1, cHad) || j+1 < to && p.t.Tokens[j+1].Norm == "by"
		}
	}
	return false
}
