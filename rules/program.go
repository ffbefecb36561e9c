package rules

import (
	"slices"
)

// A program is a set of rules made ready to match, never changed once built.
//
// Every condition of any rule is an atom, held once however many rules have
// it. A rule is a formula over atoms, and is filed under the atoms of which at
// least one must be true for it to hold: that is how the rules that an item
// cannot satisfy are never touched.
type program struct {
	rules  []compiled
	code   []instruction
	atoms  []atom
	always []int32 // rules that no single condition must hold for

	terms    []term
	words    map[string]wordTerms
	prefixes prefixes

	phrases []phrase
	nears   []near
	conds   []cond
	keys    map[key]int32 // conditions that are equality with a value → atom
	asked   []int32       // other conditions on facts that rules are filed under

	v          *Vocabulary
	names      []phrase // of actors
	nameOf     []int32  // parallel: the actor
	actorAtoms map[int32]int32
}

type compiled struct {
	name string
	code int32 // where it begins
}

type opcode uint8

const (
	opAtom opcode = iota
	opAnd
	opOr
	opNot
)

// An instruction is a node of a formula, its nodes right behind it.
type instruction struct {
	op  opcode
	arg int32 // atom
	end int32 // index behind the last instruction below this one
}

type atomKind uint8

const (
	atomTerm   atomKind = iota // arg: term
	atomPhrase                 // arg: phrase
	atomActor                  // arg: actor
	atomNear                   // arg: near
	atomItem                   // arg: cond, on the item
	atomFact                   // arg: cond, on a development
)

type atom struct {
	kind  atomKind
	title bool
	eager bool // its truth is known before any rule is looked at
	arg   int32
	text  string // canonical
	field string
	rules []candidate
}

// A candidate is a rule filed under an atom. guard is another eager atom that
// it needs, −1 for none: most candidates are dropped by it unseen.
type candidate struct{ rule, guard int32 }

// A term is a word as rules ask for it, with the phrases that are looked for
// wherever it stands.
type term struct {
	atom  int32
	names []int32
}

// wordTerms are the terms that one folded word can be, −1 for none.
type wordTerms struct{ plain, upper int32 }

// A phrase is looked for around its rarest word.
type phrase struct {
	words []Word
	rare  int32 // index into words
	term  int32 // of that word
}

type near struct {
	operands [][]source
	links    []Link
}

// A source of places.
type source struct {
	kind atomKind // atomTerm, atomPhrase or atomActor
	arg  int32
}

type key struct{ field, value string }

// prefixes finds the prefixes of a word in one look when there are none.
type prefixes struct {
	terms   map[string]int32
	lengths [1024]uint64 // by the first two bytes: bit n set if a prefix of n bytes (63: or more) begins so
	short   uint64       // the same for prefixes of one byte
	long    []int        // lengths of 63 and more
}

func (p *prefixes) add(norm string, t int32) {
	if p.terms == nil {
		p.terms = make(map[string]int32)
	}
	p.terms[norm] = t
}

func (p *prefixes) build() {
	for s := range p.terms {
		switch n := len(s); {
		case n == 1:
			p.short = 1 << 1
		case n < 63:
			p.lengths[twoBytes(s)] |= 1 << n
		default:
			p.lengths[twoBytes(s)] |= 1 << 63
			if !slices.Contains(p.long, n) {
				p.long = append(p.long, n)
			}
		}
	}
	slices.Sort(p.long)
}

func twoBytes(s string) int { return (int(s[0])*31 ^ int(s[1])*7) & 1023 }
