package read

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"

	"parley/internal/classify"
	"parley/internal/news"
)

var update = flag.Bool("update", false, "learn data/wording anew from the labelled items")

// learning are the options that the shipped models are learned with.
var learning = classify.Options{LeastWord: 3, LeastPair: 5, Rounds: 40, Rate: .3, Shrink: .0006, Faint: .4}

// An example is a labelled item, or a telling, and which others are of the same story.
type example struct {
	classify.Example
	story string
}

// worded lists the features of headline and lead, each once.
func worded(e *Engine, x news.Item) (features []string, language string) {
	page := e.Read(x)
	r := e.readers.Get().(*reader)
	r.reset(e, page)
	out := news.Reading{}
	r.gather(&out)
	seen := map[string]bool{}
	add := func(f string) {
		if !seen[f] {
			seen[f] = true
			features = append(features, f)
		}
	}
	r.wording(&e.wordKeys, func(w wordSeen) {
		add(string(w.where) + ": " + w.word)
		add(string(stemmed) + ": " + stem(w.word))
		add(w.before + " " + w.word)
	})
	r.shape(func(where byte, x shape) { add(string(where) + ": " + shapeNames[x]) })
	words := classWords()
	r.cueClasses(func(where byte, c class) {
		if words[c] != "" {
			add(string(where) + ": " + words[c])
		}
	})
	e.readers.Put(r)
	return features, out.Language
}

// wordingExamples are the labelled items and the tellings by language, without what is
// set aside. Of a telling one setting will do: names are
// masked.
func wordingExamples(t testing.TB) map[string][]example {
	e := engine(t)
	out := map[string][]example{}
	add := func(x news.Item, sort, story string) {
		f, language := worded(e, x)
		if sort == "" {
			sort = noneName
		}
		out[language] = append(out[language], example{classify.Example{Sort: sort, Features: f}, story})
	}
	for _, x := range corpus(t) {
		if !setAside(x.ID) {
			sort := ""
			if x.Gold.Development {
				sort = string(x.Gold.Kinds[0])
			}
			add(x.item(t), sort, x.ID)
		}
	}
	for _, w := range tellings(t) {
		if w.aside() {
			continue
		}
		story := fmt.Sprint(w.file, w.Kind, w.Story)
		if w.Kind == "" { // each tells of something else
			story = fmt.Sprint(w.file, w.N)
		}
		add(w.in(settings[w.N%len(settings)]), string(w.Kind), story)
	}
	return out
}

func learn(t testing.TB, list []example) *classify.Model {
	bare := make([]classify.Example, len(list))
	for i := range list {
		bare[i] = list[i].Example
	}
	m, err := classify.Learn(bare, []string{noneName}, learning)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestWording proves where the weights come from: learning from the labelled items and
// the tellings, without those set aside, gives what is in data/wording. After a change of
// items, of cues or of what counts as a word, run it with -update.
func TestWording(t *testing.T) {
	examples := wordingExamples(t)
	for _, language := range wordedLanguages {
		learned := learn(t, examples[language])
		file := "data/wording/" + language + ".tsv"
		if *update {
			head := "# How news of each kind of development is worded, and how what is none: what each word of the headline (t) and of\n" +
				"# the lead (b) weighs, each class of cues in headline (h) and lead (k), and two words that follow one another.\n" +
				"# Learned from testdata/corpus and testdata/tellings without what is set aside, by:\n" +
				"# go test ./internal/read -run TestWording -update. Not to be edited by hand.\n"
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
		if how := learned.Differs(shipped, learning.Faint); how != "" {
			t.Fatalf("%s: %s; run the test with -update", file, how)
		}
	}
}

// TestWordingCrossValidated leaves out a fifth of the stories at a time, and asks what
// the rest would have said of them: the figures that doubtful, sureKind and sureNews were
// chosen by.
func TestWordingCrossValidated(t *testing.T) {
	for language, examples := range wordingExamples(t) {
		if !slices.Contains(wordedLanguages[:], language) {
			continue
		}
		var truths, lost, nones, caught, right, wrong, cried int
		for fold := range 5 {
			var rest, out []example
			for _, x := range examples {
				if int(sha256.Sum256([]byte(x.story))[1])%5 == fold {
					out = append(out, x)
				} else {
					rest = append(rest, x)
				}
			}
			m := learn(t, rest)
			var sum classify.Sum
			for _, x := range out {
				sum.Reset(m)
				for _, name := range x.Features {
					f, err := classify.Named(name)
					if err != nil {
						t.Fatal(err)
					}
					sum.Add(f)
				}
				odds, best := sum.LogOdds(none), sum.Best(none+1)
				sure := odds < sureNews && sum.LogOdds(best) > sureKind
				switch {
				case x.Sort == noneName:
					nones++
					if odds > doubtful {
						caught++
					}
					if sure {
						cried++
					}
				default:
					truths++
					if odds > doubtful {
						lost++
					}
					if sure && m.Sorts()[best] == x.Sort {
						right++
					} else if sure {
						wrong++
					}
				}
			}
		}
		t.Logf("%s: would silence %d of %d developments and %d of %d items that tell none", language, lost, truths, caught, nones)
		t.Logf("%s: would be sure of %d kinds, %d of them wrong, and of %d of the items that tell none", language, right+wrong, wrong, cried)
		if lost*30 > truths || caught*4 < nones*3 {
			t.Errorf("%s: the wording is no use: %d of %d developments lost, %d of %d others caught", language, lost, truths, caught, nones)
		}
	}
}
