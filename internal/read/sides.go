package read

import (
	"slices"
	"strings"

	"parley/internal/actors"
	"parley/internal/news"
	"parley/internal/text"
)

// tally counts how much the item speaks of each actor: the title most, then
// the lead.
func (r *reader) tally() {
	for i := range r.sentences {
		s := &r.sentences[i]
		w := min(s.weight, 3)
		list := s.p.whoIn(s.from, s.to)
		for k := range list {
			x := &list[k]
			if x.id == "" || x.dateline {
				continue
			}
			at, ok := r.counts[x.id]
			if !ok {
				at = len(r.order)
				r.counts[x.id] = at
				r.order, r.weights = append(r.order, x.id), append(r.weights, 0)
			}
			x.actor = at + 1
			if x.place {
				w *= .3
			}
			r.weights[at] += w
		}
	}
	r.standings = slices.Grow(r.standings[:0], len(r.sentences)*len(r.order))[:len(r.sentences)*len(r.order)]
}

// role says what actor id is in the event's negotiation, as this text tells it.
func (r *reader) role(e *event, n *news.Negotiation, id string, mediators []string) news.Role {
	if id == "" {
		return news.Other
	}
	if n == nil && r.english && r.brokered(e) {
		return news.Mediator
	}
	if n != nil && slices.Contains(n.Parties, id) {
		if _, kind, ok := r.actors.Title(id); len(n.Parties) > 2 && r.english && ok && kind == actors.Organisation && r.cued(e, id, cMediating) {
			return news.Mediator // "the EU, which coordinates the talks of Iran and the three"
		}
		return news.Party
	}
	if title, _, ok := r.actors.Title(id); ok && n != nil && len(n.Parties) > 0 && slices.Contains(n.Names, title) {
		return news.Party // "E3 give Iran until …": the talks are called after them
	}
	if slices.Contains(mediators, id) && !r.guarantees(id) {
		return news.Mediator
	}
	if _, kind, ok := r.actors.Title(id); ok && (kind == actors.State || id == "european-union") && n != nil && len(n.Parties) == 0 && !r.cued(e, id, cHosting) && !slices.Contains(n.Hosts, id) && !slices.Contains(n.Mediators, id) {
		return news.Party // of a treaty that all states negotiate
	}
	mediates, denies := r.ofItself(id)
	switch {
	case e.kind == news.MediationOffered && r.offers(e, id):
		if r.roomsOnly(e) || denies {
			return news.Host
		}
		return news.Mediator // also who would only like to be one
	case r.guarantees(id):
		if r.guarantorMediates(id) || e.kind == news.TalksScheduled && n != nil && slices.Contains(n.Guarantors, id) {
			return news.Mediator // who calls the sides together does more than vouch for them
		}
		return news.Guarantor
	case r.guarantorMediates(id), mediates:
		return news.Mediator
	case denies:
		return news.Host
	case r.cued(e, id, cMediating):
		return news.Mediator
	case n != nil && slices.Contains(n.Guarantors, id):
		if e.kind == news.TalksScheduled {
			return news.Mediator
		}
		return news.Guarantor
	case n != nil && slices.Contains(n.Mediators, id):
		return news.Mediator
	case r.cued(e, id, cHosting), n != nil && slices.Contains(n.Hosts, id), r.atHome(e, id):
		return news.Host
	}
	if _, kind, ok := r.actors.Title(id); ok && kind == actors.Organisation && e.kind == news.TalksScheduled && n != nil && len(n.Parties) == 2 {
		return news.Mediator // an organisation of neither side that names the day for both
	}
	return news.Other
}

// offers reports that actor id is the one that makes the offer.
func (r *reader) offers(e *event, id string) bool {
	u := r.subject(e)
	return !u.found || u.who.id == id || u.who.id == "" || u.who.inferred
}

// atHome reports that the talks are held in the actor's own country.
func (r *reader) atHome(e *event, id string) bool {
	_, country, ok := strings.Cut(r.venue(e), ", ")
	title, _, known := r.actors.Title(id)
	return ok && known && title == country
}

// cued reports that the text itself gives actor id a role: a word of class c
// stands close to its name, anywhere that is news.
func (r *reader) cued(e *event, id string, c class) bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		if r.english && !s.classes.has(c) && (s.reach == s.to || s.p.next(s.to, s.reach, of(c)) == s.reach) {
			continue // nobody plays what no word here is
		}
		list := s.p.whoIn(s.from, s.to)
		for k := range list {
			if x := &list[k]; x.id == id && !x.dateline && s.p.plays(*x, s, c) {
				return true
			}
		}
		if r.english && i > 0 && s.p.is(s.from, aPronoun) && s.p.next(s.from, min(s.to, s.from+5), of(c)) < min(s.to, s.from+5) {
			if u := r.voice(&r.sentences[i-1]); u.found && u.who.id == id { // "It mediates between them"
				return true
			}
		}
		// "the country is acting as go-between": the one that speaks
		for k := s.p.nextMarked(s.from, s.to, aStateWord); k < s.to; k = s.p.nextMarked(k+1, s.to, aStateWord) {
			within := 8
			if k+2 < s.to && s.p.t.Tokens[k+1].Gap&text.Comma != 0 && s.p.is(k+1, aRelative) {
				within = 14 // "his country, which has embassies in both capitals, had mediated"
			}
			for j := k + 1; j < min(s.to, k+within); j++ {
				if s.p.has(j, c) && len(s.p.whoIn(k, j)) == 0 {
					if u := r.voice(s); u.found && u.who.id == id {
						return true
					}
				}
			}
		}
	}
	return false
}

// guarantees reports that the text calls actor id a guarantor, and nothing else
// that stands between the sides.
func (r *reader) guarantees(id string) bool {
	found := false
	if r.title.marked(0, len(r.title.marks), aGuarantor)+r.text.marked(0, len(r.text.marks), aGuarantor) == 0 {
		return false
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.marks&aGuarantor == 0 && !s.classes.has(cMediating) {
			continue
		}
		for k := s.from; k < s.to; k++ {
			if s.p.is(k, aGuarantor) {
				for _, w := range s.p.whoIn(max(s.from, k-6), min(s.to, k+3)) {
					found = found || w.id == id && s.p.alone(w, k)
				}
			} else if s.p.has(k, cMediating) {
				for _, w := range s.p.whoIn(max(s.from, k-6), min(s.to, k+6)) {
					if w.id == id {
						return false
					}
				}
			}
		}
	}
	return found
}

// guarantorMediates reports that the text says of a guarantor that it mediates as well:
// "Cuba, guarantor of and mediator in the process", "a guarantor that together with
// Norway mediates".
func (r *reader) guarantorMediates(id string) bool {
	if !r.english {
		return false
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.marks&aGuarantor == 0 || !s.classes.has(cMediating) {
			continue
		}
		g := s.p.nextMarked(s.from, s.to, aGuarantor)
		for k := g + 1; k < min(s.to, g+9); k++ {
			if !s.p.has(k, cMediating) || s.p.is(k, aGuarantor) {
				continue
			}
			for _, w := range s.p.whoIn(s.from, g) {
				if w.id == id && !w.place && g-w.to <= 3 {
					return true
				}
			}
		}
	}
	return false
}

// ofItself tells whether whoever speaks for actor id says that it mediates, or that it
// does not: "we will be in the room as mediators", "we are making a villa available, we
// do not mediate".
func (r *reader) ofItself(id string) (mediates, denies bool) {
	if !r.english {
		return false, false
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if !s.classes.has(cMediating) {
			continue
		}
		if r.hear(); s.begins&saysWe == 0 {
			continue
		}
		for k := s.p.next(s.from, s.to, of(cMediating)); k < s.to; k = s.p.next(k+1, s.to, of(cMediating)) {
			we := s.from
			for we < k && s.p.t.Tokens[we].Norm != "we" {
				we++
			}
			u := r.voice(s)
			if we == k || len(s.p.whoIn(we, k)) > 0 || !(u.found && u.who.id == id || !u.found && s.at > 0 && r.heard[s.at-1].found && r.heard[s.at-1].who.id == id) {
				continue
			}
			if s.p.left(k, we, 5, of(cNot)) >= 0 {
				return false, true
			}
			mediates = true
		}
	}
	return mediates, false
}

// plays reports that a word of class c is said of mention x: inside it, right
// behind it, before it by a "by", or in a clause that explains it.
func (p *part) plays(x who, s *sentence, c class) bool {
	for k := x.from; k < x.to; k++ {
		if p.has(k, c) {
			return true
		}
	}
	if !p.english && p.between(x, s, c) {
		return true
	}
	for k := x.to; k < min(s.to, x.to+11); k++ {
		if p.t.Tokens[k].Gap&text.Comma != 0 && !(k == x.to && p.has(k, c)) {
			switch p.t.Tokens[k].Norm {
			case "which", "who", "whose", "a", "the", "as", "acting", "qui", "que", "который", "которая":
			default:
				return false
			}
		} else if k > x.to+2 && p.t.Tokens[x.to].Gap&text.Comma == 0 && !p.alone(x, k) {
			break
		}
		if p.has(k, c) {
			if x.place && c == cMediating && !strings.HasSuffix(p.t.Tokens[k].Norm, "ed") {
				return false // "will meet in Nairobi, a mediator said"; but "in Lomé for mediated talks"
			}
			return !p.anothers(k, x.to) && !(p.english && p.left(k, x.to, 3, of(cNot)) >= 0)
		}
	}
	for k := x.from - 1; k >= s.from && k >= x.from-5; k-- {
		if p.t.Tokens[k+1].Gap&(text.SentenceEnd|text.Semicolon|text.Colon) != 0 || p.t.Tokens[k+1].Gap&text.Comma != 0 && !p.has(k, c) {
			return false
		}
		if p.has(k, c) {
			return x.from-k <= 2 || p.led(k, x.from)
		}
	}
	return false
}

// anothers reports that the mediation at token k is that of somebody who was
// accepted by those before it: "Somalia and Somaliland had accepted his mediation",
// "Armenia turns down mediator's plan", "told the mediators".
func (p *part) anothers(k, from int) bool {
	if k <= from {
		return false
	}
	if p.is(k-1, aPossessive) && p.count(from, k, cAccept)+p.count(from, k, cReject) > 0 {
		return true
	}
	if !p.english || p.t.Tokens[k].Norm != "mediator" && p.t.Tokens[k].Norm != "mediators" {
		return false
	}
	if p.t.Tokens[k].Flags&text.Possessive != 0 {
		return true // "will go along with the mediator's plan"
	}
	j := k - 1
	if p.is(j, anArticle) {
		j--
	}
	if j >= from {
		switch p.t.Tokens[j].Norm { // "has lodged a complaint with the mediator, Qatar"
		case "with", "to", "from", "against":
			return true
		}
	}
	for j := from; j < k && p.t.Tokens[j].Gap&(text.Comma|parts) == 0; j++ {
		if p.has(j, cAccept) || p.has(j, cReject) || addressed(p.t.Tokens[j].Norm) {
			return true
		}
	}
	return false
}

// ownMediation reports "the sides had accepted his mediation" in sentence s: who
// says so mediates.
func (p *part) ownMediation(s *sentence) bool {
	for k := p.next(s.from+1, s.to, of(cMediating)); k < s.to; k = p.next(k+1, s.to, of(cMediating)) {
		if p.anothers(k, s.from) {
			return true
		}
	}
	return false
}

// alone reports that nobody else is named between mention x and token k: "the
// UAE has owned up to its role as mediator".
func (p *part) alone(x who, k int) bool {
	from, to := x.to, k+1
	if k < x.from {
		from, to = k, x.from
	}
	for _, w := range p.whoIn(min(from, to), to) {
		if w.id != "" && w.id != x.id {
			return false
		}
	}
	return true
}

// led reports "mediated by the African Union", "mediators Qatar and Egypt":
// only "by", "of", articles and other names between.
func (p *part) led(from, to int) bool {
	for k := from + 1; k < to; k++ {
		switch p.t.Tokens[k].Norm {
		case "by", "of", "the", "and", "from", "jointly", "par", "por", "de", "la", "le", "du":
			continue
		}
		if p.t.Tokens[k].Flags&text.Capital == 0 {
			return false
		}
	}
	return true
}

// mediatorsOf lists who mediates, as the item supports it.
func (r *reader) mediatorsOf(e *event, n *news.Negotiation) []string {
	out := []string{}
	for _, id := range r.order {
		mediates, denies := r.ofItself(id)
		if n != nil && slices.Contains(n.Parties, id) || denies {
			continue
		}
		if n != nil && slices.Contains(n.Mediators, id) && r.present(e, id) >= 2 || mediates || r.cued(e, id, cMediating) {
			out = append(out, id)
		}
	}
	return out
}

// partiesOf lists the parties: those of the negotiation that the item names,
// or the two actors it speaks of most.
func (r *reader) partiesOf(e *event, n *news.Negotiation, mediators []string) []string {
	out := []string{}
	if n != nil {
		for _, id := range r.order {
			if slices.Contains(n.Parties, id) {
				out = append(out, id)
			}
		}
		for _, id := range n.Parties {
			if len(n.Parties) == 2 && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
		return out
	}
	for _, id := range r.order {
		if slices.Contains(mediators, id) || r.present(e, id) < 2 {
			continue
		}
		if out = append(out, id); len(out) == 2 {
			break
		}
	}
	return out
}
