//go:build !amd64

package text

func (v *view) marks() (words, odd uint64) { return v.marksPlainly() }

func (v *view) plain(edges, odd uint64, keys *[windowWords]uint64, starts *[windowWords]int32, base int32) (n int, rest uint64) {
	return v.plainly(edges, odd, keys, starts, base)
}
