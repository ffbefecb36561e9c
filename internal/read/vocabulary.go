package read

import (
	"math/bits"
	"strings"

	"parley/internal/text"
)

// A vocabulary is all words of the data files in one table, so that every token
// is looked up once: by what is found the language is told, cues are read and
// the furniture of a page is known.
type vocabulary struct {
	slots []wordSlot // found by the hash that each token carries
	mask  uint32
	words []word // [0] is no word
	pairs pairs
}

// Pairs know by the hashes of two words which are none of those added: most that
// begin some go on otherwise, and need not be put together to be looked up.
type pairs [64]uint64

func (x *pairs) at(a, b uint32) (i, bit uint32) {
	h := (a ^ b*0x9E3779B1) * 0x85EBCA6B >> 20
	return h >> 6 & 63, h & 63
}

func (x *pairs) add(first, second string) {
	i, bit := x.at(text.Hash(first), text.Hash(second))
	x[i] |= 1 << bit
}

func (x *pairs) has(first, second *text.Token) bool {
	i, bit := x.at(first.Hash, second.Hash)
	return x[i]>>bit&1 != 0
}

// A wordSlot is small, since most of the time goes into fetching slots.
type wordSlot struct{ hash, at uint32 }

// A word is what there is to know of one word. It takes up one line of the
// caches, 64 bytes, and its Key saves fetching its letters.
type word struct {
	key   uint64
	page  uint64                 // sections of furniture, then genres, and what it begins
	small uint32                 // the tongues that it is a small word of
	cues  [len(languages)]uint32 // by language: its entry in that lexicon, 0 for none
	norm  string
}

// What a word begins besides cues, in the bits of word.page above the sections.
const (
	beginsPair uint64 = 1 << (20 + iota) // furniture of two words
	beginsName                           // the name of a negotiation
	beginsClause
	beginsGiving    // of a last day: "gave them until"
	beginsCondition // "if", "unless", "or"
	beginsLeaving   // going away: "left", "return home"
	beginsCalling   // … of one's people home
	beginsComplaint
	beginsAwaiting // "expects", "is bringing"
	beginsOutbound // setting out
	beginsOffering // to mediate
	saysWe
	beginsMoving    // talks to another place
	beginsInstead   // of a place, in every language
	beginsOtherDay  // "now on Tuesday", "instead of today"
	beginsProposing // that others meet
	beginsAsking    // others to come
	beginsReturning // to talks
	beginsCalled    // "the talks that Qatar has convened"
	beginsUnproven  // "could not be confirmed"
	beginsDisowning // a report
	beginsBreaking  // one's word
	beginsStriking  // at others, in a truce
	saysAll         // "after all"
)

// vocabulary gathers the words of all that the engine has loaded.
func (e *Engine) vocabulary() vocabulary {
	v := vocabulary{words: make([]word, 1)}
	index := map[string]uint32{}
	get := func(norm string) *word {
		at := index[norm]
		if at == 0 {
			at = uint32(len(v.words))
			index[norm] = at
			v.words = append(v.words, word{key: text.Key(norm), norm: norm})
		}
		return &v.words[at]
	}
	for i, l := range languages {
		for norm, at := range e.lexicons[l].sealed {
			get(norm).cues[i] = at
		}
		e.lexicons[l].sealed = nil
	}
	for norm, of := range e.tongues {
		get(norm).small = of
	}
	for norm, of := range e.furniture {
		if first, second, pair := strings.Cut(norm, " "); pair {
			get(first).page |= beginsPair
			v.pairs.add(first, second)
		} else {
			get(norm).page |= uint64(of)
		}
	}
	for norm, of := range e.genreWords {
		if first, second, pair := strings.Cut(norm, " "); pair {
			get(first).page |= beginsPair
			v.pairs.add(first, second)
		} else {
			get(norm).page |= uint64(of) << genresFrom
		}
	}
	for norm := range e.names {
		get(norm).page |= beginsName
	}
	for begins, words := range map[uint64][]string{
		beginsClause: clauseWords[:], beginsGiving: givingWords[:], beginsCondition: conditionWords[:], beginsLeaving: leavingWords[:], beginsCalling: callingWords[:],
		beginsComplaint: complaintWords[:], beginsAwaiting: awaitingWords[:], beginsOutbound: outboundWords[:], beginsOffering: offeringWords[:], saysWe: {"we"},
		beginsMoving: movingWords[:], beginsInstead: insteadWords[:], beginsOtherDay: otherDayWords[:], beginsProposing: proposingWords[:], beginsAsking: askingWords[:],
		beginsReturning: returningWords[:], beginsCalled: calledWords[:], beginsUnproven: unprovenWords[:], saysAll: {"all"},
		beginsDisowning: disowningWords[:], beginsBreaking: breakingWords[:], beginsStriking: strikingWords[:],
	} {
		for _, norm := range words {
			get(norm).page |= begins
		}
	}
	size := 1 << bits.Len(uint(2*len(v.words)))
	v.slots, v.mask = make([]wordSlot, size), uint32(size-1)
	for at := uint32(1); at < uint32(len(v.words)); at++ {
		h := text.Hash(v.words[at].norm)
		i := h & v.mask
		for v.slots[i].at != 0 {
			i = (i + 1) & v.mask
		}
		v.slots[i] = wordSlot{h, at}
	}
	return v
}

// look finds the words of all tokens.
func (p *part) look(v *vocabulary) {
	tokens := p.t.Tokens
	if cap(p.words) < len(tokens) {
		p.words = make([]*word, len(tokens)+len(tokens)/4)
	}
	p.namings, p.opens = p.namings[:0], p.opens[:0]
	words, slots, all := p.words[:len(tokens)], v.slots, v.words
	for _, s := range p.t.Sentences {
		begins := uint64(0)
		for k := s.From; k < s.To; k++ {
			tok := &tokens[k]
			at := slots[int(tok.Hash)&(len(slots)-1)].at
			w := &all[at]
			if taken(tok.Key, w.key, at) {
				w = v.find(tok.Key, tok.Hash)
			}
			words[k] = w
			begins |= w.page
			if w.page&beginsName != 0 {
				p.namings = append(p.namings, int32(k))
			}
		}
		p.opens = append(p.opens, begins)
	}
	p.words = words
}

// taken reports that slot at, where a word is to be found first, has the key of
// another word. Whether a word is known no processor foresees. So that it need not
// guess, one branch is taken for the word itself and for an empty slot: the product
// is 0 for both.
func taken(key, there uint64, at uint32) bool {
	x := key ^ there
	return uint64(uint32(x)|uint32(x>>32))*uint64(at) != 0
}

// find returns the word of a token: an empty one if it is in no file.
func (v *vocabulary) find(key uint64, hash uint32) *word {
	for i := hash & v.mask; ; i = (i + 1) & v.mask {
		s := v.slots[i]
		if s.at == 0 {
			return &v.words[0]
		}
		if s.hash == hash {
			if w := &v.words[s.at]; w.key == key {
				return w
			}
		}
	}
}
