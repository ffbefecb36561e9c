package dates

import "parley/internal/text"

// ofMonth reads "of November", "of next month", "of the year 2026".
func (p *parser) ofMonth(k int) (value, int) {
	if !p.is(k, classOf) && !p.is(k, classIn) {
		return value{}, 0
	}
	j := p.skip(p.after(k), classThe)
	if !p.joined(j, soft) {
		return value{}, 0
	}
	switch p.class(j) {
	case classMonth, classMonthName, classMonthShort, classSolarMonth, classLunarMonth:
		return p.monthFirst(j)
	case classShift:
		if v, e := p.shifted(j); e > 0 && v.kind == kindUnit && (v.unit == unitMonths || v.unit == unitYear) {
			return v, e
		}
	case classUnit:
		if v, e := p.yearNamed(j); e > 0 {
			return v, e
		}
		if u := unit(p.val(j)); (u == unitMonths || u == unitYear) && p.class(j-1) == classThe {
			return value{kind: kindUnit, unit: u, shift: shiftThis}, p.after(j)
		}
	case classDigits:
		return p.yearAlone(j)
	}
	return value{}, 0
}

// fewOf reads "days of December" behind "the first ten", "the last ten".
func (p *parser) fewOf(nth, count, k int) (value, int) {
	if !p.is(k, classUnit) {
		return value{}, 0
	}
	u := unit(p.val(k))
	v, e := p.ofMonth(p.after(k))
	if e == 0 || u != unitDay && u != unitWeek && u != unitMonths {
		return value{}, 0
	}
	v.nth, v.count, v.nthUnit = int8(nth), int8(count), u
	return v, e
}

// nthUnit reads "the first week of November", "the third quarter of 2027", "the
// second half of next year".
func (p *parser) nthUnit(n, k, i int) (value, int) {
	if n == 1 && p.class(k) != classUnit { // the first ten days of December
		if count, e := p.number(k); p.joined(k, soft) && e > 0 && count > 0 && count < 100 {
			return p.fewOf(1, count, e)
		}
	}
	if p.is(k, classWeekday) { // the first Tuesday of November
		v, e := p.ofMonth(p.after(k))
		if e == 0 || n > 5 || v.kind == kindDate && v.month == 0 {
			return value{}, 0
		}
		v.weekday, v.nth, v.nthUnit = int8(p.val(k)), int8(n), unitDay
		return v, e
	}
	if !p.is(k, classUnit) {
		return value{}, 0
	}
	u, e := unit(p.val(k)), p.after(k)
	v, m := p.ofMonth(e)
	switch u {
	case unitDay, unitWeek, unitMonths:
		if m > 0 && n < 100 && (u != unitMonths || v.month == 0) && (u != unitDay || v.month == 0 && v.unit != unitMonths) {
			v.nth, v.nthUnit = int8(n), u
			return v, m
		}
	case unitCentury:
		if n <= 22 && n > 1 {
			return value{kind: kindUnit, unit: unitCentury, n: int16(n)}, e
		}
	case unitQuarters, unitHalfYear:
		if u == unitQuarters && n > 4 || u == unitHalfYear && n > 2 || m > 0 && v.month > 0 {
			break
		}
		kd := kindQuarter
		if u == unitHalfYear {
			kd = kindHalf
		}
		q := value{kind: kd, n: int16(n)}
		if m > 0 {
			q.year, q.shift = v.year, v.shift
			return q, m
		}
		if y, f := p.yearTail(e, gregorian); y > 0 {
			q.year = int16(y)
			return q, f
		}
		if u == unitQuarters && i > p.sent.From && p.class(i-1) == classThe && i-2 >= p.sent.From && p.class(i-2) == classIn && p.closed(e) {
			return q, e
		}
	}
	return value{}, 0
}

// ago reads the "trois jours" of "il y a trois jours".
func (p *parser) ago(j int) (value, int) {
	if !p.joined(j, soft) {
		return value{}, 0
	}
	if p.class(j) == classDual {
		return value{kind: kindAway, unit: unit(p.val(j)), n: -2}, p.after(j)
	}
	n, e := p.number(j)
	if e == 0 && p.lex.modLast && p.class(j) == classUnit && !p.plural(j) && !p.is(p.after(j), classShift) { // قبل أسبوع
		n, e = 1, j
	}
	if e == 0 || n == 0 || !p.is(e, classUnit) || unit(p.val(e)) == unitMinute {
		return value{}, 0
	}
	return value{kind: kindAway, unit: unit(p.val(e)), n: int16(-n)}, p.after(e)
}

// counted reads "three days ago", "two weeks from now", "two days after
// Easter", "a week on Tuesday".
func (p *parser) counted(i int) (value, int) {
	n, k := p.number(i)
	if k == 0 || !p.is(k, classUnit) && !p.is(k, classShift) {
		return value{}, 0
	}
	if p.is(k, classShift) { // the 2 next days
		if e := p.after(k); p.is(e, classUnit) && p.plural(e) {
			return p.span(shift(p.val(k)), n, unit(p.val(e)), p.after(e))
		}
		return value{}, 0
	}
	u, e := unit(p.val(k)), p.after(k)
	if !p.joined(e, soft) || u == unitMinute {
		return value{}, 0
	}
	v := value{kind: kindAway, unit: u}
	switch c := p.class(e); {
	case c == classAgo:
		if n == 0 {
			return value{}, 0
		}
		v.n = int16(-n)
		return v, p.after(e)
	case c == classPart && n > 0 && (part(p.val(e)) == partLater || part(p.val(e)) == partEarlier) && (p.ends(p.after(e)) || i == p.sent.From) && u != unitHour: // two days later
		v.n, v.told = int16(n), true
		if part(p.val(e)) == partEarlier {
			v.n = int16(-n)
		}
		return v, p.after(e)
	case n > 0 && p.senses[e].cues&cueToVerb != 0 && p.given(i) && p.bareVerb(p.after(e)): // ten days to reply
		p.limit = true
		v.n = int16(n)
		return v, e
	case c == classWithin && p.lex.verbLast && n > 0: // 72 گھنٹوں کے اندر
		p.limit = true
		v.n = int16(n)
		return v, p.after(e)
	case c == classHence:
		if n == 0 || p.is(p.after(e), classOf) {
			return value{}, 0
		}
		v.n = int16(n)
		return v, p.after(e)
	case n > 0 && (c == classFrom || c == classAfter || c == classBy && p.val(e) > 0):
		if p.rate(i) || c == classFrom && i > p.sent.From && p.tokens[i-1].Norm == "for" {
			return value{}, 0 // "200,000 barrels a day from January", "a truce for two months from November"
		}
		j := p.skip(p.after(e), classThe)
		if !p.joined(j, soft) || p.tokens[e].Norm == "since" {
			return value{}, 0
		}
		mark := len(p.more)
		d, m := p.point(j)
		p.more = p.more[:mark]
		if m == 0 || d.off != 0 || d.kind == kindUnit || d.kind == kindSpan || p.possessive(m) {
			return value{}, 0
		}
		d.off, d.offUnit = int16(n), u
		if c == classBy {
			d.off = -d.off
		}
		return d, m
	case n > 0 && u == unitWeek && c == classOn && p.is(p.after(e), classWeekday): // a week on Tuesday
		j := p.after(e)
		return value{kind: kindWeekday, weekday: int8(p.val(j)), plus: int8(min(n, 9))}, p.after(j)
	}
	return value{}, 0
}

// rate reports "200,000 barrels a day": at i is how often, and not how long.
func (p *parser) rate(i int) bool {
	if i-2 < p.sent.From || p.tokens[i].Gap != text.Space || p.tokens[i-1].Gap != text.Space {
		return false
	}
	switch p.tokens[i].Norm {
	case "a", "per", "each", "every":
	default:
		return false
	}
	switch p.tokens[i-2].Norm {
	case "million", "thousand", "billion", "hundred":
		return true
	}
	return p.tokens[i-2].Flags&text.Number != 0
}

// given reports whether time is given or had at i, so that it is a deadline:
// "gave the rebels ten days".
func (p *parser) given(i int) bool {
	for j := i - 1; j >= p.sent.From && j >= i-8 && !parts(p.tokens[j+1].Gap) && p.tokens[j+1].Gap&text.Comma == 0; j-- {
		if p.senses[j].cues&cueGive != 0 {
			return true
		}
	}
	return false
}

// bareVerb reports a word at k that may be a verb behind "to": no date, name
// or article.
func (p *parser) bareVerb(k int) bool {
	return k < p.sent.To && p.tokens[k].Gap == text.Space && p.senses[k].class == classNone && !p.capital(k)
}

// ahead reads what "in" or "within" at i leads to: "in two weeks", "within 48
// hours", "in the coming days". deadline tells a limit rather than a point.
func (p *parser) ahead(i int) (v value, behind int, deadline, approx bool) {
	k := p.after(i)
	limit := p.class(i) == classWithin && p.val(i) == 1
	long := p.class(i) == classWithin
	j := p.skip(k, classAround, classThe)
	approx = j > k && p.class(k) == classAround
	if !p.joined(j, soft) {
		return v, 0, false, false
	}
	if p.class(j) == classDual {
		return value{kind: kindAway, unit: unit(p.val(j)), n: 2}, p.after(j), limit, approx
	}
	n, e := p.number(j)
	if e == 0 && long && p.class(j) == classUnit && p.plural(j) && p.senses[i].n == 1 { // within days
		u := unit(p.val(j))
		if u == unitDay || u == unitWeek || u == unitMonths || u == unitHour {
			return value{kind: kindSpan, unit: u}, p.after(j), false, true
		}
	}
	if e == 0 && p.class(j) == classUnit && p.plural(j) { // in the days ahead
		if h := p.after(j); p.is(h, classHence) && p.val(h) == 1 && !p.is(p.after(h), classOf) {
			return value{kind: kindSpan, unit: unit(p.val(j))}, p.after(h), false, true
		}
	}
	if e == 0 && limit && j > k && p.class(j) == classUnit && !p.plural(j) { // within the fortnight, within the month
		switch u := unit(p.val(j)); u {
		case unitFortnight, unitDay, unitHour:
			return value{kind: kindAway, unit: u, n: 1}, p.after(j), true, approx
		case unitWeek, unitMonths, unitYear:
			return value{kind: kindUnit, unit: u, shift: shiftThis}, p.after(j), true, approx
		}
	}
	upcoming := e > 0 && p.is(e, classShift)
	if upcoming {
		if v, m := p.counted(j); m > 0 {
			return v, m, false, approx
		}
		return v, 0, false, false
	}
	if e == 0 || !p.is(e, classUnit) {
		if p.senses[i].n > 1 && long && p.class(j) == classUnit { // in the next week, in the coming days
			u := unit(p.val(j))
			if p.plural(j) {
				return value{kind: kindSpan, unit: u}, p.after(j), false, true
			}
			if u != unitDay && u != unitHour && u != unitMinute {
				return value{kind: kindUnit, unit: u, shift: shiftNext}, p.after(j), false, false
			}
		}
		return v, 0, false, false
	}
	u := unit(p.val(e))
	behind = p.after(e)
	if u == unitMinute || u == unitNone {
		return v, 0, false, false
	}
	if n == 0 { // in a few days
		return value{kind: kindSpan, unit: u}, behind, false, true
	}
	if long && !limit { // over the next three days
		return value{kind: kindSpan, unit: u, n: int16(n)}, behind, false, approx
	}
	v = value{kind: kindAway, unit: u, n: int16(n)}
	switch {
	case p.is(behind, classHence) || p.joined(behind, soft|text.QuoteClose) && p.class(behind) == classHence && p.tokens[behind].Norm == "time": // in two weeks' time
		behind = p.after(behind)
	case p.is(behind, classOf): // within 72 hours of the signing: nobody knows when that is
		return v, 0, false, false
	case p.measured(i, limit):
		return v, 0, false, false
	}
	return v, behind, limit, approx
}

// measured reports whether "in two weeks" at i is how long something took:
// "the third round in two weeks", "the worst breach in two years".
func (p *parser) measured(i int, limit bool) bool {
	for j := i - 1; j >= p.sent.From && j >= i-7; j-- {
		s := p.senses[j]
		if s.class == classOrdinal || s.class == classOrdSuffix || s.cues&cueMost != 0 || !limit && s.cues&cuePast != 0 && s.cues&cueEvent == 0 && j == i-1 {
			return true
		}
		if s.cues&(cueFuture|cuePlan|cueToVerb) != 0 || p.tokens[j+1].Gap&text.Comma != 0 {
			return false
		}
	}
	return false
}

// mere reports a measure: talks that "will last three days".
func (p *parser) mere(i int) bool {
	return p.senses[i].cues&cueEventVerb != 0 && i > p.sent.From && (p.senses[i-1].cues&(cueFuture|cueConsider|cuePlan|cueToVerb) != 0)
}

func (p *parser) span(s shift, n int, u unit, e int) (value, int) {
	switch s {
	case shiftNext, shiftComing, shiftFollowing, shiftThis:
	case shiftLast, shiftRecent:
		if n = -n; n == 0 { // the past days, the last weeks
			n = -2
			if u == unitDay {
				n = -7
			}
		}
	default:
		return value{}, 0
	}
	return value{kind: kindSpan, n: int16(n), unit: u, shift: s}, e
}
