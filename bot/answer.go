package bot

import (
	"strings"

	"github.com/slack-go/slack"
)

// An answer is a list under a title, kept within what Slack takes.
type answer struct {
	blocks []slack.Block
	text   strings.Builder
	used   int
	left   int // entries that did not fit
	leads  []lead
}

// Slack refuses an acknowledgement of 20 KB, and a message of about 13,000
// characters.
const maxAnswer = 10000

func newAnswer(title string) *answer {
	a := &answer{blocks: []slack.Block{slack.NewHeaderBlock(plainObject(clip(title, maxHeader)))}}
	a.text.WriteString(mrk(title, maxField) + ".")
	return a
}

// section adds one entry: as mrkdwn, and as a sentence for screen readers. It
// reports whether there was room.
func (a *answer) section(line, said string) bool {
	if width(line) > maxSection || a.used+width(line) > maxAnswer {
		a.left++
		return false
	}
	a.used += width(line)
	a.blocks = append(a.blocks, slack.NewSectionBlock(mrkdwnObject(line), nil, nil))
	a.say(said)
	return true
}

// say adds a sentence for screen readers, if there is room.
func (a *answer) say(said string) {
	if width(a.text.String())+width(said) < maxText {
		a.text.WriteString(" " + said)
	}
}

// development adds a development, if there is room; naming says whether to name
// its negotiation.
func (a *answer) development(s sheet, naming bool) bool {
	var lead []string
	if !s.first.IsZero() {
		lead = append(lead, moment(s.first, s.zone))
	}
	if naming && s.negotiation != "" {
		lead = append(lead, mrk(s.negotiation, maxName))
	}
	return a.section(s.digestLine(lead...), s.digestText())
}

func (a *answer) small(text string) { a.blocks = append(a.blocks, contextLine(text)) }

func (a *answer) response() Response {
	if a.left > 0 {
		a.small("and " + itoa(a.left) + " more that did not fit")
	}
	return Response{Text: a.text.String(), Blocks: a.blocks, leads: a.leads, whole: true}
}
