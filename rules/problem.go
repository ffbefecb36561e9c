package rules

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// A Problem is something wrong, or doubtful, at one place of a query. As an
// error it is one sentence that ends with what to type instead.
type Problem struct {
	Src      string // the whole query
	Pos, End int    // bytes of Src that are meant; End may equal Pos at the end of a query
	Msg      string // what is wrong: `unknown field "actr"`
	Hint     string // what to do: "did you mean actor:?"
	Warning  bool   // the query can be used, but perhaps does not say what was meant
}

// An Error is the Problem that Parse and Compile refuse a query with.
type Error = Problem

// Error returns the problem as one sentence, without its place.
func (p *Problem) Error() string {
	if p.Hint == "" {
		return p.Msg
	}
	return p.Msg + ": " + p.Hint
}

// Line returns the line and column of the problem, both counted from 1, the
// column in characters.
func (p *Problem) Line() (line, column int) {
	before := p.Src[:min(p.Pos, len(p.Src))]
	start := strings.LastIndexByte(before, '\n') + 1
	return 1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[start:])
}

// Caret returns the line of the query that has the problem, with ^^^ under the
// place and the sentence behind it. Of a long line only the part around the
// place is shown. It is meant for fixed-width type, such as a terminal or a
// code block in Slack.
func (p *Problem) Caret() string {
	const around = 60 // characters shown on either side
	pos, end := min(p.Pos, len(p.Src)), min(max(p.End, p.Pos), len(p.Src))
	from := strings.LastIndexByte(p.Src[:pos], '\n') + 1
	to := len(p.Src)
	if i := strings.IndexByte(p.Src[pos:], '\n'); i >= 0 {
		to = pos + i
	}
	end = min(end, to)

	left, right := p.Src[from:pos], p.Src[end:to]
	middle := p.Src[pos:end]
	if n := utf8.RuneCountInString(left); n > around {
		left = "…" + lastRunes(left, around-1)
	}
	if utf8.RuneCountInString(middle) > 2*around {
		middle, right = firstRunes(middle, 2*around)+"…", ""
	}
	if utf8.RuneCountInString(right) > around {
		right = firstRunes(right, around-1) + "…"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s%s%s\n", visible(left), visible(middle), visible(right))
	b.WriteString(strings.Repeat(" ", columns(left)))
	b.WriteString(strings.Repeat("^", max(1, columns(middle))))
	b.WriteByte(' ')
	b.WriteString(p.Error())
	return b.String()
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func lastRunes(s string, n int) string {
	i := len(s)
	for ; i > 0 && n > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
	}
	return s[i:]
}

// visible replaces what would move the caret away from its place.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || r == '\u200d': // joiners shape words, and take no room
			return r
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)
}

// columns returns how wide s is in fixed-width type.
func columns(s string) int {
	n := 0
	for _, r := range visible(s) {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		case width.LookupRune(r).Kind() == width.EastAsianWide, width.LookupRune(r).Kind() == width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}

// A fault is a problem whose place is not known yet.
type fault struct{ msg, hint string }

func (f *fault) at(src string, pos, end int) *Problem {
	return &Problem{Src: src, Pos: pos, End: end, Msg: f.msg, Hint: f.hint}
}
