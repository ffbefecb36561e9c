package rules

import "strings"

// An index that knows the order of words can be asked for two that stand near each
// other, which is much less than all items that have both. It is asked for each
// pair of what may stand on the two sides.

// maxPairs bounds how many pairs a NEAR is asked as; those with more are asked as
// AND.
const maxPairs = 100

// near asks for the operands of a NEAR, and for those that stand within so many
// words as pairs.
func (c *collector) near(n *Near, title bool) (Need, bool) {
	var out Need
	covered := make([]bool, len(n.Nodes))
	for i, l := range n.Links {
		if l.Unit != Words {
			continue
		}
		if need, ok := c.pairs(n.Nodes[i], n.Nodes[i+1], l.N, title); ok {
			out.All = append(out.All, need)
			covered[i], covered[i+1] = true, true
		}
	}
	for i, k := range n.Nodes {
		if covered[i] {
			continue
		}
		if need, ok := c.of(k, title); ok {
			out.All = append(out.All, need)
		}
	}
	if len(out.All) == 1 {
		return out.All[0], true
	}
	return out, len(out.All) > 0
}

// pairs asks for one of the pairs of two operands of which the second begins at most
// n words behind the end of the first, or the other way round.
func (c *collector) pairs(a, b Node, n int, title bool) (Need, bool) {
	before := c.terms
	left, x, ok := c.sides(a, title)
	right, y, also := c.sides(b, title)
	c.terms = before
	if !ok || !also || len(left)*len(right) > maxPairs {
		return Need{}, false
	}
	var list []Need
	for _, l := range left {
		for _, r := range right {
			c.terms += max(1, len(l.All)) + max(1, len(r.All))
			list = append(list, Need{All: []Need{l, r}, Within: n + x + y})
		}
	}
	return one(list), true
}

// sides returns what may stand on a side of a NEAR, all of it terms and phrases, and
// by how many words what is left out may be longer; false if there is something else.
func (c *collector) sides(n Node, title bool) (list []Need, longer int, ok bool) {
	switch n := n.(type) {
	case *Term:
		list = []Need{c.words(n.Words, title || n.Title)}
	case *Field:
		if n.Name == "actor" {
			list, longer = c.actor(n, title || n.Title)
		}
	case *Or:
		for _, k := range n.Nodes {
			some, l, ok := c.sides(k, title)
			if !ok {
				return nil, 0, false
			}
			list, longer = append(list, some...), max(longer, l)
		}
	}
	for _, k := range list {
		if k.Term == "" && !k.Phrase || strings.Contains(k.Term, gramMark) { // a pair of letters has no place
			return nil, 0, false
		}
	}
	return list, longer, len(list) > 0
}
