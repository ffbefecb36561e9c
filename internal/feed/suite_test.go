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
// how many gofeed reads alone. The suite is not part of this repository: set
// FEEDPARSER_SUITE to its folder to run the test.
func TestFeedparserSuite(t *testing.T) {
	root := os.Getenv("FEEDPARSER_SUITE")
	if root == "" {
		t.Skip("FEEDPARSER_SUITE names no folder")
	}
	var files, ours, alone, items, itemsAlone int
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
		if err == nil {
			ours++
			items += len(p.Items)
		}
		g, gerr := gofeed.NewParser().Parse(bytes.NewReader(body))
		if gerr == nil {
			alone++
			itemsAlone += len(g.Items)
		}
		rel, _ := filepath.Rel(root, path)
		switch {
		case err != nil:
			t.Logf("%s: %v (gofeed: %v)", rel, err, gerr)
		case gerr == nil && len(p.Items) < len(g.Items):
			t.Logf("%s: %d items, gofeed %d; %q", rel, len(p.Items), len(g.Items), p.Notes)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("of %d files %d were read, with %d items; gofeed alone: %d, %d", files, ours, items, alone, itemsAlone)
	if ours < alone || files-ours > 18 {
		t.Errorf("%d of %d files were not read; gofeed alone reads %d", files-ours, files, alone)
	}
}
