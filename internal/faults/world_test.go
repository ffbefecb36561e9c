//go:build linux

package faults_test

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// A world is a workspace, outlets and a database, in which parleys run and die.
type world struct {
	t       *testing.T
	dir     string
	slack   *slack
	outlets *outlets
	db      database
	dsn     string
	random  *rand.Rand // of this scenario; not for use by many goroutines
	shape   shape
	extra   []string     // more feeds
	offset  atomic.Int64 // by which the world is ahead of the wall clock
	parleys int          // so far
}

// A shape says how much goes on in a world.
type shape struct {
	groups   int // negotiations, each with an outlet of its own
	channels int // that follow each
	second   int // so many negotiations have a second outlet, which tells everything again
}

func (s shape) alerts(stories int) int { return s.groups * s.channels * stories }

// setting is what a world is made of.
type setting struct {
	shape
	db    database
	slack standin.Options
}

func newWorld(t *testing.T, name string, s setting) *world {
	t.Helper()
	// Not t.TempDir: a parley may run as another user.
	dir, err := os.MkdirTemp("", "parley-faults-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	h := fnv.New64a()
	h.Write([]byte(name))
	w := &world{t: t, dir: dir, db: s.db, shape: s.shape, random: rand.New(rand.NewPCG(seed, h.Sum64()))}
	s.slack.Now, s.slack.Seed = w.now, seed
	w.slack = newSlack(t, s.slack, rand.New(rand.NewPCG(seed, h.Sum64()+1)))
	w.outlets = newOutlets(t, w.now)
	w.dsn = s.db.open(t, dir)
	for g := range s.groups {
		for c := range s.channels {
			w.slack.AddChannel(standin.Channel{Name: channel(g, c)})
			if err := w.slack.Invite(channel(g, c), ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("what was left behind is in %s", dir)
			return
		}
		_ = os.RemoveAll(dir)
	})
	return w
}

func (w *world) now() time.Time { return time.Now().Add(time.Duration(w.offset.Load())) }

// later moves the whole world on; a parley has to be told.
func (w *world) later(d time.Duration) { w.offset.Add(int64(d)) }

func (w *world) ahead() time.Duration { return time.Duration(w.offset.Load()) }

// config writes the configuration of a parley that listens on a port.
func (w *world) config(port int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "time_zone: UTC\ndatabase: %q\nlisten: 127.0.0.1:%d\nslack: {channel: \"#%s\"}\n", w.dsn, port, channel(0, 0))
	b.WriteString("negotiations:\n")
	for g := range w.shape.groups {
		n := negotiation(g)
		fmt.Fprintf(&b, "  - {id: n%d, title: %s talks, parties: [%s, %s], mediators: [%s]}\n", g, n.pair(), id(n.a), id(n.b), id(n.mediator))
	}
	// Urgent, so that no flood is gathered: each alert is a message of its own.
	b.WriteString("rules:\n  - {name: any, title: Anything new, when: \"kind:any\", level: urgent}\nsubscriptions:\n")
	for g := range w.shape.groups {
		for c := range w.shape.channels {
			fmt.Fprintf(&b, "  - {channel: \"#%s\", to: \"negotiation:n%d\"}\n", channel(g, c), g)
		}
	}
	b.WriteString("feeds:\n")
	for g := range w.shape.groups {
		fmt.Fprintf(&b, "  - {name: first-%d, url: %q, every: 30s, zone: UTC, language: en}\n", g, w.outlets.url("first", g))
		if g < w.shape.second {
			fmt.Fprintf(&b, "  - {name: second-%d, url: %q, every: 30s, zone: UTC, language: en}\n", g, w.outlets.url("second", g))
		}
	}
	for _, feed := range w.extra {
		b.WriteString("  - " + feed + "\n")
	}
	file := filepath.Join(w.dir, fmt.Sprintf("parley-%d.yaml", port))
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		w.t.Fatal(err)
	}
	return file
}

// print lets every outlet print its next story, and the second ones print it too.
func (w *world) print() {
	for g := range w.shape.groups {
		w.outlets.print(g, g < w.shape.second)
	}
}

// printing prints so many stories, one each interval, and closes the channel
// when it has.
func (w *world) printing(ctx context.Context, stories int, every time.Duration) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range stories {
			w.print()
			select {
			case <-time.After(every):
			case <-ctx.Done():
				return
			}
		}
	}()
	return done
}

func channel(group, n int) string { return fmt.Sprintf("c%d-%d", group, n) }

// until waits for something that a scenario depends on.
func (w *world) until(what string, limit time.Duration, ok func() bool) bool {
	w.t.Helper()
	for end := time.Now().Add(limit); ; time.Sleep(200 * time.Millisecond) {
		if ok() {
			return true
		}
		if time.Now().After(end) {
			w.t.Errorf("after %s still waiting until %s", limit, what)
			return false
		}
	}
}

// read waits until every channel has heard of every story that was printed, cards
// tell of both outlets where there are two, and the outbox of p is empty.
func (w *world) read(p *parley, limit time.Duration) {
	w.t.Helper()
	w.until("every alert has arrived and the outbox is empty", limit, func() bool { return w.told() && p.idle() })
}

// told says whether the channels hold all that they are to hold.
func (w *world) told() bool {
	stories := w.outlets.stories()
	return w.slack.distinct() >= w.shape.alerts(stories) &&
		(w.shape.second == 0 || w.slack.changed() >= w.shape.second*w.shape.channels*stories)
}

// baseline waits until every feed was asked once, which posts nothing.
func (w *world) baseline() {
	w.t.Helper()
	w.until("every feed was asked once", 60*time.Second, func() bool {
		return w.outlets.asked() == w.shape.groups+w.shape.second
	})
	time.Sleep(time.Second) // for the last to be stored
}
