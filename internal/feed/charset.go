package feed

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// decode turns a document into valid UTF-8 without characters that XML
// forbids. The bytes themselves count for more than what is said of them: a
// byte order mark first, then zero bytes, which only UTF-16 and UTF-32 have,
// then whether it is UTF-8, which other text hardly ever is by chance; only
// then the charset of the HTTP header and of the document. What was declared
// UTF-8 and is not is read byte by byte where it is not, as Windows-1252.
func decode(body []byte, contentType string) string {
	if e, skip := wide(body); e != nil {
		if s, err := e.NewDecoder().Bytes(body[skip:]); err == nil {
			return clean(string(s))
		}
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	declared := declaredCharset(body, contentType)
	if utf8.Valid(body) {
		// seven-bit encodings with escapes are valid UTF-8 and yet not meant so
		if !strings.HasPrefix(declared, "iso-2022-") && declared != "hz-gb-2312" {
			return clean(string(body))
		}
	}
	if declared != "" && declared != "utf-8" && !strings.HasPrefix(declared, "utf-16") {
		if e, _ := charset.Lookup(declared); e != nil && e != encoding.Replacement {
			if s, err := e.NewDecoder().Bytes(body); err == nil {
				return clean(string(s))
			}
		}
	}
	return clean(patched(body))
}

// wide recognises UTF-16 and UTF-32, by their byte order mark or by how the
// first character, "<" or "{", is written. skip is the length of the mark.
func wide(b []byte) (e encoding.Encoding, skip int) {
	has := func(p string) bool { return bytes.HasPrefix(b, []byte(p)) }
	le, be := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	le32, be32 := utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	switch {
	case has("\xff\xfe\x00\x00"):
		return le32, 4
	case has("\x00\x00\xfe\xff"):
		return be32, 4
	case has("\xff\xfe"):
		return le, 2
	case has("\xfe\xff"):
		return be, 2
	case has("<\x00\x00\x00"), has("{\x00\x00\x00"):
		return le32, 0
	case has("\x00\x00\x00<"), has("\x00\x00\x00{"):
		return be32, 0
	case has("<\x00"), has("{\x00"):
		return le, 0
	case has("\x00<"), has("\x00{"):
		return be, 0
	}
	return nil, 0
}

// declaredCharset returns the canonical lower-case name of the charset that
// the HTTP header or else the XML declaration names, "" if neither does.
func declaredCharset(body []byte, contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		if name := canonicalCharset(params["charset"]); name != "" && name != "utf-8" {
			return name
		}
	}
	head := body[:min(len(body), 512)]
	i := bytes.Index(head, []byte("<?xml"))
	if i < 0 {
		return ""
	}
	head = head[i:]
	if end := bytes.Index(head, []byte("?>")); end > 0 {
		head = head[:end]
	}
	_, after, ok := bytes.Cut(head, []byte("encoding"))
	if !ok {
		return ""
	}
	after = bytes.TrimLeft(after, "= \t\r\n\"'")
	if end := bytes.IndexAny(after, "\"' \t\r\n"); end >= 0 {
		after = after[:end]
	}
	return canonicalCharset(string(after))
}

func canonicalCharset(label string) string {
	_, name := charset.Lookup(strings.TrimSpace(label))
	return name
}

// patched keeps what is UTF-8 in b and reads every other byte as
// Windows-1252: feeds put together from several sources mix the two.
func patched(b []byte) string {
	var out strings.Builder
	out.Grow(len(b) + len(b)/8)
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			r = charmap.Windows1252.DecodeByte(b[0])
		}
		out.WriteRune(r)
		b = b[n:]
	}
	return out.String()
}

// clean drops the characters that XML forbids and that no news needs:
// control characters other than tab, line feed and carriage return, and the
// two noncharacters at the end of the basic plane. It also replaces whatever
// is still not UTF-8.
func clean(s string) string {
	if !suspect(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unwanted(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

// suspect tells, faster than a look at every character would, whether s may
// hold one that is unwanted.
func suspect(s string) bool {
	ascii := true
	for i := range len(s) {
		switch c := s[i]; {
		case c < ' ' && c != '\t' && c != '\n' && c != '\r', c == 0x7f:
			return true
		case c == 0xc2, c == 0xef: // begin U+0080 to U+00BF and U+F000 to U+FFFF
			return true
		case c >= utf8.RuneSelf:
			ascii = false
		}
	}
	return !ascii && !utf8.ValidString(s)
}

func unwanted(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r >= 0x7f && r < 0xa0 && r != 0x85 ||
		r == 0xfffe || r == 0xffff || r == '\ufeff'
}
