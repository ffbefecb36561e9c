package read

import (
	"strings"
	"testing"
	"time"

	"parley/internal/news"
)

// article is a wire story of 3 KB, noise included.
func article() news.Item {
	text := strings.Repeat("The talks, facilitated through intermediaries, are part of broader efforts to settle disputes over the nuclear programme, regional security and economic sanctions. "+
		"Analysts say that domestic politics in both countries go on shaping the pace of the negotiations, and that oil markets are watching. ", 9)
	return news.Item{
		ID: "bench", Title: "Oman says sixth round of Iran-US talks to be held in Muscat on Tuesday",
		Text:      "MUSCAT (Wire) - The sixth round of indirect talks between Iran and the United States will be held in Muscat on Tuesday, Omani Foreign Ministry spokesman Harith Al-Kindi said on Friday.\n\n" + text + "\n\nShare\nShare\n\nLeave a comment",
		Published: time.Date(2026, 11, 20, 14, 0, 0, 0, time.UTC),
	}
}

func BenchmarkRead(b *testing.B) {
	e := engine(b)
	it := article()
	b.SetBytes(int64(len(it.Title) + len(it.Text)))
	b.ReportAllocs()
	for b.Loop() {
		e.Read(it)
	}
}

// BenchmarkReadInto reads the same into one page, as who goes through many items does.
func BenchmarkReadInto(b *testing.B) {
	e := engine(b)
	it := article()
	b.SetBytes(int64(len(it.Title) + len(it.Text)))
	b.ReportAllocs()
	var page *Page
	for b.Loop() {
		page = e.ReadInto(page, it)
	}
}

// BenchmarkReadCorpus reads the labelled corpus, of all lengths, languages and
// kinds, and gives the time of an item and of a KB.
func BenchmarkReadCorpus(b *testing.B) {
	e := engine(b)
	var items []news.Item
	var size int
	for _, x := range corpus(b) {
		items = append(items, x.item(b))
		size += len(x.Title) + len(x.Text)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, it := range items {
			e.Read(it)
		}
	}
	each := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	b.ReportMetric(each/float64(len(items)), "ns/item")
	b.ReportMetric(each/(float64(size)/1000), "ns/KB")
}

// BenchmarkReadArticles reads the English articles of the corpus that have 1.5 KB
// or more, in turn: each is new to the processor when it comes, as news is, and
// says something new in every sentence.
func BenchmarkReadArticles(b *testing.B) {
	e := engine(b)
	var items []news.Item
	var size int
	for _, x := range corpus(b) {
		if n := len(x.Title) + len(x.Text); n >= 1500 && x.Language == "en" {
			items = append(items, x.item(b))
			size += n
		}
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, it := range items {
			e.Read(it)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(float64(size)/1000), "ns/KB")
}

// Hostile items: the time they take must grow with their length, no faster.
func BenchmarkReadHostile(b *testing.B) {
	e := engine(b)
	for name, unit := range map[string]string{
		"one sentence": "Iran said talks with the United States would resume on Tuesday and ", "quotes": "\"talks\" ", "brackets": "((((", "names": "Iran ", "commas": "talks, ",
	} {
		b.Run(name, func(b *testing.B) {
			it := article()
			it.Text = strings.Repeat(unit, (128<<10)/len(unit))
			b.SetBytes(int64(len(it.Text)))
			for b.Loop() {
				e.Read(it)
			}
		})
	}
}
