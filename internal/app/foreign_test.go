package app_test

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/app"
	"parley/internal/config"
	"parley/internal/demo/standin"
)

// The stand-in is ours, and may share a misunderstanding with what it tests. So one
// installation goes through a Slack that somebody else wrote: OAuth, alerts,
// conversations and views. It takes tokens in a header only, which a proxy before it
// sees to.
func TestForeignSlack(t *testing.T) {
	t.Parallel()
	dir, err := filepath.Abs(filepath.Join("testdata", "emulate"))
	if err != nil {
		t.Fatal(err)
	}
	node := filepath.Join(dir, "node_modules", ".bin", "node")
	if _, err := os.Stat(node); err != nil {
		t.Skip("the foreign Slack is not installed: run npm ci in internal/app/testdata/emulate")
	}
	foreign := startEmulate(t, node, dir)
	proxy := httptest.NewServer(bearing(foreign))
	t.Cleanup(proxy.Close)

	w := newWorld(t, standin.Options{}) // for its feeds, clock and log; its Slack is not asked
	w.token = config.Secrets{
		APIURL: proxy.URL + "/api/", SigningSecret: standin.DefaultSigningSecret,
		ClientID: standin.DefaultClientID, ClientSecret: standin.DefaultClientSecret, TokenKey: firstKey,
	}
	k := w.conf("")
	k.Config.PublicURL = publicURL
	a, err := app.New(t.Context(), k, app.Options{
		Secrets: w.token, Log: slog.New(slog.NewTextHandler(w, nil)), Now: w.clock, Terminal: io.Discard, Pace: time.Nanosecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	defer w.close(a)

	// Maya presses her name on the foreign page, and is sent back.
	b := (&teams{world: w}).browser(a)
	b.page(agreeAt(t, b.get("/slack/install?optional=1").Header.Get("Location"), "maya"), http.StatusOK, "parley is installed in Foreign")
	b.page(agreeAt(t, strings.Replace(b.begin(), "state=", "state=x", 1), "maya"), http.StatusForbidden, "did not begin")
	list, err := a.Store().Workspaces(t.Context())
	if err != nil || len(list) != 1 || list[0].Name != "Foreign" || !strings.Contains(strings.Join(list[0].Scopes, ","), "chat:write") {
		t.Fatalf("installed: %+v, %v", list, err)
	}
	team := list[0].Team

	// She invites it, and subscribes.
	maya := slack.New("xoxp-of-maya", slack.OptionAPIURL(proxy.URL+"/api/"), slack.OptionHTTPClient(&http.Client{Timeout: 10 * time.Second}))
	channels, _, err := maya.GetConversationsContext(t.Context(), &slack.GetConversationsParameters{})
	if err != nil {
		t.Fatal(err)
	}
	channel := ""
	for _, c := range channels {
		if c.Name == "us-iran" {
			channel = c.ID
		}
	}
	if _, err := maya.InviteUsersToConversationContext(t.Context(), channel, list[0].BotUser); err != nil {
		t.Fatalf("inviting parley to %s: %v", channel, err)
	}
	w.once(a)
	body := []byte(url.Values{"team_id": {team}, "channel_id": {channel}, "channel_name": {"us-iran"}, "user_id": {list[0].InstalledBy}, "command": {"/parley"}, "text": {"subscribe us-iran"}}.Encode())
	r := httptest.NewRequest(http.MethodPost, "/slack/commands", bytes.NewReader(body))
	r.Header = standin.Sign(standin.DefaultSigningSecret, w.clock(), body)
	rec := httptest.NewRecorder()
	a.Handler().ServeHTTP(rec, r)
	w.has(rec.Body.String(), "Done: alerts for")
	w.print("observer", named)
	w.once(a)
	history, err := maya.GetConversationHistoryContext(t.Context(), &slack.GetConversationHistoryParameters{ChannelID: channel, IncludeAllMetadata: true})
	if err != nil {
		t.Fatal(err)
	}
	said, alerts := "", 0
	for _, m := range history.Messages {
		said += m.Text + "\n"
		if m.Metadata.EventType == "parley_alert" {
			alerts++
		}
	}
	w.has(said, "subscribed this channel", "Muscat")
	if alerts != 1 {
		t.Errorf("%d alerts came:\n%s", alerts, said)
	}

	// What else of the Web API parley uses, by the client that holds no token.
	api := a.ClientOf(team)
	if who, err := api.AuthTestContext(t.Context()); err != nil || who.TeamID != team {
		t.Errorf("auth.test: %+v, %v", who, err)
	}
	if info, err := api.GetConversationInfoContext(t.Context(), &slack.GetConversationInfoInput{ChannelID: channel}); err != nil || !info.IsMember {
		t.Errorf("conversations.info: %+v, %v", info, err)
	}
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewDividerBlock()}}}
	if v, err := api.PublishViewContext(t.Context(), slack.PublishViewContextRequest{UserID: list[0].InstalledBy, View: home}); err != nil || v.View.ID == "" {
		t.Errorf("views.publish: %+v, %v", v, err)
	}
	if said := w.logs(); strings.Contains(said, "xoxb-") || strings.Contains(said, standin.DefaultClientSecret) {
		t.Errorf("a secret stands in the log:\n%s", said)
	}
}

func (w *world) logs() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.log.String()
}

// startEmulate starts the foreign Slack, and returns its address.
func startEmulate(t *testing.T, node, dir string) *url.URL {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	_ = l.Close() // a moment later it is emulate's
	cmd := exec.CommandContext(t.Context(), node, filepath.Join("node_modules", "emulate", "dist", "index.js"), "start", "--service", "slack", "--port", port, "--seed", "seed.yaml")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, t.Output(), t.Output()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	address := &url.URL{Scheme: "http", Host: "localhost:" + port}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	for ctx.Err() == nil {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, address.String()+"/api/api.test", nil)
		if err != nil {
			t.Fatal(err)
		}
		if res, err := http.DefaultClient.Do(r); err == nil {
			_ = res.Body.Close()
			return address
		}
		time.Sleep(50 * time.Millisecond) // until it listens
	}
	t.Fatal("the foreign Slack does not start")
	return nil
}

// bearing puts the token of a form, as slack-go sends it and Slack takes it, into
// the header.
func bearing(to *url.URL) http.Handler {
	return &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) {
		p.SetURL(to)
		body, err := io.ReadAll(io.LimitReader(p.In.Body, 1<<20))
		if err != nil {
			return
		}
		p.Out.Body, p.Out.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		if form, err := url.ParseQuery(string(body)); err == nil && form.Get("token") != "" {
			p.Out.Header.Set("Authorization", "Bearer "+form.Get("token"))
		}
	}}
}

// agreeAt presses a person's button on a page of emulate, and returns where the
// browser is sent.
func agreeAt(t *testing.T, page, person string) string {
	t.Helper()
	client := &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Get(page)
	if err != nil {
		t.Fatal(err)
	}
	var html strings.Builder
	if _, err := copyTo(&html, res); err != nil {
		t.Fatal(err)
	}
	for form := range strings.SplitSeq(html.String(), "<form") {
		if !strings.Contains(form, `<span class="user-login">`+person+`<`) {
			continue
		}
		fields := url.Values{}
		for _, m := range regexp.MustCompile(`name="([^"]*)" value="([^"]*)"`).FindAllStringSubmatch(form, -1) {
			fields.Set(m[1], m[2])
		}
		u, err := url.Parse(page)
		if err != nil {
			t.Fatal(err)
		}
		res, err := client.PostForm("http://"+u.Host+"/oauth/v2/authorize/callback", fields)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.Header.Get("Location")
	}
	t.Fatalf("the page has no button for %s:\n%s", person, html.String())
	return ""
}
