package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/internal/text"
)

// wideNear is the NEAR/n that reaches beyond a common sentence of news.
const wideNear = 25

// Lint warns of what a correct query probably does not mean: what can never
// match, what matches nearly everything, words that look like operators, very
// short prefixes, NEAR wider than a sentence, names that mean two actors.
// With a nil Vocabulary it warns of what needs none.
func Lint(q *Query, v *Vocabulary) []Problem {
	if len(Check(q, v)) > 0 { // errors come first; a warning about a query that has one misleads
		return nil
	}
	l := linter{q: q, v: v}
	l.operators(q.Root)
	walk(q.Root, func(n Node) bool {
		switch n := n.(type) {
		case *Term:
			l.term(n)
		case *Near:
			l.near(n)
		case *Field:
			l.actor(n)
		case *And:
			l.twice(n.Nodes, "AND")
		case *Or:
			l.twice(n.Nodes, "OR")
		}
		return true
	})
	l.logic()
	slices.SortStableFunc(l.out, func(a, b Problem) int { return cmp.Compare(a.Pos, b.Pos) })
	return l.out
}

type linter struct {
	q   *Query
	v   *Vocabulary
	out []Problem
}

func (l *linter) warn(n Node, msg, hint string) {
	pos, end := n.Span()
	p := (&fault{msg, hint}).at(l.q.Src, pos, end)
	p.Warning = true
	l.out = append(l.out, *p)
}

// operators warns of and, or, not and near in lower case between words.
func (l *linter) operators(n Node) {
	walk(n, func(n Node) bool {
		and, ok := n.(*And)
		if !ok {
			return true
		}
		for i, k := range and.Nodes {
			t, ok := k.(*Term)
			last := i == len(and.Nodes)-1
			if !ok || t.Quoted || len(t.Words) != 1 || t.Words[0].Prefix || last || i == 0 && t.Words[0].Norm != "not" {
				continue
			}
			switch w := t.Words[0].Norm; w {
			case "and", "or", "not":
				l.warn(t, quote(t.Raw)+" is searched as a word", "type "+strings.ToUpper(w)+` if the operator is meant, "`+w+`" if the word is`)
			case "near":
				l.warn(t, quote(t.Raw)+" is searched as a word", `type NEAR/8 if the operator is meant, "near" if the word is`)
			}
		}
		return true
	})
}

func (l *linter) term(t *Term) {
	for _, w := range t.Words {
		if !w.Prefix {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(w.Norm); ideograph(w.Norm) {
			l.warn(t, fmt.Sprintf("the * behind %c changes nothing", r), "remove it: in scripts without spaces every letter is looked for by itself")
		} else if utf8.RuneCountInString(w.Norm) < 3 {
			l.warn(t, fmt.Sprintf("the prefix %s* begins very many words", w.Norm), "type three letters or more")
		}
	}
	if l.v == nil || len(t.Words) == 0 {
		return
	}
	norms := make([]string, len(t.Words))
	for i, w := range t.Words {
		if w.Prefix {
			return
		}
		norms[i] = w.Norm
	}
	name := strings.Join(norms, " ")
	actors := l.v.index().byName[name]
	if len(actors) > 1 {
		l.warn(t, quote(t.Raw)+" is a name of "+l.ids(actors), "type actor:"+l.v.Actors[actors[0]].ID+" if only that one is meant")
		return
	}
	// US, typed in capitals, is folded to the pronoun
	if x := text.New(t.Raw); len(actors) == 1 && capitals(x) && !t.Words[0].Upper && commonWord(name) {
		l.warn(t, quote(t.Raw)+" also finds the word "+quote(name), "type actor:"+l.v.Actors[actors[0]].ID+", or "+strings.ToUpper(strings.Join(strings.Split(name, ""), "."))+". with dots")
	}
}

// commonWord reports the words of English that are also written as acronyms.
func commonWord(w string) bool {
	switch w {
	case "us", "who", "it", "un":
		return true
	}
	return false
}

func ideograph(norm string) bool {
	t := text.New(norm)
	return len(t.Tokens) == 1 && t.Tokens[0].Flags&text.Ideograph != 0
}

func (l *linter) ids(actors []int) string {
	var ids []string
	for _, a := range actors {
		ids = append(ids, l.v.Actors[a].ID)
	}
	return fmt.Sprintf("%d actors: %s", len(ids), enumerate(ids))
}

// actor warns of names that the actor shares with others.
func (l *linter) actor(f *Field) {
	if f.Name != "actor" || l.v == nil {
		return
	}
	ix := l.v.index()
	a := ix.actors[f.Value]
	for _, n := range l.v.Actors[a].Names {
		if others := ix.byName[folded(text.New(n))]; len(others) > 1 {
			l.warn(f, quote(n)+" is a name of "+l.ids(others), "add a word that only "+f.Value+" has, or remove the name from one of them")
			return
		}
	}
}

func (l *linter) near(n *Near) {
	for i, link := range n.Links {
		if link.Unit == Words && link.N > wideNear {
			_, end := n.Nodes[i].Span()
			next, _ := n.Nodes[i+1].Span()
			p := (&fault{link.String() + " is wider than a sentence", "type NEAR/8 or less, NEAR/s for in one sentence or NEAR/p for in one paragraph"}).at(l.q.Src, end, next)
			if at := strings.Index(l.q.Src[end:next], "NEAR"); at >= 0 {
				p.Pos = end + at
				if p.Pos > end && l.q.Src[p.Pos-1] == 'O' {
					p.Pos--
				}
				p.End = p.Pos + len(strings.Fields(l.q.Src[p.Pos:next])[0])
			}
			p.Warning = true
			l.out = append(l.out, *p)
		}
	}
}

// twice warns of a condition that stands twice in one list.
func (l *linter) twice(nodes []Node, op string) {
	seen := make(map[string]bool)
	for _, k := range nodes {
		s := format(k, false)
		if seen[s] {
			l.warn(k, s+" stands twice, joined by "+op, "remove one")
		}
		seen[s] = true
	}
}

// logic warns of what cannot hold and of what nearly always does.
func (l *linter) logic() {
	v := l.v
	if v == nil {
		v = new(Vocabulary)
	}
	root, err := expand(l.q, v)
	if err != nil {
		return
	}
	s := satisfier{v: v}
	if c := s.clash(root); c != nil {
		l.never(root, c)
		return // its parts are no news then
	}
	if why := matchesAll(root, v); why != "" {
		l.warn(root, "this matches nearly everything: "+why, "add a word or condition that must hold")
	}
	walk(root, func(n Node) bool {
		if or, ok := n.(*Or); ok {
			for _, k := range or.Nodes {
				if c := s.clash(k); c != nil {
					l.never(k, c)
				}
			}
		}
		l.datesApart(n)
		return true
	})
}

func (l *linter) never(n Node, c *clash) {
	pos, end := n.Span()
	a, aEnd := c.a.node.Span()
	b, bEnd := c.b.node.Span()
	if from, to := min(a, b), max(aEnd, bEnd); from >= pos && to <= end {
		pos, end = from, to
	}
	p := (&fault{"this never matches: " + c.why, c.hint}).at(l.q.Src, pos, end)
	p.Warning = true
	l.out = append(l.out, *p)
}

// datesApart warns of dates that only a development with two dates can have.
func (l *linter) datesApart(n Node) {
	and, ok := n.(*And)
	if !ok {
		return
	}
	var dates []*Field
	for _, k := range and.Nodes {
		if f, ok := k.(*Field); ok && f.Name == "date" {
			dates = append(dates, f)
		}
	}
	for i, a := range dates {
		for _, b := range dates[:i] {
			x, _ := parseCond("date", a.Value)
			y, _ := parseCond("date", b.Value)
			if apartDates(x.date, y.date) {
				l.warn(a, fmt.Sprintf("date:%s and date:%s hold together only if a development names two dates", b.Value, a.Value), "join them with OR if either will do")
				return
			}
		}
	}
}

// apartDates reports whether no single day satisfies both.
func apartDates(a, b dateCond) bool {
	if a.kind == dateRange && b.kind == dateRange {
		return a.to < b.from || b.to < a.from
	}
	ahead := func(c dateCond) bool { return c.kind == dateUpcoming || c.kind == dateToday || c.kind == dateWithin }
	return a.kind == datePast && ahead(b) || b.kind == datePast && ahead(a)
}
