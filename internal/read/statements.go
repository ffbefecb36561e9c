package read

import (
	"slices"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// What follows reads events that are statements rather than a verb with its
// object: denials, ultimatums, sticking points, the tone of talks.

// denial reads "X denies that talks …", "reports of a meeting are false".
func (r *reader) denial(s *sentence, i int, q *cue) {
	p := s.p
	if p.negation(i, s.from) || p.conditional(i, s.from) {
		return
	}
	claim := -1
	for k := s.from; k < s.to; k++ {
		if c := p.cues[k]; c != nil && k != i && c.classes.any(of(cTalks, cMeeting, cDeal, cProposal, cMessage, cDelegation, cViolate, cReach, cSign)) {
			claim = k
			break
		}
	}
	if claim < 0 {
		return
	}
	e := event{s: s, kind: news.Denial, trigger: i, end: i + int(q.length), arg: claim, verdict: verdict{mood: happened}, score: 1.2}
	e.denies = r.denied(s, i)
	r.add(e)
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
		for k := range r.frames {
			f := &r.frames[k]
			if !q.classes.has(f.class) || f.class == cReject {
				continue
			}
			if arg, _ := p.argument(i, q, f, s.from, s.to); arg < 0 {
				continue
			}
			if m := p.aspect(i, q.forms[f.class], s.from).mood; f.planned != "" && (m == planned || f.happened == "") {
				return f.planned
			}
			return f.happened
		}
	}
	for i := s.from; i < s.to; i++ {
		if p.has(i, cTalks) || p.has(i, cMeeting) {
			return news.TalksStarted
		}
	}
	return ""
}

// ultimatum reads a deadline with a threat, or a threat tied to the talks.
func (r *reader) ultimatum(s *sentence, i int) {
	p := s.p
	if p.count(s.from, s.to, cNoDate) > 0 || p.negation(i, s.from) || p.left(i, s.from, 8, of(cIf)) >= 0 && p.t.Tokens[i].Norm == "ultimatum" || p.left(i, s.from, 4, of(cWould)) >= 0 || r.wouldAfter(p, i, s.to) {
		return
	}
	w := p.t.Tokens[i].Norm
	score := float32(1.15)
	switch w {
	case "ultimatum":
	case "deadline", "consequences", "otherwise", "threaten", "threatens", "threatened", "threatening", "military", "resume":
		// needs the other half: a threat with a deadline, or with the talks
		if !r.talksNear(s) {
			return
		}
		score = .9
		if w == "deadline" && p.count(s.from, s.to, cUltimatum) < 2 {
			return
		}
	default:
		if !r.talksNear(s) && !r.deadline(s) {
			return
		}
	}
	r.add(event{s: s, kind: news.Ultimatum, trigger: i, end: i + 1, arg: i, verdict: verdict{mood: happened}, score: score})
}

// dating reads "sets 4 June for the next sitting": a verb of fixing with a day
// as its object, and a meeting behind it.
func (r *reader) dating(s *sentence) {
	p := s.p
	if p.appeals(s.from, s.to) {
		return
	}
	for i := s.from; i < s.to; i++ {
		if !p.is(i, aDater) {
			continue
		}
		for _, d := range p.datesIn(i+1, min(s.to, i+5)) {
			if d.To == 0 || d.To.String() < r.today || d.Role == dates.Speech || d.Granularity == dates.Deadline {
				continue
			}
			for k := d.Last; k < min(s.to, d.Last+9); k++ {
				if c := p.cues[k]; c == nil || !c.classes.any(of(cTalks, cMeeting)) {
					continue
				}
				w := p.t.Tokens[i].Norm
				v := verdict{mood: planned, hedged: w == "eyes" || w == "sees" || w == "pencils" || w == "proposes"}
				if p.negation(i, s.from) || p.conditional(i, s.from) {
					v = verdict{mood: unreal, negated: true, reason: "negated"}
				}
				r.add(event{s: s, kind: news.TalksScheduled, trigger: i, end: i + 1, arg: k, verdict: v, score: 1.1, acts: true})
				return
			}
		}
	}
}

// fixture reads "a meeting has been called for 8 July": a passive verb of fixing
// between a meeting and its day; and "the schedule of the third sitting:
// 09.06.2026".
func (r *reader) fixture(s *sentence) {
	p := s.p
	if p.count(s.from, s.to, cCancel)+p.count(s.from, s.to, cPostpone)+p.count(s.from, s.to, cSuspend) > 0 {
		return
	}
	for _, d := range p.datesIn(s.from, s.to) {
		r.nextYear(&d)
		if d.To == 0 || d.To.String() < r.today || d.Role == dates.Speech || d.First < s.from+2 {
			continue
		}
		trigger := -1
		if p.t.Tokens[d.First].Gap&text.Colon != 0 && !p.title {
			trigger = d.First - 1
		}
		if p.title && r.english && d.First > s.from { // "technical talks early next week: FO", "next on Monday"
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
					r.add(event{s: s, kind: news.TalksScheduled, trigger: k, end: k + 1, arg: k, verdict: verdict{mood: planned}, score: .9})
					return
				}
			}
		}
		for k := d.First - 1; k >= s.from && k >= d.First-3 && trigger < 0; k-- {
			if p.is(k, aFixing) && p.left(k, s.from, 3, of(cBe)) >= 0 {
				trigger = k
			}
		}
		if trigger < 0 {
			continue
		}
		for k := trigger; k >= s.from && k >= trigger-24; k-- {
			if c := p.cues[k]; c != nil && c.classes.any(of(cTalks, cMeeting)) {
				v := verdict{mood: planned}
				if p.negation(trigger, s.from) || p.conditional(trigger, s.from) || p.unsaid(trigger, s.from) {
					v = verdict{mood: unreal, negated: true, reason: "negated"}
				}
				r.add(event{s: s, kind: news.TalksScheduled, trigger: trigger, end: trigger + 1, arg: k, verdict: v, score: 1.1})
				return
			}
		}
	}
}

// journey reads "a team will be in Delhi next week for another round": somebody
// is to be somewhere on a day to come, for talks.
func (r *reader) journey(s *sentence) {
	p := s.p
	for i := s.from; i+3 < s.to; i++ {
		if !p.has(i, cWill) || !p.has(i+1, cBe) && !p.is(i+1, aTraveller) {
			continue
		}
		purpose := -1
		for k := i + 2; k < min(s.to, i+16); k++ {
			if p.t.Tokens[k].Norm == "for" {
				purpose = k
			}
			if c := p.cues[k]; purpose >= 0 && c != nil && c.classes.any(of(cTalks, cMeeting)) && k-purpose <= 6 && r.ahead(p, i, s.from, s.to) && !p.negation(i+1, s.from) && !p.conditional(i, s.from) {
				r.add(event{s: s, kind: news.TalksScheduled, trigger: i, end: i + 1, arg: k, verdict: verdict{mood: planned}, score: 1})
				return
			}
		}
	}
}

// appeals reports a sentence in which somebody asks others to do it.
func (p *part) appeals(from, to int) bool {
	for k := from; k < to; k++ {
		if p.has(k, cWant) && (p.english && p.cues[k].length > 1 && p.calls(k) || p.is(k, anAppeal)) {
			return true
		}
	}
	return false
}

// unless reads "will shut the crossings unless the captives are returned by
// Sunday" and "open the sites by 31 August or sanctions return".
func (r *reader) unless(s *sentence) {
	p := s.p
	if r.sides(p, s.from, s.to) < 2 {
		return
	}
	for i := s.from; i < s.to; i++ {
		threat := false
		switch p.t.Tokens[i].Norm {
		case "if": // "if there is no accord by 15 December, duties go to 50 per cent"
			no := false
			for k := i + 1; k < min(s.to, i+9); k++ {
				no = no || p.has(k, cNot) || p.has(k, cFail)
			}
			for _, d := range p.datesIn(i, s.to) {
				threat = threat || no && d.Granularity == dates.Deadline && d.To.String() >= r.today
			}
			for k := i + 1; k < min(s.to, i+9); k++ {
				no = no || p.is(k, aFailure)
			}
			threat = threat || no && r.talksNear(s) && p.left(i, s.from, 30, of(cWill, cWould)) >= 0
		case "unless":
			threat = p.left(i, s.from, 30, of(cWill, cWould)) >= 0 && (r.deadline(s) || r.ahead(p, i, s.from, s.to))
		case "or":
			for _, d := range p.datesIn(max(s.from, i-5), i) {
				threat = threat || d.Last == i && d.Granularity == dates.Deadline
			}
		}
		if threat {
			r.add(event{s: s, kind: news.Ultimatum, trigger: i, end: i + 1, arg: i, verdict: verdict{mood: happened}, score: 1.15})
			return
		}
	}
}

// accusation reads "accuses Kinshasa of shelling through the ceasefire": whatever
// is alleged, it is alleged of an accord.
func (r *reader) accusation(s *sentence) {
	p := s.p
	for i := s.from; i < s.to; i++ {
		if !p.has(i, cSaid) || !accuses(p.t.Tokens[i].Norm) {
			continue
		}
		of, deal := -1, -1
		for k := i + 1; k < min(s.to, i+16); k++ {
			if p.t.Tokens[k].Norm == "of" && of < 0 {
				of = k
			}
			if of >= 0 && p.has(k, cDeal) {
				deal = k
				break
			}
		}
		if deal < 0 || len(p.whoIn(i, of)) == 0 || p.negation(i, s.from) {
			continue
		}
		r.add(event{s: s, kind: news.ViolationAlleged, trigger: i, end: i + 1, arg: deal, verdict: verdict{mood: happened}, score: 1.1, acts: true})
		return
	}
}

// appointment reads "Belgrade and Pristina will be in Brussels on Tuesday": both
// parties of a known negotiation, a day to come, a place or their delegations,
// and no other event in the sentence.
func (r *reader) appointment(s *sentence) {
	p := s.p
	n := r.sides(p, s.from, s.to)
	alone := n == 1 && p.count(s.from, s.to, cDelegation) > 0 // "rival Libyan officers will be in Sirte, the UN says"
	if !r.english || n < 2 && !alone || p.appeals(s.from, s.to) {
		return
	}
	for i := len(r.found) - 1; i >= 0 && r.found[i].s == s; i-- {
		if r.found[i].because == "" || r.found[i].verdict.negated {
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
		if d.To == 0 || d.To.String() <= r.today && !(d.To.String() == r.today && d.Status == dates.Planned) || d.Role == dates.Speech || d.Granularity == dates.Deadline || r.spoken(s, &d) {
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

// saidByMediator reports that a mediator of n says what the sentence tells.
func (r *reader) saidByMediator(s *sentence, n *news.Negotiation) bool {
	u := r.inSentence(s)
	return u.found && (u.who.mediates || slices.Contains(n.Mediators, u.who.id))
}

// limit reads "gave Venezuela until 15 December": somebody is given a last day,
// with the talks or a threat in the same breath.
func (r *reader) limit(s *sentence) {
	p := s.p
	if p.count(s.from, s.to, cNoDate) > 0 {
		return
	}
	for i := s.from; i < s.to; i++ {
		switch p.t.Tokens[i].Norm {
		case "gives", "gave", "given", "give", "giving":
		default:
			continue
		}
		for k := i + 2; k < min(s.to-1, i+10); k++ { // "ten days to hand over the dams"
			switch p.t.Tokens[k].Norm {
			case "days", "hours", "weeks", "week":
				if p.t.Tokens[k+1].Norm == "to" && len(p.whoIn(i, k)) > 0 && r.sides(p, s.from, s.to) >= 2 {
					r.add(event{s: s, kind: news.Ultimatum, trigger: i, end: i + 1, arg: i, verdict: verdict{mood: happened}, score: 1.25})
					return
				}
			}
		}
		for _, d := range p.datesIn(i, min(s.to, i+10)) {
			if d.Granularity != dates.Deadline || d.To.String() < r.today || len(p.whoIn(i, d.First)) == 0 {
				continue
			}
			if v := p.aspect(i, past, s.from); v.mood == unreal || !r.talksNear(s) && p.count(s.from, s.to, cUltimatum)+p.count(s.from, s.to, cSuspend)+p.count(s.from, s.to, cCancel)+p.count(s.from, s.to, cImpose) == 0 {
				continue
			}
			r.add(event{s: s, kind: news.Ultimatum, trigger: i, end: i + 1, arg: i, verdict: verdict{mood: happened}, score: 1.2})
			return
		}
	}
}

// wouldAfter reports "an ultimatum would follow".
func (r *reader) wouldAfter(p *part, i, to int) bool {
	return i+1 < to && p.has(i+1, cWould) && p.cues[i].length == 1
}

// deadline reports a last day in the sentence.
func (r *reader) deadline(s *sentence) bool {
	for _, d := range s.p.datesIn(s.from, s.to) {
		if d.Granularity == dates.Deadline {
			return true
		}
	}
	return false
}

// talksNear reports whether the sentence speaks of talks or a deal.
func (r *reader) talksNear(s *sentence) bool {
	for k := s.from; k < s.to; k++ {
		if c := s.p.cues[k]; c != nil && c.classes.any(of(cTalks, cMeeting, cDeal, cProposal)) {
			return true
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

// tone reads how a speaker characterises talks; of two words the lower counts.
func (r *reader) tone(s *sentence) {
	p := s.p
	best, at, found := 0, -1, false
	for i := s.from; i < s.to; i++ {
		q := p.cues[i]
		if q == nil || !q.classes.has(cTone) {
			continue
		}
		if !r.characterises(s, i, q) || p.conditional(i, s.from) {
			continue
		}
		v := int(q.tone)
		for k := i - 1; k >= s.from && k >= i-3 && !p.boundary(k+1); k-- {
			if p.has(k, cWant) && !p.has(k, cSaid) {
				v = 9
			} else if p.has(k, cNot) && v > 0 {
				v = -1
			} else if p.has(k, cNot) && v < 0 {
				v = 9
			}
		}
		if v == 9 {
			continue
		}
		if !found || v < best {
			best, at, found = v, i, true
		}
	}
	if !found {
		return
	}
	r.add(event{s: s, kind: news.Atmosphere, trigger: at, end: at + int(p.cues[at].length), arg: at, verdict: verdict{mood: happened}, score: 1, tone: best})
}

// characterises reports whether the tone word at i is said of talks, by somebody.
func (r *reader) characterises(s *sentence, i int, q *cue) bool {
	p := s.p
	end := i + int(q.length)
	if next := end; next < s.to && p.t.Tokens[next].Gap&^(text.Space|text.Hyphen) == 0 && p.cues[next] != nil && p.cues[next].classes.any(of(cDeal, cProposal, cSanction)) && !p.has(next, cToneOf) {
		return false // "a comprehensive deal" is no mood
	}
	object := false
	from, to := max(s.from, i-7), min(s.to, end+8)
	if p.title {
		from, to = s.from, s.to
	} else if r.english {
		to = min(s.to, end+4)
	}
	for k := from; k < to; k++ {
		if k >= i && k < end {
			continue
		}
		if p.has(k, cToneOf) {
			object = true
			break
		}
	}
	if !object {
		return false
	}
	quoted := p.t.Tokens[i].Gap&text.QuoteOpen != 0
	if p.title {
		return quoted || p.count(s.from, s.to, cSaid)+p.count(s.from, s.to, cAccordingTo) > 0 || r.colon(s)
	}
	return p.count(s.from, s.to, cSaid)+p.count(s.from, s.to, cAccordingTo) > 0 || quoted && r.sides(p, s.from, s.to) > 0
}

// colon reports a headline of the form "…: FM" or "FM: …".
func (r *reader) colon(s *sentence) bool {
	for k := s.from + 1; k < s.to; k++ {
		if s.p.t.Tokens[k].Gap&text.Colon != 0 {
			return true
		}
	}
	return false
}
