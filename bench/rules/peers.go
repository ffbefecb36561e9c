package main

import (
	"fmt"
	"regexp"
	"strings"

	ahocorasick "github.com/BobuSumisu/aho-corasick"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"

	"parley/rules"
)

// A contender answers the same question about one article after another.
type contender struct {
	name, does string
	// build makes it ready for a set; find returns how much it finds in an
	// article, close may be nil.
	build func(set []rule) (find func(*prepared) int, close func(), err error)
}

func contenders(v *rules.Vocabulary) []contender {
	return []contender{
		{"parley, from the source", "splits into words, matches, says why", func(set []rule) (func(*prepared) int, func(), error) {
			o, err := newOurs(set, v)
			if err != nil {
				return nil, nil, err
			}
			return o.fromSource, nil, nil
		}},
		{"parley, from words", "the same from words already split", func(set []rule) (func(*prepared) int, func(), error) {
			o, err := newOurs(set, v)
			if err != nil {
				return nil, nil, err
			}
			return o.fromWords, nil, nil
		}},
		{"parley, look-up", "splits into words and looks each up among those of the rules", func(set []rule) (func(*prepared) int, func(), error) {
			o, err := newOurs(dictionary(set), v)
			if err != nil {
				return nil, nil, err
			}
			return o.fromSource, nil, nil
		}},
		{"parley, look-up for one rule", "the same with one rule, which cannot hold", func([]rule) (func(*prepared) int, func(), error) {
			o, err := newOurs([]rule{never}, v)
			if err != nil {
				return nil, nil, err
			}
			return o.fromSource, nil, nil
		}},
		{"parley, words only", "splits into words", func([]rule) (func(*prepared) int, func(), error) {
			o := new(ours)
			return func(a *prepared) int { o.split(a); return len(o.title.Tokens) + len(o.body.Tokens) }, nil, nil
		}},
		{"Hyperscan, each place", "literals only, counted in C", func(set []rule) (func(*prepared) int, func(), error) { return buildHyperscan(set, false) }},
		{"Hyperscan, once each", "the same, each literal told once an article", func(set []rule) (func(*prepared) int, func(), error) { return buildHyperscan(set, true) }},
		{"Aho-Corasick (BobuSumisu)", "literals only, counted", buildAhoCorasick},
		{"contains, rule by rule", "NEAR as AND, no evidence", buildContains},
		{"regexp, rule by rule", "as Miniflux, but compiled once and shared; no evidence", buildRegexps},
		{"expr-lang, rule by rule", "words in a map, NEAR as AND, no evidence", buildExpr},
		{"bleve, rule by rule", "an index of one article in memory, searched for each rule; NEAR as AND", buildBleve},
	}
}

func buildHyperscan(set []rule, once bool) (func(*prepared) int, func(), error) {
	h, err := newHyperscan(literals(set), once)
	if err != nil {
		return nil, nil, err
	}
	return func(a *prepared) int { return h.count(a.bytes) }, h.close, nil
}

func buildAhoCorasick(set []rule) (func(*prepared) int, func(), error) {
	trie := ahocorasick.NewTrieBuilder().AddStrings(literals(set)).Build()
	n := 0
	count := func(_, _, _ int64) bool { n++; return true }
	return func(a *prepared) int {
		n = 0
		trie.Walk(a.bytes, count)
		return n
	}, nil, nil
}

// A formula is a rule whose terms have been given a form: literals, regular
// expressions. All parts must hold but those that must not.
type formula[T any] []part[T]

type part[T any] struct {
	any        []T // one of them
	not, title bool
}

func (f formula[T]) holds(a *prepared, in func(text string, x T) bool) bool {
	for _, p := range f {
		where, found := a.folded, false
		if p.title {
			where = a.foldedTitle
		}
		for _, x := range p.any {
			if found = in(where, x); found {
				break
			}
		}
		if found == p.not {
			return false
		}
	}
	return true
}

func count[T any](fs []formula[T], a *prepared, in func(string, T) bool) int {
	n := 0
	for _, f := range fs {
		if f.holds(a, in) {
			n++
		}
	}
	return n
}

func containsFormulas(set []rule) []formula[string] {
	out := make([]formula[string], len(set))
	for i, r := range set {
		for _, c := range r.clauses {
			if c.near > 0 {
				out[i] = append(out[i], part[string]{any: []string{c.any[0].literal()}}, part[string]{any: []string{c.any[1].literal()}})
				continue
			}
			p := part[string]{not: c.not, title: c.title}
			for _, t := range c.any {
				p.any = append(p.any, t.literal())
			}
			out[i] = append(out[i], p)
		}
	}
	return out
}

func buildContains(set []rule) (func(*prepared) int, func(), error) {
	fs := containsFormulas(set)
	return func(a *prepared) int { return count(fs, a, strings.Contains) }, nil, nil
}

func regexpFormulas(set []rule) []formula[*regexp.Regexp] {
	made := make(map[string]*regexp.Regexp)
	compile := func(pattern string) *regexp.Regexp {
		if made[pattern] == nil {
			made[pattern] = regexp.MustCompile(pattern)
		}
		return made[pattern]
	}
	out := make([]formula[*regexp.Regexp], len(set))
	for i, r := range set {
		for _, c := range r.clauses {
			p := part[*regexp.Regexp]{not: c.not, title: c.title}
			if c.near > 0 {
				a, b := regexp.QuoteMeta(c.any[0].words[0]), regexp.QuoteMeta(c.any[1].words[0])
				between := fmt.Sprintf(` (?:[^ |]+ ){0,%d}`, c.near-1)
				p.any = append(p.any, compile(" "+a+between+b+" | "+b+between+a+" "))
			} else {
				for _, t := range c.any {
					p.any = append(p.any, compile(regexp.QuoteMeta(t.literal())))
				}
			}
			out[i] = append(out[i], p)
		}
	}
	return out
}

func buildRegexps(set []rule) (func(*prepared) int, func(), error) {
	fs := regexpFormulas(set)
	return func(a *prepared) int { return count(fs, a, matches) }, nil, nil
}

func matches(s string, x *regexp.Regexp) bool { return x.MatchString(s) }

// An exprEnv is what expressions may ask about an article.
type exprEnv struct {
	W     map[string]bool // words
	T     map[string]bool // words of the title
	Text  string
	Title string
}

// exprSource writes a rule as an expression.
func exprSource(r rule) string {
	var all []string
	for _, c := range r.clauses {
		words, text := "W", "Text"
		if c.title {
			words, text = "T", "Title"
		}
		var parts []string
		for _, t := range c.any {
			if len(t.words) == 1 && !t.prefix {
				parts = append(parts, fmt.Sprintf("%s[%q]", words, t.words[0]))
			} else {
				parts = append(parts, fmt.Sprintf("%s contains %q", text, t.literal()))
			}
		}
		join := " or "
		if c.near > 0 {
			join = " and "
		}
		s := "(" + strings.Join(parts, join) + ")"
		if c.not {
			s = "not " + s
		}
		all = append(all, s)
	}
	return strings.Join(all, " and ")
}

func buildExpr(set []rule) (func(*prepared) int, func(), error) {
	programs := make([]*vm.Program, len(set))
	for i, r := range set {
		var err error
		if programs[i], err = expr.Compile(exprSource(r), expr.Env(exprEnv{}), expr.AsBool()); err != nil {
			return nil, nil, err
		}
	}
	var machine vm.VM
	return func(a *prepared) int {
		env := exprEnv{make(map[string]bool, len(a.words)), make(map[string]bool, len(a.titleWords)), a.folded, a.foldedTitle}
		for _, w := range a.words {
			env.W[w] = true
		}
		for _, w := range a.titleWords {
			env.T[w] = true
		}
		n := 0
		for _, p := range programs {
			if out, err := machine.Run(p, env); err == nil && out == true {
				n++
			}
		}
		return n
	}, nil, nil
}
