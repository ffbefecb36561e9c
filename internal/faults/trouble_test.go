//go:build linux

package faults_test

import (
	"fmt"
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// trouble makes Slack fail as often as the promise says: of requests to post,
// to edit and to look.
func (s *slack) trouble() {
	for _, f := range []standin.Fault{
		{Kind: standin.RateLimited, Probability: 0.10, RetryAfter: 3 * time.Second},
		{Kind: standin.Unavailable, Probability: 0.025},
		{Kind: standin.AppliedUnavailable, Probability: 0.025},
		{Kind: standin.AppliedDropped, Probability: 0.05},
	} {
		s.Fail(f)
	}
}

// doubtful is how many posts were taken or perhaps taken without an answer.
func (s *slack) doubtful() (n int) {
	for _, c := range s.Calls("chat.postMessage") {
		if c.Applied && c.Outcome != "ok" {
			n++
		}
	}
	return n
}

func slackTrouble(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 8, channels: 16, second: 3}, db: db})
	return w.troubled(0)
}

func slackBlind(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 8, channels: 16}, db: db, slack: standin.Options{Scopes: []string{"commands", "chat:write", "channels:read"}}})
	return w.troubled(-1)
}

// troubled lets six stories a channel go through a Slack in trouble.
func (w *world) troubled(allowed int) outcome {
	p := w.parley(programs.real)
	p.start()
	w.baseline()
	w.slack.trouble()
	for range 6 {
		w.print()
	}
	w.read(p, 10*time.Minute)
	doubtful := w.slack.doubtful()
	o := outcome{count: w.count(), note: fmt.Sprintf("%d answers to posts were lost", doubtful)}
	if allowed < 0 {
		o.doubtful = doubtful
		o.note += fmt.Sprintf(", %d of %d repetitions say so", o.marked, o.repeated)
	}
	return o
}

// slackLimits answers 429 to everything for ten minutes.
func slackLimits(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 10, second: 2}, db: db})
	p := w.parley(programs.real)
	p.start()
	w.baseline()
	mend := w.slack.Fail(standin.Fault{Kind: standin.RateLimited, RetryAfter: 30 * time.Second})
	printed := w.printing(t.Context(), 5, 20*time.Second)
	time.Sleep(10 * time.Minute)
	mend()
	<-printed
	refused := 0
	for _, c := range w.slack.Calls("chat.postMessage") {
		if !c.Applied {
			refused++
		}
	}
	w.read(p, 4*time.Minute)
	return outcome{count: w.count(), note: fmt.Sprintf("%d posts refused, each channel asked again after its Retry-After", refused)}
}

// shortSlack is one of each fault in every channel.
func shortSlack(t *testing.T, name string, db database) outcome {
	w := newWorld(t, name, setting{shape: shape{groups: 4, channels: 5, second: 1}, db: db})
	p := w.parley(programs.clocked)
	p.start()
	w.baseline()
	if err := p.stop(); err != nil {
		t.Errorf("stopped, it ends with %v", err)
	}
	kinds := []standin.FaultKind{standin.RateLimited, standin.Unavailable, standin.AppliedUnavailable, standin.Dropped, standin.AppliedDropped}
	for g := range w.shape.groups {
		for c := range w.shape.channels {
			w.slack.Fail(standin.Fault{Kind: kinds[c%len(kinds)], Method: "chat.postMessage", Channel: channel(g, c), Times: 1})
		}
	}
	w.slack.Fail(standin.Fault{Kind: standin.AppliedDropped, Method: "chat.update", Times: 2})
	w.print()
	w.print()
	w.finish(p)
	return outcome{count: w.count(), note: fmt.Sprintf("%d answers to posts were lost", w.slack.doubtful())}
}
