package docs

import (
	"bytes"
	"encoding/json"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"parley/bot"
	"parley/internal/news"
)

// Every command that /parley help lists has its heading and at least one picture
// in the tour.
func TestTourShowsEveryCommand(t *testing.T) {
	tour := read(t, "slack.md")
	help := (&bot.Commands{}).Do(t.Context(), bot.Request{Text: "help", At: time.Now()})
	var commands []string
	for _, m := range regexp.MustCompile("`/parley ([a-z]+)").FindAllStringSubmatch(sectionsOf(t, help.Blocks), -1) {
		if !slices.Contains(commands, m[1]) {
			commands = append(commands, m[1])
		}
	}
	if len(commands) < 20 {
		t.Fatalf("help lists %v", commands)
	}
	for _, c := range commands {
		_, after, found := strings.Cut(tour, "\n### `/parley "+c+"`\n")
		if !found {
			t.Errorf("slack.md has no heading for /parley %s", c)
			continue
		}
		part, _, _ := strings.Cut(after, "\n#")
		if !strings.Contains(part, "](pictures/") {
			t.Errorf("slack.md shows no picture of /parley %s", c)
		}
	}
}

func sectionsOf(t *testing.T, blocks []slack.Block) string {
	t.Helper()
	b, err := json.Marshal(blocks)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Every button and menu of an alert, of a status card and under the answers stands
// in the tour by its label.
func TestTourNamesEveryAction(t *testing.T) {
	tour := read(t, "slack.md")
	id := "us-iran"
	d := news.Tracked{ID: 12, First: time.Now(), Development: news.Development{Negotiation: &id, Kind: news.TalksScheduled, Headline: "H", Certainty: news.Confirmed}}
	alert := news.Alert{Rules: []news.Rule{{Name: "talks"}}, Item: news.Item{ID: "i", Link: "https://example.com/a"}, Development: &d}
	card, _ := bot.Card(alert, bot.Names{})
	status, _ := bot.StatusCard(news.Status{Negotiation: id, Standing: news.Standing{State: "scheduled", Since: d.First, By: &d, Last: &d}, At: time.Now()}, bot.Names{})
	labels := []string{"Share in channel", "Keep a status card here", "Picture for all", "Watch here", "Cancel", "More", "Earlier"}
	for _, b := range append(card, status...) {
		row, ok := b.(*slack.ActionBlock)
		if !ok {
			continue
		}
		for _, e := range row.Elements.ElementSet {
			switch e := e.(type) {
			case *slack.ButtonBlockElement:
				labels = append(labels, e.Text.Text)
			case *slack.SelectBlockElement:
				labels = append(labels, e.Placeholder.Text)
			default:
				t.Errorf("an element of another sort: %T", e)
			}
		}
	}
	if len(labels) < 14 {
		t.Fatalf("the cards have %v", labels)
	}
	for _, l := range labels {
		if !strings.Contains(tour, "**"+l+"**") {
			t.Errorf("slack.md does not tell of %q", l)
		}
	}
}

// Each picture that the tour and the README show is there, says in words what it
// shows, and none lies about unused; together they are no burden.
func TestPicturesAreShown(t *testing.T) {
	shown := map[string]bool{}
	for _, file := range []string{"slack.md", filepath.Join("..", "README.md")} {
		for _, m := range regexp.MustCompile(`!\[([^\]]*)\]\(([^)]+)\)`).FindAllStringSubmatch(read(t, file), -1) {
			path := filepath.Join(filepath.Dir(file), m[2])
			b, err := os.ReadFile(path)
			if err != nil {
				t.Errorf("%s shows %s, which is not there", file, m[2])
				continue
			}
			if _, err := png.Decode(bytes.NewReader(b)); err != nil || len(m[1]) < 20 {
				t.Errorf("%s: %s is no picture, or has no words: %q %v", file, m[2], m[1], err)
			}
			shown[filepath.Base(path)] = true
		}
	}
	files, err := os.ReadDir("pictures")
	if err != nil {
		t.Fatal(err)
	}
	all := int64(0)
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		all += info.Size()
		if !shown[f.Name()] {
			t.Errorf("pictures/%s is shown nowhere", f.Name())
		}
	}
	if all > 1_500_000 {
		t.Errorf("the pictures are %d bytes together", all)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
