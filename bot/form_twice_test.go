package bot_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// A form that is sent twice does one thing, and what stands in its metadata is
// no way in: it is bounded, and names are looked up anew.
func TestAFormSentTwice(t *testing.T) {
	w := open(t, false, standin.Options{})
	w.desk.subs = append(w.desk.subs, news.Subscription{ID: 7, Channel: "U2", To: "rule:deal", Author: "U2"})
	ago := 0
	send := func(view, callback, private string, values map[string]any) string {
		t.Helper()
		state := map[string]any{}
		for id, v := range values {
			state[id] = map[string]any{id: v}
		}
		payload, err := json.Marshal(map[string]any{
			"type": "view_submission", "user": map[string]any{"id": "U1"}, "team": map[string]any{"id": "T1"},
			"view": map[string]any{"id": view, "type": "modal", "callback_id": callback, "private_metadata": private, "hash": "h", "blocks": []any{}, "state": map[string]any{"values": state}},
		})
		if err != nil {
			t.Fatal(err)
		}
		body := []byte(url.Values{"payload": {string(payload)}}.Encode())
		ago++ // each is signed at another second, as Slack would
		q, err := http.NewRequestWithContext(w.ctx, http.MethodPost, w.web+bot.PathInteractive, strings.NewReader(string(body)))
		if err != nil {
			t.Fatal(err)
		}
		q.Header = standin.Sign(secret, time.Now().Add(-time.Duration(ago)*time.Second), body)
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = answer.Body.Close() }()
		var said json.RawMessage
		if err := json.NewDecoder(answer.Body).Decode(&said); err != nil {
			t.Fatal(err)
		}
		return plainJSON(said)
	}
	choice := func(value string) map[string]any {
		return map[string]any{"type": "static_select", "selected_option": map[string]any{"value": value, "text": map[string]any{"type": "plain_text", "text": value}}}
	}
	sudan := map[string]any{"target": choice("negotiation:sudan"), "zone": choice("UTC"), "how": choice("once"), "where": map[string]any{"type": "conversations_select", "selected_conversation": "C1"}}
	if said := send("V1", "parley.form.subscribe", `{"c":"C1","n":"us-iran"}`, sudan); !strings.Contains(said, "Done") {
		t.Errorf("%s", said)
	}
	if said := send("V1", "parley.form.subscribe", `{"c":"C1","n":"us-iran"}`, sudan); !strings.Contains(said, "done once") {
		t.Errorf("%s", said)
	}
	if got := w.desk.subscribed(); len(got) != 2 || len(w.public("us-iran")) != 1 {
		t.Errorf("%+v, told %d times", got, len(w.public("us-iran")))
	}
	for name, c := range map[string]struct {
		callback, private string
		values            map[string]any
		want              string
	}{
		"another's subscription": {"parley.form.edit", `{"s":"7"}`, map[string]any{"zone": choice("UTC"), "how": choice("hourly")}, "gone already"},
		"one of nobody":          {"parley.form.edit", strings.Repeat("x", 9000), map[string]any{"zone": choice("UTC")}, "gone already"},
		"no zone":                {"parley.form.settings", "", map[string]any{"zone": choice("../../etc/passwd")}, "Choose a time zone"},
		"no days":                {"parley.form.subscribe", "", map[string]any{"target": choice("rule:deal"), "zone": choice("UTC"), "how": choice("digest"), "at": map[string]any{"type": "timepicker", "selected_time": "08:00"}, "days": choice("<!channel>")}, "Choose the days"},
		"an old form":            {"parley.form.of.last.year", "", nil, "older version"},
		"no form":                {"", "", nil, "older version"},
		"a rule of nothing":      {"parley.form.rule", "", nil, "Type what to watch for"},
		"a long query":           {"parley.form.rule", "", map[string]any{"query": map[string]any{"type": "plain_text_input", "value": strings.Repeat("truce ", 600)}}, "query"},
	} {
		if said := send("V"+name, c.callback, c.private, c.values); !strings.Contains(said, c.want) {
			t.Errorf("%s: %s, want %q", name, said, c.want)
		}
	}
	if got := w.desk.subscribed(); len(got) != 2 {
		t.Errorf("something was stored: %+v", got)
	}
}
