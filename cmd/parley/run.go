package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"parley/internal/app"
	"parley/internal/config"
)

type runCmd struct{ configured }

func (c *runCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, true)
	if err != nil {
		return err
	}
	o := s.options()
	tellTransport(s, o.Secrets)
	a, err := app.New(ctx, k, o)
	if err != nil {
		return err
	}
	defer a.Close()
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	defer signal.Stop(hup)
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-hup:
				c.reload(ctx, s, a)
			}
		}
	}()
	s.log.Info("parley runs", "feeds", len(k.Config.Feeds), "rules", len(k.Config.Rules), "database", k.Database())
	if err := a.Run(ctx); err != nil {
		return err
	}
	s.log.Info("stopped; what is left in the outbox is delivered at the next start")
	return nil
}

// reload reads the configuration anew; a faulty one changes nothing.
func (c *runCmd) reload(ctx context.Context, s *streams, a *app.App) {
	k, err := c.load(s, true)
	if err == nil {
		err = a.Reload(ctx, k)
	}
	if err != nil {
		s.log.Error("the new configuration was not taken over; the old one stays in force", "error", err)
	}
}

// tellTransport says where alerts will go, and what is missing for Slack.
func tellTransport(s *streams, secrets config.Secrets) {
	switch {
	case secrets.BotToken == "" && secrets.ClientID != "":
		fmt.Fprintln(s.err, "No SLACK_BOT_TOKEN in the environment: alerts for channels of the configuration go to this terminal. Workspaces that have installed parley are served.")
		if secrets.AppToken == "" && secrets.SigningSecret == "" {
			fmt.Fprintln(s.err, "/parley will not answer there: it needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (signed HTTP).")
		}
	case secrets.BotToken == "":
		fmt.Fprintln(s.err, "No SLACK_BOT_TOKEN in the environment: alerts go to this terminal. README.md, \"Connect to Slack\", has the five steps.")
	case secrets.AppToken == "" && secrets.SigningSecret == "":
		fmt.Fprintln(s.err, "Alerts go to Slack. /parley will not answer: it needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (signed HTTP).")
	}
}
