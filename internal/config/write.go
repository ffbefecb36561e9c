package config

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"parley/internal/news"
)

// RuleEntry writes a rule that somebody made in Slack as an entry of rules:, with
// a comment that keeps who made it and when.
func RuleEntry(r news.MadeRule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - name: %s\n", quoted(r.Name))
	if r.Title != "" {
		fmt.Fprintf(&b, "    title: %s\n", quoted(r.Title))
	}
	fmt.Fprintf(&b, "    when: %s\n", quoted(r.When))
	if r.Level != "" && r.Level != news.Normal {
		fmt.Fprintf(&b, "    level: %s\n", r.Level)
	}
	fmt.Fprintf(&b, "    # made in Slack by %s, %s", comment(r.Owner), r.Created.UTC().Format(time.DateOnly))
	if r.ChangedBy != "" {
		fmt.Fprintf(&b, "; changed by %s, %s", comment(r.ChangedBy), r.Changed.UTC().Format(time.DateOnly))
	}
	b.WriteByte('\n')
	return b.String()
}

// quoted writes a value between quotation marks. What a chat would take for its
// own markup, or would not show, is written by its number, so that the value is
// the same after it was copied out of one.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '`' || r < ' ' || r >= 0x7F && r <= 0xA0 || r == 0xAD:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r >= 0x200B && r <= 0x200F || r >= 0x2028 && r <= 0x202E || r >= 0x2060 && r <= 0x206F || r == 0xFEFF || r == utf8.RuneError || r >= 0xFFF9 && r <= 0xFFFB:
			fmt.Fprintf(&b, `\u%04x`, r)
		case r >= 0xE0000 && r <= 0xE007F:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// comment makes a word fit to stand in a comment.
func comment(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == '`' || notInNames(r) {
			return -1
		}
		return r
	}, s)
}
