package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/internal/news"
)

// feeds answers "feeds": those in trouble first.
func (c *Commands) feeds(ctx context.Context, r Request, args string) (Response, error) {
	_, page := paged(args)
	all, err := c.Answers.Feeds(ctx)
	if err != nil {
		return Response{}, err
	}
	aside, err := c.Answers.Parked(ctx)
	if err != nil {
		return Response{}, err
	}
	if len(all) == 0 && len(aside) == 0 {
		return onlyText("No feed is configured."), nil
	}
	var ill, well []FeedHealth
	for _, f := range all {
		if ailment, _ := f.State.Ailment(r.At); f.State.Failures > 0 || ailment != "" {
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
	if page < 2 {
		a.parked(c, aside)
	}
	var lines, said []string
	flush := func() {
		if len(lines) > 0 {
			a.section(strings.Join(lines, "\n"), mrkdwn(strings.Join(said, ". "))+".")
		}
		lines, said = nil, nil
	}
	from, to := a.page(len(all), page, maxListed, "feeds")
	for _, f := range append(ill, well...)[from:to] {
		line, plainly := c.feedLine(f, r.At)
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

func (c *Commands) feedLine(f FeedHealth, now time.Time) (line, said string) {
	s := f.State
	name := plain(f.Feed.Name)
	tier := ""
	if f.Feed.Tier != "" {
		tier = " (" + plain(string(f.Feed.Tier)) + ")"
	}
	ailment, ails := s.Ailment(now)
	switch {
	case ailment != "" && ailment != news.Failing:
		why := clip(plain(ails), 300)
		line = fmt.Sprintf("🟠 *%s*%s  ·  it %s", mrk(name, maxName), mrk(tier, maxName), mrk(why, 350))
		said = name + " " + why
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
	case s.LastError != "": // and no failure is counted
		line = fmt.Sprintf("⚪ *%s*%s  ·  not reached, and neither was anything else", mrk(name, maxName), mrk(tier, maxName))
		said = name + " was not reached, and neither was anything else"
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
	if to := s.MovedTo(); to != "" {
		line += "\n      it has moved for good to " + mrk(plain(to), maxName) + " and is asked there: change its url in the configuration"
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
