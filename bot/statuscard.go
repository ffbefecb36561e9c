package bot

import (
	"strings"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// StatusCard writes how a negotiation stands as a message that stays: its blocks,
// and the text that stands for them.
func StatusCard(s news.Status, names Names) (blocks []slack.Block, text string) {
	c := &Commands{Names: names, Zone: zoneOf(s.Zone)}
	title := c.Names.negotiation(s.Negotiation)
	if s.Ended {
		a := newAnswer(title + ": this status card has ended")
		said := "It is no longer kept up to date. When it ended, talks were: " + mrk(s.State, maxName) + "."
		a.section(said, said)
		return append(a.blocks, slack.NewActionBlock("", runButton("How it stands now", "status "+s.Negotiation))), a.text.String()
	}
	a := newAnswer(strings.TrimSpace(stateMark(s.State) + " " + title + ": " + s.State))
	stands := s.Standing
	if s.By != nil && s.Last != nil && s.By.ID == s.Last.ID {
		stands.By = nil // it follows
	}
	a.stands(c, stands)
	if s.Last != nil {
		last := c.sheetOf(*s.Last)
		last.negotiation = "" // it is the title
		line := "*Last development*  ·  " + moment(last.first, c.zone()) + "\n" + last.digestLine()
		if link := permalink(s.Card); link != "" {
			line += "  ·  <" + escapeLink(link) + "|its card here>"
		}
		a.section(line, "Last development, "+plainMoment(last.first, c.zone())+": "+last.digestText())
	}
	a.dates(c, s)
	a.small("As of " + moment(s.At, c.zone()) + ". This card changes by itself when anything on it does. Days are those of the place where they were named.")
	a.say("As of " + plainMoment(s.At, c.zone()) + ".")
	end := slack.NewButtonBlockElement(actionStatus, "status "+s.Negotiation+" "+endWord, plainObject("End this card"))
	end.Confirm = slack.NewConfirmationBlockObject(plainObject("End this card?"),
		plainObject("It stays where it is and is no longer kept up to date. The channel is told who ended it."), plainObject("End it"), plainObject("Keep it"))
	row := slack.NewActionBlock("", runButton("Timeline", "timeline "+s.Negotiation), runButton("Dates ahead", "next "+s.Negotiation), end)
	return append(a.blocks, row), a.text.String()
}

// stateMark is a picture for a state; the word stands beside it.
func stateMark(state string) string {
	switch state {
	case "scheduled":
		return "📅"
	case "under way":
		return "▶️"
	case "between rounds":
		return "⏳"
	case "suspended":
		return "⏸️"
	case "agreed":
		return "🤝"
	case "quiet":
		return "💤"
	}
	return ""
}

// stands says since when a negotiation stands as the title says, and by whose word.
func (a *answer) stands(c *Commands, s Standing) {
	if s.Since.IsZero() {
		const nothing = "Nothing that I have read tells of talks under way, ended or ahead."
		a.section(nothing, nothing)
		return
	}
	line, said := "*"+mrk(upperFirst(s.State), maxName)+"* since "+moment(s.Since, c.zone()), mrk(upperFirst(s.State), maxName)+" since "+plainMoment(s.Since, c.zone())
	if s.Round > 0 {
		line += "  ·  last known " + ordinalRound(s.Round)
		said += ", last known " + ordinalRound(s.Round)
	}
	if s.By != nil {
		by := c.sheetOf(*s.By)
		by.negotiation = ""
		line += "\nfor " + by.digestLine()
		said += ", for " + strings.TrimSuffix(by.digestText(), ".")
	}
	a.section(line, said+".")
}

// dates lists the dates ahead, with who names them and how sure; those that
// conflict stand side by side.
func (a *answer) dates(c *Commands, s news.Status) {
	if len(s.Ahead) == 0 {
		a.section("*Next date*\nNo date ahead has been named.", "No date ahead has been named.")
		return
	}
	var agreed, saidAgreed, saidSide []string
	var side []*slack.TextBlockObject
	for _, u := range s.Ahead {
		line, said := c.named(u, s)
		if len(u.Conflicts) > 0 {
			side, saidSide = append(side, mrkdwnObject(line)), append(saidSide, said)
		} else {
			agreed, saidAgreed = append(agreed, line), append(saidAgreed, said)
		}
	}
	if len(side) > 0 {
		title := "*Next date*  ·  ⚠️ they differ"
		if len(side) == 1 { // the other is further down the list than this card goes
			title = "*Next date*  ·  ⚠️ others name another"
		}
		a.blocks = append(a.blocks, slack.NewSectionBlock(mrkdwnObject(title), side, nil))
		a.say("Next date; they differ: " + strings.Join(saidSide, ". ") + ".")
	}
	if len(agreed) > 0 {
		title := "*Next date*"
		if len(side) > 0 {
			title = "*Besides*"
		}
		a.section(title+"\n"+strings.Join(agreed, "\n"), strings.Trim(title, "*")+": "+strings.Join(saidAgreed, ". ")+".")
	}
	if s.More > 0 {
		a.small("and " + plural(s.More, "more date") + ": " + code("/parley next "+s.Negotiation, maxName))
	}
}

// named writes a date ahead with who names it: as lines, and in words.
func (c *Commands) named(u Upcoming, s news.Status) (line, said string) {
	const most = 2
	day := mrk(upperFirst(dateWords(u.Date, s.At)), maxField)
	line, said = "*"+day+"*", day
	for i, d := range u.By {
		if i == most {
			line += "\nand " + itoa(len(u.By)-most) + " more"
			break
		}
		sh := c.sheetOf(d)
		facts := []string{sh.sureMark + " " + sh.sure}
		words := []string{kindWords(sh.kind), strings.ToLower(sh.sure)}
		for _, f := range []string{sh.by, sh.where} {
			if f != "" {
				facts, words = append(facts, mrk(f, maxName)), append(words, mrk(f, maxName))
			}
		}
		line += "\n" + mark(sh.kind) + " " + anchor(sh.source().link, kindWords(sh.kind), maxName) + "  ·  " + strings.Join(append(facts, sh.id), "  ·  ")
		said += ": " + strings.Join(words, ", ")
	}
	return line, said
}
