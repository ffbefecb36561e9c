package rules

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "write what the package says now into testdata")

// TestAnswers shows, in testdata, what the package answers to a query: its
// canonical form, or each problem with a caret under its place.
func TestAnswers(t *testing.T) {
	v := vocabulary()
	for file, answer := range map[string]func(string) string{
		"canonical": func(src string) string {
			q, err := Parse(src)
			if err != nil {
				return "error: " + err.Error()
			}
			return q.String()
		},
		"errors": func(src string) string {
			_, err := Parse(src)
			var e *Error
			if !errors.As(err, &e) {
				return "no error"
			}
			return e.Caret()
		},
		"check": func(src string) string { return problems(src, v, Check) },
		"lint":  func(src string) string { return problems(src, v, Lint) },
	} {
		t.Run(file, func(t *testing.T) {
			name := "testdata/" + file + ".txtar"
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for i, f := range a.Files {
				src, want, _ := strings.Cut(string(f.Data), "\n----\n")
				got := answer(strings.TrimSuffix(src, "\n")) + "\n"
				if *update {
					a.Files[i].Data = []byte(strings.TrimSuffix(src, "\n") + "\n----\n" + got)
				} else if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s: -want +got\n%s", f.Name, diff)
				}
			}
			if *update {
				if err := os.WriteFile(name, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func problems(src string, v *Vocabulary, find func(*Query, *Vocabulary) []Problem) string {
	q, err := Parse(src)
	if err != nil {
		return "error: " + err.Error()
	}
	var out []string
	for _, p := range find(q, v) {
		out = append(out, p.Caret())
	}
	if out == nil {
		return "fine"
	}
	return strings.Join(out, "\n")
}

// sameTree compares queries without their places and spellings.
func sameTree(a, b *Query) string {
	return cmp.Diff(a.Root, b.Root, cmpopts.IgnoreTypes(Place{}), cmpopts.IgnoreFields(Term{}, "Raw", "Quoted"))
}

func FuzzParse(f *testing.F) {
	for _, c := range matchCases {
		f.Add(c.query)
	}
	for _, file := range []string{"errors", "canonical", "check", "lint"} {
		a, err := txtar.ParseFile("testdata/" + file + ".txtar")
		if err != nil {
			f.Fatal(err)
		}
		for _, x := range a.Files {
			src, _, _ := strings.Cut(string(x.Data), "\n----\n")
			f.Add(src)
		}
	}
	f.Add("\xed\xa0\x80")
	f.Add("ﷺ* 停* «a»")
	v := vocabulary()
	f.Fuzz(func(t *testing.T, src string) {
		q, err := Parse(src)
		if err != nil {
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("%q: %T", src, err)
			}
			if e.Msg == "" || e.Hint == "" || e.Pos < 0 || e.End < e.Pos || e.End > len(e.Src) || strings.Contains(e.Error(), "\n") {
				t.Fatalf("%q: poor error %+v", src, e)
			}
			if lines := strings.Count(e.Caret(), "\n"); lines != 1 {
				t.Fatalf("%q: caret of %d lines\n%s", src, lines, e.Caret())
			}
			return
		}
		walk(q.Root, func(n Node) bool {
			if pos, end := n.Span(); pos < 0 || end <= pos || end > len(src) {
				t.Fatalf("%q: %#v stands at %d to %d", src, n, pos, end)
			}
			return true
		})
		Lint(q, nil)
		for _, p := range append(Check(q, v), Lint(q, v)...) {
			if p.Msg == "" || p.Hint == "" || p.Pos < 0 || p.End < p.Pos || p.End > len(p.Src) {
				t.Fatalf("%q: poor problem %+v", src, p)
			}
			p.Caret()
		}
		canonical := q.String()
		if len(canonical) > MaxLength {
			return
		}
		again, err := Parse(canonical)
		if err != nil {
			t.Fatalf("%q\n→ %q: %v", src, canonical, err)
		}
		if diff := sameTree(q, again); diff != "" {
			t.Fatalf("%q\n→ %q is another tree: -first +again\n%s", src, canonical, diff)
		}
		if twice := again.String(); twice != canonical {
			t.Fatalf("%q\n→ %q\n→ %q", src, canonical, twice)
		}
		x, err := Compile([]Source{{"fuzzed", src}}, v)
		if err != nil {
			return
		}
		d := doc("Iran and the US to resume peace talks", src)
		compare(t, x, v, []Source{{"fuzzed", src}}, d, scheduled())
		e, err := Explain(q, v, d, nil)
		if err != nil || e.Matched == (e.Failed != nil) {
			t.Fatalf("%q: %v, %+v", src, err, e)
		}
	})
}

func TestBounds(t *testing.T) {
	for name, src := range map[string]string{
		"a megabyte":         strings.Repeat("a ", 1<<19),
		"parentheses":        strings.Repeat("(", 10_000),
		"closed parentheses": strings.Repeat("(", 2000) + "a" + strings.Repeat(")", 2000),
		"groups":             strings.Repeat("title:(", 1000) + "a",
		"terms":              strings.Repeat("a ", 4000),
		"minus":              strings.Repeat("-", 8000),
		"not":                strings.Repeat("NOT ", 2000) + "a",
		"quotes":             strings.Repeat(`"`, 8000),
		"long phrase":        `"` + strings.Repeat("a ", 2000) + `"`,
		"stars":              strings.Repeat("*", 8000),
		"near":               "a NEAR/999999 b",
		"huge near":          "a NEAR/" + strings.Repeat("9", 5000) + " b",
		"chain":              "a" + strings.Repeat(" NEAR/2 a", 500),
		"values":             "kind:(" + strings.Repeat("a OR ", 1500) + "a)",
		"markup":             strings.Repeat("<p ", 2700),
		"long prefix":        strings.Repeat("a", 61) + "*",
		"surrogate":          "talks \xed\xa0\x80",
	} {
		start := time.Now()
		_, err := Parse(src)
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		var e *Error
		if !errors.As(err, &e) || len(e.Error()) > 400 || len(e.Caret()) > 2000 {
			t.Errorf("%s: %d bytes of error: %.200s", name, len(err.Error()), err)
		}
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s: took %v", name, took)
		}
	}
}

// Lint looks for contradictions, of which there can be very many to look for.
func TestLintStaysShort(t *testing.T) {
	var pairs, alternatives []string
	for i := range MaxTerms / 2 {
		pairs = append(pairs, fmt.Sprintf("(tier:a%d OR b%d)", i, i))
		alternatives = append(alternatives, fmt.Sprintf("c%d -d%d", i, i))
	}
	half := pairs[:len(pairs)/2]
	for name, src := range map[string]string{
		"pairs":        strings.Join(pairs, " "),
		"negated":      "NOT (" + strings.Join(pairs, " ") + ")",
		"alternatives": strings.Join(alternatives, " OR "),
		"both":         "(" + strings.Join(half, " OR ") + ") (" + strings.Join(half, " ") + ")",
	} {
		q, err := Parse(src)
		if err != nil {
			t.Fatal(err)
		}
		start := time.Now()
		Lint(q, nil)
		if took := time.Since(start); took > time.Minute {
			t.Errorf("%s: took %v", name, took)
		}
	}
}

func TestRulesThatNameEachOther(t *testing.T) {
	v := &Vocabulary{Rules: []Source{{"r0", "a b"}}}
	for i := 1; i < 15; i++ { // each twice as large as the one before
		v.Rules = append(v.Rules, Source{fmt.Sprintf("r%d", i), fmt.Sprintf("rule:r%d x%d OR rule:r%d", i-1, i, i-1)})
	}
	if _, err := Compile([]Source{{"ok", "rule:r5"}}, v); err != nil {
		t.Error(err)
	}
	_, err := Compile([]Source{{"too large", "rule:r14"}}, v)
	var re *RuleError
	if !errors.As(err, &re) || re.Rule != "too large" || !strings.Contains(err.Error(), "conditions") {
		t.Errorf("got %v", err)
	}
}

func TestCompileNamesEveryFault(t *testing.T) {
	_, err := Compile([]Source{{"good", "a"}, {"one", "a\nkind:tlks"}, {"two", "a ("}}, vocabulary())
	want := `rule "one", line 2, column 1: unknown kind "tlks": did you mean kind:talks?
rule "two", line 1, column 3: this ( is never closed: add a ) where the group ends, or remove it`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}
