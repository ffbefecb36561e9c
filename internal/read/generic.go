package read

import (
	"parley/internal/actors"
	"parley/internal/text"
)

// generic reads a subject that names nobody: "he said", "the minister told",
// "the ministry announced", "the bloc said". It ends where stretch x does.
func (r *reader) generic(s *sentence, x stretch) utterance {
	p := s.p
	k := x.to - 1
	for k > x.from && (p.dated(k) || p.is(k, anAdverb) || p.cues[k] != nil && p.cues[k].classes.any(of(cHave, cHad, cBe, cDo))) {
		k--
	}
	if k < x.from {
		return utterance{}
	}
	if p.is(k, aPronoun) {
		body := p.t.Tokens[k].Norm == "it" || p.t.Tokens[k].Norm == "they"
		if list := p.whoIn(s.from, k); !body { // "The UN envoy, Lars Ekwall, will convene them, he told reporters"
			for _, w := range list {
				if w.person && w.name != "" && !w.place {
					return utterance{who: w, p: p, found: true}
				}
			}
		}
		return r.antecedent(body)
	}
	at := k // "the Ministry of Commerce and Industry"
	for j := k; j >= x.from && j > k-8 && p.t.Tokens[k].Flags&text.Capital != 0; j-- {
		if p.is(j, aLocalBody) {
			at = j
			break
		}
		if p.t.Tokens[j].Flags&text.Capital == 0 {
			switch p.t.Tokens[j].Norm {
			case "of", "and", "for", "the", "in":
				continue
			}
			break
		}
		if p.t.Tokens[j].Gap&text.Comma != 0 {
			break
		}
	}
	local := p.is(at, aLocalBody)
	mediating := p.has(at, cMediating) || at > x.from && p.has(at-1, cMediating) && p.cues[at-1].length == 2 // "the co-chairs"
	if mediating && !local && len(p.whoIn(at, at+1)) == 0 {
		return utterance{p: p, found: true, who: who{from: at, to: x.to, mediates: true, inferred: true}}
	}
	if !local && !p.is(at, aBody) {
		if r.english && p.goesBetween(x) {
			return utterance{p: p, found: true, who: who{from: x.from, to: x.to, person: true, mediates: true, inferred: true}}
		}
		return utterance{}
	}
	u := utterance{p: p, found: true, who: who{from: at, to: x.to, inferred: true}}
	if local {
		if id := r.home(); id != "" {
			u.who.id, u.who.inferred = id, false
			return u
		}
		if id := r.homeland(); id != "" {
			u.who.id, u.who.inferred = id, false
			return u
		}
	}
	if group := p.is(at, aGroupWord); group || p.is(at, aStateWord) { // "the bloc", "the kingdom": of its kind
		if id := r.ofKind(p, s, at, group); id != "" {
			u.who.id = id
			return u
		}
	}
	// who spoke before, or who acts first in the sentence
	for j := len(r.heard) - 1; j >= 0 && j >= len(r.heard)-3; j-- {
		if o := r.heard[j]; o.found && o.who.id != "" && o.p == p {
			u.who.id = o.who.id
			return u
		}
	}
	if local && !p.title {
		if id := r.written(); id != "" {
			u.who.id = id
			return u
		}
	}
	for _, w := range p.whoIn(s.from, at) {
		if w.id != "" && !w.anon && !w.place && !w.dateline {
			u.who.id = w.id
			return u
		}
	}
	if local && r.english && !p.title && s.order <= 1 { // "UAE confirms …", and the lead: "Foreign Ministry says"
		for i := range r.heard {
			if o := &r.heard[i]; o.found && o.p.title && o.who.id != "" && !o.weak {
				u.who.id = o.who.id
				return u
			}
		}
	}
	return utterance{}
}

// goesBetween reports a noun phrase that says of somebody without a name that he
// mediates: "a priest mediating between them", "the man who mediates".
func (p *part) goesBetween(x stretch) bool {
	if !p.is(x.from, anArticle) || len(p.whoIn(x.from, x.to)) > 0 {
		return false
	}
	for k := x.from + 2; k < min(x.to, x.from+5); k++ {
		switch p.t.Tokens[k].Norm {
		case "mediating", "mediates", "facilitating", "facilitates", "moderating", "shuttling":
			return p.t.Tokens[k].Gap&^text.Space == 0
		}
	}
	return false
}

// antecedent is who a pronoun stands for: who spoke last, or is named last in a
// sentence shortly before.
func (r *reader) antecedent(body bool) utterance {
	for j := len(r.heard) - 1; j >= 0 && j >= len(r.heard)-4; j-- {
		u := r.heard[j]
		if u.found && (body || u.who.person && (u.who.name != "" || j == len(r.heard)-1)) {
			return u
		}
		if s := &r.sentences[j]; !body && s.order > 0 {
			for _, w := range s.p.whoIn(s.from, s.to) {
				if w.person && w.name != "" && !w.place {
					return utterance{who: w, p: s.p, found: true}
				}
			}
			if u := r.opening(s); u.found {
				return u
			}
		}
	}
	return utterance{}
}

// opening reads a person nobody introduced with whom a sentence begins: "Then
// Renaud Castelain, who facilitates the dialogue, took the floor".
func (r *reader) opening(s *sentence) utterance {
	p := s.p
	comma := s.from + 1
	for comma < s.to && comma < s.from+8 && p.t.Tokens[comma].Gap&text.Comma == 0 {
		comma++
	}
	if comma >= s.to || p.t.Tokens[comma].Gap&text.Comma == 0 || !p.is(comma, aRelative) {
		return utterance{}
	}
	u := r.stranger(p, stretch{s.from, comma}, s.from)
	if !u.found {
		return u
	}
	end := comma + 1
	for end < s.to && p.t.Tokens[end].Gap&text.Comma == 0 {
		end++
	}
	u.who.id = r.belonging(s, stretch{comma, end})
	u.who.mediates = p.count(comma, end, cMediating) > 0
	return u
}

// ofKind finds the organisation or group, or else the state, that was named
// last before token at.
func (r *reader) ofKind(p *part, s *sentence, at int, group bool) string {
	best := ""
	for _, list := range [][]who{p.whoIn(s.from, at), r.title.who, p.whoIn(0, s.from)} {
		for _, w := range list {
			_, kind, ok := r.actors.Title(w.id)
			if !ok || w.place || w.dateline || w.person {
				continue
			}
			if (kind == actors.State) != group && best == "" {
				best = w.id
			}
		}
		if best != "" {
			return best
		}
	}
	return ""
}
