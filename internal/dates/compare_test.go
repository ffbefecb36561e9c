package dates

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/text"
)

// A sentence is a line of the file that bench/dates gives to all taggers. Of a
// date that it holds, any of the readings is right; one without readings counts
// neither way.
type sentence struct {
	ID       string          `json:"id"`
	Set      string          `json:"set"` // gold, classes or recognizers
	Language string          `json:"language"`
	Day      time.Time       `json:"day"`
	DayFirst bool            `json:"day_first,omitempty"`
	Text     string          `json:"text"`
	Dates    [][]([2]string) `json:"dates"`
}

// benchFile returns a file of the folder that bench/dates works in, and skips
// the test where it does not run.
func benchFile(t *testing.T, name string) string {
	t.Helper()
	dir := os.Getenv("PARLEY_DATES_BENCH")
	if dir == "" {
		t.Skip("for bench/dates: see its Makefile")
	}
	return filepath.Join(dir, name)
}

// TestWriteSentences writes the labelled sentences for bench/dates.
func TestWriteSentences(t *testing.T) {
	name := benchFile(t, "sentences.jsonl")
	var out []sentence
	for _, c := range readGold(t) {
		s := sentence{ID: fmt.Sprintf("%s:%d", filepath.Base(c.file), c.line), Set: "gold", Language: c.lang, Day: c.day, Text: c.text}
		for _, w := range c.want {
			if w.from == "-" {
				s.Dates = append(s.Dates, nil)
				continue
			}
			s.Dates = append(s.Dates, readings(w.from, w.to, w.granularity == string(Deadline), w.approx))
		}
		out = append(out, s)
	}
	for i, c := range readClasses(t) {
		s := sentence{ID: fmt.Sprintf("%s:%d", c.class, i), Set: "classes", Language: c.opt.Language, Day: c.day, DayFirst: c.opt.DayFirst, Text: c.text}
		for _, part := range strings.Split(c.want, ";") {
			if f := strings.Fields(part); f[0] != "none" {
				from, to, approx := wantedDays(f[0])
				s.Dates = append(s.Dates, readings(from, to, strings.Contains(part, " deadline"), approx))
			}
		}
		out = append(out, s)
	}
	if os.Getenv("PARLEY_SHARED") != "" {
		out = append(out, readRecognizers(t)...)
	}
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	e := json.NewEncoder(f)
	for _, s := range out {
		if err := e.Encode(s); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// readings lets a tagger that knows no deadlines be right with the last day,
// and one that knows no uncertainty of the moon with the day in the middle.
func readings(from, to string, deadline, approx bool) [][2]string {
	out := [][2]string{{from, to}}
	if deadline {
		out = append(out, [2]string{to, to})
	}
	a, err1 := time.Parse(time.DateOnly, from)
	b, err2 := time.Parse(time.DateOnly, to)
	if approx && err1 == nil && err2 == nil && b.Sub(a) == 48*time.Hour {
		mid := a.AddDate(0, 0, 1).Format(time.DateOnly)
		out = append(out, [2]string{mid, mid})
	}
	return out
}

// readRecognizers reads the cases of Recognizers-Text, whose periods end
// before their last day or month: ending on it is right too.
func readRecognizers(t *testing.T) (out []sentence) {
	for s := bufio.NewScanner(shared(t, "recognizers-text-dates.jsonl")); s.Scan(); {
		var c struct {
			ID, Text, Ref string
			Gold          []struct{ Vals [][2]*string }
		}
		if err := json.Unmarshal(s.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		day, err := time.Parse("2006-01-02T15:04:05", c.Ref)
		if err != nil {
			t.Fatal(err)
		}
		x := sentence{ID: c.ID, Set: "recognizers", Language: "en", Day: day, Text: c.Text}
		for _, g := range c.Gold {
			var vals [][2]string
			for _, v := range g.Vals {
				from, to := "", ""
				if v[0] != nil {
					from = *v[0]
				}
				if v[1] != nil {
					to = *v[1]
				}
				vals = append(vals, [2]string{from, to})
				if d, err := time.Parse(time.DateOnly, to); err == nil && from != "" && from != to {
					next := d.AddDate(0, 0, 1)
					vals = append(vals, [2]string{from, next.Format(time.DateOnly)})
					if next.Day() == 1 { // from March to May
						vals = append(vals, [2]string{from, next.AddDate(0, 1, -1).Format(time.DateOnly)})
					}
				}
			}
			x.Dates = append(x.Dates, vals)
		}
		out = append(out, x)
	}
	return out
}

// TestTagSentences reads them as any tagger of bench/dates does, and times it:
// splitting into words is part of the work.
func TestTagSentences(t *testing.T) {
	in, err := os.ReadFile(benchFile(t, "sentences.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	g := tagger(t)
	var all []sentence
	for line := range strings.Lines(string(in)) {
		var s sentence
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	type found struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		From  string `json:"from"`
		To    string `json:"to"`
	}
	f, err := os.Create(benchFile(t, "parley.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	e := json.NewEncoder(f)
	for _, s := range all {
		dates := []found{}
		for _, m := range g.Find(text.New(s.Text), s.Day, Options{Language: s.Language, DayFirst: s.DayFirst}, nil) {
			from, to := m.From.String(), m.To.String()
			if m.After && s.Set == "recognizers" { // "after 15 July" is open there
				from, to = (m.To + 1).String(), ""
			}
			dates = append(dates, found{m.Start, m.End, from, to})
		}
		if err := e.Encode(map[string]any{"id": s.ID, "dates": dates}); err != nil {
			t.Fatal(err)
		}
	}
	best := time.Duration(1 << 60)
	var x text.Text
	var ms []Mention
	for range 9 {
		began := time.Now()
		for i := range all {
			x.Reset(all[i].Text)
			ms = g.Find(&x, all[i].Day, Options{Language: all[i].Language}, ms[:0])
		}
		best = min(best, time.Since(began))
	}
	if err := e.Encode(map[string]any{"tagger": "parley", "options": "", "ns": best.Nanoseconds() / int64(len(all))}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
