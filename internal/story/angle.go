package story

import (
	"slices"
	"strings"

	"parley/internal/news"
)

// nearly is how much must speak for it beside that.
const nearly = 3.5

// angle finds the development of these hours that a report tells from another angle,
// so that it was read with another kind, side, place or day. Who is named, where,
// when and in what words must all but prove that it is the same; and it must be one
// of the few ways in which outlets tell one thing differently, none of which the next
// thing to happen would be told in.
func (d *Desk) angle(r *Report, dr *draft, j *news.Judged) (choice, bool) {
	f := &dr.facts
	x := newRecalled(r, dr.mark, dr.at)
	spoken := x.kinds
	x.kinds = nil // what it was read as says what else it may be, not every word of it
	for i := range r.Developments {
		x.kinds = append(x.kinds, r.Developments[i].Kind)
	}
	if proof := dr.full.Evidence; proof.Field == news.Text && proof.Start <= len(r.Item.Text) {
		x.before = r.Item.Text[:proof.Start]
	}
	var best choice
	read := len(x.kinds)
	d.index.since(dr.at.Add(-sameBriefing), dr.at, func(e *entry) {
		if e.over != nil || e.facts.negotiation != f.negotiation && !d.misplaced(e, dr, x) || e.by(dr) {
			return
		}
		if x.kinds = x.kinds[:read]; slices.Contains(spoken, e.facts.kind) && !slices.Contains(x.kinds, e.facts.kind) {
			x.kinds = append(x.kinds, e.facts.kind)
		}
		why := d.seenFrom(e, dr, x)
		if why == "" || j.Is == news.Update && j.Updates != e.id && j.Updates != e.updates && why != stillToCome {
			return // of something else it is news
		}
		if s := d.recalls(e, x, max(nearly, best.score)); s >= nearly {
			better(&best, choice{e, finding{same, "", why}, s})
		}
	})
	return best, best.of != nil
}

const stillToCome = "on a day that is still to come"

// misplaced reports that the parties of e are named in the headline or the lead of a
// report, those of the negotiation that it was placed in are not, or that it was
// placed in none.
func (d *Desk) misplaced(e *entry, r *draft, x *recalled) bool {
	a, b := &e.facts, &r.facts
	if a.negotiation == "" || a.kind != b.kind {
		return false
	}
	named := func(f *facts) bool {
		return len(f.parties) > 0 && !slices.ContainsFunc(f.parties, func(p string) bool { return !slices.Contains(x.actors, p) })
	}
	return b.negotiation == "" && !named(b) || named(a) && !named(b)
}

// seenFrom names the way in which a report tells e differently, "" if it is none of
// these.
func (d *Desk) seenFrom(e *entry, r *draft, x *recalled) string {
	a, b := &e.facts, &r.facts
	if a.round != 0 && b.round != 0 && a.round != b.round {
		return ""
	}
	if a.kind == b.kind {
		return d.sameFrom(e, r, x)
	}
	switch {
	case a.kind == news.MessageConveyed && b.kind == news.ProposalMade && !slices.Contains(x.kinds, a.kind): // what it says was sent may be another paper
	case neighbours(a.kind, b.kind) && !slices.ContainsFunc(replies[b.kind], func(to reply) bool { return to.to == a.kind }):
		return "the same act, told as another"
	case a.kind == news.AgreementSigned && b.kind == news.AgreementReached:
		return "what is signed has been agreed"
	case a.kind == news.TalksScheduled && (b.kind == news.TalksStarted || b.kind == news.TalksEnded):
		if len(x.ahead) > 0 && meet(a.dates, x.ahead) {
			return stillToCome
		}
	case a.kind == news.TalksScheduled && (b.kind == news.ProposalMade || b.kind == news.ProposalAccepted || b.kind == news.AgreementReached || b.kind == news.MessageConveyed):
		if meet(a.dates, x.ahead) && slices.Contains(x.kinds, a.kind) {
			return "about the talks of that day"
		}
	case a.kind == news.TalksEnded && b.kind == news.Atmosphere && b.tone == 0:
		return "colour to their end"
	case a.kind == news.TalksEnded && r.full.Evidence.Field == news.Text && strings.Contains(strings.TrimSpace(x.before), "\n"):
		if slices.Contains(x.kinds, a.kind) {
			return "what else it tells is told further down"
		}
	}
	return ""
}

// sameFrom does so for a report of e's own kind.
func (d *Desk) sameFrom(e *entry, r *draft, x *recalled) string {
	a, b := &e.facts, &r.facts
	switch {
	case saidBySide(a.kind):
		switch {
		case a.toned && b.toned && opposed(a.tone, b.tone):
		case sameSides(a, b) >= 0:
			if a.kind == news.Denial || a.kind == news.ProposalAccepted || a.kind == news.ProposalRejected {
				return "the same answer"
			}
		case sameName(a.name, b.name) > 0:
			return "said by the same person"
		case len(x.actors) > 0 && slices.Contains(a.sides, x.actors[0]):
			return "it is about who said so"
		}
	case a.kind == news.TalksScheduled && sameTalks(a, b) == "":
		if meet(a.dates, x.dates) && len(b.gone) == 0 && len(b.dates) > 0 && b.dates[0].to == a.dates[0].from-1 && sameSides(a, b) >= 0 && !e.elsewhere(r) && !slices.Contains(x.kinds, news.TalksPostponed) {
			return "on the eve of the day"
		}
	case !meet(a.dates, b.dates) && len(a.dates) > 0 && len(b.dates) > 0:
	case a.kind == news.TalksPostponed || a.kind == news.TalksCancelled:
		return "of these hours only these are off"
	case !sameLevel(a.level, b.level) && meet(a.dates, b.dates) && sameVenue(a.venue, b.venue):
		return "on the same day"
	case a.venue != "" && slices.ContainsFunc(x.places, func(p string) bool { return sameVenue(a.venue, p) }):
		return "it names the place as well"
	}
	return ""
}
