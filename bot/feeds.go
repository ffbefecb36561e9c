package bot

import (
	"context"
	"fmt"
	"strings"
)

// feeds answers "feeds": those in trouble first.
func (c *Commands) feeds(ctx context.Context, _ Request, args string) (Response, error) {
	_, page := paged(args)
	all, err := c.Answers.Feeds(ctx)
	if err != nil {
		return Response{}, err
	}
	if len(all) == 0 {
		return onlyText("No feed is configured."), nil
	}
	var ill, well []FeedHealth
	for _, f := range all {
		if f.State.Failures > 0 {
			ill = append(ill, f)
		} else {
			well = append(well, f)
		}
	}
	title := plural(len(all), "feed") + ", all well"
	if len(ill) > 0 {
		title = plural(len(all), "feed") + ", " + itoa(len(ill)) + " in trouble"
	}
	a := newAnswer(title)
	var lines, said []string
	flush := func() {
		if len(lines) > 0 {
			a.section(strings.Join(lines, "\n"), mrkdwn(strings.Join(said, ". "))+".")
		}
		lines, said = nil, nil
	}
	from, to := a.page(len(all), page, maxListed, "feeds")
	for _, f := range append(ill, well...)[from:to] {
		line, plainly := c.feedLine(f)
		if lines = append(lines, line); len(lines) == 5 {
			said = append(said, plainly)
			flush()
			continue
		}
		said = append(said, plainly)
	}
	flush()
	return a.response(), nil
}

func (c *Commands) feedLine(f FeedHealth) (line, said string) {
	s := f.State
	name := plain(f.Feed.Name)
	tier := ""
	if f.Feed.Tier != "" {
		tier = " (" + plain(string(f.Feed.Tier)) + ")"
	}
	switch {
	case s.Failures > 0:
		why := plain(s.LastError)
		if why == "" {
			why = "no reason was kept"
		}
		line = fmt.Sprintf("🔴 *%s*%s  ·  failed %s in a row: %s", mrk(name, maxName), mrk(tier, maxName), times(s.Failures), mrk(clip(why, 200), 250))
		said = fmt.Sprintf("%s failed %s in a row: %s", name, times(s.Failures), clip(why, 200))
		if !s.LastSuccess.IsZero() {
			line += "  ·  last well " + moment(s.LastSuccess, c.zone())
		}
	case s.LastCheck.IsZero():
		line = fmt.Sprintf("⚪ *%s*%s  ·  not checked yet", mrk(name, maxName), mrk(tier, maxName))
		said = name + " was not checked yet"
	default:
		line = fmt.Sprintf("🟢 *%s*%s  ·  %s  ·  checked %s", mrk(name, maxName), mrk(tier, maxName), plural(s.Items, "item"), moment(s.LastCheck, c.zone()))
		said = fmt.Sprintf("%s is well, %s", name, plural(s.Items, "item"))
		if !s.LastNew.IsZero() {
			line += "  ·  last new " + moment(s.LastNew, c.zone())
		}
	}
	if h := s.Habits; f.Feed.FullText && h.Pages > 0 {
		line += fmt.Sprintf("\n      %d of %d articles read from their pages", h.PagesRead, h.Pages)
		if h.PageTrouble != "" {
			line += "; the last one that was not: " + mrk(clip(plain(h.PageTrouble), 200), 250)
		}
	}
	return line, said
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return itoa(n) + " times"
}
