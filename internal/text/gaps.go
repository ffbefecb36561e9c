package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// gapOf returns the gap that a mark makes wherever it stands; odd: that
// depends on what stands around it, and mark decides.
func gapOf(r rune) (g Gap, odd bool) {
	switch r {
	case ' ', '\t', '\r', '\u00a0', '\u202f', '\u2009', '\u3000':
		return Space, false
	case '\n', '\u2028', '\u2029', '\v', '\f', '-', '‐', '‑', '.', '"', '＂', '\'', '`', '‘', '’':
		return 0, true
	case ',', '،', '、', '，':
		return Comma, false
	case ':', '：':
		return Colon, false
	case ';', '؛', '；':
		return Semicolon, false
	case '–', '—', '―', '−', '|': // a bar parts a headline from its outlet
		return Dash, false
	case '/':
		return Slash, false
	case '。', '．', '۔', '।':
		return Dot | SentenceEnd, false
	case '!', '！':
		return Dot, false
	case '?', '؟', '？':
		return Dot | Question, false
	case '…':
		return Ellipsis, false
	case '(', ')', '[', ']', '{', '}', '（', '）', '【', '】':
		return Paren, false
	case '“', '„', '«', '「', '『', '‹', '‚':
		return QuoteOpen, false
	case '”', '»', '」', '』', '›':
		return QuoteClose, false
	case '•', '·', '▪', '●', '‣', '*', '►', '■', '◆', '➤':
		return Bullet, false
	}
	if unicode.IsSpace(r) {
		return Space, false
	}
	return 0, false
}

// mark notes what stands between two tokens.
func (k *tokeniser) mark(i int, r rune, n int) int {
	s := k.s
	switch r {
	case '\n', '\u2028', '\u2029', '\v', '\f':
		if k.lineBreak(i) {
			k.gap |= ParagraphEnd | SentenceEnd
			k.quotes, k.single = false, false
		} else {
			k.gap |= Space
		}
	case '-', '‐', '‑':
		if joined(s, i, n) {
			k.gap |= Hyphen
		} else {
			k.gap |= Dash
		}
	case '.':
		if strings.HasPrefix(s[i:], "...") {
			k.gap |= Ellipsis
			return i + 3
		}
		k.gap |= Dot
	case '"', '＂':
		k.quotes = !k.quotes
		if k.quotes {
			k.gap |= QuoteOpen
		} else {
			k.gap |= QuoteClose
		}
	case '\'', '`', '‘', '’':
		switch {
		case r == '‘', r != '’' && letterAt(s, i+n) && (i == 0 || !letterAt(s[:i], i-1)):
			k.gap |= QuoteOpen
			k.single = true
		case k.single || !k.ofMany(i):
			k.gap |= QuoteClose
			k.single = false
		}
	default:
		g, _ := gapOf(r)
		k.gap |= g
	}
	return i + n
}

// ofMany reports whether the apostrophe at i is that of a plural, behind its s: "the
// mediators' plan". Where a single quotation mark is open it closes that.
func (k *tokeniser) ofMany(i int) bool {
	return i > 0 && k.s[i-1]|0x20 == 's' && len(k.tokens) > 0 && k.gap == 0
}

// joined reports whether the hyphen at i stands between letters or digits.
func joined(s string, i, n int) bool {
	if i == 0 || i+n >= len(s) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+n:])
	return (unicode.IsLetter(before) || unicode.IsDigit(before) || unicode.Is(unicode.M, before) || before == '.') &&
		(unicode.IsLetter(after) || unicode.IsDigit(after))
}

// lineBreak reports whether the newline at i ends a paragraph, or only a line
// of text that was wrapped by hand.
func (k *tokeniser) lineBreak(i int) bool {
	if len(k.t.segments) > 0 { // markup has said where blocks end; "\n" in its text is a space
		return k.atBreak(i + 1)
	}
	s := k.s
	j := i + 1
	for j < len(s) && (s[j] == ' ' || s[j] == '\t' || s[j] == '\r') {
		j++
	}
	if j >= len(s) || s[j] == '\n' {
		return true
	}
	if !(s[j] >= 'a' && s[j] <= 'z') {
		return true
	}
	const short = 50 // bytes: a line that ends sooner was not wrapped
	line := strings.TrimRight(s[max(0, i-400):i], " \t\r")
	return len(line) < short || strings.HasSuffix(line, ".") || strings.HasSuffix(line, ":") || strings.LastIndexByte(line[len(line)-short:], '\n') >= 0
}

// atBreak reports whether a block begins at or behind plain offset p with
// nothing but white space between.
func (k *tokeniser) atBreak(p int) bool {
	b := k.t.breaks
	for k.nextBrk < len(b) && int(b[k.nextBrk].at) < p {
		k.nextBrk++
	}
	return k.nextBrk < len(b) && strings.TrimSpace(k.s[p:b[k.nextBrk].at]) == ""
}
