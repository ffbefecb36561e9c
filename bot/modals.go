package bot

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/slack-go/slack"
)

// sent takes a modal that somebody sent.
func (r *Room) sent(ctx context.Context, t *turn, i slack.InteractionCallback) {
	out := onlyText("That window is from an older version of me and does nothing now. `/parley help` lists what there is.")
	payload, err := json.Marshal(slack.NewUpdateViewSubmissionResponse(answerModal(out)))
	if err == nil {
		_, err = t.take(payload)
	}
	if err != nil {
		r.Log.Warn("a modal was not acknowledged", "err", err)
	}
}

// pressedInModal answers a press in a modal: what only looks is laid on top of it.
func (r *Room) pressedInModal(ctx context.Context, i slack.InteractionCallback, action *slack.BlockAction) {
	request := Request{Channel: i.User.ID, User: i.User.ID, At: r.Now()}
	out := oldButton()
	if strings.HasPrefix(action.ActionID, actionRun) && looksOnly(action.Value) {
		request.Text = action.Value
		out = r.answer(ctx, request)
	}
	r.lay(ctx, i, asModal(out).Opens)
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
	if _, err := r.API.UpdateViewContext(ctx, *m, "", "", i.View.ID); err != nil {
		r.Log.Warn("a modal could not be shown", "modal", m.CallbackID, "err", faultOf(err))
	}
}
