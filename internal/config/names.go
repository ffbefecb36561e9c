package config

import (
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

// name makes a function for the key by which other things refer to this one.
// Field is how queries do: feed:dawn, rule:deal.
func (d *decoder) name(s *string, at *Position, what, field string) func(ast.Node) {
	return func(n ast.Node) {
		d.placed(s, at, what)(n)
		if *s == "" {
			return
		}
		if i := strings.IndexFunc(*s, notInNames); i >= 0 {
			d.at(n, "the %s %q must be one word of letters, digits and - _ . +, so that queries can name it %s:%s", what, *s, field, oneWord(*s))
		}
		d.once(what, *s, n)
	}
}

func notInNames(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune("-_.+", r)
}

// oneWord is how a name of several words would be written.
func oneWord(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), notInNames), "-")
}

// once reports a name that stood before.
func (d *decoder) once(what, name string, n ast.Node) {
	if name == "" {
		return
	}
	if d.named == nil {
		d.named = map[string]map[string]Position{}
	}
	if d.named[what] == nil {
		d.named[what] = map[string]Position{}
	}
	if first, twice := d.named[what][name]; twice {
		d.at(n, "the %s %q stands twice, first on line %d: give one of them another", what, name, first.Line)
		return
	}
	d.named[what][name] = place(n)
}

// refer reports a name that stands nowhere, once all have been read.
func (d *decoder) refer(what, name string, n ast.Node) {
	d.later = append(d.later, func() {
		known := d.named[what+" name"]
		if _, ok := known[name]; ok || name == "" {
			return
		}
		names := make([]string, 0, len(known))
		for k := range known {
			names = append(names, k)
		}
		d.at(n, "unknown %s %q%s", what, name, Suggestion(name, names))
	})
}

// crossCheck does what needs to have seen the whole file.
func (d *decoder) crossCheck() {
	for _, check := range d.later {
		check()
	}
	for i := range d.c.Subscriptions {
		if d.c.Subscriptions[i].Zone == nil {
			d.c.Subscriptions[i].Zone = d.c.Zone
		}
	}
}
