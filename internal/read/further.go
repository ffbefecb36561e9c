package read

import (
	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// list adds a date to those of an event, unless it is known already or says less.
func (r *reader) list(out []news.Date, d *dates.Mention, alternate bool) []news.Date {
	start, end, _, edtf := d.Strings(&r.spelling)
	nd := news.Date{
		Span: d.Span, Start: start, End: end, Granularity: string(d.Granularity), Approx: d.Approx,
		Preferred: d.Preferred && d.Status != dates.Considered && !alternate, EDTF: edtf,
	}
	for i := range out {
		if out[i].Start == nd.Start && out[i].End == nd.End {
			if nd.Approx && !out[i].Approx && len(nd.Span) > len(out[i].Span) {
				out[i] = nd
			}
			return out
		}
	}
	if nd.Start == "" || r.covered(out, nd) {
		return out
	}
	return append(out, nd)
}

// nextDay reports that b is the day after a, and that nothing but "and" parts them:
// "on Thursday and Friday" is one meeting.
func (p *part) nextDay(a, b *dates.Mention) bool {
	return a.To != 0 && a.From == a.To && b.From == a.To+1 && b.To == b.From && a.Preferred && b.Preferred && a.Status == b.Status && b.Role == a.Role &&
		b.First-a.Last <= 2 && b.First > a.Last && p.is(a.Last, anAnd)
}

// sameVerb returns the verb by which a sentence tells again what has happened, -1 if
// there is none: a headline's "sign accord", and the lead's "on Wednesday signed".
func (r *reader) sameVerb(e *event, s *sentence) int {
	if !r.english || !r.happenedOn(e) || e.verdict.mood != happened {
		return -1
	}
	var class set
	switch e.kind {
	case news.AgreementSigned:
		class = of(cSign)
	case news.TalksEnded:
		class = of(cEnd)
	default:
		class = of(cStart)
	}
	if k := s.p.next(s.from, s.to, class); k < s.to && !s.p.negation(k, s.from) {
		return k
	}
	return -1
}

// further adds the dates of an event that stand away from the clause that tells it:
// in the headline alone, in a sentence that names the day of a week already known, in
// one that sets a last day.
func (r *reader) further(e *event, out []news.Date) []news.Date {
	if r.today == 0 {
		return out
	}
	switch e.kind {
	case news.TalksScheduled, news.TalksPostponed:
		if len(out) == 0 {
			out = r.headlineDay(e, out)
		}
		if len(out) == 0 && e.kind == news.TalksPostponed {
			out = r.putOffTo(e, out)
		}
		out = r.narrower(e, out)
	case news.AgreementSigned:
		if len(out) == 0 {
			out = r.becameLaw(e, out)
		}
	case news.Denial, news.TalksCancelled, news.ViolationAlleged:
		return out
	}
	return r.lastDays(e, out)
}

// awaited reports a date to come that a sentence names as one of talks.
func (r *reader) awaited(s *sentence, d *dates.Mention) bool {
	return d.From != 0 && d.To > r.today && (d.Role == dates.Talks || d.Role == dates.Other) && (d.Status == dates.Planned || d.Status == dates.Considered) &&
		d.Granularity != dates.Deadline && !d.After && !s.p.namesAccord(d, s.to)
}

// headlineDay takes the day that only the headline names: "Fresh round for Thursday,
// Doha says", "Review put back to 3 March".
func (r *reader) headlineDay(e *event, out []news.Date) []news.Date {
	for i := range r.sentences {
		s := &r.sentences[i]
		if !s.p.title || s == e.s || s.p.question || !r.english {
			continue
		}
		p := s.p
		putOff := p.count(s.from, s.to, cPostpone) > 0
		if putOff != (e.kind == news.TalksPostponed) || p.count(s.from, s.to, cCancel)+p.count(s.from, s.to, cDeny)+p.count(s.from, s.to, cSuspend) > 0 {
			continue
		}
		if !putOff && p.next(s.from, s.to, of(cTalks, cMeeting)) == s.to && p.nextMarked(s.from, s.to, aNext) == s.to {
			continue
		}
		for _, d := range p.datesIn(s.from, s.to) {
			if !r.awaited(s, &d) || putOff && (d.First == s.from || !p.has(d.First-1, cTo) && p.t.Tokens[d.First-1].Norm != "until") {
				continue
			}
			out = r.list(out, &d, false)
		}
	}
	return out
}

// putOffTo takes the day to which talks are put off from words around the verb: "instead of
// Friday they will sit down on 5 December", "not on Friday, but on 5 December", "The new
// date is 5 December".
func (r *reader) putOffTo(e *event, out []news.Date) []news.Date {
	if !r.english {
		return out
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.p.title && s != e.s || s.order < e.s.order || s.order > max(e.s.order, 1)+2 || len(out) > 0 {
			continue
		}
		for _, d := range s.p.datesIn(s.from, s.to) {
			if d.To <= r.today || d.From == 0 || d.Granularity == dates.Deadline || s.p.givenUp(&d, s.from) || s.p.negation(d.First, s.from) || !r.insteadOf(e, s, &d) {
				continue
			}
			out = r.list(out, &d, false)
		}
	}
	return out
}

// insteadOf reports that the words around a date say that it is the new one.
func (r *reader) insteadOf(e *event, s *sentence, d *dates.Mention) bool {
	p := s.p
	for k := d.Last; k < min(s.to, d.Last+2); k++ { // "named 5 December instead", "on 5 December rather than on Friday"
		if w := p.t.Tokens[k].Norm; w == "instead" || w == "rather" {
			return true
		}
	}
	for k := d.First - 1; k >= s.from && k >= d.First-3; k-- { // "but on 5 December"
		if p.t.Tokens[k].Norm == "but" {
			return true
		}
	}
	for k := s.from; k < d.First; k++ {
		switch p.t.Tokens[k].Norm {
		case "instead": // "Instead of Friday, they will sit down on 5 December"
			if len(p.datesIn(k, d.First)) > 0 && p.next(k, d.First, of(cWill, cWould, cTo)) < d.First {
				return true
			}
		case "now": // "due on Tuesday, will now be held on 5 December"
			if k > s.from && p.isNow(k) {
				return true
			}
		case "new":
			if k+1 < d.First && p.is(k+1, aDateWord) && s != e.s {
				return true // "The new date is 5 December"
			}
		}
	}
	return false
}

// givenUp reports a date that stands right behind "instead of": the one given up.
func (p *part) givenUp(d *dates.Mention, from int) bool {
	for k := d.First - 1; k > from && k >= d.First-2; k-- {
		if w := p.t.Tokens[k].Norm; w == "of" && p.t.Tokens[k-1].Norm == "instead" || w == "than" {
			return true
		}
	}
	return false
}

// narrower adds the day that a later sentence names where only its week or month was
// told: "push meeting into July", and then "we will sit down on 2 July".
func (r *reader) narrower(e *event, out []news.Date) []news.Date {
	for _, o := range out {
		if o.Granularity != string(dates.ByMonth) && o.Granularity != string(dates.ByWeek) {
			return out
		}
	}
	wide := len(out)
	for i := range r.sentences {
		s := &r.sentences[i]
		if wide == 0 || s.order <= e.s.order || s.order > max(e.s.order, 1)+3 {
			continue
		}
		for _, d := range s.p.datesIn(s.from, s.to) {
			if !r.awaited(s, &d) || d.Role != dates.Talks || d.Granularity != dates.ByDay {
				continue
			}
			for _, o := range out[:wide] {
				if o.Start <= r.spelling.Of(d.From) && r.spelling.Of(d.To) <= o.End {
					out = r.list(out, &d, false)
					break
				}
			}
		}
	}
	return out
}

// becameLaw adds the day just past on which a signed text took effect.
func (r *reader) becameLaw(e *event, out []news.Date) []news.Date {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > max(e.s.order, 1)+3 || !r.english {
			continue
		}
		for _, d := range s.p.datesIn(s.from, s.to) {
			if d.To <= r.today && within(d.From, r.today, 14) && d.Granularity == dates.ByDay && d.Role != dates.Speech && s.p.nextMarked(max(s.from, d.First-10), d.First, aForce) < d.First {
				out = r.list(out, &d, false)
			}
		}
	}
	return out
}

// lastDays adds the days by which something is to be done for the negotiation: an
// answer given, a text signed, a round brought to its end.
func (r *reader) lastDays(e *event, out []news.Date) []news.Date {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 0 && (s.order < e.s.order || s.order > max(e.s.order, 1)+2) {
			continue
		}
		for _, d := range s.p.datesIn(s.from, s.to) {
			if d.Granularity != dates.Deadline || d.To <= r.today || d.Status != dates.Planned || d.Role != dates.Talks || s.p.question {
				continue
			}
			if e.kind == news.Ultimatum || s.p.toBeDone(s, &d) {
				out = r.list(out, &d, false)
			}
		}
	}
	return out
}

// toBeDone reports that the words about a last day say what is to be done by then.
func (p *part) toBeDone(s *sentence, d *dates.Mention) bool {
	for k := d.First - 1; k >= s.from && k >= d.First-12; k-- {
		if p.t.Tokens[k+1].Gap&(text.Semicolon|text.QuoteClose) != 0 {
			break
		}
		if accomplishes(p.t.Tokens[k].Norm) {
			return !p.negation(k, s.from)
		}
	}
	for k := d.Last; k < min(s.to, d.Last+3); k++ {
		if p.has(k, cTo) && k+1 < s.to && accomplishes(p.t.Tokens[k+1].Norm) {
			return true
		}
	}
	return false
}

// accomplishes reports words for what parties do by a last day.
func accomplishes(w string) bool {
	switch w {
	case "sign", "signed", "signature", "signing", "initialled", "conclude", "concluded", "finish", "finished", "complete", "completed", "finalise", "finalised", "finalize", "finalized",
		"reply", "replies", "answer", "answers", "response", "respond", "agree", "agreed", "decide",
		"respuesta", "responder", "contestar", "firmar", "firmarse", "reponse", "repondre", "signer", "signe", "ответ", "ответить", "подписать", "подписано", "رد", "الرد", "ردها", "رده", "توقيع", "پاسخ", "جواب":
		return true
	}
	return false
}

// onlyAhead reports dates that are all still to come, beside which what happened may
// have a day of its own.
func (r *reader) onlyAhead(out []news.Date) bool {
	for _, d := range out {
		if d.Start <= r.spelling.Of(r.today) {
			return false
		}
	}
	return true
}
