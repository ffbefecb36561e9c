package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/internal/text"
)

// LintRule warns of what is doubtful about q as a rule or subscription, beyond
// what Lint says of any query. Bearers tells the ids of the actors that share a
// name in the world beyond the vocabulary, nil where one bears it alone.
func LintRule(q *Query, v *Vocabulary, bearers func(name string) []string) []Problem {
	if len(Check(q, v)) > 0 {
		return nil
	}
	l := linter{q: q, v: v}
	walk(q.Root, func(n Node) bool {
		if t, ok := n.(*Term); ok {
			l.shared(t, bearers)
		}
		return true
	})
	slices.SortStableFunc(l.out, func(a, b Problem) int { return cmp.Compare(a.Pos, b.Pos) })
	return l.out
}

// LintAlone warns of what is doubtful about q where each report is asked alone, as
// a backtest does: there every development has one source.
func LintAlone(q *Query) []Problem {
	l := linter{q: q}
	walk(q.Root, func(n Node) bool {
		f, ok := n.(*Field)
		if !ok || f.Name != "sources" {
			return true
		}
		if c, bad := parseCond(f.Name, f.Value); bad == nil && !c.cmp.holds(1) {
			l.warn(f, "sources:"+f.Value+" never holds here, where each report is asked alone and counts 1",
				"leave it out of the test; as a rule it holds once that many outlets have reported")
		}
		return true
	})
	return l.out
}

// Counts reports whether q itself asks how many outlets have reported; rules that
// it names are not looked into.
func (q *Query) Counts() bool {
	found := false
	walk(q.Root, func(n Node) bool {
		f, ok := n.(*Field)
		found = found || ok && f.Name == "sources"
		return !found
	})
	return found
}

// shared warns of a word or phrase that is a name of several actors.
func (l *linter) shared(t *Term, bearers func(name string) []string) {
	if bearers == nil || slices.ContainsFunc(t.Words, func(w Word) bool { return w.Prefix }) {
		return
	}
	if l.v != nil && len(l.v.index().byName[folded(text.New(t.Raw))]) > 1 {
		return // Lint has said so
	}
	if ids := bearers(t.Raw); len(ids) > 1 {
		l.warn(t, fmt.Sprintf("%s is a name of %d actors: %s", quote(t.Raw), len(ids), enumerate(ids)),
			"add a word that only one of them has, or type actor:"+ids[0]+" for the names that are its own")
	}
}

// A Shadow is a rule that raises nothing which an earlier one does not raise.
type Shadow struct {
	Rule, By int  // indices of the list
	Same     bool // each matches whatever the other does
}

// maxShadowWork bounds the comparing of very many rules.
const maxShadowWork = 1 << 21

// Shadows finds the rules whose every match is one of an earlier rule too. It
// knows no more than pairs of conditions, so it may miss a shadow, but what it
// finds is one. Rules that cannot be read cast none.
func Shadows(list []Source, v *Vocabulary) []Shadow {
	if v == nil {
		v = new(Vocabulary)
	}
	roots := make([]Node, len(list))
	for i, r := range list {
		q, err := Parse(r.When)
		if err != nil {
			continue
		}
		if root, err := expand(q, v); err == nil && (&satisfier{v: v}).clash(root) == nil {
			roots[i] = root
		}
	}
	work := 0
	covers := func(a, b Node) bool { // whatever b matches, a does
		s := satisfier{v: v}
		c := s.clash(&And{Nodes: []Node{b, &Not{Node: a}}})
		work += s.work + 1
		return c != nil
	}
	var out []Shadow
	for i, b := range roots {
		for j, a := range roots[:i] {
			if a == nil || b == nil {
				continue
			}
			if work > maxShadowWork {
				return out
			}
			if covers(a, b) {
				out = append(out, Shadow{Rule: i, By: j, Same: covers(b, a)})
				break
			}
		}
	}
	return out
}

// everyday are words that nearly every item has, in the languages that are read.
const everyday = "The a an of in on at to for and is was are be with by from it its that this as has have had he she they his her not or but were will " +
	"de la le les des et en un une el los y que в на и с не что و در به از که را من في على إلى عن"

// matchesAll reports whether a query holds of nearly every item, and of which
// kind of item it does.
func matchesAll(root Node, v *Vocabulary) string {
	if ok, _ := (&reader{v: v, d: new(Doc)}).holds(root); ok {
		return "it holds even of an item that says nothing"
	}
	all := text.New(everyday)
	if ok, _ := (&reader{v: v, d: &Doc{Title: all, Text: text.New(strings.ToLower(everyday))}}).holds(root); ok {
		return "it asks only for words that every item has"
	}
	return ""
}

// Refers lists the rules that q names with rule:, each once, in its order.
func (q *Query) Refers() []string {
	var names []string
	walk(q.Root, func(n Node) bool {
		if f, ok := n.(*Field); ok && f.Name == "rule" && !slices.Contains(names, f.Value) {
			names = append(names, f.Value)
		}
		return true
	})
	return names
}
