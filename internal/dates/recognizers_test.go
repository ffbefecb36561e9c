package dates

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"parley/internal/text"
)

// shared opens a file of the collection of foreign test data that is not part
// of the repository, and skips the test where there is none.
func shared(t *testing.T, name string) *os.File {
	t.Helper()
	dir := os.Getenv("PARLEY_SHARED")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Skipf("foreign test data: %v; set PARLEY_SHARED to its folder", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestRecognizers measures the tagger on the English date cases of Microsoft's
// Recognizers-Text (MIT): chat-like sentences, so foreign ground. Its periods
// end before their last day and ours on it; both ways of counting are
// printed, and the second has to hold.
func TestRecognizers(t *testing.T) {
	f := shared(t, "recognizers-text-dates.jsonl")
	g := tagger(t)
	var strict, ours score
	for s := bufio.NewScanner(f); s.Scan(); {
		var c struct {
			Text string
			Ref  string
			Gold []struct {
				B, E int
				Vals [][2]*string
			}
		}
		if err := json.Unmarshal(s.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		ref, err := time.Parse("2006-01-02T15:04:05", c.Ref)
		if err != nil {
			t.Fatal(err)
		}
		got := g.Find(text.New(c.Text), ref, Options{Language: "en"}, nil)
		usedA, usedB := make([]bool, len(got)), make([]bool, len(got))
		n := 0
		for _, w := range c.Gold {
			if len(w.Vals) == 0 { // recognised there, without a value: neither right nor wrong
				for i, m := range got {
					if m.Start < w.E && m.End > w.B && !usedA[i] {
						usedA[i], usedB[i] = true, true
						strict.found--
						ours.found--
					}
				}
				continue
			}
			n++
			match := func(used []bool, inclusive bool) bool {
				for i, m := range got {
					if used[i] {
						continue
					}
					for _, v := range w.Vals {
						if agrees(m, v, inclusive) {
							used[i] = true
							return true
						}
					}
				}
				return false
			}
			if match(usedA, false) {
				strict.right++
			}
			if match(usedB, true) {
				ours.right++
			} else if testing.Verbose() {
				t.Logf("%s %q: %s; got %v", c.Ref[:10], c.Text, goldText(w.Vals), summary(got))
			}
		}
		if n == 0 && len(got) > 0 && testing.Verbose() {
			t.Logf("%s %q: none; got %v", c.Ref[:10], c.Text, summary(got))
		}
		strict.wanted += n
		ours.wanted += n
		strict.found += len(got)
		ours.found += len(got)
	}
	t.Logf("as they count:   %v", strict)
	t.Logf("as parley counts: %v", ours)
	if f1 := ours.f1(); f1 < 0.80 {
		t.Errorf("value F1 %.3f, want at least .80", f1)
	}
}

// agrees compares days; an open end agrees with the far end of a mention that
// says it is open there. With inclusive, a period may end a day (or, of
// months and years, a unit) later than theirs.
func agrees(m Mention, v [2]*string, inclusive bool) bool {
	from, to := m.From, m.To
	if m.After {
		from, to = m.To+1, 0
	}
	if inclusive && v[0] != nil && v[1] != nil && to.String() == *v[1] {
		// with us later this week begins tomorrow, mid-month is the 11th to
		// the 20th, feasts of the moon have a day to either side
		switch start := from - 1; {
		case m.value.part == partLater || m.value.part == partMid && m.Granularity == ByRange:
			return start.String() <= *v[0] // theirs begins today or in between
		}
	}
	if v[0] != nil && from.String() != *v[0] {
		return false
	}
	if v[1] == nil {
		return true
	}
	if to.String() == *v[1] {
		return true
	}
	if !inclusive || v[0] != nil && *v[0] == *v[1] && m.Granularity == ByDay || to == 0 {
		return false
	}
	end, err := time.Parse("2006-01-02", *v[1])
	if err != nil {
		return false
	}
	e := DayOf(end)
	if m.Granularity == Deadline {
		return to == e+1
	}
	y, mo, d := (e + 1).Date()
	return m.Granularity == ByRange && (to == e+1 || d == 1 && to == MakeDay(y, mo, daysIn(y, mo)) ||
		d == 1 && mo == 1 && to == MakeDay(y, 12, 31) || d == 1 && to == (e+1).plusMonths(3)-1 && m.value.kind == kindQuarter)
}

func goldText(vals [][2]*string) (s string) {
	for _, v := range vals {
		for _, p := range v {
			if p == nil {
				s += "open "
			} else {
				s += *p + " "
			}
		}
	}
	return s
}

func summary(ms []Mention) (out []string) {
	for _, m := range ms {
		out = append(out, m.Span+" "+m.From.String()+".."+m.To.String())
	}
	return out
}
