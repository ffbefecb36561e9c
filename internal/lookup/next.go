package lookup

import (
	"cmp"
	"context"
	"slices"
	"time"

	"parley/internal/news"
)

// An Upcoming is a date ahead in a negotiation, with every development that
// names it.
type Upcoming = news.Upcoming

// Next returns the dates from today on, soonest first, at most limit (0: all);
// of one negotiation, or of all when it is empty. What is denied names no date.
//
// A development counts with the dates it prefers, and with its alternates only
// when all that it prefers have passed.
func (a *Answers) Next(ctx context.Context, negotiation string, now time.Time, limit int) ([]Upcoming, error) {
	today := now.In(a.catalogue.Load().Zone).Format(time.DateOnly)
	found, err := a.store.Upcoming(ctx, today, 0)
	if err != nil {
		return nil, err
	}
	var out []Upcoming
	for _, d := range found {
		about := ""
		if d.Negotiation != nil {
			about = *d.Negotiation
		}
		if negotiation != "" && about != negotiation || d.Certainty == news.Denied || d.Kind == news.Denial || over(d.Kind) {
			continue
		}
		for _, date := range ahead(d.Dates, today) {
			i := slices.IndexFunc(out, func(u Upcoming) bool { return u.Negotiation == about && sameDate(u.Date, date) })
			if i < 0 {
				i = len(out)
				out = append(out, Upcoming{Negotiation: about, Date: date})
			}
			out[i].By = append(out[i].By, d)
		}
	}
	for i := range out {
		slices.SortStableFunc(out[i].By, bySureness)
		out[i].Date = naming(out[i])
	}
	slices.SortStableFunc(out, func(a, b Upcoming) int {
		return cmp.Or(cmp.Compare(due(a.Date), due(b.Date)), cmp.Compare(a.Date.Start, b.Date.Start), cmp.Compare(a.Date.End, b.Date.End), cmp.Compare(a.Negotiation, b.Negotiation))
	})
	for i := range out {
		for j := range out {
			if i != j && conflict(out[i], out[j]) {
				out[i].Conflicts = append(out[i].Conflicts, out[j].Date)
			}
		}
	}
	if limit > 0 && len(out) > limit {
		out = out[:limit]
	}
	return out, nil
}

// over reports whether what is dated has happened, so that today is not ahead.
func over(k news.Kind) bool {
	return k == news.TalksStarted || k == news.TalksEnded || k == news.TalksSuspended
}

// due is the day by which a date is put in order: a deadline begins when it is set,
// and what counts is its end.
func due(d news.Date) string {
	if d.Granularity == "deadline" {
		return cmp.Or(d.End, d.Start)
	}
	return d.Start
}

// ahead returns the dates that have not passed: the preferred ones, else the
// alternates.
func ahead(dates []news.Date, today string) []news.Date {
	var preferred, alternates []news.Date
	for _, d := range dates {
		switch {
		case cmp.Or(d.End, d.Start) < today:
		case d.Preferred:
			preferred = append(preferred, d)
		default:
			alternates = append(alternates, d)
		}
	}
	if len(preferred) > 0 {
		return preferred
	}
	return alternates
}

// sameDate compares days and what they mean: until a day is not on that day.
func sameDate(a, b news.Date) bool {
	return a.Start == b.Start && a.End == b.End && (a.Granularity == "deadline") == (b.Granularity == "deadline") ||
		a.End == b.End && a.Granularity == "deadline" && b.Granularity == "deadline" // the publication day differs
}

// naming is the date as the surest who names it words it.
func naming(u Upcoming) news.Date {
	for _, d := range u.By[0].Dates {
		if sameDate(d, u.Date) {
			return d
		}
	}
	return u.Date
}

// near is how far apart two dates may be that are taken for one meeting when
// nobody counts its round.
const near = 7 * 24 * time.Hour

// conflict says whether two dates are named for the same thing by different
// developments: the same kind of event in the same negotiation and round; without
// a round, the same level of talks within a week. Overlapping dates agree.
func conflict(a, b Upcoming) bool {
	if a.Negotiation == "" || a.Negotiation != b.Negotiation || overlap(a.Date, b.Date) {
		return false
	}
	for _, x := range a.By {
		for _, y := range b.By {
			if x.ID != y.ID && sameEvent(&x, &y, a.Date, b.Date) {
				return true
			}
		}
	}
	return false
}

func sameEvent(x, y *news.Tracked, a, b news.Date) bool {
	if x.Kind != y.Kind {
		return false
	}
	for _, d := range x.Dates { // an alternate of one is no conflict with the other
		if overlap(d, b) {
			return false
		}
	}
	for _, d := range y.Dates {
		if overlap(d, a) {
			return false
		}
	}
	if x.Round != nil && y.Round != nil {
		return *x.Round == *y.Round
	}
	if x.Level != y.Level {
		return false
	}
	s, err1 := time.Parse(time.DateOnly, a.Start)
	t, err2 := time.Parse(time.DateOnly, b.Start)
	return err1 == nil && err2 == nil && s.Sub(t).Abs() <= near
}

func overlap(a, b news.Date) bool {
	return a.Start <= cmp.Or(b.End, b.Start) && b.Start <= cmp.Or(a.End, a.Start)
}
