package read

import (
	"maps"

	"parley/internal/actors"
	"parley/internal/text"
)

// isGroup reports that an id is that of an armed group.
func (e *Engine) isGroup(id string) bool {
	_, kind, ok := e.actors.Title(id)
	return ok && kind == actors.Group
}

// rebelsByState finds the one armed group with which each state negotiates; states that
// negotiate with several have none.
func (e *Engine) rebelsByState() map[string]string {
	of, several := map[string]string{}, map[string]bool{}
	for i := range e.negotiations {
		group := ""
		for _, id := range e.negotiations[i].Parties {
			if e.isGroup(id) && e.governs[id] == "" {
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
// separatists", "la guerrilla colombiana" are the group with which their state negotiates, and
// not that state.
func (r *reader) rebels(p *part) {
	for i := range p.who {
		w := &p.who[i]
		group := r.rebelsOf[w.id]
		if group == "" || w.place || w.dateline || w.person || w.body {
			continue
		}
		switch {
		case w.to < len(p.t.Tokens) && p.t.Tokens[w.to].Gap == text.Space && rise(p.t.Tokens[w.to].Norm) && (i+1 == len(p.who) || p.who[i+1].from > w.to):
			w.to++
		case !p.english && w.demonym && w.from > 0 && p.t.Tokens[w.from].Gap == text.Space && rise(p.t.Tokens[w.from-1].Norm) && (i == 0 || p.who[i-1].to < w.from):
			w.from--
		default:
			continue
		}
		w.id, w.demonym = group, false
	}
}

// rise reports a word for those who fight their state.
func rise(w string) bool {
	switch w {
	case "rebels", "rebel", "separatists", "insurgents", "guerrillas", "guerrilla", "militants", "communists", "paramilitaries",
		"rebelles", "insurges", "separatistes", "rebellion", "rebeldes", "insurgentes", "guerrilleros",
		"повстанцы", "повстанцев", "повстанцам", "повстанцами", "мятежники", "мятежников", "мятежникам", "сепаратисты", "сепаратистов",
		"المتمردون", "المتمردين", "متمردون", "متمردين", "متمردي", "شورشيان", "باغي", "باغيوں":
		return true
	}
	return false
}
