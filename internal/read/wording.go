package read

import (
	"fmt"
	"slices"
	"strings"

	"parley/internal/classify"
	"parley/internal/news"
	"parley/internal/text"
)

// How an item reads as a whole. Cues find a development by a clause; whether the
// item is about it, or only looks back on it, often stands in a dozen small words
// around, none of which would be worth a rule: "analysts", "remains", "since then".
// These were weighed by learning from the labelled items (TestWording), without the
// quarter that is set aside, and stand in data/wording with their weights. Names of
// actors and figures count as one word each, so that nothing is learned about whom an
// item is about. The opinion can only silence, and only when it is clear.

// leadWords is how many words are weighed: headline and lead.
const leadWords = 60

// doubtful is the logarithm of the odds under which an item is not believed; of what
// is told firmly, more is asked. In five-fold cross-validation one true development in a
// hundred reads so, and three in four of the items that tell nothing.
const (
	doubtful     = -.8
	doubtfulFirm = -2
	fewWords     = 25
)

// The names of features: words of the headline, words of the text, and these in
// place of an actor, of a figure, and before the first word.
const (
	inHeadline = 't'
	inLead     = 'b'

	anyone    = "<who>"
	anyFigure = "<n>"
	atStart   = "<start>"
)

// A wordSeen is a word of the lead, with what stands before it.
type wordSeen struct {
	where        byte
	word, before string
	key, last    uint64
}

// wordKeys are the keys of the words that stand for others.
type wordKeys struct{ anyone, anyFigure, atStart uint64 }

func newWordKeys() wordKeys {
	return wordKeys{text.Key(anyone), text.Key(anyFigure), text.Key(atStart)}
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
				at.word, at.key = anyone, keys.anyone
				if at.last == keys.anyone {
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

// firm reports a development that headline and lead both tell, with two sides and with
// somebody who stands by it; of a brief, that its one sentence names two sides.
func (r *reader) firm(live []event, brief bool) bool {
	first := &live[0]
	if r.sides(first.s.p, first.s.from, first.s.to) < 2 {
		return false
	}
	return brief || slices.ContainsFunc(live, func(e event) bool {
		return first.s.p.title && e.kind == first.kind && e.s.order == 1 && r.voice(e.s).found
	})
}

// readsAsNone reports by its wording that an item tells no development, and the
// words that tell so; "" if it may well.
func (r *reader) readsAsNone(live []event) string {
	m := r.wordings[r.language]
	if m == nil {
		return ""
	}
	for i := range live { // told below a lead about something else, by who has a say
		if e := &live[i]; e.kind == news.TalksScheduled && e.s.order >= 3 && r.sides(e.s.p, e.s.from, e.s.to) >= 2 && r.voice(e.s).found {
			return ""
		}
	}
	r.weighed.Reset(m)
	n := r.wording(&r.wordKeys, func(w wordSeen) {
		r.weighed.Add(classify.Word(w.where, w.key))
		r.weighed.Add(classify.Pair(w.last, w.key))
	})
	odds := r.weighed.LogOdds()
	if odds >= doubtful || odds >= doubtfulFirm && r.firm(live, n < fewWords) {
		return ""
	}
	var words []string
	for _, name := range r.weighed.Against(12) {
		w := strings.TrimPrefix(strings.TrimPrefix(name, string(inHeadline)+": "), string(inLead)+": ")
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
		out[language] = m
	}
	return out, nil
}

// wordedLanguages are those of which there are enough labelled items to learn from.
var wordedLanguages = [...]string{"en"}
