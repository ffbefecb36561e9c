package actors

import "parley/internal/text"

// A lexicon is one automaton for everything that is looked up by its wording:
// names, offices, the words around them, and what is no name. A token is
// probed once, in words; phrases go on along edges.
type lexicon struct {
	words  map[string]int32 // folded word, and its forms with a clitic, to its number; 0 is no word
	table  wordTable        // the same, for reading
	paths  edgeTable        // edges, for reading
	cues   []cue            // by word
	marks  []uint8          // by word: 1 + the bit it sets as evidence, 0 none
	roots  []int32          // by word: the node of phrases that begin with it
	edges  map[edge]int32
	nodes  []node          // while it is built
	leaves []leaf          // the same, small, for reading
	flat   []sense         // of all leaves
	doubts [][]choice      // [0] unused
	venues []City          // [0] unused
	terms  []term          // [0] unused
	within map[string]bool // forms with the Arabic preposition that means "in"
}

type edge struct {
	node, word int32
	comma      bool
}

type node struct {
	senses []sense
	kinds  kinds
	more   bool  // phrases go on
	doubt  int32 // index into doubts
}

// A leaf is a node as texts are read with: few bytes, since what costs time is
// fetching them.
type leaf struct {
	kinds  kinds
	first  int32 // of its senses in flat
	count  uint8
	doubt  uint8
	more   bool
	simple bool // no sense asks for capitals or names an actor
}

// senses returns what the phrase of a node can mean, the likeliest first.
func (l *lexicon) senses(n int32) []sense {
	f := &l.leaves[n]
	return l.flat[f.first : f.first+int32(f.count)]
}

// A sense is one thing that a phrase can mean.
type sense struct {
	kind       kinds // one bit
	actor      int32 // −1: none
	term       int32 // index into terms, for offices and their parts
	venue      int32
	capital    uint16 // tokens that must begin with a capital
	all        uint16 // tokens that must be all capitals
	configured bool
	lang       lang
}

// A term is an office, a part of a government, or a word that goes with them.
type term struct {
	name    string
	needs   needs
	implied int32 // actor that holds the office where none is named; −1 none
}

type needs uint8

const (
	nothing needs = iota
	anAffiliation
	aName
	aTopic
)

// A choice is one line of the names in doubt.
type choice struct {
	words uint64  // any of these words of evidence
	named []int32 // all of these actors
	actor int32   // −1: nobody
}

type kinds uint32

const (
	kName kinds = 1 << iota
	kDemonym
	kCapital
	kCity
	kBody // speaks for its actor by its name alone
	kPerson
	kHead
	kSource
	kPart // of a government, anybody's
	kRank
	kTitle
	kMod
	kModSource // a modifier that makes "sources" people
	kPast
	kDet
	kLink
	kLead
	kStop
	kTeam
	kTeamBefore
	kSport
	kSportWeak
	kAgency
	kNotName

	affiliations = kName | kDemonym | kCapital | kBody
	parts        = kHead | kSource | kPart | kLead
)

func (k kinds) is(any kinds) bool { return k&any != 0 }

// A lang groups languages by how they put an office and its affiliation.
type lang uint8

const (
	anyLang lang = iota
	english
	arabic
	persian
	french
	spanish
	russian
	urdu
)

// inPhrase reports whether a gap may stand inside a phrase.
func inPhrase(g text.Gap) bool {
	const parts = text.Comma | text.Colon | text.Semicolon | text.Dash | text.SentenceEnd | text.ParagraphEnd | text.Paren | text.Ellipsis | text.Bullet | text.Question
	return g&parts == 0
}

// find returns the node of a whole text, 0 if it is no phrase of the lexicon.
func (l *lexicon) find(t *text.Text) int32 {
	n := int32(0)
	for i := range t.Tokens {
		w := l.word(t.Tokens[i].Norm)
		switch {
		case w == 0:
			return 0
		case i == 0:
			n = l.roots[w]
		default:
			n = l.next(edge{n, w, t.Tokens[i].Gap&text.Comma != 0})
		}
		if n == 0 {
			return 0
		}
	}
	return n
}

func (l *lexicon) word(norm string) int32 {
	if l.words != nil {
		return l.words[norm]
	}
	return l.table.find(text.Key(norm), text.Hash(norm)).id
}

func (l *lexicon) next(e edge) int32 {
	if l.edges != nil {
		return l.edges[e]
	}
	return l.paths.find(e)
}

// A cue is what a single word says about the names next to it.
type cue uint32

const (
	cueIn      cue = 1 << iota // the place behind it is where something happens
	cueTo                      // with a motion before it
	cueMotion                  // "arrived", "visit"
	cueEvent                   // "talks": a capital right before it is where they are held
	cueSaid                    // a verb of speech
	cueTail                    // "familiar", "briefed": goes on with a source
	cueLink                    // "al", "bin": inside a personal name
	cueCapital                 // "capital" of a country
	cueFollow                  // may stand right behind the noun "official"
	cueMonth
	cueGiven       // a state's name that is a personal name too
	cueCommon      // a short name that is an everyday word in small letters
	cueInBehind    // the place before it is where something happens
	cueSpeaks      // only people and governments do so
	cueEventBefore // right before a capital: then it is where they are held
	cueNotName     // no part of a personal name
	cueHeadline    // none at the start of a sentence or in a headline
)

var cueNames = map[string]cue{
	"in": cueIn, "to": cueTo, "motion": cueMotion, "event": cueEvent, "said": cueSaid, "tail": cueTail,
	"link": cueLink, "capital": cueCapital, "in-behind": cueInBehind, "speaks": cueSpeaks, "event-before": cueEventBefore, "follow": cueFollow, "month": cueMonth,
	"not-name": cueNotName, "headline": cueHeadline,
}
