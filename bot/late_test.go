package bot_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"parley/bot"
	"parley/internal/demo/standin"
)

// carrier answers requests in place of the network, so that time is the test's.
type carrier func(*http.Request) (*http.Response, error)

func (c carrier) RoundTrip(q *http.Request) (*http.Response, error) { return c(q) }

func respond(body string) *http.Response {
	return &http.Response{StatusCode: http.StatusOK, Status: "200 OK", Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body))}
}

// Slack waits three seconds: whatever is slow, the acknowledgement comes before,
// and the answer, at last, by the response URL.
func TestTheAcknowledgementIsNeverLate(t *testing.T) {
	cases := map[string]struct {
		text   string
		before func(context.Context) // slows the store
		post   time.Duration         // that Slack takes for an announcement
		acked  time.Duration
		inAck  string // what the acknowledgement says, empty for nothing
		late   string // what the response URL is told, empty for nothing
		lateAt time.Duration
	}{
		"quick":              {text: "feeds", inAck: "3 feeds"},
		"a store that hangs": {text: "feeds", before: func(ctx context.Context) { <-ctx.Done() }, acked: 2 * time.Second, inAck: "took too long"},
		"a deaf store":       {text: "feeds", before: func(context.Context) { time.Sleep(5 * time.Second) }, acked: 2500 * time.Millisecond, late: "took too long", lateAt: 5 * time.Second},
		"a long test":        {text: "test talks", before: func(context.Context) { time.Sleep(8 * time.Second) }, acked: 2500 * time.Millisecond, late: "45 hits", lateAt: 8 * time.Second},
		"an endless test":    {text: "test talks", before: func(ctx context.Context) { <-ctx.Done() }, acked: 2500 * time.Millisecond, late: "took too long", lateAt: 30 * time.Second},
		"a slow post":        {text: "subscribe sudan", post: 7 * time.Second, acked: 2500 * time.Millisecond, late: "Done", lateAt: 7 * time.Second},
		"a panic":            {text: "feeds", before: func(context.Context) { panic("a defect") }, inAck: "broke"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				d := newDesk()
				d.before = c.before
				slackAPI := &http.Client{Transport: carrier(func(*http.Request) (*http.Response, error) {
					time.Sleep(c.post)
					return respond(`{"ok":true,"channel":"C1","ts":"1.2"}`), nil
				})}
				var told string
				var toldAt time.Duration
				room := &bot.Room{
					Commands: &bot.Commands{Answers: d}, Log: slog.New(slog.DiscardHandler), Now: time.Now,
					API: bot.Access{BotToken: "xoxb-1", HTTP: slackAPI}.Client(),
					HTTP: &http.Client{Transport: carrier(func(q *http.Request) (*http.Response, error) {
						b, err := io.ReadAll(q.Body)
						told, toldAt = string(b), time.Since(began)
						return respond("ok"), err
					})},
				}
				body := "command=%2Fparley&channel_id=C1&user_id=U1&response_url=https%3A%2F%2Fhooks.slack.example%2Fx&text=" + strings.ReplaceAll(c.text, " ", "+")
				q := httptest.NewRequest(http.MethodPost, bot.PathCommands, strings.NewReader(body))
				q.Header = standin.Sign(secret, time.Now(), []byte(body))
				answer := httptest.NewRecorder()
				room.Web(secret).ServeHTTP(answer, q)
				if took := time.Since(began); took != c.acked || answer.Code != http.StatusOK {
					t.Errorf("acknowledged with %d after %v, want after %v", answer.Code, took, c.acked)
				}
				if said := answer.Body.String(); c.inAck == "" && said != "" || !strings.Contains(said, c.inAck) {
					t.Errorf("acknowledged with %q, want %q", said, c.inAck)
				}
				if err := room.Wait(t.Context()); err != nil {
					t.Fatal(err)
				}
				if c.late == "" && told != "" || !strings.Contains(told, c.late) || toldAt != c.lateAt {
					t.Errorf("told %q after %v, want %q after %v", told, toldAt, c.late, c.lateAt)
				}
			})
		})
	}
}

// Tests of queries run one after the other, and hold up no other command.
func TestLongTestsHoldUpNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		d.before = func(ctx context.Context) {
			if until, _ := ctx.Deadline(); time.Until(until) > 10*time.Second { // only tests get so long
				time.Sleep(10 * time.Second)
			}
		}
		told := make(chan string, 4)
		began := time.Now()
		room := &bot.Room{
			Commands: &bot.Commands{Answers: d}, Log: slog.New(slog.DiscardHandler), Now: time.Now,
			HTTP: &http.Client{Transport: carrier(func(q *http.Request) (*http.Response, error) {
				told <- q.URL.Path + " " + time.Since(began).String()
				return respond("ok"), nil
			})},
		}
		web := room.Web(secret)
		ask := func(text, url string) string {
			body := "channel_id=C1&user_id=U1&text=" + text + "&response_url=https%3A%2F%2Fhooks.slack.example%2F" + url
			q := httptest.NewRequest(http.MethodPost, bot.PathCommands, strings.NewReader(body))
			q.Header = standin.Sign(secret, time.Now(), []byte(body))
			answer := httptest.NewRecorder()
			web.ServeHTTP(answer, q)
			return answer.Body.String()
		}
		go ask("test+talks", "first")
		synctest.Wait()
		go ask("test+truce", "second")
		synctest.Wait()
		asked := time.Now()
		if said := ask("feeds", "third"); !strings.Contains(said, "3 feeds") || time.Since(asked) != 0 {
			t.Errorf("another command was answered with %q after %v", said, time.Since(asked))
		}
		if err := room.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		if first, second := <-told, <-told; first != "/first 10s" || second != "/second 20s" {
			t.Errorf("answered %s, then %s", first, second)
		}
	})
}

// Those who ask in one channel are answered in order; another channel does not wait.
func TestOrderWithinAChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newDesk()
		d.before = func(context.Context) { time.Sleep(time.Second) }
		room := &bot.Room{Commands: &bot.Commands{Answers: d}, Log: slog.New(slog.DiscardHandler), Now: time.Now}
		web := room.Web(secret)
		took := make(chan string, 3)
		for i, channel := range []string{"C1", "C1", "C2"} {
			body := "channel_id=" + channel + "&user_id=U1&text=feeds&n=" + string(rune('a'+i))
			q := httptest.NewRequest(http.MethodPost, bot.PathCommands, strings.NewReader(body))
			q.Header = standin.Sign(secret, time.Now(), []byte(body))
			go func() {
				began := time.Now()
				answer := httptest.NewRecorder()
				web.ServeHTTP(answer, q)
				took <- channel + " " + time.Since(began).String()
			}()
			synctest.Wait()
		}
		got := map[string]bool{<-took: true, <-took: true, <-took: true}
		if !got["C1 1s"] || !got["C1 2s"] || !got["C2 1s"] {
			t.Errorf("%v", got)
		}
	})
}
