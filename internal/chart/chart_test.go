package chart

import (
	"bytes"
	"fmt"
	"image/png"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/news"
)

var now = time.Date(2026, 11, 21, 3, 0, 0, 0, time.UTC)

func ptr[T any](v T) *T { return &v }

// story makes n developments over a span before now, in rounds, by several sides,
// some of them in bursts; and some dates ahead.
func story(seed uint64, n int, span time.Duration, sides int) Timeline {
	r := rand.New(rand.NewPCG(seed, 1))
	all := []string{"iran", "united-states", "oman", "pakistan", "qatar", "", "egypt", "european-union", "united-nations", "turkey", "france", "russia", "saudi-arabia"}
	kinds := news.Kinds()
	t := Timeline{Title: "US–Iran talks", Now: now}
	at := now.Add(-span)
	for i := range n {
		if r.IntN(3) > 0 || i == 0 {
			at = now.Add(-time.Duration(r.Int64N(int64(span))))
		}
		d := news.Tracked{ID: news.DevelopmentID(i + 1), First: at.Add(time.Duration(i) * time.Minute)}
		if d.First.After(now) {
			d.First = now
		}
		d.Kind = kinds[r.IntN(len(kinds))]
		d.Certainty = news.Certainties()[r.IntN(3)]
		d.Headline = "Something happened"
		if side := all[r.IntN(sides)]; side != "" {
			d.Speaker = &news.Speaker{Affiliation: &side}
		}
		if r.IntN(2) == 0 {
			d.Round = ptr(1 + int(float64(d.First.Sub(now.Add(-span)))/float64(span)*4))
		}
		if d.Kind == news.TalksScheduled {
			d.Dates = []news.Date{date(d.First.Add(72*time.Hour), d.First.Add(72*time.Hour))}
		}
		t.Developments = append(t.Developments, d)
	}
	for i := range r.IntN(5) {
		from := now.Add(time.Duration(24*(2+i*3)) * time.Hour)
		by := t.Developments[r.IntN(n)]
		t.Ahead = append(t.Ahead, news.Upcoming{Date: date(from, from.Add(time.Duration(r.IntN(4))*24*time.Hour)), By: []news.Tracked{by}})
	}
	return t
}

func date(from, to time.Time) news.Date {
	return news.Date{Start: from.Format(time.DateOnly), End: to.Format(time.DateOnly), Granularity: "day", Preferred: true}
}

// sound checks what must hold of every picture: nothing lies on anything else or
// outside, and every development is there or counted.
func sound(t *testing.T, what string, in Timeline, l *Layout) {
	t.Helper()
	page := Rect{0, 0, l.Width, l.Height}
	for i, m := range l.Marks {
		if !m.Within(l.Plot) {
			t.Errorf("%s: the mark of %v at %v lies outside of %v", what, m.ID, m.Rect, l.Plot)
		}
		for j, o := range l.Marks[:i] {
			if m.Meets(o.Rect) {
				t.Errorf("%s: the marks of %v and %v meet: %v %v (%d %d)", what, m.ID, o.ID, m.Rect, o.Rect, i, j)
			}
		}
		if m.Ahead != ((m.Rect.X0+m.Rect.X1)/2 > l.Now) {
			t.Errorf("%s: the mark of %v (ahead: %v) is on the wrong side of now", what, m.ID, m.Ahead)
		}
	}
	for i, a := range l.Labels {
		if !a.Within(l.Plot) {
			t.Errorf("%s: the label %q lies outside", what, a.Text)
		}
		if m := l.Marks[a.Of]; m.Ahead != (a.X0 >= l.Now) {
			t.Errorf("%s: the label %q stands on the other side of now than its mark", what, a.Text)
		}
		for _, o := range l.Labels[:i] {
			if a.Meets(o.Rect) {
				t.Errorf("%s: the labels %q and %q meet", what, a.Text, o.Text)
			}
		}
		for _, m := range l.Marks {
			if a.Meets(m.whole()) {
				t.Errorf("%s: the label %q lies on the mark of %v", what, a.Text, m.ID)
			}
		}
	}
	for i, k := range l.Legend {
		if !k.Within(page) || k.Y0 <= l.Plot.Y1 {
			t.Errorf("%s: the key %q lies at %v", what, k.Name, k.Rect)
		}
		for _, o := range l.Legend[:i] {
			if k.Meets(o.Rect) {
				t.Errorf("%s: the keys %q and %q meet", what, k.Name, o.Name)
			}
		}
	}
	for i, k := range l.Ticks {
		if w := width(l.fonts.small, k.Name); k.X-w/2 < 0 || k.X+w/2 > l.Width || i > 0 && k.X-w/2 <= l.Ticks[i-1].X+width(l.fonts.small, l.Ticks[i-1].Name)/2 {
			t.Errorf("%s: the day %q has no room", what, k.Name)
		}
	}
	for i, r := range l.Rows {
		if w := width(l.fonts.text, r.Name); margin+w > l.Plot.X0 || i > 0 && r.Y0 < l.Rows[i-1].Y1 {
			t.Errorf("%s: the row %q has no room", what, r.Name)
		}
	}
	shown := 0
	for _, m := range l.Marks {
		shown += 1 + m.More
	}
	if want := len(in.Developments) + len(in.Ahead); shown != want {
		t.Errorf("%s: %d are drawn or counted, not %d", what, shown, want)
	}
	if len([]rune(l.Alt)) > 1000 || !strings.HasPrefix(l.Alt, "Timeline of ") {
		t.Errorf("%s: the description is %q", what, l.Alt)
	}
	if len(l.Ticks) == 0 {
		t.Errorf("%s: no day is named", what)
	}
}

func TestNothingMeets(t *testing.T) {
	for seed := range uint64(120) {
		r := rand.New(rand.NewPCG(seed, 2))
		n := []int{1, 2, 3, 10, 30, 80, 200}[r.IntN(7)]
		span := []time.Duration{time.Hour, 24 * time.Hour, 9 * 24 * time.Hour, 70 * 24 * time.Hour, 900 * 24 * time.Hour}[r.IntN(5)]
		in := story(seed, n, span, 1+r.IntN(13))
		l, err := Lay(in)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, fmt.Sprintf("seed %d: %d over %s", seed, n, span), in, l)
		if t.Failed() {
			return
		}
	}
}

// Time runs from left to right, whatever order the developments come in.
func TestOrder(t *testing.T) {
	in := story(7, 40, 30*24*time.Hour, 6)
	l, err := Lay(in)
	if err != nil {
		t.Fatal(err)
	}
	at := map[news.DevelopmentID]time.Time{}
	for _, d := range in.Developments {
		at[d.ID] = d.First
	}
	for _, a := range l.Marks {
		for _, b := range l.Marks {
			if !a.Ahead && !b.Ahead && at[a.ID].Before(at[b.ID]) && a.Rect.X0 > b.Rect.X0 {
				t.Fatalf("%v is right of %v and was before", a.ID, b.ID)
			}
		}
	}
}

func TestEdges(t *testing.T) {
	one := news.Tracked{ID: 1, First: now, Development: news.Development{Kind: news.TalksStarted, Headline: "H"}}
	persian := func(string) string { return "ایران" }
	far := news.Upcoming{Date: news.Date{Start: "2031-01-01", End: "2031-12-31", Granularity: "range"}, By: []news.Tracked{one}}
	bad := news.Upcoming{Date: news.Date{Start: "some day"}, By: []news.Tracked{one}}
	for name, in := range map[string]Timeline{
		"nothing":               {Title: "X", Now: now},
		"one, this moment":      {Title: "X", Now: now, Developments: []news.Tracked{one}},
		"after now":             {Title: "X", Now: now.Add(-time.Hour), Developments: []news.Tracked{one}},
		"far ahead":             {Title: "X", Now: now, Developments: []news.Tracked{one}, Ahead: []news.Upcoming{far}},
		"200 in one moment":     {Title: "X", Now: now, Developments: many(one, 200)},
		"a very long title":     {Title: strings.Repeat("Long ", 80), Now: now, Developments: []news.Tracked{one}},
		"no time, no zone, nil": {Title: "X", Now: now, Developments: []news.Tracked{{ID: 2}}},
	} {
		l, err := Lay(in)
		if err != nil {
			t.Fatal(err)
		}
		if name != "after now" {
			sound(t, name, in, l)
		}
		if b, err := l.PNG(); err != nil || len(b) == 0 {
			t.Error(name, err)
		}
		if w := width(l.fonts.title, l.Title); w > l.Width-2*margin {
			t.Errorf("%s: the title is %d wide", name, w)
		}
	}
	in := Timeline{Title: "مذاکرات", Now: now, Developments: []news.Tracked{one}, Ahead: []news.Upcoming{bad}, Actor: persian}
	in.Developments[0].Speaker = &news.Speaker{Affiliation: ptr("iran")}
	l, err := Lay(in)
	if err != nil {
		t.Fatal(err)
	}
	if l.Title != "Timeline" || l.Rows[0].Name != "Iran" {
		t.Errorf("what the font cannot write is written: %q %q", l.Title, l.Rows[0].Name)
	}
	if len(l.Marks) != 1 {
		t.Errorf("%d marks, a date that nobody can read among them", len(l.Marks))
	}
}

func many(d news.Tracked, n int) (out []news.Tracked) {
	for i := range n {
		d.ID = news.DevelopmentID(i + 1)
		out = append(out, d)
	}
	return out
}

// Colours that people with any colour vision tell apart are no help if two shapes
// share both; and what is drawn must be there.
func TestShapesDiffer(t *testing.T) {
	seen := map[string]Shape{}
	for s := range shapes {
		l := &Layout{Width: 60, Height: 60, Now: 1000, Plot: Rect{0, 0, 60, 0}, Marks: []Mark{{Rect: Rect{20, 20, 42, 42}, Shape: s, Sure: true}}}
		var err error
		if l.fonts, err = newFonts(); err != nil {
			t.Fatal(err)
		}
		b, err := l.PNG()
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		form := ""
		for y := 18; y < 44; y++ {
			for x := 18; x < 44; x++ {
				r, g, bl, _ := img.At(x, y).RGBA()
				if r+g+bl == 3*0xffff {
					form += " "
				} else {
					form += "#"
				}
			}
		}
		if other, twice := seen[form]; twice || !strings.Contains(form, "#") {
			t.Errorf("%s has the form of %s", s.name(), other.name())
		}
		seen[form] = s
	}
}

// TestPictures writes pictures for people to look at, if PARLEY_PICTURES names a
// folder.
func TestPictures(t *testing.T) {
	dir := os.Getenv("PARLEY_PICTURES")
	if dir == "" {
		t.Skip("PARLEY_PICTURES names no folder")
	}
	for n, span := range map[int]time.Duration{3: 4 * 24 * time.Hour, 30: 40 * 24 * time.Hour, 200: 200 * 24 * time.Hour} {
		l, err := Lay(story(11, n, span, min(n, 12)))
		if err != nil {
			t.Fatal(err)
		}
		b, err := l.PNG()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("chart-%d.png", n)), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	in := story(11, 200, 200*24*time.Hour, 12)
	for b.Loop() {
		l, err := Lay(in)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := l.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
