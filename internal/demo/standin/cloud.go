package standin

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Credentials of the app that a Cloud knows.
const (
	DefaultClientID     = "1000.2000"
	DefaultClientSecret = "standin-client-secret"
)

// A Cloud is several workspaces behind one address, as Slack is to an app that is
// installed in them: the token of a request says which one is meant. An app comes
// by tokens through OAuth v2, with rotation if Lifetime is set.
//
// Workspaces that share a Cloud need a TeamID each; Via lets one bring its requests
// by the Socket Mode connections of another, since an app has the same ones for all.
type Cloud struct {
	RedirectURLs []string      // that the app allows
	Lifetime     time.Duration // of access tokens; 0: they do not expire and there are no refresh tokens

	mux     *http.ServeMux
	mu      sync.Mutex
	servers []*Server
	codes   map[string]*agreement
	refresh map[string]*Server // refresh token → whose
	asked   int                // requests to oauth.v2.access
	fails   []string           // codes with which the next of them are refused
}

// An agreement is what somebody agreed to, until its code is used.
type agreement struct {
	server   *Server
	scopes   []string
	redirect string
	user     string
}

// NewCloud joins workspaces. Nobody knows the bot token of one that is joined until
// the app is installed there, unless its Options name another than the default.
func NewCloud(servers ...*Server) *Cloud {
	c := &Cloud{servers: servers, mux: http.NewServeMux(), codes: map[string]*agreement{}, refresh: map[string]*Server{}}
	c.mux.HandleFunc("/api/oauth.v2.access", c.access)
	c.mux.HandleFunc("/api/{method}", c.call)
	for _, s := range servers {
		if s.opt.BotToken == DefaultBotToken {
			s.opt.BotToken = "xoxb-nobodys-" + secret()
		}
		c.mux.Handle("/w/"+s.teamID+"/", http.StripPrefix("/w/"+s.teamID, s.Handler()))
	}
	return c
}

// Handler serves the Web API under /api/ and each workspace under /w/TEAM/.
func (c *Cloud) Handler() http.Handler { return c.mux }

// SetURL says where the handler is served.
func (c *Cloud) SetURL(base string) {
	for _, s := range c.servers {
		s.SetURL(strings.TrimSuffix(base, "/") + "/w/" + s.teamID)
	}
}

// call brings a request to the workspace of its token.
func (c *Cloud) call(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		writeJSON(w, http.StatusOK, answer{"ok": false, "error": "invalid_form_data"})
		return
	}
	again := func() io.ReadCloser { return io.NopCloser(bytes.NewReader(body)) }
	look := r.Clone(r.Context())
	look.Body = again()
	token := ""
	if q, err := readRequest(look); err == nil {
		token = q.token
	}
	r.Body = again()
	for _, s := range c.servers {
		if s.knows(token) {
			s.Handler().ServeHTTP(w, r)
			return
		}
	}
	writeJSON(w, http.StatusOK, answer{"ok": false, "error": "invalid_auth"})
}

// Agree is somebody who was sent to the page of Slack at address, and allows what
// it asks for in a workspace. It returns where the browser is sent then.
func (c *Cloud) Agree(address, team, user string) (string, error) {
	return c.decide(address, func(q url.Values, back *url.URL) (url.Values, error) {
		c.mu.Lock()
		defer c.mu.Unlock()
		i := slices.IndexFunc(c.servers, func(s *Server) bool { return s.teamID == team })
		if i < 0 {
			return nil, fmt.Errorf("there is no workspace %s", team)
		}
		code := secret()
		c.codes[code] = &agreement{server: c.servers[i], scopes: strings.Split(q.Get("scope"), ","), redirect: q.Get("redirect_uri"), user: user}
		return url.Values{"code": {code}}, nil
	})
}

// Decline is somebody who presses Cancel there.
func (c *Cloud) Decline(address string) (string, error) {
	return c.decide(address, func(url.Values, *url.URL) (url.Values, error) {
		return url.Values{"error": {"access_denied"}}, nil
	})
}

func (c *Cloud) decide(address string, say func(url.Values, *url.URL) (url.Values, error)) (string, error) {
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	q := u.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	switch {
	case err != nil:
		return "", err
	case !strings.HasSuffix(u.Path, "/oauth/v2/authorize"):
		return "", fmt.Errorf("%s is no page of Slack", u.Path)
	case q.Get("client_id") != DefaultClientID:
		return "", errors.New("invalid_client_id")
	case !slices.Contains(c.RedirectURLs, q.Get("redirect_uri")):
		return "", fmt.Errorf("bad_redirect_uri: %s", q.Get("redirect_uri"))
	case q.Get("scope") == "":
		return "", errors.New("no scopes are asked for")
	}
	said, err := say(q, back)
	if err != nil {
		return "", err
	}
	said.Set("state", q.Get("state"))
	back.RawQuery = said.Encode()
	return back.String(), nil
}

// FailExchange refuses the next exchange of a code or refresh token with an error.
func (c *Cloud) FailExchange(code string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fails = append(c.fails, code)
}

// Exchanges counts the requests to oauth.v2.access.
func (c *Cloud) Exchanges() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.asked
}

// access is oauth.v2.access: a code or a refresh token for tokens.
func (c *Cloud) access(w http.ResponseWriter, r *http.Request) {
	refuse := func(code string) { writeJSON(w, http.StatusOK, answer{"ok": false, "error": code}) }
	if err := r.ParseForm(); err != nil {
		refuse("invalid_form_data")
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	id, key, basic := r.BasicAuth()
	if !basic {
		id, key = r.PostForm.Get("client_id"), r.PostForm.Get("client_secret")
	}
	switch {
	case len(c.fails) > 0:
		refuse(c.fails[0])
		c.fails = c.fails[1:]
		return
	case id != DefaultClientID:
		refuse("invalid_client_id")
		return
	case subtle.ConstantTimeCompare([]byte(key), []byte(DefaultClientSecret)) != 1:
		refuse("bad_client_secret")
		return
	}
	var s *Server
	var a *agreement
	if r.PostForm.Get("grant_type") == "refresh_token" {
		old := r.PostForm.Get("refresh_token")
		if s = c.refresh[old]; s == nil {
			refuse("invalid_refresh_token")
			return
		}
		delete(c.refresh, old) // it is good once
	} else {
		code := r.PostForm.Get("code")
		if a = c.codes[code]; a == nil {
			refuse("invalid_code")
			return
		}
		delete(c.codes, code)
		if r.PostForm.Get("redirect_uri") != a.redirect {
			refuse("bad_redirect_uri")
			return
		}
		s = a.server
	}
	writeJSON(w, http.StatusOK, c.grant(s, a))
}

// grant gives a workspace's token out; a is nil for a renewal. Call with mu held.
func (c *Cloud) grant(s *Server, a *agreement) answer {
	out := answer{
		"ok": true, "token_type": "bot", "bot_user_id": s.botUser, "app_id": s.appID,
		"team": answer{"id": s.teamID, "name": s.opt.Workspace}, "enterprise": nil, "is_enterprise_install": false,
	}
	prefix, until := "xoxb-", time.Time{}
	if c.Lifetime > 0 {
		prefix, until = "xoxe.xoxb-1-", s.now().Add(c.Lifetime)
		next := "xoxe-1-" + secret()
		c.refresh[next] = s
		out["refresh_token"], out["expires_in"] = next, int(c.Lifetime/time.Second)
	}
	out["access_token"] = s.issue(prefix+s.teamID+"-"+secret(), until)
	s.mu.Lock()
	defer s.mu.Unlock()
	if a != nil {
		s.opt.Scopes = a.scopes
		out["authed_user"] = answer{"id": a.user}
	}
	out["scope"] = strings.Join(s.opt.Scopes, ",")
	return out
}

// Drop makes all refresh tokens of a workspace void.
func (c *Cloud) Drop(team string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for t, s := range c.refresh {
		if s.teamID == team {
			delete(c.refresh, t)
		}
	}
}
