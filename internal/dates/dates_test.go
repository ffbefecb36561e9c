package dates

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"parley/internal/text"
)

// friday is the day of publication of most tests: 20 November 2026.
var friday = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func find(t testing.TB, lang, s string, at time.Time, opt Options) []Mention {
	t.Helper()
	opt.Language = lang
	return tagger(t).Find(text.New(s), at, opt, nil)
}

func TestAnchorIsTheOutletsDay(t *testing.T) {
	karachi, err := time.LoadLocation("Asia/Karachi")
	if err != nil {
		t.Fatal(err)
	}
	late := time.Date(2026, 11, 20, 22, 30, 0, 0, time.UTC) // 03:30 on Saturday in Karachi
	for _, c := range []struct {
		at   time.Time
		want string
	}{{late, "2026-11-21"}, {late.In(karachi), "2026-11-22"}} {
		ms := find(t, "en", "Talks resume tomorrow.", c.at, Options{})
		if len(ms) != 1 || ms[0].From.String() != c.want {
			t.Errorf("tomorrow at %v: %v, want %s", c.at, summary(ms), c.want)
		}
	}
}

func TestUnknownDayLeavesRelativeDatesOpen(t *testing.T) {
	for _, c := range []struct{ in, span, from, timex, edtf string }{
		{"Talks resume next Tuesday.", "next Tuesday", "", "XXXX-WXX-2", ""},
		{"Talks resume tomorrow.", "tomorrow", "", "XXXX-XX-XX", ""},
		{"Talks resume next week.", "next week", "", "XXXX-WXX", ""},
		{"Talks resume on 24 November.", "24 November", "", "XXXX-11-24", ""},
		{"Talks resume on 24 November 2026.", "24 November 2026", "2026-11-24", "2026-11-24", "2026-11-24"},
		{"Talks resume by 24 November 2026.", "by 24 November 2026", "2026-11-24", "2026-11-24", "2026-11-24/2026-11-24"},
	} {
		ms := find(t, "en", c.in, time.Time{}, Options{})
		if len(ms) != 1 {
			t.Errorf("%q: %v", c.in, summary(ms))
			continue
		}
		m := ms[0]
		if m.Span != c.span || m.From.String() != c.from || m.TIMEX3() != c.timex || m.EDTF() != c.edtf {
			t.Errorf("%q: %q %q %q %q, want %q %q %q %q", c.in, m.Span, m.From, m.TIMEX3(), m.EDTF(), c.span, c.from, c.timex, c.edtf)
		}
	}
}

func TestStandardValues(t *testing.T) {
	for _, c := range []struct{ in, timex, edtf string }{
		{"Talks resume around Tuesday.", "2026-11-24", "2026-11-24~"},
		{"Talks resume at 11:00 GMT on Tuesday.", "2026-11-24T11:00", "2026-11-24"},
		{"Talks resume at 3 p.m. Tuesday.", "2026-11-24T15:00", "2026-11-24"},
		{"Talks resume on Tuesday at 0900 GMT.", "2026-11-24T09:00", "2026-11-24"},
		{"Talks resume next week.", "2026-W48", "2026-11-23/2026-11-29"},
		{"Talks resume this weekend.", "2026-W47-WE", "2026-11-21/2026-11-22"},
		{"Talks resume in December.", "2026-12", "2026-12"},
		{"Talks resume in mid-December.", "2026-12-11/2026-12-20", "2026-12-11~/2026-12-20~"},
		{"Talks resume in the first quarter of 2027.", "2027-Q1", "2027-01-01/2027-03-31"},
		{"Talks resume in spring 2027.", "2027-SP", "2027-03-01/2027-05-31"},
		{"Talks resume next year.", "2027", "2027"},
		{"Talks resume within the fortnight.", "2026-12-04", "2026-11-20/2026-12-04"},
		{"Talks resume before the month is out.", "2026-11-30", "2026-11-20/2026-11-30"},
		{"Talks resume within the month.", "2026-11-30", "2026-11-20/2026-11-30"},
		{"Answers are due by 30 November.", "2026-11-30", "2026-11-20/2026-11-30"},
		{"Talks run from 24 to 26 November.", "2026-11-24/2026-11-26", "2026-11-24/2026-11-26"},
	} {
		ms := find(t, "en", c.in, friday, Options{})
		if len(ms) != 1 || ms[0].TIMEX3() != c.timex || ms[0].EDTF() != c.edtf {
			var got []string
			for _, m := range ms {
				got = append(got, m.Span, m.TIMEX3(), m.EDTF())
			}
			t.Errorf("%q: %q, want %s %s", c.in, got, c.timex, c.edtf)
		}
	}
}

func TestClock(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Clock
	}{
		{"Talks open on Tuesday at 11:00 local time.", Clock{true, 11, 0, "local time"}},
		{"Talks open at 9:30 a.m. on Tuesday.", Clock{true, 9, 30, ""}},
		{"Talks open at 12 a.m. Tuesday.", Clock{true, 0, 0, ""}},
		{"Talks open Tuesday, 1400 GMT.", Clock{true, 14, 0, "GMT"}},
		{"Talks open on Tuesday at 25:00.", Clock{}},
		{"Talks open on Tuesday.", Clock{}},
	} {
		ms := find(t, "en", c.in, friday, Options{})
		if len(ms) != 1 || ms[0].Clock != c.want {
			t.Errorf("%q: %+v, want %+v", c.in, ms, c.want)
		}
	}
}

func TestNumericOrder(t *testing.T) {
	for _, c := range []struct {
		in, lang string
		dayFirst bool
		want     string
	}{
		{"The talks start on 3/8.", "en", false, "2027-03-08"},
		{"The talks start on 3/8.", "en", true, "2027-08-03"},
		{"The talks start on 24/11/2026.", "en", false, "2026-11-24"},
		{"The talks start on 4/12/2026.", "en", false, "2026-04-12"},
		{"The talks start on 4/12/2026.", "en", true, "2026-12-04"},
		{"The talks start on 04.12.2026.", "en", false, "2026-12-04"},
		{"Les pourparlers débutent le 04/12/2026.", "fr", false, "2026-12-04"},
		{"The talks start on 2026-12-04.", "en", false, "2026-12-04"},
	} {
		ms := find(t, c.lang, c.in, friday, Options{DayFirst: c.dayFirst})
		if len(ms) != 1 || ms[0].From.String() != c.want {
			t.Errorf("%q: %v, want %s", c.in, summary(ms), c.want)
		}
	}
}

func TestNoDates(t *testing.T) {
	for _, s := range []string{
		"He may march again, and Mr. March may not.",
		"It may, or may not, be in their interest.",
		"An august body; the sun sat low; they wed.",
		"The SEC and a second reading of the second bill.",
		"Pakistan won 3-2, then 2-1, and lost 24-26.",
		"It costs $12, €20 or £30.",
		"Resolution 2231 of the Security Council, UN 1701, M23.",
		"On 24/7 duty after 9/11.",
		"Some 2000 soldiers and 1500 civilians.",
		"Call +41 22 917 1234, or 051-2010-2015.",
		"Version 10.1.2.3 costs 3.5 percent.",
		"The truce begins 10 days after the exchange.",
		"Suspended until further notice.",
		"He read the Sunday Times and the Daily Mail.",
		"The March 23 Movement and the 14 February Coalition.",
		"30 February and 31 November are no days.",
		"Within minutes; for hours; day after day.",
		"It is a three-day meeting, in its third week.",
		"They will wait for weeks, months or years.",
		"The May government fell with Theresa May.",
		"Twice a week, every Tuesday and each Friday.",
	} {
		if ms := find(t, "en", s, friday, Options{}); len(ms) > 0 {
			t.Errorf("%q: %v", s, summary(ms))
		}
	}
}

func TestGuess(t *testing.T) {
	g := tagger(t)
	for _, c := range readGold(t) {
		if len(strings.Fields(c.text)) < 6 {
			continue
		}
		if got := g.guess(text.New(c.text), "").language; got != c.lang {
			t.Errorf("%s:%d: guessed %s: %s", c.file, c.line, got, c.text)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	g := tagger(t)
	cases := readGold(t)
	want := make([][]Mention, len(cases))
	for i, c := range cases {
		want[i] = g.Find(text.New(c.text), c.day, Options{Language: c.lang}, nil)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i, c := range cases {
				if got := g.Find(text.New(c.text), c.day, Options{Language: c.lang}, nil); !slices.Equal(got, want[i]) {
					t.Errorf("%s: %v, want %v", c.text, got, want[i])
				}
			}
		})
	}
	wg.Wait()
}

func TestNoAllocation(t *testing.T) {
	g := tagger(t)
	x := text.New("Pakistan says US-Iran talks will likely resume around next Tuesday, Monday or Wednesday also possible.")
	var ms []Mention
	ms = g.Find(x, friday, Options{Language: "en"}, ms)
	if n := testing.AllocsPerRun(100, func() { ms = g.Find(x, friday, Options{Language: "en"}, ms[:0]) }); n > float64(len(x.Tokens))/2 {
		// none as a rule, but the race detector empties pools at random
		t.Errorf("%v allocations in %d words", n, len(x.Tokens))
	}
}

// A text without a full stop costs a few hundred nanoseconds a word like any
// other; anything quadratic would take minutes here.
func TestLongSentence(t *testing.T) {
	g := tagger(t)
	x := text.New(strings.Repeat("on Tuesday or the 24th, and 25 of the first week of next ", 20000))
	began := time.Now()
	if n := len(g.Find(x, friday, Options{Language: "en"}, nil)); n < 20000 {
		t.Errorf("%d dates", n)
	}
	if d := time.Since(began); d > 20*time.Second {
		t.Errorf("%d words took %v", len(x.Tokens), d)
	}
}

func FuzzFind(f *testing.F) {
	g := tagger(f)
	for _, c := range readGold(f) {
		f.Add(c.text, c.lang, int64(c.day.Unix()))
	}
	f.Add("from 99 to 1 of of the the 9999 weeks ago after before Easter 2026 2026 2026", "en", int64(0))
	f.Add("<p>Nov&nbsp;24</p>, 2026-11-24-25/26.27:28", "", int64(1e9))
	f.Fuzz(func(t *testing.T, s, lang string, unix int64) {
		at := time.Time{}
		if unix != 0 {
			at = time.Unix(unix%(1<<36), 0).UTC()
		}
		x := text.New(s)
		last := 0
		for _, m := range g.Find(x, at, Options{Language: lang, DayFirst: unix%2 == 0}, nil) {
			switch {
			case m.First < last || m.First >= m.Last || m.Last > len(x.Tokens):
				t.Errorf("tokens %d:%d of %d, after %d", m.First, m.Last, len(x.Tokens), last)
			case m.Start < 0 || m.Start >= m.End || m.End > len(x.Plain) || x.Plain[m.Start:m.End] != m.Span:
				t.Errorf("bytes %d:%d of %d", m.Start, m.End, len(x.Plain))
			case utf8.ValidString(x.Plain) && !utf8.ValidString(m.Span):
				t.Errorf("span %q cuts a letter", m.Span)
			case (m.From == 0) != (m.To == 0) || m.From < 0 || m.To < m.From || m.To > lastDay:
				t.Errorf("%q: %d..%d", m.Span, m.From, m.To)
			case m.Role == "" || m.Status == "" || m.Granularity == "":
				t.Errorf("%q: no role, status or granularity", m.Span)
			case m.TIMEX3() == "" || m.From != 0 && m.EDTF() == "":
				t.Errorf("%q: no value", m.Span)
			}
			last = m.Last
		}
	})
}

// What one text leaves behind in a parser must not become a date of the next:
// the range of the first ends at the very token where the second says "now".
func TestFindForgetsTheTextBefore(t *testing.T) {
	g := tagger(t)
	a := text.New("The ministers of the three states will then sit down again in the old town of Muscat from Monday to Thursday.")
	b := text.New("If they were paid by the agreement instead of by the day, we might have had one by now.")
	end := slices.IndexFunc(a.Tokens, func(t text.Token) bool { return t.Norm == "thursday" })
	now := slices.IndexFunc(b.Tokens, func(t text.Token) bool { return t.Norm == "now" })
	for ; end > now; now++ { // so that both stand at one place, whatever is put before them
		b = text.New("So " + b.Source)
	}
	day := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	if ms := g.Find(a, day, Options{Language: "en"}, nil); len(ms) != 1 {
		t.Fatalf("the first text has %d dates, want one", len(ms))
	}
	for _, m := range g.Find(b, day, Options{Language: "en"}, nil) {
		t.Errorf("%q is no date of the second text", m.Span)
	}
}

// Strings says what the four of them say one by one.
func TestStrings(t *testing.T) {
	g := tagger(t)
	plain := 0
	for _, c := range readGold(t) {
		for _, m := range g.Find(text.New(c.text), c.day, Options{Language: c.lang}, nil) {
			from, to, timex3, edtf := m.Strings(new(Spelling))
			if from != m.From.String() || to != m.To.String() || timex3 != m.TIMEX3() || edtf != m.EDTF() {
				t.Errorf("%q: %s, %s, %s, %s, want %s, %s, %s, %s", m.Span, from, to, timex3, edtf, m.From, m.To, m.TIMEX3(), m.EDTF())
			}
			if from == edtf && from != "" {
				plain++
			}
		}
	}
	if plain < 50 {
		t.Errorf("only %d plain days", plain)
	}
}
