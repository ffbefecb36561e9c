package bot

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"parley/internal/news"
)

// A Slack posts notifications to Slack. It is safe for use by many goroutines.
type Slack struct {
	api   *slack.Client
	names Names

	mu  sync.Mutex
	ids map[string]string // "#name" or user → id of the conversation, as Slack told it
}

// Access is what it takes to speak to a workspace.
type Access struct {
	BotToken string
	AppToken string       // for Socket Mode only
	API      string       // address of the Web API with its last slash; empty: Slack's own
	HTTP     *http.Client // carries the requests; nil: one that waits ten seconds for an answer
}

// Client makes the client that Slack, Socket and Web speak through. Unlike the
// library's own it gives up on an answer some time. It retries nothing:
// a post that is tried twice may be read twice.
func (a Access) Client() *slack.Client {
	client := a.HTTP
	if client == nil {
		client = &http.Client{Timeout: 10 * time.Second}
	}
	opts := []slack.Option{slack.OptionHTTPClient(client)}
	if a.AppToken != "" {
		opts = append(opts, slack.OptionAppLevelToken(a.AppToken))
	}
	if a.API != "" {
		opts = append(opts, slack.OptionAPIURL(a.API))
	}
	return slack.New(a.BotToken, opts...)
}

// NewSlack posts through api, which should come from Access.Client.
func NewSlack(api *slack.Client, names Names) *Slack {
	return &Slack{api: api, names: names, ids: map[string]string{}}
}

// alertEvent marks our messages in Slack's own memory of a channel, so that a
// message whose receipt was lost can be found again.
const alertEvent = "parley_alert"

// Post sends a batch, all to one channel: one notification as a card, several as
// one digest. An error is always a *news.Fault.
//
// A notification with a target is a reply in the thread there, or an edit of the
// message. A batch marked Plain goes out as text alone. One that is still marked Unsure,
// since nobody could look, says of itself that it may be a repetition.
func (s *Slack) Post(ctx context.Context, batch []news.Notification) (news.Receipt, error) {
	if len(batch) == 0 {
		return news.Receipt{}, &news.Fault{Kind: news.Unfit, Reason: "there is nothing to post"}
	}
	if ctx.Err() != nil {
		return news.Receipt{}, &news.Fault{Kind: news.Transient, Reason: "stopped before posting"}
	}
	if batch[0].Action == news.Edit {
		return s.edit(ctx, batch[0])
	}
	channel, ts, err := s.api.PostMessageContext(ctx, batch[0].Channel, append(s.message(batch), inThread(batch[0])...)...)
	if err != nil {
		return news.Receipt{}, faultOf(err)
	}
	s.know(batch[0].Channel, channel)
	return news.Receipt{Channel: channel, TS: ts}, nil
}

func (s *Slack) message(batch []news.Notification) []slack.MsgOption {
	blocks, text := compose(batch, s.names)
	plainly, unsure := false, false
	for _, n := range batch {
		plainly = plainly || n.Plain
		unsure = unsure || n.Unsure
	}
	if unsure {
		const note = "This may be a repetition: Slack's answer to an earlier attempt was lost."
		blocks = append(blocks, contextLine(note))
		text += " (" + note + ")"
	}
	opts := []slack.MsgOption{
		slack.MsgOptionText(text, false), // escaped already
		slack.MsgOptionDisableLinkUnfurl(),
		slack.MsgOptionDisableMediaUnfurl(),
		slack.MsgOptionMetadata(slack.SlackMetadata{EventType: alertEvent, EventPayload: payload(batch)}),
	}
	if !plainly {
		opts = append(opts, slack.MsgOptionBlocks(blocks...))
	}
	return opts
}

// payload names what a message holds: the key of its (first) notification, all
// keys, and the revision, which is how many sources the first one told of.
func payload(batch []news.Notification) map[string]any {
	keys := make([]string, len(batch))
	for i, n := range batch {
		keys[i] = n.Key
	}
	rev := 1
	if d := batch[0].Alert.Development; d != nil {
		rev = max(1, len(d.Sources))
	}
	return map[string]any{"key": keys[0], "keys": keys, "rev": rev}
}

// ErrCannotLook says that a channel may not be read back, so that nobody can tell
// whether a message arrived in it.
var ErrCannotLook = errors.New("the channel cannot be read back")

// Find looks in the channel for a message that holds the notification. It returns
// ErrCannotLook where the *:history scope of the channel's kind is missing, the
// bot is no member, or the channel's id is not known; any other error is a
// *news.Fault, and asking again later may help.
func (s *Slack) Find(ctx context.Context, n news.Notification) (receipt news.Receipt, ok bool, err error) {
	channel, err := s.channelID(ctx, n.Channel)
	if err != nil {
		return news.Receipt{}, false, lookFault(err)
	}
	oldest := slackTime(n.Created.Add(-lookBack))
	if n.After > oldest { // both are seconds of ten digits
		oldest = n.After
	}
	history := slack.GetConversationHistoryParameters{ChannelID: channel, Limit: 200, IncludeAllMetadata: true, Inclusive: true, Oldest: oldest}
	found, err := leafThrough(n.Key, func(cursor string) ([]slack.Message, string, error) {
		history.Cursor = cursor
		page, err := s.api.GetConversationHistoryContext(ctx, &history)
		if err != nil {
			return nil, "", err
		}
		return page.Messages, page.ResponseMetaData.NextCursor, nil
	})
	if err == nil && found == "" && n.Alert.Threaded && n.Target.TS != "" { // which shows in its thread alone
		replies := slack.GetConversationRepliesParameters{ChannelID: channel, Timestamp: n.Target.TS, Limit: 200, IncludeAllMetadata: true, Inclusive: true, Oldest: oldest}
		found, err = leafThrough(n.Key, func(cursor string) (page []slack.Message, next string, err error) {
			replies.Cursor = cursor
			page, _, next, err = s.api.GetConversationRepliesContext(ctx, &replies)
			return page, next, err
		})
	}
	if err != nil || found == "" {
		return news.Receipt{}, false, lookFault(err)
	}
	return news.Receipt{Channel: channel, TS: found}, true, nil
}

// lookBack is how long before it was queued a message is looked for, unless the
// one before it in the channel is younger: our clock may have been set since.
const lookBack = 25 * time.Hour

// leafThrough returns the stamp of the message that holds the notification, or
// nothing. It gives up after 2,000 messages: it may still be further on.
func leafThrough(key string, turn func(cursor string) (page []slack.Message, next string, err error)) (string, error) {
	cursor := ""
	for range 10 {
		page, next, err := turn(cursor)
		if err != nil {
			return "", err
		}
		for _, m := range page {
			if m.Metadata.EventType == alertEvent && holds(m.Metadata.EventPayload, key) {
				return m.Timestamp, nil
			}
		}
		if cursor = next; cursor == "" {
			return "", nil
		}
	}
	return "", ErrCannotLook
}

// lookFault tells a look that is not allowed from one that failed.
func lookFault(err error) error {
	if err == nil {
		return nil
	}
	if refused, ok := errors.AsType[slack.SlackErrorResponse](err); ok {
		switch refused.Err {
		case "missing_scope", "not_in_channel", "channel_not_found", "method_not_supported_for_channel_type", "no_permission", "not_allowed_token_type":
			return ErrCannotLook
		}
	}
	if errors.Is(err, ErrCannotLook) {
		return err
	}
	return faultOf(err)
}

func holds(payload map[string]any, key string) bool {
	if payload["key"] == key {
		return true
	}
	keys, _ := payload["keys"].([]any)
	return slices.Contains(keys, any(key))
}

// channelID returns the id of a channel that may be given by name, or of the
// conversation with a person. Those that were posted to are known; other names
// are looked up, if the scopes allow it.
func (s *Slack) channelID(ctx context.Context, channel string) (string, error) {
	s.mu.Lock()
	id := s.ids[channel]
	s.mu.Unlock()
	name, isName := strings.CutPrefix(channel, "#")
	switch {
	case id != "":
		return id, nil
	case strings.HasPrefix(channel, "U"), strings.HasPrefix(channel, "W"):
		return "", ErrCannotLook
	case !isName:
		return channel, nil
	}
	params := &slack.GetConversationsParameters{Limit: 1000, ExcludeArchived: true, Types: []string{"public_channel", "private_channel"}}
	for range 20 {
		page, cursor, err := s.api.GetConversationsContext(ctx, params)
		if missingScope(err) && len(params.Types) == 2 { // private channels need groups:read
			params.Types = params.Types[:1]
			continue
		}
		if err != nil {
			return "", err
		}
		for _, c := range page {
			if c.Name == name {
				s.know(channel, c.ID)
				return c.ID, nil
			}
		}
		if params.Cursor = cursor; cursor == "" {
			break
		}
	}
	return "", ErrCannotLook
}

// know remembers the id of a channel that is called otherwise.
func (s *Slack) know(channel, id string) {
	if id == "" || id == channel {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids[channel] = id
}

func missingScope(err error) bool {
	refused, ok := errors.AsType[slack.SlackErrorResponse](err)
	return ok && refused.Err == "missing_scope"
}

// slackTime writes an instant as Slack's message stamps are written.
func slackTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return itoa(int(t.Unix())) + ".000000"
}
