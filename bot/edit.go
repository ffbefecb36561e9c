package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// edit changes the card that stands at the target. A card that is gone, or may
// not be changed any more, is left as it is: what is new of it was posted when it
// happened.
func (s *Slack) edit(ctx context.Context, n news.Notification) (news.Receipt, error) {
	if n.Target.TS == "" {
		return n.Target, nil // it never came to be posted
	}
	_, _, _, err := s.api.UpdateMessageContext(ctx, n.Target.Channel, n.Target.TS, s.message([]news.Notification{n})...)
	if refused, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		switch refused.Err {
		case "message_not_found", "cant_update_message", "edit_window_closed":
			if n.Alert.Status != nil { // it is nothing but what it tells now: it is posted anew
				return news.Receipt{}, &news.Fault{Kind: news.Deleted, Reason: "somebody has deleted the status card"}
			}
		}
		switch refused.Err {
		case "message_not_found", "cant_update_message", "edit_window_closed", "update_failed", "is_inactive":
			return n.Target, nil
		}
	}
	if err != nil {
		return news.Receipt{}, faultOf(err)
	}
	return n.Target, nil
}

// inThread lets a message stand under the card that it updates, and in the
// channel too, where those read it who do not follow the thread, unless the
// channel wants it in the thread alone.
func inThread(n news.Notification) []slack.MsgOption {
	if n.Target.TS == "" {
		return nil
	}
	if n.Alert.Threaded {
		return []slack.MsgOption{slack.MsgOptionTS(n.Target.TS)}
	}
	return []slack.MsgOption{slack.MsgOptionTS(n.Target.TS), slack.MsgOptionBroadcast()}
}

// permalink leads to a message; it works in any workspace that has the channel.
func permalink(r news.Receipt) string {
	if r.TS == "" || r.Channel == "" {
		return ""
	}
	stamp := make([]byte, 0, len(r.TS))
	for i := range len(r.TS) {
		if r.TS[i] != '.' {
			stamp = append(stamp, r.TS[i])
		}
	}
	return "https://slack.com/archives/" + r.Channel + "/p" + string(stamp)
}
