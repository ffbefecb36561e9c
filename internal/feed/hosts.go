package feed

import (
	"context"
	"errors"
	"sync"
	"time"
)

// hosts keeps parley polite: so many requests at once to one host, so much
// time between two, and none before the time a host asked for. It remembers a
// host only while somebody waits for it or its time has not come.
type hosts struct {
	now    func() time.Time
	atOnce int
	pace   time.Duration

	mu      sync.Mutex
	host    map[string]*host
	sweepAt int // forget when there are more hosts than this
}

type host struct {
	slots chan struct{}
	users int
	next  time.Time // no request begins before
	until time.Time // what Retry-After asked for
}

// enter waits for a place at name. leave must be called when the exchange is
// over. It fails only with the context's error.
func (h *hosts) enter(ctx context.Context, name string) (leave func(), err error) {
	return h.enterAt(ctx, name, h.pace, false)
}

// errNoTurn says that a place comes too late for whoever asks.
var errNoTurn = errors.New("no turn in time")

// enterAt is enter with a pace of its own. In a hurry it does not wait for what
// comes after the end of ctx, and takes no turn for that: then it fails with
// errNoTurn.
func (h *hosts) enterAt(ctx context.Context, name string, pace time.Duration, hurry bool) (leave func(), err error) {
	h.mu.Lock()
	if h.host == nil {
		h.host = map[string]*host{}
	}
	at := h.host[name]
	if at == nil {
		at = &host{slots: make(chan struct{}, h.atOnce)}
		h.host[name] = at
	}
	at.users++
	h.mu.Unlock()

	select {
	case at.slots <- struct{}{}:
	case <-ctx.Done():
		h.done(name, at)
		return nil, ctx.Err()
	}
	h.mu.Lock()
	now := h.now()
	wait := at.next.Sub(now)
	if end, ok := ctx.Deadline(); hurry && ok && wait > time.Until(end) {
		h.mu.Unlock()
		<-at.slots
		h.done(name, at)
		return nil, errNoTurn
	}
	at.next = now.Add(max(wait, 0) + pace)
	h.mu.Unlock()
	if wait > 0 {
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
			<-at.slots
			h.done(name, at)
			return nil, ctx.Err()
		}
	}
	return func() {
		<-at.slots
		h.done(name, at)
	}, nil
}

func (h *hosts) done(name string, at *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	at.users--
	h.forget()
}

// forget drops every host of which nothing needs to be known any more. It
// looks only when twice as many are known as were needed last time, so that
// the cost of looking stays small however many there are.
func (h *hosts) forget() {
	if len(h.host) <= h.sweepAt {
		return
	}
	now := h.now()
	for name, at := range h.host {
		if at.users == 0 && !now.Before(at.next) && !now.Before(at.until) {
			delete(h.host, name)
		}
	}
	const few = 64
	h.sweepAt = 2*len(h.host) + few
}

// rest notes that a host asked to be left alone for d.
func (h *hosts) rest(name string, d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.host == nil {
		h.host = map[string]*host{}
	}
	at := h.host[name]
	if at == nil {
		at = &host{slots: make(chan struct{}, h.atOnce)}
		h.host[name] = at
	}
	if until := h.now().Add(d); until.After(at.until) {
		at.until = until
	}
}

// resting returns how much longer a host asked to be left alone, 0 if it may
// be asked.
func (h *hosts) resting(name string) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at := h.host[name]; at != nil {
		return max(0, at.until.Sub(h.now()))
	}
	return 0
}
