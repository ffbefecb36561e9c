package read

import (
	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// separate reports an item that says that what it tells is another than one that was told
// before: "this agreement is separate from the exchange announced earlier", "it is not part
// of the Egyptian paper".
func (r *reader) separate() bool {
	if !r.english || r.digest {
		return false
	}
	const opening = 5
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > opening {
			break
		}
		p := s.p
		for k := s.from; k+1 < s.to; k++ {
			next := p.t.Tokens[k+1].Norm
			switch p.t.Tokens[k].Norm {
			case "separate", "distinct", "apart":
				if next == "from" && p.left(k, s.from, 3, of(cBe)) >= 0 {
					return true
				}
			case "unrelated", "unconnected":
				if next == "to" || next == "with" {
					return true
				}
			case "independent":
				if next == "of" && p.left(k, s.from, 3, of(cBe)) >= 0 {
					return true
				}
			case "part":
				if next == "of" && p.left(k, s.from, 2, of(cNot)) >= 0 {
					return true
				}
			}
		}
	}
	return false
}

// notThat reports that a date is named only to say that it is not the one: "on Wednesday,
// not on Friday as had been planned", "on Wednesday instead of Friday".
func (p *part) notThat(s *sentence, d *dates.Mention) bool {
	k := d.First - 1
	if k > s.from && p.is(k, aPreposition) && p.t.Tokens[k].Norm == "on" {
		k--
	}
	if k <= s.from {
		return false
	}
	switch p.t.Tokens[k].Norm {
	case "not":
		return p.t.Tokens[k].Gap&text.Comma != 0
	case "of":
		return p.t.Tokens[k-1].Norm == "instead"
	case "than":
		return p.t.Tokens[k-1].Norm == "rather"
	}
	return false
}

// since reports that the sentence goes on to say that what was to be on d has been put
// off: "due on 21 November in Gabala, has been adjourned".
func (p *part) since(s *sentence, d *dates.Mention) bool {
	for k := d.Last + 1; k < s.to; k++ {
		if w := p.t.Tokens[k-1].Norm; w != "been" && w != "was" && w != "were" {
			continue
		}
		if p.has(k, cPostpone) || p.has(k, cCancel) || p.t.Tokens[k].Norm == "adjourned" {
			return true
		}
	}
	return false
}

// wasTo reports the old day of talks that the item says are put off: "they were to
// resume on 4 May", "the round had been due on Monday".
func (r *reader) wasTo(s *sentence, d *dates.Mention) bool {
	p, was := s.p, false
	if !r.english {
		return false
	}
	for k := d.First - 1; k > s.from && k >= d.First-6 && !was; k-- {
		switch p.t.Tokens[k].Norm {
		case "to", "due", "scheduled", "planned", "set", "supposed", "meant", "expected":
			w := p.t.Tokens[k-1].Norm
			was = w == "was" || w == "were"
			if w == "been" && k-2 >= s.from && p.has(k-2, cHad) && p.t.Tokens[k].Norm != "to" {
				return true // "had been expected on Monday": it is not so any more
			}
		}
	}
	if !was {
		return false
	}
	for i := range r.found {
		if e := &r.found[i]; e.kind == news.TalksPostponed && e.because == "" {
			return true
		}
	}
	return false
}

// setsOut reports the day of a journey in a sentence that goes on to name that of the
// talks: "will fly to Istanbul on Sunday and meet on Monday".
func (p *part) setsOut(s *sentence, d *dates.Mention) bool {
	for k := d.First - 1; k >= s.from && k >= d.First-6; k-- {
		switch p.t.Tokens[k].Norm {
		case "fly", "flies", "travel", "travels", "leave", "leaves", "depart", "departs", "arrive", "arrives", "heads", "head":
			for _, o := range p.datesIn(d.Last, s.to) {
				if o.Status == dates.Planned && o.From > d.To && p.t.Tokens[d.Last].Norm == "for" && d.Last < o.First {
					return true // "flies out on Friday for another exchange the day after"
				}
				if o.Role == dates.Talks && o.Status == dates.Planned && o.From > d.To && p.count(d.Last, o.First, cHold)+p.count(d.Last, o.First, cStart)+p.count(d.Last, o.First, cTalks) > 0 {
					return true
				}
			}
			return false
		}
		if p.has(k, cTalks) || p.has(k, cMeeting) {
			return false
		}
	}
	return false
}

// ofWhat reports a month that only says which of them something is: "will meet on Sunday to set
// September quotas", and a day until which talks may go on: "could run into next week".
func (p *part) ofWhat(d *dates.Mention, to int) bool {
	if d.First > 0 && p.t.Tokens[d.First-1].Norm == "into" {
		return true
	}
	if d.Granularity != dates.ByMonth || d.Last-d.First != 1 || d.Last >= to || d.First == 0 || p.is(d.First-1, aPreposition) || p.t.Tokens[d.Last].Gap != text.Space {
		return false
	}
	switch p.t.Tokens[d.Last].Norm {
	case "quotas", "output", "targets", "deliveries", "harvest", "elections", "vote", "budget", "crude", "production":
		return true
	}
	return false
}

// runsOut reports the day on which something was to end that is prolonged: "the truce,
// which expires on Sunday, has been extended until 5 December".
func (p *part) runsOut(s *sentence, d *dates.Mention) bool {
	ends := false
	for k := d.First - 1; k >= s.from && k >= d.First-4; k-- {
		switch p.t.Tokens[k].Norm {
		case "expire", "expires", "expired", "expiring", "lapse", "lapses", "runs", "run", "ends", "end":
			ends = true
			if w := p.t.Tokens[max(k-1, s.from)].Norm; w == "that" || w == "which" {
				return true // "a truce that runs out in November"
			}
		case "until", "to":
			return false
		}
	}
	if !ends {
		return false
	}
	for k := s.from; k < s.to; k++ {
		switch p.t.Tokens[k].Norm {
		case "extended", "extend", "extends", "prolonged", "prolong", "prolongs", "renewed", "renew", "renews":
			return true
		}
	}
	return false
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
		if s.p.count(d.Last, trigger, cHold) > 0 { // که قرار بود دوشنبه برگزار شود، به تعویق افتاد
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

// rescheduled reports the new day of what is put off where another verb leads to
// it: "ne se tiendra finalement que le lundi", "пройдет только в понедельник: ее
// перенесли".
func (r *reader) rescheduled(s *sentence, trigger int, d *dates.Mention) bool {
	p := s.p
	if r.english || r.verbLast || trigger < 0 || d.Status != dates.Planned || d.Role != dates.Talks {
		return false
	}
	if d.First > trigger && d.First-trigger <= 9 {
		return true
	}
	for k := d.First - 1; k >= s.from && k >= d.First-4; k-- {
		if q := p.cues[k]; q != nil && (q.forms[cHold] == future || q.forms[cStart] == future) {
			return true
		}
	}
	return false
}

// ontoDate reports that a word like "to" leads to a date behind the verb of
// putting off, however far: "تأجيل الاجتماع ... إلى 4 ديسمبر".
func (r *reader) ontoDate(s *sentence, trigger int, d *dates.Mention) bool {
	p := s.p
	if r.rescheduled(s, trigger, d) {
		return true
	}
	if r.english || r.verbLast || trigger < 0 || d.First <= trigger || d.First-trigger > 30 || d.First-1 <= trigger {
		return false
	}
	k := d.First - 1
	if k-1 > trigger && (p.t.Tokens[k].Norm == "يوم" || p.t.Tokens[k].Norm == "le" || p.t.Tokens[k].Norm == "el") {
		k--
	}
	switch p.t.Tokens[k].Norm {
	case "الي", "au", "a", "al", "на", "до", "hasta", "para", "jusqu", "pour":
		return true
	}
	return false
}

// notUntil reads the day of "no se celebrará hasta el lunes" and "ne se tiendra
// que lundi", which is the new one and neither denied nor a last day.
func (r *reader) notUntil(e *event, s *sentence, trigger int, d *dates.Mention) bool {
	if r.english || e.kind != news.TalksPostponed || trigger < 0 {
		return false
	}
	if r.verbLast && d.Status == dates.Postponed && d.First > trigger { // behind the verb stands the new day
		d.Status = dates.Planned
		return d.First-trigger <= 14
	}
	if d.Status != dates.Negated && d.Granularity != dates.Deadline {
		return false
	}
	q := s.p.cues[trigger]
	if q == nil || q.length < 3 {
		return false
	}
	end := trigger + int(q.length)
	if d.First > end+2 || d.Last <= end {
		return false
	}
	d.Status = dates.Planned
	if d.Granularity == dates.Deadline {
		d.From, d.Granularity = d.To, dates.ByDay
	}
	return true
}

// newEnd reads "the meeting that was due on Monday put off to 4 December", which
// looks like a period, as its end: the day to which it is put off.
func (r *reader) newEnd(e *event, d *dates.Mention) bool {
	if r.english || e.kind != news.TalksPostponed || d.Granularity != dates.ByRange || d.Status != dates.Postponed && d.Status != dates.Superseded || d.Approx {
		return false
	}
	d.From, d.Granularity, d.Status = d.To, dates.ByDay, dates.Planned
	return true
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

// toldOn reports a date of the verb of saying that stands before what is said,
// where the verb ends its clause: "X نے بدھ کو کہا کہ …", "X روز شنبه گفت که …".
func (r *reader) toldOn(s *sentence, trigger int, d *dates.Mention) bool {
	p := s.p
	if r.english && d.Last == trigger && p.is(trigger, aDater) && len(p.datesIn(trigger+1, min(s.to, trigger+5))) > 0 {
		return true // "on Monday set December 3 for the next round"
	}
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

// contradicted reports the day of another report, which this one sets right:
// "contradicting Iran, which had spoken of November 3", "and not on 3 November".
func (p *part) contradicted(s *sentence, d *dates.Mention) bool {
	for k := d.First - 1; k >= s.from && k >= d.First-3; k-- {
		if p.t.Tokens[k].Norm == "not" && d.First-k <= 2 {
			return true
		}
		if p.t.Tokens[k].Gap&parts != 0 {
			break
		}
	}
	for k := d.First - 1; k > s.from && k >= d.First-6; k-- {
		if p.has(k, cHad) && (p.t.Tokens[k-1].Norm == "which" || p.t.Tokens[k-1].Norm == "who" || p.t.Tokens[k-1].Norm == "that") {
			return true
		}
	}
	return false
}

// ofMeeting reports the old day of what is put off: "postpones Wednesday's meeting".
func (p *part) ofMeeting(d *dates.Mention, to int) bool {
	if !p.english || d.Last >= to {
		return false
	}
	if d.First > 0 && p.has(d.First-1, cTo) {
		return false
	}
	if p.t.Tokens[d.Last-1].Flags&text.Possessive != 0 {
		return true
	}
	return p.t.Tokens[d.Last].Gap == text.Space && (p.has(d.Last, cTalks) || p.has(d.Last, cMeeting))
}

// willNow reports the new day that another verb of the sentence leads to: "have been
// put off and will now begin on 26 November".
func (p *part) willNow(trigger int, d *dates.Mention) bool {
	if !p.english || trigger < 0 || d.First <= trigger {
		return false
	}
	for k := d.First - 1; k > trigger && k >= d.First-6; k-- {
		if p.has(k, cWill) || p.has(k, cWould) {
			return p.left(d.First, k, d.First-k, of(cStart, cHold)) > k
		}
	}
	return false
}

// betterDay reports that the sentence names another date, and one that is planned:
// "talks that were interrupted in July will resume on Monday".
func (p *part) betterDay(s *sentence, d *dates.Mention) bool {
	for _, o := range p.datesIn(s.from, s.to) {
		if o.First != d.First && o.Role == dates.Talks && o.Status == dates.Planned {
			return true
		}
	}
	return false
}
