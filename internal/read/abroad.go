package read

import (
	"strings"

	"parley/internal/text"
)

// What the other languages do differently from English in telling who speaks:
// the verb before its subject, the name behind the office and its portfolio,
// no capitals to know a name by, the ministry of the outlet's own country
// called only "the ministry".

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
	if r.english || r.page.Item.Published.IsZero() {
		return ""
	}
	zone := r.page.Item.Published.Location().String()
	city, ok := r.actors.Venue(strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " "))
	if !ok {
		return ""
	}
	_, country, _ := strings.Cut(city, ", ")
	for _, id := range r.order {
		if id == "united-kingdom" || id == "united-states" {
			continue // services in other languages are at home there
		}
		if a, ok := r.actors.Actor(id); ok && a.Title == country {
			return id
		}
	}
	return ""
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
