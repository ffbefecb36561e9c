package config

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/language"

	"parley/internal/news"
)

// Bounds of an OPML file: what other feed readers write stays far below.
const (
	maxOPML      = 10 << 20 // bytes
	maxOPMLFeeds = 10_000
	maxName      = 40 // characters of a name that is made of a title
)

// ReadOPML reads the feeds of an OPML file, as other feed readers export them, in
// their order and each address once. Names are made of titles, and of hosts where
// there are none; no two are alike, and none is like one of taken. What is no feed
// that could be configured is told to passed, with the line where it stands. An
// error says what is wrong with the file; what was read before it is returned.
func ReadOPML(in io.Reader, taken []Feed, passed func(line int, why string)) ([]news.Feed, error) {
	names, urls := map[string]bool{}, map[string]bool{}
	for _, f := range taken {
		names[f.Name], urls[f.URL] = true, true
	}
	limited := &io.LimitedReader{R: in, N: maxOPML + 1}
	d := xml.NewDecoder(limited)
	d.Strict = false // as these files are written in the wild
	d.CharsetReader = charset.NewReaderLabel
	var feeds []news.Feed
	known := false // it is OPML
	for {
		// Token by token: neither depth nor width costs more than reading.
		t, err := d.RawToken()
		line, _ := d.InputPos()
		switch {
		case limited.N <= 0:
			return feeds, fmt.Errorf("more than %d MB: this is no list of feeds", maxOPML>>20)
		case errors.Is(err, io.EOF) && !known:
			return nil, errors.New("not an OPML file: export the feeds of the other reader as OPML")
		case errors.Is(err, io.EOF):
			return feeds, nil
		case err != nil:
			return feeds, fmt.Errorf("line %d is no XML: %w", line, err)
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		known = known || strings.EqualFold(e.Name.Local, "opml")
		if !known || !strings.EqualFold(e.Name.Local, "outline") {
			continue
		}
		url := strings.TrimSpace(attr(e, "xmlUrl"))
		switch fault := badAddress(url); {
		case url == "":
			continue // a folder
		case fault != "":
			passed(line, clip(fault))
			continue
		case urls[url]:
			continue
		}
		if len(feeds) == maxOPMLFeeds {
			return feeds, fmt.Errorf("more than %d feeds: take them over in parts", maxOPMLFeeds)
		}
		f := news.Feed{URL: url, Name: freeName(names, attr(e, "title"), attr(e, "text"), host(url))}
		if tag, err := language.Parse(attr(e, "language")); err == nil {
			f.Language = tag.String()
		}
		names[f.Name], urls[url] = true, true
		feeds = append(feeds, f)
	}
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if strings.EqualFold(a.Name.Local, name) {
			return strings.ToValidUTF8(a.Value, "")
		}
	}
	return ""
}

// clip keeps the beginning of a sentence that quotes a stranger.
func clip(s string) string {
	const long = 200
	if utf8.RuneCountInString(s) <= long {
		return s
	}
	return string([]rune(s)[:long]) + "…"
}

// freeName makes a name of the first title that gives one.
func freeName(taken map[string]bool, titles ...string) string {
	name := "feed"
	for _, t := range titles {
		if n := strings.Trim(oneWord(t), "-_.+"); n != "" {
			name = strings.TrimRight(string([]rune(n)[:min(maxName, utf8.RuneCountInString(n))]), "-_.+")
			break
		}
	}
	free := name
	for i := 2; taken[free]; i++ {
		free = fmt.Sprintf("%s-%d", name, i)
	}
	return free
}

func host(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	h, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(h, "www.")
}

// FeedEntry writes a feed as an entry of feeds:.
func FeedEntry(f news.Feed) string {
	entry := fmt.Sprintf("  - {name: %s, url: %s", quoted(f.Name), quoted(f.URL))
	if f.Language != "" {
		entry += ", language: " + f.Language
	}
	return entry + "}\n"
}

// WriteOPML writes the configured feeds for other feed readers. Addresses are
// written whole, with whatever keys they hold.
func WriteOPML(out io.Writer, feeds []Feed) error {
	type outline struct {
		Text     string `xml:"text,attr"`
		Type     string `xml:"type,attr"`
		URL      string `xml:"xmlUrl,attr"`
		Language string `xml:"language,attr,omitempty"`
	}
	file := struct {
		XMLName xml.Name  `xml:"opml"`
		Version string    `xml:"version,attr"`
		Title   string    `xml:"head>title"`
		Feeds   []outline `xml:"body>outline"`
	}{Version: "2.0", Title: "Feeds of parley"}
	for _, f := range feeds {
		file.Feeds = append(file.Feeds, outline{f.Name, "rss", f.URL, f.Language})
	}
	if _, err := io.WriteString(out, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(out)
	e.Indent("", "  ")
	if err := e.Encode(file); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n")
	return err
}
