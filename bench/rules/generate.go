package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"parley/internal/actors"
	"parley/internal/text"
	"parley/rules"
)

// A rule is one query in parley's language, and the same in parts, out of which
// each peer makes what it can express.
type rule struct {
	rules.Source
	clauses []clause // all must hold
}

// A clause is a term, or one of several; or two terms near each other; or an
// actor.
type clause struct {
	any   []term
	not   bool
	title bool // only the title counts
	near  int  // any[0] and any[1] at most so many words apart; 0: no NEAR
	actor bool // any are the names of an actor, the title first
}

// A term is folded words side by side; the last may be a prefix.
type term struct {
	words  []string
	prefix bool
}

// literal is the term as it stands in a prepared text.
func (t term) literal() string {
	s := " " + strings.Join(t.words, " ")
	if !t.prefix {
		s += " "
	}
	return s
}

// literals lists the distinct strings that must be looked for to decide the
// rules: what a scan for literals is given.
func literals(set []rule) []string {
	seen := make(map[string]bool)
	var out []string
	for _, r := range set {
		for _, c := range r.clauses {
			for _, t := range c.any {
				if l := t.literal(); !seen[l] {
					seen[l] = true
					out = append(out, l)
				}
			}
		}
	}
	return out
}

// A generator makes rules out of the words of a corpus. The same corpus and
// seed give the same rules.
type generator struct {
	r        *rand.Rand
	articles []*prepared
	df       map[string]int // word → articles that have it
	most     int            // a word in more articles than that says nothing
	common   []string       // words in a twentieth of the articles or more, the most common left out
	actors   []named
	n        int // rules made so far
}

// A named is an actor with its title as it stands in a prepared text.
type named struct {
	rules.Actor
	literal string
}

// newGenerator makes rules of words that stand in at most one of every 1/share
// articles, and of the actors of v.
func newGenerator(seed uint64, articles []*prepared, share float64, v *rules.Vocabulary) *generator {
	g := &generator{
		r: rand.New(rand.NewPCG(seed, 21578)), articles: articles,
		df: make(map[string]int), most: int(share * float64(len(articles))),
	}
	for _, a := range articles {
		seen := make(map[string]bool)
		for _, w := range a.words {
			if !seen[w] {
				seen[w] = true
				g.df[w]++
			}
		}
	}
	for w, n := range g.df {
		if n*20 >= len(articles) && n*2 <= len(articles) && g.usable(w) {
			g.common = append(g.common, w)
		}
	}
	slices.Sort(g.common)
	for _, a := range v.Actors {
		if ts := nameTerms(a); len(ts) > 0 {
			g.actors = append(g.actors, named{a, ts[0].literal()})
		}
	}
	return g
}

// vocabulary takes the actors of the product, with all their names: each must be
// looked for in every item, whatever rules ask.
func vocabulary() (*rules.Vocabulary, error) {
	index, err := actors.New(nil)
	if err != nil {
		return nil, err
	}
	v := &rules.Vocabulary{}
	for _, id := range index.IDs() {
		a, _ := index.Actor(id)
		names := slices.DeleteFunc(index.Names(id), func(n string) bool { return len(index.Ambiguous(n)) > 1 })
		v.Actors = append(v.Actors, rules.Actor{ID: id, Names: names, SpeaksFor: a.SpeaksFor})
	}
	return v, nil
}

// usable reports words that a query can be made of: letters of a script with
// spaces, three or more, that mean the same when they are typed.
func (g *generator) usable(w string) bool {
	if utf8.RuneCountInString(w) < 3 || strings.ContainsAny(w, "0123456789'’.") {
		return false
	}
	t := text.New(w)
	return len(t.Tokens) == 1 && t.Tokens[0].Norm == w
}

// specific reports words that are not in too many articles.
func (g *generator) specific(w string) bool { return g.df[w] <= g.most }

// mixed makes n rules of two to five terms.
func (g *generator) mixed(n int) []rule {
	out := make([]rule, 0, n)
	for len(out) < n {
		if r, ok := g.rule(); ok {
			g.n++
			r.Name = fmt.Sprintf("rule-%06d", g.n)
			out = append(out, r)
		}
	}
	return out
}

// rule makes a rule: a phrase, a NEAR or a wildcard, and words beside it, three
// times of four from the same article, so that it can hold.
func (g *generator) rule() (rule, bool) {
	from := g.articles[g.r.IntN(len(g.articles))]
	var r rule
	terms := 2 + g.r.IntN(4)
	special, parts, used := g.special(from)
	if special == "" {
		return rule{}, false
	}
	queries := []string{special}
	r.clauses = append(r.clauses, parts)
	elsewhere := g.r.IntN(4) == 0
	for i := used; i < terms; i++ {
		a := from
		if elsewhere {
			a = g.articles[g.r.IntN(len(g.articles))]
		}
		q, c := g.plain(a, i == used)
		if q == "" {
			return rule{}, false
		}
		queries = append(queries, q)
		r.clauses = append(r.clauses, c)
	}
	g.r.Shuffle(len(queries), func(i, j int) {
		queries[i], queries[j] = queries[j], queries[i]
		r.clauses[i], r.clauses[j] = r.clauses[j], r.clauses[i]
	})
	if g.r.IntN(100) < 15 {
		if t, ok := g.unit(g.articles[g.r.IntN(len(g.articles))].bodyText); ok {
			queries = append(queries, "NOT "+t.query())
			r.clauses = append(r.clauses, clause{any: []term{t}, not: true})
		}
	}
	r.When = strings.Join(queries, " ")
	// Who goes through the rules one by one asks first what is quickly answered.
	slices.SortStableFunc(r.clauses, func(a, b clause) int { return cmp.Compare(len(a.any), len(b.any)) })
	return r, true
}

// special makes the phrase, NEAR or wildcard of a rule, and says how many terms
// it counts for.
func (g *generator) special(from *prepared) (string, clause, int) {
	tokens := from.bodyText.Tokens
	if len(tokens) < 20 {
		return "", clause{}, 0
	}
	for range 20 {
		i := g.r.IntN(len(tokens) - 12)
		a := tokens[i].Norm
		switch g.r.IntN(3) {
		case 0: // a phrase
			b := tokens[i+1].Norm
			if g.usable(a) && g.usable(b) && (g.specific(a) || g.specific(b)) {
				t := term{words: []string{a, b}}
				return t.query(), clause{any: []term{t}}, 1
			}
		case 1:
			d := 1 + g.r.IntN(8)
			b := tokens[i+d].Norm
			if a != b && g.usable(a) && g.usable(b) && g.specific(a) && g.specific(b) {
				n := d + g.r.IntN(4)
				return fmt.Sprintf("%s NEAR/%d %s", a, n, b), clause{any: []term{{words: []string{a}}, {words: []string{b}}}, near: n}, 2
			}
		default: // a prefix of four letters or more
			if letters := []rune(a); len(letters) >= 6 && g.usable(a) && g.specific(a) {
				t := term{words: []string{string(letters[:max(4, len(letters)-2-g.r.IntN(3))])}, prefix: true}
				return t.query(), clause{any: []term{t}}, 1
			}
		}
		if tokens[i].Flags&text.Ideograph != 0 {
			if t, ok := g.ideographs(from.bodyText, i); ok {
				return t.query(), clause{any: []term{t}}, 1
			}
		}
	}
	return "", clause{}, 0
}

// plain makes a word, one of two words, an actor, or a word of the title.
func (g *generator) plain(a *prepared, first bool) (string, clause) {
	roll := g.r.IntN(100)
	if first && roll < 8 {
		at := g.r.IntN(len(g.actors))
		for i := range g.actors {
			x := g.actors[(at+i)%len(g.actors)]
			if strings.Contains(a.folded, x.literal) {
				return "actor:" + x.ID, clause{any: nameTerms(x.Actor), actor: true}
			}
		}
	}
	if first && roll < 16 {
		if t, ok := g.unit(a.titleText); ok {
			return "title:" + t.query(), clause{any: []term{t}, title: true}
		}
	}
	t, ok := g.unit(a.bodyText)
	if !ok {
		return "", clause{}
	}
	if roll < 90 {
		return t.query(), clause{any: []term{t}}
	}
	u, ok := g.unit(g.articles[g.r.IntN(len(g.articles))].bodyText)
	if !ok {
		return "", clause{}
	}
	return "(" + t.query() + " OR " + u.query() + ")", clause{any: []term{t, u}}
}

// unit draws a specific word of a text, or some letters of a script without
// spaces.
func (g *generator) unit(t *text.Text) (term, bool) {
	if len(t.Tokens) == 0 {
		return term{}, false
	}
	for range 40 {
		i := g.r.IntN(len(t.Tokens))
		if t.Tokens[i].Flags&text.Ideograph != 0 {
			if u, ok := g.ideographs(t, i); ok {
				return u, true
			}
			continue
		}
		if w := t.Tokens[i].Norm; g.usable(w) && g.specific(w) {
			return term{words: []string{w}}, true
		}
	}
	return term{}, false
}

// ideographs takes two to four letters from i on.
func (g *generator) ideographs(t *text.Text, i int) (term, bool) {
	n := 2 + g.r.IntN(3)
	if i+n > len(t.Tokens) {
		return term{}, false
	}
	u := term{}
	for _, tok := range t.Tokens[i : i+n] {
		if tok.Flags&text.Ideograph == 0 || len(u.words) > 0 && tok.Gap != 0 {
			return term{}, false
		}
		u.words = append(u.words, tok.Norm)
	}
	return u, slices.Equal(norms(text.New(strings.Join(u.words, ""))), u.words)
}

// query is the term as it is typed.
func (t term) query() string {
	if t.prefix {
		return t.words[0] + "*"
	}
	if len(t.words) == 1 {
		return t.words[0]
	}
	return `"` + strings.Join(t.words, " ") + `"`
}

// nameTerms are the names of an actor as literals, without abbreviations, which
// cannot be told from words in a text that is folded.
func nameTerms(a rules.Actor) []term {
	var out []term
	for _, n := range a.Names {
		if w := norms(text.New(n)); len(w) > 0 && len(w) <= 6 && len(strings.Join(w, "")) > 4 {
			out = append(out, term{words: w})
		}
	}
	return out
}

// nearOfCommon makes n rules that are the hardest for an index: two common
// words near each other, nothing else.
func (g *generator) nearOfCommon(n int) []rule {
	out := make([]rule, 0, n)
	for len(out) < n {
		a, b := g.common[g.r.IntN(len(g.common))], g.common[g.r.IntN(len(g.common))]
		if a == b {
			continue
		}
		d := 2 + g.r.IntN(9)
		g.n++
		out = append(out, rule{
			rules.Source{Name: fmt.Sprintf("near-%06d", g.n), When: fmt.Sprintf("%s NEAR/%d %s", a, d, b)},
			[]clause{{any: []term{{words: []string{a}}, {words: []string{b}}}, near: d}},
		})
	}
	return out
}

func sources(set []rule) []rules.Source {
	out := make([]rules.Source, len(set))
	for i, r := range set {
		out[i] = r.Source
	}
	return out
}
