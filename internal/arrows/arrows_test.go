package arrows

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed lists, for every package of ours, which others it may know. The
// nouns and the text know nobody; each room knows what it works with; app knows
// everyone; and the command line knows only app.
var allowed = map[string][]string{
	".":             nil, // the example configuration
	"internal/news": nil,
	"internal/text": nil,

	"rules":               {"internal/text"},
	"internal/actors":     {"internal/text"},
	"internal/actors/gen": {"internal/text"}, // makes the gazetteer; no part of the program
	"internal/dates":      {"internal/text"},
	"internal/classify":   {"internal/text"},
	"internal/read":       {"internal/news", "internal/text", "internal/actors", "internal/dates", "internal/classify", "rules"},

	"internal/feed":         {"internal/news"},
	"internal/story":        {"internal/news", "internal/classify"},
	"internal/chart":        {"internal/news"},
	"internal/store":        {"internal/news"},
	"internal/store/pgtest": nil, // a PostgreSQL for tests; no part of the program
	"internal/deliver":      {"internal/news"},
	"internal/config":       {"internal/news"},
	"internal/lookup":       {"internal/news", "rules"},
	"internal/watch":        {"internal/news", "internal/read", "rules", "internal/story"},
	"bot":                   {"internal/news", "rules"},
	"internal/seal":         nil,

	"internal/workspaces": {"internal/news", "internal/seal"},

	// The demo and the stand-in are the world outside: they must know of parley
	// only what Slack and the outlets would.
	"internal/demo":         nil,
	"internal/demo/standin": nil,

	"internal/faults": nil, // a test of the binary, from outside

	"internal/app":    {everyone},
	"internal/arrows": nil,
	"cmd/parley":      {".", "internal/app", "internal/config"},
}

const everyone = "*"

func TestArrows(t *testing.T) {
	root := filepath.Join("..", "..")
	module := moduleName(t, root)
	used := map[string]map[string]string{} // package → what it imports of ours → a file that does
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); file != root && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "node_modules") {
				return fs.SkipDir
			}
			if _, err := os.Stat(filepath.Join(file, "go.mod")); err == nil && file != root {
				return fs.SkipDir // a module of its own: the benchmarks
			}
			return nil
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil // tests may know more: the stand-in, most of all
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		from := path.Dir(filepath.ToSlash(rel))
		if used[from] == nil {
			used[from] = map[string]string{}
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			if name == "C" {
				t.Errorf("%s uses cgo: parley is one static binary without it", rel)
			}
			if name == module {
				used[from]["."] = rel
			} else if to, ours := strings.CutPrefix(name, module+"/"); ours {
				used[from][to] = rel
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(used) < 10 {
		t.Fatalf("only %d packages were found: the test looks in the wrong place", len(used))
	}
	for _, from := range slices.Sorted(maps.Keys(used)) {
		may, known := allowed[from]
		if !known {
			t.Errorf("the package %s stands in no arrow: write down here what it may import", from)
			continue
		}
		for _, to := range slices.Sorted(maps.Keys(used[from])) {
			if !slices.Contains(may, to) && !slices.Contains(may, everyone) {
				t.Errorf("%s imports %s, which is not allowed (in %s)", from, to, used[from][to])
			}
		}
	}
	for _, p := range slices.Sorted(maps.Keys(allowed)) {
		if used[p] == nil {
			t.Errorf("the package %s is listed here and does not exist", p)
		}
	}
}

func moduleName(t *testing.T, root string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if name, ok := strings.CutPrefix(line, "module "); ok {
			return strings.TrimSpace(name)
		}
	}
	t.Fatal("go.mod names no module")
	return ""
}
