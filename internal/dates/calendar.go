package dates

import "math"

// A calendar is one of those that news copy dates by.
type calendar uint8

const (
	gregorian calendar = iota
	solar              // Persian solar Hijri, as in 3 Azar 1405
	lunar              // Islamic Hijri, tabular; sightings move it by a day
)

// date returns the Gregorian day of a date of the calendar, or no day.
func (c calendar) date(year, month, day int) Day {
	if month < 1 || month > 12 || day < 1 || day > c.daysIn(year, month) {
		return 0
	}
	switch c {
	case solar:
		if year < 1178 || year > 1633 { // where the 33-year cycle agrees with the equinox
			return 0
		}
		return solarDay(year, month, day)
	case lunar:
		if year < 1 || year > 2000 {
			return 0
		}
		return lunarDay(year, month, day)
	}
	return MakeDay(year, month, day)
}

func (c calendar) daysIn(year, month int) int {
	switch c {
	case solar:
		switch {
		case month <= 6:
			return 31
		case month <= 11 || solarLeap(year):
			return 30
		}
		return 29
	case lunar:
		if month%2 == 1 || month == 12 && lunarLeap(year) {
			return 30
		}
		return 29
	}
	return daysIn(year, month)
}

// year returns the calendar's year that d falls in.
func (c calendar) year(d Day) int {
	y, m, dd := d.Date()
	switch c {
	case solar:
		y -= 621
		if solarDay(y, 1, 1) > MakeDay(y+621, m, dd) {
			y--
		}
	case lunar:
		y = int(d-lunarEpoch)*10631/(354*10631+11*354) + 1 // near enough to correct by a step
		for lunarDay(y, 1, 1) > d {
			y--
		}
		for lunarDay(y+1, 1, 1) <= d {
			y++
		}
	}
	return y
}

// solarLeap follows the 33-year cycle, which agrees with the observed
// equinox of Tehran for the years that are accepted.
func solarLeap(y int) bool {
	switch y % 33 {
	case 1, 5, 9, 13, 17, 22, 26, 30:
		return true
	}
	return false
}

func solarDay(y, m, d int) Day {
	// 1 Farvardin 1403 is 20 March 2024.
	n := monthStart(2024, 3) + 19
	for k := 1403; k < y; k++ {
		n += 365
		if solarLeap(k) {
			n++
		}
	}
	for k := y; k < 1403; k++ {
		n -= 365
		if solarLeap(k) {
			n--
		}
	}
	if m <= 7 {
		return n + Day((m-1)*31+d-1)
	}
	return n + Day(186+(m-7)*30+d-1)
}

const lunarEpoch Day = 227015 // 1 Muharram 1: 16 July 622, Julian

func lunarLeap(y int) bool { return (14+11*y)%30 < 11 }

func lunarDay(y, m, d int) Day {
	return lunarEpoch + Day((y-1)*354+(3+11*y)/30+29*(m-1)+m/2+d-1)
}

// easter returns the day of Western Easter.
func easter(y int) Day {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	k := h + l - 7*m + 114
	return MakeDay(y, k/31, k%31+1)
}

// orthodoxEaster returns the day of Easter by the Julian computus.
func orthodoxEaster(y int) Day {
	d := (19*(y%19) + 15) % 30
	e := (2*(y%4) + 4*(y%7) - d + 34) % 7
	k := d + e + 114
	return MakeDay(y, k/31, k%31+1) + Day(y/100-y/400-2)
}

// hebrewNewYear returns 1 Tishri of a Hebrew year.
func hebrewNewYear(y int) Day {
	days := func(y int) int {
		months := (235*y - 234) / 19
		parts := 12084 + 13753*months
		d := 29*months + parts/25920
		if 3*(d+1)%7 < 3 {
			d++
		}
		return d
	}
	before, at, after := days(y-1), days(y), days(y+1)
	delay := 0
	if after-at == 356 {
		delay = 2
	} else if at-before == 382 {
		delay = 1
	}
	return Day(-1373428 + at + delay + 1)
}

// passover returns 15 Nisan in the spring of a Gregorian year.
func passover(y int) Day { return hebrewNewYear(y+3761) - 163 }

// hanukkah returns 25 Kislev in the autumn of a Gregorian year. The month before
// it has a day more in years of 355 and 385 days.
func hanukkah(y int) Day {
	d := hebrewNewYear(y + 3761)
	if length := hebrewNewYear(y+3762) - d; length%10 == 5 {
		return d + 84
	}
	return d + 83
}

// newMoon returns the Julian day, in universal time, of the kth new moon since
// 6 January 2000, after Meeus, Astronomical Algorithms, chapter 49; good to some
// minutes.
func newMoon(k float64) float64 {
	t := k / 1236.85
	sin := func(degrees float64) float64 { return math.Sin(degrees * math.Pi / 180) }
	sun := 2.5534 + 29.10535670*k
	moon := 201.5643 + 385.81693528*k + 0.0107582*t*t
	node := 160.7108 + 390.67050284*k - 0.0016118*t*t
	e := 1 - 0.002516*t
	jd := 2451550.09766 + 29.530588861*k + 0.00015437*t*t
	jd += -0.40720*sin(moon) + 0.17241*e*sin(sun) + 0.01608*sin(2*moon) + 0.01039*sin(2*node) + 0.00739*e*sin(moon-sun) -
		0.00514*e*sin(moon+sun) + 0.00208*e*e*sin(2*sun) - 0.00111*sin(moon-2*node)
	const secondsAhead = 70 // of universal time, in our decades
	return jd - secondsAhead/86400.0
}

// newMoonAfter returns the first new moon behind the beginning of d, as days
// since the zero Day in universal time.
func newMoonAfter(d Day) float64 {
	const zero = 1721424.5 // the Julian day of Day 0
	k := math.Floor((float64(d)+zero-2451550.1)/29.530588861) - 1
	for ; ; k++ {
		if m := newMoon(k) - zero; m >= float64(d) {
			return m
		}
	}
}

// lunarNewYear returns the first day of the Chinese year that begins in y: the
// new moon between 21 January and 20 February, by Beijing's clocks.
func lunarNewYear(y int) Day {
	const beijing = 8.0 / 24
	return Day(newMoonAfter(MakeDay(y, 1, 21)) + beijing)
}

// diwali returns the evening of lamps, the last before the new moon of Kartik
// by India's clocks.
func diwali(y int) Day {
	const india, evening = 5.5 / 24, 18.0 / 24
	return Day(newMoonAfter(MakeDay(y, 10, 17)) + india - evening)
}

// nthWeekday returns the nth weekday of a month, the last one for n = -1.
func nthWeekday(y, m, iso, n int) Day {
	if n < 0 {
		last := MakeDay(y, m, daysIn(y, m))
		return last - Day((last.isoDay()-iso+7)%7)
	}
	first := MakeDay(y, m, 1)
	return first + Day((iso-first.isoDay()+7)%7+7*(n-1))
}
