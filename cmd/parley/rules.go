package main

import (
	"context"
	"fmt"
)

type rulesCmd struct {
	Export rulesExportCmd `cmd:"" help:"Write the rules that people made in Slack, to be pasted under rules: in the configuration."`
}

type rulesExportCmd struct {
	configured
	workspaced
}

// A workspaced command is about what is in force in one workspace.
type workspaced struct {
	Workspace string `help:"The workspace whose rules count, as the id of its team: one that installed parley over OAuth, which parley doctor lists. Without it, that of the configuration." placeholder:"TEAM"`
}

func (c *rulesExportCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	entries, aside, err := k.ExportRules(ctx, c.Workspace, s.log)
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
