package story

import (
	"slices"
	"strings"
	"time"

	"parley/internal/news"
)

// order is that in which developments came: those without a number are the latest.
func (e *entry) order() int64 {
	const numbered = 1 << 40
	if e.id < 0 {
		return numbered - int64(e.id)
	}
	return int64(e.id)
}

// fit says how well a report fits a development by its facts, where several
// would do.
func (d *Desk) fit(e *entry, r *draft) float64 {
	a, b := &e.facts, &r.facts
	s := 0.
	if meet(a.dates, b.dates) {
		s += 8
	}
	if a.venue != "" && b.venue != "" && sameVenue(a.venue, b.venue) {
		s += 4
	}
	s += 2 * float64(e.sameBody(r))
	if a.round != 0 && a.round == b.round {
		s += 2
	}
	if a.level != "" && a.level == b.level {
		s += 2
	}
	s -= min(r.at.Sub(e.last).Abs().Hours()/24, 3)
	if b.kind == news.Denial && a.certainty == news.Reported {
		s += 3 // rumours are what is denied
	}
	sides := 2 * float64(sameSides(a, b))
	if a.kind != b.kind && (b.kind == news.Denial || b.kind == news.ProposalAccepted || b.kind == news.ProposalRejected) {
		sides = -sides // one answers somebody else
	}
	s += sides
	if b.kind == news.Denial && b.denies == a.kind {
		s += 3
	}
	if len(b.dates) > 0 && meet(a.dates, b.dates[:1]) {
		s += 2
	}
	if a.kind != b.kind && slices.ContainsFunc(a.sides, func(side string) bool { return slices.Contains(b.involved, side) && !slices.Contains(b.sides, side) }) {
		s += 3 // it speaks of the side that said the other
	}
	s += 2 * float64(sameName(a.name, b.name))
	if e.over == nil {
		s++
	}
	if a.kind == b.kind {
		s++
	}
	if r.mark.own != 0 && e.from(r.mark.own) {
		s += 8
	}
	return s
}

// inWords is how much the likeness of texts can add to how well one fits.
const inWords = 4

// score is the fit by facts and words; where it is less than that of best, any
// number that is.
func (d *Desk) score(e *entry, r *draft, best *choice) float64 {
	s, least := d.fit(e, r), 0.
	if best.of != nil {
		least = (best.score - s) / inWords
	}
	return s + inWords*d.likeness(e, r, least)
}

// takes reports whether e takes in further reports of it at the time of r.
// Reports may come out of order, so the window reaches back as well.
func (e *entry) takes(r *draft) bool {
	return (r.at.Sub(e.last) <= Window || toCome(e.facts.kind) && e.ahead(r.day)) && e.first.Sub(r.at) <= Window
}

// elsewhere reports that a report names another place than e. Between two languages
// only the country tells: a town has a name in each.
func (e *entry) elsewhere(r *draft) bool {
	a, b := e.facts.venue, r.facts.venue
	if sameVenue(a, b) {
		return false
	}
	for i := range e.marks {
		if e.signs[i].language == r.mark.language {
			return true
		}
	}
	_, landA, townA := strings.Cut(a, ", ")
	_, landB, townB := strings.Cut(b, ", ")
	return !townA || !townB || landA != landB
}

// toCome reports that a development of this kind is told again until its day has
// come.
func toCome(k news.Kind) bool { return k == news.TalksScheduled || putsOff(k) }

// follows reports whether r can be an update of e, of another kind.
func (e *entry) follows(r *draft) bool {
	return (r.at.Sub(e.last) <= Thread || e.ahead(r.day)) && !r.at.Before(e.first)
}

// ahead reports whether a day that e names is not long past.
func (e *entry) ahead(day int32) bool {
	return len(e.facts.dates) > 0 && day <= reach(e.facts.dates)+int32(Window/(24*time.Hour))
}

// belongs reports whether two are of one negotiation; or, where one of them is
// of none that is configured, between the same parties or told in like words.
func (d *Desk) belongs(e *entry, r *draft) bool {
	a, b := &e.facts, &r.facts
	if a.negotiation != "" && b.negotiation != "" {
		return a.negotiation == b.negotiation
	}
	if (a.negotiation == "" || b.negotiation == "") && (within(b, a) || within(a, b)) {
		return true
	}
	const pair = 2
	if len(a.parties) >= pair && len(b.parties) >= pair {
		// A group goes by many names; that it meets one of them there, on that day,
		// is enough.
		return share(a.parties, b.parties) && meet(a.dates, b.dates) && a.venue != "" && a.venue == b.venue
	}
	return d.likely(e, r)
}

// hosts reports that the talks are held in the country with that id.
func (f *facts) hosts(id string) bool {
	_, land, _ := strings.Cut(f.venue, ", ")
	return land != "" && strings.ReplaceAll(land, " ", "-") == id
}

// within reports whether everybody whom a takes for a party has a part in b's
// talks, one of them at least as a party: where a text does not name both
// parties, a mediator or the host is easily taken for one.
func within(a, b *facts) bool {
	parties := 0
	for _, p := range a.parties {
		switch {
		case slices.Contains(b.parties, p):
			parties++
		case !slices.Contains(b.sides, p) && !slices.Contains(b.involved, p) && !(a.hosts(p) && b.hosts(p)):
			return false
		}
	}
	return parties > 0 && len(a.parties) > 1
}
