package standin

import (
	"fmt"
	"strings"
	"testing"
)

// sketch writes nodes in brackets: [bold one [italic two]].
func sketch(nodes []Node) string {
	var b strings.Builder
	for _, n := range nodes {
		switch n.Kind {
		case "text":
			b.WriteString(n.Text)
		case "break":
			b.WriteString("¶")
		case "link":
			fmt.Fprintf(&b, "[link %s %s]", n.URL, sketch(n.Inner))
		case "date":
			fmt.Fprintf(&b, "[date %d %s|%s]", n.Stamp, n.Format, n.Text)
		default:
			fmt.Fprintf(&b, "[%s %s%s]", n.Kind, n.Text, sketch(n.Inner))
		}
	}
	return b.String()
}

func called(id string) string {
	return map[string]string{"U1": "Mina", "C1": "us-iran"}[id]
}

func TestMarkup(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"plain", "plain"},
		{"*bold* _italic_ ~struck~ `code`", "[bold bold] [italic italic] [strike struck] [code code]"},
		{"*bold _and italic_*", "[bold bold [italic and italic]]"},
		{"2*3*4 and snake_case_name", "2*3*4 and snake_case_name"},
		{"* not bold * nor **", "* not bold * nor **"},
		{"(*in brackets*), *at the end*.", "([bold in brackets]), [bold at the end]."},
		{"`*not bold*` *`code` in bold*", "[code *not bold*] [bold [code code] in bold]"},
		{"a\nb", "a¶b"},
		{"&gt; quoted\n> too\nnot", "[quote quoted¶too]not"},
		{"```\nif a &lt; b {\n```\nafter", "[pre if a < b {]after"},
		{"&lt;b&gt;&amp;amp;", "<b>&amp;"},
		{"<https://example.org/a_b_c|the *site*>", "[link https://example.org/a_b_c the [bold site]]"},
		{"<https://example.org/?a=1&amp;b=2>", "[link https://example.org/?a=1&b=2 https://example.org/?a=1&b=2]"},
		{"see https://example.org/a. Then", "see [link https://example.org/a https://example.org/a]. Then"},
		{"*<https://example.org/*|a*b>*", "[bold [link https://example.org/* a*b]]"},
		{"<javascript:alert(1)|click>", "click"},
		{"<data:text/html,x>", "<data:text/html,x>"},
		{"<@U1> in <#C1>, <@U9|nobody>, <!here>", "[user @Mina] in [channel #us-iran], [user @nobody], [broadcast @here]"},
		{"<!date^1795510800^{date_long} at {time}|24 Nov>", "[date 1795510800 {date_long} at {time}|24 Nov]"},
		{"<!date^soon^{date}|some day>", "some day"},
		{":warning: :no-such: 10:30:45 :flag-pk:", "[emoji ⚠️] :no-such: 10:30:45 [emoji 🇵🇰]"},
		{"unclosed <https://example.org", "unclosed <[link https://example.org https://example.org]"},
		{"unclosed *bold and `code", "unclosed *bold and `code"},
		{"*متن پررنگ* است", "[bold متن پررنگ] است"},
	} {
		if got := sketch(mrkdwn(c.text, called)); got != c.want {
			t.Errorf("%q\n  got %s\n want %s", c.text, got, c.want)
		}
	}
	if got := sketch(plainText("*not bold* :eyes:\n&lt;", true)); got != "*not bold* [emoji 👀]¶<" {
		t.Errorf("plain text: %s", got)
	}
}

// A hostile line must not cost more than its length: 40,000 characters are what
// Slack takes.
func BenchmarkMarkup(b *testing.B) {
	for name, s := range map[string]string{"stars": "*a ", "angles": "<a ", "nested": "*_~`", "codes": ":a:b"} {
		line := strings.Repeat(s, 40_000/len(s))
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				mrkdwn(line, called)
			}
		})
	}
}

func FuzzMarkup(f *testing.F) {
	for _, s := range []string{"*a* _b_ <http://x|y> `c`", "```x```", "> a\n&gt; b", "<!date^1^{date}^http://x|f>", "::a::b:", "*<*>*", "<>", "<|>", "`<`>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var check func([]Node)
		check = func(nodes []Node) {
			for _, n := range nodes {
				if n.URL != "" && !strings.HasPrefix(n.URL, "https://") && !strings.HasPrefix(n.URL, "http://") {
					t.Errorf("%q links to %q", s, n.URL)
				}
				check(n.Inner)
			}
		}
		check(mrkdwn(s, called))
	})
}
