package bot

import (
	"context"
	"sync"
)

// lanes run what belongs to one channel in order, and channels side by side.
type lanes struct {
	mu      sync.Mutex
	waiting map[string][]func() // by lane; one that is there is at work, even with nothing behind it
	idle    chan struct{}       // closed when the last lane is done; nil while none is at work
}

// maxWaiting is how much one channel may ask at once.
const maxWaiting = 512

// do queues f behind what the lane has to do; false if that is too much already.
func (l *lanes) do(lane string, f func()) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if queue, busy := l.waiting[lane]; busy {
		if len(queue) >= maxWaiting {
			return false
		}
		l.waiting[lane] = append(queue, f)
		return true
	}
	if l.waiting == nil {
		l.waiting = map[string][]func(){}
	}
	if l.idle == nil {
		l.idle = make(chan struct{})
	}
	l.waiting[lane] = nil
	go func() {
		for ; f != nil; f = l.following(lane) {
			f()
		}
	}()
	return true
}

func (l *lanes) following(lane string) func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue := l.waiting[lane]
	if len(queue) > 0 {
		l.waiting[lane] = queue[1:]
		return queue[0]
	}
	if delete(l.waiting, lane); len(l.waiting) == 0 {
		close(l.idle)
		l.idle = nil
	}
	return nil
}

// wait blocks until no lane is at work, or until the context ends. Unlike a
// WaitGroup it may be called while the doors are still open: what is let in beside
// it is waited for if it came in time.
func (l *lanes) wait(ctx context.Context) error {
	l.mu.Lock()
	idle := l.idle
	l.mu.Unlock()
	if idle == nil {
		return nil
	}
	select {
	case <-idle:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
