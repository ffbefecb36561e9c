package demo

import (
	"fmt"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Weekdays and months as the outlets write them. Persian months are those of
// the solar calendar, with the day before their first in 2026.
var (
	weekdays = map[string]time.Weekday{
		"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 0,
		"lundi": 1, "mardi": 2, "mercredi": 3, "jeudi": 4, "vendredi": 5, "samedi": 6, "dimanche": 0,
		"الاثنين": 1, "الثلاثاء": 2, "الأربعاء": 3, "الخميس": 4, "الجمعة": 5, "السبت": 6, "الأحد": 0,
		"دوشنبه": 1, "سه\u200cشنبه": 2, "چهارشنبه": 3, "پنجشنبه": 4, "جمعه": 5, "شنبه": 6, "یکشنبه": 0,
	}
	monthStarts = map[string]time.Time{ // day 0 of the month
		"november": day(time.November, 0), "nov": day(time.November, 0), "novembre": day(time.November, 0), "نوفمبر": day(time.November, 0),
		"december": day(time.December, 0), "dec": day(time.December, 0), "décembre": day(time.December, 0), "ديسمبر": day(time.December, 0),
		"آبان": day(time.October, 22), "آذر": day(time.November, 21),
	}
	weekdayThenDay   = regexp.MustCompile(`(?i)(` + keys(weekdays) + `),? \(?(?:the )?([0-9۰-۹]{1,2}) (` + keys(monthStarts) + `)`)
	weekdayThenMonth = regexp.MustCompile(`(?i)(` + keys(weekdays) + `),? \(?(` + keys(monthStarts) + `)\.? ([0-9]{1,2})`)
	spokenOn         = regexp.MustCompile(`(?i)(?:said|says|told [\w ]+|announced|confirmed|denied|accused [\w ]+)(?: in [A-Z]\w+)?(?: a brief statement)? on (` + keys(weekdays) + `)`)
)

func day(m time.Month, d int) time.Time { return time.Date(2026, m, d, 0, 0, 0, 0, time.UTC) }

func keys[V any](m map[string]V) string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	// Longest first, since the first alternative that fits is taken: چهارشنبه ends in شنبه.
	for i := range list {
		for j := i + 1; j < len(list); j++ {
			if len(list[j]) > len(list[i]) {
				list[i], list[j] = list[j], list[i]
			}
		}
	}
	return strings.Join(list, "|")
}

// datesNamed returns the dates of text with a weekday beside them, and complains
// of each whose weekday is wrong.
func datesNamed(text string) (dates []time.Time, wrong []string) {
	check := func(whole, weekday, number, month string) {
		d, err := strconv.Atoi(strings.Map(westernDigit, number))
		if err != nil {
			wrong = append(wrong, whole+": "+err.Error())
			return
		}
		date := monthStarts[strings.ToLower(month)].AddDate(0, 0, d)
		if w := weekdays[strings.ToLower(weekday)]; date.Weekday() != w {
			wrong = append(wrong, fmt.Sprintf("%q: %s is a %s", whole, date.Format(time.DateOnly), date.Weekday()))
		}
		dates = append(dates, date)
	}
	for _, m := range weekdayThenDay.FindAllStringSubmatch(text, -1) {
		check(m[0], m[1], m[2], m[3])
	}
	for _, m := range weekdayThenMonth.FindAllStringSubmatch(text, -1) {
		check(m[0], m[1], m[3], m[2])
	}
	return dates, wrong
}

func westernDigit(r rune) rune {
	if r >= '۰' && r <= '۹' {
		return '0' + r - '۰'
	}
	return r
}

func TestWeekdaysFitTheirDates(t *testing.T) {
	named := 0
	for _, i := range stage(t).Items() {
		text := html.UnescapeString(i.Title + "\n" + i.Text)
		dates, wrong := datesNamed(text)
		for _, w := range wrong {
			t.Errorf("%s: %s", i.Name(), w)
		}
		named += len(dates)
		// News is of today, or of last night.
		for _, m := range spokenOn.FindAllStringSubmatch(text, -1) {
			w := weekdays[strings.ToLower(m[1])]
			if today := i.Published.Weekday(); w != today && w != i.Published.AddDate(0, 0, -1).Weekday() {
				t.Errorf("%s: %q, but it was published on a %s", i.Name(), m[0], today)
			}
		}
	}
	if named < 15 {
		t.Errorf("only %d dates with a weekday were found", named)
	}
}

// The check itself must see a slip in each language.
func TestAWrongWeekdayIsFound(t *testing.T) {
	for text, right := range map[string]bool{
		"on Tuesday, November 24":        true,
		"on Monday, November 24":         false,
		"Tuesday, 24 November 2026":      true,
		"Wednesday, 24 November":         false,
		"to Wednesday, December 2, at":   true,
		"to Thursday, Dec. 2":            false,
		"mardi 17 novembre":              true,
		"mercredi 17 novembre":           false,
		"اعتباراً من الثلاثاء 10 نوفمبر": true,
		"اعتباراً من الأحد 10 نوفمبر":    false,
		"سه\u200cشنبه ۳ آذر":             true,
		"چهارشنبه ۳ آذر":                 false,
		"شنبه ۲۳ آبان":                   true,
	} {
		dates, wrong := datesNamed(text)
		if len(dates) != 1 || (len(wrong) == 0) != right {
			t.Errorf("%q: dates %v, faults %v", text, dates, wrong)
		}
	}
}
