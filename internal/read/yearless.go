package read

import (
	"strings"
	"unicode"

	"parley/internal/dates"
	"parley/internal/news"
)

// nextYear moves a day without a year that was counted back to the coming one:
// what is planned for "14 May" is not last May.
func (r *reader) nextYear(d *dates.Mention) {
	if d.To >= r.today || d.Granularity == dates.ByDay && !hasDigit(d.Span) || hasYear(d.Span) {
		return
	}
	from, to := d.From.AddYears(1), d.To.AddYears(1)
	if to < r.today || !within(r.today, from, 330) {
		return
	}
	d.From, d.To = from, to
}

// thisYear brings a last day that was counted into the year after next back:
// "before the end of June", said in June, is this month.
func (r *reader) thisYear(d *dates.Mention) {
	if d.Granularity != dates.Deadline || r.today == 0 || hasYear(d.Span) {
		return
	}
	if to := d.To.AddYears(-1); to >= r.today {
		d.To = to
	}
}

// begun moves a weekday that names tomorrow, said of what has happened, from last
// week to tomorrow: late in New York it has begun where the item was written.
func (r *reader) begun(e *event, s *sentence, d *dates.Mention) {
	if r.today == 0 || d.From != d.To || d.From != r.today-6 || !r.happenedOn(e) || r.page.Item.Published.Hour() < 17 || strings.ContainsAny(d.Span, "0123456789") {
		return
	}
	for _, w := range r.text.who {
		if w.dateline && s.p == &r.text || w.dateline && s.p.title {
			d.From, d.To = r.today+1, r.today+1
			return
		}
	}
}

// happenedOn reports kinds whose day is that on which they happened.
func (r *reader) happenedOn(e *event) bool {
	return e.kind == news.TalksStarted || e.kind == news.TalksEnded || e.kind == news.AgreementSigned
}

// hasYear reports a number of four digits.
func hasYear(s string) bool {
	run := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			if run++; run == 4 {
				return true
			}
		} else {
			run = 0
		}
	}
	return false
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// heldIn reports a past tense before a day or month without a year: "held talks in
// Caracas in January" looks back.
func (p *part) heldIn(d *dates.Mention, from int) bool {
	for k := d.First - 1; k >= from && k >= d.First-8; k-- {
		switch p.t.Tokens[k].Norm {
		case "held", "met", "took", "ended", "began", "opened", "signed", "agreed", "left", "collapsed", "stalled":
			return p.left(k, from, 4, of(cWill, cBe, cTo, cWould, cMay)) < 0
		}
		if p.boundary(k) {
			break
		}
	}
	return false
}
