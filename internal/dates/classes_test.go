package dates

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/internal/text"
)

// TestClasses reads testdata/classes-*.txt: every way of naming a date that
// the tagger must hold, with several sentences for each, so that a class is
// not one sentence learnt by heart. All of them must be read right.
func TestClasses(t *testing.T) {
	files, err := filepath.Glob("testdata/classes-*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no class files: %v", err)
	}
	g := tagger(t)
	for _, name := range files {
		lang := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(name), "classes-"), ".txt")
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range strings.Split(string(b), "\n== ")[1:] {
			head, body, _ := strings.Cut(section, "\n")
			opt := Options{Language: lang}
			class, flag, _ := strings.Cut(head, " [")
			opt.DayFirst = flag == "dayfirst]"
			t.Run(lang+"/"+class, func(t *testing.T) {
				n := 0
				for _, line := range strings.Split(body, "\n") {
					if line == "" || line[0] == '#' {
						continue
					}
					n++
					sentence, want, ok := strings.Cut(line, " => ")
					if !ok {
						t.Fatalf("%q has no =>", line)
					}
					day := friday
					if head, rest, ok := strings.Cut(sentence, " | "); ok {
						d, err := time.Parse(time.DateOnly, head)
						if err != nil {
							t.Fatal(err)
						}
						day, sentence = d.Add(12*time.Hour), rest
					}
					got := g.Find(text.New(sentence), day, opt, nil)
					if fault := unlike(got, want); fault != "" {
						t.Errorf("%s: %s\n\twant %s\n\tgot  %s", sentence, fault, want, spelled(got))
					}
				}
				if n < 5 {
					t.Errorf("%d sentences are too few for a class", n)
				}
			})
		}
	}
}

// unlike tells the first way in which mentions differ from what a line of a
// class file wants.
func unlike(got []Mention, want string) string {
	if want == "none" {
		if len(got) > 0 {
			return "not a date"
		}
		return ""
	}
	parts := strings.Split(want, ";")
	if len(parts) != len(got) {
		return fmt.Sprintf("%d dates, want %d", len(got), len(parts))
	}
	for i, part := range parts {
		m, f := got[i], strings.Fields(part)
		days, approx := strings.CutSuffix(f[0], "~")
		from, to, ranged := strings.Cut(days, "..")
		if !ranged {
			to = from
		}
		alternate := false
		if m.From.String() != from || m.To.String() != to {
			return fmt.Sprintf("date %d lies elsewhere", i+1)
		}
		if m.Approx != approx {
			return fmt.Sprintf("date %d: approximate %v", i+1, m.Approx)
		}
		for _, x := range f[1:] {
			ok := true
			switch x {
			case "day", "week", "month", "range", "deadline":
				ok = string(m.Granularity) == x
			case "talks", "speech", "past", "other":
				ok = string(m.Role) == x
			case "planned", "considered", "held", "postponed", "superseded", "negated":
				ok = string(m.Status) == x
			case "alt":
				alternate = true
			default:
				ok = m.Clock.Set && fmt.Sprintf("%02d:%02d", m.Clock.Hour, m.Clock.Minute) == x
			}
			if !ok {
				return fmt.Sprintf("date %d is not %s", i+1, x)
			}
		}
		if m.Preferred == alternate {
			return fmt.Sprintf("date %d: preferred %v", i+1, m.Preferred)
		}
	}
	return ""
}

func spelled(ms []Mention) string {
	var out []string
	for _, m := range ms {
		s := fmt.Sprintf("[%s] %s..%s %s %s %s", m.Span, m.From, m.To, m.Granularity, m.Role, m.Status)
		if m.Approx {
			s += " approx"
		}
		if !m.Preferred {
			s += " alt"
		}
		if m.Clock.Set {
			s += fmt.Sprintf(" %02d:%02d %s", m.Clock.Hour, m.Clock.Minute, m.Clock.Zone)
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}
