package rules

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
)

// A Set is many rules compiled into one matcher. It may be used by many
// goroutines: rules are added, changed and removed while others match, and
// nobody who matches waits. An item whose matching has begun is finished with
// the rules as they were.
type Set struct {
	program atomic.Pointer[program]
	free    sync.Pool // *Matcher

	mu sync.Mutex // among writers
	b  *builder
}

// Len returns how many rules the set has.
func (s *Set) Len() int { return s.program.Load().size }

// Replace makes s the set of other rules, or leaves it as it is if they have
// an error. A new vocabulary takes a Replace, too.
func (s *Set) Replace(rules []Source, v *Vocabulary) error {
	b, err := compile(rules, v)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.b = b
	s.publish()
	return nil
}

// Add adds one rule and returns the index that its matches will have, which no
// other rule of the set has had. The error is as that of Compile.
func (s *Set) Add(r Source) (index int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n, ps := s.b.read(r)
	if ps != nil {
		return 0, errors.Join(wrong(r, ps)...)
	}
	i := s.b.next
	s.b.next++
	s.put(r, i, n)
	s.publish()
	return int(i), nil
}

// Change puts r in the place of the rule with that index. If r has an error
// the old rule stays.
func (s *Set) Change(index int, r Source) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, ok := s.b.find(index)
	if !ok {
		return noRule(index)
	}
	n, ps := s.b.read(r)
	if ps != nil {
		return errors.Join(wrong(r, ps)...)
	}
	s.b.kill(old)
	s.put(r, int32(index), n)
	s.publish()
	return nil
}

// Remove takes the rule with that index out of the set.
func (s *Set) Remove(index int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, ok := s.b.find(index)
	if !ok {
		return noRule(index)
	}
	s.b.kill(old)
	delete(s.b.found, int32(index))
	s.publish()
	return nil
}

func noRule(index int) error {
	return fmt.Errorf("the set has no rule with index %d: use the index that Add returned, or its place in what was compiled", index)
}

// put adds a rule that has been read.
func (s *Set) put(r Source, index int32, n Node) {
	b := s.b
	at := uint32(len(b.code))
	b.write(r, index, n)
	b.file(at)
	b.since++
	if b.found != nil {
		b.found[index] = int32(len(b.rules) - 1)
	}
}

// minLayout bounds how often a small set is laid out anew.
const minLayout = 1024

// publish lets readers see what was done. After as many changes as there were
// rules, all is laid out anew, which costs each change no more than a little.
func (s *Set) publish() {
	b := s.b
	if b.since > minLayout && b.since > b.size/2 {
		s.b = b.layOut()
		b = s.b
	}
	b.version++
	p := b.program
	s.program.Store(&p)
}

// find returns the rule with an index, as the outside knows it.
func (b *builder) find(index int) (int32, bool) {
	if b.found == nil {
		b.found = make(map[int32]int32, b.size)
		for i, r := range b.rules {
			if b.died[i] == 0 {
				b.found[r.index] = int32(i)
			}
		}
	}
	if index < 0 || index >= int(b.next) {
		return 0, false
	}
	i, ok := b.found[int32(index)]
	return i, ok
}

// kill takes a rule away from the version that is published next.
func (b *builder) kill(i int32) {
	atomic.StoreUint32(&b.died[i], b.version+1)
	b.size--
	b.since++
}

// Match appends to into the rules that hold of an item with the facts of one
// development, in the order of their indexes. Facts are nil for an item
// without developments: then no condition on a development holds. To ask about
// several developments of an item, or many items, use a Matcher.
func (s *Set) Match(d *Doc, f *Facts, into []Match) []Match {
	m, ok := s.free.Get().(*Matcher)
	if !ok {
		m = s.Matcher()
	}
	defer s.free.Put(m)
	m.Item(d)
	from := len(into)
	into = m.Match(f, into)
	for i := range into[from:] {
		into[from+i].Because = slices.Clone(into[from+i].Because)
	}
	m.doc, m.facts = nil, nil
	return into
}

// sortHits puts matched rules, with the index above and the number of the rule
// below, in the order of their indexes. Many are sorted byte by byte, in
// spare, which takes no longer for each however many there are.
func sortHits(hits, spare []uint64) []uint64 {
	if len(hits) < 64 {
		slices.SortFunc(hits, cmp.Compare)
		return hits
	}
	top := uint64(0)
	for _, h := range hits {
		top = max(top, h)
	}
	spare = spare[:len(hits)]
	for shift := 32; shift < 64 && top>>shift != 0; shift += 8 {
		var count [256]int
		for _, h := range hits {
			count[h>>shift&0xFF]++
		}
		at := 0
		for i, n := range count {
			count[i] = at
			at += n
		}
		for _, h := range hits {
			i := h >> shift & 0xFF
			spare[count[i]] = h
			count[i]++
		}
		hits, spare = spare, hits
	}
	return hits
}
