package read

import (
	"math/bits"
	"slices"
)

// Where each class and each mark stands in a part, a bit for each token. What
// layers ask most is how many words of a class a sentence has, and most often
// it has none: that is answered 64 tokens at a time.
type positions struct {
	row  int     // words of 64 tokens
	any  uint64  // the classes or marks that occur at all
	at   [64]int // where the row of each of them begins in bits
	bits []uint64
}

// A holding is what some tokens are, all together.
type holding struct {
	classes set  // of their cues
	marks   mark // of their words
}

// index notes where all classes, marks and mentions stand, once no cue is taken
// back any more, and where one of the telling classes stands.
func (p *part) index(telling set) {
	p.byClass.reset(len(p.cues))
	p.byMark.reset(len(p.cues))
	p.telling = grow(p.telling, (len(p.cues)+63)/64)
	p.holds = grow(p.holds, len(p.t.Sentences))
	cues, marks, tokens, all := p.cues, p.marks[:len(p.cues)], p.t.Tokens[:len(p.cues)], p.holds
	for a, w := range p.known {
		for ; w != 0; w &= w - 1 {
			i := a<<6 + bits.TrailingZeros64(w)
			q, m, holds := cues[i], marks[i], &all[tokens[i].Sentence]
			holds.marks |= m
			if q != nil && q.classes != 0 {
				holds.classes |= q.classes
				p.byClass.put(i, uint64(q.classes))
				if q.classes.any(telling) {
					p.telling.add(i)
				}
			}
			if m &^= everyday; m != 0 {
				p.byMark.put(i, uint64(m))
			}
		}
	}
	p.firstWho = slices.Grow(p.firstWho[:0], len(p.cues)+1)[:len(p.cues)+1]
	at, next := 0, 0 // the mentions before the token, and behind which token there is one more
	for k := range p.who {
		for ; next <= p.who[k].from; next++ {
			p.firstWho[next] = int32(at)
		}
		at++
	}
	for ; next < len(p.firstWho); next++ {
		p.firstWho[next] = int32(at)
	}
	p.indexed = true
}

// indexDates notes where the dates stand.
func (p *part) indexDates() {
	if len(p.dates) == 0 {
		return
	}
	p.firstDate = slices.Grow(p.firstDate[:0], len(p.cues)+1)[:len(p.cues)+1]
	next := 0
	for k := range p.dates {
		for ; next <= p.dates[k].First; next++ {
			p.firstDate[next] = int32(k)
		}
	}
	for ; next < len(p.firstDate); next++ {
		p.firstDate[next] = int32(len(p.dates))
	}
}

// A row has a bit for each token.
type row []uint64

func (x row) add(token int) { x[token>>6] |= 1 << (token & 63) }

// next returns the first of tokens [from,to) that is in the row, to if none is.
func (x row) next(from, to int) int {
	if from >= to {
		return to
	}
	w := x[from>>6] &^ (1<<(from&63) - 1)
	for a := from >> 6; ; w = x[a] {
		if w != 0 {
			return min(to, a<<6+bits.TrailingZeros64(w))
		}
		if a++; a<<6 >= to {
			return to
		}
	}
}

// everyday are the marks that every sentence is full of. They are asked of one
// word at a time, and to note where all of them stand would be wasted.
const everyday = aPreposition | anArticle | anAnd | aPronoun | anAdverb | aPossessive

func (x *positions) reset(tokens int) {
	x.row, x.any, x.bits = (tokens+63)/64, 0, x.bits[:0]
}

func (x *positions) put(token int, of uint64) {
	for add := of &^ x.any; add != 0; add &= add - 1 {
		n := len(x.bits)
		x.at[bits.TrailingZeros64(add)] = n
		x.bits = slices.Grow(x.bits, x.row)[:n+x.row]
		clear(x.bits[n:])
	}
	x.any |= of
	at, bit := token>>6, uint64(1)<<(token&63)
	for ; of != 0; of &= of - 1 {
		x.bits[x.at[bits.TrailingZeros64(of)]+at] |= bit
	}
}

// count returns how many of tokens [from,to) are of kind k.
func (x *positions) count(from, to int, k uint8) int {
	if x.any>>k&1 == 0 || from >= to {
		return 0
	}
	row := x.bits[x.at[k&63]:]
	a, b := from>>6, (to-1)>>6
	first, last := ^uint64(0)<<(from&63), ^uint64(0)>>(63-(to-1)&63)
	if a == b {
		return bits.OnesCount64(row[a] & first & last)
	}
	n := bits.OnesCount64(row[a]&first) + bits.OnesCount64(row[b]&last)
	for a++; a < b; a++ {
		n += bits.OnesCount64(row[a])
	}
	return n
}

// next returns the first of tokens [from,to) that is of any of the kinds, to
// if none is.
func (x *positions) next(from, to int, kinds uint64) int {
	if kinds &= x.any; kinds == 0 || from >= to {
		return to
	}
	mask := ^uint64(0) << (from & 63)
	for a := from >> 6; a <= (to-1)>>6; a++ {
		w := uint64(0)
		for of := kinds; of != 0; of &= of - 1 {
			w |= x.bits[x.at[bits.TrailingZeros64(of)]+a]
		}
		if w &= mask; w != 0 {
			return min(to, a<<6+bits.TrailingZeros64(w))
		}
		mask = ^uint64(0)
	}
	return to
}

// count returns how many cues of the class stand in tokens [from,to).
func (p *part) count(from, to int, c class) int {
	if p.indexed && p.byClass.any>>c&1 == 0 { // mostly
		return 0
	}
	return p.countCues(from, to, c)
}

// countCues is count for a class that may occur.
func (p *part) countCues(from, to int, c class) int {
	if p.indexed {
		return p.byClass.count(from, to, uint8(c))
	}
	n := 0
	for i := from; i < to; i++ {
		if p.has(i, c) {
			n++
		}
	}
	return n
}

// marked counts the words of tokens [from,to) that bear a mark.
func (p *part) marked(from, to int, m mark) int {
	if m&everyday != 0 {
		n := 0
		for k := from; k < to; k++ {
			if p.is(k, m) {
				n++
			}
		}
		return n
	}
	return p.byMark.count(from, to, uint8(bits.TrailingZeros64(uint64(m))))
}

// next returns the first of tokens [from,to) whose cue has one of the classes,
// to if none has.
func (p *part) next(from, to int, s set) int {
	if p.byClass.any&uint64(s) == 0 {
		return to
	}
	return p.byClass.next(from, to, uint64(s))
}

// nextMarked returns the first of tokens [from,to) that bears one of the marks,
// to if none does.
func (p *part) nextMarked(from, to int, m mark) int {
	if m&everyday != 0 {
		for from < to && !p.is(from, m) {
			from++
		}
		return from
	}
	return p.byMark.next(from, to, uint64(m))
}
