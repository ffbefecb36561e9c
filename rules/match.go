package rules

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"parley/internal/text"
)

// A Set is many rules compiled into one matcher. It may be used by many
// goroutines; Replace changes it under them without making them wait.
type Set struct {
	program atomic.Pointer[program]
	free    sync.Pool // *Matcher
}

// Len returns how many rules the set has.
func (s *Set) Len() int { return len(s.program.Load().rules) }

// Replace makes s the set of other rules, or leaves it as it is if they have
// an error. Items whose matching has begun are finished with the old ones.
func (s *Set) Replace(rules []Source, v *Vocabulary) error {
	p, err := compile(rules, v)
	if err != nil {
		return err
	}
	s.program.Store(p)
	return nil
}

// Match appends to into the rules that hold of an item with the facts of one
// development, in the order in which they were compiled. Facts are nil for an
// item without developments: then no condition on a development holds. To ask
// about several developments of an item, use a Matcher.
func (s *Set) Match(d *Doc, f *Facts, into []Match) []Match {
	m, ok := s.free.Get().(*Matcher)
	if !ok {
		m = s.Matcher()
	}
	defer s.free.Put(m)
	m.Item(d)
	from := len(into)
	into = m.Match(f, into)
	for i := range into[from:] {
		into[from+i].Because = slices.Clone(into[from+i].Because)
	}
	m.doc = nil
	return into
}

// A Matcher asks all rules of a Set about one item after another. It keeps
// what it allocates, so it serves one goroutine at a time.
type Matcher struct {
	set *Set
	p   *program
	doc *Doc

	tick             uint64   // counts items and developments
	itemTick, atFact uint64   // when the present ones began
	on               []uint64 // bitset by eager atom: those that are true now
	known            []uint64 // by any other atom: tick<<1, and 1 if it was true then
	looked           []uint64 // by rule: tick

	first, last []int32 // by term: its hits, −1 for none
	hits        []hit
	present     []int32 // terms with hits
	titleLen    int32

	actors  [2][]actorPlace // by field
	ofItem  []int32         // atoms that the item makes true, and rules are filed under
	ofFacts []int32         // the same of the development
	onFacts []int32         // eager atoms that the development makes true
	facts   *Facts
	venue   text.Text            // of a development, read once
	spans   map[DateRange]string // dates as they are written

	lists   [][]place
	because []Because
}

// A hit is a token that is a term; title and text are counted through.
type hit struct{ at, next int32 }

// Matcher returns a new Matcher of s.
func (s *Set) Matcher() *Matcher { return &Matcher{set: s} }

// Item makes d the item that is asked about: its words are looked up once,
// for all its developments. What Match returned for the item before, and d
// itself, must not be used by others meanwhile.
func (m *Matcher) Item(d *Doc) {
	if p := m.set.program.Load(); p != m.p {
		*m = Matcher{
			set: m.set, p: p,
			on: make([]uint64, (len(p.atoms)+63)/64), known: make([]uint64, len(p.atoms)), looked: make([]uint64, len(p.rules)),
			first: make([]int32, len(p.terms)), last: make([]int32, len(p.terms)),
		}
		for i := range m.first {
			m.first[i] = -1
		}
	}
	for _, t := range m.present {
		m.first[t] = -1
	}
	clear(m.on)
	m.doc, m.facts, m.onFacts = d, nil, m.onFacts[:0]
	m.tick++
	m.itemTick = m.tick
	m.hits, m.present, m.ofItem = m.hits[:0], m.present[:0], m.ofItem[:0]
	m.because = m.because[:0]
	m.actors[0], m.actors[1] = m.actors[0][:0], m.actors[1][:0]
	m.titleLen = int32(len(tokensOf(d.Title)))

	m.look(tokensOf(d.Title), 0)
	m.look(tokensOf(d.Text), m.titleLen)
	for _, t := range m.present {
		m.itemHas(m.p.terms[t].atom)
	}
	m.findActors()
	m.itemKey("feed", d.Feed)
	m.itemKey("tier", d.Tier)
	for lang := strings.ToLower(strings.ReplaceAll(d.Language, "_", "-")); lang != ""; {
		m.itemKey("lang", lang)
		lang = lang[:max(0, strings.LastIndexByte(lang, '-'))]
	}
	for host := strings.ToLower(d.Site); host != ""; {
		m.itemKey("site", host)
		_, host, _ = strings.Cut(host, ".")
	}
}

// look finds the terms of tokens, of which the first is counted as base.
func (m *Matcher) look(tokens []text.Token, base int32) {
	p := m.p
	for i := range tokens {
		t := &tokens[i]
		at := base + int32(i)
		if ids, ok := p.words[t.Norm]; ok {
			if ids.plain >= 0 {
				m.hit(ids.plain, at)
			}
			if ids.upper >= 0 && t.Flags&(text.AllCaps|text.Acronym) != 0 {
				m.hit(ids.upper, at)
			}
		}
		if p.prefixes.terms != nil {
			m.lookPrefixes(t.Norm, at)
		}
	}
}

func (m *Matcher) lookPrefixes(norm string, at int32) {
	p := &m.p.prefixes
	lengths := p.short
	if len(norm) > 1 {
		lengths |= p.lengths[twoBytes(norm)]
	}
	for lengths != 0 {
		n := bits.TrailingZeros64(lengths)
		lengths &^= 1 << n
		if n < 63 {
			m.lookPrefix(norm, n, at)
			continue
		}
		for _, n := range p.long {
			m.lookPrefix(norm, n, at)
		}
	}
}

func (m *Matcher) lookPrefix(norm string, n int, at int32) {
	if n > len(norm) {
		return
	}
	if t, ok := m.p.prefixes.terms[norm[:n]]; ok {
		m.hit(t, at)
	}
}

func (m *Matcher) hit(t, at int32) {
	h := int32(len(m.hits))
	m.hits = append(m.hits, hit{at, -1})
	if m.first[t] < 0 {
		m.first[t] = h
		m.present = append(m.present, t)
	} else {
		m.hits[m.last[t]].next = h
	}
	m.last[t] = h
}

func (m *Matcher) itemHas(a int32) {
	m.on[a>>6] |= 1 << (a & 63)
	if len(m.p.atoms[a].rules) > 0 {
		m.ofItem = append(m.ofItem, a)
	}
}

func (m *Matcher) itemKey(field, value string) {
	if a, ok := m.p.keys[key{field, value}]; ok {
		m.itemHas(a)
	}
}

func (m *Matcher) factKey(field, value string) {
	if a, ok := m.p.keys[key{field, value}]; ok && !m.isOn(a) {
		m.on[a>>6] |= 1 << (a & 63)
		m.onFacts = append(m.onFacts, a)
		if len(m.p.atoms[a].rules) > 0 {
			m.ofFacts = append(m.ofFacts, a)
		}
	}
}

// isOn reports whether an eager atom is true.
func (m *Matcher) isOn(a int32) bool { return m.on[a>>6]&(1<<(a&63)) != 0 }

// Match appends to into the rules that hold of the item with the facts of one
// of its developments. The Because of a Match is valid until the next Item.
func (m *Matcher) Match(f *Facts, into []Match) []Match {
	m.tick++
	m.atFact = m.tick
	m.facts = f
	for _, a := range m.onFacts {
		m.on[a>>6] &^= 1 << (a & 63)
	}
	m.ofFacts, m.onFacts = m.ofFacts[:0], m.onFacts[:0]
	if f != nil {
		m.lookFacts(f)
	}
	from := len(into)
	for _, a := range m.ofItem {
		into = m.candidates(a, into)
	}
	for _, a := range m.ofFacts {
		into = m.candidates(a, into)
	}
	for _, r := range m.p.always {
		into = m.try(r, into)
	}
	slices.SortFunc(into[from:], func(a, b Match) int { return cmp.Compare(a.Index, b.Index) })
	return into
}

func (m *Matcher) lookFacts(f *Facts) {
	m.factKey("negotiation", f.Negotiation)
	m.factKey("kind", f.Kind)
	for _, g := range f.Groups {
		m.factKey("kind", g)
	}
	for _, b := range f.By {
		m.factKey("by", b)
	}
	for _, p := range f.Parties {
		m.factKey("party", p)
	}
	for _, p := range f.Mediators {
		m.factKey("mediator", p)
	}
	m.factKey("certainty", f.Certainty)
	for _, a := range m.p.asked {
		if m.truth(a) {
			m.ofFacts = append(m.ofFacts, a)
		}
	}
}

func (m *Matcher) candidates(a int32, into []Match) []Match {
	for _, c := range m.p.atoms[a].rules {
		if c.guard < 0 || m.isOn(c.guard) {
			into = m.try(c.rule, into)
		}
	}
	return into
}

// try asks one rule, unless it has been asked about this development.
func (m *Matcher) try(r int32, into []Match) []Match {
	if m.looked[r] == m.atFact {
		return into
	}
	m.looked[r] = m.atFact
	c := &m.p.rules[r]
	if !m.holds(c.code) {
		return into
	}
	from := len(m.because)
	m.explain(c.code)
	return append(into, Match{Rule: c.name, Index: int(r), Because: m.because[from:len(m.because):len(m.because)]})
}

// holds evaluates the formula at i.
func (m *Matcher) holds(i int32) bool {
	in := m.p.code[i]
	switch in.op {
	case opAnd:
		for j := i + 1; j < in.end; j = m.p.code[j].end {
			if !m.holds(j) {
				return false
			}
		}
		return true
	case opOr:
		for j := i + 1; j < in.end; j = m.p.code[j].end {
			if m.holds(j) {
				return true
			}
		}
		return false
	case opNot:
		return !m.holds(i + 1)
	}
	return m.truth(in.arg)
}

// explain appends what made the formula at i, which holds, hold.
func (m *Matcher) explain(i int32) {
	in := m.p.code[i]
	switch in.op {
	case opAnd:
		for j := i + 1; j < in.end; j = m.p.code[j].end {
			m.explain(j)
		}
	case opOr:
		for j := i + 1; j < in.end; j = m.p.code[j].end {
			if m.holds(j) {
				m.explain(j)
				return
			}
		}
	case opAtom:
		m.evidence(in.arg)
	}
}
