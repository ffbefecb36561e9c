package workspaces

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"parley/internal/news"
	"parley/internal/seal"
)

// memory is a Store for one workspace.
type memory struct {
	mu    sync.Mutex
	ws    *news.Workspace
	until time.Time // of the claim
	locks int       // how often storing fails yet
}

func (m *memory) Workspaces(context.Context) ([]news.Workspace, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ws == nil {
		return nil, nil
	}
	return []news.Workspace{*m.ws}, nil
}

func (m *memory) Workspace(_ context.Context, team string) (news.Workspace, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ws == nil || m.ws.Team != team {
		return news.Workspace{}, false, nil
	}
	return *m.ws, true, nil
}

func (m *memory) Install(_ context.Context, w news.Workspace) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	first := m.ws == nil
	m.ws = &w
	return first, nil
}

func (m *memory) ClaimTokens(_ context.Context, team string, now time.Time, lease time.Duration) (news.Workspace, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.ws == nil || m.ws.Team != team || m.until.After(now) {
		return news.Workspace{}, false, nil
	}
	m.ws.Claim++
	m.until = now.Add(lease)
	return *m.ws, true, nil
}

func (m *memory) StoreTokens(_ context.Context, w news.Workspace) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	switch {
	case m.locks > 0:
		m.locks--
		return errors.New("locked")
	case m.ws == nil || m.ws.Claim != w.Claim || m.until.IsZero():
		return news.ErrStale
	}
	m.ws, m.until = &w, time.Time{}
	return nil
}

func (m *memory) ReleaseTokens(context.Context, news.Workspace) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.until = time.Time{}
	return nil
}

func (m *memory) Reseal(context.Context, string, string, string) error { return nil }

func (m *memory) SeenOnce(context.Context, string, time.Time, time.Duration) (bool, error) {
	return true, nil
}

// exchange answers oauth.v2.access.
type exchange func(form url.Values) string

func (f exchange) RoundTrip(r *http.Request) (*http.Response, error) {
	b, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(b))
	if err != nil {
		return nil, err
	}
	return answered(r, f(form)), nil
}

func answered(r *http.Request, body string) *http.Response {
	return &http.Response{StatusCode: http.StatusOK, Status: "200 OK", Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: -1, Request: r}
}

const testKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

func newTest(t *testing.T, m *memory, answer exchange) *Workspaces {
	t.Helper()
	keys, err := seal.Parse(testKey)
	if err != nil {
		t.Fatal(err)
	}
	w := New(Options{Store: m, Keys: keys, ClientID: "id", ClientSecret: "planted-secret", HTTP: &http.Client{Transport: answer}, Log: slog.New(slog.DiscardHandler), Now: time.Now})
	sealed, err := w.sealed(tokens{"xoxb-planted-0", "xoxe-planted-0"}, "T1")
	if err != nil {
		t.Fatal(err)
	}
	m.ws = &news.Workspace{Team: "T1", Name: "Acme", Sealed: sealed, Expires: time.Now().Add(12 * time.Hour)}
	return w
}

// numbered answers each exchange with tokens of the next number, and refuses a
// refresh token that is not the last one.
func numbered(t *testing.T, count *int) exchange {
	var mu sync.Mutex
	return func(form url.Values) string {
		mu.Lock()
		defer mu.Unlock()
		time.Sleep(time.Second) // it takes a while
		if want := fmt.Sprint("xoxe-planted-", *count); form.Get("refresh_token") != want {
			t.Errorf("renewed with %q, not %q", form.Get("refresh_token"), want)
			return `{"ok":false,"error":"invalid_refresh_token"}`
		}
		*count++
		return fmt.Sprintf(`{"ok":true,"access_token":"xoxb-planted-%d","refresh_token":"xoxe-planted-%d","expires_in":43200,"team":{"id":"T1"}}`, *count, *count)
	}
}

// However many ask, in two processes, Slack is asked once; and again only when it
// is time again.
func TestRenewedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, count := &memory{}, 0
		answer := numbered(t, &count)
		w := newTest(t, m, answer)
		other := New(Options{Store: m, Keys: w.keys, HTTP: &http.Client{Transport: answer}, Log: w.log, Now: time.Now})
		all := func(want string) {
			t.Helper()
			var wg sync.WaitGroup
			for i := range 20 {
				wg.Go(func() {
					got, err := []*Workspaces{w, other}[i%2].Token(t.Context(), "T1")
					if err != nil || got != want {
						t.Errorf("%s, %v; want %s", got, err, want)
					}
				})
			}
			wg.Wait()
		}
		all("xoxb-planted-0")
		time.Sleep(10*time.Hour + time.Minute)
		all("xoxb-planted-1")
		all("xoxb-planted-1")
		if got, err := w.Renew(t.Context(), "T1", "xoxb-planted-0"); err != nil || got != "xoxb-planted-1" {
			t.Errorf("one who holds an old token gets %s, %v", got, err)
		}
		if count != 1 {
			t.Errorf("Slack was asked %d times", count)
		}
		// Whoever had the claim has died: it is over after a while.
		m.mu.Lock()
		m.until = time.Now().Add(lease)
		m.mu.Unlock()
		began := time.Now()
		if got, err := w.Renew(t.Context(), "T1", "xoxb-planted-1"); err != nil || got != "xoxb-planted-2" || time.Since(began) > lease+5*time.Second {
			t.Errorf("%s, %v after %v", got, err, time.Since(began))
		}
		// A store that is locked for a moment costs nothing.
		m.locks = 3
		if got, err := w.Renew(t.Context(), "T1", "xoxb-planted-2"); err != nil || got != "xoxb-planted-3" {
			t.Errorf("%s, %v", got, err)
		}
		if token, err := other.Token(t.Context(), "T1"); err != nil || token != "xoxb-planted-3" {
			t.Errorf("what was not stored at once is lost: %s, %v", token, err)
		}
		// Who stops waiting does not spoil what is under way.
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		go func() { _, _ = w.Renew(t.Context(), "T1", "xoxb-planted-3") }()
		synctest.Wait()
		if _, err := w.Renew(ctx, "T1", "xoxb-planted-3"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("one who waits for another: %v", err)
		}
		time.Sleep(time.Minute)
		if token, err := w.Token(t.Context(), "T1"); err != nil || token != "xoxb-planted-4" {
			t.Errorf("%s, %v", token, err)
		}
		if _, err := w.Token(t.Context(), "T2"); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("a workspace that is not there: %v", err)
		}
	})
}

// A failure is left alone for a minute while the old token is good, and told once
// it is not. It never holds a token.
func TestRenewalFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, asked := &memory{}, 0
		w := newTest(t, m, func(url.Values) string {
			asked++
			return `{"ok":false,"error":"invalid_refresh_token"}`
		})
		time.Sleep(11 * time.Hour)
		for range 5 {
			if token, err := w.Token(t.Context(), "T1"); err != nil || token != "xoxb-planted-0" {
				t.Errorf("%s, %v", token, err)
			}
		}
		if asked != 1 {
			t.Errorf("Slack was asked %d times within a minute", asked)
		}
		time.Sleep(2 * time.Hour)
		_, err := w.Token(t.Context(), "T1")
		if err == nil || !strings.Contains(err.Error(), "must install parley again") || strings.Contains(err.Error(), "planted") {
			t.Errorf("%v", err)
		}
	})
}

// recorded keeps what leaves, and answers it.
type recorded struct {
	token   []string // as it left: in a form or a header
	bodies  []string
	answers []string
}

func (r *recorded) RoundTrip(q *http.Request) (*http.Response, error) {
	body := ""
	if q.Body != nil {
		b, err := io.ReadAll(q.Body)
		if err != nil {
			return nil, err
		}
		body = string(b)
		if q.ContentLength > 0 && int(q.ContentLength) != len(b) {
			return nil, fmt.Errorf("%d bytes are announced and %d come", q.ContentLength, len(b))
		}
	}
	token := strings.TrimPrefix(q.Header.Get("Authorization"), "Bearer ")
	if form, err := url.ParseQuery(body); err == nil && form.Get("token") != "" {
		token = form.Get("token")
	}
	r.token, r.bodies = append(r.token, token), append(r.bodies, body)
	said := `{"ok":true}`
	if len(r.answers) > 0 {
		said, r.answers = r.answers[0], r.answers[1:]
	}
	return answered(q, said), nil
}

func TestRequestsComeByTheirToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, count := &memory{}, 0
		w := newTest(t, m, numbered(t, &count))
		out := &recorded{}
		client := &http.Client{Transport: w.Transport("T1", out)}
		send := func(kind, authorization string, body io.Reader) string {
			t.Helper()
			q, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://slack.example/api/chat.postMessage", body)
			if err != nil {
				t.Fatal(err)
			}
			q.Header.Set("Content-Type", kind)
			if authorization != "" {
				q.Header.Set("Authorization", authorization)
			}
			res, err := client.Do(q)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = res.Body.Close() }()
			b, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		}
		const form, jsonBody = "application/x-www-form-urlencoded", "application/json"
		place := Placeholder("T1")
		said := url.Values{"token": {place}, "text": {"say " + place + " and token=" + place}}
		send(form, "", strings.NewReader(said.Encode()))
		send(jsonBody, "Bearer "+place, strings.NewReader(`{"text":"`+place+`"}`))
		send("multipart/form-data", "Bearer "+place, io.MultiReader(strings.NewReader(place))) // a file on its way
		for i, token := range out.token {
			if token != "xoxb-planted-0" {
				t.Errorf("request %d left with %q", i, token)
			}
		}
		for i, body := range out.bodies {
			if text, _ := url.ParseQuery(body); i == 0 && text.Get("text") != said.Get("text") || i > 0 && strings.Contains(body, "planted") {
				t.Errorf("request %d says %q", i, body)
			}
		}

		// A token that is over is renewed, and the request sent once more; a second
		// refusal is the caller's.
		over := `{"ok":false,"error":"token_expired"}`
		out.token, out.answers = nil, []string{over}
		if got := send(form, "", strings.NewReader("token="+place)); got != `{"ok":true}` || len(out.token) != 2 || out.token[1] != "xoxb-planted-1" {
			t.Errorf("%s after %v", got, out.token)
		}
		out.token, out.answers = nil, []string{over, over}
		if got := send(form, "", strings.NewReader("token="+place)); got != over || len(out.token) != 2 || count != 2 {
			t.Errorf("%s after %v, renewed %d times", got, out.token, count)
		}
		out.token, out.answers = nil, []string{over}
		if got := send("multipart/form-data", "Bearer "+place, io.MultiReader(strings.NewReader("x"))); got != over || len(out.token) != 1 {
			t.Errorf("a file was sent again: %s after %v", got, out.token)
		}
		// Answers are handed on whole, however long, and whatever they hold.
		for _, long := range []string{`{"ok":true,"x":"` + strings.Repeat("y", 3*shortAnswer) + `"}`, `{"ok":true,"error":"token_expired"}`, "", "no json", `{"ok":false,"error":"channel_not_found"}`} {
			out.token, out.answers = nil, []string{long}
			if got := send(form, "", strings.NewReader("token="+place)); got != long || len(out.token) != 1 {
				t.Errorf("%.60q came as %.60q after %d requests", long, got, len(out.token))
			}
		}

		// What does not leave is a fault that says what to do.
		m.mu.Lock()
		m.ws.Sealed = strings.Replace(m.ws.Sealed, ".", ".0", 1)
		m.mu.Unlock()
		for team, want := range map[string]news.FaultKind{"T1": news.Shut, "T2": news.Gone} {
			q, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://slack.example/api/x", bytes.NewReader([]byte("token="+Placeholder(team))))
			_, err := (&http.Client{Transport: w.Transport(team, out)}).Do(q)
			if fault, ok := errors.AsType[*news.Fault](err); !ok || fault.Kind != want || strings.Contains(err.Error(), "planted") {
				t.Errorf("%s: %v", team, err)
			}
		}
	})
}
