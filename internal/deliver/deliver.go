// Package deliver drains the outbox: what is due is claimed, posted, and
// settled by what the place of delivery answered. A notification leaves the
// outbox only when it has arrived or when no attempt can help; one whose
// answer was lost is looked for before it is posted again, so that it appears
// twice only where nobody may look. Order is kept within a channel, and no
// channel waits for another.
package deliver

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"parley/internal/news"
)

// An Outbox keeps notifications until they are settled. What it must promise
// of each method is written down in package store.
type Outbox interface {
	ClaimDue(ctx context.Context, now time.Time, lease time.Duration, limit int) ([][]news.Notification, error)
	Sent(ctx context.Context, batch []news.Notification, receipt news.Receipt, at time.Time) error
	Retry(ctx context.Context, batch []news.Notification, notBefore time.Time, reason string) error
	Park(ctx context.Context, batch []news.Notification, reason string, at time.Time) error
	HoldChannel(ctx context.Context, channel string, until time.Time) error
	NextDelivery(ctx context.Context) (time.Time, bool, error)
	Counts(ctx context.Context) (pending, parked, sent int, err error)
}

// A Poster posts a batch as one message: one notification, or several of a
// digest. An answer that it knows is a *news.Fault; after any other error the
// message is taken to have arrived perhaps. The batch says whether the message
// is to be Plain, and whether it is Unsure and so to be marked as a possible
// repeat.
type Poster interface {
	Post(ctx context.Context, batch []news.Notification) (news.Receipt, error)
}

// A Reconciler is a Poster that can look whether a notification has arrived.
// It returns ErrCannotLook where it is not allowed to; after any other error
// it is asked again later.
type Reconciler interface {
	Find(ctx context.Context, n news.Notification) (news.Receipt, bool, error)
}

// ErrCannotLook says that the channel may not be read back.
var ErrCannotLook = errors.New("the channel cannot be read back")

// A Worker delivers. The zero values of its settings mean what is said there.
type Worker struct {
	outbox Outbox
	poster Poster
	log    *slog.Logger
	set    Settings
	wake   chan struct{}
}

// Settings are how a Worker goes about it.
type Settings struct {
	// Lease is how long a claim holds (1 min). If the process dies, the message
	// is tried again when it has run out.
	Lease time.Duration
	// Timeout ends an attempt (a third of the lease).
	Timeout time.Duration
	// Grace is how long attempts under way may go on when the worker is
	// stopped (5 s); they are then cut short, and looked for at the next start.
	Grace time.Duration
	// Pace is the least time between two messages to one channel (1 s).
	Pace time.Duration
	// Patience is how long Drain goes on waiting without a message settled (30 s).
	Patience time.Duration
	// Parallel is how many channels are posted to at once (8).
	Parallel int
	// GiveUp is the attempt after which a message is parked that fails each time
	// in a way that might have passed (100: about eight hours).
	GiveUp int
	// Gone is called when a channel cannot be posted to, so that its
	// subscriptions can be paused (nil: nothing is).
	Gone func(ctx context.Context, channel, reason string)
	// Now is the clock (time.Now).
	Now func() time.Time
	// Random spreads retries; it returns numbers in [0, 1) (math/rand's).
	Random func() float64
}

// New returns a worker that moves what is due from outbox to poster.
func New(outbox Outbox, poster Poster, log *slog.Logger, set Settings) *Worker {
	defaults(&set)
	return &Worker{outbox: outbox, poster: poster, log: log, set: set, wake: make(chan struct{}, 1)}
}

func defaults(s *Settings) {
	preset(&s.Lease, time.Minute)
	preset(&s.Timeout, s.Lease/3)
	preset(&s.Grace, 5*time.Second)
	preset(&s.Pace, time.Second)
	preset(&s.Patience, 30*time.Second)
	preset(&s.Parallel, 8)
	preset(&s.GiveUp, 100)
	if s.Gone == nil {
		s.Gone = func(context.Context, string, string) {}
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Random == nil {
		s.Random = rand.Float64
	}
}

func preset[T time.Duration | int](setting *T, value T) {
	if *setting == 0 {
		*setting = value
	}
}

// Wake tells the worker that something was put into the outbox. It never blocks.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default: // it has been told already
	}
}

// Run delivers until ctx ends, and then returns nil once the attempts under
// way have ended. It returns an error when the place of delivery has shut us
// out; nothing is lost by that, a later Run goes on where this one stopped.
func (w *Worker) Run(ctx context.Context) error {
	_, err := w.loop(ctx, false)
	return err
}

// A Summary says what a Drain came to.
type Summary struct {
	Sent   int
	Parked int
	Left   int // pending still: not due, or to be tried again by the next run
}

// Drain delivers what is due and returns when that is done, when what is left
// cannot be delivered soon, or when ctx ends. Its error is that of Run, or one
// of the outbox.
func (w *Worker) Drain(ctx context.Context) (Summary, error) {
	sum, err := w.loop(ctx, true)
	pending, _, _, cerr := w.outbox.Counts(context.WithoutCancel(ctx))
	sum.Left = pending
	if cerr != nil {
		cerr = fmt.Errorf("counting what is left in the outbox: %w", cerr)
	}
	return sum, errors.Join(err, cerr)
}
