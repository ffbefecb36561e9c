package dates

// date counts out a date of which some of year, month and day are said.
func (r resolver) date(v value) (from, to Day, g Granularity) {
	y, m, d := int(v.year), int(v.month), int(v.day)
	switch {
	case m == 0 && d == 0:
		return v.cal.span(y, 1, y, 12, ByRange)
	case m == 0:
		from = r.dayOfMonth(v, d)
		return from, from, ByDay
	}
	if y == 0 {
		if r.anchor == 0 {
			if d == 0 {
				return 0, 0, ByMonth
			}
			return 0, 0, ByDay
		}
		y = r.yearFor(v)
	}
	if d == 0 {
		from, to, g = v.cal.span(y, m, y, m, ByMonth)
		return from, to, g
	}
	from = v.cal.date(y, m, d)
	return from, from, ByDay
}

// span returns the days from the first of one month to the last of another.
func (c calendar) span(y, m, y2, m2 int, g Granularity) (Day, Day, Granularity) {
	return c.date(y, m, 1), c.date(y2, m2, c.daysIn(y2, m2)), g
}

// yearFor picks the year of a month, or of a day of a month, that comes
// without one: by its weekday if that is said, else by direction, else the
// nearest.
func (r resolver) yearFor(v value) int {
	now := v.cal.year(r.anchor)
	switch v.ofYear {
	case shiftThis:
		return now
	case shiftNext, shiftComing:
		return now + 1
	case shiftLast, shiftRecent:
		return now - 1
	case shiftSame, shiftFollowing:
		if r.base != 0 {
			now = v.cal.year(r.base)
		}
		if v.ofYear == shiftFollowing {
			now++
		}
		return now
	}
	switch v.shift {
	case shiftNext, shiftComing, shiftFollowing:
		r.dir = forward
	case shiftLast, shiftRecent:
		r.dir = backward
	case shiftThis:
		return now
	case shiftSame: // in October 2008, after the war of that August
		if r.base != 0 {
			return v.cal.year(r.base)
		}
		return now
	}
	best, bestGap := now, Day(1<<30)
	for y := now - 4; y <= now+4; y++ {
		m, d := int(v.month), int(v.day)
		var from, to Day
		if d == 0 {
			from, to, _ = v.cal.span(y, m, y, m, ByMonth)
		} else {
			from = v.cal.date(y, m, d)
			to = from
		}
		if from == 0 {
			continue
		}
		gap := max(from-r.anchor, r.anchor-to, 0)
		switch {
		case v.weekday != 0 && from.isoDay() == int(v.weekday) && gap < 200 && v.shift == shiftNone: // weekday and date agree: no other year is meant
		case v.weekday != 0 && from.isoDay() != int(v.weekday):
			gap += 400 // worth going to the year beside, no further
		case r.dir == forward && (to < r.anchor-r.slack || v.shift != shiftNone && from <= r.anchor):
			gap += 1000
		case r.dir == backward && (from > r.anchor || v.shift != shiftNone && to >= r.anchor):
			gap += 1000
		}
		if gap < bestGap {
			best, bestGap = y, gap
		}
	}
	return best
}

// dayOfMonth returns the nearest "24th" in the direction asked for.
func (r resolver) dayOfMonth(v value, d int) Day {
	if r.anchor == 0 {
		return 0
	}
	y, m, today := r.anchor.Date()
	step := 1
	if r.dir == backward {
		step = -1
	}
	if r.dir == forward && d < today || r.dir == backward && d > today || r.dir == unclear && today-d > 15 {
		y, m = addMonths(y, m, step)
	}
	for range 24 {
		if x := MakeDay(y, m, d); x != 0 && (v.weekday == 0 || x.isoDay() == int(v.weekday)) {
			return x
		}
		y, m = addMonths(y, m, step)
	}
	return 0
}

// season counts out seasons, quarters and halves of a year. Winter begins in
// the December of its year.
func (r resolver) season(v value) (from, to Day, g Granularity) {
	first, length := int(v.month), 3
	switch v.kind {
	case kindQuarter:
		first = int(v.n)*3 - 2
	case kindHalf:
		first, length = int(v.n)*6-5, 6
	}
	at := func(y int) (Day, Day) {
		f := MakeDay(y, first, 1)
		return f, f.plusMonths(length) - 1
	}
	y := int(v.year)
	if y != 0 {
		from, to = at(y)
		return from, to, ByRange
	}
	now, _, _ := r.anchor.Date()
	switch v.shift {
	case shiftThis, shiftSame:
		y = now
	case shiftNext, shiftComing, shiftFollowing:
		for y = now - 1; ; y++ {
			if from, _ = at(y); from > r.anchor {
				break
			}
		}
		if v.kind != kindSeason {
			y = now + 1
		}
	case shiftLast, shiftRecent:
		for y = now + 1; ; y-- {
			if _, to = at(y); to < r.anchor {
				break
			}
		}
		if v.kind != kindSeason {
			y = now - 1
		}
	default:
		gap := Day(1 << 30)
		for k := now - 1; k <= now+1; k++ {
			f, t := at(k)
			g := max(f-r.anchor, r.anchor-t, 0)
			if r.dir == forward && t < r.anchor || r.dir == backward && f > r.anchor {
				g += 1000
			}
			if g < gap {
				y, gap = k, g
			}
		}
	}
	from, to = at(y)
	return from, to, ByRange
}
