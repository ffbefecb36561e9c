package rules

import (
	"cmp"
	"math/bits"
	"slices"
	"sync/atomic"
)

// A maybe is a name that may stand where a token is: a word beside it fits.
type maybe struct {
	at   int32
	name uint32 // where it is filed
}

// findActors finds all names of actors, drops those inside longer names of
// others, and makes the terms of the rest true.
func (m *Matcher) findActors() {
	m.actors[0], m.actors[1] = m.actors[0][:0], m.actors[1][:0]
	if !m.p.speaks {
		return
	}
	filed := m.p.v.index().filed
	// Which words stand beside the names that a word may be of cannot be foreseen:
	// first those that fit are found, without a branch for it.
	m.maybe = m.maybe[:0]
	far := uint64(0)
	for _, c := range m.named {
		far ^= filed[c.name].key // which lie apart: all are called for at once
	}
	m.touched ^= far
	for _, c := range m.named {
		f, here := m.fieldOf(c.at)
		keys := m.keysIn[f]
		for ; ; c.name++ {
			x := &filed[c.name]
			// Where there is none beside, the last one of the field will do for now.
			beside := min(uint(here+int(x.side)), uint(len(keys)-1))
			fits := 0
			if keys[beside] == x.key {
				fits = 1
			}
			m.maybe = append(m.maybe, c)
			m.maybe = m.maybe[:len(m.maybe)-1+fits]
			if x.last {
				break
			}
		}
	}
	end := [2]int{}
	apart := [2]bool{true, true}
	for _, c := range m.maybe {
		x := &filed[c.name]
		f, here := m.fieldOf(c.at)
		p := place{here - int(x.before), here - int(x.before) + int(x.size)}
		if p.from < 0 || p.to > len(m.keysIn[f]) || (x.size > 2 || x.upper != 0) && !m.calls(x, f, p.from) {
			continue
		}
		if p.from < end[f] {
			apart[f] = false
		}
		end[f] = max(end[f], p.to)
		m.actors[f] = append(m.actors[f], actorPlace{p, int(x.actor)})
	}
	for f := range m.actors {
		if !apart[f] {
			m.actors[f] = m.hide(m.actors[f])
		}
		for _, p := range m.actors[f] {
			t := atomic.LoadUint32(&m.p.actors[p.actor])
			if t != 0 && int(t) < len(m.p.terms) && !m.isOn(t) {
				m.set1(t)
				m.present = append(m.present, t)
			}
		}
	}
}

// hide drops the places that lie inside a longer one of an unrelated actor.
// Both must be known before any is dropped, so the kept ones are moved down
// only after all were judged.
func (m *Matcher) hide(ps []actorPlace) []actorPlace {
	slices.SortFunc(ps, func(a, b actorPlace) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to), cmp.Compare(a.actor, b.actor))
	})
	hidden := 0
	for i := range ps {
		for j := i - 1; j >= 0 && ps[j].from > ps[i].from-MaxWords; j-- {
			q := &ps[j]
			to := q.to
			if to < 0 {
				to = -to
			}
			if to >= ps[i].to && (q.from != ps[i].from || to != ps[i].to) && !m.p.v.related(q.actor, ps[i].actor) {
				ps[i].to = -ps[i].to // a mark, taken away below
				hidden++
				break
			}
		}
	}
	if hidden == 0 {
		return ps
	}
	return slices.DeleteFunc(ps, func(p actorPlace) bool { return p.to < 0 })
}

// calls reports whether all words of a name stand at a place of a field.
func (m *Matcher) calls(x *filedName, f, at int) bool {
	if x.size > 2 { // or else they were all looked at before
		keys := m.p.v.index().keys[x.keys:][:x.size]
		if !slices.Equal(m.keysIn[f][at:at+len(keys)], keys) {
			return false
		}
	}
	for upper := x.upper; upper != 0; upper &= upper - 1 {
		if !m.text(f).Capitals(at + bits.TrailingZeros32(upper)) {
			return false
		}
	}
	return true
}
