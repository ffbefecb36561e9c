package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
	"parley/rules"
)

// A Request is one slash command, whichever way it came.
type Request struct {
	Channel     string // id of where it was typed
	ChannelName string // without #; "directmessage" or empty for conversations without one
	User        string // id of who typed it
	Text        string // what stands behind /parley, as Slack delivers it
	At          time.Time
	// Of a pressed button that is more than a command: its action and its value.
	Action, Value string
}

// A Response is what comes of a Request. The answer itself is for the one who
// asked and nobody else; what others must know is in Announce.
type Response struct {
	Text   string // complete without the blocks
	Blocks []slack.Block
	// Announce is posted for all to read. Whoever posts it puts Otherwise in
	// place of the answer if that fails.
	Announce *Announcement
	// Upload is shown to all too; whoever uploads it puts its Otherwise in place of
	// the answer if that fails.
	Upload *Upload
	// Replaces says that the message whose button was pressed has had its day: the
	// answer takes its place.
	Replaces bool
	// Opens is a modal in which the answer stands, or goes on. Where none can be
	// opened the rest of the Response says in words what to type.
	Opens *slack.ModalViewRequest

	leads []lead // what can be asked next
	whole bool   // a list rather than a sentence: worth showing to others
}

// An Announcement is a message to a channel about what somebody did.
type Announcement struct {
	Channel string // id or #name
	Text    string
	Blocks  []slack.Block
	// Otherwise makes the answer when the announcement could not be posted, from
	// the reason.
	Otherwise func(reason string) Response
}

// Commands answers slash commands. Do is a function of the request and of what
// Answers says, and so the same by Socket Mode, by HTTP and in a test.
type Commands struct {
	Answers Answers
	Names   Names
	Zone    *time.Location // in which plain times are written; nil: UTC
	// Gone tells whether a person has left the workspace; nil: that cannot be known.
	Gone func(ctx context.Context, user string) (bool, error)
	// Creators tells whether a subscription is changed and ended by those who made it
	// and by admins alone, and not by any member of its channel; nil: it is not.
	Creators func() bool
	// Admin tells whether a person is an admin of the workspace; nil: that cannot be
	// known.
	Admin func(ctx context.Context, user string) (bool, error)
	// Places tells in which channels a person is; nil: that cannot be known.
	Places func(ctx context.Context, user string) ([]Place, error)
	// Profile tells the time zone of a person; nil: that cannot be known.
	Profile func(ctx context.Context, user string) (*time.Location, error)
}

// A Place is a channel that somebody is in.
type Place struct {
	ID, Name string // the name without its #
}

// A verb is a command behind /parley.
type verb struct {
	name    string
	aliases []string
	usage   string // what may stand behind it
	does    string // for help, without a full stop
	example string
	look    bool // only looks: may stand on a button
	share   bool // its answer may be shown to the channel
	run     func(*Commands, context.Context, Request, string) (Response, error)
}

// verbs lists the commands in the order of help.
func verbs() []verb {
	return []verb{
		{"latest", []string{"last", "news"}, "[negotiation] [since 7d]", "what happened lately, newest first", "latest us-iran since 7d", true, true, (*Commands).latest},
		{"status", []string{"state", "where", "standing"}, "[negotiation] [keep or end]", "where talks stand, the last development and the next date, once or as a card that is kept", "status us-iran", true, true, (*Commands).status},
		{"next", []string{"ahead", "dates", "upcoming"}, "[negotiation]", "dates ahead, who named them and how sure they are", "next us-iran", true, true, (*Commands).next},
		{"said", []string{"says", "quotes", "statements"}, "ACTOR [about NEGOTIATION] [since 7d]", "what somebody said last, in the words of the report", "said iran about us-iran", true, true, (*Commands).said},
		{"timeline", []string{"history", "chronology"}, "NEGOTIATION [since 30d] [picture]", "its developments in their order, by round; as a picture for the channel too", "timeline us-iran", true, true, (*Commands).timeline},
		{"search", []string{"find"}, "QUERY", "look for words and facts in everything stored", "search kind:talks-scheduled by:mediator", true, true, (*Commands).search},
		{"why", []string{"explain"}, "LINK [rule]", "why an item raised an alert, or what was missing", "why D-12", true, true, (*Commands).why},
		{"read", []string{"reading", "parse"}, "TEXT or LINK", "what I understand of a text, or of a stored article: who, what, when, and why not", "read Oman says US-Iran talks will resume on Tuesday", true, false, (*Commands).read},
		{"test", []string{"backtest", "try"}, "QUERY [over 30d]", "what a query would have raised: how much, and examples", "test kind:setback tone:<0 over 30d", true, false, (*Commands).test},
		{"subscribe", []string{"sub", "follow"}, "TARGET [in #channel] [as digest 08:00 weekdays] [level urgent] [quiet 22:00-07:00] [threaded] [with status]", "send alerts here: a negotiation, a rule or any query", "subscribe us-iran", false, false, (*Commands).subscribe},
		{"unsubscribe", []string{"unsub", "unfollow"}, "TARGET or all or PATTERN [in #channel]", "stop alerts here", "unsubscribe us-iran", false, false, (*Commands).unsubscribe},
		{"subscriptions", []string{"subscription", "subs"}, "[all]", "what this channel is subscribed to, and by whom", "subscriptions", true, false, (*Commands).subscriptions},
		{"mute", []string{"silence", "snooze"}, "TARGET or all [for 8h] [until next round] [in #channel]", "hold alerts for a while; they come as one digest at its end", "mute us-iran until next round", false, false, (*Commands).mute},
		{"unmute", []string{"unsilence", "unsnooze"}, "TARGET or all [in #channel]", "end a mute now", "unmute us-iran", false, false, (*Commands).unmute},
		{"mutes", []string{"muted"}, "[all]", "what is muted, until when, and by whom", "mutes", true, false, (*Commands).mutes},
		{"watch", []string{"watchfor"}, "QUERY [as NAME] or edit NAME QUERY or delete NAME", "make a rule, after a look at what it would have raised; change or end one", "watch by:mediator date:<14d as mediator-dates", false, false, (*Commands).watchFor},
		{"rules", []string{"rule"}, "[name or export]", "the rules that raise alerts, and who made them", "rules", true, false, (*Commands).rules},
		{"wrong", []string{"mistake", "feedback"}, "D-12 kind or date or speaker or nothing or duplicate [what is right]", "say what is wrong of a card; it is kept with your name", "wrong D-12 kind talks-ended", false, false, (*Commands).wrong},
		{"audit", []string{"changes", "log"}, "[all]", "who changed what here: subscriptions, rules, mutes", "audit", true, false, (*Commands).audit},
		{"settings", []string{"setting", "preferences"}, "[zone Europe/London] [quiet 22:00-07:00]", "your time zone and quiet hours, for what comes to you as direct messages", "settings quiet 22:00-07:00", false, false, (*Commands).settings},
		{"feeds", []string{"feed", "sources"}, "", "the feeds and whether they are well, and what could not be delivered", "feeds", true, false, (*Commands).feeds},
		{"retry", []string{"resend", "again"}, "", "send what could not be delivered, once its reason is put right", "retry", false, false, (*Commands).retry},
		{"help", []string{"?", "--help", "-h", "commands"}, "[command or queries]", "this list, or more about one thing", "help queries", true, false, (*Commands).help},
	}
}

// Do answers a command. It always answers, and with what to type instead where
// it cannot do what was asked.
func (c *Commands) Do(ctx context.Context, r Request) Response {
	switch r.Action {
	case "":
	case actionShare:
		return c.shared(ctx, r)
	case actionHome:
		return c.fromHome(ctx, r)
	default:
		if !strings.HasPrefix(r.Action, actionForm) {
			return c.pressed(ctx, r)
		}
		out, err := c.form(ctx, r)
		if err != nil {
			return c.failure(err)
		}
		return out
	}
	words := typed(r.Text)
	name, rest, _ := strings.Cut(words, " ")
	rest = strings.TrimSpace(rest)
	if name == "" {
		return c.welcome(ctx, r)
	}
	v, ok := findVerb(name)
	if !ok {
		return unknownVerb(name, rest)
	}
	out, err := v.run(c, ctx, r, rest)
	if err != nil {
		return c.failure(err)
	}
	return out.underneath(v, r)
}

func findVerb(name string) (verb, bool) {
	name = strings.ToLower(name)
	for _, form := range []string{name, name + "s", strings.TrimSuffix(name, "s")} { // the plural of it, the singular
		for _, v := range verbs() {
			if v.name == form || slices.Contains(v.aliases, form) {
				return v, true
			}
		}
	}
	return verb{}, false
}

// looksOnly says whether a command changes nothing.
func looksOnly(text string) bool {
	name, _, _ := strings.Cut(typed(text), " ")
	v, ok := findVerb(name)
	_, change := keepOrEnd(text)
	_, picture := pictured(text)
	return ok && v.look && (v.name != "status" || change == "") && (v.name != "timeline" || !picture)
}

// takesLong says whether the answer to a command may come after Slack has stopped
// waiting for it.
func takesLong(text string) bool {
	name, _, _ := strings.Cut(typed(text), " ")
	v, ok := findVerb(name)
	return ok && (v.name == "test" || v.name == "watch")
}

func unknownVerb(name, rest string) Response {
	var names []string
	for _, v := range verbs() {
		names = append(names, v.name)
		for _, a := range v.aliases {
			if len(a) > 2 {
				names = append(names, a)
			}
		}
	}
	said := "There is no command " + code(name, maxName) + ". "
	if near := nearest(strings.ToLower(name), names); near != "" {
		v, _ := findVerb(near)
		return onlyText(said + "Did you mean " + code("/parley "+strings.TrimSpace(v.name+" "+rest), maxField) + "?")
	}
	if looksLikeQuery(name + " " + rest) {
		return onlyText(said + "To look for it, type " + code("/parley search "+strings.TrimSpace(name+" "+rest), maxField) + ".")
	}
	return onlyText(said + "`/parley help` lists what there is.")
}

func looksLikeQuery(s string) bool { return strings.ContainsAny(s, ":\"") }

// failure turns an error into an answer. Those of a query show the place; others
// are not the asker's doing, and are told apart by what to do about them.
func (c *Commands) failure(err error) Response {
	if p, ok := errors.AsType[*rules.Problem](err); ok {
		return queryProblem(p)
	}
	if said, ok := errors.AsType[complaint](err); ok {
		return onlyText(string(said))
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return onlyText("That took too long, so I stopped. Narrow it, or try again in a minute.")
	case errors.Is(err, news.ErrNotFound):
		return onlyText("That is gone already. `/parley subscriptions` lists what there is.")
	}
	return onlyText("I cannot answer at the moment: what I have stored cannot be read. Try again in a minute; if it stays so, tell whoever runs parley to look at its log.")
}

// A complaint is an error that the asker can do something about, in mrkdwn.
type complaint string

func (c complaint) Error() string { return string(c) }

// queryProblem shows what is wrong with a query, and where.
func queryProblem(p *rules.Problem) Response {
	return onlyText("That query cannot be read:\n```\n" + fitCode(p.Caret(), maxSection-200) + "\n```\n`/parley help queries` shows how queries are written.")
}

// fitCode makes text safe inside a code block, keeping its lines.
func fitCode(s string, limit int) string {
	var lines []string
	for line := range strings.SplitSeq(s, "\n") {
		lines = append(lines, escapeCode(strings.Map(func(r rune) rune {
			if invisible(r) {
				return -1
			}
			return r
		}, line)))
	}
	out := strings.Join(lines, "\n")
	for width(out) > limit && len(lines) > 1 {
		lines = lines[:len(lines)-1]
		out = strings.Join(lines, "\n")
	}
	if width(out) > limit {
		return ""
	}
	return out
}

// onlyText is an answer of one paragraph of mrkdwn.
func onlyText(text string) Response {
	return Response{Text: text, Blocks: []slack.Block{slack.NewSectionBlock(mrkdwnObject(text), nil, nil)}}
}

func (c *Commands) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// negotiation finds the one that somebody typed, by id, title or further name.
// The error suggests the nearest.
func (c *Commands) negotiation(ctx context.Context, name string) (news.Negotiation, error) {
	all, err := c.Answers.Negotiations(ctx)
	if err != nil {
		return news.Negotiation{}, err
	}
	var names []string
	for _, n := range all {
		for _, s := range append([]string{n.ID, n.Title}, n.Names...) {
			if sameName(s, name) {
				return n, nil
			}
		}
		names = append(names, n.ID)
	}
	return news.Negotiation{}, notAmong("I follow no negotiation ", name, names)
}

// notAmong complains of a name that is none of those known: with the nearest,
// or with all of them.
func notAmong(said, name string, names []string) error {
	said += code(name, maxName) + ". "
	if near := nearest(strings.ToLower(name), names); near != "" {
		return complaint(said + "Did you mean " + code(near, maxName) + "?")
	}
	if len(names) == 0 {
		return complaint(said + "None is configured.")
	}
	return complaint(said + "There are: " + list(names, 20) + ".")
}

// sameName compares names without case, and without the difference between
// dashes, slashes and spaces.
func sameName(a, b string) bool { return a != "" && foldName(a) == foldName(b) }

func foldName(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(tidy(s)), func(r rune) bool {
		return strings.ContainsRune(" -–—/_‑", r)
	}), " ")
}

// list writes names in fixed-width type, at most n of them.
func list(names []string, n int) string {
	var out []string
	for i, s := range names {
		if i == n {
			out = append(out, "and "+itoa(len(names)-n)+" more")
			break
		}
		out = append(out, code(s, maxName))
	}
	return strings.Join(out, ", ")
}
