package feed

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxArticle bounds the text of an article in bytes, give or take a word: the news
// stands well before.
const maxArticle = 64 << 10

// written writes an article as simple HTML, one block after the other, and counts
// its letters. Of a page's own markup only what tells paragraphs, headings, list
// items and links apart is kept: links count as such where texts are read, since
// what is all link is another story.
func written(n *html.Node) (text string, letters int) {
	var w writer
	w.node(n, "p")
	w.end()
	return w.String(), w.letters
}

type writer struct {
	strings.Builder
	open    string // the block that is being written, empty: none
	link    int    // depth of links in the page
	linked  bool   // a link is being written
	space   bool   // between the last word and the next
	letters int
}

// node writes a node that stands in a block of some kind.
func (w *writer) node(n *html.Node, kind string) {
	if w.Len() > maxArticle {
		return
	}
	if n.Type == html.TextNode {
		w.text(n.Data, kind)
		return
	}
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Figure, atom.Figcaption, atom.Table, atom.Video, atom.Audio, atom.Object, atom.Textarea, atom.Select:
		return
	case atom.A:
		w.link++
		w.children(n, kind)
		if w.link--; w.link == 0 {
			w.endLink()
		}
		return
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		kind = "h2"
	case atom.Li:
		kind = "li"
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Pre, atom.Blockquote, atom.Header, atom.Main, atom.Dd, atom.Dt, atom.Br, atom.Hr, atom.Ul, atom.Ol:
	default:
		w.children(n, kind)
		return
	}
	w.end()
	w.children(n, kind)
	w.end()
}

func (w *writer) children(n *html.Node, kind string) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, kind)
	}
}

// end ends the block that is being written.
func (w *writer) end() {
	w.endLink()
	if w.open != "" {
		w.WriteString("</" + w.open + ">\n")
	}
	w.open, w.space = "", false
}

func (w *writer) endLink() {
	if w.linked {
		w.WriteString("</a>")
	}
	w.linked = false
}

// text writes words with one space where there are any: how a page is indented
// says nothing.
func (w *writer) text(s, kind string) {
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			w.space = true
			continue
		case unwanted(r):
			continue
		case w.Len() > maxArticle:
			return
		}
		if w.open == "" {
			w.WriteString("<" + kind + ">")
			w.open, w.space = kind, false
		}
		if w.space {
			w.WriteByte(' ')
			w.space = false
		}
		if w.link > 0 && !w.linked {
			w.WriteString("<a>")
			w.linked = true
		}
		switch r {
		case '<':
			w.WriteString("&lt;")
		case '>':
			w.WriteString("&gt;")
		case '&':
			w.WriteString("&amp;")
		default:
			w.WriteRune(r)
		}
		if unicode.IsLetter(r) {
			w.letters++
		}
	}
}
