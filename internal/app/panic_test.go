package app_test

import (
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/app"
	"parley/internal/config"
)

// A parley that dies of a defect leaves all its stacks behind, and no secret in
// them. Here its clock breaks while it is at work, in a process of its own.
func TestPanicsKeepSecrets(t *testing.T) {
	const dies = "PARLEY_TEST_DIES_IN"
	planted := config.SecretsFrom(func(name string) string {
		return map[string]string{
			"SLACK_BOT_TOKEN": "xoxb-planted-bot", "SLACK_APP_TOKEN": "xapp-planted-app", "SLACK_SIGNING_SECRET": "planted-signing", "SLACK_API_URL": "http://127.0.0.1:1/api",
		}[name]
	})
	if dir := os.Getenv(dies); dir != "" {
		k, problems := app.Configure("parley.yaml", fmt.Appendf(nil, "database: %s\nlisten: 127.0.0.1:0\nfeeds: [{name: observer, url: \"http://127.0.0.1:1/feed?key=planted-key\"}]\n", filepath.Join(dir, "parley.db")))
		if k == nil {
			t.Fatal(problems)
		}
		var looks atomic.Int32
		o := app.Options{Secrets: planted, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))}
		o.Now = func() time.Time {
			if looks.Add(1) > 30 {
				panic(fmt.Sprintf("the clock broke of %+v", o.Secrets))
			}
			return time.Now()
		}
		a, err := app.New(t.Context(), k, o)
		if err != nil {
			t.Fatal(err)
		}
		for range 40 { // as if somebody changed the configuration, with a look at the clock each time
			_ = a.Reload(t.Context(), k)
		}
		t.Fatal(a.Run(t.Context()))
	}
	child := exec.Command(os.Args[0], "-test.run=^TestPanicsKeepSecrets$")
	child.Env = append(os.Environ(), dies+"="+t.TempDir(), "GOTRACEBACK=all")
	out, err := child.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "the clock broke of secrets") || !strings.Contains(string(out), "goroutine ") {
		t.Fatalf("it did not die as it should: %v\n%s", err, out)
	}
	if i := strings.Index(string(out), "planted-"); i >= 0 {
		t.Errorf("a secret stands in what is left of it: %s", out[max(0, i-200):min(len(out), i+100)])
	}
}
