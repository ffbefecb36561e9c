package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// Muting is what the room must know and do so that people can mute.
type Muting interface {
	// Mutes returns those that have not ended, oldest first.
	Mutes(ctx context.Context) ([]news.Mute, error)
	// Mute stores a mute; created is false when the channel had it, and then it
	// lasts as long as m from now on.
	Mute(ctx context.Context, m news.Mute) (stored news.Mute, created bool, err error)
	// Unmute ends one in the name of author, and returns it with how many alerts it
	// held, which are sent now. It returns news.ErrNotFound if it has ended already.
	Unmute(ctx context.Context, id int64, author string, at time.Time) (news.Mute, error)
}

const (
	usualMute = 8 * time.Hour
	maxMute   = 30 * 24 * time.Hour
	// actionMute is the menu on a card; what is chosen there is a command.
	actionMute = "parley.mute"
)

// mute answers "mute TARGET [for 8h or until next round] [in #channel]".
func (c *Commands) mute(ctx context.Context, r Request, args string) (Response, error) {
	args, dest := destined(args, r)
	target, round, m := args, false, news.Mute{Until: r.At.Add(usualMute), Author: r.User, Created: r.At}
	if before, ok := cutFolded(args, "until next round"); ok {
		target, round = before, true
	} else if rest, back, err := trailing(args, "for"); err != nil {
		return Response{}, err
	} else if back > 0 {
		target, m.Until = rest, r.At.Add(min(back, maxMute))
	}
	if target == "" {
		return onlyText("Mute what, and for how long? A negotiation (" + code("/parley mute us-iran for 8h", maxName) + ", " + code("/parley mute us-iran until next round", maxName) +
			"), a rule (" + code("/parley mute rule:deal for 2d", maxName) + ") or everything here (" + code("/parley mute all for 1h", maxName) + "). Alerts are held meanwhile and come as one digest."), nil
	}
	what := "all alerts"
	if !everything(target) {
		to, words, err := c.target(ctx, "mute", target)
		if err != nil {
			return Response{}, err
		}
		m.To, what = to, "alerts for "+words
	}
	if round {
		id, ok := strings.CutPrefix(m.To, "negotiation:")
		if !ok || strings.ContainsAny(id, " ()") {
			return onlyText("Only a negotiation has a next round. Say how long instead, for example " + code("/parley mute "+target+" for 8h", maxField) + "."), nil
		}
		m.Round, m.Until = id, r.At.Add(maxMute)
	}
	return c.hold(ctx, r, dest, m, target, what)
}

// hold stores a mute, of what is typed as target, and tells its channel.
func (c *Commands) hold(ctx context.Context, r Request, dest destination, m news.Mute, target, what string) (Response, error) {
	subs, err := c.Answers.Subscriptions(ctx)
	if err != nil {
		return Response{}, err
	}
	m.Channel = dest.channel
	if dest.name != "" { // as the configuration calls the channel for what nobody claims
		m.Channel = dest.name
	}
	wanted := false
	for _, s := range subs {
		if dest.holds(s) {
			m.Channel, wanted = s.Channel, wanted || s.To == m.To
		}
	}
	if kind, _, _ := strings.Cut(m.To, ":"); m.To != "" && !wanted && (strings.ContainsAny(m.To, " \"()") || kind != "negotiation" && kind != "rule") {
		return onlyText(upperFirst(dest.String()) + " has no subscription to " + code(m.To, maxField) + " that could be muted. Mute a negotiation, a rule, or `all`."), nil
	}
	stored, created, err := c.Answers.Mute(ctx, m)
	if err != nil {
		return Response{}, err
	}
	how := c.untilWords(stored)
	held := ""
	if !created {
		held = " It was muted already; this is how long it lasts now."
	}
	if m.Round == "" && m.Until.Equal(r.At.Add(maxMute)) {
		held += " Thirty days are the most; " + code("/parley unsubscribe", maxName) + " ends alerts for good."
	}
	out := onlyText("Done: " + what + " in " + dest.String() + " are held " + how + "." + held + " Nothing is lost: what is held, urgent alerts too, comes as one digest then. To end it sooner: " +
		code("/parley unmute "+target+dest.again(), maxField) + ".")
	said := onlyText("🔕 " + showUser(r.User) + " muted " + what + " in " + dest.told() + " " + how + ". Alerts are held and come as one digest then; " + code("/parley unmute "+target, maxField) + " ends it.")
	out.Announce = &Announcement{Channel: m.Channel, Text: said.Text, Blocks: said.Blocks, Otherwise: func(reason string) Response {
		return onlyText(out.Text + " I could not say so there: " + mrk(reason, maxField) + ".")
	}}
	return out, nil
}

func everything(target string) bool {
	return slices.Contains([]string{"all", "everything", "here", "this channel"}, strings.ToLower(target))
}

// cutFolded takes words off the end of a text, whatever their case.
func cutFolded(s, suffix string) (string, bool) {
	n := len(s) - len(suffix)
	if n < 0 || !strings.EqualFold(s[n:], suffix) || n > 0 && s[n-1] != ' ' {
		return s, false
	}
	return strings.TrimSpace(s[:n]), true
}

// untilWords writes how long a mute lasts.
func (c *Commands) untilWords(m news.Mute) string {
	until := moment(m.Until, c.zone())
	if m.Round != "" {
		return "until the next round begins, at most until " + until
	}
	return "until " + until
}

// mutedWords writes what a mute is of.
func (c *Commands) mutedWords(ctx context.Context, m news.Mute) string {
	if m.To == "" {
		return "all alerts"
	}
	return "alerts for " + c.subscriptionWords(ctx, news.Subscription{To: m.To})
}

// muteName is what to type for a mute.
func muteName(m news.Mute) string {
	if m.To == "" {
		return "all"
	}
	return strings.TrimPrefix(plainQuery(m.To), "negotiation:")
}

// muted are the mutes of a channel.
func (c *Commands) muted(ctx context.Context, dest destination) ([]news.Mute, error) {
	all, err := c.Answers.Mutes(ctx)
	return slices.DeleteFunc(all, func(m news.Mute) bool { return !dest.holds(news.Subscription{Channel: m.Channel, Author: m.Author}) }), err
}

// unmute answers "unmute TARGET or all [in #channel]".
func (c *Commands) unmute(ctx context.Context, r Request, args string) (Response, error) {
	target, dest := destined(args, r)
	mutes, err := c.muted(ctx, dest)
	if err != nil {
		return Response{}, err
	}
	if len(mutes) == 0 {
		return onlyText("Nothing is muted in " + dest.String() + "."), nil
	}
	var names []string
	var picked []news.Mute
	for _, m := range mutes {
		names = append(names, muteName(m))
		// One mute needs no name; `all` ends every one.
		if target == "" {
			if len(mutes) == 1 {
				picked = mutes
			}
			continue
		}
		if everything(target) || sameName(muteName(m), target) || len(c.picked([]news.Subscription{{To: m.To, ID: 1}}, target)) > 0 {
			picked = append(picked, m)
		}
	}
	switch {
	case target == "" && len(picked) == 0:
		return onlyText("End which mute? There are: " + list(names, 10) + "; or `all`."), nil
	case len(picked) == 0:
		return Response{}, notAmong(upperFirst(dest.String())+" has not muted ", target, names)
	}
	return c.endMutes(ctx, r, dest, picked)
}

// endMutes ends mutes of a channel, and tells it.
func (c *Commands) endMutes(ctx context.Context, r Request, dest destination, picked []news.Mute) (Response, error) {
	held := 0
	var what []string
	for _, m := range picked {
		ended, err := c.Answers.Unmute(ctx, m.ID, r.User, r.At)
		if errors.Is(err, news.ErrNotFound) { // it ended a moment ago
			continue
		}
		if err != nil {
			return Response{}, err
		}
		held += ended.Held
		what = append(what, c.mutedWords(ctx, m))
	}
	if len(what) == 0 {
		return onlyText("That mute has ended a moment ago."), nil
	}
	words := strings.Join(what, ", ")
	out := onlyText("Done: " + words + " come to " + dest.String() + " again. " + heldWords(held))
	said := onlyText("🔔 " + showUser(r.User) + " ended the mute of " + words + ". " + heldWords(held))
	out.Announce = &Announcement{Channel: picked[0].Channel, Text: said.Text, Blocks: said.Blocks, Otherwise: func(reason string) Response {
		return onlyText(out.Text + " I could not say so there: " + mrk(reason, maxField) + ".")
	}}
	return out, nil
}

func heldWords(n int) string {
	if n == 0 {
		return "Nothing was held."
	}
	if n == 1 {
		return "The alert that was held comes now."
	}
	return "The " + itoa(n) + " alerts that were held come as a digest."
}

// mutes answers "mutes [all]".
func (c *Commands) mutes(ctx context.Context, r Request, args string) (Response, error) {
	args, page := paged(args)
	all, err := c.Answers.Mutes(ctx)
	if err != nil {
		return Response{}, err
	}
	_, here := destined("", r)
	title, everywhere := "Muted in this channel", strings.EqualFold(args, "all")
	if everywhere {
		title = "Muted"
		all = slices.DeleteFunc(all, func(m news.Mute) bool { return others(m.Channel, m.Author, r.User) })
	} else {
		all = slices.DeleteFunc(all, func(m news.Mute) bool { return !here.holds(news.Subscription{Channel: m.Channel, Author: m.Author}) })
	}
	if len(all) == 0 {
		return onlyText("Nothing is muted. " + code("/parley mute us-iran for 8h", maxName) + " holds alerts for a while."), nil
	}
	a := newAnswer(title)
	from, to := a.page(len(all), page, maxListed, strings.TrimSpace("mutes "+args))
	for _, m := range all[from:to] {
		line := c.mutedWords(ctx, m) + "  ·  " + c.untilWords(m) + "  ·  " + plural(m.Held, "alert") + " held  ·  by " + showUser(m.Author)
		if everywhere {
			line = showChannel(m.Channel) + "  ·  " + line
		}
		a.section(line+"\n"+code("/parley unmute "+muteName(m), maxField), line+".")
	}
	return a.response(), nil
}

// MuteOver tells a channel that a mute has ended by itself.
func (r *Room) MuteOver(ctx context.Context, m news.Mute) error {
	said := onlyText("🔔 The mute of " + r.Commands.mutedWords(ctx, m) + " that " + showUser(m.Author) + " set is over. " + heldWords(m.Held))
	return r.announce(ctx, &Announcement{Channel: m.Channel, Text: said.Text, Blocks: said.Blocks})
}

// muteMenu is the menu on a card; nil when there is nothing that can be named.
func (s sheet) muteMenu() slack.BlockElement {
	target := s.about
	switch {
	case target != "":
	case len(s.ruleNames) > 0:
		target = "rule:" + s.ruleNames[0]
	default:
		target = s.to
	}
	if target == "" {
		return nil
	}
	var options []*slack.OptionBlockObject
	add := func(label, words string) {
		twice := slices.ContainsFunc(options, func(o *slack.OptionBlockObject) bool { return o.Value == words })
		if !twice && width(words) <= maxOption && typed(words) == words {
			options = append(options, slack.NewOptionBlockObject(words, plainObject(label), nil))
		}
	}
	add("for 1 hour", "mute "+target+" for 1h")
	add("for 8 hours", "mute "+target+" for 8h")
	if s.about != "" {
		add("until the next round", "mute "+target+" until next round")
	}
	for _, name := range s.ruleNames {
		if len(options) < 6 && target != "rule:"+name {
			add(clip("this rule for a week: "+readable(name), 70), "mute rule:"+name+" for 7d")
		}
	}
	if len(options) == 0 {
		return nil
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, plainObject("Mute"), actionMute, options...)
}

// maxOption is how long the value of an option may be.
const maxOption = 150
