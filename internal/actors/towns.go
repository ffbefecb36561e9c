package actors

import (
	_ "embed"
	"strings"

	"parley/internal/text"
)

//go:generate go run ./gen

// towns is the gazetteer: a line a name, in order, so that it is searched as it
// stands and costs nothing until somebody asks.
//
//go:embed data/towns.tsv
var towns string

// longestTown is the number of words of the longest names in the gazetteer.
const longestTown = 4

// A Town is a bearer of a name in the gazetteer: larger towns and seats of
// regions, far more than there are cities known as places of talks. It names
// places only, never an actor or a government.
type Town struct {
	Title  string // "Nizwa, Oman"
	State  string // actor id of its country
	People int    // in thousands
	Own    bool   // the name is the town's own, in English or at home, and no other spelling or language's
}

// Towns returns who bears the name that begins at token i of t, the likeliest
// first, and the token behind it; none and i if no name begins there. Whether
// the name means a town where it stands is for the caller to say: many are
// surnames or everyday words as well.
func (x *Index) Towns(t *text.Text, i int) ([]Town, int) {
	var buf [96]byte
	var ends [longestTown]int // in key, behind each word
	key, n := buf[:0], 0
	for j := i; j < len(t.Tokens) && n < longestTown; j++ {
		if j > i && !inPhrase(t.Tokens[j].Gap) {
			break
		}
		if j > i {
			key = append(key, ' ')
		}
		key = append(key, t.Tokens[j].Norm...)
		ends[n] = len(key)
		n++
	}
	if n == 0 {
		return nil, i
	}
	row, more := townRow(key[:ends[0]])
	for ; more && n > 1; n-- {
		if row, _ := townRow(key[:ends[n-1]]); row != "" {
			return x.bearers(row), i + n
		}
	}
	if row == "" {
		return nil, i
	}
	return x.bearers(row), i + 1
}

// TownNamed is Towns for a whole folded name.
func (x *Index) TownNamed(name string) []Town {
	if row, _ := townRow([]byte(name)); row != "" {
		return x.bearers(row)
	}
	return nil
}

// townRow returns what stands behind a folded name in the gazetteer, and whether
// longer names begin with its words.
func townRow(key []byte) (row string, more bool) {
	// lines that begin before lo are below the key, those from hi on above it
	lo, hi := 0, len(towns)
	for lo < hi {
		mid := lo + (hi-lo)/2
		from := strings.LastIndexByte(towns[lo:mid], '\n') + 1 + lo
		to := from + strings.IndexByte(towns[from:], '\n')
		name := towns[from : from+max(0, strings.IndexByte(towns[from:to], '\t'))]
		switch {
		case towns[from] == '#' || name < string(key): // the head of the file stands before all names
			lo = to + 1
		default:
			hi = from
		}
	}
	rest, ok := strings.CutPrefix(towns[lo:], string(key))
	if !ok {
		return "", false
	}
	if rest[0] == '\t' {
		row, rest, _ = strings.Cut(rest[1:], "\n")
		rest, ok = strings.CutPrefix(rest, string(key))
	}
	return row, ok && rest != "" && rest[0] == ' '
}

// bearers reads a row: "CA290 Victoria|us68 Victoria".
func (x *Index) bearers(row string) []Town {
	out := make([]Town, 0, 1+strings.Count(row, "|"))
	for f := range strings.SplitSeq(row, "|") {
		if len(f) < 4 {
			continue
		}
		own := f[0] < 'a'
		in, ok := x.lands[strings.ToUpper(f[:2])]
		people, name, parted := strings.Cut(f[2:], " ")
		if !ok || !parted {
			continue
		}
		thousands := 0
		for _, d := range people {
			thousands = thousands*10 + int(d-'0')
		}
		out = append(out, Town{Title: name + ", " + in.name, State: in.state, People: thousands, Own: own})
	}
	return out
}

// A land is a state as the name of a place shows it.
type land struct{ state, name string }

// TownIn returns the way a place in a state is shown that no list has: "Diani,
// Kenya". False if the id is no state's.
func (x *Index) TownIn(name, state string) (string, bool) {
	for _, l := range x.lands {
		if l.state == state {
			return name + ", " + l.name, true
		}
	}
	return "", false
}
