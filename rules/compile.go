package rules

import (
	"errors"
	"fmt"
	"strings"
)

// A RuleError is a Problem with the rule that it was found in.
type RuleError struct {
	Rule    string
	Problem *Error
}

// Error names the rule, line and column, and says what to type instead.
func (e *RuleError) Error() string {
	line, column := e.Problem.Line()
	return fmt.Sprintf("rule %s, line %d, column %d: %s", quote(e.Rule), line, column, e.Problem.Error())
}

// Unwrap returns the problem without the rule.
func (e *RuleError) Unwrap() error { return e.Problem }

// Compile makes one matcher of all rules. Warnings do not stop it. The error
// joins a *RuleError for each problem of each rule.
func Compile(rules []Source, v *Vocabulary) (*Set, error) {
	s := new(Set)
	if err := s.Replace(rules, v); err != nil {
		return nil, err
	}
	return s, nil
}

// compile returns a builder that has all rules, filed and laid out.
func compile(rules []Source, v *Vocabulary) (*builder, error) {
	b := newBuilder(v, 0, 0)
	var faults []error
	for i, r := range rules {
		n, bad := b.read(r)
		if bad != nil {
			faults = append(faults, wrong(r, bad)...)
			continue
		}
		b.write(r, int32(i), n)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	b.next = int32(len(rules))
	return b.layOut(), nil
}

func wrong(r Source, ps []Problem) []error {
	var out []error
	for _, p := range ps {
		out = append(out, &RuleError{r.Name, &p})
	}
	return out
}

// A builder is what the writer of a set has: the program that it will publish
// next, and what is not needed for matching.
type builder struct {
	program
	given *Vocabulary // that rules are read with; nil if none was given
	cands []candidate
	uses  []uint32 // by term: how often rules ask for it

	nearIDs map[string]uint32 // canonical form → memo
	condIDs map[string]uint32 // → index into conds
	quiet   int               // how many NEARs the node being emitted stands in

	next   int32           // the index of the rule that is added next
	found  map[int32]int32 // index → rule, made when it is first asked for
	parser parser
	since  int // how many rules were added or removed since the layout
	laid   int // candidates before this place lie in lists without room
	needer
}

func newBuilder(v *Vocabulary, prefixes, grams int) *builder {
	b := &builder{given: v, nearIDs: make(map[string]uint32), condIDs: make(map[string]uint32)}
	b.epoch = &epoch{v: v, look: firstLook, begins: newBeginnings(prefixes), grams: newSieve(grams)}
	b.seen.grow(int(firstTerm))
	if v == nil {
		b.v = new(Vocabulary)
	}
	b.actors = make([]uint32, len(b.v.Actors))
	b.terms = []term{{kind: termAlways}, {kind: termDevelopment}}
	b.posts, b.uses = make([]uint64, firstTerm), make([]uint32, firstTerm)
	b.texts = []string{""}
	b.table = table(nil).grown(1)
	return b
}

// read parses and checks one rule; what it returns can be written.
func (b *builder) read(r Source) (Node, []Problem) {
	q, bad := b.parser.parse(r.When)
	if bad != nil {
		return nil, []Problem{*bad}
	}
	if ps := Check(q, b.given); len(ps) > 0 {
		return nil, ps
	}
	root, bad := expand(q, b.given)
	if bad == nil {
		bad = b.unusable(q, root)
	}
	if bad != nil {
		return nil, []Problem{*bad}
	}
	return root, nil
}

// unusable finds what Check lets pass because no vocabulary was given, or
// because it stands in a rule that this one names.
func (b *builder) unusable(q *Query, root Node) (bad *Error) {
	walk(root, func(n Node) bool {
		f, ok := n.(*Field)
		if !ok || bad != nil {
			return bad == nil
		}
		_, wrong := parseCond(f.Name, f.Value)
		if wrong == nil && f.Name == "actor" {
			wrong = b.v.checkActor(f.Name, strings.ToLower(f.Value))
		}
		if wrong != nil {
			bad = wrong.at(q.Src, f.Pos, f.End)
		}
		return true
	})
	return bad
}

// write appends a rule that read has found good. It is not filed yet.
func (b *builder) write(r Source, index int32, n Node) {
	id := uint32(len(b.rules))
	b.rules = append(b.rules, rule{r.Name, index, uint32(len(b.code))})
	b.died = append(b.died, 0)
	b.code = append(b.code, id<<markedBy, always, always)
	at := len(b.code)
	b.emit(n)
	eachTerm(b.code[at:], func(t *uint32) { b.uses[*t]++ })
	b.size++
}
