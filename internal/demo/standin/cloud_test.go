package standin

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// Several workspaces behind one address: an app comes by a token for each, and what
// it does with one happens there alone.
func TestCloud(t *testing.T) {
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	one, two := New(Options{TeamID: "T1", Workspace: "One", Now: clock}), New(Options{TeamID: "T2", Workspace: "Two", Now: clock})
	for _, s := range []*Server{one, two} {
		t.Cleanup(func() { s.Close() })
		s.AddChannel(Channel{Name: "desk"})
		if err := s.Invite("desk", ""); err != nil {
			t.Fatal(err)
		}
	}
	c := NewCloud(one, two)
	c.RedirectURLs, c.Lifetime = []string{"https://app.example/back"}, time.Hour
	srv := httptest.NewServer(c.Handler())
	t.Cleanup(srv.Close)
	c.SetURL(srv.URL)
	api := srv.URL + "/api/"
	web := &http.Client{Timeout: 5 * time.Second}

	page := srv.URL + "/oauth/v2/authorize?" + url.Values{"client_id": {DefaultClientID}, "scope": {"chat:write"}, "state": {"s"}, "redirect_uri": {"https://app.example/back"}}.Encode()
	for wrong, says := range map[string]string{
		strings.Replace(page, "1000", "2000", 1): "invalid_client_id", strings.Replace(page, "app.example", "evil.example", 1): "bad_redirect_uri",
		strings.Replace(page, "chat%3Awrite", "", 1): "no scopes",
	} {
		if _, err := c.Agree(wrong, "T1", "U1"); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
	tokens := map[string]*slack.OAuthV2Response{}
	for _, s := range []*Server{one, two} {
		back, err := c.Agree(page, s.TeamID(), "U1")
		if err != nil {
			t.Fatal(err)
		}
		u, _ := url.Parse(back)
		code := u.Query().Get("code")
		if u.Query().Get("state") != "s" || code == "" {
			t.Fatalf("the browser is sent to %s", back)
		}
		if _, err := slack.GetOAuthV2ResponseContext(t.Context(), web, DefaultClientID, "wrong", code, "https://app.example/back", slack.OAuthOptionAPIURL(api)); err == nil || err.Error() != "bad_client_secret" {
			t.Errorf("with a wrong secret: %v", err)
		}
		got, err := slack.GetOAuthV2ResponseContext(t.Context(), web, DefaultClientID, DefaultClientSecret, code, "https://app.example/back", slack.OAuthOptionAPIURL(api))
		if err != nil || got.Team.ID != s.TeamID() || got.Scope != "chat:write" || got.ExpiresIn != 3600 || got.AuthedUser.ID != "U1" {
			t.Fatalf("%+v, %v", got, err)
		}
		if _, err := slack.GetOAuthV2ResponseContext(t.Context(), web, DefaultClientID, DefaultClientSecret, code, "https://app.example/back", slack.OAuthOptionAPIURL(api)); err == nil || err.Error() != "invalid_code" {
			t.Errorf("a code works twice: %v", err)
		}
		tokens[s.TeamID()] = got
	}
	as := func(token string) *slack.Client {
		return slack.New(token, slack.OptionAPIURL(api), slack.OptionHTTPClient(web))
	}
	if _, _, err := as(tokens["T2"].AccessToken).PostMessageContext(t.Context(), "desk", slack.MsgOptionText("to two", false)); err != nil {
		t.Fatal(err)
	}
	if who, err := as(tokens["T1"].AccessToken).AuthTestContext(t.Context()); err != nil || who.TeamID != "T1" || who.Team != "One" {
		t.Errorf("%+v, %v", who, err)
	}
	if len(one.Posts()) != 0 || len(two.Posts()) != 1 {
		t.Errorf("it was posted %d times in one and %d in two", len(one.Posts()), len(two.Posts()))
	}
	refused := func(token, want string) {
		t.Helper()
		if _, err := as(token).AuthTestContext(t.Context()); err == nil || err.Error() != want {
			t.Errorf("%s: %v, not %s", token, err, want)
		}
	}
	refused("xoxb-made-up", "invalid_auth")
	refused(DefaultBotToken, "invalid_auth")
	now = now.Add(time.Hour)
	refused(tokens["T1"].AccessToken, "token_expired")
	renew := func(refresh string) (*slack.OAuthV2Response, error) {
		return slack.RefreshOAuthV2TokenContext(t.Context(), web, DefaultClientID, DefaultClientSecret, refresh, slack.OAuthOptionAPIURL(api))
	}
	fresh, err := renew(tokens["T1"].RefreshToken)
	if err != nil || fresh.RefreshToken == tokens["T1"].RefreshToken || fresh.Team.ID != "T1" {
		t.Fatalf("%+v, %v", fresh, err)
	}
	if _, err := renew(tokens["T1"].RefreshToken); err == nil || err.Error() != "invalid_refresh_token" {
		t.Errorf("a refresh token works twice: %v", err)
	}
	if _, err := as(fresh.AccessToken).AuthTestContext(t.Context()); err != nil {
		t.Error(err)
	}
	one.Revoke()
	refused(fresh.AccessToken, "account_inactive")
	if err := one.Uninstall(context.Background()); err == nil {
		t.Error("a bot that hears nothing was told")
	}
}
