package rules

import (
	"cmp"
	"math/bits"
	"slices"
	"sync/atomic"
)

// file files the rule whose code begins at at, where readers may already look.
func (b *builder) file(at uint32) {
	h := b.handles(b.code[at+ruleHead:])
	h.head(b.code[at:])
	for _, t := range h.anchors {
		b.post(t, candidate{h.guard, at})
	}
}

// post appends a candidate to those of a term. The list moves to the end of
// all when it is full.
func (b *builder) post(t uint32, c candidate) {
	if t >= b.filed && t < b.settled {
		b.filed = b.settled
	}
	at, n := b.program.post(t)
	if full := n == 0 || n&(n-1) == 0 || int(at) < b.laid; full {
		room := 1 << bits.Len32(n)
		moved := uint32(len(b.cands))
		b.cands = slices.Grow(b.cands, room)[:len(b.cands)+room]
		copy(b.cands[moved:], b.cands[at:at+n])
		at = moved
	}
	b.cands[at+n] = c
	all := b.cands
	b.epoch.cands.Store(&all) // before anybody is told of the place
	atomic.StoreUint64(&b.posts[t], post(int(at), int(n)+1))
}

// layOut returns a builder of the rules that are alive, in a new epoch: rules
// that are filed under the same term lie side by side, and what is no longer
// used is gone.
func (b *builder) layOut() *builder {
	type filing struct {
		handles
		rule     int32
		from, to int32 // of its anchors
		anchor   uint32
	}
	var anchors []uint32
	order := make([]filing, 0, b.size)
	for i, r := range b.rules {
		if b.died[i] != 0 {
			continue
		}
		h := b.handles(b.code[r.code+ruleHead:])
		from := len(anchors)
		anchors = append(anchors, h.anchors...)
		order = append(order, filing{h, int32(i), int32(from), int32(len(anchors)), h.anchors[0]})
	}
	slices.SortFunc(order, func(x, y filing) int {
		return cmp.Or(int(x.anchor)-int(y.anchor), int(x.guard&inGuard)-int(y.guard&inGuard),
			int(x.guard>>guardBits)-int(y.guard>>guardBits), int(x.rule-y.rule))
	})

	count := make(map[termKind]int)
	for i := range b.terms {
		count[b.terms[i].kind]++
	}
	m := mover{from: b, to: newBuilder(b.given, count[termPrefix], count[termGram]), terms: make([]uint32, len(b.terms))}
	m.begin(len(order))
	n := m.to
	for _, t := range anchors {
		m.term(t)
	}
	n.filed = uint32(len(n.terms))
	starts := make([]uint32, len(order))
	counts := make([]uint32, len(b.terms)+1) // by new term
	for i, x := range order {
		starts[i] = m.rule(x.rule)
		x.also = [2]uint32{m.term(x.also[0]), m.term(x.also[1])}
		x.head(n.code[starts[i]:])
		for j, t := range anchors[x.from:x.to] {
			t = m.term(t)
			anchors[int(x.from)+j] = t
			counts[t]++
		}
	}
	at := uint32(0)
	for t := range n.terms {
		n.posts[t] = post(int(at), 0)
		at += counts[t]
	}
	n.cands = make([]candidate, at)
	n.laid, n.settled = len(n.cands), uint32(len(n.terms))
	for i, x := range order {
		for _, t := range anchors[x.from:x.to] {
			at, k := n.program.post(t)
			n.cands[at+k] = candidate{m.term(x.guard&inGuard) | x.guard&^inGuard, starts[i]}
			n.posts[t]++
		}
	}
	all := n.cands
	n.epoch.cands.Store(&all)
	m.remember()
	n.next = b.next
	return n
}

// A mover copies rules from one epoch to the next.
type mover struct {
	from, to *builder
	terms    []uint32 // by old term: the new one
	conds    map[uint32]uint32
	nears    map[uint32]uint32
}

func (m *mover) begin(rules int) {
	m.conds, m.nears = make(map[uint32]uint32), make(map[uint32]uint32)
	b, n := m.from, m.to
	n.rules = make([]rule, 0, rules+rules/8)
	n.died = make([]uint32, 0, rules+rules/8)
	n.code = make([]uint32, 0, len(b.code)+len(b.code)/8)
	n.terms = append(make([]term, 0, len(b.terms)+len(b.terms)/8), n.terms...)
	n.texts = append(make([]string, 0, len(b.texts)+len(b.texts)/8), n.texts...)
	n.table = n.table.grown(len(b.terms))
	m.terms[development] = development
}

func (m *mover) term(t uint32) uint32 {
	if t < firstTerm {
		return t
	}
	if m.terms[t] == 0 {
		x := &m.from.terms[t]
		m.terms[t] = m.to.term(x.kind, x.norm, x.text)
	}
	return m.terms[t]
}

// rule copies one rule and returns where its code begins.
func (m *mover) rule(i int32) uint32 {
	b, n := m.from, m.to
	old := b.rules[i]
	start := uint32(len(n.code))
	id := uint32(len(n.rules))
	n.rules = append(n.rules, rule{old.name, old.index, start})
	n.died = append(n.died, 0)
	nodes := b.code[old.code+ruleHead:]
	n.code = append(n.code, id<<markedBy, always, always)
	n.code = append(n.code, nodes[:size(nodes[0])]...)
	m.node(n.code[start+ruleHead:])
	n.size++
	return start
}

// node renumbers what a copied node refers to.
func (m *mover) node(code []uint32) {
	eachTerm(code, func(t *uint32) {
		*t = m.term(*t)
		m.to.uses[*t]++
	})
	m.rest(code)
}

func (m *mover) rest(code []uint32) {
	x := code[0]
	nodes := code[:0]
	switch op(x) {
	case opAnd, opOr, opNot:
		nodes = code[1:size(x)]
	case opNear:
		nodes = code[4+code[4] : size(x)]
		code[3] = renumber(m.nears, code[3], func(uint32) uint32 { m.to.nears++; return m.to.nears - 1 })
		m.to.nearIDs[m.from.texts[code[1]]] = code[3]
	case opValue:
		code[3] = m.cond(code[3])
	case opCond:
		code[2] = m.cond(code[2])
	}
	switch op(x) {
	case opAnd, opOr, opNot:
	default:
		if code[1] != 0 {
			code[1] = m.to.text(m.from.texts[code[1]])
		}
	}
	for c := nodes; len(c) > 0; c = c[size(c[0]):] {
		m.rest(c)
	}
}

func (m *mover) cond(id uint32) uint32 {
	return renumber(m.conds, id, func(id uint32) uint32 {
		n := m.to
		n.conds = append(n.conds, m.from.conds[id])
		n.condIDs[m.from.conds[id].text] = uint32(len(n.conds) - 1)
		return uint32(len(n.conds) - 1)
	})
}

func renumber(known map[uint32]uint32, old uint32, add func(uint32) uint32) uint32 {
	id, ok := known[old]
	if !ok {
		id = add(old)
		known[old] = id
	}
	return id
}
