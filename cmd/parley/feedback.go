package main

import (
	"context"
	"fmt"
)

type feedbackCmd struct {
	Export feedbackExportCmd `cmd:"" help:"Write what people in Slack said is wrong of alerts, as labelled items: a JSON object a line, in the form of the corpus."`
}

type feedbackExportCmd struct{ configured }

func (c *feedbackExportCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	lines, err := k.ExportFeedback(ctx, s.log)
	if err != nil {
		return err
	}
	for _, line := range lines {
		fmt.Fprintf(s.out, "%s\n", line)
	}
	if len(lines) == 0 {
		fmt.Fprintln(s.err, "Nobody has said yet that anything is wrong: the menu \"Wrong?\" on a card in Slack does.")
	}
	return nil
}
