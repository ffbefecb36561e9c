package feed_test

import (
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"parley/internal/feed"
	"parley/internal/news"
)

var update = flag.Bool("update", false, "write what Parse returns into testdata")

// A parseCase is a txtar file: its comment holds settings, one "name: value" a
// line, its files are document and want.
type parseCase struct {
	settings map[string]string
	archive  *txtar.Archive
}

func loadCase(t testing.TB, path string) parseCase {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	c := parseCase{map[string]string{"zone": "UTC", "fetched": "2026-11-21T12:00:00Z"}, a}
	for line := range strings.Lines(string(a.Comment)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ": "); ok && !strings.HasPrefix(line, "#") {
			c.settings[name] = value
		}
	}
	return c
}

func (c parseCase) file(name string) string {
	for _, f := range c.archive.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// document returns the bytes that the settings make of the readable document.
func (c parseCase) document(t testing.TB) []byte {
	t.Helper()
	doc := c.file("document")
	if cut := c.settings["cut after"]; cut != "" {
		i := strings.LastIndex(doc, cut)
		if i < 0 {
			t.Fatalf("no %q to cut after", cut)
		}
		doc = doc[:i+len(cut)]
	}
	for _, control := range []string{"\\x00", "\\x0b", "\\x1b"} {
		b := map[string]string{"\\x00": "\x00", "\\x0b": "\x0b", "\\x1b": "\x1b"}[control]
		doc = strings.ReplaceAll(doc, control, b)
	}
	encodings := map[string]encoding.Encoding{
		"latin1":      charmap.Windows1252,
		"utf-16le":    unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM),
		"utf-16be":    unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
		"utf-32le":    utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM),
		"utf-16 bom":  unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
		"iso-2022-jp": japanese.ISO2022JP,
		"windows1251": charmap.Windows1251,
	}
	switch name := c.settings["encode"]; name {
	case "":
		return []byte(doc)
	case "utf-8 bom":
		return []byte("\ufeff" + doc)
	default:
		e := encodings[name]
		if e == nil {
			t.Fatalf("encode: %q is not known", name)
		}
		b, err := e.NewEncoder().Bytes([]byte(doc))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
}

func (c parseCase) feed(t testing.TB) (news.Feed, time.Time) {
	t.Helper()
	zone, err := time.LoadLocation(c.settings["zone"])
	if err != nil {
		t.Fatal(err)
	}
	fetched, err := time.Parse(time.RFC3339, c.settings["fetched"])
	if err != nil {
		t.Fatal(err)
	}
	return news.Feed{
		Name: "dawn", URL: "https://dawn.example/feeds/world", Tier: news.Press,
		Zone: zone, Language: c.settings["language"],
	}, fetched
}

// render writes a result for people to read and compare.
func render(p feed.Parsed, err error) string {
	var b strings.Builder
	if err != nil {
		var e *feed.Error
		if !errors.As(err, &e) {
			return fmt.Sprintf("an error of type %T: %v\n", err, err)
		}
		fmt.Fprintf(&b, "%s: %s\n", e.Kind, e.Sentence)
		for _, l := range e.Links {
			fmt.Fprintf(&b, "link: %s\n", l)
		}
		return b.String()
	}
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%s: %s\n", name, value)
		}
	}
	line("feed", p.Title)
	line("language", p.Language)
	if p.Hints.TTL > 0 {
		line("ttl", p.Hints.TTL.String())
	}
	if p.Hints.SkipHours != nil || p.Hints.SkipDays != nil {
		line("skip", fmt.Sprint(p.Hints.SkipHours, p.Hints.SkipDays))
	}
	for _, n := range p.Notes {
		line("note", n)
	}
	for _, it := range p.Items {
		b.WriteString("\n")
		line("title", it.Title)
		line("link", it.Link)
		if !it.Published.IsZero() {
			line("published", it.Published.Format("Mon 2006-01-02 15:04:05 -0700"))
		}
		line("language", it.Language)
		line("text", strings.ReplaceAll(it.Text, "\n", "\\n"))
	}
	return b.String()
}

func TestParse(t *testing.T) {
	paths, err := filepath.Glob("testdata/parse/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			c := loadCase(t, path)
			f, fetched := c.feed(t)
			doc := c.document(t)
			p, err := feed.Parse(f, doc, c.settings["type"], fetched)
			got := render(p, err)
			if *update {
				for i := range c.archive.Files {
					if c.archive.Files[i].Name == "want" {
						c.archive.Files[i].Data = []byte(got)
					}
				}
				if err := os.WriteFile(path, txtar.Format(c.archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(c.file("want"), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			checkItems(t, f, p, fetched)
		})
	}
}

// checkItems checks what is true of the items of every document.
func checkItems(t testing.TB, f news.Feed, p feed.Parsed, fetched time.Time) {
	t.Helper()
	ids := map[string]bool{}
	for _, it := range p.Items {
		if ids[it.ID] {
			t.Errorf("two items have the ID %s", it.ID)
		}
		ids[it.ID] = true
		if !strings.HasPrefix(it.ID, f.Name+"/") || it.Feed != f.Name || it.Tier != f.Tier {
			t.Errorf("%q does not belong to its feed: %q, %q, %q", it.Title, it.ID, it.Feed, it.Tier)
		}
		if !it.Fetched.Equal(fetched) || it.Fetched.Location() != time.UTC {
			t.Errorf("%q was fetched %v, want %v", it.Title, it.Fetched, fetched)
		}
		if it.Published.Sub(fetched) > 24*time.Hour {
			t.Errorf("%q is published %v, after tomorrow", it.Title, it.Published)
		}
		if !it.Published.IsZero() && f.Zone != nil && it.Published.Location() != f.Zone {
			t.Errorf("%q is published in %v, want the outlet's zone", it.Title, it.Published.Location())
		}
		if it.Title == "" && it.Text == "" {
			t.Error("an item has nothing to read")
		}
		if len(it.Text) > 256<<10 || len(it.Title) > 1<<10 {
			t.Errorf("an item is too long: %d and %d bytes", len(it.Title), len(it.Text))
		}
		for _, s := range []string{it.Title, it.Text, it.Link} {
			if s != strings.TrimSpace(s) || strings.ContainsAny(s, "\x00\x1b\x07") || !strings.EqualFold(s, strings.ToValidUTF8(s, "")) {
				t.Errorf("not clean: %q", s)
			}
		}
		if it.Link != "" && !strings.HasPrefix(it.Link, "http://") && !strings.HasPrefix(it.Link, "https://") {
			t.Errorf("no web address: %q", it.Link)
		}
	}
}

// An item keeps its ID from one fetch to the next, whatever else changes; and
// different items never share one.
func TestIdentity(t *testing.T) {
	const day = "<pubDate>Fri, 20 Nov 2026 09:00:00 +0500</pubDate>"
	tests := []struct {
		name, a, b string
		same       bool
	}{
		{"guid decides over a new title", "<guid>7</guid><title>A</title>", "<guid>7</guid><title>A, corrected</title>", true},
		{"guid decides over a new link", "<guid>7</guid><title>A</title><link>/a</link>", "<guid>7</guid><title>A</title><link>/b</link>", true},
		{"other guid", "<guid>7</guid><title>A</title>", "<guid>8</guid><title>A</title>", false},
		{"guid moves to https", "<guid>http://x.example/1</guid><title>A</title>", "<guid>https://x.example/1</guid><title>A</title>", true},
		{"link with tracking", "<link>https://x.example/1?id=3&amp;utm_source=rss</link><title>A</title>", "<link>https://x.example/1?id=3</link><title>B</title>", true},
		{"link with fragment", "<link>https://x.example/1#top</link><title>A</title>", "<link>https://x.example/1</link><title>A</title>", true},
		{"mobile link", "<link>https://m.x.example/1</link><title>A</title>", "<link>https://www.x.example/1/</link><title>A</title>", true},
		{"order of parameters", "<link>https://x.example/?b=1&amp;a=2</link><title>A</title>", "<link>http://x.example?a=2&amp;b=1</link><title>A</title>", true},
		{"parameter that matters", "<link>https://x.example/?id=1</link><title>A</title>", "<link>https://x.example/?id=2</link><title>A</title>", false},
		{"title and day", "<title>A  B</title>" + day, "<title>A B</title><pubDate>Fri, 20 Nov 2026 11:00:00 +0500</pubDate>", true},
		{"same title on another day", "<title>Briefing</title>" + day, "<title>Briefing</title><pubDate>Sat, 21 Nov 2026 09:00:00 +0500</pubDate>", false},
		{"title, never dated", "<title>A</title>", "<title>A</title>", true},
		{"title, dated far ahead", "<title>A</title><pubDate>Fri, 20 Nov 2099 09:00:00 +0500</pubDate>", "<title>A</title><pubDate>Fri, 20 Nov 2099 09:00:00 +0500</pubDate>", true},
	}
	f := news.Feed{Name: "x", URL: "https://x.example/feed"}
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	id := func(t *testing.T, item string, at time.Time) string {
		t.Helper()
		p, err := feed.Parse(f, []byte("<rss><channel><item>"+item+"</item></channel></rss>"), "", at)
		if err != nil || len(p.Items) != 1 {
			t.Fatal(p, err)
		}
		return p.Items[0].ID
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, b := id(t, tt.a, at), id(t, tt.b, at.Add(30*time.Hour))
			if (a == b) != tt.same {
				t.Errorf("%s and %s: same is %v, want %v", a, b, a == b, tt.same)
			}
		})
	}
}

// One item of two feeds is two items: each feed is a source of its own.
func TestIdentityOfFeeds(t *testing.T) {
	doc := []byte("<rss><channel><item><guid>1</guid><title>A</title></item></channel></rss>")
	a, err1 := feed.Parse(news.Feed{Name: "a"}, doc, "", time.Now())
	b, err2 := feed.Parse(news.Feed{Name: "b"}, doc, "", time.Now())
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if a.Items[0].ID == b.Items[0].ID {
		t.Errorf("both are %s", a.Items[0].ID)
	}
}

// Documents that cost other parsers minutes and gigabytes: each is read, or
// refused, in a moment, and what is whole in it is kept.
func TestParseHostile(t *testing.T) {
	const item = "<item><guid>1</guid><title>Talks resume in Muscat</title></item>"
	rss := func(inside string) string { return "<rss><channel>" + inside + item + "</channel></rss>" }
	nested := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, `<a%d xmlns:p%d="urn:%d">`, i, i, i)
		}
		return b.String()
	}
	lol := `<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]>`
	tests := []struct {
		name, doc string
		items     int
	}{
		{"nested namespaces", rss("<item><title>x</title>" + nested(12_000) + "</item>"), 2},
		{"namespaces on one tag", rss("<item " + strings.Repeat(`xmlns:a="urn:x" `, 50_000) + "><title>x</title></item>"), 2},
		{"deep and never closed", rss(strings.Repeat("<b>", 200_000)), 1},
		{"deep inside of text", "<rss><channel>" + item + "<item><title>x</title><description>" + strings.Repeat("<b>", 200_000), 1},
		{"stray end tags", rss(strings.Repeat("</b>", 200_000)), 1},
		{"pieces of text", rss("<item><title>x</title><dc:description>" + strings.Repeat("a<!----><![CDATA[b]]><c/>", 40_000) + "</dc:description></item>"), 2},
		{"lost quotes", rss(strings.Repeat(`<a b="`, 200_000)), 1},
		{"attributes", rss("<item><title>x</title><link " + strings.Repeat(`a="1" `, 200_000) + "/></item>"), 2},
		{"entities", lol + rss("<item><title>&c; &x;</title></item>"), 2},
		{"declarations", strings.Repeat("<!DOCTYPE x [", 100_000) + rss(""), -1},
		{"comments", rss(strings.Repeat("<!-- -->", 200_000)), 1},
		{"references", rss("<item><title>" + strings.Repeat("&#x0;&#27;&bogus;&", 20_000) + "x</title></item>"), 2},
		{"items without end", "<rss><channel>" + strings.Repeat("<item><title>x</title><link>/"+strings.Repeat("y", 9)+"</link>", 100_000), 1},
		{"JSON, deep", `{"items":[{"id":"1","title":"x"},` + strings.Repeat("[", 200_000), 1},
	}
	f := news.Feed{Name: "x", URL: "https://x.example/feed"}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			began := time.Now()
			p, err := feed.Parse(f, []byte(tt.doc), "", began)
			if tt.items >= 0 && (err != nil || len(p.Items) != tt.items) {
				t.Errorf("%d items, want %d; %v; %q", len(p.Items), tt.items, err, p.Notes)
			}
			if tt.items < 0 && err == nil {
				t.Errorf("%d items, want an error", len(p.Items))
			}
			const long = time.Minute // what grows with the square takes longer; a busy machine does not
			if took := time.Since(began); took > long {
				t.Errorf("it took %v for %d bytes", took, len(tt.doc))
			}
			for _, it := range p.Items {
				if strings.Contains(it.Title, "haha") || strings.Contains(it.Title, "root:") {
					t.Errorf("an entity was expanded: %.80q", it.Title)
				}
			}
			checkItems(t, f, p, began)
		})
	}
}

// What is longer than anyone reads is cut, where it can be, and said to be.
func TestParseLimits(t *testing.T) {
	f := news.Feed{Name: "x", URL: "https://x.example/feed"}
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	many := func(before, item, between, after string) []byte {
		items := make([]string, 2500)
		for i := range items {
			items[i] = fmt.Sprintf(item, i)
		}
		return []byte(before + strings.Join(items, between) + after)
	}
	for name, doc := range map[string][]byte{
		"XML":  many("<rss><channel>", "<item><title>%d</title></item>", "", "</channel></rss>"),
		"JSON": many(`{"items":[`, `{"title":"%d"}`, ",", `],"title":"x"}`),
	} {
		p, err := feed.Parse(f, doc, "", at)
		if err != nil || len(p.Items) != 2000 || fmt.Sprint(p.Notes) != "[only the first 2000 items were read]" {
			t.Errorf("%s: %d items, %v, %q", name, len(p.Items), err, p.Notes)
		}
	}
	for name, long := range map[string]string{
		"letters": strings.Repeat("é ", 1<<20),
		"tags":    strings.Repeat(`<a href="https://x.example/">é</a>`, 1<<15),
		"escaped": "<![CDATA[" + strings.Repeat("<p>&amp;é</p>", 1<<17) + "]]>",
	} {
		p, err := feed.Parse(f, []byte("<rss><channel><item><guid>1</guid><description>"+long+"</description></item><item><title>after</title></item></channel></rss>"), "", at)
		if err != nil || len(p.Items) != 2 || fmt.Sprint(p.Notes) != "[1 item was too long and was cut]" {
			t.Fatalf("%s: %d items, %v, %q", name, len(p.Items), err, p.Notes)
		}
		text := p.Items[0].Text
		if len(text) > 256<<10 || len(text) < 250<<10 || strings.LastIndexByte(text, '<') > strings.LastIndexByte(text, '>') {
			t.Errorf("%s: %d bytes are kept, ending in %q", name, len(text), text[len(text)-40:])
		}
		checkItems(t, f, p, at)
	}
}

func FuzzParse(f *testing.F) {
	paths, _ := filepath.Glob("testdata/parse/*.txtar")
	for _, path := range paths {
		c := loadCase(f, path)
		f.Add(c.document(f), c.settings["type"])
	}
	zone, err := time.LoadLocation("Asia/Karachi")
	if err != nil {
		f.Fatal(err)
	}
	n := news.Feed{Name: "x", URL: "https://x.example/feed", Tier: news.Wire, Zone: zone}
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		p, err := feed.Parse(n, body, contentType, at)
		var e *feed.Error
		if err != nil && (!errors.As(err, &e) || e.Sentence == "" || !strings.Contains(e.Sentence, n.Name)) {
			t.Fatalf("not a typed error: %v", err)
		}
		checkItems(t, n, p, at)
		again, err2 := feed.Parse(n, body, contentType, at.Add(time.Minute))
		if (err == nil) != (err2 == nil) || !maps.Equal(ids(p), ids(again)) {
			t.Errorf("two readings of one document differ")
		}
	})
}

func ids(p feed.Parsed) map[string]bool {
	m := map[string]bool{}
	for _, it := range p.Items {
		m[it.ID] = true
	}
	return m
}

// BenchmarkParse reads a feed as large as feeds are in practice.
func BenchmarkParse(b *testing.B) {
	var doc strings.Builder
	doc.WriteString(`<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Dawn</title>`)
	for i := range 25 {
		fmt.Fprintf(&doc, `<item><title>Envoy says round %d went well</title><link>https://dawn.example/%d?utm_source=rss</link><guid>%d</guid><pubDate>Fri, 20 Nov 2026 14:%02d:00 +0500</pubDate><description><![CDATA[%s]]></description></item>`,
			i, i, i, i, strings.Repeat("<p>The two sides met for <b>three</b> hours &amp; agreed to meet again.</p>", 25))
	}
	doc.WriteString(`</channel></rss>`)
	body := []byte(doc.String())
	f := news.Feed{Name: "dawn", URL: "https://dawn.example/feed"}
	at := time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		if p, err := feed.Parse(f, body, "", at); err != nil || len(p.Items) != 25 {
			b.Fatal(len(p.Items), err)
		}
	}
}
