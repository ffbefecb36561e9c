package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

type storeCmd struct {
	Backup backupCmd `cmd:"" help:"Write a checked copy of the database to a file, also while parley runs."`
	Prune  pruneCmd  `cmd:"" help:"Drop the texts of old items. What was read in them stays, and nothing counts as new again."`
}

type backupCmd struct {
	configured
	File string `arg:"" help:"Where to; a file that does not exist yet."`
}

func (c *backupCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	if err := k.Backup(ctx, c.File, s.log); err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s: a copy of %s, whole and sound. To go back to it, stop parley, put it in the place of %s and remove %s-wal and %s-shm.\n",
		c.File, k.Config.Database, k.Config.Database, k.Config.Database, k.Config.Database)
	return nil
}

type pruneCmd struct {
	configured
	Older  string `help:"Age from which on texts are dropped, such as 180d." required:"" placeholder:"AGE"`
	DryRun bool   `help:"Only say what would be dropped."`
}

// youngest is what may be pruned at the earliest: developments that are still
// followed keep their texts.
const youngest = 30 * 24 * time.Hour

func (c *pruneCmd) Run(ctx context.Context, s *streams) error {
	older, err := age(c.Older)
	if err != nil {
		return err
	}
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	p, err := k.Prune(ctx, older, c.DryRun, s.log)
	if err != nil {
		return err
	}
	verb := "dropped"
	if c.DryRun {
		verb = "would be dropped"
	}
	fmt.Fprintf(s.out, "the texts of %s, %.1f MB: %s. Titles, links and what was read stay; searches for words find these items by their titles only.\n",
		plural(p.Items, "item"), float64(p.Bytes)/1e6, verb)
	return nil
}

// age reads "180d" or a duration.
func age(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if days, ok := strings.CutSuffix(s, "d"); ok {
		var n int
		n, err = strconv.Atoi(days)
		d = time.Duration(min(n, 100_000)) * 24 * time.Hour
	}
	switch {
	case err != nil:
		return 0, fmt.Errorf("--older %q is no age: write days, such as 180d", s)
	case d < youngest:
		return 0, fmt.Errorf("--older %s is too young: 30d is the least, since developments of the last weeks are still followed", s)
	}
	return d, nil
}
