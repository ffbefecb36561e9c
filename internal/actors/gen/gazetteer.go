package main

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

//go:embed spellings.tsv
var spellings string

// The columns of the listing.
const (
	colName = 1 + iota
	colASCII
	colOthers
	_
	_
	_
	colFeature
	colCountry
	_
	_
	_
	_
	_
	colPopulation
	columns = 19
)

// A gazetteer gathers the towns by their folded names.
type gazetteer struct {
	states  map[string]bool   // region codes of the states that parley knows
	spelled map[string]string // region code and name to the name that is shown
	used    map[string]bool   // the keys of spelled that met their town
	curated map[string]string // region code and folded name of a city to the name that cities.tsv shows
	bearers map[string][]bearer
}

// A bearer is a town that bears a name.
type bearer struct {
	code       string
	title      string
	population int
	other      bool // it is not the town's own name
}

func newGazetteer(dir string) (*gazetteer, error) {
	g := &gazetteer{
		states: map[string]bool{}, spelled: map[string]string{}, used: map[string]bool{},
		curated: map[string]string{}, bearers: map[string][]bearer{},
	}
	err := rows(strings.NewReader(spellings), func(f []string) { g.spelled[f[0]+" "+f[1]] = f[2] })
	if err != nil {
		return nil, err
	}
	err = fileRows(filepath.Join(dir, "states.tsv"), func(f []string) { g.states[f[0]] = true })
	if err != nil {
		return nil, err
	}
	err = fileRows(filepath.Join(dir, "cities.tsv"), func(f []string) {
		city, _, _ := strings.Cut(f[0], ", ")
		for _, n := range append([]string{city}, strings.Split(f[2], "|")...) {
			if n != "-" {
				g.curated[f[1]+" "+fold(n)] = city
			}
		}
	})
	return g, err
}

func fileRows(file string, fn func(f []string)) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	return rows(in, fn)
}

// rows calls fn with the fields of each row of a data file.
func rows(in io.Reader, fn func(f []string)) error {
	sc := bufio.NewScanner(in)
	for sc.Scan() {
		if line := sc.Text(); line != "" && line[0] != '#' {
			fn(strings.Split(line, "\t"))
		}
	}
	return sc.Err()
}

// add takes a row of the listing if its town is large or seat enough.
func (g *gazetteer) add(row string) error {
	f := strings.Split(row, "\t")
	if len(f) != columns {
		return fmt.Errorf("%d columns, not %d", len(f), columns)
	}
	people, err := strconv.Atoi(f[colPopulation])
	if err != nil {
		return fmt.Errorf("population: %w", err)
	}
	seat := false
	switch f[colFeature] {
	case "PPLX", "PPLH", "PPLQ", "PPLW", "PPLCH", "PPLL": // parts of towns, and towns that are no more
		return nil
	case "PPLC", "PPLG", "PPLA":
		seat = true
	case "PPLA2":
		seat = people >= 15_000
	}
	if people < 50_000 && !seat || !g.states[f[colCountry]] {
		return nil
	}
	code := f[colCountry]
	var others []string
	if f[colOthers] != "" {
		others = strings.Split(f[colOthers], ",")
	}
	title := shown(code, f[colName], f[colASCII], others)
	own := []string{f[colName], f[colASCII], title, withoutArticle(title)}
	if s, ok := g.spelled[code+" "+title]; ok {
		g.used[code+" "+title] = true
		title = s
		own = append(own, s)
	}
	for _, n := range append(own, others...) {
		if city, ok := g.curated[code+" "+fold(n)]; ok && people >= 20_000 {
			title = city
			break
		}
	}
	for _, n := range own {
		g.bear(n, bearer{code, title, people, false})
	}
	if people < 100_000 && f[colFeature] != "PPLC" && f[colFeature] != "PPLA" {
		return nil // texts in other languages seldom speak of it
	}
	bones := skeleton(f[colASCII])
	for _, n := range others {
		n, _, _ = strings.Cut(n, "،") // "Karak, Jordan" in Persian
		switch scriptOf(n) {
		case foreign:
			continue
		case latin: // another spelling, no code of an airport; for large cities what another language calls them
			if !spelling(n, bones) && (people < 500_000 || !exonym(n)) {
				continue
			}
		case cyrillic, arabic:
			if utf8.RuneCountInString(n) < 3 {
				continue
			}
		}
		g.bear(n, bearer{code, title, people, true})
	}
	return nil
}

// spelling reports whether a name is the one with these bones, spelled in
// another way, and no code of an airport.
func spelling(name, bones string) bool {
	return name != strings.ToUpper(name) && name != strings.ToLower(name) && !strings.ContainsAny(name, "'’") &&
		utf8.RuneCountInString(name) > 3 && skeleton(name) == bones
}

// exonym reports whether a name may be what another language calls a large
// city: one word, long enough not to be an everyday one.
func exonym(name string) bool {
	return name != strings.ToUpper(name) && name != strings.ToLower(name) && !strings.ContainsAny(name, " -'’") && utf8.RuneCountInString(name) > 5
}

func (g *gazetteer) bear(name string, b bearer) {
	key := fold(name)
	if utf8.RuneCountInString(key) < 3 || strings.ContainsAny(key, "0123456789") || len(strings.Fields(key)) > maxWords {
		return
	}
	list := g.bearers[key]
	for i := range list {
		if list[i].code == b.code && list[i].title == b.title { // the name of one town twice, or two of a country: the larger counts
			list[i].other = list[i].other && b.other
			list[i].population = max(list[i].population, b.population)
			return
		}
	}
	g.bearers[key] = append(list, b)
}

// maxWords is the length of the longest name, as the reader of the file knows it.
const maxWords = 4

// lines returns the file's lines.
func (g *gazetteer) lines() []byte {
	for k := range g.spelled {
		if !g.used[k] {
			log.Printf("gen: spellings.tsv: no town is called %q", k)
		}
	}
	var out []byte
	keys := make([]string, 0, len(g.bearers))
	for k := range g.bearers {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		list := g.bearers[k]
		slices.SortStableFunc(list, func(a, b bearer) int {
			return cmp.Or(cmp.Compare(rank(b), rank(a)), cmp.Compare(a.code, b.code), cmp.Compare(a.title, b.title))
		})
		out = append(append(out, k...), '\t')
		seen := map[string]bool{}
		for _, b := range list {
			if seen[b.code] { // of a country's towns of one name the first is meant
				continue
			}
			if len(seen) > 0 {
				out = append(out, '|')
			}
			seen[b.code] = true
			code := b.code
			if b.other {
				code = strings.ToLower(code)
			}
			out = fmt.Appendf(out, "%s%d %s", code, (b.population+500)/1000, b.title)
		}
		out = append(out, '\n')
	}
	return out
}

// rank orders the bearers of a name: by population, that of a town whose own
// name it is counting three times.
func rank(b bearer) int {
	if b.other {
		return b.population
	}
	return 3 * b.population
}
