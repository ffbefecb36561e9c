package dates

// A feast computes the first and last day of a holiday in a Gregorian year.
// Those set by the sighting of the moon are given a day to either side, and
// hedged.
type feast struct {
	month, day int // a fixed day of the calendar
	calendar   calendar
	days       int             // how many, 0 for one
	compute    func(y int) Day // where no calendar has a fixed day for it
	either     [2]string       // stands for the nearer of these
}

var holidays = map[string]feast{
	"christmas":          {month: 12, day: 25},
	"christmas-eve":      {month: 12, day: 24},
	"orthodox-christmas": {month: 1, day: 7},
	"boxing-day":         {month: 12, day: 26},
	"new-year":           {month: 1, day: 1},
	"new-years-eve":      {month: 12, day: 31},
	"valentine":          {month: 2, day: 14},
	"st-patrick":         {month: 3, day: 17},
	"earth-day":          {month: 4, day: 22},
	"may-day":            {month: 5, day: 1},
	"victory-day":        {month: 5, day: 9},
	"us-independence":    {month: 7, day: 4},
	"bastille":           {month: 7, day: 14},
	"halloween":          {month: 10, day: 31},
	"all-saints":         {month: 11, day: 1},
	"epiphany":           {month: 1, day: 6},
	"thanksgiving":       {compute: func(y int) Day { return nthWeekday(y, 11, 4, 4) }},
	"black-friday":       {compute: func(y int) Day { return nthWeekday(y, 11, 4, 4) + 1 }},
	"labor-day":          {compute: func(y int) Day { return nthWeekday(y, 9, 1, 1) }},
	"memorial-day":       {compute: func(y int) Day { return nthWeekday(y, 5, 1, -1) }},
	"easter":             {compute: easter},
	"good-friday":        {compute: func(y int) Day { return easter(y) - 2 }},
	"easter-monday":      {compute: func(y int) Day { return easter(y) + 1 }},
	"palm-sunday":        {compute: func(y int) Day { return easter(y) - 7 }},
	"holy-week":          {compute: func(y int) Day { return easter(y) - 7 }, days: 8},
	"ash-wednesday":      {compute: func(y int) Day { return easter(y) - 46 }},
	"pentecost":          {compute: func(y int) Day { return easter(y) + 49 }},
	"orthodox-easter":    {compute: orthodoxEaster},
	"passover":           {compute: passover},
	"rosh-hashanah":      {compute: func(y int) Day { return hebrewNewYear(y + 3761) }},
	"yom-kippur":         {compute: func(y int) Day { return hebrewNewYear(y+3761) + 9 }},
	"sukkot":             {compute: func(y int) Day { return hebrewNewYear(y+3761) + 14 }},
	"hanukkah":           {compute: hanukkah},
	"lunar-new-year":     {compute: lunarNewYear},
	"diwali":             {compute: diwali},
	"songkran":           {month: 4, day: 13},
	"nowruz":             {calendar: solar, month: 1, day: 1},
	"eid-al-fitr":        {calendar: lunar, month: 10, day: 1},
	"eid-al-adha":        {calendar: lunar, month: 12, day: 10},
	"ashura":             {calendar: lunar, month: 1, day: 10},
	"arbaeen":            {calendar: lunar, month: 2, day: 20},
	"mawlid":             {calendar: lunar, month: 3, day: 12},
	"eid":                {calendar: lunar, either: [2]string{"eid-al-fitr", "eid-al-adha"}},
	"ramadan":            {calendar: lunar, month: 9, day: 1, days: 30},
}

// in returns the first day of the holiday that falls in Gregorian year y or,
// for lunar ones, about it.
func (f feast) in(y int) Day {
	switch {
	case f.compute != nil:
		return f.compute(y)
	case f.calendar == gregorian:
		return MakeDay(y, f.month, f.day)
	case f.calendar == solar:
		return solar.date(y-621, f.month, f.day)
	}
	k := lunar.year(MakeDay(y, 1, 1))
	for ; ; k++ {
		d := lunar.date(k, f.month, f.day)
		if dy, _, _ := d.Date(); dy >= y {
			return d
		}
	}
}

func (f feast) moves() bool { return f.calendar == lunar }

// feast returns the feast that v names.
func (l *lexicon) feast(v value) feast { return holidays[l.holidays[v.n]] }

// nearest returns the days of the feast that suits best, and how far off it
// is; no days when none is nearer than limit.
func (r resolver) nearest(f feast, v value, limit Day) (from, to, gap Day) {
	gap = limit
	lo, hi := int(v.year), int(v.year)
	now := lo
	if lo == 0 {
		now, _, _ = r.anchor.Date()
		lo, hi = now-1, now+2
	}
	dir, strict := r.dir, false
	switch v.shift {
	case shiftNext, shiftComing, shiftFollowing:
		dir, strict = forward, true
	case shiftLast, shiftRecent:
		dir, strict = backward, true
	}
	for y := lo; y <= hi; y++ {
		a := f.in(y)
		if a == 0 {
			continue
		}
		b := a + Day(max(f.days, 1)-1)
		d := Day(0)
		if v.year == 0 {
			d = max(a-r.anchor, r.anchor-b, 0)
			if dir == forward && (b < r.anchor || strict && a <= r.anchor) || dir == backward && (a > r.anchor || strict && b >= r.anchor) {
				d += 2000
			}
			if ay, _, _ := a.Date(); v.shift == shiftThis && ay != now {
				d += 2000
			}
		}
		if d < gap {
			from, to, gap = a, b, d
		}
	}
	return from, to, gap
}
