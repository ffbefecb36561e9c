package config

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Parse checks src, which was read from file. The Config is usable when no
// problem is more than a warning; else it holds what could be read, so that its
// caller can go on and find what is wrong with that.
func Parse(file string, src []byte) (*Config, Problems) {
	d := &decoder{c: &Config{File: file, Source: src, Zone: time.UTC, Database: "parley.db", MaxAge: 48 * time.Hour, RemindAt: 8 * time.Hour}}
	if !utf8.Valid(src) {
		d.problem(Position{firstInvalid(src), 1}, 1, "the file is not UTF-8: save it as UTF-8")
		return d.c, d.problems
	}
	// A key that stands twice is for mapping to report, together with all else.
	f, err := parser.ParseBytes(src, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntax(err)
		return d.c, d.problems
	}
	for i, doc := range f.Docs {
		if doc.Body == nil {
			continue
		}
		if i > 0 {
			d.at(doc.Body, "a second document: keep the configuration in one, without ---")
			break
		}
		d.root(doc.Body)
	}
	d.crossCheck()
	d.problems.Sort()
	return d.c, d.problems
}

func firstInvalid(src []byte) (line int) {
	line = 1
	for len(src) > 0 {
		r, n := utf8.DecodeRune(src)
		if r == utf8.RuneError && n == 1 {
			break
		}
		if r == '\n' {
			line++
		}
		src = src[n:]
	}
	return line
}

type decoder struct {
	c        *Config
	problems Problems
	named    map[string]map[string]Position // what has a name → name → where it stands first
	later    []func()                       // checks that need to have seen the whole file
}

func (d *decoder) problem(at Position, width int, format string, args ...any) {
	d.problems = append(d.problems, d.c.Problem(at, width, format, args...))
}

func (d *decoder) syntax(err error) {
	at, message := Position{1, 1}, err.Error()
	var ye yaml.Error
	if errors.As(err, &ye) {
		message = ye.GetMessage()
		if t := ye.GetToken(); t != nil && t.Position != nil {
			at = Position{max(1, t.Position.Line), max(1, t.Position.Column)}
		}
	}
	d.problem(at, 1, "not valid YAML: %s", message)
}

// place is where a node begins: a mapping at its first key.
func place(n ast.Node) Position {
	for {
		switch v := n.(type) {
		case *ast.MappingNode:
			if len(v.Values) > 0 {
				n = v.Values[0].Key
				continue
			}
		case *ast.MappingValueNode:
			n = v.Key
			continue
		}
		if t := n.GetToken(); t != nil && t.Position != nil {
			return Position{max(1, t.Position.Line), max(1, t.Position.Column)}
		}
		return Position{1, 1}
	}
}

// at reports a problem of a node, and underlines it if it is a single value.
func (d *decoder) at(n ast.Node, format string, args ...any) {
	width := 1
	if s, ok := n.(ast.ScalarNode); ok && s.GetToken() != nil {
		written, _, _ := strings.Cut(strings.TrimSpace(s.GetToken().Origin), "\n")
		width = utf8.RuneCountInString(written)
	}
	d.problem(place(n), width, format, args...)
}

// fields has one function a key.
type fields map[string]func(ast.Node)

// mapping calls the function of each key that has a value, and reports keys that
// have none. It returns the keys that have a value; nil if n is no mapping.
func (d *decoder) mapping(n ast.Node, what string, f fields) map[string]bool {
	var values []*ast.MappingValueNode
	switch v := n.(type) {
	case *ast.MappingNode:
		values = v.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{v}
	default:
		d.at(n, "%s must be a mapping of keys to values", what)
		return nil
	}
	seen, filled := map[string]bool{}, map[string]bool{}
	for _, kv := range values {
		key := ""
		if t := kv.Key.GetToken(); t != nil {
			key = t.Value
		}
		if seen[key] {
			d.at(kv.Key, "the key %q stands twice in %s: remove one", key, what)
			continue
		}
		seen[key] = true
		set, ok := f[key]
		if !ok {
			known := make([]string, 0, len(f))
			for k := range f {
				known = append(known, k)
			}
			d.at(kv.Key, "unknown key %q in %s%s", key, what, Suggestion(key, known))
			continue
		}
		if _, null := kv.Value.(*ast.NullNode); !null && kv.Value != nil {
			filled[key] = true
			set(kv.Value)
		}
	}
	return filled
}

// needs reports keys that are missing or empty.
func (d *decoder) needs(n ast.Node, what string, have map[string]bool, keys ...string) {
	for _, k := range keys {
		if !have[k] {
			d.problem(place(n), 1, "%s needs the key %q", what, k)
		}
	}
}

func (d *decoder) sequence(n ast.Node, what string, each func(ast.Node)) {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		d.at(n, "%s must be a list: begin each entry with a dash, or write it as [one, two]", what)
		return
	}
	for _, v := range s.Values {
		if _, null := v.(*ast.NullNode); null || v == nil {
			d.problem(place(n), 1, "%s has an empty entry: remove it", what)
			continue
		}
		each(v)
	}
}

// text returns a single value as the file writes it; ok is false if n is none,
// which has then been reported.
func (d *decoder) text(n ast.Node, what string) (value string, ok bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		return v.Value.Value, true
	case *ast.AliasNode, *ast.AnchorNode, *ast.TagNode, *ast.MergeKeyNode:
		d.at(n, "%s must be written out: anchors, aliases and tags are not read here", what)
		return "", false
	case ast.ScalarNode:
		return v.GetToken().Value, true
	}
	d.at(n, "%s must be a single value", what)
	return "", false
}

// check makes a function for a key whose value f takes over, or reports with
// the sentence that f returns.
func (d *decoder) check(what string, f func(value string) error) func(ast.Node) {
	return func(n ast.Node) {
		s, ok := d.text(n, what)
		if !ok {
			return
		}
		if err := f(s); err != nil {
			d.at(n, "%v", err)
		}
	}
}

func (d *decoder) into(s *string, what string) func(ast.Node) {
	return d.check(what, func(v string) error { *s = v; return nil })
}

// filled is into for a value that may not be blank.
func (d *decoder) filled(s *string, what string) func(ast.Node) {
	return d.check(what, func(v string) error {
		if *s = strings.TrimSpace(v); *s == "" {
			return errors.New(what + " is empty")
		}
		return nil
	})
}

func (d *decoder) texts(s *[]string, what string) func(ast.Node) {
	return func(n ast.Node) {
		d.sequence(n, what, func(v ast.Node) {
			var one string
			d.filled(&one, "an entry of "+what)(v)
			*s = append(*s, one)
		})
	}
}

// placed keeps a value with its place.
func (d *decoder) placed(s *string, at *Position, what string) func(ast.Node) {
	return func(n ast.Node) {
		*at = place(n)
		d.filled(s, what)(n)
	}
}
