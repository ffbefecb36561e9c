// Package classify tells by its words to which of two sorts a text belongs: a
// logistic regression over sparse features. It proves nothing and names no
// clause; it is a second opinion, by many small weights, on what rules have
// found by few strong ones. A Model is a file of lines that can be read, a
// feature and its weight each, learned from labelled examples by Learn and
// by nothing else; and a Sum can say which words have weighed most.
package classify

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"parley/internal/text"
)

// A Feature is a word in a place, or a word behind another, as a number: adding up
// a text looks at hundreds, and has no time to spell them.
type Feature uint64

// Word is the feature of a word, by its text.Key, in some part of a text.
func Word(where byte, key uint64) Feature { return mix(key, uint64(where)) }

// Pair is the feature of a word that follows another.
func Pair(before, key uint64) Feature { return mix(key, before^0x9e3779b97f4a7c15) }

func mix(a, b uint64) Feature {
	h := a*0xbf58476d1ce4e5b9 ^ (b+0x94d049bb133111eb)*0x9e3779b97f4a7c15
	h ^= h >> 29
	h *= 0x94d049bb133111eb
	return Feature(h ^ h>>32)
}

// Named returns the feature that a name stands for: "t talks" is a word in the
// part t, "talks resume" two words that follow one another.
func Named(name string) (Feature, error) {
	a, b, two := strings.Cut(name, " ")
	if !two || a == "" || b == "" || strings.Contains(b, " ") {
		return 0, fmt.Errorf("a feature is two words, not %q", name)
	}
	if where, part := strings.CutSuffix(a, ":"); part {
		if len(where) != 1 {
			return 0, fmt.Errorf("a part of a text is one letter, not %q", where)
		}
		return Word(where[0], text.Key(b)), nil
	}
	return Pair(text.Key(a), text.Key(b)), nil
}

// A Model holds the weight of every feature that it knows. It does not change.
type Model struct {
	bias    float32
	slots   []slot // open addressing by feature
	mask    uint64
	names   []string
	weights []float32
}

type slot struct {
	feature Feature
	at      int32 // 1 + the place in names and weights, 0 for none
}

// New returns the model with these weights, by name of the feature.
func New(bias float32, weights map[string]float32) (*Model, error) {
	m := &Model{bias: bias}
	size := 4
	for size < 2*len(weights) {
		size *= 2
	}
	m.slots, m.mask = make([]slot, size), uint64(size-1)
	for name := range weights {
		m.names = append(m.names, name)
	}
	slices.Sort(m.names)
	for i, name := range m.names {
		f, err := Named(name)
		if err != nil {
			return nil, err
		}
		if m.find(f) >= 0 {
			return nil, fmt.Errorf("%q is there twice", name)
		}
		k := uint64(f) & m.mask
		for m.slots[k].at != 0 {
			k = (k + 1) & m.mask
		}
		m.slots[k] = slot{f, int32(i) + 1}
		m.weights = append(m.weights, weights[name])
	}
	return m, nil
}

// find returns the place of a feature, -1 for one that is not known.
func (m *Model) find(f Feature) int {
	for k := uint64(f) & m.mask; ; k = (k + 1) & m.mask {
		switch s := &m.slots[k]; {
		case s.at == 0:
			return -1
		case s.feature == f:
			return int(s.at) - 1
		}
	}
}

const biasName = "bias"

// Parse reads what Format wrote. Errors name the line.
func Parse(file string, data []byte) (*Model, error) {
	weights, bias := map[string]float32{}, float32(0)
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		number, name, ok := strings.Cut(line, "\t")
		w, err := strconv.ParseFloat(number, 32)
		if !ok || err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
			return nil, fmt.Errorf("%s:%d: want a weight, a tab and a feature, not %q", file, i+1, line)
		}
		if _, twice := weights[name]; twice {
			return nil, fmt.Errorf("%s:%d: %q is there twice", file, i+1, name)
		}
		if name == biasName {
			bias = float32(w)
			continue
		}
		if _, err := Named(name); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, i+1, err)
		}
		weights[name] = float32(w)
	}
	if len(weights) == 0 {
		return nil, fmt.Errorf("%s: there are no weights in it", file)
	}
	m, err := New(bias, weights)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return m, nil
}

// Format writes the model down, in order of the features: a line each, its weight
// with two digits, a tab, and its name.
func (m *Model) Format() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%.2f\t%s\n", m.bias, biasName)
	for i, name := range m.names {
		w := strconv.FormatFloat(float64(m.weights[i]), 'f', 2, 32)
		if w == "-0.00" {
			w = "0.00"
		}
		fmt.Fprintf(&b, "%s\t%s\n", w, name)
	}
	return b.Bytes()
}

// Weights returns what the model holds, by name.
func (m *Model) Weights() (bias float32, weights map[string]float32) {
	weights = make(map[string]float32, len(m.names))
	for i, name := range m.names {
		weights[name] = m.weights[i]
	}
	return m.bias, weights
}

// A Sum adds up the features of one text. Its zero value is ready; it may be used
// again, for any model, after Reset.
type Sum struct {
	m      *Model
	seen   []uint32 // by feature: the round in which it was last added
	round  uint32
	hits   []int32
	weight float64
}

// Reset begins with another text.
func (s *Sum) Reset(m *Model) {
	if s.m != m || s.round == math.MaxUint32 {
		s.m, s.seen, s.round = m, make([]uint32, len(m.names)), 0
	}
	s.round++
	s.hits, s.weight = s.hits[:0], 0
}

// Add counts a feature in, once however often it comes.
func (s *Sum) Add(f Feature) {
	at := s.m.find(f)
	if at < 0 || s.seen[at] == s.round {
		return
	}
	s.seen[at] = s.round
	s.hits = append(s.hits, int32(at))
	s.weight += float64(s.m.weights[at])
}

// LogOdds is how much rather the text is of the first sort than of the second:
// the natural logarithm of the odds, 0 for even. A long text weighs no more than a
// short one, for its features are drawn from the same few sentences.
func (s *Sum) LogOdds() float64 {
	return float64(s.m.bias) + s.weight*scale(len(s.hits))
}

// scale makes the sum over n features comparable.
func scale(n int) float64 { return 1 / math.Sqrt(float64(n+1)) }

// Against returns the names of at most n features that weigh most against the
// first sort, the heaviest first.
func (s *Sum) Against(n int) []string {
	hits := slices.Clone(s.hits)
	slices.SortFunc(hits, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.m.weights[a], s.m.weights[b]), cmp.Compare(a, b))
	})
	var out []string
	for _, at := range hits {
		if len(out) == n || s.m.weights[at] >= 0 {
			break
		}
		out = append(out, s.m.names[at])
	}
	return out
}
