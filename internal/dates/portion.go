package dates

// nthOf returns the nth day, week or month of a period, or the first or last
// few. A week belongs to the period that has its Thursday.
func nthOf(from, to Day, v *value) (Day, Day, Granularity) {
	n, count := int(v.nth), max(int(v.count), 1)
	g := unitGranularity(v.nthUnit)
	if count > 1 {
		g = ByRange
	}
	if v.weekday != 0 {
		d := from + Day((int(v.weekday)-from.isoDay()+7)%7+7*(n-1))
		if d > to {
			return 0, 0, ByDay
		}
		return d, d, ByDay
	}
	switch v.nthUnit {
	case unitWeek:
		a := from.monday()
		if from-a > 3 {
			a += 7
		}
		a += Day(7 * (n - 1))
		if n < 0 {
			a = to.monday()
			if to-a < 3 {
				a -= 7
			}
			a -= Day(7 * (count - 1))
		}
		return a, a + Day(7*count-1), g
	case unitMonths:
		y, m, _ := from.Date()
		y, m = addMonths(y, m, n-1)
		a := MakeDay(y, m, 1)
		if n < 0 {
			a = (to + 1).plusMonths(-count)
		}
		return a, a.plusMonths(count) - 1, g
	}
	if n < 0 {
		return max(to-Day(count-1), from), to, g
	}
	a := from + Day(n-1)
	return a, min(a+Day(count-1), to), g
}

// portion narrows a week, month or longer down to its early, middle or late
// part.
func (r *resolver) portion(v *value, from, to Day, g Granularity) (Day, Day, Granularity) {
	n := to - from + 1
	if n == 1 {
		return from, to, g
	}
	switch v.part {
	case partLater:
		if r.anchor != 0 && from <= r.anchor && r.anchor < to {
			from = r.anchor + 1
		}
		return from, to, ByRange
	case partRest:
		if r.anchor != 0 && from < r.anchor && r.anchor <= to {
			from = r.anchor
		}
		return from, to, ByRange
	case partEarlier:
		if r.anchor != 0 && from < r.anchor && r.anchor <= to {
			to = r.anchor - 1
		} else if from == r.anchor {
			to = from
		}
		return from, to, ByRange
	}
	type cut struct{ a, b Day }
	var c cut
	switch {
	case v.part == partFirstHalf || v.part == partSecondHalf:
		half := n / 2
		switch {
		case n >= 28 && n <= 31: // of a month, the 1st to the 15th
			half = 15
		case n > 31:
			half = from.plusMonths((int(n)+15)/60) - from
		}
		if v.part == partFirstHalf {
			c = cut{0, half - 1}
		} else {
			c = cut{half, n - 1}
		}

	case n == 7:
		switch v.part {
		case partEarly, partStart:
			c = cut{0, 2}
		case partMid:
			c = cut{1, 3}
		case partLate:
			c = cut{3, 6}
		case partEnd:
			c = cut{4, 6}
		}
	case n <= 31:
		switch v.part {
		case partEarly, partStart:
			c = cut{0, 9}
		case partMid:
			c = cut{10, 19}
		default:
			c = cut{20, n - 1}
		}
	default:
		y, m, _ := from.Date()
		k := (int(n) + 15) / 30 // months
		at := func(i int) Day {
			yy, mm := addMonths(y, m, i)
			return MakeDay(yy, mm, 1) - from
		}
		switch v.part {
		case partEarly, partStart:
			c = cut{0, at(max(k/3, 1)) - 1}
		case partMid:
			c = cut{at(max(k/3, 1)), at(max(2*k/3, 2)) - 1}
		default:
			c = cut{at(max(2*k/3, 1)), n - 1}
		}
	}
	return from + c.a, from + c.b, ByRange
}
