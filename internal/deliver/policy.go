package deliver

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/internal/news"
)

// A verdict is what is to become of a batch after an attempt.
type verdict struct {
	action  action
	receipt news.Receipt        // of what was sent
	batch   []news.Notification // what is sent or put back, with its marks
	wait    time.Duration       // before it is tried again
	hold    time.Duration       // for which its channel takes nothing at all
	gone    bool                // the channel cannot be posted to
	shut    error               // nothing can be posted anywhere
	reason  string
}

type action string

const (
	markSent action = "sent"
	putBack  action = "retry"
	park     action = "park"
)

const (
	// maxHold bounds what a Retry-After may ask for: an answer that is wrong
	// must not silence a channel for days.
	maxHold = time.Hour
	// defaultHold is for a channel that is limited without saying how long.
	defaultHold = 30 * time.Second
	// Waits between attempts double from the first to the last of these.
	firstWait = time.Second
	lastWait  = 5 * time.Minute
)

// attempt posts the batch, unless it finds that it has arrived before, or that
// its claim may run out meanwhile.
func (w *Worker) attempt(ctx context.Context, batch []news.Notification, claimed time.Time) verdict {
	// Before the post and in the outbox, so that the pace is kept by whoever
	// posts next, be it after a crash.
	if err := w.outbox.HoldChannel(ctx, batch[0].Channel, w.set.Now().Add(w.set.Pace)); err != nil {
		return verdict{action: putBack, batch: batch, wait: outboxPause, reason: fmt.Sprintf("the outbox failed: %v", err)}
	}
	tooLate := verdict{action: putBack, batch: batch, reason: "parley was held up for so long that another may have taken over"}
	if w.since(claimed) > w.set.Lease-w.set.Timeout {
		return tooLate
	}
	ctx, cancel := context.WithTimeout(ctx, w.set.Timeout)
	defer cancel()
	if batch[0].Unsure && batch[0].Action != news.Edit { // an edit may be made twice
		receipt, found, err := w.find(ctx, batch[0])
		switch {
		case found && err == nil:
			return verdict{action: markSent, batch: marked(batch, func(n *news.Notification) { n.Unsure = false }), receipt: receipt}
		case err == nil:
			batch = marked(batch, func(n *news.Notification) { n.Unsure = false })
		case !errors.Is(err, ErrCannotLook):
			return w.judgeLook(batch, err)
		}
	}
	if w.since(claimed) > w.set.Lease {
		return tooLate
	}
	receipt, err := w.poster.Post(ctx, batch)
	if err != nil {
		return w.judgePost(batch, err)
	}
	return verdict{action: markSent, batch: batch, receipt: receipt}
}

// since is how long ago t was, by the steady clock or by that on the wall, whichever
// says longer: the one stands still while a machine is suspended, the other can be
// set.
func (w *Worker) since(t time.Time) time.Duration {
	now := w.set.Now()
	return max(now.Sub(t), now.Round(0).Sub(t.Round(0)))
}

func (w *Worker) find(ctx context.Context, n news.Notification) (news.Receipt, bool, error) {
	r, ok := w.poster.(Reconciler)
	if !ok {
		return news.Receipt{}, false, ErrCannotLook
	}
	return r.Find(ctx, n)
}

// judgePost says what follows from the error of a post.
func (w *Worker) judgePost(batch []news.Notification, err error) verdict {
	fault := &news.Fault{Kind: news.Ambiguous, Reason: err.Error()} // what is not known may have arrived
	errors.As(err, &fault)
	v := verdict{action: putBack, batch: batch, reason: fault.Reason}
	switch fault.Kind {
	case news.Limited:
		v.hold = holdFor(fault)
		v.wait = v.hold
	case news.Transient:
		w.later(&v)
	case news.Gone:
		v.action, v.gone = park, true
	case news.Deleted:
		if batch[0].Anew { // whoever deletes a message twice does not want it
			v.action = park
			break
		}
		v.batch = marked(batch, func(n *news.Notification) { n.Action, n.Target, n.Unsure = news.Post, news.Receipt{}, false })
	case news.Unfit:
		if batch[0].Plain {
			v.action = park
			break
		}
		v.batch = marked(batch, func(n *news.Notification) { n.Plain = true })
	case news.Shut:
		v.shut = shutOut(fault)
	default:
		w.later(&v)
		v.wait = w.set.Lease // to let what is still on its way arrive, so that it can be found
		v.batch = marked(batch, func(n *news.Notification) { n.Unsure = true })
	}
	return v
}

// judgeLook says what follows from a look that failed. Nothing has been
// posted by it, and nothing may be before a look succeeds.
func (w *Worker) judgeLook(batch []news.Notification, err error) verdict {
	fault := &news.Fault{Kind: news.Transient, Reason: err.Error()}
	errors.As(err, &fault)
	v := verdict{action: putBack, batch: batch, reason: "looking for it: " + fault.Reason}
	switch fault.Kind {
	case news.Limited:
		v.hold = holdFor(fault)
		v.wait = v.hold
	case news.Gone:
		v.action, v.gone = park, true
	case news.Shut:
		v.shut = shutOut(fault)
	default:
		w.later(&v)
	}
	return v
}

// later lets the batch wait longer with each attempt, and gives up at last so
// that one message which always fails does not block its channel for ever.
func (w *Worker) later(v *verdict) {
	n := v.batch[0].Attempt
	if n >= w.set.GiveUp {
		v.action = park
		v.reason = fmt.Sprintf("given up after %d attempts: %s", n, v.reason)
		return
	}
	wait := lastWait
	if shift := max(n, 1) - 1; shift < 10 {
		wait = min(firstWait<<shift, lastWait)
	}
	// Between three and five quarters of it: messages that failed together
	// should not come back together.
	v.wait = time.Duration(float64(wait) * (0.75 + w.set.Random()/2))
}

func holdFor(fault *news.Fault) time.Duration {
	if fault.RetryAfter <= 0 {
		return defaultHold
	}
	return min(fault.RetryAfter, maxHold)
}

func shutOut(fault *news.Fault) error {
	return fmt.Errorf("delivery has stopped because every message is refused (%w): put that right and start again, nothing is lost", fault)
}

func marked(batch []news.Notification, mark func(*news.Notification)) []news.Notification {
	batch = slices.Clone(batch)
	for i := range batch {
		mark(&batch[i])
	}
	return batch
}

// settle records the verdict. A failure of the outbox is tried again while the
// claim holds: what has arrived should not be forgotten over a locked file.
func (w *Worker) settle(ctx context.Context, batch []news.Notification, v verdict) (outcome, error) {
	now := w.set.Now()
	deadline := now.Add(w.set.Lease - w.set.Timeout)
	for {
		err := w.record(ctx, batch, v, now)
		if err == nil {
			break
		}
		if errors.Is(err, news.ErrStale) || ctx.Err() != nil || w.set.Now().After(deadline) {
			return outcome{shut: v.shut}, err
		}
		w.log.WarnContext(ctx, "outbox cannot be written, trying again", "error", err)
		pause := time.NewTimer(time.Second)
		select {
		case <-pause.C:
		case <-ctx.Done():
		}
		pause.Stop()
	}
	o := outcome{shut: v.shut}
	switch v.action {
	case markSent:
		o.sent = len(batch)
	case park:
		o.parked = len(batch)
		w.log.WarnContext(ctx, "message parked", "key", batch[0].Key, "channel", batch[0].Channel, "reason", v.reason)
	case putBack:
		w.log.InfoContext(ctx, "message put back", "key", batch[0].Key, "channel", batch[0].Channel,
			"attempt", batch[0].Attempt, "wait", v.wait, "reason", v.reason)
	}
	if v.gone {
		w.set.Gone(ctx, batch[0].Channel, v.reason)
	}
	return o, nil
}

// record writes the verdict into the outbox, also when the work has just been
// cut short: that is when it matters.
func (w *Worker) record(ctx context.Context, batch []news.Notification, v verdict, at time.Time) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), w.set.Timeout)
	defer cancel()
	if v.hold > 0 {
		if err := w.outbox.HoldChannel(ctx, batch[0].Channel, at.Add(v.hold)); err != nil {
			return err
		}
	}
	switch v.action {
	case markSent:
		return w.outbox.Sent(ctx, v.batch, v.receipt, at)
	case park:
		return w.outbox.Park(ctx, batch, v.reason, at)
	default:
		return w.outbox.Retry(ctx, v.batch, at.Add(v.wait), v.reason)
	}
}
