package bot

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// What has become of a development since its card was posted, and what it changes
// in an older one.
type aftermath struct {
	later     []laterLine
	replaced  bool   // the whole does not hold any more
	dateGone  bool   // the date does not hold any more
	placeGone bool   // nor the place
	sureGone  bool   // it is surer by now
	was       string // the date before this development moved it
	wasPlace  string
	beside    string // dates or places as the sides name them, where these differ
}

// A laterLine is an update, with the way to its card.
type laterLine struct {
	change, headline, id, link string
}

// sinceOf reads what stands beside an alert.
func sinceOf(a news.Alert, names Names, ref time.Time) aftermath {
	var s aftermath
	d := a.Development
	if b := a.Before; b != nil {
		switch d.Change {
		case news.DateMoved, news.Rescheduled, news.DateNamed:
			s.was = clip(when(b.Dates, ref), maxField)
		case news.VenueMoved:
			s.wasPlace = placeOf(b)
		case news.DateDisputed, news.VenueDisputed:
			s.beside = sideBySide(names, ref, d, b)
		}
	}
	for i := range a.Since {
		l := &a.Since[i]
		s.later = append(s.later, laterLine{
			change: changeWords(l.Change), headline: headline(l.Development, ""), id: l.ID.String(), link: permalink(l.Card),
		})
		switch l.Change {
		case news.DateMoved, news.Rescheduled:
			s.dateGone = true
		case news.VenueMoved:
			s.placeGone = true
		case news.Corroborated:
			s.sureGone = true
		case news.PutOff, news.CalledOff, news.Contradicted:
			s.replaced = true
		case news.DateDisputed, news.VenueDisputed:
			s.beside = sideBySide(names, ref, d, &l.Tracked)
		}
	}
	return s
}

func placeOf(t *news.Tracked) string {
	if t.Venue == nil {
		return ""
	}
	return isolate(clip(plain(*t.Venue), maxName))
}

// sideBySide writes what two developments say where they differ, each with whose
// word it is: "Iran: Tue 24 Nov · Pakistan: Mon 23 Nov (Wed 25 Nov also possible)".
func sideBySide(names Names, ref time.Time, list ...*news.Tracked) string {
	var out []string
	for _, t := range list {
		what := clip(when(t.Dates, ref), maxField)
		if t.Change == news.VenueDisputed || what == "" {
			what = placeOf(t)
		}
		if what != "" {
			out = append(out, sideOf(t, names)+": "+what)
		}
	}
	return strings.Join(out, " · ")
}

// sideOf names for whom those speak who say it, or else the outlet that does.
func sideOf(t *news.Tracked, names Names) string {
	if t.Speaker != nil && t.Speaker.Affiliation != nil {
		return clip(names.actor(*t.Speaker.Affiliation), maxName)
	}
	if len(t.Sources) > 0 {
		return clip(plain(t.Sources[0].Feed), maxName)
	}
	return t.ID.String()
}

// changeWords says what an update did: "Date moved".
func changeWords(c news.Change) string {
	switch c {
	case news.Corroborated:
		return "Confirmed by another side"
	case news.Contradicted:
		return "Denied"
	case news.DateDisputed:
		return "Another side names another date"
	case news.VenueDisputed:
		return "Another side names another place"
	case "":
		return "Updated"
	}
	return upperFirst(strings.ReplaceAll(plain(string(c)), "-", " "))
}

// sinceBlock lists what came of it, right under the headline.
func (s sheet) sinceBlock() slack.Block {
	const most = 5
	var lines []string
	for i, l := range s.later {
		if i == most {
			lines = append(lines, "and "+itoa(len(s.later)-most)+" more")
			break
		}
		lines = append(lines, "↪ *"+mrk(l.change, maxName)+"*  ·  "+anchor(l.link, l.headline, 300)+"  ·  "+l.id)
	}
	return contextLine(strings.Join(lines, "\n"))
}

// struck strikes text through, as mrkdwn.
func struck(text string, gone bool) string {
	if !gone || text == "" {
		return text
	}
	return "~" + text + "~"
}

// sinceText is the same for screen readers, which do not tell what is struck.
func (s sheet) sinceText() string {
	var out []string
	for _, l := range s.later {
		out = append(out, strings.ToLower(l.change)+" ("+l.id+": "+mrk(l.headline, maxHeadline)+")")
	}
	return strings.Join(out, "; ")
}
