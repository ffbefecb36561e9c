package dates

import "parley/internal/text"

// clockStarts reports whether the digits at i begin a time of day rather than
// a day: 11:00, 3 p.m., 0900 GMT.
func (p *parser) clockStarts(i int) bool {
	_, k := p.clockAt(i)
	return k > i
}

// clockAt reads a time of day at i.
func (p *parser) clockAt(i int) (Clock, int) {
	if p.class(i) == classDaytime && p.val(i) == 12 { // noon
		return Clock{Set: true, Hour: 12}, p.after(i)
	}
	if p.class(i) != classDigits || p.val(i) < 0 {
		return Clock{}, 0
	}
	c := Clock{Set: true}
	n := len(p.tokens[i].Norm)
	v, k := p.val(i), i+1
	told := false
	switch {
	case n <= 2:
		c.Hour = v
		if k < p.sent.To && p.senses[k].class == classDigits && len(p.tokens[k].Norm) == 2 && (p.tokens[k].Gap == text.Colon || p.tokens[k].Gap == text.Dot) {
			c.Minute = p.val(k)
			told = p.tokens[k].Gap == text.Colon
			if k+1 < p.sent.To && p.tokens[k+1].Gap == p.tokens[k].Gap && p.senses[k+1].class == classDigits && !told {
				return Clock{}, 0
			}
			k++
		} else if k < p.sent.To && p.tokens[k].Norm == "h" && p.tokens[k].Gap&^text.Space == 0 { // 14h
			told = true
			k++
		} else if k < p.sent.To && p.tokens[k].Gap == 0 && len(p.tokens[k].Norm) == 3 && p.tokens[k].Norm[0] == 'h' {
			if m := number(p.tokens[k].Norm[1:]); m.val >= 0 { // 14h30
				c.Minute, told = int(m.val), true
				k++
			}
		}
	case n == 4:
		c.Hour, c.Minute = v/100, v%100
	default:
		return Clock{}, 0
	}
	if m, e, ok := p.meridiem(k); ok {
		if n == 4 || c.Hour > 12 {
			return Clock{}, 0
		}
		if m == 12 && c.Hour < 12 {
			c.Hour += 12
		} else if m == 0 && c.Hour == 12 {
			c.Hour = 0
		}
		told, k = true, e
	} else if p.is(k, classOclock) {
		told, k = true, p.after(k)
	}
	if z := p.zone(k); z > k {
		c.Zone = p.t.Plain[p.tokens[k].Start:p.tokens[z-1].End]
		told, k = told || n == 4 || n <= 2, z
	}
	if !told || c.Hour > 23 || c.Minute > 59 {
		return Clock{}, 0
	}
	return c, k
}

// meridiem reads am or pm, also as "p.m.".
func (p *parser) meridiem(k int) (int, int, bool) {
	if k >= p.sent.To || p.tokens[k].Gap&^(text.Space|text.Dot) != 0 {
		return 0, 0, false
	}
	if p.senses[k].class == classMeridiem {
		return p.val(k), p.after(k), true
	}
	if w := p.tokens[k].Norm; (w == "a" || w == "p") && k+1 < p.sent.To && p.tokens[k+1].Norm == "m" && p.tokens[k+1].Gap == text.Dot {
		if w == "p" {
			return 12, k + 2, true
		}
		return 0, k + 2, true
	}
	return 0, 0, false
}

func (p *parser) zone(k int) int {
	if p.joined(k, soft|text.Paren) && p.senses[k].class == classZone {
		k = p.after(k)
		if p.joined(k, soft|text.Paren) && p.tokens[k].Norm == "time" {
			k++
		}
	}
	return k
}

// clockBehind reads a time of day behind a date: "Tuesday at 11:00 local time".
func (p *parser) clockBehind(k int) (Clock, int) {
	if !p.joined(k, comma|text.Paren) {
		return Clock{}, 0
	}
	j := k
	switch p.class(j) {
	case classOn, classTo, classFrom, classAround, classBy:
		j = p.skip(p.after(j), classAround)
	}
	marked := p.class(j) == classHourMark || p.class(j) == classUnit && unit(p.val(j)) == unitHour
	if marked { // a las 11:00, ساعت ۱۱:۰۰
		j = p.after(j)
	}
	if !p.joined(j, comma|text.Paren) {
		return Clock{}, 0
	}
	if c, e := p.clockAt(j); e > j {
		return c, e
	}
	// 14 horas, 9 heures
	if h := p.val(j); j > k && p.class(j) == classDigits && len(p.tokens[j].Norm) <= 2 && h >= 0 && h < 24 {
		if e := j + 1; p.is(e, classUnit) && unit(p.val(e)) == unitHour {
			return Clock{Set: true, Hour: h}, p.after(e)
		} else if marked {
			return Clock{Set: true, Hour: h}, e
		}
	}
	return Clock{}, 0
}

// clockBefore reads one that ends right before a date: "3 p.m. on Tuesday".
func (p *parser) clockBefore(i int) (Clock, bool) {
	j := i
	if j > p.sent.From && p.class(j-1) == classOn {
		j--
	}
	for from := max(p.sent.From, j-6); from < j; from++ {
		if p.class(from) == classDaytime {
			if c, e := p.clockAt(from); e == j {
				return c, true
			}
		}
		if p.class(from) == classDigits && (from == p.sent.From || p.class(from-1) != classDigits || p.tokens[from].Gap&text.Space != 0) {
			if c, e := p.clockAt(from); e == j {
				return c, true
			}
		}
	}
	return Clock{}, false
}
