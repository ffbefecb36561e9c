package rules

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/text"
)

// A cond is a Field with its value understood.
type cond struct {
	field string
	text  string // canonical, where a set has it
	value string // in the form that facts have it in
	cmp   comparison
	date  dateCond
	venue []string // folded words
}

// A comparison holds of numbers from lo to hi.
type comparison struct{ lo, hi int }

const far = 1 << 30

func (c comparison) holds(n int) bool { return c.lo <= n && n <= c.hi }

type dateKind uint8

const (
	dateAny dateKind = iota
	dateUpcoming
	datePast
	dateToday
	dateWithin // days that begin today
	dateRange
)

type dateCond struct {
	kind     dateKind
	days     int
	from, to string
}

// parseCond understands the value of a field.
func parseCond(name, value string) (cond, *fault) {
	c := cond{field: name, value: strings.ToLower(value)}
	if strings.Contains(value, "*") {
		return c, &fault{name + ": takes no *", "type the whole value, as in " + example(name)}
	}
	var f *fault
	switch name {
	case "tone":
		c.cmp, f = parseTone(c.value)
	case "round", "sources":
		c.cmp, f = parseComparison(name, c.value, 1, 10000)
	case "date":
		c.date, f = parseDate(c.value)
	case "venue":
		for _, t := range text.New(value).Tokens {
			c.venue = append(c.venue, t.Norm)
		}
		if len(c.venue) == 0 {
			f = &fault{"venue: has no word to look for", "type a city or country, as in " + example(name)}
		}
	case "site":
		c.value, f = parseSite(c.value)
	case "lang":
		c.value = strings.ReplaceAll(c.value, "_", "-")
		primary, _, _ := strings.Cut(c.value, "-")
		if len(primary) < 2 || len(primary) > 3 || strings.Trim(c.value, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			f = &fault{quote(value) + " is no language", "type its code, as in lang:en, lang:fa or lang:ar"}
		}
	case "feed", "rule":
		c.value = value // names keep their case
	}
	return c, f
}

func parseSite(v string) (string, *fault) {
	host := strings.TrimPrefix(strings.TrimPrefix(v, "https://"), "http://")
	host, _, _ = strings.Cut(host, "/")
	host = strings.TrimPrefix(host, "www.")
	if host == "" || strings.ContainsAny(host, " ,:?#@") || !strings.Contains(host, ".") || strings.HasPrefix(host, ".") || strings.HasSuffix(host, ".") {
		return v, &fault{quote(v) + " is no site", "type the host of its links, as in " + example("site")}
	}
	return host, nil
}

func parseTone(v string) (comparison, *fault) {
	switch v {
	case "positive":
		return comparison{1, far}, nil
	case "negative":
		return comparison{-far, -1}, nil
	case "neutral":
		return comparison{0, 0}, nil
	}
	return parseComparison("tone", v, -2, 2)
}

// parseComparison understands =, <, <=, > and >= before a number from least to
// most, and a number alone.
func parseComparison(name, v string, least, most int) (comparison, *fault) {
	number := strings.TrimLeft(v, "=<>")
	op := v[:len(v)-len(number)]
	number = strings.NewReplacer("−", "-", "–", "-").Replace(strings.TrimSpace(number))
	n, err := strconv.Atoi(number)
	if err != nil {
		hint := "type a number, as in " + name + ":2, or compare, as in " + name + ":>=2"
		if name == "tone" {
			hint = "type positive, neutral, negative or a number from -2 to 2, as in tone:<0"
		}
		return comparison{}, &fault{name + ": cannot be " + quote(v), hint}
	}
	if n < least || n > most {
		return comparison{}, &fault{name + ": has no value " + number, "type a number from " + strconv.Itoa(least) + " to " + strconv.Itoa(most)}
	}
	var c comparison
	switch op {
	case "", "=", "==":
		c = comparison{n, n}
	case "<":
		c = comparison{-far, n - 1}
	case "<=", "=<":
		c = comparison{-far, n}
	case ">":
		c = comparison{n + 1, far}
	case ">=", "=>":
		c = comparison{n, far}
	default:
		return c, &fault{quote(op) + " is no comparison", "type =, <, <=, > or >= before the number, as in " + name + ":>=2"}
	}
	if c.hi < least || c.lo > most {
		return c, &fault{name + ":" + v + " holds of no number", "type a comparison that some number from " + strconv.Itoa(least) + " to " + strconv.Itoa(most) + " satisfies"}
	}
	return c, nil
}

// maxDays bounds date:<14d.
const maxDays = 3660

func parseDate(v string) (dateCond, *fault) {
	switch v {
	case "any":
		return dateCond{kind: dateAny}, nil
	case "upcoming":
		return dateCond{kind: dateUpcoming}, nil
	case "past":
		return dateCond{kind: datePast}, nil
	case "today":
		return dateCond{kind: dateToday}, nil
	}
	const usage = "type upcoming, past, today, any, <14d, a day such as 2026-11-24, or 2026-11-24..2026-11-30"
	if rest, ok := strings.CutPrefix(v, "<"); ok {
		rest, equal := strings.CutPrefix(rest, "=")
		digits, isDays := strings.CutSuffix(rest, "d")
		n, err := strconv.Atoi(digits)
		if !isDays || err != nil {
			return dateCond{}, &fault{"date: cannot be " + quote(v), "type a number of days, as in date:<14d"}
		}
		if equal {
			n++
		}
		if n < 1 || n > maxDays {
			return dateCond{}, &fault{"date: cannot look " + firstRunes(digits, 12) + " days ahead", "type a number from 1 to " + strconv.Itoa(maxDays) + ", as in date:<14d"}
		}
		return dateCond{kind: dateWithin, days: n}, nil
	}
	from, to, isRange := strings.Cut(v, "..")
	if !isRange {
		to = from
	}
	for _, day := range []string{from, to} {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			if looksLikeDay(day) {
				return dateCond{}, &fault{"there is no day " + day, "type one of the calendar, as in date:2026-11-24"}
			}
			if n := nearest(v, []string{"upcoming", "past", "today", "any"}); n != "" {
				return dateCond{}, &fault{"date: cannot be " + quote(v), "did you mean date:" + n + "?"}
			}
			return dateCond{}, &fault{"date: cannot be " + quote(v), usage}
		}
	}
	if to < from {
		return dateCond{}, &fault{"the range " + v + " ends before it begins", "type date:" + to + ".." + from}
	}
	return dateCond{kind: dateRange, from: from, to: to}, nil
}

func looksLikeDay(s string) bool {
	if len(s) != len(time.DateOnly) {
		return false
	}
	for i := range len(s) {
		if dash := i == 4 || i == 7; dash != (s[i] == '-') || !dash && (s[i] < '0' || s[i] > '9') {
			return false
		}
	}
	return true
}

// item reports whether a condition on the item holds, and the value it has.
func (c *cond) item(d *Doc) (bool, string) {
	switch c.field {
	case "feed":
		return d.Feed != "" && d.Feed == c.value, d.Feed
	case "tier":
		return d.Tier != "" && d.Tier == c.value, d.Tier
	case "lang":
		lang := strings.ToLower(strings.ReplaceAll(d.Language, "_", "-"))
		return lang == c.value || strings.HasPrefix(lang, c.value+"-"), d.Language
	case "site":
		host := strings.ToLower(d.Site)
		return host == c.value || strings.HasSuffix(host, "."+c.value), d.Site
	}
	return false, ""
}

// fact reports whether a condition on a development holds, and the value that
// made it hold; if it does not, the value that the development has.
func (c *cond) fact(f *Facts, today string) (bool, string) {
	if f == nil {
		return false, ""
	}
	switch c.field {
	case "negotiation":
		return f.Negotiation == c.value, f.Negotiation
	case "kind":
		return f.Kind == c.value || slices.Contains(f.Groups, c.value), f.Kind
	case "by":
		return oneOf(f.By, c.value)
	case "party":
		return oneOf(f.Parties, c.value)
	case "mediator":
		return oneOf(f.Mediators, c.value)
	case "certainty":
		return f.Certainty == c.value, f.Certainty
	case "tone":
		return c.number(f.Tone)
	case "round":
		return c.number(f.Round)
	case "sources":
		return c.cmp.holds(f.Sources), strconv.Itoa(f.Sources)
	case "venue":
		return f.Venue != "" && c.inVenue(text.New(f.Venue)), f.Venue
	case "date":
		i := c.whichDate(f.Dates, today)
		if i < 0 && len(f.Dates) > 0 {
			return false, f.Dates[0].String()
		} else if i < 0 {
			return false, ""
		}
		return true, f.Dates[i].String()
	}
	return false, ""
}

func oneOf(have []string, want string) (bool, string) {
	if slices.Contains(have, want) {
		return true, want
	}
	return false, strings.Join(have, ", ")
}

func (c *cond) number(n *int) (bool, string) {
	if n == nil {
		return false, ""
	}
	return c.cmp.holds(*n), strconv.Itoa(*n)
}

// inVenue reports whether the words stand side by side in the venue.
func (c *cond) inVenue(venue *text.Text) bool {
	tokens := venue.Tokens
	for i := 0; i+len(c.venue) <= len(tokens); i++ {
		j := 0
		for j < len(c.venue) && tokens[i+j].Norm == c.venue[j] {
			j++
		}
		if j == len(c.venue) {
			return true
		}
	}
	return false
}

// whichDate returns the first date that satisfies the condition, −1 if none does.
func (c *cond) whichDate(dates []DateRange, today string) int {
	for i, d := range dates {
		if c.date.holds(d, today) {
			return i
		}
	}
	return -1
}

// String returns the days as they are written in a query.
func (d DateRange) String() string {
	if d.To == "" || d.To == d.From {
		return d.From
	}
	return d.From + ".." + d.To
}

func (c dateCond) holds(d DateRange, today string) bool {
	from, to := d.From, d.To
	if to == "" {
		to = from
	}
	if from == "" {
		return false
	}
	switch c.kind {
	case dateAny:
		return true
	case dateRange:
		return from <= c.to && c.from <= to
	}
	if today == "" {
		return false
	}
	switch c.kind {
	case dateUpcoming:
		return to >= today
	case datePast:
		return to < today
	case dateToday:
		return from <= today && today <= to
	case dateWithin:
		begin, ok := dayNumber(from)
		now, ok2 := dayNumber(today)
		return ok && ok2 && to >= today && begin < now+c.days
	}
	return false
}

// dayNumber counts days, so that differences of days can be taken without
// allocating. It is false for what is no day.
func dayNumber(day string) (int, bool) {
	if !looksLikeDay(day) {
		return 0, false
	}
	num := func(s string) (n int) {
		for i := range len(s) {
			n = n*10 + int(s[i]-'0')
		}
		return n
	}
	y, m, d := num(day[:4]), num(day[5:7]), num(day[8:])
	if m < 3 { // years that begin in March have the leap day last
		y, m = y-1, m+12
	}
	return 365*y + y/4 - y/100 + y/400 + (153*(m-3)+2)/5 + d, true
}
