package feed

import (
	"bytes"
	"fmt"
	"mime"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"parley/internal/news"
)

const (
	maxElements = 20_000 // of a page: pages of outlets have some thousands
	leastText   = 200    // letters; less is a notice, not an article
)

// extract returns the text of the article on a page, or an *ArticleError that says
// why it is of no use for the item.
func extract(p page, it news.Item) (text string, err error) {
	host := p.url.Hostname()
	if kind, _, err := mime.ParseMediaType(p.contentType); err == nil && kind != "text/html" && kind != "application/xhtml+xml" {
		return "", without(NoArticle, nil, "%s sends no web page but %s", host, clean(limit(kind, 60)))
	}
	if p.url.Path != p.asked.Path && strings.Trim(p.url.Path, "/") == "" {
		return "", without(NoArticle, nil, "%s leads to its front page instead", host)
	}
	src := decodePage(p.body, p.contentType)
	if tooRich(src) {
		return "", without(TooLarge, nil, "its page has more than %d elements", maxElements)
	}
	// The libraries that take the page apart were made for the pages of outlets; this
	// is a stranger's, and must not end us.
	defer func() {
		if r := recover(); r != nil {
			text, err = "", without(NoArticle, fmt.Errorf("%v", r), "its page cannot be read")
		}
	}()
	return textOf(src, p, it)
}

// textOf is extract of a page in UTF-8.
func textOf(src string, p page, it news.Item) (string, error) {
	doc, err := html.Parse(strings.NewReader(src))
	if err != nil {
		return "", without(NoArticle, err, "its page cannot be read")
	}
	if walled(doc) {
		return "", without(Paywalled, nil, "it is behind a paywall, its outlet says")
	}
	prune(doc)
	parser := readability.NewParser()
	parser.CharThresholds = 300
	parser.DisableJSONLD = true // titles and names that are not asked for
	found, err := parser.ParseAndMutate(doc, p.url)
	if err != nil {
		return "", without(NoArticle, err, "its page cannot be read")
	}
	if found.Node == nil {
		return "", without(NoArticle, nil, "no article was found on its page")
	}
	text, told := written(found.Node)
	switch {
	case told < leastText:
		return "", without(NoArticle, nil, "no article was found on its page")
	case told <= letters(it.Text):
		return "", without(NoArticle, nil, "its page says no more than the feed")
	case !about(it.Title, text):
		return "", without(NoArticle, nil, "its page speaks of something else, a notice perhaps")
	}
	return text, nil
}

// decodePage turns a page into valid UTF-8. Its bytes count for more than what is
// said of them, as with feeds; then the header, then what its head declares.
func decodePage(body []byte, contentType string) string {
	if e, _ := wide(body); e == nil && !utf8.Valid(body) {
		if e, _, _ := charset.DetermineEncoding(body, contentType); e != nil {
			if b, err := e.NewDecoder().Bytes(body); err == nil {
				return clean(string(bytes.TrimPrefix(b, []byte("\ufeff"))))
			}
		}
	}
	return decode(body, contentType)
}

// tooRich says whether a page has more elements than are taken apart, at little
// cost.
func tooRich(src string) bool {
	z := html.NewTokenizer(strings.NewReader(src))
	for n := 0; n <= maxElements; {
		switch z.Next() {
		case html.ErrorToken:
			return false
		case html.StartTagToken, html.SelfClosingTagToken:
			n++
		}
	}
	return true
}

// prune takes out of a page what stands around articles: it knows by their
// elements, their roles and the words of their classes what tells of other news.
// What holds most of the page's text is no such thing, whatever it is called: many
// a page is one form, or "has a sidebar". What is left is judged by its text.
func prune(doc *html.Node) {
	c := cutter{letters: map[*html.Node]int{}}
	c.all = c.count(doc)
	c.cut(doc)
}

type cutter struct {
	letters map[*html.Node]int // in each element
	all     int
}

// count counts the letters of a node that are there to be read.
func (c *cutter) count(n *html.Node) int {
	sum := 0
	switch {
	case n.Type == html.TextNode:
		for _, r := range n.Data {
			if unicode.IsLetter(r) {
				sum++
			}
		}
		return sum
	case n.DataAtom == atom.Script, n.DataAtom == atom.Style, n.DataAtom == atom.Noscript, n.DataAtom == atom.Template, n.DataAtom == atom.A:
		return 0
	}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		sum += c.count(k)
	}
	c.letters[n] = sum
	return sum
}

func (c *cutter) cut(n *html.Node) {
	for k := n.FirstChild; k != nil; {
		next := k.NextSibling
		if k.Type == html.ElementNode && 2*c.letters[k] <= c.all && aside(k) {
			n.RemoveChild(k)
		} else {
			c.cut(k)
		}
		k = next
	}
}

func aside(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Aside, atom.Footer, atom.Form, atom.Figure, atom.Figcaption, atom.Button, atom.Iframe, atom.Svg, atom.Template, atom.Dialog, atom.Noscript:
		return true
	case atom.Html, atom.Head, atom.Body, atom.Main, atom.Article:
		return false
	case atom.A:
		return holdsBlock(n) // the card of another story: nobody links a paragraph of prose
	}
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "aria-hidden":
			if a.Val == "true" {
				return true
			}
		case "role":
			switch strings.ToLower(strings.TrimSpace(a.Val)) {
			case "navigation", "complementary", "search", "dialog", "alertdialog", "menu", "banner":
				return true
			}
		case "class", "id", "data-component", "data-testid":
			if telling(a.Val) {
				return true
			}
		}
	}
	return false
}

func holdsBlock(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.P, atom.Div, atom.Section, atom.Article, atom.Ul, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return true
		}
		if c.Type == html.ElementNode && holdsBlock(c) {
			return true
		}
	}
	return false
}

// telling says whether the words of a class name what stands around articles:
// "related-links", "mostRead", "newsletter__form".
func telling(class string) bool {
	const long = 512
	words := strings.FieldsFunc(splitCamel(class[:min(len(class), long)]), func(r rune) bool { return !unicode.IsLetter(r) })
	for i, w := range words {
		switch w {
		case "related", "recommended", "recommendations", "trending", "newsletter", "sidebar", "comments", "disqus", "outbrain", "taboola",
			"breadcrumb", "breadcrumbs", "cookie", "consent", "promo", "advertisement", "advert", "share", "sharing", "social", "readmore", "pagination",
			"mostread", "mostpopular", "livefeed", "ticker", "subscribe", "subscription", "tags":
			return true
		case "read", "popular", "viewed", "shared", "commented", "stories", "articles", "news", "posts", "headlines":
			if i > 0 && slices.Contains([]string{"most", "more", "also", "other", "latest", "top", "next", "similar", "breaking"}, words[i-1]) {
				return true
			}
		}
	}
	return false
}

// splitCamel writes "mostRead" as "most read".
func splitCamel(s string) string {
	var b strings.Builder
	lower := false
	for _, r := range s {
		if unicode.IsUpper(r) {
			if lower {
				b.WriteByte(' ')
			}
			r = unicode.ToLower(r)
			lower = false
		} else {
			lower = unicode.IsLetter(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// about says whether a text has any of what its headline speaks of: notices on
// cookies, scripts and sign-ins have not. A headline of few words says nothing.
func about(title, text string) bool {
	const (
		short = 4 // letters: what is shorter is in every text
		stem  = 5 // letters by which a word is known in its other forms
		few   = 3
	)
	text = strings.ToLower(text)
	words, found := 0, 0
	for _, w := range strings.FieldsFunc(strings.ToLower(html.UnescapeString(title)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		runes := []rune(w)
		if len(runes) < short {
			continue
		}
		words++
		if strings.Contains(text, string(runes[:min(len(runes), stem)])) {
			found++
		}
	}
	return words < few || 4*found >= words
}

// letters counts the letters of a text outside of its tags.
func letters(s string) int {
	n, tag := 0, false
	for _, r := range s {
		switch {
		case r == '<':
			tag = true
		case r == '>':
			tag = false
		case !tag && unicode.IsLetter(r):
			n++
		}
	}
	return n
}
