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
		for _, x := range s.p.whoIn(s.from, s.to) {
			if x.id == "" || x.dateline {
				continue
			}
			if _, ok := r.counts[x.id]; !ok {
				r.order = append(r.order, x.id)
			}
			if x.place {
				w *= .3
			}
			r.counts[x.id] += w
		}
	}
}

// present says how strongly actor id stands by an event: in its sentence, in
// the title, in the lead, or somewhere.
func (r *reader) present(e *event, id string) float32 {
	best := float32(0)
	for _, x := range e.s.p.whoIn(e.s.from, e.s.to) {
		if x.id == id && !x.dateline {
			if !x.place {
				return 4
			}
			best = 1
		}
	}
	for _, x := range r.title.who {
		if x.id == id && !x.place {
			return max(best, 3)
		}
	}
	for i := range r.sentences {
		s := &r.sentences[i]
		if s.order == 0 || s.order > 3 && abs(s.order-e.s.order) > 2 || !r.english && s != e.s && s.asks() {
			continue
		}
		for _, x := range s.p.whoIn(s.from, s.to) {
			if x.id == id && !x.place && !x.dateline {
				best = max(best, 2)
			}
		}
	}
	if best == 0 && r.counts[id] >= 1 {
		best = .8
	}
	return best
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

// negotiation finds the configured negotiation that an event belongs to, which
// is one for all that a sentence tells of.
func (r *reader) negotiation(e *event) *news.Negotiation {
	if s := e.s; !s.placed {
		s.negotiation, s.placed = r.place(e), true
	}
	return e.s.negotiation
}

// place chooses the negotiation most of whose parties stand nearest to an event.
func (r *reader) place(e *event) *news.Negotiation {
	var best *news.Negotiation
	bestScore := float32(0)
	for _, i := range r.candidates() {
		n := &r.negotiations[i]
		called := r.called[i]
		sum, near := float32(0), 0
		for _, id := range n.Parties {
			v := r.present(e, id)
			if v >= .8 {
				near++
			}
			sum += v
		}
		if near < 2 && !called && !(near == 1 && r.uniquely(e, n)) || near < 2 && r.paired(e, n) {
			continue
		}
		score := sum / float32(max(2, len(n.Parties)))
		for _, id := range n.Mediators {
			if r.present(e, id) >= 1 {
				score += .25
				break
			}
		}
		if called && near >= 1 {
			score += 2.5
		} else if called {
			score += 1
		}
		if r.goesBetween(e, n) {
			score--
		}
		if r.leading(e, n) {
			score += .6
		}
		if len(n.Parties) > 2 && near < len(n.Parties) {
			// of several parties the one whose file it is must be there
			if r.present(e, n.Parties[0]) < .8 && !called {
				continue
			}
		}
		if score > bestScore {
			best, bestScore = n, score
		}
	}
	return best
}

// paired reports that the one party of n that is named stands together with a
// state that is none: "Pakistan, Turkey hold consultations".
func (r *reader) paired(e *event, n *news.Negotiation) bool {
	for _, p := range []*part{e.s.p, &r.title} {
		list := p.who
		if p == e.s.p {
			list = p.whoIn(e.s.from, e.s.to)
		}
		for k := 1; k < len(list); k++ {
			a, b := list[k-1], list[k]
			if a.place || b.place || a.id == "" || b.id == "" || a.id == b.id || !p.listed(a.to, b.from) && p.t.Tokens[b.from].Gap&text.Hyphen == 0 {
				continue
			}
			if in, out := slices.Contains(n.Parties, a.id), slices.Contains(n.Parties, b.id); in != out {
				return true
			}
		}
	}
	return false
}

// candidates lists the negotiations that an item may be about: one of their
// parties is named, or their name.
func (r *reader) candidates() []int {
	if !r.shortlisted {
		r.shortlist, r.shortlisted = r.shortlist[:0], true
		for i := range r.negotiations {
			if r.called[i] || r.mentions(r.negotiations[i].Parties) {
				r.shortlist = append(r.shortlist, i)
			}
		}
	}
	return r.shortlist
}

// leading reports that the first two actors of an event's sentence are the
// parties of n: "Islamabad tells Kabul: hand over the TTP's men".
func (r *reader) leading(e *event, n *news.Negotiation) bool {
	list := e.s.p.whoIn(e.s.from, e.s.to)
	if k := len(list) - 1; k > 0 && slices.Contains(n.Parties, list[k].id) && slices.Contains(n.Parties, list[k-1].id) && list[k].id != list[k-1].id &&
		list[k].from-list[k-1].to <= 2 && e.s.p.count(list[k-1].to, list[k].from, cSaid) > 0 {
		return true // "…, Islamabad tells Kabul"
	}
	first := ""
	for _, w := range e.s.p.whoIn(e.s.from, e.s.to) {
		switch {
		case w.id == "" || w.place || w.dateline || w.id == first:
		case !slices.Contains(n.Parties, w.id):
			return false
		case first != "":
			return true
		default:
			first = w.id
		}
	}
	return false
}

// uniquely reports that the only party of n that is named, together with a
// mediator of it, fits no other negotiation.
func (r *reader) uniquely(e *event, n *news.Negotiation) bool {
	party, others := "", 0
	for _, id := range n.Parties {
		if _, named := r.counts[id]; named && r.present(e, id) >= 2 {
			party = id
		}
	}
	if party == "" {
		return false
	}
	for _, w := range e.s.p.whoIn(e.s.from, e.s.to) { // it deals with somebody else
		if w.id != "" && !w.place && !w.dateline && !slices.Contains(n.Parties, w.id) && !slices.Contains(n.Mediators, w.id) && !slices.Contains(n.Hosts, w.id) && !slices.Contains(n.Guarantors, w.id) {
			return false
		}
	}
	for i := range r.negotiations {
		if o := &r.negotiations[i]; o != n && slices.Contains(o.Parties, party) {
			others++
		}
	}
	if others == 0 {
		return true
	}
	if others > 2 || !r.mentions(n.Mediators) {
		return false
	}
	mediator := false
	for _, id := range n.Mediators {
		mediator = mediator || r.present(e, id) >= 2
	}
	if !mediator {
		return false
	}
	for i := range r.negotiations { // a mediator of the party's other talks is named as well
		o := &r.negotiations[i]
		if o == n || !slices.Contains(o.Parties, party) {
			continue
		}
		for _, id := range o.Mediators {
			if !slices.Contains(n.Mediators, id) && r.present(e, id) >= 2 {
				return false
			}
		}
	}
	return true
}

// mentions reports whether the item speaks of any of the actors.
func (r *reader) mentions(ids []string) bool {
	for _, id := range ids {
		if _, ok := r.counts[id]; ok {
			return true
		}
	}
	return false
}

// A processName is a name of a negotiation itself: "Doha process".
type processName struct {
	negotiation int
	rest        []string // behind its first word
}

// processNames files the names of negotiations by their first words.
func processNames(list []news.Negotiation) map[string][]processName {
	out := map[string][]processName{}
	for i := range list {
		for _, name := range list[i].Names {
			tokens := text.New(name).Tokens
			if len(tokens) == 0 {
				continue
			}
			var rest []string
			for _, t := range tokens[1:] {
				rest = append(rest, t.Norm)
			}
			out[tokens[0].Norm] = append(out[tokens[0].Norm], processName{i, rest})
		}
	}
	return out
}

// beginnings are the first two bytes of the names, so that most words need no
// more than a glance.
func beginnings(names map[string][]processName) *[256][256]bool {
	out := new([256][256]bool)
	for w := range names {
		if len(w) > 1 {
			out[w[0]][w[1]] = true
		}
	}
	return out
}

// call notes which negotiations the item calls by their own names.
func (r *reader) call() {
	r.called = append(r.called[:0], make([]bool, len(r.negotiations))...)
	for _, p := range []*part{&r.title, &r.text} {
		tokens := p.t.Tokens
		for i := range tokens {
			if w := tokens[i].Norm; len(w) < 2 || !r.begins[w[0]][w[1]] {
				continue // no name begins like this
			}
		names:
			for _, n := range r.names[tokens[i].Norm] {
				if i+len(n.rest) >= len(tokens) {
					continue
				}
				for k, w := range n.rest {
					if tokens[i+1+k].Norm != w {
						continue names
					}
				}
				r.called[n.negotiation] = true
			}
		}
	}
}

// role says what actor id is in the event's negotiation, as this text tells it.
func (r *reader) role(e *event, n *news.Negotiation, id string, mediators []string) news.Role {
	if id == "" {
		return news.Other
	}
	if n != nil && slices.Contains(n.Parties, id) {
		return news.Party
	}
	if slices.Contains(mediators, id) && !r.guarantees(id) {
		return news.Mediator
	}
	if a, ok := r.actors.Actor(id); ok && a.Kind == actors.State && n != nil && len(n.Parties) == 0 && !r.cued(e, id, cHosting) && !slices.Contains(n.Hosts, id) && !slices.Contains(n.Mediators, id) {
		return news.Party // of a treaty that all states negotiate
	}
	switch {
	case e.kind == news.MediationOffered && r.offers(e, id):
		if r.roomsOnly(e) {
			return news.Host
		}
		return news.Mediator // also who would only like to be one
	case r.guarantees(id):
		return news.Guarantor
	case r.cued(e, id, cMediating):
		return news.Mediator
	case n != nil && slices.Contains(n.Guarantors, id):
		return news.Guarantor
	case n != nil && slices.Contains(n.Mediators, id):
		return news.Mediator
	case r.cued(e, id, cHosting), n != nil && slices.Contains(n.Hosts, id), r.atHome(e, id):
		return news.Host
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
	a, known := r.actors.Actor(id)
	return ok && known && a.Title == country
}

// cued reports that the text itself gives actor id a role: a word of class c
// stands close to its name, anywhere that is news.
func (r *reader) cued(e *event, id string, c class) bool {
	for i := range r.sentences {
		s := &r.sentences[i]
		for _, x := range s.p.whoIn(s.from, s.to) {
			if x.id != id || x.dateline {
				continue
			}
			if s.p.plays(x, s, c) {
				return true
			}
		}
		// "the country is acting as go-between": the one that speaks
		for k := s.from; k < s.to; k++ {
			if !s.p.is(k, aStateWord) {
				continue
			}
			for j := k + 1; j < min(s.to, k+8); j++ {
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
	for i := range r.sentences {
		s := &r.sentences[i]
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
			return true
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
		if n != nil && slices.Contains(n.Parties, id) {
			continue
		}
		if n != nil && slices.Contains(n.Mediators, id) && r.present(e, id) >= 2 || r.cued(e, id, cMediating) {
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
