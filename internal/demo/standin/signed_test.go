package standin

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

func TestSignedRequestsGoRound(t *testing.T) {
	verified := func(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
		body, _ := io.ReadAll(r.Body)
		v, err := slack.NewSecretsVerifier(r.Header, DefaultSigningSecret)
		if err == nil {
			_, _ = v.Write(body)
			err = v.Ensure()
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusUnauthorized)
			return nil, false
		}
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		return body, true
	}
	events := make(chan string, 2)
	mux := http.NewServeMux()
	mux.HandleFunc("/commands", func(w http.ResponseWriter, r *http.Request) {
		if _, ok := verified(w, r); !ok {
			return
		}
		cmd, err := slack.SlashCommandParse(r)
		if err != nil || cmd.Command != "/parley" {
			t.Errorf("command %+v, %v", cmd, err)
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{"text": cmd.Text + " for " + cmd.UserName})
	})
	mux.HandleFunc("/interactions", func(w http.ResponseWriter, r *http.Request) {
		if _, ok := verified(w, r); !ok {
			return
		}
		click, err := slack.InteractionCallbackParse(r)
		if err != nil {
			t.Error(err)
		}
		events <- click.ActionCallback.BlockActions[0].Value
	})
	mux.HandleFunc("/events", func(w http.ResponseWriter, r *http.Request) {
		body, ok := verified(w, r)
		if !ok {
			return
		}
		var e struct{ Type, Challenge string }
		if err := json.Unmarshal(body, &e); err != nil {
			t.Error(err)
		}
		if e.Type == "url_verification" {
			_, _ = io.WriteString(w, e.Challenge)
			return
		}
		events <- r.Header.Get("X-Slack-Retry-Num")
	})
	bot := httptest.NewServer(mux)
	t.Cleanup(bot.Close)

	d := newDesk(t, Options{Requests: RequestURLs{Commands: bot.URL + "/commands", Interactions: bot.URL + "/interactions", Events: bot.URL + "/events"}})
	r, err := d.Slash(soon(t), "mina", "us-iran", "/parley", "latest 3")
	if err != nil || r.Answers[0].Text != "latest 3 for mina" {
		t.Errorf("%+v, %v", r, err)
	}
	if err := d.VerifyEvents(soon(t)); err != nil {
		t.Error(err)
	}
	if err := d.EventAgain(soon(t), map[string]any{"type": "app_uninstalled"}, 2, "http_timeout"); err != nil || <-events != "2" {
		t.Error("the event did not arrive as a second try", err)
	}
	row := slack.NewActionBlock("row", slack.NewButtonBlockElement("useful", "D-12", slack.NewTextBlockObject(slack.PlainTextType, "Useful", false, false)))
	_, ts, err := d.api.PostMessageContext(soon(t), d.talks.ID, slack.MsgOptionText("A card", false), slack.MsgOptionBlocks(row))
	if err != nil {
		t.Fatal(err)
	}
	m, _ := d.Message("us-iran", ts)
	if _, err := d.Click(soon(t), "mina", m, "useful"); err != nil || <-events != "D-12" {
		t.Error("the click did not arrive", err)
	}

	forged := newDesk(t, Options{SigningSecret: "another", Requests: RequestURLs{Commands: bot.URL + "/commands"}})
	if _, err := forged.Slash(soon(t), "mina", "us-iran", "/parley", "latest"); err == nil || !strings.Contains(err.Error(), "401") {
		t.Errorf("a forged signature was taken: %v", err)
	}
}
