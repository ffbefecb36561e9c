package config

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/news"
)

const opml = `<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="News"><outline text="Dawn &amp; Co" title="Dawn &#8212; World" type="rss" xmlUrl="https://dawn.example/feed?a=1&amp;b=2" language="en-us"/>
<outline text="L` + "\xe9" + `nine" XMLURL="http://www.lenine.example/rss"/></outline>
<outline xmlUrl="https://dawn.example/feed?a=1&amp;b=2" text="again"/>
<outline xmlUrl="https://other.example/x" text="Dawn &#x2014; World"/>
<outline xmlUrl="https://named.example/x" text="!?"/>
<outline xmlUrl="file:///etc/passwd" text="Bad"/>
<outline xmlUrl="https://me:word@dawn.example/" text="Signed in"/>
<outline xmlUrl="https://known.example/feed" text="Known"/>
<outline text="&unknown; &lt;b&gt;x: [y]" xmlUrl="https://odd.example/#{}"/>
</body></opml>`

func TestOPML(t *testing.T) {
	var passed []string
	feeds, err := ReadOPML(strings.NewReader(opml), []Feed{{Feed: news.Feed{Name: "named.example", URL: "https://known.example/feed"}}}, func(line int, why string) {
		passed = append(passed, fmt.Sprint(line, ": ", why))
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []news.Feed{
		{Name: "dawn-world", URL: "https://dawn.example/feed?a=1&b=2", Language: "en-US"},
		{Name: "lénine", URL: "http://www.lenine.example/rss"},
		{Name: "dawn-world-2", URL: "https://other.example/x"},
		{Name: "named.example-2", URL: "https://named.example/x"},
		{Name: "unknown-b-x-y", URL: "https://odd.example/#{}"},
	}
	if d := cmp.Diff(want, feeds); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if d := cmp.Diff([]string{`8: "file:///etc/passwd" is no address of a feed: it must begin with https:// or http://`, "9: an address must not hold a name or password"}, passed); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	// What is written is read again, as configuration and as OPML.
	var entries strings.Builder
	for _, f := range feeds {
		entries.WriteString(FeedEntry(f))
	}
	c, ps := Parse("out.yaml", []byte("feeds:\n"+entries.String()))
	if len(ps) > 0 {
		t.Fatalf("%v\n%s", ps, &entries)
	}
	var out bytes.Buffer
	if err := WriteOPML(&out, c.Feeds); err != nil {
		t.Fatal(err)
	}
	again, err := ReadOPML(&out, nil, func(_ int, why string) { t.Error(why) })
	if d := cmp.Diff(want, again); d != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, d)
	}
}

func TestOPMLFaults(t *testing.T) {
	for src, want := range map[string]string{
		"":                             "not an OPML file",
		"<rss><channel/></rss>":        "not an OPML file",
		`{"feeds":[]}`:                 "not an OPML file",
		"<opml>\n<outline xmlUrl=\"x":  "line 2 is no XML",
		strings.Repeat(" ", maxOPML+9): "more than 10 MB",
	} {
		if _, err := ReadOPML(strings.NewReader(src), nil, func(int, string) {}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: %v, want %q", src, err, want)
		}
	}
	bomb := `<!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><opml>` + strings.Repeat("<outline>", 200_000) + `<outline text="&b;&b;" xmlUrl="https://o.example/"/>`
	feeds, err := ReadOPML(strings.NewReader(bomb), nil, func(int, string) {})
	if err != nil || len(feeds) != 1 || len(feeds[0].Name) > 10 {
		t.Errorf("%+v, %v", feeds, err)
	}
}

// Whatever an OPML file holds, what comes of it is configuration that passes.
func FuzzOPML(f *testing.F) {
	f.Add(opml)
	f.Add(`<opml><outline text="]]>&#0;" xmlUrl="https://a.example/` + "`" + `"/><outline title="a" xmlUrl="http://[::1]:x/"/>`)
	f.Fuzz(func(t *testing.T, src string) {
		feeds, _ := ReadOPML(strings.NewReader(src), []Feed{{Feed: news.Feed{Name: "a", URL: "https://a.example/"}}}, func(line int, why string) {
			if line < 1 || why == "" {
				t.Errorf("line %d: %q", line, why)
			}
		})
		entries := "feeds:\n  - {name: a, url: https://a.example/}\n"
		for _, f := range feeds {
			entries += FeedEntry(f)
		}
		c, ps := Parse("out.yaml", []byte(entries))
		if len(ps) > 0 || len(c.Feeds) != len(feeds)+1 {
			t.Fatalf("%v\n%s", ps, entries)
		}
		for i, f := range feeds {
			if c.Feeds[i+1].URL != f.URL || c.Feeds[i+1].Name != f.Name {
				t.Errorf("%+v became %+v", f, c.Feeds[i+1].Feed)
			}
		}
	})
}
