package bot

import (
	"context"
	"strconv"
	"strings"
	"time"

	"parley/internal/news"
)

// How much an answer shows. A person who sees ten lines knows whether to narrow.
const (
	maxLatest = 10
	maxNext   = 12
	maxHits   = 8
	maxListed = 30 // rules, feeds and subscriptions

	maxSearchPages = 10 // each page looks for all before it, too
)

// latest answers "latest [negotiation] [since 7d]".
func (c *Commands) latest(ctx context.Context, r Request, args string) (Response, error) {
	args, f, err := c.narrowed(r, args)
	if err != nil {
		return Response{}, err
	}
	title, words := "Latest developments", "latest"
	if args != "" {
		n, err := c.negotiation(ctx, args)
		if err != nil {
			return Response{}, err
		}
		f.Negotiation = n.ID
		title, words = "Latest on "+c.Names.negotiation(n.ID), "latest "+n.ID
	}
	if !f.Since.IsZero() {
		title += ", last " + ago(r.At.Sub(f.Since))
	}
	f.Limit = maxLatest + 1
	found, err := c.Answers.Developments(ctx, f)
	if err != nil {
		return Response{}, err
	}
	if len(found) == 0 {
		said := "Nothing yet"
		if f.Before != 0 {
			said = "Nothing earlier"
		}
		if f.Negotiation != "" {
			said += " on " + mrk(c.Names.negotiation(f.Negotiation), maxField)
		}
		return onlyText(said + r.within(f) + "."), nil
	}
	a := newAnswer(title)
	a.list(found, maxLatest, words+r.sinceWords(f), func(d news.Tracked) bool { return a.development(c.sheetOf(d), f.Negotiation == "") })
	if f.Negotiation != "" {
		a.ask("Timeline", "timeline "+f.Negotiation)
	}
	return a.response(), nil
}

// sheetOf makes the sheet of a development that no rule raised just now.
func (c *Commands) sheetOf(d news.Tracked) sheet {
	a := news.Alert{Development: &d, Zone: c.zone().String()}
	if len(d.Sources) > 0 {
		src := d.Sources[0]
		a.Item = news.Item{ID: src.Item, Feed: src.Feed, Tier: src.Tier, Title: src.Title, Link: src.Link, Published: src.Published}
	}
	return newSheet(a, c.Names)
}

// since takes "since 7d" off the end of what was typed.
func since(args string) (rest string, back time.Duration, err error) {
	fields := strings.Fields(args)
	if n := len(fields); n == 1 && strings.EqualFold(fields[0], "since") || n > 1 && strings.EqualFold(fields[n-1], "since") && !strings.EqualFold(fields[n-2], "since") {
		return "", 0, complaint("Since when? Say for example `since 7d` or `since 12h`.")
	}
	return trailing(args, "since")
}

// trailing takes a word with a span behind it, such as "over 30d", off the end of
// what was typed.
func trailing(args, word string) (rest string, back time.Duration, err error) {
	fields := strings.Fields(args)
	i := len(fields) - 2
	if i < 0 || !strings.EqualFold(fields[i], word) {
		return args, 0, nil
	}
	back, ok := span(fields[i+1])
	if !ok {
		return "", 0, complaint("I cannot read " + code(fields[i+1], maxName) + " as a time. Say for example " +
			code(word+" 7d", maxName) + ", " + code(word+" 12h", maxName) + " or " + code(word+" 2w", maxName) + ".")
	}
	return strings.Join(fields[:i], " "), back, nil
}

// span reads 45m, 12h, 7d and 2w.
func span(s string) (time.Duration, bool) {
	if len(s) < 2 || len(s) > 5 {
		return 0, false
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	if err != nil || n <= 0 {
		return 0, false
	}
	switch s[len(s)-1] {
	case 'm':
		return time.Duration(n) * time.Minute, true
	case 'h':
		return time.Duration(n) * time.Hour, true
	case 'd':
		return time.Duration(n) * 24 * time.Hour, true
	case 'w':
		return time.Duration(n) * 7 * 24 * time.Hour, true
	}
	return 0, false
}

// ago writes a span in its largest whole unit, to stand behind "the last".
func ago(d time.Duration) string {
	n, unit := int(d/time.Minute), "minute"
	switch day := 24 * time.Hour; {
	case d >= day && d%day == 0:
		n, unit = int(d/day), "day"
	case d >= time.Hour && d%time.Hour == 0:
		n, unit = int(d/time.Hour), "hour"
	}
	return strings.TrimPrefix(plural(n, unit), "1 ")
}

// next answers "next [negotiation]".
func (c *Commands) next(ctx context.Context, r Request, args string) (Response, error) {
	about, title, words := "", "Dates ahead", "next"
	args, page := paged(args)
	if args != "" {
		n, err := c.negotiation(ctx, args)
		if err != nil {
			return Response{}, err
		}
		about, title, words = n.ID, "Dates ahead: "+c.Names.negotiation(n.ID), "next "+n.ID
	}
	found, err := c.Answers.Next(ctx, about, r.At, 0)
	if err != nil {
		return Response{}, err
	}
	if len(found) == 0 {
		said := "No date ahead has been named"
		if about != "" {
			said += " for " + mrk(c.Names.negotiation(about), maxField)
		}
		return onlyText(said + "."), nil
	}
	a := newAnswer(title)
	from, to := a.page(len(found), page, maxNext, words)
	for _, u := range found[from:to] {
		a.upcoming(c, u, r.At, about == "")
	}
	a.small("Days are those of the place where they were named.")
	return a.response(), nil
}

func (a *answer) upcoming(c *Commands, u Upcoming, now time.Time, naming bool) {
	day := upperFirst(dateWords(u.Date, now))
	line := "*" + mrk(day, maxField) + "*"
	plainLine := day
	if naming && u.Negotiation != "" {
		line += "  ·  " + mrk(c.Names.negotiation(u.Negotiation), 2*maxName)
		plainLine += ", " + c.Names.negotiation(u.Negotiation)
	}
	for i, d := range u.By {
		if i == 3 {
			line += "\n   and " + itoa(len(u.By)-3) + " more"
			break
		}
		s := c.sheetOf(d)
		link := s.source().link
		line += "\n" + mark(s.kind) + " " + anchor(link, s.headline, maxField)
		facts := []string{s.sureMark + " " + s.sure}
		if s.by != "" {
			facts = append(facts, mrk(s.by, 2*maxName))
		}
		if s.where != "" {
			facts = append(facts, mrk(s.where, maxName))
		}
		line += "\n" + strings.Join(append(facts, s.id), "  ·  ")
		plainLine += ": " + s.headline + " (" + strings.ToLower(s.sure)
		if s.by != "" {
			plainLine += ", " + s.by
		}
		plainLine += ")"
	}
	if len(u.Conflicts) > 0 {
		also := strings.Join(each(u.Conflicts, now), ", ")
		line += "\n⚠️ Others name " + mrk(also, maxField)
		plainLine += "; others name " + also
	}
	a.section(line, mrkdwn(plainLine)+".")
}

// search answers "search QUERY".
func (c *Commands) search(ctx context.Context, _ Request, args string) (Response, error) {
	args, page := paged(args)
	page = min(page, maxSearchPages)
	if args == "" {
		return onlyText("What shall I look for? For example `/parley search \"second round\" by:mediator`. `/parley help queries` shows more."), nil
	}
	found, err := c.Answers.Search(ctx, args, page*maxHits)
	if err != nil {
		return Response{}, err
	}
	if len(found.Hits) == 0 {
		said := "Nothing matches " + code(args, maxField) + " among " + plural(found.Looked, "stored item")
		if found.Stopped {
			said += " that I had time to look at: the newest ones"
		}
		return onlyText(said + "."), nil
	}
	a := newAnswer("Search: " + clip(args, 100))
	from := (page - 1) * maxHits
	if from >= len(found.Hits) { // fewer by now than when the button was made
		from = (len(found.Hits) - 1) / maxHits * maxHits
	}
	for _, h := range found.Hits[from:] {
		a.hit(c, h)
	}
	switch {
	case found.Stopped && len(found.Hits) >= page*maxHits && page < maxSearchPages:
		a.more("More", "search "+tidy(args)+" page "+itoa(page+1))
	case found.Stopped && len(found.Hits) >= page*maxHits:
		a.small("These are " + itoa(from+1) + " to " + itoa(len(found.Hits)) + ". Narrow the query to see others.")
	case found.Stopped:
		a.small("I looked at the newest " + plural(found.Looked, "item") + " and ran out of time. A narrower query may reach further back.")
	}
	return a.response(), nil
}

func (a *answer) hit(c *Commands, h Finding, notes ...string) {
	title := isolate(clip(plain(h.Item.Title), maxTitle))
	if title == "" {
		title = "An item without a title"
	}
	feed := plain(h.Item.Feed)
	line := "*" + anchor(safeLink(h.Item.Link), title, maxField) + "*  ·  " + mrk(feed, maxName)
	if h.Item.Published.IsZero() {
		line += "  ·  not dated"
	} else {
		line += "  ·  " + moment(h.Item.Published, c.zone())
	}
	said := mrkdwn(title + ", " + feed)
	for i, d := range h.Developments {
		if i == 2 {
			break
		}
		s := c.sheetOf(d)
		facts := append([]string{mark(s.kind) + " " + mrk(s.headline, maxField)}, s.facts()...)
		line += "\n" + strings.Join(facts, "  ·  ")
		said += ": " + mrkdwn(s.headline) + ", " + strings.ToLower(s.sure)
	}
	if excerpt := clip(plain(h.Excerpt), 300); excerpt != "" {
		line += "\n“" + isolate(mrk(excerpt, 500)) + "”"
	}
	if why := reasons(h.Because); len(why) > 0 {
		for i := range why {
			why[i] = code(why[i], 100)
		}
		line += "\nmatched " + strings.Join(why, " ")
	}
	for _, n := range notes {
		line += "\n" + n
		said += ". " + strings.TrimSuffix(n, ".")
	}
	a.section(line, said+".")
}

// pickRule finds a rule by its name or title; the error suggests the nearest.
func pickRule(all []news.Rule, name string) (news.Rule, error) {
	name = strings.TrimPrefix(name, "rule:")
	var names []string
	for _, rule := range all {
		if sameName(rule.Name, name) || sameName(rule.Title, name) {
			return rule, nil
		}
		names = append(names, rule.Name)
	}
	return news.Rule{}, notAmong("There is no rule ", name, names)
}
