package config

import (
	"strings"
	"unicode/utf8"
)

// Within returns the place in the file of a byte of a value that begins at the
// given place, however the file writes it: plain or in quotes, on one line or
// several, or as a block behind | or >. So a fault inside a query is shown where
// it was typed. For an offset behind the value's end it is the place after it.
func (c *Config) Within(at Position, value string, offset int) Position {
	w := walker{src: string(c.Source), at: Position{1, 1}}
	for w.src != "" && w.at != at {
		w.pass()
	}
	w.open()
	for i, r := range value {
		if r != ' ' && r != '\n' {
			w.blanks()
		}
		if i >= offset {
			break
		}
		if !w.match(r) {
			return at // the file does not hold the value as we were told
		}
	}
	return w.at
}

// A walker goes through the file side by side with a value.
type walker struct {
	src   string // what is left of the file
	at    Position
	quote byte // of the value: ', " or 0
}

// pass passes one character of the file.
func (w *walker) pass() {
	r, n := utf8.DecodeRuneInString(w.src)
	w.src = w.src[n:]
	if w.at.Column++; r == '\n' {
		w.at = Position{w.at.Line + 1, 1}
	}
}

// open passes what stands before the first character of the value.
func (w *walker) open() {
	switch {
	case strings.HasPrefix(w.src, `"`), strings.HasPrefix(w.src, `'`):
		w.quote = w.src[0]
		w.pass()
	case strings.HasPrefix(w.src, "|"), strings.HasPrefix(w.src, ">"):
		for w.src != "" && w.src[0] != '\n' {
			w.pass()
		}
	}
}

func (w *walker) blanks() {
	for w.src != "" && strings.IndexByte(" \t\r\n", w.src[0]) >= 0 {
		w.pass()
	}
}

// match passes what the file writes for one character of the value. One space
// or end of line of the value may be many of the file, where lines are folded.
func (w *walker) match(r rune) bool {
	switch {
	case w.quote == '"' && strings.HasPrefix(w.src, `\`):
		w.escape()
		return true
	case r == ' ' || r == '\n':
		if rest := strings.TrimLeft(w.src, " \t\r"); strings.HasPrefix(rest, "\n") {
			w.blanks()
		} else if strings.HasPrefix(w.src, " ") {
			w.pass()
		}
		return true // what is folded has been passed with its first character
	case w.quote == '\'' && strings.HasPrefix(w.src, "''"):
		w.pass()
	}
	s, _ := utf8.DecodeRuneInString(w.src)
	w.pass()
	return s == r
}

// escape passes an escape sequence between double quotes.
func (w *walker) escape() {
	w.pass()
	n := 1
	if w.src != "" {
		n += map[byte]int{'x': 2, 'u': 4, 'U': 8}[w.src[0]]
	}
	for range n {
		w.pass()
	}
}
