package dates

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A score counts dates. Right are those with the first and the last day of a
// labelled one; begun, those with its first day at least.
type score struct {
	found, wanted, right, begun int
	empty, falsely              int // sentences without a date, and dates found there
}

func f1(right, found, wanted int) float64 { return 2 * float64(right) / float64(max(found+wanted, 1)) }

type result struct {
	line
	sets map[string]*score
}

// set names the row of a sentence.
func set(s *sentence) string {
	if s.Language == "en" {
		return s.Set + ", English"
	}
	return s.Set + ", other languages"
}

// add scores what was found in one sentence. A label without readings counts
// neither way, nor does a date found beside it.
func (c *score) add(s *sentence, dates []found) {
	if len(s.Dates) == 0 {
		c.empty++
		c.falsely += len(dates)
	}
	used, begun := make([]bool, len(dates)), make([]bool, len(dates))
	c.found += len(dates)
	spare := 0
	for _, readings := range s.Dates {
		if len(readings) == 0 {
			spare++
			continue
		}
		c.wanted++
		match := func(used []bool, whole bool) int {
			for i, d := range dates {
				if !used[i] && slices.ContainsFunc(readings, func(r [2]string) bool {
					return (r[0] == "" || d.From == r[0]) && (!whole || r[1] == "" || d.To == r[1])
				}) {
					used[i] = true
					return 1
				}
			}
			return 0
		}
		c.right += match(used, true)
		c.begun += match(begun, false)
	}
	for _, u := range used {
		if !u && spare > 0 {
			spare--
			c.found--
		}
	}
}

func readResult(t *testing.T, name string, sentences []sentence) result {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]*sentence{}
	for i := range sentences {
		byID[sentences[i].ID] = &sentences[i]
	}
	r := result{sets: map[string]*score{}}
	n := 0
	for l := range strings.Lines(string(b)) {
		var x line
		if err := json.Unmarshal([]byte(l), &x); err != nil {
			t.Fatal(err)
		}
		if x.Tagger != "" {
			r.line = x
			continue
		}
		s := byID[x.ID]
		if s == nil {
			t.Fatalf("%s: no sentence %q", name, x.ID)
		}
		n++
		if r.sets[set(s)] == nil {
			r.sets[set(s)] = new(score)
		}
		r.sets[set(s)].add(s, x.Dates)
	}
	if n != len(sentences) || r.Tagger == "" {
		t.Fatalf("%s holds %d of %d sentences", name, n, len(sentences))
	}
	return r
}

// TestTable prints, for each set, ours and the best choice of every peer.
func TestTable(t *testing.T) {
	dir := folder(t)
	sentences := readSentences(t)
	ours := readResult(t, filepath.Join(dir, "parley.jsonl"), sentences)
	names, err := filepath.Glob(filepath.Join(dir, "peer-*.jsonl"))
	if err != nil || len(names) == 0 {
		t.Fatalf("no peers: %v", err)
	}
	var others []result
	for _, n := range names {
		others = append(others, readResult(t, n, sentences))
	}
	var sets []string
	for i := range sentences {
		if s := set(&sentences[i]); !slices.Contains(sets, s) {
			sets = append(sets, s)
		}
	}
	slices.Sort(sets)
	fmt.Println("| sentences | tagger | value-F1 | precision | recall | first-day F1 | false dates where there is none | µs a sentence | to ours |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|")
	for _, name := range sets {
		row(name, ours, ours)
		best := map[string]result{}
		for _, r := range others {
			s := r.sets[name]
			if b, ok := best[r.Tagger]; !ok || f1(s.right, s.found, s.wanted) > f1(b.sets[name].right, b.sets[name].found, b.sets[name].wanted) {
				best[r.Tagger] = r
			}
		}
		for _, r := range others {
			if b := best[r.Tagger]; b.Options == r.Options {
				row(name, r, ours)
			}
		}
	}
}

func row(name string, r, ours result) {
	s := r.sets[name]
	who := r.Tagger
	if r.Options != "" {
		who += " (" + r.Options + ")"
	}
	fmt.Printf("| %s | %s | %.3f | %.3f | %.3f | %.3f | %d in %d | %.1f | %.0f× |\n", name, who,
		f1(s.right, s.found, s.wanted), float64(s.right)/float64(max(s.found, 1)), float64(s.right)/float64(max(s.wanted, 1)),
		f1(s.begun, s.found, s.wanted), s.falsely, s.empty, float64(r.NS)/1000, float64(r.NS)/float64(ours.NS))
}
