package dates

import "parley/internal/text"

// monthAt reads the name of a month at i.
func (p *parser) monthAt(i int) (m int, cal calendar, next int) {
	switch p.class(i) {
	case classMonthName, classMonthShort:
		if !p.capital(i) && !p.besideNumber(i) {
			return 0, 0, 0
		}
	case classMonth:
	case classSolarMonth:
		cal = solar
		if !p.capital(i) {
			return 0, 0, 0
		}
	case classLunarMonth:
		cal = lunar
	default:
		return 0, 0, 0
	}
	m, next = p.val(i), p.after(i)
	// "نوفمبر/تشرين الثاني": one month named twice
	if next < p.sent.To && p.tokens[next].Gap&^(text.Space|text.Slash|text.Paren) == 0 && p.tokens[next].Gap&(text.Slash|text.Paren) != 0 &&
		p.senses[next].class == classMonth && p.val(next) == m {
		next = p.after(next)
	}
	return m, cal, next
}

// besideNumber reports whether a day or a year stands beside the month at i,
// so that it is one though written small.
func (p *parser) besideNumber(i int) bool {
	if k := p.after(i); p.joined(k, soft|text.Slash) {
		d := p.skip(k, classThe)
		if _, ord, n := p.dayNumber(d); n > 0 && (ord || p.class(d) == classDigits && p.closed(n)) || p.year(k) > 0 {
			return true
		}
		if p.class(k) == classOf && p.is(k+1, classDigits) && p.year(k+1) > 0 {
			return true
		}
		if p.opens != classNone && p.governed(i) { // between august and october
			if c := p.class(k + 1); (p.class(k) == classTo || p.class(k) == classAnd) && (c == classMonth || c == classMonthName || c == classMonthShort) {
				return true
			}
			if c := p.class(i - 2); (p.class(i-1) == classTo || p.class(i-1) == classAnd) && (c == classMonth || c == classMonthName || c == classMonthShort) {
				return true
			}
		}
	}
	if i == p.sent.From || p.tokens[i].Gap&^(soft|text.Slash) != 0 {
		return false
	}
	switch p.class(i - 1) {
	case classDigits:
		_, _, n := p.dayNumber(i - 1)
		return n > 0 || p.year(i-1) > 0
	case classOrdSuffix, classOrdinal:
		return true
	case classOf:
		return i-2 >= p.sent.From && (p.class(i-2) == classOrdSuffix || p.class(i-2) == classOrdinal || p.class(i-2) == classDigits && len(p.tokens[i-2].Norm) <= 2)
	}
	return false
}

// monthFirst reads "November 24, 2026", "November 24-26", "November 2026" and
// a bare month.
func (p *parser) monthFirst(i int) (value, int) {
	m, cal, k := p.monthAt(i)
	if m == 0 {
		return value{}, 0
	}
	v := value{kind: kindDate, cal: cal, month: int8(m)}
	j := k
	if p.is(j, classThe) {
		j = p.after(j)
	}
	if p.joined(j, comma|text.Slash) {
		d, ord, n := p.dayNumber(j)
		ok := n > 0 && (p.tokens[j].Gap&text.Comma == 0 || ord) && (ord || p.class(j) == classDigits || p.class(j) == classTens && n > p.after(j) || p.class(j) == classNumeral && n < p.sent.To)
		if ok && !p.clockStarts(j) && d <= cal.daysIn(2024, m) {
			if p.barred(n) { // March 23 Movement
				return value{}, 0
			}
			if p.class(j) == classNumeral && !p.closed(n) {
				return value{}, 0
			}
			v.day = int8(d)
			n = p.moreDays(v, n)
			if y, e := p.yearTail(n, cal); y > 0 {
				v.year, n = int16(y), e
			} else if s, e := p.yearShift(n); e > 0 {
				v.ofYear, n = s, e
			}
			return v, n
		}
		if n > 0 && d <= 31 && p.class(j) == classDigits && d > cal.daysIn(2024, m) {
			return value{}, 0 // 30 February
		}
	}
	if y, e := p.yearTail(k, cal); y > 0 && (p.tokens[e-1].Gap&text.Comma == 0 || p.class(i) != classMonthName || p.governed(i)) {
		v.year = int16(y)
		if p.joined(e, text.Hyphen|text.Slash) { // September-2020-23
			if d, _, n := p.dayNumber(e); n > 0 {
				v.day, e = int8(d), n
			}
		}
		return v, e
	}
	if s, e := p.yearShift(k); e > 0 { // March next year
		v.ofYear = s
		return v, e
	}
	if !p.bareMonth(i, k) {
		return value{}, 0
	}
	return v, k
}

// bareMonth decides about a month that stands without day and year. Those
// that are names of people or other words need a word that introduces a date.
func (p *parser) bareMonth(i, k int) bool {
	if p.barred(k) {
		return false
	}
	switch p.class(i) {
	case classMonth:
		return p.governed(i) || !(i > p.sent.From && p.tokens[i-1].Flags&text.Capital != 0 && p.senses[i-1].class == classNone && p.tokens[i].Gap == text.Space && i-1 > p.sent.From)
	case classMonthShort:
		if j := p.skip(k, classTo, classThrough); p.joined(j, dash) && (j > k || p.tokens[j].Gap&(text.Dash|text.Hyphen) != 0) && p.class(j) == classMonthShort {
			return true // Jan-Feb
		}
		return p.governed(i)
	case classMonthName:
		return p.governed(i) && !p.is(k, classGuard) && !(k < p.sent.To && p.tokens[k].Gap == text.Space && p.tokens[k].Flags&text.Capital != 0 && p.senses[k].class == classNone)
	case classLunarMonth:
		return !p.named(k)
	case classSolarMonth:
		return p.governed(i) && i > p.sent.From && p.class(i-1) != classThe
	}
	return true
}

// named reports whether an unknown word with a capital follows at k, so that
// what stands before is somebody's first name: Ramadan Abdullah.
func (p *parser) named(k int) bool {
	return k < p.sent.To && p.tokens[k].Gap == text.Space && p.tokens[k].Flags&(text.Capital|text.NonLatin) == text.Capital && p.senses[k].class == classNone && p.senses[k].cues == 0
}

// barred reports whether a word follows at k that makes a name of the weekday
// or day of a month before it: the Sunday Times, the December 18 bloc.
func (p *parser) barred(k int) bool {
	return p.is(k, classGuard) && (p.val(k) == 1 || p.capital(k))
}

// governed reports whether the word before i introduces a month or a year.
func (p *parser) governed(i int) bool {
	if i <= p.sent.From || p.tokens[i].Gap&^(soft|text.Dash) != 0 {
		return false
	}
	switch p.class(p.head(i)) {
	case classIn, classBy, classExactBy, classAfter, classFrom, classBetween, classTo, classThrough, classAround, classShift, classPart, classOf, classWithin, classDigits, classOrdSuffix:
		return true
	case classAnd, classOr:
		return i-2 >= p.sent.From && (p.class(i-2) == classMonth || p.class(i-2) == classMonthName || p.class(i-2) == classMonthShort)
	case classMonth, classMonthName, classMonthShort:
		return p.tokens[i].Gap&(text.Dash|text.Hyphen) != 0
	}
	return false
}

// thatMonth reads "next month", "this month", "the month" behind "the 15th of".
func (p *parser) thatMonth(j int) (value, int) {
	s := shiftThis
	if p.class(j) == classShift {
		s = shift(p.val(j))
		j = p.after(j)
	}
	if p.class(j) != classUnit || unit(p.val(j)) != unitMonths {
		return value{}, 0
	}
	return value{kind: kindUnit, unit: unitMonths, shift: s}, p.after(j)
}
