package bot

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"parley/internal/news"
	"parley/rules"
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
		b.line(mrkClip(notice, maxSection), nil)
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
			return "Done, with more to say than fits here."
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
	c.homeMuted(ctx, b, r, mutes)
	if err := c.homeAhead(ctx, r, b, mine.about); err != nil {
		return err
	}
	if err := c.homeLatest(ctx, b, mine.about); err != nil {
		return err
	}
	c.homeFollowed(ctx, b, r, mine)
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
	subscribe := formButton("Subscribe…", formSubscribe, "")
	subscribe.Style = slack.StylePrimary
	return slack.NewActionBlock("", subscribe, formButton("Try a query…", formRule, ""), formButton("Settings…", formSettings, ""),
		runButton("Where talks stand", "status"), runButton("Help", "help"))
}

// homeButton is a button of the Home; each action id may stand once in a block.
func homeButton(label, value string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(actionHome, value, plainObject(clip(label, 70)))
}

// What is a person's: the subscriptions that reach them.
type ownership struct {
	subs   []news.Subscription
	places []Place // channels they are in
	about  []string
	blind  string // why channels are left out; empty: they are not
}

// mine finds what a person follows: what comes as direct messages, and what the
// channels are subscribed to that he or she is in. Where that cannot be known,
// only what the person subscribed is shown, so that nobody reads on a Home what
// a private channel follows.
func (c *Commands) mine(ctx context.Context, r Request) (ownership, error) {
	var o ownership
	all, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return o, err
	}
	if c.Places == nil {
		o.blind = "I cannot look in which channels you are"
	} else if o.places, err = c.Places(ctx, r.User); err != nil {
		o.blind = "I cannot look in which channels you are: " + mrk(tidy(err.Error()), maxField)
	}
	for _, s := range all {
		own := s.Author == r.User && s.Author != "" && !person(s.Channel) && !strings.HasPrefix(s.Channel, "D")
		if personal(s.Channel, s.Author, r.User) || within(o.places, s.Channel) || o.blind != "" && own {
			o.subs = append(o.subs, s)
		}
	}
	for _, s := range o.subs {
		for _, id := range negotiationsOf(s.To) {
			if !slices.Contains(o.about, id) {
				o.about = append(o.about, id)
			}
		}
	}
	return o, nil
}

// within says whether a subscription's channel is one of these.
func within(places []Place, channel string) bool {
	name, named := strings.CutPrefix(channel, "#")
	return slices.ContainsFunc(places, func(p Place) bool {
		return p.ID == channel || named && strings.EqualFold(p.Name, name)
	})
}

// negotiationsOf lists the negotiations that a query asks for by name.
func negotiationsOf(query string) []string {
	q, err := rules.Parse(query)
	if err != nil {
		return nil
	}
	var out []string
	var walk func(rules.Node)
	walk = func(n rules.Node) {
		switch n := n.(type) {
		case *rules.And:
			for _, k := range n.Nodes {
				walk(k)
			}
		case *rules.Or:
			for _, k := range n.Nodes {
				walk(k)
			}
		case *rules.Field:
			if n.Name == "negotiation" {
				out = append(out, n.Value)
			}
		}
	}
	walk(q.Root)
	return out
}

// mutedFor lists the mutes that keep something from a person.
func (c *Commands) mutedFor(ctx context.Context, r Request, places []Place) ([]news.Mute, error) {
	all, err := c.Answers.Mutes(ctx)
	return slices.DeleteFunc(all, func(m news.Mute) bool {
		return !personal(m.Channel, m.Author, r.User) && !within(places, m.Channel) && m.Author != r.User
	}), err
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

// homeFollowed lists the subscriptions that reach a person, those in direct
// messages first.
func (c *Commands) homeFollowed(ctx context.Context, b *board, r Request, mine ownership) {
	if len(mine.subs) == 0 {
		return
	}
	b.title("You follow")
	slices.SortStableFunc(mine.subs, func(x, y news.Subscription) int {
		direct := func(s news.Subscription) int {
			if personal(s.Channel, s.Author, r.User) {
				return 0
			}
			return 1
		}
		return direct(x) - direct(y)
	})
	for i, s := range mine.subs {
		if i == homeFollowed || !b.line(c.followedLine(ctx, r, s, mine.places), followedMenu(s)) {
			b.add(contextLine("and " + itoa(len(mine.subs)-i) + " more: `/parley subscriptions` in a channel lists its own"))
			break
		}
	}
	if mine.blind != "" {
		b.add(contextLine(mine.blind + ". So this lists only what you subscribed yourself; `/parley subscriptions` in a channel lists all of its own."))
	}
}

func (c *Commands) followedLine(ctx context.Context, r Request, s news.Subscription, places []Place) string {
	where := "to you, as direct messages"
	if !personal(s.Channel, s.Author, r.User) {
		where = "in " + placeWords(s.Channel, places)
	}
	how := wishesWords(s)
	if how == "" {
		how = "  ·  each alert at once"
	}
	by := "the configuration"
	if s.Author != "" {
		if by = showUser(s.Author); s.Author == r.User {
			by = "you"
		}
	}
	return c.subscriptionWords(ctx, s) + "\n" + where + how + "  ·  by " + by
}

// placeWords writes a channel so that Slack makes a link of it where its id is
// known.
func placeWords(channel string, places []Place) string {
	for _, p := range places {
		if p.ID == channel || strings.HasPrefix(channel, "#") && strings.EqualFold(p.Name, channel[1:]) {
			return showChannel(p.ID)
		}
	}
	return showChannel(channel)
}

func followedMenu(s news.Subscription) slack.BlockElement {
	key := subscriptionKey(s)
	option := func(label, value string) *slack.OptionBlockObject {
		return slack.NewOptionBlockObject(value, plainObject(label), nil)
	}
	options := []*slack.OptionBlockObject{option("Mute for 8 hours", "mute "+key)}
	if s.ID != 0 {
		options = append([]*slack.OptionBlockObject{option("Edit…", "edit "+key)}, append(options, option("Unsubscribe", "end "+key))...)
	}
	return slack.NewOverflowBlockElement(actionHome, options...)
}

// subscriptionKey names a subscription in the value of a button. Those of the
// configuration have no number.
func subscriptionKey(s news.Subscription) string {
	if s.ID != 0 {
		return itoa(int(s.ID))
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.Channel + " " + s.To)) // a hash never fails to be written to
	return fmt.Sprintf("c%x", h.Sum64())
}

func (c *Commands) homeMuted(ctx context.Context, b *board, r Request, mutes []news.Mute) {
	if len(mutes) == 0 {
		return
	}
	b.title("Muted")
	for i, m := range mutes {
		where := "in your direct messages"
		if !personal(m.Channel, m.Author, r.User) {
			where = "in " + showChannel(m.Channel)
		}
		line := "🔕 " + upperFirst(c.mutedWords(ctx, m)) + "\n" + where + "  ·  " + c.untilWords(m) + "  ·  " + plural(m.Held, "alert") + " held  ·  by " + showUser(m.Author)
		if i == homeMuted || !b.line(line, homeButton("Unmute", "unmute "+itoa(int(m.ID)))) {
			b.add(contextLine("and " + itoa(len(mutes)-i) + " more: `/parley mutes all` lists them"))
			break
		}
	}
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
