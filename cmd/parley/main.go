// Command parley tells a team when a negotiation develops. This package is the
// command line: flags, signals and exit codes, one small file a subcommand;
// everything else lives behind internal/app. The files in testdata are its
// manual, and its tests.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones of feeds are known on machines without them

	"github.com/alecthomas/kong"

	"parley"
	"parley/internal/app"
	"parley/internal/config"
)

// cli is what may be typed. Kong reads its tags.
type cli struct {
	Demo     demoCmd     `cmd:"" help:"No account, no network: bundled feeds through the whole road into a Slack stand-in, shown on a page."`
	Run      runCmd      `cmd:"" help:"The daemon: check feeds, post to Slack (or the terminal), answer /parley."`
	Once     onceCmd     `cmd:"" help:"Check every feed once, deliver, and end (for cron)."`
	Check    checkCmd    `cmd:"" help:"Check the configuration, its queries and the examples of its rules."`
	Read     readCmd     `cmd:"" help:"Show what is understood of items: who, what, when, how sure, and the proof."`
	Match    matchCmd    `cmd:"" help:"JSONL items in, the rules that each raises out."`
	Replay   replayCmd   `cmd:"" help:"JSONL items through the whole road in memory, in order of publication: what each is, and what would be said where."`
	Backtest backtestCmd `cmd:"" help:"What a query would have raised over the stored items: hits, a day, examples, and what it adds to the rules."`
	Why      whyCmd      `cmd:"" help:"The road of one stored item: what was read, where it went, or what stopped it."`
	Feeds    feedsCmd    `cmd:"" help:"The health of each feed."`
	Rules    rulesCmd    `cmd:"" help:"The rules that people made in Slack."`
	Store    storeCmd    `cmd:"" help:"Back up the database; drop the texts of old items."`
	Feedback feedbackCmd `cmd:"" help:"What people in Slack said is wrong of alerts."`
	Manifest manifestCmd `cmd:"" help:"Print the Slack app manifest, with a reason for each scope."`
	Doctor   doctorCmd   `cmd:"" help:"Look at the database, the feeds, what was set aside, and Slack's tokens, scopes and channels: what is wrong and what to do."`

	LogLevel string `help:"How much is told on stderr: debug, info, warn or error." default:"info" enum:"debug,info,warn,error" env:"PARLEY_LOG_LEVEL" placeholder:"LEVEL"`
}

// streams are where a command reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
	getenv   func(string) string
	log      *slog.Logger
}

// configured is embedded by commands that read a configuration.
type configured struct {
	Config string `help:"Configuration file; the example configuration when left out." short:"c" placeholder:"FILE"`
}

// errSilent ends a command with exit code 1 when all has been said already.
var errSilent = errors.New("what is wrong has been said")

// load reads, checks and understands the configuration. Warnings are shown on
// stderr if they are asked for; errors end the command with all of them listed.
func (c configured) load(s *streams, warnings bool) (*app.Knowledge, error) {
	file, src, err := c.source()
	if err != nil {
		return nil, err
	}
	k, problems := app.Configure(file, src)
	if k == nil || warnings && len(problems) > 0 {
		fmt.Fprintln(s.err, problems.Error())
	}
	if k == nil {
		return nil, errSilent
	}
	return k, nil
}

// source returns the file that was named, or the example that is built in.
func (c configured) source() (file string, src []byte, err error) {
	if c.Config == "" {
		return "config.example.yaml", parley.ExampleConfig, nil
	}
	src, err = os.ReadFile(c.Config)
	if err != nil {
		err = fmt.Errorf("the configuration cannot be read: %w", err)
	}
	return c.Config, src, err
}

func main() {
	os.Exit(run(os.Args[1:], &streams{in: os.Stdin, out: os.Stdout, err: os.Stderr, getenv: os.Getenv}))
}

// run runs one command and returns its exit code: 0 done, 1 failed or found
// faults, 2 not understood.
func run(args []string, s *streams) int {
	var c cli
	code := -1
	parser, err := kong.New(&c,
		kong.Name("parley"),
		kong.Description("A Slack bot that tells a team when a negotiation develops.\n\nFirst try: parley demo"),
		kong.Writers(s.out, s.err),
		kong.Exit(func(n int) { code = n }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		fmt.Fprintln(s.err, err)
		return 2
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	k, err := parser.Parse(args)
	if code >= 0 {
		return code // --help
	}
	if err != nil {
		fmt.Fprintf(s.err, "parley: %v\nTry: parley --help\n", err)
		return 2
	}
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // one of four, by now
	s.log = slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: level}))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k.BindTo(ctx, (*context.Context)(nil))
	if err := k.Run(s); err != nil {
		if !errors.Is(err, errSilent) {
			fmt.Fprintf(s.err, "parley: %v\n", err)
		}
		return 1
	}
	return 0
}

// colour reports whether w shows colours: a terminal that is not a dumb one,
// unless NO_COLOR is set.
func colour(w io.Writer, getenv func(string) string) bool {
	return getenv("NO_COLOR") == "" && getenv("TERM") != "dumb" && isTerminal(w)
}

// options are those that run and once share.
func (s *streams) options() app.Options {
	return app.Options{
		Secrets: config.SecretsFrom(s.getenv), Log: s.log, Now: now, Terminal: s.out, Colour: colour(s.out, s.getenv),
	}
}
