package main

import (
	"context"
	"fmt"
	"strings"
	"time"
)

type whyCmd struct {
	configured
	Link string `arg:"" help:"Link of a stored item, or its id."`
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
	if len(it.Rules) == 0 {
		row("rules", "none matches")
	} else {
		row("rules", "%s", strings.Join(it.Rules, ", "))
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
	}
	if it.Why != "" {
		row("stopped", "%s", it.Why)
	}
	return nil
}

func because(reason string) string {
	if reason == "" {
		return ""
	}
	return ": " + reason
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return "at an unknown time"
	}
	return t.Format("2006-01-02 15:04 MST")
}
