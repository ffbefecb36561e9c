package bot

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// What stands under a look-up: a button that goes on where the answer had to
// stop, others that lead on, and one that shows the answer to the channel.

// actionShare is the button that shows an answer to the channel.
const actionShare = "parley.share"

// maxLeads is how many buttons lead on from one answer.
const maxLeads = 4

// ask adds a button that asks something else. Only look-ups may stand on one.
func (a *answer) ask(label, words string) {
	if len(a.leads) < maxLeads {
		a.leads = append(a.leads, lead{label: label, words: words})
	}
}

// more adds the button that goes on, before all others, and says so.
func (a *answer) more(label, words string) {
	a.leads = append([]lead{{label: label, words: words}}, a.leads...)
	a.say("There is more: " + mrk("/parley "+words, maxField) + ".")
}

// A lead is a button that leads on from an answer: by a look-up, unless it has an
// action of its own.
type lead struct{ label, words, action string }

// list shows developments while there is room, at most so many, and goes on with
// those behind the last. words ask for the same list.
func (a *answer) list(found []news.Tracked, most int, words string, show func(news.Tracked) bool) {
	for i, d := range found {
		if i == most || !show(d) && i > 0 {
			a.left = 0
			a.more("More", words+" before "+found[i-1].ID.String())
			return
		}
	}
}

// page returns which part of a list of n is its page, of so many each, and adds
// the button for the next. words ask for the list.
func (a *answer) page(n, page, each int, words string) (from, to int) {
	from, to = a.turn(n, page, each, words)
	if to < n {
		a.small(itoa(from+1) + " to " + itoa(to) + " of " + itoa(n))
	}
	return from, to
}

// turn is page for a list of which only so much is known as to tell that it goes
// on.
func (a *answer) turn(n, page, each int, words string) (from, to int) {
	from = (page - 1) * each
	if from >= n {
		from = max(0, (n-1)/each*each)
	}
	to = min(n, from+each)
	if to < n {
		a.more("More", words+" page "+itoa(to/each+1))
	}
	return from, to
}

var pageNumber = regexp.MustCompile(`(?i)(?:^|\s)page\s+(\d{1,4})$`)

// paged takes "page 2" off the end of what was typed; the first page needs no
// number.
func paged(args string) (rest string, page int) {
	m := pageNumber.FindStringSubmatch(args)
	if m == nil {
		return args, 1
	}
	page, _ = strconv.Atoi(m[1]) // digits, few of them
	return strings.TrimSpace(args[:len(args)-len(m[0])]), max(1, page)
}

// underneath adds the row of buttons to what a command answered.
func (r Response) underneath(v verb, request Request) Response {
	var row []slack.BlockElement
	taken := map[string]bool{}
	for i, l := range r.leads {
		b := runButton(l.label, l.words)
		if l.action != "" {
			b.ActionID = l.action
		}
		if taken[b.ActionID] {
			b.ActionID += "." + itoa(i)
		}
		taken[b.ActionID] = true
		row = append(row, b)
	}
	if words := typed(request.Text); v.share && r.whole && !request.alone() && width(words) <= 1900 {
		row = append(row, slack.NewButtonBlockElement(actionShare, words, plainObject("Share in channel")))
	}
	if len(row) > 0 {
		r.Blocks = append(r.Blocks, slack.NewActionBlock("", row...))
	}
	return r
}

// alone says whether nobody else reads where a command was typed, or where it was
// pressed: on a person's own App Home.
func (r Request) alone() bool {
	return strings.HasPrefix(r.Channel, "D") || r.Channel == r.User && r.User != ""
}

// shared answers "Share in channel": the question is answered anew, for all, and
// with who wanted it. The button goes, so that it is shown once.
func (c *Commands) shared(ctx context.Context, r Request) Response {
	words := typed(r.Value)
	name, rest, _ := strings.Cut(words, " ")
	v, ok := findVerb(name)
	if !ok || !v.share {
		return oldButton()
	}
	out, err := v.run(c, ctx, r, strings.TrimSpace(rest))
	if err != nil {
		return c.failure(err)
	}
	if !out.whole {
		return out // there is nothing to show any more, and it says why
	}
	asked := code("/parley "+words, maxField)
	v.share = false
	out = out.underneath(v, r)
	by := showUser(r.User) + " shared " + asked
	if len(out.Blocks) < maxBlocks {
		out.Blocks = append(out.Blocks, contextLine(by))
	}
	done := replacing(onlyText("Shared in this channel: " + asked + "."))
	done.Announce = &Announcement{
		Channel: r.Channel, Text: out.Text + " " + by + ".", Blocks: out.Blocks,
		Otherwise: func(reason string) Response {
			return onlyText("I cannot share it here yet: " + mrk(reason, maxField) + ".")
		},
	}
	return done
}

// maxBlocks is how many blocks Slack takes in a message.
const maxBlocks = 50
