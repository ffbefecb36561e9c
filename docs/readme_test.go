package docs_test

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley"
	"parley/bot"
	"parley/internal/app"
	"parley/rules"
)

const readme = "../README.md"

// TestScopes compares the table with what the manifest asks for.
func TestScopes(t *testing.T) {
	var got, want []string
	for _, r := range table(t, readme, "scope", "asked", "reason") {
		got = append(got, bare(r[0])+"  "+r[1]+"  "+r[2])
	}
	for _, s := range bot.Scopes() {
		asked := "always"
		if s.Optional {
			asked = "optional"
		}
		want = append(want, s.Name+"  "+asked+"  "+s.Reason)
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("the README says\n%s\nthe manifest says\n%s", a, b)
	}
}

// TestSlashCommands compares the table with what /parley help says.
func TestSlashCommands(t *testing.T) {
	var got []string
	for _, r := range table(t, readme, "command", "does") {
		got = append(got, bare(r[0])+" — "+r[1])
	}
	help := (&bot.Commands{}).Do(t.Context(), bot.Request{Text: "help"}).Text
	for _, part := range []string{". Ask: ", ". Follow: ", ". Rules and feeds: "} { // its headings
		help = strings.Replace(help, part, "; ", 1)
	}
	if said := strings.Join(got, "; ") + "."; !strings.HasSuffix(help, said) {
		t.Errorf("the README says\n%s\n/parley help says\n%s", said, help)
	}
}

// TestSlackHelp checks the queries that help shows against the example
// configuration: they can be used as they stand, and nothing is doubtful.
func TestSlackHelp(t *testing.T) {
	k := known(t)
	for topic, least := range map[string]int{"queries": 8, "rules": 25} {
		out := (&bot.Commands{}).Do(t.Context(), bot.Request{Text: "help " + topic})
		checked, negotiations := 0, map[string]bool{}
		raw, err := json.Marshal(out.Blocks)
		if err != nil {
			t.Fatal(err)
		}
		var blocks []struct{ Text struct{ Text string } }
		if err := json.Unmarshal(raw, &blocks); err != nil {
			t.Fatal(err)
		}
		for _, b := range blocks {
			for line := range strings.Lines(b.Text.Text) {
				span := codes(line)
				if len(span) == 0 || !strings.HasPrefix(line, "`") {
					continue // a title, or what a query means
				}
				query := html.UnescapeString(span[0])
				if strings.HasPrefix(query, "/parley") {
					continue
				}
				if strings.HasSuffix(query, ":") { // names of fields, with their values behind them
					for _, field := range strings.Fields(query) {
						if _, err := rules.Parse(field + "x"); err != nil && strings.Contains(err.Error(), "unknown field") {
							t.Errorf("%s: %v", query, err)
						}
					}
					checked++
					continue
				}
				checked++
				valid(t, k, []string{query})
				q, err := rules.Parse(query)
				if err != nil {
					continue
				}
				for _, p := range append(rules.Lint(q, k.Vocabulary), rules.LintRule(q, k.Vocabulary, k.Actors.Ambiguous)...) {
					if !strings.Contains(query, "sources:") {
						t.Errorf("help %s: %s: %s", topic, query, p.Error())
					}
				}
				for f := range strings.FieldsSeq(query) {
					if name, ok := strings.CutPrefix(f, "negotiation:"); ok {
						negotiations[name] = true
					}
				}
			}
		}
		if checked < least {
			t.Errorf("help %s shows %d queries and fields, want %d at least", topic, checked, least)
		}
		if topic == "rules" && len(negotiations) < 3 {
			t.Errorf("help rules has examples of %v only", negotiations)
		}
	}
}

// TestQueries checks the queries of the README.
func TestQueries(t *testing.T) {
	k := known(t)
	for _, r := range table(t, readme, "rule", "fires when") {
		valid(t, k, []string{bare(r[0])})
		q, err := rules.Parse(bare(r[0]))
		if err != nil {
			continue
		}
		for _, p := range rules.Lint(q, k.Vocabulary) {
			t.Errorf("%s: %v", r[0], p.Error())
		}
	}
}

// TestConfiguration takes the README's configuration as its own.
func TestConfiguration(t *testing.T) {
	src := configuration(t)
	if k, problems := app.Configure("README.md", []byte(src)); k == nil || len(problems) > 0 {
		t.Error(problems)
	}
}

func configuration(t *testing.T) string {
	t.Helper()
	list := blocks(t, readme, "yaml")
	if len(list) != 1 {
		t.Fatalf("the README has %d configurations, want one", len(list))
	}
	return strings.Join(list[0].lines, "\n") + "\n"
}

// TestRooms compares the map with the folders that hold Go.
func TestRooms(t *testing.T) {
	var got, want []string
	for _, r := range table(t, readme, "folder", "is") {
		got = append(got, bare(r[0]))
	}
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		if name := d.Name(); path != ".." && (strings.HasPrefix(name, ".") || name == "testdata") {
			return fs.SkipDir
		}
		files, err := filepath.Glob(filepath.Join(path, "*.go"))
		if rel, _ := filepath.Rel("..", path); rel != "." && len(files) > 0 {
			want = append(want, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the README's map has\n%q\nthere are\n%q", got, want)
	}
}

// TestLinks follows the links between the documents.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#]*)(#[^)]*)?\)`)
	for _, file := range []string{readme, "../CONTRIBUTING.md", "../CHANGELOG.md", "../SECURITY.md", "rules.md"} {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(src), -1) {
			to := file
			switch {
			case strings.Contains(m[1], "://"):
				continue
			case m[1] != "":
				to = filepath.Join(filepath.Dir(file), m[1])
			}
			page, err := os.ReadFile(to)
			if err != nil {
				t.Errorf("%s links to %s, which cannot be read: %v", file, m[1], err)
				continue
			}
			if m[2] != "" && !slices.Contains(anchors(string(page)), m[2]) {
				t.Errorf("%s links to %s, where no heading is called so", file, m[1]+m[2])
			}
		}
	}
}

// anchors are the names that GitHub gives to headings.
func anchors(page string) []string {
	var out []string
	for line := range strings.Lines(page) {
		if title, ok := strings.CutPrefix(strings.TrimLeft(line, "#"), " "); ok && strings.HasPrefix(line, "#") {
			title = regexp.MustCompile(`[^\p{L}\p{N} -]`).ReplaceAllString(strings.ToLower(strings.TrimSpace(title)), "")
			out = append(out, "#"+strings.ReplaceAll(title, " ", "-"))
		}
	}
	return out
}

// invoked is how a newcomer starts parley.
const invoked = "go run ./cmd/parley"

// built makes parley once, so that a test need not link it for each command.
func built(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds parley")
	}
	to := filepath.Join(t.TempDir(), "parley")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", to, "parley/cmd/parley").CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return to
}

// shell runs a command of a document in dir, as a newcomer's shell would.
func shell(ctx context.Context, bin, dir, command string) (string, error) {
	cmd := exec.CommandContext(ctx, "sh", "-c", strings.ReplaceAll(command, invoked, bin))
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NO_COLOR=1", "SLACK_BOT_TOKEN=", "SLACK_APP_TOKEN=", "SLACK_SIGNING_SECRET=")
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// TestConsole runs the sessions of the README and compares what they print.
func TestConsole(t *testing.T) {
	bin, dir := built(t), t.TempDir()
	for name, src := range map[string]string{"config.example.yaml": string(parley.ExampleConfig), "parley.yaml": configuration(t)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ran := 0
	for _, b := range blocks(t, readme, "console") {
		command, at, want := "", "", ""
		end := func() {
			if command == "" {
				return
			}
			ran++
			if !strings.Contains(command, invoked) {
				t.Errorf("%s: %q does not start parley as the README does", at, command)
			}
			got, err := shell(t.Context(), bin, dir, command)
			if err != nil || strings.TrimSpace(got) != strings.TrimSpace(want) {
				t.Errorf("%s: %s printed\n%s\n(%v); the README says\n%s", at, command, got, err, want)
			}
		}
		for i, line := range b.lines {
			if c, ok := strings.CutPrefix(line, "$ "); ok {
				end()
				command, at, want = c, b.at(i), ""
				continue
			}
			want += line + "\n"
		}
		end()
	}
	if ran == 0 {
		t.Error("the README shows no session")
	}
}

// TestFirstCommand runs what the README says first, but for its page.
func TestFirstCommand(t *testing.T) {
	list := blocks(t, readme, "sh")
	if len(list) == 0 || len(list[0].lines) != 1 || list[0].lines[0] != invoked+" demo" {
		t.Fatal("the README does not begin with the demo")
	}
	out, err := shell(t.Context(), built(t), t.TempDir(), list[0].lines[0]+" --headless")
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(out, "#us-iran") || !strings.Contains(out, "(mediator)") {
		t.Errorf("the demo shows no alert in which a mediator speaks:\n%s", out)
	}
}

// TestCommandLine compares the table of commands with parley --help, and tries
// every option that the README shows.
func TestCommandLine(t *testing.T) {
	bin := built(t)
	help := func(command string) string {
		out, err := shell(t.Context(), bin, t.TempDir(), fmt.Sprintf("%s %s --help", invoked, command))
		if err != nil {
			t.Errorf("parley %s --help: %v", command, err)
		}
		return out
	}
	_, listed, _ := strings.Cut(help(""), "Commands:")
	var want []string
	for _, m := range regexp.MustCompile(`(?m)^  (\w+)`).FindAllStringSubmatch(listed, -1) {
		want = append(want, m[1])
	}
	want = slices.Compact(want) // one with several parts is listed once for each
	var got []string
	src, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(src), "## Command line\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for line := range strings.Lines(section) {
		cells := row(line)
		if len(cells) < 2 || !strings.HasPrefix(cells[0], "`parley ") {
			continue
		}
		command := strings.TrimPrefix(bare(cells[0]), "parley ")
		got = append(got, command)
		for _, option := range codes(cells[1]) {
			if strings.HasPrefix(option, "--") && !strings.Contains(help(command), option) {
				t.Errorf("parley %s has no %s", command, option)
			}
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the README lists\n%q\nparley --help lists\n%q", got, want)
	}
	manifest := help("manifest")
	for _, option := range []string{"--optional", "--url"} {
		if !strings.Contains(manifest, option) {
			t.Errorf("parley manifest has no %s", option)
		}
	}
}
