package story

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unique"

	"parley/internal/news"
)

// facts are what of a development decides, in a form that is quick to compare.
type facts struct {
	kind        news.Kind
	denies      news.Kind
	negotiation string
	parties     []string
	sides       []string // for whom those speak who say so; nil: nobody is named
	name        []string // words of the one speaker's name, in small letters
	certainty   news.Certainty
	tone        int8
	toned       bool
	round       int
	level       string
	venue       string
	dates       []span
	gone        []span   // dates that were given up
	involved    []string // mediators
	mediates    bool     // who speaks is one
	outsider    bool     // who speaks has no part in the talks
	moved       bool     // the report says that the place is another than before
	inForce     bool     // of an agreement: it has taken effect
	separate    bool     // the report says that it is another than one before
}

// A span is a date in days since 1970, both ends included.
type span struct {
	from, to int32
	approx   bool
	other    bool // an alternate
}

func factsOf(d *news.Development) facts {
	f := facts{kind: one(d.Kind), parties: ones(d.Parties), certainty: one(d.Certainty), level: one(d.Level), moved: d.Moved, inForce: d.InForce, separate: d.Separate}
	if d.Denies != nil {
		f.denies = one(*d.Denies)
	}
	if d.Negotiation != nil {
		f.negotiation = one(*d.Negotiation)
	}
	if d.Round != nil {
		f.round = *d.Round
	}
	if d.Tone != nil {
		f.tone, f.toned = int8(*d.Tone), true
	}
	if d.Venue != nil {
		f.venue = one(strings.ToLower(*d.Venue))
	}
	f.involved = ones(d.Mediators)
	voices := d.Joint
	if d.Speaker != nil {
		voices = []news.Speaker{*d.Speaker}
		f.mediates, f.outsider = d.Speaker.Role == news.Mediator, d.Speaker.Role == news.Other && d.Negotiation != nil
		if d.Speaker.Name != nil {
			f.name = ones(nameWords(*d.Speaker.Name))
		}
	}
	for _, v := range voices {
		if v.Affiliation != nil && !slices.Contains(f.sides, *v.Affiliation) {
			f.sides = append(f.sides, one(*v.Affiliation))
		}
	}
	if d.Agent != "" && !slices.Contains(f.sides, d.Agent) { // an answer is the answer of who gives it
		f.sides, f.name, f.mediates = []string{one(d.Agent)}, nil, slices.Contains(d.Mediators, d.Agent)
	}
	for _, x := range d.Dates {
		if s, ok := spanOf(x); ok {
			f.dates = append(f.dates, s)
		}
	}
	return f
}

// one returns the one copy of a word that all facts share, so that thousands of
// developments keep it once, and equal words are found equal at a glance.
func one[S ~string](s S) S { return unique.Make(s).Value() }

// ones does so for a list, in a list of its own.
func ones(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = one(s)
	}
	return out
}

// spanOf is not ok for a date that is no day of the calendar.
func spanOf(d news.Date) (span, bool) {
	from, ok := dayNumber(d.Start)
	to, ok2 := dayNumber(d.End)
	if !ok {
		return span{}, false
	}
	if !ok2 || to < from {
		to = from
	}
	return span{from, to, d.Approx, !d.Preferred}, true
}

// dayNumber counts the days from 1970 to a day written 2006-01-02.
func dayNumber(s string) (int32, bool) {
	if len(s) != len(time.DateOnly) {
		return 0, false
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, false
	}
	return int32(t.Unix() / 86400), true
}

// civil is the day that an instant falls on where it was written down.
func civil(t time.Time) int32 {
	_, offset := t.Zone()
	s := t.Unix() + int64(offset)
	if s < 0 {
		s -= 86399
	}
	return int32(s / 86400)
}

// days returns how many days s spans.
func (s span) days() int32 { return s.to - s.from + 1 }

// meets reports whether two dates can be one: a hedged day ("around Tuesday")
// reaches one day either way.
func (s span) meets(t span) bool {
	slack := int32(0)
	if s.approx && s.from == s.to || t.approx && t.from == t.to {
		slack = 1
	}
	return s.from <= t.to+slack && t.from <= s.to+slack
}

// holds reports whether t lies inside s and is narrower.
func (s span) holds(t span) bool {
	return s.from <= t.from && t.to <= s.to && t.days() < s.days()
}

// extent returns the days from the first to the last that a list names, 0 for
// an empty one.
func extent(list []span) int32 {
	if len(list) == 0 {
		return 0
	}
	h := list[0]
	for _, s := range list {
		h.from, h.to = min(h.from, s.from), max(h.to, s.to)
	}
	return h.days()
}

// gap returns how many days lie between two dates that do not meet.
func gap(a, b []span) int32 {
	least := int32(1 << 20)
	for _, s := range a {
		for _, t := range b {
			least = min(least, max(t.from-s.to, s.from-t.to))
		}
	}
	return least
}

func meet(a, b []span) bool {
	for _, s := range a {
		for _, t := range b {
			if s.meets(t) {
				return true
			}
		}
	}
	return false
}

// narrows reports whether b says within a's dates which day it is: all that b
// names lies inside of a date of a's, and it names fewer days.
func narrows(a, b []span) bool {
	if len(a) == 0 || len(b) == 0 || extent(b) >= extent(a) {
		return false
	}
	for _, t := range b {
		if !slices.ContainsFunc(a, func(s span) bool { return s.holds(t) || s.from == t.from && s.to == t.to }) {
			return false
		}
	}
	return true
}

// settles reports whether b narrows what a says by more than leaving out its
// alternates: a shorter report of "Tuesday, or Monday or Wednesday" names Tuesday
// alone, and the others are possible all the same.
func settles(a, b []span) bool {
	first := slices.DeleteFunc(slices.Clone(a), func(s span) bool { return s.other })
	leftOut := func(s span) bool {
		return !slices.ContainsFunc(b, func(t span) bool { return s.from == t.from && s.to == t.to })
	}
	return narrows(a, b) && (len(first) == 0 || slices.ContainsFunc(first, leftOut))
}

// reach returns the last of the days named, 0 for none.
func reach(list []span) int32 {
	last := int32(0)
	for _, s := range list {
		last = max(last, s.to)
	}
	return last
}

// nameWords are the words of a name in small letters.
func nameWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
}

// sameName compares two names: 1 alike, −1 different, 0 when it cannot be told,
// as between two scripts.
func sameName(a, b []string) int {
	if len(a) == 0 || len(b) == 0 || latin(a) != latin(b) {
		return 0
	}
	for _, x := range a {
		for _, y := range b {
			if x == y && len(x) > 2 || len(x) > 4 && len(y) > 4 && close(x, y) {
				return 1
			}
		}
	}
	return -1
}

func latin(words []string) bool { return words[0][0] < 0x80 }

// close reports whether two words are spellings of one name, as Araghchi and
// Araqchi are: the same but for two letters.
func close(a, b string) bool {
	const most = 2
	if a[0] != b[0] || len(a)-len(b) > most || len(b)-len(a) > most || len(a) > 24 || len(b) > 24 {
		return false
	}
	var row [25]int
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)] <= most
}

// sameVenue compares two venues, "city, country": different only where both
// name a city, or one a country that the other is not in.
func sameVenue(a, b string) bool {
	if a == "" || b == "" || a == b {
		return true
	}
	cityA, landA, twoA := strings.Cut(a, ", ")
	cityB, landB, twoB := strings.Cut(b, ", ")
	switch {
	case twoA && twoB:
		return cityA == cityB
	case twoA:
		return landA == b || cityA == b
	case twoB:
		return landB == a || cityB == a
	}
	return false
}

// sameSides compares who speaks: 1 if somebody speaks for the same side, −1 if
// nobody does, 0 if one of the two names nobody.
func sameSides(a, b *facts) int {
	if len(a.sides) == 0 || len(b.sides) == 0 {
		return 0
	}
	for _, s := range a.sides {
		if slices.Contains(b.sides, s) {
			return 1
		}
	}
	return -1
}

// sameParties reports whether the parties of two developments can be the same
// ones: one list holds the other, or they have two in common.
func sameParties(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	common := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			common++
		}
	}
	return common >= 2 || common == min(len(a), len(b))
}

// levels that exclude each other.
var levels = [][2]string{{"technical", "ministerial"}, {"direct", "indirect"}}

func sameLevel(a, b string) bool {
	for _, l := range levels {
		if a == l[0] && b == l[1] || a == l[1] && b == l[0] {
			return false
		}
	}
	return true
}
