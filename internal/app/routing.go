package app

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"parley/internal/deliver"
	"parley/internal/news"
)

// A router posts each notification by the client of the workspace that its channel
// is of. One workspace that refuses parley holds no other up.
type router struct {
	app  *App
	home deliver.Poster

	mu      sync.Mutex
	stopped map[string]string // team → why nothing can be posted there, while that is so
}

// stoppedFor is how long a workspace that refuses parley is left alone.
const stoppedFor = time.Hour

// Post posts a batch in its workspace.
func (r *router) Post(ctx context.Context, batch []news.Notification) (news.Receipt, error) {
	team, poster, batch, err := r.to(ctx, batch)
	if err != nil {
		return news.Receipt{}, r.held(team, err)
	}
	receipt, err := poster.Post(ctx, batch)
	return receipt, r.held(team, err)
}

// Find looks for a notification in its workspace.
func (r *router) Find(ctx context.Context, n news.Notification) (news.Receipt, bool, error) {
	team, poster, batch, err := r.to(ctx, []news.Notification{n})
	if err != nil {
		return news.Receipt{}, false, r.held(team, err)
	}
	look, ok := poster.(deliver.Reconciler)
	if !ok {
		return news.Receipt{}, false, deliver.ErrCannotLook
	}
	receipt, found, err := look.Find(ctx, batch[0])
	return receipt, found, r.held(team, err)
}

// to finds who posts a batch, and writes its channel as it is called there.
func (r *router) to(ctx context.Context, batch []news.Notification) (team string, p deliver.Poster, here []news.Notification, err error) {
	if len(batch) == 0 {
		return "", r.home, batch, nil
	}
	if team, _ = news.SplitAddress(batch[0].Channel); team == "" {
		return "", r.home, batch, nil
	}
	if r.app.workspaces == nil {
		return team, nil, nil, &news.Fault{Kind: news.Shut, Reason: "this workspace has installed parley by OAuth and is served only with SLACK_CLIENT_ID"}
	}
	t, err := r.app.tenant(ctx, team)
	switch {
	case err != nil:
		return team, nil, nil, &news.Fault{Kind: news.Transient, Reason: "which workspace it goes to cannot be read: " + err.Error()}
	case t == nil:
		return team, nil, nil, &news.Fault{Kind: news.Gone, Reason: "the workspace has removed parley"}
	}
	here = slices.Clone(batch)
	for i := range here {
		here[i].Channel = local(here[i].Channel)
	}
	return team, slackPoster{t.slack}, here, nil
}

// held turns what shuts parley out of one workspace, of several, into a long hold
// of the channels there: nothing is lost, and it goes on by itself when the
// workspace takes messages again. Where there is but one, delivery ends.
func (r *router) held(team string, err error) error {
	several := team != "" || r.app.workspaces != nil
	fault, ok := errors.AsType[*news.Fault](err)
	r.mu.Lock()
	defer r.mu.Unlock()
	if !several || !ok || fault.Kind != news.Shut {
		if err == nil {
			delete(r.stopped, team)
		}
		return err
	}
	reason := fault.Reason
	if team != "" && fault.Code != "" && fault.Code != "missing_scope" {
		reason = "Slack does not accept the token of this workspace any more: let it install parley again (" + fault.Code + ")"
	}
	if r.stopped[team] != reason {
		r.stopped[team] = reason
		name := team
		if name == "" {
			name = "of SLACK_BOT_TOKEN"
		}
		r.app.log.Error("a workspace takes no messages; they are kept, and all other workspaces are served", "workspace", name, "reason", reason)
	}
	return &news.Fault{Kind: news.Limited, RetryAfter: stoppedFor, Reason: reason}
}
