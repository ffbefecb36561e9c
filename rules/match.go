package rules

import (
	"slices"
	"strings"

	"parley/internal/text"
)

// A Matcher asks all rules of a Set about one item after another. It keeps
// what it allocates, so it serves one goroutine at a time, and it keeps what it
// learns of words, which takes up to some megabytes: make few and use them
// long.
type Matcher struct {
	set *Set
	p   *program
	doc *Doc
	lexicon

	tick             uint64   // counts items and developments
	itemTick, atFact uint64   // when the present ones began
	item             uint32   // counts items for the lexicon
	on               []uint64 // bitset by term: those that are true now
	near             []uint64 // by NEAR: tick<<1, and 1 if it was true then
	held             []uint64 // the same by cond
	looked           []uint64 // by rule that is filed twice: tick

	keysIn   [2][]uint64 // of the tokens, by field
	gathered []uint64    // where they lie if the texts have them with their tokens
	word     []uint32    // by token: where the note of its word is, 0 if it is nothing; title and text are counted through
	next     []int32     // by token of a word that is chained: the next one with the same word, −1 for none
	walked   int32       // how many tokens were gone through to chain words one by one
	touched  uint64      // means nothing: what was read to have it near
	fresh    []uint32    // words of one field that the item has not had before
	special  []int32     // tokens of one field that are more than a plain word
	begun    []uint32    // those of fresh that begin with a prefix
	titleLen int32
	of       []uint32 // by term that is true: where the note of its word is; of a prefix, one more than where its words begin in links; of a gram, its first token
	links    []link
	named    []maybe // tokens that names of actors are filed under, each with the first of those
	maybe    []maybe
	runs     []runOf // of letters of one field that may be grams

	actors  [2][]actorPlace // by field
	present []uint32        // terms that the item makes true
	ofFacts []uint32        // terms that the development makes true
	facts   *Facts
	venue   text.Text            // of a development, read once
	spans   map[DateRange]string // dates as they are written

	lists     [][]place
	scratch32 []int32
	chosen    []uint32 // terms, of those that are present
	posts     []filing
	listed    []uint64  // candidates: where they lie, and their terms above
	guarded   []guarded // candidates
	hits      []uint64
	spare     []uint64
	asks      uint64 // counts developments
	asked     int    // how many rules were asked about the development
	because   []Because
}

// A link is a word of the item that has a prefix, and the next such word.
type link struct {
	word uint32
	next uint32 // one more than where it stands, 0 for none
}

// A filing says where the candidates of a term lie.
type filing struct{ term, at, n uint32 }

// A guarded is a candidate of a term, whose guard is true.
type guarded struct {
	term uint32
	candidate
}

// Matcher returns a new Matcher of s.
func (s *Set) Matcher() *Matcher { return &Matcher{set: s} }

// Item makes d the item that is asked about: its words are looked up once,
// for all its developments. What Match returned for the item before, and d
// itself, must not be used by others meanwhile.
func (m *Matcher) Item(d *Doc) {
	m.forget()
	m.follow(m.set.program.Load())
	m.doc, m.facts = d, nil
	m.tick++
	m.itemTick = m.tick
	m.because = m.because[:0]

	m.gathered = m.gathered[:0]
	m.keysIn[inTitle], m.keysIn[inText] = m.keysOf(d.Title), m.keysOf(d.Text)
	m.titleLen = int32(len(m.keysIn[inTitle]))
	if n := m.tokensIn(); n > len(m.word) {
		n += n / 4
		m.word, m.next = make([]uint32, n), make([]int32, n)
		m.fresh, m.special, m.begun = make([]uint32, n), make([]int32, n), make([]uint32, n)
	}
	for !m.look(inTitle, 0) || !m.look(inText, m.titleLen) {
		m.forget()
		m.grow()
	}
	m.findActors()
	m.keys(d)
}

// keysOf returns the keys of the tokens of a field.
func (m *Matcher) keysOf(t *text.Text) []uint64 {
	if t == nil {
		return nil
	}
	if keys, ok := t.Skimmed(); ok {
		return keys
	}
	from := len(m.gathered)
	m.gathered = slices.Grow(m.gathered, len(t.Tokens))[:from+len(t.Tokens)]
	keys := m.gathered[from:]
	for i := range keys {
		keys[i] = t.Tokens[i].Key
	}
	return keys
}

// tokensIn returns how many tokens the item has.
func (m *Matcher) tokensIn() int { return len(m.keysIn[inTitle]) + len(m.keysIn[inText]) }

// forget takes back what the item before made true.
func (m *Matcher) forget() {
	if len(m.on) < 4*len(m.present) { // eight are cleared in the time of one
		clear(m.on)
	} else {
		for _, t := range m.present {
			m.on[t>>6] = 0
		}
		for _, t := range m.ofFacts {
			m.on[t>>6] = 0
		}
	}
	m.present, m.ofFacts, m.links, m.named = m.present[:0], m.ofFacts[:0], m.links[:0], m.named[:0]
	m.walked = 0
	m.item++
}

// follow makes p the program of the next item.
func (m *Matcher) follow(p *program) {
	old := m.p
	m.p = p
	if old == nil || p.epoch != old.epoch || m.item >= 1<<31 {
		m.reset()
		m.item = 1
	}
	m.tidy()
	m.lexicon.follow(p)
	if p == old {
		return
	}
	if old == nil || p.epoch != old.epoch {
		clear(m.near)
		clear(m.held)
		clear(m.looked)
		clear(m.on)
	}
	m.on = grown(m.on, (len(p.terms)+63)/64)
	m.of = grown(m.of, len(p.terms))
	m.near = grown(m.near, int(p.nears))
	m.held = grown(m.held, len(p.conds))
	m.looked = grown(m.looked, len(p.rules))
}

// grown returns s with room for n, and some more.
func grown[T any](s []T, n int) []T {
	if n <= len(s) {
		return s
	}
	bigger := make([]T, n+n/4+8)
	copy(bigger, s)
	return bigger
}

func (m *Matcher) set1(t uint32)      { m.on[t>>6] |= 1 << (t & 63) }
func (m *Matcher) isOn(t uint32) bool { return m.on[t>>6]&(1<<(t&63)) != 0 }

// has makes the term of a value true, if there is one, and keeps it in list.
func (m *Matcher) has(list []uint32, k termKind, value string) []uint32 {
	if value == "" {
		return list
	}
	t := m.p.table.find(m.p.terms, k, value, text.Hash(value))
	if t == 0 || m.isOn(t) {
		return list
	}
	m.set1(t)
	return append(list, t)
}

// keys makes true what is known of the item besides its words.
func (m *Matcher) keys(d *Doc) {
	m.set1(always)
	m.present = append(m.present, always)
	m.present = m.has(m.present, termFeed, d.Feed)
	m.present = m.has(m.present, termTier, d.Tier)
	for lang := strings.ToLower(strings.ReplaceAll(d.Language, "_", "-")); lang != ""; {
		m.present = m.has(m.present, termLang, lang)
		lang = lang[:max(0, strings.LastIndexByte(lang, '-'))]
	}
	for host := strings.ToLower(d.Site); host != ""; {
		m.present = m.has(m.present, termSite, host)
		_, host, _ = strings.Cut(host, ".")
	}
}

func (m *Matcher) lookFacts(f *Facts) {
	m.set1(development)
	list := append(m.ofFacts, development)
	list = m.has(list, termNegotiation, f.Negotiation)
	list = m.has(list, termKindOf, f.Kind)
	for _, g := range f.Groups {
		list = m.has(list, termKindOf, g)
	}
	for _, b := range f.By {
		list = m.has(list, termBy, b)
	}
	for _, p := range f.Parties {
		list = m.has(list, termParty, p)
	}
	for _, p := range f.Mediators {
		list = m.has(list, termMediator, p)
	}
	m.ofFacts = m.has(list, termCertainty, f.Certainty)
}

// Match appends to into the rules that hold of the item with the facts of one
// of its developments. The Because of a Match is valid until the next Item.
func (m *Matcher) Match(f *Facts, into []Match) []Match {
	m.tick++
	m.atFact = m.tick
	m.facts = f
	for _, t := range m.ofFacts {
		m.on[t>>6] &^= 1 << (t & 63)
	}
	m.ofFacts = m.ofFacts[:0]
	if f != nil {
		m.lookFacts(f)
	}
	m.hits, m.asked = m.hits[:0], 0
	m.candidates(m.anchors())
	m.candidates(m.ofFacts)
	if m.asks++; m.asks%m.p.every() == 0 {
		m.sample()
	}
	m.hits = m.alive()
	m.spare = grown(m.spare, len(m.hits))
	for _, h := range sortHits(m.hits, m.spare) {
		r := &m.p.rules[uint32(h)]
		from := len(m.because)
		m.explain(m.p.code[r.code+ruleHead:])
		into = append(into, Match{Rule: r.name, Index: int(r.index), Because: m.because[from:len(m.because):len(m.because)]})
	}
	return into
}

// anchors returns those of the item's terms that rules are filed under.
func (m *Matcher) anchors() []uint32 {
	if len(m.chosen) < len(m.present) {
		m.chosen = make([]uint32, len(m.present)+len(m.present)/4)
	}
	list, n := m.chosen[:len(m.present)], uint(0)
	filed, between := m.p.filed, m.p.settled-m.p.filed
	for _, t := range m.present { // without a branch, since it cannot be foreseen
		list[n] = t
		filedUnder := uint(0)
		if t-filed >= between {
			filedUnder = 1
		}
		n += filedUnder
	}
	return list[:n]
}
