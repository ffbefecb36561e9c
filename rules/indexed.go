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
// in their order, so that an index may know which stand side by side; behind them,
// of scripts without spaces, each two letters that do.
func IndexTerms(t *text.Text, into []string) []string {
	for i := range t.Tokens {
		into = append(into, t.Tokens[i].Norm)
	}
	for i := 1; i < len(t.Tokens); i++ {
		if text.Spaceless(t.Tokens[i].Norm) && text.Spaceless(t.Tokens[i-1].Norm) {
			into = append(into, pair(t.Tokens[i-1].Norm, t.Tokens[i].Norm))
		}
	}
	return into
}

// pair is the term of two letters that stand side by side.
func pair(a, b string) string { return a + gramMark + b }

// A Need is what an item must have to satisfy a query: all of All and none of None,
// or one of Any, or a development, or a term. What is not told by these is not
// asked, so an item that has what is needed may still not satisfy the query; one
// that has not cannot.
type Need struct {
	All, Any    []Need
	None        []Need // with All: terms
	Phrase      bool   // the terms of All stand in one field, one behind the other
	Within      int    // if not 0: the two of All, terms or phrases, stand in one field with no more words between them
	Development bool
	Kind        string // with Development: of this kind, or group of kinds; empty: of any
	Term        string // as IndexTerms has them
	Prefix      bool   // any term that begins with Term
	Title       bool   // in the title
}

// maxNeeds bounds the terms of a Need.
const maxNeeds = 1500

// Needs returns what every item must have that satisfies q; false if there is
// nothing that an index could be asked. Conditions on where an item stands, and NOT
// of more than a word, ask nothing of an index.
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
		return c.near(n, title || n.Title)
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
			any, _ := c.actor(n, title || n.Title)
			return one(any), len(any) > 0
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
		} else if word, ok := c.not(k, title); ok {
			out.None = append(out.None, word)
		}
	}
	if len(out.All) == 1 && out.None == nil {
		return out.All[0], true
	}
	return out, len(out.All) > 0
}

// not returns the word that must not be there. An index knows that exactly of whole
// words alone, however they are written.
func (c *collector) not(n Node, title bool) (Need, bool) {
	not, ok := n.(*Not)
	if !ok {
		return Need{}, false
	}
	t, ok := not.Node.(*Term)
	if !ok || len(t.Words) != 1 || t.Words[0].Prefix || t.Words[0].Upper {
		return Need{}, false
	}
	c.terms++
	return Need{Term: t.Words[0].Norm, Title: title || t.Title}, true
}

// words asks for all words of a term, which follow one another, and for pairs of
// letters side by side.
func (c *collector) words(ws []Word, title bool) Need {
	var out Need
	out.Phrase = phrase(ws)
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

// phrase tells whether an index that knows the order of words can be asked for these
// one behind the other: only the last may be the beginning of one.
func phrase(ws []Word) bool {
	for i, w := range ws {
		if w.letter() || w.Prefix && i < len(ws)-1 {
			return false
		}
	}
	return len(ws) > 1
}

// actor returns an actor's names, and by how many words one that is left out, as it
// holds another, is longer than that.
func (c *collector) actor(f *Field, title bool) (names []Need, longer int) {
	ix := c.v.index()
	id, ok := ix.actors[strings.ToLower(f.Value)]
	if !ok {
		return nil, 0
	}
	before := c.terms
	for _, n := range ix.names {
		if n.actor == id {
			names = append(names, c.words(n.words, title))
		}
	}
	most := len(names)
	c.terms = before
	names = slices.DeleteFunc(slices.Clone(names), func(n Need) bool {
		return slices.ContainsFunc(n.All, func(t Need) bool { return slices.ContainsFunc(names, t.same) })
	})
	for _, n := range names {
		c.terms += max(1, len(n.All))
	}
	if len(names) < most {
		for _, n := range ix.names {
			if n.actor == id {
				longer = max(longer, len(n.words)-1)
			}
		}
	}
	return names, longer
}

// same tells of two terms whether they are one.
func (n Need) same(o Need) bool {
	return n.All == nil && o.All == nil && n.Any == nil && o.Any == nil && n.Term == o.Term && n.Prefix == o.Prefix && n.Title == o.Title
}

// one is the need of one of these.
func one(of []Need) Need {
	if len(of) == 1 {
		return of[0]
	}
	return Need{Any: of}
}
