package standin

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Node is a piece of message text as the page draws it. Text is plain: it was
// unescaped once, and is to be set as text, never as markup.
type Node struct {
	Kind   string `json:"k"`           // text, bold, italic, strike, code, pre, quote, link, user, channel, broadcast, date, emoji, break, list, item
	Text   string `json:"t,omitempty"` // of a date: its fallback
	URL    string `json:"url,omitempty"`
	ID     string `json:"id,omitempty"`
	Stamp  int64  `json:"ts,omitempty"`     // of a date, in seconds
	Format string `json:"format,omitempty"` // of a date, with Slack's {tokens}
	Order  bool   `json:"order,omitempty"`  // of a list: numbered
	Inner  []Node `json:"c,omitempty"`
}

// names tells how users and channels are called; an unknown id gives "".
type names func(id string) string

// mrkdwn reads Slack's text markup.
func mrkdwn(text string, called names) []Node {
	r := reader{called: called}
	var out []Node
	for rest := text; rest != ""; {
		open := strings.Index(rest, "```")
		if open < 0 {
			return append(out, r.lines(rest)...)
		}
		length := strings.Index(rest[open+3:], "```")
		if length < 0 {
			return append(out, r.lines(rest)...)
		}
		out = append(out, r.lines(strings.TrimSuffix(rest[:open], "\n"))...)
		code := strings.Trim(rest[open+3:open+3+length], "\n")
		out = append(out, Node{Kind: "pre", Text: flatten(r.inline(code, true))})
		rest = strings.TrimPrefix(rest[open+3+length+3:], "\n")
	}
	return out
}

// plainText reads a plain_text object: nothing but emoji and line ends.
func plainText(text string, emoji bool) []Node {
	var out []Node
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out = append(out, Node{Kind: "break"})
		}
		if emoji {
			out = append(out, withEmoji(unescape(line))...)
		} else if line != "" {
			out = append(out, Node{Kind: "text", Text: unescape(line)})
		}
	}
	return out
}

type reader struct{ called names }

// lines reads text without code blocks; lines that start with > are a quote.
func (r reader) lines(text string) []Node {
	if text == "" {
		return nil
	}
	var out []Node
	var quote []string
	flush := func() {
		if quote != nil {
			out = append(out, Node{Kind: "quote", Inner: r.joined(quote)})
			quote = nil
		}
	}
	var plain []string
	flushPlain := func() {
		if plain != nil {
			out = append(out, r.joined(plain)...)
			plain = nil
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		said, quoted := strings.CutPrefix(line, "&gt;")
		if !quoted {
			said, quoted = strings.CutPrefix(line, ">")
		}
		if quoted {
			flushPlain()
			quote = append(quote, strings.TrimPrefix(said, " "))
			continue
		}
		flush()
		plain = append(plain, line)
	}
	flush()
	flushPlain()
	return out
}

func (r reader) joined(lines []string) []Node {
	var out []Node
	for i, l := range lines {
		if i > 0 {
			out = append(out, Node{Kind: "break"})
		}
		out = append(out, r.inline(l, false)...)
	}
	return out
}

// mark says what a character that sets text apart makes of it.
func mark(b byte) string {
	switch b {
	case '*':
		return "bold"
	case '_':
		return "italic"
	case '~':
		return "strike"
	case '`':
		return "code"
	}
	return ""
}

// inline reads one line; literal reads only <…> and escapes, as within code.
func (r reader) inline(s string, literal bool) []Node {
	var out []Node
	start := 0
	var unclosed [128]bool // marks that nothing later closes, so that a line of them is read in one pass
	flush := func(to int) {
		if to > start {
			if literal {
				out = append(out, Node{Kind: "text", Text: unescape(s[start:to])})
			} else {
				out = append(out, bare(s[start:to])...)
			}
		}
	}
	for i := 0; i < len(s); {
		if s[i] == '<' {
			if end := strings.IndexByte(s[i:], '>'); end > 0 {
				flush(i)
				out = append(out, r.angle(s[i+1:i+end], literal))
				i += end + 1
				start = i
				continue
			}
		}
		if kind := mark(s[i]); kind != "" && !literal && !unclosed[s[i]] && opens(s, i) {
			end := closing(s, i)
			unclosed[s[i]] = end < 0
			if end > 0 {
				flush(i)
				n := Node{Kind: kind}
				if kind == "code" {
					n.Text = flatten(r.inline(s[i+1:end], true))
				} else {
					n.Inner = r.inline(s[i+1:end], false)
				}
				out = append(out, n)
				i = end + 1
				start = i
				continue
			}
		}
		i++
	}
	flush(len(s))
	return out
}

// opens says whether a mark at i may begin something: not within a word, and
// with something right after it.
func opens(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return (i == 0 || !unicode.IsLetter(before) && !unicode.IsDigit(before)) &&
		i+1 < len(s) && !unicode.IsSpace(after) && s[i+1] != s[i]
}

// closing finds the mark that ends what the one at i begins, or -1. Marks within
// <…> and code do not count.
func closing(s string, i int) int {
	for j := i + 1; j < len(s); j++ {
		switch {
		case s[j] == s[i]:
			before, _ := utf8.DecodeLastRuneInString(s[:j])
			after, _ := utf8.DecodeRuneInString(s[j+1:])
			if j > i+1 && !unicode.IsSpace(before) && (j+1 == len(s) || !unicode.IsLetter(after) && !unicode.IsDigit(after)) {
				return j
			}
		case s[i] != '`' && (s[j] == '<' || s[j] == '`'):
			end := byte('>')
			if s[j] == '`' {
				end = '`'
			}
			if skip := strings.IndexByte(s[j+1:], end); skip >= 0 {
				j += skip + 1
			}
		}
	}
	return -1
}

// angle reads what stands between < and >.
func (r reader) angle(s string, literal bool) Node {
	head, label, labelled := strings.Cut(s, "|")
	switch {
	case strings.HasPrefix(head, "@"):
		return Node{Kind: "user", ID: head[1:], Text: "@" + firstOf(r.called(head[1:]), unescape(label), head[1:])}
	case strings.HasPrefix(head, "#"):
		return Node{Kind: "channel", ID: head[1:], Text: "#" + firstOf(r.called(head[1:]), unescape(label), head[1:])}
	case strings.HasPrefix(head, "!date^"):
		return date(head, unescape(label))
	case strings.HasPrefix(head, "!"):
		word, _, _ := strings.Cut(head[1:], "^")
		return Node{Kind: "broadcast", Text: firstOf(unescape(label), "@"+unescape(word))}
	}
	target := safeURL(unescape(head))
	shown := firstOf(label, head)
	if target == "" {
		if labelled {
			return Node{Kind: "text", Text: unescape(label)}
		}
		return Node{Kind: "text", Text: "<" + unescape(s) + ">"}
	}
	n := Node{Kind: "link", URL: target}
	if labelled && !literal {
		n.Inner = r.inline(shown, false)
	} else {
		n.Inner = []Node{{Kind: "text", Text: unescape(shown)}}
	}
	return n
}

// date reads !date^1763640000^{date_short} at {time}^https://link.
func date(head, fallback string) Node {
	part := strings.Split(head, "^")
	if len(part) < 3 {
		return Node{Kind: "text", Text: fallback}
	}
	at, err := strconv.ParseInt(part[1], 10, 64)
	if err != nil {
		return Node{Kind: "text", Text: fallback}
	}
	n := Node{Kind: "date", Stamp: at, Format: unescape(part[2]), Text: fallback}
	if len(part) > 3 {
		n.URL = safeURL(unescape(part[3]))
	}
	return n
}

// bareURL finds addresses that stand in running text.
var bareURL = regexp.MustCompile(`https?://[^\s<>"'|*~` + "`" + `]*[^\s<>"'|*~` + "`" + `.,;:!?)\]}]`)

// bare reads text without markup: addresses become links, shortcodes emoji.
func bare(s string) []Node {
	var out []Node
	for s != "" {
		at := bareURL.FindStringIndex(s)
		if at == nil {
			return append(out, withEmoji(unescape(s))...)
		}
		out = append(out, withEmoji(unescape(s[:at[0]]))...)
		address := unescape(s[at[0]:at[1]])
		if target := safeURL(address); target != "" {
			out = append(out, Node{Kind: "link", URL: target, Inner: []Node{{Kind: "text", Text: address}}})
		} else {
			out = append(out, Node{Kind: "text", Text: address})
		}
		s = s[at[1]:]
	}
	return out
}

// safeURL is the address if it may be a link on the page: http or https and
// nothing else. It is "" otherwise.
func safeURL(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}

// unescape undoes the three escapes that Slack asks for, each once.
func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// flatten is the text of nodes without their markup.
func flatten(nodes []Node) string {
	var b strings.Builder
	for _, n := range nodes {
		switch n.Kind {
		case "break":
			b.WriteByte('\n')
		case "emoji":
			b.WriteString(firstOf(n.Text, ":"+n.ID+":"))
		default:
			b.WriteString(n.Text)
		}
		b.WriteString(flatten(n.Inner))
	}
	return b.String()
}

func firstOf(s ...string) string {
	for _, one := range s {
		if one != "" {
			return one
		}
	}
	return ""
}
