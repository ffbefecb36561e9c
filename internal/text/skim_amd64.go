package text

import "golang.org/x/sys/cpu"

// quick says that the processor has what skim_amd64.s and valid_amd64.s are
// written for: all since 2013 do.
var quick = cpu.X86.HasAVX2 && cpu.X86.HasBMI1 && cpu.X86.HasBMI2

// marks is marksPlainly.
func (v *view) marks() (words, odd uint64) {
	if quick {
		return marksQuickly(v)
	}
	return v.marksPlainly()
}

// plain is plainly.
func (v *view) plain(edges, odd uint64, keys *[windowWords]uint64, starts *[windowWords]int32, base int32) (n int, rest uint64) {
	if quick {
		return plainQuickly(v, edges, odd, keys, starts, base)
	}
	return v.plainly(edges, odd, keys, starts, base)
}

//go:noescape
func marksQuickly(v *view) (words, odd uint64)

//go:noescape
func plainQuickly(v *view, edges, odd uint64, keys *[windowWords]uint64, starts *[windowWords]int32, base int32) (n int, rest uint64)
