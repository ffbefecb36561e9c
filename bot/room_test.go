package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/bot"
	"parley/internal/demo/standin"
	"parley/internal/news"
)

// A workspace is a stand-in with a bot behind one of the two doors.
type workspace struct {
	*standin.Server
	room *bot.Room
	desk *desk
	web  string // address of the bot's handler, if that is its door
	ctx  context.Context
}

const secret = "a signing secret"

// doors runs a test once by Socket Mode and once by signed HTTP.
func doors(t *testing.T, test func(t *testing.T, w *workspace)) {
	t.Run("socket", func(t *testing.T) { test(t, open(t, true, standin.Options{})) })
	t.Run("http", func(t *testing.T) { test(t, open(t, false, standin.Options{})) })
}

func open(t *testing.T, socket bool, o standin.Options) *workspace {
	t.Helper()
	w := &workspace{desk: newDesk()}
	var cancel context.CancelFunc
	w.ctx, cancel = context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	w.room = &bot.Room{
		Commands: &bot.Commands{Answers: w.desk, Names: names}, Log: slog.New(slog.DiscardHandler), Now: time.Now,
	}
	if !socket {
		handler := w.room.Web(secret)
		own := httptest.NewServer(handler)
		t.Cleanup(own.Close)
		w.web = own.URL
		o.SigningSecret = secret
		o.Requests = standin.RequestURLs{Commands: own.URL + bot.PathCommands, Interactions: own.URL + bot.PathInteractive, Events: own.URL + bot.PathEvents}
	}
	w.Server = standin.New(o)
	slackWeb := httptest.NewServer(w.Handler())
	t.Cleanup(slackWeb.Close)
	t.Cleanup(func() { _ = w.Close() })
	w.SetURL(slackWeb.URL)
	w.room.API = bot.Access{BotToken: w.BotToken(), AppToken: w.AppToken(), API: slackWeb.URL + "/api/"}.Client()
	w.AddUser(standin.User{ID: "U1", Name: "mina"})
	w.AddChannel(standin.Channel{ID: "C1", Name: "us-iran"})
	w.AddChannel(standin.Channel{ID: "C2", Name: "desk"})
	w.AddChannel(standin.Channel{ID: "C3", Name: "closed"})
	for _, name := range []string{"us-iran", "desk"} {
		if err := w.Invite(name, ""); err != nil {
			t.Fatal(err)
		}
	}
	if socket {
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- w.room.Socket(ctx) }()
		t.Cleanup(func() {
			stop()
			if err := <-done; err != nil {
				t.Errorf("Socket ended with %v", err)
			}
			if err := w.WaitFor(context.Background(), func() bool { return w.Connections() == 0 }); err != nil {
				t.Error(err)
			}
		})
		if err := w.WaitConnected(w.ctx); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		if err := w.room.Wait(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return w
}

// public are the messages that everybody sees.
func (w *workspace) public(channel string) []standin.Message {
	var out []standin.Message
	for _, m := range w.Messages(channel) {
		if m.OnlyFor == "" {
			out = append(out, m)
		}
	}
	return out
}

// Every command by both doors: the answer is the one that Commands gives, it is
// for the asker alone, and it comes in the acknowledgement.
func TestEveryCommandByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		for _, text := range []string{
			"", "help", "help queries", "help rules", "latest", "latest us-iran since 7d", "next", "next sudan", "search by:mediator", "search actr:x", "rules", "rules deal", "feeds", "test", "test kind:setback over 7d", "test (", "why", "why D-12", "why D-12 deal", "why D-99",
			"subscriptions", "subscriptions all", "unsubscribe", "latets", "wibble", "latest mars",
			"status", "status us-iran", "said Pakistan about us-iran", "timeline us-iran since 90d", "timelines", "next page 2", "audit", "audit all page 2", "mutes", "unmute", "mute", "mute mars for 8h",
		} {
			got, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", text)
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			want := (&bot.Commands{Answers: newDesk(), Names: names}).Do(w.ctx, bot.Request{Channel: "C1", ChannelName: "us-iran", User: "U1", Text: text, At: time.Now()})
			if len(got.Answers) != 1 || got.Answers[0].Text != want.Text || got.Answers[0].OnlyFor != "U1" || got.Ack == nil {
				t.Errorf("%q: %d answers, %+v, want %q for U1 alone", text, len(got.Answers), got.Answers, want.Text)
			}
			if got.Took > 2*time.Second {
				t.Errorf("%q took %v", text, got.Took)
			}
		}
		if public := w.public("us-iran"); len(public) != 0 {
			t.Errorf("a look-up was shown to all: %+v", public)
		}
	})
}

// A change is stored once, told to the channel with who did it, and undone as the
// answer says.
func TestSubscribingByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		ask := func(channel, text, want string) {
			t.Helper()
			got, err := w.Slash(w.ctx, "mina", channel, "/parley", text)
			if err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if len(got.Answers) != 1 || !strings.Contains(got.Answers[0].Text, want) || got.Answers[0].OnlyFor != "U1" {
				t.Errorf("%q: %+v, want one with %q", text, got.Answers, want)
			}
		}
		ask("us-iran", "subscribe sudan", "Done")
		ask("us-iran", "subscribe kind:setback date:&lt;14d in <#C2|desk>", "go to <#C2>")
		subs := w.desk.subscribed()
		if len(subs) != 2 || subs[0].To != "negotiation:sudan" || subs[0].Author != "U1" || subs[1].To != "kind:setback date:<14d" || subs[1].Channel != "#desk" {
			t.Fatalf("stored: %+v", subs)
		}
		here, there := w.public("us-iran"), w.public("desk")
		if len(here) != 1 || !strings.Contains(here[0].Text, "<@U1> subscribed this channel to *Sudan truce talks*") {
			t.Errorf("told in us-iran: %+v", here)
		}
		if len(there) != 1 || !strings.Contains(there[0].Text, "<@U1> subscribed this channel to `kind:setback date:&lt;14d`") {
			t.Errorf("told in desk: %+v", there)
		}
		ask("us-iran", "subscribe sudan", "already")
		ask("us-iran", "unsubscribe sudan", "no more alerts")
		ask("desk", "unsubscribe all", "no more alerts")
		if left := w.desk.subscribed(); len(left) != 0 {
			t.Errorf("left: %+v", left)
		}
		if here := w.public("us-iran"); len(here) != 2 || !strings.Contains(here[1].Text, "<@U1> unsubscribed") {
			t.Errorf("told in us-iran: %+v", here)
		}
		ask("closed", "subscribe sudan", "I cannot post in this channel yet: parley is not a member of the channel: type /invite @parley")
	})
}

func TestButtonsByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		welcome, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", "")
		if err != nil {
			t.Fatal(err)
		}
		pressed, err := w.Click(w.ctx, "mina", welcome.Answers[0], "Feeds")
		if err != nil {
			t.Fatal(err)
		}
		answers, err := w.WaitAnswers(w.ctx, pressed, 1)
		if err != nil || !strings.Contains(answers[0].Text, "3 feeds, 1 in trouble") || answers[0].OnlyFor != "U1" {
			t.Errorf("%+v, %v", answers, err)
		}
	})
}

// The "Why?" of a card answers the one who presses it. A second press at once
// explains itself, as does one whose item is gone.
func TestWhyButtonByBothDoors(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		n := news.Notification{Key: "k", Channel: "#us-iran", Alert: mediatorDate(), Created: time.Now()}
		if _, err := bot.NewSlack(w.room.API, names).Post(w.ctx, []news.Notification{n}); err != nil {
			t.Fatal(err)
		}
		press := func(want string) {
			t.Helper()
			pressed, err := w.Click(w.ctx, "mina", w.public("us-iran")[0], "Why?")
			if err != nil {
				t.Fatal(err)
			}
			answers, err := w.WaitAnswers(w.ctx, pressed, 1)
			if err != nil || !strings.Contains(answers[0].Text, want) || answers[0].OnlyFor != "U1" {
				t.Errorf("%+v, %v, want %q", answers, err, want)
			}
		}
		later := time.Duration(0)
		w.room.Now = func() time.Time { return time.Now().Add(later) }
		press("Mediator names a date* matches: `by:mediator` said by pakistan, a mediator")
		press("You pressed that a moment ago")
		later = time.Minute
		press("Mediator names a date* matches")
		later = 2 * time.Minute
		clear(w.desk.roads)
		press("Nothing stored has the link or number `https://example.com/a?x=1&amp;y=2`")
		if public := w.public("us-iran"); len(public) != 1 {
			t.Errorf("the answers were shown to all: %+v", public)
		}
	})
}

// Requests that Slack did not sign, or signed before, are refused and do nothing.
func TestForgedAndReplayedRequests(t *testing.T) {
	w := open(t, false, standin.Options{})
	form := url.Values{"command": {"/parley"}, "text": {"subscribe sudan"}, "channel_id": {"C1"}, "channel_name": {"us-iran"}, "user_id": {"U1"}}
	body := []byte(form.Encode())
	post := func(method, path string, body string, h http.Header) int {
		t.Helper()
		q, err := http.NewRequestWithContext(w.ctx, method, w.web+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		q.Header = h.Clone()
		q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		return answer.StatusCode
	}
	without := func(name string) http.Header {
		h := standin.Sign(secret, time.Now(), body)
		h.Del(name)
		return h
	}
	with := func(name, value string) http.Header {
		h := standin.Sign(secret, time.Now(), body)
		h.Set(name, value)
		return h
	}
	forged := map[string]http.Header{
		"no headers": {}, "no signature": without("X-Slack-Signature"), "no time": without("X-Slack-Request-Timestamp"),
		"another secret": standin.Sign("guess", time.Now(), body), "an old one": standin.Sign(secret, time.Now().Add(-6*time.Minute), body),
		"one of the future": standin.Sign(secret, time.Now().Add(6*time.Minute), body), "another body": standin.Sign(secret, time.Now(), []byte("text=help")),
		"another time": with("X-Slack-Request-Timestamp", fmt.Sprint(time.Now().Unix()-1)), "no number": with("X-Slack-Request-Timestamp", "now"),
		"no version": with("X-Slack-Signature", strings.TrimPrefix(standin.Sign(secret, time.Now(), body).Get("X-Slack-Signature"), "v0=")),
		"cut off":    with("X-Slack-Signature", "v0=00"), "no hex": with("X-Slack-Signature", "v0=zz"), "empty": with("X-Slack-Signature", "v0="),
	}
	for name, h := range forged {
		for _, path := range []string{bot.PathCommands, bot.PathInteractive, bot.PathEvents} {
			if status := post(http.MethodPost, path, string(body), h); status != http.StatusUnauthorized {
				t.Errorf("%s at %s: status %d, want 401", name, path, status)
			}
		}
	}
	if made := w.desk.subscribed(); len(made) != 0 || len(w.public("us-iran")) != 0 {
		t.Fatalf("a forged request did something: %+v", made)
	}
	good := standin.Sign(secret, time.Now(), body)
	if status := post(http.MethodPost, bot.PathCommands, string(body), good); status != http.StatusOK {
		t.Errorf("a good one: status %d", status)
	}
	if err := w.desk.Unsubscribe(w.ctx, w.desk.subscribed()[0].ID, "U1", time.Now()); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{bot.PathCommands, bot.PathCommands, bot.PathEvents} {
		if status := post(http.MethodPost, path, string(body), good); status != http.StatusUnauthorized {
			t.Errorf("replayed at %s: status %d, want 401", path, status)
		}
	}
	if made := w.desk.subscribed(); len(made) != 0 || len(w.public("us-iran")) != 1 {
		t.Errorf("a replayed request did something: %+v", made)
	}
	if status := post(http.MethodGet, bot.PathCommands, "", good); status != http.StatusMethodNotAllowed {
		t.Errorf("GET: status %d", status)
	}
	if status := post(http.MethodPost, bot.PathCommands, strings.Repeat("x", 1<<20+1), good); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a megabyte: status %d", status)
	}
	for path, body := range map[string]string{bot.PathInteractive: "payload={", bot.PathEvents: "{", bot.PathCommands: "%zz"} {
		if status := post(http.MethodPost, path, body, standin.Sign(secret, time.Now(), []byte(body))); status != http.StatusBadRequest {
			t.Errorf("unreadable at %s: status %d", path, status)
		}
	}
}

// With no secret nothing is let in, whatever it is signed with.
func TestNoSecretLetsNothingIn(t *testing.T) {
	room := &bot.Room{Commands: &bot.Commands{Answers: newDesk()}, Log: slog.New(slog.DiscardHandler), Now: time.Now}
	body := []byte("text=help")
	q := httptest.NewRequest(http.MethodPost, bot.PathCommands, strings.NewReader(string(body)))
	q.Header = standin.Sign("", time.Now(), body)
	answer := httptest.NewRecorder()
	room.Web("").ServeHTTP(answer, q)
	if answer.Code != http.StatusUnauthorized {
		t.Errorf("status %d", answer.Code)
	}
}

func TestEventsByBothDoors(t *testing.T) {
	for _, socket := range []bool{true, false} {
		t.Run(fmt.Sprint("socket ", socket), func(t *testing.T) {
			heard := make(chan bot.Event, 10)
			w := open(t, socket, standin.Options{})
			w.room.Heard = func(_ context.Context, e bot.Event) { heard <- e }
			if !socket {
				if err := w.VerifyEvents(w.ctx); err != nil {
					t.Errorf("the address did not prove itself: %v", err)
				}
			}
			if err := w.Event(w.ctx, map[string]any{"type": "channel_archive", "channel": "C1", "user": "U1"}); err != nil {
				t.Fatal(err)
			}
			if e := <-heard; e.Type != "channel_archive" || e.Channel != "C1" || e.User != "U1" {
				t.Errorf("%+v", e)
			}
			if err := w.Event(w.ctx, map[string]any{"type": "channel_created", "channel": map[string]any{"id": "C9"}}); err != nil {
				t.Fatal(err)
			}
			if e := <-heard; e.Channel != "C9" {
				t.Errorf("%+v", e)
			}
		})
	}
}

// What the connection does to envelopes: one that comes twice is taken once, frames
// that are none are passed over, and a new connection is made when one ends.
func TestSocketFaults(t *testing.T) {
	w := open(t, true, standin.Options{})
	w.Fail(standin.Fault{Kind: standin.SocketTwice, Times: 1})
	w.Fail(standin.Fault{Kind: standin.SocketBadFrame, Times: 1})
	for i, target := range []string{"sudan", "us-iran", "rule:mediator-names-date"} {
		if _, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", "subscribe "+target); err != nil {
			t.Fatal(err)
		}
		if n := len(w.desk.subscribed()); n != i+1 {
			t.Errorf("%d subscriptions, want %d", n, i+1)
		}
	}
	if public := w.public("us-iran"); len(public) != 3 {
		t.Errorf("%d announcements, want 3: %+v", len(public), public)
	}
	if err := w.WaitFor(w.ctx, func() bool { return w.Connections() == 2 }); err != nil {
		t.Fatalf("one connection only: %v", err)
	}
	for range 3 {
		seq := w.Seq()
		w.Disconnect("warning")
		for events := 0; events < 4; { // two go, two come
			changes, err := w.Since(w.ctx, seq)
			if err != nil {
				t.Fatalf("not connected again: %v", err)
			}
			for _, c := range changes {
				if seq = c.Seq; c.Kind == standin.ChangeBot {
					events++
				}
			}
		}
		if _, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", "feeds"); err != nil {
			t.Fatal(err)
		}
	}
}

// What waiting does not mend ends the connection with a sentence.
func TestFatalSocketErrors(t *testing.T) {
	cases := map[string]struct {
		fault standin.Fault
		want  string
	}{
		"missing scope": {standin.Fault{Kind: standin.MissingScope, Method: "apps.connections.open", Needed: "connections:write"}, "connections:write"},
		"switched off":  {standin.Fault{Kind: standin.Refused, Method: "apps.connections.open", Error: "link_disabled"}, "switch it on"},
		"wrong token":   {standin.Fault{Kind: standin.TokenRefused, Method: "apps.connections.open"}, "SLACK_APP_TOKEN"},
		"wrong kind":    {standin.Fault{Kind: standin.Refused, Method: "apps.connections.open", Error: "not_allowed_token_type"}, "xapp-"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			s := standin.New(standin.Options{})
			web := httptest.NewServer(s.Handler())
			defer web.Close()
			s.Fail(c.fault)
			room := &bot.Room{
				Commands: &bot.Commands{Answers: newDesk()}, Log: slog.New(slog.DiscardHandler), Now: time.Now,
				API: bot.Access{BotToken: s.BotToken(), AppToken: s.AppToken(), API: web.URL + "/api/"}.Client(),
			}
			ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
			defer cancel()
			err := room.Socket(ctx)
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "xapp-1") {
				t.Errorf("%v, want %q in it", err, c.want)
			}
		})
	}
}

// 200 commands at once: each is answered within Slack's three seconds.
func TestManyAtOnce(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		const many = 200
		errs := make(chan error, many)
		for i := range many {
			go func() {
				got, err := w.Slash(w.ctx, "mina", []string{"us-iran", "desk"}[i%2], "/parley", "next us-iran")
				if err == nil && len(got.Answers) != 1 {
					err = fmt.Errorf("%d answers", len(got.Answers))
				}
				errs <- err
			}()
		}
		for range many {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
	})
}

// An answer longer than an acknowledgement may be goes to the response URL.
func TestALongAnswerTakesTheOtherWay(t *testing.T) {
	doors(t, func(t *testing.T, w *workspace) {
		w.desk.hits = nil
		for range 8 {
			hit := bot.Finding{Item: rightToLeft().Item, Excerpt: strings.Repeat("دور سوم مذاکرات ", 40)}
			hit.Item.Title = strings.Repeat("مذاکرات ایران و آمریکا ", 20)
			for range 40 {
				hit.Because = append(hit.Because, strings.Repeat("مذاکرات", 12)+fmt.Sprint(len(hit.Because)))
			}
			w.desk.hits = append(w.desk.hits, hit)
		}
		got, err := w.Slash(w.ctx, "mina", "us-iran", "/parley", "search x")
		if err != nil {
			t.Fatal(err)
		}
		raw, _ := json.Marshal(got.Answers[0].Blocks)
		if got.Ack != nil || len(got.Answers) != 1 || len(raw) < 15000 {
			t.Errorf("acknowledged with %d bytes, %d answers of %d bytes", len(got.Ack), len(got.Answers), len(raw))
		}
	})
}
