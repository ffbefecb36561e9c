package rules

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// chance guesses how likely an item has the word: short words are common.
func (w Word) chance() float64 {
	n := utf8.RuneCountInString(w.Norm)
	if w.Prefix {
		return min(.9, 2/float64(max(1, n*n)))
	}
	if n == 1 { // a letter of a script without spaces, or "a"
		return .15
	}
	return min(.5, 1.5/float64(n*n))
}

// A need is a group of atoms of which one must be true, and how likely one is.
type need struct {
	atoms  []int32
	chance float64
}

// needs lists what must be true for n to hold.
func (b *builder) needs(n Node) []need {
	switch n := n.(type) {
	case *And:
		var all []need
		for _, k := range n.Nodes {
			all = append(all, b.needs(k)...)
		}
		return all
	case *Or:
		var either need
		for _, k := range n.Nodes {
			ns := b.needs(k)
			if len(ns) == 0 {
				return nil
			}
			best := slices.MinFunc(ns, byChance)
			either.atoms = append(either.atoms, best.atoms...)
			either.chance += best.chance
		}
		return []need{either}
	case *Near:
		var all []need
		for _, k := range n.Nodes {
			all = append(all, b.needs(k)...)
		}
		return all
	case *Term:
		var all []need
		for _, w := range n.Words {
			all = append(all, need{[]int32{b.terms[b.term(w)].atom}, w.chance()})
		}
		return all
	case *Field:
		if n.Name == "actor" {
			return []need{{[]int32{b.actorAtoms[b.source(n).arg]}, .06}}
		}
		return []need{{[]int32{b.atom(n)}, fieldChance(n.Name, n.Value)}}
	}
	return nil // NOT needs nothing
}

func byChance(a, b need) int { return cmp.Compare(a.chance, b.chance) }

// fieldChance guesses how often a condition holds.
func fieldChance(name, value string) float64 {
	switch name {
	case "negotiation", "feed", "site", "party", "mediator":
		return .03
	case "kind":
		if value == "any" {
			return .5
		}
		return .08
	case "by":
		return .15
	case "tier", "lang", "certainty":
		return .3
	}
	return .7 // has to be worked out: other things are better to file under
}

// file puts the rule where its likeliest obstacle will find it.
func (b *builder) file(rule int32, root Node) {
	ns := b.needs(root)
	if len(ns) == 0 {
		b.always = append(b.always, rule)
		return
	}
	slices.SortStableFunc(ns, byChance)
	first := ns[0].atoms
	slices.Sort(first)
	first = slices.Compact(first)
	guard := int32(-1)
	for _, n := range ns[1:] {
		if len(n.atoms) == 1 && b.atoms[n.atoms[0]].eager && !slices.Contains(first, n.atoms[0]) {
			guard = n.atoms[0]
			break
		}
	}
	for _, a := range first {
		x := &b.atoms[a]
		if x.kind == atomFact && !x.eager && len(x.rules) == 0 {
			b.asked = append(b.asked, a)
		}
		x.rules = append(x.rules, candidate{rule, guard})
	}
}
