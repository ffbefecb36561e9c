package app_test

import (
	"strings"
	"testing"

	"parley/internal/app"
)

// Lines of items are used or reported, each once and in their order, whatever
// stands in them.
func FuzzItems(f *testing.F) {
	k, problems := app.Configure("parley.yaml", []byte("feeds: [{name: observer, url: \"https://o.example/feed\", zone: Asia/Muscat}]"))
	if k == nil {
		f.Fatal(problems)
	}
	f.Add(`{"id":"a","title":"A","feed":"observer","published":"2026-11-20T22:30:00Z","zone":"Asia/Tokyo","language":"ja","link":"https://o.example/1"}` + "\n\n" + `{"id":"b","text":"<p>B"}`)
	f.Add("\ufeff{\"id\":1}\n{\"id\":\"a\"}\n[]\nnull\n{\"id\":\"a\",\"title\":\"x\",\"published\":\"9999999-01-01\"}\r\n{\"id\":\"\\u0000\",\"title\":\"\\ud800\"}")
	f.Add(`{"id":"a","title":"x","published":"0000-01-01T00:00:00+23:59","zone":"../../etc/passwd"}`)
	f.Fuzz(func(t *testing.T, lines string) {
		written := 0
		for line := range strings.SplitSeq(lines, "\n") {
			if strings.TrimSpace(line) != "" {
				written++
			}
		}
		last, told := 0, 0
		err := k.Items(strings.NewReader(lines), func(line int, err error) {
			if err == nil || line <= last || strings.Count(lines, "\n")+1 < line {
				t.Errorf("line %d after %d: %v", line, last, err)
			}
			last = line
			told++
		}, func(it app.Item) error {
			if it.ID == "" || it.Title == "" && it.Text == "" {
				t.Errorf("%+v", it)
			}
			_ = k.Engine.Read(it)
			told++
			return nil
		})
		if err != nil || told > written {
			t.Errorf("%v: %d of %d lines were told of", err, told, written)
		}
	})
}
