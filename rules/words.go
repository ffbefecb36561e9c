package rules

import (
	"math/bits"
	"slices"
	"strings"

	"parley/internal/text"
)

// A lexicon is what one Matcher knows of the words that it has met: which
// terms each of them is, by one look into one table. The terms are found when
// a word is met for the first time, prefixes with them, so that all further
// times cost no more however many rules there are. Most words are no term of
// any rule; to know that of one takes sixteen bytes, so that the table stays in
// the processor's cache.
type lexicon struct {
	words   []entry  // open addressing; a power of two
	front   *front   // those met last
	count   int      // of words
	notes   []note   // of words that are something; the first is none
	extras  []extra  // parallel
	terms   []uint32 // lists of what words begin with; there is room to read beyond the last
	current uint64   // the state of an entry that needs not be looked at again, but for its note
	age     uint8    // counts up as words are added
	added   int      // words since it did

	knownGrams *[1 << gramBits]gramPlace
}

// An entry is a word that was met.
type entry struct {
	key uint64 // of package text; 0 marks a free place
	// How many terms there were when the word's terms were found, at what age it
	// was met last, and where its note is, 0 if it is nothing.
	state uint64
}

// The parts of a state, from the lowest bit up: place of the note, age, terms.
const (
	noteBits = 24
	ageBits  = 8
	inNotes  = 1<<noteBits - 1
)

// A note is of a word that rules or names of actors have, or a letter, and where
// it stands in the item. Two fill one cache line.
type note struct {
	met     uint64 // in which item it was seen last, and below it the last token of that which it is
	first   int32  // the first one
	term    uint32 // that it is, 0 for none
	more    uint32 // its marks, and above them where the terms are that are a beginning of it, behind their number
	chained uint32 // in which item its tokens were chained last, and below it whether all were
	blocks  uint64 // of eight tokens, in which it stands, once they are chained; they are counted round
}

func (k *note) last() int32 { return int32(uint32(k.met)) }

// An extra is what else there is to know of some words.
type extra struct {
	upper uint32 // the term that it is in capitals, 0 for none
	names uint32 // names of actors that are filed under it: one more than where they begin
}

// fewPrefixes is how many terms most words begin with at most.
const fewPrefixes = 4

// The marks of a word.
const (
	hasMore   = 1 << iota // a term in capitals, or names
	spaceless             // a letter of a script without spaces that rules have
	longer                // than a prefix that is a term

	markBits = 3
)

// The bounds of what a lexicon keeps: beyond them it forgets words that were
// not met of late.
const (
	maxWords = 1 << 16 // places for words; up to half of them are used
	maxLists = 1 << 20 // terms that words begin with
	aging    = maxWords / 16
)

// A front has the words met last that need not be looked at again, each in the
// only place where it may be: nearly all of a text. A place is the first bits of
// the word's key, spread, so that those that are left and the place of its note
// are one number. It is kept inverted, so that none is like zero, and its room is
// no more than the processor has close at hand.
type front [1 << frontBits]uint64

const (
	frontBits = 14
	inFront   = 1<<frontBits - 1 // notes from this one on are not kept
	spreading = 0x9E3779B97F4A7C15
)

// find returns where the note of a word is, inFront or more if the front has it not.
func (f *front) find(key uint64) uint64 {
	key *= spreading
	return ^f[key>>(64-frontBits)] ^ key<<frontBits
}

// keep makes the front have a word.
func (f *front) keep(key, note uint64) {
	if note < inFront {
		key *= spreading
		f[key>>(64-frontBits)] = ^(key<<frontBits | note)
	}
}

func (x *lexicon) reset() {
	n := min(max(256, len(x.words)), maxWords)
	if n == len(x.words) {
		clear(x.words)
	} else {
		x.words = make([]entry, n)
	}
	x.count, x.age, x.added = 0, 0, 0
	x.notes, x.extras, x.terms = make([]note, 1), make([]extra, 1), nil
	x.front, x.knownGrams = new(front), new([1 << gramBits]gramPlace)
}

// follow has the terms of each word looked for again that are newer than those
// that there were.
func (x *lexicon) follow(p *program) {
	if x.added >= aging {
		x.age, x.added = x.age+1, 0
	}
	if current := uint64(len(p.terms))<<ageBits | uint64(x.age); current != x.current {
		x.current = current
		clear(x.front[:])
		clear(x.knownGrams[:])
	}
}

// tidy makes room before an item, if there is little left: the words that were
// met of late are kept.
func (x *lexicon) tidy() {
	if x.count <= maxWords/2 && len(x.terms) <= maxLists {
		return
	}
	oldest := uint8(1)
	if x.younger(oldest) > maxWords/4 {
		oldest = 0
	}
	old := *x
	clear(x.front[:])
	x.words, x.count = make([]entry, maxWords), 0
	x.notes, x.extras, x.terms = append(make([]note, 0, len(old.notes)), note{}), append(make([]extra, 0, len(old.notes)), extra{}), nil
	for _, e := range old.words {
		if e.key == 0 || x.age-e.age() > oldest || x.count > maxWords/4 {
			continue
		}
		if at := e.state & inNotes; at != 0 {
			k := old.notes[at]
			if k.more&longer != 0 {
				list := old.prefixes(&k)
				k.more = k.more&(1<<markBits-1) | uint32(len(x.terms))<<markBits
				x.terms = append(append(x.terms, uint32(len(list))), list...)
			}
			e.state = e.state&^inNotes | uint64(len(x.notes))
			x.notes, x.extras = append(x.notes, k), append(x.extras, old.extras[at])
		}
		x.insert(e)
		x.count++
	}
	x.terms = slices.Grow(x.terms, fewPrefixes)
}

func (e entry) age() uint8 { return uint8(e.state >> noteBits) }

// younger counts the words that are not older than that.
func (x *lexicon) younger(oldest uint8) (n int) {
	for _, e := range x.words {
		if e.key != 0 && x.age-e.age() <= oldest {
			n++
		}
	}
	return n
}

// home is where a word is looked for first in a table of which mask tells the
// size.
func home(key, mask uint64) uint64 { return (key ^ key>>29) * 0x9E3779B97F4A7C15 >> 40 & mask }

func (x *lexicon) insert(e entry) {
	mask := uint64(len(x.words) - 1)
	i := home(e.key, mask)
	for x.words[i].key != 0 {
		i = (i + 1) & mask
	}
	x.words[i] = e
}

// crowded reports that there is no room for one more word.
func (x *lexicon) crowded() bool { return x.count*8 >= len(x.words)*3 }

// grow doubles the room for words. Their places change.
func (x *lexicon) grow() {
	words := x.words
	x.words = make([]entry, 2*len(words))
	for _, e := range words {
		if e.key != 0 {
			x.insert(e)
		}
	}
}

// fewNew is how many new terms a word is compared with one by one.
const fewNew = 12

// learn finds the terms of the word t that p has and the lexicon does not
// know of.
func (x *lexicon) learn(p *program, e *entry, t *text.Token) {
	at, asked := e.state&inNotes, int(e.state>>(noteBits+ageBits))
	e.state = x.current<<noteBits | at
	if asked == len(p.terms) {
		return // only its age was looked at
	}
	k, about := note{}, extra{}
	if at != 0 {
		k, about = x.notes[at], x.extras[at]
	}
	if p.speaks {
		about.names = p.v.index().rare[t.Norm]
	}
	list := len(x.terms)
	x.terms = append(x.terms, 0)
	if asked == 0 || len(p.terms)-asked > fewNew {
		x.search(p, &k, &about, t)
	} else {
		x.terms = append(x.terms, x.prefixes(&k)...)
		for id := uint32(asked); id < uint32(len(p.terms)); id++ {
			switch y := &p.terms[id]; {
			case y.kind == termPrefix && strings.HasPrefix(t.Norm, y.norm):
				x.terms = append(x.terms, id)
			case y.kind == termWord && y.norm == t.Norm:
				k.term = id
			case y.kind == termUpper && y.norm == t.Norm:
				about.upper = id
			}
		}
	}
	if n := len(x.terms) - list - 1; n == 0 {
		x.terms = x.terms[:list]
	} else {
		k.more = k.more&(1<<markBits-1) | longer | uint32(list)<<markBits
		x.terms[list] = uint32(n)
		x.terms = slices.Grow(x.terms, fewPrefixes)
	}
	if about.upper|about.names != 0 {
		k.more |= hasMore
	}
	if k.term != 0 && text.Spaceless(t.Norm) {
		k.more |= spaceless // one that no rule has is of no gram
	}
	if k.term == 0 && k.more == 0 {
		return
	}
	if at == 0 {
		at = uint64(len(x.notes))
		e.state |= at
		x.notes, x.extras = append(x.notes, note{}), append(x.extras, extra{})
	}
	x.notes[at], x.extras[at] = k, about
}

// prefixes returns the terms that are a beginning of a word.
func (x *lexicon) prefixes(k *note) []uint32 {
	if k.more&longer == 0 {
		return nil
	}
	list := k.more >> markBits
	return x.terms[list+1:][:x.terms[list]]
}

// search finds all terms that a word is, and appends those that it begins with.
func (x *lexicon) search(p *program, k *note, about *extra, t *text.Token) {
	k.term = p.table.find(p.terms, termWord, t.Norm, t.Hash)
	if p.uppers {
		about.upper = p.table.find(p.terms, termUpper, t.Norm, t.Hash)
	}
	for lengths := p.begins.lengths(t.Norm); lengths != 0; lengths &= lengths - 1 {
		prefix := t.Norm[:bits.TrailingZeros64(lengths)]
		if id := p.table.find(p.terms, termPrefix, prefix, text.Hash(prefix)); id != 0 {
			x.terms = append(x.terms, id)
		}
	}
}
