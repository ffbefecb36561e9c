package rules

import (
	"cmp"
	"slices"
	"strings"

	"parley/internal/text"
)

// A reader evaluates one query tree, node by node, with no index and nothing
// clever. It is what the language means: Explain asks it, and tests hold the
// matcher of a Set against it.
type reader struct {
	v      *Vocabulary
	d      *Doc
	f      *Facts
	actors map[*text.Text][]actorPlace // names found, by field
}

// A place is a half-open range of tokens of one field.
type place struct{ from, to int }

type actorPlace struct {
	place
	actor int
}

// holds reports whether n holds and, if so, what made it hold.
func (r *reader) holds(n Node) (bool, []Because) {
	switch n := n.(type) {
	case *And:
		var because []Because
		for _, k := range n.Nodes {
			ok, b := r.holds(k)
			if !ok {
				return false, nil
			}
			because = append(because, b...)
		}
		return true, because
	case *Or:
		for _, k := range n.Nodes {
			if ok, b := r.holds(k); ok {
				return true, b
			}
		}
		return false, nil
	case *Not:
		ok, _ := r.holds(n.Node)
		return !ok, nil
	case *Near:
		return r.near(n)
	case *Term:
		return r.found(n, n.Title)
	case *Field:
		if n.Name == "actor" {
			return r.found(n, n.Title)
		}
		ok, value := r.field(n)
		if !ok {
			return false, nil
		}
		return true, []Because{{Condition: format(n, false), Field: n.Name, Value: value}}
	}
	return false, nil
}

func (r *reader) field(n *Field) (bool, string) {
	c, bad := parseCond(n.Name, n.Value)
	if bad != nil {
		return false, ""
	}
	if aboutItem(n.Name) {
		return c.item(r.d)
	}
	return c.fact(r.f, r.d.Today)
}

// fields returns the texts that a condition looks into, by name.
func (r *reader) fields(title bool) []field {
	if title {
		return []field{{"title", r.d.Title}}
	}
	return []field{{"title", r.d.Title}, {"text", r.d.Text}}
}

type field struct {
	name string
	text *text.Text
}

// found looks for the first place of a term or an actor.
func (r *reader) found(n Node, title bool) (bool, []Because) {
	for _, f := range r.fields(title) {
		if ps := r.places(n, f.text); len(ps) > 0 {
			return true, []Because{{Condition: format(n, false), Field: f.name, From: ps[0].from, To: ps[0].to}}
		}
	}
	return false, nil
}

// places returns all places of an operand in one field, in order.
func (r *reader) places(n Node, t *text.Text) []place {
	if t == nil {
		return nil
	}
	var out []place
	switch n := n.(type) {
	case *Term:
		for i := range t.Tokens {
			if standsAt(n.Words, t, i) {
				out = append(out, place{i, i + len(n.Words)})
			}
		}
	case *Field:
		if r.v == nil {
			return nil
		}
		if a, ok := r.v.index().actors[strings.ToLower(n.Value)]; ok {
			for _, p := range r.actorPlaces(t) {
				if p.actor == a {
					out = append(out, p.place)
				}
			}
		}
	case *Or:
		for _, k := range n.Nodes {
			out = append(out, r.places(k, t)...)
		}
	}
	slices.SortFunc(out, comparePlaces)
	return slices.Compact(out)
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
}

// standsAt reports whether the words stand at token i of t.
func standsAt(ws []Word, t *text.Text, i int) bool {
	if i+len(ws) > len(t.Tokens) {
		return false
	}
	for j, w := range ws {
		if !w.is(&t.Tokens[i+j]) {
			return false
		}
	}
	return true
}

func (w Word) is(t *text.Token) bool {
	if w.Prefix {
		return strings.HasPrefix(t.Norm, w.Norm)
	}
	return t.Norm == w.Norm && (!w.Upper || t.Flags&(text.AllCaps|text.Acronym) != 0)
}

// actorPlaces returns every place of every actor's names in one field. A name
// inside a longer name of an actor that has nothing to do with it is none:
// "South Sudan" does not speak of Sudan.
func (r *reader) actorPlaces(t *text.Text) []actorPlace {
	if ps, ok := r.actors[t]; ok {
		return ps
	}
	var all, out []actorPlace
	ix := r.v.index()
	for i := range t.Tokens {
		for _, id := range ix.first[t.Tokens[i].Norm] {
			if n := ix.names[id]; standsAt(n.words, t, i) {
				all = append(all, actorPlace{place{i, i + len(n.words)}, n.actor})
			}
		}
	}
	for _, p := range all {
		hidden := slices.ContainsFunc(all, func(q actorPlace) bool {
			return q.from <= p.from && p.to <= q.to && q.place != p.place && !r.v.related(q.actor, p.actor)
		})
		if !hidden {
			out = append(out, p)
		}
	}
	if r.actors == nil {
		r.actors = make(map[*text.Text][]actorPlace)
	}
	r.actors[t] = out
	return out
}

// near looks for the first places of the operands that fit together: in the
// title before the text, and there with the first operand as early as can be,
// then the second, and so on.
func (r *reader) near(n *Near) (bool, []Because) {
	for _, f := range r.fields(n.Title) {
		if f.text == nil {
			continue
		}
		lists := make([][]place, len(n.Nodes))
		for i, k := range n.Nodes {
			lists[i] = r.places(k, f.text)
		}
		if chosen, ok := chain(lists, n.Links, f.text); ok {
			var because []Because
			for _, p := range chosen {
				because = append(because, Because{Condition: format(n, false), Field: f.name, From: p.from, To: p.to})
			}
			return true, because
		}
	}
	return false, nil
}

// chain tries each place of the first list with each of the second, and so on.
// Places that lead nowhere are remembered, lest long texts take for ever.
func chain(lists [][]place, links []Link, t *text.Text) ([]place, bool) {
	dead := make([]map[place]bool, len(lists))
	for i := range dead {
		dead[i] = make(map[place]bool)
	}
	var chosen []place
	var from func(i int) bool
	from = func(i int) bool {
		if i == len(lists) {
			return true
		}
		for _, p := range lists[i] {
			if dead[i][p] || i > 0 && !links[i-1].joins(chosen[i-1], p, t) {
				continue
			}
			chosen = append(chosen, p)
			if from(i + 1) {
				return true
			}
			chosen = chosen[:i]
			dead[i][p] = true
		}
		return false
	}
	return chosen, from(0)
}

// joins reports whether b is as near to a as l asks. Places that share a word
// are never near each other.
func (l Link) joins(a, b place, t *text.Text) bool {
	first, second := a, b
	if b.from < a.from {
		first, second = b, a
	}
	if second.from < first.to || l.Then && b.from < a.from {
		return false
	}
	switch l.Unit {
	case Sentence:
		return t.Tokens[first.from].Sentence == t.Tokens[second.to-1].Sentence
	case Paragraph:
		return t.Tokens[first.from].Paragraph == t.Tokens[second.to-1].Paragraph
	}
	return second.from-(first.to-1) <= l.N
}
