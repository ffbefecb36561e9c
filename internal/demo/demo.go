// Package demo is the stage of `parley demo`: a handful of invented outlets and
// three weeks of their news, from Monday 2 to Friday 20 November 2026, with the
// wire copies, the noise and the near misses that real feeds carry. It serves
// each outlet as the RSS, Atom or JSON feed it would be at a given moment, so
// that the real road can be driven through the three weeks on a clock of the
// caller's choosing. It knows nothing of what reads the feeds.
//
// The data are the files in feeds/, one an outlet, in txtar form: the comment
// describes the outlet, and each file in the archive is an item, named by its
// time of publication in the outlet's zone.
//
//	Title: The Indus Mail
//	Site: https://indus-mail.example
//	Zone: Asia/Karachi
//	Tier: press
//	Language: en
//	Format: rss
//	-- 2026-11-02T17:30 --
//	Title: Muscat to host sixth round
//
//	The text as the outlet delivers it, plain or HTML.
//
// An item may also have Link: and Guid:, which otherwise follow from the outlet
// and the time, and Silent: yes, which is never served: it is the editor's word
// that a reader who follows negotiations must not be disturbed by this item.
// States and organisations are real; outlets, people and events are invented.
package demo

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"
)

//go:embed feeds/*.txtar
var bundled embed.FS

// Start is a moment before the first item: every feed is still empty, so a
// check made then is a baseline of nothing.
func Start() time.Time { return time.Date(2026, time.November, 2, 0, 0, 0, 0, time.UTC) }

// Now is the moment at which the story stands still: every item is out.
func Now() time.Time { return time.Date(2026, time.November, 20, 17, 0, 0, 0, time.UTC) }

// A Stage holds the outlets and their items. It does not change after Load and
// may be used by many goroutines.
type Stage struct {
	outlets []outlet
}

// An Outlet is an invented source of news, as a configuration would describe it.
type Outlet struct {
	Name     string // of the feed, in kebab case
	Title    string
	Zone     string // IANA
	Tier     string // official, wire, press or aggregator
	Language string // BCP 47
	Path     string // of the feed under the handler, with a leading slash
}

// An Item is one entry of an outlet's feed.
type Item struct {
	Outlet    string // its name
	Published time.Time
	Title     string
	Text      string // plain or HTML, as delivered; may be empty
	Link      string
	GUID      string
	Silent    bool // the editor's word that nothing in it is a development
}

// Name identifies the item on the stage: the outlet and the time in its zone,
// as the item is called in the outlet's file.
func (i Item) Name() string { return i.Outlet + "/" + i.Published.Format(nameLayout) }

// Load reads the bundled outlets. An error names the file and item at fault.
func Load() (*Stage, error) { return load(bundled) }

func load(fsys fs.FS) (*Stage, error) {
	files, err := fs.Glob(fsys, "feeds/*.txtar")
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, errors.New("no outlets: feeds/ holds no .txtar file")
	}
	s := &Stage{}
	for _, f := range files {
		src, err := fs.ReadFile(fsys, f)
		if err != nil {
			return nil, err
		}
		o, err := parse(strings.TrimSuffix(path.Base(f), ".txtar"), src)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
		s.outlets = append(s.outlets, o)
	}
	slices.SortFunc(s.outlets, func(a, b outlet) int { return strings.Compare(a.Name, b.Name) })
	return s, nil
}

// Outlets lists the outlets by name.
func (s *Stage) Outlets() []Outlet {
	list := make([]Outlet, len(s.outlets))
	for i, o := range s.outlets {
		list[i] = o.Outlet
	}
	return list
}

// Items lists every item of every outlet in order of publication, those of one
// moment by outlet.
func (s *Stage) Items() []Item {
	var list []Item
	for _, o := range s.outlets {
		list = append(list, o.items...)
	}
	slices.SortStableFunc(list, func(a, b Item) int { return a.Published.Compare(b.Published) })
	return list
}

// Beats lists the moments, in UTC and in order, at which something is published:
// what a clock that skips the quiet hours has to stop at.
func (s *Stage) Beats() []time.Time {
	var beats []time.Time
	for _, i := range s.Items() {
		beats = append(beats, i.Published.UTC())
	}
	return slices.CompactFunc(beats, time.Time.Equal)
}

// Feeds writes the feeds: section of a configuration that follows every outlet
// under base, the URL at which the Handler is reached.
func (s *Stage) Feeds(base string) []byte {
	var b bytes.Buffer
	b.WriteString("feeds:\n")
	for _, o := range s.outlets {
		fmt.Fprintf(&b, "  - {name: %s, url: %q, every: 1m, zone: %s, tier: %s, language: %s}\n",
			o.Name, strings.TrimSuffix(base, "/")+o.Path, o.Zone, o.Tier, o.Language)
	}
	return b.Bytes()
}
