package app

import (
	"bytes"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// chromium finds a real browser. Where there is none the test is skipped; CI
// installs one.
func chromium(t *testing.T) string {
	t.Helper()
	if underRace {
		t.Skip("the page is looked at in the run without the race detector")
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Skip("no chromium on this machine: the page is not looked at")
	return ""
}

// browse runs the browser headless on an address and returns what it prints.
func browse(t *testing.T, browser, url string, args ...string) []byte {
	t.Helper()
	args = append([]string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--hide-scrollbars", "--virtual-time-budget=4000", "--user-data-dir=" + t.TempDir(),
	}, append(args, url)...)
	cmd := exec.CommandContext(t.Context(), browser, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the browser failed: %v\n%s", err, stderr.String())
	}
	return out
}

// TestDemoPage replays the demo and looks at its page in a real browser: the
// cards are there to read, and a picture is taken.
func TestDemoPage(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	browser := chromium(t)
	url, end := startDemo(t, nil)

	page := string(browse(t, browser, url+"/?channel=us-iran&still", "--dump-dom"))
	for _, want := range []string{"US–Iran", "mediator", "24 Nov", "or Mon 23", "#us-iran"} {
		if !strings.Contains(page, strings.TrimPrefix(want, "#")) {
			t.Errorf("the page does not show %q", want)
		}
	}
	for _, bad := range []string{"<script>alert", "undefined", "[object Object]"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page shows %q", bad)
		}
	}
	for name, query := range map[string]string{
		"us-iran": "?channel=us-iran&still&theme=light", "us-iran-dark": "?channel=us-iran&still&theme=dark",
		"africa": "?channel=africa&still", "negotiations": "?channel=negotiations&still", "desk": "?channel=desk&still",
	} {
		file := filepath.Join(t.ArtifactDir(), name+".png")
		browse(t, browser, url+"/"+query, "--window-size=1280,900", "--screenshot="+file)
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(f)
		f.Close()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		colours := map[uint64]bool{}
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 7 {
			for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 7 {
				r, g, b, _ := img.At(x, y).RGBA()
				colours[uint64(r)<<32|uint64(g)<<16|uint64(b)] = true
			}
		}
		if len(colours) < 20 {
			t.Errorf("the picture of %s is all but empty: %d colours", name, len(colours))
		}
	}
	end()
}

// pictures is where pictures of a test are kept.
func pictures(t *testing.T) string {
	if dir := os.Getenv("PARLEY_PICTURES"); dir != "" {
		return dir
	}
	return t.ArtifactDir()
}
