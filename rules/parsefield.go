package rules

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// field reads what follows "name:"; p.x is that name.
func (p *parser) field() (Node, *Error) {
	x := p.x
	name := strings.ToLower(x.text)
	if !known(name) {
		return nil, p.unknownField(x)
	}
	if p.in != "" && (p.in != "title" || name != "actor") {
		if name == p.in {
			return nil, p.fail(x.pos, x.end, name+": stands twice", "once before the parenthesis is enough")
		}
		return nil, p.fail(x.pos, x.end, name+": cannot stand inside "+p.in+":( )", "close the parenthesis before it")
	}
	r, _ := utf8.DecodeRuneInString(p.src[p.at:])
	if r == '(' {
		outer := p.in
		inTitle := outer == "title"
		p.in = name
		if err := p.advance(); err != nil {
			return nil, err
		}
		n, err := p.group()
		p.in = outer
		if inTitle && err == nil {
			markTitle(n)
		}
		return p.closed(n, err)
	}
	v, err := p.bareValue(x, name)
	if err != nil {
		return nil, err
	}
	outer := p.in
	var n Node
	if name == "title" {
		p.in = name
		var t *Term
		if t, err = p.term(v); err == nil {
			t.Pos = x.pos
			n = t
		}
		p.in = outer
	} else {
		n, err = p.value(name, v, x.pos)
	}
	if err != nil {
		return nil, err
	}
	return n, p.advance()
}

func markTitle(n Node) {
	walk(n, func(n Node) bool {
		if f, ok := n.(*Field); ok {
			f.Title = true
		}
		return true
	})
}

// bareValue reads the one value that stands right behind "name:".
func (p *parser) bareValue(x lexeme, name string) (lexeme, *Error) {
	r, _ := utf8.DecodeRuneInString(p.src[p.at:])
	if p.at < len(p.src) && opensQuote(r) {
		return p.phrase()
	}
	chunk := p.chunk()
	if strings.Trim(chunk, zeroWidth) == "" {
		return lexeme{}, p.fail(x.pos, x.end, name+": has no value", "type one right behind the colon, as in "+example(name))
	}
	pos := p.at
	p.at += len(chunk)
	if name == "title" {
		return p.word(lexeme{kind: lexWord, pos: pos, end: p.at, text: chunk}, "title")
	}
	return lexeme{kind: lexWord, pos: pos, end: p.at, text: chunk}, nil
}

// value makes a condition of a value; pos is where its span begins.
func (p *parser) value(name string, v lexeme, pos int) (*Field, *Error) {
	if err := p.count(v); err != nil {
		return nil, err
	}
	s := strings.Trim(strings.TrimSpace(v.text), zeroWidth)
	if s == "" {
		return nil, p.fail(v.pos, v.end, name+": has no value", "type one between the quotation marks, as in "+example(name))
	}
	switch name {
	case "venue", "tone", "round", "sources", "date": // these are not compared as they stand
	default:
		if c, bad := parseCond(name, s); bad == nil {
			s = c.value
		}
	}
	return &Field{Place: Place{pos, v.end}, Name: name, Value: s, Title: p.in == "title"}, nil
}

func (p *parser) unknownField(x lexeme) *Error {
	typed := strings.ToLower(x.text)
	e := p.fail(x.pos, x.end, "unknown field "+quote(x.text), "")
	switch meant := meantField(typed); {
	case meant != "":
		e.Hint = "did you mean " + meant + ":?"
	case p.at < len(p.src) && endsChunk(rune(p.src[p.at])) || p.at == len(p.src):
		e.Hint = "remove the colon if it is a word; the fields are " + strings.Join(fields(), ", ")
	default:
		e.Hint = "put it in quotation marks if it is text; the fields are " + strings.Join(fields(), ", ")
	}
	return e
}

func known(field string) bool { return slices.Contains(fields(), strings.ToLower(field)) }
