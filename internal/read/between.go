package read

import (
	"strings"

	"parley/internal/text"
)

// Who goes between others, and is no party to what they negotiate.

// goesBetweenOthers is goesThere, which is asked of one actor for each negotiation that it
// is a party to, and finds the same each time.
func (r *reader) goesBetweenOthers(a actorNumber, id string) bool {
	k := r.places[a]
	if !r.english || k == 0 {
		return false
	}
	if r.goes[k-1] == goesUnknown {
		if r.goes[k-1] = goesNot; r.goesThere(id) {
			r.goes[k-1] = goesBetween
		}
	}
	return r.goes[k-1] == goesBetween
}

// What is known of an actor of the item: whether it goes between others.
const (
	goesUnknown = iota
	goesNot
	goesBetween
)

// goesThere reports that the headline or the lead calls a state a mediator: it is then
// no party here, whatever else it negotiates.
func (r *reader) goesThere(id string) bool {
	state := false
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 1 {
			break
		}
		if !s.classes.has(cMediating) {
			continue
		}
		if state = state || r.state(id); !state {
			return false
		}
		list := s.p.whoIn(s.from, s.to)
		for j, w := range list {
			if j > 0 && s.p.sideBySide(&list[j-1], &w) || j+1 < len(list) && s.p.sideBySide(&w, &list[j+1]) {
				continue // "its good offices to Delhi and Islamabad", "as Armenia-Azerbaijan mediator"
			}
			k := s.p.next(w.to, min(s.to, w.to+11), of(cMediating)) // behind the name: before it stands between whom
			if w.id == id && !w.place && !w.dateline && s.p.alone(w, k) && k < min(s.to, w.to+11) && !strings.HasSuffix(s.p.t.Tokens[k].Norm, "ed") && s.p.plays(w, s, cMediating) {
				return true
			}
		}
	}
	return false
}

// sideBySide reports two named as a pair: "Delhi and Islamabad", "Armenia-Azerbaijan".
func (p *part) sideBySide(a, b *who) bool {
	return p.listed(a.to, b.from) || a.to == b.from && p.t.Tokens[b.from].Gap&(text.Hyphen|text.Dash) != 0
}
