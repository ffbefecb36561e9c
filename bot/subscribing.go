package bot

import (
	"context"
	"errors"
	"strings"
	"time"

	"parley/internal/news"
	"parley/rules"
)

// subscribe answers "subscribe TARGET [in #channel]", with wishes behind it.
func (c *Commands) subscribe(ctx context.Context, r Request, args string) (Response, error) {
	target, w, dest, err := wished(args, r)
	if err != nil {
		return Response{}, err
	}
	if target == "" {
		return withForm("Choose in a window…", formSubscribe, "Subscribe to what? To a negotiation (`/parley subscribe us-iran`), a rule (`/parley subscribe rule:deal`), or anything a query can say (`/parley subscribe by:mediator kind:talks`). "+
			"Behind it may stand how: `in #desk`, `as digest 08:00 weekdays`, `level urgent`, `quiet 22:00-07:00`, `threaded`, `with status`."), nil
	}
	to, what, err := c.target(ctx, "subscribe", target)
	if err != nil {
		return Response{}, err
	}
	return c.subscribeTo(ctx, r, wanted{typed: target, to: to, what: what, dest: dest, wishes: w})
}

// A wanted subscription, typed or made in a form.
type wanted struct {
	typed, to, what string // as it was typed, as a query, in words
	dest            destination
	wishes          wishes
	zone            *time.Location // nil: nobody said
}

// subscribeTo subscribes a channel, or changes how a subscription of it comes.
func (c *Commands) subscribeTo(ctx context.Context, r Request, want wanted) (Response, error) {
	target, what, dest, w := want.typed, want.what, want.dest, want.wishes
	to := want.to
	warnings, err := c.Answers.Check(ctx, to)
	if err != nil {
		return Response{}, err
	}
	all, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return Response{}, err
	}
	sub := news.Subscription{
		Channel: dest.channel, To: to, Digest: w.digest, Quiet: w.quiet, Level: w.level, Threaded: w.threaded, Status: w.statusAfter(news.NoStatus), Zone: want.zone, Author: r.User, Created: r.At,
	}
	if sub.Status != news.NoStatus && sub.KeepsStatusOf() == "" {
		return onlyText("A status card is of one negotiation, for example " + code("/parley subscribe us-iran with status", maxName) + "."), nil
	}
	already := func(s news.Subscription) Response {
		said := upperFirst(dest.String()) + " is subscribed to " + what + " already"
		if s.ID == 0 {
			return onlyText(said + ", by the configuration.")
		}
		if how := wishesWords(s); how != "" && s.Digest+s.Quiet+string(s.Level) == "" && !s.Threaded {
			said += how
		} else if how != "" {
			said += how + ". To have each alert at once: " + code("/parley subscribe "+target+" at once"+dest.again(), maxField)
		}
		return onlyText(said + ".")
	}
	was := news.Subscription{}
	for _, s := range all {
		if !dest.holds(s) {
			continue
		}
		if s.To == to && s.ID == 0 && w.status != news.NoStatus {
			return c.keepStatus(ctx, r, strings.TrimPrefix(to, "negotiation:"), dest)
		}
		if s.To == to {
			sub.Status = w.statusAfter(s.Status)
		}
		if s.To == to && s.Status != news.StatusOnly && (s.ID == 0 || !w.any || sameWishes(s, sub) && (want.zone == nil || c.sameZone(s.Zone, want.zone))) {
			return already(s), nil
		}
		if s.To == to {
			if err := c.mayTouch(ctx, r, s); err != nil {
				return Response{}, err
			}
			was = s
		}
		// One channel is called by one name, so that an alert that two of its
		// subscriptions want is known to be the same.
		sub.Channel = s.Channel
	}
	if err := c.timed(ctx, r, &sub, was, dest, w); err != nil {
		return Response{}, err
	}
	stored, created, err := c.Answers.Subscribe(ctx, sub)
	if err != nil {
		return Response{}, err
	}
	if !created && was.ID == 0 { // somebody else was quicker
		return already(stored), nil
	}
	how := wishesWords(stored)
	if stored.Digest+stored.Quiet != "" {
		how += "  ·  times in " + mrk(c.orZone(sub.Zone).String(), maxName)
	}
	undo := code("/parley unsubscribe "+target+dest.again(), maxField)
	out := onlyText("Done: alerts for " + what + " go to " + dest.String() + how + ". To undo: " + undo + "." + doubts(warnings))
	said := onlyText("📌 " + showUser(r.User) + " subscribed " + dest.told() + " to " + what + how + ".")
	if was.ID != 0 && was.Status != news.StatusOnly {
		if how == "" {
			how = "  ·  each alert at once"
		}
		out = onlyText("Done: alerts for " + what + " come to " + dest.String() + " otherwise from now on" + how + "." + doubts(warnings))
		said = onlyText("📌 " + showUser(r.User) + " changed " + dest.told() + "'s subscription to " + what + how + ".")
	}
	out.Announce = &Announcement{Channel: sub.Channel, Text: said.Text, Blocks: said.Blocks, Otherwise: func(reason string) Response {
		return onlyText("The subscription to " + what + " is kept, but I cannot post in " + dest.String() + " yet: " + mrk(reason, maxField) + "." + doubts(warnings))
	}}
	return out, nil
}

// timed settles in which zone the times of a subscription are meant if nobody
// said: one that exists keeps its own; direct messages come by the clock of who
// gets them, with his or her quiet hours if none were wished.
func (c *Commands) timed(ctx context.Context, r Request, sub *news.Subscription, was news.Subscription, dest destination, w wishes) error {
	if sub.Zone != nil {
		return nil
	}
	sub.Zone = c.Zone
	if was.Zone != nil {
		sub.Zone = was.Zone
		return nil
	}
	if dest.user == "" {
		return nil
	}
	p, err := c.Answers.PreferencesOf(ctx, r.User)
	if err != nil {
		return err
	}
	if p.Zone != nil {
		sub.Zone = p.Zone
	}
	if !w.any {
		sub.Quiet = p.Quiet
	}
	return nil
}

// sameZone compares zones by their names; nil is that of the configuration.
func (c *Commands) sameZone(a, b *time.Location) bool {
	return c.orZone(a).String() == c.orZone(b).String()
}

func (c *Commands) orZone(z *time.Location) *time.Location {
	if z == nil {
		return c.zone()
	}
	return z
}

// sameWishes says whether two subscriptions want their alerts alike.
func sameWishes(a, b news.Subscription) bool {
	return a.Digest == b.Digest && a.Quiet == b.Quiet && a.Level == b.Level && a.Threaded == b.Threaded && a.Status == b.Status
}

// target turns what somebody typed into a query and into words for it: the id,
// title or name of a negotiation, rule:NAME, the name of a rule, or a query. The
// error suggests what to type behind the verb.
func (c *Commands) target(ctx context.Context, verb, typed string) (to, what string, err error) {
	negotiations, err := c.Answers.Negotiations(ctx)
	if err != nil {
		return "", "", err
	}
	all, err := c.Answers.Rules(ctx)
	if err != nil {
		return "", "", err
	}
	if name, ok := strings.CutPrefix(typed, "rule:"); ok && !strings.ContainsAny(name, " ()") {
		rule, err := pickRule(all, name)
		if err != nil {
			return "", "", err
		}
		return "rule:" + rule.Name, ruleWords(rule), nil
	}
	var names []string
	for _, n := range negotiations {
		for _, s := range append([]string{n.ID, n.Title}, n.Names...) {
			if sameName(s, typed) {
				return "negotiation:" + n.ID, "*" + mrk(c.Names.negotiation(n.ID), maxField) + "*", nil
			}
		}
		names = append(names, n.ID)
	}
	for _, rule := range all {
		if sameName(rule.Name, typed) {
			return "rule:" + rule.Name, ruleWords(rule), nil
		}
		names = append(names, rule.Name)
	}
	q, err := rules.Parse(typed)
	if err != nil {
		return "", "", err
	}
	if !strings.ContainsAny(typed, " :\"*") {
		if near := nearest(strings.ToLower(typed), names); near != "" {
			return "", "", complaint("There is no negotiation or rule " + code(typed, maxName) + ". Did you mean " + code("/parley "+verb+" "+near, maxField) +
				"? If the word itself is meant, put it between quotation marks: " + code(`/parley `+verb+` "`+typed+`"`, maxField) + ".")
		}
	}
	to = q.String()
	if _, err := rules.Parse(to); err != nil { // the canonical form of a long query may be too long
		to = typed
	}
	return to, code(to, 1500), nil
}

func ruleWords(rule news.Rule) string {
	title := plain(rule.Title)
	if title == "" {
		title = readable(rule.Name)
	}
	return "the rule *" + mrk(title, maxField) + "*"
}

func doubts(warnings []string) string {
	out := ""
	for i, w := range warnings {
		if i == 3 {
			break
		}
		out += "\n⚠️ " + mrk(upperFirst(tidy(w)), maxField)
	}
	return out
}

// unsubscribe answers "unsubscribe TARGET or all [in #channel]".
func (c *Commands) unsubscribe(ctx context.Context, r Request, args string) (Response, error) {
	target, dest := destined(args, r)
	all, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return Response{}, err
	}
	var own, fixed []news.Subscription
	for _, s := range all {
		if !dest.holds(s) {
			continue
		}
		if s.ID == 0 {
			fixed = append(fixed, s)
		} else {
			own = append(own, s)
		}
	}
	if target == "" {
		return onlyText("Unsubscribe from what? " + choices(own, dest)), nil
	}
	ended := own
	if !strings.EqualFold(target, "all") {
		if ended = c.picked(own, target); len(ended) == 0 {
			if len(c.picked(fixed, target)) > 0 {
				return onlyText("That subscription comes from the configuration, so it cannot be ended here. Ask whoever runs parley to take it out of `subscriptions:`."), nil
			}
			return onlyText(upperFirst(dest.String()) + " has no subscription to " + code(target, maxField) + ". " + choices(own, dest)), nil
		}
	}
	if len(ended) == 0 {
		return onlyText(upperFirst(dest.String()) + " has no subscriptions that can be ended here."), nil
	}
	return c.endSubscriptions(ctx, r, dest, ended)
}

// endSubscriptions ends subscriptions of a channel, and tells it.
func (c *Commands) endSubscriptions(ctx context.Context, r Request, dest destination, ended []news.Subscription) (Response, error) {
	for _, s := range ended { // all that was asked for, or nothing
		if err := c.mayTouch(ctx, r, s); err != nil {
			return Response{}, err
		}
	}
	var what []string
	for _, s := range ended {
		err := c.Answers.Unsubscribe(ctx, s.ID, r.User, r.At)
		if errors.Is(err, news.ErrNotFound) { // somebody else was quicker
			continue
		}
		if err != nil && len(what) == 0 {
			return Response{}, err
		}
		if err != nil {
			break // what was ended is told all the same
		}
		words := c.subscriptionWords(ctx, s)
		if s.Status != news.NoStatus {
			words += " (its status card ends, too)"
		}
		what = append(what, words)
	}
	if len(what) == 0 {
		return Response{}, news.ErrNotFound
	}
	listed := what
	if len(listed) > 10 {
		listed = append(listed[:10:10], "and "+itoa(len(what)-10)+" more")
	}
	words := strings.Join(listed, ", ")
	out := onlyText("Done: no more alerts for " + words + " in " + dest.String() + ".")
	said := onlyText("📌 " + showUser(r.User) + " unsubscribed " + dest.told() + " from " + words + ".")
	out.Announce = &Announcement{Channel: ended[0].Channel, Text: said.Text, Blocks: said.Blocks, Otherwise: func(reason string) Response {
		return onlyText(out.Text + " I could not say so there: " + mrk(reason, maxField) + ".")
	}}
	return out, nil
}

// picked are the subscriptions that somebody's words mean.
func (c *Commands) picked(subs []news.Subscription, target string) []news.Subscription {
	canonical := target
	if q, err := rules.Parse(target); err == nil {
		canonical = q.String()
	}
	var out []news.Subscription
	for _, s := range subs {
		kind, name, _ := strings.Cut(s.To, ":")
		named := (kind == "negotiation" || kind == "rule") && !strings.Contains(name, " ") &&
			(sameName(name, target) || kind == "negotiation" && sameName(c.Names.negotiation(name), target))
		if s.To == target || s.To == canonical || named {
			out = append(out, s)
		}
	}
	if len(out) > 0 || !strings.Contains(target, "*") {
		return out
	}
	for _, s := range subs { // no query of that form: a pattern
		_, name, _ := strings.Cut(s.To, ":")
		if like(target, s.To) || like(target, name) {
			out = append(out, s)
		}
	}
	return out
}

// like compares text with a pattern in which * stands for anything.
func like(pattern, s string) bool {
	parts := strings.Split(strings.ToLower(pattern), "*")
	s = strings.ToLower(s)
	last := len(parts) - 1
	if !strings.HasPrefix(s, parts[0]) {
		return false
	}
	s = s[len(parts[0]):]
	for _, p := range parts[1:last] {
		i := strings.Index(s, p)
		if i < 0 {
			return false
		}
		s = s[i+len(p):]
	}
	return strings.HasSuffix(s, parts[last])
}

func choices(own []news.Subscription, dest destination) string {
	if len(own) == 0 {
		return "None of its subscriptions was made by a command."
	}
	var names []string
	for _, s := range own {
		names = append(names, plainQuery(s.To))
	}
	return upperFirst(dest.String()) + " has: " + list(names, 10) + "; or `all`."
}
