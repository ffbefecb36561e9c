package classify

import (
	"math"
	"math/rand/v2"
)

// An Example is a text of which it is known to which sort it belongs, with the
// names of its features, each once.
type Example struct {
	First    bool // belongs to the first sort
	Features []string
}

// Options say how to learn. The figures of the examples that ship were found by
// leaving out a fifth at a time, not by looking at what is scored in the end.
type Options struct {
	LeastWord int     // examples that a word must come in, to be known
	LeastPair int     // … and two that follow one another
	Rounds    int     // through all examples
	Rate      float64 // of the first step; AdaGrad makes the later ones smaller
	Shrink    float64 // how strongly weights are drawn to nothing
}

// Learn finds the weights under which the examples are likeliest, and takes their mean
// over the later half of the rounds, so that it matters little which example came last.
// The same examples in the same order give the same model.
func Learn(examples []Example, o Options) (*Model, error) {
	in := map[string]int{}
	for _, x := range examples {
		for _, f := range x.Features {
			in[f]++
		}
	}
	index, names := map[string]int{}, []string{}
	rows := make([][]int, len(examples))
	for i, x := range examples {
		for _, f := range x.Features {
			least := o.LeastPair
			if len(f) > 2 && f[1] == ':' && f[2] == ' ' {
				least = o.LeastWord
			}
			if in[f] < least {
				continue
			}
			at, known := index[f]
			if !known {
				at = len(names)
				index[f] = at
				names = append(names, f)
			}
			rows[i] = append(rows[i], at)
		}
	}
	weights, squares, bias := make([]float64, len(names)), make([]float64, len(names)), 0.0
	const (
		first    = .01 // keeps the first step from being endless
		biasRate = .02
	)
	for i := range squares {
		squares[i] = first
	}
	shuffle := rand.New(rand.NewPCG(1, 2))
	order := shuffle.Perm(len(rows))
	mean, meanBias, from := make([]float64, len(names)), 0.0, o.Rounds/2
	for round := range o.Rounds {
		shuffle.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		for _, i := range order {
			n, z := scale(len(rows[i])), bias
			for _, at := range rows[i] {
				z += weights[at] * n
			}
			miss := 1 / (1 + math.Exp(-z))
			if examples[i].First {
				miss--
			}
			bias -= biasRate * miss
			for _, at := range rows[i] {
				g := miss*n + o.Shrink*weights[at]
				squares[at] += g * g
				weights[at] -= o.Rate * g / math.Sqrt(squares[at])
			}
		}
		if round < from {
			continue
		}
		n := float64(o.Rounds - from)
		meanBias += bias / n
		for i, w := range weights {
			mean[i] += w / n
		}
	}
	out := make(map[string]float32, len(names))
	for i, name := range names {
		out[name] = float32(mean[i])
	}
	return New(float32(meanBias), out)
}
