package read

import (
	"strings"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// dating reads "sets 4 June for the next sitting": a verb of fixing with a day
// as its object, and a meeting behind it.
func (r *reader) dating(s *sentence) {
	p := s.p
	if r.english && p.title {
		for _, d := range p.datesIn(s.from+2, s.to) { // "Oman confirms Tuesday date for US-Iran talks"
			if d.Last+1 < s.to && p.t.Tokens[d.Last].Norm == "date" && p.t.Tokens[d.Last+1].Norm == "for" && d.To >= r.today && d.To != 0 && (p.has(d.First-1, cSaid) || p.is(d.First-1, aConfirm)) {
				if k := p.next(d.Last, s.to, of(cTalks, cMeeting)); k < s.to && !p.negation(d.First-1, s.from) {
					r.add(event{s: s, kind: news.TalksScheduled, trigger: d.First - 1, end: d.First, arg: k, verdict: verdict{mood: planned}, score: 1.1, acts: true})
					return
				}
			}
		}
	}
	if r.english && r.dateFor(s) {
		return
	}
	i := p.nextMarked(s.from, s.to, aDater)
	if i == s.to || p.appeals(s.from, s.to) {
		return
	}
	for ; i < s.to; i = p.nextMarked(i+1, s.to, aDater) {
		if p.count(i, min(s.to, i+8), cUltimatum) > 0 || p.has(i, cPostpone) || p.has(i, cCancel) {
			continue // "set Iran a December 1 deadline", "put off the talks planned for tomorrow"
		}
		if r.onto(s, i) {
			return
		}
		for _, d := range p.datesIn(i+1, min(s.to, i+5)) {
			if d.To == 0 || d.To < r.today || d.Role == dates.Speech || d.Granularity == dates.Deadline {
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

// dateFor reads "New date for Sudan talks: 3 December".
func (r *reader) dateFor(s *sentence) bool {
	p := s.p
	if !s.classes.any(of(cTalks, cMeeting)) || len(p.datesIn(s.from, s.to)) == 0 {
		return false
	}
	for i := s.from; i+2 < s.to; i++ {
		if w := p.t.Tokens[i].Norm; w != "date" && w != "dates" && w != "day" || p.t.Tokens[i+1].Norm != "for" || p.negation(i, s.from) || p.conditional(i, s.from) {
			continue
		}
		k := p.next(i+2, min(s.to, i+9), of(cTalks, cMeeting))
		for _, d := range p.datesIn(k, min(s.to, k+6)) {
			if k < min(s.to, i+9) && p.t.Tokens[d.First].Gap&(text.Colon|text.Dash) != 0 && d.To >= r.today && d.To != 0 {
				r.add(event{s: s, kind: news.TalksScheduled, trigger: d.First, end: d.Last, arg: k, verdict: verdict{mood: planned}, score: 1.1})
				return true
			}
		}
	}
	return false
}

// onto reads "put the meeting on Saturday": a meeting and then its day behind the
// verb of fixing at token i.
func (r *reader) onto(s *sentence, i int) bool {
	p := s.p
	if r.english && strings.HasPrefix(p.t.Tokens[i].Norm, "propos") {
		return false // "Seoul proposes talks on 20 October" sets nothing
	}
	for k := i + 1; k < min(s.to, i+7) && !p.boundary(k); k++ {
		c := p.cues[k]
		if c == nil || !c.classes.any(of(cTalks, cMeeting)) {
			continue
		}
		for _, d := range p.datesIn(k+1, min(s.to, k+14)) {
			between := !r.english && p.title && d.First > k+4 && r.namesOnly(p, k+1, d.First) || // "encuentro de cancilleres de Guyana y Venezuela el lunes"
				r.english && r.whereOnly(p, k+1, d.First-1) // "announces Cyprus meeting in New York on 5 December"
			if r.english && p.t.Tokens[i].Norm == "calls" && p.t.Tokens[d.First-1].Norm != "for" {
				continue // "calls talks on Sunday a farce"
			}
			if d.To == 0 || d.To < r.today || d.Role == dates.Speech || d.First > k+1 && !p.is(d.First-1, aPreposition) && !between || !between && d.First > k+4 && p.t.Tokens[d.First-1].Norm != "for" && p.t.Tokens[d.First-1].Norm != "at" || d.First > k+8 && !r.namesOnly(p, k+1, d.First-1) || p.negation(i, s.from) || p.conditional(i, s.from) || p.unsaid(i, s.from) {
				continue
			}
			r.add(event{s: s, kind: news.TalksScheduled, trigger: i, end: i + 1, arg: k, verdict: verdict{mood: planned}, score: 1, acts: true})
			return true
		}
	}
	return false
}

// namesOnly reports that tokens [from,to) say nothing but between whom: "put the next round
// between Congo's government and the M23 at 5 December".
func (r *reader) namesOnly(p *part, from, to int) bool {
	for k := from; k < to; k++ {
		if c := p.cues[k]; c != nil && c.classes.any(r.triggers|of(cSaid, cWill, cWould)) {
			return false
		}
	}
	return r.sides(p, from, to) >= 2
}

// whereOnly reports that tokens [from,to) say of a meeting nothing but of whom and where it
// is, and that "on" or "for" leads from there to its day.
func (r *reader) whereOnly(p *part, from, to int) bool {
	if from+2 > to || p.t.Tokens[to].Norm != "on" && p.t.Tokens[to].Norm != "for" || p.t.Tokens[to-1].Flags&text.Capital == 0 || p.partedBetween(from-1, to) {
		return false
	}
	in := p.nextWord(from, to, "in", "at")
	for k := from; k < to; k++ {
		if c := p.cues[k]; c != nil && c.classes.any(r.triggers|of(cSaid, cWill, cWould)) || k > in && p.t.Tokens[k].Flags&text.Capital == 0 {
			return false
		}
	}
	return in < to
}
