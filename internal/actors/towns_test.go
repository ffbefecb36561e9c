package actors

import (
	"slices"
	"strings"
	"testing"

	"parley/internal/text"
)

func TestTowns(t *testing.T) {
	x := index(t)
	for _, c := range []struct {
		text, title string // of the likeliest bearer
		words       int
	}{
		{"Nizwa", "Nizwa, Oman", 1},
		{"Raqqa", "Raqqa, Syria", 1},
		{"Rakka", "Raqqa, Syria", 1},
		{"Al-Hudaydah", "Hodeidah, Yemen", 2}, // as cities.tsv shows it
		{"Cuernavaca in June", "Cuernavaca, Mexico", 1},
		{"Port-Gentil on Monday", "Port-Gentil, Gabon", 2},
		{"Santa Cruz de Tenerife", "Santa Cruz de Tenerife, Spain", 4},
		{"صلالة", "Salalah, Oman", 1},
		{"الرقة", "Raqqa, Syria", 1},
		{"قونیه", "Konya, Turkey", 1},
		{"Казань", "Kazan, Russia", 1},
		{"Port, Gentil", "", 0}, // a comma parts names
		{"Nowhereville", "", 0},
	} {
		got, to := x.Towns(text.New(c.text), 0)
		title := ""
		if len(got) > 0 {
			title = got[0].Title
		}
		if title != c.title || to != c.words {
			t.Errorf("%s: %q, %d words, want %q, %d", c.text, title, to, c.title, c.words)
		}
	}
}

func TestTownsOfOneName(t *testing.T) {
	got, _ := index(t).Towns(text.New("Valencia"), 0)
	var states []string
	for _, town := range got {
		states = append(states, town.State)
		if !town.Own {
			t.Errorf("%s is its own name", town.Title)
		}
	}
	for _, want := range []string{"venezuela", "spain"} {
		if !slices.Contains(states, want) {
			t.Errorf("no Valencia in %s among %v", want, states)
		}
	}
}

// The gazetteer is searched as it stands: a line out of order, or folded in
// another way than texts are, would never be found.
func TestGazetteerIsSound(t *testing.T) {
	x := index(t)
	last, n := "", 0
	var tokens text.Text
	for line := range strings.Lines(towns) {
		if line[0] == '#' {
			if n > 0 {
				t.Fatalf("a comment behind line %d", n)
			}
			continue
		}
		n++
		key, row, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		if !ok || key <= last {
			t.Fatalf("%q stands behind %q", key, last)
		}
		last = key
		tokens.Reset(key)
		if got, to := x.Towns(&tokens, 0); to != len(tokens.Tokens) || len(got) != 1+strings.Count(row, "|") {
			t.Fatalf("%q is not found as it stands: run go generate ./internal/actors", key)
		}
	}
	if n < 20_000 {
		t.Fatalf("%d names only", n)
	}
	if !strings.HasSuffix(towns, "\n") {
		t.Error("the last line has no end")
	}
}

// A venue is shown in one way, whichever list knows its town.
func TestTownsAreShownAsCities(t *testing.T) {
	x := index(t)
	for _, v := range x.lex.venues[1:] {
		_, country, _ := strings.Cut(v.Title, ", ")
		if title, ok := x.TownIn("X", v.State); !ok || title != "X, "+country {
			t.Errorf("%s: a town there is shown as %q", v.Title, title)
		}
	}
}
