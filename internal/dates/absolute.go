package dates

import "parley/internal/text"

// number reads a count at i: digits, words, "a", "a couple of". Vague ones
// count 0.
func (p *parser) number(i int) (n, next int) {
	switch p.class(i) {
	case classDigits:
		if p.partOfNumber(i) || p.val(i) < 0 {
			return 0, 0
		}
		return p.val(i), i + 1
	case classNumeral, classArticle:
		n, k := p.val(i), p.after(i)
		if p.class(i) == classArticle && p.is(k, classVague) {
			return p.number(k)
		}
		return n, k
	case classTens:
		n, k := p.val(i), p.after(i)
		if p.is(k, classNumeral) {
			return n + p.val(k), p.after(k)
		}
		return n, k
	case classVague:
		return p.val(i), p.skip(p.after(i), classOf)
	}
	return 0, 0
}

// partOfNumber reports digits that belong to a longer number: 24,000 or 3.5.
func (p *parser) partOfNumber(i int) bool {
	if i+1 < p.sent.To && p.senses[i+1].class == classDigits && p.tokens[i+1].Gap&text.Space == 0 && p.tokens[i+1].Gap&(text.Comma|text.Dot|text.Colon) != 0 {
		return true
	}
	return i > p.sent.From && p.senses[i-1].class == classDigits && p.tokens[i].Gap&text.Space == 0 && p.tokens[i].Gap&(text.Comma|text.Dot|text.Colon) != 0
}

// dayNumber reads a day of the month at i. ord tells one written as an
// ordinal: 24th, twenty-fourth.
func (p *parser) dayNumber(i int) (d int, ord bool, next int) {
	switch p.class(i) {
	case classDigits:
		d = p.val(i)
		if p.priced(i) || len(p.tokens[i].Norm) > 2 && p.senses[i].cues&cueAnd == 0 || p.partOfNumber(i) {
			return 0, false, 0
		}
		next = i + 1
		if next < p.sent.To && p.senses[next].class == classOrdSuffix && p.tokens[next].Gap&^(text.Dot|text.Hyphen) == 0 {
			ord = true
			next++
		}
	case classOrdinal:
		d, ord, next = p.val(i), true, p.after(i)
	case classNumeral:
		d, next = p.val(i), p.after(i)
	case classTens:
		d, next = p.val(i), p.after(i)
		if p.is(next, classOrdinal) && p.val(next) < 10 {
			d, ord, next = d+p.val(next), true, p.after(next)
		} else if p.is(next, classNumeral) && p.val(next) < 10 {
			d, next = d+p.val(next), p.after(next)
		}
	}
	if d < 1 || d > 31 {
		return 0, false, 0
	}
	return d, ord, next
}

// priced reports digits behind a currency sign.
func (p *parser) priced(i int) bool {
	at := int(p.tokens[i].Start)
	if at > 0 && p.t.Plain[at-1] == ' ' {
		at--
	}
	if at == 0 {
		return false
	}
	switch p.t.Plain[at-1] {
	case '$', '#', '+', '=':
		return true
	}
	return at >= 3 && p.t.Plain[at-3:at] == "€" || at >= 2 && p.t.Plain[at-2:at] == "£"
}

// dayFirst reads "24 November 2026", "24th of November", "24–26 November",
// "24 or 25 November" and a bare "the 24th".
func (p *parser) dayFirst(i int) (value, int) {
	d, ord, k := p.dayNumber(i)
	if k == 0 || p.class(i) == classDigits && p.clockStarts(i) {
		return value{}, 0
	}
	from := len(p.more)
	after := k // behind the first day
	first, firstOrd := d, ord
	lastConn := classNone
	for n := 0; n < 6; n++ {
		j := k
		if n == 0 && ord && p.is(j, classUnit) && p.class(i) == classDigits {
			if v, e := p.nthUnit(d, j, i); e > 0 { // 3rd week of November
				return v, e
			}
		}
		if p.joined(j, soft|text.Slash) && p.class(j) == classUnit && ord && unit(p.val(j)) == unitDay { // the 15th day of June
			j = p.after(j)
		}
		j = p.skip(j, classOf, classThe)
		if p.lex.modLast && firstOrd && p.is(j, classFrom) { // الأول من ديسمبر
			j = p.after(j)
		}
		if m, cal, e := p.monthAt(j); m > 0 && p.joined(j, soft|text.Slash) { // 30 February is read too, and dropped when it is counted out
			if p.barred(e) {
				break
			}
			if (p.class(i) == classNumeral || p.class(i) == classTens) && !firstOrd && p.class(j) == classMonthName && !p.capital(j) {
				break
			}
			v := value{kind: kindDate, cal: cal, month: int8(m), day: int8(first)}
			if y, n := p.yearTail(e, cal); y > 0 {
				v.year, e = int16(y), n
			} else if s, n := p.yearShift(e); n > 0 {
				v.ofYear, e = s, n
			}
			for q := from; q < len(p.more); q++ {
				p.more[q].v.kind, p.more[q].v.cal, p.more[q].v.month, p.more[q].v.year = kindDate, cal, int8(m), v.year
			}
			if lastConn == classTo && len(p.more) > from && p.more[len(p.more)-1].v.day < v.day { // 30 to 2 November
				pm, py := m-1, int(v.year)
				if pm == 0 {
					pm = 12
					py = max(py-1, 0)
				}
				v.month, v.year = int8(pm), int16(py)
			}
			return v, e
		}
		if sv, e := p.thatMonth(j); e > 0 && (ord || p.class(i) == classDigits) && j > k { // the 15th of next month
			sv.day = int8(first)
			p.more = p.more[:from]
			return sv, e
		}
		conn, j := p.connector(k)
		if conn == classNone {
			break
		}
		j = p.skip(p.again(j), classThe)
		dd, o, e := p.dayNumber(j)
		if e == 0 || !p.joined(j, comma|text.Dash) && j > k {
			break
		}
		if conn == classAnd && p.opens == classBetween {
			conn = classTo
		}
		p.more = append(p.more, another{value{day: int8(dd)}, conn, j, e})
		d, ord, k, lastConn = dd, o, e, conn
	}
	p.more = p.more[:from]
	// the 24th, alone
	if firstOrd && p.class(i) == classDigits && p.closed(after) && p.introduced(i) {
		return value{kind: kindDate, day: int8(first)}, after
	}
	return value{}, 0
}

// introduced reports whether "the 24th" at i stands where a date would.
func (p *parser) introduced(i int) bool {
	j := i - 1
	the := false
	for j >= p.sent.From && (p.class(j) == classThe || p.class(j) == classCont) {
		the = true
		j--
	}
	if j < p.sent.From {
		return false
	}
	switch p.class(j) {
	case classOn:
		return the || p.capital(j) || true
	case classBy, classExactBy, classFrom, classTo, classAround, classBetween, classWeekday, classWeekdayShort, classBeginning, classShift, classThrough:
		return true
	case classOf:
		return j > p.sent.From && p.class(j-1) == classUnit
	case classAnd, classOr:
		return the || j > p.sent.From && p.class(j-1) == classOrdSuffix
	}
	return false
}
