package app_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

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
	back := agree(b)
	b.page(callback+"?code=x&state=made.up.state", http.StatusForbidden, "did not begin")
	if b.cookies["__Host-parley-install"] == nil {
		t.Error("somebody else's page ends what the browser has begun")
	}
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
	for _, m := range w.acme.Messages("us-iran") {
		if m.Metadata == nil || m.Metadata.EventType != "parley_alert" {
			continue
		}
		pressed, err := w.acme.Click(soon(t), "maya", m, "Why?") // on a card that is still there
		if err != nil {
			t.Fatal(err)
		}
		answers, err := w.acme.WaitAnswers(soon(t), pressed, 1)
		if err != nil {
			t.Fatal(err)
		}
		w.has(answers[0].Text, "not installed in this workspace")
	}
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
