package dates

import "time"

// A Day is a civil day: days since 31 December of the year 0, so that days
// compare and subtract as integers. The zero Day is no day.
type Day int32

// DayOf returns the civil day on which t falls in its own location.
func DayOf(t time.Time) Day {
	_, east := t.Zone()
	s := t.Unix() + int64(east)
	day := s / secondsADay
	if s < day*secondsADay { // division rounds towards zero
		day--
	}
	if day += 719163; day < 1 || day > int64(lastDay) { // 1 January 1970
		return 0
	}
	return Day(day)
}

const secondsADay = 24 * 60 * 60

// MakeDay returns the day of a date of the Gregorian calendar, or no day if
// there is no such date, as for 30 February.
func MakeDay(year, month, day int) Day {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0
	}
	return monthStart(year, month) + Day(day-1)
}

// Date returns the day's date in the Gregorian calendar. Years are counted from
// March, so that the day that some of them lack is their last, and the month
// follows from the day of the year without a search.
func (d Day) Date() (year, month, day int) {
	if d <= 0 {
		return 1, 1, int(d)
	}
	n := uint32(d) + 305 // days since 1 March of the year 0
	era := n / 146097
	n %= 146097
	y := (n - n/1460 + n/36524 - n/146096) / 365
	n -= 365*y + y/4 - y/100
	m := (5*n + 2) / 153
	day = int(n - (153*m+2)/5 + 1)
	year = int(y + era*400)
	if m < 10 {
		return year, int(m + 3), day
	}
	return year + 1, int(m - 9), day
}

// AddYears returns the same day n years on; 29 February becomes 1 March where
// there is none. It is no day outside the years 1 to 9999, and of no day.
func (d Day) AddYears(n int) Day {
	if d <= 0 {
		return 0
	}
	y, m, dd := d.Date()
	if m == 2 && dd == 29 && !leap(y+n) {
		m, dd = 3, 1
	}
	return MakeDay(y+n, m, dd)
}

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return time.Weekday(((int(d) % 7) + 7) % 7) }

// Time returns the beginning of the day in loc.
func (d Day) Time(loc *time.Location) time.Time {
	y, m, dd := d.Date()
	return time.Date(y, time.Month(m), dd, 0, 0, 0, 0, loc)
}

// String returns the day as 2006-01-02, and "" for no day.
func (d Day) String() string {
	if d <= 0 {
		return ""
	}
	var buf [10]byte
	return string(d.append(buf[:0]))
}

// A Spelling keeps how the days asked for last are written, for an item names few
// and each many times, and the next item names the same. The zero Spelling is ready.
type Spelling [64]struct {
	day Day
	is  string
}

// Of returns what d.String does.
func (s *Spelling) Of(d Day) string {
	kept := &s[uint(d)%uint(len(s))]
	if kept.day != d {
		kept.day, kept.is = d, d.String()
	}
	return kept.is
}

func (d Day) append(b []byte) []byte {
	y, m, dd := d.Date()
	b = appendYear(b, y)
	b = append(b, '-', byte('0'+m/10), byte('0'+m%10), '-', byte('0'+dd/10), byte('0'+dd%10))
	return b
}

func appendYear(b []byte, y int) []byte {
	return append(b, byte('0'+y/1000%10), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10))
}

// isoDay returns 1 for Monday to 7 for Sunday.
func (d Day) isoDay() int { return (int(d)-1)%7 + 1 }

// monday returns the first day of d's week.
func (d Day) monday() Day { return d - Day(d.isoDay()-1) }

// isoWeek returns the ISO 8601 year and week of d.
func (d Day) isoWeek() (year, week int) {
	thursday := d.monday() + 3
	y, _, _ := thursday.Date()
	return y, int(thursday-MakeDay(y, 1, 1))/7 + 1
}

func leap(y int) bool { return y%4 == 0 && (y%100 != 0 || y%400 == 0) }

func daysIn(y, m int) int {
	switch m {
	case 2:
		if leap(y) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func monthStart(y, m int) Day {
	y--
	n := y*365 + y/4 - y/100 + y/400
	y++
	n += [...]int{0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334}[m-1]
	if m > 2 && leap(y) {
		n++
	}
	return Day(n + 1)
}

// addMonths moves a year and month by n months: month arithmetic is done on
// these alone, so that 31 January plus a month is in February.
func addMonths(y, m, n int) (int, int) {
	k := y*12 + m - 1 + n
	return k / 12, k%12 + 1
}

// plusMonths returns the same day of the month n months on, or that month's
// last day where it is shorter.
func (d Day) plusMonths(n int) Day {
	y, m, dd := d.Date()
	y, m = addMonths(y, m, n)
	if y < 1 || y > 9999 {
		return 0
	}
	return MakeDay(y, m, min(dd, daysIn(y, m)))
}
