package bot

import (
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// plain returns what a reader sees of text as a feed delivered it: no markup, no
// entities, no control or direction-override characters, one space between
// words. The result is one line and still has to be made safe for the place it
// goes to: mrkdwn for a mrkdwn field, nothing for plain_text and rich_text.
func plain(s string) string {
	if strings.ContainsAny(s, "<&") {
		s = stripMarkup(s)
	}
	return tidy(s)
}

// stripMarkup drops tags, comments, scripts and styles, and resolves entities.
func stripMarkup(s string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(s))
	skip := ""
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			if skip == "" {
				b.Write(z.Text())
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			switch tag := string(name); {
			case tag == "script" || tag == "style":
				skip = tag
			case !inline(tag):
				b.WriteByte(' ')
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if tag := string(name); tag == skip {
				skip = ""
			} else if !inline(tag) {
				b.WriteByte(' ')
			}
		case html.SelfClosingTagToken:
			b.WriteByte(' ')
		}
	}
}

// inline tells the tags that stand inside a word or sentence without parting it.
func inline(tag string) bool {
	switch tag {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr":
		return true
	}
	return false
}

// escapes are the sequences by which terminals are coloured, and worse.
var escapes = regexp.MustCompile(`\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])`)

// tidy drops what a reader cannot see but a terminal, a screen or a bidi
// algorithm would obey, and collapses white space.
func tidy(s string) string {
	if strings.Contains(s, "\x1b") {
		s = escapes.ReplaceAllString(s, "")
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || r == '\u2028' || r == '\u2029':
			space = b.Len() > 0
			continue
		case invisible(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r) // invalid UTF-8 arrives here as U+FFFD
	}
	return b.String()
}

// invisible tells the characters that carry no meaning for a reader. The joiners
// ZWNJ and ZWJ stay, since Persian and emoji need them, as do the plain direction
// marks.
func invisible(r rune) bool {
	switch {
	case unicode.IsControl(r):
		return true
	case r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069: // direction embeddings, overrides, isolates
		return true
	case r == 0x00AD, r == 0x200B, r == 0x2060, r == 0xFEFF, r >= 0xFFF9 && r <= 0xFFFB:
		return true
	case r >= 0xE0000 && r <= 0xE007F: // tags, in which text can hide
		return true
	}
	return false
}

// mrkdwn makes clean text safe in a mrkdwn field: Slack reads &, < and > as its
// own markup, and * _ ~ ` as formatting wherever they stand at the edge of a
// word. The latter cannot be escaped, so they become their look-alikes there;
// inside a word they are harmless and stay. A colon that would open an emoji
// and an at sign that would call a channel are defused likewise.
func mrkdwn(s string) string {
	if !strings.ContainsAny(s, "&<>*_~`:@") {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	prev := rune(' ')
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		next, _ := utf8.DecodeRuneInString(s[i+size:])
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>' && b.Len() == 0:
			b.WriteRune('›') // at the start of a line even an escaped one makes a quotation
		case r == '>':
			b.WriteString("&gt;")
		case r == '`':
			b.WriteRune('ˋ')
		case (r == '*' || r == '_' || r == '~') && !(wordRune(prev) && wordRune(next)):
			b.WriteRune(lookAlike(r))
		case r == ':' && opensEmoji(s[i+1:]):
			b.WriteRune('∶')
		case r == '@' && callsChannel(s[i+1:]):
			b.WriteString("@\u2060")
		default:
			b.WriteRune(r)
		}
		prev = r
	}
	return b.String()
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func lookAlike(r rune) rune {
	switch r {
	case '*':
		return '∗'
	case '_':
		return 'ˍ'
	}
	return '∼'
}

// opensEmoji says whether a colon before rest opens the name of an emoji. 22:00:10
// has none, since but for a few an emoji's name has a letter.
func opensEmoji(rest string) bool {
	name, _, found := strings.Cut(rest, ":")
	if !found || name == "" || len(name) > 100 {
		return false
	}
	letter := false
	for _, r := range name {
		if r >= 'a' && r <= 'z' {
			letter = true
		} else if !(r >= '0' && r <= '9' || strings.ContainsRune("_+-'", r)) {
			return false
		}
	}
	return letter || name == "100" || name == "1234" || name == "+1" || name == "-1"
}

func callsChannel(rest string) bool {
	for _, name := range []string{"channel", "here", "everyone"} {
		if len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) {
			return true
		}
	}
	return false
}

// leftToRight makes a line with right-to-left names in it start at the left, where
// a client would judge by the first letter.
func leftToRight(s string) string {
	if strings.ContainsRune(s, '\u2068') {
		return "\u200e" + s
	}
	return s
}

// isolate wraps text with right-to-left letters so that it cannot reorder what
// stands around it.
func isolate(s string) string {
	for _, r := range s {
		if unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam, unicode.Samaritan, unicode.Mandaic) {
			return "\u2068" + s + "\u2069"
		}
	}
	return s
}

// width is the length of a string as Slack's limits may count it: in UTF-16
// units, which is never less than in characters.
func width(s string) int {
	n := 0
	for _, r := range s {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}

// clip shortens a string to at most limit units, at a space if one is near, and
// says with an ellipsis that it did. A letter is never parted from its marks.
func clip(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	if limit < 2 {
		return ""
	}
	end, space, n := 0, 0, 0
	prev := rune(0)
	for i, r := range s {
		joined := unicode.Is(unicode.M, r) || r == 0x200D || prev == 0x200D || r >= 0x1F3FB && r <= 0x1F3FF
		if !joined {
			end = i // a cut before this letter harms none
			if r == ' ' {
				space = i
			}
		}
		if n++; r > 0xFFFF {
			n++
		}
		if n > limit-1 {
			break
		}
		prev = r
	}
	if space > 0 && end-space < 24 {
		end = space
	}
	return strings.TrimRight(s[:end], " ,;:—–-") + "…"
}

// safeLink returns the link as it may stand in a message, or nothing when it is
// no web address or longer than Slack takes.
func safeLink(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	out := strings.NewReplacer("|", "%7C", "<", "%3C", ">", "%3E", "*", "%2A", "`", "%60", " ", "%20", "\"", "%22").Replace(u.String())
	for _, r := range out {
		if invisible(r) || unicode.IsSpace(r) {
			return ""
		}
	}
	if width(escapeLink(out)) > maxLink {
		return ""
	}
	return out
}

// escapeLink writes a safe link as mrkdwn wants it between < and >.
func escapeLink(link string) string { return strings.ReplaceAll(link, "&", "&amp;") }

// anchor writes a link in mrkdwn; the label is clean text, of at most limit units
// when written.
func anchor(link, label string, limit int) string {
	if link == "" {
		return mrk(label, limit)
	}
	return "<" + escapeLink(link) + "|" + mrk(label, limit) + ">"
}

// mrk clips clean text so that it takes at most limit units as mrkdwn.
func mrk(s string, limit int) string { return fit(s, limit, mrkdwn) }

// code clips clean text and writes it in fixed-width type.
func code(s string, limit int) string {
	return fit(s, limit, func(s string) string { return "`" + escapeCode(s) + "`" })
}

// escapeCode makes clean text safe between backticks, where only Slack's own
// markup is read.
func escapeCode(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "`", "ˋ").Replace(s)
}

// fit clips s until write makes at most limit units of it. What is written is
// never cut itself, since that could part an escape.
func fit(s string, limit int, write func(string) string) string {
	for n := limit; n > 1; n -= 1 + n/4 {
		if out := write(clip(s, n)); width(out) <= limit {
			return out
		}
	}
	return ""
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
