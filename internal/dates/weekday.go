package dates

import "parley/internal/text"

// weekday reads a weekday at i with what narrows it down: a date behind it, a
// week, a shift.
func (p *parser) weekday(i int) (value, int) {
	v := value{kind: kindWeekday, weekday: int8(p.val(i))}
	k := p.after(i)
	if i > p.sent.From && (p.class(p.head(i)) == classEvery || p.class(p.head(i)) == classOrdinal && p.is(k, classOf)) {
		return value{}, 0
	}
	for n := range p.glued {
		if p.glued[n].token == i {
			return v, k
		}
	}
	short := p.class(i) == classWeekdayShort
	if short && !p.capital(i) && !p.is(k, classDigits) {
		return value{}, 0
	}
	if p.barred(k) {
		return value{}, 0
	}
	if p.possessive(k) {
		return v, k
	}
	if p.is(k, classDaytime) || p.is(k, classOvernight) {
		k = p.after(k)
	}
	if d, e := p.daysTwice(i, k); e > 0 {
		return d, e
	}
	if d, e := p.dateBehind(k); e > 0 {
		d.weekday = v.weekday
		return d, e
	}
	if d, e := p.dayBeside(k, p.val(i)); e > 0 {
		return d, e
	}
	if d, e := p.weekBehind(k); e > 0 {
		v.week = d
		return v, e
	}
	if p.is(k, classShift) && p.closed(p.after(k)) && !p.is(p.after(k), classUnit) {
		switch s := shift(p.val(k)); s {
		case shiftNext, shiftLast, shiftComing, shiftFollowing, shiftRecent:
			if p.lex.modLast || (s == shiftNext || s == shiftLast) && !p.is(p.after(k), classWeekday) && p.ends(p.after(k)) {
				v.shift = s
				return v, p.after(k)
			}
		case shiftThis:
			if p.lex.modLast {
				v.shift = s
				return v, p.after(k)
			}
		}
	}
	if p.lex.language == "fr" && k+1 < p.sent.To && p.tokens[k].Norm == "en" && p.tokens[k+1].Norm == "huit" { // mardi en huit
		v.plus = 1
		return v, k + 2
	}
	if p.is(k, classUnit) && unit(p.val(k)) == unitWeek && p.lex.language == "en" && p.tokens[k].Norm == "week" && p.closed(p.after(k)) { // Tuesday week
		v.plus = 1
		return v, p.after(k)
	}
	if short && !p.shortWeekdayFits(i) {
		return value{}, 0
	}
	return v, k
}

// halts reports that no noun follows at k, not even one the lexicon knows.
func (p *parser) halts(k int) bool {
	if k >= p.sent.To || p.tokens[k].Gap&^text.Space != 0 {
		return true
	}
	switch p.class(k) {
	case classAnd, classOr, classOn, classIn, classTo:
		return true
	}
	return false
}

// ends reports whether a clause plainly ends before k.
func (p *parser) ends(k int) bool {
	return k >= p.sent.To || p.tokens[k].Gap&^text.Space != 0 || p.senses[k].class != classNone && p.senses[k].class != classDigits
}

// shortWeekdayFits decides about Sun, Sat, Wed that stand alone.
func (p *parser) shortWeekdayFits(i int) bool {
	if i == p.sent.From || p.tokens[i].Gap&^(text.Space|text.Hyphen|text.Dash|text.Comma) != 0 {
		return false
	}
	switch p.class(i - 1) {
	case classOn:
		return p.tokens[i-1].Norm != "at" && p.tokens[i-1].Norm != "over"
	case classShift, classBy, classTo, classThrough, classWeekday, classWeekdayShort, classAround, classBetween, classFrom:
		return true
	case classAnd, classOr:
		return i-2 >= p.sent.From && (p.class(i-2) == classWeekday || p.class(i-2) == classWeekdayShort)
	}
	return false
}

// dateBehind reads the date of "Tuesday, 24 November" or "Tuesday (24/11)".
func (p *parser) dateBehind(k int) (value, int) {
	if !p.joined(k, comma|text.Paren) {
		return value{}, 0
	}
	j := k
	if p.class(j) == classOn && p.val(j) == 0 || p.class(j) == classThe {
		j = p.skip(j, classOn, classThe)
		if !p.joined(j, soft) {
			return value{}, 0
		}
	}
	mark := len(p.more)
	var v value
	e := 0
	switch p.class(j) {
	case classMonth, classMonthShort, classMonthName, classSolarMonth, classLunarMonth:
		v, e = p.monthFirst(j)
	case classDigits:
		if p.clockStarts(j) { // Monday, 10.30 a.m.
			return value{}, 0
		}
		if v, e = p.numeric(j); e == 0 {
			v, e = p.dayFirst(j)
		}
	case classOrdinal, classTens:
		if v, e = p.dayFirst(j); e == 0 {
			if d, ord, n := p.dayNumber(j); n > 0 && ord && p.class(k) == classThe && p.halts(n) { // Tuesday the eleventh
				v, e = value{kind: kindDate, day: int8(d)}, n
			}
		}
	}
	if e > 0 && v.kind == kindDate && v.day > 0 {
		return v, e
	}
	p.more = p.more[:mark]
	if p.class(j) == classDigits && p.joined(j, soft) && !p.clockStarts(j) && (j == k || p.tokens[k].Norm != "at") { // Monday 21
		if d, ord, n := p.dayNumber(j); n > 0 && (ord || p.lex.language == "en" && len(p.tokens[j].Norm) == 2 || p.lex.modLast) && p.closed(n) && !p.is(n, classMeridiem) {
			return value{kind: kindDate, day: int8(d)}, n
		}
	}
	return value{}, 0
}

// daysTwice reads "Tuesday and Wednesday, May 26 and 27", days named twice over:
// by their weekdays, the first of which ends before k, and then by their dates,
// of which all but the first are left in p.more.
func (p *parser) daysTwice(i, k int) (value, int) {
	conn, j := p.connector(k)
	if conn != classAnd && conn != classTo && conn != classOr {
		return value{}, 0
	}
	j = p.skip(j, classThe, classOn)
	if c := p.class(j); c != classWeekday && c != classWeekdayShort || len(p.more) > 0 {
		return value{}, 0
	}
	m := p.after(j)
	if m >= p.sent.To || p.tokens[m].Gap&(text.Comma|text.Paren) == 0 {
		return value{}, 0
	}
	v, e := p.dateBehind(m)
	if e == 0 || len(p.more) != 1 || int(p.more[0].v.day-v.day) != (p.val(j)-p.val(i)+7)%7 {
		p.more = p.more[:0]
		return value{}, 0
	}
	return v, e
}

// weekBehind reads "next week", "of next week", "this week" behind a weekday.
func (p *parser) weekBehind(k int) (shift, int) {
	j := p.skip(k, classOf, classIn, classThe, classOn)
	if p.lex.modLast && p.is(j, classFrom) { // الأربعاء من الأسبوع المقبل
		j = p.after(j)
	}
	if j == k && !p.joined(j, comma) || j > k && !p.joined(j, soft) {
		return shiftNone, 0
	}
	if p.class(j) == classShift && p.is(p.after(j), classUnit) && unit(p.val(p.after(j))) == unitWeek {
		return shift(p.val(j)), p.after(p.after(j))
	}
	if p.lex.modLast && p.class(j) == classUnit && unit(p.val(j)) == unitWeek && p.is(p.after(j), classShift) {
		return shift(p.val(p.after(j))), p.after(p.after(j))
	}
	return shiftNone, 0
}

// weekdayOf reads the weekday of "next week on Tuesday", "next week Monday".
func (p *parser) weekdayOf(k int) (wd, next int) {
	j := k
	if p.joined(j, comma) && p.class(j) == classOn {
		j = p.after(j)
	}
	if j < p.sent.To && p.tokens[j].Gap&^(soft|text.Dash) == 0 && (p.class(j) == classWeekday || p.class(j) == classWeekdayShort && p.capital(j)) {
		if _, e := p.dateBehind(p.after(j)); e == 0 {
			return p.val(j), p.after(j)
		}
	}
	return 0, 0
}
