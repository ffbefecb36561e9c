package story

import (
	"slices"
	"time"

	"parley/internal/news"
)

// A relation is how a report stands to a development of the same talks.
type relation int

const (
	apart   relation = iota // two developments
	same                    // one: the report tells what is known, or less
	sharper                 // one, which the report tells more exactly
	changed                 // two, and the later changes the earlier
)

// A finding is a relation with its reason.
type finding struct {
	relation
	change news.Change // where changed
	why    string      // in words that go after "D-7: "
}

func no(why string) finding { return finding{apart, "", why} }

func changes(c news.Change, why string) finding { return finding{changed, c, why} }

// How long statements of one side can be one statement, and how alike their
// texts must be where the facts alone do not tell.
const (
	sameBriefing = 16 * time.Hour // outlets write of one briefing for so long
	alike        = .45            // two texts that tell the same
	unlike       = .12            // two texts that share but the talks' own names
)

// sameTalks says what keeps two developments from being about the same talks,
// "" where nothing does.
func sameTalks(a, b *facts) string {
	switch {
	case otherRound(a, b):
		return "about another round"
	case !sameLevel(a.level, b.level) && !((a.level == "direct" || b.level == "direct") && meet(a.dates, b.dates) && sameVenue(a.venue, b.venue)): // one outlet only asks whether they will be direct
		return "about talks at another level"
	case a.negotiation != "" && a.negotiation == b.negotiation && !sameParties(a.parties, b.parties):
		return "about other parties"
	}
	return ""
}

// otherRound reports two that number their rounds differently, and are not of one day and place.
func otherRound(a, b *facts) bool {
	return a.round != 0 && b.round != 0 && a.round != b.round && !(meet(a.dates, b.dates) && sameVenue(a.venue, b.venue))
}

// compare judges a report of the kind of e.
func (d *Desk) compare(e *entry, r *draft) finding {
	a, b := &e.facts, &r.facts
	if why := sameTalks(a, b); why != "" {
		return no(why)
	}
	if b.separate && !a.separate {
		return no("the report says that it is another")
	}
	switch a.kind {
	case news.TalksScheduled:
		return d.scheduled(e, r)
	case news.TalksStarted, news.TalksEnded, news.TalksSuspended:
		return held(e, r)
	case news.TalksPostponed, news.TalksCancelled:
		return putOff(e, r)
	case news.AgreementReached, news.AgreementSigned:
		return d.agreement(e, r)
	}
	return d.statement(e, r)
}

// scheduled compares two reports of talks to come. Who names them does not tell
// them apart, but it tells a change of mind from a contradiction.
func (d *Desk) scheduled(e *entry, r *draft) finding {
	a, b := &e.facts, &r.facts
	sides := sameSides(a, b)
	switch {
	case len(a.dates) > 0 && len(b.dates) > 0 && !meet(a.dates, b.dates[:1]) && !(all(b.dates) && meet(a.dates, b.dates)):
		given := meet(a.dates, b.gone)
		switch {
		case given:
		case reach(a.dates) < r.day:
			return no("its day is past: these are the next talks")
		case d.odds(e, r) < 0:
			return no("of another day, and nothing says that it is the same meeting")
		}
		if sides < 0 && !given {
			return changes(news.DateDisputed, "another side names another date")
		}
		return changes(news.DateMoved, "the date has changed")
	case e.elsewhere(r):
		if sides < 0 {
			return changes(news.VenueDisputed, "another side names another place")
		}
		return changes(news.VenueMoved, "the venue has changed")
	case a.venue == "" && b.venue != "" && a.level != b.level && (a.round != 0) != (b.round != 0) && d.reaches(e, r, alike) < 0:
		return no("of the same day, but at another level and place, in other words")
	case b.moved && !a.moved && e.change != news.VenueMoved:
		return changes(news.VenueMoved, "the report says that they are moved to another place")
	case b.certainty == news.Confirmed && a.certainty != news.Confirmed && len(b.sides) > 0 && !b.outsider && sides <= 0 && (a.certainty == news.Reported || !d.likely(e, r)):
		return changes(news.Corroborated, nowConfirmed[a.certainty])
	case len(a.dates) == 0 && len(b.dates) > 0 && r.at.Sub(e.last) > sameBriefing:
		return changes(news.DateNamed, "there was no date until now")
	case len(a.dates) == 0 && len(b.dates) > 0:
		return finding{sharper, "", "a date is named"}
	case narrows(a.dates, b.dates):
		return finding{sharper, "", "the date is more exact"}
	}
	return finding{same, "", fewer(a, b)}
}

// otherDeadline reports two ultimatums that end on different days, though the time until
// either has begun: "until Tuesday", "until Thursday".
func otherDeadline(a, b *facts) bool {
	const near = 1 // days, where one outlet counts in hours
	return a.kind == news.Ultimatum && b.kind == a.kind && len(a.dates) > 0 && len(b.dates) > 0 &&
		max(reach(a.dates)-reach(b.dates), reach(b.dates)-reach(a.dates)) > near
}

// nowConfirmed puts into words what another side confirms.
var nowConfirmed = map[news.Certainty]string{
	"":            "what nobody had confirmed is confirmed by another side",
	news.Reported: "what was reported is confirmed by another side",
	news.Expected: "what was expected is confirmed by another side",
	news.Denied:   "what was denied is confirmed by another side",
}

// odds weighs whether talks of two days are one meeting that was moved, or two
// meetings, where nothing says so: above zero they are rather one.
func (d *Desk) odds(e *entry, r *draft) float64 {
	a, b := &e.facts, &r.facts
	o := 0.
	weigh := func(known bool, agree bool, for_, against float64) {
		switch {
		case known && agree:
			o += for_
		case known:
			o -= against
		}
	}
	weigh(a.venue != "" && b.venue != "", sameVenue(a.venue, b.venue), 1, 1)
	weigh(a.round != 0 && b.round != 0, true, 2, 0)
	weigh((a.round == 0) != (b.round == 0), false, 0, .5)
	weigh(a.level != "" && b.level != "", true, 1, 0)
	weigh((a.level == technical) != (b.level == technical), false, 0, 1.5)
	weigh(sameSides(a, b) != 0, sameSides(a, b) > 0, .5, 1)
	body := e.sameBody(r)
	weigh(body != 0, body > 0, 0, 1)
	weigh(true, gap(a.dates, b.dates) <= 3, 1, .5)
	weigh(gap(a.dates, b.dates) > 10, false, 0, 1)
	weigh(true, d.likely(e, r), 1, 0)
	return o
}

// technical is the level of those who prepare what others decide; talks of it
// are rarely the talks that everybody speaks of.
const technical = "technical"

// all reports that a list of dates is one of alternatives or of several days on
// end, none of which is its day more than the others; otherwise the first is,
// and the others are mentioned beside it ("and not on Monday").
func all(list []span) bool {
	for i := 1; i < len(list); i++ {
		if !list[i].other && list[i].from != list[i-1].to+1 {
			return false
		}
	}
	return true
}

// fewer says of a report of the same facts whether some are missing.
func fewer(a, b *facts) string {
	if len(a.dates) > 0 && len(b.dates) == 0 || a.venue != "" && b.venue == "" || extent(b.dates) > extent(a.dates) {
		return "the same, with fewer facts"
	}
	return "the same facts"
}

// held compares two reports of what happened on a day: a session of another day
// is another one.
func held(e *entry, r *draft) finding {
	a, b := &e.facts, &r.facts
	switch {
	case e.elsewhere(r):
		return no("held at another place")
	case !e.on().meets(r.on()):
		return no("of another day")
	}
	return finding{same, "", fewer(a, b)}
}

// on is the day on which something happened: the day named, or else that of its
// report or the one before, as far as reports go. The latest day is that of
// London: where an evening's report tells of a place to the east, the next day
// has begun there.
func (e *entry) on() span {
	if h, ok := happened(&e.facts, e.day); ok {
		return h
	}
	return span{from: e.day - 1, to: e.lastDay}
}

func (r *draft) on() span {
	if h, ok := happened(&r.facts, r.day); ok {
		return h
	}
	return span{from: r.day - 1, to: max(r.day, civil(r.at.UTC()))}
}

// happened is the time from the first to the last day named that is not ahead. A
// day that is long past is not that of what is news now: most often it is a
// weekday that was taken for the one before.
func happened(f *facts, day int32) (span, bool) {
	const past = 4
	var h span
	ok := false
	for _, s := range f.dates {
		if s.from > day || s.to < day-past {
			continue
		}
		if !ok {
			h = s
		}
		h.from, h.to, ok = min(h.from, s.from), max(h.to, s.to), true
	}
	return h, ok
}

// putOff compares two reports that talks are postponed or called off. The date
// is the new one, if any.
func putOff(e *entry, r *draft) finding {
	a, b := &e.facts, &r.facts
	switch {
	case e.elsewhere(r):
		return no("about talks at another place")
	case len(a.dates) > 0 && len(b.dates) > 0 && !meet(a.dates, b.dates):
		if reach(a.dates) < r.day && !meet(a.dates, b.gone) {
			return no("its new day is past: other talks")
		}
		if sameSides(a, b) < 0 {
			return changes(news.DateDisputed, "another side names another date")
		}
		return changes(news.DateMoved, "they are put off to another date")
	case len(a.dates) == 0 && len(b.dates) > 0 && r.at.Sub(e.last) > sameBriefing:
		return changes(news.DateNamed, "there was no new date until now")
	case len(a.dates) == 0 && len(b.dates) > 0:
		return finding{sharper, "", "a date is named"}
	case narrows(a.dates, b.dates):
		return finding{sharper, "", "the date is more exact"}
	}
	return finding{same, "", fewer(a, b)}
}

func (d *Desk) agreement(e *entry, r *draft) finding {
	a, b := &e.facts, &r.facts
	if b.inForce && !a.inForce {
		return changes(news.InForce, "what was signed is in force")
	}
	if len(a.dates) > 0 && len(b.dates) > 0 && !meet(a.dates, b.dates) && (reach(a.dates) > e.day) == (reach(b.dates) > r.day) {
		if reach(a.dates) < r.day && reach(a.dates) < reach(b.dates) && r.at.Sub(e.first) > sameBriefing {
			return no("of another day")
		}
		if sameSides(a, b) < 0 {
			return changes(news.DateDisputed, "another side names another date")
		}
		return changes(news.DateMoved, "the date has changed")
	}
	if brokeredApart(a, b) && d.reaches(e, r, alike) < 0 {
		return no("brought about by another mediator")
	}
	if r.at.Sub(e.first) > sameBriefing && !meet(a.dates, b.dates) {
		if d.reaches(e, r, alike) < 0 {
			return no("later, in other words")
		}
	}
	if narrows(a.dates, b.dates) {
		return finding{sharper, "", "the date is more exact"}
	}
	return finding{same, "", fewer(a, b)}
}

// statement compares two things said. Each side speaks for itself, each person
// too where names can be compared, and a new day brings new statements. But an
// offer to host is a state's, and so is an answer, whoever tells of it.
func (d *Desk) statement(e *entry, r *draft) finding {
	a, b := &e.facts, &r.facts
	sides := sameSides(a, b)
	sanctions := a.kind == news.SanctionsImposed || a.kind == news.SanctionsEased
	if sides < 0 && (a.outsider || b.outsider) && !sanctions {
		sides = 0 // who has no part in it tells of what others say
	}
	switch {
	case a.kind == news.MessageConveyed: // who sends it, who carries it and who gets it all tell of it
		if !share(a.carriers(), b.carriers()) {
			return no("carried by somebody else")
		}
	case sides < 0 && sanctions: // of them also those tell on whom they are laid
		if d.reaches(e, r, alike) < 0 || !slices.ContainsFunc(b.sides, func(id string) bool { return slices.Contains(a.parties, id) }) {
			return no("of another side")
		}
	case sides < 0 && (a.kind == news.ProposalMade || a.kind == news.MediationOffered) && !(a.mediates && b.mediates) && goesBetween(a, b) && d.reaches(e, r, unlike) >= 0: // who gets a mediator's paper tells of it too
	case sides < 0:
		return no("another side says it")
	case a.kind == news.Denial && !sameClaim(a.denies, b.denies) && !d.sameDenied(e, r):
		return no("something else is denied")
	case len(a.dates) > 0 && len(b.dates) > 0 && (!meet(a.dates, b.dates) || otherDeadline(a, b)):
		return changes(news.DateMoved, "the date has changed")
	case e.elsewhere(r) && (a.kind == news.MediationOffered || a.kind == news.MessageConveyed):
		return no("about another place")
	case a.toned && b.toned && opposed(a.tone, b.tone):
		return no("of another tone")
	}
	apartInTime := r.at.Sub(e.first).Abs()
	switch {
	case sides > 0 && sameName(a.name, b.name) < 0 && a.kind != news.MediationOffered && !d.likely(e, r) && !d.sameAnswer(e, r):
		return no("another person says it")
	case apartInTime > sameBriefing && d.reaches(e, r, alike) < 0, apartInTime > 2*sameBriefing && d.reaches(e, r, alike) == 0:
		return no("said another day")
	case sides == 0 && apartInTime > sameBriefing/2 && d.reaches(e, r, unlike) < 0:
		return no("in other words, and it is not said by whom")
	}
	if narrows(a.dates, b.dates) {
		return finding{sharper, "", "the date is more exact"}
	}
	return finding{same, "", fewer(a, b)}
}

// brokeredApart reports two agreements that two mediators tell of, neither of whom had a
// part in the other's: an exchange of prisoners and a return of children, on one day.
func brokeredApart(a, b *facts) bool {
	return a.kind == news.AgreementReached && b.kind == a.kind && a.mediates && b.mediates && sameSides(a, b) < 0 &&
		len(a.involved) > 0 && len(b.involved) > 0 && !share(a.involved, b.involved)
}

// goesBetween reports that who speaks in one report is a mediator in the other.
func goesBetween(a, b *facts) bool {
	return slices.ContainsFunc(a.sides, func(s string) bool { return slices.Contains(b.involved, s) }) ||
		slices.ContainsFunc(b.sides, func(s string) bool { return slices.Contains(a.involved, s) })
}

// saidBySide reports that of a development of this kind each side speaks for
// itself: what another says is another development.
func saidBySide(k news.Kind) bool {
	switch k {
	case news.TalksScheduled, news.TalksStarted, news.TalksEnded, news.TalksSuspended, news.TalksPostponed, news.TalksCancelled,
		news.AgreementReached, news.AgreementSigned, news.MessageConveyed:
		return false
	}
	return true
}

// carriers are the mediators of a message.
func (f *facts) carriers() []string {
	if f.mediates {
		return append(slices.Clone(f.involved), f.sides...)
	}
	return f.involved
}

// share reports whether two lists can name the same: one in common, or one is
// empty.
func share(a, b []string) bool {
	return len(a) == 0 || len(b) == 0 || slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

// opposed reports whether two tones cannot be one: good and bad, or far apart.
func opposed(a, b int8) bool {
	return a > 0 && b < 0 || a < 0 && b > 0 || a-b > 1 || b-a > 1
}
