package read

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"parley/internal/classify"
	"parley/internal/news"
	"parley/internal/text"
)

// How an item reads as a whole. Cues find a development by a clause; whether the
// item is about it, or only looks back on it, often stands in a dozen small words
// around, none of which would be worth a rule: "analysts", "remains", "since then".
// And what happened can be worded in more ways than any list of cues has. So the words
// were weighed by learning from the labelled items (TestWording), without the
// quarter that is set aside, and stand in data/wording with what each weighs for each
// kind of development, and for none. Names of actors and figures count as one word
// each, so that nothing is learned about whom an item is about. The opinion is a second
// one: it silences what clearly reads as none, and where no rule has found a clause
// it is asked what the item tells (worded.go).

// leadWords is how many words are weighed: headline and lead.
const leadWords = 60

// doubtful is the logarithm of the odds of none above which an item is not believed; of
// what is told firmly, more is asked. In five-fold cross-validation three true developments
// in a hundred read so, most of them told firmly, and five in six of the items that tell nothing.
const (
	doubtful     = .5
	doubtfulFirm = 2
	fewWords     = 25
)

// The names of features: words of the headline, words of the text, the stems of both,
// classes of cues in headline and lead, what shape these have, and the words in place of an
// actor, of a person, of a place, of a figure, and before the first word.
const (
	inHeadline    = 't'
	inLead        = 'b'
	stemmed       = 'a'
	cueHeadline   = 'h'
	cueLead       = 'k'
	shapeHeadline = 's'
	shapeLead     = 'l'

	anyone    = "<who>"
	anyPerson = "<person>"
	anyPlace  = "<place>"
	anyFigure = "<n>"
	atStart   = "<start>"
)

// A shape is what headline or lead have besides words: how many sides they name, whether
// two of them negotiate, and where in time the days lie that they name.
type shape uint8

const (
	nobody shape = iota
	oneSide
	twoSides
	moreSides
	opponents
	dayAhead
	dayToday
	dayPast
	shapes
)

var shapeNames = [shapes]string{"nobody", "one", "two", "more", "opponents", "ahead", "today", "past"}

// The sort of items that tell nothing comes first in every model; the others are kinds.
const (
	none     = 0
	noneName = "none"
)

// A wordSeen is a word of the lead, with what stands before it.
type wordSeen struct {
	where        byte
	word, before string
	key, last    uint64
}

// wordKeys are the keys of the words that stand for others, and of the classes.
type wordKeys struct {
	anyone, anyPerson, anyPlace, anyFigure, atStart uint64

	classes [classes]uint64
	shapes  [shapes]uint64
}

func newWordKeys() wordKeys {
	k := wordKeys{anyone: text.Key(anyone), anyPerson: text.Key(anyPerson), anyPlace: text.Key(anyPlace), anyFigure: text.Key(anyFigure), atStart: text.Key(atStart)}
	for i, name := range shapeNames {
		k.shapes[i] = text.Key(name)
	}
	for c, name := range classWords() {
		k.classes[c] = text.Key(name)
	}
	return k
}

// classWords names every class by one word: of those that several sections of the
// lexicon fill, such as the tones, the first by the alphabet.
func classWords() (words [classes]string) {
	for name, c := range classNames {
		if words[c] == "" || name < words[c] {
			words[c] = name
		}
	}
	return words
}

// wording goes through the words of headline and lead, and returns how many there are.
func (r *reader) wording(keys *wordKeys, see func(wordSeen)) (n int) {
	for i := range r.sentences {
		s := &r.sentences[i]
		if n > leadWords {
			break
		}
		at := wordSeen{where: inLead, before: atStart, last: keys.atStart}
		if s.p.title {
			at.where = inHeadline
		}
		who := s.p.whoIn(s.from, s.to)
		for k := s.from; k < s.to; k++ {
			n++
			for len(who) > 0 && (who[0].to <= k || who[0].body && !who[0].person || who[0].anon && !who[0].person) {
				who = who[1:]
			}
			t := &s.p.t.Tokens[k]
			at.word, at.key = t.Norm, t.Key
			switch {
			case len(who) > 0 && who[0].from <= k:
				switch at.word, at.key = anyone, keys.anyone; {
				case who[0].person:
					at.word, at.key = anyPerson, keys.anyPerson
				case who[0].place:
					at.word, at.key = anyPlace, keys.anyPlace
				}
				if at.last == at.key {
					continue
				}
			case t.Flags&text.Number != 0 || t.Norm != "" && t.Norm[0] >= '0' && t.Norm[0] <= '9':
				at.word, at.key = anyFigure, keys.anyFigure
			}
			see(at)
			at.before, at.last = at.word, at.key
		}
	}
	return n
}

// firm reports a development that headline and lead both tell, the lead with both
// sides, and that somebody at the top speaks of; of a brief, that its one sentence names
// two sides.
func (r *reader) firm(live []event, brief bool) bool {
	first := &live[0]
	if brief && r.sides(first.s.p, first.s.from, first.s.to) >= 2 {
		return true
	}
	n := r.negotiation(first)
	if n != nil && r.english && len(n.Parties) <= 1 && r.calledByName(n) && first.s.order <= 1 && r.voicedAtTop() {
		return true // elections and budgets are what Libya's chambers negotiate
	}
	if p := first.s.p; brief && n != nil && r.english && p.title && first.arg >= 0 && p.has(first.arg, cTalks) && first.trigger > first.arg && first.trigger-first.arg <= 2 {
		return true // "Sudan talks end without truce deal"
	}
	return n != nil && r.voicedAtTop() && slices.ContainsFunc(live, func(e event) bool {
		return e.kind == first.kind && e.s != first.s && e.s.order+first.s.order == 1 && r.partiesIn(e.s, n) >= min(2, len(n.Parties))
	})
}

// voicedAtTop reports that headline, lead or the sentence behind it say who speaks.
func (r *reader) voicedAtTop() bool {
	for i := range r.sentences {
		if s := &r.sentences[i]; s.order <= 2 {
			if u := r.voice(s); u.found || u.joint {
				return true
			}
		}
	}
	return false
}

// cueClasses goes through the classes of cues that headline and lead have.
func (r *reader) cueClasses(see func(where byte, c class)) {
	for i := range r.sentences {
		s := &r.sentences[i]
		where := byte(cueLead)
		switch {
		case s.p.title:
			where = cueHeadline
		case s.order > 1:
			return
		}
		for left := s.classes; left != 0; left &= left - 1 {
			see(where, class(bits.TrailingZeros64(uint64(left))))
		}
	}
}

// shape goes through the shapes of headline and lead.
func (r *reader) shape(see func(where byte, x shape)) {
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 1 {
			return
		}
		where := byte(shapeLead)
		if s.p.title {
			where = shapeHeadline
		}
		sides := min(shape(r.sides(s.p, s.from, s.to)), moreSides)
		see(where, sides)
		if sides >= twoSides && r.opponents(s.p.whoIn(s.from, s.to), true) {
			see(where, opponents)
		}
		for _, d := range s.p.datesIn(s.from, s.to) {
			switch {
			case d.To > r.today:
				see(where, dayAhead)
			case d.To == r.today:
				see(where, dayToday)
			default:
				see(where, dayPast)
			}
		}
	}
}

// stem cuts the commonest English endings off, so that "resume", "resumed" and "resuming"
// are one feature. It is crude: what it must not do is part what belongs together.
func stem(w string) string {
	if len(w) < 5 || w[0] == '<' || w[0] >= 0x80 {
		return w
	}
	for _, end := range endings[w[len(w)-1]] {
		if short := len(w) - len(end); short >= 4 && w[short:] == end {
			return w[:short]
		}
	}
	return w
}

// endings are those that stem cuts off, by their last letter, the longest first.
var endings = [256][]string{
	's': {"ations", "ments", "ings", "ers", "ies", "es", "s"}, 'n': {"ation"}, 't': {"ment"}, 'g': {"ing"},
	'd': {"ied", "ed"}, 'r': {"er"}, 'y': {"ly", "y"}, 'e': {"e"},
}

// opinion weighs how the item is worded, once. It is nil for languages of which too
// little was there to learn from.
func (r *reader) opinion() *classify.Sum {
	m := r.wordings[r.language]
	if m == nil {
		return nil
	}
	if !r.opined {
		r.opined = true
		r.weighed.Reset(m)
		r.wordsRead = r.wording(&r.wordKeys, func(w wordSeen) {
			r.weighed.Add(classify.Word(w.where, w.key))
			if short := stem(w.word); len(short) < len(w.word) {
				r.weighed.Add(classify.Word(stemmed, text.Key(short)))
			} else {
				r.weighed.Add(classify.Word(stemmed, w.key))
			}
			r.weighed.Add(classify.Pair(w.last, w.key))
		})
		r.shape(func(where byte, x shape) { r.weighed.Add(classify.Word(where, r.wordKeys.shapes[x])) })
		r.cueClasses(func(where byte, c class) { r.weighed.Add(classify.Word(where, r.wordKeys.classes[c])) })
	}
	return &r.weighed
}

// readsAsNone reports by its wording that an item tells no development, and the
// words that tell so; "" if it may well.
func (r *reader) readsAsNone(live []event) string {
	o := r.opinion()
	if o == nil {
		return ""
	}
	if live[0].instead {
		return ""
	}
	if n := r.negotiation(&live[0]); n != nil && r.english && len(n.Parties) == 1 && live[0].s.p.title && r.calledByName(n) && countIn(r.title.who, n.Mediators) > 0 {
		return "" // whose bodies talk of elections and budgets with the mediator
	}
	for i := range live { // told below a lead about something else, by who has a say
		if e := &live[i]; e.kind == news.TalksScheduled && e.s.order >= 3 && r.sides(e.s.p, e.s.from, e.s.to) >= 2 && r.voice(e.s).found {
			return ""
		}
	}
	odds := o.LogOdds(none)
	if odds <= doubtful || odds <= doubtfulFirm && r.firm(live, r.wordsRead < fewWords) {
		return ""
	}
	var words []string
	for _, name := range o.For(none, 12) {
		where, w, _ := strings.Cut(name, ": ")
		if w == "" {
			w = where // two words
		} else if where[0] != inHeadline && where[0] != inLead {
			continue
		}
		if strings.Contains(w, "<") || len(words) == 3 {
			continue
		}
		words = append(words, "“"+w+"”")
	}
	return fmt.Sprintf("reads as background, not as news, by its words: %s", strings.Join(words, ", "))
}

// readWordings reads the models of data/wording, a language each.
func readWordings() (map[string]*classify.Model, error) {
	out := map[string]*classify.Model{}
	for _, language := range wordedLanguages {
		file := "data/wording/" + language + ".tsv"
		b, err := data.ReadFile(file)
		if err != nil {
			return nil, err
		}
		m, err := classify.Parse(file, b)
		if err != nil {
			return nil, err
		}
		if m.Sort(noneName) != none {
			return nil, fmt.Errorf("%s: the first sort is to be %q", file, noneName)
		}
		out[language] = m
	}
	return out, nil
}

// wordedLanguages are those of which there are enough labelled items to learn from.
var wordedLanguages = [...]string{"en"}
