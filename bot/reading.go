package bot

import (
	"context"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// ShortcutRead is the message shortcut "Read with parley".
const ShortcutRead = "parley.read"

// How much of a reading is shown, and how much text is read at all.
const (
	maxRead     = 4 // developments
	maxMentions = 6
	maxReadText = 40_000
)

// A message is what somebody wants read: its words and the links in it.
type message struct {
	title, text string
	links       []string
	at          time.Time // when it was posted; zero: now
}

// read answers "read TEXT" and "read LINK".
func (c *Commands) read(ctx context.Context, r Request, args string) (Response, error) {
	if args == "" {
		return onlyText("Read what? Put the text or the link of a stored article behind it: " + code("/parley read Oman says US-Iran talks will resume on Tuesday", maxField) +
			". In the ⋯ menu of a message, “Read with parley” does the same."), nil
	}
	m := message{links: linksIn(args)}
	if m.title, m.text = headed(worded(args)); m.title+m.text == "" && len(m.links) == 0 {
		return onlyText("There are no words in that."), nil
	}
	return c.reading(ctx, r, m)
}

// readMessage answers the shortcut of a message with a modal.
func (c *Commands) readMessage(ctx context.Context, r Request, m message) Response {
	out, err := c.reading(ctx, r, m)
	if err != nil {
		out = c.failure(err)
	}
	out = asModal(out)
	out.Opens.PrivateMetadata = originOf(r).write() // for the form that may follow
	return out
}

// reading tells what is understood of an article that a message links, if it is
// stored, and else of the words of the message. No link is ever opened.
func (c *Commands) reading(ctx context.Context, r Request, m message) (Response, error) {
	for i, link := range m.links {
		if i == 5 {
			break
		}
		road, ok, err := c.Answers.Why(ctx, link)
		if err != nil {
			return Response{}, err
		}
		if ok {
			return c.understood(r, road.Item, road.Reading, true, ""), nil
		}
	}
	note := ""
	if len(m.links) > 0 {
		note = "None of my feeds brought the article behind the link" + host(m.links[0]) + ", and I open no other links, so this is read from the words alone."
	}
	if m.title+m.text == "" {
		return onlyText("There are no words in it that I can read. " + note), nil
	}
	at := m.at
	if at.IsZero() {
		at = r.At
	}
	item := news.Item{ID: "message", Title: m.title, Text: m.text, Published: at.In(c.zone())}
	reading, err := c.Answers.Read(ctx, item)
	if err != nil {
		return Response{}, err
	}
	return c.understood(r, item, reading, false, note), nil
}

func host(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Hostname() == "" {
		return ""
	}
	return " (" + mrk(tidy(u.Hostname()), maxName) + ")"
}

// understood writes a reading: who, what and when, each with its proof; or why
// there is nothing.
func (c *Commands) understood(r Request, item news.Item, reading news.Reading, stored bool, note string) Response {
	a := newAnswer("What I read in it")
	title := isolate(clip(plain(item.Title), maxTitle))
	switch {
	case stored:
		line := "The article *" + anchor(safeLink(item.Link), title, maxField) + "*  ·  " + mrk(plain(item.Feed), maxName)
		if !item.Published.IsZero() {
			line += "  ·  " + moment(item.Published, c.zone())
		}
		a.small(line)
		a.say("The article " + mrk(title, maxField) + ", " + mrk(plain(item.Feed), maxName) + ".")
	case note != "":
		a.small(note)
		a.say(note)
	}
	for i, d := range reading.Developments {
		if i == maxRead {
			a.small("and " + plural(len(reading.Developments)-i, "more development"))
			break
		}
		a.understanding(c, d, item)
	}
	if len(reading.Developments) == 0 {
		a.silent(reading)
	}
	about := ""
	for _, d := range reading.Developments {
		if d.Negotiation != nil && about == "" {
			about = *d.Negotiation
		}
	}
	if !stored {
		a.small("Days count from " + mrk(day(item.Published, r.At), maxName) + ", when it was written. Nothing of it is stored.")
	}
	out := a.response()
	var row []slack.BlockElement
	if about != "" {
		row = append(row, prime(formButton("Watch this negotiation", formSubscribe, "negotiation:"+about)))
	}
	if key := whyKey(item); stored && key != "" {
		row = append(row, runButton("Why, and why not", "why "+key))
	}
	if len(row) > 0 {
		out.Blocks = append(out.Blocks, slack.NewActionBlock("", row...))
	}
	if about != "" {
		out.Text += " " + code("/parley subscribe "+about, maxField) + " follows it."
	}
	return out
}

// understanding tells one development of a reading.
func (a *answer) understanding(c *Commands, d news.Development, item news.Item) {
	s := newSheet(news.Alert{Development: &news.Tracked{Development: d, First: item.Published}, Item: item, Zone: c.zone().String()}, c.Names)
	a.section(mark(s.kind)+" *"+mrk(s.headline, maxField)+"*\n"+mrk(strings.Join(s.topic()[1:], "  ·  "), maxField), mrk(s.headline, maxField)+".")
	fields := []*slack.TextBlockObject{}
	add := func(label, value string) {
		if value == "" {
			return
		}
		fields = append(fields, mrkdwnObject("*"+label+"*\n"+value))
		a.say(label + ": " + value + ".")
	}
	add("Who says it", mrk(s.by, 2*maxName))
	add("What", mrk(kindWords(s.kind), maxName))
	when := s.whenFull
	if when == "" {
		when = "no day is named"
	}
	add("When", mrk(when, maxField))
	add("Where", mrk(s.where, maxName))
	add("How sure", s.sureMark+" "+mrk(s.sure, maxName))
	a.blocks = append(a.blocks, slack.NewSectionBlock(nil, fields, nil))
	if s.quote != "" {
		where := "text"
		if d.Evidence.Field == news.Title {
			where = "headline"
		}
		a.section("> "+isolate("“"+mrk(s.quote, 1500)+"”")+"\nproof, in the "+where, "Proof, in the "+where+": “"+mrk(s.quote, maxField)+"”.")
	}
}

// silent says why nothing was read, and which dates were seen all the same.
func (a *answer) silent(reading news.Reading) {
	why := "it speaks of no talks between states or armed parties that I know"
	if reading.Silence != nil {
		why = strings.TrimSuffix(tidy(*reading.Silence), ".")
	}
	a.section("🤫 *No development:* "+mrk(why, maxField)+".", "No development: "+mrk(why, maxField)+".")
	var dates []string
	for i, m := range reading.Dates {
		if i == maxMentions {
			dates = append(dates, "and "+itoa(len(reading.Dates)-i)+" more")
			break
		}
		dates = append(dates, isolate("“"+mrk(plain(m.Span), maxName)+"”")+" is "+mrk(dateWords(news.Date{Span: m.Span, Start: m.From, End: m.To, Granularity: m.Granularity, Approx: m.Approx}, time.Time{}), maxName)+
			" ("+mentionWords(m)+")")
	}
	if len(dates) > 0 {
		line := "Days in it: " + strings.Join(dates, "; ") + "."
		a.small(line)
		a.say(line)
	}
}

// mentionWords says what part a date plays.
func mentionWords(m news.Mention) string {
	if m.Status == "negated" || m.Status == "superseded" {
		return "given up"
	}
	switch m.Role {
	case "talks":
		return "of talks"
	case "speech":
		return "when somebody spoke"
	case "past":
		return "past"
	}
	return "of something else"
}

// messageOf gathers the words and links of a message, also of one that an app
// posted as blocks or attachments alone.
func messageOf(i slack.InteractionCallback) message {
	msg := i.Message
	raw := msg.Text
	if strings.TrimSpace(raw) == "" {
		raw = blockText(msg.Blocks.BlockSet)
	}
	for _, at := range msg.Attachments {
		for _, part := range []string{at.Title, at.Text} {
			if part != "" && !strings.Contains(raw, part) {
				raw += "\n" + part
			}
		}
		if at.Title == "" && at.Text == "" {
			raw += "\n" + at.Fallback
		}
	}
	m := message{links: linksIn(raw)}
	for _, at := range msg.Attachments {
		for _, link := range []string{at.TitleLink, at.FromURL, at.OriginalURL} {
			m.links = append(m.links, linksIn(link)...)
		}
	}
	m.title, m.text = headed(worded(raw))
	if seconds, _, _ := strings.Cut(msg.Timestamp, "."); seconds != "" {
		if n, err := strconv.ParseInt(seconds, 10, 64); err == nil {
			m.at = time.Unix(n, 0)
		}
	}
	return m
}

// blockText is the text of the blocks that most messages have.
func blockText(blocks []slack.Block) string {
	var parts []string
	for _, b := range blocks {
		switch b := b.(type) {
		case *slack.HeaderBlock:
			parts = append(parts, b.Text.Text)
		case *slack.SectionBlock:
			if b.Text != nil {
				parts = append(parts, b.Text.Text)
			}
			for _, f := range b.Fields {
				parts = append(parts, f.Text)
			}
		case *slack.RichTextBlock:
			parts = append(parts, richText(b))
		}
	}
	return strings.Join(parts, "\n")
}

func richText(b *slack.RichTextBlock) string {
	var out strings.Builder
	for _, e := range b.Elements {
		section, ok := e.(*slack.RichTextSection)
		if !ok {
			continue
		}
		for _, part := range section.Elements {
			switch part := part.(type) {
			case *slack.RichTextSectionTextElement:
				out.WriteString(part.Text)
			case *slack.RichTextSectionLinkElement:
				out.WriteString("<" + part.URL + "|" + part.Text + ">")
			}
		}
	}
	return out.String()
}

var (
	webLink  = regexp.MustCompile(`https?://[^\s<>|"]+`)
	mentions = regexp.MustCompile(`<[@#!][^>]*>`)
	emphasis = regexp.MustCompile(`(^|[\s(“"])[*_~]+(\S)|(\S)[*_~]+([\s).,;:!?”"]|$)`)
	emojis   = regexp.MustCompile(`:[a-z][a-z0-9_+-]*:`)
)

// linksIn lists the web addresses in what Slack delivers.
func linksIn(raw string) []string {
	var out []string
	for _, link := range webLink.FindAllString(raw, 20) {
		out = append(out, strings.TrimRight(strings.ReplaceAll(link, "&amp;", "&"), ".,;:!?)"))
	}
	return out
}

// worded is what a reader sees of text as Slack delivers it, line by line: no
// markup, no names of people, no bare addresses, which are no prose.
func worded(raw string) string {
	raw = clip(raw, maxReadText)
	raw = slackLink.ReplaceAllStringFunc(raw, func(s string) string {
		label := slackLink.FindStringSubmatch(s)[2]
		if webLink.MatchString(label) {
			return " "
		}
		return label
	})
	raw = webLink.ReplaceAllString(mentions.ReplaceAllString(raw, " "), " ")
	raw = emojis.ReplaceAllString(emphasis.ReplaceAllString(raw, "$1$2$3$4"), " ")
	raw = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(raw)
	var lines []string
	for line := range strings.SplitSeq(raw, "\n") {
		if line = tidy(strings.TrimLeft(line, "> ")); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// headed parts a headline from the text below it, where the first line is one.
func headed(words string) (title, text string) {
	first, rest, found := strings.Cut(words, "\n")
	if width(first) > 250 || !found && strings.ContainsAny(strings.TrimRight(first, ".!?"), ".!?") && width(first) > maxTitle {
		return "", words
	}
	return first, rest
}
