package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/news"
)

// when writes the dates of a development as civil days. A civil day has no zone
// ("Tuesday in Islamabad"), so it is never turned into the reader's own. Years
// are written unless they are the year of ref; the zero ref writes them all.
//
//	around Tue 24 Nov (Mon 23 or Wed 25 Nov also possible)
func when(dates []news.Date, ref time.Time) string {
	var named, others []news.Date
	for _, d := range dates {
		if d.Preferred {
			named = append(named, d)
		} else {
			others = append(others, d)
		}
	}
	if len(named) == 0 { // all are equal choices
		named, others = others, nil
		return join(each(named, ref), " or ")
	}
	others = slices.DeleteFunc(others, func(o news.Date) bool {
		return slices.ContainsFunc(named, func(n news.Date) bool { return n.Start == o.Start && n.End == o.End })
	})
	out := join(each(named, ref), " and ")
	if len(others) > 0 {
		out += " (" + alternates(others, ref) + " also possible)"
	}
	return out
}

const maxDates = 6

func each(dates []news.Date, ref time.Time) []string {
	var out []string
	for _, d := range dates {
		if s := dateWords(d, ref); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if len(out) > maxDates {
		out = append(out[:maxDates:maxDates], fmt.Sprintf("%d more", len(out)-maxDates))
	}
	return out
}

func join(parts []string, last string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + last + parts[len(parts)-1]
}

// alternates writes single days of one month together: Mon 23 or Wed 25 Nov.
func alternates(dates []news.Date, ref time.Time) string {
	if len(dates) > maxDates {
		return join(each(dates, ref), " or ")
	}
	var days []time.Time
	for _, d := range dates {
		t, err := time.Parse(time.DateOnly, d.Start)
		if err != nil || d.Granularity != "day" || d.Approx {
			return join(each(dates, ref), " or ")
		}
		if len(days) > 0 && (t.Month() != days[0].Month() || t.Year() != days[0].Year()) {
			return join(each(dates, ref), " or ")
		}
		days = append(days, t)
	}
	var parts []string
	for i, t := range days {
		if i < len(days)-1 {
			parts = append(parts, t.Format("Mon 2"))
		} else {
			parts = append(parts, day(t, ref))
		}
	}
	return join(parts, " or ")
}

// dateWords writes one date with its granularity and its hedge. A date that
// cannot be read is shown as it stood in the text.
func dateWords(d news.Date, ref time.Time) string {
	start, err := time.Parse(time.DateOnly, d.Start)
	if err != nil {
		return clip(plain(d.Span), maxName)
	}
	end, err := time.Parse(time.DateOnly, d.End)
	if err != nil || end.Before(start) {
		end = start
	}
	hedge := ""
	if d.Approx {
		hedge = "around "
	}
	switch d.Granularity {
	case "deadline":
		if d.Approx {
			return "by about " + day(end, ref)
		}
		return "by " + day(end, ref)
	case "week":
		return hedge + "in the week of " + day(start, ref)
	case "month":
		if start.Month() == end.Month() && start.Year() == end.Year() {
			if d.Approx {
				return "around " + start.Format("January 2006")
			}
			return "in " + start.Format("January 2006")
		}
	}
	if start.Equal(end) {
		return hedge + day(start, ref)
	}
	if start.Month() == end.Month() && start.Year() == end.Year() {
		return hedge + start.Format("Mon 2") + " – " + day(end, ref)
	}
	if start.Year() == end.Year() {
		return hedge + start.Format("Mon 2 Jan") + " – " + day(end, ref)
	}
	return hedge + day(start, time.Time{}) + " – " + day(end, time.Time{})
}

func day(t, ref time.Time) string {
	if !ref.IsZero() && t.Year() == ref.Year() {
		return t.Format("Mon 2 Jan")
	}
	return t.Format("Mon 2 Jan 2006")
}

// moment writes an instant so that each reader sees it in his or her own zone.
// The fallback, for clients that cannot, is in the given zone and names it.
func moment(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "at an unknown time"
	}
	return fmt.Sprintf("<!date^%d^{date_short_pretty} at {time}|%s>", t.Unix(), plainMoment(t, zone))
}

// plainMoment writes an instant in one zone, and names the zone.
func plainMoment(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "at an unknown time"
	}
	if zone != nil {
		t = t.In(zone)
	}
	name, offset := t.Zone()
	if name == "" || strings.ContainsAny(name[:1], "+-") { // zones without letters of their own
		name = fmt.Sprintf("UTC%+d", offset/3600)
		if m := offset % 3600 / 60; m != 0 {
			name += fmt.Sprintf(":%02d", max(m, -m))
		}
	}
	return t.Format("Mon 2 Jan 2006, 15:04 ") + name
}

// zoneOf loads an alert's zone, or leaves instants in the zone they carry.
func zoneOf(name string) *time.Location {
	if name == "" {
		return nil
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return loc
}
