package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"parley/internal/demo/standin"
	"parley/internal/news"
	"parley/internal/store"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parley": main})
}

// The scripts in testdata are the manual of the command line, and prove it. In
// them, the folder www is served at $WEB; see outlet.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			o := &outlet{dir: filepath.Join(e.WorkDir, "www"), news: make(chan struct{})}
			web := httptest.NewServer(o)
			e.Defer(web.Close)
			e.Setenv("WEB", web.URL)
			e.Setenv("NO_COLOR", "1")
			e.Values["outlet"] = o
			slack := workspace()
			e.Values["slack"] = slack
			api := httptest.NewServer(slack.Handler())
			e.Defer(api.Close)
			e.Defer(func() { _ = slack.Close() })
			e.Setenv("SLACK", api.URL+"/api/")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"expand": expand,
			"asked":  asked,
			"hangup": hangup,
			"made":   made,
			"invite": invite,
		},
	})
}

// workspace is a Slack to which parley was installed with few scopes, and invited
// to one of its channels. It is at $SLACK.
func workspace() *standin.Server {
	s := standin.New(standin.Options{Workspace: "Newsroom", Scopes: []string{"commands", "chat:write", "channels:read", "groups:read"}})
	room := s.AddChannel(standin.Channel{Name: "negotiations"})
	_ = s.Invite(room.ID, "")
	s.AddChannel(standin.Channel{Name: "us-iran"})
	s.AddChannel(standin.Channel{Name: "elsewhere"})
	s.AddChannel(standin.Channel{Name: "old", Archived: true})
	return s
}

// An outlet serves the files of a folder. In feeds, "${2h ago}" stands for a
// time of publication.
type outlet struct {
	dir string

	mu    sync.Mutex
	count map[string]int
	news  chan struct{} // closed and made anew with every request
}

func (o *outlet) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := filepath.Base(r.URL.Path)
	o.mu.Lock()
	if o.count == nil {
		o.count = map[string]int{}
	}
	o.count[name]++
	close(o.news)
	o.news = make(chan struct{})
	o.mu.Unlock()
	b, err := os.ReadFile(filepath.Join(o.dir, name))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	now := time.Now()
	dated := regexp.MustCompile(`\$\{(\w+) ago\}`).ReplaceAllStringFunc(string(b), func(s string) string {
		d, err := time.ParseDuration(strings.TrimSuffix(strings.TrimPrefix(s, "${"), " ago}"))
		if err != nil {
			return s
		}
		return now.Add(-d).UTC().Format(time.RFC1123Z)
	})
	switch filepath.Ext(name) {
	case ".html":
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	case ".txt":
		w.Header().Set("Content-Type", "text/plain")
	default:
		w.Header().Set("Content-Type", "application/rss+xml")
	}
	fmt.Fprint(w, dated)
}

// expand puts the script's variables into files: ${WEB}.
func expand(ts *testscript.TestScript, neg bool, files []string) {
	if neg || len(files) == 0 {
		ts.Fatalf("usage: expand FILE...")
	}
	for _, f := range files {
		expanded := os.Expand(ts.ReadFile(f), ts.Getenv)
		ts.Check(os.WriteFile(ts.MkAbs(f), []byte(expanded), 0o600))
	}
}

// hangup sends SIGHUP to what runs in the background.
func hangup(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: hangup")
	}
	for _, c := range ts.BackgroundCmds() {
		ts.Check(c.Process.Signal(syscall.SIGHUP))
	}
}

// asked waits until a file of www has been asked for.
func asked(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: asked FILE")
	}
	o := ts.Value("outlet").(*outlet)
	deadline := time.After(20 * time.Second)
	for {
		o.mu.Lock()
		n, news := o.count[args[0]], o.news
		o.mu.Unlock()
		if n > 0 {
			return
		}
		select {
		case <-news:
		case <-deadline:
			ts.Fatalf("nobody has asked for %s", args[0])
		}
	}
}

// made stores a rule as if somebody had made it in Slack.
func made(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 4 || len(args) > 5 {
		ts.Fatalf("usage: made DATABASE OWNER NAME QUERY [TEAM]")
	}
	channel := "C1"
	s, err := store.Open(context.Background(), ts.MkAbs(args[0]), slog.New(slog.DiscardHandler))
	ts.Check(err)
	if len(args) == 5 { // in a workspace that has installed parley
		channel = news.Address(args[4], channel)
		_, err := s.Install(context.Background(), news.Workspace{Team: args[4], Name: "Team " + args[4], BotUser: "U1", Sealed: "sealed", Installed: time.Date(2026, 11, 20, 11, 0, 0, 0, time.UTC)})
		ts.Check(err)
	}
	rule := news.MadeRule{
		Rule: news.Rule{Owner: args[1], Name: args[2], When: args[3]}, Channel: channel, Created: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC),
	}
	_, _, err = s.MakeRule(context.Background(), rule, news.Subscription{Channel: channel, To: "rule:" + args[2]})
	ts.Check(err)
	ts.Check(s.Close())
}

// invite lets parley into a channel of the workspace.
func invite(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: invite CHANNEL")
	}
	ts.Check(ts.Value("slack").(*standin.Server).Invite(args[0], ""))
}
