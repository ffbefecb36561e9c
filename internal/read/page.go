package read

import (
	"sort"

	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// A part is the title or the text of an item with all that was found in it.
type part struct {
	classes   set  // of all its cues
	allMarks  mark // of all its words
	title     bool
	field     news.Field
	t         *text.Text
	words     []*word   // of the data files
	holds     []holding // by sentence: its classes and marks
	opens     []uint64  // by sentence: what any of its words begins
	namings   []int32   // the tokens that the name of a negotiation may begin at
	cues      []*cue
	english   bool
	marks     []mark // of every word by itself, whatever phrase it stands in
	who       []who
	firstWho  []int32 // by token, and one behind: the first mention from it on
	firstDate []int32 // … and the first date
	byClass   positions
	byMark    positions
	known     row  // the tokens that have an entry in the lexicon
	telling   row  // the tokens whose cue may make an event
	indexed   bool // the positions are filled
	dates     []dates.Mention
	year      int  // of publication, 0 if unknown
	question  bool // a title that asks
	verbLast  bool // as in Persian and Urdu
	verbFirst bool // as in Arabic
}

// who is an actor where the text names one.
type who struct {
	from, to int
	id       string // whose side it is: the actor a person or body speaks for, else the actor itself
	actor    int    // 1 + its place among the actors that the item speaks of, 0 before these are counted
	name     string // of a person
	office   string
	sentFor  string // the actor whose talks are an envoy's task: "the UN envoy for Yemen"
	person   bool   // a person or an office holder
	place    bool   // "in Islamabad"
	dateline bool
	anon     bool   // "a senior official", "sources"
	demonym  bool   // "Iranian"
	inferred bool   // the side does not stand in the phrase
	mediates bool   // the phrase itself says mediator, facilitator, envoy
	body     bool   // a ministry, the White House
	private  bool   // only says whose nation somebody private is
	unnamed  bool   // several, none of them named: "two delegates"
	former   bool   // holds the office no more
	plural   bool   // several hold it: "the mediators"
	venue    string // "Islamabad, Pakistan" where a city is meant
}

// A sentence of a part.
type sentence struct {
	p        *part
	from, to int
	at       int     // index among all sentences
	order    int     // 0 title, 1 the first sentence of the text, …
	weight   float32 // how much what it says is the item's news

	holding
	begins uint64 // what any of these begins, or of the whole sentence that this is a piece of
	reach  int    // behind its last word, and behind the last mention that begins in it

	negotiation *news.Negotiation // what happens in it belongs to, once placed
	placed      bool
	stood       bool // its row of standings is worked out
}

// note tells sentence s what is in it, so that a rule whose word it lacks costs
// nothing.
func (s *sentence) note() {
	p, at := s.p, s.p.t.Tokens[s.from].Sentence
	s.holding, s.begins = p.holds[at], p.opens[at]
	if whole := p.t.Sentences[at]; s.to-s.from < whole.To-whole.From {
		s.holding = holding{}
		for k := p.known.next(s.from, s.to); k < s.to; k = p.known.next(k+1, s.to) {
			if q := p.cues[k]; q != nil {
				s.classes |= q.classes
			}
			s.marks |= p.marks[k]
		}
	}
	s.reach = s.to
	if list := p.whoIn(s.from, s.to); len(list) > 0 {
		s.reach = max(s.to, list[len(list)-1].to)
	}
}

// whoIn returns the mentions inside tokens [from,to).
func (p *part) whoIn(from, to int) []who {
	var a, b int
	if n := len(p.firstWho); p.indexed && uint(from) < uint(n) && uint(to) < uint(n) {
		a, b = int(p.firstWho[from]), int(p.firstWho[to])
	} else {
		a, b = p.whoAt(from), p.whoAt(to)
	}
	if a >= b {
		return nil
	}
	return p.who[a:b]
}

// whoAt returns the first mention that begins at a token or behind it: noted
// once all mentions are known, for it is asked for every question about a
// sentence, and searched for before.
func (p *part) whoAt(token int) int {
	if p.indexed {
		return int(p.firstWho[min(max(token, 0), len(p.firstWho)-1)])
	}
	return sort.Search(len(p.who), func(i int) bool { return p.who[i].from >= token })
}

// datesIn returns the dates that begin inside tokens [from,to).
func (p *part) datesIn(from, to int) []dates.Mention {
	if len(p.dates) == 0 {
		return nil
	}
	a, b := p.dateAt(from), p.dateAt(to)
	if a >= b {
		return nil
	}
	return p.dates[a:b]
}

// dateAt returns the first date that begins at a token or behind it: noted as
// mentions are.
func (p *part) dateAt(token int) int {
	return int(p.firstDate[min(max(token, 0), len(p.firstDate)-1)])
}

// scan finds the cues of every token.
func (p *part) scan(x *lexicon, v *vocabulary) {
	tokens := p.t.Tokens
	p.indexed = false
	p.cues, p.marks = grow(p.cues, len(tokens)), grow(p.marks, len(tokens))
	p.known = grow(p.known, (len(tokens)+63)/64)
	words, cues, marks, known := p.words[:len(tokens)], p.cues[:len(tokens)], p.marks[:len(tokens)], p.known
	classes, all := set(0), mark(0)
	inner := 0 // words of a phrase that are left: they keep their marks
	for i := range tokens {
		n := words[i].cues[x.at]
		if n == 0 {
			if inner > 0 {
				inner--
			} else if w := tokens[i].Norm; len(w) >= leastGlued && x.mayGlue(w) {
				if q := x.glued(w, v); q != nil {
					known.add(i)
					cues[i], marks[i] = q, q.marks
					classes, all = classes|q.classes, all|q.marks
				}
			}
			continue
		}
		known.add(i)
		e := &x.entries[n]
		m := mark(0)
		if e.single != nil {
			m = e.single.marks
		}
		if inner > 0 {
			inner--
			marks[i] = m
			all |= m
			continue
		}
		q := e.single
		if i+1 < len(tokens) && e.next>>(tokens[i+1].Hash&63)&1 != 0 { // most words that follow go on no phrase
			q = e.at(tokens, i)
		}
		if q != nil && q.classes == 0 && q.length > 1 && q.marks&anAdverb == 0 {
			m |= q.marks // a phrase that only marks leaves its words their classes
			q = e.classed(tokens, i)
		}
		if q == nil {
			q = x.glued(tokens[i].Norm, v)
		}
		if q != nil {
			cues[i] = q
			classes |= q.classes
			m |= q.marks
			inner = int(q.length) - 1
		}
		marks[i] = m
		all |= m
	}
	p.classes, p.allMarks = classes, all
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// reported reports whether token k stands in reported speech whose verb comes
// later, as in headlines: "Talks would resume Tuesday, Oman says".
func (p *part) reported(k int) bool {
	to := p.t.Sentences[p.t.Tokens[k].Sentence].To
	for j := k + 1; j < to; j++ {
		if p.has(j, cSaid) || p.has(j, cAccordingTo) {
			return true
		}
	}
	return false
}

// is reports that the word at token k bears a mark, whatever phrase it stands in.
func (p *part) is(k int, m mark) bool { return p.marks[k]&m != 0 }

// beforeArticle returns the token before token at, or the one before its article if that does
// not stand first: where the preposition is in "with the United States".
func (p *part) beforeArticle(at, from int) int {
	k := at - 1
	if k > from && p.is(k, anArticle) {
		k--
	}
	return k
}

// together reports that no comma or clause mark parts two tokens.
func (p *part) together(a, b int) bool {
	if a > b {
		a, b = b, a
	}
	for k := a + 1; k <= b; k++ {
		if p.boundary(k) || p.t.Tokens[k].Gap&text.Comma != 0 {
			return false
		}
	}
	return true
}

// left returns the nearest token before i, within n tokens and the clause,
// whose cue has one of the classes; −1 if none has.
func (p *part) left(i, from, n int, s set) int {
	for k := i - 1; k >= from && k >= i-n; k-- {
		if n <= 8 && p.boundary(k+1) {
			return -1
		}
		if q := p.cues[k]; q != nil && q.classes.any(s) {
			return k
		}
	}
	return -1
}

// boundary reports whether a clause begins at token k.
func (p *part) boundary(k int) bool {
	if k <= 0 || k >= len(p.t.Tokens) {
		return true
	}
	tok := &p.t.Tokens[k]
	if tok.Gap&(text.SentenceEnd|text.Semicolon|text.Colon|text.Dash) != 0 {
		return true
	}
	return p.words[k].page&beginsClause != 0
}

// clauseWords are the conjunctions that a clause begins with.
var clauseWords = [...]string{
	"but", "while", "although", "though", "whereas",
	"mais", "tandis", "alors", "pero", "mientras", "aunque", "но", "однако", "хотя", "لكن", "بينما", "اما", "ولي", "ليكن", "مگر",
}

func (p *part) has(k int, c class) bool {
	return p.cues[k] != nil && p.cues[k].classes.has(c)
}

func atoi(s string) int {
	n := 0
	for i := 0; i < len(s); i++ {
		n = n*10 + int(s[i]-'0')
	}
	return n
}
