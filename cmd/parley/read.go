package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"sort"
	"strings"

	"parley/internal/app"
)

type readCmd struct {
	configured
	source
	JSON bool `help:"Write a JSON object a line." name:"json"`
}

func (c *readCmd) Run(_ context.Context, s *streams) error {
	k, err := c.load(s, false)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(s.out)
	defer w.Flush()
	enc := objects(w)
	marks := marks{colour: colour(s.out, s.getenv)}
	var page *app.Page
	return c.each(s, k, func(it app.Item) error {
		page = k.Engine.ReadInto(page, it)
		if c.JSON {
			return enc.Encode(struct {
				ID string `json:"id"`
				app.Reading
			}{it.ID, page.Reading})
		}
		marks.show(w, it, page.Reading)
		return nil
	})
}

// marks shows a reading to people: the text with its evidence marked and
// numbered, then a table.
type marks struct{ colour bool }

func (m marks) show(w io.Writer, it app.Item, r app.Reading) {
	fmt.Fprintf(w, "%s\n", m.bold(m.marked(it.Title, "title", r)))
	if it.Text != "" {
		fmt.Fprintf(w, "%s\n", m.marked(it.Text, "text", r))
	}
	fmt.Fprintln(w)
	if r.Silence != nil {
		fmt.Fprintf(w, "  silent: %s\n", *r.Silence)
	}
	for i, d := range r.Developments {
		fmt.Fprintf(w, "  [%d] %s\n", i+1, d.Headline)
		row := func(name, value string) {
			if value != "" {
				fmt.Fprintf(w, "      %-12s %s\n", name, value)
			}
		}
		row("kind", string(d.Kind))
		row("negotiation", opt(d.Negotiation))
		if d.Speaker != nil {
			row("speaker", strings.TrimPrefix(strings.Join([]string{opt(d.Speaker.Name), opt(d.Speaker.Affiliation), string(d.Speaker.Role)}, " / "), " / "))
		}
		row("parties", strings.Join(d.Parties, ", "))
		row("mediators", strings.Join(d.Mediators, ", "))
		for _, q := range d.Dates {
			s := fmt.Sprintf("%s → %s", q.Span, q.Start)
			if q.End != q.Start {
				s += " … " + q.End
			}
			s += " (" + q.Granularity
			if q.Approx {
				s += ", approximate"
			}
			if !q.Preferred {
				s += ", alternate"
			}
			row("date", s+")")
		}
		row("certainty", string(d.Certainty))
		if d.Tone != nil {
			row("tone", fmt.Sprintf("%+d", *d.Tone))
		}
		if d.Round != nil {
			row("round", fmt.Sprint(*d.Round))
		}
		row("venue", opt(d.Venue))
		row("level", d.Level)
		row("denies", opt(d.Denies))
	}
	if len(r.Developments) == 0 && r.Silence == nil {
		fmt.Fprintln(w, "  nothing of a negotiation")
	}
	fmt.Fprintln(w)
}

func opt[T ~string](p *T) string {
	if p == nil {
		return ""
	}
	return string(*p)
}

// marked puts each proof between brackets with its number.
func (m marks) marked(s, field string, r app.Reading) string {
	type cut struct {
		at   int
		end  bool
		n    int
		text string
	}
	var cuts []cut
	for i, d := range r.Developments {
		if string(d.Evidence.Field) != field {
			continue
		}
		open, shut := "«", fmt.Sprintf("»[%d]", i+1)
		if m.colour {
			open, shut = "\x1b[30;43m", fmt.Sprintf("\x1b[0m[%d]", i+1)
		}
		cuts = append(cuts, cut{d.Evidence.Start, false, i, open}, cut{d.Evidence.End, true, i, shut})
	}
	sort.SliceStable(cuts, func(i, j int) bool { return cuts[i].at < cuts[j].at })
	var b strings.Builder
	at := 0
	for _, c := range cuts {
		b.WriteString(safe(s[at:c.at]))
		b.WriteString(c.text)
		at = c.at
	}
	b.WriteString(safe(s[at:]))
	return b.String()
}

func (m marks) bold(s string) string {
	if !m.colour {
		return s
	}
	return "\x1b[1m" + s + "\x1b[0m"
}

// safe keeps terminal escapes of feeds out of the terminal.
func safe(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\n' && r != '\t' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
}
