package main

import (
	"context"
	"fmt"
	"time"

	"parley/internal/app"
)

type checkCmd struct{ configured }

func (c *checkCmd) Run(_ context.Context, s *streams) error {
	file, src, err := c.source()
	if err != nil {
		return err
	}
	k, problems := app.Configure(file, src)
	if k != nil {
		problems = append(problems, k.CheckExamples(time.Now())...)
		problems.Sort()
	}
	if len(problems) > 0 {
		fmt.Fprintln(s.err, problems.Error())
	}
	if n := len(problems.Errors()); n > 0 {
		fmt.Fprintf(s.err, "%s: %s\n", file, plural(n, "fault"))
		return errSilent
	}
	conf, examples := k.Config, 0
	for _, r := range conf.Rules {
		examples += len(r.Match) + len(r.Silent)
	}
	fmt.Fprintf(s.out, "%s: ok: %s, %s, %s with %s, %s\n", file, plural(len(conf.Feeds), "feed"), plural(len(conf.Negotiations), "negotiation"),
		plural(len(conf.Rules), "rule"), plural(examples, "example"), plural(len(conf.Subscriptions), "subscription"))
	return nil
}

// plural counts things: "1 rule", "2 rules".
func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
