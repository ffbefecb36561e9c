package read

import (
	"slices"
	"strings"

	"parley/internal/text"
)

// furnitureSections are the sections of data/page/furniture.txt.
var furnitureSections = []string{"button", "pointer", "pointer alone", "pointing", "link", "form", "field", "digest"}

const (
	button = 1 << iota
	pointer
	pointerAlone
	pointing
	linkLine
	formLine
	field
	digest
)

// weigh lists the sentences that may be news, each with its weight: the title
// most, then the lead, then what follows. Share lines, forms, lists of related
// stories, captions and bylines are left out.
func (r *reader) weigh() {
	for i, s := range r.title.t.Sentences {
		w := float32(3)
		if i > 0 && s.To-s.From < 4 {
			w = 1.5
		}
		r.sentences = append(r.sentences, sentence{p: &r.title, from: s.From, to: s.To, weight: w})
	}
	t := r.text.t
	order := 1
	defer func() {
		for i := range r.sentences {
			r.sentences[i].at = i
			r.sentences[i].note()
		}
	}()
	for pi := range t.Paragraphs {
		par := &t.Paragraphs[pi]
		if r.noise(par) {
			continue
		}
		for si := int(t.Tokens[par.From].Sentence); si < len(t.Sentences) && t.Sentences[si].From < par.To; si++ {
			s := t.Sentences[si]
			if s.To-s.From < 3 && !(s.To-s.From == 2 && r.text.has(s.From+1, cMediating)) || s.To-s.From <= 6 && r.onlyDateline(s.From, s.To) {
				continue
			}
			if r.repeated(s.From, s.To) {
				continue
			}
			// what never ends is read in pieces, so that the cost stays in bounds
			for from := s.From; from < s.To; from += longest {
				to := min(from+longest, s.To)
				r.sentences = append(r.sentences, sentence{p: &r.text, from: from, to: to, order: order, weight: weightOf(order, par.Block)})
				order++
			}
			if order > most {
				return
			}
		}
	}
}

// onlyDateline reports a sentence of nothing but where and when it was written:
// "ISTANBUL, April 10."
func (r *reader) onlyDateline(from, to int) bool {
	p := &r.text
	if p.t.Tokens[from].Flags&text.AllCaps == 0 {
		return false
	}
	for k := from; k < to; k++ {
		if p.t.Tokens[k].Flags&(text.AllCaps|text.Number) == 0 && !p.dated(k) {
			return false
		}
	}
	return true
}

// The bounds of what is read of one item: tokens of a sentence, sentences of a
// text. Real articles stay well below.
const (
	longest = 160
	most    = 240
)

func weightOf(order int, b text.Block) float32 {
	if b == text.ListItem {
		return 1.5
	}
	switch {
	case order == 1:
		return 2.6
	case order == 2:
		return 2.2
	case order <= 4:
		return 1.7
	case order <= 8:
		return 1.3
	}
	return 1
}

// repeated reports a sentence that stood here before, word for word: highlights,
// pull quotes, the title once more.
func (r *reader) repeated(from, to int) bool {
	k := uint64(to - from)
	for i := from; i < to; i++ {
		k = (k ^ uint64(r.text.t.Tokens[i].Hash)) * 0x9E3779B97F4A7C15
		k ^= k >> 29
	}
	if slices.Contains(r.seen, k) {
		return true
	}
	r.seen = append(r.seen, k)
	return false
}

// noise reports a paragraph that is furniture of the page.
func (r *reader) noise(par *text.Paragraph) bool {
	t := r.text.t
	n := par.To - par.From
	words := r.text.words[par.From:par.To]
	start, end := t.Tokens[par.From].Start, t.Tokens[par.To-1].End
	stop := int(end) < len(t.Plain) && strings.ContainsAny(t.Plain[end:min(len(t.Plain), int(end)+4)], ".!?…”\"’")
	if par.Link && n <= 24 {
		return true
	}
	of := words[0].page
	if of&button != 0 {
		return n <= 14
	}
	if n > 1 && n <= 30 && of&beginsPair != 0 && r.words.pairs.has(&t.Tokens[par.From], &t.Tokens[par.From+1]) && r.furniture[words[0].norm+" "+t.Tokens[par.From+1].Norm]&linkLine != 0 {
		return true
	}
	if of&pointer != 0 && n > 1 && n <= 30 {
		next := &t.Tokens[par.From+1]
		if of&pointerAlone != 0 || next.Gap&(text.Colon|text.Dash|text.Paren) != 0 || words[1].page&pointing != 0 {
			return true
		}
	}
	if t.Tokens[par.From].Norm == "by" {
		return n <= 8 && !stop
	}
	if of&formLine != 0 && n <= 20 {
		for _, w := range words {
			if w.page&field != 0 {
				return true
			}
		}
	}
	// an indented headline between paragraphs of prose: a related story
	if n >= 4 && n <= 20 && !stop && par.Block == text.Prose && par.From > 0 && r.titleCase(par) && indented(t.Plain, int(start)) {
		return true
	}
	return false
}

// titleCase reports that most longer words of the paragraph begin in capitals.
func (r *reader) titleCase(par *text.Paragraph) bool {
	long, capital := 0, 0
	for _, tok := range r.text.t.Tokens[par.From:par.To] {
		if tok.End-tok.Start < 4 || tok.Flags&(text.Number|text.NonLatin) != 0 {
			continue
		}
		long++
		if tok.Flags&text.Capital != 0 {
			capital++
		}
	}
	return long >= 3 && capital*10 >= long*8
}

func indented(s string, at int) bool {
	return at >= 2 && s[at-1] == ' ' && s[at-2] == ' '
}

// overMany reports a headline over many stories: a live blog, a daily briefing.
func (r *reader) overMany() bool {
	words := r.title.words
	for i, w := range words {
		if w.page&digest != 0 || i > 0 && words[i-1].page&beginsPair != 0 && r.words.pairs.has(&r.title.t.Tokens[i-1], &r.title.t.Tokens[i]) && r.furniture[words[i-1].norm+" "+r.title.t.Tokens[i].Norm]&digest != 0 {
			return true
		}
	}
	return false
}

// asks reports a title that ends in a question mark.
func asks(t *text.Text) bool {
	s := strings.TrimRight(t.Plain, " \t\n\"'”’»)")
	return strings.HasSuffix(s, "?") || strings.HasSuffix(s, "؟")
}
