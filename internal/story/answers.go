package story

import (
	"slices"

	"parley/internal/news"
)

// A reply is what a development of one kind does to an earlier one of another.
type reply struct {
	to     news.Kind
	change news.Change
	why    string
}

// replies lists, for each kind, what it answers, the nearest first: talks that
// end were under way, unless only their date was known.
var replies = map[news.Kind][]reply{
	news.TalksPostponed: {
		{news.TalksScheduled, news.PutOff, "what was scheduled is postponed"},
		{news.AgreementReached, news.PutOff, "what was agreed is put off"},
	},
	news.TalksCancelled: {
		{news.TalksScheduled, news.CalledOff, "what was scheduled is called off"},
		{news.TalksPostponed, news.CalledOff, "what was postponed is called off"},
	},
	news.TalksStarted: {
		{news.TalksScheduled, news.Started, "what was scheduled has started"},
		{news.TalksSuspended, news.Resumed, "what was suspended goes on"},
		{news.TalksCancelled, news.Resumed, "what was called off takes place"},
		{news.TalksPostponed, news.Started, "what was postponed has started"},
	},
	news.TalksEnded: {
		{news.TalksStarted, news.Ended, "what had started has ended"},
		{news.TalksScheduled, news.Ended, "what was scheduled has been held"},
	},
	news.TalksSuspended: {
		{news.TalksStarted, news.Suspended, "what had started is suspended"},
		{news.TalksScheduled, news.Suspended, "what was scheduled is suspended"},
	},
	news.TalksScheduled: {
		{news.TalksPostponed, news.Rescheduled, "what was postponed has a date"},
		{news.TalksCancelled, news.Resumed, "what was called off is on again"},
		{news.TalksSuspended, news.Resumed, "what was suspended has a date to go on"},
		{news.MediationOffered, news.Answered, "the offer to host is taken up"},
	},
	news.ProposalAccepted: {
		{news.ProposalMade, news.Answered, "the proposal is accepted"},
		{news.MediationOffered, news.Answered, "the offer is accepted"},
	},
	news.ProposalRejected: {
		{news.ProposalMade, news.Answered, "the proposal is rejected"},
		{news.MediationOffered, news.Answered, "the offer is rejected"},
		{news.Ultimatum, news.Answered, "the ultimatum is rejected"},
	},
	news.AgreementSigned: {
		{news.AgreementReached, news.Signed, "what was agreed is signed"},
	},
	news.Denial: {
		{news.TalksScheduled, news.Contradicted, "what was scheduled is denied"},
		{news.AgreementReached, news.Contradicted, "what was agreed is denied"},
		{news.ProposalAccepted, news.Contradicted, "that it was accepted is denied"},
		{news.ProposalMade, news.Contradicted, "the proposal is denied"},
		{news.ProposalRejected, news.Contradicted, "that it was rejected is denied"},
		{news.MessageConveyed, news.Contradicted, "the message is denied"},
		{news.MediationOffered, news.Contradicted, "the offer is denied"},
		{news.TalksStarted, news.Contradicted, "what was reported is denied"},
		{news.TalksEnded, news.Contradicted, "what was reported is denied"},
		{news.TalksPostponed, news.Contradicted, "that they are postponed is denied"},
		{news.TalksCancelled, news.Contradicted, "that they are called off is denied"},
		{news.TalksSuspended, news.Contradicted, "that they are suspended is denied"},
		{news.AgreementSigned, news.Contradicted, "that it was signed is denied"},
		{news.ViolationAlleged, news.Contradicted, "the breach is denied"},
		{news.Ultimatum, news.Contradicted, "the ultimatum is denied"},
		{news.SanctionsImposed, news.Contradicted, "the sanctions are denied"},
		{news.SanctionsEased, news.Contradicted, "that sanctions are eased is denied"},
	},
}

// answers judges whether a report of another kind than e's changes e.
func (d *Desk) answers(e *entry, r *draft, to reply) finding {
	a, b := &e.facts, &r.facts
	if why := sameTalks(a, b); why != "" {
		return no(why)
	}
	if e.by(r) {
		return no("told by the same item")
	}
	switch to.change {
	case news.Contradicted:
		if !sameClaim(a.kind, b.denies) {
			return no("something else is denied")
		}
		if sameSides(a, b) > 0 && a.certainty == news.Confirmed && len(a.sides) == 1 && sameName(a.name, b.name) != 0 {
			return no("said by the side that denies it")
		}
		return changes(to.change, to.why)
	case news.Answered:
		// Nobody answers an offer of their own, but a mediator may tell of an
		// answer, and talks may be named by the host who offered the room.
		if b.kind != news.TalksScheduled && sameSides(a, b) > 0 && b.kind == news.ProposalRejected && !a.toldByParty() {
			return no("said by the side that made it")
		}
		if b.kind == news.TalksScheduled && (a.venue == "" || b.venue == "" || !sameVenue(a.venue, b.venue)) {
			return no("not at the place that was offered")
		}
		return changes(to.change, to.why)
	case news.Started, news.Ended, news.Suspended:
		if e.elsewhere(r) {
			return no("about talks at another place")
		}
		if a.kind == news.TalksScheduled {
			if to.change == news.Suspended && r.next != nil && meet(a.dates, r.next.dates) {
				return finding{same, "", "the same report says that they are to be held"}
			}
			if len(a.dates) > 0 && !due(a.dates, r.on()) {
				return no("scheduled for another day")
			}
		} else if a.kind == news.TalksStarted && b.kind == news.TalksEnded && e.on().from > r.on().to {
			return no("it ended before")
		}
	case news.PutOff, news.CalledOff:
		if e.elsewhere(r) {
			return no("about talks at another place")
		}
		if len(a.dates) > 0 && reach(a.dates) < r.day-1 {
			return no("its day is past")
		}
	case news.Rescheduled:
		if len(b.dates) > 0 && len(a.dates) > 0 && meet(a.dates, b.dates) {
			return finding{same, "", "the new date is known"}
		}
		if len(a.dates) > 0 && reach(a.dates) < r.day {
			return no("the day to which they were put off is past")
		}
		if len(b.dates) == 0 {
			return no("no date is named")
		}
	case news.Signed:
		if b.inForce {
			return changes(news.InForce, "what was agreed is in force")
		}
	case news.Resumed:
		if e.elsewhere(r) && a.kind != news.TalksSuspended {
			return no("about talks at another place")
		}
	}
	return changes(to.change, to.why)
}

// toldByParty reports an offer to mediate that a party is named for: it tells of what
// others offer.
func (f *facts) toldByParty() bool {
	return f.kind == news.MediationOffered && !f.mediates && len(f.sides) > 0 && !slices.ContainsFunc(f.sides, func(s string) bool { return !slices.Contains(f.parties, s) })
}

// by reports whether the very item of r was the first to tell e.
func (e *entry) by(r *draft) bool {
	return e.first.Equal(r.at) && len(e.marks) > 0 && e.signs[0].own == r.mark.own && e.signs[0].head == r.mark.head
}

// due reports whether what was to be held on these dates can have been held on
// that day: early by a day, as clocks differ, or late by three.
func due(dates []span, on span) bool {
	const early, late = 1, 3
	for _, s := range dates {
		if s.from-early <= on.to && on.from <= s.to+late {
			return true
		}
	}
	return false
}
