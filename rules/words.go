package rules

import (
	"encoding/binary"
	"math/bits"
	"strings"

	"parley/internal/text"
)

// A lexicon is what one Matcher knows of the words that it has met: which
// terms each of them is, by one look into one table. The terms are found when
// a word is met for the first time, prefixes with them, so that all further
// times cost no more however many rules there are. The table is kept so small
// that it stays in the processor's cache.
type lexicon struct {
	words []entry // open addressing; a power of two
	metas []meta  // parallel
	count int
	since uint32   // the item before which there was tidied
	terms []uint32 // lists that entries refer to
	long  []byte   // words that do not fit into an entry
}

// An entry is a word that was met. Two fill one cache line.
type entry struct {
	item  uint32 // in which it was seen last
	slot  uint32 // its number among the words of that item
	asked uint32 // how many terms there were when its terms were found
	terms uint32 // its term; of several, where their list is, which begins with their number
	size  uint8  // in bytes, or beyond; 0 marks a free place
	marks uint8
	word  [inEntry]byte
}

const (
	inEntry = 14          // bytes of a word that fit into an entry
	beyond  = inEntry + 1 // the entry has the place of a longer word, and its length
)

// A meta is what else there is to know of some words.
type meta struct {
	upper uint32 // the term that it is in capitals, 0 for none
	names uint32 // names of actors that have it: one more than the index in the vocabulary
}

// The marks of a word.
const (
	oneTerm uint8 = 1 << iota
	manyTerms
	hasMore   // terms in capitals, or names
	spaceless // a letter of a script without spaces
)

// prefixed marks a term, in the list of a word, that is a beginning of it, so
// that other words may be that term, too.
const prefixed = 1 << 31

// The bounds of what a lexicon keeps: beyond them it forgets words that were
// not met of late.
const (
	maxWords = 1 << 16 // places for words; up to half of them are used
	maxLong  = 1 << 20 // bytes of long words
	maxLists = 1 << 20 // terms of words
)

func (x *lexicon) reset() {
	x.room(min(max(256, len(x.words)), maxWords))
	x.count, x.since = 0, 0
	x.terms, x.long = nil, nil
}

// room makes the table empty, with so many places.
func (x *lexicon) room(n int) {
	if n == len(x.words) {
		clear(x.words)
		return
	}
	x.words, x.metas = make([]entry, n), make([]meta, n)
}

// tidy makes room before an item, if there is little left: the words that were
// met in the last half of the items since it did so last are kept, or fewer.
func (x *lexicon) tidy(item uint32) {
	if x.count <= maxWords/2 && len(x.long) <= maxLong && len(x.terms) <= maxLists {
		return
	}
	age := (item - x.since) / 2
	for x.younger(item, age) > maxWords/4 && age > 0 {
		age /= 2
	}
	words, metas, terms, long := x.words, x.metas, x.terms, x.long
	x.words, x.metas, x.terms, x.long, x.count = nil, nil, nil, nil, 0
	x.room(maxWords)
	for i := range words {
		k, about := words[i], metas[i]
		if k.size == 0 || item-k.item > age || x.count > maxWords/4 {
			continue
		}
		if k.marks&manyTerms != 0 {
			at := len(x.terms)
			x.terms = append(x.terms, terms[k.terms:k.terms+1+terms[k.terms]]...)
			k.terms = uint32(at)
		}
		if k.size == beyond {
			from, n := k.place()
			k.put(len(x.long), n)
			x.long = append(x.long, long[from:from+n]...)
		}
		x.insert(k, about)
		x.count++
	}
	x.since = item
}

// younger counts the words that were met that many items ago, or later.
func (x *lexicon) younger(item, age uint32) (n int) {
	for i := range x.words {
		if k := &x.words[i]; k.size != 0 && item-k.item <= age {
			n++
		}
	}
	return n
}

func (x *lexicon) insert(k entry, about meta) {
	mask := uint32(len(x.words) - 1)
	i := text.Hash(x.norm(&k)) & mask
	for x.words[i].size != 0 {
		i = (i + 1) & mask
	}
	x.words[i], x.metas[i] = k, about
}

// place returns where in the lexicon's long words k lies.
func (k *entry) place() (from, n int) {
	return int(binary.LittleEndian.Uint32(k.word[:])), int(binary.LittleEndian.Uint32(k.word[4:]))
}

func (k *entry) put(from, n int) {
	binary.LittleEndian.PutUint32(k.word[:], uint32(from))
	binary.LittleEndian.PutUint32(k.word[4:], uint32(n))
}

// equal reports whether k is the word norm.
func (x *lexicon) equal(k *entry, norm string) bool {
	if len(norm) <= inEntry {
		return int(k.size) == len(norm) && string(k.word[:len(norm)]) == norm
	}
	return k.size == beyond && x.norm(k) == norm
}

// norm returns the word that k is. It must not be kept.
func (x *lexicon) norm(k *entry) string {
	if k.size < beyond {
		return string(k.word[:k.size])
	}
	from, n := k.place()
	return string(x.long[from : from+n])
}

// crowded reports that there is no room for one more word.
func (x *lexicon) crowded() bool { return x.count*8 >= len(x.words)*5 }

// add makes the free place i that of a word.
func (x *lexicon) add(i uint32, norm string) {
	x.count++
	k := &x.words[i]
	*k = entry{size: uint8(min(beyond, len(norm)))}
	x.metas[i] = meta{}
	if text.Spaceless(norm) {
		k.marks = spaceless
	}
	if k.size < beyond {
		copy(k.word[:], norm)
		return
	}
	k.put(len(x.long), len(norm))
	x.long = append(x.long, norm...)
}

// grow doubles the room for words. Their places change.
func (x *lexicon) grow() {
	words, metas := x.words, x.metas
	x.words, x.metas = nil, nil
	x.room(2 * len(words))
	for i := range words {
		if words[i].size != 0 {
			x.insert(words[i], metas[i])
		}
	}
}

// fewNew is how many new terms a word is compared with one by one.
const fewNew = 12

// learn finds the terms of the word at i that p has and the lexicon does not
// know of.
func (x *lexicon) learn(p *program, i uint32, norm string, hash uint32) {
	k, about := &x.words[i], &x.metas[i]
	if p.speaks {
		about.names = p.v.index().rare[norm]
	}
	list := len(x.terms)
	x.terms = append(x.terms, 0)
	if k.asked == 0 || len(p.terms)-int(k.asked) > fewNew {
		x.search(p, about, norm, hash)
	} else {
		x.terms = append(x.terms, x.termsOf(k)...)
		for id := k.asked; id < uint32(len(p.terms)); id++ {
			switch t := &p.terms[id]; {
			case t.kind == termPrefix && strings.HasPrefix(norm, t.norm):
				x.terms = append(x.terms, id|prefixed)
			case t.kind == termWord && t.norm == norm:
				x.terms = append(x.terms, id)
			case t.kind == termUpper && t.norm == norm:
				about.upper = id
			}
		}
	}
	k.marks &^= oneTerm | manyTerms
	switch n := len(x.terms) - list - 1; {
	case n == 0:
		x.terms = x.terms[:list]
	case n == 1:
		k.marks |= oneTerm
		k.terms = x.terms[list+1]
		x.terms = x.terms[:list]
	default:
		k.marks |= manyTerms
		k.terms = uint32(list)
		x.terms[list] = uint32(n)
	}
	if about.upper|about.names != 0 {
		k.marks |= hasMore
	}
	k.asked = uint32(len(p.terms))
}

// termsOf returns the terms of a word.
func (x *lexicon) termsOf(k *entry) []uint32 {
	switch {
	case k.marks&oneTerm != 0:
		return []uint32{k.terms}
	case k.marks&manyTerms != 0:
		return x.terms[k.terms+1 : k.terms+1+x.terms[k.terms]]
	}
	return nil
}

// search appends all terms that a word is.
func (x *lexicon) search(p *program, about *meta, norm string, hash uint32) {
	if id := p.table.find(p.terms, termWord, norm, hash); id != 0 {
		x.terms = append(x.terms, id)
	}
	if p.uppers {
		about.upper = p.table.find(p.terms, termUpper, norm, hash)
	}
	for lengths := p.begins.lengths(norm); lengths != 0; lengths &= lengths - 1 {
		prefix := norm[:bits.TrailingZeros64(lengths)]
		if id := p.table.find(p.terms, termPrefix, prefix, text.Hash(prefix)); id != 0 {
			x.terms = append(x.terms, id|prefixed)
		}
	}
}
