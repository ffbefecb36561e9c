package feed

import (
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A tag is a start tag as it was read.
type tag struct {
	name   string // lower case, with its prefix
	attrs  []attr
	closed bool // <name/>
	length int
}

type attr struct {
	name  string // lower case, with its prefix
	value string // as in the source
}

func (t tag) attr(name string) string {
	for _, a := range t.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

func nameStart(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' }

func space(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// readTag reads the start tag that begins s. It is not ok if s ends inside.
// Values may lack their quotes, one of them, or be missing; no value reaches
// beyond the next "<", so that a lost quote costs one tag and not the rest.
func readTag(s string) (t tag, ok bool) {
	i := 1
	for i < len(s) && !space(s[i]) && s[i] != '>' && s[i] != '/' && s[i] != '<' {
		i++
	}
	t.name = strings.ToLower(s[1:i])
	for {
		for i < len(s) && (space(s[i]) || s[i] == '/' || s[i] == '"' || s[i] == '\'' || s[i] == '=') {
			t.closed = s[i] == '/'
			i++
		}
		if i >= len(s) {
			return t, false
		}
		if s[i] == '>' {
			t.length = i + 1
			return t, true
		}
		if s[i] == '<' { // the ">" was forgotten
			t.length = i
			return t, true
		}
		t.closed = false
		from := i
		for i < len(s) && !space(s[i]) && s[i] != '=' && s[i] != '>' && s[i] != '/' && s[i] != '<' {
			i++
		}
		a := attr{name: strings.ToLower(s[from:i])}
		for i < len(s) && space(s[i]) {
			i++
		}
		if i < len(s) && s[i] == '=' {
			i++
			for i < len(s) && space(s[i]) {
				i++
			}
			n := 0
			if a.value, n, ok = readValue(s[i:]); !ok {
				return t, false
			}
			i += n
		}
		if len(t.attrs) < maxAttrs {
			t.attrs = append(t.attrs, a)
		}
	}
}

// readValue reads an attribute's value and returns how long it is in s.
func readValue(s string) (value string, n int, ok bool) {
	if s == "" {
		return "", 0, false
	}
	if s[0] == '"' || s[0] == '\'' {
		end := strings.IndexAny(s[1:], s[:1]+"<")
		if end < 0 {
			return "", 0, false
		}
		if s[1+end] != '<' {
			return s[1 : 1+end], end + 2, true
		}
		s, n = s[1:1+end], 1 // the closing quote was forgotten
	}
	i := 0
	for i < len(s) && !space(s[i]) && s[i] != '>' && s[i] != '<' {
		i++
	}
	return s[:i], n + i, true
}

func splitName(name string) (prefix, local string) {
	if p, l, ok := strings.Cut(name, ":"); ok && p != "" && l != "" {
		return p, l
	}
	return "", name
}

// declare returns the namespaces in force inside a tag.
func declare(outer map[string]string, t tag) map[string]string {
	spaces, own := outer, false
	for _, a := range t.attrs {
		prefix, isDecl := "", a.name == "xmlns"
		if p, ok := strings.CutPrefix(a.name, "xmlns:"); ok {
			prefix, isDecl = p, true
		}
		if !isDecl {
			continue
		}
		if !own {
			spaces, own = maps.Clone(outer), true
			if spaces == nil {
				spaces = map[string]string{}
			}
		}
		spaces[prefix] = vocabulary(a.value)
	}
	return spaces
}

// vocabulary returns the usual prefix of a namespace that feeds are written
// in; native for those of RSS itself; the namespace itself where it is none
// of them.
func vocabulary(uri string) string {
	key := strings.TrimRight(strings.ToLower(strings.TrimSpace(uri)), "/#")
	switch key {
	case "":
		return native
	case "http://purl.org/rss/1.0/modules/content":
		return "content"
	case "http://purl.org/dc/elements/1.1", "http://purl.org/dc/elements/1.0":
		return "dc"
	case "http://purl.org/dc/terms":
		return "dcterms"
	case "http://www.w3.org/2005/atom", "http://purl.org/atom/ns", "http://purl.org/atom":
		return "atom"
	case "http://purl.org/rss/1.0/modules/syndication":
		return "sy"
	case "http://rssnamespace.org/feedburner/ext/1.0":
		return "feedburner"
	case "http://www.w3.org/1999/xhtml":
		return "xhtml"
	case "http://www.w3.org/1999/02/22-rdf-syntax-ns", "http://purl.org/rss/1.0",
		"http://channel.netscape.com/rdf/simple/0.9", "http://my.netscape.com/rdf/simple/0.9", "http://purl.org/net/rss1.1",
		"http://backend.userland.com/rss", "http://backend.userland.com/rss2", "http://blogs.law.harvard.edu/tech/rss":
		return native
	}
	return key
}

// native stands for the vocabulary of the document's own format.
const native = "native"

// resolve returns the vocabulary and the local name of a tag.
func (t *tidy) resolve(tag tag, spaces map[string]string) (kind, local string) {
	prefix, local := splitName(tag.name)
	kind, ok := spaces[prefix]
	switch {
	case ok:
	case prefix == "", prefix == "rss", prefix == "rdf":
		kind = native
	default:
		kind = prefix // never declared: taken for what it is usually bound to
	}
	if kind == native {
		return native, local
	}
	// An outlet that stamps a namespace of its own, or an unusual one of the
	// format, on the root means the format by it.
	rootPrefix, _ := splitName(t.stack[0].name)
	if t.atom && kind == "atom" || kind == t.stack[0].spaces[rootPrefix] && !extension(kind) {
		return native, local
	}
	return kind, local
}

func extension(kind string) bool {
	switch kind {
	case "content", "dc", "dcterms", "atom", "sy", "feedburner", "xhtml":
		return true
	}
	return false
}

func (t *tidy) isItem(kind, local string) bool {
	if t.atom {
		return kind == native && local == "entry"
	}
	return kind == native && local == "item"
}

// place decides what becomes of an element inside the innermost open one: how
// it is written, what it may hold, and whether its text is to be plain.
func (t *tidy) place(kind, local string) (as string, r role, plain bool) {
	role := t.top().role
	if kind != native {
		switch kind + ":" + local {
		case "content:encoded", "dc:title", "dc:description", "dc:date", "dc:language",
			"dcterms:issued", "dcterms:created", "dcterms:modified", "dcterms:available",
			"atom:link", "atom:id", "atom:title", "atom:summary", "atom:content", "atom:published", "atom:updated",
			"xhtml:body", "feedburner:origlink", "sy:updateperiod", "sy:updatefrequency":
			if role == inItem || role == inChannel {
				// gofeed reads content:encoded in RSS as its own; of other
				// extensions it joins pieces at a cost that grows with their
				// square, so these are kept in one piece.
				return kind + ":" + local, inLeaf, t.atom || kind != "content"
			}
		}
		return "", inIgnored, false
	}
	switch role {
	case inRoot:
		if local == "channel" {
			return local, inChannel, false
		}
	case inChannel:
		switch local {
		case "title", "link", "language", "ttl", "id":
			return local, inLeaf, false
		case "skiphours", "skipdays":
			return local, inGroup, false
		}
	case inGroup:
		if local == "hour" || local == "day" {
			return local, inLeaf, false
		}
	case inItem:
		switch local {
		case "title", "link", "description", "guid", "pubdate", "id", "summary", "content", "published", "issued", "updated", "modified":
			return local, inLeaf, false
		case "created": // Atom 0.3, unknown to gofeed
			return "dcterms:created", inLeaf, true
		case "body", "fullitem": // the whole article, as some early RSS has it
			return "xhtml:body", inLeaf, true
		}
	}
	return "", inIgnored, false
}

// text writes character data, if it stands where text is kept. References stay
// as they are, for gofeed to decode, unless they stand for characters that no
// document may hold.
func (t *tidy) text(s string) {
	if s == "" || t.depth == 0 || t.top().role != inLeaf || t.full {
		return
	}
	t.escape(t.fit(s), false)
}

// verbatim writes s so that it is read back as it is.
func (t *tidy) verbatim(s string) {
	if s == "" || t.depth == 0 || t.top().role != inLeaf || t.full {
		return
	}
	s = t.fit(s)
	if t.top().plain {
		for i := 0; i < len(s); i++ {
			switch c := s[i]; c {
			case '<':
				t.out = append(t.out, "&lt;"...)
			case '>':
				t.out = append(t.out, "&gt;"...)
			case '&':
				t.out = append(t.out, "&amp;"...)
			default:
				t.out = append(t.out, c)
			}
		}
		return
	}
	t.out = append(t.out, "<![CDATA["...)
	t.out = append(t.out, strings.ReplaceAll(s, "]]>", "]] >")...)
	t.out = append(t.out, "]]>"...)
}

// fit returns what of s the open leaf still has room for.
func (t *tidy) fit(s string) string {
	room := maxLeaf - (len(t.out) - t.leafAt)
	if len(s) <= room {
		return s
	}
	t.full = true
	room = max(0, room)
	for room > 0 && !utf8.RuneStart(s[room]) {
		room--
	}
	return s[:room]
}

// escape writes text or, with its quotes escaped as well, an attribute's value.
func (t *tidy) escape(s string, quotes bool) {
	from := 0
	put := func(i int, with string, n int) {
		t.out = append(t.out, s[from:i]...)
		t.out = append(t.out, with...)
		from = i + n
	}
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '<':
			put(i, "&lt;", 1)
		case '>':
			put(i, "&gt;", 1)
		case '"':
			if quotes {
				put(i, "&#34;", 1)
			}
		case '&':
			if n := badReference(s[i:]); n > 0 {
				put(i, "", n)
				i += n - 1
			}
		}
	}
	t.out = append(t.out, s[from:]...)
}

// badReference returns the length of the numeric reference that begins s if
// it stands for a character that is not kept, 0 otherwise.
func badReference(s string) int {
	const longest = 12
	if !strings.HasPrefix(s, "&#") {
		return 0
	}
	end := strings.IndexByte(s[:min(len(s), longest)], ';')
	if end < 0 {
		return 0
	}
	digits, base := s[2:end], 10
	if digits != "" && digits[0]|0x20 == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return 0
	}
	// 128 to 159 are Windows-1252 in practice, and html.UnescapeString reads them so
	if n > utf8.MaxRune || n >= 0xd800 && n < 0xe000 || (n < 0x80 || n >= 0xa0) && unwanted(rune(n)) {
		return end + 1
	}
	return 0
}
