package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/internal/app"
)

// A configuration that has faults changes nothing when it is reloaded.
func TestFaultyReloadChangesNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "parley.yaml")
	write := func(src string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(src), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var told bytes.Buffer
	s := &streams{out: &told, err: &told, getenv: func(string) string { return "" }, log: slog.New(slog.NewTextHandler(&told, nil))}
	c := runCmd{configured{Config: file}}
	write("database: \":memory:\"\nfeeds: [{name: dawn, url: \"https://dawn.example/feed\"}]")
	k, err := c.load(s, true)
	if err != nil {
		t.Fatal(err)
	}
	a, err := app.New(t.Context(), k, s.options())
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	feeds := func() (names []string) {
		t.Helper()
		list, err := a.Store().Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range list {
			names = append(names, f.Name)
		}
		return names
	}

	write("feeds: [{name: dusk, url: nowhere}]")
	c.reload(t.Context(), s, a)
	for _, want := range []string{file + `:1:27: "nowhere" is no address`, "the old one stays in force"} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("%q is not told:\n%s", want, &told)
		}
	}
	if got := feeds(); len(got) != 1 || got[0] != "dawn" {
		t.Errorf("the feeds are now %v", got)
	}

	write("database: \":memory:\"\nfeeds: [{name: dusk, url: \"https://dusk.example/feed\"}]")
	c.reload(t.Context(), s, a)
	if got := feeds(); len(got) != 1 || got[0] != "dusk" {
		t.Errorf("a good configuration was not taken over: %v", got)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	c.reload(t.Context(), s, a)
	if got := feeds(); len(got) != 1 {
		t.Errorf("without its file the feeds are %v", got)
	}
}

// Colours are for a terminal, and for who has not refused them.
func TestColour(t *testing.T) {
	none := func(string) string { return "" }
	if colour(&bytes.Buffer{}, none) {
		t.Error("a buffer is no terminal")
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = null.Close() }()
	if colour(null, none) {
		t.Error("/dev/null is no terminal")
	}
	if colour(null, func(k string) string { return map[string]string{"NO_COLOR": "1"}[k] }) {
		t.Error("NO_COLOR was not heeded")
	}
}
