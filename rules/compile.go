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
	p, err := compile(rules, v)
	if err != nil {
		return nil, err
	}
	s := new(Set)
	s.program.Store(p)
	return s, nil
}

func compile(rules []Source, v *Vocabulary) (*program, error) {
	b := newBuilder(v)
	var faults []error
	for i, r := range rules {
		for _, p := range b.add(int32(i), r) {
			faults = append(faults, &RuleError{r.Name, &p})
		}
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	b.prefixes.build()
	return b.program, nil
}

type builder struct {
	*program
	byText map[string]int32 // canonical form → atom
	byWord map[Word]int32   // → term
	given  *Vocabulary      // nil if none was
}

func newBuilder(v *Vocabulary) *builder {
	b := &builder{
		program: &program{
			words: make(map[string]wordTerms), keys: make(map[key]int32), actorAtoms: make(map[int32]int32), v: v,
		},
		byText: make(map[string]int32), byWord: make(map[Word]int32), given: v,
	}
	if v == nil {
		b.v = new(Vocabulary)
	}
	return b
}

// add compiles one rule, or returns its problems.
func (b *builder) add(i int32, r Source) []Problem {
	q, bad := parse(r.When)
	if bad != nil {
		return []Problem{*bad}
	}
	if ps := Check(q, b.given); len(ps) > 0 {
		return ps
	}
	root, bad := expand(q, b.v)
	if bad == nil {
		bad = b.unusable(q, root)
	}
	if bad != nil {
		return []Problem{*bad}
	}
	b.rules = append(b.rules, compiled{r.Name, int32(len(b.code))})
	b.emit(root)
	b.file(i, root)
	return nil
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

// emit appends the formula of n.
func (b *builder) emit(n Node) {
	at := len(b.code)
	b.code = append(b.code, instruction{})
	in := instruction{op: opAtom}
	switch n := n.(type) {
	case *And:
		in.op = opAnd
		for _, k := range n.Nodes {
			b.emit(k)
		}
	case *Or:
		in.op = opOr
		for _, k := range n.Nodes {
			b.emit(k)
		}
	case *Not:
		in.op = opNot
		b.emit(n.Node)
	default:
		in.arg = b.atom(n)
	}
	in.end = int32(len(b.code))
	b.code[at] = in
}

// atom returns the atom of a term, field or near.
func (b *builder) atom(n Node) int32 {
	canonical := format(n, false)
	if a, ok := b.byText[canonical]; ok {
		return a
	}
	a := atom{text: canonical}
	switch n := n.(type) {
	case *Term:
		a.title = n.Title
		if s := b.source(n); s.kind == atomTerm {
			if !n.Title { // made with the term
				b.atoms[b.terms[s.arg].atom].text = canonical
				b.byText[canonical] = b.terms[s.arg].atom
				return b.terms[s.arg].atom
			}
			a.kind, a.arg = atomTerm, s.arg
		} else {
			a.kind, a.arg = atomPhrase, s.arg
		}
	case *Near:
		a.kind, a.title, a.arg = atomNear, n.Title, int32(len(b.nears))
		x := near{links: n.Links}
		for _, k := range n.Nodes {
			x.operands = append(x.operands, b.sources(k))
		}
		b.nears = append(b.nears, x)
	case *Field:
		if n.Name == "actor" {
			s := b.source(n)
			if !n.Title {
				b.byText[canonical] = b.actorAtoms[s.arg]
				return b.actorAtoms[s.arg]
			}
			a.kind, a.title, a.arg = atomActor, true, s.arg
			break
		}
		a.kind, a.field, a.arg = atomFact, n.Name, int32(len(b.conds))
		c, _ := parseCond(n.Name, n.Value)
		if aboutItem(n.Name) {
			a.kind = atomItem
		}
		switch n.Name {
		case "tone", "round", "sources", "date", "venue":
		default:
			a.eager = true
			k := key{n.Name, c.value}
			if old, ok := b.keys[k]; ok { // spelled in another way
				b.byText[canonical] = old
				return old
			}
			b.keys[k] = int32(len(b.atoms))
		}
		b.conds = append(b.conds, c)
	}
	id := int32(len(b.atoms))
	b.atoms = append(b.atoms, a)
	b.byText[canonical] = id
	return id
}

// sources returns where the places of an operand of NEAR come from.
func (b *builder) sources(n Node) []source {
	if or, ok := n.(*Or); ok {
		var out []source
		for _, k := range or.Nodes {
			out = append(out, b.sources(k)...)
		}
		return out
	}
	return []source{b.source(n)}
}

func (b *builder) source(n Node) source {
	switch n := n.(type) {
	case *Term:
		if len(n.Words) == 1 {
			return source{atomTerm, b.term(n.Words[0])}
		}
		b.phrases = append(b.phrases, b.phrase(n.Words, Word.chance))
		return source{atomPhrase, int32(len(b.phrases) - 1)}
	case *Field:
		actor := int32(b.v.index().actors[strings.ToLower(n.Value)])
		if _, ok := b.actorAtoms[actor]; !ok {
			if len(b.actorAtoms) == 0 {
				b.addNames()
			}
			b.actorAtoms[actor] = int32(len(b.atoms))
			b.atoms = append(b.atoms, atom{kind: atomActor, arg: actor, eager: true, text: format(&Field{Name: n.Name, Value: n.Value}, false)})
		}
		return source{atomActor, actor}
	}
	panic("rules: no source of places") // the parser lets nothing else into NEAR
}

// addNames files every name of every actor, also of those that no rule asks
// about, since a longer name hides the shorter ones in it.
func (b *builder) addNames() {
	names := b.v.index().names
	in := make(map[Word]float64) // how many names have the word: a rare one spares the looking
	for _, n := range names {
		for _, w := range n.words {
			in[w]++
		}
	}
	for _, n := range names {
		p := b.phrase(n.words, func(w Word) float64 { return in[w] * w.chance() })
		id := int32(len(b.names))
		b.names = append(b.names, p)
		b.nameOf = append(b.nameOf, int32(n.actor))
		b.terms[p.term].names = append(b.terms[p.term].names, id)
	}
}

// phrase files ws under the word that costs least to look for.
func (b *builder) phrase(ws []Word, cost func(Word) float64) phrase {
	rare := 0
	for i := range ws {
		if cost(ws[i]) < cost(ws[rare]) {
			rare = i
		}
	}
	return phrase{ws, int32(rare), b.term(ws[rare])}
}

// term returns the term of a word, new if need be, with its atom.
func (b *builder) term(w Word) int32 {
	if t, ok := b.byWord[w]; ok {
		return t
	}
	t := int32(len(b.terms))
	b.byWord[w] = t
	b.terms = append(b.terms, term{atom: int32(len(b.atoms))})
	b.atoms = append(b.atoms, atom{kind: atomTerm, arg: t, eager: true})
	if w.Prefix {
		b.prefixes.add(w.Norm, t)
		return t
	}
	ids, ok := b.words[w.Norm]
	if !ok {
		ids = wordTerms{-1, -1}
	}
	if w.Upper {
		ids.upper = t
	} else {
		ids.plain = t
	}
	b.words[w.Norm] = ids
	return t
}
