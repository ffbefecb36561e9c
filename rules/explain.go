package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// An Explanation tells why a query holds of an item, or why it does not.
type Explanation struct {
	Matched bool
	Because []Because // what made it hold
	Failed  *Failure  // the first condition that did not; nil if Matched
}

// A Failure is the first condition that failed. Of alternatives, which all
// failed, it is the one that came nearest.
type Failure struct {
	Condition string   // canonical form
	Src       string   // the whole query
	Pos, End  int      // the condition's place in it; that of rule:NAME if it stands in that rule
	Why       string   // a sentence
	Nearest   *Because // the nearest thing found, nil if nothing comes near
	near      int      // how near: see the constants below
}

// How near a condition came to holding.
const (
	nothing = iota // nothing like it was found
	similar        // a word that is spelled alike, another value
	partly         // some of its words
	apart          // all of its words, but not as it asks for
)

// String returns the explanation in lines for people.
func (e Explanation) String() string {
	var b strings.Builder
	if !e.Matched {
		fmt.Fprintf(&b, "no match: %s", e.Failed.Why)
		return b.String()
	}
	b.WriteString("match:")
	if len(e.Because) == 0 {
		b.WriteString(" nothing that must not be there was found")
	}
	for i, x := range e.Because {
		if i > 0 {
			b.WriteByte(',')
		}
		if x.words() {
			fmt.Fprintf(&b, " %s (%s, %s)", x.Condition, x.Field, wordsFrom(x.From, x.To))
		} else {
			fmt.Fprintf(&b, " %s (%s)", x.Condition, x.Value)
		}
	}
	return b.String()
}

func (b Because) words() bool { return b.To > b.From }

// Quote returns the words of d that b points to, or the value of the fact.
func (b Because) Quote(d *Doc) string {
	t := d.Text
	if b.Field == "title" {
		t = d.Title
	}
	if !b.words() || t == nil || b.To > len(t.Tokens) {
		return b.Value
	}
	return t.Quote(b.From, b.To)
}

func wordsFrom(from, to int) string {
	if to == from+1 {
		return "word " + strconv.Itoa(to)
	}
	return fmt.Sprintf("words %d to %d", from+1, to)
}

// Explain says why q holds of an item with the facts of one development, or
// the first condition that failed and the nearest thing found. It reads the
// query plainly, so it costs more than matching and is meant for one at a time.
// The error is that of a rule: that cannot be followed.
func Explain(q *Query, v *Vocabulary, d *Doc, f *Facts) (Explanation, error) {
	if v == nil {
		v = new(Vocabulary)
	}
	root, err := expand(q, v)
	if err != nil {
		return Explanation{}, err
	}
	d.Title.Complete()
	d.Text.Complete()
	r := &reader{v: v, d: d, f: f}
	if ok, because := r.holds(root); ok {
		return Explanation{Matched: true, Because: because}, nil
	}
	failed := r.failure(root)
	failed.Src = q.Src
	return Explanation{Failed: failed}, nil
}

// failure explains n, which does not hold.
func (r *reader) failure(n Node) *Failure {
	pos, end := n.Span()
	fail := &Failure{Condition: format(n, false), Pos: pos, End: end}
	switch n := n.(type) {
	case *And:
		found := false
		for _, k := range n.Nodes {
			ok, because := r.holds(k)
			if !ok {
				f := r.failure(k)
				if found { // as an alternative it came nearer than one of which nothing holds
					f.near = max(f.near, partly)
				}
				return f
			}
			found = found || len(because) > 0
		}
	case *Or:
		// the alternative that came nearest, the first of equals
		best := r.failure(n.Nodes[0])
		for _, k := range n.Nodes[1:] {
			if f := r.failure(k); f.near > best.near {
				best = f
			}
		}
		best.Why = fmt.Sprintf("none of %d alternatives holds; the nearest: %s", len(n.Nodes), best.Why)
		return best
	case *Not:
		fail.Why = format(n.Node, false) + " must not hold, but does"
		if _, because := r.holds(n.Node); len(because) > 0 {
			fail.Nearest = &because[0]
			fail.Why += ": " + r.shown(&because[0])
		}
		fail.near = apart
	case *Near:
		r.failedNear(n, fail)
	case *Term:
		r.failedTerm(n, fail)
	case *Field:
		if n.Name == "actor" {
			r.failedActor(n, fail)
		} else {
			r.failedField(n, fail)
		}
	}
	return fail
}

// shown quotes b with its place, or tells the value of the fact.
func (r *reader) shown(b *Because) string {
	if !b.words() {
		return b.Value
	}
	return fmt.Sprintf("“%s” (%s, %s)", b.Quote(r.d), b.Field, wordsFrom(b.From, b.To))
}

func scope(title bool) string {
	if title {
		return "the title"
	}
	return "title and text"
}

func (r *reader) failedTerm(n *Term, fail *Failure) {
	fail.Why = fmt.Sprintf("%s does not have %s", scope(n.Title), n.canonical())
	if !n.Title {
		fail.Why = fmt.Sprintf("neither title nor text has %s", n.canonical())
	} else if ok, because := r.found(n, false); ok {
		fail.near, fail.Nearest = apart, &because[0]
		fail.Why += ", only the text has it (" + wordsFrom(because[0].From, because[0].To) + ")"
		return
	}
	if len(n.Words) > 1 {
		if b := r.longestPart(n); b != nil {
			fail.near, fail.Nearest = partly, b
			fail.Why += "; what comes nearest is " + r.shown(b)
			return
		}
	}
	if b := r.alike(n); b != nil {
		fail.near, fail.Nearest = similar, b
		fail.Why += "; what comes nearest is " + r.shown(b)
	}
}

// longestPart finds the longest run of the phrase's words that stands anywhere.
func (r *reader) longestPart(n *Term) *Because {
	for size := len(n.Words) - 1; size > 0; size-- {
		for i := 0; i+size <= len(n.Words); i++ {
			part := &Term{Words: n.Words[i : i+size]}
			if ok, because := r.found(part, n.Title); ok {
				return &because[0]
			}
		}
	}
	return nil
}

// alike finds the word that is spelled most like the term's longest one.
func (r *reader) alike(n *Term) *Because {
	want := slices.MaxFunc(n.Words, func(a, b Word) int { return cmp.Compare(len(a.Norm), len(b.Norm)) })
	limit := min(3, len([]rune(want.Norm))/3)
	if want.Upper {
		limit = 0 // the word itself, in small letters
	}
	var best *Because
	var d distance
	for _, f := range r.fields(n.Title) {
		for i, t := range tokensOf(f.text) {
			got := d.between(want.Norm, t.Norm, limit)
			if stem := commonPrefix(want.Norm, t.Norm); got > limit && stem >= 4 && stem*4 >= len(want.Norm)*3 {
				got = limit // "negotiations" for "negotiators"
			}
			if got > limit || best != nil && got == limit {
				continue
			}
			best, limit = &Because{Condition: n.canonical(), Field: f.name, From: i, To: i + 1}, got
		}
	}
	return best
}

func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func (r *reader) failedActor(n *Field, fail *Failure) {
	fail.Why = "neither title nor text has a name of " + n.Value
	if n.Title {
		fail.Why = "the title has no name of " + n.Value
		if ok, because := r.found(n, false); ok {
			fail.near, fail.Nearest = apart, &because[0]
			fail.Why += ", only the text has one: " + r.shown(&because[0])
			return
		}
	}
	actor, ok := r.v.index().actors[strings.ToLower(n.Value)]
	if !ok {
		fail.Why = n.Value + " is the id of no actor"
		return
	}
	// a name that does not count, since a longer one hides it
	for _, f := range r.fields(n.Title) {
		if f.text == nil {
			continue
		}
		ix := r.v.index()
		for i := range f.text.Tokens {
			for _, id := range ix.first[f.text.Tokens[i].Norm] {
				name := ix.names[id]
				if name.actor != actor || !standsAt(name.words, f.text, i) {
					continue
				}
				to := i + len(name.words)
				fail.near = apart
				fail.Nearest = &Because{Condition: fail.Condition, Field: f.name, From: i, To: to}
				fail.Why += fmt.Sprintf("; “%s” (%s, %s) belongs to a longer name", f.text.Quote(i, to), f.name, wordsFrom(i, to))
				return
			}
		}
	}
}

func (r *reader) failedNear(n *Near, fail *Failure) {
	for _, k := range n.Nodes {
		ok := false
		for _, f := range r.fields(n.Title) {
			ok = ok || len(r.places(k, f.text)) > 0
		}
		if !ok {
			inner := r.failure(k)
			inner.near = min(inner.near, partly)
			*fail = *inner
			return
		}
	}
	fail.near = apart
	// the first pair of neighbours that is too far apart, and how far it is
	for i, l := range n.Links {
		best, at, where := -1, place{}, ""
		joined := false
		for _, f := range r.fields(n.Title) {
			if f.text == nil {
				continue
			}
			left, right := r.places(n.Nodes[i], f.text), r.places(n.Nodes[i+1], f.text)
			if _, ok := chain([][]place{left, right}, []Link{l}, f.text); ok {
				joined = true
				break
			}
			if p, d, ok := closest(left, right); ok && (best < 0 || d < best) {
				best, at, where = d, p, f.name
			}
		}
		if joined {
			continue
		}
		a, b := format(n.Nodes[i], true), format(n.Nodes[i+1], true)
		if best < 0 {
			fail.Why = fmt.Sprintf("%s and %s both occur, but one in the title and one in the text, or in the same words", a, b)
			return
		}
		fail.Nearest = &Because{Condition: fail.Condition, Field: where, From: at.from, To: at.to}
		fail.Why = fmt.Sprintf("%s and %s both occur, but not as %s asks", a, b, l) + ": " + r.shown(fail.Nearest) + fmt.Sprintf(", a distance of %d", best)
		return
	}
	fail.Why = "each two neighbours of " + fail.Condition + " stand near each other, but not all at once"
}

// closest returns what lies between the two nearest places, with both, and
// their distance in words.
func closest(left, right []place) (place, int, bool) {
	best, found := 0, false
	var at place
	j := 0
	try := func(p, q place) {
		first, second := p, q
		if q.from < p.from {
			first, second = q, p
		}
		if d := second.from - (first.to - 1); d > 0 && (!found || d < best) {
			best, found, at = d, true, place{first.from, second.to}
		}
	}
	for _, p := range left {
		for j < len(right) && right[j].from < p.from {
			j++
		}
		for k := max(0, j-MaxWords); k < min(len(right), j+MaxWords); k++ {
			try(p, right[k])
		}
	}
	return at, best, found
}
