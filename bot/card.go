package bot

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// Card writes one alert as a message: its blocks, and the text that stands for
// them in notifications and for screen readers, which read nothing else.
//
// What feeds wrote goes into plain_text and rich_text wherever it can, since
// Slack interprets nothing in these; what must be mrkdwn is made harmless.
func Card(a news.Alert, names Names) (blocks []slack.Block, text string) {
	s := newSheet(a, names)
	blocks = append(blocks, s.header()...)
	blocks = append(blocks, s.topicBlock())
	if len(s.later) > 0 {
		blocks = append(blocks, s.sinceBlock())
	}
	if s.quote != "" {
		blocks = append(blocks, s.quoteBlock())
	}
	if fields := s.fields(); len(fields) > 0 {
		blocks = append(blocks, slack.NewSectionBlock(nil, fields, nil))
	}
	blocks = append(blocks, s.sourcesBlock(), s.whyBlock())
	if b := s.buttons(); b != nil {
		blocks = append(blocks, b)
	}
	return blocks, s.text()
}

// header is the headline, in bold instead when it is too long for a header, and
// struck through when it does not hold any more.
func (s sheet) header() []slack.Block {
	line := s.headline
	if s.urgent {
		line = "🔴 " + line
	}
	if s.replaced {
		return []slack.Block{slack.NewSectionBlock(mrkdwnObject("~*"+mrk(line, 2*maxHeadline)+"*~"), nil, nil)}
	}
	if width(line) <= maxHeader {
		return []slack.Block{slack.NewHeaderBlock(plainObject(line))}
	}
	return []slack.Block{slack.NewSectionBlock(mrkdwnObject("*"+mrk(line, 2*maxHeadline)+"*"), nil, nil)}
}

func (s sheet) topicBlock() slack.Block {
	parts := s.topic()
	for i, p := range parts {
		parts[i] = mrk(p, 2*maxName)
	}
	m := mark(s.kind)
	if s.kind == "" {
		m = "🔎"
	}
	parts[0] = m + " *" + parts[0] + "*"
	if s.urgent {
		parts[0] = "*URGENT*  ·  " + parts[0]
	}
	return contextLine(strings.Join(parts, "  ·  "))
}

// quoteBlock is the quotation, and under it, outside since the two may be written
// in different directions, whose it is.
func (s sheet) quoteBlock() slack.Block {
	elements := []slack.RichTextElement{&slack.RichTextQuote{
		Type: slack.RTEQuote, Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(s.quoted(), nil)},
	}}
	if by := s.attribution(); by != "" {
		elements = append(elements, slack.NewRichTextSection(slack.NewRichTextSectionTextElement(leftToRight("— "+by), &slack.RichTextSectionTextStyle{Italic: true})))
	}
	return slack.NewRichTextBlock("", elements...)
}

func (s sheet) fields() []*slack.TextBlockObject {
	var out []*slack.TextBlockObject
	add := func(name, value string, gone ...bool) {
		if value != "" {
			out = append(out, mrkdwnObject("*"+name+"*\n"+struck(mrk(value, 3*maxField), len(gone) > 0 && gone[0])))
		}
	}
	was := func(name, value, before string, gone bool) {
		if add(name, value, gone); value != "" && before != "" {
			out[len(out)-1].Text += "  (was " + struck(mrk(before, maxField), true) + ")"
		}
	}
	if s.beside != "" {
		add("They differ", s.beside)
	} else {
		was("When", s.when, s.was, s.replaced || s.dateGone)
	}
	if s.sure != "" {
		add("How sure", s.sureMark+" "+s.sure, s.sureGone)
	}
	was("Where", s.where, s.wasPlace, s.replaced || s.placeGone)
	add("Denies", s.denies)
	add("Also in this report", s.also)
	return out
}

func (s sheet) sourcesBlock() slack.Block {
	title := "Source  "
	if s.count > 1 {
		title = plural(s.count, "source")
	}
	bold := &slack.RichTextSectionTextStyle{Bold: true}
	line := func(src sourceLine) []slack.RichTextSectionElement {
		out := []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(src.title, nil)}
		if src.link != "" {
			out[0] = slack.NewRichTextSectionLinkElement(src.link, src.title, nil)
		}
		return append(out, slack.NewRichTextSectionTextElement("  ·  "+src.outlet(), nil))
	}
	first := []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(title, bold)}
	if s.count == 1 {
		return slack.NewRichTextBlock("", slack.NewRichTextSection(append(first, line(s.sources[0])...)...))
	}
	var items []slack.RichTextElement
	for _, src := range s.sources {
		items = append(items, slack.NewRichTextSection(line(src)...))
	}
	if s.more > 0 {
		items = append(items, slack.NewRichTextSection(slack.NewRichTextSectionTextElement("also: "+s.alsoBy()+" ("+itoa(s.count)+")", nil)))
	}
	return slack.NewRichTextBlock("", slack.NewRichTextSection(first...), slack.NewRichTextList(slack.RTEListBullet, 0, items...))
}

// whyBlock is the small print: which rule, what satisfied it, since when.
func (s sheet) whyBlock() slack.Block {
	var parts []string
	if len(s.rules) > 0 {
		parts = append(parts, "Rule *"+mrk(strings.Join(s.rules, ", "), maxField)+"*")
	} else if s.to != "" {
		parts = append(parts, "Subscription "+code(s.to, maxField))
	}
	if len(s.because) > 0 {
		parts = append(parts, "matched "+mrk(strings.Join(s.because, ", "), 3*maxField))
	}
	if s.id != "" {
		parts = append(parts, s.id)
	}
	if s.first.IsZero() {
		parts = append(parts, "published at an unknown time")
	} else {
		parts = append(parts, "first reported "+moment(s.first, s.zone))
	}
	return contextLine(strings.Join(parts, "  ·  "))
}

// buttons ask the look-ups that an alert makes one think of.
func (s sheet) buttons() slack.Block {
	var buttons []slack.BlockElement
	if s.about != "" {
		buttons = append(buttons, runButton("Timeline", "timeline "+s.about), runButton("Dates ahead", "next "+s.about))
	}
	if s.asks != "" {
		buttons = append(buttons, runButton("Why?", "why "+s.asks))
	}
	if m := s.muteMenu(); m != nil {
		buttons = append(buttons, m)
	}
	if w := s.wrongMenu(); w != nil {
		buttons = append(buttons, w)
	}
	if len(buttons) == 0 {
		return nil
	}
	return slack.NewActionBlock("", buttons...)
}

// runButton is a button that answers the one who presses it as if he or she had
// typed /parley with these words. Only look-ups may stand on one.
func runButton(label, words string) *slack.ButtonBlockElement {
	verb, _, _ := strings.Cut(words, " ")
	return slack.NewButtonBlockElement(actionRun+verb, clip(words, 1900), plainObject(clip(label, 70)))
}

// actionRun begins the action id of every runButton.
const actionRun = "parley.run."

// text is the whole card in one line of prose: what, who, when, how sure, where
// from. The link comes before what may be cut off.
func (s sheet) text() string {
	var b strings.Builder
	if s.urgent {
		b.WriteString("URGENT: ")
	}
	b.WriteString(mrk(s.headline, maxHeadline+100) + ".")
	say := func(before, what string) {
		if what != "" {
			b.WriteString(" " + before + mrk(what, maxField) + ".")
		}
	}
	if s.updates != "" {
		say("Update of ", s.updates)
	}
	if topic := s.topic(); s.negotiation != "" {
		if s.updates != "" {
			topic = topic[:len(topic)-1]
		}
		say("", strings.Join(topic, ", "))
	}
	say("Since then: ", s.sinceText())
	if s.beside != "" {
		say("They differ: ", s.beside)
	}
	say("When: ", s.whenFull)
	if s.was != "" && s.whenFull != "" {
		say("Before: ", s.was)
	}
	say("Where: ", s.where)
	say("How sure: ", strings.ToLower(s.sure))
	say("Denies: ", s.denies)
	say("Also: ", s.also)
	if len(s.sources) > 0 {
		src := s.source()
		b.WriteString(" Source: " + mrk(src.outlet(), 2*maxName))
		if src.link != "" {
			b.WriteString(", <" + escapeLink(src.link) + ">")
		}
		if s.count > 1 {
			b.WriteString(", and " + itoa(s.count-1) + " more")
		}
		b.WriteString(".")
	}
	if len(s.rules) > 0 {
		say("Rule: ", strings.Join(s.rules, ", "))
	}
	if s.quote != "" {
		by := ""
		if who := s.attribution(); who != "" {
			by = " — " + mrk(who, maxField)
		}
		b.WriteString(" " + isolate(mrk("“"+s.quote+"”", max(0, maxText-width(b.String()+by)-3))) + by)
	}
	return b.String()
}

// plainObject is text in which Slack interprets nothing. The joiner is there for
// those clients and archives that search it for mentions all the same.
func plainObject(text string) *slack.TextBlockObject {
	text = strings.NewReplacer("<!", "<\u2060!", "<@", "<\u2060@", "<#", "<\u2060#").Replace(text)
	return slack.NewTextBlockObject(slack.PlainTextType, text, false, false)
}

// mrkdwnObject is verbatim: Slack shall not look for links and names in it.
func mrkdwnObject(text string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, text, false, true)
}

func contextLine(text string) slack.Block { return slack.NewContextBlock("", mrkdwnObject(text)) }

func itoa(n int) string { return strconv.Itoa(n) }
