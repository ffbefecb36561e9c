package read

import (
	"slices"

	"parley/internal/news"
	"parley/internal/text"
)

// A processName is a name of a negotiation itself: "Doha process".
type processName struct {
	negotiation int
	rest        []text.Token // behind its first word
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
			out[tokens[0].Norm] = append(out[tokens[0].Norm], processName{i, tokens[1:]})
		}
	}
	return out
}

// calledByName reports that the item calls a negotiation by its own name.
func (r *reader) calledByName(n *news.Negotiation) bool {
	if n == nil {
		return false
	}
	for i := range r.negotiations {
		if n == &r.negotiations[i] {
			return r.called[i]
		}
	}
	return false
}

// A calling is where an item calls the sides of a negotiation by its name: "the 5+5
// commission", "the Cypriot leaders"; not "Gibraltar".
type calling struct {
	p  *part
	at int
}

// callsSides reports that tokens [from,to) call the sides of a negotiation by its
// name.
func (r *reader) callsSides(p *part, from, to int) bool {
	return slices.ContainsFunc(r.calls, func(c calling) bool { return c.p == p && from <= c.at && c.at < to })
}

// call notes which negotiations the item calls by their own names.
func (r *reader) call() {
	r.called = append(r.called[:0], make([]bool, len(r.negotiations))...)
	r.calls = r.calls[:0]
	for _, p := range []*part{&r.title, &r.text} {
		tokens := p.t.Tokens
		for _, at := range p.namings {
			i := int(at)
		names:
			for _, n := range r.names[tokens[i].Norm] {
				over := p.sortOfTalks(i+len(n.rest), n.rest)
				if i+len(n.rest)+over >= len(tokens) {
					continue
				}
				for k := range n.rest {
					w, t := &n.rest[k], &tokens[i+1+k]
					if k == len(n.rest)-1 {
						t = &tokens[i+1+k+over] // "Sudan proximity talks"
					}
					if t.Norm != w.Norm || w.Gap&text.Space == 0 && t.Gap != w.Gap {
						continue names // "5.5" is not "5+5"
					}
				}
				if before := p.whoIn(max(0, i-2), i+1); len(before) > 0 {
					if w := before[len(before)-1]; w.from < i && w.to > i && !slices.Contains(r.negotiations[n.negotiation].Parties, w.id) {
						continue // "South Sudan talks" are not Sudan's
					}
				}
				r.called[n.negotiation] = true
				if last := i + len(n.rest) + over; len(r.negotiations[n.negotiation].Parties) <= 1 || p.has(last, cDelegation) && len(n.rest) > 0 || last+1 < len(tokens) && tokens[last+1].Gap == text.Space && severalSides(tokens[last+1].Norm) {
					r.calls = append(r.calls, calling{p, i})
				}
			}
		}
		for i := range p.who {
			if n := r.taskOf(&p.who[i]); n >= 0 {
				r.called[n] = true
			}
		}
	}
}

// sortOfTalks returns how many words that say of what sort the talks are stand at token i,
// where the name of a process has its last, "talks".
func (p *part) sortOfTalks(i int, rest []text.Token) (n int) {
	if len(rest) == 0 || rest[len(rest)-1].Norm != "talks" {
		return 0
	}
	for ; n < 2 && i+n+1 < len(p.t.Tokens); n++ {
		switch w := p.t.Tokens[i+n].Norm; {
		case p.t.Tokens[i+n+1].Gap != text.Space || p.t.Tokens[i+n].Gap != text.Space:
			return 0
		case p.has(i+n, cIndirect), p.has(i+n, cDirect), p.has(i+n, cTechnical), w == "proximity", w == "indirect", w == "peace", w == "truce", w == "ceasefire", w == "political":
		default:
			return n
		}
	}
	return n
}

// taskOf finds the negotiation between whose sides an envoy goes, −1 where it is not one
// alone: "the UN envoy for Yemen", or for Sudan, after which the talks of its army are called.
func (r *reader) taskOf(w *who) int {
	if w.sentFor == "" || w.former {
		return -1
	}
	task := -1
	for i := range r.negotiations {
		if n := &r.negotiations[i]; (slices.Contains(n.Parties, w.sentFor) || n.ID == w.sentFor) && slices.Contains(n.Mediators, w.id) {
			if task >= 0 {
				return -1
			}
			task = i
		}
	}
	return task
}
