package rules

import (
	"strings"
)

// The code of a rule is its tree, written flat: a head that says what rule it is
// and names two terms more that it needs, besides those by which it is come upon;
// and then the nodes, each with what it needs right behind it.
//
//	rule     = (number<<markedBy | marks) term term node
//	node     = (op | size<<8) operands
//	and, or  = nodes …
//	not      = node
//	word     = text term                the term itself: a word, actor or value
//	title    = text term                the same, but in the title
//	phrase   = text where n (rare | marks) terms … grams …
//	two      = text where link term term    NEAR of two plain words
//	near     = text where memo n link … nodes …
//	value    = text term cond           the term, which cond can show
//	cond     = text cond                what no term stands for
//
// size counts the words of the node with all that is below it.
const (
	opAnd uint32 = iota
	opOr
	opNot
	opWord
	opTitle
	opActor
	opPhrase
	opTwo
	opNear
	opValue
	opCond
)

// The marks of a phrase. Above them stands which of its words is rare.
const (
	gramFirst = 1 << iota // begins with its first gram
	plainRare             // has no grams, and the rare one is a plain word

	rareBits = iota
)

// ruleHead is how many words there are before the nodes.
const ruleHead = 3

// The marks of a rule.
const (
	filedTwice = 1 << iota // filed under several terms, so that one item can come upon it more than once
	certain                // asks for nothing but what is known once it is come upon and its head is read

	markedBy = iota
)

func op(x uint32) uint32   { return x & 0xFF }
func size(x uint32) uint32 { return x >> 8 }

// where a place may be.
const (
	anywhere uint32 = iota
	titleOnly
)

func where(title bool) uint32 {
	if title {
		return titleOnly
	}
	return anywhere
}

// pack writes a link as one word.
func (l Link) pack() uint32 {
	x := uint32(l.N)<<8 | uint32(l.Unit)<<1
	if l.Then {
		x |= 1
	}
	return x
}

func unpack(x uint32) Link {
	return Link{N: int(x >> 8), Unit: Unit(x >> 1 & 0x7F), Then: x&1 != 0}
}

// emit appends the code of n, a tree in which rule:NAME has been replaced.
func (b *builder) emit(n Node) {
	at := len(b.code)
	b.code = append(b.code, 0)
	var x uint32
	switch n := n.(type) {
	case *And:
		x = opAnd
		b.emitAll(n.Nodes)
	case *Or:
		x = opOr
		b.emitAll(n.Nodes)
	case *Not:
		x = opNot
		b.emit(n.Node)
	case *Term:
		x = b.emitTerm(n)
	case *Near:
		x = b.emitNear(n)
	case *Field:
		x = b.emitField(n)
	}
	b.code[at] = x | uint32(len(b.code)-at)<<8
}

func (b *builder) emitAll(nodes []Node) {
	for _, k := range nodes {
		b.emit(k)
	}
}

func (b *builder) emitTerm(n *Term) uint32 {
	if len(n.Words) == 1 {
		t := b.word(n.Words[0])
		b.code = append(b.code, b.textOf(n, t), t)
		if n.Title {
			return opTitle
		}
		return opWord
	}
	rare := 0
	for i, w := range n.Words {
		if w.chance() < n.Words[rare].chance() {
			rare = i
		}
	}
	at := uint32(rare) << rareBits
	if n.Words[0].letter() && n.Words[1].letter() {
		at |= gramFirst
	}
	b.code = append(b.code, b.textOf(n, 0), where(n.Title), uint32(len(n.Words)), at)
	for _, w := range n.Words {
		b.code = append(b.code, b.word(w))
	}
	end := len(b.code)
	b.emitGrams(n.Words)
	if len(b.code) == end && wordTerm(n.Words[rare]) == termWord {
		b.code[end-len(n.Words)-1] |= plainRare
	}
	return opPhrase
}

func (b *builder) emitNear(n *Near) uint32 {
	canonical := format(n, false)
	if len(n.Nodes) == 2 {
		x, ok := n.Nodes[0].(*Term)
		y, ok2 := n.Nodes[1].(*Term)
		if ok && ok2 && x.plain() && y.plain() {
			b.code = append(b.code, b.text(canonical), where(n.Title), n.Links[0].pack(), b.word(x.Words[0]), b.word(y.Words[0]))
			return opTwo
		}
	}
	memo, ok := b.nearIDs[canonical]
	if !ok {
		memo = b.nears
		b.nears++
		b.nearIDs[canonical] = memo
	}
	b.code = append(b.code, b.text(canonical), where(n.Title), memo, uint32(len(n.Nodes)))
	for _, l := range n.Links {
		b.code = append(b.code, l.pack())
	}
	b.quiet++
	b.emitAll(n.Nodes)
	b.quiet--
	return opNear
}

// plain reports a term of one word that stands for itself.
func (n *Term) plain() bool {
	return len(n.Words) == 1 && wordTerm(n.Words[0]) == termWord
}

func (b *builder) emitField(n *Field) uint32 {
	if n.Name == "actor" {
		t := b.term(termActor, strings.ToLower(n.Value), "actor:"+quoteValue("actor", n.Value))
		b.code = append(b.code, b.textOf(n, t), t, where(n.Title), uint32(b.v.index().actors[b.terms[t].norm]))
		return opActor
	}
	c, _ := parseCond(n.Name, n.Value)
	canonical := format(n, false)
	id, ok := b.condIDs[canonical]
	if !ok {
		id = uint32(len(b.conds))
		c.text = canonical
		b.conds = append(b.conds, c)
		b.condIDs[canonical] = id
	}
	k, isTerm := fieldTerm(n.Name)
	if !isTerm {
		b.code = append(b.code, b.text(canonical), id)
		return opCond
	}
	t := b.term(k, c.value, canonical)
	b.code = append(b.code, b.textOf(n, t), t, id)
	return opValue
}

// textOf returns the text of n, 0 if the term t says it already. What stands
// in a NEAR needs none, since that is shown as a whole.
func (b *builder) textOf(n Node, t uint32) uint32 {
	if x, ok := n.(*Term); b.quiet > 0 || ok && !x.Title && x.plain() && x.simple() {
		return 0
	}
	s := format(n, false)
	if t != 0 && s == b.terms[t].text {
		return 0
	}
	return b.text(s)
}

func (b *builder) text(s string) uint32 {
	b.texts = append(b.texts, s)
	return uint32(len(b.texts) - 1)
}
