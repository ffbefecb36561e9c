package read

import (
	"slices"
	"sort"
	"strings"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// mentionDates appends every date expression of p in the contract's form.
func (r *reader) mentionDates(p *part, out []news.Mention) []news.Mention {
	out = slices.Grow(out, len(p.dates))
	for i := range p.dates {
		d := &p.dates[i]
		a, b := p.t.Span(d.Start, d.End)
		from, to, timex3, edtf := d.Strings(&r.spelling)
		m := news.Mention{
			Field: p.field, Begin: a, End: b, Span: p.t.Source[a:b], From: from, To: to, Granularity: string(d.Granularity),
			Approx: d.Approx, Role: string(d.Role), Status: string(d.Status), TIMEX3: timex3, EDTF: edtf,
		}
		if d.Group > 0 {
			g := d.Group
			m.Group = &g
		}
		out = append(out, m)
	}
	return out
}

// datesOf lists the dates of an event: those of its own sentence, then, for a
// headline, those of the sentences that tell the same.
func (r *reader) datesOf(e *event, same []event) []news.Date {
	out := []news.Date{}
	alternate := false
	left := "" // the day on which somebody sets out for what is held on another
	add := func(s *sentence, trigger int) {
		all := s.p.datesIn(s.from, s.to)
		for i := 0; i < len(all); i++ {
			d := all[i]
			if r.english && s.p.notThat(s, &d) || !r.belongs(e, s, trigger, &d) {
				if r.english && e.kind == news.TalksScheduled && s.p.setsOut(s, &d) {
					left = r.spelling.Of(d.From)
				}
				continue
			}
			if i+1 < len(all) && !alternate && s.p.nextDay(&d, &all[i+1]) {
				d = d.Through(&all[i+1], s.p.t.Plain)
				i++
			}
			if alternate {
				besideFirst(&d, out)
			}
			out = r.list(out, &d, alternate)
		}
	}
	addConsidered := func(s *sentence) {
		if len(out) == 0 {
			return
		}
		for _, d := range s.p.datesIn(s.from, s.to) {
			if r.english && s.p.hadBeen(d.Last, s.to) {
				continue // "Sunday had been floated earlier"
			}
			if d.Status == dates.Considered && d.Granularity != dates.Deadline && d.From <= later(out, 45) || s.p.marked(s.from, s.to, anAlternate) > 0 && d.Role != dates.Speech {
				alternate = true
				add(s, -1)
				alternate = false
				return
			}
		}
	}
	add(e.s, e.trigger)
	if r.verbLast && e.kind == news.TalksScheduled && r.onlyToday(out) && slices.ContainsFunc(same, func(o event) bool {
		return o.s != e.s && o.kind == e.kind && r.ahead(o.s.p, o.trigger, o.s.from, o.s.to)
	}) {
		out = out[:0] // the day on which it was said stands before the verb there
	}
	for i := range same {
		o := &same[i]
		if o.s == e.s || o.kind != e.kind {
			continue
		}
		// far down only a sentence that names a date already known is about
		// the same meeting
		if len(out) > 0 && !r.refines(o.s, out) && !(r.happenedOn(e) && r.onlyAhead(out)) {
			continue // another meeting
		}
		if e.s.order == 0 && o.s.order <= 4 || abs(o.s.order-e.s.order) <= 2 || r.namesAny(o.s, out) {
			add(o.s, o.trigger)
		}
	}
	if len(out) == 0 || e.s.p.title {
		for i := range r.sentences { // alternatives and times often follow in the next sentence
			s := &r.sentences[i]
			if s.order > 0 && (s.order == e.s.order+1 || e.s.p.title && s.order <= 2) && len(out) == 0 {
				add(s, r.sameVerb(e, s))
			}
		}
	}
	if e.kind == news.TalksScheduled && len(out) == 0 { // the day is told a little further on
		for i := range r.sentences {
			s := &r.sentences[i]
			if s.order <= e.s.order || s.order > max(e.s.order, 1)+3 || len(out) > 0 {
				continue
			}
			for _, d := range s.p.datesIn(s.from, s.to) {
				if (d.Role == dates.Talks || r.english && d.Role == dates.Other && s.p.marked(s.from, s.to, aDateWord) > 0 && d.To > r.today) && (d.Status == dates.Planned || d.Status == dates.Considered) {
					add(s, -1)
					break
				}
			}
		}
	}
	if e.kind == news.TalksScheduled { // "Monday or Wednesday are also possible", a sentence on
		for i := range r.sentences {
			s := &r.sentences[i]
			near := s.order <= max(e.s.order, 2)+2 && s.order >= e.s.order
			if s.order > 0 && (near || i > 0 && r.namesAny(&r.sentences[i-1], out)) {
				addConsidered(s)
			}
		}
	}
	switch e.kind { // when it enters into force
	case news.AgreementReached, news.AgreementSigned:
		for i := range r.sentences {
			if s := &r.sentences[i]; s.order > 0 && s.order <= max(e.s.order, 1)+4 && s.p.marked(s.from, s.to, aForce) > 0 {
				for _, d := range s.p.datesIn(s.from, s.to) {
					if d.Status == dates.Planned && d.To > r.today {
						add(s, -1)
						break
					}
				}
			}
		}
	}
	switch e.kind { // when what was agreed is to be signed or to begin, a little further on
	case news.AgreementReached, news.AgreementSigned, news.ProposalAccepted:
		for i := range r.sentences {
			if s := &r.sentences[i]; s.order > 0 && (len(out) == 0 || !r.english && e.kind == news.AgreementSigned && r.inForce(s)) && !(r.english && s.classes.has(cMay) && !s.classes.has(cDeal)) && s.order > e.s.order && s.order <= e.s.order+3 && (!r.english || r.ofTheDeal(s)) {
				add(s, -1)
			}
		}
	}
	out = r.further(e, out)
	// a week that contains a named day says less than the day
	kept := out[:0]
	for i, d := range out {
		wider := left != "" && d.Start == left && len(out) > 1
		for j, o := range out {
			if i != j && d.Granularity == "day" && o.Granularity == "deadline" && d.End == o.End {
				wider = true // "extend it to 18 June", "until 18 June"
			}
			if i != j && e.kind == news.TalksScheduled && d.Granularity == "deadline" && o.Granularity == "day" && d.Start <= o.Start && o.End < d.End && !hasDigit(d.Span) {
				wider = true // "within a fortnight", and then: "on May 26"
			}
			if i != j && withinMeeting(&o, &d) {
				wider = true // the first evening of a meeting of three days
			}
			if i != j && o.Granularity == "day" && d.Granularity == "range" && d.Start <= o.Start && o.End <= d.End && !hasDigit(d.Span) && season(&d) {
				wider = true
			}
			if i != j && d.Granularity != "deadline" && d.Start <= o.Start && o.End <= d.End && (d.Start != o.Start || d.End != o.End) && (d.Granularity == "week" || d.Granularity == "month" || strings.HasSuffix(d.Start, "-01-01") && strings.HasSuffix(d.End, "-12-31") || d.Approx && !o.Approx && (!r.english || !hasDigit(d.Span))) {
				wider = true
			}
		}
		if !wider {
			kept = append(kept, d)
		}
	}
	preferred := false
	for _, d := range kept {
		preferred = preferred || d.Preferred
	}
	for i := range kept { // without a first choice all are on a level
		kept[i].Preferred = kept[i].Preferred || !preferred
	}
	sort.SliceStable(kept, func(i, j int) bool { return kept[i].Preferred && !kept[j].Preferred })
	return kept
}

// besideFirst moves a bare weekday that is possible too to the week of the first choice:
// beside 8 December "Monday or Wednesday" are the 7th and the 9th.
func besideFirst(d *dates.Mention, known []news.Date) {
	if len(known) == 0 || d.From != d.To || hasDigit(d.Span) {
		return
	}
	first, err := parseDay(known[0].Start)
	if err != nil {
		return
	}
	for at := dates.DayOf(first); at-d.From >= 4 && at-d.From <= 45; {
		d.From, d.To = d.From+7, d.To+7
	}
}

// belongs reports whether a date is the event's: of the right direction and
// not that of speaking, of the past, or of what was called off.
func (r *reader) belongs(e *event, s *sentence, trigger int, d *dates.Mention) bool {
	if d.From == 0 || s.p.inDateline(d) || s.p.namesAccord(d, s.to) || s.p.namesTruce(d, s.to) {
		return false
	}
	if r.english && (s.p.runsOut(s, d) || e.kind == news.TalksScheduled && (r.wasTo(s, d) || s.p.setsOut(s, d))) {
		return false
	}
	if d.After && d.Feast() && d.To > r.today { // some time after Eid
		return false
	}
	if r.english && e.kind == news.TalksScheduled && s.p.ofWhat(d, s.to) {
		return false
	}
	if r.english && e.kind == news.TalksEnded && trigger > d.First && s.p.t.Tokens[trigger].Norm == "after" {
		return false // "returned on Monday after finishing the round"
	}
	if r.english && e.kind == news.TalksScheduled && s.p.contradicted(s, d) {
		return false
	}
	moved := r.newEnd(e, d) || r.notUntil(e, s, trigger, d)
	bound := trigger >= 0 && r.bound(s, trigger, d)
	if bound && r.lookingAhead(e) && !(d.Role == dates.Past && s.p.betterDay(s, d)) && !(r.english && s.p.heldIn(d, s.from)) {
		r.nextYear(d)
	}
	r.thisYear(d)
	r.begun(e, s, d)
	if (d.Role == dates.Speech || d.Role == dates.Past) && !bound || !r.verbLast && d.Status != dates.Considered && r.spoken(s, d) || trigger >= 0 && r.toldOn(s, trigger, d) ||
		(!bound || r.lookingAhead(e)) && d.First > s.from && s.p.is(d.First-1, aSince) {
		return false
	}
	switch d.Status {
	case dates.Superseded, dates.Negated, dates.Postponed:
		if !(e.kind == news.Ultimatum && d.Granularity == dates.Deadline) && !(d.Status == dates.Postponed && r.anew(e, s, trigger, d)) {
			return false // "if they are not handed over before 15 November" keeps its day
		}
	}
	after := d.To > r.today
	future := after || d.To == r.today && d.Status != dates.Held
	switch e.kind {
	case news.TalksScheduled:
		return r.today == 0 || future
	case news.MediationOffered, news.Ultimatum, news.ProposalMade:
		return r.today == 0 || after && (bound || d.Status != dates.Held || d.Role != dates.Other)
	case news.TalksPostponed:
		if w := trigger; r.english && w >= 0 && (s.p.t.Tokens[w].Norm == "will" || s.p.t.Tokens[w].Norm == "won") && s.p.cues[w] != nil && d.First >= w && d.First-w-int(s.p.cues[w].length) <= 1 {
			return false // "will not be held on Tuesday"
		}
		return after && !s.p.ofMeeting(d, s.to) && (r.rightOf(s, trigger, d) || moved || r.newDay(s, trigger, d) || s.p.willNow(trigger, d) || r.ontoDate(s, trigger, d))
	case news.TalksEnded, news.TalksStarted:
		return (d.To <= r.today || d.To == r.today+1 && d.Status == dates.Held) && r.today != 0 && within(d.From, r.today, 14) && (d.Role == dates.Talks || bound)
	case news.AgreementReached: // when the truce begins, not when it was agreed
		if r.english && (d.Status == dates.Considered && s.p.left(d.First, s.from, 6, of(cMay)) >= 0 || s.p.count(s.from, d.First, cAnalyst) > 0) {
			return false // "flights could begin in the spring", "analysts had expected none before spring"
		}
		return after || r.english && bound && d.Role == dates.Talks && d.To == r.today
	case news.AgreementSigned:
		return after || bound && d.Role == dates.Talks || bound && e.kind == news.AgreementSigned && within(d.From, r.today, 14)
	case news.SanctionsEased, news.SanctionsImposed, news.ProposalAccepted:
		return after && (d.Role == dates.Talks || bound && d.Status == dates.Planned) && (r.english || !r.nearer(s, trigger, d))
	}
	return false
}

// anew reports the day of talks that had been put off: "the round, put off last week,
// will be held on 21 June", "EU sets September 17 for delayed talks".
func (r *reader) anew(e *event, s *sentence, trigger int, d *dates.Mention) bool {
	if !r.english || e.kind != news.TalksScheduled || e.verdict.mood != planned || trigger < 0 || trigger >= d.First || d.To < r.today {
		return false
	}
	if q := s.p.cues[trigger]; q != nil && q.classes.any(of(cPostpone, cCancel, cSuspend)) || s.p.since(s, d) {
		return false
	}
	return s.p.next(trigger+1, d.First, of(cPostpone, cCancel, cSuspend)) >= d.First
}

// inDateline reports the day on which an item was written: "DOHA, July 10 (AP) –".
func (p *part) inDateline(d *dates.Mention) bool {
	if p.title || p.t.Tokens[d.First].Sentence != 0 {
		return false
	}
	if d.First > 0 && d.Last < len(p.t.Tokens) && d.Last <= 8 && p.t.Tokens[d.Last].Gap&text.Paren != 0 && p.t.Tokens[d.Last].Gap&(text.Dash|text.Colon) != 0 { // "MUSCAT (Muscat Today) –"
		return true
	}
	for _, w := range p.whoIn(0, d.First) {
		if w.dateline && d.First-w.to <= 3 {
			for k := w.to; k <= d.First; k++ {
				if p.t.Tokens[k].Gap&text.Dash != 0 {
					return false
				}
			}
			return true
		}
	}
	return false
}

// namesAccord reports a date that is part of a name: "the January Accord coalition".
func (p *part) namesAccord(d *dates.Mention, to int) bool {
	if !p.english || d.Last >= to || p.t.Tokens[d.Last].Gap != text.Space || !p.has(d.Last, cDeal) {
		return false
	}
	return !p.title && p.t.Tokens[d.Last].Flags&text.Capital != 0 || d.First > 0 && p.t.Tokens[d.First-1].Norm == "under"
}

// namesTruce reports a feast that says what truce is meant, and not when it is: "an
// Easter truce".
func (p *part) namesTruce(d *dates.Mention, to int) bool {
	return p.english && d.Feast() && d.Last < to && p.t.Tokens[d.Last].Gap == text.Space && p.has(d.Last, cDeal)
}

// lookingAhead reports kinds whose dates are still to come.
func (r *reader) lookingAhead(e *event) bool {
	switch e.kind {
	case news.TalksScheduled, news.MediationOffered:
		return r.today != 0
	}
	return false
}

// bound reports that a date stands by the event's own verb, with no verb of
// saying between them.
func (r *reader) bound(s *sentence, trigger int, d *dates.Mention) bool {
	p := s.p
	a, b := trigger, d.First
	if a > b {
		if a-b > 12 {
			return false
		}
		a, b = b, a
	}
	if b-a > 26 {
		return false
	}
	for k := a + 1; k < b; k++ {
		if p.has(k, cSaid) && k != trigger || p.t.Tokens[k].Gap&text.Semicolon != 0 {
			return false
		}
	}
	return true
}

// spoken reports that a date hangs on a verb of saying: "said on Friday", "told
// reporters late on Monday".
func (r *reader) spoken(s *sentence, d *dates.Mention) bool {
	p := s.p
	if p.t.Tokens[d.Last-1].Flags&text.Possessive != 0 { // "said Tuesday's meeting lasted four hours"
		return false
	}
	if r.english && d.Last < s.to && p.t.Tokens[d.Last].Gap == text.Space && (p.is(d.Last, aDateWord) || p.has(d.Last, cTalks)) {
		return false // "confirms Nov. 24 date", "confirmed Tuesday talks"
	}
	if r.english && d.First > s.from && p.t.Tokens[d.First-1].Norm == "with" && p.t.Tokens[d.First-1].Gap&text.Comma != 0 {
		return false // "said on Sunday, with Thursday also possible"
	}
	if r.english && (p.t.Tokens[d.First].Gap&text.QuoteOpen != 0 || d.Role == dates.Talks && d.Status == dates.Planned && d.To > r.today) {
		return false // "replied: '5 December.'", "said 5 December had been agreed"
	}
	if r.english && (p.t.Tokens[d.Last-1].Norm == "tomorrow" || d.From > r.today && d.Role != dates.Speech && p.t.Tokens[d.Last-1].Flags&text.Number != 0 && r.today != 0) {
		return false // nobody has said it on a day to come
	}
	if r.english && r.given(s, d) >= 0 {
		return false // "gave 5 December as the opening day"
	}
	for k := d.First - 1; k >= s.from && k >= d.First-10; k-- {
		q := p.cues[k]
		if q == nil || k < d.First-8 && !(r.english && d.To == r.today && q.classes.has(cSaid)) {
			continue // "said at the close of a visit to Benghazi on Tuesday"
		}
		if k > s.from && determiner(p.t.Tokens[k-1].Norm) {
			continue // "said on a visit to Cairo on Monday"
		}
		if w := p.t.Tokens[k].Norm; w == "expects" || w == "expect" {
			continue // what somebody expects on a day
		}
		if q.classes.any(r.triggers) && !q.classes.has(cSaid) && q.classes.any(of(cStart, cHold, cEnd, cPostpone, cSign)) {
			return false
		}
		if (q.classes.has(cSaid) || !r.english && q.classes.has(cAccordingTo) && q.length > 2) && !q.classes.any(of(cStart, cHold, cEnd, cPostpone, cSign, cReach, cOffer)) {
			return p.t.Tokens[d.First].Gap&text.Comma == 0 && !followsThat(p, k, d.First)
		}
	}
	return false
}

// followsThat reports "said that on Monday …", "said talks … Monday": what is
// said has begun before the date.
func followsThat(p *part, said, date int) bool {
	for k := said + 1; k < date; k++ {
		if complementiser(p.t.Tokens[k].Norm) {
			return true
		}
		if q := p.cues[k]; q != nil && q.classes.any(of(cTalks, cMeeting, cWill, cWould)) {
			return true
		}
	}
	return false
}

// rightOf reports a date that the trigger's verb leads to: "put off to 9 November",
// not the one from which it was put off.
func (r *reader) rightOf(s *sentence, trigger int, d *dates.Mention) bool {
	if trigger < 0 || d.First <= trigger {
		return false
	}
	if d.First-trigger <= 6 || r.english && d.First-trigger <= 16 && s.p.leadsTo(trigger, d.First) {
		return true
	}
	for _, o := range s.p.datesIn(trigger, d.First) { // "moved the talks between the army and the RSF from 9 to 16 May"
		if o.Status == dates.Superseded && d.First-o.Last <= 2 && d.First-trigger <= 20 && s.p.has(d.First-1, cTo) {
			return true
		}
	}
	return false
}

// hadBeen reports "had been" right behind a date: it was spoken of before.
func (p *part) hadBeen(k, to int) bool {
	return k+1 < to && p.has(k, cHad) && p.t.Tokens[k+1].Norm == "been"
}

// leadsTo reports "pushes back the talks between the two to" before a date at token at, in
// the clause of the verb at token i.
func (p *part) leadsTo(i, at int) bool {
	switch p.t.Tokens[at-1].Norm {
	case "to", "until", "till":
	default:
		return false
	}
	for k := i + 1; k < at; k++ {
		if p.t.Tokens[k].Gap&(text.Comma|parts) != 0 || p.has(k, cSaid) {
			return false
		}
	}
	return true
}

// within reports that day is at most n days before today.
func within(day, today dates.Day, n int) bool {
	return day != 0 && today != 0 && int(today-day) <= n
}

// ofTheDeal reports a sentence that goes on about what was agreed: it has a word of deals or
// talks, or begins with "it" or "they".
func (r *reader) ofTheDeal(s *sentence) bool {
	const words set = 1<<cDeal | 1<<cSign | 1<<cTalks | 1<<cMeeting | 1<<cDelegation | 1<<cJoint | 1<<cProposal | 1<<cMediating
	return s.p.next(s.from, s.to, words) < s.to || s.p.is(s.from, aPronoun) || s.p.nextMarked(s.from, s.to, aForce|aDispute) < s.to
}
