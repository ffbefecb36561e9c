package dates

// A direction says which way a date without year or week counts.
type direction int8

const (
	backward direction = -1
	unclear  direction = 0
	forward  direction = 1
)

// A resolver counts values out from the day of publication.
type resolver struct {
	anchor Day
	base   Day // of the date before this one in the text, for "the following day"; none at first
	dir    direction
	slack  Day // how far behind a day of the year may lie all the same when counting forward
	lex    *lexicon
}

// resolve returns the first and last day of v; no days where v needs an anchor
// and none is known, or where there is no such day.
func (r *resolver) resolve(v *value) (from, to Day, g Granularity) {
	from, to, g = r.count(v)
	if from <= 0 || to < from || to > lastDay { // centuries beyond the calendar
		return 0, 0, g
	}
	return from, to, g
}

const lastDay Day = 3652059 // 31 December 9999

func (r *resolver) count(v *value) (from, to Day, g Granularity) {
	from, to, g = r.whole(v)
	if from == 0 {
		return 0, 0, g
	}
	if v.nth != 0 {
		from, to, g = nthOf(from, to, v)
	}
	if v.off != 0 && from > 0 && to <= lastDay {
		from = shifted(from, int(v.off), v.offUnit)
		to = shifted(to, int(v.off), v.offUnit)
	}
	if v.kind == kindHoliday && v.weekday != 0 && v.plus != 0 { // the Monday after Easter
		from = nextTo(from, to, int(v.weekday), int(v.plus))
		return from, from, ByDay
	}
	if v.plus != 0 {
		from, to = from+7*Day(v.plus), to+7*Day(v.plus)
	}
	if v.weekOf {
		if v.unit == unitWeekend {
			saturday := from.monday() + 5
			if from.isoDay() == 1 { // Labor Day ends its weekend
				saturday -= 7
			}
			if v.kind == kindHoliday && from.isoDay() != 2 && from.isoDay() != 3 { // one of Tuesday or Wednesday has it apart
				return min(saturday, from), max(saturday+1, to), ByRange
			}
			return saturday, saturday + 1, ByRange
		}
		from = from.monday()
		to, g = from+6, ByWeek
	}
	if v.part != partNone && from > 0 && to <= lastDay {
		from, to, g = r.portion(v, from, to, g)
	}
	return from, to, g
}

func (r *resolver) whole(v *value) (from, to Day, g Granularity) {
	switch v.kind {
	case kindDate:
		return r.date(v)
	case kindDecade:
		y := int(v.year)
		return MakeDay(y, 1, 1), MakeDay(y+9, 12, 31), ByRange
	case kindHoliday:
		return r.feast(v)
	}
	if r.anchor == 0 {
		return r.unanchored(v)
	}
	switch v.kind {
	case kindWeekday:
		d := r.weekday(v)
		return d, d, ByDay
	case kindDays:
		d := r.anchor + Day(v.n)
		if v.either && r.dir == backward {
			d = r.anchor - Day(v.n)
		}
		return d, d, ByDay
	case kindNight:
		if r.dir == forward {
			return r.anchor, r.anchor + 1, ByRange
		}
		return r.anchor - 1, r.anchor, ByRange
	case kindUnit:
		return r.unit(v)
	case kindSpan:
		return r.span(v)
	case kindAway:
		d := r.anchor
		if v.told {
			if d = r.base; d == 0 {
				return 0, 0, ByDay
			}
		}
		d = shifted(d, int(v.n), v.unit)
		return d, d, ByDay
	case kindSeason, kindQuarter, kindHalf:
		return r.season(v)
	}
	return 0, 0, ByDay
}

// unanchored returns what can be known of v without a day of publication: the
// granularity and, where a year is said, the days.
func (r *resolver) unanchored(v *value) (from, to Day, g Granularity) {
	g = ByDay
	switch v.kind {
	case kindUnit:
		g = unitGranularity(v.unit)
	case kindSpan, kindNight:
		g = ByRange
	case kindSeason, kindQuarter, kindHalf:
		g = ByRange
		if v.year != 0 {
			return r.season(v)
		}
	}
	return 0, 0, g
}

func unitGranularity(u unit) Granularity {
	switch u {
	case unitDay:
		return ByDay
	case unitWeek:
		return ByWeek
	case unitMonths:
		return ByMonth
	}
	return ByRange
}

func (r *resolver) weekday(v *value) Day {
	a := r.anchor
	wd := int(v.weekday)
	of := func(weeks int) Day { return a.monday() + Day(7*weeks+wd-1) }
	s := v.shift
	if v.week != shiftNone {
		s = v.week
		if s == shiftComing || s == shiftFollowing {
			s = shiftNext
		}
		if s == shiftRecent {
			s = shiftLast
		}
	}
	switch s {
	case shiftThis, shiftSame:
		d := of(0)
		if v.week == shiftNone && r.dir == forward && d < a {
			d += 7
		}
		if v.week == shiftNone && r.dir == backward && d > a {
			d -= 7
		}
		return d
	case shiftNext:
		return of(1)
	case shiftLast:
		return of(-1)
	case shiftComing:
		return a + 1 + Day((wd-(a+1).isoDay()+7)%7)
	case shiftRecent:
		return a - 1 - Day(((a-1).isoDay()-wd+7)%7)
	case shiftFollowing:
		if r.base != 0 {
			return r.base + 1 + Day((wd-(r.base+1).isoDay()+7)%7)
		}
		return of(1)
	}
	if r.dir == backward && v.plus == 0 {
		return a - Day((a.isoDay()-wd+7)%7)
	}
	return a + Day((wd-a.isoDay()+7)%7)
}

func (r *resolver) unit(v *value) (from, to Day, g Granularity) {
	a := r.anchor
	n := 0
	switch v.shift {
	case shiftNext, shiftComing:
		n = 1
	case shiftFollowing:
		n = 1
		if r.base != 0 {
			a = r.base
		}
	case shiftLast, shiftRecent:
		n = -1
	case shiftSame:
		if r.base != 0 {
			a = r.base
		}
	}
	g = unitGranularity(v.unit)
	y, m, _ := a.Date()
	switch v.unit {
	case unitDay:
		if r.base == 0 && v.shift != shiftThis {
			return 0, 0, g
		}
		from = a + Day(n)
		to = from
	case unitWeek:
		from = a.monday() + Day(7*n)
		to = from + 6
	case unitFortnight:
		from = a.monday() + Day(14*n)
		to = from + 13
	case unitWeekend:
		from = a.monday() + 5 + Day(7*n)
		if v.shift == shiftNone {
			if r.dir == backward && from > a {
				from -= 7
			}
		}
		if v.shift == shiftComing && from-7 > a {
			from -= 7
		} else if v.shift == shiftComing && from-7 <= a && a.isoDay() < 6 {
			from = a.monday() + 5
		}
		if v.shift == shiftRecent && a.isoDay() == 7 {
			from = a.monday() - 2
		}
		to = from + 1
	case unitMonths:
		y, m = addMonths(y, m, n)
		if v.day != 0 { // the 15th of next month
			from = MakeDay(y, m, int(v.day))
			return from, from, ByDay
		}
		from = MakeDay(y, m, 1)
		to = from + Day(daysIn(y, m)-1)
	case unitQuarters:
		y, m = addMonths(y, (m-1)/3*3+1, 3*n)
		from = MakeDay(y, m, 1)
		to = from.plusMonths(3) - 1
	case unitHalfYear:
		y, m = addMonths(y, (m-1)/6*6+1, 6*n)
		from = MakeDay(y, m, 1)
		to = from.plusMonths(6) - 1
	case unitYear:
		from, to = MakeDay(y+n, 1, 1), MakeDay(y+n, 12, 31)
	case unitDecade:
		y = y/10*10 + 10*n
		from, to = MakeDay(y, 1, 1), MakeDay(y+9, 12, 31)
	case unitCentury:
		if v.n != 0 { // the 21st
			return MakeDay(int(v.n)*100-100, 1, 1), MakeDay(int(v.n)*100-1, 12, 31), g
		}
		y = y/100*100 + 100*n
		from, to = MakeDay(y, 1, 1), MakeDay(y+99, 12, 31)
	}
	return from, to, g
}

// span returns the next or last n units, not counting the day of publication.
func (r *resolver) span(v *value) (from, to Day, g Granularity) {
	n := int(v.n)
	if n == 0 {
		switch v.unit {
		case unitDay, unitHour:
			n = 7
		case unitWeek:
			n = 4
		default:
			n = 3
		}
		if v.unit == unitHour {
			return r.anchor, r.anchor + 1, ByRange
		}
	}
	if v.unit == unitQuarters || v.unit == unitDecade { // these are counted whole
		from, to, _ = r.unit(&value{unit: v.unit, shift: shiftThis})
		if n > 0 {
			return to + 1, shifted(to+1, n, v.unit) - 1, ByRange
		}
		return shifted(from, n, v.unit), from - 1, ByRange
	}
	if n > 0 {
		return r.anchor + 1, shifted(r.anchor, n, v.unit), ByRange
	}
	return shifted(r.anchor, n, v.unit), r.anchor - 1, ByRange
}

// shifted moves d by n units. Hours count as whole days, rounded up.
func shifted(d Day, n int, u unit) Day {
	switch u {
	case unitHour:
		if n < 0 {
			return d - Day((-n+23)/24)
		}
		return d + Day((n+23)/24)
	case unitDay:
		return d + Day(n)
	case unitWorkingDay:
		step := Day(1)
		if n < 0 {
			step, n = -1, -n
		}
		for n = min(n, 1000); n > 0; n-- {
			for d += step; d.isoDay() > 5; d += step {
			}
		}
		return d
	case unitWeek, unitWeekend:
		return d + Day(7*n)
	case unitFortnight:
		return d + Day(14*n)
	case unitMonths:
		return d.plusMonths(n)
	case unitQuarters:
		return d.plusMonths(3 * n)
	case unitHalfYear:
		return d.plusMonths(6 * n)
	case unitYear:
		return d.plusMonths(12 * n)
	case unitDecade:
		return d.plusMonths(120 * n)
	case unitCentury:
		return d.plusMonths(1200 * n)
	}
	return d
}

// feast returns the days of a feast: of the year said, or else the nearest in
// the direction asked for. Feasts that the moon sets get a day to either side.
func (r *resolver) feast(v *value) (from, to Day, g Granularity) {
	f := r.lex.feast(v)
	g = ByDay
	if f.moves() || f.days > 1 {
		g = ByRange
	}
	if v.year == 0 && r.anchor == 0 {
		return 0, 0, g
	}
	gap := Day(1 << 30)
	if f.either[0] == "" {
		from, to, _ = r.nearest(f, v, gap)
	}
	for _, id := range f.either {
		if id == "" {
			continue
		}
		if a, b, d := r.nearest(holidays[id], v, gap); d < gap {
			from, to, gap = a, b, d
		}
	}
	if f.moves() && f.days <= 1 && from != 0 {
		from--
		to++
	}
	return from, to, g
}
