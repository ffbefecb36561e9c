package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// A Diagnosis is one thing that was looked at, in a sentence that says what to do
// where something is to be done.
type Diagnosis struct {
	Is    Condition
	About string // "slack", "#negotiations"
	Says  string
}

// A Condition says whether a Diagnosis needs somebody.
type Condition string

// The conditions.
const (
	Well  Condition = "well"
	Note  Condition = "note"  // works, and there is something to know
	Wrong Condition = "wrong" // something is lost or will be until it is put right
)

// Mark is the sign that stands before a diagnosis.
func (s Condition) Mark() string {
	switch s {
	case Well:
		return "✓"
	case Wrong:
		return "✗"
	}
	return "·"
}

// A Checkup looks at a workspace as parley sees it: whom the tokens belong to,
// what they may do, and whether every channel can be posted to. It posts
// nothing.
type Checkup struct {
	API      *slack.Client
	Socket   bool     // there is an app token: /parley comes over Socket Mode
	Channels []string // that are posted to, by id or #name
}

// Run looks. It ends early if the bot token is of no use, since nothing else can be
// asked then.
func (c Checkup) Run(ctx context.Context) []Diagnosis {
	who, err := c.API.AuthTestContext(ctx)
	if err != nil {
		return []Diagnosis{{Wrong, "slack", lookSays(err)}}
	}
	found := []Diagnosis{{Well, "slack", "posts as @" + clip(plain(who.User), maxName) + " in the workspace " + clip(plain(who.Team), maxName)}}
	scopes := scopesOf(who.Header.Get("X-Oauth-Scopes"))
	found = append(found, lacking(scopes)...)
	if c.Socket {
		if _, _, err := c.API.StartSocketModeContext(ctx); err != nil {
			found = append(found, Diagnosis{Wrong, "slack", "Socket Mode cannot be opened, so /parley does not answer: " + socketSays(err)})
		} else {
			found = append(found, Diagnosis{Well, "slack", "the app token opens Socket Mode"})
		}
	}
	return append(found, c.channels(ctx, scopes)...)
}

// scopesOf reads the list with which Slack answers every call; nil if it did
// not come.
func scopesOf(header string) map[string]bool {
	var out map[string]bool
	for s := range strings.SplitSeq(header, ",") {
		if s = strings.TrimSpace(s); s != "" {
			if out == nil {
				out = map[string]bool{}
			}
			out[s] = true
		}
	}
	return out
}

// lacking tells which scopes were not granted, and what that costs.
func lacking(granted map[string]bool) []Diagnosis {
	if granted == nil {
		return []Diagnosis{{Note, "scopes", "Slack does not say which scopes the token has"}}
	}
	var found []Diagnosis
	for _, s := range Scopes() {
		switch {
		case granted[s.Name]:
		case s.Optional:
			found = append(found, Diagnosis{Note, "scopes", s.Name + " is not granted, and need not be. It is for: " + s.Reason})
		default:
			found = append(found, Diagnosis{Wrong, "scopes", "the scope " + s.Name + " is missing: add it to the Slack app and install the app again. " + s.Reason})
		}
	}
	if found == nil {
		found = []Diagnosis{{Well, "scopes", "all are granted, the optional ones too"}}
	}
	return found
}

// channels looks whether each channel can be posted to.
func (c Checkup) channels(ctx context.Context, scopes map[string]bool) []Diagnosis {
	var found []Diagnosis
	var listed map[string]slack.Channel // by name, once asked for
	for _, ref := range c.Channels {
		name, isName := strings.CutPrefix(ref, "#")
		switch {
		case strings.HasPrefix(ref, "U"), strings.HasPrefix(ref, "W"), strings.HasPrefix(ref, "D"):
			continue // a person: there is nothing to look at without writing
		case !isName:
			info, err := c.API.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: ref})
			switch {
			case missingScope(err):
				found = append(found, unlooked(ref))
			case err != nil:
				found = append(found, Diagnosis{Wrong, ref, lookSays(err)})
			default:
				found = append(found, postable(ref, *info, scopes))
			}
			continue
		}
		if listed == nil {
			var err error
			if listed, err = c.list(ctx); err != nil {
				if !missingScope(err) {
					return append(found, Diagnosis{Wrong, "channels", lookSays(err)})
				}
			}
		}
		ch, ok := listed[name]
		switch {
		case ok:
			found = append(found, postable(ref, ch, scopes))
		case !scopes["channels:read"] || !scopes["groups:read"]:
			found = append(found, unlooked(ref))
		default:
			found = append(found, Diagnosis{Wrong, ref, "there is no such channel, or it is private and parley was not invited: make it, or type /invite @parley in it"})
		}
	}
	return found
}

func unlooked(ref string) Diagnosis {
	return Diagnosis{Note, ref, "whether it can be posted to is not known without the scopes channels:read and groups:read; an alert that cannot be posted there is set aside and shown here"}
}

// list asks for the channels by name, for the private ones too if that is
// allowed.
func (c Checkup) list(ctx context.Context) (map[string]slack.Channel, error) {
	out := map[string]slack.Channel{}
	params := &slack.GetConversationsParameters{Limit: 1000, Types: []string{"public_channel", "private_channel"}}
	for range 50 {
		page, cursor, err := c.API.GetConversationsContext(ctx, params)
		if missingScope(err) && len(params.Types) == 2 {
			params.Types = params.Types[:1]
			continue
		}
		if err != nil {
			return out, err
		}
		for _, ch := range page {
			out[ch.Name] = ch
		}
		if params.Cursor = cursor; cursor == "" {
			break
		}
	}
	return out, nil
}

func postable(ref string, ch slack.Channel, scopes map[string]bool) Diagnosis {
	switch {
	case ch.IsArchived:
		return Diagnosis{Wrong, ref, "the channel is archived: restore it, or take it out of the configuration and end its subscriptions"}
	case ch.IsMember:
		return Diagnosis{Well, ref, "parley is a member"}
	case !ch.IsPrivate && scopes["chat:write.public"]:
		return Diagnosis{Well, ref, "parley is no member, and may post there as in every public channel; it cannot look there for an alert whose answer was lost"}
	}
	return Diagnosis{Wrong, ref, "parley is not a member: type /invite @parley in it"}
}

// lookSays says in a sentence why a question to Slack was not answered.
func lookSays(err error) string {
	fault := &news.Fault{}
	if !errors.As(faultOf(err), &fault) {
		return "Slack does not answer as expected"
	}
	switch fault.Kind {
	case news.Ambiguous:
		return "Slack did not answer: try again, and look at status.slack.com if this stays"
	case news.Limited:
		return "Slack limits how often it may be asked: try again in a minute"
	}
	return fault.Reason
}

// socketSays is lookSays for the app token.
func socketSays(err error) string {
	refused, ok := errors.AsType[slack.SlackErrorResponse](err)
	switch {
	case ok && slices.Contains([]string{"invalid_auth", "not_authed", "token_revoked", "not_allowed_token_type", "account_inactive"}, refused.Err):
		return "Slack does not accept the app token: set a valid SLACK_APP_TOKEN (" + refused.Err + ")"
	case ok && refused.Err == "missing_scope":
		return "the app token lacks the scope connections:write: make one that has it, under Basic Information, App-Level Tokens"
	}
	return lookSays(err)
}
