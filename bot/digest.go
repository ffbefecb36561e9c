package bot

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// Most of what one digest shows. Slack refuses more than 50 blocks and, though it
// does not say so, more than about 13,000 characters in all of them.
const (
	maxDigestBlocks = 40
	maxDigestWidth  = 11000
)

// Digest writes several alerts as one message, those of one negotiation together,
// first those that change what was told before, and the negotiations that have such;
// otherwise in the order in which they are met. What does not fit is counted.
func Digest(alerts []news.Alert, names Names) (blocks []slack.Block, text string) {
	groups := group(alerts, names)
	title := "Digest: " + plural(len(alerts), "alert")
	blocks = append(blocks, slack.NewHeaderBlock(plainObject(title)))
	var b strings.Builder
	b.WriteString(title + ".")
	used, shown := 0, 0
	full := func(more string) bool {
		return len(blocks) >= maxDigestBlocks || used+width(more) > maxDigestWidth
	}
	for _, g := range groups {
		if full(g.title) || full(g.sheets[0].digestLine()) || len(blocks)+2 >= maxDigestBlocks {
			break
		}
		blocks = append(blocks, slack.NewDividerBlock(), contextLine("*"+mrk(g.title, 2*maxName)+"*"))
		for _, s := range g.sheets {
			line := s.digestLine()
			if full(line) {
				break
			}
			blocks = append(blocks, slack.NewSectionBlock(mrkdwnObject(line), nil, nil))
			used += width(line)
			shown++
			if sentence := s.digestText(); width(b.String())+width(sentence) < maxText-40 {
				b.WriteString(" " + sentence)
			}
		}
	}
	if left := len(alerts) - shown; left > 0 {
		more := fmt.Sprintf("and %s more. `/parley latest` lists them.", itoa(left))
		blocks = append(blocks, contextLine(more))
		b.WriteString(" And " + itoa(left) + " more.")
	}
	return blocks, b.String()
}

type digestGroup struct {
	title  string
	sheets []sheet
}

func group(alerts []news.Alert, names Names) []digestGroup {
	var out []digestGroup
	at := map[string]int{}
	for _, a := range alerts {
		s := newSheet(a, names)
		title := s.negotiation
		if title == "" {
			title = "Other news"
		}
		i, ok := at[title]
		if !ok {
			i = len(out)
			at[title] = i
			out = append(out, digestGroup{title: title})
		}
		out[i].sheets = append(out[i].sheets, s)
	}
	// What changes something that was told comes first: a reader may have acted on it.
	changes := func(s sheet) int {
		if s.updates != "" {
			return 0
		}
		return 1
	}
	for _, g := range out {
		slices.SortStableFunc(g.sheets, func(a, b sheet) int { return changes(a) - changes(b) })
	}
	slices.SortStableFunc(out, func(a, b digestGroup) int { return changes(a.sheets[0]) - changes(b.sheets[0]) })
	return out
}

// digestLine is an alert in two lines of mrkdwn: what, then how sure, when, who;
// lead stands before these.
func (s sheet) digestLine(lead ...string) string {
	link := s.source().link
	m := mark(s.kind)
	if s.kind == "" {
		m = "🔎"
	}
	line := m + " *" + anchor(link, s.headline, 300) + "*"
	if s.urgent {
		line = "🔴 *URGENT* " + line
	}
	return line + "\n" + strings.Join(append(lead, s.facts()...), "  ·  ")
}

// facts are the short facts of an alert, as mrkdwn.
func (s sheet) facts() []string {
	var out []string
	if s.sure != "" {
		out = append(out, s.sureMark+" "+s.sure)
	}
	for _, f := range []string{s.when, s.where, s.by} {
		if f != "" {
			out = append(out, mrk(f, 2*maxName))
		}
	}
	if s.updates != "" {
		out = append(out, "update of "+s.updates)
	}
	switch {
	case s.count > 1:
		out = append(out, plural(s.count, "source"))
	case len(s.sources) == 1:
		out = append(out, mrk(s.sources[0].outlet(), maxName))
	}
	if s.id != "" {
		out = append(out, s.id)
	}
	return out
}

// digestText is an alert in one sentence, for screen readers.
func (s sheet) digestText() string {
	out := mrk(s.headline, 300)
	if s.urgent {
		out = "URGENT: " + out
	}
	if s.negotiation != "" {
		out = mrk(s.negotiation, maxName) + ": " + out
	}
	var facts []string
	if s.sure != "" {
		facts = append(facts, strings.ToLower(s.sure))
	}
	if s.whenFull != "" {
		facts = append(facts, mrk(s.whenFull, 2*maxName))
	}
	if s.by != "" {
		facts = append(facts, mrk(s.by, 2*maxName))
	}
	if len(facts) > 0 {
		out += " (" + strings.Join(facts, "; ") + ")"
	}
	return out + "."
}
