package standin

import (
	_ "embed"
	"regexp"
	"strings"
	"sync"
)

// emojiList has a shortcode and its character on each line. The codes are
// Slack's, which follow the emoji-data set; flags are made from their letters.
//
//go:embed emoji.txt
var emojiList string

var emojiTable = sync.OnceValue(func() map[string]string {
	table := map[string]string{}
	for line := range strings.Lines(emojiList) {
		if code, char, ok := strings.Cut(strings.TrimSpace(line), " "); ok && code != "#" {
			table[code] = char
		}
	}
	return table
})

var shortcode = regexp.MustCompile(`:([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?`)

// emoji is the character of a shortcode, or "" if the page does not know it.
func emoji(code string) string {
	if land, ok := strings.CutPrefix(code, "flag-"); ok && len(land) == 2 {
		return string(rune(land[0]-'a')+'🇦') + string(rune(land[1]-'a')+'🇦')
	}
	return emojiTable()[code]
}

// withEmoji splits plain text at the shortcodes it holds. Unknown ones stay text.
func withEmoji(s string) []Node {
	var out []Node
	for s != "" {
		at := shortcode.FindStringSubmatchIndex(s)
		if at == nil {
			return append(out, Node{Kind: "text", Text: s})
		}
		char := emoji(s[at[2]:at[3]])
		if char == "" { // the closing colon may open the next shortcode
			out = append(out, Node{Kind: "text", Text: s[:at[3]]})
			s = s[at[3]:]
			continue
		}
		if at[0] > 0 {
			out = append(out, Node{Kind: "text", Text: s[:at[0]]})
		}
		out = append(out, Node{Kind: "emoji", ID: s[at[2]:at[3]], Text: char})
		s = s[at[1]:]
	}
	return out
}
