package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// actionHome begins what can be pressed on the App Home: its value says what is
// to be done with what, by an id that is looked up anew.
const actionHome = "parley.home"

// How much the App Home shows. Slack takes 100 blocks; a page that is longer than
// this is not read.
const (
	homeFollowed = 20
	homeMuted    = 10
	homeAhead    = 6
	homeLatest   = 6
	homeFeeds    = 6
	maxNotice    = 2500
	homeWidth    = 60_000 // of all text, in the units of width
)

// A board is an App Home in the making.
type board struct {
	blocks []slack.Block
	used   int
}

func (b *board) add(blocks ...slack.Block) { b.blocks = append(b.blocks, blocks...) }

func (b *board) title(text string) {
	b.add(slack.NewDividerBlock(), slack.NewHeaderBlock(plainObject(text)))
}

// line adds a section if there is room.
func (b *board) line(text string, beside slack.BlockElement) bool {
	if text == "" || width(text) > maxSection || b.used+width(text) > homeWidth || len(b.blocks) > maxViewBlocks-8 {
		return false
	}
	b.used += width(text)
	var accessory *slack.Accessory
	if beside != nil {
		accessory = slack.NewAccessory(beside)
	}
	b.add(slack.NewSectionBlock(mrkdwnObject(text), nil, accessory))
	return true
}

// Home is the App Home of a person: what they follow, what is muted, which dates
// are ahead, what came last, and whether the feeds are well. Notice says what
// came of something that was pressed there.
func (c *Commands) Home(ctx context.Context, r Request, notice string) slack.HomeTabViewRequest {
	b := &board{}
	if notice != "" {
		b.line(mrkClip(notice, maxNotice), nil)
	}
	if err := c.homePage(ctx, r, b); err != nil {
		b.line(c.failure(err).Text, nil)
	}
	return homeOf(b.blocks)
}

// mrkClip shortens what is mrkdwn already, by whole lines, or not at all.
func mrkClip(text string, limit int) string {
	for width(text) > limit {
		i := strings.LastIndexByte(text, '\n')
		if i < 0 {
			return "The answer is longer than fits here. `/parley audit` tells what was changed."
		}
		text = text[:i]
	}
	return text
}

func (c *Commands) homePage(ctx context.Context, r Request, b *board) error {
	mine, err := c.mine(ctx, r)
	if err != nil {
		return err
	}
	mutes, err := c.mutedFor(ctx, r, mine.places)
	if err != nil {
		return err
	}
	if len(mine.subs) == 0 {
		b.onboarding()
	} else {
		b.add(homeButtons())
	}
	feeds, err := c.feedsInALine(ctx)
	if err != nil {
		return err
	}
	b.add(contextLine(feeds))
	c.homeMuted(ctx, b, r, mutes, mine.places)
	if err := c.homeAhead(ctx, r, b, mine.about); err != nil {
		return err
	}
	if err := c.homeLatest(ctx, b, mine.about); err != nil {
		return err
	}
	c.homeFollowed(ctx, b, r, mine, mutes)
	b.add(slack.NewDividerBlock(), contextLine("As of "+moment(r.At, c.zone())+". It is drawn anew when you come back, and after each press of a button here. Everything here can be typed too: `/parley help`."))
	return nil
}

// onboarding is what somebody sees who follows nothing yet.
func (b *board) onboarding() {
	b.add(slack.NewHeaderBlock(plainObject("Welcome to parley")))
	b.line("I read the news and say when a negotiation *develops*: a date is named, talks begin, break off, or end in a deal.\n"+
		"Subscribe to a negotiation, and its alerts come to you here or to a channel, at once or as a digest.\n"+
		"You follow nothing yet. Begin with one of these; `/parley` in any channel does the same.", nil)
	b.add(homeButtons())
}

func homeButtons() slack.Block {
	return slack.NewActionBlock("", prime(formButton("Subscribe…", formSubscribe, "")), formButton("Try a query…", formRule, ""), formButton("Settings…", formSettings, ""),
		runButton("Where talks stand", "status"), runButton("Help", "help"))
}

// homeButton is a button of the Home; each action id may stand once in a block.
func homeButton(label, value string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(actionHome, value, plainObject(clip(label, 70)))
}

func (c *Commands) homeAhead(ctx context.Context, r Request, b *board, about []string) error {
	found, err := c.Answers.Next(ctx, "", r.At, 0)
	if err != nil {
		return err
	}
	title := "Dates ahead"
	if len(about) > 0 {
		followed := slices.DeleteFunc(slices.Clone(found), func(u Upcoming) bool { return !slices.Contains(about, u.Negotiation) })
		if len(followed) > 0 {
			found, title = followed, "Dates ahead in what you follow"
		}
	}
	b.title(title)
	if len(found) == 0 {
		b.line("No date ahead has been named.", nil)
	}
	a := &answer{}
	for _, u := range found[:min(homeAhead, len(found))] {
		a.upcoming(c, u, r.At, true)
	}
	for _, block := range a.blocks {
		if s, ok := block.(*slack.SectionBlock); ok {
			b.line(s.Text.Text, nil)
		}
	}
	if len(found) > homeAhead {
		b.add(slack.NewActionBlock("", runButton("All dates", "next")))
	}
	return nil
}

func (c *Commands) homeLatest(ctx context.Context, b *board, about []string) error {
	var found []news.Tracked
	for _, id := range about {
		list, err := c.Answers.Developments(ctx, news.Filter{Negotiation: id, Limit: homeLatest})
		if err != nil {
			return err
		}
		found = append(found, list...)
	}
	slices.SortStableFunc(found, func(x, y news.Tracked) int { return y.First.Compare(x.First) })
	title := "Latest in what you follow"
	if len(found) == 0 {
		var err error
		title = "Latest developments"
		if found, err = c.Answers.Developments(ctx, news.Filter{Limit: homeLatest}); err != nil {
			return err
		}
	}
	b.title(title)
	if len(found) == 0 {
		b.line("Nothing yet.", nil)
	}
	for i, d := range found {
		if i == homeLatest {
			break
		}
		s := c.sheetOf(d)
		var lead []string
		if !s.first.IsZero() {
			lead = append(lead, moment(s.first, c.zone()))
		}
		if s.negotiation != "" {
			lead = append(lead, mrk(s.negotiation, maxName))
		}
		b.line(s.digestLine(lead...), nil)
	}
	return nil
}

// feedsInALine tells how the feeds are, and names those that are not well.
func (c *Commands) feedsInALine(ctx context.Context) (string, error) {
	all, err := c.Answers.Feeds(ctx)
	if err != nil {
		return "", err
	}
	var ill []string
	unseen := 0
	for _, f := range all {
		switch {
		case f.State.Failures > 0:
			ill = append(ill, "*"+mrk(plain(f.Feed.Name), maxName)+"*")
		case f.State.LastCheck.IsZero():
			unseen++
		}
	}
	switch {
	case len(all) == 0:
		return "No feed is configured.", nil
	case len(ill) == 0 && unseen == len(all):
		return "⚪ " + plural(len(all), "feed") + ", none checked yet", nil
	case len(ill) == 0:
		return "🟢 " + plural(len(all), "feed") + ", all well", nil
	}
	named := ill
	if len(ill) > homeFeeds {
		named = append(ill[:homeFeeds:homeFeeds], itoa(len(ill)-homeFeeds)+" more")
	}
	return "🔴 " + itoa(len(ill)) + " of " + plural(len(all), "feed") + " in trouble: " + strings.Join(named, ", ") + ". `/parley feeds` says why.", nil
}
