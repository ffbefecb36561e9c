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
		x := Example{Sort: map[string]string{"+": "news", "-": "none"}[f[3]]}
		for i, w := range f[:3] {
			x.Features = append(x.Features, "t: "+w)
			if i > 0 {
				x.Features = append(x.Features, f[i-1]+" "+w)
			}
		}
		examples = append(examples, x)
	}
	m, err := Learn(examples, []string{"none"}, Options{LeastWord: 2, LeastPair: 2, Rounds: 20, Rate: .3})
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
			return s.LogOdds(m.Sort("news"))
		}
		if news, none := odds("sides", "resume", "tuesday"), odds("a", "history", "of", "talks"); news <= 0 || none >= 0 {
			t.Errorf("unseen news has log odds %.2f, unseen history %.2f", news, none)
		}
		if got := strings.Join(s.For(m.Sort("none"), 1), ""); got != "t: history" {
			t.Errorf("what weighs most for none is %q", got)
		}
	}
}

func TestParseSaysWhatIsWrong(t *testing.T) {
	const head = "sorts\tnone news\n"
	for data, want := range map[string]string{
		"":                                      "model.tsv: there are no weights in it",
		"t: talks\tnews=1":                      "model.tsv:1: want the names of two sorts or more behind \"sorts\" first, not \"t: talks\\tnews=1\"",
		"# head\n" + head + "news=1 talks":      `model.tsv:3: want a feature, a tab and its weights, not "news=1 talks"`,
		head + "t: talks\tnews=NaN":             `model.tsv:2: want a sort, = and a weight, not "news=NaN"`,
		head + "t: talks\told=1":                `model.tsv:2: want a sort, = and a weight, not "old=1"`,
		head + "talks\tnews=1":                  `model.tsv:2: a feature is two words, not "talks"`,
		head + "title: talks\tnews=1":           `model.tsv:2: a part of a text is one letter, not "title"`,
		head + "t: talks\tnews=1\n\nt: talks\t": `model.tsv:4: "t: talks" is there twice`,
	} {
		if _, err := Parse("model.tsv", []byte(data)); err == nil || err.Error() != want {
			t.Errorf("%q: %v, want %s", data, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("sorts\tnone news\nbias\tnone=0.30\nt: history\tnone=1.25 news=-0.50\ntalks resume\tnews=0.50\n"))
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
