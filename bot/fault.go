package bot

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// unknownRetry is how long a channel is held when Slack limits us without saying
// for how long.
const unknownRetry = 30 * time.Second

// faultOf sorts an error of a call that posts into what is to be done about it.
// It returns nil for nil. The reason never holds an address or a token.
func faultOf(err error) error {
	if err == nil {
		return nil
	}
	if fault, ok := errors.AsType[*news.Fault](err); ok { // it never left
		return fault
	}
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return &news.Fault{Kind: news.Limited, RetryAfter: max(limited.RetryAfter, time.Second), Reason: "Slack limits how often this channel may be posted to"}
	}
	if refused, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		return refusal(refused)
	}
	if status, ok := errors.AsType[slack.StatusCodeError](err); ok {
		switch {
		case status.Code == http.StatusTooManyRequests:
			return &news.Fault{Kind: news.Limited, RetryAfter: unknownRetry, Reason: "Slack limits how often this channel may be posted to"}
		case status.Code >= 500:
			return &news.Fault{Kind: news.Ambiguous, Reason: "Slack answered with status " + itoa(status.Code) + "; the message may have been posted"}
		}
		return &news.Fault{Kind: news.Transient, Reason: "Slack answered with status " + itoa(status.Code)}
	}
	return networkFault(err)
}

// networkFault tells a request that never left from one whose answer was lost.
func networkFault(err error) error {
	if dns, ok := errors.AsType[*net.DNSError](err); ok {
		return &news.Fault{Kind: news.Transient, Reason: "the name of Slack's server was not resolved: " + dns.Err}
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		return &news.Fault{Kind: news.Transient, Reason: "Slack cannot be reached: " + op.Err.Error()}
	}
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err // the rest is an address
	}
	switch {
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return &news.Fault{Kind: news.Ambiguous, Reason: "Slack did not answer in time; the message may have been posted"}
	case errors.Is(err, context.Canceled):
		return &news.Fault{Kind: news.Ambiguous, Reason: "stopped while waiting for Slack's answer; the message may have been posted"}
	}
	return &news.Fault{Kind: news.Ambiguous, Reason: "the connection to Slack broke before its answer came; the message may have been posted"}
}

func isTimeout(err error) bool {
	t, ok := errors.AsType[net.Error](err)
	return ok && t.Timeout()
}

// refusal sorts the codes with which Slack refuses a message. One that is not
// listed was refused all the same, so it may be tried again.
func refusal(r slack.SlackErrorResponse) error {
	f := &news.Fault{Kind: news.Transient, Reason: "Slack refuses the message: " + r.Err, Code: r.Err}
	switch r.Err {
	case "ratelimited", "rate_limited", "message_limit_exceeded":
		f.Kind, f.RetryAfter = news.Limited, unknownRetry
		f.Reason = "Slack limits how often this channel may be posted to"
	case "channel_not_found":
		f.Kind, f.Reason = news.Gone, "there is no such channel, or it is private and parley was not invited: type /invite @parley in it (channel_not_found)"
	case "not_in_channel":
		f.Kind, f.Reason = news.Gone, "parley is not a member of the channel: type /invite @parley in it (not_in_channel)"
	case "is_archived":
		f.Kind, f.Reason = news.Gone, "the channel is archived (is_archived)"
	case "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
		"restricted_action_non_threadable_channel", "restricted_action_thread_locked", "posting_to_general_channel_denied":
		f.Kind, f.Reason = news.Gone, "the workspace does not let parley post in this channel ("+r.Err+")"
	case "user_not_found", "users_not_found", "user_disabled", "cannot_dm_bot", "messages_tab_disabled":
		f.Kind, f.Reason = news.Gone, "this person cannot be written to ("+r.Err+")"
	case "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text", "invalid_attachments",
		"too_many_attachments", "metadata_too_large", "invalid_metadata_format", "invalid_metadata_schema", "attachment_payload_limit_exceeded",
		"invalid_arguments", "invalid_array_arg":
		f.Kind = news.Unfit
		for _, m := range r.ResponseMetadata.Messages {
			f.Reason += "; " + clip(plain(m), maxField)
			break
		}
	case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required", "ekm_access_denied",
		"no_permission", "access_denied", "team_access_not_granted", "two_factor_setup_required", "not_allowed_token_type", "enterprise_is_restricted":
		f.Kind, f.Reason = news.Shut, "Slack does not accept the bot token: set a valid SLACK_BOT_TOKEN ("+r.Err+")"
	case "missing_scope":
		f.Kind, f.Reason = news.Shut, "the Slack app lacks a scope: add "+clip(plain(r.Needed), maxName)+" and install it again (missing_scope)"
	case "internal_error", "fatal_error":
		f.Kind = news.Ambiguous // Slack says that part of the work may have been done
		f.Reason = "Slack failed inside (" + r.Err + "); the message may have been posted"
	}
	return f
}
