package classify

import (
	"fmt"
	"math"
)

// Differs says in what another model is not what m was learned to be, but for rounding; ""
// if it is. A weight within rounding of faint may have become too faint to be kept, or just
// not. Tests ask it of what ships.
func (m *Model) Differs(o *Model, faint float64) string {
	bias, want := m.Weights()
	bias2, got := o.Weights()
	if len(m.sorts) != len(o.sorts) || len(want) != len(got) || !alike(bias, bias2, faint) {
		return fmt.Sprintf("%d features, learned %d, or other sorts or biases", len(got), len(want))
	}
	for i, s := range m.sorts {
		if o.sorts[i] != s {
			return fmt.Sprintf("the sort %s, learned %s", o.sorts[i], s)
		}
	}
	for name, w := range want {
		if g, ok := got[name]; !ok || !alike(g, w, faint) {
			return fmt.Sprintf("%q weighs %.2f, learned %.2f", name, g, w)
		}
	}
	return ""
}

// alike reports rows that only rounding has parted.
func alike(a, b []float32, faint float64) bool {
	for i := range a {
		const rounding = .02
		far := math.Abs(float64(a[i] - b[i]))
		if far > rounding && !(min(math.Abs(float64(a[i])), math.Abs(float64(b[i]))) == 0 && far < faint+rounding) {
			return false
		}
	}
	return true
}
