package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"parley/internal/text"
)

// written writes a need for people.
func (n Need) written() string {
	list := func(of []Need, between string) string {
		var parts []string
		for _, k := range of {
			parts = append(parts, k.written())
		}
		return "(" + strings.Join(parts, between) + ")"
	}
	switch {
	case n.All != nil:
		return list(n.All, " ")
	case n.Any != nil:
		return list(n.Any, " | ")
	case n.Development:
		return "+"
	}
	s := strings.ReplaceAll(n.Term, gramMark, "·")
	if n.Prefix {
		s += "*"
	}
	if n.Title {
		s = "title:" + s
	}
	return s
}

func TestNeeds(t *testing.T) {
	v := &Vocabulary{
		Kinds:  []string{"denial"},
		Actors: []Actor{{ID: "iran", Names: []string{"Iran", "Islamic Republic", "伊朗"}}, {ID: "us", Names: []string{"US"}}, {ID: "nameless"}},
		Rules:  []Source{{Name: "truce", When: "truce OR 停战"}},
	}
	for query, want := range map[string]string{
		"truce":                      "truce",
		"ELYSÉE talk*":               "(elysee talk*)",
		`"peace plan" -war`:          "(peace plan)",
		"-war":                       "",
		"truce OR -war":              "",
		"a NEAR/3 b NEAR/s c*":       "(a b c*)",
		"title:(a NEAR/3 (b OR c))":  "(title:a (title:b | title:c))",
		"title:truce war":            "(title:truce war)",
		"feed:dawn":                  "",
		"feed:dawn truce":            "truce",
		"feed:dawn OR truce":         "",
		"kind:denial":                "+",
		"kind:denial OR truce":       "(+ | truce)",
		"-kind:denial":               "",
		"停":                          "停",
		"停战协定":                       "(停·战 战·协 协·定)",
		"停战 talks":                   "(停·战 talks)",
		`"x 停战"`:                     "(x 停·战)",
		"停*":                         "停*",
		"actor:iran":                 "(iran | (islamic republic) | 伊·朗)",
		"actor:us NEAR/3 talks":      "(us talks)",
		"actor:nameless":             "",
		"rule:truce war":             "((truce | 停·战) war)",
		"(a (b (c -d))) lang:en":     "(a b c)",
		"U.S.-Iran":                  "(us iran)",
		"don't":                      "don't",
		"date:upcoming by:host -a b": "(+ + b)",
	} {
		q, err := Parse(query)
		if err != nil {
			t.Fatal(err)
		}
		need, ok := Needs(q, v)
		got := ""
		if ok {
			got = need.written()
		}
		if got != want {
			t.Errorf("%s needs %q, want %q", query, got, want)
		}
	}
	many := &Vocabulary{Actors: []Actor{{ID: "x"}}}
	for i := range maxNeeds + 1 {
		many.Actors[0].Names = append(many.Actors[0].Names, fmt.Sprint("n", i))
	}
	q, _ := Parse("actor:x")
	if _, ok := Needs(q, many); ok {
		t.Error("a need without bound")
	}
}

// has says whether an item has what is needed, by its index terms alone.
func (n Need) has(title, all []string, developments bool) bool {
	holds := func(k Need) bool { return k.has(title, all, developments) }
	switch {
	case n.All != nil:
		return !slices.ContainsFunc(n.All, func(k Need) bool { return !holds(k) })
	case n.Any != nil:
		return slices.ContainsFunc(n.Any, holds)
	case n.Development:
		return developments
	}
	in := all
	if n.Title {
		in = title
	}
	return slices.ContainsFunc(in, func(s string) bool { return s == n.Term || n.Prefix && strings.HasPrefix(s, n.Term) })
}

// Whatever satisfies a query has what the query needs.
func TestNoMatchWithoutItsNeeds(t *testing.T) {
	v := vocabulary()
	matched, spared := 0, 0
	for seed := range uint64(6000) {
		m := newMaker(seed)
		q, err := Parse(m.query(3))
		if err != nil {
			continue
		}
		need, ok := Needs(q, v)
		root, bad := expand(q, v)
		if bad != nil {
			continue
		}
		for range 6 {
			d, f := m.doc(), m.facts()
			var title, all []string
			if d.Title != nil {
				title = IndexTerms(d.Title, nil)
			}
			all = append(all, title...)
			if d.Text != nil {
				all = IndexTerms(d.Text, all)
			}
			holds, _ := (&reader{v: v, d: d, f: f}).holds(root)
			has := !ok || need.has(title, all, f != nil)
			if holds && !has {
				t.Fatalf("%s matches %q %q without %s", q, d.Title.Source, all, need.written())
			}
			if holds && ok {
				matched++
			}
			if !has {
				spared++
			}
		}
	}
	if matched < 1000 || spared < 1000 {
		t.Errorf("only %d matches and %d items that need not be looked at", matched, spared)
	}
}

func TestIndexTerms(t *testing.T) {
	got := IndexTerms(text.New("Talks, talks: 停战 in Iran's 停-战 don't"), []string{"kept"})
	want := []string{"kept", "don't", "in", "iran", "talks", "停", "停\x00战", "战"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
