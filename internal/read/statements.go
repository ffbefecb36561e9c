package read

import (
	"strings"

	"parley/internal/dates"
	"parley/internal/news"
)

// What follows reads events that are statements rather than a verb with its
// object: denials, ultimatums, sticking points, the tone of talks.

// denial reads "X denies that talks …", "reports of a meeting are false".
func (r *reader) denial(s *sentence, i int, q *cue) {
	p := s.p
	if p.negation(i, s.from) || p.conditional(i, s.from) || r.verbLast && p.notBehind(i+int(q.length), s.to) {
		return
	}
	if r.english && p.left(i, s.from, 3, of(cBe, cWould)) >= 0 && p.t.Tokens[i].Norm == "denied" || i > s.from && p.has(i-1, cTo) {
		return // "was denied access", "to deny them the port"
	}
	if r.english && i-2 > s.from && p.has(i-1, cHad) && p.thatBefore(i-1, s.from) {
		return // "a meeting that Damascus had denied"
	}
	if w := p.t.Tokens[i].Norm; r.english && !p.title && (w == "never" || w == "not") && !r.inSentence(s).found {
		return // "a session pencilled in for 21 April never happened": told, not denied
	}
	claim := -1
	claims := of(cTalks, cMeeting, cDeal, cProposal, cMessage, cDelegation, cViolate, cReach, cSign)
	if r.english {
		claims |= of(cSuspend, cCancel, cPostpone) // "Walkout reports are fake news"
	} else {
		claims |= of(cHold) // a noun may be both: ملاقات
	}
	for k := s.from; k < s.to; k++ {
		if c := p.cues[k]; c != nil && k != i && (c.classes.any(claims) || r.english && k > i && c.classes.has(cHold) && (p.left(k, i, 2, of(cTo, cWill, cWould)) > i || c.forms[cHold] == gerund && k == i+int(q.length))) {
			claim = k
			break
		}
	}
	if next := i + int(q.length); claim < 0 && !r.english && next < s.to && (p.t.Tokens[next].Norm == "haber" || p.t.Tokens[next].Norm == "avoir") {
		claim = next // "desmiente haber ofrecido"
	}
	if claim < 0 {
		claim = r.accused(s, i)
	}
	if claim < 0 {
		return
	}
	e := event{s: s, kind: news.Denial, trigger: i, end: i + int(q.length), arg: claim, verdict: verdict{mood: happened}, score: 1.2}
	e.denies = r.denied(s, i)
	r.add(e)
}

// allegation reads "rejects the Thai landmine allegation": who rejects what the other
// side says of a truce denies it.
func (r *reader) allegation(s *sentence) {
	p := s.p
	if !r.english || !s.classes.has(cReject) || r.title.count(0, len(r.title.cues), cDeal)+r.text.count(0, len(r.text.cues), cDeal) == 0 || r.sides(p, s.from, s.to) < 2 {
		return
	}
	for i := p.next(s.from+1, s.to, of(cReject)); i < s.to; i = p.next(i+1, s.to, of(cReject)) {
		for k := i + 1; k < min(s.to, i+8); k++ {
			switch p.t.Tokens[k].Norm {
			case "allegation", "allegations", "accusation", "accusations", "charge", "charges":
				if p.negation(i, s.from) || p.conditional(i, s.from) {
					return
				}
				r.add(event{s: s, kind: news.Denial, denies: news.ViolationAlleged, trigger: i, end: i + int(p.cues[i].length), arg: k, verdict: verdict{mood: happened}, score: 1.2})
				return
			}
		}
	}
}

// accused finds what is denied that has no word of talks: an accusation of the other
// side, or what one would have done to it, in an item that speaks of a truce.
func (r *reader) accused(s *sentence, deny int) int {
	p := s.p
	if n := r.sides(p, s.from, s.to); !r.english || n < 1 || n < 2 && p.cues[deny].length < 2 || r.title.count(0, len(r.title.cues), cDeal)+r.text.count(0, len(r.text.cues), cDeal) == 0 {
		return -1
	}
	for k := deny + 1; k < min(s.to, deny+9); k++ {
		switch w := p.t.Tokens[k].Norm; w {
		case "accusation", "accusations", "claim", "claims", "allegation", "allegations", "charge", "charges":
			return k
		default:
			if k == deny+1 && strings.HasSuffix(w, "ing") {
				return k // "denies planting new mines"
			}
		}
	}
	return -1
}

// rebuttal reads what is denied over two sentences: "The ministry dismissed a newspaper's
// account. The paper had written that the two were to meet on Thursday."
func (r *reader) rebuttal(s *sentence) {
	p := s.p
	if !r.english || p.title || s.at+1 >= len(r.sentences) {
		return
	}
	next := &r.sentences[s.at+1]
	if next.p != p || !p.mediumSaid(next) || p.count(s.from, s.to, cDeny) > 0 && p.count(s.from, s.to, cTalks)+p.count(s.from, s.to, cMeeting) > 0 {
		return
	}
	for i := s.from + 1; i < s.to; i++ {
		if p.words[i].page&beginsDisowning == 0 {
			continue
		}
		if p.negation(i, s.from) || p.conditional(i, s.from) {
			return
		}
		for k := i + 1; k < min(s.to, i+8); k++ {
			switch p.t.Tokens[k].Norm {
			case "account", "accounts", "story", "stories", "report", "reports", "claim", "claims", "article", "rumour", "rumor":
				r.add(event{s: s, kind: news.Denial, trigger: i, end: i + 1, arg: k, verdict: verdict{mood: happened}, score: 1.3, denies: r.denied(next, -1)})
				return
			}
		}
	}
}

// disowns reads a report that is denied in one sentence with who had it: "dismissed an Iranian
// agency's report of a framework".
func (r *reader) disowns(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsDisowning == 0 || s.order > 3 || p.next(s.from, s.to, of(cDeny)) < s.to {
		return
	}
	for i := s.from + 1; i+2 < s.to; i++ {
		if p.words[i].page&beginsDisowning == 0 {
			continue
		}
		for k := i + 1; k+1 < min(s.to, i+7) && p.t.Tokens[k].Gap&parts == 0; k++ {
			switch p.t.Tokens[k].Norm {
			case "report", "reports", "account", "story", "rumour", "rumours", "rumor", "rumors", "claim", "claims":
			default:
				continue
			}
			if w := p.t.Tokens[k+1].Norm; w != "of" && w != "that" && w != "about" || p.negation(i, s.from) || p.conditional(i, s.from) {
				break
			}
			if kind := r.denied(s, i); kind != "" {
				r.add(event{s: s, kind: news.Denial, denies: kind, trigger: i, end: i + 1, arg: k, verdict: verdict{mood: happened}, score: 1.3, acts: true})
			}
			return
		}
	}
}

// disowningWords are the verbs with which one says of a report that it is not so.
var disowningWords = [...]string{"dismissed", "dismisses", "rejected", "rejects", "denied", "denies", "disputed", "disputes", "rebuffed"}

// mediumSaid reports a sentence that repeats what a medium had said before: "The paper had
// written that".
func (p *part) mediumSaid(s *sentence) bool {
	if !s.classes.has(cHad) { // mostly
		return false
	}
	for k := s.from; k < min(s.to, s.from+3); k++ {
		if w := p.t.Tokens[k].Norm; !medium(w) && w != "paper" && w != "report" && w != "article" {
			continue
		}
		return p.next(k+1, min(s.to, k+5), of(cHad)) < min(s.to, k+5)
	}
	return false
}

// denied finds the kind of what is denied: the first frame elsewhere in the
// sentence whatever its mood.
func (r *reader) denied(s *sentence, deny int) news.Kind {
	p := s.p
	for i := s.from; i < s.to; i++ {
		q := p.cues[i]
		if q == nil || i == deny || !q.classes.any(r.triggers) {
			continue
		}
		if r.english && q.classes.has(cViolate) && q.length > 1 {
			return news.ViolationAlleged // "denies opening fire"
		}
		for k := range r.frames {
			f := &r.frames[k]
			if !q.classes.has(f.class) || f.class == cReject {
				continue
			}
			arg, _ := p.argument(i, q, f, s.from, s.to)
			if arg < 0 {
				continue
			}
			if r.english && f.class == cConvey && p.has(arg, cProposal) {
				return news.ProposalMade
			}
			if m := p.aspect(i, q.forms[f.class], s.from).mood; f.planned != "" && (m == planned || f.happened == "") {
				return f.planned
			}
			if r.english && f.class == cHold && q.forms[cHold] == gerund {
				return news.TalksStarted // "denies taking part in talks"
			}
			return f.happened
		}
	}
	for i := s.from; i < s.to; i++ {
		switch {
		case i == deny:
		case r.english && i > deny && p.agreedIn(i, deny):
			return news.AgreementReached // "denies it agreed in the talks to ship out uranium"
		case r.english && p.planned(i):
			return news.TalksScheduled // "denies plan for talks"
		case p.has(i, cTalks) || p.has(i, cMeeting):
			if r.english && p.left(i, deny, 12, of(cReach, cAccept, cWill)) > deny {
				return news.TalksScheduled // "denies it agreed to talks"
			}
			return news.TalksStarted
		case r.english && i > deny && p.has(i, cProposal) && p.next(i+1, min(s.to, i+5), of(cTalks, cMeeting)) < min(s.to, i+5):
			return news.TalksScheduled // "denies plan for Paris talks"
		case r.english && i > deny && p.has(i, cProposal) && i+2 < s.to && p.t.Tokens[i+1].Norm == "to" && p.cues[i+2] != nil && p.cues[i+2].classes.any(of(cHold, cStart)):
			return news.TalksScheduled // "denies plan to meet envoys"
		case r.english && i > deny && p.has(i, cProposal):
			return news.ProposalMade // "denies receiving a proposal"
		}
	}
	if r.english && r.accused(s, deny) >= 0 {
		return news.ViolationAlleged
	}
	if r.english && p.next(deny+1, s.to, of(cDeal)) < s.to {
		return news.AgreementReached // "denies prisoner deal with Houthis"
	}
	return ""
}

// planned reports "plan for Paris talks": talks at token i that are only planned.
func (p *part) planned(i int) bool {
	if !p.has(i, cTalks) && !p.has(i, cMeeting) {
		return false
	}
	for k := i - 1; k >= max(1, i-4); k-- {
		if p.t.Tokens[k].Norm == "for" {
			switch p.t.Tokens[k-1].Norm {
			case "plan", "plans", "planned", "arrangements", "preparations":
				return true
			}
		}
	}
	return false
}

// agreedIn reports whether the talks at i are where something was agreed, not
// what was: "had agreed in the talks with", "accepted during indirect talks".
func (p *part) agreedIn(i, from int) bool {
	if !p.has(i, cTalks) && !p.has(i, cMeeting) {
		return false
	}
	for k := i - 1; k > max(from+1, i-5); k-- {
		switch p.t.Tokens[k].Norm {
		case "in", "at", "during":
			return p.has(k-1, cReach) || p.has(k-1, cAccept)
		}
	}
	return false
}

// bothTeams reports "the two delegations", "both teams".
func (p *part) bothTeams(from, to int) bool {
	for k := p.next(from+1, to, of(cDelegation)); k < to; k = p.next(k+1, to, of(cDelegation)) {
		if w := p.t.Tokens[k-1].Norm; w == "two" || w == "both" {
			return true
		}
	}
	return false
}

// appointment reads "Belgrade and Pristina will be in Brussels on Tuesday": both
// parties of a known negotiation, a day to come, a place or their delegations,
// and no other event in the sentence.
func (r *reader) appointment(s *sentence) {
	p := s.p
	if len(p.datesIn(s.from, s.to)) == 0 {
		return
	}
	n := r.sides(p, s.from, s.to)
	alone := s.classes.has(cDelegation) && (n == 1 || r.callsSides(p, s.from, s.to) || r.english && s.order > 0 && p.bothTeams(s.from, s.to) && r.talksBefore(s)) // "rival Libyan officers will be in Sirte, the UN says"
	if !r.english && !p.title || n < 2 && !alone || p.appeals(s.from, s.to) {
		return
	}
	for i := len(r.found) - 1; i >= 0 && r.found[i].s == s; i-- {
		if !r.english || r.found[i].because == "" || r.found[i].verdict.negated {
			return
		}
	}
	marker, object, other := -1, false, false
	for k := s.from; k < s.to; k++ {
		q := p.cues[k]
		if q == nil {
			continue
		}
		switch c := q.classes; {
		case c == of(cImpose) && q.forms[cImpose] == stative && p.count(s.from, s.to, cSanction) == 0:
			// "a new round": what is new need not be a sanction
		case c.any(of(cImpose, cEase, cSport, cFiction, cViolate, cSign, cIf, cNot, cBusiness, cPrivate)) && !c.any(of(cTalks, cMeeting, cDelegation, cHold)):
			other = true
		case marker < 0 && c.any(of(cWill, cLikely)):
			marker = k
		case c.any(of(cDelegation, cTalks, cMeeting)):
			object = true
		}
	}
	for _, w := range p.whoIn(s.from, s.to) {
		object = object || w.place && w.venue != ""
	}
	if other || !object || marker < 0 && !p.title {
		return
	}
	for _, d := range p.datesIn(s.from, s.to) {
		r.nextYear(&d)
		if d.To == 0 || d.To <= r.today && !(d.To == r.today && d.Status == dates.Planned) || d.Role == dates.Speech || d.Granularity == dates.Deadline || r.spoken(s, &d) {
			continue
		}
		if marker < 0 {
			marker = max(s.from, d.First-1)
		}
		e := event{s: s, kind: news.TalksScheduled, trigger: marker, end: marker + 1, arg: marker, score: .95}
		e.verdict = verdict{mood: planned, hedged: p.has(marker, cLikely) && hedging(p.t.Tokens[marker].Norm)}
		n := r.place(&e)
		if n == nil {
			return
		}
		both := 0
		for _, id := range n.Parties {
			for _, w := range p.whoIn(s.from, s.to) {
				if w.id == id && !w.place && !w.dateline {
					both++
					break
				}
			}
		}
		if both >= 2 || alone && r.saidByMediator(s, n) {
			r.add(e)
		}
		return
	}
}

// aboutDay reports "over when the talks open", "on a date": a dispute about the
// calendar is none about the matter.
func (p *part) aboutDay(from, to int) bool {
	for k := from; k < min(to, from+4); k++ {
		switch p.t.Tokens[k].Norm {
		case "when", "where", "date", "dates", "day", "venue":
			return true
		case "over", "on", "about", "the", "a", "exact", "opening", "starting", "start":
		default:
			return false
		}
	}
	return false
}

// gap reads sticking points.
func (r *reader) gap(s *sentence, i int, q *cue) {
	p := s.p
	end := i + int(q.length)
	verb := q.length > 1 || p.is(i, aDivider) && r.sides(p, end, min(s.to, end+6)) >= 2
	for k := max(s.from, i-4); k < min(s.to, end+6) && !verb; k++ {
		verb = k != i && p.has(k, cGapVerb)
	}
	if !verb {
		return
	}
	if v := p.negation(i, s.from); v || p.conditional(i, s.from) {
		return
	}
	if r.english && p.aboutDay(end, s.to) {
		return
	}
	if r.english && p.t.Tokens[end-1].Norm == "open" { // "channels remain open", "the venue is still open"
		for k := max(s.from, i-6); k < i; k++ {
			switch p.t.Tokens[k].Norm {
			case "venue", "channel", "channels", "communication", "communications", "door", "doors", "line", "lines", "date", "dates", "place", "border", "crossing", "crossings", "embassy", "embassies", "invitation", "offer":
				return
			}
		}
	}
	for k := max(s.from, i-5); k < i; k++ {
		if p.left(k+1, s.from, 4, of(cNot, cFail)) >= 0 {
			break // "have yet to bridge differences"
		}
		if p.has(k, cWant) || p.t.Tokens[k].Norm == "bridge" || p.t.Tokens[k].Norm == "narrow" || p.t.Tokens[k].Norm == "narrowing" || p.t.Tokens[k].Norm == "overcome" || p.t.Tokens[k].Norm == "narrowed" {
			return
		}
	}
	r.add(event{s: s, kind: news.GapsNamed, trigger: i, end: end, arg: i, verdict: verdict{mood: happened}, score: .95})
}
