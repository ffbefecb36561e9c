package bot_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"parley/bot"
)

// TestTranscript plays testdata/commands.txt: every line that starts with "> " is
// typed, in one conversation, and what stands below it is what comes back. With
// -update the answers are written anew.
func TestTranscript(t *testing.T) {
	file := filepath.Join("testdata", "commands.txt")
	script, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	c := &bot.Commands{Answers: newDesk(), Names: names}
	var b strings.Builder
	for line := range strings.Lines(string(script)) {
		if strings.HasPrefix(line, "# ") {
			b.WriteString(line)
		}
		typed, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "> /parley")
		if !ok {
			continue
		}
		out := c.Do(t.Context(), bot.Request{Channel: "C1", ChannelName: "us-iran", User: "U1", Text: strings.TrimPrefix(typed, " "), At: now})
		withinLimits(t, out.Blocks, out.Text)
		fmt.Fprintf(&b, "> /parley%s\n%s", typed, shown(t, "", out.Blocks))
		fmt.Fprintf(&b, "  read aloud: %s\n", strings.ReplaceAll(out.Text, "\n", "\n  "))
		if a := out.Announce; a != nil {
			withinLimits(t, a.Blocks, a.Text)
			fmt.Fprintf(&b, "  in %s, for all:\n%s", a.Channel, shown(t, "  ", a.Blocks))
			fmt.Fprintf(&b, "  if that fails:\n%s", shown(t, "  ", a.Otherwise("parley is not a member of the channel").Blocks))
		}
		b.WriteByte('\n')
	}
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(string(script), b.String()); diff != "" {
		t.Errorf("(-want +got; -update writes it anew)\n%s", diff)
	}
}

// shown writes blocks in lines, for people to review.
func shown(t *testing.T, indent string, blocks []slack.Block) string {
	t.Helper()
	var b strings.Builder
	for _, block := range blocks {
		raw, err := json.Marshal(block)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		each(t, []slack.Block{block}, func(o map[string]any) {
			switch o["type"] {
			case "mrkdwn", "plain_text":
				lines = append(lines, o["text"].(string))
			case "button":
				lines = append(lines, "→ "+o["value"].(string))
			}
		})
		if len(lines) == 0 {
			t.Errorf("a block shows nothing: %s", raw)
		}
		text := strings.Join(lines, " | ")
		fmt.Fprintf(&b, "%s  %-8s %s\n", indent, block.BlockType(), strings.ReplaceAll(text, "\n", "\n"+indent+"           "))
	}
	return b.String()
}

// Whatever is typed, there is an answer within Slack's limits and nobody is called.
func TestAnythingTypedIsAnswered(t *testing.T) {
	long := strings.Repeat("very long ", 400)
	injected := `<!channel> <@U999> <https://evil.example|click> *b* ` + "```"
	for _, text := range []string{
		long, "search " + long, "subscribe " + long, "latest " + long, "help " + long, "rules " + long, "unsubscribe " + long, long[:3000] + " in #x",
		injected, "search " + injected, "subscribe " + injected, "latest " + injected, "next " + injected, "rules " + injected, "help " + injected,
		"unsubscribe " + injected, "subscriptions " + injected, "subscribe x in " + injected, "\x00\x1b[31m", "search \u202eabc", "search (", "test", "test over 3d", "test (", "test " + long, "test " + injected, "test x over y", "why", "why " + long, "why " + injected, "why https://example.net/w", "why D-12 " + injected, "subscribe kind:nonsense(",
		"search \"" + strings.Repeat("\" \"", 500), "subscribe in #x", "subscribe \u200b", "since", "latest since", "latest since since 7d", "latest us-iran since -3d", "latest since 99999d",
		"search " + strings.Repeat("(", 2000), "subscribe rule:", "subscribe rule:x y", "search date:&lt;14d",
		"status", "status " + long, "status " + injected, "said", "said " + long, "said " + injected, "said x about " + long, "said about", "said % about us-iran", "timeline " + long, "timeline " + injected,
		"timeline us-iran before D-99999999999999999999", "latest before D-", "next page 0", "wrong " + long, "wrong " + injected, "wrong D-12 speaker " + injected, "wrong D-12 speaker " + long, "wrong D-99999999999999999999 kind", "mute " + injected, "mute " + long + " for 8h", "unmute " + injected, "audit " + injected, "mutes " + long, "next page 9999", "search " + long + " page 3", "page 2", "status page 2",
	} {
		c := &bot.Commands{Answers: newDesk(), Names: names}
		out := c.Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: text, At: now})
		withinLimits(t, out.Blocks, out.Text)
		said := []string{out.Text, marshal(t, out.Blocks)}
		if a := out.Announce; a != nil {
			withinLimits(t, a.Blocks, a.Text)
			said = append(said, a.Text, marshal(t, a.Blocks), a.Otherwise(long).Text)
		}
		for _, s := range said {
			for _, bad := range []string{"<!", "<@U999", "<https://evil", "\x1b", "\u202e", "\\u001b"} {
				if strings.Contains(strings.NewReplacer(`\u003c`, "<").Replace(s), bad) && !strings.Contains(s, "<!date^") {
					t.Errorf("%.40q: the answer holds %q: %s", text, bad, s)
				}
			}
		}
	}
}

// A store that cannot be read is a sentence, not a stack and not the error itself.
func TestAFailingStoreIsASentence(t *testing.T) {
	for _, text := range []string{"", "latest", "next", "search x", "subscribe us-iran", "unsubscribe us-iran", "subscriptions", "rules", "feeds", "why D-12", "test x", "audit", "mutes", "mute us-iran", "unmute all", "status", "status us-iran", "said iran", "timeline us-iran"} {
		d := newDesk()
		d.err = errors.New("pq: password for postgres://secret@host")
		out := (&bot.Commands{Answers: d}).Do(t.Context(), bot.Request{Channel: "C1", User: "U1", Text: text, At: now})
		if !strings.Contains(out.Text, "cannot answer at the moment") || strings.Contains(out.Text, "secret") || out.Announce != nil {
			t.Errorf("%q: %s", text, out.Text)
		}
	}
}
