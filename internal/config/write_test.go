package config

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/internal/news"
)

func TestRuleEntry(t *testing.T) {
	r := news.MadeRule{
		Rule:    news.Rule{Name: "gulf", When: `"peace plan" date:<14d -"a ` + "`" + `b\c"`, Owner: "U1", Level: news.Urgent},
		Created: time.Date(2026, 11, 20, 23, 0, 0, 0, time.UTC), ChangedBy: "U2", Changed: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC),
	}
	want := `  - name: "gulf"
    when: "\"peace plan\" date:<14d -\"a \x60b\\c\""
    level: urgent
    # made in Slack by U1, 2026-11-20; changed by U2, 2026-11-21
`
	if got := RuleEntry(r); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

// What was written is read again as it was, whatever it holds.
func FuzzRuleEntry(f *testing.F) {
	for _, s := range []string{`kind:any`, "a: b # c", `"peace plan" OR 'x'`, "`code`", "- x", "ایران می‌گوید", "停战", "\u202eabc\u00a0\x1b[31m\x7f", "x\ny\r\n", `\n\`, "\U000e0041", "{a: [b]}", "%", "!tag &a *a", "~", "null", "yes"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, when, who string) {
		if when == "" || !utf8.ValidString(when) || strings.TrimSpace(when) != when || strings.ContainsFunc(when, unicode.IsControl) {
			return // a query is one line
		}
		r := news.MadeRule{Rule: news.Rule{Name: "gulf", When: when, Owner: who}, ChangedBy: who}
		entry := RuleEntry(r) + RuleEntry(news.MadeRule{Rule: news.Rule{Name: "next", When: "x", Title: when}})
		c, ps := Parse("out.yaml", []byte("rules:\n"+entry))
		if len(ps) > 0 {
			t.Fatalf("%v\n%s", ps, entry)
		}
		if len(c.Rules) != 2 || c.Rules[0].When != when || c.Rules[1].Title != when || c.Rules[1].Name != "next" {
			t.Errorf("%q became %+v\n%s", when, c.Rules, entry)
		}
	})
}
