package dates

import "parley/internal/text"

// moreDays reads the further days of "November 24-26", "24 and 25" and leaves
// them in p.more.
func (p *parser) moreDays(v value, k int) int {
	for len(p.more) < 6 {
		conn, j := p.connector(k)
		if conn == classNone {
			break
		}
		j = p.skip(p.again(j), classThe, classOn)
		d, ord, n := p.dayNumber(j)
		if n == 0 || p.class(j) == classNumeral || int(d) > v.cal.daysIn(2024, int(v.month)) || p.clockStarts(j) || d <= int(v.day) && conn != classOr && conn != classFrom {
			break
		}
		if m, _, _ := p.monthAt(n); m > 0 && p.joined(n, soft) { // November 24 to 3 December
			break
		}
		if p.is(n, classOf) {
			if m, _, _ := p.monthAt(p.after(n)); m > 0 {
				break
			}
		}
		if !ord && conn != classTo && !p.closed(n) || p.is(n, classUnit) || p.is(n, classMeridiem) {
			break
		}
		if conn == classFrom { // a comma: only inside a list that goes on
			c2, j2 := p.connector(n)
			if _, _, n2 := p.dayNumber(j2); c2 == classNone || n2 == 0 {
				break
			}
		}
		next := v
		next.day = int8(d)
		p.more = append(p.more, another{next, conn, j, n})
		k = n
	}
	return k
}

// again passes the words of "on 2 and again on 9 December" that stand between "and"
// and the second day.
func (p *parser) again(j int) int {
	if p.joined(j, soft) && p.tokens[j].Norm == "again" {
		return p.skip(j+1, classOn)
	}
	return j
}

// connector reads what joins two days: toWord for ranges, andWord, orWord,
// and fromWord standing for a comma.
func (p *parser) connector(k int) (class, int) {
	if k >= p.sent.To {
		return classNone, k
	}
	gap := p.tokens[k].Gap
	switch c := p.class(k); {
	case gap == text.Slash && c == classDigits && k > p.sent.From && p.class(k-1) == classDigits:
		if m, _, _ := p.monthAt(k + 1); m > 0 && p.joined(k+1, soft) { // 24/25 November
			return classTo, k
		}
		return classNone, k
	case gap&^(comma|text.Dash) != 0:
		return classNone, k
	case c == classTo || c == classThrough || c == classBy && p.opens == classFrom && p.class(k-1) == classDigits:
		return classTo, p.after(k)
	case c == classAnd || c == classOr:
		return c, p.after(k)
	case c == classDigits && p.senses[k].cues&cueAnd != 0:
		return classAnd, k
	case gap&(text.Dash|text.Hyphen) != 0:
		return classTo, k
	case gap&text.Comma != 0 && c == classDigits:
		return classFrom, k
	}
	return classNone, k
}

// another is a further day of a list: "and 26" in "24 and 26 November".
type another struct {
	v           value
	conn        class
	first, last int
}

// list adds the dates of "24, 25 and 26 November", the first of which is it.
func (p *parser) list(it item) int {
	end := it.next
	lastOne := p.more[len(p.more)-1]
	lastOne.v.year = it.a.year
	switch {
	case lastOne.conn == classTo && len(p.more) == 1 && p.opens == classFrom && p.putOff(it.last): // slips from 9 to 24 February
		old := it
		old.last, old.moved = p.more[0].first, true
		for old.last > old.first+1 && p.class(old.last-1) == classTo {
			old.last--
		}
		p.items = append(p.items, old, item{first: lastOne.first, last: it.last, next: it.next, a: lastOne.v})
		p.suffix(&p.items[len(p.items)-1])
		return p.items[len(p.items)-1].next
	case lastOne.conn == classTo:
		it.b, it.ranged = lastOne.v, true
	case lastOne.conn == classAnd && p.run1(it.a):
		it.b, it.ranged = lastOne.v, true
	default:
		first := it
		first.last = p.more[0].first
		for first.last > first.first+1 && (p.class(first.last-1) == classAnd || p.class(first.last-1) == classOr || p.class(first.last-1) == classOn || p.tokens[first.last-1].Norm == "again") {
			first.last--
		}
		p.items = append(p.items, first)
		for i, m := range p.more {
			one := item{first: m.first, last: m.last, next: end, a: m.v, approx: it.approx, link: linkAnd}
			one.a.year = it.a.year
			if lastOne.conn == classOr {
				one.link = linkOr
			}
			if i == len(p.more)-1 {
				one.last = end
				p.suffix(&one)
			}
			p.items = append(p.items, one)
		}
		return p.items[len(p.items)-1].next
	}
	p.suffix(&it)
	p.items = append(p.items, it)
	return it.next
}

// run1 reports whether the days of a list follow each other.
func (p *parser) run1(a value) bool {
	d := a.day
	for _, m := range p.more {
		if m.v.day != d+1 {
			return false
		}
		d = m.v.day
	}
	return true
}
