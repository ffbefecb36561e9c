package feed_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"parley/internal/feed"
	"parley/internal/news"
)

// TestFeedparserSuite counts how many documents of the feedparser project's
// test suite (github.com/kurtmckee/feedparser, folder tests) can be read, and
// how many gofeed reads alone. The suite is not part of this repository: `make
// feedparser` obtains it and runs the test, which FEEDPARSER_SUITE leads to it.
func TestFeedparserSuite(t *testing.T) {
	root := os.Getenv("FEEDPARSER_SUITE")
	if root == "" {
		t.Skip("FEEDPARSER_SUITE names no folder; make feedparser does")
	}
	var files, ours, alone int
	lost := map[string]int{} // items that gofeed alone has and that are left out here, by the reason told
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".xml") && !strings.HasSuffix(path, ".json") {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		f := news.Feed{Name: "suite", URL: "http://127.0.0.1:8097/"}
		p, err := feed.Parse(f, body, "application/xml", time.Now())
		g, gerr := gofeed.NewParser().Parse(bytes.NewReader(body))
		if gerr == nil {
			alone++
		}
		rel, _ := filepath.Rel(root, path)
		if err != nil {
			t.Logf("not read: %s: %v (gofeed: %v)", rel, err, gerr)
			return nil
		}
		ours++
		if gerr == nil && len(p.Items) < len(g.Items) {
			lost[strings.Join(p.Notes, "; ")] += len(g.Items) - len(p.Items)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("of %d files %d are read; by gofeed alone %d", files, ours, alone)
	for why, n := range lost {
		t.Logf("%d items fewer than gofeed has, as told: %s", n, why)
		if why == "" {
			t.Errorf("%d items are lost without a word", n)
		}
	}
	const size, target = 2107, 2089
	if files != size {
		t.Fatalf("the folder holds %d files, not the suite's %d", files, size)
	}
	if ours < target {
		t.Errorf("%d files are read, fewer than %d", ours, target)
	}
}
