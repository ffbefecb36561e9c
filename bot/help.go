package bot

import (
	"context"
	"strings"

	"github.com/slack-go/slack"
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
	said := "I tell this channel when a negotiation develops, and answer questions about it. "
	if len(here) == 0 {
		said += "It is subscribed to nothing yet: `/parley subscribe us-iran` starts it."
	} else {
		said += "It is subscribed to " + strings.Join(here, ", ") + "."
	}
	out := Response{Text: said + " Ask with `/parley latest`, `/parley next`, `/parley search`; `/parley help` lists everything."}
	out.Blocks = []slack.Block{
		slack.NewSectionBlock(mrkdwnObject(said), nil, nil),
		slack.NewActionBlock("",
			runButton("Latest", "latest"), runButton("Dates ahead", "next"), runButton("Subscriptions", "subscriptions"),
			runButton("Rules", "rules"), runButton("Feeds", "feeds"), runButton("All commands", "help")),
		contextLine("`/parley search QUERY` looks in everything stored. Only you see these answers; changes of subscriptions are told to the channel."),
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
	}
	if v, ok := findVerb(topic); ok {
		out := "*" + mrkdwn(v.name) + "*: " + v.does + ".\n" + code(strings.TrimSpace("/parley "+v.name+" "+v.usage), maxField) +
			"\nFor example " + code("/parley "+v.example, maxField)
		if v.name == "search" || v.name == "subscribe" {
			out += "\n`/parley help queries` shows how queries are written."
		}
		return onlyText(out), nil
	}
	names := []string{"queries"}
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
	var lines, said []string
	for _, v := range verbs() {
		lines = append(lines, code(strings.TrimSpace("/parley "+v.name+" "+v.usage), maxField)+"\n"+v.does)
		said = append(said, strings.TrimSpace("/parley "+v.name+" "+v.usage)+" — "+v.does)
	}
	a.section(strings.Join(lines, "\n"), mrk(strings.Join(said, "; "), maxText)+".")
	a.small("`/parley help queries` shows how queries are written. Short forms and plurals work: `sub`, `unsub`, `rule`, `feed`.")
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
