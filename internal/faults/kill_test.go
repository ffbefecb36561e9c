//go:build linux

package faults_test

import (
	"fmt"
	"testing"
	"time"
)

// Nothing goes wrong: what the other scenarios are compared with holds.
func nothing(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 10, second: 2}, db: db})
	p := w.parley(programs.real)
	p.start()
	w.baseline()
	w.print()
	w.print()
	w.read(p, 3*time.Minute)
	return outcome{count: w.count(), note: ""}
}

// kills ends parley at a hundred random moments while it fetches, posts and
// edits, and starts it again each time.
func kills(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 40, channels: 5, second: 8}, db: db})
	p := w.parley(programs.real)
	p.start()
	w.baseline()
	const stories = 20
	printed := w.printing(t.Context(), stories, 10*time.Second)
	var struck during
	for i := range 100 {
		// A quarter may die before they have begun.
		if i%4 > 0 {
			p.up()
		}
		time.Sleep(time.Duration(w.random.Int64N(int64(2500 * time.Millisecond))))
		struck.note(w)
		p.kill()
		p.start()
	}
	<-printed
	if struck.posting == 0 {
		t.Error("no kill came during a post: nothing was shown")
	}
	w.read(p, 10*time.Minute)
	return outcome{count: w.count(), note: fmt.Sprintf("100 kills, of them %s", struck)}
}

// shortKills is a handful of kills. Time is moved on in between, so that
// everything is due at each start.
func shortKills(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 6, second: 2}, db: db})
	p := w.parley(programs.clocked)
	var struck during
	p.start()
	w.baseline()
	const n = 6
	for range n {
		w.print()
		w.later(6 * time.Minute) // claims of feeds run out too
		p.clock(w.ahead())
		p.kill()
		p.start()
		time.Sleep(time.Duration(w.random.Int64N(int64(1500 * time.Millisecond))))
		struck.note(w)
	}
	p.kill()
	w.finish(p)
	return outcome{count: w.count(), note: fmt.Sprintf("%d kills, of them %s", n, struck)}
}

// finish lets parley do what is left, and moves time on until nothing is.
func (w *world) finish(p *parley) {
	w.t.Helper()
	for begun := time.Now(); time.Since(begun) < 3*time.Minute; {
		w.later(6 * time.Minute)
		p.clock(w.ahead())
		p.start()
		p.up()
		for end := time.Now().Add(6 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
			if w.told() && p.idle() {
				return
			}
		}
		if err := p.stop(); err != nil {
			w.t.Errorf("stopped, it ends with %v", err)
		}
	}
	w.t.Error("it does not come to an end")
}

// during counts what was under way at each of several moments.
type during struct{ fetching, posting, editing int }

func (d *during) note(w *world) {
	if w.outlets.underWay() > 0 {
		d.fetching++
	}
	if w.slack.underWay("chat.postMessage") > 0 {
		d.posting++
	}
	if w.slack.underWay("chat.update") > 0 {
		d.editing++
	}
}

func (d during) String() string {
	return fmt.Sprintf("%d while fetching, %d while posting, %d while editing", d.fetching, d.posting, d.editing)
}
