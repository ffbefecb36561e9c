package read

import (
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"parley/internal/text"
)

//go:embed data/*.txt data/page/*.txt data/wording/*.tsv
var data embed.FS

// eachEntry goes through data/<name>.txt: a heading in brackets, then lines of
// entries parted by commas, with comments between. An error of heading or entry
// is told with its file and line.
func eachEntry(name string, heading, entry func(string) error) error {
	path := "data/" + name + ".txt"
	b, err := data.ReadFile(path)
	if err != nil {
		return err
	}
	headed := false
	for i, line := range strings.Split(string(b), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			err, headed = heading(line), true
		case !headed:
			err = errors.New("an entry before the first [section]")
		default:
			for part := range strings.SplitSeq(line, ",") {
				if err = entry(strings.TrimSpace(part)); err != nil {
					break
				}
			}
		}
		if err != nil {
			return fmt.Errorf("%s:%d: %w", path, i+1, err)
		}
	}
	return nil
}

// sections files the entries of a data file under the numbers of its sections,
// each a bit. Entries are words, or several that follow one another.
type sections map[string]uint32

// readSections reads data/page/<name>.txt, whose sections must be those named,
// in any order.
func readSections(name string, names []string) (sections, error) {
	out, bit := sections{}, uint32(0)
	err := eachEntry("page/"+name, func(heading string) error {
		k := slices.Index(names, strings.Trim(heading, "[]"))
		if k < 0 {
			return fmt.Errorf("unknown section %s", heading)
		}
		bit = 1 << k
		return nil
	}, func(entry string) error {
		var norms []string
		for _, t := range text.New(entry).Tokens {
			norms = append(norms, t.Norm)
		}
		if len(norms) == 0 {
			return errors.New("an empty entry")
		}
		out[strings.Join(norms, " ")] |= bit
		return nil
	})
	return out, err
}
