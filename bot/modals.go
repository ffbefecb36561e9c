package bot

import (
	"context"
	"encoding/json"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"
)

// sent takes a form that somebody sent. The acknowledgement says what is wrong
// with it, or shows what came of it; what takes longer than Slack waits is shown
// in the same window later.
func (r *Room) sent(ctx context.Context, t *turn, i slack.InteractionCallback) {
	r.ready()
	f := filledIn(i.View)
	request := Request{Channel: i.User.ID, User: i.User.ID, At: r.Now()}
	patience := time.AfterFunc(ackWithin, func() { r.reply(t, answerModal(onlyText("One moment, this takes longer than usual …"))) })
	run := func() {
		defer patience.Stop()
		r.fulfil(ctx, t, i, request, f)
	}
	if !r.lanes.do("user "+i.User.ID, run) {
		patience.Stop()
		r.reply(t, answerModal(onlyText("Too much is being asked at the moment, and nothing was changed. Try again in a few seconds.")))
	}
}

// fulfil checks a form and does what it says, once.
func (r *Room) fulfil(ctx context.Context, t *turn, i slack.InteractionCallback, request Request, f filled) {
	var do deed
	var wrong faults
	var instead *slack.ModalViewRequest
	out := r.guard(func() Response {
		return r.limited(ctx, func(ctx context.Context) Response {
			var err error
			if do, wrong, instead, err = r.Commands.check(ctx, request, f); err != nil {
				return r.Commands.failure(err)
			}
			return Response{}
		})
	})
	switch {
	case out.Text != "":
		r.shown(ctx, t, i, answerModal(out))
		return
	case len(wrong) > 0:
		payload, err := json.Marshal(slack.NewErrorsViewSubmissionResponse(wrong))
		if err == nil {
			_, err = t.take(payload)
		}
		if err != nil {
			r.Log.Warn("a form was not acknowledged", "err", err)
		}
		return
	case instead != nil:
		r.tryFirst(ctx, t, i, f.origin.from(request), rulingIn(f), instead)
		return
	}
	first, err := r.seen.SeenOnce(ctx, i.Team.ID+" slack form "+i.View.ID, r.Now(), keepSeen)
	if err == nil && !first {
		r.shown(ctx, t, i, answerModal(onlyText("That was sent a moment ago, and is done once.")))
		return
	}
	r.latest.forget(i.View.ID)
	out = r.guard(func() Response {
		return r.limited(ctx, func(ctx context.Context) Response {
			out, err := do(ctx)
			if err != nil {
				return r.Commands.failure(err)
			}
			return out
		})
	})
	r.Log.Info("command", "verb", "form "+clip(f.form, 40), "channel", f.origin.Channel, "user", request.User, "took", r.Now().Sub(request.At))
	r.shown(ctx, t, i, answerModal(out))
	if said := r.told(ctx, out); said.Text != out.Text { // it could not be announced
		time.Sleep(ackSettles)
		r.update(ctx, i.View.ID, "", answerModal(said))
	}
	if f.origin.Channel == request.User {
		r.home(ctx, request.User, "")
	}
}

// reply shows a view in place of the form; false if the form was acknowledged
// already.
func (r *Room) reply(t *turn, m *slack.ModalViewRequest) bool {
	payload, err := json.Marshal(slack.NewUpdateViewSubmissionResponse(m))
	taken := false
	if err == nil && len(payload) < maxAckBytes {
		taken, err = t.take(payload)
	}
	if err != nil {
		r.Log.Warn("a form was not acknowledged", "err", err)
	}
	return taken
}

// shown replaces a form by what came of it, in the acknowledgement or after it.
func (r *Room) shown(ctx context.Context, t *turn, i slack.InteractionCallback, m *slack.ModalViewRequest) {
	if r.reply(t, m) {
		return
	}
	// Acknowledged empty the window would close: it stays, and is drawn anew.
	if r.reply(t, answerModal(onlyText("One moment …"))) {
		time.Sleep(ackSettles)
	}
	r.update(ctx, i.View.ID, "", m)
}

// ackSettles is how long Slack may take to show what an acknowledgement says. A
// window that is drawn anew before would be overwritten by it.
const ackSettles = 500 * time.Millisecond

// update draws an open modal anew; hash is what it must still be, empty for
// whatever it is. It returns the hash from then on, empty when that failed.
func (r *Room) update(ctx context.Context, id, hash string, m *slack.ModalViewRequest) string {
	ctx, cancel := context.WithTimeout(ctx, lateWithin)
	defer cancel()
	done, err := r.API.UpdateViewContext(ctx, *m, "", hash, id)
	if err != nil {
		r.Log.Info("a modal could not be drawn anew: it was closed, or changed meanwhile", "modal", m.CallbackID, "err", faultOf(err))
		return ""
	}
	return done.Hash
}

// pressedInModal answers what was used in a modal: inputs that want the form drawn
// anew, buttons that open another, and look-ups, which are laid on top of it.
func (r *Room) pressedInModal(ctx context.Context, i slack.InteractionCallback, action *slack.BlockAction) {
	f := filledIn(i.View)
	request := f.origin.from(Request{Channel: i.User.ID, User: i.User.ID, At: r.Now()})
	switch {
	case f.form == formRule && (action.ActionID == inputQuery || action.ActionID == inputTry):
		r.tryOut(ctx, i, request, rulingIn(f), i.View.Hash)
	case (f.form == formSubscribe || f.form == formEdit) && action.ActionID == inputHow:
		var view *slack.ModalViewRequest
		r.guard(func() Response {
			return r.limited(ctx, func(ctx context.Context) (none Response) {
				var err error
				if view, err = r.Commands.refill(ctx, request, f); err != nil {
					r.Log.Warn("a form could not be drawn anew", "err", err)
				}
				return none
			})
		})
		if view != nil {
			r.update(ctx, i.View.ID, i.View.Hash, view)
		}
	case strings.HasPrefix(action.ActionID, actionForm):
		request.Action, request.Value = action.ActionID, action.Value
		r.lay(ctx, i, asModal(r.answer(ctx, request)).Opens)
	case strings.HasPrefix(action.ActionID, actionRun) && looksOnly(action.Value):
		request.Text = action.Value
		r.lay(ctx, i, asModal(r.answer(ctx, request)).Opens)
	case f.values[action.ActionID].Type != "":
		// an input that nobody waits for
	default:
		r.lay(ctx, i, answerModal(oldButton()))
	}
}

// lay puts a modal on top of the one in which something was pressed, or in its
// place when there are as many as Slack takes, or when there is no time left.
func (r *Room) lay(ctx context.Context, i slack.InteractionCallback, m *slack.ModalViewRequest) {
	deep := i.View.PreviousViewID != "" && i.View.PreviousViewID != i.View.RootViewID
	if !deep {
		_, err := r.API.PushViewContext(ctx, i.TriggerID, *m)
		if err == nil {
			return
		}
		r.Log.Info("a modal could not be laid on top; it takes the place of the other", "modal", m.CallbackID, "err", faultOf(err))
	}
	r.update(ctx, i.View.ID, "", m)
}

// tryFirst shows what a query would have raised to somebody who sent it untried:
// in the acknowledgement if that is known soon enough, and else when it is.
func (r *Room) tryFirst(ctx context.Context, t *turn, i slack.InteractionCallback, request Request, form ruling, meanwhile *slack.ModalViewRequest) {
	turn := r.latest.next(i.View.ID)
	known := make(chan *slack.ModalViewRequest, 1)
	if !r.lanes.do("slow", func() { known <- r.trial(ctx, request, form) }) {
		r.shown(ctx, t, i, answerModal(onlyText("Too much is being asked at the moment, and nothing was changed. Try again in a few seconds.")))
		return
	}
	soon := time.NewTimer(lookWithin)
	defer soon.Stop()
	select {
	case view := <-known:
		r.shown(ctx, t, i, view)
	case <-soon.C:
		r.shown(ctx, t, i, meanwhile)
		r.lanes.do("window "+i.View.ID, func() { // whose own lane goes on
			if view := <-known; r.latest.is(i.View.ID, turn) {
				r.update(ctx, i.View.ID, "", view)
			}
		})
	}
}

// trial is the form with what its query would have raised.
func (r *Room) trial(ctx context.Context, request Request, form ruling) (view *slack.ModalViewRequest) {
	broken := r.guard(func() Response {
		within, cancel := context.WithTimeout(ctx, lateWithin)
		defer cancel()
		var err error
		if view, err = r.Commands.tried(within, request, form); err != nil {
			return r.Commands.failure(err)
		}
		return Response{}
	})
	if broken.Text != "" {
		return answerModal(broken)
	}
	return view
}

// tryOut shows what is doubtful about the query in a form at once, and what it
// would have raised when that is known. Only what was typed last is tried.
func (r *Room) tryOut(ctx context.Context, i slack.InteractionCallback, request Request, form ruling, hash string) {
	id := i.View.ID
	turn := r.latest.next(id)
	can := false
	var view *slack.ModalViewRequest
	r.guard(func() Response {
		return r.limited(ctx, func(ctx context.Context) (none Response) {
			var err error
			if view, can, err = r.Commands.looked(ctx, request, form); err != nil {
				r.Log.Warn("a query could not be looked at", "err", err)
			}
			return none
		})
	})
	if view == nil {
		return
	}
	if hash = r.update(ctx, id, hash, view); hash == "" || !can {
		return
	}
	accepted := r.lanes.do("slow", func() {
		if !r.latest.is(id, turn) {
			return
		}
		view := r.trial(ctx, request, form)
		if r.latest.is(id, turn) {
			r.update(ctx, id, hash, view)
		}
	})
	if !accepted {
		r.Log.Warn("a query was not tried: too much is waiting")
	}
}

// latest knows which of several things that were asked of a modal came last.
type latest struct {
	mu    sync.Mutex
	turns map[string]int
	count int
}

// maxTrying bounds how many modals are remembered: those that were closed are
// never heard of again.
const maxTrying = 256

func (l *latest) next(id string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.turns == nil || len(l.turns) >= maxTrying {
		l.turns = map[string]int{} // what is being tried for the others is not shown
	}
	l.count++
	l.turns[id] = l.count
	return l.count
}

func (l *latest) is(id string, turn int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.turns[id] == turn
}

func (l *latest) forget(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.turns, id)
}
