package dates

import "parley/internal/text"

// numeric reads dates of numbers alone: 2026-11-24, 24/11/2026, 03.06.2026,
// 3/8, 1405/09/03.
func (p *parser) numeric(i int) (value, int) {
	if i+1 >= p.sent.To {
		return value{}, 0
	}
	mark := p.tokens[i+1].Gap
	switch mark {
	case text.Slash, text.Dot, text.Hyphen:
	default:
		return value{}, 0
	}
	if i > p.sent.From && p.class(i-1) == classDigits && p.tokens[i].Gap == mark && mark != text.Hyphen || p.class(i+1) != classDigits {
		return value{}, 0
	}
	if p.tokens[i].Gap == text.Hyphen && mark == text.Hyphen && i > p.sent.From && p.class(i-1) == classDigits || p.priced(i) { // 133-03-03-2020
		return value{}, 0
	}
	a, b := p.val(i), p.val(i+1)
	la, lb := len(p.tokens[i].Norm), len(p.tokens[i+1].Norm)
	if i+2 < p.sent.To && p.tokens[i+2].Gap == mark && p.class(i+2) == classDigits {
		c, lc := p.val(i+2), len(p.tokens[i+2].Norm)
		if i+3 < p.sent.To && p.tokens[i+3].Gap == mark && p.class(i+3) == classDigits && mark != text.Hyphen {
			return value{}, 0 // an address, a version
		}
		v, ok := p.threeNumbers(a, la, b, lb, c, lc, mark)
		if ok {
			return v, i + 3
		}
		return value{}, 0
	}
	if i+2 < p.sent.To && p.tokens[i+2].Gap&text.Space == 0 && p.class(i+2) == classDigits && p.tokens[i+2].Gap != text.Hyphen {
		return value{}, 0
	}
	if mark == text.Hyphen && (la == 4 && lb == 2 || la == 2 && lb == 4) && !p.joined(i+2, text.Hyphen) && p.governed(i) { // 2026-11
		if la == 2 {
			a, b = b, a
		}
		if a >= 1900 && a < 2200 && b >= 1 && b <= 12 {
			return value{kind: kindDate, year: int16(a), month: int8(b)}, i + 2
		}
	}
	if mark == text.Slash {
		if m, _, _ := p.monthAt(i + 2); m > 0 && p.joined(i+2, soft) { // 24/25 November
			return value{}, 0
		}
	}
	if la > 2 || lb > 2 || mark == text.Hyphen && !p.besideWeekday(i) || mark == text.Dot && !p.besideWeekday(i) || !p.besideWeekday(i) && !p.datesExpected(i) {
		return value{}, 0
	}
	if y, k := p.yearTail(i+2, gregorian); y > 0 {
		return p.dayAndMonth(a, b, y, mark), k
	}
	return p.dayAndMonth(a, b, 0, mark), i + 2
}

// threeNumbers reads a, b and c, whose digits are la, lb and lc.
func (p *parser) threeNumbers(a, la, b, lb, c, lc int, mark text.Gap) (value, bool) {
	switch {
	case la == 4 && lb <= 2 && lc <= 2:
		cal := gregorian
		switch {
		case a >= 1300 && a < 1500:
			cal = solar
			if p.lex.language == "ar" || p.lex.language == "ur" || p.lex.language == "en" && a >= 1440 {
				cal = lunar
			}
		case a < 1500 || a > 2199:
			return value{}, false
		}
		if cal.date(a, b, c) == 0 {
			return value{}, false
		}
		return value{kind: kindDate, cal: cal, year: int16(a), month: int8(b), day: int8(c)}, true
	case la > 2 || lb > 2:
		return value{}, false
	case lc == 4 && (c < 1500 || c > 2199), lc == 3, lc == 1, lc > 4:
		return value{}, false
	case lc == 2:
		if mark == text.Hyphen {
			return value{}, false // a score, a code
		}
		if c += 2000; p.anchor != 0 {
			if y, _, _ := p.anchor.Date(); c > y+20 {
				c -= 100
			}
		}
	}
	v := p.dayAndMonth(a, b, c, mark)
	return v, v.kind != kindNone
}

// dayAndMonth decides which of two numbers is the month.
func (p *parser) dayAndMonth(a, b, y int, mark text.Gap) value {
	m, d := b, a
	if p.lex.monthFirst && !p.opt.DayFirst && mark != text.Dot {
		m, d = a, b
	}
	if p.lex.monthFirst && !p.opt.DayFirst && mark == text.Dot && y == 0 {
		m, d = a, b
	}
	if m > 12 {
		m, d = d, m
	}
	check := y
	if y == 0 {
		check = 2024
	}
	if MakeDay(check, m, d) == 0 {
		return value{}
	}
	return value{kind: kindDate, year: int16(y), month: int8(m), day: int8(d)}
}

// besideWeekday reports whether a weekday stands right before i.
func (p *parser) besideWeekday(i int) bool {
	return i > p.sent.From && (p.class(i-1) == classWeekday || p.class(i-1) == classWeekdayShort)
}

// datesExpected reports whether the word before i leads one to expect a date,
// so that 3/8 is none of the fractions, scores and names like 24/7 and 9/11.
func (p *parser) datesExpected(i int) bool {
	if p.is(i+2, classOf) {
		return false
	}
	switch p.class(i - 1) {
	case classOn, classBy, classExactBy, classAfter, classFrom, classBetween, classTo, classThrough, classBeginning, classAround, classShift:
	case classAnd, classOr:
		return i-2 >= p.sent.From && p.class(i-2) == classDigits && p.tokens[i-2].Gap == text.Slash
	case classDigits:
		return p.tokens[i].Gap&(text.Dash|text.Hyphen) != 0 && p.tokens[i-1].Gap == text.Slash
	default:
		if p.joined(i+2, dash) && p.class(i+2) == classDigits && p.tokens[i+2].Gap&(text.Dash|text.Hyphen) != 0 && p.joined(i+3, text.Slash) && p.class(i+3) == classDigits && p.joined(i+4, text.Slash) {
			return true // 10/1-11/2/2026
		}
		return false
	}
	switch a, b := p.val(i), p.val(i+1); {
	case a == 24 && b == 7, a == 9 && b == 11, a == 50 && b == 50:
		return false
	}
	return true
}
