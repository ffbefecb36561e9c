package main

import "fmt"

// A target is a bound that parley sets itself, and what came out.
type target struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Bound float64 `json:"bound"`
	Least bool    `json:"at_least,omitempty"` // Value must not be below Bound; else not above
	Met   bool    `json:"met"`
	Note  string  `json:"note,omitempty"` // why there is no value
}

func atMost(name string, value, bound float64) target {
	return target{Name: name, Value: value, Bound: bound, Met: value <= bound}
}

func atLeast(name string, value, bound float64) target {
	return target{Name: name, Value: value, Bound: bound, Least: true, Met: value >= bound}
}

func missing(name string, bound float64, why string) target {
	return target{Name: name, Bound: bound, Note: why}
}

// hyperscanBounds are by number of rules.
var hyperscanBounds = map[int]float64{1000: .75, 10_000: .5, 100_000: .6}

// targets compares what was measured with what is asked for.
func (r *report) targets() []target {
	var out []target
	var mixed *table // the largest
	for i := range r.Tables {
		t := &r.Tables[i]
		if t.Set != mixedSet {
			continue
		}
		mixed = t
		bound, ok := hyperscanBounds[t.Rules]
		if !ok {
			continue
		}
		scan := t.hyperscan()
		for _, from := range []string{"from the source", "from words"} {
			name := fmt.Sprintf("%s rules, %s: time of Hyperscan's scan for literals", thousands(t.Rules), from)
			if scan == nil {
				out = append(out, missing(name, bound, "Hyperscan is not here"))
				continue
			}
			out = append(out, atMost(name, t.row("parley, "+from).Micros/scan.Micros, bound))
		}
		if t.Rules != 10_000 {
			continue
		}
		whole := t.row("parley, from the source").Micros
		out = append(out,
			atMost("10,000 rules, from the source: time of splitting and looking up alone", whole/t.row("parley, look-up").Micros, 1.5),
			atMost("the same, looking up the words of a single rule", whole/t.row("parley, look-up for one rule").Micros, 1.5),
			atLeast("10,000 rules, from the source: times faster than contains, rule by rule", t.row("contains, rule by rule").Micros/whole, 500),
		)
	}
	for i := range r.Tables {
		if t := &r.Tables[i]; t.Set == nearSet && mixed != nil {
			name := "NEAR of two common words: time of the mixed rules, from the source"
			if t.Rules != mixed.Rules {
				out = append(out, missing(name, 2, "the sets are not of one size"))
				continue
			}
			out = append(out, atMost(name, t.row("parley, from the source").Micros/mixed.row("parley, from the source").Micros, 2))
		}
	}
	for _, f := range r.Footprints {
		n := thousands(f.Rules) + " rules: "
		out = append(out, atMost(n+"allocations an item, matching", f.MatchAllocs, 0))
		if f.Rules >= 10_000 {
			out = append(out, atMost(n+"bytes a rule", f.Bytes, 500), atMost(n+"µs to compile a rule", f.CompileMicros, 12))
		}
	}
	out = append(out, atMost("µs to add a rule while others read, median", r.Addition.P50, 10))
	out = append(out, atMost("p99 item, times p50, from the source", r.Spread.P99/r.Spread.P50, 12))
	var english float64
	for _, t := range r.Tongues {
		switch t.Language {
		case "English":
			english = t.Whole
		case "Persian":
			out = append(out, atMost("Persian, time of English by byte", t.Whole/english, 1))
		default:
			out = append(out, atMost(t.Language+", time of English by byte", t.Whole/english, 3))
		}
	}
	return out
}

// hyperscan returns the faster of its two ways.
func (t *table) hyperscan() *row {
	a, b := t.row("Hyperscan, each place"), t.row("Hyperscan, once each")
	if a == nil || b != nil && b.Micros < a.Micros {
		return b
	}
	return a
}
