package rules

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/internal/text"
)

// chance guesses how likely an item has the word: short words are common.
func (w Word) chance() float64 {
	n := utf8.RuneCountInString(w.Norm)
	if w.Prefix {
		return min(.9, 2/float64(max(1, n*n)))
	}
	if n == 1 { // a letter of a script without spaces, or "a"
		return .15
	}
	return min(.5, 1.5/float64(n*n))
}

// chance returns how likely a term is true of an item and a development.
func (b *builder) chance(t uint32) float64 {
	if t == always {
		return 1
	}
	return b.seenChance(t, b.guess(t))
}

// guess says how likely a term is true as long as nothing was seen. What many
// rules ask for is what many items speak of.
func (b *builder) guess(t uint32) float64 {
	x := &b.terms[t]
	var c float64
	switch x.kind {
	case termDevelopment:
		return .7
	case termWord, termUpper, termPrefix:
		c = Word{Norm: x.norm, Prefix: x.kind == termPrefix}.chance()
	case termGram:
		c = .01
		if !han(x.norm) && strings.Count(x.norm, gramMark) == shortGram-1 {
			c = .08 // few letters make few pairs
		}
	case termActor:
		c = .06
	case termNegotiation, termFeed, termSite, termParty, termMediator:
		return .03
	case termKindOf:
		if x.norm == "any" {
			return .5
		}
		return .08
	case termBy:
		return .15
	default: // tier, lang, certainty
		return .3
	}
	return min(.9, c*math.Sqrt(float64(1+b.uses[t])))
}

// A need is a group of terms of which one must be true, and how likely one is.
type need struct {
	terms  []uint32
	chance float64
}

// A needer lists what must be true for a formula to hold.
type needer struct{ needs []need }

// needsOf appends what the node that code begins with cannot do without.
func (b *builder) needsOf(code []uint32) {
	switch x := code[0]; op(x) {
	case opAnd:
		for c := code[1:size(x)]; len(c) > 0; c = c[size(c[0]):] {
			b.needsOf(c)
		}
	case opOr:
		b.needsOfOr(code[1:size(x)])
	case opWord, opTitle, opActor, opValue:
		b.need(code[2:3])
	case opPhrase:
		ts, n := code[5:size(x)], int(code[3])
		for i := range ts {
			// grams say it better than their letters
			if i >= n || len(ts) == n || !text.Spaceless(b.terms[ts[i]].norm) {
				b.need(ts[i : i+1])
			}
		}
	case opTwo:
		b.need(code[4:5])
		b.need(code[5:6])
	case opNear:
		for c := code[4+code[4] : size(x)]; len(c) > 0; c = c[size(c[0]):] {
			b.needsOf(c)
		}
	case opCond:
		b.need([]uint32{development})
	}
}

func (b *builder) need(ts []uint32) {
	b.needs = append(b.needs, need{ts, b.chance(ts[0])})
}

// needsOfOr appends the one need of alternatives: the best of each. If one
// needs nothing, neither do all.
func (b *builder) needsOfOr(nodes []uint32) {
	from := len(b.needs)
	var either need
	for c := nodes; len(c) > 0; c = c[size(c[0]):] {
		b.needsOf(c)
		if len(b.needs) == from {
			return
		}
		best := slices.MinFunc(b.needs[from:], compareNeeds)
		either.terms = append(either.terms, best.terms...)
		either.chance += best.chance
		b.needs = b.needs[:from]
	}
	b.needs = append(b.needs, either)
}

func compareNeeds(x, y need) int {
	switch {
	case x.chance < y.chance:
		return -1
	case x.chance > y.chance:
		return 1
	}
	return 0
}

// handles are the terms by which a rule is come upon. One of the anchors must be
// true, and the guard, and both of also.
type handles struct {
	anchors []uint32  // it is filed under them
	guard   uint32    // which its candidates carry
	also    [2]uint32 // which its head does
	marks   uint32
}

// head writes the head of a rule, whose number is there.
func (h *handles) head(code []uint32) {
	code[0] |= h.marks
	code[1], code[2] = h.also[0], h.also[1]
}

// handles returns those of a formula: of what it needs the least likely. The
// anchors last until it is called again.
func (b *builder) handles(code []uint32) handles {
	h := handles{anchors: []uint32{always}, guard: always, also: [2]uint32{always, always}}
	b.needs = b.needs[:0]
	b.needsOf(code)
	if len(b.needs) == 0 {
		return h
	}
	first := slices.MinFunc(b.needs, compareNeeds)
	h.anchors = first.terms
	if len(h.anchors) > 1 {
		h.anchors = slices.Clone(h.anchors)
		slices.Sort(h.anchors)
		h.anchors = slices.Compact(h.anchors)
	}
	if len(h.anchors) > 1 {
		h.marks |= filedTwice
	}
	if t, ok := b.rarest(&h); ok && t <= inGuard {
		h.guard = t
		if len(h.anchors) == 1 {
			h.guard |= reachOf(code, h.anchors[0], t) << guardBits
		}
	}
	for i := range h.also {
		if t, ok := b.rarest(&h); ok {
			h.also[i] = t
		}
	}
	if h.settle(code, h.guard>>guardBits != 0) {
		h.marks |= certain
	}
	return h
}

// rarest returns the term that is least likely of those that are needed for
// certain, but for what h has.
func (b *builder) rarest(h *handles) (t uint32, ok bool) {
	least := need{chance: 2}
	for _, n := range b.needs {
		if len(n.terms) == 1 && n.chance < least.chance && !h.has(n.terms[0]) {
			least = n
		}
	}
	if least.terms == nil {
		return 0, false
	}
	return least.terms[0], true
}

func (h *handles) has(t uint32) bool {
	return t == h.guard&inGuard || t == h.also[0] || t == h.also[1] || slices.Contains(h.anchors, t)
}

// settle reports whether the formula holds wherever the handles of a rule that is
// filed once are true; near, where the anchor and the guard besides stand as near
// to each other as the first NEAR of them asks.
func (h *handles) settle(code []uint32, near bool) bool {
	if len(h.anchors) != 1 {
		return false
	}
	nears := 0
	all := func(code []uint32) bool {
		switch op(code[0]) {
		case opWord, opValue:
			return h.has(code[2])
		case opActor:
			return h.has(code[2]) && code[3] == anywhere
		case opTwo:
			nears++
			return near && nears == 1 && code[2] == anywhere && code[3]&1 == 0 && reachOf(code, h.anchors[0], h.guard&inGuard) != 0
		}
		return false
	}
	if op(code[0]) != opAnd {
		return all(code)
	}
	for c := code[1:size(code[0])]; len(c) > 0; c = c[size(c[0]):] {
		if !all(c) {
			return false
		}
	}
	return true
}

// reachOf returns within how many words of each other two plain words must stand
// for code to hold, 0 if that is not told, or too many.
func reachOf(code []uint32, a, b uint32) uint32 {
	switch x := code[0]; op(x) {
	case opAnd:
		for c := code[1:size(x)]; len(c) > 0; c = c[size(c[0]):] {
			if op(c[0]) == opTwo {
				if n := reachOf(c, a, b); n != 0 {
					return n
				}
			}
		}
	case opTwo:
		l := unpack(code[3])
		if l.Unit == Words && l.N <= maxReach && (code[4] == a && code[5] == b || code[4] == b && code[5] == a) {
			return uint32(l.N)
		}
	}
	return 0
}

// eachTerm calls f for every term that a node asks for.
func eachTerm(code []uint32, f func(t *uint32)) {
	x := code[0]
	nodes := code[:0]
	switch op(x) {
	case opAnd, opOr, opNot:
		nodes = code[1:size(x)]
	case opNear:
		nodes = code[4+code[4] : size(x)]
	case opWord, opTitle, opActor, opValue:
		f(&code[2])
	case opPhrase:
		for i := 5; i < int(size(x)); i++ {
			f(&code[i])
		}
	case opTwo:
		f(&code[4])
		f(&code[5])
	}
	for c := nodes; len(c) > 0; c = c[size(c[0]):] {
		eachTerm(c, f)
	}
}
