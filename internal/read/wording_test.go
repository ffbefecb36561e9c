package read

import (
	"flag"
	"math"
	"os"
	"slices"
	"testing"

	"parley/internal/classify"
)

var update = flag.Bool("update", false, "learn data/wording anew from the labelled items")

// learning are the options that the shipped models are learned with.
var learning = classify.Options{LeastWord: 3, LeastPair: 4, Rounds: 24, Rate: .3, Shrink: .0005}

// worded lists the features of headline and lead, each once.
func worded(e *Engine, x *labelled, t testing.TB) (features []string, language string) {
	page := e.Read(x.item(t))
	r := e.readers.Get().(*reader)
	r.reset(e, page)
	out := r.read()
	seen := map[string]bool{}
	add := func(f string) {
		if !seen[f] {
			seen[f] = true
			features = append(features, f)
		}
	}
	r.wording(&e.wordKeys, func(w wordSeen) {
		add(string(w.where) + ": " + w.word)
		add(w.before + " " + w.word)
	})
	e.readers.Put(r)
	return features, out.Language
}

// wordingExamples are the labelled items by language, without those set aside.
func wordingExamples(t testing.TB) map[string][]classify.Example {
	e := engine(t)
	out := map[string][]classify.Example{}
	for _, x := range corpus(t) {
		if setAside(x.ID) {
			continue
		}
		f, language := worded(e, &x, t)
		out[language] = append(out[language], classify.Example{First: x.Gold.Development, Features: f})
	}
	return out
}

// TestWording proves where the weights come from: learning from the labelled items,
// without those set aside, gives what is in data/wording. After a change of items or of
// what counts as a word, run it with -update.
func TestWording(t *testing.T) {
	examples := wordingExamples(t)
	for _, language := range wordedLanguages {
		learned, err := classify.Learn(examples[language], learning)
		if err != nil {
			t.Fatal(err)
		}
		file := "data/wording/" + language + ".tsv"
		if *update {
			head := "# How news of a development is worded, and how what is none: the weight of each word of the headline (t),\n" +
				"# of the lead (b), and of two that follow one another. Learned from testdata/corpus without the items set\n" +
				"# aside, by: go test ./internal/read -run TestWording -update. Not to be edited by hand.\n"
			if err := os.WriteFile(file, append([]byte(head), learned.Format()...), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		shipped, err := classify.Parse(file, b)
		if err != nil {
			t.Fatal(err)
		}
		bias, want := learned.Weights()
		bias2, got := shipped.Weights()
		if math.Abs(float64(bias-bias2)) > .02 || len(want) != len(got) {
			t.Fatalf("%s: bias %.2f and %d features, learned %.2f and %d; run the test with -update", file, bias2, len(got), bias, len(want))
		}
		for name, w := range want {
			if g, ok := got[name]; !ok || math.Abs(float64(g-w)) > .02 {
				t.Fatalf("%s: %q weighs %.2f, learned %.2f; run the test with -update", file, name, g, w)
			}
		}
	}
}

// TestWordingCrossValidated leaves out a fifth of the items at a time, and asks what
// the rest would have said of it: the figures that doubtful was chosen by.
func TestWordingCrossValidated(t *testing.T) {
	for language, examples := range wordingExamples(t) {
		if !slices.Contains(wordedLanguages[:], language) {
			continue
		}
		var truths, lost, none, caught int
		for fold := range 5 {
			var rest []classify.Example
			for i, x := range examples {
				if i%5 != fold {
					rest = append(rest, x)
				}
			}
			m, err := classify.Learn(rest, learning)
			if err != nil {
				t.Fatal(err)
			}
			var sum classify.Sum
			for i, x := range examples {
				if i%5 != fold {
					continue
				}
				sum.Reset(m)
				for _, name := range x.Features {
					f, err := classify.Named(name)
					if err != nil {
						t.Fatal(err)
					}
					sum.Add(f)
				}
				silenced := sum.LogOdds() < doubtful
				if x.First {
					truths++
					if silenced {
						lost++
					}
				} else {
					none++
					if silenced {
						caught++
					}
				}
			}
		}
		t.Logf("%s: would silence %d of %d developments and %d of %d items that tell none", language, lost, truths, caught, none)
		if lost*66 > truths || caught*2 < none {
			t.Errorf("%s: the wording is no use: %d of %d developments lost, %d of %d others caught", language, lost, truths, caught, none)
		}
	}
}
