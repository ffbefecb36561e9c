package read

import (
	"slices"
	"strings"

	"parley/internal/text"
)

// The sections of data/page/places.txt.
var placeSections = []string{"in", "to", "motion", "town", "of", "article", "behind", "town behind", "host", "land", "everyday"}

const (
	placeIn uint32 = 1 << iota
	placeTo
	placeMotion
	placeTown
	placeOf
	placeArticle
	placeBehind
	placeTownBehind
	placeHost
	placeLand
	placeEveryday
)

// A townSeeker looks for towns that are no actors' and no usual place of talks:
// those of the gazetteer, and those that only their description makes towns
// ("the Kenyan coastal town of Diani"). It is asked only where talks are held,
// and takes a name for a town only behind words that lead to a place.
type townSeeker struct {
	r *reader
	p *part
	s *sentence
}

// towns calls fn with every town where event e may be held, as sentence s tells:
// its venue, its first token, and whether a word leads into it.
func (r *reader) towns(s *sentence, e *event, fn func(venue string, at int, within bool)) {
	x := townSeeker{r, s.p, s}
	for k := s.from; k < s.to; k++ {
		if !x.written(k) {
			continue
		}
		lead := x.lead(k)
		if lead == leadNone || x.known(k, k+1) {
			continue
		}
		found, to := x.town(k, lead)
		if found.venue == "" {
			continue
		}
		if x.held(e, k, found.sure) {
			fn(found.venue, k, lead == leadIn || lead == leadTown)
		}
		k = to - 1
	}
}

// held reports whether event e may be what happens at the town at token k: in
// its own sentence, or in one about talks if the text says where the town is;
// not where it only tells what came before.
func (x townSeeker) held(e *event, k int, sure bool) bool {
	p, s := x.p, x.s
	if p.spokenAt(s, k) {
		return false
	}
	about := of(cTalks, cMeeting, cRoundWord, cHold, cSign, cHosting, cDelegation)
	from := s.from
	if before := p.subordinate(k, s.from); before >= 0 {
		from = before // "after the attack in Arauca", but "after talks in Kara"
	} else if s == e.s && abs(k-e.trigger) <= 14 {
		return true
	}
	if s != e.s && !sure {
		return false
	}
	for j := max(from, k-18); j < min(s.to, k+18); j++ {
		if q := p.cues[j]; q != nil && q.classes.any(about) && !q.classes.has(cSaid) {
			return true
		}
	}
	return false
}

// A townSite is a place where something may be held.
type townSite struct {
	venue string
	sure  bool // the text names its state
}

// A lead is what makes a name at a token a place.
type lead uint8

const (
	leadNone   lead = iota
	leadIn          // "in Kara"
	leadTo          // "moved to Kara"
	leadTown        // "the town of Kara"
	leadBefore      // "Kara talks", "Kara to host": by what stands behind it
)

// lead tells what stands around token k as around a place.
func (x townSeeker) lead(k int) lead {
	tokens := x.p.t.Tokens
	before := uint32(0)
	if k > x.s.from && inPhrase(tokens[k].Gap) {
		before = x.word(k - 1)
	}
	switch {
	case before&placeTown != 0, before&placeOf != 0 && x.describes(max(x.s.from, k-3), k-1): // "ciudad mexicana de Oaxaca"
		if x.insideBefore(k) {
			return leadTown
		}
		return leadBefore
	case before&placeIn != 0 && !(x.r.english && tokens[k-1].Norm == "at"): // "at Shangri-La" is a hotel
		return leadIn
	case before&placeTo != 0:
		for j := k - 2; j >= x.s.from && j >= k-6; j-- {
			if x.word(j)&placeMotion != 0 {
				return leadTo
			}
		}
	}
	if script(tokens[k].Norm) == arabicScript {
		if x.r.language == "ar" && strings.HasPrefix(tokens[k].Norm, "ب") {
			return leadIn
		}
		if x.r.language == "ur" {
			return leadIn // what stands behind decides
		}
		return leadNone
	}
	if before&placeOf == 0 && (k == x.s.from || tokens[k-1].Flags&text.Capital == 0 || tokens[k].Gap&^text.Space != 0) {
		for j := k + 1; j < min(x.s.to, k+6); j++ {
			if q := x.p.cues[j]; q != nil && q.classes.any(of(cTalks, cMeeting, cRoundWord)) || k == x.s.from && x.word(j)&placeHost != 0 {
				return leadBefore
			}
		}
	}
	return leadNone
}

// insideBefore reports that what describes the town at token k stands behind a
// word that leads to a place: "in the eastern town of Trat".
func (x townSeeker) insideBefore(k int) bool {
	for j := k - 1; j >= x.s.from && j >= k-7 && !x.p.boundary(j+1); j-- {
		if w := x.word(j); w&(placeIn|placeTo) != 0 || j >= k-2 && w&placeTown != 0 && strings.HasPrefix(x.p.t.Tokens[j].Norm, "ب") {
			return true
		}
	}
	return false
}

// word returns the sections of places.txt that token k stands in.
func (x townSeeker) word(k int) uint32 { return x.r.townWords[x.p.t.Tokens[k].Norm] }

// written reports that token k is written as the name of a town may begin, and
// is no cue.
func (x townSeeker) written(k int) bool {
	tok := &x.p.t.Tokens[k]
	if tok.Flags&(text.Number|text.Ideograph|text.Acronym) != 0 || tok.Flags&text.Capital == 0 && script(tok.Norm) != arabicScript {
		return false
	}
	q := x.p.cues[k]
	return (q == nil || q.length > 1 || tok.Flags&text.NonLatin != 0) && x.p.marks[k]&(aWeekday|aPronoun|anArticle) == 0
}

// known reports that tokens [from,to) belong to an actor, a known city or a date.
func (x townSeeker) known(from, to int) bool {
	for _, w := range x.p.whoIn(max(0, from-16), to) {
		if w.to > from {
			return true
		}
	}
	for _, d := range x.p.datesIn(max(0, from-8), to) {
		if d.Last > from {
			return true
		}
	}
	return false
}

// town returns the site that the name at token k means, and the token behind
// it; no venue if it means none.
func (x townSeeker) town(k int, l lead) (townSite, int) {
	latin := x.p.t.Tokens[k].Flags&text.NonLatin == 0
	bearers, to := x.bearers(k)
	if len(bearers) == 0 {
		if l == leadBefore || l == leadTo || !latin {
			return townSite{}, k
		}
		return x.unlisted(k, l)
	}
	role := uint32(0)
	if to == k+1 {
		role = x.word(k)
	}
	opens := l == leadIn && k == x.s.from+1 // "In Reading the text …"
	if role&^placeEveryday != 0 || role != 0 && opens || x.known(k, to) || !x.ends(k, to) || !x.fits(k, to, l) {
		return townSite{}, to
	}
	if state := x.stateOf(k, to); state != "" {
		for _, b := range bearers {
			if b.State == state {
				return townSite{b.Title, true}, to
			}
		}
		if latin {
			return x.unlisted(k, l)
		}
	}
	if everyday := role != 0 && (l == leadBefore || x.loud()); !everyday {
		for _, b := range bearers {
			// Geneva, Illinois, is not meant wherever the United States are named
			if b.People*6 >= bearers[0].People && x.r.speaksOf(b.State) {
				return townSite{b.Title, true}, to
			}
		}
	}
	// nothing says where it is: then it must be large, and written like one
	if b := bearers[0]; role == 0 && l != leadBefore && !x.loud() && b.People >= 100 && (b.Own || !latin && len(x.p.t.Tokens[k].Norm) >= 8) {
		return townSite{b.Title, false}, to
	}
	return townSite{}, to
}

// fits reports that what stands behind a name lets it be a place.
func (x townSeeker) fits(k, to int, l lead) bool {
	tokens := x.p.t.Tokens
	if tokens[to-1].Flags&text.Possessive != 0 && l != leadIn {
		return false
	}
	behind := uint32(0)
	if to < x.s.to && inPhrase(tokens[to].Gap) {
		behind = x.word(to)
	}
	switch {
	case l == leadBefore:
		if to < x.s.to && inPhrase(tokens[to].Gap) && (x.word(to)|x.word(min(to+1, x.s.to-1)))&placeHost != 0 {
			return k == x.s.from || k-x.s.from <= 7 && x.describes(x.s.from, k)
		}
		return to < x.s.to && tokens[to].Gap == text.Space && tokens[to-1].Flags&text.Possessive == 0 && x.p.cues[to] != nil && x.p.cues[to].classes.any(of(cTalks, cMeeting, cRoundWord))
	case l == leadIn && x.r.language == "ur" && (k == x.s.from || x.word(k-1)&placeIn == 0):
		return behind&placeBehind != 0 || behind&placeTownBehind != 0 && to+1 < x.s.to && x.word(to+1)&placeBehind != 0
	}
	return true
}

// stateOf returns the state that the text itself puts the town in tokens [k,to)
// into: "Kara, Togo", "Kara, in northern Togo", "the Togolese city of Kara".
func (x townSeeker) stateOf(k, to int) string {
	if state := x.stateBehind(k, to); state != "" {
		return state
	}
	p := x.p
	for j := k - 1; j >= x.s.from && j >= k-7 && !p.boundary(j+1); j-- {
		list := p.whoIn(j, j+1)
		if len(list) == 0 {
			continue
		}
		w := &list[0]
		if w.to <= k && x.r.state(w.id) && (w.demonym || p.t.Tokens[w.to-1].Flags&text.Possessive != 0) && (w.to == k || x.describes(w.to, k)) {
			return w.id
		}
		break
	}
	return ""
}

// stateBehind is stateOf for what stands behind the town.
func (x townSeeker) stateBehind(k, to int) string {
	p, tokens := x.p, x.p.t.Tokens
	list := p.whoIn(to, min(to+7, x.s.to))
	if len(list) == 0 {
		return ""
	}
	w := &list[0]
	adjoins := script(tokens[k].Norm) == arabicScript // "قونیه ترکیه", "صلالة العُمانية"
	if w.person || w.body || w.anon || w.demonym && !adjoins || !x.r.state(w.id) {
		return ""
	}
	g := tokens[to].Gap
	if w.from == to {
		if g == text.Comma|text.Space && !x.speaks(w.to) || g == text.Space && adjoins {
			return w.id
		}
		return ""
	}
	if g&text.Comma == 0 && x.word(to)&(placeIn|placeOf) == 0 || x.word(w.from-1)&(placeIn|placeOf|placeArticle) == 0 && x.word(w.from-2)&(placeIn|placeOf) == 0 {
		return ""
	}
	for j := to; j < w.from; j++ {
		if p.cues[j] != nil && p.cues[j].classes != 0 || j > to && p.boundary(j) {
			return ""
		}
	}
	return w.id
}

// speaks reports that a verb of saying or doing stands at token k: what is
// before it is its subject, no part of a place.
func (x townSeeker) speaks(k int) bool {
	return k < x.s.to && x.p.t.Tokens[k].Gap == text.Space && x.p.cues[k] != nil && x.word(k) == 0
}

// describes reports that tokens [from,to) call what follows a town.
func (x townSeeker) describes(from, to int) bool {
	for j := from; j < to; j++ {
		if x.word(j)&placeTown != 0 {
			return true
		}
	}
	return false
}

// loud reports a headline in capitals, where they tell nothing.
func (x townSeeker) loud() bool {
	long, capitals := 0, 0
	for j := x.s.from; j < x.s.to; j++ {
		if tok := &x.p.t.Tokens[j]; tok.End-tok.Start > 3 && tok.Flags&text.Number == 0 && script(tok.Norm) != arabicScript {
			long++
			if tok.Flags&text.Capital != 0 {
				capitals++
			}
		}
	}
	return long >= 3 && capitals*5 >= long*4
}

// speaksOf reports that the item names a state, in whatever way.
func (r *reader) speaksOf(state string) bool {
	for _, p := range []*part{&r.title, &r.text} {
		if slices.ContainsFunc(p.who, func(w who) bool { return w.id == state }) {
			return true
		}
	}
	return false
}

// inPhrase reports that no mark parts two words.
func inPhrase(g text.Gap) bool {
	return g&(text.Comma|text.Colon|text.Semicolon|text.Dash|text.SentenceEnd|text.ParagraphEnd|text.Paren|text.Ellipsis|text.Bullet|text.Question) == 0
}
