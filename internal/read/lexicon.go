package read

import (
	"fmt"
	"strings"

	"parley/internal/text"
)

// A cue is one entry of a lexicon.
type cue struct {
	classes set
	forms   [classes]form // by class; zero for classes without forms
	tone    int8
	length  uint8 // in tokens
	ordinal int8  // for the round: what number the word names
	marks   mark
}

// phrase is the rest of a cue of several words, behind its first.
type phrase struct {
	rest []string
	cue  *cue
}

type entry struct {
	single  *cue
	phrases []phrase // longest first
}

// A lexicon is the compiled data file of one language.
type lexicon struct {
	language string
	words    map[string]*entry
	weekdays []string
	table    []slot // words once more, by the hash that each token carries
	mask     uint32
}

type slot struct {
	hash  uint32
	word  string
	entry *entry
}

// seal builds the table.
func (x *lexicon) seal() {
	n := 1
	for n < 4*len(x.words) {
		n *= 2
	}
	x.table, x.mask = make([]slot, n), uint32(n-1)
	for w, e := range x.words {
		h := text.Hash(w)
		i := h & x.mask
		for x.table[i].entry != nil {
			i = (i + 1) & x.mask
		}
		x.table[i] = slot{h, w, e}
	}
}

// find returns the entry of a token's word, nil if it has none.
func (x *lexicon) find(t *text.Token) *entry {
	for i := t.Hash & x.mask; ; i = (i + 1) & x.mask {
		s := &x.table[i]
		if s.entry == nil {
			return nil
		}
		if s.hash == t.Hash && s.word == t.Norm {
			return s.entry
		}
	}
}

// newLexicon compiles data/<language>.txt.
func newLexicon(language string) (*lexicon, error) {
	x := &lexicon{language: language, words: make(map[string]*entry, 4096)}
	var in section
	err := eachEntry(language, func(heading string) (err error) {
		in, err = parseSection(heading)
		return err
	}, func(cue string) error { return x.add(cue, in) })
	if err != nil {
		return nil, err
	}
	x.seal()
	return x, nil
}

// A section of a data file says what its cues are.
type section struct {
	class class
	tone  int8
	mark  mark // instead of a class
}

func parseSection(s string) (section, error) {
	name := strings.Trim(s, "[]")
	if n, ok := strings.CutPrefix(name, "tone"); ok && n != "of" {
		var v int8
		if _, err := fmt.Sscanf(n, "%d", &v); err != nil || v < -2 || v > 2 {
			return section{}, fmt.Errorf("section [%s]: a tone is -2 to +2", name)
		}
		return section{class: cTone, tone: v}, nil
	}
	if m, ok := markNames[name]; ok {
		return section{mark: m}, nil
	}
	c, ok := classNames[name]
	if !ok {
		return section{}, fmt.Errorf("unknown section [%s]", name)
	}
	return section{class: c}, nil
}

func (x *lexicon) add(part string, in section) error {
	c := in.class
	if part == "" {
		return nil
	}
	f := formNone
	if i := strings.LastIndexByte(part, '/'); i > 0 && i == len(part)-2 {
		f = form(part[i+1])
		if !strings.ContainsRune("bzdgnfspm", rune(f)) {
			return fmt.Errorf("cue %q has the unknown form /%c", part, f)
		}
		part = part[:i]
	}
	ordinal := 0
	if c == cOrdinal {
		word, n, ok := strings.Cut(part, "=")
		if !ok {
			return fmt.Errorf("ordinal %q is not word=number", part)
		}
		if _, err := fmt.Sscanf(n, "%d", &ordinal); err != nil || ordinal < 1 || ordinal > 99 {
			return fmt.Errorf("ordinal %q is not word=number", part)
		}
		part = word
	}
	t := text.New(part)
	if len(t.Tokens) == 0 {
		return fmt.Errorf("cue %q has no word", part)
	}
	words := make([]string, len(t.Tokens))
	for i, tok := range t.Tokens {
		words[i] = tok.Norm
	}
	e := x.words[words[0]]
	if e == nil {
		e = &entry{}
		x.words[words[0]] = e
	}
	q := e.cueFor(words)
	if in.mark == aWeekday {
		x.weekdays = append(x.weekdays, words[0])
	}
	if q.marks |= in.mark; in.mark != 0 {
		return nil
	}
	q.classes |= 1 << c
	if q.forms[c] == formNone {
		q.forms[c] = f
	}
	if c == cTone {
		q.tone = in.tone
	}
	if ordinal > 0 {
		q.ordinal = int8(ordinal)
	}
	return nil
}

// cueFor returns the cue of words, a new one if there is none yet.
func (e *entry) cueFor(words []string) *cue {
	if len(words) == 1 {
		if e.single == nil {
			e.single = &cue{length: 1}
		}
		return e.single
	}
	rest := words[1:]
	for _, p := range e.phrases {
		if equal(p.rest, rest) {
			return p.cue
		}
	}
	q := &cue{length: uint8(len(words))}
	at := len(e.phrases)
	for at > 0 && len(e.phrases[at-1].rest) < len(rest) {
		at--
	}
	e.phrases = append(e.phrases, phrase{})
	copy(e.phrases[at+1:], e.phrases[at:])
	e.phrases[at] = phrase{rest, q}
	return q
}

func equal(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// glued returns the cue that a feed has stuck to a weekday: "saidThursday".
func (x *lexicon) glued(w string) *cue {
	if len(w) < 9 || len(w) > 24 {
		return nil
	}
	for _, day := range x.weekdays {
		rest, ok := strings.CutSuffix(w, day)
		if !ok {
			rest, ok = strings.CutPrefix(w, day)
		}
		if e := x.words[rest]; ok && e != nil && e.single != nil && e.single.classes.has(cSaid) {
			return e.single
		}
	}
	return nil
}

// classed is at for phrases that have a class.
func (e *entry) classed(tokens []text.Token, i int) *cue {
	for _, f := range e.phrases {
		if f.cue.classes == 0 {
			continue
		}
		if (&entry{phrases: []phrase{f}}).at(tokens, i) != nil {
			return f.cue
		}
	}
	return e.single
}

// at returns the longest cue that begins with the entry's word at token i, nil
// if none does. A phrase may span hyphens and plain spaces, not a comma or the
// end of a sentence.
func (e *entry) at(tokens []text.Token, i int) *cue {
	if e == nil {
		return nil
	}
phrases:
	for _, p := range e.phrases {
		if i+len(p.rest) >= len(tokens) {
			continue
		}
		for k, w := range p.rest {
			n := &tokens[i+1+k]
			if n.Norm != w || n.Gap&(text.SentenceEnd|text.Comma|text.Semicolon|text.Colon|text.Dash) != 0 {
				continue phrases
			}
		}
		return p.cue
	}
	return e.single
}
