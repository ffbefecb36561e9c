package deliver_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"parley/internal/deliver"
	"parley/internal/news"
)

// An outbox in memory, which keeps the promises of the stored one: one batch
// a channel in flight, leases, attempts that fence, what was tried goes first.
type outbox struct {
	mu     sync.Mutex
	rows   []*row
	holds  map[string]time.Time
	claims int                     // calls of ClaimDue
	fail   func(call string) error // nil: nothing fails
}

type row struct {
	news.Notification
	until   time.Time // of the claim
	batch   int64
	state   string // pending, sent, parked
	reason  string
	receipt news.Receipt
}

func (o *outbox) add(n news.Notification) {
	o.mu.Lock()
	defer o.mu.Unlock()
	n.ID = int64(len(o.rows) + 1)
	if n.Key == "" {
		n.Key = fmt.Sprintf("D-%d to %s", n.ID, n.Channel)
	}
	o.rows = append(o.rows, &row{Notification: n, state: "pending"})
}

func (o *outbox) failing(call string) error {
	if o.fail == nil {
		return nil
	}
	return o.fail(call)
}

// lanes returns what is pending, by channel.
func (o *outbox) lanes() map[string][]*row {
	lanes := map[string][]*row{}
	for _, r := range o.rows {
		if r.state == "pending" {
			lanes[r.Channel] = append(lanes[r.Channel], r)
		}
	}
	return lanes
}

// next returns what of a lane is handed out next, and when.
func (o *outbox) next(lane []*row, now time.Time) (batch []*row, at time.Time) {
	at = lane[0].NotBefore
	for _, r := range lane {
		if r.batch != 0 {
			batch = append(batch, r)
			at = later(r.NotBefore, r.until)
		}
	}
	if batch == nil {
		for _, r := range lane {
			if r.NotBefore.Before(at) {
				at = r.NotBefore
			}
			if !r.NotBefore.After(now) && (batch == nil || batch[0].Digest && r.Digest) {
				batch = append(batch, r)
			}
		}
	}
	return batch, later(at, o.holds[lane[0].Channel])
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (o *outbox) ClaimDue(_ context.Context, now time.Time, lease time.Duration, limit int) (batches [][]news.Notification, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.claims++
	if err := o.failing("ClaimDue"); err != nil {
		return nil, err
	}
	for _, lane := range o.lanes() {
		rows, at := o.next(lane, now)
		if at.After(now) || len(batches) == limit {
			continue
		}
		var batch []news.Notification
		for _, r := range rows {
			r.Attempt++
			r.Unsure = r.Unsure || !r.until.IsZero()
			r.until, r.batch = now.Add(lease), rows[0].ID
			batch = append(batch, r.Notification)
		}
		batches = append(batches, batch)
	}
	return batches, nil
}

func (o *outbox) NextDelivery(context.Context) (next time.Time, more bool, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, lane := range o.lanes() {
		if _, at := o.next(lane, time.Time{}); !more || at.Before(next) {
			next, more = at, true
		}
	}
	return next, more, o.failing("NextDelivery")
}

func (o *outbox) settle(ctx context.Context, call string, batch []news.Notification, f func(*row, news.Notification)) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := errors.Join(ctx.Err(), o.failing(call)); err != nil {
		return err
	}
	for _, n := range batch {
		if r := o.rows[n.ID-1]; r.Attempt != n.Attempt || r.state != "pending" || r.until.IsZero() {
			return news.ErrStale
		}
	}
	for _, n := range batch {
		r := o.rows[n.ID-1]
		r.until = time.Time{}
		f(r, n)
	}
	return nil
}

func (o *outbox) Sent(ctx context.Context, batch []news.Notification, receipt news.Receipt, _ time.Time) error {
	return o.settle(ctx, "Sent", batch, func(r *row, _ news.Notification) { r.state, r.receipt = "sent", receipt })
}

func (o *outbox) Retry(ctx context.Context, batch []news.Notification, notBefore time.Time, reason string) error {
	return o.settle(ctx, "Retry", batch, func(r *row, n news.Notification) {
		r.NotBefore, r.reason, r.Plain, r.Unsure = notBefore, reason, n.Plain, n.Unsure
	})
}

func (o *outbox) Park(ctx context.Context, batch []news.Notification, reason string, _ time.Time) error {
	return o.settle(ctx, "Park", batch, func(r *row, _ news.Notification) { r.state, r.reason = "parked", reason })
}

func (o *outbox) HoldChannel(_ context.Context, channel string, until time.Time) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.holds == nil {
		o.holds = map[string]time.Time{}
	}
	o.holds[channel] = later(o.holds[channel], until)
	return o.failing("HoldChannel")
}

func (o *outbox) Counts(context.Context) (pending, parked, sent int, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, r := range o.rows {
		switch r.state {
		case "pending":
			pending++
		case "parked":
			parked++
		case "sent":
			sent++
		}
	}
	return pending, parked, sent, nil
}

func (o *outbox) row(id int) row {
	o.mu.Lock()
	defer o.mu.Unlock()
	return *o.rows[id-1]
}

// claimed says how often something was claimed, or tried to be.
func (o *outbox) claimed() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.claims
}

// A room is where messages arrive. Its answers are scripted.
type room struct {
	mu      sync.Mutex
	took    time.Duration // that each post takes
	answer  func(post) (arrives bool, err error)
	posts   []post // every attempt
	arrived []post
}

type post struct {
	at     time.Duration // since the bubble's start
	n      news.Notification
	keys   []string
	number int // of attempts of this key so far, from 1
}

func newRoom(answer func(post) (bool, error)) *room { return &room{answer: answer} }

// answers gives one error after the other, each without the message arriving,
// and then takes everything.
func answers(errs ...error) func(post) (bool, error) {
	return func(p post) (bool, error) {
		if p.number <= len(errs) && errs[p.number-1] != nil {
			return false, errs[p.number-1]
		}
		return true, nil
	}
}

func (r *room) Post(ctx context.Context, batch []news.Notification) (news.Receipt, error) {
	p := post{at: sinceStart(), n: batch[0], number: 1}
	for _, n := range batch {
		p.keys = append(p.keys, n.Key)
	}
	r.mu.Lock()
	for _, earlier := range r.posts {
		if earlier.n.Key == p.n.Key {
			p.number++
		}
	}
	r.posts = append(r.posts, p)
	answer, took := r.answer, r.took
	r.mu.Unlock()

	select {
	case <-time.After(took):
	case <-ctx.Done():
		return news.Receipt{}, ctx.Err()
	}
	arrives, err := true, error(nil)
	if answer != nil {
		arrives, err = answer(p)
	}
	if arrives {
		r.mu.Lock()
		r.arrived = append(r.arrived, p)
		r.mu.Unlock()
	}
	if errors.Is(err, errHang) {
		<-ctx.Done()
		return news.Receipt{}, ctx.Err()
	}
	return news.Receipt{Channel: p.n.Channel, TS: p.n.Key}, err
}

var errHang = errors.New("never answers")

// arrivals may be asked for while the worker runs.
func (r *room) arrivals() []post {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.arrived)
}

// list returns the keys that arrived, in order.
func (r *room) list() (keys []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, p := range r.arrived {
		keys = append(keys, p.keys...)
	}
	return keys
}

// A window is a room that may be looked into.
type window struct {
	*room
	looks  int
	refuse func(look int) error // nil: never
}

func (w *window) Find(_ context.Context, n news.Notification) (news.Receipt, bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.looks++
	if w.refuse != nil {
		if err := w.refuse(w.looks); err != nil {
			return news.Receipt{}, false, err
		}
	}
	found := slices.ContainsFunc(w.arrived, func(p post) bool { return slices.Contains(p.keys, n.Key) })
	return news.Receipt{Channel: n.Channel, TS: "found"}, found, nil
}

var _ deliver.Reconciler = (*window)(nil)

// Every bubble of package synctest begins at this time.
var bubbleStart = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

func sinceStart() time.Duration { return time.Since(bubbleStart) }
