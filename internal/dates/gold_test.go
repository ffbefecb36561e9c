package dates

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/text"
)

// A goldCase is a sentence of testdata/gold-*.txt with its dates as an editor
// reads them.
type goldCase struct {
	file string
	line int
	day  time.Time
	lang string
	text string
	want []goldDate
}

type goldDate struct {
	span, from, to, granularity, role, status string
	approx, alternate                         bool
}

func readGold(t testing.TB) (cases []goldCase) {
	t.Helper()
	files, err := filepath.Glob("testdata/gold-*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no gold files: %v", err)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		s := bufio.NewScanner(f)
		for n := 1; s.Scan(); n++ {
			line := s.Text()
			switch {
			case line == "" || line[0] == '#':
			case strings.HasPrefix(line, "  "):
				c := &cases[len(cases)-1]
				c.want = append(c.want, parseGold(t, fmt.Sprintf("%s:%d", name, n), line))
			default:
				head, sentence, ok := strings.Cut(line, " | ")
				day, lang, ok2 := strings.Cut(head, " ")
				at, err := time.Parse("2006-01-02", day)
				if !ok || !ok2 || err != nil {
					t.Fatalf("%s:%d: want DAY LANGUAGE | SENTENCE", name, n)
				}
				cases = append(cases, goldCase{file: name, line: n, day: at.Add(12 * time.Hour), lang: lang, text: sentence})
			}
		}
		f.Close()
	}
	return cases
}

func parseGold(t testing.TB, at, line string) goldDate {
	f := strings.Split(line, "|")
	if len(f) != 5 {
		t.Fatalf("%s: want span | days | granularity | role status | flags", at)
	}
	for i := range f {
		f[i] = strings.TrimSpace(f[i])
	}
	g := goldDate{span: f[0], granularity: f[2]}
	g.from, g.to, _ = strings.Cut(f[1], "..")
	if g.to == "" {
		g.to = g.from
	}
	g.role, g.status, _ = strings.Cut(f[3], " ")
	for _, x := range strings.Fields(f[4]) {
		switch x {
		case "approx":
			g.approx = true
		case "alternate":
			g.alternate = true
		default:
			t.Fatalf("%s: unknown flag %q", at, x)
		}
	}
	return g
}

func (g goldDate) days(m Mention) bool {
	return g.from == "-" || g.from == m.From.String() && g.to == m.To.String()
}

// TestGold measures the tagger on sentences labelled by hand. Values count
// for F1; span, granularity, approx, preference, role and status are counted
// among the dates whose value is right.
func TestGold(t *testing.T) {
	g := tagger(t)
	type tally struct {
		score
		span, granularity, approx, preferred, role, roles, status, statuses int
	}
	var all tally
	by := map[string]*tally{}
	for _, c := range readGold(t) {
		l := by[c.lang]
		if l == nil {
			l = new(tally)
			by[c.lang] = l
		}
		got := g.Find(text.New(c.text), c.day, Options{Language: c.lang}, nil)
		used := make([]bool, len(got))
		for _, s := range []*tally{l, &all} {
			s.wanted += len(c.want)
			s.found += len(got)
		}
		for _, w := range c.want {
			i := 0
			for ; i < len(got); i++ {
				if !used[i] && w.days(got[i]) && (strings.Contains(got[i].Span, w.span) || strings.Contains(w.span, got[i].Span)) {
					break
				}
			}
			if i == len(got) {
				t.Logf("%s:%d: %s\n\tmissed %s = %s..%s; got %v", c.file, c.line, c.text, w.span, w.from, w.to, summary(got))
				continue
			}
			used[i] = true
			m := got[i]
			var faults []string
			for _, s := range []*tally{l, &all} {
				s.right++
				check := func(n, of *int, what, got, want string) {
					if want == "-" || want == "" {
						return
					}
					if of != nil {
						*of++
					}
					if got == want {
						*n++
					} else if s == l {
						faults = append(faults, fmt.Sprintf("%s %s, want %s", what, got, want))
					}
				}
				check(&s.span, nil, "span", m.Span, w.span)
				check(&s.granularity, nil, "granularity", string(m.Granularity), w.granularity)
				check(&s.approx, nil, "approx", fmt.Sprint(m.Approx), fmt.Sprint(w.approx))
				check(&s.preferred, nil, "preferred", fmt.Sprint(m.Preferred), fmt.Sprint(!w.alternate))
				check(&s.role, &s.roles, "role", string(m.Role), w.role)
				check(&s.status, &s.statuses, "status", string(m.Status), w.status)
			}
			if len(faults) > 0 {
				t.Logf("%s:%d: %s\n\t%s: %s", c.file, c.line, c.text, m.Span, strings.Join(faults, "; "))
			}
		}
		for i, m := range got {
			if !used[i] {
				t.Logf("%s:%d: %s\n\twrong: %s = %s..%s", c.file, c.line, c.text, m.Span, m.From, m.To)
			}
		}
	}
	print := func(name string, s tally) {
		t.Logf("%s: %v; of these span %d, granularity %d, approx %d, preference %d, role %d of %d, status %d of %d",
			name, s.score, s.span, s.granularity, s.approx, s.preferred, s.role, s.roles, s.status, s.statuses)
	}
	for _, lang := range languages {
		if s := by[lang]; s != nil {
			print(lang, *s)
		}
	}
	print("all", all)
	if all.f1() < 0.96 || all.role*100 < all.roles*93 || all.status*100 < all.statuses*93 {
		t.Error("value F1 below .96, or role or status below .93")
	}
}
