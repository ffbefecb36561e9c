package bot

import (
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/internal/news"
)

func TestPlain(t *testing.T) {
	cases := map[string]string{
		"":                                "",
		"plain":                           "plain",
		"  two \t\r\n words ":             "two words",
		"<p>one</p><p>two</p>":            "one two",
		"a <b>bold</b>er word":            "a bolder word",
		"US &amp; Iran &lt;b&gt;":         "US & Iran <b>",
		"&lt;!channel&gt;":                "<!channel>",
		"<!channel> x":                    "x",
		"<script>alert(1)</script>shown":  "shown",
		"<style>p{}</style>shown<br>here": "shown here",
		"5 < 6 & 7 > 2":                   "5 < 6 & 7 > 2",
		"abc\u202Edef\u202C":              "abcdef",
		"\u2066x\u2069":                   "x",
		"می\u200cشود":                     "می\u200cشود",
		"a\x00b\x07c\u0085d\u2028e":       "abc d e",
		"\x1b[31mred\x1b[0m \x1b]0;title\x07there": "red there",
		"bad \xff utf8": "bad \uFFFD utf8",
		"soft\u00adhyphen zero\u200bwidth \ufeff": "softhyphen zerowidth",
		"hidden\U000E0041\U000E0042":              "hidden",
		"👩‍👩‍👧 family":                            "👩‍👩‍👧 family",
		"cut <a href=\"x":                         "cut",
		"nested &amp;lt;script&amp;gt;":           "nested &lt;script&gt;",
	}
	for in, want := range cases {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestMrkdwn(t *testing.T) {
	cases := map[string]string{
		"a & b < c > d":            "a &amp; b &lt; c &gt; d",
		"> quoted":                 "› quoted",
		"*bold* 2*3 a*b":           "∗bold∗ 2*3 a*b",
		"_x_ snake_case":           "ˍxˍ snake_case",
		"~gone~ a~b":               "∼gone∼ a~b",
		"`code`":                   "ˋcodeˋ",
		":fire: at 10:30:00 :100:": "∶fire: at 10:30:00 ∶100:",
		"@channel @here a@b.org":   "@\u2060channel @\u2060here a@b.org",
		"@Everyone":                "@\u2060Everyone",
		"<!channel|x> <@U1>":       "&lt;!channel|x&gt; &lt;@U1&gt;",
		"**":                       "∗∗",
	}
	for in, want := range cases {
		if got := mrkdwn(in); got != want {
			t.Errorf("mrkdwn(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestClip(t *testing.T) {
	cases := []struct {
		in    string
		limit int
		want  string
	}{
		{"short", 5, "short"},
		{"one two three", 9, "one two…"},
		{"onetwothree", 6, "onetw…"},
		{"🕊🕊🕊", 4, "🕊…"},
		{"cafe\u0301s", 5, "caf…"},
		{"👩‍👩‍👧 x", 5, "…"},
		{"ab", 1, ""},
		{"word, next", 8, "word…"},
	}
	for _, c := range cases {
		got := clip(c.in, c.limit)
		if got != c.want || width(got) > c.limit {
			t.Errorf("clip(%q, %d) = %q (%d wide), want %q", c.in, c.limit, got, width(got), c.want)
		}
	}
}

func TestSafeLink(t *testing.T) {
	cases := map[string]string{
		"https://example.com/a?b=1&c=2": "https://example.com/a?b=1&c=2",
		" http://example.com ":          "http://example.com",
		"javascript:alert(1)":           "", "data:text/html,x": "", "//example.com": "", "example.com": "", "": "",
		"https://user:pw@example.com/":                    "",
		"https://example.com/a|b<c>d":                     "https://example.com/a%7Cb%3Cc%3Ed",
		"https://example.com/\u202eb":                     "https://example.com/%E2%80%AEb",
		"https://example.com/\x1b":                        "",
		"https://example.com/" + strings.Repeat("&", 300): "",
	}
	for in, want := range cases {
		if got := safeLink(in); got != want {
			t.Errorf("safeLink(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWhen(t *testing.T) {
	d := func(start, end, granularity string, approx, preferred bool) news.Date {
		return news.Date{Span: "as <b>written</b>", Start: start, End: end, Granularity: granularity, Approx: approx, Preferred: preferred}
	}
	on := func(s string, preferred bool) news.Date { return d(s, s, "day", false, preferred) }
	cases := []struct {
		dates []news.Date
		want  string
	}{
		{nil, ""},
		{[]news.Date{on("2026-11-24", true)}, "Tue 24 Nov"},
		{[]news.Date{on("2027-01-05", true)}, "Tue 5 Jan 2027"},
		{[]news.Date{d("2026-11-24", "2026-11-24", "day", true, true), on("2026-11-23", false), on("2026-11-25", false)}, "around Tue 24 Nov (Mon 23 or Wed 25 Nov also possible)"},
		{[]news.Date{on("2026-11-30", true), on("2026-11-30", false), on("2026-12-01", false)}, "Mon 30 Nov (Tue 1 Dec also possible)"},
		{[]news.Date{on("2026-11-24", true), on("2026-11-27", true)}, "Tue 24 Nov and Fri 27 Nov"},
		{[]news.Date{on("2026-11-24", false), on("2026-11-27", false)}, "Tue 24 Nov or Fri 27 Nov"},
		{[]news.Date{d("2026-11-20", "2026-11-27", "deadline", false, true)}, "by Fri 27 Nov"},
		{[]news.Date{d("2026-11-20", "2026-11-27", "deadline", true, true)}, "by about Fri 27 Nov"},
		{[]news.Date{d("2026-11-23", "2026-11-29", "week", false, true)}, "in the week of Mon 23 Nov"},
		{[]news.Date{d("2026-12-01", "2026-12-31", "month", false, true)}, "in December 2026"},
		{[]news.Date{d("2026-12-01", "2026-12-31", "month", true, true)}, "around December 2026"},
		{[]news.Date{d("2026-11-23", "2026-11-25", "range", true, true)}, "around Mon 23 – Wed 25 Nov"},
		{[]news.Date{d("2026-11-30", "2026-12-02", "range", false, true)}, "Mon 30 Nov – Wed 2 Dec"},
		{[]news.Date{d("2026-12-30", "2027-01-02", "range", false, true)}, "Wed 30 Dec 2026 – Sat 2 Jan 2027"},
		{[]news.Date{d("soon", "", "day", false, true)}, "as written"},
		{[]news.Date{d("2026-11-24", "2026-11-01", "range", false, true)}, "Tue 24 Nov"},
		{[]news.Date{on("2026-11-24", true), on("2026-11-24", true)}, "Tue 24 Nov"},
	}
	ref := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	for _, c := range cases {
		if got := when(c.dates, ref); got != c.want {
			t.Errorf("when(%v) = %q, want %q", c.dates, got, c.want)
		}
	}
}

func TestMoment(t *testing.T) {
	at := time.Date(2026, 11, 20, 14, 0, 0, 0, time.FixedZone("", 5*3600+1800))
	if got, want := moment(at, nil), "<!date^1795163400^{date_short_pretty} at {time}|Fri 20 Nov 2026, 14:00 UTC+5:30>"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := plainMoment(at, time.UTC), "Fri 20 Nov 2026, 08:30 UTC"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := moment(time.Time{}, nil); strings.Contains(got, "^") {
		t.Errorf("an unknown time became an instant: %q", got)
	}
}

func TestTyped(t *testing.T) {
	cases := map[string]string{
		"  latest   us-iran ":                      "latest us-iran",
		"search date:&lt;14d &amp;amp;":            `search date:<14d &amp;`,
		"search “second round” «x»":                `search "second round" "x"`,
		"search site:<http://dawn.com|dawn.com> x": "search site:dawn.com x",
		"search <https://dawn.com/a?b=1>":          "search https://dawn.com/a?b=1",
		"sub x in <#C123|desk>":                    "sub x in <#C123|desk>",
		"us\u2011iran\u00a0talks":                  "us-iran talks",
	}
	for in, want := range cases {
		if got := typed(in); got != want {
			t.Errorf("typed(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDestined(t *testing.T) {
	r := Request{Channel: "C1", ChannelName: "here"}
	here := destination{channel: "C1", name: "#here", here: true}
	cases := []struct {
		in, rest string
		to       destination
	}{
		{"us-iran", "us-iran", here},
		{"us-iran in <#C2|desk>", "us-iran", destination{channel: "C2", name: "#desk"}},
		{"us-iran in <#C2>", "us-iran", destination{channel: "C2"}},
		{"us-iran IN #Desk", "us-iran", destination{channel: "#desk", name: "#desk"}},
		{"us-iran in <#C1|here>", "us-iran", here},
		{"us-iran in #here", "us-iran", here},
		{"talks in geneva", "talks in geneva", here},
		{"in #desk", "", destination{channel: "#desk", name: "#desk"}},
		{"talks in #", "talks in #", here},
		{"", "", here},
	}
	for _, c := range cases {
		if rest, to := destined(c.in, r); rest != c.rest || to != c.to {
			t.Errorf("destined(%q) = %q, %+v; want %q, %+v", c.in, rest, to, c.rest, c.to)
		}
	}
}

func TestNearest(t *testing.T) {
	candidates := []string{"latest", "next", "search", "subscribe", "unsubscribe", "subscriptions", "rules", "feeds", "help"}
	cases := map[string]string{
		"latets": "latest", "nxet": "next", "serch": "search", "unsubscirbe": "unsubscribe", "subscription": "subscriptions", "hlep": "help",
		"unsub": "unsubscribe", "wibble": "", "x": "", "": "", "sub": "", "fe": "",
	}
	for in, want := range cases {
		if got := nearest(in, candidates); got != want {
			t.Errorf("nearest(%q) = %q, want %q", in, got, want)
		}
	}
}

// Whatever is fed in, what comes out calls nobody, formats nothing and fits.
func FuzzMrkdwn(f *testing.F) {
	for _, s := range []string{"*a*", "<!channel>", "&lt;@U1&gt;", ":a:b:", "@channel", "a`b`", "\u202e\x1b[1m", "> x", "<b", "&#60;!here&#62;", "a\u0301*b*", "~~", "\xff*\xff"} {
		f.Add(s, 20)
	}
	markup := regexp.MustCompile("[<>]|&(?:[^alg]|$)|^&gt;|`|(?:^|[^\\pL\\p{Nd}])[*_~]|[*_~](?:[^\\pL\\p{Nd}]|$)|@(?i:channel|here|everyone)")
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit = max(2, min(limit, 5000))
		clean := plain(s)
		if !utf8.ValidString(clean) || strings.ContainsFunc(clean, unicode.IsControl) || strings.TrimSpace(clean) != clean {
			t.Errorf("plain(%q) = %q", s, clean)
		}
		if again := tidy(clean); again != clean {
			t.Errorf("%q is tidied to %q and then to %q", s, clean, again)
		}
		out := mrk(clean, limit)
		if width(out) > limit || !utf8.ValidString(out) {
			t.Errorf("mrk(%q, %d) = %q, %d wide", clean, limit, out, width(out))
		}
		if bad := markup.FindString(out); bad != "" {
			t.Errorf("mrk(%q) = %q holds %q", clean, out, bad)
		}
		if c := clip(clean, limit); width(c) > limit || !utf8.ValidString(c) {
			t.Errorf("clip(%q, %d) = %q", clean, limit, c)
		}
		if inner := strings.Trim(code(clean, limit), "`"); strings.ContainsAny(inner, "`<>") || width(code(clean, limit)) > limit {
			t.Errorf("code(%q) = %q", clean, inner)
		}
		if link := safeLink(s); strings.ContainsAny(link, "<>|` ") {
			t.Errorf("safeLink(%q) = %q", s, link)
		}
	})
}
