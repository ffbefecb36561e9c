package workspaces

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// What Slack says to a code is taken over only if it is a bot's token for one
// workspace; everything else is a sentence without a secret.
func TestExchange(t *testing.T) {
	for name, c := range map[string]struct{ answer, says string }{
		"granted":               {`{"ok":true,"access_token":"xoxb-planted","token_type":"bot","scope":"commands, chat:write","team":{"id":"T1","name":" A\n cme "},"authed_user":{"id":"U1"},"is_enterprise_install":false}`, ""},
		"a whole organisation":  {`{"ok":true,"access_token":"xoxb-planted","team":null,"enterprise":{"id":"E1"},"is_enterprise_install":true}`, "one workspace after the other"},
		"no bot":                {`{"ok":true,"access_token":"","authed_user":{"id":"U1","access_token":"xoxp-planted"},"team":{"id":"T1"}}`, "bot scopes"},
		"a person's token":      {`{"ok":true,"access_token":"xoxp-planted","team":{"id":"T1"}}`, "bot scopes"},
		"no team":               {`{"ok":true,"access_token":"xoxb-planted","team":{"id":""}}`, "which workspace"},
		"a team that is a path": {`{"ok":true,"access_token":"xoxb-planted","team":{"id":"T1/../T2"}}`, "which workspace"},
		"refused":               {`{"ok":false,"error":"bad_client_secret"}`, "SLACK_CLIENT_SECRET must be"},
		"refused strangely":     {`{"ok":false,"error":"<b>planted` + strings.Repeat("x", 200) + `"}`, "Slack refuses it (b"},
		"no JSON":               {`<html>planted</html>`, "try again"},
	} {
		var sent url.Values
		app := Slack{"id", "planted-secret", "https://slack.example/api/", &http.Client{Transport: exchange(func(form url.Values) string {
			sent = form
			return c.answer
		})}}
		g, err := app.exchange(t.Context(), "planted-code", "https://parley.example/back")
		if sent.Get("code") != "planted-code" || sent.Get("redirect_uri") != "https://parley.example/back" || sent.Get("client_id") != "id" || sent.Get("client_secret") != "planted-secret" {
			t.Errorf("%s: it sends %v", name, sent)
		}
		switch {
		case c.says == "":
			if err != nil || g.Access != "xoxb-planted" || g.Team != "T1" || g.Name != "A cme" || g.By != "U1" || len(g.Scopes) != 2 || g.Scopes[1] != "chat:write" || g.Seconds != 0 {
				t.Errorf("%s: %+v, %v", name, g, err)
			}
		case err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "planted") && name != "refused strangely" || len(err.Error()) > 200 || strings.ContainsAny(err.Error(), "<>"):
			t.Errorf("%s: %v", name, err)
		}
	}
	broken := Slack{"id", "planted-secret", "https://slack.example/api/", &http.Client{Transport: down{}}}
	if _, err := broken.refresh(context.Background(), "xoxe-planted"); err == nil || strings.Contains(err.Error(), "planted") || !strings.Contains(err.Error(), "try again") {
		t.Errorf("without a network: %v", err)
	}
}

type down struct{}

func (down) RoundTrip(r *http.Request) (*http.Response, error) {
	return nil, errors.New("no network for planted " + r.URL.String())
}
