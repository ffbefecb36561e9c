package bot

import (
	"fmt"
	"strings"
	"testing"
)

// A notice says what there is to say, obeys nobody else's markup, and stays a
// message that Slack takes.
func TestNotice(t *testing.T) {
	n := Notice{
		Ill:  []Ailing{{"dawn", "cannot be read since 20 Nov 09:00 UTC (4 failures): 404 Not Found"}, {"<!channel>", "says <https://evil.example|click> and *shouts* \x1b[31m"}},
		Well: []string{"geo", "irna"},
	}
	got := n.text()
	for _, want := range []string{"⚠️ The feed *dawn* cannot be read since 20 Nov 09:00 UTC (4 failures): 404 Not Found\n", "\n✅ Well again: *geo*, *irna*"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	for _, bad := range []string{"<!channel>", "<https", "\x1b"} {
		if strings.Contains(got, bad) {
			t.Errorf("%q is in\n%s", bad, got)
		}
	}
	many := Notice{}
	for i := range 300 {
		many.Ill = append(many.Ill, Ailing{fmt.Sprint("feed", i), strings.Repeat("long & ", 200)})
		many.Well = append(many.Well, fmt.Sprint("well", i))
	}
	if got := many.text(); len(got) > 4000 || !strings.Contains(got, "and 290 other feeds") || !strings.Contains(got, "and 290 more") {
		t.Errorf("%d bytes:\n%s", len(got), got)
	}
}
