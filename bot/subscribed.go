package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"parley/internal/news"
	"parley/rules"
)

// subscriptions answers "subscriptions [all]".
func (c *Commands) subscriptions(ctx context.Context, r Request, args string) (Response, error) {
	args, page := paged(args)
	everywhere := strings.EqualFold(args, "all")
	all, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return Response{}, err
	}
	title := "Subscriptions of this channel"
	switch {
	case everywhere:
		title = "All subscriptions"
	case r.alone():
		title = "What comes to you as direct messages"
	}
	_, here := destined("", r)
	all = slices.DeleteFunc(all, func(s news.Subscription) bool {
		return others(s.Channel, s.Author, r.User) || !everywhere && !here.holds(s)
	})
	switch {
	case len(all) == 0 && everywhere:
		return onlyText("Nothing is subscribed to anything yet. Start with `/parley subscribe us-iran`."), nil
	case len(all) == 0 && r.alone():
		return onlyText("Nothing comes to you as direct messages yet. Start with `/parley subscribe us-iran`; `/parley rules` and `/parley help` show what else there is."), nil
	case len(all) == 0:
		return onlyText("This channel is subscribed to nothing yet. Start with `/parley subscribe us-iran`; `/parley rules` and `/parley help` show what else there is."), nil
	}
	a := newAnswer(title)
	from, to := a.page(len(all), page, maxListed, strings.TrimSpace("subscriptions "+args))
	for _, s := range all[from:to] {
		words := c.subscriptionWords(ctx, s)
		line := words
		if everywhere {
			line = showChannel(s.Channel) + "  ·  " + line
		}
		line += wishesWords(s) + "  ·  by " + showUser(s.Author)
		if !s.Created.IsZero() {
			line += ", " + moment(s.Created, c.zone())
		}
		if s.Zone != nil && !c.sameZone(s.Zone, c.Zone) && s.Digest+s.Quiet != "" {
			line += "  ·  times in " + mrk(s.Zone.String(), maxName)
		}
		if a.section(line, words+wishesWords(s)+" by "+showUser(s.Author)+".") && s.ID != 0 {
			last := a.blocks[len(a.blocks)-1].(*slack.SectionBlock) // that section has just made
			last.Accessory = slack.NewAccessory(formButton("Edit…", formEdit, subscriptionKey(s)))
		}
	}
	if !everywhere {
		a.small("`/parley subscriptions all` lists those of other channels too.")
	}
	return a.response(), nil
}

// namesOnly writes a query that asks for nothing but any of several negotiations
// and rules by their names; empty for any other.
func (c *Commands) namesOnly(ctx context.Context, query string) string {
	q, err := rules.Parse(query)
	if err != nil {
		return ""
	}
	or, ok := q.Root.(*rules.Or)
	if !ok {
		return ""
	}
	var names []string
	for i, n := range or.Nodes {
		f, ok := n.(*rules.Field)
		if !ok || f.Name != "negotiation" && f.Name != "rule" || f.Value == "" || strings.ContainsAny(f.Value, " ():\"") {
			return ""
		}
		if i < 8 {
			names = append(names, c.subscriptionWords(ctx, news.Subscription{To: f.Name + ":" + f.Value}))
		}
	}
	if left := len(or.Nodes) - len(names); left > 0 {
		names = append(names, itoa(left)+" more")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// subscriptionWords writes what a subscription is to.
func (c *Commands) subscriptionWords(ctx context.Context, s news.Subscription) string {
	if names := c.namesOnly(ctx, s.To); names != "" {
		return names
	}
	kind, name, found := strings.Cut(s.To, ":")
	if found && !strings.ContainsAny(name, " ():\"") {
		switch kind {
		case "negotiation":
			return "*" + mrk(c.Names.negotiation(name), maxField) + "*"
		case "rule":
			all, err := c.Answers.Rules(ctx)
			for _, rule := range all {
				if err == nil && rule.Name == name {
					return ruleWords(rule)
				}
			}
			return "the rule " + code(name, maxName)
		}
	}
	return code(plainQuery(s.To), 1500)
}
