package read

import (
	"slices"
	"strings"
)

// govern takes a group that governs for its state: the Taliban are Kabul, but not where
// the other side of their own talks is named.
func (r *reader) govern() {
	for _, g := range r.governments {
		group, state := g.group, g.state
		if !r.mentions(group) && !r.mentions(state) {
			continue // of most, nothing is said
		}
		if a, ok := r.actorNumbers[group]; ok && r.namesOther(group, r.partyTo[a]) {
			r.seated(group, state, r.partyTo[a])
			continue
		} else if ok && r.atWarAtHome(group, r.partyTo[a]) {
			if b, ok := r.actorNumbers[state]; !ok || !r.namesOther(state, r.partyTo[b], r.goBetweens(r.partyTo[a])...) {
				continue // "Sudan army refuses to attend Jeddah talks": those with its rebels
			}
		}
		for _, p := range [...]*part{&r.title, &r.text} {
			for i := range p.who {
				if p.who[i].id == group {
					p.who[i].id = state
				}
			}
		}
	}
}

// A government is a group that speaks for a state.
type government struct{ group, state string }

// mentions reports that title or text name an actor.
func (r *reader) mentions(id string) bool {
	for _, p := range [...]*part{&r.title, &r.text} {
		for i := range p.who {
			if p.who[i].id == id {
				return true
			}
		}
	}
	return false
}

// atWarAtHome reports that a group has talks with another group: of its own country.
func (r *reader) atWarAtHome(group string, talks []int) bool {
	for _, n := range talks {
		for _, id := range r.negotiations[n].Parties {
			if r.isGroup(id) && id != group {
				return true
			}
		}
	}
	return false
}

// seated takes the government of a state for the group that is it, where headline or lead name
// the other side of the group's own talks and no other side of the state's: "Khartoum will not sit with the RSF".
func (r *reader) seated(group, state string, talks []int) {
	other := false
	for _, p := range [...]*part{&r.title, &r.text} {
		for i := range p.who {
			id := p.who[i].id
			if !p.title && p.t.Tokens[p.who[i].from].Sentence > 0 {
				break
			}
			other = other || id != group && slices.ContainsFunc(talks, func(n int) bool { return slices.Contains(r.negotiations[n].Parties, id) })
			if a, ok := r.actorNumbers[state]; ok && p.title && id != state && slices.ContainsFunc(r.partyTo[a], func(n int) bool { return slices.Contains(r.negotiations[n].Parties, id) }) {
				return
			}
		}
	}
	seat, ok := r.actors.Seat(state)
	if !other || !ok {
		return
	}
	city, _, _ := strings.Cut(seat, ", ")
	for _, p := range [...]*part{&r.title, &r.text} {
		for i := range p.who {
			w := &p.who[i]
			if w.id == state && !w.place && !w.dateline && !w.demonym && (w.body || w.person || p.t.Quote(w.from, w.to) == city) {
				w.id = group
			}
		}
	}
}

// goBetweens lists who mediates in any of these negotiations.
func (r *reader) goBetweens(negotiations []int) (list []string) {
	for _, n := range negotiations {
		list = append(list, r.negotiations[n].Mediators...)
	}
	return list
}

// namesOther reports that the item names another party of one of these negotiations, but
// for those who do not count.
func (r *reader) namesOther(id string, negotiations []int, but ...string) bool {
	for _, p := range [...]*part{&r.title, &r.text} {
		for i := range p.who {
			if other := p.who[i].id; other != id && !slices.Contains(but, other) && slices.ContainsFunc(negotiations, func(n int) bool { return slices.Contains(r.negotiations[n].Parties, other) }) {
				return true
			}
		}
	}
	return false
}
