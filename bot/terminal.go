package bot

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"

	"parley/internal/news"
)

// A Terminal writes alerts to where a person reads them without Slack. The form
// is stable: each alert is one card whose first line starts with "ALERT ", its
// other lines are indented, and an empty line ends it; so that alerts can be
// counted and cut apart by a script. A status card is one line that starts with
// "STATUS ", and an empty one.
type Terminal struct {
	names  Names
	colour bool

	mu   sync.Mutex
	w    io.Writer
	sent int
}

// NewTerminal writes to w, in colour if colour is set.
func NewTerminal(w io.Writer, names Names, colour bool) *Terminal {
	return &Terminal{w: w, names: names, colour: colour}
}

// Post writes the batch, one card an alert. The receipt numbers the last one.
func (t *Terminal) Post(_ context.Context, batch []news.Notification) (news.Receipt, error) {
	if len(batch) == 0 {
		return news.Receipt{}, &news.Fault{Kind: news.Unfit, Reason: "there is nothing to post"}
	}
	if st := batch[0].Alert.Status; st != nil {
		return t.status(batch[0], *st)
	}
	if batch[0].Action == news.Edit {
		return batch[0].Target, nil // what was printed stays; what updates it is printed too
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	for _, n := range batch {
		t.card(&b, n)
	}
	if _, err := io.WriteString(t.w, b.String()); err != nil {
		return news.Receipt{}, &news.Fault{Kind: news.Transient, Reason: "the alert cannot be written: " + err.Error()}
	}
	t.sent += len(batch)
	return news.Receipt{Channel: batch[0].Channel, TS: itoa(t.sent)}, nil
}

// status writes a status card anew each time: what was printed cannot be edited.
func (t *Terminal) status(n news.Notification, st news.Status) (news.Receipt, error) {
	_, text := StatusCard(st, t.names)
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := fmt.Fprintf(t.w, "STATUS %s %s\n\n", t.paint("36", tidy(n.Channel)), plain(text)); err != nil {
		return news.Receipt{}, &news.Fault{Kind: news.Transient, Reason: "the status cannot be written: " + err.Error()}
	}
	return news.Receipt{Channel: n.Channel, TS: "status"}, nil
}

func (t *Terminal) card(b *strings.Builder, n news.Notification) {
	s := newSheet(n.Alert, t.names)
	fmt.Fprintf(b, "ALERT %s ", t.paint("36", tidy(n.Channel)))
	if s.urgent {
		b.WriteString(t.paint("1;31", "URGENT") + " ")
	}
	b.WriteString(t.paint("1", s.headline) + "\n")
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(b, "  %s %s\n", t.paint("2", fmt.Sprintf("%-7s", name)), value)
		}
	}
	line("about", strings.Join(s.topic(), " · "))
	if s.quote != "" {
		quote := s.quoted()
		if by := s.attribution(); by != "" {
			quote += " — " + by
		}
		line("quote", quote)
	}
	line("differ", s.beside)
	line("when", s.whenFull)
	line("was", s.was)
	line("where", s.where)
	line("sure", s.sure)
	line("denies", s.denies)
	line("also", s.also)
	for i, src := range s.sources {
		name := ""
		if i == 0 {
			name = "source"
		}
		line(name, strings.TrimSpace(src.title+" · "+src.outlet()+" "+src.link))
	}
	if s.more > 0 {
		line("", "also: "+s.alsoBy()+" ("+itoa(s.count)+")")
	}
	if len(s.rules) > 0 {
		line("rule", strings.Join(s.rules, ", "))
	} else {
		line("query", s.to)
	}
	line("matched", strings.Join(s.because, " "))
	id := s.id
	if !s.first.IsZero() {
		id = strings.TrimSpace(id + " " + plainMoment(s.first, s.zone))
	}
	line("first", id)
	b.WriteByte('\n')
}

func (t *Terminal) paint(style, text string) string {
	if !t.colour || text == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}
