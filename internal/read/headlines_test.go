package read_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"parley"
	"parley/internal/app"
	"parley/internal/news"
)

// TestHeadlines reads testdata/headlines.txt; its head says what a line means.
func TestHeadlines(t *testing.T) { readLines(t, "headlines.txt", 100) }

// TestSilence reads testdata/silence.txt: what sounds like news beside what is.
func TestSilence(t *testing.T) { readLines(t, "silence.txt", 350) }

// readLines reads the items of a file of testdata, of which there must be as many.
func readLines(t *testing.T, name string, least int) {
	k, problems := app.Configure("config.example.yaml", parley.ExampleConfig)
	if k == nil {
		t.Fatal(problems)
	}
	file, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	published := time.Date(2026, 11, 19, 14, 0, 0, 0, time.UTC)
	n := 0
	for i, line := range strings.Split(string(file), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		want, item, _ := strings.Cut(line, " | ")
		title, text, _ := strings.Cut(item, " | ")
		r := k.Engine.Read(news.Item{ID: fmt.Sprint(i), Title: title, Text: text, Published: published}).Reading
		got := understood(r.Developments)
		n++
		if want == "-" {
			if got != "" {
				t.Errorf("%s:%d: %s\n got %s\nwant silence", name, i+1, title, got)
			}
			continue
		}
		for _, word := range strings.Fields(want) {
			if !strings.Contains(got, " "+word+" ") {
				t.Errorf("%s:%d: %s\n got %s\nwant %s", name, i+1, title, got, want)
				break
			}
		}
	}
	if n < least {
		t.Errorf("%d items of %s were read", n, name)
	}
}

// understood writes developments as the lines of headlines.txt do.
func understood(list []news.Development) string {
	var b strings.Builder
	for _, d := range list {
		fmt.Fprintf(&b, " %s ", d.Kind)
		if d.Negotiation != nil {
			fmt.Fprintf(&b, " %s ", *d.Negotiation)
		}
		if d.Speaker != nil && d.Speaker.Affiliation != nil {
			fmt.Fprintf(&b, " %s ", *d.Speaker.Affiliation)
		}
		if d.Speaker != nil {
			fmt.Fprintf(&b, " %s ", d.Speaker.Role)
		}
		for _, x := range d.Dates {
			fmt.Fprintf(&b, " %s ", x.Start[5:])
		}
	}
	return b.String()
}
