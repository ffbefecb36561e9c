package main

import (
	"context"
	"fmt"
)

type rulesCmd struct {
	Export rulesExportCmd `cmd:"" help:"Write the rules that people made in Slack, to be pasted under rules: in the configuration."`
}

type rulesExportCmd struct{ configured }

func (c *rulesExportCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	entries, aside, err := k.ExportRules(ctx, s.log)
	if err != nil {
		return err
	}
	for _, e := range entries {
		fmt.Fprint(s.out, safe(e))
	}
	for _, a := range aside {
		fmt.Fprintln(s.err, safe(a))
	}
	if len(entries) == 0 && len(aside) == 0 {
		fmt.Fprintln(s.err, "Nobody has made a rule in Slack yet.")
	}
	return nil
}
