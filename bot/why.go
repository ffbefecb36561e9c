package bot

import (
	"context"
	"strings"

	"parley/internal/news"
	"parley/rules"
)

// A Road is what became of one stored item, and what every rule says of it.
type Road struct {
	news.StoredItem
	Deliveries    []news.Delivery
	Rules         []Asked // those that match first, then the nearest
	Subscriptions []Asked // those with a query of their own
}

// Asked is a rule or subscription with its answer about one item.
type Asked struct {
	Rule    news.Rule // of a subscription only When is set
	Channel string    // of a subscription
	Doubt   string    // why it cannot be asked; empty, it can
	rules.Reason
}

// maxMissed is how many rules that do not match are told, nearest first.
const maxMissed = 6

// why answers "why LINK [rule]".
func (c *Commands) why(ctx context.Context, r Request, args string) (Response, error) {
	key, name, _ := strings.Cut(args, " ")
	if key == "" {
		return onlyText("Why what? Give the link of an article or the number on a card: " + code("/parley why D-12", maxName) + "."), nil
	}
	road, ok, err := c.Answers.Why(ctx, key)
	if err != nil {
		return Response{}, err
	}
	if !ok && name != "" { // ids of feeds may have spaces
		if road, ok, err = c.Answers.Why(ctx, args); err != nil {
			return Response{}, err
		}
		name = ""
	}
	if !ok {
		return onlyText("Nothing stored has the link or number " + code(key, maxField) + ". It may come from no feed of mine, or be gone since. " +
			"`/parley search` looks for it by its words, `/parley feeds` tells whether its feed is well."), nil
	}
	if name != "" {
		var all []news.Rule
		for _, a := range road.Rules {
			all = append(all, a.Rule)
		}
		rule, err := pickRule(all, name)
		if err != nil {
			return Response{}, err
		}
		for _, a := range road.Rules {
			if a.Rule.Name == rule.Name {
				road.Rules = []Asked{a}
				break
			}
		}
		road.Subscriptions = nil
	}
	_, here := destined("", r)
	a := newAnswer("Why, and why not")
	a.road(c, road)
	matched := a.asked(c, road, here, name != "")
	a.outcome(c, road, here, matched > 0 || name != "")
	return a.response(), nil
}

// road tells what was read of the item.
func (a *answer) road(c *Commands, road Road) {
	title := isolate(clip(plain(road.Item.Title), maxTitle))
	if title == "" {
		title = "An item without a title"
	}
	line := "*" + anchor(safeLink(road.Item.Link), title, maxField) + "*  ·  " + mrk(plain(road.Item.Feed), maxName)
	if !road.Item.Published.IsZero() {
		line += "  ·  " + moment(road.Item.Published, c.zone())
	}
	said := mrkdwn(title)
	switch how := road.Item.Article; how {
	case "":
	case news.FromPage:
		line += "\nIts article was read from its page"
	default:
		line += "\nIts article was not read: " + mrk(clip(plain(how), 200), 250)
		said += ", its article was not read: " + mrk(clip(plain(how), 200), 250)
	}
	if s := road.Reading.Silence; s != nil {
		line += "\nRead as no development: " + mrk(tidy(*s), maxField)
		said += ", read as no development: " + mrk(tidy(*s), maxField)
	}
	for i, d := range road.Reading.Developments {
		if i == 3 {
			line += "\nand " + itoa(len(road.Reading.Developments)-i) + " more developments"
			break
		}
		what := headline(d, "")
		line += "\nRead as " + mark(d.Kind) + " " + mrk(what, maxField)
		said += ", read as " + mrk(what, maxField)
		if quote := clip(unquote(plain(d.Evidence.Quote)), 300); quote != "" {
			line += "\nproof in the " + mrk(string(d.Evidence.Field), 10) + ": " + isolate("“"+mrk(quote, 500)+"”")
		}
	}
	a.section(line, said+".")
}

// asked tells what the rules and this channel's subscriptions say of it, and
// counts those that match.
func (a *answer) asked(c *Commands, road Road, here destination, whole bool) (matched int) {
	var missed, saidMissed []string
	tell := func(asked Asked, title string) {
		switch {
		case asked.Doubt != "":
			missed = append(missed, "✗ "+title+" cannot be asked: "+mrk(tidy(asked.Doubt), maxField))
			saidMissed = append(saidMissed, title+" cannot be asked")
		case asked.Matched || whole:
			if asked.Matched {
				matched++
			}
			a.steps(asked, title)
		default:
			why := mrk(tidy(asked.Failed().Why), maxField)
			missed = append(missed, "✗ "+title+": "+why)
			saidMissed = append(saidMissed, title+": "+why)
		}
	}
	for _, r := range road.Rules {
		title := plain(r.Rule.Title)
		if title == "" {
			title = readable(r.Rule.Name)
		}
		tell(r, "*"+mrk(title, maxName)+"*")
	}
	for _, s := range road.Subscriptions {
		if here.holds(news.Subscription{Channel: s.Channel}) {
			tell(s, "this channel's subscription to "+code(plainQuery(s.Rule.When), maxField))
		}
	}
	if len(missed) == 0 {
		return matched
	}
	if n := len(missed); n > maxMissed {
		missed = append(missed[:maxMissed], "and "+plural(n-maxMissed, "other rule")+" further off")
		saidMissed = saidMissed[:maxMissed]
	}
	a.section("*What did not match, the nearest first*\n"+strings.Join(missed, "\n"), "Not matched: "+strings.Join(saidMissed, "; ")+".")
	return matched
}

// steps tells a rule condition by condition.
func (a *answer) steps(asked Asked, title string) {
	mark, said := "✓ ", title+" matches: "
	if !asked.Matched {
		mark, said = "✗ ", title+" does not match: "
	}
	line := mark + title
	if asked.Rule.Name != "" {
		line += "  ·  " + code(asked.Rule.Name, maxName)
	}
	var parts []string
	for i, s := range asked.Steps {
		if i == 12 {
			line += "\n      and " + plural(len(asked.Steps)-i, "more condition")
			break
		}
		mark := "✓"
		if !s.Holds {
			mark = "✗"
		}
		condition, says := code(plainQuery(s.Condition), maxName), isolate(mrk(clip(tidy(s.Says), 200), maxField))
		line += "\n      " + mark + " " + condition + "  " + says
		parts = append(parts, condition+" "+says)
	}
	a.section(line, said+strings.Join(parts, ", ")+".")
}

// outcome tells where it went, or what stopped it. An alert that nothing above
// explains is explained by time.
func (a *answer) outcome(c *Commands, road Road, here destination, explained bool) {
	var lines []string
	for i, d := range road.Deliveries {
		if i == 5 {
			lines = append(lines, "and "+itoa(len(road.Deliveries)-i)+" more")
			break
		}
		where := showChannel(d.Channel)
		switch {
		case here.holds(news.Subscription{Channel: d.Channel}) || d.Receipt.Channel != "" && (d.Receipt.Channel == here.channel || d.Receipt.Channel == here.direct):
			where = "this channel"
		case d.Channel != "" && strings.ContainsAny(d.Channel[:1], "DUW"):
			where = "a person"
		}
		switch d.State {
		case "sent":
			sent := "Sent to " + where + ", " + moment(d.Settled, c.zone())
			if way := d.Latency(); way != "" {
				sent += " (" + way + ")"
			}
			lines = append(lines, sent)
		case "parked":
			lines = append(lines, "Kept back from "+where+": "+mrk(tidy(d.Reason), maxField))
		default:
			lines = append(lines, "Waits for "+where+" since "+moment(d.Created, c.zone()))
		}
	}
	if road.Why != "" {
		lines = append(lines, "Stopped: "+mrk(tidy(road.Why), maxField))
	}
	if !explained && len(road.Deliveries) > 0 {
		lines = append(lines, "No rule matches it as the rules stand now: they have changed since the alert, or a subscription of another channel raised it")
	}
	if len(lines) > 0 {
		a.small(strings.Join(lines, "  ·  "))
		a.say(strings.Join(lines, ". ") + ".")
	}
}

// whyKey is what a "Why?" button asks about: the item's link, or its id,
// whichever comes back from Slack as it went there.
func whyKey(it news.Item) string {
	for _, key := range []string{it.Link, it.ID} {
		if key != "" && len(key) <= 1500 && typed(key) == key && !strings.ContainsAny(key, "<> ") {
			return key
		}
	}
	return ""
}
