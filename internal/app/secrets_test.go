package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/config"
	"parley/internal/demo/standin"
)

// Secrets that were given to parley are looked for everywhere that it writes to:
// after work that goes well, and after every way in which Slack and a feed can
// refuse it.
func TestSecretsStayInside(t *testing.T) {
	t.Parallel()
	w := newSignedWorld(t)
	const key = "planted-key-of-a-feed"
	k := w.conf("")
	for i := range k.Config.Feeds {
		k.Config.Feeds[i].URL += "?key=" + key
	}
	var out strings.Builder
	a := w.open(k)
	w.once(a)
	w.print("observer", named)
	w.once(a)
	w.slash("us-iran", "latest")
	out.WriteString(w.slash("us-iran", "feeds"))
	for _, status := range []int{401, 404, 410, 500, 301} {
		w.mu.Lock()
		w.pages["observer"] = func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Location", "http://10.0.0.1/?key="+key)
			rw.WriteHeader(status)
		}
		w.mu.Unlock()
		w.later(time.Hour)
		for _, r := range w.once(a).Reports {
			fmt.Fprintln(&out, r.Error)
		}
		out.WriteString(w.slash("us-iran", "feeds"))
	}
	for _, path := range []string{"/metrics", "/healthz", "/slack/commands"} {
		rec := httptest.NewRecorder()
		a.Handler().ServeHTTP(rec, httptest.NewRequest(http.MethodGet, path, nil))
		fmt.Fprintln(&out, rec.Body, rec.Header())
	}
	for _, m := range w.Messages("negotiations") {
		fmt.Fprintf(&out, "%+v\n", m)
	}
	w.close(a)
	w.mu.Lock()
	delete(w.pages, "observer")
	w.mu.Unlock()
	w.print("observer", ended)
	w.Fail(standin.Fault{Kind: standin.TokenRefused, Method: "chat.postMessage", Times: 1})
	a = w.open(k)
	s, err := a.Once(t.Context())
	fmt.Fprintf(&out, "%+v %v %v %+v %#v %s\n", s, err, w.token, w.token, w.token, w.token)
	for _, f := range k.Examine(t.Context(), config.Secrets{BotToken: w.BotToken() + "x", AppToken: w.AppToken(), APIURL: w.token.APIURL}, w.clock(), false, quietLog()).Found {
		fmt.Fprintf(&out, "%+v\n", f)
	}
	w.close(a)

	w.mu.Lock()
	log := w.log.String()
	w.mu.Unlock()
	if !strings.Contains(log, "10.0.0.1") || !strings.Contains(out.String(), "404 Not Found") {
		t.Fatalf("the test does not see what parley writes:\n%s\n%s", log, &out)
	}
	for name, secret := range map[string]string{"bot token": w.BotToken(), "app token": w.AppToken(), "signing secret": standin.DefaultSigningSecret, "key of the feed": key} {
		if strings.Contains(log, secret) {
			t.Errorf("the %s stands in the log:\n%s", name, log)
		}
		if strings.Contains(out.String(), secret) {
			t.Errorf("the %s stands in an answer, message, metric or error:\n%s", name, &out)
		}
		files, err := filepath.Glob(filepath.Join(w.dir, "*"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			// The address of a feed is kept whole, to know when it is changed.
			if strings.Contains(string(b), secret) && secret != key {
				t.Errorf("the %s stands in %s", name, filepath.Base(f))
			}
		}
	}
}
