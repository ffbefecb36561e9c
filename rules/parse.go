package rules

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"parley/internal/text"
)

// Parse reads a query. The error, if any, is an *Error: one sentence that says
// what to type instead, and the place that it is about.
func Parse(src string) (*Query, error) {
	q, err := parse(src)
	if err != nil {
		return nil, err
	}
	return q, nil
}

func parse(src string) (*Query, *Error) {
	return new(parser).parse(src)
}

// parse reads a query. A parser that has read others saves allocations.
func (p *parser) parse(src string) (*Query, *Error) {
	if len(src) > MaxLength {
		return nil, &Error{
			Src: firstRunes(src, 80), Msg: fmt.Sprintf("the query is %d bytes long", len(src)),
			Hint: fmt.Sprintf("make it at most %d, or split it into several rules", MaxLength),
		}
	}
	if !utf8.ValidString(src) {
		at := strings.IndexRune(src, utf8.RuneError)
		for i, r := range src {
			if _, n := utf8.DecodeRuneInString(src[i:]); r == utf8.RuneError && n == 1 {
				at = i
				break
			}
		}
		return nil, &Error{Src: src, Pos: at, End: at + 1, Msg: "this is not valid UTF-8", Hint: "type the word again, or save the file as UTF-8"}
	}
	*p = parser{lexer: lexer{src: src}, text: p.text}
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.x.kind == lexEnd {
		return nil, p.fail(0, len(src), "the query is empty", `type words or conditions, as in kind:talks "peace plan"`)
	}
	root, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.x.kind == lexClose {
		return nil, p.fail(p.x.pos, p.x.end, "this ) closes nothing", "remove it, or add a ( where the group begins")
	}
	return &Query{Src: src, Root: root}, nil
}

type parser struct {
	lexer
	x     lexeme // the one that is looked at
	in    string // field of the group that is being read
	depth int
	terms int
	text  text.Text // of the term that was read last
}

func (p *parser) advance() *Error {
	x, err := p.next(p.in)
	p.x = x
	return err
}

func (p *parser) or() (Node, *Error) {
	first, err := p.and()
	if err != nil {
		return nil, err
	}
	nodes := []Node{first}
	for p.x.kind == lexOr {
		op := p.x
		if err := p.advance(); err != nil {
			return nil, err
		}
		if err := p.operand(op, "OR"); err != nil {
			return nil, err
		}
		n, err := p.and()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
	return join(nodes, true), nil
}

func (p *parser) and() (Node, *Error) {
	first, err := p.near()
	if err != nil {
		return nil, err
	}
	nodes := []Node{first}
	for {
		switch p.x.kind {
		case lexEnd, lexClose, lexOr:
			return join(nodes, false), nil
		case lexAnd:
			op := p.x
			if err := p.advance(); err != nil {
				return nil, err
			}
			if err := p.operand(op, "AND"); err != nil {
				return nil, err
			}
		}
		n, err := p.near()
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
	}
}

// join makes one node of several, taking nodes of the same kind apart.
func join(nodes []Node, or bool) Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	var flat []Node
	for _, n := range nodes {
		switch k := n.(type) {
		case *And:
			if !or {
				flat = append(flat, k.Nodes...)
				continue
			}
		case *Or:
			if or {
				flat = append(flat, k.Nodes...)
				continue
			}
		}
		flat = append(flat, n)
	}
	pos, _ := nodes[0].Span()
	_, end := nodes[len(nodes)-1].Span()
	if or {
		return &Or{Place{pos, end}, flat}
	}
	return &And{Place{pos, end}, flat}
}

// operand checks that something follows the operator op.
func (p *parser) operand(op lexeme, name string) *Error {
	switch p.x.kind {
	case lexEnd, lexClose, lexAnd, lexOr, lexNear:
		return p.fail(op.pos, op.end, name+" has nothing behind it", "type a condition there, or remove "+name)
	}
	return nil
}

func (p *parser) near() (Node, *Error) {
	first, err := p.not()
	if err != nil || p.x.kind != lexNear {
		return first, err
	}
	if p.in != "" && p.in != "title" {
		return nil, p.fail(p.x.pos, p.x.end, "NEAR cannot stand inside "+p.in+":( )", "join the values with OR")
	}
	nodes := []Node{first}
	var links []Link
	if err := p.nearOperand(first); err != nil {
		return nil, err
	}
	for p.x.kind == lexNear {
		op := p.x
		if err := p.advance(); err != nil {
			return nil, err
		}
		if err := p.operand(op, op.link.String()); err != nil {
			return nil, err
		}
		n, err := p.not()
		if err != nil {
			return nil, err
		}
		if err := p.nearOperand(n); err != nil {
			return nil, err
		}
		nodes, links = append(nodes, n), append(links, op.link)
		if len(nodes) > MaxChain {
			return nil, p.fail(op.pos, op.end, fmt.Sprintf("more than %d words are chained by NEAR", MaxChain), "make it two conditions")
		}
	}
	pos, _ := nodes[0].Span()
	_, end := nodes[len(nodes)-1].Span()
	return &Near{Place{pos, end}, nodes, links, p.in == "title"}, nil
}

// nearOperand checks that n has places that a distance can be measured from.
func (p *parser) nearOperand(n Node) *Error {
	pos, end := n.Span()
	switch n := n.(type) {
	case *Term:
		if n.Title && p.in != "title" {
			return p.fail(pos, end, "title: cannot stand inside NEAR", "put it around: title:(a NEAR/8 b)")
		}
		return nil
	case *Field:
		if n.Title && p.in != "title" {
			return p.fail(pos, end, "title: cannot stand inside NEAR", "put it around: title:(a NEAR/8 b)")
		}
		if n.Name == "actor" {
			return nil
		}
		return p.fail(pos, end, n.Name+": has no place in the text that NEAR could measure from", "put words, phrases or actor: on both sides, and "+n.Name+": outside")
	case *Or:
		for _, k := range n.Nodes {
			if err := p.nearOperand(k); err != nil {
				return err
			}
		}
		return nil
	case *Not:
		return p.fail(pos, end, "NOT cannot stand inside NEAR, since it binds tighter", "type NOT (a NEAR/8 b), or a NOT (a NEAR/8 b)")
	case *And:
		return p.fail(pos, end, "NEAR cannot take words joined by AND", "give it one word or phrase, alternatives joined by OR, or a chain: a NEAR/8 b NEAR/8 c")
	default:
		return p.fail(pos, end, "NEAR cannot stand inside NEAR", "chain them without parentheses: a NEAR/8 b NEAR/8 c")
	}
}

func (p *parser) not() (Node, *Error) {
	if p.x.kind != lexNot {
		return p.primary()
	}
	op := p.x
	name := p.src[op.pos:op.end]
	if err := p.advance(); err != nil {
		return nil, err
	}
	if p.x.kind == lexNot {
		return nil, p.fail(op.pos, p.x.end, "NOT stands twice", "remove both, or one")
	}
	if err := p.operand(op, name); err != nil {
		return nil, err
	}
	n, err := p.primary()
	if err != nil {
		return nil, err
	}
	_, end := n.Span()
	return &Not{Place{op.pos, end}, n}, nil
}

func (p *parser) primary() (Node, *Error) {
	x := p.x
	switch x.kind {
	case lexOpen:
		return p.closed(p.group())
	case lexField:
		return p.field()
	case lexWord, lexPhrase:
		if p.in != "" && p.in != "title" {
			n, err := p.value(p.in, x, x.pos)
			if err != nil {
				return nil, err
			}
			return n, p.advance()
		}
		n, err := p.term(x)
		if err != nil {
			return nil, err
		}
		return n, p.advance()
	case lexAnd, lexOr, lexNear:
		name := p.src[x.pos:x.end]
		return nil, p.fail(x.pos, x.end, name+" has nothing before it", "type a condition there, or remove "+name+`; as a word it stands in quotation marks: "`+strings.ToLower(name)+`"`)
	default:
		return nil, p.fail(x.pos, x.end, "a condition is missing here", `type words or conditions, as in kind:talks "peace plan"`)
	}
}

// group reads a parenthesised part; p.x is its parenthesis.
func (p *parser) group() (Node, *Error) {
	open := p.x
	p.depth++
	if p.depth > MaxDepth {
		return nil, p.fail(open.pos, open.end, fmt.Sprintf("parentheses stand more than %d deep", MaxDepth), "remove those that are not needed")
	}
	if err := p.advance(); err != nil {
		return nil, err
	}
	switch p.x.kind {
	case lexClose:
		return nil, p.fail(open.pos, p.x.end, "there is nothing between these parentheses", "type a condition there, or remove them")
	case lexEnd:
		return nil, p.fail(open.pos, open.end, "this ( is never closed", "add a ) where the group ends, or remove it")
	}
	n, err := p.or()
	if err != nil {
		return nil, err
	}
	if p.x.kind != lexClose {
		return nil, p.fail(open.pos, open.end, "this ( is never closed", "add a ) where the group ends")
	}
	p.depth--
	return n, nil
}

// closed steps over the parenthesis that ended a group.
func (p *parser) closed(n Node, err *Error) (Node, *Error) {
	if err != nil {
		return nil, err
	}
	return n, p.advance()
}

func (p *parser) term(x lexeme) (*Term, *Error) {
	if err := p.count(x); err != nil {
		return nil, err
	}
	ws, fault := p.words(x.text)
	switch {
	case fault != nil:
		return nil, fault.at(p.src, x.pos, x.end)
	case len(ws) == 0 && strings.TrimSpace(x.text) == "":
		return nil, p.fail(x.pos, x.end, "there is nothing between these quotation marks", "type a phrase there, or remove them")
	case len(ws) == 0:
		return nil, p.fail(x.pos, x.end, quote(x.text)+" has no letter or digit to look for", "type a word, or remove it")
	case len(ws) > MaxWords:
		return nil, p.fail(x.pos, x.end, fmt.Sprintf("this phrase has %d words", len(ws)), fmt.Sprintf("shorten it to at most %d, or join shorter ones with AND", MaxWords))
	}
	return &Term{Place: Place{x.pos, x.end}, Words: ws, Title: p.in == "title", Raw: x.text, Quoted: x.kind == lexPhrase}, nil
}

func (p *parser) count(x lexeme) *Error {
	p.terms++
	if p.terms > MaxTerms {
		return p.fail(x.pos, x.end, fmt.Sprintf("the query has more than %d conditions", MaxTerms), "split it into several rules")
	}
	return nil
}

// words returns the words of a term. Most are small ASCII letters, which are
// what package text would make of them.
func (p *parser) words(s string) ([]Word, *fault) {
	n := 0
	for n < len(s) && s[n] >= 'a' && s[n] <= 'z' {
		n++
	}
	if prefix := n == len(s)-1 && s[n] == '*'; n > 0 && n <= MaxPrefix && (n == len(s) || prefix) {
		return []Word{{Norm: s[:n], Prefix: prefix}}, nil
	}
	p.text.Reset(s)
	return words(&p.text)
}
