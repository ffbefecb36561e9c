package bot_test

import (
	"strings"
	"testing"

	"parley/bot"
	"parley/internal/news"
)

// A list into which a flood was gathered says why it is one; other digests do not.
func TestGatheredSaysWhy(t *testing.T) {
	for _, gathered := range []bool{true, false} {
		var batch []news.Notification
		for range 35 {
			n := notification("C1", "k", longest())
			n.Alert.Gathered = gathered
			batch = append(batch, n)
		}
		if text := bot.Text(batch, names); strings.Contains(text, "Much came to this channel") != gathered || length(text) > 4000 {
			t.Errorf("gathered %v, %d characters: %s", gathered, length(text), text)
		}
	}
}
