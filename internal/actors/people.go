package actors

import "parley/internal/text"

// mostPeople bounds what is remembered of one title and text.
const mostPeople = 64

// A person is somebody whom the text introduces.
type person struct {
	page       *page
	from, to   int32 // the full name
	last       string
	aff        int32
	term, part int32
	kind       kinds
	former     bool
	inferred   bool
}

// attachName joins a phrase with the personal name next to it, on either side.
func (p *page) attachName(r *reader, f *phrase) {
	l := &r.x.lex
	if f.heads == 0 && f.kind != kRank {
		return // a body is nobody's apposition
	}
	if f.plural {
		return
	}
	n := len(p.words)
	to := p.pastTalks(l, f, p.pastModifiers(f))
	if to < n && p.t.Tokens[to].Gap&^(text.Space|text.Dot|text.QuoteClose) == 0 && !p.starts(to) {
		if a, b, _ := p.name(l, to, f.lang); b > a {
			f.nameFrom, f.nameTo, f.to = int32(a), int32(b), int32(b)
			p.behindName(l, f)
			return
		}
	}
	if f.kind == kRank {
		return
	}
	// "Salman Durrani, a spokesman for …"; Persian needs no comma
	if f.from > 0 && !p.starts(int(f.from)) && (p.t.Tokens[f.from].Gap&(text.Comma|text.Dash|text.Paren) != 0 || f.lang == persian) && !(p.t.Tokens[f.from].Gap&text.Dash != 0 && uncased(f.lang)) {
		named := len(p.phrases) > 0 && p.phrases[len(p.phrases)-1].to == f.from && p.phrases[len(p.phrases)-1].nameTo > 0
		if a, b := p.nameBefore(l, int(f.from)); !named && b > a && p.closed(l, to) && !p.namedBehind(l, f, to) {
			f.nameFrom, f.nameTo, f.from = int32(a), int32(b), int32(p.titleBefore(a))
			return
		}
	}
	// "a spokesman for Pakistan's foreign ministry, Tahir X,"
	if to < n && !p.starts(to) && p.t.Tokens[to].Gap&(text.Comma|text.Dash|text.Paren) != 0 && p.t.Tokens[to].Gap&(text.Colon|text.Semicolon) == 0 {
		if a, b, titled := p.name(l, to, f.lang); b > a && (b-a > 1 || titled) {
			if b == n || p.t.Tokens[b].Gap&^(text.Space|text.Hyphen) != 0 || f.definite && p.verbBehind(l, b) && f.kind == kHead && p.subject(l, f) {
				f.nameFrom, f.nameTo, f.to = int32(a), int32(b), int32(b)
			}
		}
	}
}

// namedBehind reports "the ceasefire around El Obeid, its spokesman, Brigadier Z, said":
// whose office it is was named before, and who holds it follows.
func (p *page) namedBehind(l *lexicon, f *phrase, to int) bool {
	switch p.t.Tokens[f.from].Norm {
	case "its", "their", "his", "her":
	default:
		return false
	}
	if to >= len(p.words) || p.starts(to) || p.t.Tokens[to].Gap&text.Comma == 0 {
		return false
	}
	a, b, titled := p.name(l, to, f.lang)
	return b > a && (b-a > 1 || titled)
}

// pastModifiers returns the end of a phrase with the adjectives behind it, in
// languages that put them there: "la consejera adjunta", "وكيل الوزارة للشؤون السياسية".
func (p *page) pastModifiers(f *phrase) int {
	to := int(f.to)
	if f.heads == 0 || f.lang <= english || f.lang == urdu {
		return to
	}
	for range 3 {
		x := p.lexeme(to)
		if x == nil || x.dropped || !x.kinds.is(kMod) || x.kinds.is(kTitle|kRank) || !p.goesOn(to, f) || p.starts(to) {
			break
		}
		to = int(x.to)
	}
	return to
}

// pastTalks returns the end of an office that is one at talks, with these: "Kenya's envoy to
// the talks, Josphat Kirui".
func (p *page) pastTalks(l *lexicon, f *phrase, to int) int {
	if f.lang != english || f.aff < 0 || f.kind != kHead || to+2 >= len(p.words) || p.t.Tokens[to].Norm != "to" || p.t.Tokens[to+1].Norm != "the" || p.starts(to) || !inPhrase(p.t.Tokens[to].Gap) {
		return to
	}
	for i := to + 2; i < min(len(p.words), to+5) && inPhrase(p.t.Tokens[i].Gap); i++ {
		if p.cue(l, i)&cueEvent != 0 && p.t.Tokens[i].Flags&text.Possessive == 0 {
			return i + 1
		}
	}
	return to
}

// subject reports whether a phrase can be the subject of its sentence: no
// preposition stands before it.
func (p *page) subject(l *lexicon, f *phrase) bool {
	i := int(f.from)
	if p.starts(i) {
		return true
	}
	return p.cue(l, i-1)&(cueIn|cueTo) == 0 && !preposition(p.t.Tokens[i-1].Norm)
}

func (p *page) verbBehind(l *lexicon, i int) bool {
	return i < len(p.words) && p.cue(l, i)&cueSaid != 0 && !preposition(p.t.Tokens[i].Norm)
}

// closed reports whether an apposition that ends before token i is closed
// there: by punctuation, or because the sentence goes on with its verb.
func (p *page) closed(l *lexicon, i int) bool {
	if i >= len(p.words) {
		return true
	}
	if p.t.Tokens[i].Gap&^(text.Space|text.Hyphen|text.Slash) != 0 {
		return true
	}
	return p.lexeme(i) == nil || p.lexeme(i).kinds.is(kLink|kTeam|kSportWeak|kDet)
}

// behindName reads an affiliation that stands behind the name: "Maj. Gen. Z of
// the Sudanese army".
func (p *page) behindName(l *lexicon, f *phrase) {
	if f.aff >= 0 {
		return
	}
	i := int(f.to)
	x := p.lexeme(i)
	if x == nil || !x.kinds.is(kLink) || !inPhrase(p.t.Tokens[i].Gap) || !p.ofOrFrom(i) {
		return
	}
	g := phrase{aff: -1}
	end := i
	for pos := int(x.to); pos < len(p.at) && pos < i+longest; {
		y := p.lexeme(pos)
		if y == nil || y.dropped || !p.goesOn(pos, &g) {
			break
		}
		switch {
		case y.kinds.is(kDet|kMod) && y.sense < 0 && !y.kinds.is(kPart):
		case y.sense >= 0 && y.kind.is(affiliations) && g.aff < 0:
			g.aff, g.affKind = y.actor, y.kind
			end = int(y.to)
		case y.kinds.is(kPart):
			g.part = 1
			if p.head(l, f, y, true, true); g.aff >= 0 {
				end = int(y.to)
			}
		default:
			pos = len(p.at)
			continue
		}
		pos = int(y.to)
	}
	if g.aff >= 0 {
		f.aff, f.affKind, f.to = g.aff, g.affKind, int32(end)
	}
}

func (p *page) ofOrFrom(i int) bool {
	switch p.t.Tokens[i].Norm {
	case "of", "from", "at", "for", "with":
		return true
	}
	return false
}

// name reads a personal name from token i on, titles before it included in
// neither end; titled says that there was one.
func (p *page) name(l *lexicon, i int, lang lang) (from, to int, titled bool) {
	n := len(p.words)
	for titles := 0; i < n && titles < 4; titles++ {
		x := p.lexeme(i)
		if x == nil || !x.kinds.is(kTitle|kRank) || x.sense >= 0 {
			break
		}
		titled = true
		i = int(x.to)
		if i < n && (p.starts(i) || p.t.Tokens[i].Gap&^(text.Space|text.Dot) != 0) {
			return 0, 0, false
		}
	}
	if i >= n {
		return 0, 0, false
	}
	if p.t.Tokens[i].Flags&text.NonLatin != 0 && !cased(p.t.Tokens[i].Norm) {
		return p.nameUncased(l, i, titled)
	}
	j := i
	end := i
	limit := 6
	if p.styleAt(i) == titleCase {
		limit = 3
	}
	if p.styleAt(i) == allCaps {
		limit = 2
	}
	for words := 0; j < n && words < limit; {
		if j > i && (p.starts(j) || p.t.Tokens[j].Gap&^(text.Space|text.Hyphen|text.Dot) != 0) {
			break
		}
		if p.partOfName(l, j, j > i) || j > i && j == end && p.t.Tokens[j].Gap == text.Hyphen { // "Kang Do-hyun"
			j++
			words++
			end = j
			continue
		}
		if (j > i || p.joins(j) && !(p.t.Tokens[j].Norm == "de" && (lang == french || lang == spanish))) && p.cue(l, j)&cueLink != 0 && j+1 < n && p.t.Tokens[j].Flags&text.AllCaps == 0 && p.partOfName(l, j+1, true) && p.t.Tokens[j+1].Gap&^(text.Space|text.Hyphen) == 0 {
			j++
			continue
		}
		break
	}
	if end == i {
		return 0, 0, false
	}
	return i, end, titled
}

func (p *page) joins(i int) bool {
	switch p.t.Tokens[i].Norm {
	case "al", "el", "abu", "bin", "ibn", "de", "van", "von":
		return true
	}
	return false
}

// partOfName reports whether token i may be part of a personal name; inside:
// another part stands before it.
func (p *page) partOfName(l *lexicon, i int, inside bool) bool {
	tok := &p.t.Tokens[i]
	if tok.Flags&text.Capital == 0 || tok.Flags&(text.Number|text.Acronym) != 0 && !inside {
		return false
	}
	c := p.cue(l, i)
	if c&cueNotName != 0 || c&cueHeadline != 0 && (p.starts(i) || p.styleAt(i) != plain || tok.Gap&(text.QuoteOpen|text.Colon) != 0) {
		return false
	}
	if tok.Flags&text.AllCaps != 0 && p.styleAt(i) != allCaps && len(tok.Norm) < 4 {
		return false
	}
	x := (*lexeme)(nil)
	if at := p.at[i]; at > 0 {
		x = &p.lexemes[at-1]
	}
	if x == nil {
		return true
	}
	if x.kinds.is(kPerson) && !x.kinds.is(affiliations) {
		return true
	}
	if c&cueGiven != 0 && (x.dropped || inside) {
		return true
	}
	return inside && x.sense < 0 && x.kinds&^(kTitle|kRank|kSport|kSportWeak|kTeam|kLink|kMod|kCity) == 0 && p.t.Tokens[i].Flags&text.Possessive == 0
}

// nameBefore reads the personal name that ends right before token end.
func (p *page) nameBefore(l *lexicon, end int) (from, to int) {
	i := end
	if p.t.Tokens[end-1].Flags&text.NonLatin != 0 && !cased(p.t.Tokens[end-1].Norm) {
		return p.uncasedBefore(l, end)
	}
	for i > 0 && end-i < 5 {
		j := i - 1
		if p.partOfName(l, j, j > 0 && !p.starts(j)) {
			i = j
		} else if i < end && p.cue(l, j)&cueLink != 0 && j > 0 && p.t.Tokens[j].Flags&text.AllCaps == 0 && (p.partOfName(l, j-1, true) || p.joins(j)) && p.t.Tokens[j].Gap&^(text.Space|text.Hyphen) == 0 {
			i = j
		} else {
			break
		}
		if p.starts(i) || p.t.Tokens[i].Gap&^(text.Space|text.Hyphen|text.Dot) != 0 {
			break
		}
	}
	words := end - i
	if words == 0 {
		return 0, 0
	}
	if words == 1 { // a surname alone needs a title, or to be known
		if x := p.before(i); x == nil || !x.kinds.is(kTitle|kRank) {
			return 0, 0
		}
	}
	if p.t.Tokens[end-1].Flags&text.Possessive != 0 {
		return 0, 0
	}
	if p.t.Tokens[i].Gap&text.Paren != 0 && end < len(p.t.Tokens) && p.t.Tokens[end].Gap&text.Dash != 0 && p.t.Tokens[i].Sentence == 0 {
		return 0, 0 // "DAMASCUS, Sept 5 (Global Wire) - Syria's foreign ministry": an agency
	}
	return i, end
}

// titleBefore returns the beginning of a title before token i, i if none.
func (p *page) titleBefore(i int) int {
	for range 4 {
		x := p.before(i)
		if x == nil || !x.kinds.is(kTitle|kRank) || p.starts(i) || x.taken {
			break
		}
		i = int(x.from)
	}
	return i
}

// uncased reports a language whose script has no capitals.
func uncased(l lang) bool { return l == arabic || l == persian || l == urdu }

// cased reports whether a folded word is of a script that has capitals.
func cased(norm string) bool {
	return norm[0] < 0xD6 // Latin, Greek, Cyrillic and Armenian lead bytes
}

// nameUncased reads a name in a script without capitals: two to four words
// that mean nothing else, up to punctuation or a word that is known.
func (p *page) nameUncased(l *lexicon, i int, titled bool) (int, int, bool) {
	n := len(p.words)
	j := i
	for j < n && j < i+5 {
		tok := &p.t.Tokens[j]
		if j > i && (p.starts(j) || tok.Gap&^(text.Space|text.Hyphen) != 0) {
			break
		}
		if tok.Flags&text.Number != 0 || p.t.Quote(j, j+1) == "على" || p.cue(l, j)&(cueNotName|cueSaid|cueIn|cueTo) != 0 {
			break
		}
		if at := p.at[j]; at > 0 && p.lexemes[at-1].kinds&^(kTitle|kMod) != 0 && !(j > i && p.cue(l, j-1)&cueLink != 0) { // "عبد الملك"
			break
		}
		j++
	}
	if j-i < 2 && !titled || j-i > 4 || j == i {
		return 0, 0, false
	}
	return i, j, titled
}

// uncasedBefore is nameBefore for scripts without capitals: two or three
// words that mean nothing else, from the start of a sentence or a clause on.
func (p *page) uncasedBefore(l *lexicon, end int) (from, to int) {
	i := end
	for i > 0 && end-i < 4 {
		j := i - 1
		tok := &p.t.Tokens[j]
		if tok.Flags&text.Number != 0 || p.t.Quote(j, j+1) == "على" || p.cue(l, j)&(cueNotName|cueSaid|cueIn|cueTo) != 0 || p.at[j] > 0 && p.lexemes[p.at[j]-1].kinds&^(kTitle|kMod) != 0 {
			break
		}
		i = j
		if p.starts(i) || tok.Gap&^text.Space != 0 {
			break
		}
	}
	for i < end { // "سید هیثم المحروقی": the courtesy is no part of the name
		x := p.lexeme(i)
		if x == nil || !x.kinds.is(kTitle) || int(x.to) >= end {
			break
		}
		i = int(x.to)
	}
	if end-i < 2 || end-i > 3 {
		return 0, 0
	}
	return i, end
}

// introduce remembers the person of a phrase.
func (r *reader) introduce(p *page, f *phrase) {
	if f.nameTo == f.nameFrom {
		return
	}
	last := p.t.Tokens[f.nameTo-1].Norm
	for i := range r.people {
		q := &r.people[i]
		if q.last == last {
			f.person = int32(i + 1)
			if f.nameTo-f.nameFrom > q.to-q.from {
				q.page, q.from, q.to = p, f.nameFrom, f.nameTo
			}
			if q.aff < 0 && f.aff >= 0 {
				q.aff = f.aff
			}
			if q.term == 0 || q.kind == kRank {
				q.term, q.kind = f.term, f.kind
			}
			if q.part == 0 {
				q.part = f.part
			}
			return
		}
	}
	if len(r.people) >= mostPeople {
		return
	}
	r.people = append(r.people, person{page: p, from: f.nameFrom, to: f.nameTo, last: last, aff: f.aff, term: f.term, part: f.part, kind: f.kind, former: f.former})
	f.person = int32(len(r.people))
}
