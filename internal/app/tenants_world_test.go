package app_test

import (
	"database/sql"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/app"
	"parley/internal/demo/standin"
)

// Keys that seal tokens, as PARLEY_TOKEN_KEY has them.
const (
	firstKey  = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	secondKey = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA="
)

const publicURL = "https://parley.example"

// Teams are a world in which others install parley beside the home workspace. Their
// channels and people have the same ids: only the team tells them apart.
type teams struct {
	*world
	cloud      *standin.Cloud
	acme, beta *standin.Server
}

func newTeams(t *testing.T) *teams {
	t.Helper()
	requests := standin.RequestURLs{Commands: "/slack/commands", Interactions: "/slack/interactive"}
	w := &teams{world: newWorld(t, standin.Options{BotToken: "xoxb-of-home", TeamID: "T0HOME", Requests: requests})}
	other := func(team, name string) *standin.Server {
		s := standin.New(standin.Options{
			TeamID: team, Workspace: name, Now: w.clock,
			Requests: standin.RequestURLs{Commands: w.door.URL + "/slack/commands", Interactions: w.door.URL + "/slack/interactive", Events: w.door.URL + "/slack/events"},
		})
		t.Cleanup(func() { s.Close() })
		s.AddUser(standin.User{Name: "maya"})
		for _, ch := range []string{"negotiations", "us-iran", "desk"} {
			s.AddChannel(standin.Channel{Name: ch})
			if err := s.Invite(ch, ""); err != nil {
				t.Fatal(err)
			}
		}
		return s
	}
	w.acme, w.beta = other("T0ACME", "Acme <News>"), other("T0BETA", "Beta")
	w.cloud = standin.NewCloud(w.Server, w.acme, w.beta)
	w.cloud.RedirectURLs = []string{publicURL + "/slack/oauth/callback"}
	srv := httptest.NewServer(w.cloud.Handler())
	t.Cleanup(srv.Close)
	w.cloud.SetURL(srv.URL)
	w.token.APIURL = srv.URL + "/api/"
	w.token.SigningSecret = standin.DefaultSigningSecret
	w.token.ClientID, w.token.ClientSecret, w.token.TokenKey = standin.DefaultClientID, standin.DefaultClientSecret, firstKey
	return w
}

func (w *teams) conf(more string) *app.Knowledge {
	k := w.world.conf(more)
	k.Config.PublicURL = publicURL
	return k
}

// A browser keeps cookies, and follows no redirection by itself.
type browser struct {
	t       *testing.T
	app     *app.App
	cookies map[string]*http.Cookie
}

func (w *teams) browser(a *app.App) *browser {
	return &browser{w.t, a, map[string]*http.Cookie{}}
}

// get opens an address of parley.
func (b *browser) get(address string) *http.Response {
	b.t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		b.t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, u.RequestURI(), nil)
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	rec := httptest.NewRecorder()
	b.app.Handler().ServeHTTP(rec, r)
	res := rec.Result()
	for _, c := range res.Cookies() {
		b.cookies[c.Name] = c
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return res
}

// begin opens the page to install parley, and returns the page of Slack.
func (b *browser) begin() string {
	b.t.Helper()
	res := b.get("/slack/install")
	if res.StatusCode != http.StatusFound {
		b.t.Fatalf("/slack/install answers %s", res.Status)
	}
	return res.Header.Get("Location")
}

// page reads a page that parley shows.
func (b *browser) page(address string, status int, wants ...string) string {
	b.t.Helper()
	res := b.get(address)
	var body strings.Builder
	if _, err := copyTo(&body, res); err != nil {
		b.t.Fatal(err)
	}
	if res.StatusCode != status {
		b.t.Errorf("it answers %s: %s", res.Status, body.String())
	}
	for _, want := range wants {
		if !strings.Contains(body.String(), want) {
			b.t.Errorf("%q does not hold %q", body.String(), want)
		}
	}
	if csp := res.Header.Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "script") {
		b.t.Errorf("the page may do more than show itself: %s", csp)
	}
	if strings.Contains(body.String(), "<script") || strings.Contains(body.String(), "<News>") {
		b.t.Errorf("the page holds more than text: %s", body.String())
	}
	return body.String()
}

func (w *teams) install(a *app.App, team string) {
	w.t.Helper()
	b := w.browser(a)
	back, err := w.cloud.Agree(b.begin(), team, "U1")
	if err != nil {
		w.t.Fatal(err)
	}
	b.page(back, http.StatusOK, "parley is installed in")
}

// ask types a command in a workspace.
func (w *teams) ask(s *standin.Server, channel, text string) string {
	w.t.Helper()
	r, err := s.Slash(soon(w.t), "maya", channel, "/parley", text)
	if err != nil {
		w.t.Fatal(err)
	}
	return r.Answers[0].Text
}

func cardsIn(s *standin.Server, channel string) (n int) {
	for _, m := range s.Messages(channel) {
		if m.Metadata != nil && m.Metadata.EventType == "parley_alert" {
			n++
		}
	}
	return n
}

func (w *teams) counts(s *standin.Server, want map[string]int) {
	w.t.Helper()
	for ch, n := range want {
		if got := cardsIn(s, ch); got != n {
			w.t.Errorf("#%s of %s holds %d alerts, not %d", ch, s.TeamID(), got, n)
		}
	}
}

// makeIn makes a rule in a workspace.
func (w *teams) makeIn(s *standin.Server, channel, command string) {
	w.t.Helper()
	r, err := s.Slash(soon(w.t), "maya", channel, "/parley", command)
	if err != nil {
		w.t.Fatal(err)
	}
	shown := r.Answers[0]
	if _, err := s.Click(soon(w.t), "maya", shown, "Watch here"); err != nil {
		w.t.Fatalf("/parley %s: %v, but %s", command, err, shown.Text)
	}
	err = s.WaitFor(soon(w.t), func() bool {
		for _, m := range s.Messages(channel) {
			if m.TS == shown.TS && strings.HasPrefix(m.Text, "Done") {
				return true
			}
		}
		return false
	})
	if err != nil {
		w.t.Fatalf("/parley %s: %v", command, err)
	}
}

// noneLeaked looks for tokens wherever parley writes.
func (w *teams) noneLeaked() {
	w.t.Helper()
	w.mu.Lock()
	log := w.log.String()
	w.mu.Unlock()
	secrets := []string{standin.DefaultClientSecret, firstKey, secondKey, "xoxb-T0", "xoxe"}
	for _, s := range []*standin.Server{w.acme, w.beta} {
		secrets = append(secrets, s.Tokens()...)
	}
	files, err := filepath.Glob(filepath.Join(w.dir, "*"))
	if err != nil || len(files) == 0 {
		w.t.Fatal(files, err)
	}
	for _, secret := range secrets {
		if strings.Contains(log, secret) {
			w.t.Errorf("%s stands in the log", secret)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				w.t.Fatal(err)
			}
			if strings.Contains(string(b), secret) {
				w.t.Errorf("%s stands in %s", secret, filepath.Base(f))
			}
		}
		for _, s := range []*standin.Server{w.Server, w.acme, w.beta} {
			for _, p := range s.Posts() {
				if strings.Contains(p.Text+string(p.Blocks), secret) {
					w.t.Errorf("%s stands in a message", secret)
				}
			}
		}
	}
}

func copyTo(b *strings.Builder, res *http.Response) (int64, error) {
	defer func() { _ = res.Body.Close() }()
	return io.Copy(b, res.Body)
}

// rowsOf counts the values in the database that name a team.
func (w *teams) rowsOf(team string) (n int) {
	w.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(w.dir, "parley.db"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	names := func(query string) (out []string) {
		rows, err := db.QueryContext(w.t.Context(), query)
		if err != nil {
			w.t.Fatal(err)
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				w.t.Fatal(err)
			}
			out = append(out, s)
		}
		if err := rows.Err(); err != nil {
			w.t.Fatal(err)
		}
		return out
	}
	for _, table := range names(`SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'item_words%'`) {
		for _, column := range names(`SELECT name FROM pragma_table_info('` + table + `')`) {
			var found int
			if err := db.QueryRowContext(w.t.Context(), `SELECT COUNT(*) FROM "`+table+`" WHERE CAST("`+column+`" AS TEXT) LIKE '%`+team+`%'`).Scan(&found); err != nil {
				w.t.Fatal(err)
			}
			n += found
		}
	}
	return n
}

func (w *teams) until(what string, f func() bool) {
	w.t.Helper()
	for ctx := soon(w.t); !f(); {
		select {
		case <-ctx.Done():
			w.t.Fatalf("%s: it does not happen", what)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
