package bot_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Every message, modal and Home of the golden files fits the types that Slack itself
// publishes for TypeScript; and what does not fit is noticed. Lengths and counts are
// no part of types: limits_test.go has them.
func TestSlacksTypes(t *testing.T) {
	t.Parallel()
	dir := filepath.Join("testdata", "schema")
	node, err := exec.LookPath("node")
	if _, missing := os.Stat(filepath.Join(dir, "node_modules")); err != nil || missing != nil {
		t.Skip("Slack's types are not installed: with Node 20 or newer run npm ci in bot/testdata/schema")
	}
	files, err := filepath.Glob(filepath.Join("testdata", "*.json"))
	if err != nil || len(files) < 40 {
		t.Fatalf("%d golden files, %v", len(files), err)
	}
	broken := map[string]string{} // what must be said of a file
	breakOne := func(name, of, before, after, complaint string) {
		t.Helper()
		good, err := os.ReadFile(filepath.Join("testdata", of+".json"))
		if err != nil {
			t.Fatal(err)
		}
		bad := strings.Replace(string(good), before, after, 1)
		if bad == string(good) || !json.Valid([]byte(bad)) {
			t.Fatalf("%s: %s was not broken by putting %s for %s", name, of, after, before)
		}
		file := filepath.Join(t.TempDir(), name+".json")
		if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		broken[file] = complaint
		files = append(files, file)
	}
	breakOne("unknown block", "card-update", `"type": "header"`, `"type": "heading"`, `no block of type "heading"`)
	breakOne("unknown property", "card-update", `"type": "header",`, `"type": "header", "colour": "red",`, "colour")
	breakOne("wrong kind of text", "card-update", `"type": "plain_text"`, `"type": "mrkdwn"`, "/text/type")
	breakOne("unknown element", "card-mediator-date", `"type": "button"`, `"type": "knob"`, "/elements/0/type")
	breakOne("no text", "digest", `"text":`, `"words":`, "text")
	breakOne("number for text", "form-rule", `"emoji": false`, `"emoji": 1`, "boolean")
	breakOne("modal without title", "form-rule", `"title":`, `"heading":`, "title")
	breakOne("input without label", "form-subscribe", `"label":`, `"name":`, "label")
	breakOne("unknown property in a Home", "home", `"type": "button",`, `"type": "button", "loud": true,`, "loud")
	breakOne("Home that is a modal", "home", `"type": "home"`, `"type": "modal"`, "title")

	cmd := exec.CommandContext(t.Context(), node, append([]string{filepath.Join(dir, "check.js")}, files...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	seen := 0
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); seen++ {
		var r struct {
			File   string
			Faults []string
		}
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		complaint, bad := broken[r.File]
		switch all := strings.Join(r.Faults, "\n"); {
		case bad && !strings.Contains(all, complaint):
			t.Errorf("%s: it should be said that there is something with %q, but was: %q", filepath.Base(r.File), complaint, all)
		case !bad && all != "":
			t.Errorf("%s does not fit Slack's types:\n%s", r.File, all)
		}
	}
	if seen != len(files) {
		t.Errorf("%d of %d files were looked at", seen, len(files))
	}
}
