package read

import (
	"slices"
	"strings"

	"parley/internal/actors"
	"parley/internal/news"
	"parley/internal/text"
)

// name finds the actors of title and text, read together: a surname in the
// title is introduced in the text.
func (r *reader) name() {
	r.inTitle, r.inText = r.actors.FindAll(r.title.t, r.text.t, r.inTitle[:0], r.inText[:0])
	r.title.take(r.inTitle)
	r.text.take(r.inText)
	r.rebels(&r.title)
	r.rebels(&r.text)
	r.govern()
	if r.english {
		r.pairs(&r.title)
		r.pairs(&r.text)
	}
}

// pairs finds both sides of "US-Iran negotiators", which are nobody's alone.
func (r *reader) pairs(p *part) {
	for i := 0; i < len(p.who); i++ {
		w := &p.who[i]
		if !w.person && !w.body || w.name != "" || w.id == "" || w.to-w.from < 3 {
			continue
		}
		for k := w.from + 1; k < w.to-1; k++ {
			if p.t.Tokens[k].Gap != text.Hyphen {
				continue
			}
			first, second := r.calledBy(p, w.from, k), w.id
			if first == second {
				second = r.calledBy(p, k, k+1) // "Thai-Cambodian border committee" is called after the first
			}
			if from := w.from; first != "" && second != "" && first != second {
				w.from, w.to, w.id, w.person, w.body, w.office = k, k+1, second, false, false, ""
				p.who = slices.Insert(p.who, i, who{from: from, to: k, id: first})
				i++
			}
			break
		}
	}
}

// calledBy returns the one actor whom tokens [from,to) name by themselves.
func (r *reader) calledBy(p *part, from, to int) string {
	if found := r.actors.Find(text.New(p.t.Quote(from, to)), nil); len(found) == 1 && (found[0].Form == actors.FormName || found[0].Form == actors.FormDemonym) {
		return found[0].Actor
	}
	return ""
}

func (p *part) take(mentions []actors.Mention) {
	for _, m := range mentions {
		if m.Form == actors.FormBody {
			m.From = p.joinedBy(m.From, m.To)
		}
		w := who{
			from: m.From, to: m.To, id: m.SpeaksFor, office: m.Office, sentFor: m.For, place: m.Place,
			dateline: m.Form == actors.FormDateline,
			body:     m.Form == actors.FormBody,
			person:   m.Form == actors.FormPerson || m.Form == actors.FormOffice,
			anon:     m.Form == actors.FormSource,
			demonym:  m.Form == actors.FormDemonym,
			venue:    m.Venue,
			former:   m.Former,
			inferred: m.Inferred || m.Former && m.Form == actors.FormPerson,
			mediates: p.count(m.From, m.To, cMediating) > 0,
		}
		if w.anon && p.official(m.From, m.To) {
			w.anon, w.body = false, true
		}
		if w.id == "" {
			w.id = m.Actor
		}
		w.plural = m.Plural
		w.unnamed = m.Form == actors.FormOffice && m.Plural && (m.Office == "delegate" || m.Office == "negotiator")
		if p.title && w.dateline { // a headline has none: "EU: talks to resume" is who says so
			w.dateline, w.place = false, false
		}
		switch m.Form {
		case actors.FormPerson:
			w.name = m.Name
			p.disarm(m.From, m.To)
		case actors.FormName, actors.FormDemonym, actors.FormCapital, actors.FormCity, actors.FormDateline:
			clear(p.cues[m.From:m.To]) // the United States states nothing
		default:
			p.disarm(m.From, m.To)
		}
		if p.atEvent(&w) {
			w.id, w.place = "", true
		}
		if p.english && m.Form == actors.FormName && p.partOf(m.From) {
			w.place = true // "the force in southern Lebanon"
		}
		if !w.person && p.followedByPrivate(m.To) && !p.sanctioned(m.From) && !p.spared(m.From) {
			w.id, w.place, w.private = "", true, true
		}
		p.who = append(p.who, w)
	}
	for i := len(p.who) - 2; i >= 0; i-- { // "Afghan and Pakistani dealers"
		if a, b := &p.who[i], &p.who[i+1]; a.demonym && !a.person && b.private && b.from-a.to <= 1 {
			a.id, a.place, a.private = "", true, true
		}
	}
}

// official reports "an official source at the Foreign Ministry": so the ministries of the
// Gulf sign what they give to their agencies.
func (p *part) official(from, to int) bool {
	for k := from; p.english && k+3 < to; k++ {
		if p.t.Tokens[k].Norm == "official" && p.t.Tokens[k+1].Norm == "source" {
			switch p.t.Tokens[to-1].Norm {
			case "ministry", "court", "presidency", "affairs":
				return true
			}
		}
	}
	return false
}

// partOf reports a part of a country before token i: "in southern Lebanon".
func (p *part) partOf(i int) bool {
	if i < 2 || p.t.Tokens[i].Gap != text.Space {
		return false
	}
	switch p.t.Tokens[i-1].Norm {
	case "southern", "northern", "eastern", "western", "central":
	default:
		return false
	}
	switch p.t.Tokens[i-2].Norm {
	case "in", "from", "across", "near", "of", "to", "into":
		return true
	}
	return false
}

// joinedBy returns where a body in tokens [from,to) begins, if an Arabic "and the" stands inside
// it: "الجيش والدعم السريع" are two.
func (p *part) joinedBy(from, to int) int {
	for k := to - 1; k > from; k-- {
		if strings.HasPrefix(p.t.Tokens[k].Norm, "وال") {
			return k
		}
	}
	return from
}

// disarm takes the meaning of cues from words that are part of a name: Said Al
// Harthi says nothing, the African Union's mediator has no labour dispute.
func (p *part) disarm(from, to int) {
	for k := from; k < to; k++ {
		if q := p.cues[k]; q != nil && p.t.Tokens[k].Flags&text.Capital != 0 && q.classes.any(of(cSaid, cBusiness, cPrivate, cSport, cFiction, cDomestic, cOpinion)) {
			p.cues[k] = nil
		}
	}
}

// possessed makes a person of the unknown name in "Kenya's Ruto says" and "…: Oman's
// Albusaidi": a headline has no room for the office. A text gives at least as many names.
func (p *part) possessed(least int) {
	if !p.english {
		return
	}
	for i := range p.who {
		w := &p.who[i]
		if w.id == "" || w.place || w.demonym || w.person || w.body || w.anon || w.private || p.t.Tokens[w.to-1].Flags&text.Possessive == 0 {
			continue
		}
		end := w.to
		for end < len(p.t.Tokens) && end < w.to+3 && p.unheard(end) && (i+1 == len(p.who) || end < p.who[i+1].from) {
			end++
		}
		if end < w.to+least || end < len(p.t.Tokens) && (p.t.Tokens[end].Flags&text.Capital != 0 && p.t.Tokens[end].Gap&^text.Space == 0 || p.t.Tokens[end].Gap&text.Hyphen != 0) {
			continue // a headline in capitals, or a longer name
		}
		w.name, w.person, w.to = p.t.Quote(w.to, end), true, end
	}
}

// envoys ties a person to whoever's envoy he is said to be: "Putin's envoy Dmitriev".
func (p *part) envoys() {
	for i := 1; i < len(p.who); i++ {
		w, of := &p.who[i], &p.who[i-1]
		if p.english && w.person && w.id == "" && of.id != "" && of.to == w.from && p.t.Tokens[of.to-1].Flags&text.Possessive != 0 && !of.place && !of.former {
			w.id = of.id
		}
	}
}

// chairs ties a person to whose chair or mediator he is said to be: "the OSCE co-chair,
// Ambassador Viktor Lindahl, said".
func (p *part) chairs() {
	if !p.english {
		return
	}
	for i := 1; i < len(p.who); i++ {
		w, of := &p.who[i], &p.who[i-1]
		if w.id != "" || !w.person || w.name == "" || of.id == "" || of.place || of.person || of.dateline || p.t.Tokens[w.from].Gap&text.Comma == 0 {
			continue
		}
		if words := w.from - of.to; words > 3 || p.next(of.to, w.from, 1<<cMediating) == w.from {
			continue
		}
		w.id, w.mediates = of.id, true
	}
}

// atEvent reports "at ASEAN forum", "on the sidelines of the UN General Assembly":
// somebody's event is where others meet.
func (p *part) atEvent(w *who) bool {
	if !p.english || w.from == 0 || w.to >= len(p.t.Tokens) || w.person || w.anon || p.t.Tokens[w.to].Gap&^text.Space != 0 {
		return false
	}
	led := false
	for k := w.from - 1; k >= max(0, w.from-3) && p.t.Tokens[k+1].Gap&^text.Space == 0; k-- {
		switch p.t.Tokens[k].Norm {
		case "at", "sidelines", "margins", "during":
			led = true
		}
	}
	for k := w.to; led && k < min(len(p.t.Tokens), w.to+3) && p.t.Tokens[k].Gap&^text.Space == 0; k++ {
		switch p.t.Tokens[k].Norm {
		case "forum", "summit", "conference", "assembly", "congress", "headquarters", "hq", "gathering":
			return true
		}
	}
	return false
}

// unheard reports a capitalised word at token k that no English data file has.
func (p *part) unheard(k int) bool {
	t := &p.t.Tokens[k]
	return t.Flags&text.Capital != 0 && t.Flags&(text.AllCaps|text.Acronym|text.Number) == 0 && t.Gap&^text.Space == 0 && p.words[k].cues[inEnglish] == 0 && p.marks[k] == 0
}

// halves gives "the North" and "South's offer" their meaning where both Koreas,
// or one of them, are spoken of.
func (r *reader) halves() {
	korea := false
	for _, p := range []*part{&r.title, &r.text} {
		for i := range p.who {
			id := p.who[i].id
			korea = korea || id == "north-korea" || id == "south-korea"
		}
		for i := 1; r.english && i < len(p.t.Tokens); i++ { // "the two Koreas" names both
			if p.t.Tokens[i].Norm == "koreas" && len(p.whoIn(i-1, i+1)) == 0 {
				korea = true
				p.who = append(p.who, who{from: i - 1, to: i, id: "north-korea"}, who{from: i, to: i + 1, id: "south-korea"})
				slices.SortFunc(p.who, func(a, b who) int { return a.from - b.from })
			}
		}
	}
	if !korea {
		return
	}
	for _, p := range []*part{&r.title, &r.text} {
		before := len(p.who)
		for i := range p.t.Tokens {
			tok := &p.t.Tokens[i]
			if tok.Flags&text.Capital == 0 || len(p.whoIn(i, i+1)) > 0 || p.countBefore(max(0, i-4), i) != len(p.whoIn(max(0, i-4), i)) {
				continue
			}
			if i+1 < len(p.t.Tokens) && tok.Flags&text.Possessive == 0 && p.t.Tokens[i+1].Flags&text.Capital != 0 && p.t.Tokens[i+1].Gap&^text.Space == 0 {
				continue // South Africa, North Sea
			}
			switch tok.Norm {
			case "north":
				p.who = append(p.who, who{from: i, to: i + 1, id: "north-korea"})
			case "south":
				p.who = append(p.who, who{from: i, to: i + 1, id: "south-korea"})
			}
		}
		if len(p.who) > before {
			slices.SortFunc(p.who, func(a, b who) int { return a.from - b.from })
		}
	}
}

// sanctioned reports that the sentence of token i is about sanctions, where a
// nation's firms stand for it.
func (p *part) sanctioned(i int) bool {
	s := p.t.Sentences[p.t.Tokens[i].Sentence]
	for k := s.From; k < s.To; k++ {
		if c := p.cues[k]; !p.english && c != nil && c.classes.any(of(cSanction, cImpose, cEase)) {
			return true
		}
		switch p.t.Tokens[k].Norm {
		case "sanctions", "sanction", "sanctioned", "blacklist", "blacklists", "blacklisted", "licence", "licences", "license", "licenses", "listing":
			return true
		}
	}
	return false
}

// spared reports "lifts curbs for U.S. buyers": whose firms are spared is a side.
func (p *part) spared(at int) bool {
	if !p.english || at == 0 || p.t.Tokens[at-1].Norm != "for" && p.t.Tokens[at-1].Norm != "on" {
		return false
	}
	s := p.t.Sentences[p.t.Tokens[at].Sentence]
	return p.left(at, s.From, 14, of(cSanction)) >= 0 && p.left(at, s.From, 14, of(cEase, cImpose, cSuspend)) >= 0
}

// followedByPrivate reports that a name only says whose nation somebody is:
// "a Serbian insurer", "Pakistan captain".
func (p *part) followedByPrivate(i int) bool {
	for k := i; k < min(len(p.t.Tokens), i+3); k++ {
		if p.t.Tokens[k].Gap&^(text.Space|text.Hyphen|text.QuoteOpen) != 0 {
			return false
		}
		if p.english && determiner(p.t.Tokens[k].Norm) {
			return false // "the delegations of Thailand and Cambodia left the hotel"
		}
		if p.has(k, cPrivate) || strings.HasSuffix(p.t.Tokens[k].Norm, "makers") {
			return true
		}
		if p.cues[k] != nil && p.cues[k].classes.any(of(cTalks, cMeeting, cDelegation, cDeal, cSaid, cSign, cReach, cAccept, cReject, cPropose, cHold, cStart, cOffer)) {
			return false
		}
	}
	return false
}

// phaseOf reports "the first phase of the ceasefire", which is no round of talks.
func (p *part) phaseOf(k, to int) bool {
	w := p.t.Tokens[k].Norm
	if w != "phase" && w != "stage" {
		return false
	}
	for j := k + 1; j < min(to, k+5); j++ {
		if p.has(j, cDeal) && !p.has(j, cTalks) {
			return true
		}
	}
	return false
}

// round reads the number of the round an event is about: "second round",
// "round two", "the 5th round".
func (r *reader) round(e *event) int {
	for i, s := range r.around(e) {
		if i > 3 {
			break
		}
		p := s.p
		for k := p.next(s.from, s.to, of(cRoundWord)); k < s.to; k = p.next(k+1, s.to, of(cRoundWord)) {
			if k > s.from && p.has(k-1, cPast) || p.phaseOf(k, s.to) {
				continue
			}
			if p.left(k, s.from, 12, of(cBefore)) >= 0 && p.left(k, s.from, 12, of(cStart, cEnd, cHold)) >= 0 {
				if s == e.s && e.trigger < k || s != e.s && e.kind == news.TalksScheduled {
					continue // "five days after they wound up their sixth round" is not the one to come
				}
			}
			// "second round", "second indirect round"
			for j := k - 1; j >= s.from && j >= k-3; j-- {
				if n := r.ordinal(p, j); n > 0 {
					if j > s.from && p.t.Tokens[j-1].Norm == "before" || n == 1 && p.sinceBehind(k, s.to) {
						break
					}
					return n
				}
			}
			if !r.english && k+1 < s.to { // "الجولة الثالثة", "دور ششم"
				if n := r.ordinal(p, k+1); n > 0 {
					return n
				}
			}
			if p.t.Tokens[k].Norm == "round" || p.t.Tokens[k].Norm == "rounds" {
				if k+1 < s.to && p.t.Tokens[k+1].Gap&(text.Comma|text.SentenceEnd) == 0 {
					if n := cardinal(p.t.Tokens[k+1].Norm); n > 0 && p.t.Tokens[k].Norm == "round" {
						return n
					}
				}
			}
		}
	}
	return 0
}

// sinceBehind reports "the first meeting since spring", which is no first round.
func (p *part) sinceBehind(k, to int) bool {
	for j := k + 1; j < min(to, k+10); j++ {
		if p.is(j, aSince) {
			return true
		}
	}
	return false
}

// ordinal reads the ordinal at token j: a word, or digits with their ending.
func (r *reader) ordinal(p *part, j int) int {
	tok := &p.t.Tokens[j]
	if q := p.cues[j]; q != nil && q.ordinal > 0 {
		return int(q.ordinal)
	}
	if tok.Flags&text.Number != 0 && len(tok.Norm) <= 2 && j+1 < len(p.t.Tokens) && p.t.Tokens[j+1].Gap&^text.Hyphen == 0 {
		switch p.t.Tokens[j+1].Norm {
		case "st", "nd", "rd", "th", "e", "er", "eme", "a", "o", "ro", "da", "va", "й", "го", "я", "му", "м", "ой", "واں", "ويں":
			return atoi(tok.Norm)
		}
	}
	return 0
}

func cardinal(w string) int {
	switch w {
	case "one":
		return 1
	case "two":
		return 2
	case "three":
		return 3
	case "four":
		return 4
	case "five":
		return 5
	case "six":
		return 6
	case "seven":
		return 7
	case "eight":
		return 8
	case "nine":
		return 9
	case "ten":
		return 10
	}
	if len(w) <= 2 && strings.Trim(w, "0123456789") == "" && w != "" {
		return atoi(w)
	}
	return 0
}

// home is the actor whose own feed this is: what "the Foreign Ministry
// announces" there is its own. A feed's name tells it ("Republic of Türkiye,
// Foreign Ministry"), or for a feed of the tier official the city its zone is
// named after. Empty for others.
func (r *reader) home() string {
	if !r.homeSought {
		r.homeID, r.homeSought = r.findHome(), true
	}
	return r.homeID
}

func (r *reader) findHome() string {
	it := &r.page.Item
	if it.Feed != "" {
		t := text.New(it.Feed)
		office := false
		for i := range t.Tokens {
			e := r.lexicons["en"].entry(r.words.find(t.Tokens[i].Key, t.Tokens[i].Hash))
			office = office || e.single != nil && e.single.marks&anOffice != 0
		}
		if office {
			for _, m := range r.actors.Find(t, nil) {
				if m.SpeaksFor != "" && !m.Inferred {
					return m.SpeaksFor
				}
			}
		}
	}
	if it.Tier != news.Official {
		return ""
	}
	return r.zoneState()
}

// zoneState is the actor that the item names in whose country the city lies that
// the outlet's zone is named after. Empty if there is none.
func (r *reader) zoneState() string {
	at := r.page.Item.Published
	if at.IsZero() {
		return ""
	}
	country := r.countryOf(at.Location().String())
	for _, id := range r.order {
		if title, _, ok := r.actors.Title(id); ok && title == country {
			return id
		}
	}
	return ""
}
