package bot

import (
	"context"
	"errors"

	"github.com/slack-go/slack"
)

// Gone tells whether a person has left the workspace. That may be known only with
// the scope users:read; the error says so.
func (s *Slack) Gone(ctx context.Context, user string) (bool, error) {
	who, err := s.api.GetUserInfoContext(ctx, user)
	if refused, ok := errors.AsType[slack.SlackErrorResponse](err); ok && (refused.Err == "user_not_found" || refused.Err == "users_not_found") {
		return true, nil
	}
	if err != nil {
		return false, faultOf(err)
	}
	return who.Deleted, nil
}
