package dates

import (
	"strconv"
	"time"
)

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

// Date returns the day's date in the Gregorian calendar.
func (d Day) Date() (year, month, day int) {
	n := int(d) - 1
	y := n / 146097 * 400
	n %= 146097
	c := min(n/36524, 3)
	y += c * 100
	n -= c * 36524
	y += n / 1461 * 4
	n %= 1461
	a := min(n/365, 3)
	y += a + 1
	n -= a * 365
	for month = 1; n >= daysIn(y, month); month++ {
		n -= daysIn(y, month)
	}
	return y, month, n + 1
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

func (d Day) append(b []byte) []byte {
	y, m, dd := d.Date()
	b = appendYear(b, y)
	b = append(b, '-', byte('0'+m/10), byte('0'+m%10), '-', byte('0'+dd/10), byte('0'+dd%10))
	return b
}

func appendYear(b []byte, y int) []byte {
	for w := 1000; w > 1 && y < w; w /= 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, int64(y), 10)
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
