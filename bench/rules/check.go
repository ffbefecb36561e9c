package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"parley/rules"
)

// A checked is what was compared before anything was timed.
type checked struct {
	Asked       int `json:"answers_compared_with_the_plain_evaluator"`
	Matches     int `json:"matches_with_evidence_both_told"`
	Regexps     int `json:"answers_compared_with_regexp"` // of rules without an actor
	ByRegexp    int `json:"matches_regexp_told_too"`
	ByContains  int `json:"matches_contains_told"`          // more, since NEAR is AND for it
	Literals    int `json:"literals_found_by_contains"`     // distinct ones, summed over articles
	Places      int `json:"places_of_literals_by_contains"` //
	AhoCorasick int `json:"places_of_literals_by_aho_corasick"`
	Hyperscan   int `json:"places_of_literals_by_hyperscan"` // -1: not built in
}

// everyNth of the rules that nobody says hold is put to the plain evaluator,
// which is slow.
const everyNth = 50

// check compares what the contenders find over a few articles, and stops at
// the first disagreement: a fast answer must be the right one. The plain
// evaluator behind rules.Explain is asked about each rule that holds, its
// evidence too, each that contains finds, and a part of the others; regexp
// about all, if they have no actor, whose abbreviations it cannot see.
func (c *checked) check(set []rule, v *rules.Vocabulary, sample []*prepared) error {
	o, err := newOurs(set, v)
	if err != nil {
		return err
	}
	queries := make([]*rules.Query, len(set))
	actor := make([]bool, len(set))
	for i, r := range set {
		if queries[i], err = rules.Parse(r.When); err != nil {
			return err
		}
		actor[i] = slices.ContainsFunc(r.clauses, func(c clause) bool { return c.actor })
	}
	regexps, contains := regexpFormulas(set), containsFormulas(set)
	before := c.Matches
	for n, a := range sample {
		o.fromSource(a)
		held := make(map[int][]rules.Because, len(o.into))
		for _, m := range o.into {
			held[m.Index] = m.Because
		}
		for i, r := range set {
			because, holds := held[i]
			byContains := contains[i].holds(a, strings.Contains)
			if !actor[i] {
				byRegexp := regexps[i].holds(a, matches)
				c.Regexps++
				if byRegexp != holds {
					return fmt.Errorf("the matcher says %t of %q and %q, regexp %t", holds, a.title, r.When, byRegexp)
				}
				if holds && !byContains {
					return fmt.Errorf("%q holds of %q, and contains does not find it", r.When, a.title)
				}
				if holds {
					c.ByRegexp++
				}
				if byContains {
					c.ByContains++
				}
			}
			if !holds && !byContains && (i+n)%everyNth != 0 {
				continue
			}
			e, err := rules.Explain(queries[i], v, &a.doc, nil)
			if err != nil {
				return err
			}
			c.Asked++
			if e.Matched != holds {
				return fmt.Errorf("the matcher says %t of %q and %q, the plain evaluator %t", holds, a.title, r.When, e.Matched)
			}
			if holds {
				c.Matches++
				if !slices.Equal(e.Because, because) {
					return fmt.Errorf("the matcher says that %q holds of %q because of %v, the plain evaluator because of %v", r.When, a.title, because, e.Because)
				}
			}
		}
	}
	if c.Matches == before {
		return errors.New("no rule holds of any article of the check, which therefore shows nothing")
	}
	return nil
}

// literals holds the scans for literals against each other, place by place.
func (c *checked) literals(set []rule, sample []*prepared) error {
	ls := literals(set)
	for _, a := range sample {
		for _, l := range ls {
			at := 0
			for {
				i := strings.Index(a.folded[at:], l)
				if i < 0 {
					break
				}
				if at == 0 {
					c.Literals++
				}
				c.Places++
				at += i + 1
			}
		}
	}
	ac, _, err := buildAhoCorasick(set)
	if err != nil {
		return err
	}
	for _, a := range sample {
		c.AhoCorasick += ac(a)
	}
	if c.AhoCorasick != c.Places {
		return fmt.Errorf("the literals stand in %d places, Aho-Corasick finds %d", c.Places, c.AhoCorasick)
	}
	hs, done, err := buildHyperscan(set, false)
	if err != nil {
		if hyperscanVersion() == "" {
			c.Hyperscan = -1
			return nil
		}
		return err
	}
	defer done()
	for _, a := range sample {
		c.Hyperscan += hs(a)
	}
	if c.Hyperscan != c.Places {
		return fmt.Errorf("the literals stand in %d places, Hyperscan finds %d", c.Places, c.Hyperscan)
	}
	return nil
}
