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
}

// A wordSlot is small, since most of the time goes into fetching slots.
type wordSlot struct{ hash, at uint32 }

// A word is what there is to know of one word. It takes up one line of the
// caches, 64 bytes, and its Key saves fetching its letters.
type word struct {
	key   uint64
	small uint32                 // the tongues that it is a small word of
	page  uint32                 // sections of furniture, then genres, and what it begins
	cues  [len(languages)]uint32 // by language: its entry in that lexicon, 0 for none
	norm  string
}

// What a word begins besides cues, in the bits of word.page above the sections.
const (
	beginsPair uint32 = 1 << (20 + iota) // furniture of two words
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
		if first, _, pair := strings.Cut(norm, " "); pair {
			get(first).page |= beginsPair
		} else {
			get(norm).page |= of
		}
	}
	for norm, of := range e.genreWords {
		if first, _, pair := strings.Cut(norm, " "); pair {
			get(first).page |= beginsPair
		} else {
			get(norm).page |= of << genresFrom
		}
	}
	for norm := range e.names {
		get(norm).page |= beginsName
	}
	for begins, words := range map[uint32][]string{
		beginsClause: clauseWords[:], beginsGiving: givingWords[:], beginsCondition: conditionWords[:], beginsLeaving: leavingWords[:], beginsCalling: callingWords[:],
		beginsComplaint: complaintWords[:], beginsAwaiting: awaitingWords[:], beginsOutbound: outboundWords[:], beginsOffering: offeringWords[:], saysWe: {"we"},
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
	p.namings = p.namings[:0]
	words, begins := p.words[:len(tokens)], uint32(0)
	for k := range tokens {
		w := v.find(tokens[k].Key, tokens[k].Hash)
		words[k] = w
		begins |= w.page
		if w.page&beginsName != 0 {
			p.namings = append(p.namings, int32(k))
		}
	}
	p.words, p.begins = words, begins
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
