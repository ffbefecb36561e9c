package read

import (
	"slices"
	"strings"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// scheduled adds talks that the word at trigger announces, and arg names.
func (r *reader) scheduled(s *sentence, trigger, arg int, v verdict, score float32) {
	r.add(event{s: s, kind: news.TalksScheduled, trigger: trigger, end: trigger + 1, arg: arg, verdict: v, score: score})
}

// fixture reads "a meeting has been called for 8 July": a passive verb of fixing
// between a meeting and its day; and "the schedule of the third sitting:
// 09.06.2026".
func (r *reader) fixture(s *sentence) {
	p := s.p
	list := p.datesIn(s.from, s.to)
	if len(list) == 0 || p.count(s.from, s.to, cCancel)+p.count(s.from, s.to, cPostpone)+p.count(s.from, s.to, cSuspend) > 0 {
		return
	}
	for _, d := range list {
		r.nextYear(&d)
		if d.To == 0 || d.To < r.today || d.Role == dates.Speech || d.First < s.from+2 {
			continue
		}
		trigger := -1
		if p.t.Tokens[d.First].Gap&text.Colon != 0 && !p.title {
			trigger = d.First - 1
		}
		if p.title && r.english && d.First > s.from && !p.asked(s.from, d.First) { // "technical talks early next week: FO", "next on Monday"
			from, _ := p.clause(d.First, s.from, s.to)
			free := true
			for k := from; k < d.First; k++ {
				free = free && !(p.cues[k] != nil && p.cues[k].classes.any(r.triggers) && !p.cues[k].classes.any(of(cMeeting, cTalks, cHold)))
			}
			for k := d.First - 1; k >= from && k >= d.First-4 && free && trigger < 0; k-- {
				if c := p.cues[k]; c != nil && c.classes.any(of(cTalks, cMeeting)) || p.is(k, aNext) {
					if p.negatedArgument(k, from) {
						return
					}
					hedged := p.count(from, d.Last, cLikely)+p.count(from, d.Last, cMay)+p.count(from, d.Last, cWould) > 0
					r.scheduled(s, k, k, verdict{mood: planned, hedged: hedged}, .9)
					return
				}
			}
		}
		for k := d.First - 1; k >= s.from && k >= d.First-3 && trigger < 0; k-- {
			if p.is(k, aFixing) && p.left(k, s.from, 3, of(cBe)) >= 0 || r.english && k >= d.First-2 && p.isOn(k, s.from) {
				trigger = k
			}
		}
		if trigger < 0 {
			continue
		}
		for k := trigger; k >= s.from && k >= trigger-24; k-- {
			if c := p.cues[k]; c != nil && c.classes.any(of(cTalks, cMeeting)) {
				v := verdict{mood: planned}
				if p.negation(trigger, s.from) || p.negatedArgument(k, s.from) || p.conditional(trigger, s.from) || p.unsaid(trigger, s.from) {
					v = verdict{mood: unreal, negated: true, reason: "negated"}
				}
				r.scheduled(s, trigger, k, v, 1.1)
				return
			}
		}
	}
}

// isOn reports that token k is the verb of "the next meeting of the two is on 5 December".
func (p *part) isOn(k, from int) bool {
	if w := p.t.Tokens[k].Norm; w != "is" && w != "are" {
		return false
	}
	for j := k - 1; j >= from && j >= k-16; j-- {
		if p.t.Tokens[j+1].Gap&(text.Comma|parts) != 0 || p.is(j, aRelative) {
			return false
		}
		if p.is(j, aNext) {
			return true
		}
	}
	return false
}

// asked reports "UN urged to call the leaders together": what somebody is asked to
// do is not announced.
func (p *part) asked(from, to int) bool {
	for k := from; k+1 < to; k++ {
		if p.has(k, cWant) && (p.has(k+1, cTo) || p.english && p.next(k+1, min(to, k+9), of(cTo)) < min(to, k+9)) {
			return true
		}
	}
	return false
}

// journey reads "a team will be in Delhi next week for another round": somebody
// is to be somewhere on a day to come, for talks.
func (r *reader) journey(s *sentence) {
	p := s.p
	for i := s.from; ; i++ {
		if i = p.next(i, s.to, of(cWill, cWould, cTo, cBe)); i+3 >= s.to {
			return
		}
		would := p.has(i, cWill) || p.has(i, cWould) || p.has(i, cTo) && i > s.from && (p.has(i-1, cBe) || r.english && p.title && r.callsSides(p, s.from, i)) // "Sudan's warring parties to return to Jeddah"
		if p.has(i, cBe) && p.coming(i+1) {
			would = true // "are expected in the Kenyan capital by Thursday for talks", "are flying in on Saturday for talks"
		} else if !would || !p.has(i+1, cBe) && !p.is(i+1, aTraveller) {
			continue
		}
		if at := r.gathered(s, i); at >= 0 {
			r.scheduled(s, i, at, verdict{mood: planned}, 1)
			return
		}
		purpose := -1
		for k := i + 2; k < min(s.to, i+16); k++ {
			if w := p.t.Tokens[k].Norm; w == "for" || w == "to" && k > i+2 && k+1 < s.to && p.is(k+1, anArticle) {
				purpose = k
			}
			if c := p.cues[k]; purpose >= 0 && c != nil && c.classes.any(of(cTalks, cMeeting)) && k-purpose <= 6 && r.ahead(p, i, s.from, s.to) && !p.negation(i+1, s.from) && !p.conditional(i, s.from) {
				r.scheduled(s, i, k, verdict{mood: planned}, 1)
				return
			}
		}
	}
}

// visit reads "US trade team in New Delhi next week for talks", "Sefcovic heads to
// Washington on Tuesday for tariff talks": one party goes to the other's capital, on a
// day to come, for talks.
func (r *reader) visit(s *sentence) {
	p := s.p
	if !r.english || len(p.datesIn(s.from, s.to)) == 0 || p.appeals(s.from, s.to) {
		return
	}
	for i := len(r.found) - 1; i >= 0 && r.found[i].s == s; i-- {
		if e := &r.found[i]; e.because == "" || e.verdict.negated {
			return
		}
	}
	list := p.whoIn(s.from, s.to)
	for k := 1; k < len(list); k++ {
		there := &list[k]
		if there.id == "" || there.dateline || there.venue == "" && !there.place || !p.goes(list[k-1].to, there.from) {
			continue
		}
		purpose := s.to
		for j := there.to; j < min(s.to, there.to+14); j++ {
			if p.t.Tokens[j].Norm == "for" {
				purpose = j
			}
			if c := p.cues[j]; c == nil || j <= purpose || j-purpose > 6 || !c.classes.any(of(cTalks, cMeeting)) {
				continue
			}
			if r.facing(s, there.from, there.id) && r.ahead(p, j, s.from, s.to) && !p.negation(purpose, s.from) && !p.conditional(purpose, s.from) && !p.unsaid(purpose, s.from) {
				hedged := p.count(s.from, there.from, cLikely)+p.count(s.from, there.from, cMay) > 0
				r.scheduled(s, purpose, j, verdict{mood: planned, hedged: hedged}, 1)
				return
			}
			break
		}
	}
}

// outbound reads "the negotiating team flies out on Friday for another exchange with the
// Americans": a delegation sets out on a day to come, and for talks with whom.
func (r *reader) outbound(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsOutbound == 0 || !s.classes.has(cDelegation) || len(p.datesIn(s.from, s.to)) == 0 {
		return
	}
	for i := s.from + 1; i+3 < s.to; i++ {
		if p.words[i].page&beginsOutbound == 0 {
			continue
		}
		if p.count(s.from, i, cDelegation) == 0 || p.negation(i, s.from) || p.conditional(i, s.from) || !r.ahead(p, i, i, s.to) {
			continue
		}
		for k := i + 2; k < min(s.to, i+12); k++ {
			if p.t.Tokens[k].Norm != "for" {
				continue
			}
			at := p.next(k+1, min(s.to, k+6), of(cTalks, cMeeting))
			if at == min(s.to, k+6) {
				continue
			}
			for _, w := range p.whoIn(at, min(s.to, at+6)) {
				if !w.place && w.id != "" && r.facing(s, i, w.id) {
					r.scheduled(s, i, at, verdict{mood: planned}, 1)
					return
				}
			}
		}
	}
}

// facing reports that somebody named before token i negotiates with actor id.
func (r *reader) facing(s *sentence, i int, id string) bool {
	return slices.ContainsFunc(s.p.whoIn(s.from, i), func(w who) bool {
		return !w.place && !w.dateline && r.opposed(w.id, id)
	})
}

// goes reports that what stands between somebody and a place leads there.
func (p *part) goes(from, to int) bool {
	for k := max(from, to-7); k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "in", "to", "visit", "visits", "leaves", "off", "heads", "flies", "due", "back":
			return true
		}
	}
	return false
}

// opponents reports that two of those named are parties of one negotiation, places
// among them or not.
func (r *reader) opponents(list []who, places bool) bool {
	for i := range list {
		for j := range list[:i] {
			if (places || !list[i].place && !list[j].place) && r.opposed(list[i].id, list[j].id) {
				return true
			}
		}
	}
	return false
}

// opposed reports that two actors are parties of one negotiation: nobody negotiates
// with himself.
func (r *reader) opposed(a, b string) bool {
	if a == b || a == "" || b == "" {
		return false
	}
	one, ok := r.actorNumbers[a]
	return ok && slices.ContainsFunc(r.partyTo[one], func(n int) bool { return slices.Contains(r.negotiations[n].Parties, b) })
}

// coming reports "flying", "expected", "due" at token i: somebody is on the way.
func (p *part) coming(i int) bool {
	switch p.t.Tokens[i].Norm {
	case "flying", "coming", "arriving", "travelling", "traveling", "heading", "returning", "expected", "due", "awaited":
		return p.english
	}
	return false
}

// gathered returns where a journey of both sides leads that token i announces:
// "delegations from Russia and Ukraine would come to the Vatican", "both would
// come to her residence on Friday". It is -1 where they do not come together.
func (r *reader) gathered(s *sentence, i int) int {
	p := s.p
	on := i+2 < s.to && (p.is(i+1, aTraveller) || p.coming(i+1)) && p.t.Tokens[i+2].Norm == "to" ||
		i+3 < s.to && r.english && p.has(i+1, cBe) && !p.has(i, cBe) && p.t.Tokens[i+2].Norm == "in" && p.placed(i+3)
	if !on || p.negation(i+1, s.from) || p.conditional(i, s.from) ||
		p.count(s.from, i, cCancel)+p.count(s.from, i, cPostpone)+p.count(s.from, i, cReject) > 0 {
		return -1
	}
	from, _ := p.clause(i, s.from, s.to)
	if p.t.Tokens[i].Gap&text.QuoteOpen != 0 {
		from = s.from // "said the two delegations 'will be in Doha'"
	}
	both := r.english && r.callsSides(p, from, i) || p.count(from, i, cDelegation) > 0 && r.sides(p, from, i) >= 2 || i > s.from && p.t.Tokens[i-1].Norm == "both" && r.talksBefore(s) ||
		r.english && p.count(from, i, cDelegation) > 0 && p.count(from, i, cDelegation)+p.count(from, i, cJoint) > 1 && (r.talksBefore(s) || r.sidesBefore(s))
	if !both || !r.ahead(p, i, s.from, s.to) && p.count(i, s.to, cRoundWord) == 0 {
		return -1
	}
	return i + 2
}

// sidesBefore reports that the sentence before s, or the headline, tells who mediates between
// two sides.
func (r *reader) sidesBefore(s *sentence) bool {
	for i := range r.sentences {
		o := &r.sentences[i]
		if o != s && (o.order == s.order-1 || o.order == 0) && o.classes.has(cMediating) && r.sides(o.p, o.from, o.to) >= 2 {
			return true
		}
	}
	return false
}

// What rules of this file begin with, so that most sentences are asked nothing.
var (
	awaitingWords = [...]string{
		"receive", "welcome", "seat", "expects", "awaits", "expecting", "awaiting", "welcomes", "receives", "seats", "gathers",
		"bringing", "brings", "bring", "seating", "gathering",
	}
	outboundWords = [...]string{"leaves", "leave", "flies", "fly", "travels", "travel", "heads", "head", "departs", "depart"}
)

// awaits reads "Egypt expects Israeli and Hamas teams in Cairo on Sunday": somebody
// awaits both sides of a negotiation on a day to come.
func (r *reader) awaits(s *sentence) {
	p := s.p
	if !p.english || s.begins&beginsAwaiting == 0 || len(p.datesIn(s.from, s.to)) == 0 {
		return
	}
	for i := s.from + 1; i+3 < s.to; i++ {
		if p.words[i].page&beginsAwaiting == 0 {
			continue
		}
		switch p.t.Tokens[i].Norm {
		case "receive", "welcome", "seat":
			if !p.has(i-1, cWill) && (p.t.Tokens[i-1].Norm != "to" || p.t.Tokens[i].Norm == "seat") {
				continue
			}
		case "expects", "awaits", "expecting", "awaiting", "welcomes", "receives", "seats", "gathers":
		case "bringing", "brings", "bring", "seating", "gathering":
			if r.together(s, i) {
				r.add(event{s: s, kind: news.TalksScheduled, trigger: i, end: i + 1, arg: i + 1, verdict: verdict{mood: planned}, score: 1, acts: true})
				return
			}
		default:
			continue
		}
		list := p.whoIn(i+1, min(s.to, i+12))
		if p.negation(i, s.from) || p.conditional(i, s.from) || len(list) < 2 || list[0].from-i > 4 || len(p.whoIn(max(s.from, i-6), i)) == 0 || !r.ahead(p, i, s.from, s.to) {
			continue
		}
		for _, n := range r.negotiations {
			if slices.Contains(n.Parties, list[0].id) && slices.Contains(n.Parties, list[1].id) && list[0].id != list[1].id && p.listed(list[0].to, list[1].from) {
				r.add(event{s: s, kind: news.TalksScheduled, trigger: i, end: i + 1, arg: list[1].from, verdict: verdict{mood: planned, hedged: strings.HasPrefix(p.t.Tokens[i].Norm, "exp")}, score: 1, acts: true})
				return
			}
		}
	}
}

// together reports "is bringing them to Geneva on May 22": somebody brings both sides
// somewhere on a day to come.
func (r *reader) together(s *sentence, i int) bool {
	p := s.p
	switch p.t.Tokens[i+1].Norm {
	case "them", "both":
	case "the":
		if !p.has(i+2, cJoint) && !p.has(i+2, cDelegation) && !p.has(i+1, cDelegation) && !p.has(i+1, cJoint) {
			return false
		}
	default:
		return false
	}
	for _, w := range p.whoIn(i+2, min(s.to, i+8)) {
		if (w.place || w.venue != "") && r.ahead(p, i, s.from, s.to) && (r.talksBefore(s) || r.titleSides() >= 2) && p.left(i, s.from, 3, of(cMay)) < 0 && (p.left(i, s.from, 3, of(cWould)) < 0 || p.left(i, s.from, 20, of(cSaid)) >= 0) && !p.negation(i, s.from) && !p.conditional(i, s.from) && !p.unsaid(i, s.from) {
			return true
		}
	}
	return false
}

// saidByMediator reports that a mediator of n says what the sentence tells.
func (r *reader) saidByMediator(s *sentence, n *news.Negotiation) bool {
	u := r.inSentence(s)
	return u.found && (u.who.mediates || slices.Contains(n.Mediators, u.who.id))
}

// talksNear reports whether the sentence speaks of talks or a deal.
func (r *reader) talksNear(s *sentence) bool {
	return s.classes.any(of(cTalks, cMeeting, cDeal, cProposal)) || r.english && s.classes.any(of(cSuspend, cUltimatum, cStart)) && s.namesTalks()
}

// namesTalks reports talks inside of a longer cue: "threatens to quit talks".
func (s *sentence) namesTalks() bool {
	for k := s.from; k < s.to; k++ {
		switch s.p.t.Tokens[k].Norm {
		case "talks", "negotiations":
			return true
		}
	}
	return false
}

// intends reads a headline that leaves out the verb of its announcement: "US, Iran
// plan Muscat talks".
func (r *reader) intends(s *sentence) {
	p := s.p
	if !r.english || !p.title {
		return
	}
	for k := s.from + 1; k < s.to; k++ {
		if w := p.t.Tokens[k].Norm; w != "plan" && w != "plans" && w != "planning" {
			continue
		}
		list := p.whoIn(s.from, k)
		if len(list) == 0 || list[len(list)-1].to != k || list[len(list)-1].place || p.negation(k, s.from) || p.conditional(k, s.from) {
			continue
		}
		for j := k + 1; j < min(s.to, k+6) && !p.has(j, cTo); j++ {
			if p.has(j, cTalks) || p.has(j, cMeeting) {
				r.add(event{s: s, kind: news.TalksScheduled, trigger: k, end: k + 1, arg: j, verdict: verdict{mood: planned, hedged: true}, score: .95})
				return
			}
		}
	}
}
