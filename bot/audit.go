package bot

import (
	"context"
	"slices"
	"strings"

	"parley/internal/news"
)

// maxAudit is how many deeds one page lists; a list goes no further back than
// maxAuditPages of them.
const (
	maxAudit      = 12
	maxAuditPages = 40
)

// audit answers "audit [all]": who changed what, the latest first.
func (c *Commands) audit(ctx context.Context, r Request, args string) (Response, error) {
	args, page := paged(args)
	page = min(page, maxAuditPages)
	everywhere := strings.EqualFold(args, "all")
	if args != "" && !everywhere {
		return onlyText("Type " + code("/parley audit", maxName) + " for what was changed in this channel, " + code("/parley audit all", maxName) + " for all channels."), nil
	}
	var channels []string
	title := "Changes in all channels"
	if !everywhere {
		_, here := destined("", r)
		title = "Changes in this channel"
		for _, name := range []string{here.channel, here.name, here.direct} {
			if name != "" && !slices.Contains(channels, name) {
				channels = append(channels, name)
			}
		}
	}
	// Other people's own are left out, so a few more are looked at.
	deeds, err := c.Answers.Deeds(ctx, channels, 4*page*maxAudit+1)
	if err != nil {
		return Response{}, err
	}
	deeds = slices.DeleteFunc(deeds, func(d news.Deed) bool { return others(d.Channel, d.Author, r.User) })
	deeds = deeds[:min(len(deeds), page*maxAudit+1)]
	if len(deeds) == 0 {
		return onlyText("Nobody has changed anything yet."), nil
	}
	a := newAnswer(title)
	from, to := a.turn(len(deeds), page, maxAudit, strings.TrimSpace("audit "+args))
	for _, d := range deeds[from:to] {
		said := c.deedWords(ctx, d)
		line := moment(d.At, c.zone()) + "  ·  " + said
		if everywhere {
			line += "  ·  " + showChannel(d.Channel)
		}
		a.section(line, said+".")
	}
	a.small("What the configuration says is not here: whoever runs parley knows its history.")
	return a.response(), nil
}

// deedWords says who did what.
func (c *Commands) deedWords(ctx context.Context, d news.Deed) string {
	who := showUser(d.Author)
	switch d.Subject {
	case news.OfSubscription:
		what := c.subscriptionWords(ctx, news.Subscription{To: d.To})
		switch d.Action {
		case "subscribe":
			return who + " subscribed it to " + what + wishesWords(d.How)
		case "unsubscribe":
			return who + " unsubscribed it from " + what
		}
		how := wishesWords(d.How)
		if how == "" {
			how = "  ·  each alert at once"
		}
		return who + " changed how alerts for " + what + " come" + how
	case news.OfRule:
		what := "the rule " + code(d.To, maxName)
		switch d.Action {
		case "make":
			return who + " made " + what + ": " + code(plainQuery(d.Query), 600)
		case "delete":
			return who + " deleted " + what
		}
		return who + " changed " + what + " to " + code(plainQuery(d.Query), 600)
	case news.OfMute:
		m := news.Mute{To: d.To, Until: d.Until, Round: d.Round}
		what := c.mutedWords(ctx, m)
		switch d.Action {
		case "mute":
			return who + " muted " + what + " " + c.untilWords(m)
		case "change":
			return who + " changed the mute of " + what + ": " + c.untilWords(m)
		case "unmute":
			return who + " ended the mute of " + what
		}
		return "The mute of " + what + " ended by itself"
	}
	return who + " did " + mrk(plain(d.Action), maxName)
}
