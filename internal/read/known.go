package read

import (
	"parley/internal/dates"
	"parley/internal/news"
)

// Dates beside those that are known already.

// withinMeeting reports a day that lies in a meeting of several, named as such.
func withinMeeting(meeting, day *news.Date) bool {
	return day.Granularity == "day" && meeting.Granularity == "range" && !meeting.Approx && meeting.Preferred && day.Preferred && meeting.Start <= day.Start && day.End <= meeting.End && days(meeting) <= 14
}

// season reports a period of several weeks, of which a day says more.
func season(d *news.Date) bool { return days(d) > 20 }

// days is the length of a date, 0 where it has none.
func days(d *news.Date) int {
	a, err := parseDay(d.Start)
	if err != nil {
		return 0
	}
	b, err := parseDay(d.End)
	if err != nil {
		return 0
	}
	return int(b.Sub(a).Hours()/24) + 1
}

// later is the day that lies n days behind the last of the dates.
func later(known []news.Date, n int) dates.Day {
	last := ""
	for _, d := range known {
		last = max(last, d.End)
	}
	day, err := parseDay(last)
	if err != nil {
		return 0
	}
	return dates.DayOf(day) + dates.Day(n)
}

// refines reports that a sentence names a date that overlaps one already known:
// the same meeting, told more exactly.
func (r *reader) refines(s *sentence, known []news.Date) bool {
	for _, d := range s.p.datesIn(s.from, s.to) {
		for _, o := range known {
			if d.From != 0 && r.spelling.Of(d.From) <= o.End && r.spelling.Of(d.To) >= o.Start {
				return true
			}
		}
	}
	return false
}

// namesAny reports that a sentence names one of the dates.
func (r *reader) namesAny(s *sentence, known []news.Date) bool {
	for _, d := range s.p.datesIn(s.from, s.to) {
		for _, o := range known {
			if o.Start == r.spelling.Of(d.From) && o.End == r.spelling.Of(d.To) {
				return true
			}
		}
	}
	return false
}

// covered reports that a wider date adds nothing to those already there.
func (r *reader) covered(have []news.Date, d news.Date) bool {
	for _, o := range have {
		if d.Start <= o.Start && o.End <= d.End && (d.Granularity == "week" || d.Granularity == "month") {
			return true
		}
	}
	return false
}

// onlyToday reports that dates name the day of publication alone.
func (r *reader) onlyToday(list []news.Date) bool {
	for i := range list {
		if list[i].Start != r.spelling.Of(r.today) || list[i].End != r.spelling.Of(r.today) {
			return false
		}
	}
	return len(list) > 0
}
