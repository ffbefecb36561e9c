package bot

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/slack-go/slack"

	"parley/internal/news"
	"parley/rules"
)

// Rulemaking is what the room must know and do so that people can make rules.
type Rulemaking interface {
	// Lint returns what is doubtful about a query that a rule of that name shall
	// have, with the places. An error of the query itself is a *rules.Error, also
	// when it leads back to the rule.
	Lint(ctx context.Context, name, query string) ([]rules.Problem, error)
	// MadeRules returns the rules that people made, oldest first, with those that
	// are not in force.
	MadeRules(ctx context.Context) ([]MadeRule, error)
	// MakeRule stores a rule and a subscription to it, and asks it of every item
	// from now on. If people have made one of that name already, it is returned
	// with false, and nothing changes.
	MakeRule(ctx context.Context, rule news.MadeRule, first news.Subscription) (stored news.MadeRule, created bool, err error)
	// ChangeRule gives a rule another query. It returns news.ErrNotFound if there
	// is no such rule any more.
	ChangeRule(ctx context.Context, id int64, query, author string, at time.Time) error
	// DeleteRule ends a rule together with the subscriptions of these ids. It
	// returns news.ErrNotFound if there is no such rule any more.
	DeleteRule(ctx context.Context, id int64, with []int64, author string, at time.Time) error
	// ExportRules writes the rules that people made as entries of the
	// configuration's rules, one each.
	ExportRules(ctx context.Context) ([]string, error)
	// Configured tells where in the configuration a rule stands; false if it does
	// not stand there.
	Configured(name string) (where string, ok bool)
}

// A MadeRule is a rule that somebody made in Slack, with why it is not in force;
// empty, it is.
type MadeRule struct {
	news.MadeRule
	Aside string
}

// A proposal is a rule on its way: it travels on the buttons under its trial, so
// that nothing is stored before somebody presses one.
type proposal struct {
	Name  string `json:"n"`
	Query string `json:"q"`
	Made  int64  `json:"t"`           // when it was shown, seconds
	ID    int64  `json:"r,omitempty"` // of the rule that it changes
	Was   string `json:"w,omitempty"` // what that rule's last change was
}

// The actions of a proposal's buttons.
const (
	actionMake   = "parley.make"
	actionCancel = "parley.make.cancel"
)

// maxProposal is how long the value of a button may be; Slack refuses 2,000.
const maxProposal = 1900

// freshFor is how long the figures of a trial are good for a decision.
const freshFor = 24 * time.Hour

// watchFor answers "watch QUERY [as NAME]", "watch edit NAME QUERY" and "watch
// delete NAME".
func (c *Commands) watchFor(ctx context.Context, r Request, args string) (Response, error) {
	verb, rest, _ := strings.Cut(args, " ")
	switch strings.ToLower(verb) {
	case "edit", "change":
		return c.editRule(ctx, r, strings.TrimSpace(rest))
	case "delete", "remove":
		return c.deleteRule(ctx, r, strings.TrimSpace(rest))
	}
	query, name := named(args)
	if query == "" {
		return withForm("Try a query in a window…", formRule, "What shall I watch for? For example "+code("/parley watch by:mediator kind:talks-scheduled as mediator-dates", maxField)+
			": I show what it would have raised, and a button makes a rule of it. "+
			"`/parley watch edit NAME QUERY` changes one, `/parley watch delete NAME` ends it. `/parley help queries` shows how queries are written."), nil
	}
	q, err := rules.Parse(query)
	if err != nil {
		return Response{}, err
	}
	taken, err := c.taken(ctx)
	if err != nil {
		return Response{}, err
	}
	if name == "" {
		name = nameFor(q, taken)
	} else if err := badName(name, taken); err != nil {
		return Response{}, err
	}
	return c.propose(ctx, r, proposal{Name: name, Query: query})
}

// propose shows what a rule would have raised, with buttons to have it or not.
func (c *Commands) propose(ctx context.Context, r Request, p proposal) (Response, error) {
	warnings, err := c.Answers.Lint(ctx, p.Name, p.Query)
	if err != nil {
		return Response{}, err
	}
	p.Made = r.At.Unix()
	value, err := json.Marshal(p) // which writes <, > and & so that Slack leaves them alone
	if err != nil {
		return Response{}, err
	}
	if width(string(value)) > maxProposal {
		return onlyText("That query is too long to become a rule here. Make two rules of it, of which one names the other with `rule:NAME`, or put it under `rules:` in the configuration."), nil
	}
	t, err := c.Answers.Backtest(ctx, p.Query, r.At.Add(-usualTrial))
	if err != nil {
		return Response{}, err
	}
	title, have, told := "Watch: "+p.Name, "Watch here", "this channel"
	if p.ID != 0 {
		title, have, told = "Change: "+p.Name, "Change it", "the channel in which the rule was made"
	}
	a := newAnswer(clip(title, 100))
	a.section(code(plainQuery(p.Query), 1500), "The query is "+mrk(plainQuery(p.Query), 1000)+".")
	if s := carets(warnings); s != "" {
		a.section("⚠️ It can be used, but look at this:\n```\n"+s+"\n```", "Doubtful: "+mrk(warnings[0].Error(), maxField)+".")
	}
	a.proposed(c, t, r.At)
	a.small("Nothing is stored yet. With “" + have + "” " + told + " is told that it was you.")
	a.say("Press “" + have + "” to have it, “Cancel” to forget it.")
	button := slack.NewButtonBlockElement(actionMake, string(value), plainObject(have))
	button.Style = slack.StylePrimary
	a.blocks = append(a.blocks, slack.NewActionBlock("", button, slack.NewButtonBlockElement(actionCancel, string(value), plainObject("Cancel"))))
	return a.response(), nil
}

// proposed tells in short what a query would have raised.
func (a *answer) proposed(c *Commands, t Trial, now time.Time) {
	hits, looked := t.sums(c, now, usualTrial)
	a.section(hits+"\n"+looked, strings.ReplaceAll(hits, "*", "")+" "+looked)
	if t.Hits > 0 {
		t.Best, t.Doubtful = t.Best[:min(2, len(t.Best))], t.Doubtful[:min(1, len(t.Doubtful))]
		a.trial(c, t)
	}
}

// carets shows places of a query with what is doubtful about them.
func carets(list []rules.Problem) string {
	var out []string
	for i, p := range list {
		if i == 3 {
			break
		}
		if s := fitCode(p.Caret(), 800); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "\n")
}

// pressed answers a button of a proposal.
func (c *Commands) pressed(ctx context.Context, r Request) Response {
	var p proposal
	if err := json.Unmarshal([]byte(r.Value), &p); err != nil || p.Name == "" || p.Query == "" {
		return oldButton()
	}
	if r.Action == actionCancel {
		return replacing(onlyText("Cancelled: " + code(p.Name, maxName) + " is as it was before, and nothing was stored."))
	}
	again := " Look at it anew: " + code(p.command(), 1500) + "."
	if age := r.At.Sub(time.Unix(p.Made, 0)); age > freshFor {
		return replacing(onlyText("That was shown more than a day ago, and what it said may no longer be so. Nothing was stored." + again))
	}
	// The rules may have changed since.
	if _, err := c.Answers.Lint(ctx, p.Name, p.Query); err != nil {
		return c.failure(err)
	}
	do := c.makeRule
	if p.ID != 0 {
		do = c.changeRule
	}
	out, err := do(ctx, r, p)
	if err != nil {
		return c.failure(err)
	}
	return replacing(out)
}

// command is what was typed to see a proposal.
func (p proposal) command() string {
	if p.ID != 0 {
		return "/parley watch edit " + p.Name + " " + p.Query
	}
	return "/parley watch " + p.Query + " as " + p.Name
}

// makeRule stores a rule and subscribes the channel to it.
func (c *Commands) makeRule(ctx context.Context, r Request, p proposal) (Response, error) {
	taken, err := c.taken(ctx)
	if err != nil {
		return Response{}, err
	}
	made, err := c.Answers.MadeRules(ctx)
	if err != nil {
		return Response{}, err
	}
	already := func(m news.MadeRule) Response {
		if m.Owner == r.User && m.When == p.Query {
			return onlyText("You watch for that already, as " + code(m.Name, maxName) + ".")
		}
		return onlyText("Meanwhile " + showUser(m.Owner) + " made a rule " + code(m.Name, maxName) + ". Nothing was stored; take another name: " +
			code("/parley watch "+p.Query+" as "+free(p.Name, taken), 1500) + ".")
	}
	for _, m := range made {
		if sameName(m.Name, p.Name) {
			return already(m.MadeRule), nil
		}
	}
	if err := badName(p.Name, taken); err != nil { // the configuration has it now
		return Response{}, err
	}
	_, here := destined("", r)
	channel, err := c.nameOf(ctx, here)
	if err != nil {
		return Response{}, err
	}
	rule := news.MadeRule{Rule: news.Rule{Name: p.Name, When: p.Query, Level: news.Normal, Owner: r.User}, Channel: channel, Created: r.At}
	stored, created, err := c.Answers.MakeRule(ctx, rule, news.Subscription{Channel: channel, To: "rule:" + p.Name, Zone: c.Zone})
	if err != nil {
		return Response{}, err
	}
	if !created {
		return already(stored), nil
	}
	out := onlyText("Done: " + code(p.Name, maxName) + " is asked of everything that comes in from now on, and its alerts go to this channel. " +
		"To change it: " + code("/parley watch edit "+p.Name+" QUERY", maxField) + "; to end it: " + code("/parley watch delete "+p.Name, maxField) + ".")
	said := onlyText("📌 " + showUser(r.User) + " made the rule " + code(p.Name, maxName) + ", and its alerts come to this channel: " + code(plainQuery(p.Query), 1500))
	out.Announce = &Announcement{Channel: channel, Text: said.Text, Blocks: said.Blocks, Otherwise: func(reason string) Response {
		return replacing(onlyText("The rule " + code(p.Name, maxName) + " is kept, but I cannot post in this channel yet: " + mrk(reason, maxField) + "."))
	}}
	return out, nil
}

// nameOf returns the name by which a channel's other subscriptions call it, so
// that an alert that two of them want is known to be the same.
func (c *Commands) nameOf(ctx context.Context, dest destination) (string, error) {
	all, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return "", err
	}
	for _, s := range all {
		if dest.holds(s) {
			return s.Channel, nil
		}
	}
	return dest.channel, nil
}

// named takes "as NAME" off the end of a query.
func named(args string) (query, name string) {
	fields := strings.Fields(args)
	n := len(fields) - 2
	if n < 0 || fields[n] != "as" || strings.ContainsAny(fields[n+1], `":()*`) {
		return args, ""
	}
	return strings.Join(fields[:n], " "), fields[n+1]
}

// taken lists the names that a rule must not have, each with whose it is.
func (c *Commands) taken(ctx context.Context) (map[string]string, error) {
	out := map[string]string{}
	put := func(what string, names ...string) {
		for _, n := range names {
			if _, twice := out[foldName(n)]; !twice {
				out[foldName(n)] = what
			}
		}
	}
	put("means something else here", "export", "all")
	made, err := c.Answers.MadeRules(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range made {
		put("is a rule of "+showUser(m.Owner)+"; its owner changes it with "+code("/parley watch edit "+m.Name+" QUERY", maxField), m.Name)
	}
	all, err := c.Answers.Rules(ctx)
	if err != nil {
		return nil, err
	}
	for _, rule := range all {
		put("is a rule of the configuration", rule.Name, rule.Title)
	}
	negotiations, err := c.Answers.Negotiations(ctx)
	for _, n := range negotiations {
		put("is a negotiation", append([]string{n.ID, n.Title}, n.Names...)...)
	}
	delete(out, "")
	return out, err
}

// maxRuleName bounds the name of a rule, in characters.
const maxRuleName = 60

// badName says what is wrong with a name for a rule.
func badName(name string, taken map[string]string) error {
	if better := kebab(name); better != name || len([]rune(name)) > maxRuleName {
		said := "A rule's name is one word of small letters and digits, with - between its parts, and at most " + itoa(maxRuleName) + " characters"
		if better = strings.TrimRight(clip(better, maxRuleName-10), "-…"); better != "" {
			said += ": for example " + code(free(better, taken), maxName)
		}
		return complaint(said + ".")
	}
	if whose, ok := taken[foldName(name)]; ok {
		return complaint("The name " + code(name, maxName) + " is taken: it " + whose + ". Take another, for example " + code(free(name, taken), maxName) + ".")
	}
	return nil
}

// kebab writes a name in small letters with - between its parts.
func kebab(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), "-")
}

// free is a name, with a number behind it if need be, that nobody has.
func free(name string, taken map[string]string) string {
	for n := 2; ; n++ {
		try := name
		if n > 2 || taken[foldName(name)] != "" {
			try += "-" + itoa(n)
		}
		if taken[foldName(try)] == "" {
			return try
		}
	}
}

// nameFor makes a name of what a query asks for.
func nameFor(q *rules.Query, taken map[string]string) string {
	var parts []string
	for _, w := range asked(q.Root, nil) {
		if w = kebab(w); w == "" || slices.Contains(parts, w) {
			continue
		}
		if len([]rune(strings.Join(append(parts, w), "-"))) > 40 {
			break
		}
		parts = append(parts, w)
	}
	if len(parts) == 0 {
		parts = []string{"watch"}
	}
	return free(strings.Join(parts, "-"), taken)
}

// asked lists the words and values that a query asks for, not those that it
// forbids.
func asked(n rules.Node, out []string) []string {
	each := func(nodes []rules.Node) []string {
		for _, k := range nodes {
			out = asked(k, out)
		}
		return out
	}
	switch n := n.(type) {
	case *rules.And:
		return each(n.Nodes)
	case *rules.Or:
		return each(n.Nodes)
	case *rules.Near:
		return each(n.Nodes)
	case *rules.Field:
		return append(out, n.Value)
	case *rules.Term:
		for _, w := range n.Words {
			out = append(out, w.Norm)
		}
	}
	return out
}

// replacing makes an answer take the place of the message whose button was
// pressed, so that nobody presses it twice.
func replacing(r Response) Response {
	r.Replaces = true
	return r
}

func oldButton() Response {
	return onlyText("That button is from an older version of me and does nothing now. `/parley help` lists what there is.")
}
