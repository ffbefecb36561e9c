package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/internal/config"
	"parley/internal/lookup"
	"parley/internal/news"
	"parley/internal/seal"
	"parley/internal/workspaces"
)

// Tenants are the workspaces that have installed parley, as this process serves
// them. The zero value serves none.
type tenants struct {
	mu   sync.Mutex
	make func(team string) *tenant
	all  map[string]*tenant
}

// A tenant is what answers and speaks in one workspace.
type tenant struct {
	lookup *lookup.Answers
	slack  *bot.Slack
	room   *bot.Room
}

// know makes, changes and drops tenants so that there are those of the views.
func (t *tenants) know(views map[string]*view) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for team := range t.all {
		if views[team] == nil {
			delete(t.all, team)
		}
	}
	for team, v := range views {
		if t.all[team] == nil {
			if t.all == nil {
				t.all = map[string]*tenant{}
			}
			t.all[team] = t.make(team)
		}
		c := v.catalogue()
		c.Subscriptions = nil // those of the configuration are the home workspace's
		t.all[team].lookup.Use(c)
	}
}

// rooms are those of all tenants.
func (t *tenants) rooms() (out []*bot.Room) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, one := range t.all {
		out = append(out, one.room)
	}
	return out
}

func (t *tenants) get(team string) *tenant {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.all[team]
}

// several wires what it takes to serve workspaces that install parley by OAuth. It
// does nothing without a client id.
func (a *App) several(ctx context.Context) error {
	s := a.options.Secrets
	if s.ClientID == "" {
		list, err := a.store.Workspaces(ctx)
		if len(list) > 0 {
			a.log.Warn("workspaces that have installed parley are not served, since SLACK_CLIENT_ID is not set: "+workspaces.Names(list), "workspaces", len(list))
		}
		return err
	}
	w, err := newWorkspaces(a.store, s, a.log, a.options.Now)
	if err != nil {
		return err
	}
	a.workspaces = w
	served, lost, err := w.Look(ctx)
	if err != nil {
		return err
	}
	if len(lost) > 0 {
		a.log.Error("the tokens of " + workspaces.Names(lost) + " cannot be read with PARLEY_TOKEN_KEY, so these workspaces are not served: give the key that sealed them behind the new one (PARLEY_TOKEN_KEY=new,old), or let them install parley again. All others are served")
	}
	a.log.Info("workspaces that have installed parley are served", "workspaces", len(served))
	return nil
}

// newWorkspaces reads what several workspaces need of the environment.
func newWorkspaces(store workspaces.Store, s config.Secrets, log *slog.Logger, now func() time.Time) (*workspaces.Workspaces, error) {
	switch {
	case s.ClientSecret == "":
		return nil, errors.New("SLACK_CLIENT_ID is set and SLACK_CLIENT_SECRET is not: set both, from Basic Information of the Slack app, or neither")
	case s.TokenKey == "":
		return nil, errors.New("SLACK_CLIENT_ID is set and PARLEY_TOKEN_KEY is not: the tokens of workspaces are sealed with it. Make one with `openssl rand -base64 32`, and keep it")
	}
	keys, err := seal.Parse(s.TokenKey)
	if err != nil {
		return nil, fmt.Errorf("PARLEY_TOKEN_KEY: %w", err)
	}
	return workspaces.New(workspaces.Options{
		Store: store, Keys: keys, ClientID: s.ClientID, ClientSecret: s.ClientSecret, API: s.APIURL, Log: log, Now: now,
	}), nil
}

// clientOf makes the client of a workspace. It holds no token; its requests come by
// one as they leave.
func clientOf(w *workspaces.Workspaces, team, api string) *slack.Client {
	return bot.Access{
		BotToken: workspaces.Placeholder(team), API: api,
		HTTP: &http.Client{Timeout: slackWithin, Transport: w.Transport(team, http.DefaultTransport)},
	}.Client()
}

// slackWithin bounds a request to Slack, with the renewal of a token before it.
const slackWithin = 15 * time.Second

// newRoom makes the room in which the people of one workspace are answered.
func (a *App) newRoom(api *slack.Client, sl *bot.Slack, l *lookup.Answers, own scoped) *bot.Room {
	c := &bot.Commands{Answers: answers{l, rulemaking{a, own}, muting{a, own}, outgoing{a, own}}, Names: a.names(), Zone: a.current().Config.Zone}
	c.Creators = func() bool { return a.current().Config.Creators }
	if sl != nil {
		c.Gone, c.Admin, c.Places, c.Profile = sl.Gone, sl.Admin, sl.Places, sl.Profile
	}
	return &bot.Room{Commands: c, API: api, Once: a.store, Log: a.log, Now: a.options.Now}
}

func (a *App) newTenant(team string) *tenant {
	api, own := clientOf(a.workspaces, team, a.options.Secrets.APIURL), scoped{a.store, team}
	t := &tenant{slack: bot.NewSlack(api, a.names()), lookup: lookup.New(own, translator{}, lookup.Catalogue{}, a.options.Now)}
	t.room = a.newRoom(api, t.slack, t.lookup, own)
	return t
}

// served lists the workspaces besides the home workspace.
func (a *App) served(ctx context.Context) ([]news.Workspace, error) {
	if a.workspaces == nil {
		return nil, nil
	}
	return a.store.Workspaces(ctx)
}

// tenant returns what serves a team; nil if it has not installed parley. Another
// process may have heard that it has, or has removed it.
func (a *App) tenant(ctx context.Context, team string) (*tenant, error) {
	if a.workspaces == nil {
		return nil, nil
	}
	_, installed, err := a.store.Workspace(ctx, team)
	if err != nil {
		return nil, err
	}
	if t := a.tenants.get(team); (t != nil) == installed {
		return t, nil
	}
	if err := a.refresh(ctx); err != nil {
		return nil, err
	}
	return a.tenants.get(team), nil
}

// roomOf returns the room of a team, as Slack's requests name it. What they ask is
// never answered out of another: a team that is not known is told so.
func (a *App) roomOf(ctx context.Context, team string) (*bot.Room, error) {
	t, err := a.tenant(ctx, team)
	if t != nil {
		return t.room, nil
	}
	home := ""
	if err == nil {
		home, err = a.home.team(ctx)
	}
	switch {
	case err != nil:
		a.log.Warn("whose request it is cannot be told", "team", team, "error", err)
		return nil, errors.New("which workspace this is cannot be told just now: try again in a minute")
	case team != "" && team == home:
		return a.atHome, nil
	}
	where := ""
	if url := a.current().Config.PublicURL; url != "" {
		where = ": somebody who may add apps can do so at " + url + workspaces.PathInstall
	}
	return nil, errors.New("parley is not installed in this workspace" + where)
}

// roomAt is where the people of an address are answered; nil if there is none, as
// without Slack.
func (a *App) roomAt(ctx context.Context, address string) (*bot.Room, error) {
	team, _ := news.SplitAddress(address)
	if team == "" {
		return a.atHome, nil
	}
	t, err := a.tenant(ctx, team)
	if t == nil {
		return nil, err
	}
	return t.room, nil
}

// A homeTeam finds out which team the token of the environment is of.
type homeTeam struct {
	api *slack.Client // nil: there is no such token

	mu sync.Mutex
	id string
}

// askWithin is how long a request waits until it is known whose it is.
const askWithin = 2 * time.Second

// team returns its id; empty if there is none.
func (h *homeTeam) team(ctx context.Context) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.api == nil || h.id != "" {
		return h.id, nil
	}
	ctx, cancel := context.WithTimeout(ctx, askWithin)
	defer cancel()
	who, err := h.api.AuthTestContext(ctx)
	if err != nil {
		if refused, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
			return "", fmt.Errorf("the token in SLACK_BOT_TOKEN is not accepted (%s)", refused.Err)
		}
		return "", errors.New("no answer came to the question which workspace SLACK_BOT_TOKEN is of")
	}
	h.id = who.TeamID
	return h.id, nil
}

// door lets workspaces install parley; nil where that is not set up.
func (a *App) door() http.Handler {
	url := a.current().Config.PublicURL
	if a.workspaces == nil || url == "" {
		return nil
	}
	d := workspaces.Door{Workspaces: a.workspaces, URL: url, Home: a.home.team, Installed: a.installed}
	for _, s := range bot.Scopes() {
		if s.Optional {
			d.Optional = append(d.Optional, s.Name)
		} else {
			d.Scopes = append(d.Scopes, s.Name)
		}
	}
	return d.Handler()
}

func (a *App) installed(ctx context.Context, w news.Workspace, first bool) {
	said := "a workspace has installed parley"
	if !first {
		said = "a workspace has installed parley anew"
	}
	a.log.Info(said, "team", w.Team, "name", w.Name, "by", w.InstalledBy)
	if err := a.refresh(ctx); err != nil {
		a.log.Error("a workspace that has installed parley is served only after a restart", "team", w.Team, "error", err)
	}
	a.worker.Wake()
}

// heard takes the events that concern a workspace as a whole.
func (a *App) heard(ctx context.Context, e bot.Event) {
	switch e.Type {
	case "app_uninstalled":
	case "tokens_revoked":
		var said struct {
			Tokens struct {
				Bot []string `json:"bot"`
			} `json:"tokens"`
		}
		if json.Unmarshal(e.Inner, &said) != nil || len(said.Tokens.Bot) == 0 {
			return // those of persons, of which parley has none
		}
	default:
		return
	}
	if home, err := a.home.team(ctx); err == nil && home == e.Team {
		a.log.Error("parley was removed from the workspace of SLACK_BOT_TOKEN: install it there again, or unset the token")
	}
	a.removed(ctx, e)
}

// removed forgets a workspace. An event that Slack brings late does not undo an
// installation that came after it.
func (a *App) removed(ctx context.Context, e bot.Event) {
	then := e.At.Add(time.Second - time.Millisecond) // Slack tells the second
	if e.At.IsZero() {
		then = a.options.Now()
	}
	for try := range 5 {
		gone, ok, err := a.store.Wipe(ctx, e.Team, then)
		switch {
		case err == nil && !ok:
			return
		case err == nil:
			a.log.Info("a workspace has removed parley, and everything of it is wiped", "team", e.Team,
				"subscriptions", gone.Subscriptions, "mutes", gone.Mutes, "rules", gone.Rules, "messages", gone.Messages)
			if err = a.refresh(ctx); err == nil {
				err = a.honour(ctx)
			}
			if err != nil {
				a.log.Error("rules of a workspace that has removed parley are asked until the next restart; nothing is sent there", "team", e.Team, "error", err)
			}
			return
		case try == 4:
			a.log.Error("a workspace has removed parley, and what is kept of it could not be wiped", "team", e.Team, "error", err)
			return
		}
		pause := time.NewTimer(time.Second << try)
		select {
		case <-pause.C:
		case <-ctx.Done():
		}
		pause.Stop()
	}
}
