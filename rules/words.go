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
// times cost no more however many rules there are.
type lexicon struct {
	words   []entry // open addressing; a power of two
	count   int
	ids     uint32 // that words were given
	since   uint32 // the item before which there was tidied
	pairs   []knownPair
	paired  int
	terms   []uint32 // lists that known words refer to
	long    []byte   // words that do not fit into an entry
	scratch []byte
}

// An entry is a word that was met. It fills one cache line.
type entry struct {
	hash  uint32
	size  uint32 // of the word in bytes
	word  [24]byte
	id    uint32 // of the word in pairs, from 1; 0 marks a free place
	asked uint32 // how many terms there were when its terms were found

	item        uint32 // in which it was seen last
	first, last int32  // token of that item

	terms uint32 // where its terms begin in the lexicon's list
	upper uint32 // the term that it is in capitals, 0 for none
	names uint32 // names of actors that have it: one more than the index in the vocabulary
	n     uint8  // how many terms it has
	marks uint8
}

// The marks of a known word.
const (
	spaceless uint8 = 1 << iota
)

// prefixed marks a term, in the list of a word, that is a beginning of it, so
// that other words may be that term, too.
const prefixed = 1 << 31

// A knownPair is two letters that were met side by side.
type knownPair struct {
	letters uint64 // ids of both; 0 marks a free place
	term    uint32
	asked   uint32
	item    uint32
}

// The bounds of what a lexicon keeps: beyond them it forgets words that were
// not met of late.
const (
	maxKnown = 1 << 16 // places for words, and for pairs; up to half of them are used
	maxLong  = 1 << 20 // bytes of long words
	maxLists = 1 << 20 // terms of words
)

func (x *lexicon) reset() {
	if x.words == nil || len(x.words) > maxKnown {
		x.words = make([]entry, 256)
	} else {
		clear(x.words)
	}
	x.count, x.since = 0, 0
	x.terms, x.long = nil, nil
	x.forgetPairs()
}

func (x *lexicon) forgetPairs() {
	x.paired = 0
	if len(x.pairs) > maxKnown {
		x.pairs = nil
	} else {
		clear(x.pairs)
	}
}

// tidy makes room before an item, if there is little left: the words that were
// met in the last half of the items since it did so last are kept, or fewer.
func (x *lexicon) tidy(item uint32) {
	if x.paired > maxKnown/2 {
		x.forgetPairs()
	}
	if x.count <= maxKnown/2 && len(x.long) <= maxLong && len(x.terms) <= maxLists {
		return
	}
	var kept []entry
	for age := (item - x.since) / 2; ; age /= 4 {
		kept = kept[:0]
		for i := range x.words {
			if k := &x.words[i]; k.id != 0 && item-k.item <= age {
				kept = append(kept, *k)
			}
		}
		if len(kept) <= maxKnown/4 {
			break
		}
		if age == 0 {
			kept = kept[:0]
			break
		}
	}
	terms, long := x.terms, x.long
	x.terms, x.long = nil, nil
	if len(x.words) > maxKnown {
		x.words = make([]entry, maxKnown)
	} else {
		clear(x.words)
	}
	for i := range kept {
		k := &kept[i]
		at := len(x.terms)
		x.terms = append(x.terms, terms[k.terms:k.terms+uint32(k.n)]...)
		k.terms = uint32(at)
		if int(k.size) > len(k.word) {
			at := k.place()
			k.put(len(x.long))
			x.long = append(x.long, long[at:at+k.size]...)
		}
		x.insert(k)
	}
	x.count, x.since = len(kept), item
}

func (x *lexicon) insert(k *entry) {
	mask := uint32(len(x.words) - 1)
	i := k.hash & mask
	for x.words[i].id != 0 {
		i = (i + 1) & mask
	}
	x.words[i] = *k
}

// place returns where in the lexicon's long words k begins, if it is one.
func (k *entry) place() uint32 { return binary.LittleEndian.Uint32(k.word[:]) }

func (k *entry) put(at int) { binary.LittleEndian.PutUint32(k.word[:], uint32(at)) }

// equal reports whether k is the word norm, which has the same hash.
func (x *lexicon) equal(k *entry, norm string) bool {
	if int(k.size) != len(norm) {
		return false
	}
	if len(norm) <= len(k.word) {
		return string(k.word[:len(norm)]) == norm
	}
	at := k.place()
	return string(x.long[at:at+k.size]) == norm
}

// crowded reports that there is no room for one more word.
func (x *lexicon) crowded() bool { return x.count*8 >= len(x.words)*5 }

// add makes the free place k that of a word.
func (x *lexicon) add(k *entry, norm string, hash uint32) {
	x.count++
	x.ids++
	*k = entry{hash: hash, size: uint32(len(norm)), id: x.ids}
	if text.Spaceless(norm) {
		k.marks |= spaceless
	}
	if copy(k.word[:], norm) < len(norm) {
		k.put(len(x.long))
		x.long = append(x.long, norm...)
	}
}

// grow doubles the room for words. Their places change.
func (x *lexicon) grow() {
	old := x.words
	x.words = make([]entry, 2*len(old))
	for i := range old {
		if old[i].id != 0 {
			x.insert(&old[i])
		}
	}
}

// fewNew is how many new terms a word is compared with one by one.
const fewNew = 12

// learn finds the terms of a word that p has and k does not know of.
func (x *lexicon) learn(p *program, k *entry, norm string, hash uint32) {
	if k.asked == 0 && p.speaks {
		k.names = p.v.index().rare[norm]
	}
	from, n := int(k.terms), int(k.n)
	fresh := k.asked == 0 || len(p.terms)-int(k.asked) > fewNew
	if fresh {
		n = 0
	}
	list := len(x.terms)
	x.terms = append(x.terms, x.terms[from:from+n]...)
	if fresh {
		x.search(p, k, norm, hash)
	} else {
		for id := k.asked; id < uint32(len(p.terms)); id++ {
			t := &p.terms[id]
			switch {
			case t.kind == termPrefix && strings.HasPrefix(norm, t.norm):
				x.terms = append(x.terms, id|prefixed)
			case t.kind == termWord && t.norm == norm:
				x.terms = append(x.terms, id)
			case t.kind == termUpper && t.norm == norm:
				k.upper = id
			case t.kind == termActor: // the first of all, perhaps
				k.names = p.v.index().rare[norm]
			}
		}
	}
	k.terms, k.n = uint32(list), uint8(len(x.terms)-list)
	k.asked = uint32(len(p.terms))
}

// search appends all terms that a word is.
func (x *lexicon) search(p *program, k *entry, norm string, hash uint32) {
	if p.speaks {
		k.names = p.v.index().rare[norm]
	}
	if id := p.table.find(p.terms, termWord, norm, hash); id != 0 {
		x.terms = append(x.terms, id)
	}
	if p.uppers {
		k.upper = p.table.find(p.terms, termUpper, norm, hash)
	}
	for lengths := p.begins.lengths(norm); lengths != 0; lengths &= lengths - 1 {
		prefix := norm[:bits.TrailingZeros64(lengths)]
		if id := p.table.find(p.terms, termPrefix, prefix, text.Hash(prefix)); id != 0 {
			x.terms = append(x.terms, id|prefixed)
		}
	}
}

// pair returns the term of two letters side by side, 0 if they are none, and
// whether it is the first time that the item has them.
func (x *lexicon) pair(p *program, item uint32, a, b *entry) (term uint32, first bool) {
	if 2*x.paired >= len(x.pairs) {
		x.growPairs()
	}
	letters := uint64(a.id)<<32 | uint64(b.id)
	mask := uint64(len(x.pairs) - 1)
	i := mixed(letters) & mask
	for x.pairs[i].letters != letters && x.pairs[i].letters != 0 {
		i = (i + 1) & mask
	}
	k := &x.pairs[i]
	if k.item == item {
		return k.term, false
	}
	if k.letters == 0 {
		k.letters = letters
		x.paired++
	}
	k.item = item
	if k.term == 0 && k.asked < uint32(len(p.terms)) {
		k.asked = uint32(len(p.terms))
		x.scratch = append(append(append(x.scratch[:0], x.norm(a)...), pairMark...), x.norm(b)...)
		norm := string(x.scratch) // two letters: not allocated
		k.term = p.table.find(p.terms, termPair, norm, text.Hash(norm))
	}
	return k.term, true
}

func mixed(x uint64) uint64 {
	x *= 0x9E3779B97F4A7C15
	return x ^ x>>29
}

// norm returns the word that k is. It must not be kept.
func (x *lexicon) norm(k *entry) []byte {
	if int(k.size) <= len(k.word) {
		return k.word[:k.size]
	}
	at := k.place()
	return x.long[at : at+k.size]
}

func (x *lexicon) growPairs() {
	old := x.pairs
	x.pairs = make([]knownPair, max(256, 4*len(old)))
	mask := uint64(len(x.pairs) - 1)
	for _, k := range old {
		if k.letters == 0 {
			continue
		}
		i := mixed(k.letters) & mask
		for x.pairs[i].letters != 0 {
			i = (i + 1) & mask
		}
		x.pairs[i] = k
	}
}
