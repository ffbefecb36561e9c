package actors

import "parley/internal/text"

// affiliate concludes for whom the offices speak that do not say so
// themselves.
func (r *reader) affiliate() {
	for pi := range r.pages {
		p := &r.pages[pi]
		if p.t == nil {
			continue
		}
		for i := range p.phrases {
			f := &p.phrases[i]
			if f.aff >= 0 {
				continue
			}
			if f.person > 0 && r.people[f.person-1].aff >= 0 {
				f.aff, f.inferred = r.people[f.person-1].aff, true
				continue
			}
			if f.kind == kSource {
				continue // whose official an official is, is told or it is not
			}
			t := &r.x.lex.terms[f.term]
			if i > 0 && r.ledBy(p, f, &p.phrases[i-1]) {
				f.aff, f.inferred = p.phrases[i-1].aff, true
				if f.person > 0 {
					r.people[f.person-1].aff, r.people[f.person-1].inferred = f.aff, true
				}
				continue
			}
			a := r.master(p, f, i)
			if t.implied < 0 && f.implied > 0 {
				a = f.implied - 1
			}
			if a >= 0 {
				f.aff = a // "his spokesman": said, not concluded
				if f.person > 0 {
					r.people[f.person-1].aff = a
				}
				continue
			}
			if f.heads > 0 && t.needs == aTopic {
				continue // an envoy's sender cannot be guessed
			}
			if f.aff = t.implied; f.heads == 0 || f.aff < 0 {
				f.aff = r.concludeFor(p, f, i)
			}
			f.inferred = f.aff >= 0
			if f.person > 0 && f.aff >= 0 {
				r.people[f.person-1].aff, r.people[f.person-1].inferred = f.aff, true
			}
		}
	}
}

// ledBy reports whether f is whom the phrase before it is led by: "the American
// side was represented by special envoy Peter Lindqvist".
func (r *reader) ledBy(p *page, f, before *phrase) bool {
	i := int(f.from)
	if i < 2 || before.aff < 0 || p.t.Tokens[before.from].Sentence != p.t.Tokens[f.from].Sentence || f.from-before.to > 6 {
		return false
	}
	if p.t.Tokens[i-1].Norm != "by" {
		return false
	}
	switch p.t.Tokens[i-2].Norm {
	case "led", "headed", "represented", "chaired":
		return true
	}
	return false
}

// master returns for whom somebody speaks who is "his spokesman", "her deputy" or "its
// chairman": the side of whoever, or of the body that, was spoken of last, −1 if that is
// none in the same sentence or the one before.
func (r *reader) master(p *page, f *phrase, at int) int32 {
	body := false
	switch p.t.Tokens[f.from].Norm {
	case "son", "sa", "su":
		if f.lang == english {
			return -1
		}
		s := p.t.Sentences[p.t.Tokens[f.from].Sentence]
		for i := range p.phrases[:at] { // "La mission de l'ONU a annoncé …, a précisé son porte-parole"
			if g := &p.phrases[i]; int(g.from) >= s.From && int(g.from) <= s.From+4 && g.aff >= 0 && !g.plural {
				return g.aff
			}
		}
		return -1
	case "his", "her":
	case "its":
		if body = true; f.heads == 0 {
			return -1 // "its foreign ministry" is that of whoever acts
		}
	default:
		return -1
	}
	for i := at - 1; i >= 0; i-- {
		g := &p.phrases[i]
		if p.t.Tokens[f.from].Sentence-p.t.Tokens[g.from].Sentence > 1 {
			break
		}
		if body {
			if g.heads == 0 && p.t.Tokens[f.from].Sentence > p.t.Tokens[g.from].Sentence && p.verbBehind(&r.x.lex, int(g.to)) {
				return g.aff // "the Information Service said. '…', its chairman said"
			}
			continue
		}
		if g.heads > 0 && !g.plural && g.kind != kPart {
			return g.aff
		}
	}
	return -1
}

// concludeFor returns the actor that an office without affiliation speaks for:
// that of the same office before, or the state the sentence, the dateline, the
// headline or the sentence before begins with.
func (r *reader) concludeFor(p *page, f *phrase, at int) int32 {
	// an earlier mention of the same office
	for i := at - 1; i >= max(0, at-100); i-- {
		g := &p.phrases[i]
		if g.aff >= 0 && !g.inferred && r.sameOffice(g, f) {
			return g.aff
		}
	}
	if p == &r.pages[1] && r.pages[0].t != nil {
		for i := range min(len(r.pages[0].phrases), 100) {
			if g := &r.pages[0].phrases[i]; g.aff >= 0 && r.sameOffice(g, f) {
				return g.aff
			}
		}
	}
	s := p.t.Sentences[p.t.Tokens[f.from].Sentence]
	if a := r.firstState(p, s.From, min(int(f.from), s.From+200), true); a >= 0 {
		return a
	}
	if r.home >= 0 && r.x.actors[r.home].Kind == State {
		return r.home
	}
	if n := int(p.t.Tokens[f.from].Sentence); n > 0 {
		q := p.t.Sentences[n-1]
		if a := r.firstState(p, q.From, q.From+4, false); a >= 0 {
			return a
		}
	}
	if t := r.pages[0].t; t != nil && p != &r.pages[0] && len(t.Sentences) > 0 {
		q := t.Sentences[0]
		if a := r.firstState(&r.pages[0], q.From, min(q.To, q.From+3), false); a >= 0 {
			return a
		}
	}
	return -1
}

func (r *reader) sameOffice(g, f *phrase) bool {
	if f.heads > 0 && g.heads > 0 {
		return g.term == f.term && (f.part == 0 || g.part == f.part)
	}
	return f.part > 0 && g.part == f.part
}

// firstState returns the state that tokens [from,to) name first, −1 if none.
func (r *reader) firstState(p *page, from, to int, place bool) int32 {
	for i := from; i < to && i < len(p.at); i++ {
		at := p.at[i]
		if at == 0 {
			continue
		}
		x := &p.lexemes[at-1]
		if x.dropped || x.sense < 0 || x.actor < 0 || !x.kind.is(affiliations) || r.x.actors[x.actor].Kind != State {
			continue
		}
		if x.place && !place || i > 0 && asOf(p.t.Tokens[i-1].Norm) {
			continue
		}
		return x.actor
	}
	return -1
}

// asOf reports a word that makes of a name behind it when something was: "After Islamabad, Iran lists …".
func asOf(w string) bool { return w == "after" || w == "before" || w == "since" || w == "following" }

// emit appends the mentions of a page in order of tokens.
func (r *reader) emit(p *page, into []Mention) []Mention {
	k, f := 0, 0
	n := len(p.at)
	surnames := uint64(0) // a bit for the hash of each: most words have none of them
	for i := range r.people {
		surnames |= 1 << (text.Hash(r.people[i].last) & 63)
	}
	covered, tokens := p.at, p.t.Tokens[:n]
	for i := 0; i < n; {
		for f < len(p.phrases) && int(p.phrases[f].from) < i {
			f++
		}
		if f < len(p.phrases) && int(p.phrases[f].from) == i {
			into = append(into, Mention{})
			r.phraseMention(p, &p.phrases[f], &into[len(into)-1])
			i = int(p.phrases[f].to)
			f++
			continue
		}
		at := covered[i]
		if at == 0 {
			next := n
			if f < len(p.phrases) {
				next = int(p.phrases[f].from)
			}
			if surnames == 0 { // nothing but names and phrases counts: on to the next
				for i++; i < next && covered[i] == 0; i++ {
				}
				continue
			}
			for ; i < next && covered[i] == 0; i++ {
				if tok := &tokens[i]; surnames>>(tok.Hash&63)&1 != 0 && tok.Flags&(text.Capital|text.NonLatin) != 0 {
					if m, ok := r.surname(p, i); ok {
						// first names and titles before it
						if len(into) == 0 || into[len(into)-1].To <= m.From {
							into = append(into, m)
						}
					}
				}
			}
			continue
		}
		k = int(at - 1)
		x := &p.lexemes[k]
		if x.venue > 0 || x.sense >= 0 {
			into = append(into, Mention{})
			if !r.nameMention(p, x, &into[len(into)-1]) {
				into = into[:len(into)-1]
			}
		}
		i = max(i+1, int(x.to))
	}
	return into
}

func (r *reader) id(a int32) string {
	if a < 0 {
		return ""
	}
	return r.x.actors[a].ID
}

// speaksFor returns the id of the actor for which a speaks: itself, unless it
// is somebody's body or person.
func (r *reader) speaksFor(a int32) string {
	if a < 0 {
		return ""
	}
	x := &r.x.actors[a]
	if x.SpeaksFor != "" && x.Kind != Group { // a group that governs may be a party itself: Governs
		return x.SpeaksFor
	}
	return x.ID
}

func (r *reader) nameMention(p *page, x *lexeme, m *Mention) bool {
	l := &r.x.lex
	m.From, m.To, m.Place = int(x.from), int(x.to), x.place
	if x.venue > 0 {
		m.Venue = l.venues[x.venue].Title
	}
	if x.dateline {
		if x.sense >= 0 && x.kind.is(affiliations) {
			m.Form, m.Actor, m.SpeaksFor, m.Place = FormDateline, r.id(x.actor), r.speaksFor(x.actor), true
			return true
		}
		if x.venue > 0 {
			m.Form, m.Place = FormDateline, true
			return true
		}
		return false
	}
	if x.dropped {
		return false
	}
	if x.sense < 0 || x.actor < 0 {
		if x.venue > 0 {
			m.Form = FormCity
			return true
		}
		return false
	}
	if x.kind == kPerson && x.to == x.from+1 && p.otherName(l, int(x.from)) {
		return false
	}
	a := &r.x.actors[x.actor]
	m.Actor, m.SpeaksFor = a.ID, r.speaksFor(x.actor)
	if x.shares > 0 {
		f := &p.phrases[x.shares-1]
		m.Form, m.Actor, m.Office, m.Plural = FormOffice, "", l.terms[f.term].name, true
		if f.kind == kSource {
			m.Form = FormSource
		}
		return true
	}
	switch x.kind {
	case kName:
		m.Form = FormName
		if a.Kind == Body {
			m.Form, m.Name, m.Office = FormBody, a.Title, a.Office
		}
	case kDemonym:
		m.Form = FormDemonym
	case kCapital:
		m.Form = FormCapital
	case kBody:
		m.Form, m.Name = FormBody, p.t.Quote(m.From, m.To)
		m.Actor = ""
	case kPerson:
		m.Form, m.Name, m.Office = FormPerson, a.Title, a.Office
	}
	return true
}

// otherName reports that the surname at token i has another given name before it than
// whoever is known by it alone: "Marit Kallas" is not Kaja Kallas.
func (p *page) otherName(l *lexicon, i int) bool {
	if i == 0 || p.starts(i) || p.starts(i-1) || p.at[i-1] > 0 || p.styleAt(i) != plain || p.t.Tokens[i].Gap != text.Space {
		return false
	}
	before := &p.t.Tokens[i-1]
	return before.Flags&text.Capital != 0 && before.Flags&(text.AllCaps|text.Possessive|text.Number|text.NonLatin) == 0 && p.cue(l, i-1) == 0
}

func (r *reader) phraseMention(p *page, f *phrase, m *Mention) {
	l := &r.x.lex
	*m = Mention{From: int(f.from), To: int(f.to), SpeaksFor: r.speaksFor(f.aff), Inferred: f.inferred, Former: f.former, Plural: f.plural}
	if f.term > 0 {
		m.Office = l.terms[f.term].name
		if f.topic > 0 && l.terms[f.term].needs == aTopic {
			m.For = r.id(f.topic - 1)
		}
	}
	if f.part > 0 {
		m.Of = l.terms[f.part].name
		if m.Office == "minister" && m.Of == "foreign ministry" { // "le ministre iranien des Affaires étrangères"
			m.Office = "foreign minister"
		}
	}
	switch {
	case f.nameTo > f.nameFrom:
		m.Form = FormPerson
		m.Name = p.t.Quote(int(f.nameFrom), int(f.nameTo))
		if q := f.person; q > 0 && r.people[q-1].to-r.people[q-1].from > f.nameTo-f.nameFrom {
			m.Name = r.people[q-1].page.t.Quote(int(r.people[q-1].from), int(r.people[q-1].to))
		}
		r.recognise(p, f, m)
	case f.heads == 0:
		m.Form = FormBody
		m.Name = m.Of
	case f.kind == kSource:
		m.Form = FormSource
	default:
		m.Form = FormOffice
		// "the foreign minister", when one has been named before
		if !f.plural {
			for i := range r.people {
				q := &r.people[i]
				if q.term == f.term && q.aff == f.aff && q.aff >= 0 && !q.former && (f.part == 0 || q.part == f.part) {
					m.Name = q.page.t.Quote(int(q.from), int(q.to))
					break
				}
			}
		}
	}
}

// recognise gives a person's mention the id of the configured actor named in it.
func (r *reader) recognise(p *page, f *phrase, m *Mention) {
	for i := f.nameFrom; i < f.nameTo; i++ {
		if at := p.at[i]; at > 0 {
			x := &p.lexemes[at-1]
			if x.sense >= 0 && x.kind == kPerson && x.to == f.nameTo {
				m.Actor = r.id(x.actor)
				if s := r.x.actors[x.actor].SpeaksFor; s != "" {
					m.SpeaksFor, m.Inferred = s, false
				}
			}
		}
	}
}

// surname returns the mention of a person introduced elsewhere whose surname
// is token i.
func (r *reader) surname(p *page, i int) (Mention, bool) {
	tok := &p.t.Tokens[i]
	for k := range r.people {
		q := &r.people[k]
		if q.last != tok.Norm {
			continue
		}
		from := i
		// the rest of the name, as it was given
		for j := q.to - 2; j >= q.from && from > 0 && p.t.Tokens[from-1].Norm == q.page.t.Tokens[j].Norm && p.t.Tokens[from].Gap&^(text.Space|text.Hyphen|text.Dot) == 0; j-- {
			from--
		}
		if !cased(tok.Norm) && from == i && len(tok.Norm) < 8 {
			continue // three letters may be any word, where there are no capitals
		}
		from = p.titleBefore(from)
		m := Mention{
			From: from, To: i + 1, Form: FormPerson, Name: q.page.t.Quote(int(q.from), int(q.to)),
			SpeaksFor: r.speaksFor(q.aff), Inferred: true, Former: q.former,
		}
		if q.term > 0 {
			m.Office = r.x.lex.terms[q.term].name
		}
		if q.part > 0 {
			m.Of = r.x.lex.terms[q.part].name
		}
		return m, true
	}
	return Mention{}, false
}
