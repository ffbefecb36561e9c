package actors

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/internal/text"
)

// A builder fills an Index.
type builder struct {
	x       *Index
	t       text.Text
	codes   map[string]int32 // CLDR region to actor
	order   []string         // the regions, in the order of the file
	bits    map[string]uint8 // words of evidence
	clitics []string         // Arabic words that may carry one
}

func newBuilder(x *Index) *builder {
	x.lex = lexicon{
		words: make(map[string]int32, 1<<15), cues: make([]cue, 1), marks: make([]uint8, 1), roots: make([]int32, 1),
		edges: make(map[edge]int32, 1<<14), within: map[string]bool{}, nodes: make([]node, 1), doubts: make([][]choice, 1), venues: make([]City, 1), terms: make([]term, 1),
	}
	return &builder{x: x, codes: map[string]int32{}, bits: map[string]uint8{}}
}

func (b *builder) builtIn() error {
	for _, step := range []func() error{b.states, b.organisations, b.bodies, b.languages, b.international, b.cities, b.stops, b.cues, b.offices, b.doubtful} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) declare(a Actor) int32 {
	if i, ok := b.x.byID[a.ID]; ok {
		old := &b.x.actors[i]
		old.Title, old.Kind = a.Title, a.Kind
		old.SpeaksFor, old.Office = a.SpeaksFor, a.Office
		return i
	}
	a.Names = nil
	i := int32(len(b.x.actors))
	b.x.actors = append(b.x.actors, a)
	b.x.byID[a.ID] = i
	return i
}

// wordOf returns the number of the word that a token of b.t is. The Arabic
// article is no part of it.
func (b *builder) wordOf(i int) int32 {
	norm := b.t.Tokens[i].Norm
	bare, ok := strings.CutPrefix(norm, "ال")
	if !ok || !strings.HasPrefix(b.t.Quote(i, i+1), "ال") || len(bare) < 6 {
		return b.word(norm)
	}
	w := b.word(bare)
	if _, ok := b.x.lex.words[norm]; !ok {
		b.x.lex.words[norm] = w
	}
	return w
}

// word returns the number of a folded word.
func (b *builder) word(norm string) int32 {
	l := &b.x.lex
	if w, ok := l.words[norm]; ok {
		return w
	}
	w := int32(len(l.roots))
	l.words[norm] = w
	l.roots, l.cues, l.marks = append(l.roots, 0), append(l.cues, 0), append(l.marks, 0)
	return w
}

// node returns the node of a phrase and what its spelling asks for.
func (b *builder) node(phrase string) (n int32, capital, all uint16) {
	l := &b.x.lex
	b.t.Reset(phrase)
	for i := range b.t.Tokens {
		tok := &b.t.Tokens[i]
		if i < 16 && tok.Flags&(text.AllCaps|text.Acronym) != 0 {
			all |= 1 << i
		} else if i < 16 && tok.Flags&text.Capital != 0 {
			capital |= 1 << i
		}
		w := b.wordOf(i)
		var next int32
		if i == 0 {
			next = l.roots[w]
		} else {
			next = l.edges[edge{n, w, tok.Gap&text.Comma != 0}]
		}
		if next == 0 {
			next = int32(len(l.nodes))
			l.nodes = append(l.nodes, node{})
			if i == 0 {
				l.roots[w] = next
			} else {
				l.edges[edge{n, w, tok.Gap&text.Comma != 0}] = next
				l.nodes[n].more = true
			}
		}
		n = next
	}
	return n, capital, all
}

// add gives a phrase a sense.
func (b *builder) add(phrase string, s sense) int32 {
	n, capital, all := b.node(phrase)
	if n == 0 {
		return 0
	}
	s.capital, s.all = capital, all
	nd := &b.x.lex.nodes[n]
	for _, o := range nd.senses {
		if o.kind == s.kind && o.actor == s.actor && o.capital == s.capital && o.all == s.all && o.term == s.term && o.venue == s.venue {
			return n
		}
	}
	nd.senses = append(nd.senses, s)
	nd.kinds |= s.kind
	return n
}

// name gives an actor a name that is listed among its names.
func (b *builder) name(actor int32, name string, kind kinds, lang lang) {
	if name == "" {
		return
	}
	b.add(name, sense{kind: kind, actor: actor, lang: lang})
	a := &b.x.actors[actor]
	a.Names = append(a.Names, name)
	if lang == arabic {
		b.clitics = append(b.clitics, name)
	}
}

// take gives a configured actor a name, and takes it from built-in ones.
func (b *builder) take(actor int32, name string) error {
	n, capital, all := b.node(name)
	if n == 0 {
		return fmt.Errorf("the name %q has no letter or digit in it", name)
	}
	nd := &b.x.lex.nodes[n]
	nd.senses = slices.DeleteFunc(nd.senses, func(s sense) bool { return !s.configured && s.kind.is(affiliations|kPerson|kStop|kCity) })
	nd.doubt = 0
	kind := kName
	if b.x.actors[actor].Kind == Person {
		kind = kPerson
	}
	nd.senses = append(nd.senses, sense{kind: kind, actor: actor, capital: capital, all: all, configured: true})
	nd.kinds = 0
	for _, s := range nd.senses {
		nd.kinds |= s.kind
	}
	if langOf(name) == arabic {
		b.clitics = append(b.clitics, name)
	}
	a := &b.x.actors[actor]
	if !slices.Contains(a.Names, name) {
		a.Names = append(a.Names, name)
	}
	return nil
}

// lookup returns the actor that has this name or id, −1 for none.
func (b *builder) lookup(name string) int32 {
	if i, ok := b.x.byID[name]; ok {
		return i
	}
	if n := b.x.lex.find(text.New(strings.ReplaceAll(name, "-", " "))); n > 0 {
		for _, s := range b.x.lex.nodes[n].senses {
			if s.actor >= 0 {
				return s.actor
			}
		}
	}
	return -1
}

// finish sorts senses so that the first that fits is the right one, and adds
// the forms of Arabic words with their clitics.
func (b *builder) finish() {
	l := &b.x.lex
	rank := func(s sense) int {
		switch {
		case s.configured:
			return 0
		case s.kind == kName || s.kind == kPerson:
			return 1
		case s.kind == kDemonym:
			return 2
		case s.kind == kCapital:
			return 3
		case s.kind == kBody:
			return 4
		}
		return 5
	}
	for i := range l.nodes {
		slices.SortStableFunc(l.nodes[i].senses, func(a, c sense) int { return cmp.Compare(rank(a), rank(c)) })
	}
	b.attachClitics()
	l.freeze()
	l.table, l.paths = newWordTable(l.words), newEdgeTable(l.edges)
	for i := range l.table.entries {
		e := &l.table.entries[i]
		e.root, e.mark = l.roots[e.id] != 0, l.marks[e.id]
	}
	l.words, l.edges = nil, nil
	seen := map[string]bool{}
	for i := range b.x.actors {
		a := &b.x.actors[i]
		clear(seen)
		a.Names = slices.DeleteFunc(a.Names, func(n string) bool {
			if seen[n] {
				return true
			}
			seen[n] = true
			return false
		})
	}
}

// freeze lays the nodes out for reading.
func (l *lexicon) freeze() {
	l.leaves = make([]leaf, len(l.nodes))
	for i := range l.nodes {
		nd := &l.nodes[i]
		f := leaf{kinds: nd.kinds, first: int32(len(l.flat)), count: uint8(len(nd.senses)), doubt: uint8(nd.doubt), more: nd.more, simple: nd.kinds != 0}
		for _, s := range nd.senses {
			if s.capital|s.all != 0 || s.kind.is(affiliations|kPerson|kCity) {
				f.simple = false
			}
		}
		l.flat = append(l.flat, nd.senses...)
		l.leaves[i] = f
	}
	l.nodes = nil
}

// attachClitics lets Arabic words be found with the article and with the
// conjunctions and prepositions that are written together with them.
func (b *builder) attachClitics() {
	l := &b.x.lex
	done := map[int32]bool{}
	for _, phrase := range b.clitics {
		b.t.Reset(phrase)
		for i := range b.t.Tokens {
			norm := b.t.Tokens[i].Norm
			w := l.words[norm]
			if done[w] {
				continue
			}
			done[w] = true
			bare := norm
			if strings.HasPrefix(b.t.Quote(i, i+1), "ال") {
				bare = strings.TrimPrefix(norm, "ال")
			}
			if len(bare) < 6 { // three letters at least
				continue
			}
			put := func(form string) {
				if _, ok := l.words[form]; !ok {
					l.words[form] = w
					if strings.HasPrefix(form, "ب") || strings.HasPrefix(form, "وب") {
						l.within[form] = true
					}
				}
			}
			put(bare)
			put("ال" + bare)
			for _, c := range [...]string{"و", "ف", "ب", "ك"} {
				put(c + bare)
				put(c + "ال" + bare)
			}
			put("ل" + bare)
			put("لل" + bare)
			put("ول" + bare)
			put("ولل" + bare)
			put("وب" + bare)
			put("وبال" + bare)
		}
	}
}
