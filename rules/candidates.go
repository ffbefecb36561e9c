package rules

import (
	"math/bits"
	"sync/atomic"
)

// atOnce is about how many candidates are gone through together.
const atOnce = 1 << 11

// candidates asks the rules that are filed under these terms. What is known of
// them lies far apart, so it is read in steps, each for many of them: while one
// place is waited for, the next are on their way.
func (m *Matcher) candidates(terms []uint32) {
	for len(terms) > 0 {
		posts, total := m.posts[:0], 0
		for _, t := range terms {
			at, n := m.p.post(t)
			posts = append(posts, filing{t, at, n})
			if total += int(n); total >= atOnce {
				break
			}
		}
		m.posts, terms = posts, terms[len(posts):]
		code, on, n := m.p.code, m.on, 0
		list := m.guards(total)
		for _, g := range list {
			head := code[g.code:][:ruleHead]
			x, y := head[1], head[2]
			list[n] = g
			n += int(on[x>>6] >> (x & 63) & (on[y>>6] >> (y & 63)) & 1)
		}
		for _, g := range list[:n] {
			m.try(code[g.code:])
		}
	}
}

// guards returns those of the candidates filed under m.posts, in all so many,
// whose guards let them pass.
func (m *Matcher) guards(total int) []guarded {
	if total+fewFiled > len(m.guarded) {
		m.listed = make([]uint64, total+total/4+fewFiled)
		m.guarded = make([]guarded, len(m.listed))
	}
	// looked up only now, since the lists may lie where there was nothing before
	cands, on, list := *m.p.cands.Load(), m.on, m.guarded
	few, many := enlist(m.posts, m.listed)
	for _, p := range many {
		m.touched ^= uint64(cands[p.at].guard)
	}
	n := pass(cands, on, few, list)
	for _, p := range many {
		for _, c := range cands[p.at : p.at+p.n] {
			if w := c.guard & inGuard >> 6; int(w) < len(on) {
				list[n] = guarded{p.term, c}
				n += uint(on[w] >> (c.guard & 63) & 1)
			}
		}
	}
	list, n = list[:n], 0
	var term, guard uint32
	gap := uint32(0) // between them
	for _, g := range list {
		if g.guard>>guardBits != 0 && (g.term != term || g.guard&inGuard != guard) {
			term, guard = g.term, g.guard&inGuard
			gap = m.gap(term, guard)
		}
		list[n] = g
		if reach := g.guard >> guardBits; (reach == 0 || gap <= reach) && int(g.code) < len(m.p.code) {
			n++
		}
	}
	return list[:n]
}

// fewFiled is how many candidates most terms have at most.
const fewFiled = 4

// enlist writes out where the candidates of posts lie, each with its term above its
// place, but for those of terms that have many, which it returns. How many a term
// has cannot be foreseen: so as many as may be few are always written, and those of
// the next term over what are none.
func enlist(posts []filing, list []uint64) (few []uint64, many []filing) {
	n, k := uint(0), 0
	for _, p := range posts {
		if p.n > fewFiled {
			posts[k] = p
			k++
			continue
		}
		x := uint64(p.term)<<32 | uint64(p.at)
		here := (*[fewFiled]uint64)(list[n : n+fewFiled])
		here[0], here[1], here[2], here[3] = x, x+1, x+2, x+3
		n += uint(p.n)
	}
	return list[:n], posts[:k]
}

// pass writes down those of the candidates listed whose guards are true, and returns
// how many they are. Most end here, without a branch, since it cannot be foreseen
// which. What is newer than the program may have a guard beyond all that is known.
func pass(cands []candidate, on []uint64, listed []uint64, into []guarded) (n uint) {
	into = into[:len(listed)]
	for _, x := range listed {
		c := cands[uint32(x)]
		if w := c.guard & inGuard >> 6; int(w) < len(on) {
			into[n] = guarded{uint32(x >> 32), c}
			n += uint(on[w] >> (c.guard & 63) & 1)
		}
	}
	return n
}

// block returns the mark of the block that a token stands in.
func block(at int32) uint64 { return 1 << (at >> 3 & 63) }

// distant is the gap between words that stand farther from each other than any
// guard asks.
const distant = maxReach + 1

// gap returns how many words two different plain words, which the item has, stand
// from each other where they are nearest, distant if that is farther.
func (m *Matcher) gap(a, b uint32) uint32 {
	x, y := &m.notes[m.of[a]], &m.notes[m.of[b]]
	if max(x.first, y.first)-min(x.last(), y.last()) >= distant {
		return distant
	}
	m.chain(m.of[a])
	m.chain(m.of[b])
	near := x.blocks | bits.RotateLeft64(x.blocks, 1) | bits.RotateLeft64(x.blocks, -1)
	near |= bits.RotateLeft64(near, 1) | bits.RotateLeft64(near, -1)
	if near&y.blocks == 0 {
		return distant
	}
	least := int32(distant)
	for i, j := x.first, y.first; i >= 0 && j >= 0 && least > 1; {
		if d := max(i-j, j-i); d < least && (i < m.titleLen) == (j < m.titleLen) {
			least = d
		}
		if i < j {
			i = m.next[i]
		} else {
			j = m.next[j]
		}
	}
	return uint32(least)
}

// try asks one rule, of which all terms are true by which it is come upon, unless it
// has been asked about this development.
func (m *Matcher) try(code []uint32) {
	r := code[0] >> markedBy
	if code[0]&filedTwice != 0 {
		if m.looked[r] == m.atFact {
			return
		}
		m.looked[r] = m.atFact
	}
	m.asked++
	if code[0]&certain == 0 && !m.holds(code[ruleHead:]) {
		return
	}
	m.hits = append(m.hits, uint64(r))
}

// alive leaves of the rules that hold those that are in the set, each with its index
// above its number.
func (m *Matcher) alive() []uint64 {
	died, rules, version, n := m.p.died, m.p.rules, m.p.version, 0
	for _, r := range m.hits {
		m.hits[n] = uint64(rules[r].index)<<32 | r
		gone, lives := atomic.LoadUint32(&died[r]), 0
		if gone-1 >= version { // 0 is never
			lives = 1
		}
		n += lives
	}
	return m.hits[:n]
}
