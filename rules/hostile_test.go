package rules

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"parley/internal/text"
)

// within runs f and fails if it takes much longer than it should: the bounds
// are a hundred times what is common, so that only another order shows.
func within(t *testing.T, what string, most time.Duration, f func()) {
	t.Helper()
	start := time.Now()
	f()
	if took := time.Since(start); took > most {
		t.Errorf("%s took %v", what, took)
	}
}

// An item that was written to hurt costs no more than its length.
func TestHostileItems(t *testing.T) {
	v := &Vocabulary{Actors: []Actor{{ID: "a", Names: []string{"a", "a a", "a a a"}}, {ID: "b", Names: []string{"b", "b a"}}}}
	rules := []Source{
		{"chain", "a NEAR/p b NEAR/1 c"},
		{"sentence", "a NEAR/s (b OR \"b b\") NEAR/s c"},
		{"two", "a NEAR/100 c"},
		{"two in order", "c ONEAR/1 a"},
		{"two in one", "c NEAR/s b"},
		{"phrase", `"a a a a a a a b"`},
		{"prefixes", `"a* b* a* zz*"`},
		{"far", "a NEAR/100 zz"},
		{"prefix", "a* NEAR/100 b*"},
		{"actors", "actor:a NEAR/p actor:b"},
	}
	s, err := Compile(rules, v)
	if err != nil {
		t.Fatal(err)
	}
	var different strings.Builder
	for i := range 60_000 {
		fmt.Fprintf(&different, "a%dx b%dy ", i, i)
	}
	for name, body := range map[string]string{
		"one word":         strings.Repeat("a ", 60_000),
		"two words":        strings.Repeat("a b ", 30_000),
		"three":            strings.Repeat("a b a c ", 20_000),
		"sentences":        strings.Repeat("a. B. ", 20_000),
		"different words":  different.String(),
		"a long word":      strings.Repeat("a", 1<<20),
		"long words":       strings.Repeat(strings.Repeat("ab", 1<<12)+" ", 128),
		"marks":            "停" + strings.Repeat("\u0301", 1<<18) + "战",
		"letters":          strings.Repeat("停战协定", 30_000),
		"not UTF-8":        strings.Repeat("a \xed\xa0\x80 b \xff\xfe c ", 10_000),
		"only not UTF-8":   strings.Repeat("\x80", 1<<18),
		"capitals":         strings.Repeat("A B C ", 20_000),
		"direction marks":  strings.Repeat("a\u200f\u200eb ", 20_000),
		"apostrophes":      strings.Repeat("a'b'c's ", 20_000),
		"full stops":       strings.Repeat("A.B.C. ", 20_000),
		"nothing but tags": strings.Repeat("<p>", 100_000),
	} {
		m := s.Matcher()
		d := doc("", body)
		within(t, name, time.Minute, func() { m.Item(d); m.Match(nil, nil) })
		m.Item(doc("", "a b"))
		if n := len(m.words); n > maxWords {
			t.Errorf("%s: the matcher keeps %d places for words", name, n)
		}
		if len(body) < 1<<17 {
			compare(t, s, v, rules, doc("", body[:4000]), nil)
		}
	}
}

// Prefixes that half of all words begin with are asked for at no great cost.
func TestPrefixOfHalfTheVocabulary(t *testing.T) {
	var rules []Source
	for _, p := range []string{"a", "ab", "abc", "b"} {
		for _, q := range []string{"a", "abd", "b", "ba"} {
			rules = append(rules, Source{p + q, p + "* NEAR/8 " + q + "*"}, Source{p, p + "* -" + q + "*"}, Source{q, `"` + p + "* " + q + `*"`})
		}
	}
	s, err := Compile(rules, nil)
	if err != nil {
		t.Fatal(err)
	}
	var body strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&body, "%s%d ", []string{"a", "ab", "abc", "abd", "b", "ba", "c", "d"}[i*i%8], i%700)
	}
	d := doc("", body.String())
	within(t, "3,000 words", time.Second, func() { s.Match(d, nil, nil) })
	compare(t, s, nil, rules, d, nil)
}

func TestActorWithManyNames(t *testing.T) {
	for script, name := range map[string]string{"latin": "front of region %d", "han": "地区%c%c阵线"} {
		names := []string{"the front"}
		last := ""
		for i := range 50_000 {
			args := []any{i}
			if script == "han" {
				args = []any{0x4E00 + i%250, 0x5E00 + i/250}
			}
			last = fmt.Sprintf(name, args...)
			names = append(names, last)
		}
		v := &Vocabulary{Actors: []Actor{{ID: "front", Names: names}}}
		rules := []Source{{"r", "actor:front NEAR/3 talks"}}
		var s *Set
		within(t, "compiling", 10*time.Second, func() {
			var err error
			if s, err = Compile(rules, v); err != nil {
				t.Fatal(err)
			}
		})
		d := doc("Talks with "+last, strings.Repeat("the front of region 地区阵线 ", 300))
		var got []Match
		within(t, "matching", time.Second, func() { got = s.Match(d, nil, nil) })
		if len(got) != 1 || got[0].Because[0].Quote(d) != last {
			t.Errorf("%s: got %+v", script, got)
		}
		compare(t, s, v, rules, d, nil)
	}
}

// Words that are met once must not fill the memory, and what was forgotten is
// found again.
func TestLexiconForgets(t *testing.T) {
	rules := []Source{{"r", "talks"}, {"prefix", "negotiat*"}, {"letters", "停战"}}
	s, err := Compile(rules, nil)
	if err != nil {
		t.Fatal(err)
	}
	m := s.Matcher()
	var x text.Text
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range 600 {
		var b strings.Builder
		for j := range 1000 {
			fmt.Fprintf(&b, "w%dx%d ", i, j)
			if j%7 == 0 {
				fmt.Fprintf(&b, "%c%c a-rather-long-word-%d%s ", 0x4E00+(i*7+j)%20000, 0x4E00+(i*11+j)%20000, i*j, strings.Repeat("x", j%50))
			}
		}
		b.WriteString("talks negotiators 停战")
		x.Reset(b.String())
		m.Item(&Doc{Text: &x})
		if got := m.Match(nil, nil); len(got) != 3 {
			t.Fatalf("item %d: got %+v", i, got)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 32<<20 {
		t.Errorf("the matcher keeps %d bytes", grown)
	}
	runtime.KeepAlive(m)
}

// A set through which rules pass keeps nothing of those that are gone.
func TestSetForgets(t *testing.T) {
	s, err := Compile([]Source{{"stays", "talks"}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	for i := range 60_000 {
		if i == 20_000 {
			runtime.GC()
			runtime.ReadMemStats(&before)
		}
		x, err := s.Add(Source{fmt.Sprint("r", i), fmt.Sprintf(`word%d "phrase%d of words" pre%d*`, i, i, i)})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Remove(x); err != nil {
			t.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 4<<20 {
		t.Errorf("40,000 rules that came and went left %d bytes", grown)
	}
	if s.Len() != 1 || len(s.Match(doc("talks", ""), nil, nil)) != 1 {
		t.Error("the rule that stays is lost")
	}
}
