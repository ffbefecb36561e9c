package app_test

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/app"
	"parley/internal/demo/standin"
	"parley/internal/news"
	"parley/internal/store/pgtest"
)

var postgres pgtest.Server

func TestMain(m *testing.M) {
	code := m.Run()
	postgres.Stop()
	os.Exit(code)
}

// databases are what a parley may store in; each call makes a new one.
var databases = map[string]func(testing.TB) string{
	"sqlite":   func(testing.TB) string { return "" },
	"postgres": postgres.Database,
}

// Two parleys on one database check and deliver at the same time; outlets of each
// report the same as others. Every development is numbered once and raises one
// alert, every item that matches by its words one, and those of a channel come in
// the order in which they were queued. Once more changes nothing.
func TestReplicas(t *testing.T) {
	const outlets = 6
	towns := []string{"Muscat", "Geneva", "Doha", "Vienna", "Rome", "Cairo"}
	for name, database := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, standin.Options{})
			w.database = database(t)
			var feeds []string
			for i := range outlets {
				feeds = append(feeds, fmt.Sprint("outlet", i))
			}
			k := w.conf(`rules:
  - {name: talks, when: "kind:talks"}
  - {name: watched, when: "watched", level: urgent}
subscriptions:
  - {channel: "#us-iran", to: "rule:talks"}
  - {channel: "#desk", to: "rule:watched"}`, feeds...)
			replicas := []*app.App{w.open(k), w.open(k), w.open(k)}
			for _, a := range replicas {
				defer w.close(a)
			}
			w.once(replicas[0]) // the baselines
			for i, town := range towns {
				w.later(time.Hour)
				for j, f := range feeds {
					w.print(f, fmt.Sprintf("Oman says Iran-US talks will be held in %s on %s", town, w.clock().AddDate(0, 0, 2+i).Format("2 January")),
						fmt.Sprintf("The %d. watched thing of %s", 100*i+j, f))
				}
				for range 2 {
					var running sync.WaitGroup
					for _, a := range replicas {
						running.Go(func() { w.once(a) })
					}
					running.Wait()
				}
			}
			w.inOrder("us-iran", len(towns), func(i int, text string) bool { return strings.Contains(text, towns[i]) })
			told := map[string]bool{}
			w.inOrder("desk", len(towns)*outlets, func(i int, text string) bool {
				round, twice := 0, told[text]
				told[text] = true
				if _, err := fmt.Sscanf(text, "URGENT: The %d. watched", &round); err != nil {
					return false
				}
				return round/100 == i/outlets && !twice
			})
			if _, more, err := replicas[0].Store().Development(t.Context(), news.DevelopmentID(len(towns)+1)); more || err != nil {
				t.Errorf("a development was numbered twice (%v)", err)
			}
		})
	}
}

// What people change in one parley holds in the other for the very next item.
func TestReplicasLearn(t *testing.T) {
	for name, database := range databases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newSignedWorld(t)
			w.database = database(t)
			k := w.conf("")
			other, asked := w.open(k), w.open(k) // commands arrive at the second
			defer w.close(other)
			defer w.close(asked)
			w.once(other)
			w.slash("us-iran", "subscribe us-iran")
			w.print("observer", ended) // which no rule asks for
			w.once(other)
			w.holds("us-iran", 1)
			w.slash("us-iran", "mute us-iran for 8h")
			w.later(time.Hour)
			w.print("observer", "Third round of Iran-US talks ends in Geneva, Oman says")
			w.once(other)
			w.holds("us-iran", 1)
			w.slash("us-iran", "unmute us-iran")
			w.slash("us-iran", "unsubscribe us-iran")
			w.later(time.Hour)
			w.print("observer", "Fourth round of Iran-US talks ends in Vienna, Oman says")
			w.once(other)
			w.holds("us-iran", 2) // with the digest of what was held
		})
	}
}

// The password of a database stands in no log, answer or error, whatever happens.
func TestPasswordStaysInside(t *testing.T) {
	t.Parallel()
	dsn := postgres.Database(t)
	address, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	password, ok := address.User.Password()
	if !ok {
		t.Skip("PARLEY_POSTGRES has no password")
	}
	w := newWorld(t, standin.Options{})
	w.database = dsn
	k := w.conf("")
	var out strings.Builder
	a := w.open(k)
	w.once(a)
	a.Inspect(t.Context())
	w.close(a)
	_, err = a.Once(t.Context())
	fmt.Fprintln(&out, k.Database(), k.Backup(t.Context(), "copy", quietLog()), err)
	if _, err := k.Prune(t.Context(), 1000*time.Hour, true, quietLog()); err != nil {
		t.Error(err)
	}
	for _, change := range []func(){
		func() {},
		func() { address.Path = "/nowhere" },
		func() { address.User = url.UserPassword("nobody", password) },
		func() { address.Host = "127.0.0.1:1" },
		func() { address.Host = "127.0.0.1:x" },
	} {
		change()
		w.database = address.String()
		k := w.conf("")
		for _, f := range k.Examine(t.Context(), w.token, w.clock(), false, quietLog()).Found {
			fmt.Fprintf(&out, "%+v\n", f)
		}
		_, err := app.New(t.Context(), k, app.Options{Log: quietLog()})
		fmt.Fprintln(&out, err)
	}
	w.mu.Lock()
	out.Write(w.log.Bytes())
	w.mu.Unlock()
	for _, want := range []string{"pg_dump --format=custom --file=copy", "answers, PostgreSQL", "there is no database nowhere", "cannot be reached", "cannot be understood"} {
		w.has(out.String(), want)
	}
	if strings.Contains(out.String(), password) {
		t.Errorf("the password is told:\n%s", &out)
	}
}

// inOrder checks how many alerts a channel holds, and whether each fits its place.
func (w *world) inOrder(channel string, want int, fits func(i int, text string) bool) {
	w.t.Helper()
	cards := w.cards(channel)
	if len(cards) != want {
		w.t.Errorf("#%s holds %d alerts, not %d", channel, len(cards), want)
	}
	for i, c := range cards {
		if i < want && !fits(i, c.Text) {
			w.t.Errorf("#%s, at place %d: %s", channel, i, c.Text)
		}
	}
}
