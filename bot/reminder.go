package bot

import (
	"strings"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// Reminder writes a message of a day that has come, or has passed: what was
// announced for it, and by whom. The rest stands on the card.
func Reminder(a news.Alert, names Names) (blocks []slack.Block, text string) {
	s := newSheet(a, names)
	glyph := "⏰ "
	if a.Named.Passed {
		glyph = "⌛ "
	}
	blocks = []slack.Block{
		slack.NewSectionBlock(mrkdwnObject(glyph+"*"+mrk(s.headline, 2*maxHeadline)+"*"), nil, nil),
		contextLine(strings.Join(s.facts(), "  ·  ")),
	}
	text = mrk(s.headline, 2*maxHeadline) + "."
	if s.where != "" {
		text += " Where: " + mrk(s.where, maxField) + "."
	}
	return blocks, text + " How sure: " + strings.ToLower(s.sure) + ", " + plural(s.count, "source") + "."
}

// reminding says what a reminder is for.
func reminding(n news.NamedDay, dates []news.Date) string {
	deadline, several := false, len(dates) > 1
	for _, d := range dates {
		deadline = deadline || d.Granularity == "deadline"
		several = several || max(d.Start, d.End) != d.Start && d.Granularity != "deadline"
	}
	switch {
	case n.Passed && deadline:
		return "The deadline has passed, and nothing was reported"
	case n.Passed && several:
		return "The days have passed, and nothing was reported"
	case n.Passed:
		return "The day has passed, and nothing was reported"
	}
	when := "Today"
	switch {
	case n.Ahead == 1:
		when = "Tomorrow"
	case n.Ahead > 1:
		when = "In " + itoa(n.Ahead) + " days"
		if t, err := time.Parse(time.DateOnly, n.Day); err == nil {
			when += ", on " + t.Format("Monday")
		}
	}
	switch {
	case deadline:
		return when + " is the deadline"
	case several:
		return when + " is the first day named"
	}
	return when
}
