package story

import (
	"cmp"
	"slices"
	"time"

	"parley/internal/news"
)

// A State is where a negotiation stands.
//
//	                  ┌────────────────────── quiet ◄──────────┐ nothing for QuietAfter,
//	  talks-scheduled │                         │ talks-started│ and no day ahead
//	                  ▼      talks-started      ▼              │
//	             scheduled ───────────────► under way          │
//	                ▲  │ postponed, cancelled:   │ talks-ended │
//	talks-scheduled │  │ with nothing else ahead ▼             │
//	                │  └──────────────► between rounds ────────┤
//	                │                        ▲                 │
//	                └── suspended ◄── talks-suspended (any)    │
//	                        │ talks-started: under way         │
//	                        └──────────────────────────────────┘
//	agreement-reached, agreement-signed ► agreed, which talks-started,
//	talks-scheduled and talks-suspended leave as they would leave quiet
//
// The state follows from developments alone, in the order of their first
// reports, so that it is the same whoever computes it. What is only rumoured or
// expected to have happened moves nothing but a date; a denial takes back what it
// denies. Statements, proposals, sanctions and alleged breaches move nothing.
type State string

// The states.
const (
	Quiet         State = "quiet"          // nothing is under way and no day is named
	Scheduled     State = "scheduled"      // a day ahead is named
	UnderWay      State = "under way"      // the parties sit together
	BetweenRounds State = "between rounds" // a round is over, or put off, and the next has no day
	Halted        State = "suspended"      // broken off, until somebody says that it goes on
	Agreed        State = "agreed"         // there is an agreement, and no talks since
)

// QuietAfter is how long a negotiation of which nothing is heard keeps its
// state. An agreement keeps it for good, until there are talks again.
const QuietAfter = 30 * 24 * time.Hour

// sitting is how long talks can be under way without anybody saying so anew.
const sitting = 7 * 24 * time.Hour

// A Standing is how a negotiation stands at one time.
type Standing struct {
	State State
	// Since is when the report came that brought it there or, where time alone did,
	// when that was; zero for a negotiation never heard of.
	Since time.Time
	By    news.DevelopmentID
	Round int // the last that took place or takes place, 0: not known
	// Ahead are the developments that name days which are not past, the soonest
	// day first; what was replaced or denied is not among them.
	Ahead []news.Tracked
	Last  news.DevelopmentID // the latest development of any kind, 0: none
}

// Stand computes how a negotiation stands at now. today is the civil day (2006-01-02)
// from which days count as ahead. The list holds its developments; the order
// does not matter.
func Stand(list []news.Tracked, now time.Time, today string) Standing {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b news.Tracked) int {
		return cmp.Or(a.First.Compare(b.First), cmp.Compare(a.ID, b.ID))
	})
	over := map[news.DevelopmentID]bool{}
	for i := range list {
		if c := list[i].Change; ends(c) || c == news.Contradicted {
			over[list[i].Updates] = true
		}
	}
	s := Standing{State: Quiet}
	named := "" // the last day for which talks were scheduled
	for i := range list {
		t := &list[i]
		s.Last = t.ID
		if !over[t.ID] && namesDayAhead(t, today) {
			s.Ahead = append(s.Ahead, *t)
		}
		next, ok := s.State.after(t, denied(list[i:], t.ID))
		if !ok {
			continue
		}
		if next == Scheduled {
			named = lastDay(t)
		}
		if next != s.State || next == UnderWay {
			s.State, s.Since, s.By = next, t.First, t.ID
		}
		if t.Round != nil && (t.Kind == news.TalksStarted || t.Kind == news.TalksEnded) {
			s.Round = *t.Round
		}
	}
	slices.SortStableFunc(s.Ahead, func(a, b news.Tracked) int {
		return cmp.Compare(firstAhead(&a, today), firstAhead(&b, today))
	})
	s.settle(now, named)
	return s
}

// settle takes time into account: what was scheduled may be past, what was
// under way long over, and a day ahead is a day ahead. named is the last day for
// which talks were scheduled.
func (s *Standing) settle(now time.Time, named string) {
	switch {
	case s.State == UnderWay && now.Sub(s.Since) > sitting:
		s.State, s.Since = BetweenRounds, s.Since.Add(sitting)
	case s.State == Scheduled && len(s.Ahead) == 0:
		s.State = BetweenRounds
		if day, err := time.Parse(time.DateOnly, named); err == nil && day.AddDate(0, 0, 1).After(s.Since) {
			s.Since = day.AddDate(0, 0, 1)
		}
	case s.State == BetweenRounds && len(s.Ahead) > 0:
		s.State = Scheduled
	}
	if (s.State == BetweenRounds || s.State == Halted) && len(s.Ahead) == 0 && now.Sub(s.Since) > QuietAfter {
		s.State, s.Since = Quiet, s.Since.Add(QuietAfter)
	}
}

// after is the transition that a development brings about; not ok if it brings
// none.
func (s State) after(t *news.Tracked, denied bool) (State, bool) {
	if denied || t.Certainty == news.Denied {
		return s, false
	}
	happened := t.Certainty == news.Confirmed || t.Certainty == ""
	switch t.Kind {
	case news.TalksScheduled:
		if s == UnderWay {
			return s, false // the next round is named at the end of this one
		}
		return Scheduled, true
	case news.TalksPostponed, news.TalksCancelled:
		if s != Scheduled || !happened {
			return s, false
		}
		return BetweenRounds, true // with another day ahead it is scheduled again
	case news.TalksStarted:
		return UnderWay, happened
	case news.TalksEnded:
		return BetweenRounds, happened
	case news.TalksSuspended:
		return Halted, happened
	case news.AgreementReached, news.AgreementSigned:
		return Agreed, happened
	}
	return s, false
}

// denied reports whether a later development says that one is not true.
func denied(later []news.Tracked, id news.DevelopmentID) bool {
	return slices.ContainsFunc(later, func(t news.Tracked) bool { return t.Updates == id && t.Change == news.Contradicted })
}

// namesDayAhead reports whether talks, a deadline or a signature are named for a
// day that is not past.
func namesDayAhead(t *news.Tracked, today string) bool {
	switch t.Kind {
	case news.TalksScheduled, news.AgreementReached, news.AgreementSigned, news.Ultimatum, news.MediationOffered:
		return firstAhead(t, today) != ""
	}
	return false
}

// lastDay is the last day that t names, "" if it names none.
func lastDay(t *news.Tracked) string {
	last := ""
	for _, d := range t.Dates {
		last = max(last, d.Start, d.End)
	}
	return last
}

// firstAhead is the first day of t that is not past, "" if there is none.
func firstAhead(t *news.Tracked, today string) string {
	first := ""
	for _, d := range t.Dates {
		if max(d.End, d.Start) >= today && (first == "" || d.Start < first) {
			first = d.Start
		}
	}
	return first
}
