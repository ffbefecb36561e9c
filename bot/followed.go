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
		own := s.Author == r.User && s.Author != ""
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

// homeFollowed lists the subscriptions that reach a person, those in direct
// messages first.
func (c *Commands) homeFollowed(ctx context.Context, b *board, r Request, mine ownership, mutes []news.Mute) {
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
		held, muted := mutedBy(s, mutes)
		line := c.followedLine(ctx, r, s, mine.places)
		if muted {
			line += "\n🔕 held " + c.untilWords(held)
		}
		if i == homeFollowed || !b.line(line, followedMenu(s, held)) {
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
	return c.subscriptionWords(ctx, s) + "\n" + where + how + "  ·  by " + r.author(s.Author)
}

// author is who did something, for the one who reads it.
func (r Request) author(id string) string {
	if id == r.User && id != "" {
		return "you"
	}
	return showUser(id)
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

// mutedBy finds the mute that holds what a subscription brings.
func mutedBy(s news.Subscription, mutes []news.Mute) (news.Mute, bool) {
	for _, m := range mutes {
		if m.Channel == s.Channel && (m.To == "" || m.To == s.To) {
			return m, true
		}
	}
	return news.Mute{}, false
}

// followedMenu is what can be done with a subscription, which a mute may hold.
func followedMenu(s news.Subscription, held news.Mute) slack.BlockElement {
	key := subscriptionKey(s)
	option := func(label, value string) *slack.OptionBlockObject {
		return slack.NewOptionBlockObject(value, plainObject(label), nil)
	}
	options := []*slack.OptionBlockObject{option("Mute for 8 hours", "mute "+key)}
	if held.ID != 0 {
		options[0] = option("Unmute", "release "+itoa(int(held.ID)))
	}
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

func (c *Commands) homeMuted(ctx context.Context, b *board, r Request, mutes []news.Mute, places []Place) {
	if len(mutes) == 0 {
		return
	}
	b.title("Muted")
	for i, m := range mutes {
		where := "in your direct messages"
		if !personal(m.Channel, m.Author, r.User) {
			where = "in " + placeWords(m.Channel, places)
		}
		line := "🔕 " + upperFirst(c.mutedWords(ctx, m)) + "\n" + where + "  ·  " + c.untilWords(m) + "  ·  " + plural(m.Held, "alert") + " held  ·  by " + r.author(m.Author)
		if i == homeMuted || !b.line(line, homeButton("Unmute", "unmute "+itoa(int(m.ID)))) {
			b.add(contextLine("and " + itoa(len(mutes)-i) + " more: `/parley mutes all` lists them"))
			break
		}
	}
}
