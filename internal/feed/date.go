package feed

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Dates in feeds are RFC 822 or RFC 3339 by the book and everything else in
// the wild. Patterns find the clock with its zone first, then the day in what
// is left; anything that stays ambiguous is no date, since an item without a
// date is handled with care and one with a wrong date is not.
type datePatterns struct {
	clock, iso, compact, dayMonth, monthDay, yearMonthDay, numeric *regexp.Regexp
}

const clockPattern = `(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,:]\d+)?)?\s*([ap]\.?m\b\.?)?\s*(?:(?:gmt|utc|ut|z)?\s*([+-])[+-]*(\d{1,2}):?(\d{2})?(?::\d{2})?(?:\D|$)|(\p{L}{1,5})(?:\P{L}|$))?`

// dates returns the patterns, compiled once and never changed: few feeds need
// them, and those often.
var dates = sync.OnceValue(newDatePatterns)

func newDatePatterns() *datePatterns {
	const gap = `[\s.,\-/']*`
	return &datePatterns{
		clock:        regexp.MustCompile(`(?i)` + clockPattern),
		iso:          regexp.MustCompile(`(?:^|\D)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:\D|$)`),
		compact:      regexp.MustCompile(`(?i)^(\d{4})(\d{2})(\d{2})(?:[t\s]*(\d{2})(\d{2})(\d{2})?)?\s*(z|[+-]\d{4}|[+-]\d{2}:\d{2})?$`),
		dayMonth:     regexp.MustCompile(`(?:^|\D)(\d{1,2})(?:st|nd|rd|th|er|º)?` + gap + `(?:de\s+)?(\p{L}{3,})` + gap + `(?:de\s+)?(\d{4}|\d{2})(?:\D|$)`),
		monthDay:     regexp.MustCompile(`(\p{L}{3,})` + gap + `(\d{1,2})(?:st|nd|rd|th)?` + gap + `(?:\s|,)` + gap + `(\d{4})(?:\D|$)`),
		yearMonthDay: regexp.MustCompile(`(?:^|\D)(\d{4})` + gap + `(\p{L}{3,})` + gap + `(\d{1,2})(?:\D|$)`),
		numeric:      regexp.MustCompile(`(?:^|\D)(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?:\D|$)`),
	}
}

// parseDate reads a date. A date without a zone counts in zone, the outlet's, and
// so does an abbreviation that this zone itself uses; one without a clock is
// the day's midnight there. The result is in zone.
func parseDate(s string, zone *time.Location) (time.Time, bool) {
	const longest = 100
	s = strings.TrimSpace(latinDigits(s))
	if s == "" || len(s) > longest {
		return time.Time{}, false
	}
	// nearly all are one of these
	for _, layout := range []string{time.RFC1123Z, time.RFC3339, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 GMT"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.In(zone), true
		}
	}
	p := dates()
	if m := p.compact.FindStringSubmatch(s); m != nil {
		c := clock{hour: number(m[4]), minute: number(m[5]), second: number(m[6])}
		switch z := strings.ReplaceAll(m[7], ":", ""); {
		case strings.EqualFold(z, "z"):
			c.fixed = true
		case z != "":
			c.fixed, c.offset = true, signed(z[:1], z[1:3], z[3:])
		}
		return c.on(number(m[1]), time.Month(number(m[2])), number(m[3]), zone)
	}
	var c clock
	if at := p.clock.FindStringSubmatchIndex(s); at != nil {
		m := group(s, at)
		c = readClock(m)
		rest := s[at[1]:]
		if monthNamed(m[8]) != 0 { // "10:00 Nov 20, 2026"
			c.abbreviation = ""
			rest = s[at[16]:]
		}
		s = s[:at[0]] + " " + rest
	}
	if m := p.iso.FindStringSubmatch(s); m != nil {
		return c.on(number(m[1]), time.Month(number(m[2])), number(m[3]), zone)
	}
	for _, m := range p.dayMonth.FindAllStringSubmatch(s, 3) {
		if month := monthNamed(m[2]); month != 0 {
			return c.on(fullYear(m[3]), month, number(m[1]), zone)
		}
	}
	for _, m := range p.monthDay.FindAllStringSubmatch(s, 3) {
		if month := monthNamed(m[1]); month != 0 {
			return c.on(number(m[3]), month, number(m[2]), zone)
		}
	}
	if m := p.yearMonthDay.FindStringSubmatch(s); m != nil {
		if month := monthNamed(m[2]); month != 0 {
			return c.on(number(m[1]), month, number(m[3]), zone)
		}
	}
	if m := p.numeric.FindStringSubmatch(s); m != nil {
		a, b, year := number(m[1]), number(m[3]), number(m[4])
		switch {
		case m[2] == "." || a > 12 || a == b: // with full stops the day comes first everywhere
			return c.on(year, time.Month(b), a, zone)
		case b > 12:
			return c.on(year, time.Month(a), b, zone)
		}
		// 3/4/2026 is March or April: unknown
	}
	return time.Time{}, false
}

// A clock is a time of day, with its distance from UTC if that was given.
type clock struct {
	hour, minute, second int
	fixed                bool
	offset               int    // seconds east
	abbreviation         string // "PKT"
}

func group(s string, at []int) []string {
	m := make([]string, len(at)/2)
	for i := range m {
		if at[2*i] >= 0 {
			m[i] = s[at[2*i]:at[2*i+1]]
		}
	}
	return m
}

func readClock(m []string) clock {
	c := clock{hour: number(m[1]), minute: number(m[2]), second: number(m[3])}
	switch {
	case m[4] == "":
	case m[4][0]|0x20 == 'p' && c.hour < 12:
		c.hour += 12
	case m[4][0]|0x20 == 'a' && c.hour == 12:
		c.hour = 0
	}
	if m[5] != "" {
		c.fixed, c.offset = true, signed(m[5], m[6], m[7])
	} else {
		c.abbreviation = strings.ToUpper(m[8])
	}
	return c
}

func signed(sign, hours, minutes string) int {
	offset := number(hours)*3600 + number(minutes)*60
	if sign == "-" {
		return -offset
	}
	return offset
}

// on returns the clock's instant on a day, in zone.
func (c clock) on(year int, month time.Month, day int, zone *time.Location) (time.Time, bool) {
	if month < 1 || month > 12 || day < 1 || day > 31 || year < 1900 || c.hour > 24 || c.minute > 59 || c.second > 60 || c.hour == 24 && c.minute+c.second > 0 {
		return time.Time{}, false
	}
	if time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Day() != day {
		return time.Time{}, false // 31 February
	}
	c.second = min(c.second, 59) // a leap second
	in := zone
	switch {
	case c.fixed:
		if c.offset < -16*3600 || c.offset > 16*3600 {
			return time.Time{}, false
		}
		in = time.FixedZone("", c.offset)
	case c.abbreviation != "":
		if own, ok := c.inZone(year, month, day, zone); ok {
			return own, true
		}
		if offset, ok := zoneOffset(c.abbreviation); ok {
			in = time.FixedZone(c.abbreviation, offset)
		}
	}
	return time.Date(year, month, day, c.hour, c.minute, c.second, 0, in).In(zone), true
}

// inZone reads the clock in zone if zone uses the abbreviation: IST is India's
// time from an outlet in India and Israel's from one in Israel.
func (c clock) inZone(year int, month time.Month, day int, zone *time.Location) (time.Time, bool) {
	t := time.Date(year, month, day, c.hour, c.minute, c.second, 0, zone)
	name, _ := t.Zone()
	return t, name == c.abbreviation
}

// zoneOffset returns the seconds east of UTC of abbreviations that mean one
// thing, or nearly always one, in feeds. Others, such as IST and AST, count
// only in a zone that uses them.
func zoneOffset(abbreviation string) (int, bool) {
	const h, half = 3600, 1800
	switch abbreviation {
	case "Z", "UT", "GMT", "UTC", "WET":
		return 0, true
	case "BST", "WEST", "CET", "WAT", "MEZ":
		return 1 * h, true
	case "CEST", "EET", "SAST", "CAT", "MESZ":
		return 2 * h, true
	case "EEST", "MSK", "EAT", "TRT":
		return 3 * h, true
	case "IRST":
		return 3*h + half, true
	case "GST":
		return 4 * h, true
	case "AFT":
		return 4*h + half, true
	case "PKT", "UZT":
		return 5 * h, true
	case "NPT":
		return 5*h + 2700, true
	case "HKT", "SGT", "AWST", "PHT", "MYT":
		return 8 * h, true
	case "ICT", "WIB":
		return 7 * h, true
	case "JST", "KST":
		return 9 * h, true
	case "ACST":
		return 9*h + half, true
	case "AEST":
		return 10 * h, true
	case "AEDT":
		return 11 * h, true
	case "NZST":
		return 12 * h, true
	case "NZDT":
		return 13 * h, true
	case "ART", "BRT":
		return -3 * h, true
	case "EDT":
		return -4 * h, true
	case "EST", "CDT", "ET", "COT", "PET":
		return -5 * h, true
	case "CST", "MDT":
		return -6 * h, true
	case "MST", "PDT":
		return -7 * h, true
	case "PST":
		return -8 * h, true
	}
	return 0, false
}

// monthNamed returns the month that a word begins to name in English, French,
// Spanish, German, Italian, Portuguese or Russian, 0 if it names none.
func monthNamed(word string) time.Month {
	if len(word) < len("jan") {
		return 0
	}
	word = strings.ToLower(word)
	for i, names := range [...]string{
		"jan ene gen янв", "feb fév fev фев", "mar mär mars märz maerz мар", "apr avr abr апр", "may mai mag май мая", "jun juin giu июн",
		"jul juil lug июл", "aug aoû aou ago авг", "sep set сен", "oct okt ott out окт", "nov ноя", "dec déc dez dic дек",
	} {
		for name := range strings.SplitSeq(names, " ") {
			if strings.HasPrefix(word, name) {
				return time.Month(i + 1)
			}
		}
	}
	return 0
}

func fullYear(s string) int {
	y := number(s)
	if len(s) == 2 { // RFC 822, read as RFC 2822 says
		if y < 50 {
			return 2000 + y
		}
		return 1900 + y
	}
	return y
}

// number reads decimal digits; "" is 0. The patterns admit no others.
func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// latinDigits writes Arabic and Persian digits as 0 to 9.
func latinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		}
		return r
	}, s)
}
