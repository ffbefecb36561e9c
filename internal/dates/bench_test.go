package dates

import (
	"testing"
	"time"

	"parley/internal/text"
)

// BenchmarkFind reads sentences as agencies write them: most have no date or
// one, a few have three.
func BenchmarkFind(b *testing.B) {
	g := tagger(b)
	day := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct{ name, lang, text string }{
		{"none", "en", "The foreign ministry declined to comment on the content of the letter that the envoy is said to have carried to the capital."},
		{"one", "en", "Iran and the United States will hold a second round of indirect talks in Muscat on Tuesday, Oman's foreign minister announced."},
		{"two", "en", "The spokesman told reporters on Thursday that the next round of negotiations would take place on 24 November in the Omani capital."},
		{"three", "en", "Pakistan says US-Iran talks will likely resume around next Tuesday, Monday or Wednesday also possible."},
		{"arabic", "ar", "تستأنف المفاوضات يوم الثلاثاء المقبل في مسقط، وفق ما أعلن وزير الخارجية أمس الخميس."},
		{"persian", "fa", "سخنگوی وزارت خارجه روز پنجشنبه گفت که دور بعدی مذاکرات یکشنبه برگزار می\u200cشود."},
	} {
		b.Run(c.name, func(b *testing.B) {
			t := text.New(c.text)
			var ms []Mention
			b.ReportAllocs()
			for b.Loop() {
				ms = g.Find(t, day, Options{Language: c.lang}, ms[:0])
			}
		})
	}
}

// BenchmarkFindLong shows that the time grows with the text and no faster.
func BenchmarkFindLong(b *testing.B) {
	g := tagger(b)
	day := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for _, n := range []int{10, 100, 1000} {
		var s string
		for range n {
			s += "on Tuesday or the 24th of the first week of next "
		}
		t := text.New(s)
		b.Run("", func(b *testing.B) {
			var ms []Mention
			for b.Loop() {
				ms = g.Find(t, day, Options{Language: "en"}, ms[:0])
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(t.Tokens)), "ns/token")
		})
	}
}

// BenchmarkFindGold reads every sentence of the gold files, most of which have
// a date or two, and gives the time of one.
func BenchmarkFindGold(b *testing.B) {
	g := tagger(b)
	cases := readGold(b)
	texts := make([]*text.Text, len(cases))
	for i := range cases {
		texts[i] = text.New(cases[i].text)
	}
	var ms []Mention
	b.ReportAllocs()
	for b.Loop() {
		for i, t := range texts {
			ms = g.Find(t, cases[i].day, Options{Language: cases[i].lang}, ms[:0])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(texts)), "ns/sentence")
}
