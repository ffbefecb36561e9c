//go:build linux

package faults_test

import (
	"testing"
	"time"

	"parley/internal/demo/standin"
)

// clockSet sets parley's clock and, a while later, puts it right again, both
// while it posts and answers are lost. Slack and the outlets have the right
// time. The machine's clock is not touched: this parley is built with one that
// can be set.
func clockSet(ahead time.Duration) func(*testing.T, string, database) outcome {
	return func(t *testing.T, name string, db database) outcome {
		w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 10, second: 2}, db: db})
		p := w.parley(programs.clocked)
		p.start()
		w.baseline()
		w.slack.Fail(standin.Fault{Kind: standin.AppliedDropped, Method: "chat.postMessage", Probability: 0.1})
		for _, to := range []time.Duration{ahead, 0} {
			before := w.slack.distinct()
			w.print()
			w.print()
			w.until("alerts flow", 5*time.Minute, func() bool { return w.slack.distinct() > before+20 && w.slack.underWay("chat.postMessage") > 1 })
			p.clock(to)
			time.Sleep(40 * time.Second)
		}
		w.print()
		w.read(p, 8*time.Minute)
		return outcome{count: w.count(), note: "and back, while it posts and a tenth of the answers is lost"}
	}
}

// zone runs parley where the clocks show another time than UTC, through a Slack
// in trouble.
func zone(tz string) func(*testing.T, string, database) outcome {
	return func(t *testing.T, name string, db database) outcome {
		w := newWorld(t, name, setting{shape: shape{groups: 6, channels: 10, second: 2}, db: db})
		p := w.parley(programs.real)
		p.env = append(p.env, "TZ="+tz)
		p.start()
		w.baseline()
		w.slack.trouble()
		w.print()
		w.print()
		// Not while it fetches, or that feed is its own for another five minutes.
		w.until("alerts flow", 2*time.Minute, func() bool {
			return w.slack.underWay("chat.postMessage") > 1 && w.outlets.underWay() == 0 && w.slack.distinct() > 60
		})
		p.kill()
		p.start()
		w.print()
		w.read(p, 10*time.Minute)
		return outcome{count: w.count(), note: "with Slack in trouble as above, and a kill"}
	}
}
