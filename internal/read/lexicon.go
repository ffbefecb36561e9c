package read

import (
	"fmt"
	"slices"
	"strings"

	"parley/internal/text"
)

// A cue is one entry of a lexicon.
type cue struct {
	classes set
	marks   mark
	tone    int8
	length  uint8         // in tokens
	ordinal int8          // for the round: what number the word names
	forms   [classes]form // by class; zero for classes without forms
}

// phrase is the rest of a cue of several words, behind its first.
type phrase struct {
	rest []string
	next uint32 // the hash of the first of them
	cue  *cue
}

type entry struct {
	single  *cue
	phrases []phrase // longest first
	next    uint64   // a bit for the hash of every second word: most tokens that follow have none of them
}

// A lexicon is the compiled data file of one language.
type lexicon struct {
	at       int               // among the languages
	words    map[string]*entry // while it is loaded
	sealed   map[string]uint32 // … and then until they are in the vocabulary: their entries
	entries  []entry           // [0] is none
	weekdays []string
	heads    uint64 // a bit for the two bytes that each weekday begins with
	tails    uint64 // … and ends with
}

// newLexicon compiles data/<language>.txt.
func newLexicon(language string) (*lexicon, error) {
	x := &lexicon{at: slices.Index(languages[:], language), words: make(map[string]*entry, 4096)}
	var in section
	err := eachEntry(language, func(heading string) (err error) {
		in, err = parseSection(heading)
		return err
	}, func(cue string) error { return x.add(cue, in) })
	if err != nil {
		return nil, err
	}
	x.seal()
	for _, day := range x.weekdays {
		x.heads |= ends(day[0], day[1])
		x.tails |= ends(day[len(day)-2], day[len(day)-1])
	}
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
	h := text.Hash(rest[0])
	e.phrases[at] = phrase{rest, h, q}
	e.next |= 1 << (h & 63)
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

// entry returns what a word begins in this language: an empty entry if it
// begins nothing.
func (x *lexicon) entry(w *word) *entry { return &x.entries[w.cues[x.at]] }

// leastGlued is the length of the shortest word that may be two.
const leastGlued = 9

// ends is a bit for two bytes.
func ends(a, b byte) uint64 { return 1 << ((7*a + b) & 63) }

// mayGlue reports that a word of leastGlued bytes or more may begin or end with a
// weekday: hardly any does.
func (x *lexicon) mayGlue(w string) bool {
	return x.heads&ends(w[0], w[1])|x.tails&ends(w[len(w)-2], w[len(w)-1]) != 0
}

// glued returns the cue that a feed has stuck to a weekday: "saidThursday".
func (x *lexicon) glued(w string, v *vocabulary) *cue {
	if len(w) < leastGlued || len(w) > 24 || !x.mayGlue(w) {
		return nil
	}
	for _, day := range x.weekdays {
		rest, ok := strings.CutSuffix(w, day)
		if !ok {
			if rest, ok = strings.CutPrefix(w, day); !ok {
				continue
			}
		}
		if e := x.entry(v.find(text.Key(rest), text.Hash(rest))); e.single != nil && e.single.classes.has(cSaid) {
			return e.single
		}
	}
	return nil
}

// classed is at for phrases that have a class.
func (e *entry) classed(tokens []text.Token, i int) *cue {
	for k := range e.phrases {
		if f := &e.phrases[k]; f.cue.classes != 0 && f.at(tokens, i) {
			return f.cue
		}
	}
	return e.single
}

// at returns the longest cue that begins with the entry's word at token i, nil
// if none does.
func (e *entry) at(tokens []text.Token, i int) *cue {
	if i+1 < len(tokens) && e.next>>(tokens[i+1].Hash&63)&1 != 0 {
		for k := range e.phrases {
			if f := &e.phrases[k]; f.next == tokens[i+1].Hash && f.at(tokens, i) {
				return f.cue
			}
		}
	}
	return e.single
}

// at reports whether a phrase goes on behind its first word at token i. It may
// span hyphens and plain spaces, not a comma or the end of a sentence.
func (f *phrase) at(tokens []text.Token, i int) bool {
	if i+len(f.rest) >= len(tokens) {
		return false
	}
	for k, w := range f.rest {
		n := &tokens[i+1+k]
		if n.Norm != w || n.Gap&(text.SentenceEnd|text.Comma|text.Semicolon|text.Colon|text.Dash) != 0 {
			return false
		}
	}
	return true
}
