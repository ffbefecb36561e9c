package text

import (
	"strings"
	"unicode/utf8"
	"unsafe"
)

// blockBreak marks the place in the plain text where a block begins.
type blockBreak struct {
	at       int32
	block    Block
	linkOpen int32 // letters inside links since the last break, counted while stripping
	letters  int32
}

// strip fills Plain, segments and breaks from Source. Plain may lie where the
// next text will, until own is called.
func (t *Text) strip() {
	t.borrowed = false
	t.segments = t.segments[:0]
	t.breaks = t.breaks[:0]
	t.plain = t.plain[:0]
	valid := valid(t.Source)
	if valid && strings.IndexByte(t.Source, '<') < 0 && strings.IndexByte(t.Source, '&') < 0 {
		t.Plain = t.Source
		return
	}
	if cap(t.plain) == 0 {
		t.plain = make([]byte, 0, len(t.Source))
	}
	s := stripper{t: t, src: t.Source, valid: valid, decoded: t.decoded}
	s.run()
	t.decoded = s.decoded
	if len(t.segments) == 1 && t.segments[0].sourceLen == int32(len(t.Source)) && len(t.plain) == len(t.Source) {
		// "Linde <LING.F> and AT&T" is no markup: lines and paragraphs are those of plain text
		t.segments, t.breaks, t.Plain = t.segments[:0], t.breaks[:0], t.Source
		return
	}
	t.Plain, t.borrowed = unsafe.String(unsafe.SliceData(t.plain), len(t.plain)), true
}

// own makes Plain outlast the next text.
func (t *Text) own() {
	if t.borrowed {
		t.Plain, t.borrowed = strings.Clone(t.Plain), false
	}
}

type stripper struct {
	t           *Text
	src         string
	valid       bool   // src is UTF-8 throughout
	lt, gt, amp int    // the next "<", ">" and "&" that are known
	decoded     []byte // of a character reference; kept for the next
	link        int    // depth of open <a>
	cur         blockBreak
	noEscapedGT int // up to here no escaped tag ends
	lost        int // elements to drop that never ended: after a few no more are looked for, lest the cost go quadratic
}

func (s *stripper) run() {
	i := 0
	for i < len(s.src) {
		switch c := s.src[i]; {
		case c == '<':
			if n := s.tag(i); n > 0 {
				i += n
				continue
			}
			s.copy(i, 1)
			i++
		case c == '&':
			n := s.entity(s.src[i:])
			if n == 0 {
				s.copy(i, 1)
				i++
				continue
			}
			if string(s.decoded) == "<" {
				if m := s.escapedTag(i, n); m > 0 {
					i += m
					continue
				}
				s.decoded = append(s.decoded[:0], '<') // the search for its end has decoded others
			}
			s.replace(i, n)
			i += n
		default:
			// everything up to the next markup at once
			j := s.plainUntil(i)
			if j == i {
				s.decoded = append(s.decoded[:0], "\uFFFD"...)
				s.replace(i, 1)
				i++
				continue
			}
			s.copy(i, j-i)
			i = j
		}
	}
	s.closeBlock()
}

// plainUntil returns where the text at i ends: before markup, a character
// reference, or a byte that is not UTF-8.
func (s *stripper) plainUntil(i int) int {
	s.lt, s.amp = next(s.src, '<', s.lt, i), next(s.src, '&', s.amp, i)
	end := min(s.lt, s.amp)
	if s.valid {
		return end
	}
	for i < end {
		r, n := utf8.DecodeRuneInString(s.src[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return end
}

// next returns the first c in s from i on, or the end of s. known is what it
// returned before, so that no stretch is searched twice.
func next(s string, c byte, known, i int) int {
	if known >= i && known > 0 {
		return known
	}
	if n := strings.IndexByte(s[i:], c); n >= 0 {
		return i + n
	}
	return len(s)
}

func (s *stripper) count(n int) {
	s.cur.letters += int32(n)
	if s.link > 0 {
		s.cur.linkOpen += int32(n)
	}
}

// copy takes n bytes over as they are.
func (s *stripper) copy(at, n int) {
	t := s.t
	s.count(n)
	if k := len(t.segments) - 1; k >= 0 {
		last := &t.segments[k]
		if last.plainLen == last.sourceLen && int(last.source+last.sourceLen) == at && int(last.plain+last.plainLen) == len(t.plain) {
			last.plainLen += int32(n)
			last.sourceLen += int32(n)
			t.plain = append(t.plain, s.src[at:at+n]...)
			return
		}
	}
	t.segments = append(t.segments, segment{int32(len(t.plain)), int32(at), int32(n), int32(n)})
	t.plain = append(t.plain, s.src[at:at+n]...)
}

// replace takes what was decoded over in place of n bytes of the source.
func (s *stripper) replace(at, n int) {
	t := s.t
	s.count(len(s.decoded))
	t.segments = append(t.segments, segment{int32(len(t.plain)), int32(at), int32(len(s.decoded)), int32(n)})
	t.plain = append(t.plain, s.decoded...)
}

// breakHere ends the block that is open and starts one of the given kind.
func (s *stripper) breakHere(at, n int, b Block) {
	s.closeBlock()
	if k := len(s.t.plain); k > 0 && s.t.plain[k-1] != '\n' {
		s.t.segments = append(s.t.segments, segment{int32(k), int32(at), 1, int32(n)})
		s.t.plain = append(s.t.plain, '\n')
	}
	s.cur = blockBreak{at: int32(len(s.t.plain)), block: b}
}

func (s *stripper) closeBlock() {
	if s.cur.letters > 0 {
		s.t.breaks = append(s.t.breaks, s.cur)
	}
	s.cur.letters, s.cur.linkOpen = 0, 0
}

// tag consumes the tag at i and returns its length, 0 if none begins there.
func (s *stripper) tag(i int) int {
	rest := s.src[i:]
	if strings.HasPrefix(rest, "<!--") {
		if j := strings.Index(rest, "-->"); j >= 0 {
			return j + 3
		}
		return len(rest)
	}
	if strings.HasPrefix(rest, "<![CDATA[") {
		return len("<![CDATA[")
	}
	name, closing := tagName(rest[1:])
	if name == "" {
		if len(rest) > 1 && (rest[1] == '!' || rest[1] == '?') {
			return tagEnd(rest)
		}
		return 0
	}
	n := 0
	if s.gt = next(s.src, '>', s.gt, i); s.gt < len(s.src) {
		n = tagEnd(rest)
	}
	if n == 0 {
		if name == "b" || name == "i" || !known(name) {
			return 0 // "a <b" in running text
		}
		return len(rest) // the feed was cut inside a tag
	}
	if !closing && dropped(name) && !strings.HasSuffix(rest[:n], "/>") {
		return n + s.skipElement(rest[n:], name)
	}
	s.open(i, n, name, closing)
	return n
}

func (s *stripper) open(i, n int, name string, closing bool) {
	switch name {
	case "a":
		if closing {
			s.link = max(0, s.link-1)
		} else {
			s.link++
		}
	case "li":
		s.breakHere(i, n, pick(closing, Prose, ListItem))
	case "h1", "h2", "h3", "h4", "h5", "h6":
		s.breakHere(i, n, pick(closing, Prose, Heading))
	case "p", "div", "br", "ul", "ol", "tr", "td", "th", "table", "blockquote", "figure", "section", "article",
		"header", "footer", "pre", "hr", "dl", "dd", "dt", "main", "body", "title", "center":
		s.breakHere(i, n, Prose)
	case "img":
		// nothing of a picture is news
	}
}

func pick(c bool, a, b Block) Block {
	if c {
		return a
	}
	return b
}

// escapedTag consumes a tag that was escaped once more ("&lt;p&gt;") and
// returns its length, 0 if what stands there is not a tag that feeds use.
func (s *stripper) escapedTag(i, lt int) int {
	rest := s.src[i+lt:]
	name, closing := tagName(rest)
	if !known(name) || i < s.noEscapedGT {
		return 0
	}
	const far = 600 // attributes of a link with its tracking; longer is no tag
	if len(rest) > far {
		rest = rest[:far]
	}
	for j := 0; j < len(rest); j++ {
		if rest[j] == '&' {
			if n := s.entity(rest[j:]); n > 0 && string(s.decoded) == ">" {
				s.open(i, lt+j+n, name, closing)
				return lt + j + n
			}
		} else if rest[j] == '<' {
			break
		}
	}
	s.noEscapedGT = i + far/2 // what has been searched in vain need not be searched for every tag in it
	return 0
}

// tagName returns the lower-case name of the tag whose text follows "<".
func tagName(s string) (name string, closing bool) {
	if s != "" && s[0] == '/' {
		closing, s = true, s[1:]
	}
	n := 0
	for n < len(s) && n < 12 && (isLetter(s[n]) || n > 0 && s[n] >= '0' && s[n] <= '9') {
		n++
	}
	if n == 0 || n < len(s) && s[n] != '>' && s[n] != ' ' && s[n] != '/' && s[n] != '\n' && s[n] != '\t' && s[n] != '&' && s[n] != '\r' {
		return "", false
	}
	return strings.ToLower(s[:n]), closing
}

// tagEnd returns the length of the tag that begins s, 0 if it is never closed.
// A ">" inside a quoted attribute does not close it.
func tagEnd(s string) int {
	var quote byte
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case (c == '"' || c == '\'') && s[i-1] == '=':
			quote = c
		case c == '>':
			return i + 1
		}
	}
	if i := strings.IndexByte(s, '>'); i >= 0 { // an attribute's quote was never closed
		return i + 1
	}
	return 0
}

func known(name string) bool {
	switch name {
	case "p", "br", "div", "a", "b", "i", "u", "em", "strong", "span", "img", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6",
		"figure", "figcaption", "blockquote", "table", "tr", "td", "th", "tbody", "thead", "section", "article", "font", "small", "sup", "sub", "hr", "script", "style", "iframe", "center", "pre", "code", "cite", "time":
		return true
	}
	return false
}

// dropped names the elements whose content is no news: code, forms,
// navigation, captions.
func dropped(name string) bool {
	switch name {
	case "script", "style", "noscript", "template", "figcaption", "form", "button", "nav", "aside", "iframe", "svg", "select", "textarea", "head", "object", "video", "audio":
		return true
	}
	return false
}

// skipElement returns the length of everything up to and including the end tag
// of the element name. Without one only the start tag is dropped, so that a
// stray tag cannot swallow an article.
func (s *stripper) skipElement(rest, name string) int {
	if s.lost > 8 {
		return 0
	}
	for i := 0; i < len(rest); {
		j := strings.Index(rest[i:], "</")
		if j < 0 {
			break
		}
		i += j
		if got, _ := tagName(rest[i+1:]); got == name {
			return i + tagEnd(rest[i:])
		}
		i += 2
	}
	s.lost++
	return 0
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
