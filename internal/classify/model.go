// Package classify tells by its words to which of several sorts a text belongs: a
// multinomial logistic regression over sparse features. It proves nothing and names
// no clause; it is a second opinion, by many small weights, on what rules have
// found by few strong ones. A Model is a file of lines that can be read, a
// feature and what it weighs for each sort, learned from labelled examples by Learn
// and by nothing else; and a Sum can say which words have weighed most.
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

// Named returns the feature that a name stands for: "t: talks" is a word in the
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

// A Model holds what every feature that it knows weighs for each sort. It does not
// change.
type Model struct {
	sorts   []string
	bias    []float32
	slots   []slot // open addressing by feature
	mask    uint64
	names   []string
	weights []float32 // a row for each of names
	stride  int       // of a row: len(sorts), and zeros up to whole lanes
}

// lanes is how many sorts are summed up at a time: as many sums as a processor has room
// for in its registers.
const lanes = 8

type slot struct {
	feature Feature
	at      int32 // 1 + the place in names, 0 for none
}

// New returns the model of these sorts with these weights, a row by name of the feature.
func New(sorts []string, bias []float32, weights map[string][]float32) (*Model, error) {
	m := &Model{sorts: sorts, bias: bias, stride: (len(sorts) + lanes - 1) / lanes * lanes}
	size := 4
	for size < 2*len(weights) {
		size *= 2
	}
	m.slots, m.mask = make([]slot, size), uint64(size-1)
	for name := range weights {
		m.names = append(m.names, name)
	}
	slices.Sort(m.names)
	m.weights = make([]float32, len(m.names)*m.stride)
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
		copy(m.row(i), weights[name])
	}
	return m, nil
}

// Sort returns the number of a sort by its name, -1 for one that the model does not know.
func (m *Model) Sort(name string) int { return slices.Index(m.sorts, name) }

// Sorts returns the names of the sorts, by number.
func (m *Model) Sorts() []string { return m.sorts }

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

// row returns what feature number at weighs, by sort.
func (m *Model) row(at int) []float32 {
	at *= m.stride
	return m.weights[at : at+len(m.sorts)]
}

const (
	sortsName = "sorts" // of the line that names them
	biasName  = "bias"
)

// Parse reads what Format wrote. Errors name the line.
func Parse(file string, data []byte) (*Model, error) {
	var sorts []string
	var bias []float32
	weights := map[string][]float32{}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fail := func(format string, args ...any) (*Model, error) {
			return nil, fmt.Errorf("%s:%d: %s", file, i+1, fmt.Sprintf(format, args...))
		}
		name, rest, ok := strings.Cut(line, "\t")
		if !ok {
			return fail("want a feature, a tab and its weights, not %q", line)
		}
		fields := strings.Fields(rest)
		if sorts == nil {
			if name != sortsName || len(fields) < 2 {
				return fail("want the names of two sorts or more behind %q first, not %q", sortsName, line)
			}
			sorts, bias = fields, make([]float32, len(fields))
			continue
		}
		row := make([]float32, len(sorts))
		for _, f := range fields {
			of, number, _ := strings.Cut(f, "=")
			k := slices.Index(sorts, of)
			w, err := strconv.ParseFloat(number, 32)
			if k < 0 || err != nil || math.IsNaN(w) || math.IsInf(w, 0) {
				return fail("want a sort, = and a weight, not %q", f)
			}
			row[k] = float32(w)
		}
		if name == biasName {
			bias = row
			continue
		}
		if _, twice := weights[name]; twice {
			return fail("%q is there twice", name)
		}
		if _, err := Named(name); err != nil {
			return fail("%v", err)
		}
		weights[name] = row
	}
	if len(weights) == 0 {
		return nil, fmt.Errorf("%s: there are no weights in it", file)
	}
	m, err := New(sorts, bias, weights)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return m, nil
}

// Format writes the model down, in order of the features: a line each, its name, a tab,
// and each sort with what it weighs for that, where that is anything.
func (m *Model) Format() []byte {
	var b bytes.Buffer
	line := func(name string, row []float32) {
		b.WriteString(name)
		sep := byte('\t')
		for k, w := range row {
			if v := strconv.FormatFloat(float64(w), 'f', 2, 32); v != "0.00" && v != "-0.00" {
				b.WriteByte(sep)
				b.WriteString(m.sorts[k] + "=" + v)
				sep = ' '
			}
		}
		if sep == '\t' {
			b.WriteByte(sep)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%s\t%s\n", sortsName, strings.Join(m.sorts, " "))
	line(biasName, m.bias)
	for i, name := range m.names {
		line(name, m.row(i))
	}
	return b.Bytes()
}

// Weights returns what the model holds: rows by sort, by the name of the feature.
func (m *Model) Weights() (bias []float32, weights map[string][]float32) {
	weights = make(map[string][]float32, len(m.names))
	for i, name := range m.names {
		weights[name] = m.row(i)
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
	odds   []float64 // by sort, once asked for
	summed bool
}

// Model returns what the text is weighed by.
func (s *Sum) Model() *Model { return s.m }

// Reset begins with another text.
func (s *Sum) Reset(m *Model) {
	if s.m != m || s.round == math.MaxUint32 {
		s.m, s.seen, s.round, s.odds = m, make([]uint32, len(m.names)), 0, make([]float64, len(m.sorts))
	}
	s.round++
	s.hits, s.summed = s.hits[:0], false
}

// Add counts a feature in, once however often it comes.
func (s *Sum) Add(f Feature) {
	at := s.m.find(f)
	if at < 0 || s.seen[at] == s.round {
		return
	}
	s.seen[at] = s.round
	s.hits = append(s.hits, int32(at))
	s.summed = false
}

// LogOdds is how much rather the text is of a sort than of any other: the natural
// logarithm of the odds, 0 for even. A long text weighs no more than a short one, for
// its features are drawn from the same few sentences.
func (s *Sum) LogOdds(sort int) float64 { return s.all()[sort] }

// Best returns the sort, of those from number first on, that the text is likeliest to be of.
func (s *Sum) Best(first int) int {
	best := first
	for k, v := range s.all() {
		if k > first && v > s.odds[best] {
			best = k
		}
	}
	return best
}

// all works the odds of all sorts out, once a text.
func (s *Sum) all() []float64 {
	if s.summed {
		return s.odds
	}
	s.summed = true
	z := s.odds
	for k := 0; k < len(z); k += lanes {
		sums := s.m.sums(s.hits, k)
		copy(z[k:], sums[:])
	}
	n := Scale(len(s.hits))
	for k := range z {
		z[k] = z[k]*n + float64(s.m.bias[k])
	}
	softmax(z)
	for k, p := range z {
		const sure = 1e-12 // keeps certainty finite
		z[k] = math.Log((p + sure) / (1 - p + sure))
	}
	return z
}

// sums adds up what features weigh for the lanes that begin with sort number from.
func (m *Model) sums(features []int32, from int) [lanes]float64 {
	var a, b, c, d, e, f, g, h float64
	for _, at := range features {
		w := (*[lanes]float32)(m.weights[int(at)*m.stride+from:])
		a += float64(w[0])
		b += float64(w[1])
		c += float64(w[2])
		d += float64(w[3])
		e += float64(w[4])
		f += float64(w[5])
		g += float64(w[6])
		h += float64(w[7])
	}
	return [lanes]float64{a, b, c, d, e, f, g, h}
}

// softmax turns scores into shares of one.
func softmax(z []float64) {
	most, sum := slices.Max(z), 0.0
	for k := range z {
		z[k] = math.Exp(z[k] - most)
		sum += z[k]
	}
	for k := range z {
		z[k] /= sum
	}
}

// Scale makes sums over n features comparable: each is multiplied by it.
func Scale(n int) float64 { return 1 / math.Sqrt(float64(n+1)) }

// For returns the names of at most n features that weigh most for a sort, the heaviest
// first.
func (s *Sum) For(sort, n int) []string {
	weight := func(at int32) float32 { return s.m.row(int(at))[sort] }
	hits := slices.Clone(s.hits)
	slices.SortFunc(hits, func(a, b int32) int {
		return cmp.Or(cmp.Compare(weight(b), weight(a)), cmp.Compare(a, b))
	})
	var out []string
	for _, at := range hits {
		if len(out) == n || weight(at) <= 0 {
			break
		}
		out = append(out, s.m.names[at])
	}
	return out
}

// Weight is what a feature weighs for a sort, 0 for one that is not known.
func (m *Model) Weight(f Feature, sort int) float32 {
	at := m.find(f)
	if at < 0 {
		return 0
	}
	return m.row(at)[sort]
}
