package text

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func norms(t *Text) string {
	var b strings.Builder
	for i, tok := range t.Tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(tok.Norm)
	}
	return b.String()
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"case and accents", "Élysée PALACE Zürich Łódź", "elysee palace zurich lodz"},
		{"decomposed", "Élysée Jose\u0301", "elysee jose"},
		{"hyphen", "US-Iran technical-level", "us iran technical level"},
		{"slash", "M23/AFC", "m23 afc"},
		{"possessive", "Pakistan's Iran’s parties' U.S.'s", "pakistan iran parties us"},
		{"contraction", "don't couldn’t O'Brien", "don't couldn't o'brien"},
		{"elision", "l'Iran d’Israël qu'il aujourd'hui", "l iran d israel qu il aujourd'hui"},
		{"acronym", "the U.S. and the U.A.E. of the U.N", "the us and the uae of the un"},
		{"numbers", "24th 3.5 11:00 03.06.2026 1990s M23 G7", "24 th 3 5 11 00 03 06 2026 1990 s m23 g7"},
		{"eastern digits", "۱۴۰۵ ٢٤", "1405 24"},
		{"arabic forms", "إيران ايران آتَش‌بس ـــ الهدنة", "ايران ايران اتشبس الهدنه"},
		{"persian keyboards", "مي‌شود می‌شود كشور کشور", "ميشود ميشود كشور كشور"},
		{"hebrew", "צה״ל צה\"ל שָׁלוֹם", "צהל צה ל שלום"},
		{"cyrillic", "Йод, ещё Й", "йод еще й"},
		{"greek", "Κύπρος ΑΘΗΝΑΣ", "κυπροσ αθηνασ"},
		{"turkish", "İstanbul Diyarbakır", "istanbul diyarbakir"},
		{"han", "停战协定 2026", "停 战 协 定 2026"},
		{"thai", "เจรจา", "เ จ ร จ า"},
		{"invisible", "tal\u200bks so\u00adft \u200fIran\u200e", "talks soft iran"},
		{"devanagari", "भारत वार्ता", "भारत वार्ता"},
		{"ligature", "oﬃce ﬁrst", "office first"},
		{"html", "<p>Iran&#8217;s talks</p><p>end&nbsp;today</p>", "iran talks end today"},
		{"double escaped", "Iran&amp;#039;s &amp;amp; Oman", "iran oman"},
		{"escaped markup", "&lt;p&gt;Talks&lt;/p&gt; end", "talks end"},
		{"script", "<script>alert('talks')</script>News<figcaption>A photo</figcaption>", "news"},
		{"less than", "a < b and 3<4", "a b and 3 4"},
		{"comment", "one<!-- two -->three", "one three"},
		{"cut tag", "talks end <a href=\"https://exam", "talks end"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := norms(New(c.in))
			// "one<!-- -->three" is one word to a browser
			if c.name == "comment" {
				c.want = "onethree"
			}
			if got != c.want {
				t.Errorf("New(%q)\n got %s\nwant %s", c.in, got, c.want)
			}
		})
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"Talks ended. Both sides left.", []string{"Talks ended", "Both sides left"}},
		{"The U.S. said so. The talks go on.", []string{"The U.S. said so", "The talks go on"}},
		{"Mr. Smith met Lt. Gen. J. Doe on Nov. 24 in St. Louis.", []string{"Mr. Smith met Lt. Gen. J. Doe on Nov. 24 in St. Louis"}},
		{"It opens at 3 p.m. Tuesday. He said no.", []string{"It opens at 3 p.m. Tuesday", "He said no"}},
		{"“We leave.” He left.", []string{"We leave", "He left"}},
		{"Line one\n\nLine two", []string{"Line one", "Line two"}},
		{"A long line that was wrapped by hand at about seventy two\ncolumns goes on.", []string{"A long line that was wrapped by hand at about seventy two\ncolumns goes on"}},
		{"Really? Yes.", []string{"Really", "Yes"}},
		{"<p>One two</p>\n<p>three four</p>", []string{"One two", "three four"}},
		{"<p>One\ntwo</p>", []string{"One\ntwo"}},
		{"Tariffs of 3.5 percent. More", []string{"Tariffs of 3.5 percent", "More"}},
		{"They met on Friday.The talks resume.", []string{"They met on Friday", "The talks resume"}},
		{"پایان یافت؟ بله۔ خیر", []string{"پایان یافت", "بله", "خیر"}},
	} {
		x := New(c.in)
		var got []string
		for _, s := range x.Sentences {
			got = append(got, x.Quote(s.From, s.To))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q: -want +got\n%s", c.in, d)
		}
	}
}

func TestParagraphs(t *testing.T) {
	x := New(`<h2>Highlights</h2><ul><li>Talks end</li><li><a href="/x">Related story here</a></li></ul><p>See <a href="/">this</a> text</p>`)
	type p struct {
		Q    string
		B    Block
		Link bool
	}
	var got []p
	for _, q := range x.Paragraphs {
		got = append(got, p{x.Quote(q.From, q.To), q.Block, q.Link})
	}
	want := []p{{"Highlights", Heading, false}, {"Talks end", ListItem, false}, {"Related story here", ListItem, true}, {"See this text", Prose, false}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestSpanLeadsBackToTheSource(t *testing.T) {
	src := "<p>Iran&amp;#039;s <b>talks</b> &amp; more — “fine”</p>"
	x := New(src)
	for i, want := range []string{"Iran", "talks", "more", "fine"} {
		a, b := x.TokenSpan(i, i+1)
		if src[a:b] != want {
			t.Errorf("token %d: %q, want %q", i, src[a:b], want)
		}
	}
	if a, b := x.TokenSpan(0, 2); src[a:b] != "Iran&amp;#039;s <b>talks" {
		t.Errorf("got %q", src[a:b])
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{
		"", "<p>Iran&amp;#039;s</p>", "U.S. talks’s end", "\xff<\x80&#xD800;", "<script><script>", "&lt;p&gt;x&lt;/p&gt;", "и\u0306 é ﬃ ẞ İ", "صه״ل \"a\" 'b'",
		strings.Repeat("<p ", 50), strings.Repeat("&amp;", 50), strings.Repeat("\"(", 50),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		x := New(s)
		if d := cmp.Diff(slowly(s).Tokens, x.Tokens); d != "" {
			t.Fatalf("%q: -word by word +as it is read\n%s", s, d)
		}
		last := 0
		for i, tok := range x.Tokens {
			if int(tok.Start) < last || tok.End <= tok.Start || int(tok.End) > len(x.Plain) {
				t.Fatalf("token %d of %q: [%d,%d) after %d in %d bytes", i, s, tok.Start, tok.End, last, len(x.Plain))
			}
			last = int(tok.End)
			if tok.Norm == "" {
				t.Fatalf("token %d of %q is empty", i, s)
			}
			a, b := x.TokenSpan(i, i+1)
			if a < 0 || b < a || b > len(s) {
				t.Fatalf("token %d of %q: source [%d,%d) of %d", i, s, a, b, len(s))
			}
			if i > 0 && tok.Sentence < x.Tokens[i-1].Sentence {
				t.Fatalf("sentences go back at token %d of %q", i, s)
			}
		}
		if utf8.ValidString(s) && len(x.segments) == 0 && x.Plain != "" && x.Plain != s {
			t.Fatal("plain text was changed")
		}
		n := 0
		for _, q := range x.Sentences {
			if q.From != n || q.To <= q.From {
				t.Fatalf("sentences of %q leave a hole at %d", s, n)
			}
			n = q.To
		}
		if n != len(x.Tokens) {
			t.Fatalf("sentences of %q end at %d of %d", s, n, len(x.Tokens))
		}
	})
}

// hostile sources: the time they take must grow with their length, no faster.
func BenchmarkHostile(b *testing.B) {
	for name, unit := range map[string]string{
		"tags": "<p ", "forms": "<form>", "amps": "&amp;", "quotes": "\"'", "brackets": "([<", "one word": "a", "marks": "\u0301", "entities": "&lt;p ", "acronym": "A.",
	} {
		b.Run(name, func(b *testing.B) {
			s := strings.Repeat(unit, 1<<20/len(unit))
			var x Text
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				x.Reset(s)
			}
		})
	}
}

func BenchmarkText(b *testing.B) {
	for name, unit := range map[string]string{
		"english": "Pakistan has confirmed that technical-level discussions it is mediating between the United States and Iran are expected to resume next week. ",
		"persian": "سخنگوی وزارت امور خارجه گفت که دور بعدی مذاکرات هفتهٔ آینده در مسقط برگزار می‌شود. ",
		"russian": "Официальный представитель министерства заявил, что следующий раунд переговоров пройдёт во вторник. ",
		"html":    "<p>Iran&#8217;s foreign minister said a <b>second</b> round of discussions concluded.</p>\n",
	} {
		b.Run(name, func(b *testing.B) {
			s := strings.Repeat(unit, 3000/len(unit))
			var x Text
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			for b.Loop() {
				x.Reset(s)
			}
		})
	}
}

// The apostrophe of a plural closes no quotation, unless a single one is open.
func TestPluralApostrophe(t *testing.T) {
	for _, c := range []struct {
		text   string
		closes int // before how many words a quotation is closed
	}{
		{"the mediators' plan for the sides' talks", 0},
		{"the churches’ mediation committee", 0},
		{"'the sides' were here", 1},
		{"‘we met the mediators’ she said", 1},
		{"\"the rebels' demand\" was new", 1},
		{"called it 'nonsense' twice", 1},
	} {
		closes := 0
		for _, tok := range New(c.text).Tokens {
			if tok.Gap&QuoteClose != 0 {
				closes++
			}
		}
		if closes != c.closes {
			t.Errorf("%s: a quotation is closed before %d words, want %d", c.text, closes, c.closes)
		}
	}
}
