package rules

import (
	"slices"
	"strings"

	"parley/internal/text"
)

// An index of stored items finds those that may satisfy a query without looking
// at the others. IndexTerms says what of an item it must hold, and Needs what of a
// query it can be asked; so the two agree, and there is one place where words are
// taken apart.

// IndexTerms appends to into what an index holds of one field: its words, folded,
// and of scripts without spaces each two letters that stand side by side, each
// once, in the order of bytes.
func IndexTerms(t *text.Text, into []string) []string {
	from := len(into)
	for i := range t.Tokens {
		into = append(into, t.Tokens[i].Norm)
		if i > 0 && text.Spaceless(t.Tokens[i].Norm) && text.Spaceless(t.Tokens[i-1].Norm) {
			into = append(into, pair(t.Tokens[i-1].Norm, t.Tokens[i].Norm))
		}
	}
	slices.Sort(into[from:])
	return into[:from+len(slices.Compact(into[from:]))]
}

// pair is the term of two letters that stand side by side.
func pair(a, b string) string { return a + gramMark + b }

// A Need is what an item must have to satisfy a query: all of All, or one of Any,
// or a development, or a term. What is not told by these is not asked, so an item
// that has what is needed may still not satisfy the query; one that has not
// cannot.
type Need struct {
	All, Any    []Need
	Development bool
	Kind        string // with Development: of this kind, or group of kinds; empty: of any
	Term        string // as IndexTerms has them
	Prefix      bool   // any term that begins with Term
	Title       bool   // in the title
}

// maxNeeds bounds the terms of a Need.
const maxNeeds = 1500

// Needs returns what every item must have that satisfies q; false if there is
// nothing that an index could be asked. NOT, and conditions on where an item
// stands, ask nothing of an index.
func Needs(q *Query, v *Vocabulary) (Need, bool) {
	if v == nil {
		v = new(Vocabulary)
	}
	root, err := expand(q, v)
	if err != nil {
		return Need{}, false
	}
	c := collector{v: v}
	n, ok := c.of(root, false)
	if c.terms > maxNeeds {
		return Need{}, false
	}
	return n, ok
}

type collector struct {
	v     *Vocabulary
	terms int
}

func (c *collector) of(n Node, title bool) (Need, bool) {
	switch n := n.(type) {
	case *And:
		return c.all(n.Nodes, title)
	case *Near:
		return c.all(n.Nodes, title || n.Title)
	case *Or:
		var out Need
		for _, k := range n.Nodes {
			need, ok := c.of(k, title)
			if !ok {
				return Need{}, false
			}
			out.Any = append(out.Any, need)
		}
		return out, len(out.Any) > 0
	case *Term:
		return c.words(n.Words, title || n.Title), true
	case *Field:
		switch {
		case n.Name == "actor":
			return c.actor(n, title || n.Title)
		case aboutItem(n.Name):
			return Need{}, false
		}
		c.terms++
		need := Need{Development: true}
		if n.Name == "kind" {
			need.Kind = strings.ToLower(n.Value)
		}
		return need, true
	}
	return Need{}, false
}

func (c *collector) all(nodes []Node, title bool) (Need, bool) {
	var out Need
	for _, k := range nodes {
		if need, ok := c.of(k, title); ok {
			out.All = append(out.All, need)
		}
	}
	if len(out.All) == 1 {
		return out.All[0], true
	}
	return out, len(out.All) > 0
}

// words asks for all words of a term, and for pairs of letters side by side.
func (c *collector) words(ws []Word, title bool) Need {
	var out Need
	for i, w := range ws {
		paired := w.letter() && (i > 0 && ws[i-1].letter() || i+1 < len(ws) && ws[i+1].letter())
		if !paired { // else a pair says more
			out.All = append(out.All, Need{Term: w.Norm, Prefix: w.Prefix, Title: title})
		}
		if i > 0 && w.letter() && ws[i-1].letter() {
			out.All = append(out.All, Need{Term: pair(ws[i-1].Norm, w.Norm), Title: title})
		}
	}
	c.terms += len(out.All)
	if len(out.All) == 1 {
		return out.All[0]
	}
	return out
}

// actor asks for one of an actor's names.
func (c *collector) actor(f *Field, title bool) (Need, bool) {
	ix := c.v.index()
	id, ok := ix.actors[strings.ToLower(f.Value)]
	if !ok {
		return Need{}, false
	}
	var out Need
	for _, n := range ix.names {
		if n.actor == id {
			out.Any = append(out.Any, c.words(n.words, title))
		}
	}
	if len(out.Any) == 1 {
		return out.Any[0], true
	}
	return out, len(out.Any) > 0
}
