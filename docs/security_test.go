package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestSecurity finds every test that SECURITY.md names, and asks every defence
// for one.
func TestSecurity(t *testing.T) {
	const page = "../SECURITY.md"
	src, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	name := regexp.MustCompile(`^([a-z/]+)\.((?:Test|Fuzz)\w+)$`)
	tests := map[string]string{} // the tests of a folder
	rows := 0
	for line := range strings.Lines(string(src)) {
		cells := row(line)
		if len(cells) != 3 || cells[0] == "threat" || strings.HasPrefix(cells[0], "---") {
			continue
		}
		rows++
		if cells[2] == "–" { // nothing is claimed
			continue
		}
		named := codes(cells[2])
		if len(named) == 0 {
			t.Errorf("no test shows the defence against %s", cells[0])
		}
		for _, n := range named {
			m := name.FindStringSubmatch(n)
			if m == nil {
				t.Errorf("%q is no test: write folder.TestName", n)
				continue
			}
			if _, read := tests[m[1]]; !read {
				tests[m[1]] = testsOf(t, m[1])
			}
			if !strings.Contains(tests[m[1]], "\nfunc "+m[2]+"(") {
				t.Errorf("%s has no test %s, which is to show the defence against %s", m[1], m[2], cells[0])
			}
		}
	}
	if rows < 25 {
		t.Errorf("only %d defences were found in %s", rows, page)
	}
}

// testsOf returns the sources of a folder's tests.
func testsOf(t *testing.T, folder string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range files {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(src)
	}
	return all.String()
}
