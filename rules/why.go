package rules

import (
	"slices"
	"strings"
)

// A Reason tells why a rule holds of an item, or why not, condition by
// condition. It is one answer for all who ask: commands, cards, and the
// examples of rules.
type Reason struct {
	Matched bool
	// Of is the development that it is about, as an index into the facts that
	// were given: the first that satisfies the rule, else the one that came
	// nearest. It is -1 for an item without developments.
	Of    int
	Steps []Step
}

// A Step is one of the conditions that must all hold, in the order in which
// they were written. Those of rule:NAME stand in its place.
type Step struct {
	Condition string // canonical form
	Holds     bool
	Because   []Because // the words and facts that satisfied it
	Failed    *Failure  // nil if it holds
	Says      string    // what was found, or what failed and the nearest thing: a phrase for people
}

// Failed returns the first condition that failed, nil if the rule matches.
func (r Reason) Failed() *Failure {
	for _, s := range r.Steps {
		if !s.Holds {
			return s.Failed
		}
	}
	return nil
}

// Held counts the conditions that were satisfied by something found.
func (r Reason) Held() int {
	n := 0
	for _, s := range r.Steps {
		if len(s.Because) > 0 {
			n++
		}
	}
	return n
}

// Compare orders reasons by how near they came to a match, the nearest first.
func (r Reason) Compare(other Reason) int {
	if r.Matched != other.Matched {
		if r.Matched {
			return -1
		}
		return 1
	}
	if r.Matched {
		return 0
	}
	if d := other.share() - r.share(); d != 0 {
		return d
	}
	return other.Failed().near - r.Failed().near
}

// share is how much of the rule was found, of 1000.
func (r Reason) share() int { return r.Held() * 1000 / len(r.Steps) }

// Lines writes the steps for a terminal or a code block, one a line: ✓ or ✗,
// the condition, and what was found.
func (r Reason) Lines() []string {
	wide := 0
	for _, s := range r.Steps {
		wide = max(wide, min(columns(s.Condition), maxCondition))
	}
	out := make([]string, len(r.Steps))
	for i, s := range r.Steps {
		mark := "✗"
		if s.Holds {
			mark = "✓"
		}
		name := visible(s.Condition)
		if pad := wide - columns(s.Condition); pad > 0 {
			name += strings.Repeat(" ", pad)
		}
		out[i] = mark + " " + name + "  " + visible(s.Says)
	}
	return out
}

// maxCondition is how wide the column of conditions gets.
const maxCondition = 32

// Why asks q of an item with these developments, each by its facts, and tells
// the reason of the answer. Like Explain it reads the query plainly, and its
// error is that of a rule: that cannot be followed.
func Why(q *Query, v *Vocabulary, d *Doc, facts []*Facts) (Reason, error) {
	if v == nil {
		v = new(Vocabulary)
	}
	root, err := expand(q, v)
	if err != nil {
		return Reason{}, err
	}
	conditions := conjuncts(root, nil)
	r := &reader{v: v, d: d}
	if len(facts) == 0 {
		return r.reason(conditions, q.Src, -1), nil
	}
	var best Reason
	for i, f := range facts {
		r.f = f
		got := r.reason(conditions, q.Src, i)
		if i == 0 || got.Compare(best) < 0 {
			best = got
		}
		if best.Matched {
			break
		}
	}
	return best, nil
}

// conjuncts lists the conditions that must all hold for n to hold.
func conjuncts(n Node, out []Node) []Node {
	if and, ok := n.(*And); ok {
		for _, k := range and.Nodes {
			out = conjuncts(k, out)
		}
		return out
	}
	return append(out, n)
}

func (r *reader) reason(conditions []Node, src string, of int) Reason {
	out := Reason{Matched: true, Of: of, Steps: make([]Step, len(conditions))}
	for i, n := range conditions {
		s := &out.Steps[i]
		s.Condition = format(n, false)
		if s.Holds, s.Because = r.holds(n); s.Holds {
			s.Says = r.satisfied(n, s.Because)
			continue
		}
		out.Matched = false
		s.Failed = r.failure(n)
		s.Failed.Src = src
		s.Says = s.Failed.Why
	}
	return out
}

// satisfied tells what satisfied one condition.
func (r *reader) satisfied(n Node, because []Because) string {
	if len(because) == 0 {
		return "is not there, as asked"
	}
	var parts []string
	for i := range because {
		b := &because[i]
		said := r.shown(b)
		switch {
		case b.words():
		case b.Field == "by":
			said = "said by " + r.speaker()
		case b.Field == "feed" || b.Field == "tier" || b.Field == "lang" || b.Field == "site":
			said = noun(b.Field) + " is " + b.Value
		}
		if _, or := n.(*Or); or {
			said = b.Condition + ": " + said
		}
		if !slices.Contains(parts, said) {
			parts = append(parts, said)
		}
	}
	return strings.Join(parts, " … ")
}
