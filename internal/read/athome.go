package read

import (
	"slices"
	"strings"

	"parley/internal/news"
)

// A paper does not name its own country in each sentence: "the negotiations with the United
// States", in Tehran, are Iran's.

// homeSide returns the party of n in whose country the outlet is, where the item names only the
// other party, as the one with whom it deals; "" else.
func (r *reader) homeSide(e *event, n *news.Negotiation) string {
	home := r.outletState()
	if home == "" || !slices.Contains(n.Parties, home) || slices.Contains(r.order, home) {
		return ""
	}
	for _, w := range e.s.p.whoIn(e.s.from, e.s.to) {
		if w.id != "" && !w.place && !w.dateline && !takesPart(n, w.id) && r.state(w.id) {
			return "" // somebody else's
		}
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order > 2 {
			break
		}
		for _, w := range s.p.whoIn(s.from, s.to) {
			if !w.place && !w.dateline && slices.Contains(n.Parties, w.id) && (s.p.facing(&w, s.from, s.to) || r.english && betweenTwo(e.kind)) {
				return home
			}
		}
	}
	return ""
}

// betweenTwo reports kinds that nobody tells of but who has a part in them: a breach of a
// truce, what is signed, turned down or agreed.
func betweenTwo(k news.Kind) bool {
	switch k {
	case news.ViolationAlleged, news.AgreementSigned, news.AgreementReached, news.ProposalRejected, news.ProposalAccepted, news.TalksSuspended, news.TalksPostponed, news.Denial, news.GapsNamed:
		return true
	}
	return false
}

// facing reports "with the United States", "his American counterpart": somebody is named as the
// one across the table.
func (p *part) facing(w *who, from, to int) bool {
	k := p.beforeArticle(w.from, from)
	if k >= from && withWord(p.t.Tokens[k].Norm) && p.left(k, from, 3, of(cTalks, cMeeting)) >= 0 {
		return true
	}
	for k := w.from; k < min(to, w.to+2); k++ {
		if n := p.t.Tokens[k].Norm; n == "counterpart" || n == "counterparts" {
			return true
		}
	}
	return false
}

// outletState is the party or mediator of any negotiation in whose country the city lies that
// the outlet's zone is named after; "" if there is none.
func (r *reader) outletState() string {
	at := r.page.Item.Published
	if at.IsZero() {
		return ""
	}
	if zone := at.Location().String(); zone != r.zone { // most items that follow one another are of few zones
		r.zone, r.outlet = zone, r.statesByTitle[r.countryOf(zone)]
	}
	return r.outlet
}

// countryOf is the country in which the city lies that a zone is named after.
func (r *reader) countryOf(zone string) string {
	country := strings.ReplaceAll(zone[strings.LastIndexByte(zone, '/')+1:], "_", " ") // "Indian/Mauritius"
	if city, ok := r.actors.Venue(country); ok {
		_, country, _ = strings.Cut(city, ", ")
	}
	return country
}

// inCapital finds whose body speaks by the capital that the sentence begins with: "BAMAKO – … In
// Algiers, the foreign ministry said".
func (r *reader) inCapital(u utterance) string {
	p := u.p
	if !r.english || !u.found || !p.ownerless(u.who.from, u.who.to) {
		return ""
	}
	s := p.t.Sentences[p.t.Tokens[u.who.from].Sentence]
	list := p.whoIn(s.From, u.who.from)
	const article = 1
	if len(list) != 1 || p.t.Tokens[s.From].Norm != "in" || list[0].from != s.From+1 || list[0].demonym || u.who.from-list[0].to > article {
		return ""
	}
	return list[0].id
}
