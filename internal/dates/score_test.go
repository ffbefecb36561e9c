package dates

import (
	"fmt"
	"testing"
)

func tagger(t testing.TB) *Tagger {
	t.Helper()
	g, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// A score counts values found, wanted and right.
type score struct{ found, wanted, right int }

func (s score) f1() float64 {
	if s.found+s.wanted == 0 {
		return 1
	}
	return 2 * float64(s.right) / float64(s.found+s.wanted)
}

func (s score) String() string {
	return fmt.Sprintf("%d right of %d found and %d wanted: precision %.3f recall %.3f F1 %.3f",
		s.right, s.found, s.wanted, float64(s.right)/float64(max(s.found, 1)), float64(s.right)/float64(max(s.wanted, 1)), s.f1())
}
