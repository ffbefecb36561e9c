package rules

import (
	"strconv"
	"strings"

	"parley/internal/text"
)

// A Query is a parsed query.
type Query struct {
	Src  string
	Root Node
}

// A Node is a part of a query: *And, *Or, *Not, *Near, *Term or *Field.
type Node interface {
	// Span returns the bytes of the source that the node was written in.
	Span() (pos, end int)
	write(p *printer, level int)
}

// Place is where a node stands in the source, in bytes.
type Place struct{ Pos, End int }

// Span returns the place's two ends.
func (p Place) Span() (pos, end int) { return p.Pos, p.End }

// And holds when all its two or more nodes hold.
type And struct {
	Place
	Nodes []Node
}

// Or holds when one of its two or more nodes holds.
type Or struct {
	Place
	Nodes []Node
}

// Not holds when its node does not.
type Not struct {
	Place
	Node Node
}

// Near holds when its operands have places in one field of which every
// neighbouring pair is related as Links says. An operand is a *Term, an
// actor: *Field, or an *Or of these.
type Near struct {
	Place
	Nodes []Node
	Links []Link // one less than Nodes
	Title bool   // only in the title
}

// A Link says how close two neighbouring operands of a Near must be.
type Link struct {
	Unit Unit
	N    int  // for Words: the greatest distance
	Then bool // ONEAR: the left one stands first
}

// A Unit is what the distance of a Link is measured in.
type Unit uint8

// The units.
const (
	Words Unit = iota
	Sentence
	Paragraph
)

// String returns the link as it is written in a query.
func (l Link) String() string {
	switch {
	case l.Unit == Sentence:
		return "NEAR/s"
	case l.Unit == Paragraph:
		return "NEAR/p"
	case l.Then:
		return "ONEAR/" + strconv.Itoa(l.N)
	}
	return "NEAR/" + strconv.Itoa(l.N)
}

// A Term is a word, a phrase or a prefix.
type Term struct {
	Place
	Words  []Word
	Title  bool // only in the title
	Raw    string
	Quoted bool // it was written between quotation marks
}

// A Word is one token of a Term.
type Word struct {
	Norm   string // folded
	Prefix bool   // any token that begins with Norm
	Upper  bool   // only tokens in capitals or with dots: "U.S." is not the pronoun
}

// A Field is one condition on the item, on a development, or a reference.
type Field struct {
	Place
	Name  string // kind, actor, rule, …; never title
	Value string // without quotation marks; what is compared as it stands is lower case
	Title bool   // actor: only in the title
}

// String returns the query in canonical form: juxtaposition for AND, folded
// words, no needless parentheses. It parses to the same tree; but that of a
// query close to MaxLength may be longer than Parse accepts.
func (q *Query) String() string { return format(q.Root, false) }

// format prints a node; inTitle says that a title:( stands before it.
func format(n Node, inTitle bool) string {
	p := printer{title: inTitle}
	n.write(&p, levelOr)
	return p.b.String()
}

// The levels of binding, loosest first. A node that binds looser than its
// surroundings ask for is put in parentheses.
const (
	levelOr = iota
	levelAnd
	levelNear
	levelNot
	levelPrimary
)

type printer struct {
	b     strings.Builder
	title bool
}

func (p *printer) list(nodes []Node, between string, level int) {
	for i, n := range nodes {
		if i > 0 {
			p.b.WriteString(between)
		}
		n.write(p, level)
	}
}

func (p *printer) grouped(group bool, f func()) {
	if group {
		p.b.WriteByte('(')
	}
	f()
	if group {
		p.b.WriteByte(')')
	}
}

func (n *And) write(p *printer, level int) {
	p.grouped(level > levelAnd, func() { p.list(n.Nodes, " ", levelNear) })
}

func (n *Or) write(p *printer, level int) {
	if name := n.sameField(); name != "" {
		p.b.WriteString(name + ":(")
		for i, k := range n.Nodes {
			if i > 0 {
				p.b.WriteString(" OR ")
			}
			p.b.WriteString(quoteValue(name, k.(*Field).Value))
		}
		p.b.WriteByte(')')
		return
	}
	p.grouped(level > levelOr, func() { p.list(n.Nodes, " OR ", levelAnd) })
}

// sameField returns the name of the field that all alternatives ask about.
func (n *Or) sameField() string {
	name := ""
	for _, k := range n.Nodes {
		f, ok := k.(*Field)
		if !ok || f.Title || name != "" && f.Name != name {
			return ""
		}
		name = f.Name
	}
	return name
}

func (n *Not) write(p *printer, level int) {
	p.grouped(level > levelNot, func() {
		p.b.WriteString("NOT ")
		n.Node.write(p, levelPrimary)
	})
}

func (n *Near) write(p *printer, level int) {
	outer := p.title
	if n.Title && !outer {
		p.b.WriteString("title:(")
		p.title = true
		level = levelNear
	}
	p.grouped(level > levelNear, func() {
		for i, k := range n.Nodes {
			if i > 0 {
				p.b.WriteString(" " + n.Links[i-1].String() + " ")
			}
			k.write(p, levelNot)
		}
	})
	if n.Title && !outer {
		p.b.WriteByte(')')
		p.title = false
	}
}

func (n *Term) write(p *printer, _ int) {
	if n.Title && !p.title {
		p.b.WriteString("title:")
	}
	p.b.WriteString(n.canonical())
}

// canonical spells the term with folded words, unless that would not be read
// as the same words again; then it keeps the spelling of the source.
func (n *Term) canonical() string {
	words := make([]string, len(n.Words))
	for i, w := range n.Words {
		switch s := w.Norm; {
		case w.Upper:
			words[i] = strings.ToUpper(strings.Join(strings.Split(s, ""), ".")) + "."
		case w.Prefix:
			words[i] = s + "*"
		default:
			words[i] = s
		}
	}
	s := strings.Join(words, " ")
	if !n.simple() && !sameWords(s, n.Words) {
		if n.Quoted || strings.ContainsAny(n.Raw, " ") {
			return `"` + n.Raw + `"`
		}
		return n.Raw
	}
	if len(words) > 1 || operatorLike(s) {
		return `"` + s + `"`
	}
	return s
}

// simple reports a term of small ASCII letters: read again, they are the same
// words.
func (n *Term) simple() bool {
	for _, w := range n.Words {
		if w.Upper || operatorLike(w.Norm) {
			return false
		}
		for i := range len(w.Norm) {
			if c := w.Norm[i]; c < 'a' || c > 'z' {
				return false
			}
		}
	}
	return true
}

func sameWords(s string, want []Word) bool {
	got, fault := words(text.New(s))
	if fault != nil || len(got) != len(want) {
		return false
	}
	for i := range got {
		if got[i] != want[i] {
			return false
		}
	}
	return true
}

// operatorLike reports words that a reader could take for an operator.
func operatorLike(s string) bool {
	switch s {
	case "and", "or", "not", "near", "onear":
		return true
	}
	return false
}

func (n *Field) write(p *printer, _ int) {
	if n.Title && !p.title {
		p.b.WriteString("title:(" + n.Name + ":" + quoteValue(n.Name, n.Value) + ")")
		return
	}
	p.b.WriteString(n.Name + ":" + quoteValue(n.Name, n.Value))
}

// quoteValue puts a value between quotation marks where it would not be read
// as one value without them.
func quoteValue(field, v string) string {
	op, _, _ := strings.Cut(v, "/")
	switch {
	case v == "", v == "AND", v == "OR", v == "NOT", strings.EqualFold(op, "NEAR"), strings.EqualFold(op, "ONEAR"),
		strings.HasPrefix(v, "-") && field != "tone",
		strings.Contains(v, ":"), strings.ContainsFunc(v, endsChunk):
		return `"` + v + `"`
	}
	return v
}

// walk calls f for n and all nodes below it, in order of the source, as long
// as f returns true for the node above.
func walk(n Node, f func(Node) bool) {
	if !f(n) {
		return
	}
	switch n := n.(type) {
	case *And:
		for _, k := range n.Nodes {
			walk(k, f)
		}
	case *Or:
		for _, k := range n.Nodes {
			walk(k, f)
		}
	case *Near:
		for _, k := range n.Nodes {
			walk(k, f)
		}
	case *Not:
		walk(n.Node, f)
	}
}
