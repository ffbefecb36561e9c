// Package workspaces knows the workspaces that have installed parley by OAuth. It
// lets them install it, keeps their tokens sealed, hands a token out to nothing but
// a request that is about to leave, and has Slack renew it before it runs out.
// Which workspace a channel belongs to, and what is kept of one, others know.
//
// Read Workspaces first, then Transport (how a request comes by its token) and
// Door (the two pages that a browser sees).
package workspaces

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"parley/internal/news"
	"parley/internal/seal"
)

// A Store keeps workspaces. Package store says what each method promises.
type Store interface {
	Workspaces(ctx context.Context) ([]news.Workspace, error)
	Workspace(ctx context.Context, team string) (news.Workspace, bool, error)
	Install(ctx context.Context, w news.Workspace) (first bool, err error)
	ClaimTokens(ctx context.Context, team string, now time.Time, lease time.Duration) (news.Workspace, bool, error)
	StoreTokens(ctx context.Context, w news.Workspace) error
	ReleaseTokens(ctx context.Context, w news.Workspace) error
	Reseal(ctx context.Context, team, old, sealed string) error
	SeenOnce(ctx context.Context, key string, at time.Time, keep time.Duration) (bool, error)
}

// Options are what Workspaces are made of.
type Options struct {
	Store        Store
	Keys         *seal.Keyring
	ClientID     string
	ClientSecret string
	API          string       // address of the Web API with its last slash; empty: Slack's own
	HTTP         *http.Client // carries the exchange of codes and tokens; nil: one with a time limit
	Log          *slog.Logger
	Now          func() time.Time
}

// Workspaces are those that have installed parley. It is safe for use by many
// goroutines, and by several processes on one store.
type Workspaces struct {
	store Store
	keys  *seal.Keyring
	slack Slack
	log   *slog.Logger
	now   func() time.Time

	mu      sync.Mutex
	renewal map[string]*renewal
}

// A renewal is how the renewing of one workspace's tokens goes in this process.
type renewal struct {
	turn chan struct{} // holds one value: whose turn it is
	rest time.Time     // after a failure: until when nobody tries again ahead of time
}

const (
	// ahead is how long before its end a token is renewed. Slack's last twelve hours.
	ahead = 2 * time.Hour
	// exchangeWithin bounds one exchange with Slack, and lease how long others wait
	// for whoever is at it, be it that he has died.
	exchangeWithin = 10 * time.Second
	lease          = 30 * time.Second
	// poll is how often one looks whether another process has renewed the tokens.
	poll = 200 * time.Millisecond
	// restAfter is how long a failure to renew ahead of time is left alone.
	restAfter = time.Minute
	lookEvery = 10 * time.Minute
)

// New returns the workspaces of a store.
func New(o Options) *Workspaces {
	client := o.HTTP
	if client == nil {
		client = &http.Client{Timeout: exchangeWithin}
	}
	api := o.API
	if api == "" {
		api = "https://slack.com/api/"
	}
	return &Workspaces{
		store: o.Store, keys: o.Keys, slack: Slack{o.ClientID, o.ClientSecret, api, client}, log: o.Log, now: o.Now,
		renewal: map[string]*renewal{},
	}
}

// tokens are what is sealed of a workspace.
type tokens struct {
	Access  string `json:"access"`
	Refresh string `json:"refresh,omitempty"` // empty where tokens do not expire
}

func (w *Workspaces) sealed(t tokens, team string) (string, error) {
	plain, err := json.Marshal(t)
	if err != nil {
		return "", errors.New("the tokens cannot be written down")
	}
	return w.keys.Seal(plain, team), nil
}

func (w *Workspaces) open(ws news.Workspace) (t tokens, old bool, err error) {
	plain, old, err := w.keys.Open(ws.Sealed, ws.Team)
	if err == nil && json.Unmarshal(plain, &t) != nil {
		err = seal.ErrBroken
	}
	if err != nil {
		return tokens{}, false, fmt.Errorf("the tokens of the workspace %s (%s) cannot be read with PARLEY_TOKEN_KEY: %w", ws.Name, ws.Team, err)
	}
	return t, old, nil
}

// Look opens all tokens once, as at the start. Tokens that an older key sealed are
// sealed with the first, so that the older may go. Lost are the workspaces whose
// tokens cannot be read: no others suffer from it.
func (w *Workspaces) Look(ctx context.Context) (served, lost []news.Workspace, err error) {
	list, err := w.store.Workspaces(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, ws := range list {
		t, old, err := w.open(ws)
		if err != nil {
			lost = append(lost, ws)
			continue
		}
		served = append(served, ws)
		if !old {
			continue
		}
		fresh, err := w.sealed(t, ws.Team)
		if err == nil {
			err = w.store.Reseal(ctx, ws.Team, ws.Sealed, fresh)
		}
		if err != nil {
			return served, lost, err
		}
		w.log.Info("the tokens of a workspace are sealed with the first key from now on", "team", ws.Team)
	}
	return served, lost, nil
}

// Token returns the token with which parley may speak in a workspace now. One that
// ends soon is renewed first. It returns news.ErrNotFound if the team has not
// installed parley.
func (w *Workspaces) Token(ctx context.Context, team string) (string, error) {
	ws, t, err := w.read(ctx, team)
	if err != nil {
		return "", err
	}
	left := ws.Expires.Sub(w.now())
	if ws.Expires.IsZero() || left > ahead || t.Refresh == "" || left > 0 && w.resting(team) {
		return t.Access, nil
	}
	fresh, err := w.Renew(ctx, team, t.Access)
	if err != nil && left > 0 {
		w.log.Warn("the token of a workspace could not be renewed ahead of time; it is tried again", "team", team, "left", left.Round(time.Minute), "error", err)
		return t.Access, nil
	}
	return fresh, err
}

func (w *Workspaces) read(ctx context.Context, team string) (news.Workspace, tokens, error) {
	ws, ok, err := w.store.Workspace(ctx, team)
	if err != nil {
		return ws, tokens{}, err
	}
	if !ok {
		return ws, tokens{}, fmt.Errorf("the workspace %s has not installed parley: %w", team, news.ErrNotFound)
	}
	t, _, err := w.open(ws)
	return ws, t, err
}

func (w *Workspaces) of(team string) *renewal {
	w.mu.Lock()
	defer w.mu.Unlock()
	r := w.renewal[team]
	if r == nil {
		r = &renewal{turn: make(chan struct{}, 1)}
		w.renewal[team] = r
	}
	return r
}

func (w *Workspaces) resting(team string) bool {
	r := w.of(team)
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now().Before(r.rest)
}

func (w *Workspaces) rest(team string) {
	r := w.of(team)
	w.mu.Lock()
	defer w.mu.Unlock()
	r.rest = w.now().Add(restAfter)
}

// Renew returns a token other than the stale one. However many ask, in whatever
// process, Slack is asked once; the new tokens are stored before anybody uses them,
// since the old ones may be void from then on.
func (w *Workspaces) Renew(ctx context.Context, team, stale string) (string, error) {
	r := w.of(team)
	select {
	case r.turn <- struct{}{}:
		defer func() { <-r.turn }()
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
	for {
		ws, claimed, err := w.store.ClaimTokens(ctx, team, w.now(), lease)
		if err != nil {
			return "", err
		}
		if claimed {
			fresh, err := w.exchange(ctx, ws, stale)
			if err != nil {
				w.rest(team)
			}
			return fresh, err
		}
		// Another process is at it, or the workspace is gone.
		_, t, err := w.read(ctx, team)
		if err != nil || t.Access != stale {
			return t.Access, err
		}
		wait := time.NewTimer(poll)
		select {
		case <-wait.C:
		case <-ctx.Done():
			wait.Stop()
			return "", context.Cause(ctx)
		}
	}
}

// exchange renews the tokens of a workspace whose claim we hold.
func (w *Workspaces) exchange(ctx context.Context, ws news.Workspace, stale string) (string, error) {
	// What Slack has given must be stored, whether or not anybody still waits for it.
	keep := context.WithoutCancel(ctx)
	t, _, err := w.open(ws)
	switch {
	case err != nil:
	case t.Access != stale: // somebody was quicker
		return t.Access, w.store.ReleaseTokens(keep, ws)
	case t.Refresh == "":
		err = fmt.Errorf("the token of the workspace %s (%s) cannot be renewed: %w", ws.Name, ws.Team, errOver)
	}
	if err != nil {
		return "", errors.Join(err, w.store.ReleaseTokens(keep, ws))
	}
	asking, cancel := context.WithTimeout(keep, exchangeWithin)
	g, err := w.slack.refresh(asking, t.Refresh)
	cancel()
	if err == nil && g.Team != "" && g.Team != ws.Team {
		err = errors.New("Slack answered for another workspace")
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("the token of the workspace %s (%s) could not be renewed: %w", ws.Name, ws.Team, err), w.store.ReleaseTokens(keep, ws))
	}
	if g.Refresh == "" {
		g.Refresh = t.Refresh
	}
	if ws.Sealed, err = w.sealed(tokens{g.Access, g.Refresh}, ws.Team); err != nil {
		return "", err
	}
	ws.Expires = g.expires(w.now())
	// A file that is locked for a moment must not cost the workspace its tokens.
	for range 5 {
		if err = w.store.StoreTokens(keep, ws); err == nil || errors.Is(err, news.ErrStale) {
			break
		}
		time.Sleep(poll)
	}
	if errors.Is(err, news.ErrStale) { // it was installed anew, or removed, meanwhile
		_, t, err := w.read(keep, ws.Team)
		return t.Access, err
	}
	if err != nil {
		return "", fmt.Errorf("the new token of the workspace %s (%s) could not be stored: %w", ws.Name, ws.Team, err)
	}
	w.log.Info("the token of a workspace was renewed", "team", ws.Team, "until", ws.Expires)
	return g.Access, nil
}

// Run renews tokens before they run out, also those of workspaces in which nothing
// happens, until ctx ends.
func (w *Workspaces) Run(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		list, err := w.store.Workspaces(ctx)
		for _, ws := range list {
			if _, err := w.Token(ctx, ws.Team); err != nil && ctx.Err() == nil && !errors.Is(err, seal.ErrKey) {
				w.log.Error("a workspace cannot be served", "team", ws.Team, "name", ws.Name, "error", err)
			}
		}
		if err != nil && ctx.Err() == nil {
			w.log.Error("the workspaces cannot be read; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Names writes workspaces for a sentence: "Acme (T1), Beta (T2)".
func Names(list []news.Workspace) string {
	out := make([]string, len(list))
	for i, ws := range list {
		out[i] = fmt.Sprintf("%s (%s)", ws.Name, ws.Team)
	}
	return strings.Join(out, ", ")
}
