package demo

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"
)

func stage(t *testing.T) *Stage {
	t.Helper()
	s, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The demo is worth its time only if it shows many outlets of every sort.
func TestTheStageIsSetWithEverySort(t *testing.T) {
	s := stage(t)
	seen := map[string]int{}
	for _, o := range s.outlets {
		seen["tier "+o.Tier]++
		seen["language "+o.Language]++
		seen["format "+string(o.format)]++
		seen["zone "+o.Zone]++
	}
	for _, want := range []string{
		"tier official", "tier wire", "tier press", "tier aggregator",
		"language en", "language fr", "language fa", "language ar",
		"format rss", "format atom", "format json",
	} {
		if seen[want] == 0 {
			t.Errorf("no outlet with %s", want)
		}
	}
	silent := 0
	for _, i := range s.Items() {
		if i.Silent {
			silent++
		}
	}
	if n := len(s.Items()); n < 80 || silent < 25 {
		t.Errorf("%d items, %d of them hard negatives; want at least 80 and 25", n, silent)
	}
}

func TestOrder(t *testing.T) {
	s := stage(t)
	if !slices.IsSortedFunc(s.Outlets(), func(a, b Outlet) int { return strings.Compare(a.Name, b.Name) }) {
		t.Error("outlets are not in order of name")
	}
	if !slices.IsSortedFunc(s.Items(), func(a, b Item) int { return a.Published.Compare(b.Published) }) {
		t.Error("items are not in order of publication")
	}
	names := map[string]bool{}
	guids := map[string]bool{}
	for _, i := range s.Items() {
		if names[i.Name()] || guids[i.GUID] {
			t.Errorf("%s: its name or its guid %s stands twice", i.Name(), i.GUID)
		}
		names[i.Name()], guids[i.GUID] = true, true
	}
	beats := s.Beats()
	for k, b := range beats {
		if k > 0 && !b.After(beats[k-1]) {
			t.Errorf("beat %v does not come after %v", b, beats[k-1])
		}
		if !slices.ContainsFunc(s.Items(), func(i Item) bool { return i.Published.Equal(b) }) {
			t.Errorf("nothing is published at beat %v", b)
		}
	}
	for _, i := range s.Items() {
		if !slices.ContainsFunc(beats, i.Published.Equal) {
			t.Errorf("no beat for %s", i.Name())
		}
	}
}

func TestFeedsAreAConfiguration(t *testing.T) {
	s := stage(t)
	var c struct {
		Feeds []struct {
			Name, URL, Every, Zone, Tier, Language string
		}
	}
	if err := yaml.UnmarshalWithOptions(s.Feeds("http://127.0.0.1:9/"), &c, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	if len(c.Feeds) != len(s.Outlets()) {
		t.Fatalf("%d feeds for %d outlets", len(c.Feeds), len(s.Outlets()))
	}
	for k, o := range s.Outlets() {
		f := c.Feeds[k]
		got := Outlet{Name: f.Name, Title: o.Title, Zone: f.Zone, Tier: f.Tier, Language: f.Language, Path: o.Path}
		if got != o || f.Every != "1m" || f.URL != "http://127.0.0.1:9"+o.Path {
			t.Errorf("outlet %+v became %+v", o, f)
		}
	}
}

func TestRefusals(t *testing.T) {
	const about = "Title: T\nSite: https://t.example\nZone: Asia/Karachi\nTier: press\nLanguage: en\nFormat: rss\n"
	for name, c := range map[string]struct{ src, want string }{
		"no description":     {"-- 2026-11-02T09:30 --\nTitle: x\n", "feeds/t.txtar: the outlet's description has no Title: line"},
		"unknown key":        {"Titel: T\n", `"Titel: T" is no line of a description: use Title, Site`},
		"twice":              {about + "Title: U\n", "two Title: lines"},
		"prose":              {about + "\nHello.\n", "unexpected text after the outlet's description"},
		"unknown zone":       {strings.Replace(about, "Karachi", "Karatchi", 1), `unknown zone "Asia/Karatchi"`},
		"unknown tier":       {strings.Replace(about, "press", "blog", 1), `unknown tier "blog"`},
		"unknown format":     {strings.Replace(about, "rss", "rdf", 1), `unknown format "rdf"`},
		"no items":           {about, "the outlet has no items"},
		"no time":            {about + "-- monday --\nTitle: x\n", "item monday: is not named by a time"},
		"no such day":        {about + "-- 2026-11-31T09:30 --\nTitle: x\n", "is not named by a time"},
		"no title":           {about + "-- 2026-11-02T09:30 --\nSilent: yes\n", "has no Title: line"},
		"silent no":          {about + "-- 2026-11-02T09:30 --\nTitle: x\nSilent: no\n", "write yes, or leave the line out"},
		"bad link":           {about + "-- 2026-11-02T09:30 --\nTitle: x\nLink: here\n", "has no usable link"},
		"text in the header": {about + "-- 2026-11-02T09:30 --\nTitle: x\nISLAMABAD: y\n", `"ISLAMABAD: y" is no line`},
		"before the story":   {about + "-- 2026-11-02T04:59 --\nTitle: x\n", "outside the story"},
		"after the story":    {about + "-- 2026-11-20T22:01 --\nTitle: x\n", "outside the story"},
		"out of order":       {about + "-- 2026-11-03T09:30 --\nTitle: x\n-- 2026-11-02T09:30 --\nTitle: y\n", "out of order"},
		"same minute":        {about + "-- 2026-11-03T09:30 --\nTitle: x\n-- 2026-11-03T09:30 --\nTitle: y\n", "out of order"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := load(fstest.MapFS{"feeds/t.txtar": {Data: []byte(c.src)}})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
	if _, err := load(fstest.MapFS{}); err == nil {
		t.Error("an empty stage was loaded")
	}
}
