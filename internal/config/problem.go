package config

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Problem is one fault of the file.
type Problem struct {
	File    string
	At      Position
	Width   int // of the caret line in characters, at least 1
	Message string
	Warning bool // worth knowing, but the configuration works
	Line    string
	Detail  []string // further lines, to stand under the caret
}

// String gives file:line:column, the sentence, a caret under the place, and the
// detail.
func (p Problem) String() string {
	s := p.sentence()
	for _, line := range p.Detail {
		s += "\n      " + blot(line)
	}
	return s
}

func (p Problem) sentence() string {
	kind := ""
	if p.Warning {
		kind = "warning: "
	}
	s := fmt.Sprintf("%s:%d:%d: %s%s", p.File, p.At.Line, p.At.Column, kind, p.Message)
	before, rest, ok := p.cut()
	if !ok {
		return s
	}
	pad := strings.Map(func(r rune) rune {
		if r == '\t' {
			return r
		}
		return ' '
	}, before)
	width := min(max(1, p.Width), max(1, utf8.RuneCountInString(rest)))
	return s + "\n    " + p.Line + "\n    " + pad + strings.Repeat("^", width)
}

// cut parts the line at the place; ok is false if the place is not in it.
func (p Problem) cut() (before, rest string, ok bool) {
	if p.Line == "" || p.At.Column < 1 {
		return "", "", false
	}
	n := p.At.Column - 1
	for i := range p.Line {
		if n == 0 {
			return p.Line[:i], p.Line[i:], true
		}
		n--
	}
	return p.Line, "", n == 0
}

// Problems are all faults of a file; as an error it lists them one by one.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// Errors returns the problems that are more than warnings.
func (ps Problems) Errors() Problems {
	var out Problems
	for _, p := range ps {
		if !p.Warning {
			out = append(out, p)
		}
	}
	return out
}

// Sort orders the problems as they stand in the file.
func (ps Problems) Sort() {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column))
	})
}

// Problem makes a problem of this file at a place. Whatever looks like a secret
// is blotted out of it: reports end up in logs and in chats.
func (c *Config) Problem(at Position, width int, format string, args ...any) Problem {
	return Problem{
		File: c.File, At: at, Width: width,
		Message: blot(fmt.Sprintf(format, args...)),
		Line:    blot(line(c.Source, at.Line)),
	}
}

// secrets are Slack's tokens wherever they stand, what stands behind a key that
// is for a secret, and passwords in addresses.
var secrets = regexp.MustCompile(`xox[a-z]-[^\s"',}\]]+|xapp-[^\s"',}\]]+|(?:token|token_key|secret|password)["']?\s*:\s*("[^"]*"?|'[^']*'?|[^\s,}\]]+)|//[^/?#\s"']*:([^/?#\s"']*)@`)

// blot writes an asterisk for every character of a secret, so that carets stay
// where they belong.
func blot(s string) string {
	var b strings.Builder
	at := 0
	for _, m := range secrets.FindAllStringSubmatchIndex(s, -1) {
		from, to := m[0], m[1]
		for g := 2; g < len(m); g += 2 {
			if m[g] >= 0 {
				from, to = m[g], m[g+1]
			}
		}
		b.WriteString(s[at:from])
		b.WriteString(strings.Repeat("*", utf8.RuneCountInString(s[from:to])))
		at = to
	}
	b.WriteString(s[at:])
	return b.String()
}

func line(src []byte, n int) string {
	rest := string(src)
	for i := 1; i < n; i++ {
		var ok bool
		if _, rest, ok = strings.Cut(rest, "\n"); !ok {
			return ""
		}
	}
	s, _, _ := strings.Cut(rest, "\n")
	return strings.TrimRight(s, "\r")
}
