package dates

import "parley/internal/text"

// shifted reads "next Tuesday", "this weekend", "the coming days", "the last
// three weeks", "next November", "last Easter".
func (p *parser) shifted(i int) (value, int) {
	s := shift(p.val(i))
	k := p.after(i)
	if !p.joined(k, soft) {
		return value{}, 0
	}
	if p.class(k) == classThe || p.class(k) == classCont {
		return value{}, 0
	}
	switch p.class(k) {
	case classWeekday, classWeekdayShort:
		if s == shiftSame { // said that Tuesday
			return value{}, 0
		}
		v, e := p.weekday(k)
		if e == 0 {
			v, e = value{kind: kindWeekday, weekday: int8(p.val(k))}, p.after(k)
		}
		if v.kind == kindWeekday {
			if s == shiftFollowing && p.possessive(e) {
				return value{}, 0
			}
			v.shift = s
		}
		return v, e
	case classUnit:
		u := unit(p.val(k))
		e := p.after(k)
		if u == unitDay && s != shiftSame || u == unitHour || u == unitMinute {
			if s == shiftComing || p.plural(k) && (s == shiftNext || s == shiftRecent || s == shiftLast) {
				return p.span(s, 0, u, e)
			}
			if (s == shiftFollowing || s == shiftNext) && u == unitDay {
				return value{kind: kindUnit, unit: unitDay, shift: shiftFollowing}, e
			}
			return value{}, 0
		}
		if u == unitDay {
			return value{kind: kindUnit, unit: unitDay, shift: shiftSame}, e
		}
		if (p.plural(k) || p.plural(i)) && s != shiftThis && s != shiftSame {
			return p.span(s, 0, u, e)
		}
		if s == shiftLast && u == unitWeek {
			if v, n := p.ofMonth(e); n > 0 {
				v.nth, v.nthUnit = -1, unitWeek
				return v, n
			}
		}
		if u == unitWeek {
			if wd, n := p.weekdayOf(e); n > 0 {
				return value{kind: kindWeekday, weekday: int8(wd), week: s}, n
			}
		}
		return value{kind: kindUnit, unit: u, shift: s}, e
	case classMonth, classMonthName, classMonthShort, classSolarMonth, classLunarMonth:
		v, e := p.monthFirst(k)
		if e > 0 && v.year == 0 {
			v.shift = s
		}
		return v, e
	case classSeason, classQuarter, classHalf:
		v, e := p.season(k)
		if e > 0 {
			v.shift = s
		}
		return v, e
	case classHoliday, classHolidayName:
		v, e := p.holiday(k)
		v.shift = s
		return v, e
	case classDigits, classNumeral, classTens, classVague, classArticle:
		if p.class(k) == classDigits {
			if v, e := p.numeric(k); e > 0 {
				v.shift = s
				return v, e
			}
			if v, e := p.dayFirst(k); e > 0 {
				v.shift = s
				return v, e
			}
		}
		n, e := p.number(k)
		if e > 0 && p.is(e, classShift) { // three next weeks
			e = p.after(e)
		}
		if e == 0 || !p.is(e, classUnit) || s == shiftThis && n == 0 || p.mere(i) {
			return value{}, 0
		}
		if s == shiftLast && n > 0 && n < 100 {
			if v, m := p.fewOf(-1, n, e); m > 0 {
				return v, m
			}
		}
		return p.span(s, n, unit(p.val(e)), p.after(e))
	}
	return value{}, 0
}

// plural reports whether the unit at k is written as several.
func (p *parser) plural(k int) bool {
	return p.lex.plurals[p.tokens[k].Norm]
}

// parted reads "early next week", "mid-November", "the end of the month",
// "later this year", "late Tuesday".
func (p *parser) parted(i int) (value, int) {
	pt := part(p.val(i))
	k := p.after(i)
	if !p.joined(k, soft) {
		return value{}, 0
	}
	j := k
	if pt == partLater || pt == partEarlier || pt == partEarly || pt == partLate || pt == partMid || pt == partEnd || pt == partStart {
		j = p.skip(k, classOf, classIn, classOn, classThe)
	} else {
		j = p.skip(k, classOf, classThe)
	}
	if !p.joined(j, soft) || p.class(j-1) == classOn && p.class(j) != classWeekday {
		return value{}, 0
	}
	the := j > k && p.class(j-1) == classThe
	if k := p.after(j); p.class(j) == classUnit && unit(p.val(j)) == unitMonths && p.is(k, classMonth) { // پایان ماه نوامبر
		j = k
	}
	if (pt == partStart || pt == partEnd) && p.senses[i].n == 1 && !p.lex.bareUnits { // "end of June" is one word here; "end June" is terse, or a verb
		if !(p.joined(k, text.Hyphen) || i > p.sent.From && (p.class(i-1) == classBy || p.class(i-1) == classOn || p.class(i-1) == classExactBy)) {
			return value{}, 0
		}
	}
	var v value
	e := 0
	switch p.class(j) {
	case classWeekday:
		if pt == partMid || pt == partEnd || pt == partStart {
			return value{}, 0
		}
		v, e = p.weekday(j)
		if e > 0 {
			v.part = pt
		}
		return v, e
	case classRelative, classEitherDay:
		v, e = p.relative(j)
		return v, e
	case classShift:
		if v, e = p.shifted(j); v.kind != kindUnit && v.kind != kindDate && v.kind != kindSeason && v.kind != kindQuarter {
			return value{}, 0
		}
	case classMonth, classMonthName, classMonthShort, classSolarMonth, classLunarMonth:
		if v, e = p.monthFirst(j); v.day > 0 {
			return value{}, 0
		}
	case classUnit:
		if v, e = p.yearNamed(j); e > 0 {
			break
		}
		if p.lex.modLast && p.is(p.after(j), classShift) { // début de semaine prochaine
			if v, e = p.unit(j); e > 0 && v.kind == kindUnit {
				break
			}
		}
		u := unit(p.val(j))
		if !the && !p.lex.bareUnits && !(pt == partMid && u == unitWeek) && !(p.class(k) == classOf) && p.senses[i].n == 1 || u == unitHour || u == unitMinute || p.plural(j) {
			return value{}, 0
		}
		if u == unitDay {
			return value{kind: kindDays}, p.after(j)
		}
		v, e = value{kind: kindUnit, unit: u, shift: shiftThis}, p.after(j)
	case classDigits:
		v, e = p.yearAlone(j)
		if e == 0 && p.year(j) > 1800 && p.closed(j+1) {
			v, e = value{kind: kindDate, year: int16(p.year(j))}, j+1
		}
	case classSeason, classQuarter, classHoliday, classHolidayName:
		v, e = p.point(j)
	case classOrdinal:
		if v, e = p.nthUnit(p.val(j), p.after(j), j); v.kind != kindQuarter && v.kind != kindHalf {
			return value{}, 0
		}
	default:
		return value{}, 0
	}
	if e == 0 {
		return value{}, 0
	}
	v.part = pt
	return v, e
}

// relative reads today, tomorrow, yesterday.
func (p *parser) relative(i int) (value, int) {
	v := value{kind: kindDays, n: p.senses[i].val, either: p.class(i) == classEitherDay}
	k := p.after(i)
	if p.possessive(k) {
		return v, k
	}
	if p.is(k, classDaytime) {
		k = p.after(k)
	}
	if p.is(k, classWeekday) && p.anchor != 0 && !v.either && (p.anchor+Day(v.n)).isoDay() == p.val(k) { // hier jeudi
		return v, p.after(k)
	}
	if p.joined(k, comma|text.Paren) && p.tokens[k].Gap&(text.Comma|text.Paren) != 0 {
		if p.class(k) == classWeekday && p.anchor != 0 && !v.either && (p.anchor+Day(v.n)).isoDay() == p.val(k) && !p.possessive(p.after(k)) { // today, Friday
			if d, e := p.dateBehind(p.after(k)); e > 0 && d.day > 0 {
				return v, e
			}
			return v, p.after(k)
		}
		if p.class(k) == classWeekday { // yesterday (Monday)
			if w, e := p.weekday(k); e > 0 && w.kind == kindDate && p.anchor == 0 {
				return w, e
			}
		}
		if d, e := p.dateBehind(k); e > 0 {
			if p.anchor == 0 {
				return d, e
			}
			return v, e
		}
	}
	return v, k
}

// holiday reads a feast, with its year if that is said.
func (p *parser) holiday(i int) (value, int) {
	if p.class(i) == classHolidayName && !p.capital(i) {
		return value{}, 0
	}
	v := value{kind: kindHoliday, n: p.senses[i].val}
	k := p.after(i)
	if p.is(k, classGuard) || p.named(k) { // the Good Friday Agreement, Ms Newroz Haji
		return value{}, 0
	}
	if y, e := p.yearTail(k, gregorian); y > 0 {
		v.year, k = int16(y), e
	}
	if p.is(k, classUnit) && unit(p.val(k)) == unitWeekend && !p.plural(k) { // the Easter weekend
		v.weekOf, v.unit, k = true, unitWeekend, p.after(k)
		if y, e := p.yearTail(k, gregorian); y > 0 && v.year == 0 {
			v.year, k = int16(y), e
		}
		return v, k
	}
	if d, e := p.dateBehind(k); e > 0 && d.day > 0 && d.month > 0 && p.anchor != 0 { // Songkran on 13 April
		r := resolver{anchor: p.anchor, lex: p.lex}
		a, b, _ := r.feast(&v)
		if at, _, _ := r.date(&d); at != 0 && a != 0 && at >= a-2 && at <= b+2 {
			return d, e
		}
	}
	return v, k
}

// season reads a season, a quarter or a half that says of which year it is.
func (p *parser) season(i int) (value, int) {
	v := value{kind: kindSeason, month: int8(p.val(i))}
	switch p.class(i) {
	case classQuarter:
		v = value{kind: kindQuarter, n: p.senses[i].val}
	case classHalf:
		v = value{kind: kindHalf, n: p.senses[i].val}
	}
	k := p.after(i)
	if y, e := p.yearTail(k, gregorian); y > 0 {
		v.year = int16(y)
		return v, e
	}
	if o, e := p.ofMonth(k); e > 0 && o.month == 0 && o.day == 0 && (o.kind == kindDate || o.unit == unitYear) {
		v.year, v.shift = o.year, o.shift
		return v, e
	}
	if i == p.sent.From {
		return value{}, 0
	}
	switch p.class(i - 1) {
	case classShift, classPart, classIn, classBy, classExactBy:
		if p.class(i) != classHalf || p.class(i-1) == classShift {
			return v, k
		}
	case classThe:
		if i-2 >= p.sent.From && (p.class(i-2) == classIn || p.class(i-2) == classBy) && p.closed(k) && p.class(i) == classSeason {
			return v, k
		}
	case classCont:
		if p.governed(i) {
			return v, k
		}
	}
	return value{}, 0
}

// unit reads "the week of 23 November", "the weekend", "the week after next".
func (p *parser) unit(i int) (value, int) {
	u := unit(p.val(i))
	k := p.after(i)
	if v, e := p.yearNamed(i); e > 0 {
		return v, e
	}
	if p.is(k, classPart) && part(p.val(k)) == partEnd && p.senses[k].n == 1 && (p.possessive(k) || p.tokens[k].Gap == text.Hyphen) &&
		(u == unitWeek || u == unitMonths || u == unitQuarters || u == unitYear) { // year-end, month's end
		return value{kind: kindUnit, unit: u, shift: shiftThis, part: partEnd}, p.after(k)
	}
	if (u == unitDay || u == unitWeek || u == unitWeekend) && !p.plural(i) && p.joined(k, soft) { // the day after Christmas
		if n := p.sideOf(k); n != 0 {
			if v, e := p.beside(p.after(k), u, n); e > 0 {
				return v, e
			}
			if u == unitDay && i > p.sent.From && p.class(i-1) == classThe && p.ends(p.after(k)) { // flies on Friday for talks the day after
				return value{kind: kindAway, unit: u, n: int16(n), told: true}, p.after(k)
			}
		}
	}
	afterNext := p.is(k, classAfter) && p.is(k+1, classShift) && shift(p.val(k+1)) == shiftNext
	switch {
	case u == unitWeek && p.is(k, classDigits) && p.val(k) >= 1 && p.val(k) <= 53: // week 48 of 2026
		if v, e := p.ofMonth(k + 1); e > 0 && v.month == 0 && (v.kind == kindDate || v.unit == unitYear) {
			v.nth, v.nthUnit = int8(p.val(k)), unitWeek
			return v, e
		}
	case u == unitWeek && !p.plural(i) && p.is(k, classOf):
		j := p.skip(p.after(k), classThe, classOn)
		if !p.joined(j, soft) {
			break
		}
		if v, e := p.point(j); e > 0 && (v.day > 0 || v.kind == kindWeekday || v.kind == kindHoliday) {
			v.weekOf = true
			return v, e
		}
	case u == unitWeekend && !p.plural(i) && !afterNext:
		if i > p.sent.From && (p.class(i-1) == classThe || p.class(i-1) == classIn || p.class(i-1) == classOn) {
			if p.is(k, classOf) {
				if v, e := p.point(p.skip(p.after(k), classThe)); e > 0 && (v.day > 0 || v.kind == kindHoliday) {
					v.weekOf = true
					v.unit = unitWeekend
					return v, e
				}
			}
			return value{kind: kindUnit, unit: unitWeekend}, k
		}
	case p.lex.verbLast && (u == unitMonths || u == unitYear || u == unitWeek) && p.is(k, classOf) && p.is(p.after(k), classPart) && !p.plural(i): // مہینے کے آخر
		return value{kind: kindUnit, unit: u, shift: shiftThis}, k
	case p.lex.modLast && p.is(k, classShift):
		if p.plural(i) && (shift(p.val(k)) == shiftComing || shift(p.val(k)) == shiftNext || shift(p.val(k)) == shiftRecent) {
			return p.span(shift(p.val(k)), 0, u, p.after(k))
		}
		if u == unitDay || u == unitHour || u == unitMinute {
			return value{}, 0
		}
		return value{kind: kindUnit, unit: u, shift: shift(p.val(k))}, p.after(k)
	case (u == unitWeek || u == unitWeekend) && afterNext:
		return value{kind: kindUnit, unit: u, shift: shiftNext, off: 1, offUnit: unitWeek}, k + 2
	}
	return value{}, 0
}

// outlived reads "before the month is out", whose unit begins at i and is the
// one that runs.
func (p *parser) outlived(i int) (value, int) {
	if i >= p.sent.To || p.class(i) != classUnit || p.plural(i) {
		return value{}, 0
	}
	k := p.after(i)
	if k+1 >= p.sent.To || p.tokens[k].Norm != "is" || p.tokens[k+1].Gap != text.Space {
		return value{}, 0
	}
	if w := p.tokens[k+1].Norm; w != "out" && w != "over" && w != "up" {
		return value{}, 0
	}
	switch u := unit(p.val(i)); u {
	case unitWeek, unitMonths, unitYear:
		return value{kind: kindUnit, unit: u, shift: shiftThis, part: partEnd}, k + 2
	}
	return value{}, 0
}
