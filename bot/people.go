package bot

import (
	"context"
	"errors"
	"time"

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

// Admin tells whether a person is an admin of the workspace, or its owner. That may be
// known only with the scope users:read; the error says so.
func (s *Slack) Admin(ctx context.Context, user string) (bool, error) {
	who, err := s.api.GetUserInfoContext(ctx, user)
	if err != nil {
		return false, faultOf(err)
	}
	return who.IsAdmin || who.IsOwner || who.IsPrimaryOwner, nil
}

// Places tells in which channels a person is, of those that parley may know of:
// public ones with the scope channels:read, private ones that it was invited to
// with groups:read. The error names the scope that is missing.
func (s *Slack) Places(ctx context.Context, user string) ([]Place, error) {
	var out []Place
	params := &slack.GetConversationsForUserParameters{UserID: user, Types: []string{"public_channel", "private_channel"}, Limit: 999, ExcludeArchived: true}
	for range 5 {
		page, cursor, err := s.api.GetConversationsForUserContext(ctx, params)
		if missingScope(err) && len(params.Types) == 2 { // private channels need groups:read
			params.Types = params.Types[:1]
			continue
		}
		if err != nil {
			return nil, faultOf(err)
		}
		for _, c := range page {
			out = append(out, Place{ID: c.ID, Name: c.Name})
		}
		if params.Cursor = cursor; cursor == "" {
			break
		}
	}
	return out, nil
}

// Profile tells the time zone of a person, as his or her profile has it; nil if
// that names none. It may be known only with the scope users:read.
func (s *Slack) Profile(ctx context.Context, user string) (*time.Location, error) {
	who, err := s.api.GetUserInfoContext(ctx, user)
	if err != nil {
		return nil, faultOf(err)
	}
	return zoneOf(who.TZ), nil
}
