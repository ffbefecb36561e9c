package app_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/internal/app"
	"parley/internal/demo/standin"
)

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

// What waits for a second outlet waits in each workspace by itself.
func TestOutletsAreCountedForEachWorkspace(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	k := w.world.conf("", "observer", "herald")
	k.Config.PublicURL = publicURL
	a := w.open(k)
	defer w.close(a)
	w.install(a, "T0ACME")
	w.install(a, "T0BETA")
	w.once(a)
	w.has(w.ask(w.acme, "us-iran", "subscribe kind:talks-scheduled sources:>=2"), "Done")
	w.has(w.ask(w.beta, "us-iran", "subscribe kind:talks-scheduled"), "Done")
	w.makeIn(w.beta, "desk", "watch kind:talks-scheduled sources:>=2 as mine")
	w.print("observer", named)
	w.once(a)
	w.counts(w.acme, map[string]int{"us-iran": 0})
	w.counts(w.beta, map[string]int{"us-iran": 1, "desk": 0})
	w.later(5 * time.Minute)
	w.print("herald", named)
	w.once(a)
	w.counts(w.Server, map[string]int{"negotiations": 1})
	w.counts(w.acme, map[string]int{"us-iran": 1})
	w.counts(w.beta, map[string]int{"us-iran": 1, "desk": 1})
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

// What could not be delivered in one workspace is told, and sent again, there alone.
func TestSetAsideForEachWorkspace(t *testing.T) {
	t.Parallel()
	w := newTeams(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	w.install(a, "T0ACME")
	w.install(a, "T0BETA")
	w.once(a)
	for _, s := range []*standin.Server{w.acme, w.beta} {
		w.has(w.ask(s, "desk", "subscribe us-iran"), "Done")
		if err := s.Remove("desk", ""); err != nil {
			t.Fatal(err)
		}
	}
	w.print("observer", named)
	w.once(a)
	w.outbox(a, 0, 2, 1)
	for _, s := range []*standin.Server{w.acme, w.beta} {
		w.has(w.ask(s, "us-iran", "feeds"), "Set aside: 1 message")
		if err := s.Invite("desk", ""); err != nil {
			t.Fatal(err)
		}
	}
	if home := w.ask(w.Server, "us-iran", "feeds"); strings.Contains(home, "Set aside") {
		t.Errorf("the home workspace is told of others: %s", home)
	}
	w.has(w.ask(w.Server, "us-iran", "retry"), "Nothing is set aside")
	w.has(w.ask(w.acme, "us-iran", "retry"), "Done: 1 message")
	w.later(time.Minute)
	w.once(a)
	w.counts(w.acme, map[string]int{"desk": 1})
	w.counts(w.beta, map[string]int{"desk": 0})
	w.outbox(a, 0, 1, 2)
}
