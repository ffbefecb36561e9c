package rules

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"parley/internal/text"
)

// A Vocabulary says which values conditions can have. It must not be changed,
// nor copied, once it has been used; to change it, make another one.
type Vocabulary struct {
	Kinds        []string
	Groups       map[string][]string // group of kinds → its kinds
	Roles        []string
	Certainties  []string
	Tiers        []string
	Actors       []Actor
	Negotiations []string // ids
	Feeds        []string // names
	Rules        []Source // what rule:NAME stands for

	once sync.Once
	ix   *index
}

// An Actor has names by which texts call it.
type Actor struct {
	ID        string
	Names     []string // in any language and script
	SpeaksFor string   // id of the actor that a person or body speaks for
}

// index is a Vocabulary made ready for look-ups.
type index struct {
	actors map[string]int // id → index into Actors
	names  []name
	first  map[string][]int  // folded first word → names
	byName map[string][]int  // folded name → actors
	rare   map[string]uint32 // folded word → one more than where in filed its names begin
	filed  []filedName       // under the word of a name that fewest names have
	keys   []uint64          // of the words of all names that are filed
	rules  map[string]*referred
}

// A name is one name of an actor.
type name struct {
	actor int
	words []Word
	keys  []uint64 // of the words
}

// A filedName is a name, filed under one of its words. Of a name of several words
// it has the key of one beside that, of a name of one word the key of that: what
// follows on "the" in a text is mostly no name, and can be told so without looking
// at the name. Those of one word lie side by side.
type filedName struct {
	key    uint64
	upper  uint32 // by bit: words of the name that must be in capitals
	keys   int32  // where in the index those of its words begin
	actor  int32
	side   int8 // −1 or 1, where the word with the key stands; 0 for a name of one word
	before int8 // words of the name before the one it is filed under
	size   int8 // of the name, in words
	last   bool // of those of the word
}

// A referred is a rule that others may name.
type referred struct {
	query *Query
	err   *Error
}

func (v *Vocabulary) index() *index {
	v.once.Do(func() { v.ix = v.build() })
	return v.ix
}

func (v *Vocabulary) build() *index {
	ix := &index{
		actors: make(map[string]int, len(v.Actors)),
		first:  make(map[string][]int, len(v.Actors)),
		byName: make(map[string][]int, len(v.Actors)),
		rules:  refer(v.Rules),
	}
	var t text.Text
	seen := make(map[string]int) // name as it is looked for → the last actor that has it
	for i, a := range v.Actors {
		ix.actors[a.ID] = i
		for _, s := range a.Names {
			t.Reset(s)
			if len(t.Tokens) == 0 || len(t.Tokens) > MaxWords {
				continue
			}
			folded, words := folded(&t), nameWords(&t)
			looked := fmt.Sprint(words)
			if last, ok := seen[looked]; ok && last == i {
				continue
			}
			seen[looked] = i
			ix.first[words[0].Norm] = append(ix.first[words[0].Norm], len(ix.names))
			ix.names = append(ix.names, name{i, words, keysOf(words)})
			if of := ix.byName[folded]; len(of) == 0 || of[len(of)-1] != i {
				ix.byName[folded] = append(of, i)
			}
		}
	}
	ix.file()
	return ix
}

// file files names under that of their words which costs least to look at.
func (ix *index) file() {
	in := make(map[string]float64) // how many names have the word
	for _, n := range ix.names {
		for _, w := range n.words {
			in[w.Norm]++
		}
	}
	under, words := make(map[string][]filedName, len(ix.names)), []string(nil)
	for _, n := range ix.names {
		rare, least := 0, math.Inf(1)
		for i, w := range n.words {
			if cost := in[w.Norm] * w.chance(); cost < least {
				rare, least = i, cost
			}
		}
		f := filedName{keys: int32(len(ix.keys)), actor: int32(n.actor), before: int8(rare), size: int8(len(n.words))}
		ix.keys = append(ix.keys, n.keys...)
		for i, w := range n.words {
			if w.Upper {
				f.upper |= 1 << i
			}
		}
		switch {
		case rare > 0:
			f.side = -1
		case len(n.words) > 1:
			f.side = 1
		}
		f.key = n.keys[rare+int(f.side)]
		word := n.words[rare].Norm
		if under[word] == nil {
			words = append(words, word)
		}
		under[word] = append(under[word], f)
	}
	ix.rare = make(map[string]uint32, len(words))
	ix.filed = make([]filedName, 0, len(ix.names))
	for _, word := range words {
		ix.rare[word] = uint32(len(ix.filed)) + 1
		ix.filed = append(ix.filed, under[word]...)
		ix.filed[len(ix.filed)-1].last = true
	}
}

// folded joins the folded words of t.
func folded(t *text.Text) string {
	var b strings.Builder
	for i, tok := range t.Tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(tok.Norm)
	}
	return b.String()
}

// nameWords returns the words of a name. Of a name in up to four capitals only
// the capitals count: US is not us.
func nameWords(t *text.Text) []Word {
	ws := make([]Word, len(t.Tokens))
	for i, tok := range t.Tokens {
		ws[i] = Word{Norm: tok.Norm, Upper: tok.Flags&text.Acronym != 0}
	}
	if capitals(t) {
		ws[0].Upper = true
	}
	return ws
}

func keysOf(ws []Word) []uint64 {
	keys := make([]uint64, len(ws))
	for i, w := range ws {
		keys[i] = text.Key(w.Norm)
	}
	return keys
}

// capitals reports names of one word in up to four capitals.
func capitals(t *text.Text) bool {
	return len(t.Tokens) == 1 && t.Tokens[0].Flags&(text.AllCaps|text.Acronym) != 0 && utf8.RuneCountInString(t.Tokens[0].Norm) <= 4
}

// related reports whether actor a is b, or speaks for it.
func (v *Vocabulary) related(a, b int) bool {
	for range 4 { // a person speaks for a body, a body for a state
		if a == b {
			return true
		}
		next, ok := v.index().actors[v.Actors[a].SpeaksFor]
		if !ok {
			return false
		}
		a = next
	}
	return false
}

// actorIDs lists the ids of all actors.
func (v *Vocabulary) actorIDs() []string {
	ids := make([]string, len(v.Actors))
	for i, a := range v.Actors {
		ids[i] = a.ID
	}
	return ids
}

// groups lists the groups of kinds in alphabetical order.
func (v *Vocabulary) groups() []string {
	var names []string
	for g := range v.Groups {
		names = append(names, g)
	}
	slices.Sort(names)
	return names
}

// kindsOf returns the kinds that a value of kind: covers.
func (v *Vocabulary) kindsOf(value string) []string {
	if ks, ok := v.Groups[value]; ok {
		return ks
	}
	return []string{value}
}
