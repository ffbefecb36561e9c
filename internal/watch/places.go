package watch

import (
	"context"
	"sync"
	"time"
)

// places bound how many feeds are asked at once. Most of that is waiting, and
// who waits long gives its place to another meanwhile: feeds that hang never
// hold those that are well, and yet a thousand that are due in one second are
// not asked in that second.
type places struct {
	front chan struct{} // those asked just now
	all   chan struct{} // with those that are waited for
}

const (
	brief   = 250 * time.Millisecond // how long a check may hold its place
	waiting = 4096                   // checks under way in all; a waiting one costs some kilobytes
)

func newPlaces(atOnce int) places {
	return places{front: make(chan struct{}, atOnce), all: make(chan struct{}, max(waiting, atOnce))}
}

// enter waits for a place, and returns how to leave it; it fails if ctx ends
// before.
func (p places) enter(ctx context.Context) (leave func(), ok bool) {
	select {
	case p.all <- struct{}{}:
	case <-ctx.Done():
		return nil, false
	}
	select {
	case p.front <- struct{}{}:
	case <-ctx.Done():
		<-p.all
		return nil, false
	}
	return sync.OnceFunc(func() {
		<-p.front
		<-p.all
	}), true
}

// begin tells that the check of a place is under way. From now on it holds the
// place briefly.
func (p places) begin() (end func()) {
	yield := sync.OnceFunc(func() { <-p.front })
	timer := time.AfterFunc(brief, yield)
	return func() {
		timer.Stop()
		yield()
		<-p.all
	}
}
