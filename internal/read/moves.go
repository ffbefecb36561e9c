package read

import (
	"parley/internal/dates"
	"parley/internal/text"
)

// What is moved may go to another day, or to another place.

// movesTalks reports talks that the verb at token i moves to another place: "shifted
// Wednesday's talks between the two to Batumi". A day is no place.
func (p *part) movesTalks(i, to int) bool {
	if !p.english {
		return false
	}
	switch p.t.Tokens[i].Norm {
	case "moved", "moves", "shifted", "shifts", "relocated", "relocates", "switched", "switches", "moving", "shifting", "relocating":
	default:
		return false
	}
	talks := false
	for k := i + 1; k+1 < min(to, i+16); k++ {
		if p.t.Tokens[k].Gap&(text.Comma|text.Semicolon|text.Colon|text.SentenceEnd) != 0 {
			return false
		}
		talks = talks || p.has(k, cTalks) || p.has(k, cMeeting)
		if talks && p.t.Tokens[k].Norm == "to" && p.t.Tokens[k+1].Flags&text.Capital != 0 && !p.dated(k+1) {
			return true
		}
	}
	return false
}

// fromTo reports that tokens from k on lead from one name to another: "from Athens to Thessaloniki".
func (p *part) fromTo(k, to int) bool {
	if k+3 >= to || p.t.Tokens[k].Norm != "from" || p.t.Tokens[k+1].Flags&text.Capital == 0 || p.dated(k+1) {
		return false
	}
	for j := k + 2; j+1 < min(to, k+5); j++ {
		if p.t.Tokens[j].Norm == "to" {
			return p.t.Tokens[j+1].Flags&text.Capital != 0 && !p.dated(j+1)
		}
	}
	return false
}

// ontoPlace reports that what is moved goes to another place, and to no other day:
// "moved from Kuala Lumpur to Singapore".
func (r *reader) ontoPlace(s *sentence, end int) bool {
	p := s.p
	if r.english && end+1 < s.to && p.t.Tokens[end].Norm == "to" && p.t.Tokens[end+1].Flags&text.Capital != 0 && !p.dated(end+1) && !p.title {
		return true // "moves to Sichuan on Tuesday"
	}
	if p.english && (p.fromTo(end, s.to) || p.fromTo(end-1, s.to)) {
		return true // "moved from Phuket to Pattaya on Nov 6"
	}
	if len(p.datesIn(end, min(s.to, end+7))) > 0 {
		return false
	}
	for _, d := range p.datesIn(end, min(s.to, end+20)) {
		if d.Status == dates.Superseded { // "the talks between the army and the RSF from 9 to 16 May"
			return false
		}
	}
	for _, w := range p.whoIn(max(s.from, end-1), min(s.to, end+5)) {
		if r.english && w.from > end {
			if led := p.t.Tokens[w.from-1].Norm; led == "between" || led == "with" || led == "and" || led == "the" {
				continue // whose talks they are
			}
		}
		if w.place || w.venue != "" || w.id != "" {
			return true
		}
	}
	return false
}
