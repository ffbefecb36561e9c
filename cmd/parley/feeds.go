package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"
)

type feedsCmd struct {
	Health feedsHealthCmd `cmd:"" default:"withargs" help:"How each feed is doing; this is meant when nothing else is said."`
	Import feedsImportCmd `cmd:"" help:"Take over the feeds of an OPML file: write those that are new, to be pasted under feeds: in the configuration."`
	Export feedsExportCmd `cmd:"" help:"Write the feeds as OPML, for other feed readers."`
}

type feedsHealthCmd struct{ configured }

func (c *feedsHealthCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	feeds, err := k.Feeds(ctx, s.log)
	if err != nil {
		return err
	}
	now := time.Now()
	w := tabwriter.NewWriter(s.out, 0, 4, 2, ' ', 0)
	var notes []string
	fmt.Fprintln(w, "FEED\tSTATE\tCHECKED\tNEW ITEM\tITEMS\tTROUBLE")
	for _, f := range feeds {
		state, trouble := "ok", f.State.LastError
		if ailment, says := f.State.Ailment(now); ailment != "" && f.State.Failures == 0 {
			state, trouble = string(ailment), says
		}
		if to := f.State.MovedTo(); to != "" {
			notes = append(notes, fmt.Sprintf("%s has moved for good to %s and is asked there; change its url in the configuration", f.Feed.Name, to))
		}
		if h := f.State.Habits; f.Feed.FullText && h.Pages > 0 {
			note := fmt.Sprintf("%s: %d of %d articles were read from their pages", f.Feed.Name, h.PagesRead, h.Pages)
			if h.PageTrouble != "" {
				note += "; the last one that was not: " + h.PageTrouble
			}
			notes = append(notes, note)
		}
		switch {
		case f.State.Habits.Gone:
			state = "removed"
		case f.State.LastCheck.IsZero():
			state = "not checked yet"
		case f.State.Failures == 0 && f.State.LastError != "":
			state = "not reached" // nothing was
		case f.State.Failures > 0:
			state = fmt.Sprintf("failing ×%d", f.State.Failures)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%s\n", f.Feed.Name, state, ago(now, f.State.LastCheck), ago(now, f.State.LastNew), f.State.Items, safe(trouble))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, n := range notes {
		fmt.Fprintln(s.out, safe(n))
	}
	return nil
}

// ago writes how long ago an instant was.
func ago(now, at time.Time) string {
	if at.IsZero() {
		return "never"
	}
	d := now.Sub(at).Round(time.Second)
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h ago", int(d.Hours()))
	}
	return fmt.Sprintf("%d days ago", int(d.Hours()/24))
}
