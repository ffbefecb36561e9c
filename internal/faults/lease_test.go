//go:build linux

package faults_test

import (
	"fmt"
	"syscall"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// lease is how long a claim of a message holds.
const lease = time.Minute

// redelivery kills parley while Slack hangs on its posts, and measures how long
// these take to arrive after that.
func redelivery(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 10}, db: db})
	p := w.parley(programs.real)
	p.start()
	w.baseline()
	mend := w.slack.Fail(standin.Fault{Kind: standin.Hang, Method: "chat.postMessage"})
	w.print()
	w.until("eight posts hang", 2*time.Minute, func() bool { return w.slack.underWay("chat.postMessage") == 8 })
	hung := map[string]bool{}
	for _, c := range w.slack.Calls("chat.postMessage") {
		hung[c.Channel] = true
	}
	claimed := time.Now() // by then; the lease began a little earlier
	p.kill()
	mend()
	p.start()
	w.read(p, 8*time.Minute)
	var latest time.Duration
	for _, m := range w.slack.Posts() {
		if hung[m.Channel] {
			latest = max(latest, m.At.Sub(claimed))
		}
	}
	if latest > lease+time.Second {
		t.Errorf("it took %s", latest)
	}
	return outcome{count: w.count(), note: fmt.Sprintf("8 posts that hung when it was killed arrive after %.1f s at the latest; the lease is %.0f s", latest.Seconds(), lease.Seconds())}
}

// stopped suspends a parley that is posting for longer than its lease, while
// another works on the same database; then it goes on. They take turns.
func stopped(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 10, second: 2}, db: db})
	asleep, awake := w.parley(programs.real), w.parley(programs.real)
	asleep.start()
	w.baseline()
	awake.start()
	awake.up()
	const turns = 3
	again := 0
	for range turns {
		w.print()
		w.print()
		// A process that is suspended within a transaction holds the database; then
		// nobody can go on without it, and another moment is tried.
		for try := 0; ; try++ {
			w.until("posts are under way", 2*time.Minute, func() bool { return w.slack.underWay("chat.postMessage") >= 3 })
			time.Sleep(time.Duration(w.random.Int64N(int64(100 * time.Millisecond))))
			asleep.signal(syscall.SIGSTOP)
			if free := w.db.free(t, w.dsn); free || try == 50 {
				break
			}
			again++
			asleep.signal(syscall.SIGCONT)
		}
		time.Sleep(lease + 15*time.Second)
		asleep.signal(syscall.SIGCONT)
		time.Sleep(5 * time.Second)
		w.alive(asleep)
		w.alive(awake)
		asleep, awake = awake, asleep
	}
	w.read(awake, 8*time.Minute)
	return outcome{count: w.count(), note: fmt.Sprintf("%d times %.0f s, two parleys in turn", turns, (lease + 15*time.Second).Seconds())}
}
