package read

import (
	"embed"
	"fmt"
	"strings"

	"parley/internal/text"
)

//go:embed data/page/*.txt
var pageData embed.FS

// sections files the entries of a data file under the numbers of its sections,
// each a bit. Entries are words, or several that follow one another.
type sections map[string]uint32

// readSections reads data/page/<name>.txt, whose sections must be those named,
// in any order.
func readSections(name string, names []string) (sections, error) {
	path := "data/page/" + name + ".txt"
	b, err := pageData.ReadFile(path)
	if err != nil {
		return nil, err
	}
	out, bit := sections{}, uint32(0)
	for i, line := range strings.Split(string(b), "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "["):
			bit = 0
			for k, n := range names {
				if line == "["+n+"]" {
					bit = 1 << k
				}
			}
			if bit == 0 {
				return nil, fmt.Errorf("%s:%d: unknown section %s", path, i+1, line)
			}
		case bit == 0:
			return nil, fmt.Errorf("%s:%d: a word before the first [section]", path, i+1)
		default:
			for entry := range strings.SplitSeq(line, ",") {
				var norms []string
				for _, t := range text.New(entry).Tokens {
					norms = append(norms, t.Norm)
				}
				if len(norms) == 0 {
					return nil, fmt.Errorf("%s:%d: an empty entry", path, i+1)
				}
				out[strings.Join(norms, " ")] |= bit
			}
		}
	}
	return out, nil
}
