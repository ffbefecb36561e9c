package read

import (
	"slices"

	"parley/internal/news"
	"parley/internal/text"
)

// What the other languages do differently from English in telling who speaks:
// the verb before its subject, the name behind the office and its portfolio,
// no capitals to know a name by, the ministry of the outlet's own country
// called only "the ministry".

// callerAbroad finds a mediator with which a headline begins that tells of a day for the talks of
// others: "Оман назвал дату переговоров", "L'Angola convoque Kinshasa et Kigali".
func (r *reader) callerAbroad(e *event, n *news.Negotiation) utterance {
	p := &r.title
	if e.s.order > 1 {
		return utterance{}
	}
	from := 0 // behind what it is about: "RDC-Rwanda : le médiateur togolais convoque"
	for k := 1; k < min(len(p.t.Tokens), 6); k++ {
		if p.t.Tokens[k].Gap&text.Colon != 0 {
			from = k
		}
	}
	list := p.whoIn(from, len(p.t.Tokens))
	if len(list) == 0 {
		return utterance{}
	}
	w := list[0]
	if w.from > from+1 || w.to >= len(p.t.Tokens) || w.place || w.dateline || w.anon || w.id == "" || p.t.Tokens[w.to].Gap&text.Colon != 0 || slices.Contains(n.Parties, w.id) || !slices.Contains(n.Mediators, w.id) {
		return utterance{}
	}
	return utterance{who: w, p: p, found: true}
}

// leadsVerb finds the subject that stands right before its verb in a language
// that mostly puts it behind: "مسقط ترجح عقد جولة".
func (r *reader) leadsVerb(s *sentence, i int) utterance {
	p := s.p
	list := p.whoIn(s.from, i)
	for k := len(list) - 1; k >= 0; k-- {
		w := list[k]
		if w.to != i || w.place || w.dateline {
			continue
		}
		if w.from > s.from && p.t.Tokens[w.from].Gap&(text.Colon|text.Dash|text.Comma|text.Ellipsis) == 0 && !p.is(w.from-1, anAnd) {
			break
		}
		return utterance{who: w, p: p, found: !w.anon, anon: w.anon}
	}
	return utterance{}
}

// apart finds the name that a comma parts from its office: "la subsecretaria
// británica para Europa, Harriet Colebrooke", "leur porte-parole dans le
// secteur, le capitaine Josué Bahati". at is the token behind the comma.
func (r *reader) apart(s *sentence, u utterance, at int) utterance {
	p := s.p
	if at >= s.to || p.t.Tokens[at].Gap&text.Comma == 0 || p.t.Tokens[at].Gap&(text.Semicolon|text.SentenceEnd) != 0 {
		return u
	}
	end := at + 1
	for end < s.to && end < at+8 && p.t.Tokens[end].Gap&parts == 0 {
		end++
	}
	k := at
	for k < end && p.t.Tokens[k].Flags&text.Capital == 0 && k < at+3 {
		k++
	}
	for j := at; j < k; j++ {
		if !p.is(j, aTitle) && !determiner(p.t.Tokens[j].Norm) && !definite(p.t.Tokens[j].Norm) {
			return u
		}
	}
	for end > k && (p.t.Tokens[end-1].Flags&text.Capital == 0 && p.t.Tokens[end-1].Gap&text.Hyphen == 0 || p.dated(end-1)) {
		end-- // "Harriet Colebrooke este jueves"
	}
	o := r.stranger(p, stretch{k, end}, k)
	if !o.found || o.who.from > k && !p.is(o.who.from-1, aTitle) {
		return u
	}
	o.who = joined(o.who, u.who)
	return o
}

func definite(w string) bool {
	switch w {
	case "le", "la", "l", "el", "los", "las", "les":
		return true
	}
	return false
}

// quotedName reports that the quotation that opens at token i is a name of one
// to three words, not speech: "заявил в интервью «Известиям» министр".
func (p *part) quotedName(i, to int) bool {
	if p.t.Tokens[i].Gap&(text.Colon|text.Comma|text.Dash) != 0 {
		return false
	}
	for k := i + 1; k < min(to, i+5); k++ {
		if p.t.Tokens[k].Gap&text.QuoteClose != 0 {
			return true
		}
	}
	return false
}

// newcomer reads a person whom the sentence begins with and nobody introduces,
// in a script without capitals: two to four words that mean nothing else, up to
// a day, a place or a preposition. The office stood in the sentence before.
func (r *reader) newcomer(s *sentence, verb int) utterance {
	p := s.p
	if p.title {
		return utterance{}
	}
	from := s.from
	for k := s.from + 1; k < min(verb, s.from+7); k++ { // "به گزارش ایسنا، …"
		if p.t.Tokens[k].Gap&text.Comma != 0 && p.reporting(s.from, k) {
			from = k
		}
	}
	for from < verb && p.is(from, anAnd) {
		from++
	}
	k := from
	for k < verb && k < from+5 {
		tok := &p.t.Tokens[k]
		if k > from && tok.Gap&^(text.Space|text.Hyphen) != 0 || tok.Flags&text.Number != 0 || tok.Flags&text.NonLatin == 0 || p.is(k, aPreposition|anAdverb|aRelative|anAgent|aLocalBody|aBody|aGroupWord|aPronoun|anAppeal) || p.dated(k) || p.cues[k] != nil && !p.nameLike(k) {
			break
		}
		if list := p.whoIn(k, k+1); len(list) > 0 && list[0].from <= k {
			break
		}
		k++
	}
	if k-from < 2 || k-from > 4 || k >= verb {
		return utterance{}
	}
	if !p.is(k, aPreposition|anAdverb|anAgent) && !p.dated(k) && p.t.Tokens[k].Gap&text.Comma == 0 && k < verb-1 {
		return utterance{}
	}
	u := utterance{p: p, found: true, who: who{from: from, to: k, name: p.t.Quote(from, k), person: true, inferred: true}}
	for j := len(r.heard) - 1; j >= 0 && j >= len(r.heard)-2; j-- {
		if o := r.heard[j]; o.found && o.who.person && o.who.name == "" {
			u.who = joined(u.who, o.who)
			return u
		}
	}
	return utterance{}
}

// reporting reports that tokens [from,to) only say through whom it is told.
func (p *part) reporting(from, to int) bool {
	for k := from; k < to; k++ {
		if p.has(k, cAccordingTo) {
			return true
		}
	}
	return p.is(from, aPreposition)
}

// homeland is the country in whose zone the outlet is, if the item speaks of it:
// in its own languages an outlet calls the ministry of its country "the foreign
// ministry".
func (r *reader) homeland() string {
	if r.english {
		return ""
	}
	id := r.zoneState()
	if id == "united-kingdom" || id == "united-states" {
		return "" // services in other languages are at home there
	}
	return id
}

// namesOther reports that the sentence names somebody else's side before token
// at: who speaks further on is theirs.
func (p *part) namesOther(at int, id string) bool {
	s := p.t.Sentences[p.t.Tokens[at].Sentence]
	for _, w := range p.whoIn(s.From, at) {
		if w.id != "" && w.id != id && !w.place && !w.dateline && !w.inferred && w.to <= at && (w.body || w.person) {
			return true
		}
	}
	return false
}

// topical reports a headline whose first words, before the colon at token k,
// only say what it is about, because its subject and verb follow: "Sahara
// occidental : l'ONU table sur …".
func (r *reader) topical(s *sentence, k int) bool {
	if r.language != "fr" && r.language != "es" {
		return false
	}
	for _, w := range s.p.whoIn(k, min(s.to, k+3)) {
		if w.from <= k+1 && !w.place && w.id != "" && w.to < s.to && s.p.t.Tokens[w.to].Gap&parts == 0 && s.p.cues[w.to] != nil {
			return true
		}
	}
	return false
}

// trailing reads the office at the end of a headline behind a comma, as Urdu
// and Persian have it: "… خلاف ورزی کر رہا ہے، ترجمان دفتر خارجہ".
func (r *reader) trailing(s *sentence) utterance {
	p := s.p
	if !r.verbLast || !p.title {
		return utterance{}
	}
	for _, w := range p.whoIn(s.from+1, s.to) {
		if w.to == s.to && p.t.Tokens[w.from].Gap&text.Comma != 0 && !w.place && (w.person || w.anon || w.body || w.id != "" && w.to-w.from == 1) {
			return utterance{who: w, p: p, found: !w.anon, anon: w.anon}
		}
	}
	return utterance{}
}

// another finds the person to whom the lead attributes what a headline tells
// behind a state's name and a colon: the name says what it is about.
func (r *reader) another(e *event, own utterance) utterance {
	if r.english {
		return utterance{}
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order == 0 || s.order > 2 {
			continue
		}
		if v := r.voice(s); v.found && v.who.person && v.who.name != "" && v.who.id != "" && !v.who.inferred && v.who.id != own.who.id {
			return v
		}
	}
	return utterance{}
}

// subjectLast finds who acts where the verb ends the sentence: who stands before
// the mark of the agent, or opens the sentence; not whose talks they are.
func (r *reader) subjectLast(e *event) utterance {
	p := e.s.p
	u := r.first(e.s, e.trigger)
	if !u.found || u.who.to < e.trigger && p.is(u.who.to, anAgent) {
		return u
	}
	for k := e.s.from; k < u.who.from; k++ {
		if c := p.cues[k]; c != nil && c.classes.any(of(cTalks, cMeeting, cDeal, cProposal)) {
			return utterance{}
		}
	}
	list := p.whoIn(u.who.to, e.trigger)
	if len(list) > 0 && list[0].id != u.who.id && p.listed(u.who.to, list[0].from) {
		for k := list[0].to; k < min(e.trigger, list[0].to+3); k++ {
			if c := p.cues[k]; c != nil && c.classes.any(of(cTalks, cMeeting)) {
				return utterance{} // "the talks of Serbia and Kosovo"
			}
		}
		return utterance{joint: true}
	}
	return u
}

// enclosed finds the subject whose name stands between commas right before the
// verb at token i, unless another person follows the verb: "La enviada de la
// ONU, Marta Lindholm, calificó".
func (r *reader) enclosed(s *sentence, i, end int) utterance {
	p := s.p
	if r.verbFirst || p.t.Tokens[i].Gap&text.Comma == 0 || p.t.Tokens[i].Gap&(text.QuoteClose|text.QuoteOpen|text.Semicolon) != 0 {
		return utterance{}
	}
	list := p.whoIn(s.from, i)
	if len(list) == 0 {
		return utterance{}
	}
	w := list[len(list)-1]
	if w.to != i || !w.person || w.name == "" || w.place {
		return utterance{}
	}
	if !r.verbLast {
		for _, o := range p.whoIn(end, min(s.to, end+8)) {
			if o.person {
				return utterance{}
			}
		}
	}
	return utterance{who: w, p: p, found: true}
}

// past returns where who speaks may begin behind the cue at [i,end): not behind
// an article that the cue took with it.
func (r *reader) past(s *sentence, i, end int) int {
	if r.english {
		return end
	}
	if list := s.p.whoIn(i+1, s.to); len(list) > 0 && list[0].from < end {
		return list[0].from
	}
	return end
}

// named drops the dates that are part of a name: "حركة 23 مارس".
func (p *part) named() {
	kept := p.dates[:0]
	for _, d := range p.dates {
		inside := false
		for _, w := range p.whoIn(max(0, d.First-6), min(len(p.t.Tokens), d.Last+6)) {
			inside = inside || w.id != "" && w.from <= d.First && w.to >= d.Last && !w.place
		}
		if !inside {
			kept = append(kept, d)
		}
	}
	p.dates = kept
}

// aside returns how many tokens a clause between commas that begins at token k
// has, 0 if none does: "firman en Bruselas, con mediación de la UE, el acuerdo".
func (p *part) aside(k, to int) int {
	if p.t.Tokens[k].Gap&text.Comma == 0 {
		return 0
	}
	for m := k + 1; m < min(to, k+9); m++ {
		if p.t.Tokens[m].Gap&text.Comma != 0 {
			return m - k
		}
	}
	return 0
}
