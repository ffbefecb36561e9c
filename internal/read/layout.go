package read

import "strings"

// seal lays a lexicon that is complete out in a few pieces of memory. A garbage
// collector looks at every object that lives, and each cue, entry and word by
// itself would be a hundred thousand of them, over and over.
func (x *lexicon) seal() {
	var cues, phrases, words int
	var all strings.Builder
	at := map[string]int{}
	keep := func(w string) {
		if _, ok := at[w]; !ok {
			at[w] = all.Len()
			all.WriteString(w)
		}
	}
	for w, e := range x.words {
		keep(w)
		if e.single != nil {
			cues++
		}
		for _, f := range e.phrases {
			for _, w := range f.rest {
				keep(w)
			}
			cues, words = cues+1, words+len(f.rest)
		}
		phrases += len(e.phrases)
	}
	kept := all.String()
	s := slabs{make([]entry, 1, len(x.words)+1), make([]cue, 0, cues), make([]phrase, 0, phrases), make([]string, 0, words)}
	x.sealed = make(map[string]uint32, len(x.words))
	for w, e := range x.words {
		laid := entry{next: e.next}
		if e.single != nil {
			laid.single = s.cue(e.single)
		}
		first := len(s.phrases)
		for _, f := range e.phrases {
			from := len(s.rest)
			for _, w := range f.rest {
				s.rest = append(s.rest, kept[at[w]:at[w]+len(w)])
			}
			s.phrases = append(s.phrases, phrase{rest: s.rest[from:len(s.rest):len(s.rest)], next: f.next, cue: s.cue(f.cue)})
		}
		laid.phrases = s.phrases[first:len(s.phrases):len(s.phrases)]
		x.sealed[kept[at[w]:at[w]+len(w)]] = uint32(len(s.entries))
		s.entries = append(s.entries, laid)
	}
	x.words, x.entries = nil, s.entries
}

// Slabs hold what a lexicon consists of, each kind in one piece.
type slabs struct {
	entries []entry
	cues    []cue
	phrases []phrase
	rest    []string
}

func (s *slabs) cue(q *cue) *cue {
	s.cues = append(s.cues, *q)
	return &s.cues[len(s.cues)-1]
}
