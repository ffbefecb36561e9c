package bot

import (
	"context"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// welcome answers /parley alone: what can be done here.
func (c *Commands) welcome(ctx context.Context, r Request) Response {
	all, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return c.failure(err)
	}
	_, dest := destined("", r)
	var here []string
	for _, s := range all {
		if dest.holds(s) && len(here) < 10 {
			here = append(here, c.subscriptionWords(ctx, s))
		}
	}
	said, its := "I tell this channel when a negotiation develops, and answer questions about it. ", "It is"
	if r.alone() {
		said, its = "I tell you when a negotiation develops, and answer questions about it. ", "You are"
	}
	if len(here) == 0 {
		said += its + " subscribed to nothing yet: `/parley subscribe us-iran` starts it."
	} else {
		said += its + " subscribed to " + strings.Join(here, ", ") + "."
	}
	out := Response{Text: said + " Ask with `/parley latest`, `/parley status`, `/parley next`, `/parley search`; `/parley help` lists everything."}
	out.Blocks = []slack.Block{
		slack.NewSectionBlock(mrkdwnObject(said), nil, nil),
		slack.NewActionBlock("", prime(formButton("Subscribe…", formSubscribe, "")), formButton("Try a query…", formRule, ""), formButton("Settings…", formSettings, "")),
		slack.NewActionBlock("",
			runButton("Latest", "latest"), runButton("Where talks stand", "status"), runButton("Dates ahead", "next"), runButton("Subscriptions", "subscriptions"),
			runButton("Rules", "rules"), runButton("Feeds", "feeds"), runButton("All commands", "help")),
		contextLine("`/parley search QUERY` looks in everything stored. Only you see these answers, until you share one; changes of subscriptions are told to the channel."),
	}
	return out
}

// help answers "help [topic]".
func (c *Commands) help(_ context.Context, _ Request, topic string) (Response, error) {
	topic, _, _ = strings.Cut(strings.ToLower(topic), " ")
	switch topic {
	case "":
		return helpAll(), nil
	case "query", "queries", "language", "syntax":
		return helpQueries(), nil
	case "rule", "rules", "writing":
		return helpRules(), nil
	}
	if v, ok := findVerb(topic); ok {
		out := "*" + mrkdwn(v.name) + "*: " + v.does + ".\n" + code(strings.TrimSpace("/parley "+v.name+" "+v.usage), maxField) +
			"\nFor example " + code("/parley "+v.example, maxField)
		if v.name == "search" || v.name == "subscribe" || v.name == "test" || v.name == "watch" {
			out += "\n`/parley help queries` shows how queries are written."
		}
		if v.name == "subscribe" {
			out += "\nHow it comes stands behind the target, in any order: `as digest 08:00 weekdays`, `as digest 08:00,16:00`, `as digest hourly` or `at once`; `quiet 22:00-07:00`: what comes then is held and sent as one digest at its end, but for urgent alerts; " +
				"`level urgent`: only those at once, the others in the digest if there is one; `threaded`: updates stand in threads alone. Typed again with other wishes, it is changed. Times are those of " + mrk(c.zone().String(), maxName) + "."
		}
		if v.name == "unsubscribe" {
			out += "\nA pattern has a `*` that stands for anything: `/parley unsubscribe us*`."
		}
		if v.name == "watch" {
			out += "\nNothing is stored before a button is pressed. Only the owner of a rule can change or delete it; anybody can, when the owner has left."
		}
		return onlyText(out), nil
	}
	names := []string{"queries", "rules"}
	for _, v := range verbs() {
		names = append(names, v.name)
	}
	if near := nearest(topic, names); near != "" {
		return onlyText("There is no help on " + code(topic, maxName) + ". Did you mean " + code("/parley help "+near, maxName) + "?"), nil
	}
	return onlyText("There is no help on " + code(topic, maxName) + ". There is on " + list(names, 20) + "."), nil
}

func helpAll() Response {
	a := newAnswer("What you can ask")
	part := func(title string, of []verb) {
		lines, said := []string{"*" + title + "*"}, []string{}
		for _, v := range of {
			lines = append(lines, code(strings.TrimSpace("/parley "+v.name+" "+v.usage), maxField)+"\n"+v.does)
			said = append(said, strings.TrimSpace("/parley "+v.name+" "+v.usage)+" — "+v.does)
		}
		a.section(strings.Join(lines, "\n"), title+": "+mrk(strings.Join(said, "; "), maxText/2)+".")
	}
	all := verbs()
	asks := slices.IndexFunc(all, func(v verb) bool { return !v.look })
	makes := slices.IndexFunc(all, func(v verb) bool { return v.name == "watch" })
	part("Ask", all[:asks])
	part("Follow", all[asks:makes])
	part("Rules and feeds", all[makes:])
	a.small("`/parley help queries` shows how queries are written, `/parley help rules` is the cheat sheet of who writes rules. Short forms and plurals work: `sub`, `unsub`, `rule`, `feed`.")
	return a.response()
}

func helpQueries() Response {
	examples := [][2]string{
		{`ceasefire "second round" enrich*`, "words, a phrase, a beginning; all of them, anywhere in title or text"},
		{`title:(truce OR ceasefire) -hockey`, "one of two in the title, and not the third"},
		{`uranium NEAR/5 talks`, "at most five words apart; NEAR/s: in one sentence"},
		{`actor:iran tier:official lang:fa`, "any name of an actor; where the item stands"},
		{`negotiation:us-iran kind:setback`, "developments of a negotiation, of a kind or group of kinds"},
		{`by:mediator kind:talks-scheduled date:upcoming`, "who says it, what happened, which date it names"},
		{`certainty:confirmed sources:>=2 date:<14d`, "how sure, how many sources, within 14 days"},
		{`rule:deal OR tone:<0`, "what a rule says, or hostile words"},
	}
	a := newAnswer("How queries are written")
	var lines, said []string
	for _, e := range examples {
		lines = append(lines, code(e[0], maxField)+"\n"+e[1])
		said = append(said, e[0]+" — "+e[1])
	}
	a.section(strings.Join(lines, "\n"), mrk(strings.Join(said, "; "), maxText)+".")
	a.small("Side by side means AND. Operators are upper case. Case and accents make no difference.")
	return a.response()
}

// helpRules is the cheat sheet of whoever writes rules.
func helpRules() Response {
	a := newAnswer("How rules are written")
	a.part("*What happens*: `kind:` with a kind, or with a group of kinds",
		grouped())
	a.part("*Who, when, how sure*", [][2]string{
		{"by:", "who says or does it: " + joined(news.Roles()) + ", or an actor such as `by:pakistan`"},
		{"party: mediator:", "who takes part, as in `party:iran`, `mediator:oman`"},
		{"date:", "`upcoming`, `past`, `today`, `any`, `<14d`, a day, or two with `..` between them"},
		{"certainty:", joined(news.Certainties())},
		{"tone:", "`positive`, `neutral`, `negative`, or a number from -2 to 2, as in `tone:<0`"},
		{"round: venue:", "the number of the round, the city"},
		{"tier: feed: lang: site:", "where the item stands; tiers are " + joined(news.Tiers())},
	})
	a.part("*Examples*", [][2]string{
		{"by:mediator kind:talks-scheduled date:upcoming", "a mediator names a date"},
		{"negotiation:us-iran kind:setback", "anything that goes wrong in one negotiation"},
		{"negotiation:russia-ukraine kind:talks certainty:confirmed", "talks that a participant confirms"},
		{"kind:agreement -by:other", "a deal, in the words of those who take part"},
		{"kind:talks-suspended by:party", "a party walks out"},
		{"negotiation:israel-hamas kind:(proposal-made OR proposal-rejected)", "terms go back and forth"},
		{"mediator:oman kind:mediation", "Oman carries messages or offers to host"},
		{"tone:negative by:mediator", "a mediator is worried"},
		{"kind:talks-scheduled date:<7d venue:geneva", "talks in Geneva within a week"},
		{"actor:iran NEAR/8 enrich* tier:official", "words, where no fact says it; in official outlets only"},
		{"rule:deal OR rule:walk-out", "what other rules say"},
	})
	a.part("*Before it is switched on*", [][2]string{
		{"/parley test QUERY over 30d", "how much it would have raised, with good and doubtful examples"},
		{"/parley why LINK", "for one article, what each rule found or missed"},
		{"/parley rules", "the rules that there are"},
		{"/parley watch QUERY as NAME", "make one here; rules in the configuration have examples that `parley check` runs like tests"},
	})
	a.small("Side by side means AND; prefer facts to words.")
	return a.response()
}

// part adds lines of code and what they mean, under a title.
func (a *answer) part(title string, lines [][2]string) {
	shown, said := []string{title}, []string{}
	for _, l := range lines {
		shown = append(shown, code(l[0], maxField)+"  "+escapeCodeSpans(l[1]))
		said = append(said, l[0]+" — "+strings.ReplaceAll(l[1], "`", ""))
	}
	a.section(strings.Join(shown, "\n"), mrk(strings.Join(said, "; "), maxText)+".")
}

// escapeCodeSpans writes text of ours that has code in it as mrkdwn.
func escapeCodeSpans(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// grouped lists the kinds under their groups; one that is in several stands
// under each.
func grouped() [][2]string {
	var out [][2]string
	for _, g := range news.KindGroups()[1:] {
		var kinds []string
		for _, k := range news.Kinds() {
			if slices.Contains(k.Groups(), g) {
				kinds = append(kinds, string(k))
			}
		}
		out = append(out, [2]string{"kind:" + g, strings.Join(kinds, ", ")})
	}
	return append(out, [2]string{"kind:any", "all of these"})
}

func joined[T ~string](values []T) string {
	var out []string
	for _, v := range values {
		out = append(out, "`"+string(v)+"`")
	}
	return strings.Join(out, ", ")
}
