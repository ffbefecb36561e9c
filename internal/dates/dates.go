// Package dates finds the date expressions of running news prose and says, for
// each, which civil days it means, what it is the date of, and how firm it is.
//
// An expression is read in three steps that know nothing of each other. The
// lexicon gives every word one small sense with a single probe; a hand-written
// grammar over senses, shared by all languages, turns a run of them into a
// symbolic value ("the Tuesday of next week"); only then is the value counted
// out from the day of publication. Which way a bare "Tuesday" counts, forward
// or back, and whether it dates talks, words or things past, is decided mention
// by mention from the verb and noun that govern it, never for a whole text.
// Words live in readable files under data, one pair a language, with their
// sources. Anything that may be no date is left alone.
package dates

import (
	"sync"
	"time"

	"parley/internal/text"
)

// languages are those with data, by BCP 47 code.
var languages = [...]string{"en", "ar", "fa", "fr", "es", "ru", "ur"}

// A Tagger finds date expressions. It is immutable and may be used by many
// goroutines at once.
type Tagger struct {
	lexicons [len(languages)]*lexicon
	parsers  sync.Pool
}

// New compiles the data of all languages.
func New() (*Tagger, error) {
	g := new(Tagger)
	for i, id := range languages {
		l, err := loadLexicon(id)
		if err != nil {
			return nil, err
		}
		g.lexicons[i] = l
	}
	g.parsers.New = func() any { return new(parser) }
	return g, nil
}

// Options say what is known of a text besides its words.
type Options struct {
	Language string // BCP 47 code; empty or unknown: guessed from the words
	DayFirst bool   // 3/8 is 3 August, as most of the world writes; English copy without it is read as American
}

// A Granularity says how wide a date is.
type Granularity string

// The granularities.
const (
	ByDay    Granularity = "day"
	ByWeek   Granularity = "week"
	ByMonth  Granularity = "month"
	ByRange  Granularity = "range"
	Deadline Granularity = "deadline" // From is the day of publication, To the last day
)

// A Role says what a date is the date of.
type Role string

// The roles.
const (
	Talks  Role = "talks"  // of talks, a deadline, a signature, a truce: what developments are made of
	Speech Role = "speech" // of somebody's speaking
	Past   Role = "past"   // of something that is over and told as background
	Other  Role = "other"
)

// A Status says how the dated thing stands.
type Status string

// The statuses.
const (
	Planned    Status = "planned"
	Considered Status = "considered" // possible, proposed, an alternative
	Held       Status = "held"
	Postponed  Status = "postponed"  // put off from this date
	Superseded Status = "superseded" // another date has replaced it
	Negated    Status = "negated"    // denied, cancelled
)

// A Clock is a time of day that stands with a date.
type Clock struct {
	Set    bool
	Hour   int
	Minute int
	Zone   string // as written, empty when not said
}

// A Mention is one date expression where it stands.
type Mention struct {
	First, Last int    // tokens, half open
	Start, End  int    // bytes of Text.Plain, with qualifiers, without bare "on", "in", "at"
	Span        string // Plain[Start:End]
	From, To    Day    // first and last day; no days where the text's own day is needed and unknown
	Granularity Granularity
	Approx      bool // the wording of the date itself is hedged
	Preferred   bool // false for what is named as an alternative to another date
	Role        Role
	Status      Status
	Group       int  // alternatives of one another share a number above 0, counted anew in each text
	After       bool // "after" stands before it: what is dated lies behind To
	Clock       Clock

	value value
}

// Feast reports that a holiday is named, not a day of the week or month.
func (m *Mention) Feast() bool { return m.value.kind == kindHoliday }

// Find appends the date expressions of t to into, in order of appearance. The
// anchor is the instant of publication in the outlet's zone; with the zero
// time, expressions that need it come without days.
func (g *Tagger) Find(t *text.Text, anchor time.Time, opt Options, into []Mention) []Mention {
	if len(t.Tokens) == 0 {
		return into
	}
	l := g.lexicon(opt.Language)
	if l == nil {
		l = g.guess(t, opt.Language)
	}
	p := g.parsers.Get().(*parser)
	p.reset(l, t, opt)
	if !anchor.IsZero() {
		p.anchor = DayOf(anchor)
	}
	into = p.run(into)
	p.t, p.tokens = nil, nil
	g.parsers.Put(p)
	return into
}

// lexicon returns that of a language, nil for one without data.
func (g *Tagger) lexicon(code string) *lexicon {
	for i, id := range languages {
		if id == code {
			return g.lexicons[i]
		}
	}
	return nil
}

// guess picks the language that has most of a text's words, common ones above
// all.
func (g *Tagger) guess(t *text.Text, code string) *lexicon {
	if len(code) > 2 { // en-GB, pt_BR
		if l := g.lexicon(code[:2]); l != nil {
			return l
		}
	}
	best, most := g.lexicons[0], 0
	for _, l := range g.lexicons {
		n := 0
		for i := range t.Tokens[:min(len(t.Tokens), 300)] {
			w := t.Tokens[i].Norm
			if l.common[w] {
				n += 2
			}
			if e := l.table.lookup(w); e != nil && e.sense.n > 0 {
				n++
			}
		}
		if n > most {
			best, most = l, n
		}
	}
	return best
}
