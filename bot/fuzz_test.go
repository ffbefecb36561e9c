package bot_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/internal/demo/standin"
)

// Whatever is typed behind /parley is answered, within Slack's limits, and calls
// nobody.
func FuzzCommand(f *testing.F) {
	for _, text := range []string{
		"", "latest us-iran since 7d", "search by:mediator date:&lt;14d page 2", "subscribe <https://dawn.example|dawn.example> in <#C2|desk> as digest 08:00 weekdays quiet 22:00-7:00 level urgent",
		"unsubscribe us-* in #desk", "watch “peace plan” -x as gulf", "watch edit gulf date:any", "mute us-iran until next round for 8h", "why D-12 deal", "test kind:setback over 30d", "wrong D-12 date 24 Nov",
		"said iran about us-iran since 3d", "timeline us-iran before D-3", "rules export", "audit all", "help queries", "feeds page 2", "status <!channel> <@U999> \u202e",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 8000 { // more than Slack lets anybody type
			return
		}
		c := &bot.Commands{Answers: newDesk(), Names: names}
		out := c.Do(t.Context(), bot.Request{Channel: "C1", ChannelName: "us-iran", User: "U1", Text: text, At: now})
		withinLimits(t, out.Blocks, out.Text)
		said := out.Text + marshal(t, out.Blocks)
		if a := out.Announce; a != nil {
			withinLimits(t, a.Blocks, a.Text)
			said += a.Text + marshal(t, a.Blocks) + a.Otherwise("it could not").Text
		}
		said = strings.ReplaceAll(said, `\u003c`, "<")
		for _, bad := range []string{"<!channel", "<!here", "<!everyone", "<!subteam", "<@U999", "\x1b"} {
			if strings.Contains(said, bad) {
				t.Errorf("the answer to %q holds %q: %s", text, bad, said)
			}
		}
	})
}

// A door is a room behind signed HTTP whose Slack takes everything.
func door() (http.Handler, *desk, *bot.Room) {
	d := newDesk()
	taken := &http.Client{Transport: taker{}}
	room := &bot.Room{
		Commands: &bot.Commands{Answers: d, Names: names}, Log: slog.New(slog.DiscardHandler), Now: time.Now, HTTP: taken,
		API: bot.Access{BotToken: "xoxb-1", API: "https://slack.example/api/", HTTP: taken}.Client(),
	}
	return room.Web(secret), d, room
}

type taker struct{}

func (taker) RoundTrip(q *http.Request) (*http.Response, error) {
	if q.Body != nil {
		_, _ = io.Copy(io.Discard, q.Body)
	}
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"ok":true}`)), Request: q}, nil
}

func paths() []string { return []string{bot.PathCommands, bot.PathInteractive, bot.PathEvents} }

// Nothing that Slack did not sign gets through a door, however it looks.
func FuzzUnsigned(f *testing.F) {
	body := []byte("command=%2Fparley&text=subscribe+sudan&channel_id=C1&user_id=U1")
	h := standin.Sign("guess", time.Now(), body)
	f.Add(0, h.Get("X-Slack-Request-Timestamp"), h.Get("X-Slack-Signature"), body)
	f.Add(1, "", "", []byte(`payload={"type":"block_actions"}`))
	f.Add(2, "-1", "v0=", []byte(`{"type":"url_verification","challenge":"x"}`))
	f.Add(0, "99999999999999999999", "v0=zz", []byte("%zz"))
	f.Fuzz(func(t *testing.T, path int, stamp, signature string, body []byte) {
		handler, d, _ := door()
		q := httptest.NewRequest(http.MethodPost, paths()[uint(path)%3], bytes.NewReader(body))
		q.Header["X-Slack-Request-Timestamp"], q.Header["X-Slack-Signature"] = []string{stamp}, []string{signature}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, q)
		if code := answer.Code; code != http.StatusUnauthorized && code != http.StatusRequestEntityTooLarge {
			t.Errorf("answered with %d: %s", code, answer.Body)
		}
		if len(d.subscribed()) != 0 {
			t.Error("an unsigned request did something")
		}
	})
}

// Whatever Slack signs is answered: forms, payloads of buttons and views, events.
func FuzzSigned(f *testing.F) {
	form := func(v url.Values) []byte { return []byte(v.Encode()) }
	payload := func(s string) []byte { return form(url.Values{"payload": {s}}) }
	f.Add(0, form(url.Values{"command": {"/parley"}, "text": {"latest"}, "channel_id": {"C1"}, "channel_name": {"us-iran"}, "user_id": {"U1"}, "response_url": {"https://slack.example/r"}}))
	f.Add(0, []byte("ssl_check=1"))
	f.Add(0, []byte("text=%zz&;"))
	for _, s := range []string{
		`{"type":"block_actions","user":{"id":"U1"},"channel":{"id":"C1","name":"us-iran"},"response_url":"https://slack.example/r","actions":[{"action_id":"run1","block_id":"b","value":"latest"}]}`,
		`{"type":"block_actions","actions":[{"action_id":"mute","selected_option":{"value":"mute us-iran for 8h"}}]}`,
		`{"type":"block_actions","actions":[{"action_id":"make","value":"{\"name\":\"x\",\"when\":\"kind:any\"}"}]}`,
		`{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V1","callback_id":"read","private_metadata":"C1","state":{"values":{"b":{"a":{"type":"plain_text_input","value":"x"}}}}}}`,
		`{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V2","callback_id":"parley.form.subscribe","private_metadata":"{\"c\":\"C1\"}","state":{"values":{"target":{"target":{"type":"static_select","selected_option":{"value":"negotiation:sudan"}}},"zone":{"zone":{"type":"static_select","selected_option":{"value":"UTC"}}},"how":{"how":{"selected_option":{"value":"digest"}}}}}}}`,
		`{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V3","callback_id":"parley.form.rule","private_metadata":"{","state":{"values":{"query":{"query":{"type":"plain_text_input","value":"kind:(any"}}}}}}`,
		`{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V4","callback_id":"parley.form.edit","private_metadata":"{\"s\":\"1\"}"}}`, `{"type":"view_submission","view":{"id":"V5","callback_id":"parley.form.settings"}}`,
		`{"type":"block_actions","user":{"id":"U1"},"trigger_id":"T","view":{"id":"V6","type":"home"},"actions":[{"action_id":"parley.home","value":"unmute 1"}]}`,
		`{"type":"block_actions","user":{"id":"U1"},"view":{"id":"V7","type":"modal","callback_id":"parley.form.rule"},"actions":[{"action_id":"query","value":"truce"}]}`,
		`{"type":"block_actions","user":{"id":"U1"},"view":{"id":"V8","type":"modal","callback_id":"parley.form.edit"},"actions":[{"action_id":"how"}]}`,
		`{"type":"block_actions","view":{"id":"V9"},"actions":[null]}`, `{"type":"message_action","callback_id":"parley.read","message":{"text":"Talks <https://x.example|resume>","ts":"1.2","attachments":[{"title":"x"}]}}`,
		`{"type":"view_closed","view":{}}`, `{"type":"message_action","callback_id":"read","message":{"text":"Talks resume","ts":"1.2"}}`,
		`{"type":"shortcut"}`, `{"actions":[null]}`, `{"type":"block_actions","actions":[{}]}`, `[]`, `null`, `{"type":"block_actions","state":{"values":{"a":null}}}`,
	} {
		f.Add(1, payload(s))
	}
	f.Add(2, []byte(`{"type":"url_verification","challenge":"<script>"}`))
	f.Add(2, []byte(`{"type":"event_callback","event_id":"E1","event":{"type":"app_home_opened","user":"U1","tab":"home","view":null}}`))
	f.Add(2, []byte(`{"event":{"type":"channel_archive","channel":{"id":"C1"}}}`))
	f.Add(2, []byte(`{"event":[]}`))
	f.Fuzz(func(t *testing.T, path int, body []byte) {
		if len(body) > 1<<18 {
			return
		}
		handler, _, room := door()
		q := httptest.NewRequest(http.MethodPost, paths()[uint(path)%3], bytes.NewReader(body))
		for name, v := range standin.Sign(secret, time.Now(), body) {
			q.Header[name] = v
		}
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, q)
		if err := room.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		switch kind := answer.Header().Get("Content-Type"); {
		case answer.Code != http.StatusOK && answer.Code != http.StatusBadRequest:
			t.Errorf("answered with %d: %s", answer.Code, answer.Body)
		case strings.HasPrefix(kind, "application/json") && !json.Valid(answer.Body.Bytes()):
			t.Errorf("no JSON: %s", answer.Body)
		case strings.HasPrefix(kind, "text/html"):
			t.Errorf("HTML: %s", answer.Body)
		}
	})
}
