package bot_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/bot"
	"parley/internal/demo/standin"
)

// A window that is sent is answered within Slack's three seconds, whatever is
// slow: acknowledged empty it would close, and nobody would know what came of it.
func TestASentWindowIsNeverLate(t *testing.T) {
	choice := func(value string) map[string]any {
		return map[string]any{"type": "static_select", "selected_option": map[string]any{"value": value}}
	}
	subscribe := map[string]any{"target": choice("negotiation:sudan"), "zone": choice("UTC"), "how": choice("once")}
	long := func(ctx context.Context) { // only a trial gets so long
		if until, _ := ctx.Deadline(); time.Until(until) > 10*time.Second {
			time.Sleep(10 * time.Second)
		}
	}
	cases := map[string]struct {
		form   string
		values map[string]any
		before func(context.Context) // slows the store
		post   time.Duration         // that Slack takes for an announcement
		fails  bool                  // the announcement
		acked  time.Duration
		inAck  string
		later  string // what the window is drawn anew with, empty for nothing
		at     time.Duration
	}{
		"quick":              {form: "subscribe", values: subscribe, inAck: "Done: alerts"},
		"a store that hangs": {form: "subscribe", values: subscribe, before: func(ctx context.Context) { <-ctx.Done() }, acked: 2 * time.Second, inAck: "took too long"},
		"a deaf store":       {form: "subscribe", values: subscribe, before: func(context.Context) { time.Sleep(4 * time.Second) }, acked: 2500 * time.Millisecond, inAck: "One moment", later: "took too long", at: 4 * time.Second},
		"a slow post":        {form: "subscribe", values: subscribe, post: 9 * time.Second, inAck: "Done: alerts"},
		"a post that fails":  {form: "subscribe", values: subscribe, fails: true, inAck: "Done: alerts", later: "cannot post in your conversation", at: 500 * time.Millisecond},
		"a panic":            {form: "settings", values: map[string]any{"zone": choice("UTC")}, before: func(context.Context) { panic("a defect") }, inAck: "broke"},
		"a long trial": {
			form: "rule", values: map[string]any{"query": map[string]any{"type": "plain_text_input", "value": "kind:setback"}}, before: long, acked: 2 * time.Second, inAck: "Looking through", later: "45 hits", at: 10 * time.Second,
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				d := newDesk()
				d.before = c.before
				var drawn string
				var drawnAt time.Duration
				api := &http.Client{Transport: carrier(func(q *http.Request) (*http.Response, error) {
					if strings.HasSuffix(q.URL.Path, "views.update") {
						b, err := io.ReadAll(q.Body)
						drawn, drawnAt = plainJSON(b), time.Since(began)
						return respond(`{"ok":true,"view":{"id":"V1","hash":"h2","blocks":[]}}`), err
					}
					time.Sleep(c.post)
					if c.fails {
						return respond(`{"ok":false,"error":"cannot_dm_bot"}`), nil
					}
					return respond(`{"ok":true,"channel":"D1","ts":"1.2"}`), nil
				})}
				room := &bot.Room{Commands: &bot.Commands{Answers: d, Names: names}, Log: slog.New(slog.DiscardHandler), Now: time.Now, API: bot.Access{BotToken: "xoxb-1", HTTP: api}.Client()}
				state := map[string]any{}
				for id, v := range c.values {
					state[id] = map[string]any{id: v}
				}
				payload, err := json.Marshal(map[string]any{
					"type": "view_submission", "user": map[string]any{"id": "U1"},
					"view": map[string]any{"id": "V1", "type": "modal", "callback_id": "parley.form." + c.form, "hash": "h", "blocks": []any{}, "state": map[string]any{"values": state}},
				})
				if err != nil {
					t.Fatal(err)
				}
				body := url.Values{"payload": {string(payload)}}.Encode()
				q := httptest.NewRequest(http.MethodPost, bot.PathInteractive, strings.NewReader(body))
				q.Header = standin.Sign(secret, time.Now(), []byte(body))
				answer := httptest.NewRecorder()
				room.Web(secret).ServeHTTP(answer, q)
				if took := time.Since(began); took != c.acked || answer.Code != http.StatusOK {
					t.Errorf("acknowledged with %d after %v, want after %v", answer.Code, took, c.acked)
				}
				if said := answer.Body.String(); !strings.Contains(said, c.inAck) || !strings.Contains(said, `"response_action":"update"`) {
					t.Errorf("acknowledged with %q, want %q", said, c.inAck)
				}
				if err := room.Wait(t.Context()); err != nil {
					t.Fatal(err)
				}
				if c.later == "" && drawn != "" || !strings.Contains(drawn, c.later) || drawnAt != c.at {
					t.Errorf("drawn anew with %q after %v, want %q after %v", drawn, drawnAt, c.later, c.at)
				}
			})
		})
	}
}
