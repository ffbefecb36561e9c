package text

import (
	"encoding/binary"
	"math/bits"
	"unsafe"
)

// A stretch is a part of a text with the places where words of ASCII begin and
// end in it, in turn. They are found for all of it at once, so that what is done
// with one word need not wait for where the next one is.
type stretch struct {
	edges [stretchLen + edgesAtOnce]uint16
	tail  [2*window + inPair]byte // the end of a text, and zeros
}

const (
	window      = 64 // bytes that are looked at at once: as many as a number has bits
	windows     = 4  // of a stretch
	stretchLen  = windows * window
	edgesAtOnce = 16
)

// find notes the words that are whole within the next stretch of a text from i
// on. It returns where the stretch lies, with bytes behind it that may be read,
// and how many edges it has. Behind the last of them stands where it ends.
func (x *stretch) find(text []byte, i int) (src unsafe.Pointer, n int) {
	limit := min((len(text)-i-inPair)/window, windows) * window
	end := limit
	if limit > 0 {
		src = unsafe.Pointer(&text[i])
	} else {
		limit, end = copy(x.tail[:], text[i:]), 2*window
		clear(x.tail[limit:])
		src = unsafe.Pointer(&x.tail)
	}
	before := uint64(0) // whether the byte before is of a word
	for at := 0; at < end; at += window {
		w := wordBytes((*[window]byte)(unsafe.Add(src, at)))
		edges := w ^ (w<<1 | before)
		before = w >> (window - 1)
		// More are written than there are, which costs less than to stop in time.
		count := bits.OnesCount64(edges)
		for to := n; ; to += edgesAtOnce {
			into := (*[edgesAtOnce]uint16)(x.edges[to:])
			for j := 0; j < edgesAtOnce; j += 4 {
				into[j] = uint16(at + bits.TrailingZeros64(edges))
				edges &= edges - 1
				into[j+1] = uint16(at + bits.TrailingZeros64(edges))
				edges &= edges - 1
				into[j+2] = uint16(at + bits.TrailingZeros64(edges))
				edges &= edges - 1
				into[j+3] = uint16(at + bits.TrailingZeros64(edges))
				edges &= edges - 1
			}
			if edges == 0 {
				break
			}
		}
		n += count
	}
	if n&1 != 0 { // the last word may go on: the stretch ends where it begins
		return src, n - 1
	}
	x.edges[n] = uint16(limit)
	return src, n
}

// wordBytes marks the letters and digits of a window.
func wordBytes(v *[window]byte) (w uint64) {
	for i := 0; i < window; i += 8 {
		x := binary.LittleEndian.Uint64(v[i : i+8])
		y := x &^ tops
		m := (inRange(y|smallBits, 'a', 'z') | inRange(y, '0', '9')) &^ x
		w |= m >> 7 * 0x0102040810204080 >> 56 << i // the top bits, side by side
	}
	return w
}

// inRange marks, by their top bits, the bytes of w from lo to hi. All bytes of
// w are below 0x80.
func inRange(w uint64, lo, hi byte) uint64 {
	return (w + uint64(0x80-lo)*ones) &^ (w + uint64(0x7F-hi)*ones) & tops
}
