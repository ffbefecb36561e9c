package main

import (
	"context"
	"fmt"

	"parley/internal/app"
)

type onceCmd struct {
	configured
	PostBaseline bool `help:"Post what is fresh on a feed's first check too; otherwise that check only stores what is there."`
}

func (c *onceCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, true)
	if err != nil {
		return err
	}
	o := s.options()
	o.PostBaseline = c.PostBaseline
	tellTransport(s, o.Secrets)
	a, err := app.New(ctx, k, o)
	if err != nil {
		return err
	}
	defer a.Close()
	sum, err := a.Once(ctx)
	items, developments, baselines, failed := 0, 0, 0, 0
	for _, r := range sum.Reports {
		items += r.Summary.Items
		developments += len(r.Summary.Developments)
		if r.Error != nil {
			failed++
			fmt.Fprintln(s.err, r.Error)
		} else if r.Baseline {
			baselines++
		}
	}
	fmt.Fprintf(s.err, "%s checked, %d failed; %s, %s; %s sent",
		plural(len(sum.Reports)-failed, "feed"), failed, plural(items, "new item"), plural(developments, "development"), plural(sum.Delivery.Sent, "alert"))
	if sum.Delivery.Left > 0 {
		fmt.Fprintf(s.err, ", %d kept for later", sum.Delivery.Left)
	}
	if sum.Delivery.Parked > 0 {
		fmt.Fprintf(s.err, ", %d set aside", sum.Delivery.Parked)
	}
	fmt.Fprintln(s.err)
	if baselines > 0 && !c.PostBaseline {
		were := " were"
		if baselines == 1 {
			were = " was"
		}
		fmt.Fprintf(s.err, "%s%s checked for the first time: what they carry is the baseline and is not posted (--post-baseline posts what is fresh).\n", plural(baselines, "feed"), were)
	}
	return err
}
