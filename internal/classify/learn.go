package classify

import (
	"math"
	"math/rand/v2"
	"slices"
)

// An Example is a text of which it is known to which sort it belongs, with the
// names of its features, each once.
type Example struct {
	Sort     string
	Features []string
}

// Options say how to learn. The figures of the examples that ship were found by
// leaving out a part at a time, not by looking at what is scored in the end.
type Options struct {
	LeastWord int     // examples that a word must come in, to be known
	LeastPair int     // … and two that follow one another
	Rounds    int     // through all examples
	Rate      float64 // of the first step; AdaGrad makes the later ones smaller
	Shrink    float64 // how strongly weights are drawn to nothing
	Faint     float64 // weights below it are left out in the end
}

// Learn finds the weights under which the examples are likeliest, and takes their mean
// over the later half of the rounds, so that it matters little which example came last.
// The same examples in the same order give the same model. Sorts are the first that the
// model knows, in this order; others that an example has follow them by name.
func Learn(examples []Example, sorts []string, o Options) (*Model, error) {
	in, others := map[string]int{}, map[string]bool{}
	for _, x := range examples {
		for _, f := range x.Features {
			in[f]++
		}
		if !slices.Contains(sorts, x.Sort) {
			others[x.Sort] = true
		}
	}
	sorts = slices.Clone(sorts)
	for name := range others {
		sorts = append(sorts, name)
	}
	slices.Sort(sorts[len(sorts)-len(others):])
	index, names := map[string]int{}, []string{}
	rows, truth := make([][]int, len(examples)), make([]int, len(examples))
	for i, x := range examples {
		truth[i] = slices.Index(sorts, x.Sort)
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
	of := len(sorts)
	weights, squares, bias := make([]float64, len(names)*of), make([]float64, len(names)*of), make([]float64, of)
	const (
		first    = .01 // keeps the first step from being endless
		biasRate = .02
	)
	for i := range squares {
		squares[i] = first
	}
	shuffle := rand.New(rand.NewPCG(1, 2))
	order := shuffle.Perm(len(rows))
	mean, meanBias, from := make([]float64, len(weights)), make([]float64, of), o.Rounds/2
	miss := make([]float64, of) // by sort: how much likelier it was held to be than it was
	for round := range o.Rounds {
		shuffle.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		for _, i := range order {
			n := Scale(len(rows[i]))
			clear(miss)
			for _, at := range rows[i] {
				for k, w := range weights[at*of : at*of+of] {
					miss[k] += w
				}
			}
			for k := range miss {
				miss[k] = miss[k]*n + bias[k]
			}
			softmax(miss)
			miss[truth[i]]--
			for k := range bias {
				bias[k] -= biasRate * miss[k]
			}
			for _, at := range rows[i] {
				w, sq := weights[at*of:at*of+of], squares[at*of:at*of+of]
				for k := range w {
					g := miss[k]*n + o.Shrink*w[k]
					sq[k] += g * g
					w[k] -= o.Rate * g / math.Sqrt(sq[k])
				}
			}
		}
		if round < from {
			continue
		}
		n := float64(o.Rounds - from)
		for k := range bias {
			meanBias[k] += bias[k] / n
		}
		for i, w := range weights {
			mean[i] += w / n
		}
	}
	out := make(map[string][]float32, len(names))
	for i, name := range names {
		row, kept := make([]float32, of), false
		for k, w := range mean[i*of : i*of+of] {
			if math.Abs(w) >= o.Faint {
				row[k], kept = float32(w), true
			}
		}
		if kept {
			out[name] = row
		}
	}
	final := make([]float32, of)
	for k, b := range meanBias {
		final[k] = float32(b)
	}
	return New(sorts, final, out)
}
