package deliver

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/internal/news"
)

const (
	// maxSleep bounds how long the loop trusts what it knows: another process
	// may have put something in, or the clock may have been set.
	maxSleep = time.Minute
	// minSleep keeps an outbox that says "now" but hands out nothing from
	// turning the loop into a busy one.
	minSleep = 100 * time.Millisecond
	// outboxPause is the wait after the outbox has failed: a disk that is full
	// or a file that is locked takes a while.
	outboxPause = 5 * time.Second
)

// loop claims as long as it has hands free, and sleeps until something
// finishes, something is due, or it is woken.
func (w *Worker) loop(ctx context.Context, drain bool) (Summary, error) {
	// Attempts outlive ctx by the grace: one that is cut short is one more
	// message to be looked for.
	work, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	finished := make(chan outcome)
	latest := lanes{}
	underWay := 0
	var sum Summary
	var failed error
	progress := w.set.Now()

	note := func(o outcome) {
		underWay--
		latest.forget(o.channel)
		sum.Sent += o.sent
		sum.Parked += o.parked
		if o.sent+o.parked > 0 {
			progress = w.set.Now()
		}
		if o.shut != nil && failed == nil {
			failed = o.shut
		}
	}
	for failed == nil && ctx.Err() == nil {
		started, err := w.start(ctx, work, w.set.Parallel-underWay, latest, finished)
		underWay += started
		if err != nil && drain {
			failed = err
			break
		}
		pause, more := w.pause(ctx, err, underWay)
		if drain && underWay == 0 && (!more || w.set.Now().Add(pause).After(progress.Add(w.set.Patience))) {
			break
		}
		timer := time.NewTimer(pause)
		select {
		case o := <-finished:
			note(o)
		case <-w.wake:
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
	}

	grace := time.AfterFunc(w.set.Grace, cut)
	defer grace.Stop()
	for underWay > 0 {
		note(<-finished)
	}
	return sum, failed
}

// lanes hold for each channel what is closed when the latest attempt in it ends.
type lanes map[string]chan struct{}

// follow returns what to wait for before an attempt in a channel, nil for
// nothing, and what to close after it.
//
// As a rule a channel has one attempt at a time, since its claim lasts longer. A
// clock that is set ahead ends all claims at once: what is under way is then
// handed out anew, and whoever looked for it at once would not find it yet.
func (l lanes) follow(channel string) (before <-chan struct{}, done chan<- struct{}) {
	latest := make(chan struct{})
	before, l[channel] = l[channel], latest
	return before, latest
}

// forget drops a channel in which no attempt is under way.
func (l lanes) forget(channel string) {
	select {
	case <-l[channel]:
		delete(l, channel)
	default:
	}
}

// start claims up to free batches and sees each off in a goroutine of its own,
// which ends by sending to finished.
func (w *Worker) start(ctx, work context.Context, free int, latest lanes, finished chan<- outcome) (int, error) {
	if free <= 0 {
		return 0, nil
	}
	claimed := w.set.Now()
	batches, err := w.outbox.ClaimDue(ctx, claimed, w.set.Lease, free)
	if err != nil {
		if ctx.Err() != nil {
			return 0, nil
		}
		w.log.ErrorContext(ctx, "outbox cannot be read", "error", err)
		return 0, fmt.Errorf("reading the outbox: %w", err)
	}
	for _, batch := range batches {
		before, done := latest.follow(batch[0].Channel)
		go func() {
			if before != nil {
				<-before
			}
			o := w.deliver(work, batch, claimed)
			close(done)
			finished <- o
		}()
	}
	return len(batches), nil
}

// pause says how long nothing needs to be done unless something happens, and
// whether anything is pending at all.
func (w *Worker) pause(ctx context.Context, err error, underWay int) (pause time.Duration, more bool) {
	if err != nil {
		return outboxPause, true
	}
	if underWay >= w.set.Parallel {
		return maxSleep, true
	}
	next, more, err := w.outbox.NextDelivery(ctx)
	switch {
	case err != nil && ctx.Err() == nil:
		w.log.ErrorContext(ctx, "outbox cannot be read", "error", err)
		return outboxPause, true
	case !more:
		return maxSleep, false
	}
	return min(max(next.Sub(w.set.Now()), minSleep), maxSleep), true
}

// An outcome is what became of one batch.
type outcome struct {
	channel      string
	sent, parked int
	shut         error
}

// deliver sees one batch through one attempt.
func (w *Worker) deliver(ctx context.Context, batch []news.Notification, claimed time.Time) outcome {
	v := w.attempt(ctx, batch, claimed)
	o, err := w.settle(ctx, batch, v)
	switch {
	case errors.Is(err, news.ErrStale):
		w.log.WarnContext(ctx, "attempt came too late, another has taken over",
			"key", batch[0].Key, "attempt", batch[0].Attempt, "verdict", v.action)
	case err != nil:
		// The claim runs out, and the next attempt looks first.
		w.log.ErrorContext(ctx, "attempt cannot be recorded",
			"key", batch[0].Key, "attempt", batch[0].Attempt, "verdict", v.action, "error", err)
	}
	o.channel = batch[0].Channel
	return o
}
