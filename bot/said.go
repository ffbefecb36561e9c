package bot

import (
	"context"
	"regexp"
	"strconv"
	"strings"

	"parley/internal/news"
)

// maxSaid is how many statements one answer quotes.
const maxSaid = 8

// said answers "said ACTOR [about NEGOTIATION] [since 7d]".
func (c *Commands) said(ctx context.Context, r Request, args string) (Response, error) {
	args, f, err := c.narrowed(r, args)
	if err != nil {
		return Response{}, err
	}
	who, about := args, ""
	if name, topic, ok := cutLast(args, " about "); ok {
		n, err := c.negotiation(ctx, topic)
		if err != nil {
			return Response{}, err
		}
		who, about, f.Negotiation = name, " about "+n.ID, n.ID
	}
	if who == "" {
		return onlyText("What who said? Name a state, an organisation or a person: " + code("/parley said iran about us-iran", maxField) + "."), nil
	}
	speaker, name, err := c.speaker(ctx, who, &f)
	if err != nil {
		return Response{}, err
	}
	f.Limit = maxSaid + 1
	found, err := c.Answers.Developments(ctx, f)
	if err != nil {
		return Response{}, err
	}
	title := "Said by " + name
	if f.Negotiation != "" {
		title += " about " + c.Names.negotiation(f.Negotiation)
	}
	if len(found) == 0 {
		return onlyText("Nothing is stored that was " + mrk("s"+strings.TrimPrefix(title, "S"), 2*maxField) + r.within(f) + "." + speaker.hint), nil
	}
	a := newAnswer(title)
	a.list(found, maxSaid, "said "+who+about+r.sinceWords(f), func(d news.Tracked) bool { return a.statement(c, d, f.Negotiation == "") })
	return a.response(), nil
}

// statement quotes a development: the words, who says them in which role, where
// and when they were read. It reports whether there was room.
func (a *answer) statement(c *Commands, d news.Tracked, naming bool) bool {
	s := c.sheetOf(d)
	quote := s.quote
	if quote == "" {
		quote = s.headline
	}
	line := isolate("“"+mrk(quote, 900)+"”") + "\n— *" + mrk(s.by, 2*maxName) + "*  ·  " +
		anchor(s.source().link, s.headline, maxField) + "  ·  " + moment(s.first, c.zone())
	if naming && s.negotiation != "" {
		line += "  ·  " + mrk(s.negotiation, maxName)
	}
	if len(s.sources) > 0 {
		line += "  ·  " + mrk(s.source().outlet(), maxName)
	}
	line += "  ·  " + s.sureMark + " " + s.sure + "  ·  " + s.id
	return a.section(line, mrk(s.by, maxName)+": “"+mrk(quote, maxField)+"”.")
}

// A voice is whom somebody's words named.
type voice struct {
	hint string // for an answer that found nothing
}

// speaker finds whose statements are asked for: an actor by its id or any of its
// names, or a person by the name that texts use.
func (c *Commands) speaker(ctx context.Context, who string, f *news.Filter) (v voice, name string, err error) {
	found, near, err := c.Answers.Speakers(ctx, who)
	if err != nil {
		return v, "", err
	}
	if len(found) > 1 {
		var ids []string
		for _, a := range found {
			ids = append(ids, a.ID)
		}
		return v, "", complaint(code(who, maxName) + " is a name of several: " + list(ids, 10) + ". Which one?")
	}
	if len(found) == 1 {
		a := found[0]
		if a.Kind == news.Person && a.SpeaksFor != "" { // texts attribute what a person says to the side it speaks for
			f.Speaker, f.Names = a.SpeaksFor, append([]string{plain(a.Title)}, a.Names...)
			return v, clip(plain(a.Title), maxName), nil
		}
		f.Speaker = a.ID
		return v, clip(c.Names.actor(a.ID), maxName), nil
	}
	if n := nearest(strings.ToLower(who), near); n != "" {
		v.hint = " Did you mean " + code("/parley said "+n, maxField) + "?"
	} else {
		v.hint = " I know no actor of that name either; a state goes by its name, a person by the surname."
	}
	f.Names = []string{who}
	return v, clip(who, maxName), nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(strings.ToLower(" "+s), sep)
	if i < 0 {
		return s, "", false
	}
	return strings.TrimSpace((" " + s)[:i]), strings.TrimSpace((" " + s)[i+len(sep):]), true
}

// beforeNumber is how an answer is turned to its next page: "before D-12".
var beforeNumber = regexp.MustCompile(`(?i)(?:^|\s)before\s+D-(\d{1,18})$`)

// narrowed takes "since 7d" and "before D-12" off the end of what was typed.
func (c *Commands) narrowed(r Request, args string) (rest string, f news.Filter, err error) {
	if m := beforeNumber.FindStringSubmatch(args); m != nil {
		n, err := strconv.ParseInt(m[1], 10, 64)
		if err == nil {
			f.Before = news.DevelopmentID(n)
			args = strings.TrimSpace(args[:len(args)-len(m[0])])
		}
	}
	rest, back, err := since(args)
	if err != nil {
		return "", f, err
	}
	if back > 0 {
		f.Since = r.At.Add(-back)
	}
	return rest, f, nil
}

// within says how far back a list goes, for a sentence that found nothing in it.
func (r Request) within(f news.Filter) string {
	if f.Since.IsZero() {
		return ""
	}
	return " in the last " + ago(r.At.Sub(f.Since)) + ". A longer `since` looks further back"
}

// sinceWords writes the same so that it can be typed.
func (r Request) sinceWords(f news.Filter) string {
	if f.Since.IsZero() {
		return ""
	}
	back := r.At.Sub(f.Since)
	n, unit := int(back.Minutes()), "m"
	switch {
	case n%(24*60) == 0:
		n, unit = n/(24*60), "d"
	case n%60 == 0:
		n, unit = n/60, "h"
	}
	return " since " + itoa(n) + unit
}
