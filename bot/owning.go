package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"parley/internal/news"
	"parley/rules"
)

// made finds a rule that people made, and complains if it is none or one of the
// configuration.
func (c *Commands) made(ctx context.Context, name string) (MadeRule, error) {
	name = strings.TrimPrefix(name, "rule:")
	all, err := c.Answers.MadeRules(ctx)
	if err != nil {
		return MadeRule{}, err
	}
	var names []string
	for _, m := range all {
		if sameName(m.Name, name) {
			return m, nil
		}
		names = append(names, m.Name)
	}
	configured, err := c.Answers.Rules(ctx)
	if err != nil {
		return MadeRule{}, err
	}
	for _, rule := range configured {
		if !sameName(rule.Name, name) && !sameName(rule.Title, name) {
			continue
		}
		if where, ok := c.Answers.Configured(rule.Name); ok {
			return MadeRule{}, complaint("The rule " + code(rule.Name, maxName) + " comes from the configuration (" + mrk(plain(where), maxField) + "), so it cannot be changed here. Ask whoever runs parley to change it there.")
		}
	}
	if len(names) == 0 {
		return MadeRule{}, complaint("Nobody has made a rule here yet. " + code("/parley watch QUERY", maxName) + " makes one.")
	}
	return MadeRule{}, notAmong("Nobody has made a rule ", name, names)
}

// mayChange complains unless the one who asks owns a rule, or its owner is gone.
func (c *Commands) mayChange(ctx context.Context, r Request, m MadeRule) error {
	if r.User != "" && m.Owner == r.User {
		return nil
	}
	said := "The rule " + code(m.Name, maxName) + " is " + showUser(m.Owner) + "'s, who alone can change or delete it. " +
		"To have no more of its alerts here: " + code("/parley unsubscribe rule:"+m.Name, maxField) + "."
	if c.Gone == nil {
		return complaint(said)
	}
	gone, err := c.Gone(ctx, m.Owner)
	if err != nil {
		return complaint(said + " (If its owner has left, anybody may; but I cannot look whether that is so: " + mrk(plain(err.Error()), maxField) + ".)")
	}
	if !gone {
		return complaint(said)
	}
	return nil
}

// mayTouch complains unless somebody may change or end a subscription: where the
// configuration leaves that to who made it, only that person, an admin, or anybody if
// who made it has left.
func (c *Commands) mayTouch(ctx context.Context, r Request, s news.Subscription) error {
	if c.Creators == nil || !c.Creators() || s.ID == 0 || s.Author == "" || s.Author == r.User {
		return nil
	}
	said := "The subscription to " + c.subscriptionWords(ctx, s) + " is " + showUser(s.Author) + "'s: here only who made one may change or end it, and admins of the workspace. " +
		"To be told less for a while: " + code("/parley mute all for 8h", maxName) + "."
	for _, may := range []func(context.Context) (bool, error){
		func(ctx context.Context) (bool, error) { return c.Admin(ctx, r.User) },
		func(ctx context.Context) (bool, error) { return c.Gone(ctx, s.Author) },
	} {
		if c.Admin == nil || c.Gone == nil {
			break
		}
		ok, err := may(ctx)
		if err != nil {
			return complaint(said + " (Whether you are one I cannot look: " + mrk(plain(err.Error()), maxField) + ".)")
		}
		if ok {
			return nil
		}
	}
	return complaint(said)
}

// editRule answers "watch edit NAME QUERY".
func (c *Commands) editRule(ctx context.Context, r Request, args string) (Response, error) {
	name, query, _ := strings.Cut(args, " ")
	query = strings.TrimSpace(query)
	if name == "" {
		return onlyText("Change which rule to what? For example " + code("/parley watch edit mediator-dates by:mediator date:<14d", maxField) + ". " + c.own(ctx, r)), nil
	}
	m, err := c.made(ctx, name)
	if err != nil {
		return Response{}, err
	}
	if query == "" {
		return onlyText("Change " + code(m.Name, maxName) + " to what? As it is now: " + code("/parley watch edit "+m.Name+" "+plainQuery(m.When), 1500) + "."), nil
	}
	if err := c.mayChange(ctx, r, m); err != nil {
		return Response{}, err
	}
	if query == m.When {
		return onlyText("The rule " + code(m.Name, maxName) + " asks just that already."), nil
	}
	return c.propose(ctx, r, proposal{Name: m.Name, Query: query, ID: m.ID, Was: lastChange(m)})
}

// lastChange tells one state of a rule from another.
func lastChange(m MadeRule) string { return strconv.FormatInt(m.Changed.UnixMilli(), 36) }

// changeRule stores what a rule shall ask from now on.
func (c *Commands) changeRule(ctx context.Context, r Request, p proposal) (Response, error) {
	all, err := c.Answers.MadeRules(ctx)
	if err != nil {
		return Response{}, err
	}
	i := slices.IndexFunc(all, func(m MadeRule) bool { return m.ID == p.ID })
	if i < 0 {
		return onlyText("The rule " + code(p.Name, maxName) + " was deleted meanwhile. To make it anew: " +
			code("/parley watch "+p.Query+" as "+p.Name, 1500) + "."), nil
	}
	m := all[i]
	switch {
	case m.When == p.Query:
		return onlyText("The rule " + code(m.Name, maxName) + " asks just that already."), nil
	case lastChange(m) != p.Was:
		return onlyText("Meanwhile " + showUser(m.ChangedBy) + " changed " + code(m.Name, maxName) + " to " + code(plainQuery(m.When), 1000) +
			". Nothing was stored; if yours shall take its place: " + code(p.command(), 1500) + "."), nil
	}
	if err := c.mayChange(ctx, r, m); err != nil {
		return Response{}, err
	}
	if err := c.Answers.ChangeRule(ctx, m.ID, p.Query, r.User, r.At); err != nil {
		return Response{}, err
	}
	out := onlyText("Done: from now on " + code(m.Name, maxName) + " asks " + code(plainQuery(p.Query), 1000) + ". " +
		"To undo: " + code("/parley watch edit "+m.Name+" "+plainQuery(m.When), 1500) + ".")
	out.Announce = c.told(m, "📌 "+showUser(r.User)+" changed the rule "+code(m.Name, maxName)+" from "+code(plainQuery(m.When), 1000)+" to "+code(plainQuery(p.Query), 1000)+".", replacing(out))
	return out, nil
}

// told announces a change where the rule was made.
func (c *Commands) told(m MadeRule, text string, done Response) *Announcement {
	said := onlyText(text)
	return &Announcement{Channel: m.Channel, Text: said.Text, Blocks: said.Blocks, Otherwise: func(reason string) Response {
		out := onlyText(clip(done.Text, 2000) + " I could not say so in " + showChannel(m.Channel) + ": " + mrk(reason, maxField) + ".")
		out.Replaces = done.Replaces
		return out
	}}
}

// deleteRule answers "watch delete NAME".
func (c *Commands) deleteRule(ctx context.Context, r Request, args string) (Response, error) {
	if args == "" {
		return onlyText("Delete which rule? " + c.own(ctx, r)), nil
	}
	m, err := c.made(ctx, args)
	if err != nil {
		return Response{}, err
	}
	if err := c.mayChange(ctx, r, m); err != nil {
		return Response{}, err
	}
	// One that the configuration has taken the place of is used by nobody: who
	// asks for its name gets the other.
	var with []int64
	words := ""
	if where, replaced := c.Answers.Configured(m.Name); replaced {
		words = "; that of the configuration (" + mrk(plain(where), maxField) + ") goes on"
	} else {
		own, used, err := c.uses(ctx, r, m)
		if err != nil {
			return Response{}, err
		}
		if len(used) > 0 {
			return onlyText("The rule " + code(m.Name, maxName) + " is still used: " + strings.Join(used, "; ") + ". End that first."), nil
		}
		if own != nil {
			with, words = []int64{own.ID}, ", and "+showChannel(own.Channel)+" is no longer subscribed to it"
		}
	}
	err = c.Answers.DeleteRule(ctx, m.ID, with, r.User, r.At)
	if errors.Is(err, news.ErrNotFound) {
		return onlyText("The rule " + code(m.Name, maxName) + " was deleted a moment ago."), nil
	}
	if err != nil {
		return Response{}, err
	}
	out := onlyText("Done: the rule " + code(m.Name, maxName) + " is gone" + words + ". To make it anew: " + code("/parley watch "+plainQuery(m.When)+" as "+m.Name, 1500) + ".")
	out.Announce = c.told(m, "📌 "+showUser(r.User)+" deleted the rule "+code(m.Name, maxName)+words+".", out)
	return out, nil
}

// maxUses is how many uses of a rule are told.
const maxUses = 6

// uses tells who asks for a rule by its name: the subscription that was made with
// it, and all others in words.
func (c *Commands) uses(ctx context.Context, r Request, m MadeRule) (own *news.Subscription, others []string, err error) {
	names := func(query string) bool {
		q, err := rules.Parse(query)
		return err == nil && slices.Contains(q.Refers(), m.Name)
	}
	all, err := c.Answers.MadeRules(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, o := range all {
		if o.ID != m.ID && names(o.When) {
			others = append(others, "the rule "+code(o.Name, maxName)+" of "+showUser(o.Owner)+" names it")
		}
	}
	subs, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return nil, nil, err
	}
	_, here := destined("", r)
	for _, s := range subs {
		switch {
		case !names(s.To):
		case s.ID != 0 && s.Channel == m.Channel && s.To == "rule:"+m.Name:
			own = &s
		default:
			where := showChannel(s.Channel)
			if here.holds(s) {
				where = "this channel"
			}
			others = append(others, where+" is subscribed to "+code(plainQuery(s.To), maxField))
		}
	}
	if len(others) > maxUses {
		others = append(others[:maxUses:maxUses], "and "+itoa(len(others)-maxUses)+" more")
	}
	return own, others, nil
}

// own lists the rules of the one who asks.
func (c *Commands) own(ctx context.Context, r Request) string {
	all, err := c.Answers.MadeRules(ctx)
	var names []string
	for _, m := range all {
		if m.Owner == r.User {
			names = append(names, m.Name)
		}
	}
	if err != nil || len(names) == 0 {
		return "You have made no rule yet."
	}
	return "Yours are: " + list(names, 20) + "."
}
