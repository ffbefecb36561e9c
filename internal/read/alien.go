package read

import (
	"slices"
	"strings"

	"parley/internal/news"
	"parley/internal/text"
)

// alien reports a subject that borrows the words of negotiation: sport,
// business, fiction, domestic politics.
func (r *reader) alien(e *event) string {
	p := e.s.p
	if !(r.title.classes | r.text.classes).any(of(cSport, cBusiness, cFiction, cDomestic)) {
		return ""
	}
	pair := r.sides(p, e.s.from, e.s.to) >= 2
	known := pair && r.negotiation(e) != nil
	if n := r.negotiation(e); !r.english && n != nil && len(n.Parties) == 0 {
		known = true // the process itself is named
	}
	byName := r.english && r.calledByName(r.negotiation(e))
	for _, a := range [...]struct {
		c   class
		why string
	}{
		{cSport, "sport"}, {cBusiness, "business or labour, not politics"}, {cFiction, "culture or history, not news of a negotiation"}, {cDomestic, "domestic politics"},
	} {
		if !(r.title.classes | r.text.classes).has(a.c) {
			continue
		}
		in := p.count(e.s.from, e.s.to, a.c)
		title, all := 0, in
		if !r.digest {
			title = r.title.count(0, len(r.title.t.Tokens), a.c)
		}
		for i := range r.sentences {
			s := &r.sentences[i]
			if s == e.s || s.order > 8 || r.digest && !sameParagraph(s, e.s) {
				continue
			}
			if s.classes.has(a.c) {
				all += s.p.count(s.from, s.to, a.c)
			}
		}
		alien := false
		switch a.c {
		case cSport:
			alien = (all >= 3 || in >= 1 && all >= 2 || title >= 1 && all >= 2) && !r.besideSport(e)
		case cFiction:
			alien = in >= 2 || in >= 1 && all >= 2 || title >= 1 && all >= 2 || all >= 4 || !r.english && in >= 1 && e.s.p.title && !known
		case cBusiness:
			alien = !known && (in >= 2 || in >= 1 && title >= 1 || all >= 4 && title >= 1) || !pair && in >= 1 && all >= 2 ||
				title >= 1 && all >= 2 && r.titleSides() == 0 && (r.english || !known) || p.commerce(e.s.from, e.s.to) >= 2 && title >= 1
			alien = alien && !(r.english && known && in == 0 && e.s.order <= 1 && strings.HasPrefix(string(e.kind), "talks-") && r.vouched(e)) // bonds slide after talks, and the lead tells of these
			alien = alien && !(sanctions(e.kind) && r.sanctionsNear(e) && r.tied(e))                                                           // they are laid on firms
		case cDomestic:
			alien = !byName && (!known && (in >= 2 || in >= 1 && title >= 1 || all >= 4 && title >= 1) || !pair && title >= 1 && all >= 2)
			alien = alien && !(r.english && strings.HasPrefix(string(e.kind), "talks-") && r.ofGroup(e))                                             // "walks out over detained lawmakers"
			alien = alien && !(r.english && r.negotiation(e) != nil && (p.answersTruce(e) || r.answersMediator(e) || r.backed(e, r.negotiation(e)))) // by its cabinet a side answers
		}
		if a.c == cBusiness && r.english && all >= 3 && title >= 1 && in >= 1 && !r.vouched(e) {
			alien = true // "America's Portwell goes back to merger table": two firms, not their states
		}
		if alien && (a.c == cSport || a.c == cBusiness) && r.english && known && in == 0 && !p.title && r.vouched(e) && p.next(e.s.from, e.s.to, of(cTalks, cMediating, cRoundWord)) < e.s.to {
			alien = false // a report of a match or a strike ends with what the mediator's spokesman said
		}
		if alien {
			return a.why
		}
	}
	return ""
}

// answersTruce reports an answer to what only those who fight or hold captives agree on:
// "cabinet approves Gaza hostage deal".
func (p *part) answersTruce(e *event) bool {
	switch e.kind {
	case news.ProposalAccepted, news.ProposalRejected, news.AgreementReached:
	default:
		return false
	}
	for k := max(e.s.from, e.arg-2); k >= 0 && k < min(e.s.to, e.arg+3); k++ {
		switch p.t.Tokens[k].Norm {
		case "hostage", "hostages", "ceasefire", "truce", "prisoner", "prisoners", "armistice":
			return true
		}
	}
	return false
}

// answersMediator reports an answer to a plan of who mediates in the event's negotiation:
// "House of Representatives accepts UN election committee".
func (r *reader) answersMediator(e *event) bool {
	if e.kind != news.ProposalAccepted && e.kind != news.ProposalRejected {
		return false
	}
	n := r.negotiation(e)
	return slices.ContainsFunc(e.s.p.whoIn(e.s.from, e.s.to), func(w who) bool { return !w.place && slices.Contains(n.Mediators, w.id) })
}

// backed reports talks inside a state that somebody mediates who is told right before them:
// "UN-backed Libyan dialogue on election laws".
func (r *reader) backed(e *event, n *news.Negotiation) bool {
	p := e.s.p
	if !strings.HasPrefix(string(e.kind), "talks-") {
		return false
	}
	return slices.ContainsFunc(p.whoIn(e.s.from, e.s.to), func(w who) bool { return slices.Contains(n.Mediators, w.id) && p.conducts(&w, e.s.to) })
}

// conducts reports a name to which a hyphen ties that the talks are its own: "UN-backed",
// "AU-mediated".
func (p *part) conducts(w *who, to int) bool {
	if w.to+1 >= to || p.t.Tokens[w.to].Gap&text.Hyphen == 0 {
		return false
	}
	switch p.t.Tokens[w.to].Norm {
	case "backed", "led", "sponsored", "facilitated", "brokered", "mediated", "supervised", "hosted", "convened":
		return true
	}
	return false
}

// tied reports that sanctions have to do with talks: their sentence or the
// beginning of the item speaks of these.
func (r *reader) tied(e *event) bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 6 && s != e.s {
			break
		}
		if s.classes.any(of(cTalks, cDeal, cMediating, cRoundWord)) || s.classes.has(cDelegation) && s.classes.has(cReject) {
			return true
		}
		for k := s.p.nextMarked(s.from, s.to, aDispute); k < s.to; k = s.p.nextMarked(k+1, s.to, aDispute) {
			if s.p.has(k, cMeeting) || s.p.has(k, cDelegation) {
				return true
			}
		}
	}
	return false
}

func sanctions(k news.Kind) bool { return k == news.SanctionsImposed || k == news.SanctionsEased }

// sanctionsNear reports that an event's sentence or the lead calls sanctions by
// their name.
func (r *reader) sanctionsNear(e *event) bool {
	if e.s.p.sanctioned(e.trigger) {
		return true
	}
	for i := range r.found {
		if o := &r.found[i]; o.kind == e.kind && o.because == "" && o.s.order <= 1 && o.s.p.sanctioned(o.trigger) {
			return true
		}
	}
	return false
}

// commerce counts the words of tokens [from,to) that speak of firms and labour.
func (p *part) commerce(from, to int) int {
	n := 0
	for k := p.next(from, to, of(cBusiness, cPrivate)); k < to; k = p.next(k+1, to, of(cBusiness, cPrivate)) {
		n++
	}
	return n
}

// sameParagraph reports whether two sentences stand in one paragraph.
func sameParagraph(a, b *sentence) bool {
	return a.p == b.p && a.p.t.Tokens[a.from].Paragraph == b.p.t.Tokens[b.from].Paragraph
}

// pastime reports sport by a word that means nothing else, and meetings at which
// nothing is negotiated: receptions, exhibitions, courtesy calls.
func (r *reader) pastime(e *event) string {
	p := e.s.p
	sport, routine := p.marked(e.s.from, e.s.to, aSureSport), p.marked(e.s.from, e.s.to, aRoutine)
	own, n := routine, r.negotiation(e)
	if !r.digest {
		for i := range r.sentences {
			if s := &r.sentences[i]; s != e.s && s.order <= 4 {
				if s.marks&(aSureSport|aRoutine) == 0 {
					continue
				}
				if s.order <= 1 || n == nil && abs(s.order-e.s.order) <= 1 {
					sport += s.p.marked(s.from, s.to, aSureSport)
				}
				routine += s.p.marked(s.from, s.p.occasion(s.from, s.to), aRoutine)
			}
		}
	}
	switch {
	case sport > 0 && r.besideSport(e):
	case sport > 0 && e.s.classes.has(cMediating) && n != nil && r.sides(p, e.s.from, e.s.to) >= 2: // "the mediator, a former football coach, said"
	case sport > 0 && !(p.marked(e.s.from, e.s.to, aSureSport) == 0 && n != nil && r.sides(p, e.s.from, e.s.to) >= 2 && r.vouched(e)):
		return "sport"
	case p.marked(e.s.from, e.s.to, aSureFiction)+r.title.marked(0, len(r.title.t.Tokens), aSureFiction) > 0:
		return "a game or a simulation"
	case n == nil && routine > 0 && (r.peaceful(e) || r.english && e.arg == e.trigger && strings.HasPrefix(string(e.kind), "talks-") && !r.vouched(e)):
		return "a visit or a ceremony, at which nothing is negotiated"
	case !strings.HasPrefix(string(e.kind), "talks-") && e.kind != news.Atmosphere:
	case own >= 2, routine >= 2 && r.plain(e) && !r.armed(n):
		return "a visit or a ceremony, at which nothing is negotiated"
	}
	return ""
}

// occasion returns where a sentence begins to tell on which occasion somebody spoke to the
// press: "he told reporters after launching a book fair"; to if it does not.
func (p *part) occasion(from, to int) int {
	for k := from; p.english && k+2 < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "reporters", "journalists", "newsmen":
			switch p.t.Tokens[k+1].Norm {
			case "after", "before", "while", "during", "following", "at", "on":
				return k
			}
		}
	}
	return to
}

// besideSport reports what somebody who has a part in a negotiation tells of its sides at
// a match or beside the news of one: "the envoy, in the stadium for the final, said".
func (r *reader) besideSport(e *event) bool {
	n := r.negotiation(e)
	if !r.english || n == nil || r.sides(e.s.p, e.s.from, e.s.to) < 2 || e.s.p.next(e.s.from, e.s.to, of(cTalks, cDelegation, cMediating, cRoundWord)) == e.s.to && r.title.next(0, len(r.title.t.Tokens), of(cTalks)) == len(r.title.t.Tokens) {
		return false
	}
	if u := r.voice(e.s); !u.found || !u.who.mediates && !(u.who.id != "" && takesPart(n, u.who.id)) && !(u.who.body && u.who.id == "") {
		return false
	}
	for k := e.s.from; k < e.s.to; k++ {
		if competes(e.s.p.t.Tokens[k].Norm) {
			return false
		}
	}
	return true
}

// competes reports who takes part in sport or runs it, and would be the one that talks.
func competes(w string) bool {
	switch w {
	case "club", "clubs", "federation", "federations", "board", "boards", "association", "associations", "player", "players", "squad", "squads", "captain", "captains", "coach", "coaches",
		"athletes", "gymnasts", "referees", "fifa", "uefa", "icc", "afc", "caf", "ioc", "fans", "striker", "goalkeeper", "bcci", "pcb", "league":
		return true
	}
	return false
}

// armed reports that an armed group is a party of n: with such nobody exchanges
// courtesies.
func (r *reader) armed(n *news.Negotiation) bool {
	return n != nil && slices.ContainsFunc(n.Parties, r.isGroup)
}

// ofGroup reports an event of talks in whose sentence an armed group that is a party to them is
// named: it sits in no parliament.
func (r *reader) ofGroup(e *event) bool {
	n := r.negotiation(e)
	return n != nil && slices.ContainsFunc(e.s.p.whoIn(e.s.from, e.s.to), func(w who) bool {
		return r.isGroup(w.id) && slices.Contains(n.Parties, w.id)
	})
}

// peaceful reports that nothing in the headline and the lead speaks of a
// dispute or of talks about one.
func (r *reader) peaceful(e *event) bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order <= 2 && (s.marks&aDispute != 0 || s.classes.has(cMediating)) {
			return false
		}
	}
	return e.s.p.marked(e.s.from, e.s.to, aDispute) == 0
}

// plain reports that an event's sentence has no word that only negotiations have.
func (r *reader) plain(e *event) bool {
	p := e.s.p
	words := of(cDeal, cMediating, cRoundWord, cProposal, cGap)
	if !r.english {
		words |= of(cReach)
	}
	return p.next(e.s.from, e.s.to, words) == e.s.to
}

// betOn reports what a story of markets says that they hope for: "oil slips on
// hopes that the sides will resume talks".
func (r *reader) betOn(e *event) bool {
	p := e.s.p
	hope := false
	for k := max(e.s.from, e.trigger-14); k < e.trigger; k++ {
		hope = hope || p.is(k, aHope)
	}
	return hope && (p.count(e.s.from, e.s.to, cBusiness) > 0 || r.title.commerce(0, len(r.title.t.Tokens)) > 0 && p.count(e.s.from, e.s.to, cSaid) > 0)
}

// byAnalyst reports that only watchers say it: analysts, historians, traders.
func (r *reader) byAnalyst(e *event) bool {
	p := e.s.p
	if k := r.title.t; e.s.order <= 1 && len(k.Tokens) > 1 && r.title.has(0, cAnalyst) && k.Tokens[1].Gap&text.Colon != 0 { // "Lawmaker: …"
		return true
	}
	if p.marked(e.s.from, e.s.to, aPoll) > 0 || !r.english && e.s.order <= 1 && p.byFormer(e.s) {
		return true
	}
	if r.english && e.verdict.may && p.count(e.s.from, e.s.to, cAnalyst) > 0 {
		return true
	}
	if e.verdict.may && e.s.order <= 2 { // "may meet, analysts say": and so the lead
		for k := range r.title.t.Tokens {
			if r.title.has(k, cAnalyst) {
				return true
			}
		}
	}
	for k := p.next(e.s.from, e.s.to, of(cAnalyst)); k < e.s.to; k = p.next(k+1, e.s.to, of(cAnalyst)) {
		for j := max(e.s.from, k-4); j < min(e.s.to, k+8); j++ {
			if p.has(j, cAccordingTo) || p.has(j, cSaid) && (j < k && k-j <= 3 && !addressed(p.t.Tokens[j].Norm) || j > k && p.reaches(k+1, j)) {
				return true
			}
		}
	}
	return false
}

// byFormer reports that somebody who holds an office no more suggests something: "Exnegociador
// sugiere que …".
func (p *part) byFormer(s *sentence) bool {
	if s.to-s.from < 3 {
		return false
	}
	first, next := p.t.Tokens[s.from].Norm, p.t.Tokens[s.from+1].Norm
	if first == "el" || first == "un" || first == "l" || first == "une" || first == "la" {
		first, next = next, p.t.Tokens[s.from+2].Norm
	}
	if !strings.HasPrefix(first, "ex") || len(first) < 3 {
		return false
	}
	switch next {
	case "sugiere", "sugirio", "propone", "propuso", "plantea", "suggere", "propose", "estime", "opina":
		return true
	}
	return false
}
