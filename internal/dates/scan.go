package dates

import (
	"strings"

	"parley/internal/text"
)

// A parser holds what one text needs while it is read. It is reused, so that
// reading allocates nothing.
type parser struct {
	lex        *lexicon
	t          *text.Text
	tokens     []text.Token
	opt        Options
	anchor     Day     // no day: unknown
	senses     []sense // of the sentences scanned
	scanned    int     // the sentence that was scanned last, and the one before it
	last       int
	glued      []glue
	sent       text.Range // sentence being read
	items      []item     // found in this sentence, before they are given days
	more       []another  // further days of a list, while it is read
	alternates bool       // the sentence has words like "also possible"
	limit      bool       // the expression is so many days given to do something
	opens      class      // from or between, where one opened the expression
	lastPoint  int        // where the other end of a range began
	before     int        // mentions that were there before this text
	group      int
	base       Day // of the last date of the sentence before
}

// glue notes a weekday with the next word stuck to it: "Fridayreported".
type glue struct {
	token int
	len   int // bytes of the weekday
	cues  cue // of the word behind
}

func (p *parser) reset(l *lexicon, t *text.Text, opt Options) {
	p.lex, p.t, p.tokens, p.opt = l, t, t.Tokens, opt
	p.anchor, p.group, p.base = 0, 0, 0
	p.glued = p.glued[:0]
	if cap(p.senses) < len(t.Tokens) {
		p.senses = make([]sense, len(t.Tokens)+len(t.Tokens)/4)
	}
	p.senses = p.senses[:len(t.Tokens)]
	p.scanned, p.last, p.lastPoint = -1, -1, -1
}

// holdsDate reports whether a sentence has a word that dates are made of; most
// have none, and are not looked at again.
func (p *parser) holdsDate(s text.Range) bool {
	table := &p.lex.table
	for i := s.From; i < s.To; i++ {
		t := &p.tokens[i]
		may := table.dated.has(t.Hash)
		if !may && t.Flags&(text.Number|text.NonLatin|text.Capital) == 0 {
			continue // most words
		}
		w := t.Norm
		if t.Flags&text.Number != 0 {
			return true
		}
		if w == "" {
			continue
		}
		if may {
			if e := table.find(t.Key, t.Hash); e != nil && e.dated {
				if e.sense.dates() {
					return true
				}
				if ph := p.phrase(i, e.phrases); ph != nil && ph.sense.dates() { // to-day, but not every "to"
					return true
				}
			}
		}
		switch {
		case t.Flags&text.NonLatin != 0 && p.lex.and != "":
			if r, ok := p.lex.cutClitic(w); ok && (r[len(r)-1] <= '9' || table.dated.has(text.Hash(r))) {
				if e := table.lookup(r); e == nil && r[len(r)-1] <= '9' || e != nil && e.dated {
					return true
				}
			}
		case t.Flags&text.Capital != 0 && len(w) >= 8:
			for _, d := range p.lex.days {
				if w[0] == d[0] && strings.HasPrefix(w, d) { // Fridayreported
					return true
				}
			}
		}
	}
	return false
}

// withoutClitic returns the entry of the word that a letter is written
// together with: و, ب.
func (p *parser) withoutClitic(w string) *entry {
	if r, ok := p.lex.cutClitic(w); ok && len(r) >= 4 {
		if e := p.lex.table.lookup(r); e != nil && e.sense.n > 0 {
			return e
		}
	}
	return nil
}

// scan gives every token of a sentence its sense.
func (p *parser) scan(in text.Range) {
	toks, table := p.tokens, &p.lex.table
	for i := in.From; i < in.To; i++ {
		t := &toks[i]
		if t.Flags&text.Number != 0 {
			p.senses[i] = number(t.Norm)
			continue
		}
		e := table.find(t.Key, t.Hash)
		if e == nil {
			p.senses[i] = p.unknown(i)
			continue
		}
		if i+1 < len(toks) && e.second>>(toks[i+1].Hash&63)&1 != 0 {
			if ph := p.phrase(i, e.phrases); ph != nil {
				s := e.plain
				s.cues |= ph.sense.cues
				if ph.sense.class != classNone {
					s.class, s.val, s.n = ph.sense.class, ph.sense.val, ph.sense.n
				}
				p.senses[i] = s
				p.alternates = p.alternates || s.class == classAlternate
				for k := 1; k < int(s.n); k++ {
					p.senses[i+k] = sense{class: classCont, n: 1}
				}
				i += int(s.n) - 1
				continue
			}
		}
		p.senses[i] = e.plain
		p.alternates = p.alternates || e.plain.class == classAlternate
	}
}

func (p *parser) phrase(i int, phrases []phrase) *phrase {
next:
	for k := range phrases {
		ph := &phrases[k]
		if i+len(ph.rest) >= len(p.tokens) || p.tokens[i+1].Hash != ph.next {
			continue
		}
		for j, w := range ph.rest {
			t := &p.tokens[i+1+j]
			if t.Norm != w || t.Gap&(text.SentenceEnd|text.ParagraphEnd) != 0 || t.Gap&text.Comma != 0 {
				continue next
			}
		}
		return ph
	}
	return nil
}

// number is the sense of a number in digits; val tells its value up to four
// digits, n how many tokens as ever.
func number(norm string) sense {
	s := sense{class: classDigits, n: 1, val: -1}
	if len(norm) <= 4 {
		v := 0
		for i := 0; i < len(norm); i++ {
			if norm[i] < '0' || norm[i] > '9' {
				return s
			}
			v = v*10 + int(norm[i]-'0')
		}
		s.val = int16(v)
	}
	return s
}

// unknown is the sense of a word that the lexicon does not hold as it stands:
// one that is glued to another, or inflected.
func (p *parser) unknown(i int) sense {
	t := &p.tokens[i]
	w := t.Norm
	s := sense{n: 1}
	if p.lex.and != "" && t.Flags&text.NonLatin != 0 {
		if r, ok := strings.CutPrefix(w, p.lex.and); ok && r != "" && r[0] >= '0' && r[0] <= '9' { // "24 و25"
			s = number(r)
			s.cues = cueAnd
			return s
		}
		if e := p.withoutClitic(w); e != nil {
			s = e.plain
			if p.lex.and != "" && strings.HasPrefix(w, p.lex.and) {
				s.cues |= cueAnd
			}
			return s
		}
	}
	if t.Flags&text.Capital != 0 && len(w) >= 8 {
		for _, d := range p.lex.days {
			if r, ok := strings.CutPrefix(w, d); ok && len(r) >= 2 {
				e := p.lex.table.lookup(r)
				if e == nil && !strings.HasSuffix(r, "ed") {
					continue
				}
				g := glue{token: i, len: len(d)}
				if e != nil {
					g.cues = e.sense.cues
				}
				p.glued = append(p.glued, g)
				return p.lex.table.lookup(d).plain
			}
		}
	}
	if t.Flags&text.Capital != 0 { // a name, not a verb
		return s
	}
	if w == "" || p.lex.endings&(1<<(w[len(w)-1]&63)) == 0 && len(p.lex.prefixes) == 0 {
		return s
	}
	for _, a := range p.lex.suffixes {
		if len(w) > len(a.letters)+2 && strings.HasSuffix(w, a.letters) {
			s.cues |= a.cues
			return s
		}
	}
	for _, a := range p.lex.prefixes {
		if len(w) > len(a.letters)+2 && strings.HasPrefix(w, a.letters) {
			s.cues |= a.cues
			return s
		}
	}
	return s
}

// class returns the class of token i, none beyond the sentence.
func (p *parser) class(i int) class {
	if i < p.sent.From || i >= p.sent.To {
		return classNone
	}
	return p.senses[i].class
}

func (p *parser) val(i int) int { return int(p.senses[i].val) }

// head returns the index of the word or phrase that ends right before i.
func (p *parser) head(i int) int {
	i--
	for i > p.sent.From && p.senses[i].class == classCont {
		i--
	}
	return i
}

// after returns the index behind the word or phrase at i.
func (p *parser) after(i int) int { return i + int(p.senses[i].n) }

// The gaps over which an expression may go on.
const (
	soft  = text.Space | text.Hyphen | text.Dot
	comma = soft | text.Comma
	dash  = soft | text.Dash
)

// joined reports whether nothing but the given marks stands before token i.
func (p *parser) joined(i int, marks text.Gap) bool {
	return i > p.sent.From && i < p.sent.To && p.tokens[i].Gap&^marks == 0
}

// is reports whether token i goes on an expression with a word of class c.
func (p *parser) is(i int, c class) bool { return p.joined(i, soft) && p.senses[i].class == c }

func (p *parser) capital(i int) bool { return p.tokens[i].Flags&(text.Capital|text.NonLatin) != 0 }
