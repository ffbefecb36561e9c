package read

import (
	"strings"

	"parley/internal/dates"
	"parley/internal/news"
)

// ultimatum reads a deadline with a threat, or a threat tied to the talks.
func (r *reader) ultimatum(s *sentence, i int) {
	p := s.p
	if p.count(s.from, s.to, cNoDate) > 0 || p.negation(i, s.from) || p.left(i, s.from, 8, of(cIf)) >= 0 && p.t.Tokens[i].Norm == "ultimatum" || p.left(i, s.from, 4, of(cWould)) >= 0 || r.wouldAfter(p, i, s.to) {
		return
	}
	w := p.t.Tokens[i].Norm
	if w == "ultimatum" && p.left(i, s.from, 6, of(cReject, cAccept)) >= 0 {
		return // an answer to one
	}
	score := float32(1.15)
	switch w {
	case "ultimatum":
	case "deadline", "consequences", "otherwise", "threaten", "threatens", "threatened", "threatening", "military", "resume":
		// needs the other half: a threat with a deadline, or with the talks
		if next := i + 1; r.english && strings.HasPrefix(w, "threat") && next < s.to && (p.has(next, cDeal) || p.has(next, cTalks)) {
			return // "the trial threatens the peace deal": nobody threatens anybody
		}
		if !r.talksNear(s) && !(w == "deadline" && max(r.sides(p, s.from, s.to), r.titleSides()) >= 2 && p.count(s.from, s.to, cUltimatum) >= 2) {
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

// unless reads "will shut the crossings unless the captives are returned by
// Sunday" and "open the sites by 31 August or sanctions return".
func (r *reader) unless(s *sentence) {
	p := s.p
	if s.begins&beginsCondition == 0 || r.sides(p, s.from, s.to) < 2 {
		return
	}
	for i := s.from; i < s.to; i++ {
		if p.words[i].page&beginsCondition == 0 {
			continue
		}
		threat := false
		switch p.t.Tokens[i].Norm {
		case "if": // "if there is no accord by 15 December, duties go to 50 per cent"
			no := false
			for k := i + 1; k < min(s.to, i+9); k++ {
				no = no || p.has(k, cNot) || p.has(k, cFail)
			}
			for _, d := range p.datesIn(i, s.to) {
				threat = threat || no && d.Granularity == dates.Deadline && d.To >= r.today
			}
			for k := i + 1; k < min(s.to, i+9); k++ {
				no = no || p.is(k, aFailure)
			}
			threat = threat || no && r.talksNear(s) && p.left(i, s.from, 30, of(cWill, cWould)) >= 0
			threat = threat || no && r.warned(p, i, s) || r.walksOutIf(s, i)
		case "unless":
			threat = r.warned(p, i, s) || (p.left(i, s.from, 30, of(cWill, cWould)) >= 0 || p.threatened(s.from, i)) && (r.deadline(s) || r.ahead(p, i, s.from, s.to))
		case "or":
			for _, d := range p.datesIn(max(s.from, i-5), i) {
				threat = threat || d.Last == i && d.Granularity == dates.Deadline
				for k := i + 1; k < min(s.to, i+6); k++ { // "pull back this month or border dialogue is over"
					threat = threat || d.Last == i && d.To >= r.today && k+1 < s.to && (p.t.Tokens[k].Norm == "is" || p.t.Tokens[k].Norm == "are") && (p.t.Tokens[k+1].Norm == "over" || p.t.Tokens[k+1].Norm == "off")
				}
			}
			threat = threat || p.orTalksEnd(i, s)
		}
		if threat {
			r.add(event{s: s, kind: news.Ultimatum, trigger: i, end: i + 1, arg: i, verdict: verdict{mood: happened}, score: 1.15})
			return
		}
	}
}

// orTalksEnd reports that token i leads from what somebody must do to the end of talks: "must free
// the soldiers by Friday or dialogue ends".
func (p *part) orTalksEnd(i int, s *sentence) bool {
	end := min(s.to, i+5)
	k := p.next(i+1, end, of(cTalks, cDeal))
	if !p.english || k+1 >= s.to || k == end || p.nextWord(max(s.from, i-14), i, "must", "has", "have", "needs", "stop", "free", "withdraw", "pull") == i {
		return false
	}
	for j := k + 1; j < min(s.to, k+4); j++ {
		switch p.t.Tokens[j].Norm {
		case "end", "ends", "collapse", "collapses", "stop", "stops", "over", "off", "dead":
			return true
		}
	}
	return false
}

// warned reports "warns Kabul of strikes if talks fail", "warned that it would strike
// unless Kabul accepts": a threat, and the talks or a deal that it is about.
func (r *reader) warned(p *part, i int, s *sentence) bool {
	if !p.english || !r.talksNear(s) {
		return false
	}
	for k := i - 1; k >= s.from; k-- {
		switch p.t.Tokens[k].Norm {
		case "warns", "warned", "warn", "threatens", "threatened":
			return len(p.whoIn(s.from, k)) > 0
		}
	}
	return false
}

// threatened reports a threat in tokens [from,to).
func (p *part) threatened(from, to int) bool {
	for k := from; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "threatens", "threatened", "threaten", "threatening":
			return p.english
		}
	}
	return false
}

// walksOutIf reports "will walk out of the talks if Ukraine attacks again" before the
// "if" at token i.
func (r *reader) walksOutIf(s *sentence, i int) bool {
	p := s.p
	if !r.english {
		return false
	}
	for k := p.next(max(s.from, i-6), i, of(cSuspend)); k < i; k = p.next(k+1, i, of(cSuspend)) {
		if p.left(k, s.from, 2, of(cWill)) >= 0 && !p.negation(k, s.from) && r.talksNear(s) {
			return true
		}
	}
	return false
}

// limit reads "gave Venezuela until 15 December": somebody is given a last day,
// with the talks or a threat in the same breath.
func (r *reader) limit(s *sentence) {
	p := s.p
	if s.begins&beginsGiving == 0 || s.classes.has(cNoDate) {
		return
	}
	for i := s.from; i < s.to; i++ {
		if p.words[i].page&beginsGiving == 0 {
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
			if d.Granularity != dates.Deadline || d.To < r.today || len(p.whoIn(i, d.First)) == 0 {
				continue
			}
			if v := p.aspect(i, past, s.from); v.mood == unreal || !r.talksNear(s) && !r.opposes(s, i+1, d.First) && p.count(s.from, s.to, cUltimatum)+p.count(s.from, s.to, cSuspend)+p.count(s.from, s.to, cCancel)+p.count(s.from, s.to, cImpose) == 0 {
				continue
			}
			r.add(event{s: s, kind: news.Ultimatum, trigger: i, end: i + 1, arg: i, verdict: verdict{mood: happened}, score: 1.2})
			return
		}
	}
}

// opposes reports that the verb before token at has as its object somebody with whom its
// subject negotiates, and nothing else before token to: "Israel gives Hamas until Saturday".
func (r *reader) opposes(s *sentence, at, to int) bool {
	list := s.p.whoIn(s.from, to)
	k := len(list) - 1
	if !r.english {
		return k == 1 && list[k].from >= at && !list[0].dateline && r.opponents(list, true)
	}
	return k > 0 && list[k].from == at && list[k].to == to && !list[k].place && !list[k-1].place && r.opponents(list[k-1:k+1], true)
}

// setsDeadline reads "Pakistan sets December 1 deadline for Taliban to act".
func (r *reader) setsDeadline(s *sentence) {
	p := s.p
	if !r.english || s.order > 1 || len(p.datesIn(s.from, s.to)) == 0 {
		return
	}
	for i := s.from + 2; i+3 < s.to; i++ {
		if p.t.Tokens[i].Norm != "deadline" || p.t.Tokens[i+1].Norm != "for" {
			continue
		}
		verb := -1
		for k := i - 1; k > s.from && k >= i-7 && verb < 0; k-- {
			switch p.t.Tokens[k].Norm {
			case "sets", "set", "imposes", "imposed", "gives", "gave":
				verb = k
			}
		}
		to := i + 2
		for to < min(s.to, i+7) && p.t.Tokens[to].Norm != "to" {
			to++
		}
		if list := p.whoIn(s.from, min(to, s.to)); verb < 0 || to >= s.to || p.t.Tokens[to].Norm != "to" || p.negation(verb, s.from) || len(list) < 2 || list[0].to > verb || !r.opponents(list[:2], true) {
			return
		}
		r.add(event{s: s, kind: news.Ultimatum, trigger: i, end: i + 1, arg: i, verdict: verdict{mood: happened}, score: 1.2, acts: true})
		return
	}
}

var (
	givingWords    = [...]string{"gives", "gave", "given", "give", "giving", "donne", "donnent", "da", "dio", "dan", "дал", "дала", "дали", "дает", "дают"}
	conditionWords = [...]string{"if", "unless", "or"}
	complaintWords = [...]string{"complain", "complains", "complained", "complaint", "complaints"}
)

// deadline reports a last day in the sentence.
func (r *reader) deadline(s *sentence) bool {
	for _, d := range s.p.datesIn(s.from, s.to) {
		if d.Granularity == dates.Deadline {
			return true
		}
	}
	return false
}

// wouldAfter reports "an ultimatum would follow".
func (r *reader) wouldAfter(p *part, i, to int) bool {
	return i+1 < to && p.has(i+1, cWould) && p.cues[i].length == 1
}

// accusation reads "accuses Kinshasa of shelling through the ceasefire": whatever
// is alleged, it is alleged of an accord.
func (r *reader) accusation(s *sentence) {
	p := s.p
	if p.next(s.from, s.to, of(cDeal)) == s.to {
		return
	}
	for i := s.from + 1; i < s.to; i++ {
		leads := "of"
		switch p.t.Tokens[i].Norm {
		case "charged", "charges":
			leads = "with" // "charged Cambodia with planting mines after the ceasefire"
		case "blames", "blamed":
			leads = "for"
		default:
			if !p.has(i, cSaid) || !accuses(p.t.Tokens[i].Norm) {
				continue
			}
		}
		if leads != "of" && (!r.english || r.sides(p, s.from, s.to) < 2) {
			continue
		}
		of, deal := -1, -1
		for k := i + 1; k < min(s.to, i+16); k++ {
			if p.t.Tokens[k].Norm == leads && of < 0 {
				of = k
			}
			if of >= 0 && p.has(k, cDeal) {
				deal = k
				break
			}
		}
		if deal < 0 || len(p.whoIn(i, of)) == 0 && !p.forces(i, of) || p.negation(i, s.from) {
			continue
		}
		r.add(event{s: s, kind: news.ViolationAlleged, trigger: i, end: i + 1, arg: deal, verdict: verdict{mood: happened}, score: 1.1, acts: true})
		return
	}
}

// forces reports that those who are accused in tokens [from,to) are called by what they
// are: "ELN accuses army of breaking ceasefire".
func (p *part) forces(from, to int) bool {
	for k := from; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "army", "government", "military", "troops", "rebels", "soldiers", "police", "forces":
			return p.english
		}
	}
	return false
}

// complaint reads "complained to the truce monitors about a drone attack": who
// complains to those who watch over an accord says that it was broken.
func (r *reader) complaint(s *sentence) {
	p := s.p
	if !r.english || s.begins&beginsComplaint == 0 || !s.classes.has(cDeal) || r.sides(p, s.from, s.to) == 0 {
		return
	}
	at, watch := -1, false
	for k := s.from; k < s.to; k++ {
		switch p.t.Tokens[k].Norm {
		case "complain", "complains", "complained", "complaint", "complaints":
			if at < 0 && !p.negation(k, s.from) && !p.conditional(k, s.from) {
				at = k
			}
		case "monitors", "monitor", "monitoring", "panel", "committee", "mechanism", "commission", "observers", "overseeing":
			watch = true
		}
	}
	if at < 0 || !watch || p.aspect(at, past, s.from).mood == unreal {
		return
	}
	if deal := p.next(s.from, s.to, of(cDeal)); deal < s.to {
		r.add(event{s: s, kind: news.ViolationAlleged, trigger: at, end: at + 1, arg: deal, verdict: verdict{mood: happened}, score: 1.1, acts: true})
	}
}

// appeals reports a sentence in which somebody asks others to do it.
func (p *part) appeals(from, to int) bool {
	for k := p.next(from, to, of(cWant)); k < to; k = p.next(k+1, to, of(cWant)) {
		if p.english && p.cues[k].length > 1 && p.calls(k) || p.is(k, anAppeal) {
			return true
		}
	}
	return false
}
