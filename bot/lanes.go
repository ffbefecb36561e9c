package bot

import "sync"

// lanes run what belongs to one channel in order, and channels side by side.
type lanes struct {
	mu      sync.Mutex
	waiting map[string][]func()
	running sync.WaitGroup
}

// maxWaiting is how much one channel may ask at once.
const maxWaiting = 512

// do queues f behind what the lane has to do; false if that is too much already.
func (l *lanes) do(lane string, f func()) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting == nil {
		l.waiting = map[string][]func(){}
	}
	if queue, busy := l.waiting[lane]; busy {
		if len(queue) >= maxWaiting {
			return false
		}
		l.waiting[lane] = append(queue, f)
		return true
	}
	l.waiting[lane] = nil
	l.running.Go(func() {
		for ; f != nil; f = l.following(lane) {
			f()
		}
	})
	return true
}

func (l *lanes) following(lane string) func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	queue := l.waiting[lane]
	if len(queue) == 0 {
		delete(l.waiting, lane)
		return nil
	}
	l.waiting[lane] = queue[1:]
	return queue[0]
}
