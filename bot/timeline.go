package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"parley/internal/news"
)

// maxTimeline is how many developments one page of a timeline shows.
const maxTimeline = 24

// timeline answers "timeline NEGOTIATION [since 30d] [picture]": its developments
// in the order in which they happened, by round.
func (c *Commands) timeline(ctx context.Context, r Request, args string) (Response, error) {
	args, picture := pictured(args)
	args, f, err := c.narrowed(r, args)
	if err != nil {
		return Response{}, err
	}
	if rest, before := pictured(args); before {
		args, picture = rest, true
	}
	if args == "" {
		return onlyText("The timeline of which negotiation? For example " + code("/parley timeline us-iran", maxName) + "; `/parley status` lists those of which anything was heard."), nil
	}
	n, err := c.negotiation(ctx, args)
	if err != nil {
		return Response{}, err
	}
	f.Negotiation = n.ID
	words, err := c.inWords(ctx, r, n, f, !picture)
	if err != nil || !picture {
		return words, err
	}
	return c.picture(ctx, r, n, f, words)
}

// inWords is a timeline as a list. offer says whether to offer the picture.
func (c *Commands) inWords(ctx context.Context, r Request, n news.Negotiation, f news.Filter, offer bool) (Response, error) {
	f.Limit = maxTimeline + 1
	found, err := c.Answers.Developments(ctx, f)
	if err != nil {
		return Response{}, err
	}
	name := c.Names.negotiation(n.ID)
	if len(found) == 0 {
		earlier := "Nothing yet on "
		if f.Before != 0 {
			earlier = "Nothing earlier on "
		}
		return onlyText(earlier + mrk(name, maxField) + r.within(f) + "."), nil
	}
	a := newAnswer("Timeline: " + name)
	shown := a.stretches(c, found[:min(len(found), maxTimeline)])
	if shown < len(found) {
		last := found[shown-1]
		a.more("Earlier", "timeline "+n.ID+r.sinceWords(f)+" before "+last.ID.String())
	}
	a.ask("Dates ahead", "next "+n.ID)
	if offer && f.Before == 0 {
		a.leads = append(a.leads, lead{label: "Picture for all", words: "timeline " + n.ID + r.sinceWords(f) + " picture", action: actionPicture})
	}
	return a.response(), nil
}

// stretches lists developments, which come newest first, oldest first under the
// round to which they belong, and returns how many there was room for: the
// newest.
func (a *answer) stretches(c *Commands, found []news.Tracked) int {
	room, shown := maxAnswer-500, 0
	for shown < len(found) {
		s := c.sheetOf(found[shown])
		if room -= width(c.entry(s)) + 80; room < 0 && shown > 0 {
			break
		}
		shown++
	}
	list := slices.Clone(found[:shown])
	slices.Reverse(list)
	var title, head string // of the round, and above what comes next
	var lines, said []string
	flush := func() {
		if len(lines) > 0 {
			if head != "" {
				lines = append([]string{"*" + head + "*"}, lines...)
				said = append([]string{head + ":"}, said...)
			}
			a.section(strings.Join(lines, "\n"), strings.Join(said, " "))
		}
		lines, said, head = nil, nil, ""
	}
	used := 0
	for _, d := range list {
		s := c.sheetOf(d)
		if next := stretch(d); next != "" && next != title {
			flush()
			title, head, used = next, next, 0
		}
		line := c.entry(s)
		if used += width(line) + 1; used > maxSection-200 {
			flush()
			used = width(line)
		}
		lines, said = append(lines, line), append(said, day(d.First.In(c.zone()), time.Time{})+", "+s.digestText())
	}
	flush()
	return shown
}

// stretch names the round to which a development says it belongs, "" if it says
// nothing: then it belongs where it falls.
func stretch(d news.Tracked) string {
	if d.Round == nil {
		return ""
	}
	return upperFirst(ordinalRound(*d.Round))
}

// entry is a development in one line.
func (c *Commands) entry(s sheet) string {
	parts := []string{s.sureMark + " " + s.sure}
	if s.when != "" {
		parts = append(parts, mrk(s.when, 2*maxName))
	}
	if s.by != "" {
		parts = append(parts, mrk(s.by, maxName))
	}
	if s.updates != "" {
		parts = append(parts, "update of "+s.updates)
	}
	at := s.first.In(c.zone())
	return code(at.Format("02 Jan 06"), 20) + " " + mark(s.kind) + " " + anchor(s.source().link, s.headline, 250) + "  ·  " +
		strings.Join(append(parts, s.id), "  ·  ")
}
