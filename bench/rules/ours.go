package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"parley/internal/text"
	"parley/rules"
)

// An ours is parley's matcher with the room that it reuses.
type ours struct {
	set         *rules.Set
	m           *rules.Matcher
	title, body text.Text
	doc         rules.Doc
	into        []rules.Match
}

func newOurs(set []rule, v *rules.Vocabulary) (*ours, error) {
	s, err := rules.Compile(sources(set), v)
	if err != nil {
		return nil, fmt.Errorf("a generated rule does not compile: %w", err)
	}
	return &ours{set: s, m: s.Matcher()}, nil
}

// split makes words of the source of a.
func (o *ours) split(a *prepared) {
	o.title.Skim(a.title)
	o.body.Skim(a.body)
	o.doc = a.doc
	o.doc.Title, o.doc.Text = &o.title, &o.body
}

// fromSource is the whole job: from the text as it was delivered to the rules
// that hold, with their evidence.
func (o *ours) fromSource(a *prepared) int {
	o.split(a)
	return o.match(&o.doc)
}

// fromWords is the same from words already split, as the peers get them.
func (o *ours) fromWords(a *prepared) int { return o.match(&a.doc) }

func (o *ours) match(d *rules.Doc) int {
	o.m.Item(d)
	o.into = o.m.Match(nil, o.into[:0])
	return len(o.into)
}

// never is a rule that no article can satisfy.
var never = rule{Source: rules.Source{Name: "never", When: "lang:zxx xqzjy"}}

// dictionary makes a few rules out of the words of a set, none of which can
// hold: what remains is splitting into words and looking each up among as many
// as the set has, with no rule to think about. Of a phrase or a name only the
// longest word is taken: the others need not be looked up to miss it.
func dictionary(set []rule) []rule {
	seen := make(map[string]bool)
	var words []string
	for _, r := range set {
		for _, c := range r.clauses {
			for _, t := range c.any {
				w := slices.MaxFunc(t.words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
				if t.prefix {
					w += "*"
				}
				if !seen[w] {
					seen[w] = true
					words = append(words, w)
				}
			}
		}
	}
	var out []rule
	for ws := range slices.Chunk(words, 50) {
		out = append(out, rule{Source: rules.Source{
			Name: fmt.Sprintf("words-%d", len(out)), When: never.When + " (" + strings.Join(ws, " OR ") + ")",
		}})
	}
	return out
}

// add adds one rule to the set, which others go on reading.
func (o *ours) add(r rules.Source) error {
	_, err := o.set.Add(r)
	return err
}
