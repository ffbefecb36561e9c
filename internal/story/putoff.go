package story

import (
	"parley/internal/news"
)

// givenUp returns the dates of talks that an item says no longer hold.
func givenUp(mentions []news.Mention) []span {
	var out []span
	for _, m := range mentions {
		switch m.Status {
		case "superseded", "postponed", "negated":
			if s, ok := spanOf(news.Date{Start: m.From, End: m.To, Preferred: true}); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

// putsOff reports that after a development of this kind a new day may be named,
// as a development of its own.
func putsOff(k news.Kind) bool { return k == news.TalksPostponed || k == news.TalksCancelled }

// newDay sees to the days of a report that talks are off: only that to which
// they are put off counts, which the same item may tell as a development of its
// own.
func (d *Desk) newDay(r *draft, all []news.Development) {
	f := &r.facts
	if r.next = toBeHeld(f, all); r.next != nil {
		f.dates = r.next.dates
	}
	for _, e := range d.index.like(r, news.TalksScheduled) {
		if ends(e.change) || len(f.dates) == 0 || !d.belongs(e, r) {
			continue
		}
		if meet(e.facts.dates, f.dates) && len(f.gone) == 0 && (r.next == nil || sameVenue(e.facts.venue, r.next.venue)) { // the old day
			f.dates, r.next = nil, nil
		}
	}
}

// toBeHeld returns what an item says is to be held, of the talks of f; nil if that
// is nothing.
func toBeHeld(f *facts, all []news.Development) *facts {
	for i := range all {
		if o := &all[i]; o.Kind == news.TalksScheduled && (o.Negotiation == nil) == (f.negotiation == "") && (o.Negotiation == nil || *o.Negotiation == f.negotiation) {
			next := factsOf(o)
			return &next
		}
	}
	return nil
}

// moved finds the move that a report of talks put off tells of, where that is
// known by the new day or place.
func (d *Desk) moved(r *draft) (choice, bool) {
	var found choice
	if r.next == nil {
		return found, false
	}
	for _, e := range d.index.like(r, news.TalksScheduled) {
		if !ends(e.change) || !e.takes(r) || !d.belongs(e, r) || sameTalks(&e.facts, &r.facts) != "" {
			continue
		}
		day := meet(e.facts.dates, r.next.dates)
		place := e.change == news.VenueMoved && r.next.venue != "" && sameVenue(e.facts.venue, r.next.venue)
		if day || place {
			better(&found, choice{e, finding{same, "", "to which day or place they are moved is known"}, d.score(e, r, &found)})
		}
	}
	return found, found.of != nil
}
