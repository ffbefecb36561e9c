package rules

import (
	"slices"
	"strings"
)

// A satisfier finds queries that nothing can satisfy. It brings a query into
// alternatives of conditions that must hold together, and looks in each for
// two that exclude each other. It knows no more than single pairs, so it may
// miss a contradiction, but what it finds is one.
type satisfier struct {
	v    *Vocabulary
	work int // spent so far
}

// A literal is a condition, or its negation.
type literal struct {
	node Node
	not  bool
	text string
}

// A clash is two literals that exclude each other.
type clash struct {
	a, b      literal
	why, hint string
}

// What goes beyond these bounds is not judged.
const (
	maxAlternatives = 256
	maxWork         = 1 << 18 // literals copied and pairs compared for one query
)

// clash returns why n cannot hold, nil if it perhaps can.
func (s *satisfier) clash(n Node) *clash {
	alternatives, ok := s.alternatives(n, false)
	if !ok {
		return nil
	}
	var first *clash
	for _, conditions := range alternatives {
		c := s.pair(conditions)
		if c == nil {
			return nil
		}
		if first == nil {
			first = c
		}
	}
	return first
}

// alternatives returns the sets of literals of which one must hold for n, or
// for NOT n, to hold.
func (s *satisfier) alternatives(n Node, not bool) ([][]literal, bool) {
	var nodes []Node
	both := false // all of nodes must hold
	switch n := n.(type) {
	case *Not:
		return s.alternatives(n.Node, !not)
	case *And:
		nodes, both = n.Nodes, !not
	case *Or:
		nodes, both = n.Nodes, not
	default:
		return [][]literal{{{n, not, format(n, false)}}}, true
	}
	var out [][]literal
	if both {
		out = [][]literal{nil}
	}
	for _, k := range nodes {
		ks, ok := s.alternatives(k, not)
		if !ok {
			return nil, false
		}
		if !both {
			out = append(out, ks...)
		} else {
			var product [][]literal
			for _, a := range out {
				for _, b := range ks {
					product = append(product, slices.Concat(a, b))
					s.work += len(a) + len(b)
					if len(product) > maxAlternatives || s.work > maxWork {
						return nil, false
					}
				}
			}
			out = product
		}
		if len(out) > maxAlternatives {
			return nil, false
		}
	}
	return out, true
}

// pair finds two literals that exclude each other.
func (s *satisfier) pair(ls []literal) *clash {
	for i, b := range ls {
		if s.work += i; s.work > maxWork {
			return nil
		}
		for _, a := range ls[:i] {
			switch {
			case a.not && b.not:
			case b.not && s.implies(a.node, b.node):
				return &clash{a, b, excluded(a, b), "remove one of the two"}
			case a.not && s.implies(b.node, a.node):
				return &clash{a, b, excluded(b, a), "remove one of the two"}
			case !a.not && !b.not:
				if what := s.exclude(a.node, b.node); what != "" {
					return &clash{a, b, a.text + " and " + b.text + " cannot both hold of " + what, "join them with OR, or remove one"}
				}
			}
		}
	}
	return nil
}

func excluded(holds, not literal) string {
	if holds.text == not.text {
		return holds.text + " must hold and must not"
	}
	return "where " + holds.text + " holds, " + not.text + " does too, and it must not"
}

// implies reports whether b holds wherever a does.
func (s *satisfier) implies(a, b Node) bool {
	switch b := b.(type) {
	case *Term:
		switch a := a.(type) {
		case *Term:
			return (a.Title || !b.Title) && contains(a.Words, b.Words)
		case *Near:
			return slices.ContainsFunc(a.Nodes, func(k Node) bool { return s.implies(k, b) })
		case *Or:
			return !slices.ContainsFunc(a.Nodes, func(k Node) bool { return !s.implies(k, b) })
		}
		return false
	case *Field:
		if near, ok := a.(*Near); ok {
			return slices.ContainsFunc(near.Nodes, func(k Node) bool { return s.implies(k, b) })
		}
		if or, ok := a.(*Or); ok {
			return !slices.ContainsFunc(or.Nodes, func(k Node) bool { return !s.implies(k, b) })
		}
		a, ok := a.(*Field)
		if !ok || a.Name != b.Name {
			return false
		}
		return s.impliesField(a, b)
	}
	return format(a, false) == format(b, false)
}

func (s *satisfier) impliesField(a, b *Field) bool {
	if a.Value == b.Value {
		return a.Title || !b.Title
	}
	x, bad := parseCond(a.Name, a.Value)
	y, bad2 := parseCond(b.Name, b.Value)
	if bad != nil || bad2 != nil {
		return false
	}
	switch a.Name {
	case "kind":
		kinds := s.v.kindsOf(x.value)
		covered := s.v.kindsOf(y.value)
		return len(kinds) > 0 && !slices.ContainsFunc(kinds, func(k string) bool { return !slices.Contains(covered, k) })
	case "tone", "round", "sources":
		return y.cmp.lo <= x.cmp.lo && x.cmp.hi <= y.cmp.hi
	case "lang":
		return strings.HasPrefix(x.value, y.value+"-")
	case "site":
		return strings.HasSuffix(x.value, "."+y.value)
	case "date":
		return y.date.kind == dateAny
	}
	return false
}

// contains reports whether b's words stand side by side in a's.
func contains(a, b []Word) bool {
	for i := 0; i+len(b) <= len(a); i++ {
		j := 0
		for j < len(b) && a[i+j].implies(b[j]) {
			j++
		}
		if j == len(b) {
			return true
		}
	}
	return false
}

func (w Word) implies(other Word) bool {
	if other.Prefix {
		return strings.HasPrefix(w.Norm, other.Norm)
	}
	return !w.Prefix && w.Norm == other.Norm && (w.Upper || !other.Upper)
}

// exclude names what two conditions cannot both hold of, empty if they can.
func (s *satisfier) exclude(a, b Node) string {
	x, ok := a.(*Field)
	y, ok2 := b.(*Field)
	if !ok || !ok2 || x.Name != y.Name || x.Value == y.Value {
		return ""
	}
	c, bad := parseCond(x.Name, x.Value)
	d, bad2 := parseCond(y.Name, y.Value)
	if bad != nil || bad2 != nil {
		return ""
	}
	switch x.Name {
	case "kind":
		others := s.v.kindsOf(d.value)
		if !slices.ContainsFunc(s.v.kindsOf(c.value), func(k string) bool { return slices.Contains(others, k) }) {
			return "one development"
		}
	case "negotiation", "certainty":
		return "one development"
	case "tone", "round", "sources":
		if c.cmp.hi < d.cmp.lo || d.cmp.hi < c.cmp.lo {
			return "one development"
		}
	case "feed", "tier":
		return "one item"
	case "lang":
		if !s.impliesField(x, y) && !s.impliesField(y, x) {
			return "one item"
		}
	case "site":
		if !s.impliesField(x, y) && !s.impliesField(y, x) {
			return "one item"
		}
	}
	return ""
}
