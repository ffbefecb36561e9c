package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/internal/text"
)

// Check reports conditions of q that have no meaning: unknown kinds, roles,
// actors, negotiations, feeds and rules, dates that are none, comparisons that
// hold of no number. With a nil Vocabulary, only what needs none is checked.
func Check(q *Query, v *Vocabulary) []Problem {
	var out []Problem
	walk(q.Root, func(n Node) bool {
		f, ok := n.(*Field)
		if !ok {
			return true
		}
		if bad := checkField(f, v); bad != nil {
			out = append(out, *bad.at(q.Src, f.Pos, f.End))
		}
		return true
	})
	if v != nil && len(out) == 0 {
		if _, err := expand(q, v); err != nil {
			out = append(out, *err)
		}
	}
	slices.SortStableFunc(out, func(a, b Problem) int { return cmp.Compare(a.Pos, b.Pos) })
	return out
}

func checkField(f *Field, v *Vocabulary) *fault {
	c, bad := parseCond(f.Name, f.Value)
	if bad != nil || v == nil {
		return bad
	}
	switch f.Name {
	case "kind":
		return oneKnown("kind", c.value, slices.Concat(v.Kinds, v.groups()))
	case "certainty":
		return oneKnown("certainty", c.value, v.Certainties)
	case "tier":
		return oneKnown("tier", c.value, v.Tiers)
	case "feed":
		return oneKnown("feed", c.value, v.Feeds)
	case "negotiation":
		return oneKnown("negotiation", c.value, v.Negotiations)
	case "actor", "party", "mediator":
		return v.checkActor(f.Name, c.value)
	case "by":
		if slices.Contains(v.Roles, c.value) {
			return nil
		}
		return v.checkActor("by", c.value)
	case "rule":
		r, ok := v.index().rules[c.value]
		if !ok {
			var names []string
			for _, r := range v.Rules {
				names = append(names, r.Name)
			}
			return oneKnown("rule", c.value, names)
		}
		if r.err != nil {
			return &fault{"rule " + quote(c.value) + " cannot be used here, since it has an error itself", r.err.Error()}
		}
	}
	return nil
}

// oneKnown says what is wrong with value if it is none of the known ones.
func oneKnown(field, value string, all []string) *fault {
	if slices.Contains(all, value) {
		return nil
	}
	bad := &fault{msg: "unknown " + field + " " + quote(value)}
	switch n := nearest(value, all); {
	case n != "":
		bad.hint = "did you mean " + field + ":" + quoteValue(field, n) + "?"
	case len(all) == 0:
		bad.hint = "none is configured yet, so remove the condition"
	default:
		bad.hint = "type one of " + enumerate(all)
	}
	return bad
}

// enumerate lists the first values, so that a sentence stays one.
func enumerate(all []string) string {
	const most = 24
	if len(all) > most {
		return fmt.Sprintf("%s and %d others", strings.Join(all[:most], ", "), len(all)-most)
	}
	return strings.Join(all, ", ")
}

func (v *Vocabulary) checkActor(field, id string) *fault {
	if _, ok := v.index().actors[id]; ok {
		return nil
	}
	bad := &fault{msg: "unknown actor " + quote(id)}
	if field == "by" {
		bad.msg = quote(id) + " is neither a role nor an actor"
	}
	// people type a name where the id is wanted
	if named := v.index().byName[folded(text.New(id))]; len(named) > 0 {
		bad.hint = "did you mean " + field + ":" + v.Actors[named[0]].ID + "?"
		return bad
	}
	candidates := v.actorIDs()
	if field == "by" {
		candidates = slices.Concat(v.Roles, candidates)
	}
	n := nearest(id, candidates)
	switch {
	case n != "":
		bad.hint = "did you mean " + field + ":" + n + "?"
	case field == "by":
		bad.hint = "type " + strings.Join(v.Roles, ", ") + " or the id of an actor, as in by:pakistan"
	case field == "actor":
		bad.hint = "type the id of one that is known, as in actor:pakistan, or search the name as text"
	default:
		bad.hint = "type the id of one that is known, as in " + example(field)
	}
	return bad
}

// maxExpanded bounds the conditions of a query in which rule: has been
// replaced, and maxNested how many rules may stand in each other.
const (
	maxExpanded = 4096
	maxNested   = 16
)

// expand returns q's tree with each rule:NAME replaced by that rule's own
// tree, whose nodes then stand where rule:NAME stood.
func expand(q *Query, v *Vocabulary) (Node, *Error) {
	if !refers(q.Root) {
		return q.Root, nil
	}
	e := expander{q: q, v: v}
	return e.node(q.Root, nil)
}

// refers reports whether a rule:NAME stands in n.
func refers(n Node) bool {
	found := false
	walk(n, func(n Node) bool {
		if f, ok := n.(*Field); ok && f.Name == "rule" {
			found = true
		}
		return !found
	})
	return found
}

type expander struct {
	q     *Query
	v     *Vocabulary
	path  []string // rules that are being replaced
	terms int
}

// node copies n; at, if not nil, is the place that the copy is said to stand.
func (e *expander) node(n Node, at *Place) (Node, *Error) {
	place := func(p Place) Place {
		if at != nil {
			return *at
		}
		return p
	}
	all := func(nodes []Node) ([]Node, *Error) {
		out := make([]Node, len(nodes))
		for i, k := range nodes {
			var err *Error
			if out[i], err = e.node(k, at); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	switch n := n.(type) {
	case *And:
		nodes, err := all(n.Nodes)
		return &And{place(n.Place), nodes}, err
	case *Or:
		nodes, err := all(n.Nodes)
		return &Or{place(n.Place), nodes}, err
	case *Not:
		k, err := e.node(n.Node, at)
		return &Not{place(n.Place), k}, err
	case *Near:
		nodes, err := all(n.Nodes)
		return &Near{place(n.Place), nodes, n.Links, n.Title}, err
	case *Term:
		c := *n
		c.Place = place(n.Place)
		return &c, e.count(c.Place)
	case *Field:
		c := *n
		c.Place = place(n.Place)
		if n.Name == "rule" {
			return e.rule(&c)
		}
		return &c, e.count(c.Place)
	}
	return n, nil
}

func (e *expander) count(at Place) *Error {
	e.terms++
	if e.terms > maxExpanded {
		return (&fault{fmt.Sprintf("with the rules that it names the query has more than %d conditions", maxExpanded), "name fewer rules"}).at(e.q.Src, at.Pos, at.End)
	}
	return nil
}

func (e *expander) rule(f *Field) (Node, *Error) {
	fail := func(msg, hint string) (Node, *Error) {
		return nil, (&fault{msg, hint}).at(e.q.Src, f.Pos, f.End)
	}
	if slices.Contains(e.path, f.Value) {
		return fail("rule "+quote(f.Value)+" leads back to itself: "+strings.Join(append(e.path, f.Value), " → "), "write out what is meant")
	}
	if len(e.path) >= maxNested {
		return fail(fmt.Sprintf("more than %d rules stand in each other", maxNested), "write out what is meant")
	}
	var r *referred
	if e.v != nil {
		r = e.v.index().rules[f.Value]
	}
	if r == nil {
		return fail("unknown rule "+quote(f.Value), "type the name of a rule that exists")
	}
	if r.err != nil {
		return fail("rule "+quote(f.Value)+" cannot be used here, since it has an error itself", r.err.Error())
	}
	e.path = append(e.path, f.Value)
	n, err := e.node(r.query.Root, &f.Place)
	e.path = e.path[:len(e.path)-1]
	return n, err
}
