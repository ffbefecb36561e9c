package bot_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// poster is a workspace and a Slack that posts in it, impatient for tests.
func poster(t *testing.T, o standin.Options) (*standin.Server, *bot.Slack) {
	t.Helper()
	s := standin.New(o)
	web := httptest.NewServer(s.Handler())
	t.Cleanup(web.Close)
	t.Cleanup(func() { _ = s.Close() })
	s.SetURL(web.URL)
	s.AddUser(standin.User{ID: "U1", Name: "mina"})
	s.AddChannel(standin.Channel{ID: "C1", Name: "us-iran"})
	s.AddChannel(standin.Channel{ID: "C2", Name: "uninvited"})
	s.AddChannel(standin.Channel{ID: "C4", Name: "old"})
	s.AddChannel(standin.Channel{ID: "C5", Name: "owners-only"})
	for _, err := range []error{s.Invite("us-iran", ""), s.Invite("old", ""), s.Archive("old"), s.Invite("owners-only", ""), s.Restrict("owners-only")} {
		if err != nil {
			t.Fatal(err)
		}
	}
	client := &http.Client{Timeout: time.Minute} // for hangs alone
	return s, bot.NewSlack(bot.Access{BotToken: s.BotToken(), API: web.URL + "/api/", HTTP: client}.Client(), names)
}

func notification(channel, key string, a news.Alert) news.Notification {
	return news.Notification{Key: key, Channel: channel, Alert: a, Created: time.Now()}
}

// Each way in which Slack does not take a message, as what is to be done about it.
func TestFaults(t *testing.T) {
	const post = "chat.postMessage"
	cases := map[string]struct {
		fault   standin.Fault
		channel string
		want    news.FaultKind
		retry   time.Duration
	}{
		"429":                  {standin.Fault{Kind: standin.RateLimited, RetryAfter: 7 * time.Second}, "C1", news.Limited, 7 * time.Second},
		"429 without a time":   {standin.Fault{Kind: standin.RateLimited, RetryAfter: -1}, "C1", news.Limited, 30 * time.Second},
		"ratelimited in a 200": {standin.Fault{Kind: standin.RateLimitedBody}, "C1", news.Limited, 30 * time.Second},
		"503":                  {standin.Fault{Kind: standin.Unavailable}, "C1", news.Ambiguous, 0},
		"dropped":              {standin.Fault{Kind: standin.Dropped}, "C1", news.Ambiguous, 0},
		"applied, dropped":     {standin.Fault{Kind: standin.AppliedDropped}, "C1", news.Ambiguous, 0},
		"applied, 503":         {standin.Fault{Kind: standin.AppliedUnavailable}, "C1", news.Ambiguous, 0},
		"hanging":              {standin.Fault{Kind: standin.Hang}, "C1", news.Ambiguous, 0},
		"applied, hanging":     {standin.Fault{Kind: standin.AppliedHang}, "C1", news.Ambiguous, 0},
		"no JSON":              {standin.Fault{Kind: standin.BadBody}, "C1", news.Ambiguous, 0},
		"fatal_error":          {standin.Fault{Kind: standin.Refused, Error: "fatal_error"}, "C1", news.Ambiguous, 0},
		"invalid_blocks":       {standin.Fault{Kind: standin.Refused, Error: "invalid_blocks"}, "C1", news.Unfit, 0},
		"msg_blocks_too_long":  {standin.Fault{Kind: standin.Refused, Error: "msg_blocks_too_long"}, "C1", news.Unfit, 0},
		"invalid_auth":         {standin.Fault{Kind: standin.TokenRefused}, "C1", news.Shut, 0},
		"token_revoked":        {standin.Fault{Kind: standin.TokenRefused, Error: "token_revoked"}, "C1", news.Shut, 0},
		"account_inactive":     {standin.Fault{Kind: standin.TokenRefused, Error: "account_inactive"}, "C1", news.Shut, 0},
		"missing_scope":        {standin.Fault{Kind: standin.MissingScope, Needed: "chat:write"}, "C1", news.Shut, 0},
		"service_unavailable":  {standin.Fault{Kind: standin.Refused, Error: "service_unavailable"}, "C1", news.Transient, 0},
		"an unknown code":      {standin.Fault{Kind: standin.Refused, Error: "brand_new_code"}, "C1", news.Transient, 0},
		"not_in_channel":       {standin.Fault{}, "C2", news.Gone, 0},
		"channel_not_found":    {standin.Fault{}, "C999", news.Gone, 0},
		"no such name":         {standin.Fault{}, "#nowhere", news.Gone, 0},
		"is_archived":          {standin.Fault{}, "C4", news.Gone, 0},
		"restricted_action":    {standin.Fault{}, "C5", news.Gone, 0},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, p := poster(t, standin.Options{})
			if c.fault.Kind != "" {
				c.fault.Method = post
				s.Fail(c.fault)
			}
			ctx := t.Context()
			if c.fault.Kind == standin.Hang || c.fault.Kind == standin.AppliedHang { // nobody waits for ever
				var stop context.CancelFunc
				ctx, stop = context.WithTimeout(ctx, 2*time.Second)
				defer stop()
			}
			_, err := p.Post(ctx, []news.Notification{notification(c.channel, "k", mediatorDate())})
			fault, ok := errors.AsType[*news.Fault](err)
			if !ok {
				t.Fatalf("%v is no fault", err)
			}
			if fault.Kind != c.want || fault.RetryAfter != c.retry || fault.Reason == "" {
				t.Errorf("%s after %v (%s), want %s after %v", fault.Kind, fault.RetryAfter, fault.Reason, c.want, c.retry)
			}
			if strings.Contains(fault.Reason, "xox") || strings.Contains(fault.Reason, "http://") {
				t.Errorf("the reason tells too much: %s", fault.Reason)
			}
			if n := len(s.Calls(post)); n != 1 {
				t.Errorf("%d calls of %s, want 1: nothing is retried here", n, post)
			}
		})
	}
}

func TestUnreachableSlackIsTransient(t *testing.T) {
	for name, api := range map[string]string{"refused": "http://127.0.0.1:1/api/", "unknown name": "http://slack.invalid/api/"} {
		p := bot.NewSlack(bot.Access{BotToken: "xoxb-1", API: api}.Client(), bot.Names{})
		_, err := p.Post(t.Context(), []news.Notification{notification("C1", "k", mediatorDate())})
		if fault, ok := errors.AsType[*news.Fault](err); !ok || fault.Kind != news.Transient || strings.Contains(fault.Reason, "/api/") {
			t.Errorf("%s: %+v", name, err)
		}
	}
	p := bot.NewSlack(bot.Access{BotToken: "xoxb-1"}.Client(), bot.Names{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := p.Post(ctx, []news.Notification{notification("C1", "k", mediatorDate())})
	if fault, ok := errors.AsType[*news.Fault](err); !ok || fault.Kind != news.Transient {
		t.Errorf("stopped before posting: %+v", err)
	}
}

func TestPosting(t *testing.T) {
	s, p := poster(t, standin.Options{})
	receipt, err := p.Post(t.Context(), []news.Notification{notification("#us-iran", "D-12 C1", mediatorDate())})
	if err != nil || receipt.Channel != "C1" || receipt.TS == "" {
		t.Fatalf("%+v, %v", receipt, err)
	}
	m, _ := s.Message("us-iran", receipt.TS)
	if m.UnfurlLinks == nil || *m.UnfurlLinks || m.UnfurlMedia == nil || *m.UnfurlMedia {
		t.Error("links would be unfurled")
	}
	if m.Metadata == nil || m.Metadata.EventType != "parley_alert" || m.Metadata.EventPayload["key"] != "D-12 C1" || m.Metadata.EventPayload["rev"] != 2.0 {
		t.Errorf("metadata: %+v", m.Metadata)
	}
	if len(m.Blocks) == 0 || !strings.HasPrefix(m.Text, "URGENT: ") {
		t.Errorf("posted %q with blocks %s", m.Text, m.Blocks)
	}

	digest := []news.Notification{notification("C1", "a", mediatorDate()), notification("C1", "b", sudanUpdate())}
	receipt, err = p.Post(t.Context(), digest)
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Message("us-iran", receipt.TS); !strings.HasPrefix(m.Text, "Digest: 2 alerts.") {
		t.Errorf("posted %q", m.Text)
	}

	plain := notification("C1", "c", mediatorDate())
	plain.Plain, plain.Unsure = true, true
	receipt, err = p.Post(t.Context(), []news.Notification{plain})
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Message("us-iran", receipt.TS); len(m.Blocks) != 0 || !strings.Contains(m.Text, "https://example.com/a") || !strings.Contains(m.Text, "may be a repetition") {
		t.Errorf("posted %q with blocks %s", m.Text, m.Blocks)
	}
	unsure := notification("C1", "d", mediatorDate())
	unsure.Unsure = true
	receipt, err = p.Post(t.Context(), []news.Notification{unsure})
	if err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Message("us-iran", receipt.TS); !strings.Contains(string(m.Blocks), "may be a repetition") {
		t.Errorf("not marked: %s", m.Blocks)
	}
	unsure.Action, unsure.Target = news.Edit, receipt
	if _, err = p.Post(t.Context(), []news.Notification{unsure}); err != nil {
		t.Fatal(err)
	}
	if m, _ := s.Message("us-iran", receipt.TS); m.Edits != 1 || !strings.Contains(string(m.Blocks), "may be a repetition") {
		t.Errorf("not marked any more after %d edits: %s", m.Edits, m.Blocks)
	}
	if _, err := p.Post(t.Context(), nil); err == nil {
		t.Error("an empty batch was posted")
	}
}

// A reply that shows in its thread alone is looked for there.
func TestFindInThread(t *testing.T) {
	ctx := t.Context()
	s, p := poster(t, standin.Options{})
	card, err := p.Post(ctx, []news.Notification{notification("C1", "card", mediatorDate())})
	if err != nil {
		t.Fatal(err)
	}
	reply := notification("C1", "reply", mediatorDate())
	reply.Target, reply.Alert.Threaded = card, true
	if _, ok, err := p.Find(ctx, reply); ok || err != nil {
		t.Errorf("found before it was posted: %v, %v", ok, err)
	}
	s.Fail(standin.Fault{Kind: standin.AppliedDropped, Method: "chat.postMessage", Times: 1})
	if _, err := p.Post(ctx, []news.Notification{reply}); err == nil {
		t.Fatal("the answer was to be lost")
	}
	if receipt, ok, err := p.Find(ctx, reply); !ok || err != nil || receipt.TS == "" || receipt.TS == card.TS {
		t.Errorf("%+v, %v, %v", receipt, ok, err)
	}
}

func TestFind(t *testing.T) {
	ctx := t.Context()
	s, p := poster(t, standin.Options{})
	s.Fail(standin.Fault{Kind: standin.AppliedDropped, Method: "chat.postMessage", Times: 2})
	one := notification("#us-iran", "one", mediatorDate())
	digest := []news.Notification{notification("C1", "two", mediatorDate()), notification("C1", "three", sudanUpdate())}
	for _, batch := range [][]news.Notification{{one}, digest} {
		if _, err := p.Post(ctx, batch); err == nil {
			t.Fatal("the answer was to be lost")
		}
	}
	for _, n := range []news.Notification{one, digest[0], digest[1]} {
		receipt, ok, err := p.Find(ctx, n)
		if err != nil || !ok || receipt.Channel != "C1" || receipt.TS == "" {
			t.Errorf("%s: %+v, %v, %v", n.Key, receipt, ok, err)
		}
	}
	if _, ok, err := p.Find(ctx, notification("C1", "four", mediatorDate())); ok || err != nil {
		t.Errorf("found what was never posted: %v, %v", ok, err)
	}
	// Our clock ran an hour or a day ahead when it was queued; Slack's did not.
	for _, ahead := range []time.Duration{time.Hour, 24 * time.Hour} {
		early := one
		early.Created = time.Now().Add(ahead)
		if _, ok, err := p.Find(ctx, early); !ok || err != nil {
			t.Errorf("queued %s ahead of its post: %v, %v", ahead, ok, err)
		}
	}
	late := one
	late.After = fmt.Sprintf("%d.000000", time.Now().Unix()+60)
	if _, ok, err := p.Find(ctx, late); ok || err != nil {
		t.Errorf("found before the message that it follows: %v, %v", ok, err)
	}
	for _, n := range []news.Notification{notification("C2", "one", one.Alert), notification("U1", "one", one.Alert), notification("#nowhere", "one", one.Alert)} {
		if _, _, err := p.Find(ctx, n); !errors.Is(err, bot.ErrCannotLook) && n.Channel != "C2" {
			t.Errorf("%s: %v", n.Channel, err)
		}
	}
	s.Fail(standin.Fault{Kind: standin.RateLimited, Method: "conversations.history", RetryAfter: 3 * time.Second})
	_, _, err := p.Find(ctx, one)
	if fault, ok := errors.AsType[*news.Fault](err); !ok || fault.Kind != news.Limited {
		t.Errorf("%v", err)
	}

	_, blind := poster(t, standin.Options{Scopes: []string{"chat:write"}})
	if _, _, err := blind.Find(ctx, notification("C1", "one", one.Alert)); !errors.Is(err, bot.ErrCannotLook) {
		t.Errorf("without the scope: %v", err)
	}
	if _, _, err := blind.Find(ctx, one); !errors.Is(err, bot.ErrCannotLook) {
		t.Errorf("by name without the scope: %v", err)
	}
	if _, err := blind.Post(ctx, []news.Notification{one}); err != nil {
		t.Fatal(err)
	}
}
