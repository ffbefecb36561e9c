package app_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// Slack took the message and its answer was lost: the channel is read back, and
// the message is not posted again.
func TestLostAnswerIsReconciled(t *testing.T) {
	t.Parallel()
	for _, kind := range []standin.FaultKind{standin.AppliedDropped, standin.AppliedUnavailable} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, standin.Options{})
			a := w.open(w.conf(""))
			defer w.close(a)
			w.once(a)
			w.print("observer", named)
			w.Fail(standin.Fault{Kind: kind, Method: "chat.postMessage", Times: 1})
			if s := w.once(a); s.Delivery.Sent != 0 || s.Delivery.Left != 1 {
				t.Errorf("%+v", s.Delivery)
			}
			w.later(5 * time.Minute)
			if s := w.once(a); s.Delivery.Sent != 1 || s.Delivery.Left != 0 {
				t.Errorf("%+v", s.Delivery)
			}
			w.holds("negotiations", 1)
			w.outbox(a, 0, 0, 1)
			if n := len(w.Calls("chat.postMessage")); n != 1 {
				t.Errorf("posted %d times", n)
			}
		})
	}
}

// Where the channel may not be read back, an alert that is in doubt is posted
// again and says so: twice is better than never.
func TestLostAnswerWithoutTheScopeToLook(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{Scopes: []string{"commands", "chat:write"}})
	a := w.open(w.conf(""))
	defer w.close(a)
	w.once(a)
	w.print("observer", named)
	w.Fail(standin.Fault{Kind: standin.AppliedDropped, Method: "chat.postMessage", Times: 1})
	w.once(a)
	w.later(5 * time.Minute)
	w.once(a)
	w.holds("negotiations", 2)
	w.has(w.cards("negotiations")[1].Text, "may be a repetition")
	w.outbox(a, 0, 0, 1)
}

// What surely did not arrive is posted again, once.
func TestFailedPostIsTriedAgain(t *testing.T) {
	t.Parallel()
	for _, kind := range []standin.FaultKind{standin.Dropped, standin.Unavailable, standin.BadBody} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, standin.Options{})
			a := w.open(w.conf(""))
			defer w.close(a)
			w.once(a)
			w.print("observer", named)
			w.Fail(standin.Fault{Kind: kind, Method: "chat.postMessage", Times: 1})
			w.once(a)
			w.later(5 * time.Minute)
			w.once(a)
			w.holds("negotiations", 1)
			w.outbox(a, 0, 0, 1)
		})
	}
}

func TestLimitHoldsOneChannelOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	a := w.open(w.conf("subscriptions:\n  - {channel: \"#us-iran\", to: \"negotiation:us-iran\"}\n  - {channel: \"#desk\", to: \"rule:mediator-names-date\"}\n"))
	defer w.close(a)
	w.once(a)
	w.print("observer", named)
	w.Fail(standin.Fault{Kind: standin.RateLimited, Method: "chat.postMessage", Channel: "us-iran", Times: 1, RetryAfter: 2 * time.Minute})
	if s := w.once(a); s.Delivery.Sent != 1 || s.Delivery.Left != 1 {
		t.Errorf("%+v", s.Delivery)
	}
	w.holds("desk", 1)
	w.later(time.Minute)
	w.once(a)
	if n := len(w.Calls("chat.postMessage")); n != 2 {
		t.Errorf("within the time that Slack asked for, the channel was posted to: %d calls", n)
	}
	w.later(90 * time.Second)
	w.once(a)
	w.holds("us-iran", 1)
	w.holds("desk", 1)
	w.outbox(a, 0, 0, 2)
}

// A parley that dies after Slack took a message and before it could write that
// down, or before Slack took it, leaves an outbox from which the next one goes
// on: no alert is lost, and none is read twice.
func TestKilledBetweenPostAndRecord(t *testing.T) {
	t.Parallel()
	for name, arrives := range map[string]bool{"after Slack took it": true, "before Slack took it": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, standin.Options{})
			k := w.conf("")
			first := w.open(k)
			w.once(first)
			w.print("observer", named)
			died := make(chan struct{})
			w.mu.Lock()
			w.post = func(rw http.ResponseWriter, r *http.Request) bool {
				select {
				case <-died:
					return false // the next parley
				default:
				}
				if arrives {
					w.Handler().ServeHTTP(&blackHole{}, r)
				}
				w.close(first) // with it goes all that it could have written
				close(died)
				panic(http.ErrAbortHandler)
			}
			w.mu.Unlock()
			gone := make(chan struct{})
			go func() {
				defer close(gone)
				_, _ = first.Once(t.Context()) // it cannot know how it ended
			}()
			<-died

			second := w.open(k)
			defer w.close(second)
			w.outbox(second, 1, 0, 0)
			if s := w.once(second); s.Delivery.Sent != 0 {
				t.Errorf("while the first may still be alive the second has sent: %+v", s.Delivery)
			}
			w.later(2 * time.Minute)
			if s := w.once(second); s.Delivery.Sent != 1 {
				t.Errorf("%+v", s.Delivery)
			}
			w.holds("negotiations", 1)
			w.outbox(second, 0, 0, 1)
			<-gone
		})
	}
}

// blackHole is a connection on which nothing comes back.
type blackHole struct{}

func (blackHole) Header() http.Header         { return http.Header{} }
func (blackHole) Write(b []byte) (int, error) { return len(b), nil }
func (blackHole) WriteHeader(int)             {}

// A token that Slack refuses ends the run with a sentence; nothing is lost.
func TestRefusedToken(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	a := w.open(w.conf(""))
	defer w.close(a)
	w.once(a)
	w.print("observer", named)
	mend := w.Fail(standin.Fault{Kind: standin.TokenRefused})
	_, err := a.Once(t.Context())
	if err == nil || !strings.Contains(err.Error(), "SLACK_BOT_TOKEN") || strings.Contains(err.Error(), w.BotToken()) {
		t.Errorf("a refused token ends with %v", err)
	}
	w.outbox(a, 1, 0, 0)
	mend()
	w.later(10 * time.Minute)
	w.once(a)
	w.holds("negotiations", 1)
}

// Feeds that are broken in every way are counted and shown, and those that are
// well go on; of what can be read nothing is lost.
func TestBrokenFeeds(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	serve := func(contentType, body string) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Type", contentType)
			_, _ = io.WriteString(rw, body)
		}
	}
	rss := func(items string) string {
		return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>T</title>` + items
	}
	whole := "<item><guid>1</guid><title>Rain in Muscat</title><pubDate>Fri, 20 Nov 2026 09:00:00 GMT</pubDate></item>"
	cases := map[string]struct {
		page  http.HandlerFunc
		items int    // that can be read
		fault string // shown; empty: the feed counts as well
	}{
		"missing":   {page: http.NotFound, fault: "404"},
		"page":      {page: serve("text/html", "<!DOCTYPE html><html><head><title>Welcome</title></head><body><p>Subscribe</p></body></html>"), fault: "web page"},
		"bad-utf8":  {page: serve("application/rss+xml", rss(strings.Replace(whole, "Rain", "R\xe4in \xff", 1)+"</channel></rss>")), items: 1},
		"no-guid":   {page: serve("application/rss+xml", rss("<item><title>Rain in Muscat</title><link>https://x.example/1</link></item><item><title>Sun in Muscat</title><link>https://x.example/2</link></item></channel></rss>")), items: 2},
		"no-date":   {page: serve("application/rss+xml", rss("<item><guid>1</guid><title>Rain in Muscat</title></item></channel></rss>")), items: 1},
		"truncated": {page: serve("application/rss+xml", rss(whole+"<item><guid>2</guid><title>Sun in Mus")), items: 1},
		"empty":     {page: serve("application/rss+xml", ""), fault: "empty"},
		"error":     {page: func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(http.StatusInternalServerError) }, fault: "500"},
		"cut": {page: func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(rw, rss(whole))
		}, fault: "broke off"},
		"endless": {page: func(rw http.ResponseWriter, _ *http.Request) {
			_, err := io.WriteString(rw, rss(""))
			for part := strings.Repeat(whole, 1000); err == nil; {
				_, err = io.WriteString(rw, part) // until nobody reads any more
			}
		}, fault: "10 MB"},
	}
	names := []string{"observer"}
	for name, c := range cases {
		names = append(names, name)
		w.pages[name] = c.page
	}
	a := w.open(w.conf("", names...))
	defer w.close(a)
	w.once(a)
	w.print("observer", named)
	w.later(5 * time.Minute)
	w.once(a)
	w.holds("negotiations", 1)

	said := w.slash("us-iran", "feeds")
	feeds, err := a.Store().Feeds(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range feeds {
		c, broken := cases[f.Name]
		if !broken {
			continue
		}
		if f.Items != c.items || f.Checks != 2 {
			t.Errorf("%s: %d items of %d after %d checks", f.Name, f.Items, c.items, f.Checks)
		}
		if c.fault == "" {
			if f.Failures != 0 || f.LastError != "" {
				t.Errorf("%s counts as failing: %s", f.Name, f.LastError)
			}
			w.has(said, f.Name+" is well")
			continue
		}
		if f.Failures != 2 || !strings.Contains(f.LastError, c.fault) {
			t.Errorf("%s failed %d times: %q does not hold %q", f.Name, f.Failures, f.LastError, c.fault)
		}
		w.has(said, fmt.Sprintf("%s failed twice in a row", f.Name))
		w.mu.Lock()
		if !strings.Contains(w.log.String(), "feed="+f.Name) {
			t.Errorf("%s is not in the log", f.Name)
		}
		w.mu.Unlock()
	}
}

// A stop while a feed hangs and Slack does not answer is quick, and what was
// under way is taken up by the next parley.
func TestCleanStop(t *testing.T) {
	t.Parallel()
	w := newWorld(t, standin.Options{})
	w.token.AppToken = w.AppToken()
	k := w.conf("", "observer", "hangs")
	hanging := make(chan struct{}, 10)
	w.pages["hangs"] = func(_ http.ResponseWriter, r *http.Request) {
		hanging <- struct{}{}
		<-r.Context().Done()
	}
	a := w.open(k)
	stop := w.start(a)
	<-hanging
	waitUntil(t, func() bool {
		feeds, err := a.Store().Feeds(t.Context())
		return err == nil && feeds[0].Checks+feeds[1].Checks == 1
	})
	if err := w.WaitConnected(soon(t)); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if err := stop(); err != nil {
		t.Errorf("Run ends with %v", err)
	}
	if took := time.Since(begun); took > 4*time.Second {
		t.Errorf("the stop took %s", took)
	}
	w.close(a)
	if feeds := w.log.String(); strings.Contains(feeds, "level=ERROR") {
		t.Errorf("a clean stop is logged as an error:\n%s", feeds)
	}

	delete(w.pages, "hangs")
	w.later(10 * time.Minute) // the claim of the check that was cut short has run out
	again := w.open(k)
	defer w.close(again)
	s := w.once(again)
	for _, r := range s.Reports {
		if r.Error != nil || r.Feed == "hangs" != r.Baseline {
			t.Errorf("%+v", r)
		}
	}
}
