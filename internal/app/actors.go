package app

import (
	"slices"
	"strings"

	"parley/internal/actors"
	"parley/internal/config"
)

// indexActors makes the index of the built-in actors and those of the
// configuration. An actor that is not in order is reported and left out, so that
// the rest of the file can be checked. The index is nil only if the built-in
// actors themselves cannot be read.
func indexActors(c *config.Config) (*actors.Index, config.Problems) {
	var ps config.Problems
	var extra []actors.Actor
	at := map[string]config.Position{}
	for _, a := range c.Actors {
		if _, twice := at[a.ID]; a.ID == "" || twice {
			continue // the file's own fault, told already
		}
		at[a.ID] = a.At
		extra = append(extra, actors.Actor{ID: a.ID, Kind: actors.Kind(a.Kind), Title: a.Title, Names: a.Names, SpeaksFor: a.SpeaksFor, Office: a.Office})
	}
	index, err := actors.New(extra)
	if err == nil {
		return index, nil
	}
	builtIn, broken := actors.New(nil)
	if broken != nil {
		return nil, append(ps, c.Problem(config.Position{Line: 1, Column: 1}, 1, "%v", broken))
	}
	known := builtIn.IDs()
	for _, a := range extra {
		known = append(known, a.ID)
	}
	ids := map[string]bool{}
	for _, id := range known {
		ids[id] = true
	}
	for _, a := range c.Actors {
		if a.SpeaksFor != "" && !ids[a.SpeaksFor] {
			ps = append(ps, unknownActor(c, a.SpeaksFor, a.SpeaksForAt, known))
		}
	}
	for i := range extra {
		if !ids[extra[i].SpeaksFor] {
			extra[i].SpeaksFor = ""
		}
	}
	// What else there may be is known one actor at a time: its error names it.
	emptied := map[string]bool{}
	for {
		if index, err = actors.New(extra); err == nil {
			return index, ps
		}
		bad := culprit(extra, err)
		if bad < 0 {
			return builtIn, append(ps, c.Problem(config.Position{Line: 1, Column: 1}, 1, "%v", err))
		}
		id := extra[bad].ID
		ps = append(ps, c.Problem(at[id], len(id), "%v", err))
		// Others may refer to it, so it stays known, by a name that no text holds.
		extra[bad] = actors.Actor{ID: id, Kind: actors.Group, Title: id}
		if emptied[id] { // it is the id itself that is refused
			ps, extra = ps[:len(ps)-1], slices.Delete(extra, bad, bad+1)
		}
		emptied[id] = true
	}
}

// culprit finds the actor that an error names; −1 if it names none.
func culprit(extra []actors.Actor, err error) int {
	for i, a := range extra {
		if strings.Contains(err.Error(), `actor "`+a.ID+`"`) {
			return i
		}
	}
	return -1
}
