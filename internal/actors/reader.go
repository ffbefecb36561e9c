package actors

import (
	"slices"

	"parley/internal/text"
)

// Find appends the mentions of t to into, in order and without overlap. What
// the text itself introduces is known in all of it: a surname before the
// sentence that gives the full name, too.
func (x *Index) Find(t *text.Text, into []Mention) []Mention {
	r := x.pool.Get().(*reader)
	defer x.pool.Put(r)
	r.begin(x)
	r.pages[0].read(r, t)
	r.conclude()
	return r.emit(&r.pages[0], into)
}

// FindAll is Find over a title and its text, which explain each other: a
// surname in the title is introduced in the text, an office without a country
// in the text takes that of the title.
func (x *Index) FindAll(title, body *text.Text, inTitle, inBody []Mention) (t, b []Mention) {
	r := x.pool.Get().(*reader)
	defer x.pool.Put(r)
	r.begin(x)
	r.pages[0].read(r, title)
	r.pages[1].body = true
	r.pages[1].read(r, body)
	r.conclude()
	return r.emit(&r.pages[0], inTitle), r.emit(&r.pages[1], inBody)
}

// A reader holds what is concluded from one title and text. Its slices are
// kept between texts.
type reader struct {
	x        *Index
	pages    []page
	evidence uint64  // words of evidence that occur
	named    []uint8 // by actor: how often it is named beyond doubt
	touched  []int32 // the actors in named that are not 0
	people   []person
	home     int32 // actor whose dateline it is, −1 none
}

// A page is one text with its lexemes.
type page struct {
	t       *text.Text
	words   []int32  // by token
	at      []int32  // by token: 1 + the lexeme that covers it
	roots   []int32  // tokens that phrases may begin at
	begins  []bool   // by token: a sentence begins with it, after a dateline too
	lexemes []lexeme // in order
	phrases []phrase // offices and people, in order
	style   []style  // by sentence, once asked
	body    bool     // the text of an item, not its title
	lower   bool     // no capital letter at all in a cased script
}

// A lexeme is a phrase of the lexicon where it stands.
type lexeme struct {
	from, to int32
	node     int32
	kinds    kinds
	actor    int32 // of the sense in use; −1 none, or not meant
	sense    int32 // index into the node's senses of the name in use, −1 none
	kind     kinds // of that sense
	venue    int32
	place    bool
	group    bool // an organisation or a movement: who is in it speaks for it
	movement bool // no state and no organisation of states
	dateline bool
	dropped  bool  // a name that means no actor here
	taken    bool  // part of a phrase
	shares   int32 // 1 + the phrase whose office it shares
}

type style uint8

const (
	unknownStyle style = iota
	plain
	titleCase
	allCaps
)

func (r *reader) begin(x *Index) {
	r.x = x
	for len(r.pages) < 2 {
		r.pages = append(r.pages, page{})
	}
	r.pages = r.pages[:2]
	for i := range r.pages {
		r.pages[i].clear()
	}
	r.evidence = 0
	if len(r.named) < len(x.actors) {
		r.named = make([]uint8, len(x.actors))
	}
	for _, a := range r.touched {
		r.named[a] = 0
	}
	r.touched = r.touched[:0]
	r.people = r.people[:0]
	r.home = -1
}

func (p *page) clear() {
	p.t, p.body = nil, false
	p.words, p.at, p.roots, p.lexemes, p.phrases, p.style = p.words[:0], p.at[:0], p.roots[:0], p.lexemes[:0], p.phrases[:0], p.style[:0]
}

// read looks every token of t up and settles which names are meant.
func (p *page) read(r *reader, t *text.Text) {
	p.t = t
	n := len(t.Tokens)
	if cap(p.words) < n {
		p.words, p.at, p.begins = make([]int32, n), make([]int32, n), make([]bool, n)
	}
	p.words, p.at, p.begins = p.words[:n], p.at[:n], p.begins[:n]
	p.style = append(p.style[:0], make([]style, len(t.Sentences))...)
	p.lower = noCapitals(t)
	l := &r.x.lex
	words, at, begins := p.words, p.at, p.begins
	clear(at)
	// Most of the time goes into fetching. So that many slots are on their way at once,
	// nothing is made of them before all are asked for.
	tokens, slots, entries := t.Tokens[:len(words)], l.table.slots, l.table.entries
	for i := range words {
		words[i] = int32(slots[int(tokens[i].Hash)&(len(slots)-1)] & entryMask)
	}
	for i := range words {
		tok := &tokens[i]
		e := &entries[words[i]]
		if taken(tok.Key, e.key, words[i]) {
			e = l.table.find(tok.Key, tok.Hash)
		}
		words[i] = e.id
		begins[i] = tok.Gap&(text.SentenceEnd|text.ParagraphEnd) != 0
		if e.root {
			p.roots = append(p.roots, int32(i))
		}
		if e.mark > 0 {
			r.evidence |= 1 << (e.mark - 1)
		}
	}
	next := 0
	for _, i := range p.roots {
		if int(i) >= next {
			next = p.scan(r, int(i))
		}
	}
}

// noCapitals reports a text in a script that has capitals, and uses none.
func noCapitals(t *text.Text) bool {
	words := false
	for i := range t.Tokens {
		switch f := t.Tokens[i].Flags; {
		case f&(text.Number|text.Ideograph) != 0:
		case f&text.Capital != 0:
			return false
		default:
			words = true
		}
	}
	return words
}

// styleAt tells headlines in capitals from prose, for the sentence of token i.
// It is worked out when it is first asked: of most sentences nobody wants it.
func (p *page) styleAt(i int) style {
	n := p.t.Tokens[i].Sentence
	if p.style[n] == unknownStyle {
		p.style[n] = p.styleOf(p.t.Sentences[n])
	}
	return p.style[n]
}

func (p *page) styleOf(s text.Range) style {
	var words, all, long, longCapital int
	for i := s.From; i < s.To; i++ {
		tok := &p.t.Tokens[i]
		if tok.Flags&(text.Number|text.Ideograph) != 0 {
			continue
		}
		words++
		if tok.Flags&(text.AllCaps|text.Acronym) != 0 {
			all++
		}
		// sums instead of branches that no processor foresees; Capital is bit 0
		isLong := int(uint32(3-(tok.End-tok.Start)) >> 31)
		long += isLong
		longCapital += isLong & int(tok.Flags&text.Capital)
	}
	switch {
	case words >= 3 && all*5 >= words*4:
		return allCaps
	case long >= 3 && longCapital*5 >= long*4 && !p.stopped(s.To):
		return titleCase
	}
	return plain
}

// stopped reports whether a full stop stands right before token i: headlines
// have none.
func (p *page) stopped(i int) bool {
	if i < len(p.t.Tokens) {
		return p.t.Tokens[i].Gap&text.Dot != 0 && p.t.Tokens[i].Gap&text.Question == 0
	}
	rest := p.t.Plain[p.t.Tokens[i-1].End:]
	return len(rest) > 0 && rest[0] == '.'
}

// scan takes the longest phrase that begins at token i, whose word begins some,
// and returns the token to go on from.
func (p *page) scan(r *reader, i int) int {
	l := &r.x.lex
	n := l.roots[p.words[i]]
	best, to := int32(0), i
	for j := i + 1; ; j++ {
		leaf := &l.leaves[n]
		if leaf.kinds != 0 && (leaf.simple || p.fits(l, n, i, j)) {
			best, to = n, j
		}
		if !leaf.more || j >= len(p.words) || p.words[j] == 0 {
			break
		}
		gap := p.t.Tokens[j].Gap
		if !inPhrase(gap &^ text.Comma) {
			break
		}
		if n = l.paths.find(edge{n, p.words[j], gap&text.Comma != 0}); n == 0 {
			break
		}
	}
	if best == 0 {
		return i + 1
	}
	// filled where it stays: a lexeme is large, and there are many
	at := len(p.lexemes)
	if at == cap(p.lexemes) {
		p.lexemes = slices.Grow(p.lexemes, at+16)
	}
	p.lexemes = p.lexemes[:at+1]
	x := &p.lexemes[at]
	*x = lexeme{}
	x.from, x.to, x.node, x.actor, x.sense = int32(i), int32(to), best, -1, -1
	if leaf := &l.leaves[best]; leaf.simple {
		x.kinds = leaf.kinds
	} else {
		x.choose(p, l)
	}
	for j := i; j < to; j++ {
		p.at[j] = int32(at + 1)
	}
	return to
}

// choose takes the first name among the senses that are spelled right.
func (x *lexeme) choose(p *page, l *lexicon) {
	senses := l.senses(x.node)
	for k := range senses {
		s := &senses[k]
		if !p.spelled(l, s, int(x.from), int(x.to)) {
			continue
		}
		x.kinds |= s.kind
		if s.venue > 0 && x.venue == 0 {
			x.venue = s.venue
		}
		if x.sense < 0 && s.kind.is(affiliations|kPerson) {
			x.sense, x.kind, x.actor = int32(k), s.kind, s.actor
		}
	}
}

// fits reports whether some sense of the node is spelled as it must be.
func (p *page) fits(l *lexicon, n int32, from, to int) bool {
	senses := l.senses(n)
	for k := range senses {
		if p.spelled(l, &senses[k], from, to) {
			return true
		}
	}
	return false
}

// spelled reports whether tokens [from,to) have the capitals that s asks for.
func (p *page) spelled(l *lexicon, s *sense, from, to int) bool {
	if s.capital|s.all == 0 {
		return true
	}
	for i := from; i < to && i < from+16; i++ {
		bit := uint16(1) << (i - from)
		tok := &p.t.Tokens[i]
		switch {
		case s.all&bit != 0:
			if tok.Flags&(text.AllCaps|text.Acronym) != 0 || tok.End-tok.Start < 2 && tok.Flags&text.Capital != 0 {
				continue
			}
			if p.lower && (l.cues[p.words[i]]&cueCommon == 0 || p.joined(i)) {
				continue
			}
			return false
		case s.capital&bit != 0:
			if tok.Flags&text.Capital == 0 && (!p.lower || l.cues[p.words[i]]&cueCommon != 0 && !p.joined(i)) {
				return false
			}
		}
	}
	return true
}

// joined reports whether token i hangs on a neighbour by a hyphen: "us-iran".
func (p *page) joined(i int) bool {
	return p.t.Tokens[i].Gap&text.Hyphen != 0 || i+1 < len(p.t.Tokens) && p.t.Tokens[i+1].Gap&text.Hyphen != 0
}

// conclude settles everything that needs the whole of title and text.
func (r *reader) conclude() {
	for i := range r.pages {
		if p := &r.pages[i]; p.t != nil {
			p.frame(r)
			p.context(r)
		}
	}
	r.resolveDoubts()
	for i := range r.pages {
		if p := &r.pages[i]; p.t != nil {
			p.places(r)
			p.parse(r)
		}
	}
	r.affiliate()
}

// count notes that an actor is named beyond doubt.
func (r *reader) count(a int32) {
	if a < 0 {
		return
	}
	if r.named[a] == 0 {
		r.touched = append(r.touched, a)
	}
	if r.named[a] < 255 {
		r.named[a]++
	}
}

// resolveDoubts decides the names that several actors bear.
func (r *reader) resolveDoubts() {
	l := &r.x.lex
	for i := range r.pages {
		p := &r.pages[i]
		for k := range p.lexemes {
			if x := &p.lexemes[k]; x.sense >= 0 && !x.dropped && l.leaves[x.node].doubt == 0 {
				r.count(x.actor)
			}
		}
	}
	for i := range r.pages {
		p := &r.pages[i]
		for k := range p.lexemes {
			x := &p.lexemes[k]
			d := l.leaves[x.node].doubt
			if x.sense < 0 || d == 0 || x.dropped {
				continue
			}
			x.actor = -1
			for _, c := range l.doubts[d] {
				if r.holds(c) {
					x.actor = c.actor
					break
				}
			}
			x.dropped = x.actor < 0
		}
	}
}

func (r *reader) holds(c choice) bool {
	if c.words == 0 && c.named == nil || c.words&r.evidence != 0 {
		return true
	}
	for _, a := range c.named {
		if r.named[a] == 0 {
			return false
		}
	}
	return c.named != nil
}
