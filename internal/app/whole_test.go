package app_test

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/app"
	"parley/internal/config"
	"parley/internal/demo/standin"
)

// start is a Friday, in Muscat the afternoon.
var start = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)

// Titles that outlets give their items: one that names a date, and three that
// only look like it.
const (
	named   = "Oman says next round of Iran-US talks will be held in Muscat on Tuesday"
	cricket = "Oman beat Pakistan by six wickets; series resumes on Tuesday"
	noDate  = "No date has been set for the next Iran-US round, Oman says"
	history = "Ten years on: how Oman brought Iran and the US to the table on a Tuesday in 2013"
	ended   = "Second round of Iran-US talks ends in Muscat, Oman says"
)

// A world is a workspace, outlets, and a clock that stands still until it is
// moved on; parleys are started in it, and die in it.
type world struct {
	*standin.Server
	t        *testing.T
	slack    *httptest.Server
	web      *httptest.Server
	door     *httptest.Server // of the parley, for signed requests
	dir      string
	database string // '': a file in dir
	token    config.Secrets

	mu    sync.Mutex
	now   time.Time
	feeds map[string][]entry
	pages map[string]http.HandlerFunc
	post  func(w http.ResponseWriter, r *http.Request) bool // takes a chat.postMessage in place of Slack if true
	took  []*http.Request                                   // signed requests, with their bodies
	app   *app.App                                          // behind the door
	log   bytes.Buffer
}

// An entry is an item of a feed.
type entry struct {
	id, title string
	at        time.Time
}

// newSignedWorld is one whose slash commands and buttons arrive by signed HTTP.
func newSignedWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, standin.Options{Requests: standin.RequestURLs{Commands: "/slack/commands", Interactions: "/slack/interactive", Events: "/slack/events"}})
	w.token.SigningSecret = standin.DefaultSigningSecret
	return w
}

func newWorld(t *testing.T, o standin.Options) *world {
	t.Helper()
	w := &world{t: t, now: start, dir: t.TempDir(), feeds: map[string][]entry{}, pages: map[string]http.HandlerFunc{}}
	w.door = httptest.NewServer(http.HandlerFunc(w.knock))
	w.web = httptest.NewServer(http.HandlerFunc(w.feed))
	o.Now = w.clock
	if o.Requests.Commands != "" {
		o.Requests.Commands = w.door.URL + o.Requests.Commands
		o.Requests.Interactions = w.door.URL + o.Requests.Interactions
		o.Requests.Events = w.door.URL + o.Requests.Events
	}
	w.Server = standin.New(o)
	w.slack = httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		w.mu.Lock()
		post := w.post
		w.mu.Unlock()
		if post != nil && strings.HasSuffix(r.URL.Path, "/chat.postMessage") && post(rw, r) {
			return
		}
		w.Handler().ServeHTTP(rw, r)
	}))
	w.SetURL(w.slack.URL)
	w.AddUser(standin.User{Name: "maya"})
	for _, name := range []string{"negotiations", "us-iran", "desk"} {
		w.AddChannel(standin.Channel{Name: name})
		if err := w.Invite(name, ""); err != nil {
			t.Fatal(err)
		}
	}
	w.token = config.Secrets{BotToken: w.BotToken(), APIURL: w.slack.URL + "/api/"}
	t.Cleanup(func() {
		w.Server.Close()
		for _, s := range []*httptest.Server{w.slack, w.web, w.door} {
			s.CloseClientConnections()
			s.Close()
		}
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, secret := range []string{w.BotToken(), w.AppToken(), standin.DefaultSigningSecret} {
			if strings.Contains(w.log.String(), secret) {
				t.Errorf("a secret stands in the log:\n%s", &w.log)
			}
		}
	})
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) later(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// Write takes the log.
func (w *world) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.log.Write(b)
}

// print puts items into a feed, published now.
func (w *world) print(feed string, titles ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, title := range titles {
		n := len(w.feeds[feed])
		w.feeds[feed] = append(w.feeds[feed], entry{fmt.Sprintf("%s-%d", feed, n), title, w.now.Add(-time.Minute)})
	}
}

func (w *world) feed(rw http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(r.URL.Path, "/")
	w.mu.Lock()
	page, entries := w.pages[name], w.feeds[name]
	w.mu.Unlock()
	if page != nil {
		page(rw, r)
		return
	}
	rw.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprintf(rw, "<rss version=\"2.0\"><channel><title>%s</title>", name)
	for _, e := range entries {
		fmt.Fprintf(rw, "<item><guid>%s</guid><title>%s</title><link>https://%s.example/%s</link><pubDate>%s</pubDate></item>",
			e.id, e.title, name, e.id, e.at.Format(time.RFC1123Z))
	}
	fmt.Fprint(rw, "</channel></rss>")
}

// knock brings a request to the parley behind the door, and keeps it.
func (w *world) knock(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.t.Error(err)
	}
	kept := r.Clone(context.Background())
	kept.Body = io.NopCloser(bytes.NewReader(body))
	w.mu.Lock()
	w.took = append(w.took, kept)
	a := w.app
	w.mu.Unlock()
	r.Body = io.NopCloser(bytes.NewReader(body))
	a.Handler().ServeHTTP(rw, r)
}

// conf is a configuration with the given feeds, which the outlets serve, and
// what is given besides.
func (w *world) conf(more string, feeds ...string) *app.Knowledge {
	w.t.Helper()
	src := fmt.Sprintf("time_zone: Europe/London\ndatabase: %q", cmp.Or(w.database, filepath.Join(w.dir, "parley.db"))) + `
slack: {channel: "#negotiations"}
negotiations:
  - {id: us-iran, title: US–Iran talks, parties: [united-states, iran], mediators: [oman]}
`
	if !strings.Contains(more, "rules:") {
		src += "rules:\n  - {name: mediator-names-date, title: Mediator names a date, when: \"by:mediator kind:talks-scheduled date:upcoming\", level: urgent}\n"
	}
	if src += more + "\nfeeds:\n"; len(feeds) == 0 {
		feeds = []string{"observer"}
	}
	for _, f := range feeds {
		src += fmt.Sprintf("  - {name: %s, url: %q, every: 5m, zone: Asia/Muscat, language: en}\n", f, w.web.URL+"/"+f)
	}
	k, problems := app.Configure("test.yaml", []byte(src))
	if k == nil {
		w.t.Fatal(problems)
	}
	return k
}

// open starts a parley and puts it behind the door.
func (w *world) open(k *app.Knowledge) *app.App {
	w.t.Helper()
	a, err := app.New(w.t.Context(), k, app.Options{
		Secrets: w.token, Log: slog.New(slog.NewTextHandler(w, nil)), Now: w.clock, Terminal: io.Discard, Pace: time.Nanosecond,
	})
	if err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	w.app = a
	w.mu.Unlock()
	return a
}

// start lets a parley run until the function that it returns is called, which
// returns what Run did.
func (w *world) start(a *app.App) (stop func() error) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- a.Run(ctx) }()
	var once sync.Once
	var err error
	stop = func() error {
		once.Do(func() {
			cancel()
			select {
			case err = <-ended:
			case <-time.After(20 * time.Second):
				err = errors.New("it does not stop")
			}
		})
		return err
	}
	w.t.Cleanup(func() {
		if err := stop(); err != nil {
			w.t.Errorf("Run ends with %v", err)
		}
	})
	return stop
}

func (w *world) close(a *app.App) {
	w.t.Helper()
	if err := a.Close(); err != nil {
		w.t.Errorf("Close: %v", err)
	}
}

// once checks and delivers once.
func (w *world) once(a *app.App) app.Summary {
	w.t.Helper()
	s, err := a.Once(w.t.Context())
	if err != nil {
		w.t.Errorf("Once: %v", err)
	}
	return s
}

// cards are the alerts in a channel.
func (w *world) cards(channel string) (out []standin.Message) {
	for _, m := range w.Messages(channel) {
		if m.Metadata != nil && m.Metadata.EventType == "parley_alert" {
			out = append(out, m)
		}
	}
	return out
}

// holds checks how many alerts a channel has.
func (w *world) holds(channel string, want int) {
	w.t.Helper()
	if got := w.cards(channel); len(got) != want {
		w.t.Errorf("#%s holds %d alerts, not %d: %+v", channel, len(got), want, got)
	}
}

// outbox checks how many notifications are in which state.
func (w *world) outbox(a *app.App, pending, parked, sent int) {
	w.t.Helper()
	p, k, s, err := a.Store().Counts(w.t.Context())
	if err != nil || p != pending || k != parked || s != sent {
		w.t.Errorf("the outbox holds %d pending, %d parked and %d sent, %v; not %d, %d, %d", p, k, s, err, pending, parked, sent)
	}
}

// slash types a command and returns the answer.
func (w *world) slash(channel, text string) string {
	w.t.Helper()
	r, err := w.Slash(soon(w.t), "maya", channel, "/parley", text)
	if err != nil {
		w.t.Fatal(err)
	}
	if r.Answers[0].OnlyFor == "" {
		w.t.Errorf("/parley %s is answered for all to read", text)
	}
	return r.Answers[0].Text
}

// soon is a limit for what happens at once unless something is wrong.
func soon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeoutCause(t.Context(), 20*time.Second, errors.New("it does not happen"))
	t.Cleanup(cancel)
	return ctx
}

func (w *world) has(text string, wants ...string) {
	w.t.Helper()
	for _, want := range wants {
		if !strings.Contains(text, want) {
			w.t.Errorf("%q does not hold %q", text, want)
		}
	}
}
