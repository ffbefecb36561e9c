package main

import (
	"context"
	"fmt"
	"time"

	"parley/internal/config"
)

type doctorCmd struct {
	configured
	Retry bool `help:"Put messages that were set aside back into the outbox, for the next delivery."`
}

func (c *doctorCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, true)
	if err != nil {
		return err
	}
	e := k.Examine(ctx, config.SecretsFrom(s.getenv), time.Now(), c.Retry, s.log)
	for _, f := range e.Found {
		fmt.Fprintf(s.out, "%s %-12s %s\n", f.Is.Mark(), safe(f.About), safe(f.Says))
	}
	if c.Retry {
		fmt.Fprintf(s.out, "%s put back into the outbox\n", plural(e.Again, "message"))
	}
	if n := e.Wrong(); n > 0 {
		fmt.Fprintf(s.err, "%s to put right\n", plural(n, "thing"))
		return errSilent
	}
	return nil
}
