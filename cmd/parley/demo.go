package main

import (
	"context"

	"parley/internal/app"
)

type demoCmd struct {
	Headless bool   `help:"Print the alerts and end."`
	Listen   string `help:"Address of the page." default:"127.0.0.1:8067"`
}

func (c *demoCmd) Run(ctx context.Context, s *streams) error {
	return app.Demo(ctx, app.DemoOptions{Headless: c.Headless, Listen: c.Listen, Out: s.out, Err: s.err, Log: s.log})
}
