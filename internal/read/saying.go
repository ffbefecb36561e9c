package read

import (
	"parley/internal/text"
)

// inSentence reads the attribution inside sentence s.
func (r *reader) inSentence(s *sentence) utterance {
	p := s.p
	if p.count(s.from, s.to, cJoint) > 0 && (p.count(s.from, s.to, cSaid) > 0) && joint(p, s) {
		return utterance{joint: true}
	}
	// words that only report come first; who rejects or offers speaks too, but
	// "Iran rejects it, sources say" is what sources say
	var best utterance
	for _, performing := range [...]bool{false, true} {
		for i := s.from; i < s.to; i++ {
			q := p.cues[i]
			if q == nil || q.classes.any(of(cReject, cAccept, cOffer, cPropose, cDeny, cViolate)) != performing {
				continue
			}
			var u utterance
			switch {
			case q.classes.has(cAnonymous) && q.length == 2 && !q.classes.has(cAccordingTo): // "sources say"
				u.anon = true
			case q.classes.has(cAccordingTo):
				u = r.after(p, i+int(q.length), s.to, 8)
			case q.classes.has(cSaid):
				u = r.saying(p, s, i, i+int(q.length))
			}
			if u.anon && !best.found {
				best = u
			}
			if u.found && (!best.found || !best.who.person && u.who.person) {
				best = u
			}
		}
		if best.found || best.anon {
			return best
		}
	}
	if best.found || best.anon {
		return best
	}
	if p.title {
		return r.label(s)
	}
	return best
}

func joint(p *part, s *sentence) bool {
	for k := s.from; k < s.to; k++ {
		switch p.t.Tokens[k].Norm {
		case "joint", "jointly", "conjoint", "conjointe", "conjunto", "conjunta", "совместном", "совместное", "مشترك", "المشترك", "مشتركه":
			return true
		}
	}
	for k := s.from; k+1 < s.to; k++ { // "both sides said"
		if p.has(k, cJoint) && (p.has(k+1, cSaid) || k+2 < s.to && p.has(k+2, cSaid) || k+3 < s.to && p.has(k+3, cSaid)) {
			return true
		}
	}
	return false
}

// saying finds the subject of the verb of saying at [i,end): before it, or
// behind it where a quote or comma stands before the verb (", said X").
func (r *reader) saying(p *part, s *sentence, i, end int) utterance {
	inverted := p.t.Tokens[i].Gap&(text.QuoteClose|text.Comma) != 0
	if inverted {
		if u := r.after(p, end, s.to, 7); (u.found || u.anon) && u.who.from-end <= 2 && !leads(p, end) {
			return u // ", said the minister"
		}
	}
	list := p.whoIn(s.from, i)
	at := 0 // where the phrase that may be the subject ends
	for k := len(list) - 1; k >= 0; k-- {
		w := list[k]
		at = max(at, w.to)
		if w.dateline || w.place {
			if k > 0 && list[k].from-list[k-1].to > 3 {
				at = 0 // not a part of the phrase before it
			}
			continue
		}
		// "the Office of the Special Envoy for Yemen announces"
		if k > 0 && !w.person && prepositionBefore(p, w.from) && w.from-list[k-1].to <= 2 && list[k-1].id != "" && !list[k-1].place {
			continue
		}
		if !p.adjoins(at, i) {
			break
		}
		u := utterance{who: w, p: p, found: !w.anon, anon: w.anon}
		// "a spokesperson for Pakistan's foreign ministry, Tahir Andrabi": the
		// person of the phrase speaks, whichever comes last
		if !w.person && !w.anon {
			for j := k - 1; j >= 0 && w.from-list[j].to <= 3; j-- {
				if list[j].person && list[j].id == w.id {
					u.who = list[j]
				}
			}
		}
		return u
	}
	if u := p.stranger(s.from, i); u.found {
		return u
	}
	for k := end; k < min(s.to, end+9); k++ { // "was announced in Tbilisi on Wednesday by …"
		if p.t.Tokens[k].Norm == "by" {
			if u := r.after(p, k+1, s.to, 5); u.found || u.anon {
				return u
			}
		}
	}
	if u := r.body(s, i); u.found {
		return u
	}
	if !inverted && p.title {
		if v := r.after(p, end, s.to, 3); v.found {
			return v
		}
	}
	for k := max(s.from, i-5); k < min(s.to, end+4); k++ {
		if p.has(k, cAnonymous) {
			return utterance{anon: true}
		}
	}
	return utterance{}
}

// body reads "the ministry said", "the bloc announced": a body that was named
// before, or whose side is that of the dateline or of who acts first.
func (r *reader) body(s *sentence, i int) utterance {
	p := s.p
	k := i - 1
	for k > s.from && p.dated(k) {
		k--
	}
	if k < s.from {
		return utterance{}
	}
	local := false
	at := k // "the Ministry of Commerce and Industry said"
	for j := k; j >= s.from && j > k-8 && p.t.Tokens[k].Flags&text.Capital != 0; j-- {
		switch p.t.Tokens[j].Norm {
		case "ministry", "department", "office", "presidency":
			at = j
		case "of", "and", "for", "the", "in":
			continue
		}
		if at != k || p.t.Tokens[j].Flags&text.Capital == 0 || p.t.Tokens[j].Gap&text.Comma != 0 {
			break
		}
	}
	switch p.t.Tokens[at].Norm {
	case "ministry", "department", "presidency", "government", "army", "military", "cabinet", "parliament", "palace", "statement", "spokesman", "spokesperson", "spokeswoman", "official":
		local = true
	case "group", "bloc", "agency", "movement", "office", "commission", "mission", "mediation", "secretariat", "organisation", "organization", "rebels", "delegation", "team", "facilitator", "mediator":
	default:
		return utterance{}
	}
	pick := func(list []who, dateline bool) (who, bool) {
		for _, w := range list {
			if w.id != "" && !w.anon && w.dateline == dateline && (dateline || !w.place) {
				return w, true
			}
		}
		return who{}, false
	}
	if id := r.home(); id != "" && local {
		return utterance{p: p, found: true, who: who{from: at, to: i, id: id}}
	}
	if local {
		if w, ok := pick(r.text.who, true); ok && !p.title {
			return utterance{p: p, found: true, who: who{from: k, to: i, id: w.id}}
		}
	}
	if w, ok := pick(p.whoIn(s.from, i), false); ok {
		return utterance{p: p, found: true, who: who{from: k, to: i, id: w.id}}
	}
	return utterance{}
}

func prepositionBefore(p *part, i int) bool {
	for k := i - 1; k >= 0 && k >= i-2; k-- {
		switch p.t.Tokens[k].Norm {
		case "for", "of", "to", "in", "on", "behind", "about", "with", "from", "pour", "de", "para":
			return true
		case "the":
			continue
		}
		return false
	}
	return false
}

// stranger finds a person nobody introduced: two or three capitalised words
// that end right before token i.
func (p *part) stranger(from, i int) utterance {
	k := i
	for k > from && i-k < 4 {
		tok := &p.t.Tokens[k-1]
		if tok.Flags&text.Capital == 0 || tok.Flags&(text.AllCaps|text.Acronym|text.Number) != 0 && tok.End-tok.Start > 2 || p.cues[k-1] != nil || p.dated(k-1) {
			break
		}
		k--
		if p.t.Tokens[k].Gap&^(text.Space|text.Hyphen|text.Dot) != 0 {
			break
		}
	}
	if i-k < 2 || p.title {
		return utterance{}
	}
	for _, w := range p.whoIn(k, i) {
		if w.id != "" || w.place {
			return utterance{}
		}
	}
	u := utterance{p: p, found: true, who: who{from: k, to: i, name: p.t.Quote(k, i), person: true}}
	for _, w := range p.whoIn(max(from, k-9), k) { // "the Malaysian ministry's secretary for Asean affairs, Z. Daud"
		if w.person && w.name == "" && w.id != "" {
			u.who.id, u.who.mediates = w.id, w.mediates
		}
	}
	return u
}

// leads reports a word behind a verb of saying that leads to what is said, not
// to who says it.
func leads(p *part, i int) bool {
	if i >= len(p.t.Tokens) {
		return true
	}
	switch p.t.Tokens[i].Norm {
	case "about", "in", "on", "at", "that", "of", "to", "after", "during", "ahead", "this", "following":
		return true
	}
	return false
}

// adjoins reports that the verb at token i is that of the phrase that ends
// before token at: nothing stands between but a day, an adverb, an auxiliary,
// or what commas set apart.
func (p *part) adjoins(at, i int) bool {
	if i <= at {
		return i == at
	}
	if i-at > 14 {
		return false
	}
	for at < i && p.t.Tokens[at].Flags&text.Capital != 0 && p.t.Tokens[at].Gap&^(text.Space|text.Hyphen) == 0 {
		at++ // "the EU Monitoring Mission"
	}
	if at == i {
		return true
	}
	if p.t.Tokens[i].Gap&(text.Comma|text.Paren|text.Dash) != 0 {
		if p.t.Tokens[at].Gap&(text.Comma|text.Paren|text.Dash) != 0 {
			return true
		}
		switch p.t.Tokens[at].Norm { // "the chief mediator of the Tumaini Initiative, told"
		case "of", "for", "in", "at", "with", "on":
			return i-at <= 9
		}
	}
	for k := at; k < i; k++ {
		if p.t.Tokens[k].Gap&(text.Semicolon|text.SentenceEnd) != 0 {
			return false
		}
		if p.dated(k) || p.cues[k] != nil && p.cues[k].classes.any(of(cHave, cHad, cBe, cDo, cWill, cTo)) {
			continue
		}
		switch p.t.Tokens[k].Norm {
		case "also", "on", "later", "then", "in", "at", "late", "early", "who", "earlier", "again", "has", "night", "morning", "evening", "afternoon", "separately", "publicly", "meanwhile", "yesterday", "today", "however", "itself", "himself", "herself", "by":
			continue
		}
		if k == i-1 && len(p.t.Tokens[k].Norm) > 4 && p.t.Tokens[k].Norm[len(p.t.Tokens[k].Norm)-2:] == "ly" {
			continue
		}
		return false
	}
	return true
}

// dated reports that token k belongs to a date.
func (p *part) dated(k int) bool {
	for _, d := range p.datesIn(k-8, k+1) {
		if k < d.Last {
			return true
		}
	}
	return false
}

// after finds the first speaker within n tokens behind token i.
func (r *reader) after(p *part, i, to, n int) utterance {
	list := p.whoIn(i, min(to, i+n))
	for k, w := range list {
		if w.dateline || w.place || w.id == "" && !w.anon && !w.person {
			continue
		}
		for j := k + 1; j < len(list) && !w.person && list[j].from-w.to <= 3; j++ {
			if list[j].person && list[j].id == w.id {
				w = list[j]
			}
		}
		return utterance{who: w, p: p, found: !w.anon, anon: w.anon}
	}
	if k := i; k < to && p.t.Tokens[k].Flags&text.Capital != 0 {
		for k < to && k < i+4 && p.t.Tokens[k].Flags&text.Capital != 0 && p.cues[k] == nil && (k == i || p.t.Tokens[k].Gap&^(text.Space|text.Hyphen|text.Dot) == 0) {
			k++
		}
		if u := p.stranger(i, k); u.found {
			u.who.mediates = p.count(k, min(to, k+12), cMediating) > 0
			return u
		}
	}
	for k := i; k < min(to, i+5); k++ {
		if p.has(k, cAnonymous) {
			return utterance{anon: true}
		}
	}
	return utterance{}
}

// label reads headlines of the form "X: …" and "…: X", "… - sources": the name
// must reach to the mark, or to the end.
func (r *reader) label(s *sentence) utterance {
	p := s.p
	var weak utterance
	for k := s.from + 1; k < s.to; k++ {
		g := p.t.Tokens[k].Gap
		if g&(text.Colon|text.Dash) == 0 {
			continue
		}
		if g&text.Colon != 0 && r.sides(p, s.from, k) < 2 { // two sides before it are the subject, not who speaks
			for _, w := range p.whoIn(s.from, k) {
				if w.to == k && !w.place && !w.dateline && (w.id != "" || w.anon || w.person) {
					u := utterance{who: w, p: p, found: !w.anon, anon: w.anon}
					if w.person || w.office != "" {
						return u
					}
					weak = u
				}
			}
		}
		for _, w := range p.whoIn(k, s.to) {
			if w.to == s.to && w.from <= k+2 && !w.place && (w.id != "" || w.anon || w.person) {
				return utterance{who: w, p: p, found: !w.anon, anon: w.anon}
			}
		}
		if s.to-k <= 4 {
			for j := k; j < s.to; j++ {
				if p.has(j, cAnonymous) {
					return utterance{anon: true}
				}
			}
		}
	}
	return weak
}
