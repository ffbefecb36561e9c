package docs_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/app"
	"parley/internal/config"
	"parley/internal/news"
	"parley/internal/read"
	"parley/rules"
)

// published is when the headlines of rules.md count as published: the day from
// which "Tuesday" and date:<7d are counted there.
var published = time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)

// known is what parley knows without a configuration of one's own.
func known(t *testing.T) *app.Knowledge {
	t.Helper()
	k, problems := app.Configure("config.example.yaml", parley.ExampleConfig)
	if k == nil {
		t.Fatalf("the example configuration has faults:\n%v", problems)
	}
	return k
}

// A block is a fenced block of a document.
type block struct {
	file, lang string
	line       int // of its first line
	lines      []string
}

func (b block) at(i int) string { return fmt.Sprintf("%s:%d", b.file, b.line+i) }

// blocks returns the fenced blocks of a document that are marked with lang.
func blocks(t *testing.T, file, lang string) []block {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	inside, marked := false, ""
	for i, line := range strings.Split(string(src), "\n") {
		mark, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && !inside:
			inside, marked = true, mark
			if marked == lang {
				out = append(out, block{file: file, lang: lang, line: i + 2})
			}
		case fence:
			inside = false
		case inside && marked == lang:
			b := &out[len(out)-1]
			b.lines = append(b.lines, line)
		}
	}
	if inside {
		t.Fatalf("%s: a fenced block is not closed", file)
	}
	return out
}

// An example is a headline on which a rule fires or keeps quiet.
type example struct {
	item    news.Item
	sources int
	fires   bool
	at      string
}

// ruled reads a block of a rule with its examples.
func ruled(t *testing.T, k *app.Knowledge, b block) (when string, examples []example) {
	t.Helper()
	for i, line := range b.lines {
		key, value, ok := strings.Cut(strings.TrimSpace(line), ":")
		if value = strings.TrimSpace(value); !ok || value == "" {
			t.Fatalf("%s: %q is not `key: value`", b.at(i), line)
		}
		if key == "when" && when == "" {
			when = value
			continue
		}
		if key == "match" || key == "silent" {
			examples = append(examples, example{
				item:    news.Item{ID: "example", Title: value, Published: published},
				sources: 1, fires: key == "match", at: b.at(i),
			})
			continue
		}
		if len(examples) == 0 || !strings.HasPrefix(line, "  ") {
			t.Fatalf("%s: %q belongs to no example", b.at(i), line)
		}
		e := &examples[len(examples)-1]
		switch key {
		case "text":
			e.item.Text = value
		case "link":
			e.item.Link = value
		case "sources":
			n, err := strconv.Atoi(value)
			if err != nil {
				t.Fatalf("%s: %v", b.at(i), err)
			}
			e.sources = n
		case "feed":
			j := slices.IndexFunc(k.Config.Feeds, func(f config.Feed) bool { return f.Name == value })
			if j < 0 {
				t.Fatalf("%s: the example configuration has no feed %q", b.at(i), value)
			}
			f := k.Config.Feeds[j]
			e.item.Feed, e.item.Tier, e.item.Language = f.Name, f.Tier, f.Language
			e.item.Published = published.In(f.Zone)
		default:
			t.Fatalf("%s: unknown key %q", b.at(i), key)
		}
	}
	return when, examples
}

// TestExamples runs every worked example through the engine and the matcher.
func TestExamples(t *testing.T) {
	k := known(t)
	list := blocks(t, "rules.md", "rule")
	if len(list) < 25 {
		t.Fatalf("rules.md has %d worked examples; that is too few to learn from", len(list))
	}
	for _, b := range list {
		when, examples := ruled(t, k, b)
		t.Run(when, func(t *testing.T) {
			q, err := rules.Parse(when)
			if err != nil {
				t.Fatalf("%s: %v", b.at(0), err)
			}
			for _, p := range append(rules.Check(q, k.Vocabulary), rules.Lint(q, k.Vocabulary)...) {
				t.Errorf("%s: %v", b.at(0), p.Error())
			}
			set, err := rules.Compile([]rules.Source{{Name: "example", When: when}}, k.Vocabulary)
			if err != nil {
				t.Fatalf("%s: %v", b.at(0), err)
			}
			var match, silent bool
			for _, e := range examples {
				match, silent = match || e.fires, silent || !e.fires
				page := k.Engine.Read(e.item)
				if fires(set, page, e) != e.fires {
					t.Errorf("%s: fires %v, want %v: %s\n%s\n%s", e.at, !e.fires, e.fires, e.item.Title, understood(page), reason(q, k, page, e))
				}
			}
			if !match || !silent {
				t.Errorf("%s: an example needs a headline that matches and one that stays silent", b.at(0))
			}
		})
	}
}

func fires(set *rules.Set, page *read.Page, e example) bool {
	m := set.Matcher()
	m.Item(page.Doc(e.item.Published))
	if len(page.Reading.Developments) == 0 {
		return len(m.Match(nil, nil)) > 0
	}
	for i := range page.Reading.Developments {
		if len(m.Match(read.Facts(&page.Reading.Developments[i], e.sources), nil)) > 0 {
			return true
		}
	}
	return false
}

// reason tells condition by condition why an example fires or does not.
func reason(q *rules.Query, k *app.Knowledge, page *read.Page, e example) string {
	var facts []*rules.Facts
	for i := range page.Reading.Developments {
		facts = append(facts, read.Facts(&page.Reading.Developments[i], e.sources))
	}
	r, err := rules.Why(q, k.Vocabulary, page.Doc(e.item.Published), facts)
	if err != nil {
		return err.Error()
	}
	return "  " + strings.Join(r.Lines(), "\n  ")
}

// understood tells what was read, for whoever has to mend an example.
func understood(page *read.Page) string {
	var b strings.Builder
	if s := page.Reading.Silence; s != nil {
		fmt.Fprintf(&b, "  silent: %s\n", *s)
	}
	for i := range page.Reading.Developments {
		fmt.Fprintf(&b, "  read: %+v\n", *read.Facts(&page.Reading.Developments[i], 1))
	}
	return b.String()
}

// TestMistakes compares what the document says of faulty queries with what the
// language says.
func TestMistakes(t *testing.T) {
	k := known(t)
	list := blocks(t, "rules.md", "mistake")
	if len(list) == 0 {
		t.Fatal("rules.md shows no mistakes")
	}
	for _, b := range list {
		if len(b.lines) != 2 {
			t.Fatalf("%s: want when: and says:", b.at(0))
		}
		when, want := strings.TrimPrefix(b.lines[0], "when: "), strings.TrimPrefix(b.lines[1], "says: ")
		if got := complaint(when, k.Vocabulary); got != want {
			t.Errorf("%s: the language says of %s\n  %s\nthe document says\n  %s", b.at(1), when, got, want)
		}
	}
}

func complaint(when string, v *rules.Vocabulary) string {
	q, err := rules.Parse(when)
	if err != nil {
		return err.Error()
	}
	for _, p := range append(rules.Check(q, v), rules.Lint(q, v)...) {
		return p.Error()
	}
	return ""
}

// valid checks that queries can be used as they stand; doubts do not count.
func valid(t *testing.T, k *app.Knowledge, queries []string) {
	t.Helper()
	if len(queries) == 0 {
		t.Error("a row of the table has no example")
	}
	for _, s := range queries {
		q, err := rules.Parse(s)
		if err != nil {
			t.Errorf("%s: %v", s, err)
			continue
		}
		for _, p := range rules.Check(q, k.Vocabulary) {
			t.Errorf("%s: %v", s, p.Error())
		}
	}
}

// row returns the cells of a line of a table.
func row(line string) []string {
	line, ok := strings.CutPrefix(strings.TrimSpace(line), "|")
	if !ok {
		return nil
	}
	cells := strings.Split(strings.TrimSuffix(line, "|"), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// table returns the rows of the first table whose head begins with these cells.
func table(t *testing.T, file string, head ...string) [][]string {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	inside := false
	for line := range strings.Lines(string(src)) {
		cells := row(line)
		switch {
		case inside && cells == nil:
			return out
		case inside && !strings.HasPrefix(cells[0], "--"):
			out = append(out, cells)
		case !inside && len(cells) >= len(head) && slices.Equal(cells[:len(head)], head):
			inside = true
		}
	}
	if !inside {
		t.Fatalf("%s has no table with the head %q", file, head)
	}
	return out
}

func bare(cell string) string { return strings.Trim(cell, "`") }

// codes returns what stands between backquotes.
func codes(cell string) []string {
	var out []string
	for _, m := range regexp.MustCompile("`([^`]*)`").FindAllStringSubmatch(cell, -1) {
		out = append(out, m[1])
	}
	return out
}

// TestFieldsAreDocumented compares the table with the fields that the language
// lists when it meets one it does not know.
func TestFieldsAreDocumented(t *testing.T) {
	_, err := rules.Parse("zzzzzzzz:x")
	var problem *rules.Problem
	if !errors.As(err, &problem) {
		t.Fatalf("zzzzzzzz:x: %v", err)
	}
	_, listed, ok := strings.Cut(problem.Hint, "the fields are ")
	if !ok {
		t.Fatalf("the hint lists no fields: %q", problem.Hint)
	}
	k := known(t)
	var documented []string
	for _, r := range table(t, "rules.md", "field", "examples") {
		documented = append(documented, strings.TrimSuffix(bare(r[0]), ":"))
		valid(t, k, codes(r[1]))
	}
	if got := strings.Join(documented, ", "); got != listed {
		t.Errorf("documented\n  %s\nthe language has\n  %s", got, listed)
	}
}

// TestValuesAreDocumented compares the tables of values with the nouns.
func TestValuesAreDocumented(t *testing.T) {
	var kinds, groups []string
	for _, r := range table(t, "rules.md", "kind", "is") {
		kinds = append(kinds, bare(r[0]))
		groups = append(groups, strings.Join(codes(r[2]), " "))
	}
	for i, k := range news.Kinds() {
		if i >= len(kinds) || kinds[i] != string(k) {
			t.Fatalf("row %d of the kinds should be %s", i+1, k)
		}
		if want := strings.Join(k.Groups(), " "); groups[i] != want {
			t.Errorf("%s is in the groups %s, documented: %s", k, want, groups[i])
		}
	}
	var certainties []string
	for _, r := range table(t, "rules.md", "certainty", "is") {
		certainties = append(certainties, bare(r[0]))
	}
	if want := fmt.Sprint(news.Certainties()); fmt.Sprint(certainties) != want {
		t.Errorf("certainties %v, want %v", certainties, want)
	}
	k := known(t)
	for _, r := range table(t, "rules.md", "write", "holds if") {
		valid(t, k, codes(r[0]))
	}
}
