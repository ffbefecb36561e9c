package actors

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/text"
)

var update = flag.Bool("update", false, "write what is found into testdata, to be read over by a person")

// render returns a mention in one line, the way testdata has it.
func render(t *text.Text, m Mention) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s [%s]", m.Form, strings.Join(strings.Fields(t.Quote(m.From, m.To)), " "))
	if m.SpeaksFor != "" {
		fmt.Fprintf(&b, " %s", m.SpeaksFor)
	}
	if m.Actor != "" && m.Actor != m.SpeaksFor {
		fmt.Fprintf(&b, " id=%s", m.Actor)
	}
	if m.Form == FormPerson || m.Form == FormOffice && m.Name != "" {
		fmt.Fprintf(&b, " %q", m.Name)
	}
	if m.Office != "" {
		fmt.Fprintf(&b, " (%s)", m.Office)
	}
	if m.Of != "" && m.Form != FormBody {
		fmt.Fprintf(&b, " of %s", m.Of)
	}
	if m.Venue != "" && m.Form == FormCity {
		fmt.Fprintf(&b, " %q", m.Venue)
	}
	for _, f := range []struct {
		on   bool
		name string
	}{{m.Place, "place"}, {m.Inferred, "inferred"}, {m.Former, "former"}} {
		if f.on {
			b.WriteString(" +" + f.name)
		}
	}
	return b.String()
}

// TestMentions reads testdata/*.txt: a text, then what is found in it, each on
// a line that begins with a tab; " || " parts a title from its text, "¶" two
// paragraphs.
func TestMentions(t *testing.T) {
	x := index(t)
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".txt") {
			continue
		}
		src, err := os.ReadFile("testdata/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		lines := strings.Split(strings.TrimRight(string(src), "\n"), "\n")
		for i := 0; i < len(lines); {
			line := lines[i]
			i++
			fmt.Fprintln(&out, line)
			if line == "" || line[0] == '#' {
				continue
			}
			var want []string
			for i < len(lines) && strings.HasPrefix(lines[i], "\t") {
				want = append(want, lines[i][1:])
				i++
			}
			n++
			got := found(x, line)
			for _, g := range got {
				fmt.Fprintln(&out, "\t"+g)
			}
			if d := cmp.Diff(want, got); d != "" && !*update {
				t.Errorf("%s: %s\n-want +got\n%s", f.Name(), line, d)
			}
		}
		if *update {
			if err := os.WriteFile("testdata/"+f.Name(), []byte(out.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n < 100 {
		t.Fatalf("only %d texts were read", n)
	}
}

func found(x *Index, line string) []string {
	title, body, two := strings.Cut(strings.ReplaceAll(line, "¶", "\n\n"), " || ")
	var got []string
	a, b := text.New(title), text.New(body)
	if !two {
		for _, m := range x.Find(a, nil) {
			got = append(got, render(a, m))
		}
		return got
	}
	am, bm := x.FindAll(a, b, nil, nil)
	for _, m := range am {
		got = append(got, render(a, m))
	}
	for _, m := range bm {
		got = append(got, render(b, m))
	}
	return got
}

func index(t testing.TB, extra ...Actor) *Index {
	t.Helper()
	x, err := New(extra)
	if err != nil {
		t.Fatal(err)
	}
	return x
}
