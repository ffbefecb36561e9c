package standin

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

func TestFaultsOfTheWebAPI(t *testing.T) {
	for _, c := range []struct {
		fault   Fault
		want    string
		applied bool
	}{
		{Fault{Kind: RateLimited, RetryAfter: 1500 * time.Millisecond}, "slack rate limit exceeded, retry after 2s", false},
		{Fault{Kind: RateLimited, RetryAfter: -1}, "slack server error: 429", false},
		{Fault{Kind: RateLimitedBody}, "ratelimited", false},
		{Fault{Kind: Unavailable}, "slack server error: 503", false},
		{Fault{Kind: Dropped}, "EOF", false},
		{Fault{Kind: Hang}, "deadline exceeded", false},
		{Fault{Kind: Refused, Error: "fatal_error"}, "fatal_error", false},
		{Fault{Kind: TokenRefused}, "invalid_auth", false},
		{Fault{Kind: TokenRefused, Error: "token_revoked"}, "token_revoked", false},
		{Fault{Kind: MissingScope, Needed: "chat:write"}, "missing_scope", false},
		{Fault{Kind: BadBody}, "unexpected EOF", false},
		{Fault{Kind: AppliedDropped}, "EOF", true},
		{Fault{Kind: AppliedUnavailable}, "slack server error: 503", true},
		{Fault{Kind: AppliedHang}, "deadline exceeded", true},
	} {
		t.Run(string(c.fault.Kind), func(t *testing.T) {
			d := newDesk(t, Options{})
			c.fault.Method, c.fault.Channel, c.fault.Times = "chat.postMessage", "us-iran", 1
			d.Fail(c.fault)
			if err := d.Invite("desk", ""); err != nil {
				t.Fatal(err)
			}
			if _, _, err := d.api.PostMessageContext(soon(t), d.other.ID, slack.MsgOptionText("elsewhere", false)); err != nil {
				t.Errorf("the fault struck another channel: %v", err)
			}
			ctx := soon(t)
			if strings.Contains(c.want, "deadline") {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, 50*time.Millisecond)
				defer cancel()
			}
			_, _, err := d.api.PostMessageContext(ctx, d.talks.ID, slack.MsgOptionText("once", false))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("want an error with %q, got %v", c.want, err)
			}
			if got := len(d.Messages("us-iran")) == 1; got != c.applied {
				t.Errorf("applied: %v, want %v", got, c.applied)
			}
			calls := d.Calls("chat.postMessage")
			if last := calls[len(calls)-1]; last.Outcome != string(c.fault.Kind) || last.Applied != c.applied {
				t.Errorf("the call was noted as %+v", last)
			}
			if _, _, err := d.api.PostMessageContext(soon(t), d.talks.ID, slack.MsgOptionText("once", false)); err != nil {
				t.Errorf("the fault struck twice: %v", err)
			}
			if got := len(d.Duplicates()) == 1; got != c.applied {
				t.Errorf("a duplicate was counted: %v", got)
			}
		})
	}
}

func TestAFaultWithAProbabilityIsSeeded(t *testing.T) {
	run := func(seed uint64) string {
		s := New(Options{Seed: seed})
		s.AddChannel(Channel{ID: "C1", Name: "talks"})
		if err := s.Invite("talks", ""); err != nil {
			t.Fatal(err)
		}
		s.Fail(Fault{Kind: Unavailable, Method: "chat.postMessage", After: 10, Probability: 0.3})
		api := slack.New(s.BotToken(), slack.OptionAPIURL("http://standin/api/"), slack.OptionHTTPClient(s.Client()))
		for range 110 {
			_, _, _ = api.PostMessageContext(t.Context(), "C1", slack.MsgOptionText("x", false))
		}
		var b strings.Builder
		for _, c := range s.Calls("chat.postMessage") {
			b.WriteByte(c.Outcome[0])
		}
		return b.String()
	}
	first := run(7)
	struck := strings.Count(first, "u")
	switch {
	case strings.Contains(first[:10], "u"):
		t.Error("it struck before its time")
	case struck < 15 || struck > 45:
		t.Errorf("it struck %d of 100 times at 0.3", struck)
	case first != run(7):
		t.Error("the same seed gave another course")
	case first == run(8):
		t.Error("another seed gave the same course")
	}
}

func TestOneMessageASecondAndNoNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(Options{PostEvery: time.Second})
		c := s.AddChannel(Channel{Name: "talks"})
		if err := s.Invite("talks", ""); err != nil {
			t.Fatal(err)
		}
		api := slack.New(s.BotToken(), slack.OptionAPIURL("http://standin/api/"), slack.OptionHTTPClient(s.Client()))
		post := func() error {
			_, _, err := api.PostMessageContext(t.Context(), c.ID, slack.MsgOptionText("x", false))
			return err
		}
		if err := post(); err != nil {
			t.Fatal(err)
		}
		var limited *slack.RateLimitedError
		if err := post(); !errors.As(err, &limited) || limited.RetryAfter != time.Second {
			t.Errorf("at once: %v", err)
		}
		time.Sleep(time.Second)
		if err := post(); err != nil {
			t.Errorf("a second later: %v", err)
		}
		s.Fail(Fault{Kind: AppliedDropped, Times: 1})
		if err := post(); err == nil {
			t.Error("a dropped connection went unnoticed")
		}
	})
}

func TestFaultsOfSocketMode(t *testing.T) {
	answer := func(c *socketmode.Client, e socketmode.Event) {
		if cmd, ok := e.Data.(slack.SlashCommand); ok {
			_ = c.AckCtx(context.Background(), e.Request.EnvelopeID, map[string]any{"text": "got " + cmd.Text})
		}
	}
	for _, c := range []struct {
		kind FaultKind
		lost bool
	}{{SocketDisconnect, true}, {SocketDrop, true}, {SocketBadFrame, false}, {SocketTwice, false}} {
		t.Run(string(c.kind), func(t *testing.T) {
			d := newDesk(t, Options{AckWithin: time.Second})
			d.connect(t, answer)
			d.Fail(Fault{Kind: c.kind, Method: "slash_commands", Times: 1})
			seq := d.Seq()
			_, err := d.Slash(soon(t), "mina", "us-iran", "/parley", "latest")
			if lost := err != nil; lost != c.lost {
				t.Errorf("the command was lost: %v (%v)", lost, err)
			}
			if c.lost {
				gone := func() bool {
					ended := 0
					changes, _ := d.Since(soon(t), seq)
					for _, one := range changes {
						if one.Kind == ChangeBot {
							ended++
						}
					}
					return ended >= 2 && d.Connections() == 1
				}
				if err := d.WaitFor(soon(t), gone); err != nil {
					t.Fatal("the bot did not come back")
				}
			}
			if r, err := d.Slash(soon(t), "mina", "us-iran", "/parley", "next"); err != nil || r.Answers[0].Text != "got next" {
				t.Errorf("afterwards: %+v, %v", r, err)
			}
		})
	}
}

func TestATokenForSocketModeIsRefused(t *testing.T) {
	d := newDesk(t, Options{})
	d.Fail(Fault{Kind: TokenRefused, Method: "apps.connections.open"})
	c := socketmode.New(d.api)
	if err := c.RunContext(soon(t)); err == nil || !strings.Contains(err.Error(), "invalid_auth") {
		t.Errorf("got %v", err)
	}
	if r, err := http.Get(d.url + "/socket?ticket=guessed"); err != nil || r.StatusCode != http.StatusForbidden {
		t.Errorf("a guessed ticket: %v, %v", r.Status, err)
	}
}

func TestAResponseURLIsUsedUp(t *testing.T) {
	d := newDesk(t, Options{})
	got := make(chan string, 1)
	d.connect(t, func(c *socketmode.Client, e socketmode.Event) {
		if cmd, ok := e.Data.(slack.SlashCommand); ok {
			_ = c.AckCtx(context.Background(), e.Request.EnvelopeID, map[string]any{"text": "ok"})
			got <- cmd.ResponseURL
		}
	})
	if _, err := d.Slash(soon(t), "mina", "us-iran", "/parley", "latest"); err != nil {
		t.Fatal(err)
	}
	address := <-got
	for i := range 6 {
		_, _, err := d.api.PostMessageContext(soon(t), "", slack.MsgOptionResponseURL(address, "ephemeral"), slack.MsgOptionText("more", false))
		if used := i == 5; (err != nil) != used {
			t.Errorf("use %d: %v", i+1, err)
		}
	}
}
