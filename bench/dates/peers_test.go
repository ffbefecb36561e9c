// Package dates sets parley's dates beside the two Go libraries that find dates
// in running text. It is a module of its own, so that the product depends on
// neither. `make dates-bench` writes the labelled sentences, lets everybody
// read them and prints one table.
package dates

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	dateparser "github.com/markusmobius/go-dateparser"
	"github.com/markusmobius/go-dateparser/date"
	"github.com/olebedev/when"
	"github.com/olebedev/when/rules/common"
	"github.com/olebedev/when/rules/en"
	"github.com/olebedev/when/rules/ru"
)

type sentence struct {
	ID       string        `json:"id"`
	Set      string        `json:"set"`
	Language string        `json:"language"`
	Day      time.Time     `json:"day"`
	DayFirst bool          `json:"day_first"`
	Text     string        `json:"text"`
	Dates    [][][2]string `json:"dates"` // of each, the readings that are right
}

type found struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// A line is what a tagger found in one sentence or, at the end, who it was and
// how long it took for one.
type line struct {
	ID      string  `json:"id,omitempty"`
	Dates   []found `json:"dates,omitempty"`
	Tagger  string  `json:"tagger,omitempty"`
	Options string  `json:"options,omitempty"`
	NS      int64   `json:"ns,omitempty"`
}

// A peer is a library with one choice of its options.
type peer struct {
	name, options string
	find          func(s *sentence) []found
}

func folder(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("PARLEY_DATES_BENCH")
	if dir == "" {
		t.Skip("run `make dates-bench`")
	}
	return dir
}

func readSentences(t *testing.T) (out []sentence) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(folder(t), "sentences.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(b)) {
		var s sentence
		if err := json.Unmarshal([]byte(l), &s); err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// peers are the libraries with every choice that may suit them: told to prefer
// the future or not, and both ways of searching. The table shows the best.
func peers() (out []peer) {
	for _, strategy := range []string{"split", "ngram"} {
		for _, source := range []struct {
			name  string
			value dateparser.PreferredDateSource
		}{{"current period", dateparser.CurrentPeriod}, {"prefer future", dateparser.Future}} {
			out = append(out, peer{"go-dateparser", strategy + ", " + source.name, func(s *sentence) []found {
				cfg := &dateparser.Configuration{
					Languages: []string{s.Language}, CurrentTime: s.Day, SearchStrategy: strategy, PreferredDateSource: source.value,
					PreferredDayOfMonth: dateparser.First, PreferredMonthOfYear: dateparser.FirstMonth,
				}
				if s.DayFirst {
					cfg.DateOrder = dateparser.DMY
				}
				return dateparserDates(cfg, s.Text)
			}})
		}
	}
	english, russian := when.New(nil), when.New(nil)
	english.Add(en.All...)
	english.Add(common.All...)
	russian.Add(ru.All...)
	russian.Add(common.All...)
	return append(out, peer{"olebedev/when", "", func(s *sentence) []found {
		switch s.Language {
		case "en":
			return whenDates(english, s)
		case "ru":
			return whenDates(russian, s)
		}
		return nil // it has no other language of ours
	}})
}

// dateparserDates widens what it finds to the period that it says it is.
func dateparserDates(cfg *dateparser.Configuration, text string) (out []found) {
	_, results, err := dateparser.Search(cfg, text)
	if err != nil {
		return nil
	}
	behind := 0
	for _, r := range results {
		f := found{From: r.Date.Time.Format(time.DateOnly)}
		f.To = f.From
		y, m, _ := r.Date.Time.Date()
		switch r.Date.Period {
		case date.Month:
			f.From = time.Date(y, m, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
			f.To = time.Date(y, m+1, 0, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		case date.Year:
			f.From = time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
			f.To = time.Date(y, 12, 31, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		}
		if i := strings.Index(text[behind:], r.Text); i >= 0 {
			f.Start = behind + i
			f.End = f.Start + len(r.Text)
			behind = f.End
		}
		out = append(out, f)
	}
	return out
}

// whenDates asks again behind each find: one call gives one date.
func whenDates(w *when.Parser, s *sentence) (out []found) {
	for at := 0; at < len(s.Text); {
		r, err := w.Parse(s.Text[at:], s.Day)
		if err != nil || r == nil {
			return out
		}
		day := r.Time.Format(time.DateOnly)
		out = append(out, found{at + r.Index, at + r.Index + len(r.Text), day, day})
		if len(r.Text) == 0 {
			return out
		}
		at += r.Index + len(r.Text)
	}
	return out
}

// TestPeers lets every peer read the sentences and writes what it finds.
func TestPeers(t *testing.T) {
	dir := folder(t)
	sentences := readSentences(t)
	for i, p := range peers() {
		f, err := os.Create(filepath.Join(dir, "peer-"+string(rune('a'+i))+".jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		e := json.NewEncoder(f)
		began := time.Now()
		known := 0
		for j := range sentences {
			s := &sentences[j]
			dates := p.find(s)
			if p.name != "olebedev/when" || s.Language == "en" || s.Language == "ru" {
				known++
			}
			if err := e.Encode(line{ID: s.ID, Dates: dates}); err != nil {
				t.Fatal(err)
			}
		}
		if err := e.Encode(line{Tagger: p.name, Options: p.options, NS: time.Since(began).Nanoseconds() / int64(known)}); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
