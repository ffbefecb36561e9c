package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"parley"
	"parley/bot"
	"parley/internal/config"
	"parley/internal/demo"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// DemoOptions are what the demo is asked for.
type DemoOptions struct {
	Headless bool   // print the alerts and end
	Listen   string // address of the page
	Out, Err io.Writer
	Log      *slog.Logger
	// Ready is told the address of the page once the story has been replayed
	// (nil: nobody is).
	Ready func(url string)
	// stage is told the workspace, the parley and the clock of the story, once it has
	// been replayed; for tests.
	stage func(*standin.Server, *App, *stageClock)
}

// Demo replays three weeks of bundled feeds through the real road into a Slack
// stand-in. Unless it is headless it then goes on as a workspace in which
// commands and buttons work, until ctx ends.
func Demo(ctx context.Context, o DemoOptions) error {
	stage, err := demo.Load()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "parley-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	clock := newStageClock(demo.Start())

	feeds, stopFeeds, err := serveLocal("127.0.0.1:0", stage.Handler(clock.now))
	if err != nil {
		return err
	}
	defer stopFeeds()

	slack := standin.New(standin.Options{
		Workspace: "Newsroom", Now: clock.now,
		Commands:  []standin.Command{{Name: "/parley", Hint: "latest | next | search | subscribe | help"}},
		Shortcuts: []standin.Shortcut{{Name: "Read with parley", CallbackID: bot.ShortcutRead}},
	})
	defer slack.Close()
	listen := o.Listen
	if o.Headless {
		listen = "127.0.0.1:0"
	}
	page, stopPage, err := serveLocal(listen, slack.Handler())
	if err != nil {
		return fmt.Errorf("the page cannot be served: %w; choose another address with --listen", err)
	}
	defer stopPage()
	slack.SetURL(page)
	channels := demoWorkspace(slack)

	k, err := demoKnowledge(stage, feeds, filepath.Join(dir, "demo.db"))
	if err != nil {
		return err
	}
	quiet := slog.New(slog.NewTextHandler(o.Err, &slog.HandlerOptions{Level: slog.LevelError}))
	a, err := New(ctx, k, Options{
		Secrets: config.Secrets{BotToken: slack.BotToken(), AppToken: slack.AppToken(), APIURL: page + "/api/"},
		Log:     quiet, Now: clock.now, Terminal: o.Out, Pace: time.Nanosecond,
	})
	if err != nil {
		return err
	}
	defer a.Close()

	if o.Headless {
		return a.headless(ctx, stage, clock, slack, channels, o)
	}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return a.room.Socket(ctx) })
	g.Go(func() error { return a.worker.Run(ctx) })
	g.Go(func() error { return a.keepStatuses(ctx) })
	g.Go(func() error {
		fmt.Fprintf(o.Err, "parley demo: three weeks of invented news are being replayed.\nOpen %s in a browser; try /parley next in a channel there. Ctrl-C ends it.\n", page)
		err := a.replay(ctx, stage, clock, func() error {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(60 * time.Millisecond): // so that one sees it happen
				return nil
			}
		})
		if err == nil {
			err = a.settled(ctx)
		}
		if err == nil && o.stage != nil {
			o.stage(slack, a, clock)
		}
		if err == nil && o.Ready != nil {
			o.Ready(page)
		}
		return err
	})
	if err := g.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}

// settled waits until everything that is due has been posted.
func (a *App) settled(ctx context.Context) error {
	for {
		next, ok, err := a.store.NextDelivery(ctx)
		if err != nil {
			return err
		}
		if !ok || next.After(a.options.Now().Add(time.Second)) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// headless replays the story and prints each alert as it is posted.
func (a *App) headless(ctx context.Context, stage *demo.Stage, clock *stageClock, slack *standin.Server, channels []string, o DemoOptions) error {
	shown := map[string]int{}
	total := 0
	err := a.replay(ctx, stage, clock, func() error {
		if _, err := a.worker.Drain(ctx); err != nil {
			return err
		}
		for _, c := range channels {
			list := slack.Messages(c)
			for _, m := range list[shown[c]:] {
				total++
				fmt.Fprintf(o.Out, "%s #%s\n%s\n\n", clock.now().Format("Mon 2 Jan 15:04"), c, m.Text)
			}
			shown[c] = len(list)
		}
		return nil
	})
	fmt.Fprintf(o.Out, "%d messages from %d items of %d outlets\n", total, len(stage.Items()), len(stage.Outlets()))
	return err
}

// replay drives the clock from one publication to the next and checks every
// feed there.
func (a *App) replay(ctx context.Context, stage *demo.Stage, clock *stageClock, after func() error) error {
	for i, beat := range append([]time.Time{demo.Start()}, stage.Beats()...) {
		clock.set(beat.Add(time.Minute))
		for _, r := range a.watch.Once(ctx) {
			if r.Error != nil {
				return r.Error
			}
		}
		if _, err := a.watch.Remind(ctx); err != nil {
			return err
		}
		a.keepStatusesNow(ctx)
		a.worker.Wake()
		if i == 0 {
			continue // the baseline
		}
		if err := after(); err != nil {
			return err
		}
	}
	clock.set(demo.Now())
	return after()
}

// demoWorkspace makes the people and channels of the stand-in.
func demoWorkspace(s *standin.Server) []string {
	editor := s.AddUser(standin.User{Name: "maya", RealName: "Maya (world desk)", Zone: "Europe/London"})
	var names []string
	for _, c := range []standin.Channel{
		{Name: "negotiations", Topic: "Alerts that no other channel follows"},
		{Name: "us-iran", Topic: "US–Iran talks, every development"},
		{Name: "africa", Topic: "Congo, Sudan and the Horn"},
		{Name: "desk", Topic: "Morning digest on weekdays, 08:00 London"},
	} {
		ch := s.AddChannel(c)
		_ = s.Invite(ch.ID, "")
		_ = s.Invite(ch.ID, editor.ID)
		names = append(names, c.Name)
	}
	return names
}

// demoKnowledge is the example configuration with the bundled feeds in place of
// the public ones.
func demoKnowledge(stage *demo.Stage, feeds, database string) (*Knowledge, error) {
	c, ps := config.Parse("config.example.yaml", parley.ExampleConfig)
	if errs := ps.Errors(); len(errs) > 0 {
		return nil, errs
	}
	bundled, ps := config.Parse("bundled feeds", stage.Feeds(feeds))
	if errs := ps.Errors(); len(errs) > 0 {
		return nil, errs
	}
	c.Feeds, c.Database, c.Listen, c.Channel = bundled.Feeds, database, "", "#negotiations"
	c.Subscriptions = nil
	for _, s := range []news.Subscription{
		{Channel: "#us-iran", To: "negotiation:us-iran", Status: news.WithStatus},
		{Channel: "#africa", To: "negotiation:(drc-m23 OR drc-rwanda OR sudan OR south-sudan OR ethiopia-tigray OR nile-dam)"},
		{Channel: "#desk", To: "rule:mediator-names-date OR rule:deal", Digest: "0 8 * * MON-FRI"},
	} {
		s.Zone = c.Zone
		c.Subscriptions = append(c.Subscriptions, config.Subscription{Subscription: s})
	}
	k, ps := Understand(c)
	if errs := ps.Errors(); len(errs) > 0 {
		return nil, errs
	}
	return k, nil
}

// serveLocal serves h and returns its address as a URL.
func serveLocal(addr string, h http.Handler) (url string, stop func(), err error) {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return "", nil, err
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}
	go srv.Serve(l)
	return "http://" + l.Addr().String(), func() { srv.Close() }, nil
}

// A stageClock shows the time of the story. It is set from publication to
// publication and runs on between.
type stageClock struct {
	mu    sync.Mutex
	story time.Time
	real  time.Time
}

func newStageClock(at time.Time) *stageClock { return &stageClock{story: at, real: time.Now()} }

func (c *stageClock) set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.story, c.real = at, time.Now()
}

func (c *stageClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.story.Add(time.Since(c.real))
}
