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
	case n.Phrase:
		return `"` + strings.Trim(list(n.All, " "), "()") + `"`
	case n.Within > 0:
		return list(n.All, fmt.Sprintf(" <%d> ", n.Within))
	case n.None != nil:
		return "(" + list(n.All, " ") + " -" + list(n.None, " -") + ")"
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
		Actors: []Actor{{ID: "iran", Names: []string{"Iran", "Islamic Republic", "伊朗"}}, {ID: "us", Names: []string{"US"}}, {ID: "oman", Names: []string{"Oman", "Sultanate of Oman", "Muscat"}}, {ID: "nameless"}},
		Rules:  []Source{{Name: "truce", When: "truce OR 停战"}},
	}
	for query, want := range map[string]string{
		"truce":                       "truce",
		"ELYSÉE talk*":                "(elysee talk*)",
		`"peace plan" -war`:           `(("peace plan") -(war))`,
		"-war":                        "",
		"truce OR -war":               "",
		"a NEAR/3 b NEAR/s c*":        "((a <3> b) c*)",
		"a NEAR/3 b ONEAR/9 \"c d*\"": "((a <3> b) (b <9> \"c d*\"))",
		"title:(a NEAR/3 (b OR c))":   "((title:a <3> title:b) | (title:a <3> title:c))",
		"a NEAR/3 (b OR 停战)":          "(a (b | 停·战))",
		"title:truce war":             "(title:truce war)",
		"feed:dawn":                   "",
		"feed:dawn truce":             "truce",
		"feed:dawn OR truce":          "",
		"kind:denial":                 "+",
		"kind:denial OR truce":        "(+ | truce)",
		"-kind:denial":                "",
		"停":                           "停",
		"停战协定":                        "(停·战 战·协 协·定)",
		"停战 talks":                    "(停·战 talks)",
		"a -b -\"c d\" -e* -U.S. -kind:denial -(f OR g)": "((a) -(b))",
		"title:(a -b) c":             "((title:a c) -(title:b))",
		`"x 停战"`:                     "(x 停·战)",
		"停*":                         "停*",
		"actor:iran":                 `(iran | "islamic republic" | 伊·朗)`,
		"actor:oman":                 `(oman | muscat)`,
		"actor:oman NEAR/2 talks":    `((oman <4> talks) | (muscat <4> talks))`,
		"actor:iran NEAR/2 talks":    `((iran | "islamic republic" | 伊·朗) talks)`,
		"actor:us NEAR/3 talks":      "(us <3> talks)",
		"actor:nameless":             "",
		"rule:truce war":             "((truce | 停·战) war)",
		"(a (b (c -d))) lang:en":     "((a b c) -(d))",
		"U.S.-Iran":                  `"us iran"`,
		"don't":                      "don't",
		"date:upcoming by:host -a b": "((+ + b) -(a))",
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
func (n Need) has(title, body []string, developments bool) bool {
	holds := func(k Need) bool { return k.has(title, body, developments) }
	switch {
	case n.Phrase:
		return len(n.places(title)) > 0 || !n.All[0].Title && len(n.places(body)) > 0
	case n.Within > 0:
		in := func(field []string) bool {
			for _, a := range n.All[0].places(field) {
				for _, b := range n.All[1].places(field) {
					if max(a.from, b.from)-min(a.to, b.to) <= n.Within {
						return true
					}
				}
			}
			return false
		}
		only := n.All[0].Title || n.All[1].Title || n.All[0].Phrase && n.All[0].All[0].Title || n.All[1].Phrase && n.All[1].All[0].Title
		return in(title) || !only && in(body)
	case n.All != nil:
		return !slices.ContainsFunc(n.All, func(k Need) bool { return !holds(k) }) && !slices.ContainsFunc(n.None, holds)
	case n.Any != nil:
		return slices.ContainsFunc(n.Any, holds)
	case n.Development:
		return developments
	}
	return len(n.places(title)) > 0 || !n.Title && len(n.places(body)) > 0
}

// places are where a term or a phrase stands in a field.
func (n Need) places(field []string) (list []place) {
	terms := n.All
	if !n.Phrase {
		terms = []Need{n}
	}
next:
	for i := range max(0, len(field)-len(terms)+1) {
		for j, t := range terms {
			if s := field[i+j]; s != t.Term && !(t.Prefix && strings.HasPrefix(s, t.Term)) {
				continue next
			}
		}
		list = append(list, place{from: i, to: i + len(terms)})
	}
	return list
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
			var title, body []string
			if d.Title != nil {
				title = IndexTerms(d.Title, nil)
			}
			if d.Text != nil {
				body = IndexTerms(d.Text, nil)
			}
			holds, _ := (&reader{v: v, d: d, f: f}).holds(root)
			has := !ok || need.has(title, body, f != nil)
			if holds && !has {
				t.Fatalf("%s matches %q %q without %s", q, d.Title.Source, body, need.written())
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
	want := []string{"kept", "talks", "talks", "停", "战", "in", "iran", "停", "战", "don't", "停\x00战", "停\x00战"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
