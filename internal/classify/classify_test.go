package classify

import (
	"strings"
	"testing"

	"parley/internal/text"
)

func TestLearnTellsApart(t *testing.T) {
	var examples []Example
	for _, line := range strings.Split(`
talks resume monday +
talks resume today +
round resume monday +
talks history book -
round history film -
talks history today -`, "\n") {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		x := Example{First: f[3] == "+"}
		for i, w := range f[:3] {
			x.Features = append(x.Features, "t: "+w)
			if i > 0 {
				x.Features = append(x.Features, f[i-1]+" "+w)
			}
		}
		examples = append(examples, x)
	}
	m, err := Learn(examples, Options{LeastWord: 2, LeastPair: 2, Rounds: 20, Rate: .3})
	if err != nil {
		t.Fatal(err)
	}
	again, err := Parse("model.tsv", m.Format())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []*Model{m, again} {
		var s Sum
		odds := func(words ...string) float64 {
			s.Reset(m)
			for i, w := range words {
				s.Add(Word('t', text.Key(w)))
				s.Add(Word('t', text.Key(w))) // twice is as good as once
				if i > 0 {
					s.Add(Pair(text.Key(words[i-1]), text.Key(w)))
				}
			}
			return s.LogOdds()
		}
		if news, none := odds("sides", "resume", "tuesday"), odds("a", "history", "of", "talks"); news <= 0 || none >= 0 {
			t.Errorf("unseen news has log odds %.2f, unseen history %.2f", news, none)
		}
		if got := strings.Join(s.Against(1), ""); got != "t: history" {
			t.Errorf("what weighs most against is %q", got)
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	for data, want := range map[string]string{
		"":                           "model.tsv: there are no weights in it",
		"# head\n0.10 talks":         `model.tsv:2: want a weight, a tab and a feature, not "0.10 talks"`,
		"NaN\tt: talks":              `model.tsv:1: want a weight, a tab and a feature, not "NaN\tt: talks"`,
		"0.10\ttalks":                `model.tsv:1: a feature is two words, not "talks"`,
		"0.10\ttitle: talks":         `model.tsv:1: a part of a text is one letter, not "title"`,
		"1\tt: talks\n\n2\tt: talks": `model.tsv:3: "t: talks" is there twice`,
	} {
		if _, err := Parse("model.tsv", []byte(data)); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", data, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("0.30\tbias\n-1.25\tt: history\n0.50\ttalks resume\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := Parse("x", data)
		if err != nil {
			return
		}
		if _, err := Parse("x", m.Format()); err != nil {
			t.Fatalf("what was read cannot be read again: %v", err)
		}
	})
}
