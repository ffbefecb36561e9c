package read

import (
	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// sequel reads, in an item that has told of a round or a deal, when the work goes on:
// "delegates promised to return on 1 December", "the next session runs from 2 to 6
// March", "the commission would meet on 4 August to settle the details". Who meets
// needs no naming there.
func (r *reader) sequel(s *sentence) {
	p := s.p
	if p.title && !r.english || s.order > 8 || !r.toldAbove(s) || p.count(s.from, s.to, cCancel)+p.count(s.from, s.to, cPostpone)+p.count(s.from, s.to, cSuspend) > 0 {
		return
	}
	for _, d := range p.datesIn(s.from, s.to) {
		if !r.awaited(s, &d) || d.Role != dates.Talks && !r.english || d.Status != dates.Planned || d.Approx && d.Granularity == dates.ByMonth || r.english && r.othersBusiness(s, s.from, d.First, r.toldOf(s)) {
			continue
		}
		if p.title && p.clauseOf(&d, s) == s.from {
			continue // only behind what is told: "round ends in Muscat; teams to return on Tuesday"
		}
		for k := d.First - 1; k > s.from && k >= d.First-9 && d.Role == dates.Talks && !p.title; k-- {
			if p.t.Tokens[k+1].Gap&(text.Semicolon|text.QuoteOpen|text.QuoteClose) != 0 {
				break
			}
			if r.english && !p.goesOn(s, k) || !r.english && !p.nextOne(k) {
				continue
			}
			if !p.negation(k, s.from) && !p.conditional(k, s.from) && !p.unsaid(k, s.from) {
				r.goOn(s, k)
			}
			return
		}
		if k := r.resumption(s, &d); k >= 0 {
			r.goOn(s, k)
			return
		}
	}
}

// goOn adds what follows what was told, by the word at token k.
func (r *reader) goOn(s *sentence, k int) {
	r.scheduled(s, k, k, verdict{mood: planned}, 1.7)
	e := &r.found[len(r.found)-1]
	e.sequel = true
	e.rank *= .2 // never what the item is about
}

// resumption returns a word that tells, anywhere in the clause of a coming day, that those
// who met meet again: "both would be back on 5 December", "agreed to a next round in Rome on
// 5 December", "5 December is the day for the next round". It is -1 if there is none, or
// if somebody else is to do it.
func (r *reader) resumption(s *sentence, d *dates.Mention) int {
	p := s.p
	if !r.english {
		return -1
	}
	from, to := max(s.from, d.First-14), min(s.to, d.Last+8)
	if p.title {
		from = p.clauseOf(d, s)
	}
	for k := d.First - 1; k > from; k-- {
		if p.t.Tokens[k+1].Gap&(text.Semicolon|text.SentenceEnd) != 0 {
			from = k + 1
			break
		}
	}
	for _, w := range p.whoIn(from, d.First) { // "the minister will return on 5 December"
		if !w.place && !w.dateline && !w.anon && w.person && !p.is(w.from, aPronoun) && !p.namesBoth(w.to, d.First) && p.next(w.to, d.First, of(cSaid)) == d.First && p.next(max(s.from, w.from-3), w.from, of(cSaid, cAccordingTo)) == w.from {
			return -1
		}
	}
	if p.t.Tokens[d.First].Gap&text.Colon != 0 { // "A date has been set: 5 December"
		for k := max(from, d.First-6); k < d.First; k++ {
			if p.t.Tokens[k].Norm == "date" && !p.negation(d.First-1, s.from) {
				return k
			}
		}
	}
	met := p.namesBoth(from, to)
	for k := from; k < to; k++ {
		met = met || p.is(k, aPronoun) && bothSides(p.t.Tokens[k].Norm) || p.has(k, cDelegation) || p.has(k, cJoint)
	}
	for k := from; k < to; k++ {
		if k >= d.First && k < d.Last || p.negation(k, s.from) || p.conditional(k, s.from) || p.unsaid(k, s.from) || p.left(k, s.from, 6, of(cMay)) >= 0 {
			continue
		}
		switch w := p.t.Tokens[k].Norm; w {
		case "back", "return", "returns", "reassemble", "reconvene", "regroup", "resume", "continue", "again":
			if (w == "resume" || w == "continue") && k < d.First && !p.aloneAt(k+1, s.to) {
				continue // "to resume deportation flights"
			}
			if (met || p.negotiators(from, to)) && (w != "continue" || k < d.First) {
				return k
			}
		}
		if p.elliptic(k, from, to) {
			return k
		}
		if c := p.cues[k]; c != nil && c.classes.any(of(cMeeting, cRoundWord, cTalks)) {
			for j := k - 1; j >= from && j >= k-3; j-- {
				if w := p.t.Tokens[j].Norm; p.is(j, aNext) || w == "another" || w == "further" || w == "new" || nthWord(w) {
					return k
				}
			}
		}
	}
	return -1
}

// clauseOf returns where the clause of a date begins in a headline.
func (p *part) clauseOf(d *dates.Mention, s *sentence) int {
	k := d.First
	for k > s.from && p.t.Tokens[k].Gap&(text.Semicolon|text.Comma|text.Dash) == 0 {
		k--
	}
	return k
}

// namesBoth reports a word for both sides as the object: "expects them again on".
func (p *part) namesBoth(from, to int) bool {
	for k := from; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "them", "both", "everybody", "everyone":
			return true
		}
	}
	return false
}

// elliptic reports a round that is named by its number alone: "called the next for
// 5 December", "the fourth opens on 5 December", "there would be another from".
func (p *part) elliptic(k, from, to int) bool {
	w := p.t.Tokens[k].Norm
	if p.title && w == "next" && k == from && k+1 < to { // "round ends, next one in Ankara in February"
		n := p.t.Tokens[k+1].Norm
		return n == "one" || n == "ones" || n == "due" || p.is(k+1, aPreposition)
	}
	if w != "next" && w != "another" && !nthWord(w) || k == from || k+1 > to {
		return false
	}
	if before := p.t.Tokens[k-1].Norm; before != "the" && !(before == "a" && w != "next") && !(w == "another" && p.has(k-1, cBe)) {
		return false
	}
	if k+1 >= len(p.t.Tokens) || k+1 >= to || p.t.Tokens[k+1].Gap&(text.Comma|parts|text.QuoteClose) != 0 {
		return true
	}
	return p.is(k+1, aPreposition) && p.t.Tokens[k+1].Norm != "of" || p.cues[k+1] != nil && p.cues[k+1].classes.any(of(cStart, cHold, cWill, cWould, cBe))
}

// bothSides reports a pronoun that may stand for both sides.
func bothSides(w string) bool {
	return w == "they" || w == "we" || w == "us" || w == "them" || w == "both"
}

// toldInLead reports that headline or lead tell what an event of the same negotiation
// goes on from.
func (r *reader) toldInLead(e *event) bool {
	n := r.negotiation(e)
	if n == nil {
		return false
	}
	for i := range r.found {
		if o := &r.found[i]; o.because == "" && o.s != e.s && o.s.order <= 1 && r.negotiation(o) == n {
			return true
		}
	}
	return false
}

// othersBusiness reports that tokens [from,to) speak of somebody who has no part in n, or of
// what is no round of talks: "OPEC meets again on", "the next report is due on".
func (r *reader) othersBusiness(s *sentence, from, to int, n *news.Negotiation) bool {
	p := s.p
	for k := from; k < min(to, s.from+5) && !p.has(k, cSaid); k++ { // the subject, not where somebody said it
		switch p.t.Tokens[k].Norm {
		case "conference", "summit", "briefing", "report", "reports", "trial", "season", "election", "elections", "hearing", "parliament", "congress", "flights", "tour":
			return true
		}
	}
	for _, w := range p.whoIn(from, to) {
		if n != nil && w.id != "" && !w.place && !w.dateline && !w.person && !takesPart(n, w.id) && p.next(w.to, to, of(cSaid)) == to {
			return true
		}
	}
	return false
}

// toldOf returns the negotiation of what headline or lead tell, nil if there is none.
func (r *reader) toldOf(s *sentence) *news.Negotiation {
	for i := range r.found {
		if o := &r.found[i]; o.because == "" && o.s != s && o.s.order <= 1 {
			if n := r.negotiation(o); n != nil {
				return n
			}
		}
	}
	return nil
}

// toldAbove reports an event of talks or of a deal in the sentences up to s, and none
// of talks to come.
func (r *reader) toldAbove(s *sentence) bool {
	told := false
	for i := range r.found {
		e := &r.found[i]
		if e.because != "" || e.s.order > s.order {
			continue
		}
		switch e.kind {
		case news.TalksScheduled:
			return false
		case news.TalksEnded, news.TalksStarted, news.TalksSuspended, news.Atmosphere, news.AgreementReached, news.AgreementSigned, news.ProposalMade, news.GapsNamed, news.MessageConveyed:
			told = told || e.score >= least
		}
	}
	return told
}

// goesOn reports that token k is the verb of going on with what was told: a verb of
// meeting ahead of those who negotiate, or what a coming session does.
func (p *part) goesOn(s *sentence, k int) bool {
	ahead := false
	for j := k - 1; j >= s.from && j >= k-3; j-- {
		ahead = ahead || p.has(j, cWill) || p.has(j, cWould) || p.has(j, cTo)
	}
	switch p.t.Tokens[k].Norm {
	case "return", "reconvene", "continue", "resume", "meet", "gather", "convene", "sit":
		return ahead && p.negotiators(s.from, k)
	case "see", "try":
		for j := k + 1; j < min(s.to, k+4); j++ {
			if p.t.Tokens[j].Norm == "again" {
				return ahead && p.negotiators(s.from, k)
			}
		}
	case "take":
		return ahead && p.t.Tokens[k+1].Norm == "it" && p.negotiators(s.from, k)
	case "be":
		for j := k - 1; j >= s.from && j >= k-4 && ahead; j-- {
			if w := p.t.Tokens[j].Norm; p.is(j, aNext) || w == "another" || nthWord(w) {
				return true
			}
		}
	case "hold": // "agreed to hold a third on 9 December"
		for j := k + 1; j < min(s.to, k+4) && ahead; j++ {
			if w := p.t.Tokens[j].Norm; p.is(j, aNext) || w == "another" || nthWord(w) {
				return true
			}
		}
	case "follow", "follows":
		for j := k - 1; j >= s.from && j >= k-4 && ahead; j-- {
			if w := p.t.Tokens[j].Norm; p.is(j, aNext) || w == "another" || nthWord(w) {
				return true
			}
		}
		// "plenary sessions follow on Tuesday"
		return p.next(max(s.from, k-3), k, of(cMeeting, cRoundWord)) < k
	case "followed": // "opened on Thursday and will be followed by a second sitting on 16 December"
		return p.t.Tokens[k+1].Norm == "by" && p.next(k, min(s.to, k+6), of(cMeeting, cRoundWord, cTalks)) < min(s.to, k+6) && p.left(k, s.from, 3, of(cWill, cWould)) >= 0
	case "come", "comes", "go", "goes":
		if p.t.Tokens[k+1].Norm == "back" {
			return p.negotiators(s.from, k)
		}
		for j := k - 1; j >= s.from && j >= k-7; j-- {
			if p.is(j, aNext) {
				return true
			}
		}
	case "agreed", "arranged", "fixed", "set", "scheduled", "planned", "booked", "foreseen", "held":
		for j := k - 1; j >= s.from && j >= k-6; j-- {
			if w := p.t.Tokens[j].Norm; p.is(j, aNext) || w == "another" || w == "follow" || w == "further" || nthWord(w) {
				return true
			}
		}
	case "reconvenes", "resumes", "continues":
		return p.negotiators(s.from, k)
	case "runs", "is", "falls", "opens", "begins", "starts":
		for j := k - 1; j >= s.from && j >= k-7; j-- {
			if p.is(j, aNext) {
				return true
			}
		}
	}
	return false
}

// nextOne reports "la prochaine aura lieu", "la próxima será" at token k.
func (p *part) nextOne(k int) bool {
	switch p.t.Tokens[k].Norm {
	case "prochain", "prochaine", "suivant", "suivante", "proximo", "proxima", "siguiente":
	default:
		return false
	}
	switch p.t.Tokens[k+1].Norm {
	case "aura", "se", "sera", "est", "debutera", "commencera", "tendra", "comenzara", "empezara", "esta":
		return true
	}
	return false
}

// nthWord reports "a sixth", which names the round that comes next.
func nthWord(w string) bool {
	switch w {
	case "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth":
		return true
	}
	return false
}

// negotiators reports one of those who negotiate, or their work, in [from, to).
func (p *part) negotiators(from, to int) bool {
	for k := from; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "work", "negotiators", "delegates", "delegations", "delegation", "teams", "team", "parties", "sides", "both", "committee", "commission", "commissions", "ministers", "envoys", "leaders", "experts", "directors", "panels", "groups", "officials", "diplomats", "rivals", "two", "they", "we":
			return true
		}
	}
	return false
}
