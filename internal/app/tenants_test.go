package app_test

import (
	"database/sql"
	"io"
	"log/slog"
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

// Two workspaces install parley beside the home workspace. Each gets its own alerts
// and no other's, and none sees what the people of another made, although channels
// and people have the same ids everywhere.
func TestWorkspacesAreApart(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	w.has(w.ask(w.acme, "desk", "latest"), "parley is not installed in this workspace", publicURL+"/slack/install")
	w.install(a, "T0ACME")
	w.install(a, "T0BETA")

	w.once(a)
	w.has(w.ask(w.acme, "us-iran", "subscribe us-iran"), "Done")
	w.has(w.ask(w.beta, "desk", "subscribe kind:talks-cancelled"), "Done")
	// Rules of one name ask something else in each workspace.
	w.makeIn(w.Server, "us-iran", "watch wickets as mine")
	w.makeIn(w.acme, "desk", "watch Muscat as mine")
	w.makeIn(w.beta, "negotiations", "watch by:mediator as mine")
	w.has(w.ask(w.acme, "us-iran", "mute rule:nobodys for 1h"), "no rule")
	w.print("observer", named, cricket)
	w.once(a)
	w.counts(w.Server, map[string]int{"negotiations": 1, "us-iran": 1, "desk": 0}) // nobody at home claims the first; wickets are its rule
	w.counts(w.acme, map[string]int{"negotiations": 0, "us-iran": 1, "desk": 1})
	w.counts(w.beta, map[string]int{"negotiations": 1, "us-iran": 0, "desk": 0})
	for _, s := range []*standin.Server{w.Server, w.acme, w.beta} {
		for _, p := range s.Posts() {
			if strings.Contains(p.Text, "T0") {
				t.Errorf("a message tells of a team: %s", p.Text)
			}
		}
	}

	// What people made is known in their workspace alone; what happened, everywhere.
	w.has(w.ask(w.acme, "desk", "latest"), "Muscat")
	w.has(w.ask(w.beta, "desk", "latest"), "Muscat")
	for s, own := range map[*standin.Server][]string{w.Server: {"mine"}, w.acme: {"mine", "us-iran", "US–Iran"}, w.beta: {"mine", "talks-cancelled"}} {
		all := ""
		for _, command := range []string{"subscriptions all", "audit all", "rules", "mutes all", "why D-1"} {
			all += w.ask(s, "desk", command) + "\n"
		}
		for _, foreign := range []string{"talks-cancelled", "T0ACME", "T0BETA"} {
			if strings.Contains(all, foreign) && !strings.Contains(strings.Join(own, " "), foreign) {
				t.Errorf("%s sees %s:\n%s", s.TeamID(), foreign, all)
			}
		}
	}
	if got := w.ask(w.beta, "us-iran", "rule mine"); strings.Contains(got, "Muscat") || strings.Contains(got, "wickets") {
		t.Errorf("beta sees another's rule: %s", got)
	}
	w.has(w.ask(w.acme, "us-iran", "why D-1"), "us-iran")
	w.has(w.ask(w.beta, "desk", "unsubscribe us-iran"), "no subscription")

	// What one mutes, others hear.
	w.has(w.ask(w.acme, "us-iran", "mute us-iran for 8h"), "Done")
	w.later(time.Hour)
	w.print("observer", ended)
	w.once(a)
	w.counts(w.acme, map[string]int{"us-iran": 1})
	w.counts(w.beta, map[string]int{"negotiations": 2})
	w.later(9 * time.Hour)
	w.once(a)
	w.counts(w.acme, map[string]int{"us-iran": 2})
	if last := w.acme.Messages("us-iran"); !strings.Contains(last[len(last)-1].Text+last[len(last)-2].Text, "is over") {
		t.Errorf("acme was not told that its mute is over: %+v", last)
	}
	w.noneLeaked()
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

// An installation is one browser's, within ten minutes, once; whatever else comes
// to the door is told so in a sentence, and nothing is stored.
func TestInstallationIsGuarded(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	callback := "/slack/oauth/callback"
	agree := func(b *browser) string {
		back, err := w.cloud.Agree(b.begin(), "T0ACME", "U1")
		if err != nil {
			t.Fatal(err)
		}
		return back
	}
	nothing := func(why string) {
		t.Helper()
		if list, err := a.Store().Workspaces(t.Context()); err != nil || len(list) != 0 {
			t.Errorf("%s: there are workspaces %v, %v", why, list, err)
		}
		if n := w.cloud.Exchanges(); n != 0 {
			t.Errorf("%s: Slack was asked %d times", why, n)
		}
	}

	b := w.browser(a)
	slack, err := url.Parse(b.begin())
	if err != nil {
		t.Fatal(err)
	}
	if q := slack.Query(); q.Get("scope") != "commands,chat:write" || q.Get("redirect_uri") != publicURL+callback || len(q.Get("state")) < 40 {
		t.Errorf("it asks for %v", q)
	}
	if c := b.cookies["__Host-parley-install"]; c == nil || !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 600 {
		t.Errorf("the cookie is %+v", c)
	}
	if strings.Contains(slack.String(), standin.DefaultClientSecret) {
		t.Error("the secret of the client stands in the address")
	}
	if optional, err := url.Parse(b.get("/slack/install?optional=1").Header.Get("Location")); err != nil || !strings.Contains(optional.Query().Get("scope"), "channels:history") {
		t.Errorf("optional scopes are not asked for: %v, %v", optional, err)
	}

	b.page(callback+"?code=x", http.StatusForbidden, "Begin again")
	b.page(callback+"?code=x&state=", http.StatusForbidden, "Begin again")
	b.page(callback+"?code=x&state=made.up.state", http.StatusForbidden, "did not begin")
	back := agree(b)
	w.browser(a).page(back, http.StatusForbidden, "did not begin") // without the cookie
	other := w.browser(a)
	other.begin()
	other.page(back, http.StatusForbidden, "did not begin") // with another one's
	nothing("foreign")

	back = agree(b)
	u, _ := url.Parse(back)
	q := u.Query()
	for i, part := range strings.Split(q.Get("state"), ".") { // every part counts
		changed := strings.Split(q.Get("state"), ".")
		flip := byte('A')
		if part[0] == 'A' || part[0] == 'a' {
			flip = 'B'
		}
		changed[i] = string(flip) + part[1:]
		mine := w.browser(a)
		mine.cookies = map[string]*http.Cookie{}
		for k, v := range b.cookies {
			mine.cookies[k] = v
		}
		mine.page(callback+"?code="+q.Get("code")+"&state="+url.QueryEscape(strings.Join(changed, ".")), http.StatusForbidden, "did not begin")
	}
	late := agree(b)
	w.later(10 * time.Minute)
	b.page(late, http.StatusForbidden, "ten minutes")
	nothing("late")

	declined, err := w.cloud.Decline(b.begin())
	if err != nil {
		t.Fatal(err)
	}
	b.page(declined, http.StatusOK, "declined in Slack", "Begin again")
	state := strings.TrimPrefix(b.begin(), "x")
	u, _ = url.Parse(state)
	b.page(callback+"?error=%3Cscript%3Einvalid_scope&state="+url.QueryEscape(u.Query().Get("state")), http.StatusBadGateway, "invalid_scope")
	nothing("refused")

	// Twice with one state, also with the cookie that it was made for.
	back = agree(b)
	kept := b.cookies["__Host-parley-install"]
	b.page(back, http.StatusOK, "parley is installed in Acme &lt;News&gt;")
	if b.cookies["__Host-parley-install"] != nil {
		t.Error("the cookie stays")
	}
	b.cookies[kept.Name] = kept
	b.page(back, http.StatusForbidden, "completed or given up already")
	if n := w.cloud.Exchanges(); n != 1 {
		t.Errorf("Slack was asked %d times", n)
	}

	for code, says := range map[string]string{
		"bad_client_secret": "SLACK_CLIENT_SECRET", "code_already_used": "begin again", "bad_redirect_uri": "Redirect URLs", "internal_error": "internal_error",
	} {
		w.cloud.FailExchange(code)
		b.page(agree(b), http.StatusBadGateway, says)
	}
	// The home workspace is served already.
	home, err := w.cloud.Agree(b.begin(), "T0HOME", "U1")
	if err != nil {
		t.Fatal(err)
	}
	b.page(home, http.StatusOK, "served already")
	if list, err := a.Store().Workspaces(t.Context()); err != nil || len(list) != 1 || list[0].Team != "T0ACME" || list[0].InstalledBy != "U1" {
		t.Errorf("there are workspaces %v, %v", list, err)
	}
	w.noneLeaked()
}

// What is stored of a workspace goes when it removes parley, all of it, and of no
// other.
func TestUninstallWipes(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	a := w.open(w.conf(""))
	w.install(a, "T0ACME")
	w.install(a, "T0BETA")
	w.once(a)
	for _, s := range []*standin.Server{w.acme, w.beta} {
		w.has(w.ask(s, "us-iran", "subscribe us-iran"), "Done")
		w.has(w.ask(s, "us-iran", "subscribe kind:setback as digest 08:00 weekdays"), "Done")
		w.makeIn(s, "desk", "watch Muscat as mine")
	}
	w.print("observer", named)
	w.once(a)
	for _, s := range []*standin.Server{w.acme, w.beta} {
		w.has(w.ask(s, "us-iran", "wrong D-1 kind talks-ended"), "Noted")
		w.has(w.ask(s, "us-iran", "wrong D-1 nothing Acme and Beta say so"), "Noted")
		w.has(w.ask(s, "us-iran", "mute all for 8h"), "Done")
	}
	w.later(time.Hour)
	w.print("observer", ended)
	w.once(a)
	if n := w.rowsOf("T0ACME"); n < 12 {
		t.Fatalf("only %d values are of acme: the test does not see what is stored", n)
	}

	// An event that comes late does not undo a later installation.
	early := w.clock()
	w.later(time.Minute)
	w.install(a, "T0ACME")
	if _, ok, err := a.Store().Wipe(t.Context(), "T0ACME", early); ok || err != nil {
		t.Errorf("a late event wipes a later installation: %v, %v", ok, err)
	}
	if err := w.acme.Event(soon(t), map[string]any{"type": "tokens_revoked", "tokens": map[string]any{"oauth": []string{"U1"}, "bot": []string{}}}); err != nil {
		t.Fatal(err)
	}
	w.has(w.ask(w.acme, "us-iran", "subscriptions all"), "Mine", "US–Iran")

	before := w.rowsOf("T0BETA")
	if err := w.acme.Uninstall(soon(t)); err != nil {
		t.Fatal(err)
	}
	w.until("acme is wiped", func() bool { return w.rowsOf("T0ACME") == 0 })
	w.until("it is told", func() bool {
		return strings.Contains(w.logs(), "everything of it is wiped") && strings.Contains(w.logs(), "team=T0ACME subscriptions=3 mutes=1 rules=1")
	})
	if now := w.rowsOf("T0BETA"); now != before {
		t.Errorf("of beta there are %d values now, and were %d", now, before)
	}
	if n := strings.Count(w.logs(), "everything of it is wiped"); n != 1 {
		t.Errorf("it is told %d times", n)
	}
	w.has(w.ask(w.acme, "us-iran", "subscriptions"), "not installed")
	labels, err := a.Store().Feedback(t.Context())
	if err != nil || len(labels) != 4 {
		t.Errorf("labels: %+v, %v", labels, err)
	}
	for _, f := range labels {
		if f.Author == "" && (f.Channel != "" || strings.Contains(f.Right, "Acme")) {
			t.Errorf("a label still says who said it: %+v", f)
		}
	}

	posts := len(w.acme.Posts())
	w.later(9 * time.Hour)
	w.print("observer", "Iran walks out of talks with the US in Muscat, Oman says")
	w.once(a)
	if n := len(w.acme.Posts()); n != posts {
		t.Errorf("%d messages went to a workspace that has removed parley", n-posts)
	}
	if n := w.rowsOf("T0ACME"); n != 0 {
		t.Errorf("%d values are of acme again", n)
	}
	w.close(a)

	// It may come back, with nothing of what it had.
	a = w.open(w.conf(""))
	defer w.close(a)
	w.install(a, "T0ACME")
	w.has(w.ask(w.acme, "us-iran", "subscriptions"), "subscribed to nothing")
	w.noneLeaked()
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

// A workspace that refuses its token is left alone; all others get their alerts.
func TestOneWorkspaceStops(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	w.install(a, "T0ACME")
	w.install(a, "T0BETA")
	w.once(a)
	for _, s := range []*standin.Server{w.acme, w.beta} {
		w.has(w.ask(s, "us-iran", "subscribe us-iran"), "Done")
		w.has(w.ask(s, "desk", "subscribe us-iran"), "Done")
	}
	w.acme.Revoke()
	w.print("observer", named)
	w.once(a)
	w.counts(w.Server, map[string]int{"negotiations": 1})
	w.counts(w.acme, map[string]int{"us-iran": 0})
	w.counts(w.beta, map[string]int{"us-iran": 1, "desk": 1})
	w.outbox(a, 2, 0, 3)
	if n := strings.Count(w.logs(), "a workspace takes no messages"); n != 1 || !strings.Contains(w.logs(), "account_inactive") {
		t.Errorf("it is told %d times:\n%s", n, w.logs())
	}
	// A limit of one workspace's channel is nobody else's, though the ids are the same.
	w.acme.Fail(standin.Fault{Kind: standin.RateLimited, Method: "chat.postMessage", Channel: "desk", RetryAfter: 50 * time.Minute, Times: 1})
	w.install(a, "T0ACME")
	w.later(time.Second)
	w.once(a)
	w.counts(w.acme, map[string]int{"us-iran": 1, "desk": 0})
	w.later(time.Hour)
	w.once(a)
	w.counts(w.acme, map[string]int{"desk": 1})
	w.outbox(a, 0, 0, 5)

	// The home workspace may be the one that stops.
	w.has(w.ask(w.Server, "desk", "subscribe us-iran"), "Done")
	w.Fail(standin.Fault{Kind: standin.TokenRefused, Method: "chat.postMessage", Times: 1})
	w.print("observer", ended)
	w.once(a)
	w.counts(w.Server, map[string]int{"desk": 0})
	w.counts(w.beta, map[string]int{"us-iran": 2})
	w.later(time.Hour)
	w.once(a)
	w.counts(w.Server, map[string]int{"desk": 1})
}

// Tokens that run out are renewed: before, and when Slack says that they are over;
// once, by however many, and what is new is stored before it is used.
func TestTokensAreRenewed(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	w.cloud.Lifetime = 12 * time.Hour
	a := w.open(w.conf(""))
	defer w.close(a)
	w.install(a, "T0ACME")
	w.once(a)
	w.has(w.ask(w.acme, "us-iran", "subscribe us-iran"), "Done")
	exchanges := w.cloud.Exchanges()
	post := func(title string, want, renewed int) {
		t.Helper()
		w.print("observer", title)
		w.once(a)
		w.counts(w.acme, map[string]int{"us-iran": want})
		if n := w.cloud.Exchanges() - exchanges; n != renewed {
			t.Errorf("Slack was asked %d times to renew, not %d", n, renewed)
		}
	}
	post(named, 1, 0)
	w.later(11 * time.Hour) // ahead of time
	post(ended, 2, 1)
	w.acme.Expire() // earlier than it said
	post("Iran walks out of talks with the US in Muscat, Oman says", 3, 2)
	// Two parleys on one database renew once.
	b := w.open(w.conf(""))
	defer w.close(b)
	w.later(11 * time.Hour)
	done := make(chan error, 8)
	for i := range 8 {
		on := []*app.App{a, b}[i%2]
		go func() {
			_, err := on.TokenOf(t.Context(), "T0ACME")
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if n := w.cloud.Exchanges() - exchanges; n != 3 {
		t.Errorf("eight who ask at once renew %d times", n-2)
	}
	// While Slack cannot renew, the old one is used as long as it is good; then the
	// alerts wait, and the log says what to do.
	w.later(11 * time.Hour)
	w.cloud.FailExchange("internal_error")
	w.print("observer", "Iran and US agree to resume talks in Muscat on 9 December, Oman says")
	w.once(a)
	w.cloud.Drop("T0ACME")
	w.acme.Expire()
	w.later(2 * time.Minute)
	posts := len(w.acme.Posts())
	w.print("observer", "US says fourth round of talks with Iran will be held in Rome on 20 December")
	w.once(a)
	if n := len(w.acme.Posts()); n != posts {
		t.Errorf("%d messages went out without a token", n-posts)
	}
	w.has(w.logs(), "must install parley again")
	w.install(a, "T0ACME")
	w.later(time.Minute)
	w.once(a)
	if n := len(w.acme.Posts()); n <= posts {
		t.Error("what waited for a token is lost")
	}
	w.noneLeaked()
}

// Keys are rotated without a word to anybody; one that is lost costs the workspaces
// that it sealed, and says so.
func TestKeysAreRotated(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	a := w.open(w.conf(""))
	w.install(a, "T0ACME")
	w.once(a)
	w.has(w.ask(w.acme, "us-iran", "subscribe us-iran"), "Done")
	w.close(a)

	w.token.TokenKey = secondKey + "," + firstKey
	a = w.open(w.conf("")) // seals them anew
	w.close(a)
	w.token.TokenKey = secondKey
	a = w.open(w.conf(""))
	w.install(a, "T0BETA")
	w.has(w.ask(w.beta, "us-iran", "subscribe us-iran"), "Done")
	w.print("observer", named)
	w.once(a)
	w.counts(w.acme, map[string]int{"us-iran": 1})
	w.close(a)

	w.token.TokenKey = firstKey
	a = w.open(w.conf(""))
	w.has(w.logs(), "the tokens of Acme <News> (T0ACME), Beta (T0BETA) cannot be read with PARLEY_TOKEN_KEY")
	w.has(w.ask(w.acme, "us-iran", "latest"), "Muscat") // what needs no token still works
	w.install(a, "T0BETA")
	w.later(time.Hour)
	w.print("observer", ended)
	w.once(a)
	w.counts(w.beta, map[string]int{"us-iran": 2})
	w.counts(w.acme, map[string]int{"us-iran": 1})
	w.close(a)
	w.token.TokenKey = firstKey + " " + secondKey
	a = w.open(w.conf(""))
	w.later(time.Hour)
	w.once(a)
	w.counts(w.acme, map[string]int{"us-iran": 2})
	w.close(a)

	for _, bad := range []string{"", "short", firstKey + ",not-a-key-but-a-secret"} {
		w.token.TokenKey = bad
		_, err := app.New(t.Context(), w.conf(""), app.Options{Secrets: w.token, Log: quietLog(), Now: w.clock, Terminal: io.Discard})
		if err == nil || !strings.Contains(err.Error(), "PARLEY_TOKEN_KEY") || strings.Contains(err.Error(), "secret") && bad != "" || strings.Contains(err.Error(), firstKey) {
			t.Errorf("with the key %q: %v", bad, err)
		}
	}
	w.noneLeaked()
}

// The doctor tells of each workspace what holds there.
func TestDoctorLooksAtWorkspaces(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	w.cloud.Lifetime = 12 * time.Hour
	k := w.conf("listen: 127.0.0.1:8067")
	a := w.open(k)
	w.install(a, "T0ACME")
	w.install(a, "T0BETA")
	w.has(w.ask(w.acme, "us-iran", "subscribe us-iran"), "Done")
	w.close(a)
	look := func() string {
		var all []string
		for _, f := range k.Examine(t.Context(), w.token, w.clock(), false, quietLog()).Found {
			all = append(all, f.Is.Mark()+" "+f.About+": "+f.Says)
		}
		return strings.Join(all, "\n")
	}
	said := look()
	w.has(said,
		"✓ workspaces: 2 workspaces; further ones install parley at "+publicURL+"/slack/install",
		"✓ Acme <News>: posts as @parley in the workspace Acme",
		"is valid until 2026-11-20 22:00 UTC", "it was granted commands, chat:write", "· Acme <News>: channels:read is not granted", "(team T0BETA)")
	if strings.Contains(said, "✗ Beta") {
		t.Errorf("something is wrong with beta:\n%s", said)
	}
	w.beta.Revoke()
	w.has(look(), "✗ Beta: Slack does not accept the token of this workspace any more", "✓ Acme")
	w.token.TokenKey = secondKey
	w.has(look(), "✗ Acme <News>: its tokens cannot be read with PARLEY_TOKEN_KEY")
	k.Config.PublicURL = ""
	w.has(look(), "set slack.public_url")
	w.token.ClientID = ""
	w.has(look(), "✗ workspaces: Acme <News> (T0ACME), Beta (T0BETA) have installed parley and are not served")
}

// A parley that has no home workspace serves those that install it; what the
// configuration addresses goes to the terminal. Their requests come over the one
// Socket Mode connection of the app.
func TestWithoutAHome(t *testing.T) {
	t.Parallel()
	w := &teams{world: newWorld(t, standin.Options{TeamID: "T0OTHER"})}
	w.acme, w.beta = w.Server, w.Server
	w.token.BotToken, w.token.AppToken = "", standin.DefaultAppToken
	w.token.ClientID, w.token.ClientSecret, w.token.TokenKey = standin.DefaultClientID, standin.DefaultClientSecret, firstKey
	gamma := standin.New(standin.Options{TeamID: "T0GAMMA", Workspace: "Gamma", Now: w.clock, Via: w.Server})
	t.Cleanup(func() { gamma.Close() })
	gamma.AddUser(standin.User{Name: "maya"})
	gamma.AddChannel(standin.Channel{Name: "us-iran"})
	if err := gamma.Invite("us-iran", ""); err != nil {
		t.Fatal(err)
	}
	cloud := standin.NewCloud(w.Server, gamma)
	cloud.RedirectURLs = []string{publicURL + "/slack/oauth/callback"}
	srv := httptest.NewServer(cloud.Handler())
	t.Cleanup(srv.Close)
	cloud.SetURL(srv.URL)
	w.cloud, w.token.APIURL = cloud, srv.URL+"/api/"
	var terminal strings.Builder
	a, err := app.New(t.Context(), w.conf("listen: \"\""), app.Options{
		Secrets: w.token, Log: slog.New(slog.NewTextHandler(w, nil)), Now: w.clock, Terminal: &terminal, Pace: time.Nanosecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer w.close(a)
	w.install(a, "T0GAMMA")
	stop := w.start(a)
	if err := w.WaitConnected(soon(t)); err != nil {
		t.Fatal(err)
	}
	w.has(w.ask(gamma, "us-iran", "subscribe us-iran"), "Done")
	if r, err := w.Slash(soon(t), "maya", "desk", "/parley", "latest"); err != nil || !strings.Contains(r.Answers[0].Text, "not installed in this workspace") {
		t.Errorf("a workspace that is not served is told %+v, %v", r, err)
	}
	if err := gamma.Uninstall(soon(t)); err != nil {
		t.Fatal(err)
	}
	w.until("gamma is wiped", func() bool { return strings.Contains(w.logs(), "everything of it is wiped") })
	w.install(a, "T0GAMMA")
	w.has(w.ask(gamma, "us-iran", "subscribe us-iran"), "Done")
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	w.once(a)
	w.print("observer", named)
	w.once(a)
	w.counts(gamma, map[string]int{"us-iran": 1})
	w.has(terminal.String(), "Muscat")
}

// Without a client id everything is as it was, but that a database with workspaces
// in it says so, and keeps what is meant for them.
func TestSeveralAreSwitchedOff(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	a := w.open(w.conf(""))
	w.install(a, "T0ACME")
	w.once(a)
	w.has(w.ask(w.acme, "us-iran", "subscribe us-iran"), "Done")
	w.close(a)
	id := w.token.ClientID
	w.token.ClientID = ""
	a = w.open(w.conf(""))
	w.has(w.logs(), "are not served, since SLACK_CLIENT_ID is not set: Acme <News> (T0ACME)")
	if res := w.browser(a).get("/slack/install"); res.StatusCode != http.StatusNotFound {
		t.Errorf("/slack/install answers %s", res.Status)
	}
	w.print("observer", named)
	w.once(a)
	w.counts(w.Server, map[string]int{"negotiations": 1})
	w.counts(w.acme, map[string]int{"us-iran": 0})
	w.has(w.ask(w.Server, "us-iran", "subscriptions all"), "Nothing is subscribed")
	w.close(a)
	w.token.ClientID = id
	a = w.open(w.conf(""))
	defer w.close(a)
	w.later(time.Hour)
	w.print("observer", ended)
	w.once(a)
	w.counts(w.acme, map[string]int{"us-iran": 1})
}
