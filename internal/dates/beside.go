package dates

import "parley/internal/text"

// sideOf reports 1 for "after" at k and -1 for "before", which place a day or a
// week beside the day named behind them.
func (p *parser) sideOf(k int) int {
	switch c := p.class(k); {
	case c == classAfter && p.val(k) > 0:
		return 1
	case c == classBy && p.val(k) == 1:
		return -1
	}
	return 0
}

// beside reads the feast or day of a month at k, the one n units from which is
// meant: "the day after Christmas", "the eve of Nowruz", "the week before Easter".
func (p *parser) beside(k int, u unit, n int) (value, int) {
	k = p.skip(k, classOf, classThe)
	if !p.joined(k, soft) {
		return value{}, 0
	}
	switch p.class(k) {
	case classHoliday, classHolidayName, classDigits, classMonth, classMonthShort, classMonthName, classOrdinal:
	default:
		return value{}, 0
	}
	mark := len(p.more)
	v, e := p.point(k)
	p.more = p.more[:mark]
	if e == 0 || v.off != 0 || p.possessive(e) || v.kind != kindHoliday && (v.kind != kindDate || v.day == 0) {
		return value{}, 0
	}
	switch u {
	case unitDay:
		v.off, v.offUnit = int16(n), u
	default: // the calendar week beside that of the day
		if v.weekOf {
			return value{}, 0
		}
		v.weekOf, v.unit, v.plus = true, u, int8(n)
	}
	return v, e
}

// dayBeside reads the feast of "the Monday after Easter" behind the weekday that
// ends before k.
func (p *parser) dayBeside(k, weekday int) (value, int) {
	n := p.sideOf(k)
	if n == 0 || !p.joined(k, soft) {
		return value{}, 0
	}
	j := p.skip(p.after(k), classThe)
	if c := p.class(j); !p.joined(j, soft) || c != classHoliday && c != classHolidayName {
		return value{}, 0
	}
	v, e := p.holiday(j)
	if e == 0 || v.kind != kindHoliday || v.weekOf || p.possessive(e) {
		return value{}, 0
	}
	v.weekday, v.plus = int8(weekday), int8(n)
	return v, e
}

// explains reports a date that only says when the feast before it is: "before
// Ramadan, which begins on 18 February". Where the two lie close, the feast, m, takes
// that day: the moon may be seen a day sooner or later than reckoned.
func (p *parser) explains(a, b *item, m *Mention) bool {
	if a.a.kind != kindHoliday && !(a.a.kind == kindDate && a.a.cal == lunar && a.a.day == 0) || a.a.off != 0 || b.first-a.next > 5 || b.first == a.next ||
		p.tokens[a.next].Gap&(text.Comma|text.Paren|text.Dash) == 0 {
		return false
	}
	told := false
	for k := a.next; k < b.first; k++ {
		if k > a.next && p.tokens[k].Gap&^text.Space != 0 {
			return false
		}
		told = told || p.lex.begins[p.tokens[k].Norm]
	}
	if !told || b.a.kind != kindDate || b.a.day == 0 || b.ranged {
		return false
	}
	r := resolver{anchor: p.anchor, lex: p.lex}
	at, _, _ := r.resolve(&b.a)
	if at == 0 || m.From == 0 {
		return true
	}
	switch {
	case m.Granularity == Deadline && at >= m.To-3 && at <= m.To+3:
		m.To = at
	case m.Granularity != Deadline && m.To-m.From < 3 && at >= m.From-3 && at <= m.To+3:
		m.From, m.To, m.Granularity = at, at, ByDay
	}
	return true
}

// restates reports a day that is told again in another calendar: "22 November 2026,
// corresponding to 12 Jumada al-Thani".
func (p *parser) restates(a, b *item, m *Mention) bool {
	if a.a.kind != kindDate || b.a.kind != kindDate || a.a.cal == b.a.cal || a.a.day == 0 || b.a.day == 0 || b.ranged || a.ranged || b.first-a.next > 3 || m.From == 0 {
		return false
	}
	r := resolver{anchor: m.From, lex: p.lex}
	at, _, _ := r.resolve(&b.a)
	return at != 0 && at >= m.From-1 && at <= m.From+1
}

// nextTo returns the first such weekday behind to, or the last before from.
func nextTo(from, to Day, weekday, n int) Day {
	if n > 0 {
		return to + 1 + Day((weekday-(to+1).isoDay()+7)%7)
	}
	return from - 1 - Day(((from-1).isoDay()-weekday+7)%7)
}
