package feed

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"parley/internal/news"
)

// A webPage is HTML that came where a feed should be.
type webPage struct{ src string }

func (w *webPage) Error() string { return "it is a web page" }

// fault says so, and where the page says that its feed is.
func (w *webPage) fault(f news.Feed) *Error {
	base, err := url.Parse(f.URL)
	if err != nil {
		base = nil
	}
	links := alternates(w.src, base)
	if len(links) == 0 {
		return fault(f, WebPage, nil, "this is a web page, not a feed, and it names no feed; check the url of feed %s", f.Name)
	}
	e := fault(f, WebPage, nil, "this is a web page, not a feed; its feed may be at %s", links[0])
	e.Links = links
	return e
}

// alternates returns the feeds that an HTML page names in its head, in their
// order.
func alternates(src string, base *url.URL) []string {
	const head = 512 << 10 // links to feeds stand at the beginning
	z := html.NewTokenizer(strings.NewReader(src[:min(len(src), head)]))
	var links []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			return links
		case html.StartTagToken, html.SelfClosingTagToken:
		default:
			continue
		}
		t := z.Token()
		if t.DataAtom == atom.Base && base != nil {
			if u := resolveLink(base, attribute(t, "href")); u != nil {
				base = u
			}
		}
		if t.DataAtom != atom.Link || !slices.Contains(strings.Fields(strings.ToLower(attribute(t, "rel"))), "alternate") {
			continue
		}
		switch kind, _, _ := strings.Cut(strings.ToLower(attribute(t, "type")), ";"); strings.TrimSpace(kind) {
		case "application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml":
		default:
			continue
		}
		const many = 10
		if u := resolveLink(base, attribute(t, "href")); u != nil && len(links) < many {
			u.User = nil
			if s := u.String(); !slices.Contains(links, s) {
				links = append(links, s)
			}
		}
	}
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
