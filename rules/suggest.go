package rules

import (
	"strings"
	"unicode/utf8"
)

// nearest returns the candidate that typed was most probably meant to be,
// empty if none comes near: one slip in three letters, at most three.
func nearest(typed string, candidates []string) string {
	best, least := "", min(3, max(1, utf8.RuneCountInString(typed)/3))
	var d distance
	for _, c := range candidates {
		// the first of equals, so that the order of candidates decides
		if n := d.between(strings.ToLower(typed), strings.ToLower(c), least); n < least || n == least && best == "" {
			best, least = c, n
		}
	}
	return best
}

// distance counts edits; its rows are kept between calls.
type distance struct {
	a, b             []rune
	before, row, new []int
}

// between returns the number of insertions, deletions, replacements and swaps
// of neighbours that make b of a, or limit+1 if there are more than limit.
func (d *distance) between(a, b string, limit int) int {
	d.a, d.b = append(d.a[:0], firstRunesOf(a)...), append(d.b[:0], firstRunesOf(b)...)
	if len(d.a)-len(d.b) > limit || len(d.b)-len(d.a) > limit {
		return limit + 1
	}
	n := len(d.b) + 1
	if cap(d.row) < n {
		d.before, d.row, d.new = make([]int, n), make([]int, n), make([]int, n)
	}
	before, row, next := d.before[:n], d.row[:n], d.new[:n]
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(d.a); i++ {
		next[0] = i
		for j := 1; j <= len(d.b); j++ {
			cost := 1
			if d.a[i-1] == d.b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && d.a[i-1] == d.b[j-2] && d.a[i-2] == d.b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row, next = row, next, before
	}
	return min(row[len(d.b)], limit+1)
}

// firstRunesOf bounds the work that a pasted paragraph can cause.
func firstRunesOf(s string) []rune { return []rune(firstRunes(s, 64)) }
