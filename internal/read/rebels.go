package read

import (
	"maps"

	"parley/internal/actors"
	"parley/internal/text"
)

// rebelsByState finds the one armed group with which each state negotiates; states that
// negotiate with several have none.
func (e *Engine) rebelsByState() map[string]string {
	of, several := map[string]string{}, map[string]bool{}
	for i := range e.negotiations {
		group := ""
		for _, id := range e.negotiations[i].Parties {
			if _, kind, ok := e.actors.Title(id); ok && kind == actors.Group && e.governs[id] == "" {
				if group != "" {
					several[group], several[id] = true, true
				}
				group = id
			}
		}
		if group == "" {
			continue
		}
		for _, id := range e.negotiations[i].Parties {
			if id != group {
				several[id] = several[id] || of[id] != "" && of[id] != group || several[group]
				of[id] = group
			}
		}
	}
	maps.DeleteFunc(of, func(state, _ string) bool { return several[state] })
	return of
}

// rebels gives those a name who are called by their land and by what they are: "Mali
// separatists" are the group with which Mali negotiates, and not Mali.
func (r *reader) rebels(p *part) {
	for i := range p.who {
		w := &p.who[i]
		if w.place || w.dateline || w.person || w.body || w.to >= len(p.t.Tokens) || p.t.Tokens[w.to].Gap != text.Space {
			continue
		}
		switch p.t.Tokens[w.to].Norm {
		case "rebels", "rebel", "separatists", "insurgents", "guerrillas", "guerrilla", "militants", "communists", "paramilitaries":
		default:
			continue
		}
		if group := r.rebelsOf[w.id]; group != "" {
			w.id, w.demonym = group, false
			w.to++
		}
	}
}
