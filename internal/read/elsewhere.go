package read

import (
	"slices"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// What events the other languages tell in another order than English: the
// expectation behind the noun, the threat in one sentence with its condition,
// the date before its verb.

// foretold corrects the mood of a verbal noun or infinitive by what governs it
// from behind, as in Persian and Urdu: "بحالی متوقع", "شروع ہونے کی توقع ہے".
func (r *reader) foretold(s *sentence, i int, q *cue, c class, v *verdict) {
	p := s.p
	if !r.verbLast || v.mood == unreal || v.mood == planned {
		return
	}
	f := q.forms[c]
	if f == past && q.length > 1 || f == third || f == stative {
		return // a finite verb governs itself
	}
	for k := i + int(q.length); k < min(s.to, i+int(q.length)+6); k++ {
		if p.boundary(k) || p.t.Tokens[k].Gap&text.Comma != 0 {
			return
		}
		o := p.cues[k]
		if o == nil {
			continue
		}
		switch {
		case o.classes.has(cFail), o.classes.has(cNot):
			*v = verdict{mood: unreal, negated: true, reason: "negated"}
			return
		case o.classes.has(cWant):
			*v = verdict{mood: unreal, reason: "wished for, not announced"}
			return
		case o.classes.has(cMay):
			*v = verdict{mood: planned, hedged: true, may: true}
			return
		case o.classes.has(cLikely):
			*v = verdict{mood: planned, hedged: true}
			return
		case o.classes.has(cWill), o.classes.has(cHold) && o.forms[cHold] == participle:
			*v = verdict{mood: planned}
			return
		}
	}
}

// agreeing reports a verb of agreeing that needs no deal as its object where two
// sides are its subject: "договорились увеличить", "d'accord pour".
func (r *reader) agreeing(s *sentence, i int, q *cue) bool {
	p := s.p
	if !p.is(i, anAgreement) {
		return false
	}
	for k := i + int(q.length); k < min(s.to, i+int(q.length)+6); k++ {
		if c := p.cues[k]; c != nil && c.classes.any(of(cStart, cHold, cPostpone, cSuspend, cTalks, cMeeting)) {
			return false // to meet again: that is told by the other verb
		}
	}
	if r.verbLast {
		return r.sides(p, s.from, s.to) >= 2
	}
	return r.sides(p, s.from, s.to) >= 2
}

// threatens reads a threat with its condition and a last day in one sentence:
// "si Téhéran n'autorise pas d'ici au 31 août", "до 1 марта, иначе".
func (r *reader) threatens(s *sentence) {
	p := s.p
	if r.english || r.sides(p, s.from, s.to) < 2 || p.appeals(s.from, s.to) {
		return
	}
	last := -1
	for _, d := range p.datesIn(s.from, s.to) {
		if d.Granularity == dates.Deadline && d.To.String() >= r.today && d.Role != dates.Speech {
			last = d.First
		}
	}
	if last < 0 {
		return
	}
	for i := s.from; i < s.to; i++ {
		threat := false
		switch {
		case p.is(i, anElse):
			threat = i > s.from
		case p.has(i, cIf):
			for k := i + 1; k < min(s.to, i+14); k++ {
				threat = threat || p.has(k, cNot) || p.has(k, cFail)
			}
		}
		if threat {
			r.add(event{s: s, kind: news.Ultimatum, trigger: i, end: i + 1, arg: i, verdict: verdict{mood: happened}, score: 1.2, acts: true})
			return
		}
	}
}

// newDay reports that a date is that to which something is put off, where the
// verb ends the sentence: "به پنجشنبه موکول شده است".
func (r *reader) newDay(s *sentence, trigger int, d *dates.Mention) bool {
	if !r.verbLast || trigger < 0 {
		return false
	}
	if d.First < trigger { // the last one before the verb
		if trigger-d.Last > 8 {
			return false
		}
		for _, o := range s.p.datesIn(d.Last, trigger) {
			if o.First > d.First {
				return false
			}
		}
		return true
	}
	return d.First-trigger <= 12
}

// toldOn reports a date of the verb of saying that stands before what is said,
// where the verb ends its clause: "X نے بدھ کو کہا کہ …", "X روز شنبه گفت که …".
func (r *reader) toldOn(s *sentence, trigger int, d *dates.Mention) bool {
	p := s.p
	if !r.verbLast || d.First > trigger {
		return false
	}
	said := false
	for k := d.Last; k < trigger; k++ {
		if p.has(k, cSaid) {
			said = true
		}
		if said && (complementiser(p.t.Tokens[k].Norm) || p.t.Tokens[k].Gap&(text.Colon|text.QuoteOpen) != 0) {
			return true
		}
	}
	return false
}

// retold reports a text that tells a story of long ago: its first sentence is
// dated years back, and the headline has no news.
func (r *reader) retold(e *event) bool {
	if r.english || r.day.IsZero() || e.s.order == 0 {
		return false
	}
	for i := range r.found {
		if o := &r.found[i]; o.s.order == 0 && o.because == "" {
			return false
		}
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order != 1 {
			continue
		}
		for _, d := range s.p.datesIn(s.from, s.to) {
			if d.To != 0 && d.First-s.from < 12 && d.To.String() < r.day.AddDate(-3, 0, 0).Format("2006-01-02") {
				return true
			}
		}
	}
	return false
}

// offered reports that what is handed over is its own giver's proposal: a party
// hands the other a package, nobody carries it between them.
func (r *reader) offered(s *sentence, i, arg int) bool {
	p := s.p
	if r.english || !p.has(arg, cProposal) {
		return false
	}
	e := event{s: s, trigger: i, end: i + 1, arg: arg}
	n := r.place(&e)
	if n == nil {
		return false
	}
	u := r.subject(&e)
	return u.found && slices.Contains(n.Parties, u.who.id) && r.sides(p, s.from, s.to) >= 2 && p.count(s.from, s.to, cMediating) == 0
}

// nearer reports that another event of the sentence, of talks put off or called
// off, stands nearer to a date than the trigger does.
func (r *reader) nearer(s *sentence, trigger int, d *dates.Mention) bool {
	if trigger < 0 {
		return false
	}
	for i := range r.found {
		o := &r.found[i]
		if o.s != s || o.trigger == trigger {
			continue
		}
		switch o.kind {
		case news.TalksCancelled, news.TalksPostponed, news.TalksScheduled, news.TalksSuspended:
			if abs(o.trigger-d.First) < abs(trigger-d.First) {
				return true
			}
		}
	}
	return false
}

// inForce reports a sentence that says when an accord takes effect.
func (r *reader) inForce(s *sentence) bool {
	for k := s.from; k < s.to; k++ {
		if s.p.has(k, cSign) && s.p.cues[k].length > 1 {
			return true
		}
	}
	return false
}

// goesBetween reports that a party of n is said to mediate: then the item is
// about other talks.
func (r *reader) goesBetween(e *event, n *news.Negotiation) bool {
	if r.english {
		return false
	}
	for _, id := range n.Parties {
		if r.cued(e, id, cMediating) {
			return true
		}
	}
	return false
}
