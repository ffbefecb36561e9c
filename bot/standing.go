package bot

import (
	"context"
	"strings"

	"parley/internal/news"
)

// A Standing is how a negotiation stands.
type Standing = news.Standing

// status answers "status [negotiation]".
func (c *Commands) status(ctx context.Context, r Request, args string) (Response, error) {
	args, page := paged(args)
	if args == "" {
		return c.statusPage(ctx, r, page)
	}
	args, dest := destined(args, r)
	args, change := keepOrEnd(args)
	n, err := c.negotiation(ctx, args)
	if err != nil {
		return Response{}, err
	}
	switch change {
	case keepWord:
		return c.keepStatus(ctx, r, n.ID, dest)
	case endWord:
		return c.endStatus(ctx, r, n.ID, dest)
	}
	card, kept, err := c.statusCard(ctx, n.ID, dest)
	if err != nil {
		return Response{}, err
	}
	s, err := c.Answers.Standing(ctx, n.ID, r.At)
	if err != nil {
		return Response{}, err
	}
	ahead, err := c.Answers.Next(ctx, n.ID, r.At, 4)
	if err != nil {
		return Response{}, err
	}
	a := newAnswer(c.Names.negotiation(n.ID))
	a.standing(c, s)
	if s.Last != nil {
		last := c.sheetOf(*s.Last)
		a.section("*Last development*\n"+last.digestLine(moment(last.first, c.zone())), "Last development: "+last.digestText())
	}
	if len(ahead) == 0 {
		a.section("*Next date*\nNo date ahead has been named.", "No date ahead has been named.")
	}
	for i, u := range ahead {
		if i == 3 {
			a.ask("More dates", "next "+n.ID)
			break
		}
		a.upcoming(c, u, r.At, false)
	}
	if who := c.sides(n); who != "" {
		a.small(who)
	}
	if kept && card.Parked == "" {
		a.small(cardKept(card))
	}
	if s.Last != nil {
		a.ask("Timeline", "timeline "+n.ID)
	}
	if !kept || card.Parked != "" {
		a.leads = append(a.leads, lead{label: "Keep a status card here", words: "status " + n.ID + " " + keepWord, action: actionStatus})
	}
	return a.response(), nil
}

// standing says where a negotiation stands, since when, and by whose word.
func (a *answer) standing(c *Commands, s Standing) {
	line, said := "*"+mrk(upperFirst(s.State), maxName)+"*", mrk(upperFirst(s.State), maxName)
	if s.Round > 0 {
		line += "  ·  last known " + ordinalRound(s.Round)
		said += ", last known " + ordinalRound(s.Round)
	}
	if s.By == nil {
		line += "\nNothing that I have read tells of talks under way, ended or ahead."
		a.section(line, said+". Nothing that I have read tells of talks under way, ended or ahead.")
		return
	}
	by := c.sheetOf(*s.By)
	line += "  ·  since " + moment(s.Since, c.zone()) + "\nfor " + mark(by.kind) + " " + anchor(by.source().link, by.headline, maxField)
	facts := []string{by.sureMark + " " + by.sure}
	if by.by != "" {
		facts = append(facts, mrk(by.by, 2*maxName))
	}
	line += "  ·  " + strings.Join(append(facts, by.id), "  ·  ")
	a.section(line, said+", for "+by.digestText())
}

// sides names who takes part in a negotiation.
func (c *Commands) sides(n news.Negotiation) string {
	var parts []string
	for _, side := range []struct {
		role string
		ids  []string
	}{{"Parties", n.Parties}, {"mediators", n.Mediators}, {"hosts", n.Hosts}, {"guarantors", n.Guarantors}} {
		var names []string
		for _, id := range side.ids {
			names = append(names, mrk(clip(c.Names.actor(id), maxName), maxName))
		}
		if len(names) > 12 {
			names = append(names[:12], "and "+itoa(len(names)-12)+" more")
		}
		if len(names) > 0 {
			parts = append(parts, side.role+" "+strings.Join(names, ", "))
		}
	}
	return strings.Join(parts, "  ·  ")
}

// statusPage lists how negotiations stand, those of which anything is known.
func (c *Commands) statusPage(ctx context.Context, r Request, page int) (Response, error) {
	all, err := c.Answers.Negotiations(ctx)
	if err != nil {
		return Response{}, err
	}
	standings, err := c.Answers.Standings(ctx, r.At)
	if err != nil {
		return Response{}, err
	}
	var lines, said []string
	for _, n := range all {
		s, heard := standings[n.ID]
		if !heard {
			continue
		}
		line := "*" + mrk(c.Names.negotiation(n.ID), 2*maxName) + "*  ·  " + mrk(s.State, maxName)
		if !s.Since.IsZero() {
			line += " since " + moment(s.Since, c.zone())
		}
		lines = append(lines, line+"  ·  "+code(n.ID, maxName))
		said = append(said, mrk(c.Names.negotiation(n.ID), 2*maxName)+": "+mrk(s.State, maxName))
	}
	if len(lines) == 0 {
		return onlyText("Nothing has been heard of any negotiation yet. `/parley feeds` tells whether the feeds are well."), nil
	}
	a := newAnswer("How negotiations stand")
	from, to := a.page(len(lines), page, maxListed, "status")
	for i := from; i < to; i += 8 {
		end := min(i+8, to)
		a.section(strings.Join(lines[i:end], "\n"), strings.Join(said[i:end], ". ")+".")
	}
	if left := len(all) - len(lines); left > 0 {
		a.small("Of " + plural(left, "other negotiation") + " nothing has been heard. " + code("/parley status us-iran", maxName) + " tells more of one.")
	}
	return a.response(), nil
}
