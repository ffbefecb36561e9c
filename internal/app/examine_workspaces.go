package app

import (
	"context"
	"log/slog"
	"strings"
	"time"

	"parley/bot"
	"parley/internal/config"
	"parley/internal/news"
	"parley/internal/store"
	"parley/internal/workspaces"
)

// examineWorkspaces looks at each workspace that has installed parley: whether its
// token works and until when, what it may do, and where it is to post.
func (k *Knowledge) examineWorkspaces(ctx context.Context, e *Examination, s *store.Store, secrets config.Secrets, subs []news.Subscription, now time.Time, log *slog.Logger) {
	list, err := s.Workspaces(ctx)
	if err != nil {
		e.add(bot.Wrong, "workspaces", "%v", err)
		return
	}
	if secrets.ClientID == "" {
		if len(list) > 0 {
			e.add(bot.Wrong, "workspaces", "%s have installed parley and are not served: set SLACK_CLIENT_ID, SLACK_CLIENT_SECRET and PARLEY_TOKEN_KEY", workspaces.Names(list))
		}
		return
	}
	w, err := newWorkspaces(s, secrets, log, func() time.Time { return now })
	if err != nil {
		e.add(bot.Wrong, "workspaces", "%v", err)
		return
	}
	switch {
	case k.Config.PublicURL == "":
		e.add(bot.Note, "workspaces", "no further one can install parley: set slack.public_url to the https address at which browsers reach it")
	case k.Config.Listen == "":
		e.add(bot.Wrong, "workspaces", "no further one can install parley: `listen` is empty, so nobody answers at %s", k.Config.PublicURL)
	default:
		e.add(bot.Well, "workspaces", "%s; further ones install parley at %s%s", numbered(len(list), "workspace"), k.Config.PublicURL, workspaces.PathInstall)
	}
	_, lost, err := w.Look(ctx)
	if err != nil {
		e.add(bot.Wrong, "workspaces", "%v", err)
		return
	}
	unread := map[string]bool{}
	for _, ws := range lost {
		unread[ws.Team] = true
	}
	for _, ws := range list {
		if unread[ws.Team] {
			e.add(bot.Wrong, ws.Name, "its tokens cannot be read with PARLEY_TOKEN_KEY: give the key that sealed them behind the new one (PARLEY_TOKEN_KEY=new,old), or let the workspace install parley again")
			continue
		}
		k.examineWorkspace(ctx, e, w, ws, secrets.APIURL, subs)
	}
}

func (k *Knowledge) examineWorkspace(ctx context.Context, e *Examination, w *workspaces.Workspaces, ws news.Workspace, api string, subs []news.Subscription) {
	var channels []string
	for _, s := range subs {
		if isOf(s.Channel, ws.Team) {
			channels = append(channels, local(s.Channel))
		}
	}
	found := bot.Checkup{API: clientOf(w, ws.Team, api), Channels: once(channels)}.Run(ctx)
	for _, f := range found {
		switch f.About {
		case "slack", "scopes":
			f.About = ws.Name
		default:
			f.About = ws.Name + " " + f.About
		}
		if strings.Contains(f.Says, "SLACK_BOT_TOKEN") {
			f.Says = "Slack does not accept the token of this workspace any more: let it install parley again"
		}
		e.Found = append(e.Found, f)
	}
	until := "does not expire"
	if !ws.Expires.IsZero() {
		until = "is valid until " + ws.Expires.Format("2006-01-02 15:04 MST") + ", and is renewed before"
	}
	e.add(bot.Note, ws.Name, "installed %s by %s (team %s); its token %s; it was granted %s", ws.Installed.Format("2006-01-02"), ws.InstalledBy, ws.Team, until, strings.Join(ws.Scopes, ", "))
}

// once keeps the first of each.
func once(list []string) (out []string) {
	seen := map[string]bool{}
	for _, v := range list {
		if !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return out
}
