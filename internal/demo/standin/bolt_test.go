package standin

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestOfficialClient runs a bot made with @slack/bolt against the workspace.
func TestOfficialClient(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("Slack's official client is checked only where node is installed")
	}
	dir := filepath.Join("testdata", "bolt")
	if _, err := os.Stat(filepath.Join(dir, "node_modules", "@slack", "bolt")); err != nil {
		t.Skip("Slack's official client is not installed: run npm ci in internal/demo/standin/testdata/bolt")
	}
	d := newDesk(t, Options{})
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	bot := exec.CommandContext(ctx, node, "check.js")
	bot.Dir = dir
	bot.Env = append(os.Environ(), "STANDIN_URL="+d.url, "STANDIN_BOT_TOKEN="+d.BotToken(), "STANDIN_APP_TOKEN="+d.AppToken())
	bot.Stderr = t.Output()
	out, err := bot.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := bot.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = bot.Process.Kill()
		_ = bot.Wait()
	})
	lines := bufio.NewScanner(out)
	saw := func(what string) map[string]string {
		t.Helper()
		for lines.Scan() {
			var line map[string]string
			if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
				t.Fatalf("the client printed %s", lines.Text())
			}
			if line["saw"] == "error" {
				t.Fatalf("the client failed: %s", line["message"])
			}
			if line["saw"] == what {
				return line
			}
		}
		t.Fatalf("the client ended before it saw %s", what)
		return nil
	}

	if l := saw("start"); l["user"] != d.BotUser() || l["metadata"] != "A-1" || l["refused"] != "channel_not_found" {
		t.Errorf("it started with %v", l)
	}
	r, err := d.Slash(ctx, "mina", "us-iran", "/parley", "latest")
	if err != nil || r.Answers[0].Text != "You asked for latest" {
		t.Errorf("a command: %+v, %v", r, err)
	}
	if _, err := d.Click(ctx, "mina", d.Posts()[0].Message, "useful"); err != nil {
		t.Error(err)
	}
	if l := saw("action"); l["value"] != "D-12" || l["user"] != d.mina.ID {
		t.Errorf("it saw the click %v", l)
	}
	if m, err := d.WaitMessage(ctx, "us-iran", func(m Message) bool { return m.Text == "Noted: D-12" }); err != nil || m.Blocks != nil {
		t.Errorf("the click changed the message to %+v, %v", m, err)
	}
	r, err = d.Slash(ctx, "mina", "us-iran", "/parley", "modal")
	if err != nil || r.Modal == nil {
		t.Fatalf("a modal: %+v, %v", r, err)
	}
	var sentBack InputErrors
	if _, err := d.Submit(ctx, "mina", r.Modal.ID, map[string][]string{"query": {"bad"}}); !errors.As(err, &sentBack) {
		t.Errorf("a bad input: %v", err)
	}
	if _, err := d.Submit(ctx, "mina", r.Modal.ID, map[string][]string{"query": {"negotiation:us-iran"}}); err != nil {
		t.Error(err)
	}
	if err := d.OpenHome(ctx, "mina"); err != nil {
		t.Error(err)
	}
	if _, err := d.WaitHome(ctx, "mina"); err != nil {
		t.Error(err)
	}
	// It comes back after Slack's usual request to, and after a cut.
	for name, end := range map[string]func(){"asked": func() { d.Disconnect("refresh_requested") }, "cut": d.Cut} {
		seq, began := d.Seq(), time.Now()
		end()
		if err := d.WaitFor(ctx, func() bool { return d.Seq() >= seq+2 && d.Connections() == 1 }); err != nil {
			t.Fatalf("%s: it did not connect anew: %v", name, err)
		}
		t.Logf("%s: it was back after %v", name, time.Since(began))
	}
	if r, err := d.Slash(ctx, "mina", "us-iran", "/parley", "next"); err != nil || r.Answers[0].Text != "You asked for next" {
		t.Errorf("a command after the reconnections: %+v, %v", r, err)
	}
}
