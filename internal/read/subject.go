package read

import (
	"parley/internal/text"
)

// Who speaks stands in a phrase before or behind a verb of saying. It is cut
// at its commas: "the head of the delegation, presidential aide Gennady Lobanov,
// told" has a head, an apposition and nothing before the verb.

// A stretch is a run of tokens without a comma or a mark of its strength.
type stretch struct{ from, to int }

const parts = text.Comma | text.Dash | text.Colon | text.Semicolon | text.QuoteClose | text.SentenceEnd

// before finds the subject of the verb at token i to its left.
func (r *reader) before(s *sentence, i int) utterance {
	if r.verbLast {
		return r.first(s, i)
	}
	if list := s.p.whoIn(s.from, i); len(list) > 0 { // a phrase that holds both, whatever commas are in it
		if w := list[len(list)-1]; w.person && w.name != "" && !w.place && s.p.reaches(w.to, i) && !(w.to < i && s.p.t.Tokens[w.to].Gap&(text.QuoteClose|text.Semicolon) != 0) {
			if w.id == "" || w.inferred { // "…, who facilitates it for the European Union, told"
				if id := r.belonging(s, stretch{w.to, i}); id != "" && w.to < i && s.p.is(w.to, aRelative) {
					w.id, w.inferred = id, false
				}
			}
			if w.id == "" || w.inferred || byOrigin(w) {
				if o := s.p.titled(list, w.from); o.id != "" {
					w = joined(w, o)
				}
			}
			w.mediates = w.mediates || s.p.count(w.to, i, cMediating) > 0
			return utterance{who: w, p: s.p, found: true}
		}
	}
	var segs [4]stretch // the one at the verb first
	n, end := 0, i
	for n < len(segs) && end > s.from {
		from := end
		if n > 0 || s.p.t.Tokens[i].Gap&parts == 0 {
			from = end - 1
			for from > s.from && s.p.t.Tokens[from].Gap&parts == 0 {
				from--
			}
		}
		segs[n] = stretch{from, end}
		n++
		if from > s.from && s.p.t.Tokens[from].Gap&(text.QuoteClose|text.Semicolon|text.SentenceEnd) != 0 {
			break
		}
		if from == end && n > 1 {
			break
		}
		end = from
	}
	first := segs[0]
	for k := first.from; k < first.to; k++ {
		if s.p.is(k, aJoint) {
			return utterance{joint: true} // "a joint communiqué said"
		}
	}
	if u := r.head(s, first); u.found || u.anon || u.joint {
		if n > 1 && u.who.person && (u.who.id == "" || u.who.inferred) && first.from > s.from && s.p.t.Tokens[first.from].Gap&text.Comma != 0 && u.who.from == first.from {
			// "a spokesperson for the ministry, Tamar Golan said"
			if o := r.head(s, segs[1]); o.found && o.who.person && o.who.name == "" {
				u.who = joined(u.who, o.who)
			}
		}
		return u
	}
	if !r.adverbial(s.p, first) {
		return utterance{}
	}
	for k := 1; k < n; k++ {
		if r.adverbial(s.p, segs[k]) {
			continue
		}
		head := stretch{}
		if k+1 < n {
			head = segs[k+1]
		}
		return r.apposed(s, head, segs[k], i)
	}
	return utterance{}
}

// first finds the subject where the verb comes last, as in Persian and Urdu: who
// stands before the mark of the agent, else a person by name, else who is
// named first.
func (r *reader) first(s *sentence, i int) utterance {
	p := s.p
	list := p.whoIn(s.from, i)
	for k := len(list) - 1; k >= 0; k-- {
		if w := list[k]; w.to < i && p.is(w.to, anAgent) && !w.place {
			return utterance{who: w, p: p, found: !w.anon, anon: w.anon}
		}
	}
	if u := r.newcomer(s, i); u.found {
		return u
	}
	for _, named := range [...]bool{true, false} {
		for _, w := range list {
			if named && w.from > s.from && list[0].from == s.from && list[0].person && !list[0].plural && s.p.met(&w) {
				continue // "وزیر خارجه عمان پس از دیدار با عراقچی گفت": he was met, and the other speaks
			}
			if !w.place && !w.dateline && (w.id != "" || w.anon || w.person) && (!named || w.person && w.name != "") {
				return utterance{who: w, p: p, found: !w.anon, anon: w.anon}
			}
		}
	}
	for k := s.from; k < i; k++ {
		if p.is(k, aPronoun) || p.is(k, aLocalBody) || p.is(k, aBody) {
			if u := r.generic(s, stretch{s.from, k + 1}); u.found {
				return u
			}
		}
	}
	return utterance{}
}

// met reports "with" beside a mention, in the languages whose verb comes last.
func (p *part) met(w *who) bool {
	return w.from > 0 && p.t.Tokens[w.from-1].Norm == "با" || w.to < len(p.t.Tokens) && p.t.Tokens[w.to].Norm == "سے"
}

// apposed reads a head with the apposition behind it; either holds the name.
func (r *reader) apposed(s *sentence, head, apposition stretch, verb int) utterance {
	p := s.p
	in := r.inside(s, apposition)
	closed := apposition.to == verb || p.t.Tokens[apposition.to].Gap&(text.Comma|text.Dash|text.Paren) != 0
	var out utterance
	if head.to > head.from && closed {
		out = r.head(s, head)
	}
	relative := p.is(apposition.from, aRelative)
	switch {
	case in.found && in.who.person && in.who.name != "" && !relative:
		if (in.who.id == "" || in.who.inferred || out.who.id != "" && !out.who.inferred && byOrigin(in.who)) && out.found && out.who.name == "" {
			in.who = joined(in.who, out.who)
		}
		in.who.mediates = in.who.mediates || out.found && out.who.mediates && out.who.name == ""
		return in
	case out.found && (out.who.person || relative || out.who.body):
		if out.who.id == "" || out.who.inferred {
			if id := r.belonging(s, apposition); id != "" {
				out.who.id, out.who.inferred = id, false
			}
		}
		out.who.mediates = out.who.mediates || p.count(apposition.from, apposition.to, cMediating) > 0
		return out
	case in.found || in.anon:
		return in
	}
	return utterance{}
}

// titled finds the office in whose apposition the last of those listed stands, at token
// i, and whose it is: "IGAD's chief mediator, X", "the facilitator appointed by the
// African Union, X".
func (p *part) titled(list []who, i int) who {
	n := len(list) - 2
	if n < 0 || p.t.Tokens[i].Gap&text.Comma == 0 || list[n].to != i || list[n].place || list[n].dateline {
		return who{}
	}
	o := list[n]
	if o.person && o.name == "" && o.id != "" && !o.inferred && !o.plural {
		return o
	}
	if n > 0 && !o.person && o.id != "" && list[n-1].person && list[n-1].name == "" && list[n-1].id == "" && o.from-list[n-1].to <= 3 {
		k := o.from - 1
		if p.is(k, anArticle) {
			k--
		}
		switch p.t.Tokens[k].Norm {
		case "by", "par", "por":
			return joined(list[n-1], o)
		}
	}
	return who{}
}

// byOrigin reports a person of whom a phrase tells where he comes from, not for whom he
// speaks: "IGAD's chief mediator, former Kenyan minister X", "the envoy, Malaysian diplomat Y".
func byOrigin(w who) bool {
	if w.former {
		return true
	}
	switch w.office {
	case "diplomat", "ambassador":
		return true
	}
	return false
}

// joined is the person a with the affiliation of the phrase b next to it.
func joined(a, b who) who {
	if b.id != "" {
		a.id, a.inferred = b.id, b.inferred
	}
	a.mediates = a.mediates || b.mediates
	if a.office == "" {
		a.office = b.office
	}
	return a
}

// head finds the noun phrase that reaches to the end of a stretch.
func (r *reader) head(s *sentence, x stretch) utterance {
	p := s.p
	if x.to <= x.from {
		return utterance{}
	}
	for k := x.from; k < x.from+2 && k+1 < x.to && r.english && !p.title; k++ {
		if p.has(k, cAnonymous) && p.is(k+1, aPreposition) && len(p.whoIn(x.from, k+1)) == 0 {
			return utterance{anon: true} // "a source in one of the delegations"
		}
	}
	list := p.whoIn(x.from, x.to)
	for k, w := range list { // "a US envoy who mediates between Syria and Israel"
		if w.to < x.to && p.is(w.to, aRelative) && !w.place && !w.dateline && (w.id != "" || w.person) {
			list = list[:k+1]
			list[k].mediates = w.mediates || p.count(w.to, x.to, cMediating) > 0
			break
		}
	}
	if k := len(list) - 1; r.english && k > 0 && x.from == s.from && doing(p.t.Tokens[x.from].Norm) {
		if w := list[k]; w.to == x.to && w.id != "" && !w.place && !w.dateline && p.t.Tokens[w.from].Gap&text.Comma != 0 && !w.person {
			return utterance{who: w, p: p, found: true} // "Citing its reliance on American envoys, Israel said"
		}
	}
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
		if k > 0 && !w.person && list[k-1].person && list[k-1].to == w.from && p.t.Tokens[w.from].Gap&text.Hyphen != 0 {
			continue // "the Union's envoy for the Belgrade-Pristina dialogue said"
		}
		// "the Office of the Special Envoy for Yemen announces"
		if k > 0 && !w.person && prepositionBefore(p, w.from) && list[k-1].id != "" && !list[k-1].place && (w.from-list[k-1].to <= 2 || !p.verbs(list[k-1].to, w.from)) {
			if !p.verbs(w.to, x.to) {
				at = x.to // "the ministry's secretary for Asean affairs"
			}
			continue
		}
		if !p.reaches(at, x.to) {
			break
		}
		if !w.person && w.from > x.from && prepositionBefore(p, w.from) { // "Wanjiru Kahiga of the Kenyan secretariat"
			at := w.from - 1
			for at > x.from && !p.is(at, aPreposition) {
				at--
			}
			if o := r.stranger(p, stretch{x.from, at}, x.from); o.found && o.who.to == at {
				o.who = joined(o.who, w)
				return o
			}
		}
		if !w.person || w.name == "" {
			if o := r.stranger(p, x, w.to); o.found && o.who.from >= w.to { // "the agency's delegation head Ines Carvalhal"
				o.who = joined(o.who, w)
				return o
			}
		}
		if !w.person && k > 0 && !list[k-1].place && list[k-1].id != "" && list[k-1].id != w.id && p.listed(list[k-1].to, w.from) {
			if k > 1 && p.amid(list[k-1].from) { // "the US envoy mediating between Israel and Syria said"
				k--
				continue
			}
			if !w.body {
				return utterance{joint: true} // "Britain, France and Germany said"
			}
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
	if u := r.stranger(p, x, x.from); u.found {
		return u
	}
	if u := r.strangerOf(p, x); u.found {
		return u
	}
	return r.generic(s, x)
}

// strangerOf finds a person nobody introduced before a body that nobody knows: "Bishop
// Santino Lokuru of the churches' mediation committee".
func (r *reader) strangerOf(p *part, x stretch) utterance {
	for k := x.from + 2; r.english && k < min(x.to, x.from+6); k++ {
		if w := p.t.Tokens[k].Norm; (w == "of" || w == "from") && p.reaches(k, x.to) {
			u := r.stranger(p, stretch{x.from, k}, x.from)
			u.who.mediates = u.who.mediates || p.count(k, x.to, cMediating) > 0
			return u
		}
	}
	return utterance{}
}

// amid reports that whoever is named at token i stands there as those between whom
// somebody goes.
func (p *part) amid(i int) bool {
	if i > 1 && p.is(i-1, anArticle) {
		i--
	}
	if i == 0 {
		return false
	}
	switch p.t.Tokens[i-1].Norm {
	case "between", "among", "with", "entre", "между", "بين":
		return true
	}
	return false
}

// inside finds who is named in a stretch, a person by name first.
func (r *reader) inside(s *sentence, x stretch) utterance {
	p := s.p
	list := p.whoIn(x.from, x.to)
	for _, w := range list {
		if w.person && w.name != "" && !w.place {
			return utterance{who: w, p: p, found: true}
		}
	}
	if u := r.stranger(p, x, x.from); u.found {
		return u
	}
	for _, w := range list {
		if !w.place && !w.dateline && (w.id != "" || w.anon || w.person) {
			return utterance{who: w, p: p, found: !w.anon, anon: w.anon}
		}
	}
	return utterance{}
}

// belonging finds whose side somebody is of whom an apposition tells: "who
// negotiates for the ELN", "the EU's envoy", not those he goes between.
func (r *reader) belonging(s *sentence, x stretch) string {
	p := s.p
	first := ""
	between := -1
	for k := x.from; k < x.to; k++ {
		if w := p.t.Tokens[k].Norm; w == "between" || w == "with" || w == "entre" {
			between = k
		}
	}
	for _, w := range p.whoIn(x.from, x.to) {
		if w.id == "" || w.place || w.dateline {
			continue
		}
		if k := w.from - 1; k >= x.from {
			if p.t.Tokens[k].Norm == "the" && k > x.from {
				k--
			}
			switch p.t.Tokens[k].Norm {
			case "for", "of", "from", "de", "du", "del", "para", "pour":
				return w.id
			}
		}
		if between >= 0 && w.from > between {
			continue
		}
		if first == "" {
			first = w.id
		}
	}
	return first
}

// adverbial reports that a stretch tells only when, where or how: "on Monday",
// "in a televised address", "speaking in Doha".
func (r *reader) adverbial(p *part, x stretch) bool {
	if x.from == x.to {
		return true
	}
	aux := true // "has", of "has told"
	for k := x.from; k < x.to; k++ {
		aux = aux && p.cues[k] != nil && p.cues[k].classes.any(of(cHave, cHad, cBe, cDo, cWill, cMay, cWould))
	}
	if aux {
		return true
	}
	if x.to-x.from > 9 {
		return false
	}
	k := x.from
	if p.is(k, anAnd) && k+1 < x.to {
		k++
	}
	if w := p.t.Tokens[k].Norm; !p.dated(k) && !p.placed(k) && !p.is(k, aPreposition) && !p.is(k, anAdverb) && !p.has(k, cAnonymous) && (len(w) < 5 || w[len(w)-3:] != "ing" && w[len(w)-2:] != "ly") {
		return false
	}
	for _, w := range p.whoIn(x.from, x.to) {
		if !w.place && !w.dateline && w.person && w.name != "" {
			return false
		}
	}
	for ; k < x.to; k++ {
		if p.has(k, cWill) || p.has(k, cBe) || p.has(k, cHave) {
			return false
		}
	}
	return true
}

// placed reports that token k names a place.
func (p *part) placed(k int) bool {
	for _, w := range p.whoIn(max(0, k-4), k+1) {
		if w.place && w.to > k {
			return true
		}
	}
	return false
}

// reaches reports that the verb at token i is that of the phrase that ends
// before token at: nothing stands between but days, places, adverbs and
// auxiliaries.
func (p *part) reaches(at, i int) bool {
	if i-at > 14 {
		return false
	}
	prepositional := 0
	for _, w := range p.whoIn(max(0, at-9), at) {
		for k := w.from + 1; k < at && w.to >= at-1 && w.person && p.english; k++ {
			if p.is(k, aPreposition) || p.has(k, cTo) {
				prepositional = 3 // "the envoy for the Belgrade-Pristina dialogue"
			}
		}
	}
	for at < i && p.t.Tokens[at].Flags&text.Capital != 0 && p.t.Tokens[at].Flags&text.NonLatin == 0 && p.t.Tokens[at].Gap&^(text.Space|text.Hyphen) == 0 && !p.dated(at) {
		at++ // "the EU Monitoring Mission"
	}
	if at < i && p.t.Tokens[at-1].Flags&text.Possessive != 0 {
		prepositional = 3 // "the Commission's trade department"
	}
	for k := at; k < i; k++ {
		w := p.t.Tokens[k].Norm
		q := p.cues[k]
		switch {
		case p.is(k, aRelative), k == at && w == "that", k == at && p.english && len(w) > 5 && w[len(w)-3:] == "ing" && p.t.Tokens[k].Gap == text.Space && p.count(k+1, i, cTalks)+p.count(k+1, i, cMeeting)+p.count(k, i, cMediating) > 0:
			return true // "the envoy who mediates between them"
		case p.dated(k), p.placed(k), p.is(k, anAdverb):
		case k == at && p.english && p.t.Tokens[k].Gap == text.Space && (p.has(k, cHosting) || p.has(k, cMediating)): // "Swiss hosts say"
		case p.is(k, aPreposition):
			prepositional = 6
		case prepositional > 0 && (q == nil || !q.classes.any(of(cSaid, cReject, cAccept, cBe, cHave, cWill, cWould, cMay))):
			prepositional--
		case q != nil && q.classes.any(of(cHave, cHad, cBe, cDo, cWill, cTo)):
		case k == i-1 && len(w) > 4 && w[len(w)-2:] == "ly":
		default:
			return false
		}
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
