package read

import (
	"strings"

	"parley/internal/actors"
	"parley/internal/text"
)

// hear reads the attribution of every sentence, in order, so that "he said" is
// whoever spoke last.
func (r *reader) hear() {
	if len(r.heard) > 0 {
		return
	}
	for i := range r.sentences {
		if i >= mostHeard {
			r.heard = append(r.heard, utterance{})
			continue
		}
		r.heard = append(r.heard, r.byOffice(r.inSentence(&r.sentences[i])))
	}
}

// byOffice gives a named person of whom the sentence does not say for whom he speaks
// the side of somebody who was told of before by the same office alone: "its foreign
// ministry spokesman said. … the spokesman, Ehsan Baqeri, told".
func (r *reader) byOffice(u utterance) utterance {
	if !u.found || u.who.name == "" || u.who.office == "" || u.who.id != "" && !u.who.inferred {
		return u
	}
	for k := range r.heard {
		if o := &r.heard[k]; o.found && o.who.name != "" && lastWord(o.who.name) == lastWord(u.who.name) {
			return u // told before
		}
	}
	for k := len(r.heard) - 1; k >= 0; k-- {
		if o := &r.heard[k]; o.found && o.who.person && !o.who.former && o.who.name == "" && o.who.id != "" && o.who.office == u.who.office && (k >= len(r.heard)-2 && k > 0 || k == 0 && !o.who.inferred) {
			u.who.id, u.who.inferred, u.who.mediates = o.who.id, false, u.who.mediates || o.who.mediates
			break
		}
	}
	return u
}

// mostHeard bounds how many sentences are searched for who speaks: further
// down nobody says what the headline reports.
const mostHeard = 60

// lastWord is the surname as it is written.
func lastWord(name string) string { return name[strings.LastIndexByte(name, ' ')+1:] }

// voice returns who says what sentence s tells.
func (r *reader) voice(s *sentence) utterance {
	r.hear()
	return r.heard[s.at]
}

// inSentence reads the attribution inside sentence s.
func (r *reader) inSentence(s *sentence) utterance {
	p := s.p
	if u := r.trailing(s); u.found || u.anon {
		return u
	}
	if p.title && !r.english { // who stands before the colon says all that is behind it
		if u := r.label(s); u.found && !u.weak {
			return u
		}
	}
	shared := p.count(s.from, s.to, cJoint) > 0 && p.count(s.from, s.to, cSaid) > 0 && joint(p, s)
	// words that only report come first; who rejects or offers speaks too, but
	// "Iran rejects it, sources say" is what sources say
	var best utterance
	for _, performing := range [...]bool{false, true} {
		for i := p.next(s.from, s.to, reporting); i < s.to; i = p.next(i+1, s.to, reporting) {
			q := p.cues[i]
			if q.classes.any(of(cReject, cAccept, cOffer, cPropose, cDeny, cViolate)) != performing {
				continue
			}
			if (performing || p.t.Tokens[i].Norm == "added") && r.english && !p.title && p.inAfterClause(i, s.from) {
				continue // "a day after Lebanon's cabinet gave its approval"
			}
			if r.english && p.t.Tokens[i].Gap&text.Hyphen != 0 && i > s.from && p.t.Tokens[i].Flags&text.Capital == 0 {
				continue // "U.S.-called talks"
			}
			if p.title && r.english && q.classes.has(cSaid) && p.left(i, s.from, 2, of(cNot)) >= 0 {
				continue // "EU won't say"
			}
			if p.title && r.english && i+1 < s.to && p.t.Tokens[i+1].Norm == "to" && passively(p.t.Tokens[i].Norm) {
				continue // "negotiators called to Brussels"
			}
			var u utterance
			switch {
			case q.classes.has(cAnonymous) && q.length == 2 && !q.classes.has(cAccordingTo) && (!r.english || says(p.t.Tokens[i+1].Norm)): // "sources say", not "denies media reports"
				u.anon = true
			case q.classes.has(cAccordingTo):
				u = r.behind(s, r.past(s, i, i+int(q.length)), true)
			case r.english && q.classes.has(cSaid) && p.left(i, s.from, 3, of(cAccordingTo)) >= 0: // "according to a statement from"
			case q.classes.has(cSaid):
				u = r.saying(s, i, i+int(q.length))
			}
			if u.joint && r.english && p.next(i, s.to, of(cAccordingTo)) < s.to {
				continue // "the panels expect to meet in June, according to Norway's envoy"
			}
			if u.joint && r.english && p.closesWithSaid(i, s) {
				continue // "both have said they will come, Algeria's foreign minister said"
			}
			if u.joint && !best.found || u.anon && !r.english && q.classes.has(cAccordingTo) && i-s.from <= 2 {
				return u
			}
			if u.found && u.who.unnamed {
				u.found, u.anon = false, true
			}
			if u.anon && !best.found {
				best = u
			}
			if u.found && best.found && best.who.id != "" && u.who.person && u.who.inferred && u.who.from > s.from && u.p == p && p.t.Tokens[u.who.from-1].Norm == "by" {
				u.who = joined(u.who, best.who) // "the Emirates said in a statement read out by a minister"
			}
			if u.found && (!best.found || !best.who.person && u.who.person) {
				best = u
			}
		}
		if shared && !(best.found && best.who.person && best.who.name != "") {
			return utterance{joint: true}
		}
		if best.found || best.anon {
			return best
		}
	}
	if p.title {
		return r.label(s)
	}
	if r.english && !best.found && !best.anon {
		if u := r.cutShort(s); u.found {
			return u
		}
		return r.quoting(s)
	}
	return best
}

// passively reports a participle that before "to" tells in a headline what is done to somebody.
func passively(w string) bool {
	switch w {
	case "called", "invited", "urged", "told", "summoned":
		return true
	}
	return false
}

// inAfterClause reports a verb at token i that only says when something else happened.
func (p *part) inAfterClause(i, from int) bool {
	for k := i - 1; k >= from && k >= i-9 && p.t.Tokens[k+1].Gap&parts == 0; k-- {
		switch p.t.Tokens[k].Norm {
		case "after", "since", "before":
			return true
		}
	}
	return false
}

// quoting reads a sentence of the form: Deputy PM Arber Krasniqi: "Nothing has been
// signed.", or one that begins with a name and a colon.
func (r *reader) quoting(s *sentence) utterance {
	for _, w := range s.p.whoIn(s.from, min(s.to, s.from+12)) {
		if w.person && !w.former && w.to < s.to && s.p.t.Tokens[w.to].Gap&text.Colon != 0 && (s.p.t.Tokens[w.to].Gap&text.QuoteOpen != 0 || w.name != "" && w.from == s.from) {
			return utterance{who: w, p: s.p, found: true}
		}
	}
	return utterance{}
}

// reporting are the classes that lead to who speaks.
const reporting set = 1<<cAnonymous | 1<<cAccordingTo | 1<<cSaid

func joint(p *part, s *sentence) bool {
	for k := p.nextMarked(s.from, s.to, aJoint); k < s.to; k = p.nextMarked(k+1, s.to, aJoint) {
		if !p.english || p.saidJointly(k, s) {
			return true
		}
	}
	for k := s.from; k+1 < s.to; k++ { // "both sides said"
		if p.has(k, cJoint) && (p.has(k+1, cSaid) || k+2 < s.to && p.has(k+2, cSaid) || k+3 < s.to && p.has(k+3, cSaid)) {
			if j := p.next(k+1, min(s.to, k+4), of(cSaid)); p.english && j < s.to && j > k+1 && p.t.Tokens[j].Gap&text.Comma != 0 {
				continue // "Türkiye, which mediates between the two countries, said"
			}
			return true
		}
	}
	return false
}

// saying finds the subject of the verb of saying at [i,end): before it, or
// behind it where a quote or comma stands before the verb (", said X"), or
// where the language puts it there.
func (r *reader) saying(s *sentence, i, end int) utterance {
	p := s.p
	if r.verbFirst {
		if u := r.leadsVerb(s, i); u.found || u.anon {
			return u
		}
	}
	if r.english && !p.title && p.t.Tokens[i].Gap&text.Comma != 0 && p.t.Tokens[i].Gap&text.QuoteClose == 0 {
		switch p.t.Tokens[i].Norm {
		case "saying", "adding", "stating":
			if u := r.openerOf(s, i); u.found { // "The US imposed sanctions on traders, saying Kigali had failed"
				return u
			}
		}
	}
	if !r.english {
		end = r.past(s, i, end) // "anunció el" may be a cue, and "el mediador" who does it
		if u := r.enclosed(s, i, end); u.found {
			return u
		}
	}
	if r.verbFirst || p.t.Tokens[i].Gap&(text.QuoteClose|text.Comma|text.Dash) != 0 && !addressed(p.t.Tokens[i].Norm) && (!r.verbLast || p.t.Tokens[i].Gap&text.QuoteClose != 0) {
		if u := r.relativeBefore(s, i); u.found || u.anon {
			return u
		}
		if r.english && !p.title && p.t.Tokens[i].Gap&(text.QuoteClose|text.Dash) == 0 { // "the Union's envoy, Pieter Hoekman, described"
			if u := r.before(s, i); u.found && u.who.person && u.who.name != "" && u.who.to == i {
				return u
			}
		}
		if r.english && !p.title && p.t.Tokens[i].Gap&(text.QuoteClose|text.Dash) == 0 {
			if u := r.apposedBefore(s, i, end); u.found {
				return u
			}
		}
		u := r.behind(s, end, !r.english)
		if r.english && u.found && !p.title && p.t.Tokens[i].Gap&(text.QuoteClose|text.Dash) == 0 && p.next(end, u.who.from, of(cHave, cWill)) < u.who.from {
			u = utterance{} // "the minister, says the mediation has called Israel's delegation back"
		}
		if p.title && r.english && u.found && u.who.to+1 < s.to && p.t.Tokens[u.who.to].Gap&text.Comma == 0 && p.t.Tokens[i].Gap&text.QuoteClose == 0 && !adjunct(p.t.Tokens[u.who.to].Norm) {
			// "EU blacklists refinery, says Kigali is stalling": who acts says so
			if list := p.whoIn(s.from, i); len(list) > 0 && !list[0].place {
				return utterance{who: list[0], p: p, found: !list[0].anon, anon: list[0].anon}
			}
		}
		if u.found || u.anon {
			return u
		}
		if p.title && r.english && end < s.to && p.t.Tokens[end].Flags&text.Capital != 0 && p.t.Tokens[i].Flags&text.Capital == 0 {
			return utterance{} // "…, says Wisma Putra": somebody that nobody knows
		}
	}
	switch p.t.Tokens[i].Norm {
	case "quoted", "quotes", "cited", "cites": // "the agency quoted Ri Kum-chol as saying"
		if r.english && p.left(i, s.from, 2, of(cBe)) < 0 {
			if u := r.behind(s, end, false); u.found && u.who.person {
				return u
			}
		}
	}
	if p.left(i, s.from, 2, of(cBe)) >= 0 { // "was announced by the Commission's spokesperson"
		for k := end; k < min(s.to, end+7); k++ {
			if w := p.t.Tokens[k].Norm; w == "by" || w == "par" || w == "por" {
				if u := r.behind(s, k+1, false); u.found || u.anon {
					return u
				}
			}
		}
	}
	if r.english && (p.compared(i, s.from) || p.title && p.thatBefore(i, s.from) && p.left(i, s.from, 2, of(cHad)) >= 0) {
		return utterance{} // "a day later than Tehran said", "a proposal that Hamas had accepted"
	}
	if r.english && i > s.from && p.t.Tokens[i-1].Norm == "been" && p.cues[i].classes.any(of(cPropose, cOffer, cAccept, cReject)) && !p.cues[i].classes.has(cSaid) {
		return utterance{} // "Sudan's generals have been offered a pause"
	}
	if u := r.before(s, i); u.found || u.anon || u.joint {
		return u
	}
	if r.english && i > s.from && p.cues[i].classes.any(of(cPropose, cOffer)) && p.cues[i-1] != nil && p.cues[i-1].classes.any(of(cProposal, cDeal)) && p.left(i, s.from, 2, of(cBe)) < 0 {
		return utterance{} // "turned down a truce proposed by the United States"
	}
	switch p.t.Tokens[i].Norm {
	case "published", "carried", "circulated", "aired":
		if p.left(i, s.from, 2, of(cBe)) < 0 {
			return utterance{} // "the news published by a Spanish daily" is what somebody answers
		}
	}
	for k := end; k < min(s.to, end+9); k++ { // "was announced in Tbilisi on Wednesday by …"
		if r.english && k > end && authored(p.t.Tokens[k-1].Norm) {
			break // "turned down the committee proposed by the UN envoy"
		}
		switch p.t.Tokens[k].Norm {
		case "by", "par", "por":
			if u := r.behind(s, k+1, false); u.found || u.anon {
				return u
			}
		}
	}
	hasObject := addressed(p.t.Tokens[i].Norm) || p.cues[i].classes.any(of(cAccept, cReject)) // "Army accepts UN plan"
	if !r.english || p.title && !hasObject {
		if u := r.behind(s, end, !r.english); u.found && (!r.english || u.who.from-end <= 2) {
			return u
		}
	}
	if r.english && i-s.from <= 1 && !(i > s.from && p.is(i-1, aPronoun)) && !hasObject { // "So says the facilitator"
		if u := r.behind(s, end, false); u.found && u.who.from-end <= 2 {
			return u
		}
	}
	if !r.english && !p.title {
		for k := i - 1; k >= s.from; k-- {
			if p.is(k, aPronoun) && p.t.Tokens[k+1].Gap&text.Hyphen == 0 {
				if u := r.antecedent(false); u.found {
					return u
				}
				break
			}
		}
	}
	for k := max(s.from, i-5); k < min(s.to, end+4); k++ {
		if p.has(k, cAnonymous) {
			return utterance{anon: true}
		}
	}
	return utterance{}
}

// adjunct reports a word that leads to when or why somebody says something, and not to what:
// "says Omani FM after Tehran visit".
func adjunct(w string) bool {
	switch w {
	case "after", "amid", "following", "ahead", "during", "before", "in", "at", "on":
		return true
	}
	return false
}

// openerOf finds who opens a sentence and acts in it, before token i: who goes on "saying".
func (r *reader) openerOf(s *sentence, i int) utterance {
	p := s.p
	for _, w := range p.whoIn(s.from, i) {
		switch {
		case w.dateline:
			continue
		case w.place || w.id == "" && w.name == "" || p.verbs(s.from, w.from):
			return utterance{}
		}
		return utterance{who: w, p: p, found: !w.anon, anon: w.anon}
	}
	return utterance{}
}

// compared reports "than Tehran said", "as Tehran had announced": the report that
// another is measured by.
func (p *part) compared(i, from int) bool {
	for k := i - 1; k >= from && k >= i-4; k-- {
		w := p.t.Tokens[k].Norm
		if w == "than" || w == "as" && (p.t.Tokens[i].Norm == "reported" || p.t.Tokens[i].Norm == "claimed" || p.t.Tokens[i].Norm == "alleged") && p.t.Tokens[k].Gap&text.Comma != 0 {
			return true
		}
		if p.t.Tokens[k].Gap&parts != 0 {
			break
		}
	}
	return false
}

func says(w string) bool {
	switch w {
	case "say", "says", "said", "reported", "tell", "told":
		return true
	}
	return false
}

// saidJointly tells "in a joint statement", "jointly announced" from "run jointly"
// and "under the joint statement of 2025".
func (p *part) saidJointly(k int, s *sentence) bool {
	if p.t.Tokens[k].Norm == "jointly" {
		return k+1 < s.to && p.has(k+1, cSaid) || k > s.from && p.has(k-1, cSaid)
	}
	if k+1 < s.to && (p.has(k+1, cTalks) || p.has(k+1, cMeeting) || p.has(k+1, cDelegation) || k+2 < s.to && p.has(k+2, cTalks)) {
		return false // "said the joint monitoring talks would go ahead"
	}
	for j := k - 1; j >= s.from && j >= k-3; j-- {
		switch p.t.Tokens[j].Norm {
		case "in", "issued", "released", "published", "issue", "release", "said", "wrote":
			return true
		}
	}
	for j := k + 1; j < s.to && j < k+5; j++ {
		if p.has(j, cSaid) {
			return true
		}
		if p.t.Tokens[j].Gap&parts != 0 {
			break
		}
	}
	return false
}

// addressed reports verbs behind which whoever is told stands, not who tells.
func addressed(w string) bool {
	switch w {
	case "told", "tells", "informed", "informs", "notified", "assured", "briefed", "asked", "accuse", "accuses", "accused", "blames", "blamed", "warns", "urges", "urged", "invites", "invited", "praises", "hails", "denounces":
		return true
	}
	return false
}

// oneBody reports that tokens [from,to) name one organisation and nobody else, though
// its name may call a process as well: "UNSMIL: …".
func (r *reader) oneBody(p *part, from, to int) bool {
	list := p.whoIn(from, to)
	if len(list) != 1 {
		return false
	}
	_, kind, ok := r.actors.Title(list[0].id)
	return ok && kind == actors.Organisation
}

// label reads headlines of the form "X: …" and "…: X", "… - sources": the name
// must reach to the mark, or to the end.
func (r *reader) label(s *sentence) utterance {
	p := s.p
	var weak utterance
	for k := s.from + 1; k < s.to; k++ {
		g := p.t.Tokens[k].Gap
		if g&(text.Colon|text.Dash) == 0 {
			continue
		}
		if g&text.Colon != 0 && (r.sides(p, s.from, k) < 2 || r.oneBody(p, s.from, k)) && !r.topical(s, k) { // two sides before it are the subject, not who speaks
			for _, w := range p.whoIn(s.from, k) {
				aside := w.to < k && p.t.Tokens[w.to].Gap&text.Comma != 0 && p.asMediator(w.to, k) // "Saudi foreign ministry, mediating: …"
				if (w.to == k || aside) && !w.place && !w.dateline && (w.id != "" || w.anon || w.person) {
					u := utterance{who: w, p: p, found: !w.anon, anon: w.anon}
					u.who.mediates = u.who.mediates || aside
					if w.person || aside || w.office != "" || w.body && !r.english {
						return u
					}
					u.weak = true
					weak = u
				}
			}
		}
		for _, w := range p.whoIn(k, s.to) {
			if w.to == s.to-1 && w.from <= k+1 && p.has(w.to, cMediating) && !w.place && w.id != "" && r.english { // "… – AU mediation"
				w.mediates = true
				return utterance{who: w, p: p, found: true}
			}
			if r.english && w.from == k && g&text.Colon != 0 && !w.place && w.id != "" && w.to+1 < s.to && p.saidOf(w.to) && p.quoteEnds(k, s.from) {
				return utterance{who: w, p: p, found: true} // "'Monday, God willing': Oman's Harthy on the round"
			}
			if w.to == s.to && w.from <= k+2 && !w.place && (w.id != "" || w.anon || w.person) && !(w.from > k && p.t.Tokens[w.from].Gap&text.Comma != 0 && len(p.datesIn(k, w.from)) > 0) { // not "names date: December 6, Bridgetown"
				return utterance{who: w, p: p, found: !w.anon, anon: w.anon}
			}
		}
		if !r.english && g&text.Colon != 0 && k-s.from <= 6 {
			for j := s.from; j < k; j++ {
				if p.has(j, cAnonymous) {
					return utterance{anon: true}
				}
			}
			if u := r.generic(s, stretch{s.from, k}); u.found && k-s.from <= 2 && len(p.whoIn(s.from, k)) == 0 {
				return u
			}
		}
		if s.to-k <= 4 {
			for j := k; j < s.to; j++ {
				if p.has(j, cAnonymous) {
					return utterance{anon: true}
				}
			}
		}
	}
	return weak
}

// saidOf reports a word at token i that leads from who is quoted to what it is about.
func (p *part) saidOf(i int) bool {
	switch p.t.Tokens[i].Norm {
	case "on", "about", "of":
		return true
	}
	return false
}

// quoteEnds reports that what stands before token i is a quotation.
func (p *part) quoteEnds(i, from int) bool {
	return p.t.Tokens[i].Gap&text.QuoteClose != 0 && p.t.Tokens[from].Gap&text.QuoteOpen != 0
}

// authored reports participles whose "by" tells whose a plan is, not who speaks of it.
func authored(w string) bool {
	switch w {
	case "proposed", "drafted", "tabled", "presented", "suggested", "floated", "brokered", "mediated", "written", "drawn":
		return true
	}
	return false
}
