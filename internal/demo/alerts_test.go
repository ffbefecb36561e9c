package demo

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The editor's expectations must speak of every item, agree with the marks in
// the feeds, and name only what came before.
func TestExpectationsAreWhole(t *testing.T) {
	src, err := os.ReadFile("testdata/alerts.txt")
	if err != nil {
		t.Fatal(err)
	}
	config, err := os.ReadFile("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	items := stage(t).Items()
	kind := regexp.MustCompile(`^[a-z]+(-[a-z]+)?(\+[a-z]+(-[a-z]+)?)*$`)
	type expected struct{ negotiation, kind string }
	seen := map[string]expected{}
	negotiations := map[string]bool{}
	next := 0
	for line := range strings.Lines(string(src)) {
		f := strings.Fields(line)
		if len(f) == 0 || strings.HasPrefix(f[0], "#") {
			continue
		}
		if next == len(items) {
			t.Fatalf("more lines than the %d items: %s", len(items), line)
		}
		item := items[next]
		next++
		if f[0] != item.Name() {
			t.Fatalf("%s where %s was to come", f[0], item.Name())
		}
		if len(f) < 3 {
			t.Errorf("%s: too few words", f[0])
			continue
		}
		if silent := f[1] == "silent"; silent != item.Silent {
			t.Errorf("%s: silent here %v, in the feed %v", f[0], silent, item.Silent)
		} else if silent {
			continue
		}
		if !strings.Contains(string(config), "{id: "+f[1]+",") {
			t.Errorf("%s: config.example.yaml knows no negotiation %s", f[0], f[1])
		}
		if !kind.MatchString(f[2]) {
			t.Errorf("%s: %q is no list of kinds", f[0], f[2])
		}
		primary, _, _ := strings.Cut(f[2], "+")
		seen[f[0]] = expected{f[1], primary}
		negotiations[f[1]] = true
		switch {
		case len(f) == 3:
		case len(f) == 5 && f[3] == "again":
			if seen[f[4]] != seen[f[0]] {
				t.Errorf("%s repeats %s, which is not of its negotiation and kind or not yet out", f[0], f[4])
			}
		case len(f) == 5 && f[3] == "updates":
			if old := seen[f[4]]; old.negotiation != f[1] {
				t.Errorf("%s updates %s, which is not of its negotiation or not yet out", f[0], f[4])
			}
		default:
			t.Errorf("%s: %q after the kind: write again ITEM, updates ITEM or nothing", f[0], f[3:])
		}
	}
	if next != len(items) {
		t.Errorf("nothing is said of %s and what follows", items[next].Name())
	}
	if len(negotiations) < 7 {
		t.Errorf("only %d negotiations", len(negotiations))
	}
}
