package docs_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestManners finds every test that slack.md names beside what holds.
func TestManners(t *testing.T) {
	src, err := os.ReadFile("slack.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(src), "\n## Manners\n")
	if !ok {
		t.Fatal("slack.md has no manners")
	}
	name := regexp.MustCompile(`^([a-z/]+)\.(Test\w+)$`)
	rows := 0
	for line := range strings.Lines(table) {
		cells := row(line)
		if len(cells) != 2 || cells[0] == "what holds" || strings.HasPrefix(cells[0], "---") {
			continue
		}
		rows++
		named := codes(cells[1])
		if len(named) == 0 {
			t.Errorf("nothing shows that %s", cells[0])
		}
		for _, n := range named {
			m := name.FindStringSubmatch(n)
			if m == nil || !strings.Contains(testsOf(t, m[1]), "\nfunc "+m[2]+"(") {
				t.Errorf("there is no test %s", n)
			}
		}
	}
	if rows < 15 {
		t.Errorf("only %d lines were found", rows)
	}
}
