package rules

// DevelopmentPart returns the conditions of q that ask only about a development,
// as a query of their own, empty if there are none. What does not satisfy them
// cannot satisfy q, so that most items need not be taken apart into words.
// Needed says that an item without a development cannot satisfy q.
func DevelopmentPart(q *Query, v *Vocabulary) (part string, needed bool) {
	if v == nil {
		v = new(Vocabulary)
	}
	root, err := expand(q, v)
	if err != nil {
		return "", false
	}
	var nodes []Node
	for _, n := range conjuncts(root, nil) {
		if aboutDevelopment(n) {
			nodes = append(nodes, n)
		}
	}
	if len(nodes) == 0 {
		return "", false
	}
	all := nodes[0]
	if len(nodes) > 1 {
		all = &And{Nodes: nodes}
	}
	part = format(all, false)
	if _, err := Parse(part); err != nil { // the canonical form of a long query may be too long
		part = ""
	}
	holds, _ := (&reader{v: v, d: new(Doc)}).holds(all)
	return part, !holds
}

// aboutDevelopment reports whether n asks of nothing but facts.
func aboutDevelopment(n Node) bool {
	facts := true
	walk(n, func(n Node) bool {
		switch n := n.(type) {
		case *Term, *Near:
			facts = false
		case *Field:
			facts = facts && n.Name != "actor" && !aboutItem(n.Name)
		}
		return facts
	})
	return facts
}
