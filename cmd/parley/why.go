package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/internal/app"
)

type whyCmd struct {
	configured
	Link string `arg:"" help:"Link of a stored item, its id, or the number of a development: D-12."`
}

func (c *whyCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	it, ok, err := k.Why(ctx, c.Link, s.log)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("no stored item has the link or id %q; `parley feeds` tells whether its feed was checked", c.Link)
	}
	row := func(name, format string, args ...any) {
		fmt.Fprintf(s.out, "  %-8s %s\n", name, safe(fmt.Sprintf(format, args...)))
	}
	fmt.Fprintln(s.out, safe(it.Item.Title))
	row("feed", "%s, published %s, first seen %s", it.Item.Feed, stamp(it.Item.Published), stamp(it.Item.Fetched))
	if note := articleNote(it.Item.Article); note != "" {
		row("article", "%s", note)
	}
	if it.Reading.Silence != nil {
		row("read", "silent: %s", *it.Reading.Silence)
	}
	for i, d := range it.Reading.Developments {
		row("read", "%s", d.Headline)
		row("", "proof: %q", d.Evidence.Quote)
		if i < len(it.Judged) {
			row("", "%s %s: %s", it.Judged[i].ID, it.Judged[i].Is, it.Judged[i].Reason)
		}
	}
	var matching []string
	for _, r := range it.Rules {
		if r.Matched {
			matching = append(matching, r.Rule.Name)
		}
	}
	if len(matching) == 0 {
		row("rules", "none matches")
	} else {
		row("rules", "%s", strings.Join(matching, ", "))
	}
	for _, r := range it.Rules {
		switch {
		case r.Doubt != "":
			row("", "✗ %s cannot be asked: %s", r.Rule.Name, r.Doubt)
		case r.Matched:
			row("", "✓ %s%s", r.Rule.Name, about(len(it.Reading.Developments), r.Of))
			for _, line := range r.Lines() {
				row("", "    %s", line)
			}
		default:
			row("", "✗ %s: %s", r.Rule.Name, r.Failed().Why)
		}
	}
	for _, r := range it.Subscriptions {
		if r.Matched {
			row("", "✓ the subscription of %s to %s", r.Channel, r.Rule.When)
		}
	}
	for _, d := range it.Deliveries {
		switch d.State {
		case "sent":
			row("sent", "to %s, %s", d.Channel, stamp(d.Settled))
		case "parked":
			row("kept", "back from %s: %s", d.Channel, d.Reason)
		default:
			row("waits", "for %s since %s%s", d.Channel, stamp(d.Created), because(d.Reason))
		}
		if way := d.Latency(); way != "" {
			row("", "%s%s", way, tries(d.Attempts))
		}
	}
	if it.Why != "" {
		row("stopped", "%s", it.Why)
	}
	return nil
}

// articleNote says how the text of an article was had, "" if its page was not asked
// for.
func articleNote(how string) string {
	switch how {
	case "":
		return ""
	case app.FromPage:
		return "read from its page"
	}
	return "not read, the feed's own words stand: " + how
}

// about says which of several developments a rule matches.
func about(developments, of int) string {
	if developments < 2 {
		return ""
	}
	return fmt.Sprintf(" (development %d of %d)", of+1, developments)
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

func tries(n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf(" (at attempt %d)", n)
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "at an unknown time"
	}
	return t.Format("2006-01-02 15:04 MST")
}
