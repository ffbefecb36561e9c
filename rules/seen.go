package rules

import "sync/atomic"

// Whether a word is rare nobody can tell from the word. So matchers count, at
// some of the items, which terms they have, and after some time all is laid
// out anew by what was seen: once, and again each time that sixteen times as
// much is known.

// A tally counts of how many items each term was true. Pages are of one size
// and stay where they are, so that readers may count while terms are added.
type tally struct {
	pages [][]uint32
}

const (
	pageSize   = 1 << 12
	sampled    = 4  // one item in so many is counted until all was laid out by what was seen
	seldom     = 64 // and one in so many afterwards
	firstLook  = 64 // counted items after which all is laid out by what was seen
	nextLook   = 16 // after so many times as many again
	worthwhile = 64 // rules that a set must have for that
)

// grow makes room for n terms.
func (t *tally) grow(n int) {
	for len(t.pages)*pageSize < n {
		t.pages = append(t.pages, make([]uint32, pageSize))
	}
}

func (t *tally) add(id uint32, n uint32) { atomic.AddUint32(&t.pages[id/pageSize][id%pageSize], n) }

func (t *tally) of(id uint32) uint32 {
	return atomic.LoadUint32(&t.pages[id/pageSize][id%pageSize])
}

// every tells of how many items one is counted.
func (e *epoch) every() uint64 {
	if e.look > firstLook {
		return seldom
	}
	return sampled
}

// sample counts what is true now, and has the set laid out anew when enough is
// known for the first time.
func (m *Matcher) sample() {
	for _, t := range m.present {
		m.p.seen.add(t, 1)
	}
	for _, t := range m.ofFacts {
		m.p.seen.add(t, 1)
	}
	n := m.p.samples.Add(1)
	if n >= m.p.look && m.p.size >= worthwhile && m.p.looking.CompareAndSwap(false, true) {
		go m.set.settle(m.p.epoch)
	}
}

// settle lays the set out by what was seen in an epoch, if that is still the
// present one.
func (s *Set) settle(e *epoch) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.b.epoch != e {
		return
	}
	s.b = s.b.layOut()
	s.publish()
}

// remember takes over into the next epoch what was seen in b's.
func (m *mover) remember() {
	b, n := m.from, m.to
	samples := b.samples.Load()
	n.samples.Store(samples)
	n.look = firstLook
	for n.look <= samples {
		n.look *= nextLook
	}
	n.seen.grow(len(n.terms))
	for old, id := range m.terms {
		if id != 0 {
			n.seen.add(id, b.seen.of(uint32(old)))
		}
	}
}

// seenChance corrects a guess by what was seen.
func (b *builder) seenChance(t uint32, guess float64) float64 {
	const weight = 4 // of the guess, in items
	n := b.samples.Load()
	if n == 0 {
		return guess
	}
	return (float64(b.seen.of(t)) + weight*guess) / (float64(n) + weight)
}
