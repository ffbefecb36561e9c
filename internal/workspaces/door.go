package workspaces

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/internal/news"
)

// Where a browser comes in. The manifest names the second.
const (
	PathInstall  = "/slack/install"
	PathCallback = "/slack/oauth/callback"
)

const (
	// stateLife is how long somebody may take to agree.
	stateLife = 10 * time.Minute
	// The prefix binds the cookie to this host, to https and to every path, whatever
	// a page of a neighbouring host tries to set.
	cookieName = "__Host-parley-install"
	purpose    = "install state"
	// exchanges is how many codes are taken to Slack at once.
	exchanges = 4
)

// A Door lets workspaces install parley: one page sends a browser to Slack, where
// somebody agrees, and Slack sends it back to the other with a code.
type Door struct {
	Workspaces *Workspaces
	URL        string   // https address at which browsers reach parley, without a last slash
	Scopes     []string // that are asked for
	Optional   []string // asked for besides at ?optional=1
	// Home returns the id of the home workspace, which needs no installation; empty:
	// there is none.
	Home func(ctx context.Context) (team string, err error)
	// Installed is told of each workspace that has installed parley.
	Installed func(ctx context.Context, w news.Workspace, first bool)
}

// Handler serves the two pages.
func (d Door) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+PathInstall, d.install)
	places := make(chan struct{}, exchanges)
	mux.HandleFunc("GET "+PathCallback, func(rw http.ResponseWriter, r *http.Request) {
		select {
		case places <- struct{}{}:
			defer func() { <-places }()
			d.callback(rw, r)
		default:
			show(rw, http.StatusServiceUnavailable, "Too many at once", "Several workspaces are installing parley just now. Begin again in a minute.", d.URL+PathInstall)
		}
	})
	return mux
}

func (d Door) callbackURL() string { return d.URL + PathCallback }

// install sends the browser to Slack. What proves later that the same browser has
// asked is in a cookie and in the state together, so nothing is stored for people
// who never come back.
func (d Door) install(rw http.ResponseWriter, r *http.Request) {
	w := d.Workspaces
	scopes := d.Scopes
	if r.URL.Query().Get("optional") == "1" {
		scopes = slices.Concat(scopes, d.Optional)
	}
	browser := random()
	http.SetCookie(rw, &http.Cookie{
		Name: cookieName, Value: browser, Path: "/", MaxAge: int(stateLife / time.Second),
		HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode,
	})
	guard(rw.Header())
	http.Redirect(rw, r, w.slack.authorize(scopes, w.newState(browser), d.callbackURL()), http.StatusFound)
}

// newState makes a state for one browser: something random, when it ends, and a
// code over both and the browser's cookie that only we can make.
func (w *Workspaces) newState(browser string) string {
	head := random() + "." + strconv.FormatInt(w.now().Add(stateLife).Unix(), 36)
	return head + "." + base64.RawURLEncoding.EncodeToString(w.keys.Sign(head+"\x00"+browser, purpose))
}

var (
	errForeign = errors.New("this browser did not begin the installation, or keeps no cookies")
	errLate    = errors.New("more than ten minutes have passed since it was begun")
	errUsed    = errors.New("this installation has been completed or given up already")
)

// takeState checks a state and uses it up.
func (w *Workspaces) takeState(ctx context.Context, state, browser string) error {
	i := strings.LastIndexByte(state, '.')
	if i < 0 || browser == "" || len(state) > 500 {
		return errForeign
	}
	head := state[:i]
	code, err := base64.RawURLEncoding.DecodeString(state[i+1:])
	if err != nil || !w.keys.Signed(head+"\x00"+browser, purpose, code) {
		return errForeign
	}
	_, end, _ := strings.Cut(head, ".")
	until, err := strconv.ParseInt(end, 36, 64)
	if err != nil || !w.now().Before(time.Unix(until, 0)) {
		return errLate
	}
	digest := sha256.Sum256([]byte(state))
	first, err := w.store.SeenOnce(ctx, "slack install "+hex.EncodeToString(digest[:]), w.now(), stateLife+time.Minute)
	if err == nil && !first {
		err = errUsed
	}
	return err
}

// callback takes the browser back from Slack.
func (d Door) callback(rw http.ResponseWriter, r *http.Request) {
	w, q, again := d.Workspaces, r.URL.Query(), d.URL+PathInstall
	browser := ""
	if c, err := r.Cookie(cookieName); err == nil {
		browser = c.Value
	}
	switch err := w.takeState(r.Context(), q.Get("state"), browser); {
	case errors.Is(err, errForeign), errors.Is(err, errLate), errors.Is(err, errUsed):
		w.log.Warn("an installation was refused", "why", err.Error())
		show(rw, http.StatusForbidden, "Not installed", upper(err.Error())+". Nothing was installed by this; to do so, begin again.", again)
		return
	case err != nil:
		w.log.Error("an installation could not be checked", "error", err)
		show(rw, http.StatusServiceUnavailable, "Not installed", "parley cannot reach what it has stored just now. Begin again in a minute.", again)
		return
	}
	// Only now: a page that sends the browser here cannot spoil what it has begun.
	http.SetCookie(rw, &http.Cookie{Name: cookieName, Path: "/", MaxAge: -1, HttpOnly: true, Secure: true, SameSite: http.SameSiteLaxMode})
	if code := q.Get("error"); code != "" {
		if code == "access_denied" {
			show(rw, http.StatusOK, "Not installed", "The installation was declined in Slack, so nothing was installed.", again)
			return
		}
		w.log.Warn("Slack did not allow an installation", "code", clean(code))
		show(rw, http.StatusBadGateway, "Not installed", "Slack did not allow the installation ("+clean(code)+"). Tell whoever runs parley if this stays.", again)
		return
	}
	ws, first, err := d.exchange(r.Context(), q.Get("code"))
	switch {
	case errors.Is(err, errHome):
		show(rw, http.StatusOK, "Nothing to do", "Your workspace is served already: its token is in the environment of parley. Nothing was changed.", "")
	case err != nil:
		w.log.Warn("an installation failed", "error", err)
		show(rw, http.StatusBadGateway, "Not installed", upper(err.Error())+".", again)
	default:
		d.Installed(context.WithoutCancel(r.Context()), ws, first)
		show(rw, http.StatusOK, "Installed", "parley is installed in "+ws.Name+". Type /invite @parley in a channel, and then /parley to see what it can do there.", "")
	}
}

var errHome = errors.New("it is the home workspace")

// exchange turns a code into tokens and stores them. The context of the browser
// does not end it: a code can be used but once.
func (d Door) exchange(ctx context.Context, code string) (ws news.Workspace, first bool, err error) {
	if code == "" {
		return ws, false, errors.New("Slack sent no code: begin again")
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), exchangeWithin)
	defer cancel()
	w := d.Workspaces
	g, err := w.slack.exchange(ctx, code, d.callbackURL())
	if err != nil {
		return ws, false, err
	}
	home, err := d.Home(ctx)
	if err != nil {
		w.log.Error("whether an installation is of the home workspace cannot be told", "error", err)
		return ws, false, errors.New("parley could not look which workspace it is: begin again in a minute")
	}
	if home == g.Team {
		return ws, false, errHome
	}
	now := w.now()
	ws = news.Workspace{Team: g.Team, Name: g.Name, BotUser: g.BotUser, Scopes: g.Scopes, Expires: g.expires(now), InstalledBy: g.By, Installed: now}
	if ws.Sealed, err = w.sealed(tokens{g.Access, g.Refresh}, g.Team); err == nil {
		first, err = w.store.Install(ctx, ws)
	}
	if err != nil {
		w.log.Error("an installation could not be stored", "team", g.Team, "error", err)
		return ws, false, errors.New("parley could not store the installation: begin again in a minute")
	}
	return ws, first, nil
}

func upper(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' || strings.HasPrefix(s, "parley") {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}
