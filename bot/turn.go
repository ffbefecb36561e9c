package bot

import "sync"

// A turn is one question, with the chance to answer it in the acknowledgement.
type turn struct {
	url string // response URL, where an answer that is late or too long goes

	mu      sync.Mutex
	acked   bool
	payload []byte                     // that it was acknowledged with
	ack     func(payload []byte) error // nil payload: seen, answer follows
}

// take acknowledges with payload unless that has been done; false if it has.
func (t *turn) take(payload []byte) (bool, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.acked {
		return false, nil
	}
	t.acked, t.payload = true, payload
	return true, t.ack(payload)
}

// again acknowledges a question that came a second time as it was the first time.
// Before it has been, nothing is done: an empty acknowledgement of the second
// would take the place of the answer to the first.
func (t *turn) again(ack func(payload []byte) error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.acked {
		return nil
	}
	return ack(t.payload)
}

// answered is what the question was acknowledged with, nil if with nothing.
func (t *turn) answered() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.payload
}

// recent keeps the latest turns by the envelope they came in.
type recent struct {
	mu    sync.Mutex
	turns map[string]*turn
	order []string
}

const maxRecent = 512

func (r *recent) add(id string, t *turn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.turns == nil {
		r.turns = map[string]*turn{}
	}
	if len(r.order) == maxRecent {
		delete(r.turns, r.order[0])
		r.order = r.order[1:]
	}
	r.turns[id] = t
	r.order = append(r.order, id)
}

func (r *recent) get(id string) *turn {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.turns[id]
}
