package read

import (
	"strconv"
	"strings"
	"time"

	"parley/internal/news"
)

// headline says in one line what happened, the speaker first: "Pakistan
// (mediator): US–Iran technical talks expected around Tue 24 Nov".
func (r *reader) headline(d *news.Development) string {
	var b strings.Builder
	b.Grow(128) // more than most take
	if d.Speaker != nil {
		if who := r.speakerTitle(d); who != "" {
			b.WriteString(who)
			if d.Speaker.Role != news.Other {
				b.WriteString(" (")
				b.WriteString(string(d.Speaker.Role))
				b.WriteString(")")
			}
			b.WriteString(": ")
		}
	} else if len(d.Joint) > 0 {
		for i, s := range d.Joint {
			switch {
			case i > 0 && i == len(d.Joint)-1:
				b.WriteString(" and ")
			case i > 0:
				b.WriteString(", ")
			}
			b.WriteString(r.actorTitle(*s.Affiliation))
		}
		b.WriteString(" (mediators): ")
	}
	name := r.subjectTitle(d)
	happening := strings.HasPrefix(string(d.Kind), "talks-")
	if happening {
		b.WriteString(ofLevel(name, d.Level))
		if d.Round != nil {
			b.WriteString(", round ")
			b.WriteString(strconv.Itoa(*d.Round))
			b.WriteString(",")
		}
		b.WriteString(" ")
	} else {
		b.WriteString(name)
		b.WriteString(": ")
	}
	b.WriteString(whatHappened(d))
	if len(d.Dates) > 0 && dated(d.Kind) {
		b.WriteString(preposition(d))
		b.WriteString(r.datesTitle(d.Dates))
	}
	if d.Venue != nil && happening {
		city, _, _ := strings.Cut(*d.Venue, ",")
		b.WriteString(", ")
		b.WriteString(city)
	}
	if d.Certainty == news.Reported {
		b.WriteString(", unnamed sources say")
	}
	return b.String()
}

// speakerTitle names who speaks: the actor, whoever lends the voice.
func (r *reader) speakerTitle(d *news.Development) string {
	if d.Speaker.Affiliation != nil {
		return r.actorTitle(*d.Speaker.Affiliation)
	}
	if d.Speaker.Name != nil {
		return *d.Speaker.Name
	}
	return ""
}

func (r *reader) actorTitle(id string) string {
	if title, _, ok := r.actors.Title(id); ok {
		return title
	}
	for _, g := range r.groups {
		if g.id == id {
			return g.title
		}
	}
	return id
}

// subjectTitle names the negotiation, or its parties.
func (r *reader) subjectTitle(d *news.Development) string {
	if d.Negotiation != nil {
		for i := range r.negotiations {
			if r.negotiations[i].ID == *d.Negotiation {
				return r.negotiations[i].Title
			}
		}
	}
	var parties []string
	for _, id := range d.Parties {
		parties = append(parties, r.actorTitle(id))
	}
	if len(parties) == 0 {
		return "Talks"
	}
	return strings.Join(parties, "–") + " talks"
}

// ofLevel writes the level into a negotiation's name: "US–Iran technical talks".
func ofLevel(name, level string) string {
	if level == "" {
		return name
	}
	if sides, ok := strings.CutSuffix(name, " talks"); ok && !strings.Contains(sides, " ") {
		return sides + " " + level + " talks"
	}
	return name + " (" + level + ")"
}

// whatHappened says it in parley's words.
func whatHappened(d *news.Development) string {
	switch d.Kind {
	case news.TalksScheduled:
		if d.Certainty == news.Expected {
			return "expected"
		}
		return "scheduled"
	case news.TalksStarted:
		return "under way"
	case news.TalksEnded:
		return "ended"
	case news.TalksPostponed:
		return "postponed"
	case news.TalksCancelled:
		return "called off"
	case news.TalksSuspended:
		return "broken off"
	case news.MediationOffered:
		return "mediation offered"
	case news.MessageConveyed:
		return "message conveyed"
	case news.ProposalMade:
		return "proposal made"
	case news.ProposalAccepted:
		return "proposal accepted"
	case news.ProposalRejected:
		return "proposal rejected"
	case news.AgreementReached:
		return "agreement reached"
	case news.AgreementSigned:
		return "agreement signed or in force"
	case news.ViolationAlleged:
		return "breach alleged"
	case news.Atmosphere:
		return "tone " + toneTitle(d.Tone)
	case news.GapsNamed:
		return "gaps remain"
	case news.Ultimatum:
		return "ultimatum"
	case news.SanctionsImposed:
		return "sanctions imposed"
	case news.SanctionsEased:
		return "sanctions eased"
	case news.Denial:
		if d.Denies != nil {
			return "denial of " + strings.ReplaceAll(string(*d.Denies), "-", " ")
		}
		return "denial"
	}
	return string(d.Kind)
}

func toneTitle(tone *int) string {
	if tone == nil {
		return "unclear"
	}
	return [...]string{"very bad", "difficult", "businesslike", "constructive", "very good"}[*tone+2]
}

// dated reports kinds whose headline carries the date.
func dated(k news.Kind) bool {
	switch k {
	case news.TalksScheduled, news.TalksPostponed, news.Ultimatum, news.AgreementReached, news.AgreementSigned, news.MediationOffered:
		return true
	}
	return false
}

// preposition leads from what happened to its first date.
func preposition(d *news.Development) string {
	first := d.Dates[0]
	switch {
	case first.Approx || first.Granularity == "deadline":
		return " "
	case d.Kind == news.TalksScheduled && d.Certainty != news.Expected:
		return " for "
	case d.Kind == news.TalksPostponed:
		return " to "
	case d.Kind == news.TalksScheduled && first.Start == first.End:
		return " on "
	case d.Kind == news.TalksScheduled:
		return " "
	}
	return ", "
}

// datesTitle writes dates as an editor would: "around Tue 24 Nov, or Mon 23 Nov
// or Wed 25 Nov".
func (r *reader) datesTitle(dates []news.Date) string {
	var first, others []string
	for i, d := range dates {
		if i >= 4 {
			break
		}
		if s := r.dateTitle(d); d.Preferred || i == 0 {
			first = append(first, s)
		} else {
			others = append(others, s)
		}
	}
	out := strings.Join(first, " and ")
	if len(others) > 0 {
		out += ", or " + strings.Join(others, " or ")
	}
	return out
}

func (r *reader) dateTitle(d news.Date) string {
	start, err := parseDay(d.Start)
	if err != nil {
		return d.Span
	}
	end, err := parseDay(d.End)
	if err != nil {
		end = start
	}
	year := ""
	if end.Year() != r.day.Year() {
		year = " 2006"
	}
	s := ""
	switch {
	case d.Granularity == "deadline":
		return "by " + end.Format("Mon 2 Jan"+year)
	case d.Granularity == "month" && start.Day() == 1:
		s = start.Format("January" + year)
	case start.Equal(end):
		s = start.Format("Mon 2 Jan" + year)
	default:
		s = span(start, end, year)
	}
	if d.Approx {
		s = "around " + s
	}
	return s
}

func span(start, end time.Time, year string) string {
	return start.Format("2 Jan") + "–" + end.Format("2 Jan"+year)
}
