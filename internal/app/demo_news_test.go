package app

import (
	"path/filepath"
	"testing"

	"parley/internal/demo"
	"parley/internal/news"
)

// The demo is what newcomers see first: none of its near misses may become a
// development, and all of its news must.
func TestDemoNewsIsReadAsItsEditorMeantIt(t *testing.T) {
	stage, err := demo.Load()
	if err != nil {
		t.Fatal(err)
	}
	k, err := demoKnowledge(stage, "http://feeds.example", filepath.Join(t.TempDir(), "demo.db"))
	if err != nil {
		t.Fatal(err)
	}
	outlets := map[string]demo.Outlet{}
	for _, o := range stage.Outlets() {
		outlets[o.Name] = o
	}
	for _, i := range stage.Items() {
		o := outlets[i.Outlet]
		r := k.Engine.Read(news.Item{
			ID: i.Name(), Feed: i.Outlet, Tier: news.Tier(o.Tier), Language: o.Language,
			Title: i.Title, Text: i.Text, Published: i.Published,
		}).Reading
		switch {
		case i.Silent && len(r.Developments) > 0:
			t.Errorf("%s, %q: reported %s (%q), and nothing happened", i.Name(), i.Title, r.Developments[0].Kind, r.Developments[0].Evidence.Quote)
		case !i.Silent && len(r.Developments) == 0:
			t.Errorf("%s, %q: silent, and something happened", i.Name(), i.Title)
		}
	}
}
