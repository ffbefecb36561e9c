package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-isatty"

	"parley/internal/app"
)

type backtestCmd struct {
	configured
	workspaced
	Query string `arg:"" help:"A query in the language of rules."`
	Since span   `help:"How far to look back: 12h, 30d, 8w." default:"30d" placeholder:"SPAN"`
}

func (c *backtestCmd) Run(ctx context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	bar := &progress{w: s.err, now: time.Now, began: time.Now(), visible: isTerminal(s.err)}
	b, err := k.Backtest(ctx, c.Workspace, c.Query, time.Duration(c.Since), s.log, bar.show)
	bar.clear()
	if p, ok := errors.AsType[*app.QueryProblem](err); ok {
		fmt.Fprintln(s.err, safe(p.Caret()))
		return errSilent
	}
	if err != nil {
		return err
	}
	row := func(name, format string, args ...any) {
		fmt.Fprintf(s.out, "  %-8s %s\n", name, safe(fmt.Sprintf(format, args...)))
	}
	fmt.Fprintln(s.out, safe(b.Query))
	for _, w := range b.Warnings {
		row("warning", "%s", w)
	}
	row("looked", "at %s, published from %s to %s", plural(b.Items, "item"), stamp(b.From), stamp(b.To))
	if b.Stopped {
		row("", "that is not all: it took too long")
	}
	hits, alerts := b.PerDay()
	row("hits", "%d, %.1f a day", b.Hits, hits)
	row("alerts", "%d of them report something new, %.1f a day", b.Alerts, alerts)
	if b.Hits == 0 {
		return nil
	}
	row("adds", "%s that no rule matches", plural(b.Added, "hit"))
	for i, o := range b.Overlap {
		if i == 5 {
			row("", "and %s more", plural(len(b.Overlap)-i, "rule"))
			break
		}
		row("", "%s matches %d", o.Rule, o.Hits)
	}
	for i, line := range b.Chart(40) {
		row(map[bool]string{true: "days"}[i == 0], "%s", line)
	}
	for i, e := range b.Best {
		row(map[bool]string{true: "best"}[i == 0], "%s", e.Item.Title)
		c.example(row, e)
	}
	for i, e := range b.Doubtful {
		row(map[bool]string{true: "doubtful"}[i == 0], "%s", e.Item.Title)
		c.example(row, e)
	}
	return nil
}

func (c *backtestCmd) example(row func(name, format string, args ...any), e app.Example) {
	if len(e.Doubts) > 0 {
		row("", "  ? %s", strings.Join(e.Doubts, "; "))
	}
	row("", "  %s, %s %s", e.Item.Feed, stamp(e.Item.Published), e.Item.Link)
	for _, d := range e.Developments {
		row("", "  %s: %s", d.Kind, d.Headline)
	}
	if e.Excerpt != "" {
		row("", "  %q", clipped(e.Excerpt, 200))
	}
	if e.Added {
		row("", "  no rule matches it")
	}
}

// clipped cuts a text off behind so many letters.
func clipped(s string, letters int) string {
	for i := range s {
		if letters == 0 {
			return s[:i] + "…"
		}
		letters--
	}
	return s
}

// A span is a duration that may be told in days and weeks.
type span time.Duration

// UnmarshalText reads 45m, 12h, 30d and 8w.
func (s *span) UnmarshalText(text []byte) error {
	t := string(text)
	unit, digits := 7*24*time.Hour, strings.TrimSuffix(t, "w")
	if digits == t {
		unit, digits = 24*time.Hour, strings.TrimSuffix(t, "d")
	}
	if n, err := strconv.Atoi(digits); digits != t && err == nil && n > 0 && n <= 5000 {
		*s = span(time.Duration(n) * unit)
		return nil
	}
	if d, err := time.ParseDuration(t); err == nil && d > 0 {
		*s = span(d)
		return nil
	}
	return fmt.Errorf("%q is no span of time: say for example 12h, 30d or 8w", t)
}

// progress is a bar on a terminal, shown once something takes longer.
type progress struct {
	w       io.Writer
	now     func() time.Time
	began   time.Time
	last    time.Time
	visible bool
	drawn   bool
}

// What takes less than patience needs no bar.
const patience = time.Second

func (p *progress) show(done, total int) {
	at := p.now()
	if !p.visible || total == 0 || at.Sub(p.began) < patience || at.Sub(p.last) < 100*time.Millisecond {
		return
	}
	p.last, p.drawn = at, true
	const width = 30
	full := done * width / total
	fmt.Fprintf(p.w, "\r[%s%s] %3d %% of %d items", strings.Repeat("█", full), strings.Repeat("·", width-full), done*100/total, total)
}

// clear takes the bar away again.
func (p *progress) clear() {
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && isatty.IsTerminal(f.Fd())
}
