package read

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The package comment is the way in: it must name every file, and no other.
func TestPackageCommentNamesEveryFile(t *testing.T) {
	src, err := os.ReadFile("read.go")
	if err != nil {
		t.Fatal(err)
	}
	comment, _, _ := strings.Cut(string(src), "\npackage read")
	named := map[string]bool{"read.go": true}
	for _, m := range regexp.MustCompile(`(?m)^//\t(\w+\.go) `).FindAllStringSubmatch(comment, -1) {
		named[m[1]] = true
	}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		n := e.Name()
		if !strings.HasSuffix(n, ".go") || strings.HasSuffix(n, "_test.go") {
			continue
		}
		if !named[n] {
			t.Errorf("read.go's package comment does not say what %s is for", n)
		}
		delete(named, n)
	}
	for n := range named {
		t.Errorf("read.go's package comment names %s, which is not there", n)
	}
}
