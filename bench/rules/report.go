package main

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
)

// A report is what one run of the benchmark found.
type report struct {
	Date       string            `json:"date"`
	Machine    string            `json:"machine"`
	Versions   map[string]string `json:"versions"`
	Seed       uint64            `json:"seed"`
	Corpus     corpusFacts       `json:"corpus"`
	Checked    checked           `json:"checked"`
	Tables     []table           `json:"tables"`
	Footprints []footprint       `json:"footprints"`
	Spread     spread            `json:"spread"`
	SpreadSet  int               `json:"spread_rules"`
	Addition   addition          `json:"addition"`
	Tongues    []tongue          `json:"languages"`
	Targets    []target          `json:"targets"`
}

type corpusFacts struct {
	Articles  int     `json:"articles"`
	MeanBytes float64 `json:"mean_bytes"`
	Words     int     `json:"distinct_words"`
	Sample    int     `json:"sample"`
	MeanWords float64 `json:"mean_words_of_the_sample"`
}

const (
	mixedSet = "mixed"
	nearSet  = "NEAR of two common words"
)

// markdown writes the report for a README.
func (r *report) markdown(w io.Writer) {
	p := func(format string, args ...any) { fmt.Fprintf(w, format, args...) }
	runs := 0
	for _, t := range r.Tables {
		for _, x := range t.Rows {
			runs = max(runs, x.Runs)
		}
	}
	p("%s, %s. One core, median of %d runs, all contenders in turn. ", r.Machine, r.Date, runs)
	p("%s articles of Reuters-21578 and of the Declaration of Human Rights in %d translations, %s bytes on average; timed are %s drawn from them. ",
		thousands(r.Corpus.Articles), len(languages), thousands(int(r.Corpus.MeanBytes)), thousands(r.Corpus.Sample))
	p("Rules have two to five terms, one of them a phrase, a NEAR or a wildcard; peers get the words already folded. ")
	var vs []string
	for _, k := range sortedKeys(r.Versions) {
		vs = append(vs, k+" "+r.Versions[k])
	}
	p("%s.\n\n", strings.Join(vs, ", "))

	p("µs an article (× parley from the source):\n\n|")
	for _, t := range r.Tables {
		p(" | %s %s", thousands(t.Rules), t.Set)
	}
	p(" | does |\n|---%s|---|\n", strings.Repeat("|---:", len(r.Tables)))
	for i := range r.Tables[0].Rows {
		name := r.Tables[0].Rows[i].Name
		p("| %s |", name)
		does := r.Tables[0].Rows[i].Does
		for _, t := range r.Tables {
			p(" %s |", t.cell(name))
		}
		p(" %s |\n", does)
	}
	for _, what := range []string{"matches an article", "literals"} {
		p("| *%s* |", what)
		for _, t := range r.Tables {
			if what == "literals" {
				p(" *%s* |", thousands(t.Literals))
			} else if x := t.row("parley, from the source"); x != nil {
				p(" *%s* |", figure(x.Found))
			}
		}
		p(" |\n")
	}
	for _, t := range r.Tables {
		for _, x := range t.Rows {
			if x.Note != "" {
				p("\n%s, %s %s: %s.", x.Name, thousands(t.Rules), t.Set, x.Note)
			}
		}
	}

	p("\n\n| parley | compile, µs a rule | bytes a rule | and in each matcher | allocations an item, matching | splitting | conditions told an article |\n|---|---:|---:|---:|---:|---:|---:|\n")
	for _, f := range r.Footprints {
		p("| %s rules | %s | %s | %s | %s | %s | %s |\n", thousands(f.Rules), figure(f.CompileMicros), figure(f.Bytes), figure(f.MatcherBytes), figure(f.MatchAllocs), figure(f.SplitAllocs), figure(f.Evidence))
	}
	p("\nSingle articles at %s rules, from the source: p50 %s µs, p99 %s µs, the slowest %s µs.", thousands(r.SpreadSet), figure(r.Spread.P50), figure(r.Spread.P99), figure(r.Spread.Max))
	p(" Adding a rule while another goroutine matches: p50 %s µs, p99 %s µs.", figure(r.Addition.P50), figure(r.Addition.P99))

	p("\n\n| nanoseconds a byte | splitting | matching | both | matches an article |\n|---|---:|---:|---:|---:|\n")
	for _, t := range r.Tongues {
		p("| %s | %s | %s | %s | %s |\n", t.Language, figure(t.Split), figure(t.Match), figure(t.Whole), figure(t.Found))
	}

	p("\n| target | asked | measured | |\n|---|---:|---:|---|\n")
	for _, t := range r.Targets {
		sign, met := "≤", "**not met**"
		if t.Least {
			sign = "≥"
		}
		if t.Met {
			met = "met"
		}
		value := figure(t.Value)
		if t.Note != "" {
			value, met = "–", t.Note
		}
		p("| %s | %s %s | %s | %s |\n", t.Name, sign, figure(t.Bound), value, met)
	}
	c := r.Checked
	p("\nChecked before timing: %s answers against the plain evaluator, %s of them matches, with their evidence; %s against regexp (rules without an actor), %s of them matches, where contains finds %s, since NEAR is AND for it: all agree. ",
		thousands(c.Asked), thousands(c.Matches), thousands(c.Regexps), thousands(c.ByRegexp), thousands(c.ByContains))
	p("Literals stand in %s places by contains, %s by Aho-Corasick", thousands(c.Places), thousands(c.AhoCorasick))
	if c.Hyperscan >= 0 {
		p(", %s by Hyperscan", thousands(c.Hyperscan))
	}
	p(".\n")
}

// cell writes a time and how it stands to parley's.
func (t *table) cell(name string) string {
	x := t.row(name)
	if x == nil {
		return "–"
	}
	s := figure(x.Micros)
	if x.Runs == 1 {
		s = "~" + s
	}
	if ours := t.row("parley, from the source"); ours != nil && ours != x {
		s += " (" + figure(x.Micros/ours.Micros) + ")"
	}
	return s
}

// figure rounds to three digits.
func figure(x float64) string {
	if x == 0 {
		return "0"
	}
	digits := 2 - int(math.Floor(math.Log10(math.Abs(x))))
	if digits <= 0 {
		scale := math.Pow10(-digits)
		return thousands(int(math.Round(x/scale) * scale))
	}
	s := strconv.FormatFloat(x, 'f', digits, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// thousands writes a number with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
