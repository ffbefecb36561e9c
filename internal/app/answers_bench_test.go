//go:build unix

package app_test

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"parley"
	"parley/internal/app"
	"parley/internal/config"
	"parley/internal/demo/standin"
)

// looks are what people ask, in the forms that cost most: of everything, of much
// that is stored, with pages far down.
var looks = map[string][]string{
	"latest":        {"latest", "latest us-iran", "latest since 30d", "latest before D-100"},
	"status":        {"status", "status us-iran"},
	"next":          {"next", "next us-iran"},
	"said":          {"said iran", "said iran about us-iran", "said Araghchi", "said oman since 90d"},
	"timeline":      {"timeline us-iran", "timeline us-iran since 90d"},
	"search":        {"search ceasefire", "search kind:setback", "search by:mediator kind:talks-scheduled date:upcoming", "search market NEAR/5 oil", "search the", "search nobodysaysthis", "search actor:iran -talks page 3", `search "of the"`, "search market NEAR/s zebra"},
	"why":           {"why D-1", "why https://dawn.example/50000", "why i99999"},
	"test":          {"test by:mediator kind:talks-scheduled date:upcoming", "test ceasefire", "test market NEAR/5 oil", "test the", "test actor:iran over 90d"},
	"subscriptions": {"subscriptions", "subscriptions all"},
	"mutes":         {"mutes", "mutes all"},
	"rules":         {"rules", "rule deal"},
	"audit":         {"audit", "audit all"},
	"read":          {"read Oman says the next round of US-Iran talks will be held in Muscat on Tuesday"},
	"settings":      {"settings"},
	"feeds":         {"feeds"},
	"help":          {"help", "help queries", "help rules", ""},
}

// changes are the commands that change something, and are not asked here.
var changes = []string{"subscribe", "unsubscribe", "mute", "unmute", "watch", "wrong", "retry"}

// BenchmarkAnswers asks each look-up of a database of 100,000 items, as Slack does,
// and tells how long it took from the command until the answer stood, by signed
// HTTP and by Socket Mode in turn. What is first answered "I am looking" counts
// until the answer has come. `make answers-bench` runs it often enough for a p99.
func BenchmarkAnswers(b *testing.B) {
	k, problems := app.Configure("config.example.yaml", parley.ExampleConfig)
	if k == nil {
		b.Fatal(problems)
	}
	now := time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)
	k.Config.Database = corpus(b, k, manyItems, now)
	k.Config.Listen = ""
	began := time.Now()
	clock := func() time.Time { return now.Add(time.Since(began)) }
	rooms := []*room{newRoom(b, k, clock, true), newRoom(b, k, clock, false)}
	known(b, rooms[0])
	for _, verb := range verbsOf(b, rooms[0]) {
		for _, words := range looks[verb] {
			b.Run(cmp.Or(words, "(alone)"), func(b *testing.B) {
				var took []time.Duration
				before := cpu(b)
				for i := 0; b.Loop(); i++ {
					began := time.Now()
					rooms[i%len(rooms)].ask(b, words)
					took = append(took, time.Since(began))
				}
				slices.Sort(took)
				b.ReportMetric(float64((cpu(b)-before).Microseconds())/1000/float64(len(took)), "cpu-ms")
				for _, p := range []int{50, 95, 99} {
					b.ReportMetric(float64(took[min(len(took)*p/100, len(took)-1)].Microseconds())/1000, fmt.Sprintf("p%d-ms", p))
				}
				b.ReportMetric(0, "ns/op")
			})
		}
	}
}

// cpu is the time for which the processors have worked for this process, Slack's
// stand-in and all: where others share the machine it tells more than the clock.
func cpu(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// known makes sure that every look-up that /parley help lists is measured.
func known(b *testing.B, r *room) {
	for _, m := range regexp.MustCompile(`/parley ([a-z]+)`).FindAllStringSubmatch(r.ask(b, "help"), -1) {
		if _, ok := looks[m[1]]; !ok && !slices.Contains(changes, m[1]) {
			b.Errorf("/parley %s is not measured: add it to looks, or to changes", m[1])
		}
	}
}

// verbsOf are the commands in the order of help.
func verbsOf(b *testing.B, r *room) (out []string) {
	for _, m := range regexp.MustCompile(`/parley ([a-z]+)`).FindAllStringSubmatch(r.ask(b, "help"), -1) {
		if _, ok := looks[m[1]]; ok && !slices.Contains(out, m[1]) {
			out = append(out, m[1])
		}
	}
	return out
}

// A room is a parley in a workspace.
type room struct{ *standin.Server }

// newRoom starts a parley on the database, behind one of the two doors of Slack.
func newRoom(b *testing.B, k *app.Knowledge, clock func() time.Time, socket bool) *room {
	b.Helper()
	log := slog.New(slog.DiscardHandler)
	var handler http.Handler
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	o := standin.Options{Now: clock}
	if !socket {
		o.Requests = standin.RequestURLs{Commands: door.URL + "/slack/commands", Interactions: door.URL + "/slack/interactive"}
	}
	r := &room{standin.New(o)}
	slack := httptest.NewServer(r.Handler())
	r.SetURL(slack.URL)
	r.AddUser(standin.User{Name: "maya"})
	r.AddChannel(standin.Channel{Name: "desk"})
	if err := r.Invite("desk", ""); err != nil {
		b.Fatal(err)
	}
	secrets := config.Secrets{BotToken: r.BotToken(), APIURL: slack.URL + "/api/"}
	if socket {
		secrets.AppToken = r.AppToken()
	} else {
		secrets.SigningSecret = standin.DefaultSigningSecret
	}
	a, err := app.New(b.Context(), k, app.Options{Secrets: secrets, Log: log, Now: clock, Terminal: io.Discard})
	if err != nil {
		b.Fatal(err)
	}
	handler = a.Handler()
	ctx, stop := context.WithCancel(context.Background())
	var hearing sync.WaitGroup
	if socket {
		hearing.Go(func() { _ = a.Hear(ctx) })
		if err := r.WaitConnected(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.Cleanup(func() {
		stop()
		r.Close()
		hearing.Wait()
		for _, s := range []*httptest.Server{slack, door} {
			s.CloseClientConnections()
			s.Close()
		}
		_ = a.Close()
	})
	return r
}

// ask types a command and waits until its answer stands.
func (r *room) ask(b *testing.B, words string) string {
	b.Helper()
	got, err := r.Slash(b.Context(), "maya", "desk", "/parley", words)
	if err != nil {
		b.Fatal(err)
	}
	answers, err := r.WaitAnswers(b.Context(), got, 1)
	if err != nil || len(answers) == 0 || strings.Contains(answers[0].Text, "cannot answer") || strings.Contains(answers[0].Text, "took too long") {
		b.Fatalf("/parley %s: %+v %v", words, answers, err)
	}
	return answers[0].Text
}
