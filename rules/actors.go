package rules

import (
	"cmp"
	"slices"
	"sync/atomic"
)

// findActors finds all names of actors, drops those inside longer names of
// others, and makes the terms of the rest true.
func (m *Matcher) findActors() {
	m.actors[0], m.actors[1] = m.actors[0][:0], m.actors[1][:0]
	if !m.p.speaks {
		return
	}
	ix := m.p.v.index()
	for _, at := range m.named {
		f, here := m.fieldOf(at)
		keys := m.keysIn[f]
		for i, all := 0, ix.filed[m.extras[m.word[at]].names-1]; i < len(all); i++ {
			x := &all[i]
			if x.side != 0 {
				if beside := uint(here + int(x.side)); beside >= uint(len(keys)) || keys[beside] != x.key {
					continue
				}
			}
			n := &ix.names[x.name]
			if from := here - int(x.at); from >= 0 && m.calls(n, f, from) {
				m.actors[f] = append(m.actors[f], actorPlace{place{from, from + len(n.words)}, n.actor})
			}
		}
	}
	for f := range m.actors {
		m.actors[f] = m.hide(m.actors[f])
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

// calls reports whether the words of a name stand at a place of a field.
func (m *Matcher) calls(n *name, f, at int) bool {
	keys := m.keysIn[f]
	if at+len(n.keys) > len(keys) || !slices.Equal(keys[at:at+len(n.keys)], n.keys) {
		return false
	}
	for i := range n.words {
		if n.words[i].Upper && !m.text(f).Capitals(at+i) {
			return false
		}
	}
	return true
}
