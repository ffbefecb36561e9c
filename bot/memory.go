package bot

import (
	"context"
	"sync"
	"time"
)

// memory is a SeenOnce for one process.
type memory struct {
	mu    sync.Mutex
	until map[string]time.Time
}

func (m *memory) SeenOnce(_ context.Context, key string, at time.Time, keep time.Duration) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if until, ok := m.until[key]; ok && at.Before(until) {
		return false, nil
	}
	if len(m.until) > 10000 {
		for k, until := range m.until {
			if !at.Before(until) {
				delete(m.until, k)
			}
		}
	}
	m.until[key] = at.Add(keep)
	return true, nil
}
