package chart

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/internal/news"
)

// sideOf is the id of the side for which somebody speaks, "" if nobody is named.
// Of mediators who speak together it is the first.
func sideOf(d *news.Development) string {
	s := d.Speaker
	if s == nil && len(d.Joint) > 0 {
		s = &d.Joint[0]
	}
	switch {
	case s == nil:
		return ""
	case s.Affiliation != nil && *s.Affiliation != "":
		return *s.Affiliation
	case s.Name != nil:
		return *s.Name
	}
	return ""
}

// nobody is the row of what no side is named for.
const nobody = "Reports, no side named"

// nameOf is how a side is called: as the configuration does, if that can be drawn,
// else by its id.
func (t *Timeline) nameOf(side string, f *fonts) string {
	if side == "" {
		return nobody
	}
	if t.Actor != nil {
		if name := tidy(t.Actor(side)); name != "" && f.draws(name) {
			return name
		}
	}
	name := tidy(strings.ReplaceAll(strings.ReplaceAll(side, "-", " "), "_", " "))
	if !f.draws(name) {
		return "A side whose name this picture cannot write"
	}
	return upperWords(name)
}

func upperWords(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}

// tidy leaves out what nobody sees, and joins lines.
func tidy(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x206f || r == 0xfeff {
			return ' '
		}
		return r
	}, s)), " ")
}

// dayWords writes a date ahead briefly.
func dayWords(d news.Date) string {
	from, err := time.Parse(time.DateOnly, d.Start)
	if err != nil {
		return ""
	}
	to, err := time.Parse(time.DateOnly, cmp.Or(d.End, d.Start))
	if err != nil || to.Before(from) {
		to = from
	}
	about := ""
	if d.Approx {
		about = "around "
	}
	switch {
	case d.Granularity == "deadline":
		return about + "by " + to.Format("2 Jan")
	case d.Granularity == "month" && from.Month() == to.Month():
		return about + from.Format("January")
	case from.Equal(to):
		return about + from.Format("Mon 2 Jan")
	case from.Month() == to.Month():
		return about + from.Format("2") + "–" + to.Format("2 Jan")
	}
	return about + from.Format("2 Jan") + " – " + to.Format("2 Jan")
}

// maxAlt bounds the description; Slack takes 1,000 characters.
const maxAlt = 900

// alt describes the picture.
func (t *Timeline) alt(list []news.Tracked, f *fonts) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Timeline of %s: %s", tidy(t.Title), counted(len(list), "development"))
	if len(list) > 0 {
		fmt.Fprintf(&b, " from %s to %s", t.in(list[0].First).Format("2 Jan 2006"), t.in(list[len(list)-1].First).Format("2 Jan 2006"))
	}
	b.WriteString(".")
	say := func(s string) {
		if b.Len()+len(s)+1 <= maxAlt {
			b.WriteString(" " + s)
		}
	}
	by := map[string]int{}
	for i := range list {
		by[t.nameOf(sideOf(&list[i].Development), f)]++
	}
	var names []string
	for name := range by {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, c string) int { return cmp.Or(cmp.Compare(by[c], by[a]), cmp.Compare(a, c)) })
	for i, n := range names {
		names[i] = fmt.Sprintf("%s %d", n, by[n])
	}
	if len(names) > 0 {
		say("Who spoke: " + strings.Join(names[:min(8, len(names))], ", ") + ".")
	}
	for i, u := range t.Ahead {
		if i == 4 || len(u.By) == 0 {
			break
		}
		say("Ahead: " + dayWords(u.Date) + ", " + short(u.By[0].Kind) + ", named by " + t.nameOf(sideOf(&u.By[0].Development), f) + ", " + string(u.By[0].Certainty) + ".")
	}
	for i := range min(3, len(list)) {
		d := list[len(list)-1-i]
		say("Of " + t.in(d.First).Format("2 Jan") + ": " + tidy(d.Headline) + ".")
	}
	return b.String()
}

func (t *Timeline) in(at time.Time) time.Time {
	if t.Zone == nil {
		return at.UTC()
	}
	return at.In(t.Zone)
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
