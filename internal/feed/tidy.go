package feed

import (
	"errors"
	"strings"
)

// tidy stands between strangers' XML and gofeed. It reads tags as a browser
// does, forgiving whatever can be forgiven, and writes down a document that
// means the same to parley: the root, the channel, items that are whole, and
// of them only the elements that are read, each with text alone inside. What
// is written is well formed, so that one mistake no longer costs all items; it
// is shallow and without namespace declarations, comments, entities and
// foreign trees, so that none of the documents that cost a parser minutes and
// gigabytes reach it. Time and space grow with the length of the source, once.
type tidy struct {
	src string
	pos int
	out []byte

	atom  bool
	stack [6]element // the root, channel, item, group and leaf that are open
	depth int
	same  int    // elements of the open leaf's own name that are open inside it
	page  bool   // a declaration or element says that this is HTML
	html  bool   // an element does: what it holds is no feed, whatever it is called
	other string // the first element seen that is no root

	itemAt int      // where in out the open item begins
	leafAt int      // where in out the open leaf's text begins
	full   bool     // it has as much text as is kept
	langs  []string // xml:lang of each whole item
	lang   string   // of the open one
	over   bool     // more items followed than are read
}

// An element is an open one.
type element struct {
	name   string            // as in the source, in lower case
	as     string            // as written, "" where it is left out
	role   role              // what may stand inside
	plain  bool              // text is escaped rather than marked as CDATA
	spaces map[string]string // namespace declarations in force, by prefix; shared with the parent if it adds none
}

type role uint8

const (
	inRoot role = iota
	inChannel
	inItem
	inGroup   // skipHours, skipDays
	inLeaf    // text
	inIgnored // nothing of it is kept
)

const (
	maxItems = 2000    // of one document; newest come first in all but archives
	maxLeaf  = 1 << 20 // bytes written of one element's text; readers keep less
	maxAttrs = 64      // of one tag
)

var errNoRoot = errors.New("no feed element")

// run tidies the whole source. It fails only if there is no feed in it.
func (t *tidy) run() error {
	t.out = make([]byte, 0, len(t.src)+len(t.src)/8)
	for t.pos < len(t.src) && !t.over {
		i := strings.IndexByte(t.src[t.pos:], '<')
		if i < 0 {
			t.text(t.src[t.pos:])
			t.pos = len(t.src)
			break
		}
		t.text(t.src[t.pos : t.pos+i])
		t.pos += i
		t.markup()
		if t.out != nil && t.depth == 0 && len(t.out) > 0 {
			return nil // behind the root's end nothing counts
		}
	}
	if len(t.out) == 0 {
		return errNoRoot
	}
	return nil
}

// brokeOff tells, after run, whether the document ended before its root did,
// and finishes what was written.
func (t *tidy) brokeOff() bool {
	if t.depth == 0 {
		return false
	}
	for i := t.depth - 1; i >= 0; i-- {
		if t.stack[i].role == inItem {
			t.out = t.out[:t.itemAt]
			t.depth = i
		}
	}
	for t.depth > 0 {
		t.pop()
	}
	return !t.over
}

// markup reads what begins with "<" at pos.
func (t *tidy) markup() {
	rest := t.src[t.pos:]
	switch {
	case strings.HasPrefix(rest, "<!--"):
		t.skipTo("-->")
	case strings.HasPrefix(rest, "<![CDATA["):
		const open = len("<![CDATA[")
		end := strings.Index(rest[open:], "]]>")
		if end < 0 {
			t.pos = len(t.src) // cut inside: the item around it is not whole
			return
		}
		t.verbatim(rest[open : open+end])
		t.pos += open + end + len("]]>")
	case strings.HasPrefix(rest, "<!"):
		t.declaration()
	case strings.HasPrefix(rest, "<?"):
		t.skipTo("?>")
	case len(rest) > 2 && rest[1] == '/' && nameStart(rest[2]):
		t.endTag()
	case len(rest) > 1 && nameStart(rest[1]):
		t.startTag()
	default:
		t.text("<")
		t.pos++
	}
}

func (t *tidy) skipTo(end string) {
	if i := strings.Index(t.src[t.pos:], end); i >= 0 {
		t.pos += i + len(end)
		return
	}
	t.pos = len(t.src)
}

// declaration skips <!DOCTYPE …> with the entities it may define: none of them
// is ever expanded.
func (t *tidy) declaration() {
	brackets := 0
	var quote byte
	for i := t.pos + 2; i < len(t.src); i++ {
		switch c := t.src[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[':
			brackets++
		case c == ']':
			brackets--
		case c == '>' && brackets <= 0:
			if t.depth == 0 && len(t.src)-t.pos > 14 && strings.EqualFold(t.src[t.pos:t.pos+14], "<!doctype html") {
				t.page = true
			}
			t.pos = i + 1
			return
		}
	}
	t.pos = len(t.src)
}

// top returns the innermost open element.
func (t *tidy) top() *element { return &t.stack[t.depth-1] }

func (t *tidy) startTag() {
	tag, ok := readTag(t.src[t.pos:])
	if !ok {
		t.pos = len(t.src) // cut inside a tag
		return
	}
	raw := t.src[t.pos : t.pos+tag.length]
	t.pos += tag.length
	if t.depth == 0 {
		t.root(tag)
		return
	}
	top := t.top()
	switch top.role {
	case inLeaf:
		if tag.name == top.name && !tag.closed {
			t.same++
		}
		t.verbatim(withoutPrefix("<", raw))
		return
	case inIgnored:
		// A wrapper that is not known may stand around items; inside of an
		// item nothing may.
		if parent := t.stack[t.depth-2].role; parent != inItem && t.isItem(t.resolve(tag, top.spaces)) {
			t.pop()
			t.child(tag)
			return
		}
		if tag.name == top.name && !tag.closed {
			t.same++
		}
		return
	}
	t.child(tag)
}

// child opens an element inside the root, a channel, an item or a group.
func (t *tidy) child(tag tag) {
	spaces := declare(t.top().spaces, tag)
	kind, local := t.resolve(tag, spaces)
	if t.isItem(kind, local) {
		if t.top().role == inItem { // the one before was never closed
			t.pop()
		}
		t.item(tag, spaces, local)
		return
	}
	as, role, plain := t.place(kind, local)
	t.push(element{name: tag.name, as: as, role: role, plain: plain, spaces: spaces}, tag)
	if tag.closed {
		t.pop()
	}
}

func (t *tidy) item(tag tag, spaces map[string]string, local string) {
	if t.top().role == inGroup {
		t.pop()
	}
	if len(t.langs) == maxItems {
		t.over = true
		return
	}
	t.itemAt = len(t.out)
	t.lang = tag.attr("xml:lang")
	t.push(element{name: tag.name, as: local, role: inItem, spaces: spaces}, tag)
	if tag.closed {
		t.pop()
	}
}

// root looks for the element that makes the document a feed.
func (t *tidy) root(tag tag) {
	_, local := splitName(tag.name)
	if t.html {
		return
	}
	switch local {
	case "rss", "rdf":
		t.push(element{name: tag.name, as: local, role: inRoot, spaces: declare(nil, tag)}, tag)
	case "feed":
		t.atom = true
		t.push(element{name: tag.name, as: "feed", role: inChannel, spaces: declare(nil, tag)}, tag)
	case "channel":
		t.push(element{as: "rss", role: inRoot}, tag) // has no end of its own
		t.push(element{name: tag.name, as: "channel", role: inChannel, spaces: declare(nil, tag)}, tag)
	case "html", "head", "body", "title", "meta", "script", "h1":
		t.page, t.html = true, true
		return
	default:
		if t.other == "" {
			t.other = tag.name
		}
		return
	}
	if tag.closed {
		for t.depth > 0 {
			t.pop()
		}
	}
}

func (t *tidy) endTag() {
	rest := t.src[t.pos:]
	end := 2 + strings.IndexAny(rest[2:], "<>") // "</title<link>": the ">" was forgotten
	if end < 2 {
		end = len(rest) // a document may end like that, "</rss"
	} else if rest[end] == '>' {
		end++
	}
	raw := rest[:end]
	t.pos += end
	name := strings.ToLower(strings.TrimSpace(strings.TrimSuffix(raw[2:], ">")))
	if t.depth == 0 {
		return
	}
	top := t.top()
	if inside := top.role == inLeaf || top.role == inIgnored; inside && t.same > 0 && name == top.name {
		t.same--
		t.verbatim(raw)
		return
	}
	for i := t.depth - 1; i >= 0; i-- {
		if t.stack[i].name == name {
			for t.depth > i {
				t.pop()
			}
			return
		}
	}
	if top.role == inLeaf {
		t.verbatim(withoutPrefix("</", raw))
	}
}

// withoutPrefix writes <xhtml:p> as <p>, since text is read as HTML.
func withoutPrefix(open, raw string) string {
	name := raw[len(open):]
	if i := strings.IndexAny(name, ": \t\r\n/>"); i > 0 && name[i] == ':' && len(name) > i+1 && nameStart(name[i+1]) {
		return open + name[i+1:]
	}
	return raw
}

func (t *tidy) push(e element, tag tag) {
	if e.as != "" {
		t.out = append(t.out, '<')
		t.out = append(t.out, e.as...)
		for _, a := range tag.attrs {
			if name := writtenAttr(e, a); name != "" {
				t.out = append(t.out, ' ')
				t.out = append(t.out, name...)
				t.out = append(t.out, '=', '"')
				t.escape(a.value, true)
				t.out = append(t.out, '"')
			}
		}
		t.out = append(t.out, '>')
	}
	if e.role == inLeaf || e.role == inIgnored {
		t.same, t.full, t.leafAt = 0, false, len(t.out)
	}
	t.stack[t.depth] = e
	t.depth++
}

// writtenAttr returns how an attribute is written, "" if it is left out. What
// type a text has is left out on purpose: as it was delivered is how it is kept.
func writtenAttr(e element, a attr) string {
	switch a.name {
	case "xml:base":
		return a.name
	case "xml:lang", "version":
		if e.role != inLeaf {
			return a.name
		}
	case "href", "rel", "type":
		if e.as == "link" || e.as == "atom:link" {
			return a.name
		}
	case "src":
		if e.as == "content" {
			return a.name
		}
	case "mode":
		if strings.EqualFold(a.value, "base64") {
			return a.name
		}
	case "ispermalink":
		return "isPermaLink"
	}
	return ""
}

func (t *tidy) pop() {
	t.depth--
	e := &t.stack[t.depth]
	if e.as != "" {
		t.out = append(t.out, '<', '/')
		t.out = append(t.out, e.as...)
		t.out = append(t.out, '>')
	}
	if e.role == inItem {
		t.langs = append(t.langs, t.lang)
	}
	*e = element{}
	if t.depth == 1 && t.stack[0].name == "" {
		t.pop()
	}
}
