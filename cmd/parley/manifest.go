package main

import (
	"context"
	"fmt"
)

type manifestCmd struct {
	configured
	URL      string `help:"Public https address of parley, for signed HTTP; Socket Mode when left out." placeholder:"URL"`
	Optional bool   `help:"Ask for the optional scopes too."`
	YAML     bool   `help:"Write YAML instead of JSON." name:"yaml"`
}

func (c *manifestCmd) Run(_ context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	out, scopes, err := k.Manifest(c.URL, c.Optional, c.YAML)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%s\n", out)
	for _, sc := range scopes {
		fmt.Fprintf(s.err, "%-20s %s\n", sc.Name, sc.Reason)
	}
	return nil
}
