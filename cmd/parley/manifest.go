package main

import (
	"context"
	"fmt"

	"parley/internal/app"
)

type manifestCmd struct {
	URL      string `help:"Public https address of parley, for signed HTTP; Socket Mode when left out." placeholder:"URL"`
	Optional bool   `help:"Ask for the optional scopes too."`
	YAML     bool   `help:"Write YAML instead of JSON." name:"yaml"`
}

func (c *manifestCmd) Run(_ context.Context, s *streams) error {
	out, scopes, err := app.Manifest(c.URL, c.Optional, c.YAML)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s\n", out)
	for _, sc := range scopes {
		fmt.Fprintf(s.err, "%-20s %s\n", sc.Name, sc.Reason)
	}
	return nil
}
