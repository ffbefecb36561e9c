package workspaces

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// Slack is where tokens are asked for, with what proves that it is parley who asks.
type Slack struct {
	id, secret string
	api        string
	http       *http.Client
}

// A grant is what Slack gave for a code or a refresh token.
type grant struct {
	Team, Name, BotUser, By string
	Scopes                  []string
	Access, Refresh         string
	Seconds                 int // for which Access is good; 0: for ever
}

func (g grant) expires(now time.Time) time.Time {
	if g.Seconds <= 0 {
		return time.Time{}
	}
	return now.Add(time.Duration(g.Seconds) * time.Second)
}

// authorize is the page of Slack on which somebody agrees.
func (a Slack) authorize(scopes []string, state, redirect string) string {
	base := strings.TrimSuffix(strings.TrimSuffix(a.api, "/"), "/api")
	return base + "/oauth/v2/authorize?" + url.Values{
		"client_id": {a.id}, "scope": {strings.Join(scopes, ",")}, "state": {state}, "redirect_uri": {redirect},
	}.Encode()
}

func (a Slack) exchange(ctx context.Context, code, redirect string) (grant, error) {
	r, err := slack.GetOAuthV2ResponseContext(ctx, a.http, a.id, a.secret, code, redirect, slack.OAuthOptionAPIURL(a.api))
	if err != nil {
		return grant{}, refused(err)
	}
	if r.IsEnterpriseInstall {
		return grant{}, errOrganisation
	}
	g := granted(r)
	switch {
	case g.Access == "" || strings.HasPrefix(g.Access, "xoxp-"):
		return grant{}, errors.New("Slack gave no bot token: the app needs bot scopes")
	case !news.IsTeam(g.Team):
		return grant{}, errors.New("Slack did not say which workspace it is")
	}
	return g, nil
}

func (a Slack) refresh(ctx context.Context, token string) (grant, error) {
	r, err := slack.RefreshOAuthV2TokenContext(ctx, a.http, a.id, a.secret, token, slack.OAuthOptionAPIURL(a.api))
	if err != nil {
		return grant{}, refused(err)
	}
	g := granted(r)
	if g.Access == "" {
		return grant{}, errors.New("Slack gave no token")
	}
	return g, nil
}

func granted(r *slack.OAuthV2Response) grant {
	g := grant{
		Team: r.Team.ID, Name: strings.Join(strings.Fields(r.Team.Name), " "), BotUser: r.BotUserID, By: r.AuthedUser.ID,
		Access: r.AccessToken, Refresh: r.RefreshToken, Seconds: r.ExpiresIn,
	}
	if g.Name == "" {
		g.Name = g.Team
	}
	for s := range strings.SplitSeq(r.Scope, ",") {
		if s = strings.TrimSpace(s); s != "" {
			g.Scopes = append(g.Scopes, s)
		}
	}
	return g
}

// errOver says that no token can be had for a workspace any more.
var errOver = errors.New("Slack takes neither the token nor a refresh token any more: the workspace must install parley again")

var errOrganisation = errors.New("parley was installed for a whole organisation: install it in one workspace after the other")

// refused says in a sentence why Slack gave nothing. It holds no address, code or
// token.
func refused(err error) error {
	if answer, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		switch code := clean(answer.Err); code {
		case "invalid_code", "code_already_used":
			return fmt.Errorf("Slack knows this code no more: begin again (%s)", code)
		case "invalid_client_id", "bad_client_secret":
			return fmt.Errorf("Slack does not know this app: SLACK_CLIENT_ID and SLACK_CLIENT_SECRET must be those of one app (%s)", code)
		case "bad_redirect_uri":
			return fmt.Errorf("the app does not allow this address: add it to the Redirect URLs of the Slack app; `parley manifest` has it (%s)", code)
		case "invalid_refresh_token", "token_revoked", "token_expired":
			return fmt.Errorf("%w (%s)", errOver, code)
		default:
			return fmt.Errorf("Slack refuses it (%s)", code)
		}
	}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return fmt.Errorf("Slack limits how often it may be asked: try again in %s", limited.RetryAfter)
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		return fmt.Errorf("Slack answered with status %d: try again", status.Code)
	}
	return errors.New("Slack did not answer in time or in full: try again")
}

// clean keeps of a code what Slack's codes are made of.
func clean(code string) string {
	out := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '_' || r == '-' {
			return r
		}
		return -1
	}, code)
	return out[:min(len(out), 60)]
}
