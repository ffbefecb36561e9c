package read

import "parley/internal/text"

// That talks are moved says that they were to be elsewhere, whether or not that was told.

// relocated reports an item that says of talks that they are moved to another place:
// "meeting moved to the old airport", "venue changed for Cyprus talks", "à Lausanne et non à
// Genève".
func (r *reader) relocated(e *event) bool {
	for _, s := range r.around(e) {
		if s.order > 1 && s != e.s {
			continue
		}
		if s.p.insteadOfPlace(s) || r.english && s.p.movedAway(s) {
			return true
		}
	}
	return false
}

// movedAway reads the English verbs of moving a meeting.
func (p *part) movedAway(s *sentence) bool {
	if s.begins&beginsMoving == 0 {
		return false
	}
	talks := false
	for k := s.from; k < s.to; k++ {
		talks = talks || p.has(k, cTalks) || p.has(k, cMeeting)
		if p.words[k].page&beginsMoving == 0 {
			continue
		}
		next := ""
		if k+1 < s.to {
			next = p.t.Tokens[k+1].Norm
		}
		switch p.t.Tokens[k].Norm {
		case "moved", "shifted", "switched", "transferred", "moves", "shifts", "switches", "move", "moving":
			if p.movesTalks(k, s.to) {
				return true
			}
			if talks && (next == "to" || next == "from") && len(p.datesIn(k+2, min(s.to, k+4))) == 0 {
				return true
			}
		case "instead":
			if talks && k > s.from && p.venueEndsAt(k) && (k+1 == s.to || p.t.Tokens[k+1].Gap&parts != 0) {
				return true // "will take place in Singapore instead"
			}
		case "switch":
			if next == "from" {
				return true
			}
		case "relocated", "relocate", "relocates":
			return true
		case "venue":
			for j := max(s.from, k-3); j < min(s.to, k+4); j++ {
				switch p.t.Tokens[j].Norm {
				case "change", "changed", "changes", "moved", "switched", "shifted", "replace", "replaces", "replaced":
					return true
				}
			}
		}
	}
	return false
}

// movingWords are those that movedAway looks for, so that most sentences are asked nothing.
var movingWords = [...]string{
	"moved", "shifted", "switched", "transferred", "moves", "shifts", "switches", "move", "moving",
	"instead", "switch", "relocated", "relocate", "relocates", "venue",
}

// venueEndsAt reports that a place is named right before token k.
func (p *part) venueEndsAt(k int) bool {
	for _, w := range p.whoIn(max(0, k-4), k) {
		if w.to == k && (w.place || w.venue != "") {
			return true
		}
	}
	return false
}

// insteadOfPlace reads, in every language, words that say of a place that it is not the one:
// "instead of Cairo", "and not in Cairo", "et non à Genève", "а не в Стамбуле". Of somebody it says only who else
// it is.
func (p *part) insteadOfPlace(s *sentence) bool {
	if s.begins&beginsInstead == 0 {
		return false
	}
	talks := false
	for k := s.from; k+2 < s.to; k++ {
		talks = talks || p.has(k, cTalks) || p.has(k, cMeeting) || p.has(k, cHold)
		if !talks || p.words[k].page&beginsInstead == 0 {
			continue
		}
		n := 2 // words before the place
		a, b, c := p.t.Tokens[k].Norm, p.t.Tokens[k+1].Norm, p.t.Tokens[k+2].Norm
		switch {
		case a == "instead" && b == "of", a == "rather" && b == "than", a == "place" && b == "of", a == "lugar" && b == "de", a == "vez" && b == "de", a == "lieu" && b == "de", a == "plutot" && b == "que":
		case a == "et" && b == "non" && (c == "a" || c == "au"), a == "y" && b == "no" && c == "en", a == "а" && b == "не" && (c == "в" || c == "во"), a == "а" && b == "не" && c == "на":
			n = 3
		case (a == "not" || a == "longer") && b == "in" && k > s.from && (p.t.Tokens[k-1].Norm == "and" || p.t.Tokens[k-1].Norm == "no" || p.t.Tokens[k].Gap&text.Comma != 0):
		case a == "вместо", a == "بدلا" && b != "من":
			n = 1
		case a == "بدلا", a == "وليس":
		default:
			continue
		}
		at := k + n
		if at < s.to && (p.is(at, aPreposition) || p.is(at, aWithin)) {
			at++
		}
		if n == 3 && at < s.to && p.t.Tokens[at].Flags&text.Capital != 0 {
			return true // a small town that nobody knows
		}
		for _, w := range p.whoIn(at, min(s.to, at+2)) {
			if w.from == at && w.venue != "" && (at >= s.to-1 || p.t.Tokens[at].Gap&^text.Space == 0) {
				return true
			}
		}
	}
	return false
}

// insteadWords are those that insteadOfPlace begins with.
var insteadWords = [...]string{"instead", "not", "longer", "rather", "place", "lugar", "vez", "lieu", "plutot", "et", "y", "а", "вместо", "بدلا", "وليس"}
