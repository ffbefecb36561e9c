package app_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/app"
	"parley/internal/config"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

func TestExampleConfiguration(t *testing.T) {
	k, problems := app.Configure("config.example.yaml", parley.ExampleConfig)
	if k == nil || len(problems) > 0 {
		t.Fatalf("the example has problems:\n%v", problems)
	}
	// The examples name weekdays, so that what they mean depends on the day.
	for day := range 7 {
		if problems := k.CheckExamples(start.AddDate(0, 0, day)); len(problems) > 0 {
			t.Errorf("on %s examples of rules fail:\n%v", start.AddDate(0, 0, day).Weekday(), problems)
		}
	}
}

func TestOnceAndOnceMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	a := w.open(w.conf(""))
	defer w.close(a)
	w.print("observer", ended)
	if s := w.once(a); !s.Reports[0].Baseline || s.Reports[0].Summary.Items != 1 || s.Delivery.Sent != 0 {
		t.Errorf("the first check: %+v", s)
	}
	w.later(5 * time.Minute)
	w.print("observer", cricket, noDate, named, history)
	if s := w.once(a); s.Reports[0].Summary.Items != 4 || s.Delivery.Sent != 1 {
		t.Errorf("the second check: %+v", s)
	}
	w.later(5 * time.Minute)
	if s := w.once(a); s.Reports[0].Summary.Items != 0 || s.Delivery.Sent != 0 {
		t.Errorf("the third check: %+v", s)
	}
	w.holds("negotiations", 1)
	w.has(w.cards("negotiations")[0].Text, "Oman", "Tue 24 Nov")
	for _, c := range []string{"us-iran", "desk"} {
		w.holds(c, 0)
	}
}

// Two outlets, one development: the second report is no second alert.
func TestOneDevelopmentOfTwoOutletsIsOneAlert(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	a := w.open(w.conf("", "observer", "dawn"))
	defer w.close(a)
	w.once(a)
	w.print("observer", named)
	w.once(a)
	w.later(time.Hour)
	w.print("dawn", "Next round of Iran-US talks will be held in Muscat on Tuesday, Oman says")
	w.once(a)
	w.holds("negotiations", 1)
	developments, err := a.Store().Developments(t.Context(), news.Filter{})
	if err != nil || len(developments) != 1 || len(developments[0].Sources) != 2 {
		t.Errorf("%+v, %v", developments, err)
	}
}

func TestSocketMode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	w.token.AppToken = w.AppToken()
	k := w.conf("")
	a := w.open(k)
	defer w.close(a)
	stop := w.start(a)
	if err := w.WaitConnected(soon(t)); err != nil {
		t.Fatal(err)
	}
	conversation(w, a, k)
	if err := stop(); err != nil {
		t.Errorf("Run ends with %v", err)
	}
	if err := w.WaitFor(soon(t), func() bool { return w.Connections() == 0 }); err != nil {
		t.Errorf("after the stop %d connections are open", w.Connections())
	}
}

func TestSignedHTTP(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	k := w.conf("")
	a := w.open(k)
	defer w.close(a)
	stop := w.start(a)
	conversation(w, a, k)
	if err := stop(); err != nil {
		t.Errorf("Run ends with %v", err)
	}
}

// conversation is what a team does on its first day, however Slack reaches us.
func conversation(w *world, a *app.App, k *app.Knowledge) {
	w.t.Helper()
	w.has(w.slash("us-iran", "subscribe us-iran"), "alerts for", "US–Iran talks")
	said, err := w.WaitMessage(soon(w.t), "us-iran", func(m standin.Message) bool { return m.OnlyFor == "" && strings.Contains(m.Text, "subscribed") })
	if err != nil {
		w.t.Fatal(err)
	}
	w.has(said.Text, "<@U", "US–Iran talks")
	w.has(w.slash("us-iran", "subscriptions"), "US–Iran talks", "<@U")
	w.has(w.slash("us-iran", "latset"), "no command", "/parley latest")
	w.has(w.slash("us-iran", "subscribe us-irna"), "Did you mean", "us-iran")

	// Feeds are checked as the clock says; Reload makes the watch look at it.
	checked := func(checks int) {
		w.t.Helper()
		w.later(10 * time.Minute)
		if err := a.Reload(w.t.Context(), k); err != nil {
			w.t.Fatal(err)
		}
		waitUntil(w.t, func() bool {
			feeds, err := a.Store().Feeds(w.t.Context())
			return err == nil && feeds[0].Checks >= checks
		})
	}
	checked(1)
	w.print("observer", cricket, named, noDate)
	checked(2)
	if _, err := w.WaitMessage(soon(w.t), "us-iran", func(m standin.Message) bool { return m.Metadata != nil }); err != nil {
		w.t.Fatal(err)
	}
	checked(3)
	w.holds("us-iran", 1)
	w.holds("negotiations", 0) // the channel has claimed it
	w.has(w.slash("us-iran", "latest us-iran"), "Oman", "24 Nov")
	w.has(w.slash("us-iran", "next"), "24 Nov")
	card := w.cards("us-iran")[0]
	pressed, err := w.Click(soon(w.t), "maya", card, "Why?")
	if err != nil {
		w.t.Fatal(err)
	}
	answers, err := w.WaitAnswers(soon(w.t), pressed, 1)
	if err != nil {
		w.t.Fatal(err)
	}
	w.has(answers[0].Text, "Mediator names a date* matches: `by:mediator` said by oman, a mediator", "Sent to this channel")
	w.has(w.slash("us-iran", "why D-1"), "`date:upcoming` 2026-11-24")
	w.has(w.slash("us-iran", "test by:party kind:talks over 2d"), "No hit")
	w.has(w.slash("us-iran", "test by:mediator kind:talks over 2d"), "1 hit", "Every hit is matched by a rule", "Best examples: "+named)
	w.has(w.slash("us-iran", "feeds"), "observer is well")
	w.has(w.slash("us-iran", "unsubscribe us-iran"), "no more alerts", "US–Iran talks")
	subs, err := a.Store().Subscriptions(w.t.Context())
	if err != nil || len(subs) != 0 {
		w.t.Errorf("after unsubscribe there are %v, %v", subs, err)
	}
	w.print("observer", ended)
	checked(4)
	if len(w.Duplicates()) > 0 {
		w.t.Errorf("posted twice: %+v", w.Duplicates())
	}
	w.holds("us-iran", 1)
}

// waitUntil asks again and again, as the store tells nobody when it changes.
func waitUntil(t *testing.T, ready func() bool) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := soon(t)
	for !ready() {
		select {
		case <-tick.C:
		case <-limit.Done():
			t.Fatal("it does not happen")
		}
	}
}

// Requests that Slack did not sign, or not now, or that come again, are answered
// with 401 and do nothing.
func TestForgedAndReplayedRequests(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	w.has(w.slash("us-iran", "subscribe us-iran"), "alerts for")
	if _, err := w.WaitMessage(soon(t), "us-iran", func(m standin.Message) bool { return m.OnlyFor == "" }); err != nil {
		t.Fatal(err)
	}
	genuine := w.took[0]
	body, err := io.ReadAll(genuine.Body)
	if err != nil {
		t.Fatal(err)
	}
	forDesk := bytes.Replace(body, []byte("us-iran"), []byte("kind%3Atalks"), 1)
	posts := len(w.Posts())
	for name, r := range map[string]struct {
		header http.Header
		body   []byte
	}{
		"replayed":         {genuine.Header, body},
		"changed":          {genuine.Header, forDesk},
		"another secret":   {standin.Sign("guess", w.clock(), forDesk), forDesk},
		"an empty secret":  {standin.Sign("", w.clock(), forDesk), forDesk},
		"six minutes old":  {standin.Sign(standin.DefaultSigningSecret, w.clock().Add(-6*time.Minute), forDesk), forDesk},
		"six minutes fast": {standin.Sign(standin.DefaultSigningSecret, w.clock().Add(6*time.Minute), forDesk), forDesk},
		"unsigned":         {http.Header{}, forDesk},
	} {
		for _, path := range []string{"/slack/commands", "/slack/interactive", "/slack/events"} {
			q := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(r.body))
			q.Header = r.header.Clone()
			q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			answer := httptest.NewRecorder()
			a.Handler().ServeHTTP(answer, q)
			if answer.Code != http.StatusUnauthorized {
				t.Errorf("%s to %s: %d %s", name, path, answer.Code, answer.Body)
			}
		}
	}
	subs, err := a.Store().Subscriptions(t.Context())
	if err != nil || len(subs) != 1 || len(w.Posts()) != posts {
		t.Errorf("refused requests had an effect: %v, %v, %d posts of %d", subs, err, len(w.Posts()), posts)
	}

	// Without a signing secret there is no such door at all.
	w.token.SigningSecret = ""
	closed := w.open(w.conf(""))
	defer w.close(closed)
	answer := httptest.NewRecorder()
	closed.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodPost, "/slack/commands", bytes.NewReader(body)))
	if answer.Code != http.StatusNotFound {
		t.Errorf("without a secret: %d", answer.Code)
	}
}

func TestReloadAddsRuleAndFeed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	a := w.open(w.conf(""))
	defer w.close(a)
	w.once(a)
	w.print("observer", ended)
	w.later(5 * time.Minute)
	w.once(a)
	w.holds("negotiations", 0) // no rule asks for it

	w.print("dawn", "Iran-US talks postponed, Oman says")
	more := w.conf("rules:\n  - {name: round-ended, when: \"kind:talks-ended\"}\n  - {name: off, when: \"kind:talks-postponed\"}\n", "observer", "dawn")
	if err := a.Reload(t.Context(), more); err != nil {
		t.Fatal(err)
	}
	s := w.once(a)
	if len(s.Reports) != 2 || !s.Reports[0].Baseline || s.Reports[0].Summary.Items != 1 {
		t.Errorf("the new feed has its baseline: %+v", s.Reports)
	}
	w.holds("negotiations", 0)
	w.later(time.Hour)
	w.print("observer", "Third round of Iran-US talks ends in Doha, Qatar says")
	w.once(a)
	w.holds("negotiations", 1)

	// A feed that is taken out is not asked any more, and what it brought stays.
	if err := a.Reload(t.Context(), w.conf("", "dawn")); err != nil {
		t.Fatal(err)
	}
	if s := w.once(a); len(s.Reports) != 1 || s.Reports[0].Feed != "dawn" {
		t.Errorf("after a feed was taken out: %+v", s.Reports)
	}
	if _, ok, err := a.Store().ItemByLink(t.Context(), "https://observer.example/observer-0"); !ok || err != nil {
		t.Errorf("an item of a feed that was taken out is gone: %v", err)
	}
}

// A parley that runs takes a feed up as soon as the configuration names it,
// though its clock stands still.
func TestReloadWhileRunning(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	stop := w.start(a)
	checked := func(name string) {
		t.Helper()
		waitUntil(t, func() bool {
			feeds, err := a.Store().Feeds(t.Context())
			for _, f := range feeds {
				if f.Name == name {
					return err == nil && f.Checks > 0
				}
			}
			return false
		})
	}
	checked("observer")
	for _, name := range []string{"dawn", "dusk", "noon"} {
		if err := a.Reload(t.Context(), w.conf("rules: [{name: after-"+name+", when: \"kind:talks\"}]", "observer", name)); err != nil {
			t.Fatal(err)
		}
		checked(name)
		w.has(w.slash("desk", "feeds"), name+" is well")
		w.has(w.slash("desk", "rules"), "after-"+name)
	}
	if err := stop(); err != nil {
		t.Errorf("Run ends with %v", err)
	}
}

// What somebody subscribes to counts from the next item on.
func TestSubscriptionsCountAtOnce(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	a := w.open(w.conf(""))
	w.once(a)
	w.slash("us-iran", "subscribe us-iran")
	w.print("observer", ended) // which no rule asks for
	w.once(a)
	w.holds("us-iran", 1)
	w.close(a)

	// It is kept over a restart,
	a = w.open(w.conf(""))
	defer w.close(a)
	w.later(time.Hour)
	w.print("observer", named)
	w.once(a)
	w.holds("us-iran", 2)
	w.holds("negotiations", 0)

	// until it is ended.
	w.slash("us-iran", "unsubscribe us-iran")
	w.later(time.Hour)
	w.print("observer", "Iran-US talks postponed, Oman says")
	w.once(a)
	w.holds("us-iran", 2)
}

// A subscription to a rule that the configuration no longer has is left out and
// told, and the others are served.
func TestSubscriptionToARuleThatIsGone(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	a := w.open(w.conf(""))
	defer w.close(a)
	w.once(a)
	w.slash("desk", "subscribe rule:mediator-names-date")
	w.slash("us-iran", "subscribe us-iran")
	if err := a.Reload(t.Context(), w.conf("rules: [{name: off, when: \"kind:talks-postponed\"}]")); err != nil {
		t.Fatal(err)
	}
	w.print("observer", named)
	w.once(a)
	w.holds("us-iran", 1)
	w.holds("desk", 0)
	w.mu.Lock()
	defer w.mu.Unlock()
	w.has(w.log.String(), "not understood any more", "rule:mediator-names-date")
}

func TestHealthAndMetrics(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	a := w.open(w.conf("", "observer", "missing"))
	w.pages["missing"] = http.NotFound
	w.once(a)
	w.print("observer", named)
	w.once(a)
	get := func(path string) (int, string) {
		answer := httptest.NewRecorder()
		a.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, http.NoBody))
		return answer.Code, answer.Body.String()
	}
	if code, body := get("/healthz"); code != http.StatusOK || body != `{"status":"ok","pending":0,"parked":0,"sent":1}`+"\n" {
		t.Errorf("health: %d %s", code, body)
	}
	code, body := get("/metrics")
	if code != http.StatusOK {
		t.Errorf("metrics: %d", code)
	}
	w.has(body, `parley_checks_total{outcome="new"} 2`, `parley_checks_total{outcome="failed"} 2`, "parley_items_total 1", "parley_developments_total 1",
		`parley_posts_total{outcome="sent"} 1`, "parley_outbox_pending 0", "parley_fetch_seconds")
	w.close(a)
	if code, _ := get("/healthz"); code != http.StatusServiceUnavailable {
		t.Errorf("health without a database: %d", code)
	}
}

// What answers over HTTP is nothing for browsers: no script runs in it, no frame
// shows it, and none keeps it.
func TestHeaders(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	a := w.open(w.conf(""))
	for _, path := range []string{"/healthz", "/metrics", "/slack/commands", "/nowhere"} {
		answer := httptest.NewRecorder()
		a.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodPost, path, http.NoBody))
		h := answer.Header()
		if h.Get("Content-Security-Policy") != "default-src 'none'; frame-ancestors 'none'" || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, h)
		}
	}
}

// Without `listen` nothing listens, and an address that others reach is told of.
func TestListen(t *testing.T) {
	for listen, told := range map[string]bool{
		"": false, "127.0.0.1:8067": false, "localhost:8067": false, "[::1]:8067": false,
		":8067": true, "0.0.0.0:8067": true, "192.0.2.7:8067": true, "parley.example:8067": true,
	} {
		k, problems := app.Configure("parley.yaml", fmt.Appendf(nil, "listen: %q\ndatabase: %s/none.db\n", listen, t.TempDir()))
		if k == nil {
			t.Fatal(problems)
		}
		found := false
		for _, d := range k.Examine(t.Context(), config.Secrets{}, time.Now(), false, quietLog()).Found {
			found = found || d.About == "listen"
		}
		if found != told {
			t.Errorf("%q: told %v", listen, found)
		}
	}
	if k, _ := app.Configure("parley.yaml", nil); k == nil || k.Config.Listen != "" {
		t.Error("parley listens though nobody said so")
	}
}
