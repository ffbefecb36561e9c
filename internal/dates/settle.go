package dates

import "strings"

// settle gives the items of one sentence their days, roles and groups, and
// appends them to into.
func (p *parser) settle(into []Mention) []Mention {
	first := len(into)
	base, kept := p.base, false // kept: the item before became a mention
	for n := range p.items {
		it := &p.items[n]
		if kept && (p.explains(&p.items[n-1], it, &into[len(into)-1]) || p.restates(&p.items[n-1], it, &into[len(into)-1])) {
			kept = false
			continue
		}
		if n > 0 && it.link == linkNone {
			it.link = p.linkBetween(&p.items[n-1], it)
		}
		var head *Mention // the date that this one is tied to
		tied := -1
		if it.link != linkNone && n > 0 && kept {
			tied = len(into) - 1
		}
		if len(into) > p.before && (tied < 0 || into[tied].Role == Speech) && (it.other || p.alternative(n)) {
			if k := p.lastLive(into); k >= 0 {
				tied, it.link = k, linkOr // "Tuesday is likely. Wednesday is also possible."
			}
		}
		if tied >= 0 {
			head = &into[tied]
		}
		gov := p.verdictOn(n, head)
		r := resolver{anchor: p.anchor, base: base, dir: gov.dir, lex: p.lex}
		v, from, to, g := p.daysOf(n, head, &gov, r)
		if gov.role == Speech && p.unspoken(v, to) {
			back := p.lookBack(it.first)
			back.speech, back.event = false, back.event || p.speaksOfTalks(it)
			if back.tense == tenseUntold || back.tense == tenseFinished {
				back.tense = tensePresent
			}
			gov = p.conclude(it, back)
			r.dir = forward
			v, from, to, g = p.daysOf(n, head, &gov, r)
		}
		if kept = from != 0 || p.awaits(it); !kept {
			continue
		}
		into = append(into, Mention{})
		m := &into[len(into)-1]
		if head != nil {
			head = &into[tied]
		}
		p.mention(m, it, &gov, &v, from, to, g)
		if from != 0 && (gov.role != Speech || n == 0) {
			base = to
		}
		p.finish(m, it, &gov)
		if head != nil && (it.link == linkOr || it.other || p.alternative(n)) {
			p.joinGroup(head, m)
		}
	}
	p.base = base
	if p.group > 0 {
		p.prefer(into[first:])
	}
	return into
}

// unspoken reports a day and month that would lie most of a year back if they
// were those of speaking: "she has them down for 27 May, she said" in May.
func (p *parser) unspoken(v value, to Day) bool {
	return v.kind == kindDate && v.year == 0 && v.month != 0 && v.ofYear == shiftNone && v.shift == shiftNone && to != 0 && p.anchor-to > 200
}

// verdictOn concludes about the nth item: from the date it is tied to, if
// any, or else from the words around it.
func (p *parser) verdictOn(n int, head *Mention) verdict {
	it := &p.items[n]
	var gov verdict
	if head != nil {
		gov = verdict{dir: p.dirOf(head), role: head.Role, status: head.Status, linked: true}
		if it.moved {
			gov.status = Planned
		}
	} else {
		gov = p.govern(it)
		if n+1 < len(p.items) && !it.deadline && gov.role == Talks && (gov.status == Planned || gov.status == Postponed) && p.replacedBy(it, &p.items[n+1], &gov) {
			gov.status, gov.dir = Superseded, forward
			it.replaced = true
		}
	}
	if n > 0 {
		switch last := &p.items[n-1]; {
		case last.moved:
			gov.status, gov.dir = Planned, forward
		case last.replaced && gov.role != Speech:
			gov = verdict{dir: forward, role: Talks, status: Planned, linked: true, newDate: it.deadline && !it.before}
		}
	}
	return gov
}

// replacedBy reports whether the clause that names the planned date it goes on
// to name next in its place: "moved the meeting, due on Sunday, to 4 December",
// "talks due this week will take place on Monday".
func (p *parser) replacedBy(it, next *item, gov *verdict) bool {
	if next.first-it.next > 12 {
		return false
	}
	h := p.head(next.first)
	onto := p.class(h) == classTo || p.class(h) == classOn && p.val(h) == 1 && p.cueAt(h-1)&cuePostpone != 0 || p.class(next.first) == classBy && p.val(next.first) == 0 && p.tokens[next.first].Norm != "by"
	if !onto && (next.deadline || !gov.scheduled) {
		return false
	}
	putOff, ahead, held := false, false, false
	for k := it.next; k < next.first; k++ {
		c := p.senses[k].cues
		if parts(p.tokens[k].Gap) || c&cueSpeech != 0 || c&cueBoundary != 0 && p.class(k) != classBy || p.class(k) == classAnd || p.class(k) == classOr {
			return false
		}
		putOff = putOff || c&cuePostpone != 0
		held = held || ahead && (c&cueEventVerb != 0 || c&(cuePast|cueBeing) == cuePast)
		ahead = ahead || c&cueFuture != 0
	}
	for k := it.first - 1; k >= p.sent.From && k >= it.first-12 && !putOff && !parts(p.tokens[k+1].Gap); k-- {
		putOff = p.senses[k].cues&cuePostpone != 0
	}
	return onto && putOff || !onto && (ahead && held || gov.was)
}

// daysOf counts out the nth item.
func (p *parser) daysOf(n int, head *Mention, gov *verdict, r resolver) (v value, from, to Day, g Granularity) {
	it := &p.items[n]
	v = it.a
	if (it.before || it.upTo) && v.kind == kindDate && v.day == 0 && v.shift == shiftNone && v.part == partNone {
		v.shift = shiftComing // "before Ramadan" said in Ramadan is the next one
	}
	if gov.nearest && v.kind == kindDate && v.day != 0 && v.month != 0 && !it.deadline {
		r.slack = 45
		if gov.replaced || gov.untold {
			r.dir = unclear
		}
	}
	if head != nil && it.bare {
		v = p.inherit(v, head)
	}
	if it.limit && n > 0 && r.base != 0 && r.base < r.anchor { // on Monday gave them ten days
		r.anchor = r.base
	}
	if n > 0 && r.dir == backward && p.follows(&p.items[n-1], it) && r.base < r.anchor { // in January 2025 and in February
		after := r
		after.anchor, after.dir = r.base, forward
		if a, b, c := after.resolve(&v); a != 0 && b < r.anchor {
			return v, a, b, c
		}
	}
	from, to, g = r.resolve(&v)
	if n > 0 && p.items[n-1].moved && it.bare && from != 0 && from == p.anchor { // moved from Tuesday to Friday, on a Friday
		from, to = from+7, to+7
	}
	if it.ranged {
		from, to, g = p.fromTo(r, v, it.b, from, to)
	}
	return v, from, to, g
}

// follows reports a day or month without a year that "and" ties to one with a
// year, so that it goes on from there.
func (p *parser) follows(a, b *item) bool {
	if b.a.kind != kindDate || b.a.month == 0 || b.a.year != 0 || b.a.shift != shiftNone || b.a.ofYear != shiftNone || a.a.kind != kindDate || a.a.year == 0 || b.first-a.next > 6 {
		return false
	}
	for k := a.next; k < b.first; k++ {
		if p.class(k) == classAnd {
			return true
		}
	}
	return false
}

// mention fills in the empty mention m of an item, a deadline counting from the day of
// publication to the last day.
func (p *parser) mention(m *Mention, it *item, gov *verdict, v *value, from, to Day, g Granularity) {
	m.First, m.Last = it.first, it.last
	m.Start, m.End = int(p.tokens[it.first].Start), int(p.tokens[it.last-1].End)
	m.From, m.To, m.Granularity = from, to, g
	m.Approx, m.Preferred, m.After = it.approx, true, it.after
	m.Role, m.Status = gov.role, gov.status
	m.Clock, m.value = it.clock, *v
	if p.senses[it.first].cues&cueAnd != 0 && strings.HasPrefix(p.t.Plain[m.Start:m.End], p.lex.and) {
		m.Start += len(p.lex.and)
	}
	for _, x := range p.glued {
		if x.token == it.last-1 {
			m.End = int(p.tokens[x.token].Start) + x.len
		}
	}
	if m.End < len(p.t.Plain) && p.t.Plain[m.End] == ')' && strings.IndexByte(p.t.Plain[m.Start:m.End], '(') >= 0 {
		m.End++ // Monday (May 12)
	}
	m.Span = p.t.Plain[m.Start:m.End]
	if it.a.kind == kindHoliday && p.lex.feast(&it.a).moves() && p.lex.feast(&it.a).days <= 1 {
		m.Approx = true
	}
	if !it.deadline || gov.newDate {
		return
	}
	m.Granularity = Deadline
	if (it.before || it.upTo) && from != to && it.a.part == partNone && !it.ranged && (it.a.kind != kindHoliday || p.lex.feast(&it.a).days > 1) {
		m.To = from - 1 // before November
		if it.a.kind == kindHoliday || it.a.cal == lunar {
			m.To = from // "before Ramadan" ends as it begins, like "before 30 June"
		}
		m.From = m.To
	}
	if from != 0 && it.a.kind == kindHoliday && it.a.off == 0 && to-from == 2 && p.lex.feast(&it.a).moves() {
		m.To-- // the day to either side is no part of a limit
		m.From = m.To
	}
	if from != 0 && p.anchor != 0 && m.To >= p.anchor {
		m.From = p.anchor
	}
}

// dirOf returns the direction in which a mention lies.
func (p *parser) dirOf(m *Mention) direction {
	switch {
	case p.anchor == 0 || m.From == 0:
		return unclear
	case m.To < p.anchor:
		return backward
	}
	return forward
}

// awaits reports an expression that has days once the day of publication is
// known; others without days, like 30 February, are no dates.
func (p *parser) awaits(it *item) bool {
	if p.anchor != 0 {
		return false
	}
	v := it.a
	if v.told {
		return false
	}
	return v.kind != kindDate || v.year == 0 && (v.day == 0 || v.month == 0 || int(v.day) <= v.cal.daysIn(2024, int(v.month)))
}

// fromTo returns the days from the first of a to the last of b.
func (p *parser) fromTo(r resolver, a, b value, from, to Day) (Day, Day, Granularity) {
	if a.kind == kindDate && b.kind == kindDate {
		if a.year == 0 && b.year == 0 && a.month != 0 && b.month != 0 && a.shift == shiftNone && b.shift == shiftNone && p.anchor != 0 {
			b.year = int16(r.yearFor(&b)) // the period as a whole lies ahead or behind
		}
		switch {
		case a.year == 0 && b.year != 0:
			a.year = b.year
			if a.month > b.month {
				a.year--
			}
			from, to, _ = r.resolve(&a)
		case b.year == 0 && a.year != 0 && b.month != 0:
			b.year = a.year
			if b.month < a.month {
				b.year++
			}
		}
		if b.month == 0 && b.day != 0 && b.year == 0 {
			b.month, b.year, b.cal = a.month, a.year, a.cal
		}
	}
	if a.kind == kindDate && a.month == 0 && a.day != 0 && b.kind == kindDate && b.month != 0 {
		a.month, a.year = b.month, b.year
		from, to, _ = r.resolve(&a)
	}
	if from == 0 {
		return 0, 0, ByRange
	}
	if b.kind == kindWeekday && b.shift == shiftNone && b.week == shiftNone || b.kind == kindDate && b.year == 0 {
		r.anchor, r.dir = to, forward // the first one after the beginning
	}
	_, end, _ := r.resolve(&b)
	if end == 0 || end < from {
		return from, to, ByDay
	}
	if end == from {
		return from, end, ByDay
	}
	return from, end, ByRange
}

// reach bounds how far the words about a date are looked for, so that a text
// without full stops costs no more than others.
const reach = 60

// finish corrects what was concluded from words by what the days say.
func (p *parser) finish(m *Mention, it *item, gov *verdict) {
	if p.anchor == 0 || m.From == 0 {
		return
	}
	switch {
	case m.To < p.anchor:
		if m.Status == Planned || m.Status == Considered {
			m.Status = Held
			if gov.dir == forward && !gov.nearest && m.Role == Talks && !gov.linked && m.value.kind == kindDate {
				m.Status = Superseded
			}
		}
		if m.Role == Other || m.Role == Talks && (p.anchor-m.To > 14 || m.Granularity == ByMonth || m.Granularity == ByRange && m.To-m.From > 20) && m.Status == Held {
			m.Role = Past
		}
	case m.From > p.anchor:
		if m.Status == Held {
			m.Status = Planned
		}
		if m.Role == Past || m.Role == Speech {
			m.Role = Other
		}
		if m.Role == Other && gov.untold && p.speaksOfTalks(it) { // a headline: "US-Iran round: Tuesday"
			m.Role = Talks
		}
	case m.Role == Past:
		m.Role = Other // today is no background
	}
}
