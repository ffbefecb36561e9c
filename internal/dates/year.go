package dates

import "parley/internal/text"

// year returns the year that the four digits at i name, or 0.
func (p *parser) year(i int) int {
	if p.class(i) != classDigits || len(p.tokens[i].Norm) != 4 || p.partOfNumber(i) {
		return 0
	}
	if y := p.val(i); y >= 1300 && y <= 2199 && !p.priced(i) {
		return y
	}
	return 0
}

// yearTail reads a year behind a date: ", 2026", "of 2026", "2026".
func (p *parser) yearTail(k int, cal calendar) (y, next int) {
	j := k
	if p.joined(j, soft) && (p.class(j) == classOf || p.class(j) == classIn) {
		j = p.after(j)
	}
	if j >= p.sent.To || p.tokens[j].Gap&^(comma|text.Slash) != 0 {
		return 0, k
	}
	if y = p.year(j); y == 0 || p.clockLike(j) {
		if s, e := p.spelledYear(j); s > 0 && cal == gregorian {
			return s, e
		}
		return 0, k
	}
	switch cal {
	case gregorian:
		if y < 1500 {
			return 0, k
		}
	default:
		if y > 1500 {
			return 0, k
		}
	}
	j++
	if p.lex.bareUnits && p.is(j, classUnit) && unit(p.val(j)) == unitYear { // 2026 года
		j = p.after(j)
	}
	return y, j
}

// spelledYear reads "nineteen eighty-six", "two thousand and fifteen".
func (p *parser) spelledYear(i int) (y, next int) {
	if p.class(i) != classNumeral && p.class(i) != classTens {
		return 0, 0
	}
	y, k := p.val(i), i+1
	switch {
	case y == 2 && p.is(k, classNumeral) && p.val(k) == 1000:
		y, k = 2000, k+1
		j := p.skip(k, classAnd)
		if n, e := p.number(j); p.joined(j, soft) && p.class(j) != classDigits && e > 0 && n > 0 && n < 100 {
			return y + n, e
		}
		return y, k
	case y >= 17 && y <= 20:
		y *= 100
		if p.is(k, classNumeral) && p.val(k) == 100 {
			k++
		}
		j := p.skip(k, classAnd)
		if n, e := p.number(j); p.joined(j, soft) && p.class(j) != classDigits && e > 0 && n >= 10 && n < 100 {
			return y + n, e
		}
	}
	return 0, 0
}

// clockLike reports four digits that a zone turns into a time: 1900 GMT.
func (p *parser) clockLike(i int) bool {
	return p.is(i+1, classZone) || p.is(i+1, classMeridiem)
}

// yearShift reads "next year", "this year", "of that year" behind a month.
func (p *parser) yearShift(k int) (shift, int) {
	j := p.skip(k, classOf)
	if p.is(j, classShift) && p.is(p.after(j), classUnit) && unit(p.val(p.after(j))) == unitYear && !p.plural(p.after(j)) {
		return shift(p.val(j)), p.after(p.after(j))
	}
	if p.lex.modLast && p.is(j, classUnit) && unit(p.val(j)) == unitYear && p.is(p.after(j), classShift) {
		return shift(p.val(p.after(j))), p.after(p.after(j))
	}
	return shiftNone, 0
}

// yearAlone reads a year that a preposition introduces.
func (p *parser) yearAlone(i int) (value, int) {
	y, k := p.year(i), i+1
	if y < 1800 || y > 2150 {
		if y, k = p.spelledYear(i); y == 0 {
			return value{}, 0
		}
	}
	if k < p.sent.To && p.tokens[k].Gap == 0 && p.tokens[k].Norm == "s" {
		return value{kind: kindDecade, year: int16(y)}, k + 1
	}
	if k == i+1 && p.joined(k, text.Hyphen) && p.tokens[k].Gap&text.Hyphen != 0 && p.class(k) == classDigits && i > p.sent.From && p.class(i-1) == classDigits && p.tokens[i].Gap&text.Hyphen != 0 {
		return value{}, 0 // 2010-2015-86
	}
	if p.yearsTo(k) && !p.clockLike(i) && p.tokens[i].Gap&text.Hyphen == 0 {
		return value{kind: kindDate, year: int16(y)}, k
	}
	if i == p.sent.From || p.tokens[i].Gap&^(soft|text.Dash) != 0 || p.clockLike(i) {
		return value{}, 0
	}
	switch p.class(p.head(i)) {
	case classIn, classBy, classAfter, classFrom, classBetween, classOf, classPart, classTo, classThrough, classAround, classWithin, classExactBy:
	case classThe, classAnd, classDigits:
		if !(p.class(i-1) == classAnd && i-2 >= p.sent.From && p.year(i-2) > 0) &&
			!(p.class(i-1) == classDigits && p.year(i-1) > 0 && (p.tokens[i].Gap&(text.Hyphen|text.Dash) != 0 || p.tokens[i].Gap == 0) && (i-1 == p.sent.From || p.tokens[i-1].Gap&text.Hyphen == 0)) {
			return value{}, 0
		}
	default:
		return value{}, 0
	}
	if !p.closed(k) && p.class(i-1) != classPart || p.is(k, classUnit) || p.is(k, classVague) {
		return value{}, 0
	}
	return value{kind: kindDate, year: int16(y)}, k
}

// yearsTo reports whether another year follows as the end of a period:
// 2014-2018, 2014 to 2018.
func (p *parser) yearsTo(k int) bool {
	if !p.joined(k, dash) {
		return false
	}
	if p.class(k) == classTo || p.class(k) == classThrough {
		return p.is(k+1, classDigits) && p.year(k+1) > 0
	}
	return (p.tokens[k].Gap&(text.Dash|text.Hyphen) != 0 || p.tokens[k].Gap == 0) && p.year(k) > 0 && !p.joined(k+1, text.Hyphen)
}

// yearFirst reads "1405 Azar 3", "2026 November 24" and "2026 November".
func (p *parser) yearFirst(i int) (value, int) {
	y := p.year(i)
	if y == 0 || i+1 >= p.sent.To || p.tokens[i+1].Gap&^(comma|text.Slash) != 0 {
		return value{}, 0
	}
	j := i + 1
	var d int
	if p.class(j) == classDigits && p.tokens[j].Gap&(text.Hyphen|text.Slash) != 0 { // 2020/23/Sep
		if dd, _, n := p.dayNumber(j); n > 0 && p.joined(n, text.Hyphen|text.Slash) {
			d, j = dd, n
		}
	}
	m, cal, k := p.monthAt(j)
	if m == 0 || (cal == gregorian) != (y > 1500) || p.tokens[j].Gap&text.Comma != 0 {
		if p.class(j) == classQuarter {
			return value{kind: kindQuarter, n: p.senses[j].val, year: int16(y)}, p.after(j)
		}
		if p.class(j) == classHalf && p.tokens[j].Flags&text.Capital != 0 {
			return value{kind: kindHalf, n: p.senses[j].val, year: int16(y)}, p.after(j)
		}
		return value{}, 0
	}
	v := value{kind: kindDate, cal: cal, year: int16(y), month: int8(m), day: int8(d)}
	if d == 0 && p.joined(k, comma|text.Slash) {
		if d, _, n := p.dayNumber(k); n > 0 && !p.clockStarts(k) && d <= cal.daysIn(2024, m) {
			v.day = int8(d)
			return v, n
		}
	}
	return v, k
}

// yearNamed reads "year 2026", "year of 2026".
func (p *parser) yearNamed(i int) (value, int) {
	if unit(p.val(i)) != unitYear || p.plural(i) {
		return value{}, 0
	}
	j := p.skip(p.after(i), classOf)
	if p.is(j, classDigits) {
		if y := p.year(j); y > 0 {
			return value{kind: kindDate, year: int16(y)}, j + 1
		}
	}
	return value{}, 0
}
