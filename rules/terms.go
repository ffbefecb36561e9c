package rules

import (
	"strings"
	"sync/atomic"

	"parley/internal/text"
)

// A term is the smallest thing that rules ask for and that is known of an item
// before any rule is looked at: a word, a prefix, an actor, a value of a field.
// All rules share them, by number.
type term struct {
	kind termKind
	norm string // what is compared: a folded word, a folded beginning, an id
	text string // canonical form of the condition that is this term alone
}

type termKind uint8

const (
	termAlways      termKind = iota // holds of everything
	termDevelopment                 // holds where there is a development
	termWord
	termUpper  // a word, in capitals or with dots
	termPrefix // words that begin so
	termGram   // letters side by side, of a script without spaces
	termActor
	termFeed
	termTier
	termLang
	termSite
	termNegotiation
	termKindOf
	termBy
	termParty
	termMediator
	termCertainty
)

// The terms that every set has.
const (
	always      uint32 = iota
	development        // what only a development can make true can be filed under it
	firstTerm
)

// fieldTerm returns the kind of the terms that a field has whose conditions
// are equality with a value.
func fieldTerm(field string) (termKind, bool) {
	switch field {
	case "actor":
		return termActor, true
	case "feed":
		return termFeed, true
	case "tier":
		return termTier, true
	case "lang":
		return termLang, true
	case "site":
		return termSite, true
	case "negotiation":
		return termNegotiation, true
	case "kind":
		return termKindOf, true
	case "by":
		return termBy, true
	case "party":
		return termParty, true
	case "mediator":
		return termMediator, true
	case "certainty":
		return termCertainty, true
	}
	return 0, false
}

// wordTerm returns the kind of the term of a word.
func wordTerm(w Word) termKind {
	switch {
	case w.Prefix:
		return termPrefix
	case w.Upper:
		return termUpper
	}
	return termWord
}

// A table finds terms. One writer adds to it while others read: a slot is
// written whole, and once. Each has the hash of its term above its number; the
// number 0 is that of no term in it.
type table []uint64

// hashOf returns where in a table the terms of a kind and norm are looked for,
// given the norm's own hash.
func hashOf(k termKind, h uint32) uint32 { return h ^ uint32(k)*0x9E3779B1 }

// find returns the number of a term, 0 if it is not among terms: a number
// beyond them was added by a later version.
func (t table) find(terms []term, k termKind, norm string, hash uint32) uint32 {
	mask := uint32(len(t) - 1)
	hash = hashOf(k, hash)
	for i := hash & mask; ; i = (i + 1) & mask {
		slot := atomic.LoadUint64(&t[i])
		if slot == 0 {
			return 0
		}
		if id := uint32(slot); uint32(slot>>32) == hash && id < uint32(len(terms)) {
			if x := &terms[id]; x.kind == k && x.norm == norm {
				return id
			}
		}
	}
}

func (t table) add(id, hash uint32) {
	mask := uint32(len(t) - 1)
	i := hash & mask
	for t[i] != 0 {
		i = (i + 1) & mask
	}
	atomic.StoreUint64(&t[i], uint64(hash)<<32|uint64(id))
}

// grown returns the table with room for n terms, itself if it has.
func (t table) grown(n int) table {
	size := max(64, len(t))
	for size < 2*n {
		size *= 2
	}
	if size == len(t) {
		return t
	}
	bigger := make(table, size)
	for _, slot := range t {
		if slot != 0 {
			bigger.add(uint32(slot), uint32(slot>>32))
		}
	}
	return bigger
}

// Beginnings tell which lengths of prefixes are worth looking for: bit n of the
// number that a word's first three bytes lead to is set if there may be one of
// n bytes. The first number is of prefixes that are shorter.
type beginnings []uint64

// newBeginnings returns some for about n prefixes.
func newBeginnings(n int) beginnings {
	size := 256
	for size < 4*n && size < 1<<16 {
		size *= 2
	}
	return make(beginnings, size+1)
}

func (b beginnings) of(norm string) *uint64 {
	if len(norm) < 3 {
		return &b[0]
	}
	h := (uint32(norm[0])<<16 | uint32(norm[1])<<8 | uint32(norm[2])) * 0x9E3779B1
	return &b[1+(h^h>>15)&uint32(len(b)-2)]
}

func (b beginnings) add(prefix string) {
	x := b.of(prefix)
	atomic.StoreUint64(x, *x|1<<len(prefix))
}

// lengths returns the lengths of the prefixes that norm may have, as bits.
func (b beginnings) lengths(norm string) uint64 {
	return (atomic.LoadUint64(&b[0]) | atomic.LoadUint64(b.of(norm))) & (1<<(min(MaxPrefix, len(norm))+1) - 1)
}

// term returns the number of a term, which is new if need be; canonical is
// how a condition is written that is the term alone.
func (b *builder) term(k termKind, norm, canonical string) uint32 {
	hash := hashTerm(k, norm)
	if id := b.table.find(b.terms, k, norm, hash); id != 0 {
		return id
	}
	id := uint32(len(b.terms))
	b.terms = append(b.terms, term{k, norm, canonical})
	b.posts = append(b.posts, 0)
	b.uses = append(b.uses, 0)
	b.seen.grow(len(b.terms))
	b.table = b.table.grown(len(b.terms))
	b.table.add(id, hashOf(k, hash))
	switch k {
	case termPrefix:
		b.begins.add(norm)
	case termUpper:
		b.uppers = true
	case termGram:
		b.grams.add(hash)
	case termActor:
		b.speaks = true
		atomic.StoreUint32(&b.actors[b.v.index().actors[norm]], id)
	}
	return id
}

// word returns the term of a word.
func (b *builder) word(w Word) uint32 {
	k := wordTerm(w)
	if id := b.table.find(b.terms, k, w.Norm, text.Hash(w.Norm)); id != 0 {
		return id
	}
	norm := strings.Clone(w.Norm) // not the whole query with it
	return b.term(k, norm, w.canonical(norm))
}

// canonical returns how the word is written, if that can be told from it alone.
func (w Word) canonical(norm string) string {
	switch {
	case w.Prefix:
		return norm + "*"
	case w.Upper:
		return ""
	}
	return norm
}
