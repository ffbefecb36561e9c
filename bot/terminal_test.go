package bot_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/bot"
	"parley/internal/news"
)

func TestTerminal(t *testing.T) {
	var out bytes.Buffer
	p := bot.NewTerminal(&out, names, false)
	for i, batch := range [][]news.Notification{
		{notification("#desk", "a", mediatorDate()), notification("#desk", "b", sudanUpdate())},
		{notification("#desk\x1b[2J", "c", wordsOnly())},
		{notification("C1", "d", hostile())},
		{notification("C1", "e", rightToLeft())},
	} {
		receipt, err := p.Post(t.Context(), batch)
		if err != nil || receipt.Channel != batch[0].Channel {
			t.Errorf("%d: %+v, %v", i, receipt, err)
		}
	}
	if n := strings.Count("\n"+out.String(), "\nALERT "); n != 5 {
		t.Errorf("%d alerts can be counted, want 5", n)
	}
	if strings.ContainsAny(out.String(), "\x1b\u202e\r") {
		t.Error("a control character came through")
	}
	file := filepath.Join("testdata", "terminal.txt")
	if *update {
		if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), out.String()); diff != "" {
		t.Errorf("(-want +got; -update writes it anew)\n%s", diff)
	}
}

func TestTerminalColour(t *testing.T) {
	var out bytes.Buffer
	if _, err := bot.NewTerminal(&out, names, true).Post(t.Context(), []news.Notification{notification("#desk", "a", hostile())}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\x1b[1;31mURGENT\x1b[0m") || strings.Contains(out.String(), "Boss*\x1b") {
		t.Errorf("%q", out.String())
	}
}

func TestATerminalThatIsGone(t *testing.T) {
	_, err := bot.NewTerminal(broken{}, names, false).Post(t.Context(), []news.Notification{notification("#desk", "a", mediatorDate())})
	if fault, ok := errors.AsType[*news.Fault](err); !ok || fault.Kind != news.Transient {
		t.Errorf("%v", err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no space left") }
