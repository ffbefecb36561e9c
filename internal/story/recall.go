package story

import (
	"slices"
	"strings"
	"time"

	"parley/internal/news"
)

// A recalled item is one that reports nothing when read by itself, put so that the
// developments of these hours can be held against it.
type recalled struct {
	draft
	kinds  []news.Kind
	actors []string
	places []string
	dates  []span // that it names, of talks
	ahead  []span // of these those to come
}

// How much must speak for it that a silent item is one more report of what is known,
// and how much more than for anything else.
const (
	enough = 4.
	margin = 1.
)

// recall finds the one development of these hours that a silent item must be about:
// by those whom it names, where and when, by its words, and by the words that it has
// for such a thing. What could as well be the next thing to happen is left alone.
func (d *Desk) recall(r *Report, w *weighed, at time.Time) (choice, bool) {
	if len(r.Echoes.Kinds) == 0 && len(r.Echoes.Actors) == 0 {
		return choice{}, false
	}
	x := recalled{draft: draft{at: at, day: civil(at), mark: w}, kinds: r.Echoes.Kinds, actors: r.Echoes.Actors}
	for _, p := range r.Echoes.Places {
		x.places = append(x.places, strings.ToLower(p))
	}
	for _, m := range r.Dates {
		if s, ok := spanOf(news.Date{Start: m.From, End: m.To, Approx: m.Approx, Preferred: true}); ok && m.Role == "talks" {
			x.dates = append(x.dates, s)
			if s.from > x.day {
				x.ahead = append(x.ahead, s)
			}
		}
	}
	var best choice
	var list []choice
	for _, e := range d.entries {
		since := at.Sub(e.first)
		if since < 0 || since > sameBriefing {
			continue
		}
		if s := d.recalls(e, &x); s >= enough-margin {
			list = append(list, choice{e, finding{same, "", "told as known"}, s})
			better(&best, list[len(list)-1])
		}
	}
	if best.of == nil || best.score < enough {
		return choice{}, false
	}
	for _, c := range list {
		if c.of.facts.negotiation != best.of.facts.negotiation && c.score > best.score-margin {
			return choice{}, false
		}
	}
	return best, true
}

// recalls weighs what speaks for it that x is one more report of e.
func (d *Desk) recalls(e *entry, x *recalled) float64 {
	f := &e.facts
	named, others := 0, 0
	for _, a := range x.actors {
		switch {
		case slices.Contains(f.parties, a):
			named++
		case !f.takesPart(a):
			others++
		}
	}
	s := 0.
	switch {
	case named >= 2 || named > 0 && len(f.parties) == 1:
		s += 3
	case named == 1:
		s++
	}
	s -= .3 * float64(others)
	if saidBySide(f.kind) && len(f.sides) > 0 && len(x.actors) > 0 && !slices.Contains(f.sides, x.actors[0]) {
		s -= .5 // who is named first is most often who acts
		if !f.takesPart(x.actors[0]) {
			s -= 1
		}
	}
	told := slices.Contains(x.kinds, f.kind)
	if told {
		s += 1.5
	}
	if !told && toBeFollowed(f.kind) || d.turned(e, x) {
		return 0
	}
	where := 0
	for _, p := range x.places {
		switch {
		case f.venue == "":
		case sameVenue(f.venue, p):
			where = max(where, 1)
			s += 1.5
		case f.kind == news.TalksScheduled:
			return 0
		}
	}
	switch {
	case len(f.dates) == 0 || len(x.dates) == 0:
	case meet(f.dates, x.dates):
		s += 1.5
	case f.kind == news.TalksScheduled && len(x.ahead) > 0 && gap(f.dates, x.ahead) > 1:
		return 0
	default:
		s -= .5
	}
	s -= x.at.Sub(e.first).Hours() / sameBriefing.Hours()
	if s < enough-margin-2 {
		return 0
	}
	return s + min(2, 8*max(0, d.likeness(e, &x.draft, 0)-.05))
}

// toBeFollowed reports kinds after which the next is to come.
func toBeFollowed(k news.Kind) bool { return k == news.TalksScheduled || k == news.TalksStarted }

// turned reports that the item has words for a turn that e is not.
func (d *Desk) turned(e *entry, x *recalled) bool {
	for _, k := range x.kinds {
		var turn []news.Kind
		switch k {
		case news.Denial, news.ProposalRejected:
			turn = []news.Kind{news.Denial, news.ProposalRejected}
		case news.TalksPostponed, news.TalksCancelled:
			turn = []news.Kind{news.TalksPostponed, news.TalksCancelled}
		case news.TalksSuspended:
			turn = []news.Kind{news.TalksSuspended}
		default:
			continue
		}
		if slices.Contains(turn, e.facts.kind) {
			continue
		}
		if base := d.entries[e.updates]; base != nil && slices.Contains(turn, base.facts.kind) {
			continue
		}
		return true
	}
	return false
}
